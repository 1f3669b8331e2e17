"""Rules as goals meet them: which of them may give an atom, how their bodies are judged, what they lead to.

Variants and parts are made when first asked for, numbered, and kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from threading import RLock

from clingo.ast import ASTType, Variable

from explain.dual.bodyplan import Part, Planner
from explain.dual.goals import Goal, Hint, Variant, atoms, components, hint
from explain.rules import (
    Aggregate,
    Atom,
    Comparison,
    Conditional,
    Literal,
    Rule,
    Signature,
    Unsupported,
    binding,
    refuse,
    walk,
)


class Dual:
    """A set of rules as goals meet them: each under the adornment of its head, its body in parts.

    `leaves` are predicates that are not gone into. `about` gives, for a predicate of records, how many of its first
    arguments say what the record is about: a missing record is told from one that says otherwise.
    """

    def __init__(
        self, rules: Iterable[Rule], leaves: Iterable[Signature] = (), about: Mapping[Signature, int] | None = None
    ) -> None:
        self.rules: dict[Signature, list[Rule]] = {}
        self.about = dict(about or {})
        self.keys: dict[str, int] = {}
        self.uncut: set[str] = set()
        self.planner = Planner()
        self.lock = RLock()  # pieces are made once and kept, whoever asks first
        self.leaves, every = frozenset(leaves), list(rules)
        for rule in every:
            if rule.head is not None and rule.head.signature not in self.leaves:
                self.rules.setdefault(rule.head.signature, []).append(rule)
        self._heads = [rule for rule in every if rule.head is not None]
        self.signatures = {
            atom.signature for rule in every for atom in [*atoms(rule.body), *([rule.head] if rule.head else [])]
        }
        self._component = components(every)
        self._numbers: dict[Signature, int] = {}
        self._of: dict[tuple[Signature, tuple[bool, ...]], dict[int, Variant]] = {}
        self._variants: dict[tuple[int, tuple[bool, ...]], Variant] = {}
        self._conditions: dict[Part, list[list[Part]]] = {}

    def possible(self, given: Iterable[Signature]) -> set[Signature]:
        """The predicates that may have atoms where some are given."""
        found, before = set(given), -1
        while len(found) != before:
            before = len(found)
            found |= {rule.head.signature for rule in self._heads if rule.head and can_hold(rule, found)}
        return found

    def name(self, goal: Goal) -> str:
        """The name of the predicate a goal is asked with; its arguments are the bound ones."""
        number = self._numbers.setdefault(goal.signature, len(self._numbers))
        return f"__t{number}" if goal.truth else f"__f{number}{''.join('fb'[bound] for bound in goal.bound)}"

    def explained(self, goal: Goal) -> bool:
        """Whether a goal leads anywhere: to rules, or for a missing record to those that say otherwise."""
        return goal.signature in self.rules or (not goal.truth and self.contrary(goal) is not None)

    def contrary(self, goal: Goal) -> int | None:
        """For a predicate of records: the number of arguments in which a record that says otherwise agrees."""
        key = self.about.get(goal.signature)
        if key is None or not all(goal.bound[:key]) or not any(goal.bound[key:]):
            return None
        return key

    def variants(self, goal: Goal) -> Mapping[int, Variant]:
        """The rules of a goal's predicate under its adornment, by number; the numbers are in the order of the text."""
        key = goal.signature, goal.bound
        if key not in self._of:
            with self.lock:
                found = [self._variant(rule, goal.bound) for rule in self.rules.get(goal.signature, ())]
                self._of[key] = {variant.number: variant for variant in found}
        return self._of[key]

    def _variant(self, rule: Rule, bound: tuple[bool, ...]) -> Variant:
        key = rule.index, bound
        if key not in self._variants:
            self._variants[key] = self._make(rule, bound)
        return self._variants[key]

    def _make(self, rule: Rule, bound: tuple[bool, ...]) -> Variant:
        assert rule.head is not None
        goal, known, ties, unsupported = list[str](), set[str](), list[Literal](), rule.unsupported
        hints: list[Hint] = []
        for position, term in enumerate(rule.head.arguments):
            if not bound[position]:
                continue
            binds, needs = binding(term)
            try:
                refuse([term])
            except Unsupported as problem:
                unsupported = problem.what
            if not needs and not unsupported and not any(node.ast_type == ASTType.Interval for node in walk(term)):
                goal.append(str(term))
                hints.append(hint(term))
                known |= binds
                continue
            # A computed argument is compared with the asked one as a last condition.
            name = f"Asked{position}__"
            goal.append(name)
            hints.append(None)
            known.add(name)
            ties.append(
                Comparison(rule.head.location, 0, (Variable(rule.head.location, name), term), ("=",), head=True)
            )
        parts: list[Part] = []
        if not unsupported:
            try:
                parts = self.planner.plan([*rule.body, *ties], known)
            except Unsupported as problem:
                unsupported = problem.what
        return Variant(len(self._variants), rule, tuple(goal), tuple(hints), tuple(sorted(known)), parts, unsupported)

    def recursive(self, rule: Rule, atom: Atom) -> bool:
        """Whether the atom in the rule's body may depend on the rule's own head."""
        assert rule.head is not None
        return self._component.get(rule.head.signature, -1) == self._component.get(atom.signature, -2)

    @property
    def acyclic(self) -> bool:
        """Whether no predicate depends on itself."""
        return not self._component

    def conditions(self, part: Part) -> list[list[Part]]:
        """The parts of the conditions of an aggregate, element by element, or of a conditional literal."""
        if part not in self._conditions:
            literal, groups = part.literal, list[Sequence[Literal]]()
            if isinstance(literal, Aggregate):
                groups = [element.conditions for element in literal.elements]
            elif isinstance(literal, Conditional):
                groups = [literal.conditions]
            with self.lock:
                self._conditions[part] = [self.planner.plan(group, part.key, partial=True) for group in groups]
        return self._conditions[part]


def can_hold(rule: Rule, present: Collection[Signature]) -> bool:
    """Whether every predicate that a rule's body needs has atoms."""
    return all(literal.signature in present for literal in rule.body if isinstance(literal, Atom) and literal.sign == 0)
