"""Rules as goals meet them: which of them may give an atom, how their bodies are judged, what they lead to.

Variants and parts are made when first asked for, numbered, and kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from threading import RLock

from clingo.ast import ASTType, Location

from explain.dual.bodyplan import Part, Planner
from explain.dual.goals import Goal, Hint, Variant, atoms, components, hint
from explain.rules import (
    Aggregate,
    Atom,
    Bound,
    Comparison,
    Conditional,
    Literal,
    Node,
    Rule,
    Signature,
    Unsupported,
    binding,
    function,
    plain,
    refuse,
    variable,
    variables,
    walk,
)


class Dual:
    """A set of rules as goals meet them: each under the adornment of its head, its body in parts.

    `leaves` are predicates that are not gone into. `about` gives, for a predicate of records, how many of its first
    arguments say what the record is about: a missing record is told from one that says otherwise. `cuts` are the
    predicates that tell which goals a place comes to and does not ask, `followed` those of such goals where asked, with
    their numbers of arguments.
    """

    def __init__(
        self, rules: Iterable[Rule], leaves: Iterable[Signature] = (), about: Mapping[Signature, int] | None = None
    ) -> None:
        self.rules: dict[Signature, list[Rule]] = {}
        self.about = dict(about or {})
        self.keys: dict[str, int] = {}
        self.cuts: dict[str, tuple[str, Goal]] = {}
        self.followed: dict[str, int] = {}
        self.planner = Planner()
        self.lock = RLock()  # pieces are made once and kept, whoever asks first
        self.leaves, every = frozenset(leaves), list(rules)
        for rule in every:
            if rule.head is not None and rule.head.signature not in self.leaves:
                self.rules.setdefault(rule.head.signature, []).append(rule)
        self.derived = frozenset(name for name, _ in self.rules)
        self._heads = [rule for rule in every if rule.head is not None]
        self.signatures = {
            atom.signature for rule in every for atom in [*atoms(rule.body), *([rule.head] if rule.head else [])]
        }
        self._component = components(every)
        self._numbers: dict[tuple[Signature, tuple[Bound, ...]], int] = {}
        self._of: dict[tuple[Signature, tuple[Bound, ...]], dict[int, Variant]] = {}
        self._variants: dict[tuple[int, tuple[Bound, ...]], Variant | None] = {}
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
        number = self._numbers.setdefault((goal.signature, goal.bound), len(self._numbers))
        return f"__{'ft'[goal.truth]}{number}"

    def explained(self, goal: Goal) -> bool:
        """Whether a goal leads anywhere: to rules, or for a missing record to those that say otherwise."""
        return goal.signature in self.rules or (not goal.truth and self.contrary(goal) is not None)

    def contrary(self, goal: Goal) -> int | None:
        """For a predicate of records: the number of arguments in which a record that says otherwise agrees."""
        key = self.about.get(goal.signature)
        if key is None or not all(one is True for one in goal.bound[:key]):
            return None
        if not any(goal.bound[key:]) or not all(isinstance(one, bool) for one in goal.bound):
            return None
        return key

    def variants(self, goal: Goal) -> Mapping[int, Variant]:
        """The rules of a goal's predicate under its adornment, by number; the numbers are in the order of the text."""
        key = goal.signature, goal.bound
        if key not in self._of:
            with self.lock:
                found = [self._variant(rule, goal.bound) for rule in self.rules.get(goal.signature, ())]
                self._of[key] = {variant.number: variant for variant in found if variant is not None}
        return self._of[key]

    def _variant(self, rule: Rule, bound: tuple[Bound, ...]) -> Variant | None:
        key = rule.index, bound
        if key not in self._variants:
            self._variants[key] = self._make(rule, bound)
        return self._variants[key]

    def _make(self, rule: Rule, bound: tuple[Bound, ...]) -> Variant | None:
        """The rule under an adornment of its head; None where its head can never be what is asked."""
        assert rule.head is not None
        head = Head(rule.head.location)
        pairs = enumerate(zip(rule.head.arguments, bound, strict=True))
        if not all(head.asked(term, one, str(n)) for n, (term, one) in pairs):
            return None
        unsupported = rule.unsupported or head.unsupported
        parts: list[Part] = []
        if not unsupported:
            try:
                parts = self.planner.plan([*rule.body, *head.ties], head.known)
            except Unsupported as problem:
                unsupported = problem.what
        known = tuple(sorted(head.known))
        return Variant(len(self._variants), rule, tuple(head.goal), tuple(head.hints), known, parts, unsupported)

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


class Head:
    """The terms of a rule's head matched with what is asked: what is bound, what must be compared in the end."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self.goal: list[str] = []
        self.hints: list[Hint] = []
        self.known: set[str] = set()
        self.ties: list[Literal] = []
        self.unsupported: str | None = None

    def asked(self, term: Node, bound: Bound, place: str) -> bool:
        """Take one term in; False if it can never be what is asked."""
        if bound is False:
            if variables([term]) and not plain(term):
                self._tie(variable(f"Open{place}__"), term)  # it must have a value
            return True
        try:
            refuse([term])
        except Unsupported as problem:
            self.unsupported = problem.what
        if bound is True:
            self._value(term, place)
            return True
        name, inside = bound
        if term.ast_type == ASTType.Function and not term.external:
            if term.name != name or len(term.arguments) != len(inside):
                return False
            pairs = enumerate(zip(term.arguments, inside, strict=True))
            return all(self.asked(one, below, f"{place}_{n}") for n, (one, below) in pairs)
        if term.ast_type != ASTType.Variable:
            return self.unsupported is not None  # no number and no constant is a function's term
        self._tie(self._shape(bound, place), term)
        return True

    def _value(self, term: Node, place: str) -> None:
        binds, needs = binding(term)
        if not needs and not self.unsupported and not any(node.ast_type == ASTType.Interval for node in walk(term)):
            self.goal.append(str(term))
            self.hints.append(hint(term))
            self.known |= binds
            return
        self._tie(self._fresh(place), term)

    def _tie(self, asked: Node, term: Node) -> None:
        """A computed term, or a variable that must have a shape, is compared with what is asked as a last condition."""
        self.ties.append(Comparison(self.location, 0, (asked, term), ("=",), head=True))

    def _fresh(self, place: str) -> Node:
        name = f"Asked{place}__"
        self.goal.append(name)
        self.hints.append(None)
        self.known.add(name)
        return variable(name)

    def _shape(self, bound: Bound, place: str) -> Node:
        """The term that a variable must match."""
        if bound is True:
            return self._fresh(place)
        if bound is False:
            return variable(f"Open{place}__")
        name, inside = bound
        return function(name, [self._shape(one, f"{place}_{n}") for n, one in enumerate(inside)])


def can_hold(rule: Rule, present: Collection[Signature]) -> bool:
    """Whether every predicate that a rule's body needs has atoms."""
    return all(literal.signature in present for literal in rule.body if isinstance(literal, Atom) and literal.sign == 0)
