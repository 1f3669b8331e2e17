"""The justification graph: from the evidence of the dual program to nodes and edges.

Roles of nodes: `atom` (true, or false with `_` for open arguments), `rule` (an instance of a rule that is blocked),
`instance` (what a blocked rule found for a literal before another failed), `comparison`, `aggregate`, `conditional`,
`circle`. Roles of edges: `condition` (of the chosen support), `rule` (that could have given a false atom), `fails`,
`tries` (an instance), `context` (why what was tried holds), `counts` (a contributor), `each`, `contrary`.
"""

from __future__ import annotations

from explain.build.bodies import Bodies
from explain.build.canvas import Canvas, Inconsistent, Place, Task
from explain.build.support import part_key
from explain.dual import Env, Goal, Part, Row, Variant
from explain.rules import Atom, Bound, filled


class Builder:
    """Builds the graph of questions over one answer set on a canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._bodies = Bodies(canvas)

    def build(self, goal: Goal, arguments: Row) -> str:
        """Add what justifies a goal's atom to the graph, and return the atom's node."""
        root = self.begin(goal, arguments)
        while self.canvas.todo:
            self.step(self.canvas.todo.pop())
        return root

    def begin(self, goal: Goal, arguments: Row) -> str:
        """Add a goal's atom to the graph by itself, and return its node."""
        name = goal.signature[0]
        return self.canvas.true(name, arguments) if goal.truth else self.canvas.false(name, goal.bound, arguments)

    def step(self, task: Task) -> None:
        """Add what stands directly below an atom that waits, down to the atoms that then wait themselves."""
        if task[0] == "true":
            self._justify(*task[1:])
        else:
            self._refute(*task[1:])

    # Why true -----------------------------------------------------------------------------------------------------

    def _justify(self, node: str, name: str, arguments: Row) -> None:
        attributes = self.canvas.nodes[node]
        key = ("atom", name, arguments)
        way = self.canvas.supports.best(key)
        variant = way and way.variant
        if not way or not variant:
            self._given(node, name, arguments, founded=way is not None)
            return
        place = self.canvas.place(node, variant)
        attributes.update(self.canvas.labelled(variant), kind="chosen" if variant.rule.choice else "derived")
        attributes["binding"] = self.canvas.evidence.binding(way.env)
        if not variant.rule.body and not variant.rule.choice:
            attributes["kind"] = "stated"
            return
        for part in variant.parts:
            self._holding(part, way.env, place)
        others = [other for other in self.canvas.supports.others(key) if other.variant is not None]
        folded = sorted({self.canvas.labels[other.variant.rule.index] for other in others if other.variant})
        if others:
            attributes["alternatives"] = tuple(attributes.get("alternatives", ())) + tuple(folded)

    def _given(self, node: str, name: str, arguments: Row, founded: bool) -> None:
        attributes = self.canvas.nodes[node]
        goal = Goal(True, (name, len(arguments)), (True,) * len(arguments))
        told = self.canvas.evidence.rules("u", arguments)
        variants = self.canvas.dual.variants(goal)
        for number in sorted(told.keys() & variants.keys()):
            variant = variants[number]
            kind = "external" if variant.rule.external else "unsupported"
            attributes.update(self.canvas.labelled(variant), kind=kind, construct=variant.unsupported)
            return
        if not founded:
            raise Inconsistent(node)

    def _holding(self, part: Part, env: Env, place: Place) -> None:
        key = part_key(part, env)
        way = self.canvas.supports.best(key)
        if way is None:
            raise Inconsistent(f"{place.label}: {part.literal.text}")
        inner = {**env, **way.env}
        literal = part.literal
        self.canvas.nodes[place.node]["binding"].update(self.canvas.evidence.binding(way.env))
        self._bodies.literal(part, literal, inner, place, True, place.node, "condition", support=True)
        for below in part.inside:
            self._holding(below, inner, place)
        others = self.canvas.supports.others(key)
        if others and isinstance(literal, Atom):
            texts = tuple(filled(literal.text, other.env) for other in others)
            known = self.canvas.nodes[place.node].get("alternatives", ())
            self.canvas.nodes[place.node]["alternatives"] = (*known, *texts)

    # Why false ----------------------------------------------------------------------------------------------------

    def _refute(self, node: str, name: str, bound: tuple[Bound, ...], arguments: Row) -> None:
        attributes = self.canvas.nodes[node]
        signature = (name, len(bound))
        goal = Goal(False, signature, bound)
        if signature not in self.canvas.dual.rules:
            self._absent(node, goal, arguments)
            return
        attributes["kind"] = "refuted"
        provisions = set[str]()
        reached, told = self.canvas.evidence.rules("r", arguments), self.canvas.evidence.rules("v", arguments)
        variants = self.canvas.dual.variants(goal)
        found = sorted((reached.keys() | told.keys()) & variants.keys())
        for number in found:
            variant, rows = variants[number], reached.get(number, ())
            if number in told:
                self._unsupported(node, variant)
                continue
            for row in rows:
                provisions.add(variant.rule.cited)
                self._blocked(node, variant, variant.env(arguments, row), len(rows) > 1)
        if not found:
            stated = all(not rule.body and not rule.choice for rule in self.canvas.dual.rules[signature])
            cut = not self._asked(goal, arguments)
            attributes["kind"] = "not_pursued" if cut else "not_stated" if stated else "no_rule"
        if len(provisions) == 1 and "" not in provisions:
            attributes["provision"] = provisions.pop()

    def _asked(self, goal: Goal, arguments: Row) -> bool:
        """Whether a goal was asked: one of recursion on ever new terms is not (explain.dual.evaluation)."""
        name = self.canvas.dual.name(goal)
        return name not in self.canvas.dual.followed or self.canvas.evidence.has(name, arguments)

    def _absent(self, node: str, goal: Goal, arguments: Row) -> None:
        """A record that is missing, with the records that say otherwise."""
        if goal.signature in self.canvas.dual.leaves:
            self.canvas.nodes[node]["kind"] = "technical"
        if self.canvas.dual.contrary(goal) is None:
            return
        for row in self.canvas.evidence.rows(f"__k{self.canvas.dual.name(goal)[3:]}", arguments):
            self.canvas.nodes[node]["kind"] = "contrary_record"
            self.canvas.edge(node, self.canvas.true(goal.signature[0], row), "contrary", None)

    def _blocked(self, node: str, variant: Variant, env: Env, several: bool) -> None:
        label = self.canvas.labels[variant.rule.index]
        given = "{" + ",".join(f"{name}={env[name]}" for name in variant.bound) + "}" if several else ""
        rule = self.canvas.node(f"{node} :- {label}{given}", role="rule", truth=False, kind="blocked")
        binding = self.canvas.evidence.binding(env)
        self.canvas.nodes[rule].update(
            self.canvas.labelled(variant), atom=self.canvas.nodes[node]["atom"], binding=binding
        )
        place = self.canvas.place(rule, variant)
        self.canvas.edge(node, rule, "rule", place)
        failing = [part for part in variant.parts if self.canvas.fails(part, env)]
        for part in failing:
            self._bodies.failing(part, env, place, rule)
        if not failing:
            if not variant.rule.choice:
                raise Inconsistent(rule)
            self.canvas.nodes[rule]["kind"] = "not_chosen"

    def _unsupported(self, node: str, variant: Variant) -> None:
        label = self.canvas.labels[variant.rule.index]
        kind = "external" if variant.rule.external else "unsupported"
        rule = self.canvas.node(
            f"{node} :- {label}", role="rule", truth=False, kind=kind, construct=variant.unsupported
        )
        self.canvas.nodes[rule].update(self.canvas.labelled(variant), atom=self.canvas.nodes[node]["atom"])
        self.canvas.edge(node, rule, "rule", self.canvas.place(rule, variant))
