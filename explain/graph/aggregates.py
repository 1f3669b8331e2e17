"""Aggregates and conditional literals in the graph: who counts, who does not, and each instance."""

from __future__ import annotations

from collections.abc import Sequence

from explain.dual import Env, Part
from explain.graph.canvas import Place
from explain.graph.supports_of_bodies import Parts
from explain.rules import Aggregate, Atom, Conditional, Literal, filled


class Members(Parts):
    """Draws what is made of several literals."""

    def _aggregate(self, part: Part, literal: Aggregate, env: Env, place: Place, truth: bool) -> str:
        key = [env[name] for name in part.key]
        text = filled(literal.text, env)
        node = f"{text} @ {place.label}"
        if node in self.nodes:
            return node
        value = self.evidence.rows(f"__a{part.number}", key)
        guards = self.evidence.rows(f"__c{part.number}", key)
        self._node(node, role="aggregate", truth=truth, kind="aggregate", atom=text, function=literal.function)
        self.nodes[node].update(
            value=self.evidence.symbol(value[0][0]) if value else None,
            thresholds=self.evidence.symbols(guards[0]) if guards else (),
            operators=tuple(operator for operator, _ in literal.guards),
            negated=literal.sign == 1,
            constants=dict(literal.constants),
            rule=place.rule.index,
            location=self._where(literal, place),
            provision=place.provision,
        )
        inside = Place(node, place.rule, place.label, place.provision)
        for number, element in enumerate(literal.elements):
            names = [*part.key, *element.locals]
            tag = f"{part.number}_{number}"
            for row in self.evidence.rows(f"__b{tag}", key):
                local = {**env, **dict(zip(element.locals, row[len(element.terms) :], strict=True))}
                self._conditions(tag, names, element.conditions, local, inside, "counts")
            for other in self.dual.conditions(part)[number]:
                self._tried(other, env, inside, node)
        return node

    def _conditional(self, part: Part, literal: Conditional, env: Env, place: Place, truth: bool) -> str:
        key = [env[name] for name in part.key]
        text = filled(literal.text, env)
        node = f"{text} @ {place.label}"
        if node in self.nodes:
            return node
        self._node(node, role="conditional", truth=truth, kind="conditional", atom=text)
        self.nodes[node].update(location=self._where(literal, place), provision=place.provision)
        inside = Place(node, place.rule, place.label, place.provision)
        names = [*part.key, *literal.locals]
        letter = "gl"[truth]
        for row in self.evidence.rows(f"__{letter}{part.number}", key):
            local = {**env, **dict(zip(literal.locals, row, strict=True))}
            self._conditions(f"{part.number}_0", names, literal.conditions, local, inside, "each")
            role = "each" if truth else "fails"
            tag = f"{part.number}_{letter}"
            if isinstance(literal.literal, Atom):
                self._atom(tag, names, literal.literal, local, inside, truth, node, role)
            else:
                shown = filled(literal.literal.text, local)
                child = self._node(f"{shown} @ {place.label}", role="comparison", truth=truth, kind="comparison")
                self.nodes[child].update(atom=shown, location=self._where(literal, place))
                self._edge(node, child, role, place)
        if truth:
            for other in self.dual.conditions(part)[0]:
                self._tried(other, env, inside, node)
        return node

    def _conditions(
        self, tag: str, names: Sequence[str], literals: Sequence[Literal], env: Env, place: Place, role: str
    ) -> None:
        for number, literal in enumerate(literals):
            if isinstance(literal, Atom):
                self._atom(f"{tag}_{number}", names, literal, env, place, True, place.node, role)
