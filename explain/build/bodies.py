"""Parts of a body in the graph: what fails, what was tried before it did, and what their literals rest on.

Of an aggregate it is told who counts and who does not, of a conditional literal each instance.
"""

from __future__ import annotations

from collections.abc import Sequence

from explain.build.canvas import Canvas, Place
from explain.build.leaves import Leaves
from explain.dual import Env, Part, Row
from explain.rules import Aggregate, Atom, Comparison, Conditional, Literal, Truth, filled, written

MANY, FEW = 50, 20
"""Of more instances than MANY the first FEW are told one by one."""


class Bodies:
    """Draws parts of bodies on a canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._leaves = Leaves(canvas)

    def failing(self, part: Part, env: Env, place: Place, parent: str) -> None:
        """A part that fails: its first literal, or what every instance of it lacks."""
        literal = part.literal
        if not part.new:
            self.literal(part, literal, env, place, False, parent, "fails")
            return
        key = [env[name] for name in part.key]
        rows = self.canvas.evidence.rows(f"__i{part.number}", key)
        for row in self._few(rows, part, place, parent):
            inner = {**env, **dict(zip(part.new, row, strict=True))}
            below = self._instance(part, inner, place, parent, len(rows) > 1)
            for other in part.inside:
                if self.canvas.fails(other, inner):
                    self.failing(other, inner, place, below)
        if not rows:
            self.literal(part, literal, env, place, False, parent, "fails", missing=True)
            for other in part.beside:
                if self.canvas.fails(other, env):
                    self.failing(other, env, place, parent)

    def _few(self, rows: Sequence[Row], part: Part, place: Place, parent: str) -> Sequence[Row]:
        """The instances that are told one by one; where they are too many, a node tells how many more there are."""
        if len(rows) <= MANY:
            return rows
        left = len(rows) - FEW
        name = f"{parent} / … {part.literal.text}{self.canvas.mark(part.literal, place)}"
        node = self.canvas.node(name, role="instance", truth=True, kind="more", atom=part.literal.text, count=left)
        self.canvas.nodes[node].update(location=self.canvas.where(part.literal, place), provision=place.provision)
        self.canvas.edge(parent, node, "tries", place)
        return rows[:FEW]

    def _instance(self, part: Part, env: Env, place: Place, parent: str, several: bool) -> str:
        """The node of what was found for a literal before another failed; values computed on the way have none."""
        literal = part.literal
        if isinstance(literal, Aggregate):
            self.literal(part, literal, env, place, True, parent, "context")
            return parent
        if not isinstance(literal, Atom):
            if not several:
                return parent
            text = filled(literal.text, env)
            name, binding = f"{parent} / {text}{self.canvas.mark(literal, place)}", self.canvas.evidence.binding(env)
            node = self.canvas.node(name, role="instance", truth=True, kind="value", atom=text, binding=binding)
            self.canvas.edge(parent, node, "tries", place)
            return node
        names = [*part.key, *part.new]
        arguments = self.canvas.evidence.present(str(part.number), names, literal, env)[0]
        text = written(literal.name, arguments)
        derived = literal.signature in self.canvas.dual.rules
        node = self.canvas.node(
            f"{parent} / {text}{self.canvas.mark(literal, place)}",
            role="instance",
            truth=True,
            kind="derived" if derived else "contrary_record",
            atom=text,
            predicate=literal.name,
            arguments=self.canvas.evidence.symbols(arguments),
            binding=self.canvas.evidence.binding(env),
            source=literal.origin or literal.text,
        )
        self.canvas.nodes[node].update(location=self.canvas.where(literal, place), provision=place.provision)
        self.canvas.edge(parent, node, "tries", place)
        if derived:
            self.canvas.edge(node, self.canvas.true(literal.name, arguments), "context", place)
        return node

    def literal(
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
            self._leaves.atom(str(part.number), key, literal, env, place, truth, parent, role, support)
        elif isinstance(literal, Comparison):
            if part.new and not missing:
                return
            self.canvas.edge(parent, self._leaves.comparison(part, literal, env, place, truth), role, place, support)
        elif isinstance(literal, Aggregate):
            self.canvas.edge(parent, self._aggregate(part, literal, env, place, truth), role, place, support)
        elif isinstance(literal, Conditional):
            self.canvas.edge(parent, self._conditional(part, literal, env, place, truth), role, place, support)
        elif isinstance(literal, Truth) and not truth:
            text = f"{literal.text} @ {place.label}"
            node = self.canvas.node(text, role="comparison", truth=False, kind="comparison", atom=literal.text)
            self.canvas.edge(parent, node, role, place, support)

    def _tried(self, part: Part, env: Env, place: Place, parent: str) -> None:
        """Which instances of conditions fail, and at what, though others may hold."""
        key = [env[name] for name in part.key]
        if not part.new:
            if self.canvas.fails(part, env):
                self.failing(part, env, place, parent)
            return
        rows = self.canvas.evidence.rows(f"__i{part.number}", key)
        for row in self._few(rows, part, place, parent):
            inner = {**env, **dict(zip(part.new, row, strict=True))}
            below = self._instance(part, inner, place, parent, len(rows) > 1)
            for other in part.inside:
                self._tried(other, inner, place, below)
        if self.canvas.evidence.has(f"__m{part.number}", key):
            self.literal(part, part.literal, env, place, False, parent, "fails", missing=True)

    # What is made of several literals ------------------------------------------------------------------------------

    def _aggregate(self, part: Part, literal: Aggregate, env: Env, place: Place, truth: bool) -> str:
        key = [env[name] for name in part.key]
        text = filled(literal.text, env)
        node = f"{text} @ {place.label}"
        if node in self.canvas.nodes:
            return node
        value = self.canvas.evidence.rows(f"__a{part.number}", key)
        guards = self.canvas.evidence.rows(f"__c{part.number}", key)
        self.canvas.node(node, role="aggregate", truth=truth, kind="aggregate", atom=text, function=literal.function)
        self.canvas.nodes[node].update(
            value=self.canvas.evidence.symbol(value[0][0]) if value else None,
            thresholds=self.canvas.evidence.symbols(guards[0]) if guards else (),
            operators=tuple(operator for operator, _ in literal.guards),
            negated=literal.sign == 1,
            constants=dict(literal.constants),
            rule=place.rule.index,
            location=self.canvas.where(literal, place),
            provision=place.provision,
        )
        inside = Place(node, place.rule, place.label, place.provision)
        for number, element in enumerate(literal.elements):
            names = [*part.key, *element.locals]
            tag = f"{part.number}_{number}"
            for row in self.canvas.evidence.rows(f"__b{tag}", key):
                if not self._counts(literal.function, row[0]):
                    continue
                local = {**env, **dict(zip(element.locals, row[len(element.terms) :], strict=True))}
                self._conditions(tag, names, element.conditions, local, inside, "counts")
            for other in self.canvas.dual.conditions(part)[number]:
                self._tried(other, env, inside, node)
        return node

    def _counts(self, function: str, weight: str) -> bool:
        """Whether a tuple adds to a sum: no number and zero do not, nor to `#sum+` what is negative."""
        if not function.startswith("#sum"):
            return True
        sign = self.canvas.evidence.sign(weight)
        return sign > 0 or (sign < 0 and function == "#sum")

    def _conditional(self, part: Part, literal: Conditional, env: Env, place: Place, truth: bool) -> str:
        key = [env[name] for name in part.key]
        text = filled(literal.text, env)
        node = f"{text} @ {place.label}"
        if node in self.canvas.nodes:
            return node
        self.canvas.node(node, role="conditional", truth=truth, kind="conditional", atom=text)
        self.canvas.nodes[node].update(location=self.canvas.where(literal, place), provision=place.provision)
        inside = Place(node, place.rule, place.label, place.provision)
        names = [*part.key, *literal.locals]
        letter = "gl"[truth]
        for row in self.canvas.evidence.rows(f"__{letter}{part.number}", key):
            local = {**env, **dict(zip(literal.locals, row, strict=True))}
            self._conditions(f"{part.number}_0", names, literal.conditions, local, inside, "each")
            role = "each" if truth else "fails"
            tag = f"{part.number}_{letter}"
            if isinstance(literal.literal, Atom):
                self._leaves.atom(tag, names, literal.literal, local, inside, truth, node, role)
            else:
                shown = filled(literal.literal.text, local)
                child = self.canvas.node(f"{shown} @ {place.label}", role="comparison", truth=truth, kind="comparison")
                self.canvas.nodes[child].update(atom=shown, location=self.canvas.where(literal, place))
                self.canvas.edge(node, child, role, place)
        if truth:
            for other in self.canvas.dual.conditions(part)[0]:
                self._tried(other, env, inside, node)
        return node

    def _conditions(
        self, tag: str, names: Sequence[str], literals: Sequence[Literal], env: Env, place: Place, role: str
    ) -> None:
        for number, literal in enumerate(literals):
            if isinstance(literal, Atom):
                self._leaves.atom(f"{tag}_{number}", names, literal, env, place, True, place.node, role)
