"""Which rules and facts a question can come to: what is not on the way need not be handed to the solver.

Why an atom holds is asked of fewer rules than why it does not: only of those that may apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from clingo import SymbolType

from engine.facts import PREDICATES
from explain.dual.goals import Hint, Hints, atoms, hint
from explain.dual.questions import Question
from explain.rules import Atom, Rule, Signature

SUBJECT: Hint = ("?", "")
"""Whom a question is about: its first argument, if that is an identifier."""


class _Ask(NamedTuple):
    """An atom looked at: with what is known of its arguments, and whether only why it holds is asked."""

    signature: Signature
    known: Hints
    holding: bool


class Needs(NamedTuple):
    """The places of rules (file, line) and the predicates of facts: about the subject alone, and about everybody."""

    rules: frozenset[tuple[str, int]]
    own: frozenset[str]
    every: frozenset[str]


class Reach:
    """Follows the rules down from a question, along the constants and the subject that are known."""

    def __init__(self, by_head: Mapping[Signature, Sequence[Rule]]) -> None:
        self._by_head = by_head
        self._hints: dict[Atom, Hints] = {}
        self._next: dict[_Ask, tuple[list[Rule], list[_Ask]]] = {}
        self._needs: dict[_Ask, Needs] = {}

    def rules(self, questions: Iterable[Question], holding: bool) -> set[tuple[str, int]]:
        """The places of the rules that the questions can come to. Raises ValueError where one leaves a choice."""
        return {place for question in questions for place in self.needs(question, holding).rules}

    def wanted(self, questions: Iterable[Question], holding: bool) -> tuple[dict[str, set[str]] | None, set[str]]:
        """The predicates of facts that the questions can come to: for each whom they name, and about everybody.

        None in place of the first where they name nobody. `holding`: enough to tell whether the atoms asked hold, and
        why if they do.
        """
        own, every = dict[str, set[str]](), set[str]()
        for question in questions:
            needs = self.needs(question, holding)
            every |= needs.every
            for name in question.named:
                own.setdefault(name, set()).update(needs.own)
        return own or None, every

    def needs(self, question: Question, holding: bool) -> Needs:
        """What one question can come to."""
        known = tuple(
            SUBJECT if not place and value is not None and value.type == SymbolType.String else _constant(text)
            for place, (value, text) in enumerate(zip(question.arguments, question.texts, strict=True))
        )
        root = _Ask(question.signature, known, holding)
        if root not in self._needs:
            todo, seen, places = [root], {root}, set[tuple[str, int]]()
            for ask in todo:
                rules, below = self._below(ask)
                places |= {(rule.file, rule.line) for rule in rules}
                todo += [one for one in below if one not in seen]
                seen.update(below)
            own = frozenset(ask.signature[0] for ask in todo if ask.known[:1] == (SUBJECT,))
            every = frozenset(ask.signature[0] for ask in todo if ask.known[:1] != (SUBJECT,))
            self._needs[root] = Needs(frozenset(places), own, every)
        return self._needs[root]

    def _below(self, ask: _Ask) -> tuple[list[Rule], list[_Ask]]:
        """The rules that may give an atom, and what they ask of others."""
        if ask not in self._next:
            rules, found = list[Rule](), dict[_Ask, None]()
            for rule in self._by_head.get(ask.signature, ()):
                env = self._matched(rule, ask.known)
                if env is None:
                    continue
                if rule.choice:
                    raise ValueError(f"{rule.place}: a choice; what follows is asked of a given answer set")
                needed = [self._ask(atom, env, ask.holding) for atom in _needed(rule)]
                if not ask.holding or all(map(self._possible, needed)):
                    rules.append(rule)
                    every = [self._ask(atom, env, False) for atom in atoms(rule.body) if atom not in _needed(rule)]
                    found.update(dict.fromkeys([*needed, *every]))
            self._next[ask] = rules, list(found)
        return self._next[ask]

    def _possible(self, ask: _Ask) -> bool:
        """Whether a fact or the head of a rule may be the atom asked for."""
        rules = self._by_head.get(ask.signature, ())
        recorded = not rules or ask.signature[0] in PREDICATES
        return recorded or any(self._matched(rule, ask.known) is not None for rule in rules)

    def _ask(self, atom: Atom, env: Mapping[str, Hint], holding: bool) -> _Ask:
        known = tuple(env.get(one[1]) if one and one[0] == "?" else one for one in self._hinted(atom))
        return _Ask(atom.signature, known, holding)

    def _matched(self, rule: Rule, known: Hints) -> dict[str, Hint] | None:
        """What is known of a rule's variables where its head is asked for; None if the head is another constant."""
        assert rule.head is not None
        env: dict[str, Hint] = {}
        for mine, asked in zip(self._hinted(rule.head), known, strict=True):
            if mine is None or asked is None:
                continue
            if mine[0] == "?":
                env.setdefault(mine[1], asked)
            elif asked[0] == "=" and mine != asked:
                return None
        return env

    def _hinted(self, atom: Atom) -> Hints:
        if atom not in self._hints:
            self._hints[atom] = tuple(map(hint, atom.arguments))
        return self._hints[atom]


def _needed(rule: Rule) -> list[Atom]:
    """The atoms that must hold for a rule to apply."""
    return [literal for literal in rule.body if isinstance(literal, Atom) and not literal.sign]


def _constant(text: str | None) -> Hint:
    return None if text is None or '"' in text else ("=", text)
