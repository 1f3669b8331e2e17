"""The justification graph: from the evidence of the dual program to nodes and edges.

Roles of nodes: `atom` (true, or false with `_` for open arguments), `rule` (an instance of a rule that is blocked),
`instance` (what a blocked rule found for a literal before another failed), `comparison`, `aggregate`, `conditional`,
`circle`. Roles of edges: `condition` (of the chosen support), `rule` (that could have given a false atom), `fails`,
`tries` (an instance), `context` (why what was tried holds), `counts` (a contributor), `each`, `contrary`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx

from engine.statute import Provision
from explain.dual import Dual, Goal, Variant
from explain.evidence import Env, Evidence, Row
from explain.literals import Aggregate, Atom, Comparison, Conditional, Literal, Rule, Truth
from explain.plan import Part
from explain.shared import Shared
from explain.support import Supports, part_key
from explain.text import atom_text, filled, pattern_text, values_text


class Inconsistent(Exception):
    """The answer set does not follow from the rules: a rule holds whose head is false, or a true atom has no rule."""


@dataclass(frozen=True)
class Place:
    """The rule instance inside which a literal stands."""

    node: str
    rule: Rule
    label: str
    provision: Provision | None


class Builder:
    """Builds the graph of one question."""

    def __init__(
        self,
        dual: Dual,
        evidence: Evidence,
        labels: Mapping[int, str],
        named: frozenset[str] = frozenset(),
        shared: Shared | None = None,
    ) -> None:
        self.dual = dual
        self.evidence = evidence
        self.labels = labels
        self.supports = Supports(dual, evidence, named)
        self.graph = networkx.DiGraph()
        self.shared = shared if shared is not None else Shared()
        self._todo: list[tuple[Any, ...]] = []

    def build(self, goal: Goal, arguments: Row) -> str:
        """Add what justifies a goal's atom to the graph, and return the atom's node."""
        name = goal.signature[0]
        root = self._true(name, arguments) if goal.truth else self._false(name, goal.bound, arguments)
        while self._todo:
            task = self._todo.pop()
            if task[0] == "true":
                self._justify(*task[1:])
            else:
                self._refute(*task[1:])
        return root

    # Nodes --------------------------------------------------------------------------------------------------------

    def _node(self, node: str, **attributes: Any) -> str:
        if node not in self.graph:
            self.graph.add_node(node, **attributes)
        return node

    def _edge(self, source: str, target: str, role: str, place: Place | None, support: bool = False) -> None:
        if source != target and not self.graph.has_edge(source, target):
            provision = place.provision if place else None
            self.graph.add_edge(source, target, role=role, provision=str(provision or ""), support=support)

    def _true(self, name: str, arguments: Row) -> str:
        text = atom_text(name, arguments)
        if text not in self.graph and not self.shared.give(self.graph, text):
            self._node(text, role="atom", atom=text, truth=True, predicate=name, arguments=arguments, kind="recorded")
            self._todo.append(("true", text, name, arguments))
        return text

    def _false(self, name: str, bound: tuple[bool, ...], arguments: Row, tag: str = "") -> str:
        text = pattern_text(name, bound, arguments)
        node = f"not {text}"
        if node not in self.graph and not self.shared.give(self.graph, node):
            known = iter(arguments)
            values = tuple(next(known) if one else None for one in bound)
            self._node(node, role="atom", atom=text, truth=False, predicate=name, arguments=values, kind="no_record")
            self._todo.append(("false", node, name, bound, arguments, tag))
        return node

    # Why true -----------------------------------------------------------------------------------------------------

    def _justify(self, node: str, name: str, arguments: Row) -> None:
        attributes = self.graph.nodes[node]
        key = ("atom", name, arguments)
        way = self.supports.best(key)
        if way is None or way.variant is None:
            self._given(node, name, arguments, founded=way is not None)
            return
        place = self._place(node, way.variant)
        attributes.update(self._labelled(way.variant), kind="chosen" if way.variant.rule.choice else "derived")
        attributes["binding"] = dict(way.env)
        if not way.variant.rule.body and not way.variant.rule.choice:
            attributes["kind"] = "stated"
            return
        for part in way.variant.parts:
            self._holding(part, way.env, place)
        others = [other for other in self.supports.others(key) if other.variant is not None]
        folded = sorted({self.labels[other.variant.rule.index] for other in others if other.variant})
        if others:
            attributes["alternatives"] = tuple(attributes.get("alternatives", ())) + tuple(folded)

    def _given(self, node: str, name: str, arguments: Row, founded: bool) -> None:
        attributes = self.graph.nodes[node]
        goal = Goal(True, (name, len(arguments)), (True,) * len(arguments))
        told = self.evidence.rules("u", arguments)
        for variant in self.dual.variants(goal) if told else ():
            if variant.number in told:
                kind = "external" if variant.rule.external else "unsupported"
                attributes.update(self._labelled(variant), kind=kind, construct=variant.unsupported)
                return
        if not founded:
            raise Inconsistent(node)
        if goal.signature in self.dual.leaves:
            attributes["kind"] = "technical"

    def _holding(self, part: Part, env: Env, place: Place) -> None:
        key = part_key(part, env)
        way = self.supports.best(key)
        if way is None:
            raise Inconsistent(f"{place.label}: {part.literal.text}")
        inner = {**env, **way.env}
        literal = part.literal
        self.graph.nodes[place.node]["binding"].update(way.env)
        self._literal(part, literal, inner, place, True, place.node, "condition", support=True)
        for below in part.inside:
            self._holding(below, inner, place)
        others = self.supports.others(key)
        if others and isinstance(literal, Atom):
            texts = tuple(filled(literal.text, other.env) for other in others)
            known = self.graph.nodes[place.node].get("alternatives", ())
            self.graph.nodes[place.node]["alternatives"] = (*known, *texts)

    # Why false ----------------------------------------------------------------------------------------------------

    def _refute(self, node: str, name: str, bound: tuple[bool, ...], arguments: Row, tag: str) -> None:
        attributes = self.graph.nodes[node]
        signature = (name, len(bound))
        goal = Goal(False, signature, bound)
        if signature not in self.dual.rules:
            self._absent(node, goal, arguments)
            return
        attributes["kind"] = "refuted"
        provisions = set()
        found = False
        reached, told = self.evidence.rules("r", arguments), self.evidence.rules("v", arguments)
        for variant in self.dual.variants(goal):
            if variant.number in told:
                found = True
                self._unsupported(node, variant)
            rows = reached.get(variant.number, ())
            for row in rows:
                found = True
                provisions.add(variant.rule.provision)
                self._blocked(node, variant, dict(zip(variant.bound, row, strict=True)), len(rows) > 1)
        if not found:
            stated = all(not rule.body and not rule.choice for rule in self.dual.rules[signature])
            attributes["kind"] = "not_pursued" if tag in self.dual.uncut else "not_stated" if stated else "no_rule"
        if len(provisions) == 1 and None not in provisions:
            attributes["provision"] = str(provisions.pop())

    def _absent(self, node: str, goal: Goal, arguments: Row) -> None:
        """A record that is missing, with the records that say otherwise."""
        if goal.signature in self.dual.leaves:
            self.graph.nodes[node]["kind"] = "technical"
        if self.dual.contrary(goal) is None:
            return
        for row in self.evidence.rows(f"__k{self.dual.name(goal)[3:]}", arguments):
            self.graph.nodes[node]["kind"] = "contrary_record"
            self._edge(node, self._true(goal.signature[0], row), "contrary", None)

    def _blocked(self, node: str, variant: Variant, env: Env, several: bool) -> None:
        label = self.labels[variant.rule.index]
        given = "{" + ",".join(f"{name}={env[name]}" for name in variant.bound) + "}" if several else ""
        rule = self._node(f"{node} :- {label}{given}", role="rule", truth=False, kind="blocked", binding=dict(env))
        self.graph.nodes[rule].update(self._labelled(variant), atom=self.graph.nodes[node]["atom"])
        place = self._place(rule, variant)
        self._edge(node, rule, "rule", place)
        failing = [part for part in variant.parts if self._fails(part, env)]
        for part in failing:
            self._failing(part, env, place, rule)
        if not failing:
            if not variant.rule.choice:
                raise Inconsistent(rule)
            self.graph.nodes[rule]["kind"] = "not_chosen"

    def _unsupported(self, node: str, variant: Variant) -> None:
        label = self.labels[variant.rule.index]
        kind = "external" if variant.rule.external else "unsupported"
        rule = self._node(f"{node} :- {label}", role="rule", truth=False, kind=kind, construct=variant.unsupported)
        self.graph.nodes[rule].update(self._labelled(variant), atom=self.graph.nodes[node]["atom"])
        self._edge(node, rule, "rule", self._place(rule, variant))

    def _fails(self, part: Part, env: Env) -> bool:
        return self.evidence.has(f"__x{part.number}", [env[name] for name in part.key])

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
            node = self._node(
                f"{parent} / {text}", role="instance", truth=True, kind="value", atom=text, binding=dict(env)
            )
            self._edge(parent, node, "tries", place)
            return node
        names = [*part.key, *part.new]
        arguments = self.evidence.present(str(part.number), names, literal, env)[0]
        text = atom_text(literal.name, arguments)
        derived = literal.signature in self.dual.rules
        node = self._node(
            f"{parent} / {text}",
            role="instance",
            truth=True,
            kind="derived" if derived else "contrary_record",
            atom=text,
            predicate=literal.name,
            arguments=arguments,
            binding=dict(env),
            source=literal.origin or literal.text,
        )
        self.graph.nodes[node].update(location=self._where(literal, place), provision=str(place.provision or ""))
        self._edge(parent, node, "tries", place)
        if derived:
            self._edge(node, self._true(literal.name, arguments), "context", place)
        return node

    # Literals -----------------------------------------------------------------------------------------------------

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
        self.graph.nodes[node].update(predicate=literal.name, location=self._where(literal, place))
        self._edge(parent, node, role, place, support)

    def _comparison(self, part: Part, literal: Comparison, env: Env, place: Place, truth: bool) -> str:
        rows = self.evidence.rows(f"__c{part.number}", [env[name] for name in part.key])
        values = rows[0] if rows else ()
        text = values_text(literal, values) if rows else filled(literal.text, env)
        node = self._node(f"{text} @ {place.label}", role="comparison", truth=truth, kind="comparison", atom=text)
        if not rows:
            known = all(name in env for name in literal.variables)
            self.graph.nodes[node]["kind"] = "undefined" if known else "no_match"
        self.graph.nodes[node].update(
            values=values,
            operators=literal.operators,
            negated=literal.sign == 1,
            source=literal.text,
            literal=literal,
            constants=dict(literal.constants),
            binding={name: env[name] for name in literal.variables if name in env},
            rule=place.rule.index,
            location=self._where(literal, place),
            provision=str(place.provision or ""),
        )
        return node

    def _aggregate(self, part: Part, literal: Aggregate, env: Env, place: Place, truth: bool) -> str:
        key = [env[name] for name in part.key]
        text = filled(literal.text, env)
        node = f"{text} @ {place.label}"
        if node in self.graph:
            return node
        value = self.evidence.rows(f"__a{part.number}", key)
        guards = self.evidence.rows(f"__c{part.number}", key)
        self._node(node, role="aggregate", truth=truth, kind="aggregate", atom=text, function=literal.function)
        self.graph.nodes[node].update(
            value=value[0][0] if value else None,
            thresholds=guards[0] if guards else (),
            operators=tuple(operator for operator, _ in literal.guards),
            negated=literal.sign == 1,
            constants=dict(literal.constants),
            rule=place.rule.index,
            location=self._where(literal, place),
            provision=str(place.provision or ""),
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
        if node in self.graph:
            return node
        self._node(node, role="conditional", truth=truth, kind="conditional", atom=text)
        self.graph.nodes[node].update(location=self._where(literal, place), provision=str(place.provision or ""))
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
                self.graph.nodes[child].update(atom=shown, location=self._where(literal, place))
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

    # Places -------------------------------------------------------------------------------------------------------

    def _place(self, node: str, variant: Variant) -> Place:
        rule = variant.rule
        return Place(node, rule, self.labels[rule.index], rule.provision)

    def _labelled(self, variant: Variant) -> dict[str, Any]:
        rule = variant.rule
        return {"location": rule.place, "provision": str(rule.provision or ""), "rule": rule.index}

    def _where(self, literal: Literal, place: Place) -> str:
        return f"{place.rule.file}:{literal.location.begin.line}"
