"""Single literals in the graph: atoms with the nodes they lead to, comparisons with the values they compare."""

from __future__ import annotations

from collections.abc import Sequence

from explain.build.canvas import Canvas, Place
from explain.dual import Env, Part
from explain.rules import SIGNS, Atom, Comparison, filled, values_text


class Leaves:
    """Draws single literals on a canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def atom(
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
        """Edges from `parent` to the atoms behind a literal: those that are there, or the one that is missing."""
        if truth != (literal.sign == 1):
            rows = self.canvas.evidence.present(tag, key, literal, env)
            for arguments in rows:
                self.canvas.edge(parent, self.canvas.true(literal.name, arguments), role, place, support)
            if not rows:  # a term of what is negated has no value
                self._undefined(literal, env, place, parent, role, support)
            return
        asked = self.canvas.evidence.asked(tag, key, literal, env)
        if asked is not None:
            self.canvas.edge(parent, self.canvas.false(literal.name, *asked), role, place, support)
            return
        self._undefined(literal, env, place, parent, role, support)

    def _undefined(self, literal: Atom, env: Env, place: Place, parent: str, role: str, support: bool) -> None:
        """A literal that fails because one of its terms has no value."""
        text = filled(literal.atom, env)
        name = f"{SIGNS[1]}{text} @ {place.label}"
        node = self.canvas.node(name, role="atom", truth=False, kind="undefined", atom=text)
        self.canvas.nodes[node].update(predicate=literal.name, location=self.canvas.where(literal, place))
        self.canvas.edge(parent, node, role, place, support)

    def comparison(self, part: Part, literal: Comparison, env: Env, place: Place, truth: bool) -> str:
        """The node of a comparison; one that compares the same for other values is a node beside it.

        Of `D \\ 10000 = 229` both 20160315 and 20220315 compare 315: one node would speak of the other's day.
        """
        rows = self.canvas.evidence.rows(f"__c{part.number}", [env[name] for name in part.key])
        values = rows[0] if rows else ()
        text = values_text(literal, values) if rows else filled(literal.text, env)
        name = f"{text} @ {place.label}{self.canvas.mark(literal, place)}"
        binding = {name: self.canvas.evidence.symbol(env[name]) for name in literal.variables if name in env}
        if self.canvas.nodes.get(name, {}).get("binding", binding) != binding:
            name += f" [{', '.join(f'{name}={value}' for name, value in binding.items())}]"
        node = self.canvas.node(name, role="comparison", truth=truth, kind="comparison", atom=text)
        if not rows:
            known = all(name in env for name in literal.variables)
            self.canvas.nodes[node]["kind"] = "undefined" if known else "no_match"
        self.canvas.nodes[node].update(
            values=self.canvas.evidence.symbols(values),
            operators=literal.operators,
            negated=literal.sign == 1,
            source=literal.text,
            literal=literal,
            constants=dict(literal.constants),
            binding=binding,
            rule=place.rule.index,
            location=self.canvas.where(literal, place),
            provision=place.provision,
        )
        return node
