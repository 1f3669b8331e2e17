"""Parts of a body in the graph: what fails, what was tried before it did, and what single literals rest on."""

from __future__ import annotations

from collections.abc import Sequence

from explain.dual import Env, Part
from explain.graph.canvas import Canvas, Place
from explain.rules import Aggregate, Atom, Comparison, Conditional, Literal, Truth, filled, values_text, written


class Parts(Canvas):
    """Draws parts; aggregates and conditional literals are drawn one layer up (explain.graph.aggregates)."""

    def _failing(self, part: Part, env: Env, place: Place, parent: str) -> None:
        """A part that fails: its first literal, or what every instance of it lacks."""
        literal = part.literal
        if not part.new:
            self._literal(part, literal, env, place, False, parent, "fails")
            return
        key = [env[name] for name in part.key]
        rows = self.evidence.rows(f"__i{part.number}", key)
        for row in rows:
            inner = {**env, **dict(zip(part.new, row, strict=True))}
            below = self._instance(part, inner, place, parent, len(rows) > 1)
            for other in part.inside:
                if self._fails(other, inner):
                    self._failing(other, inner, place, below)
        if not rows:
            self._literal(part, literal, env, place, False, parent, "fails", missing=True)
            for other in part.beside:
                if self._fails(other, env):
                    self._failing(other, env, place, parent)

    def _instance(self, part: Part, env: Env, place: Place, parent: str, several: bool) -> str:
        """The node of what was found for a literal before another failed; values computed on the way have none."""
        literal = part.literal
        if isinstance(literal, Aggregate):
            self._literal(part, literal, env, place, True, parent, "context")
            return parent
        if not isinstance(literal, Atom):
            if not several:
                return parent
            text = filled(literal.text, env)
            binding = self.evidence.binding(env)
            node = self._node(
                f"{parent} / {text}", role="instance", truth=True, kind="value", atom=text, binding=binding
            )
            self._edge(parent, node, "tries", place)
            return node
        names = [*part.key, *part.new]
        arguments = self.evidence.present(str(part.number), names, literal, env)[0]
        text = written(literal.name, arguments)
        derived = literal.signature in self.dual.rules
        node = self._node(
            f"{parent} / {text}",
            role="instance",
            truth=True,
            kind="derived" if derived else "contrary_record",
            atom=text,
            predicate=literal.name,
            arguments=self.evidence.symbols(arguments),
            binding=self.evidence.binding(env),
            source=literal.origin or literal.text,
        )
        self.nodes[node].update(location=self._where(literal, place), provision=place.provision)
        self._edge(parent, node, "tries", place)
        if derived:
            self._edge(node, self._true(literal.name, arguments), "context", place)
        return node

    def _literal(
        self,
        part: Part,
        literal: Literal,
        env: Env,
        place: Place,
        truth: bool,
        parent: str,
        role: str,
        support: bool = False,
        missing: bool = False,
    ) -> None:
        """Edges from `parent` to what a literal's truth rests on."""
        key = [*part.key, *(part.new if truth else ())]
        if isinstance(literal, Atom):
            self._atom(str(part.number), key, literal, env, place, truth, parent, role, support)
        elif isinstance(literal, Comparison):
            if part.new and not missing:
                return
            self._edge(parent, self._comparison(part, literal, env, place, truth), role, place, support)
        elif isinstance(literal, Aggregate):
            self._edge(parent, self._aggregate(part, literal, env, place, truth), role, place, support)
        elif isinstance(literal, Conditional):
            self._edge(parent, self._conditional(part, literal, env, place, truth), role, place, support)
        elif isinstance(literal, Truth) and not truth:
            text = f"{literal.text} @ {place.label}"
            node = self._node(text, role="comparison", truth=False, kind="comparison", atom=literal.text)
            self._edge(parent, node, role, place, support)

    def _atom(
        self,
        tag: str,
        key: Sequence[str],
        literal: Atom,
        env: Env,
        place: Place,
        truth: bool,
        parent: str,
        role: str,
        support: bool = False,
    ) -> None:
        if truth != (literal.sign == 1):
            for arguments in self.evidence.present(tag, key, literal, env):
                self._edge(parent, self._true(literal.name, arguments), role, place, support)
            return
        asked = self.evidence.asked(tag, key, literal, env)
        if asked is not None:
            self._edge(parent, self._false(literal.name, *asked, tag), role, place, support)
            return
        text = filled(literal.atom, env)
        kind = "not_pursued" if tag in self.dual.uncut else "undefined"
        node = self._node(f"not {text} @ {place.label}", role="atom", truth=False, kind=kind, atom=text)
        self.nodes[node].update(predicate=literal.name, location=self._where(literal, place))
        self._edge(parent, node, role, place, support)

    def _comparison(self, part: Part, literal: Comparison, env: Env, place: Place, truth: bool) -> str:
        rows = self.evidence.rows(f"__c{part.number}", [env[name] for name in part.key])
        values = rows[0] if rows else ()
        text = values_text(literal, values) if rows else filled(literal.text, env)
        node = self._node(f"{text} @ {place.label}", role="comparison", truth=truth, kind="comparison", atom=text)
        if not rows:
            known = all(name in env for name in literal.variables)
            self.nodes[node]["kind"] = "undefined" if known else "no_match"
        self.nodes[node].update(
            values=self.evidence.symbols(values),
            operators=literal.operators,
            negated=literal.sign == 1,
            source=literal.text,
            literal=literal,
            constants=dict(literal.constants),
            binding={name: self.evidence.symbol(env[name]) for name in literal.variables if name in env},
            rule=place.rule.index,
            location=self._where(literal, place),
            provision=place.provision,
        )
        return node

    def _tried(self, part: Part, env: Env, place: Place, parent: str) -> None:
        """Which instances of conditions fail, and at what, though others may hold."""
        key = [env[name] for name in part.key]
        if not part.new:
            if self._fails(part, env):
                self._failing(part, env, place, parent)
            return
        rows = self.evidence.rows(f"__i{part.number}", key)
        for row in rows:
            inner = {**env, **dict(zip(part.new, row, strict=True))}
            below = self._instance(part, inner, place, parent, len(rows) > 1)
            for other in part.inside:
                self._tried(other, inner, place, below)
        if self.evidence.has(f"__m{part.number}", key):
            self._literal(part, part.literal, env, place, False, parent, "fails", missing=True)

    def _aggregate(self, part: Part, literal: Aggregate, env: Env, place: Place, truth: bool) -> str:
        raise NotImplementedError

    def _conditional(self, part: Part, literal: Conditional, env: Env, place: Place, truth: bool) -> str:
        raise NotImplementedError
