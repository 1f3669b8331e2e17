"""Which facts a question can come to: what no rule on the way looks at need not be handed to the solver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from clingo import SymbolType

from engine.vocabulary import PREDICATES, Fact
from explain.goals import Hint, Hints, Signature, atoms, hint
from explain.literals import Rule
from explain.question import Question

SUBJECT: Hint = ("?", "")
"""Whom a question is about: its first argument, if that is an identifier."""
_Ask = tuple[Signature, Hints]
_ABOUT_SOMEBODY = {name for name, one in PREDICATES.items() if one.fields and one.fields[0].kind == "identifier"}


class Needs(NamedTuple):
    """Predicates of facts: those needed about the subject alone, and those needed about everybody."""

    own: frozenset[str]
    every: frozenset[str]


class Reach:
    """Follows the rules down from a question, along the constants and the subject that are known."""

    def __init__(self, by_head: Mapping[Signature, Sequence[Rule]]) -> None:
        self._by_head = by_head
        self._next: dict[_Ask, tuple[_Ask, ...]] = {}
        self._needs: dict[_Ask, Needs] = {}

    def facts(self, questions: Iterable[Question], facts: Iterable[Fact]) -> Iterator[Fact]:
        """Those of the facts that the questions can come to; about nobody but whom they name, if they name somebody."""
        own, every = dict[str, set[str]](), set[str]()
        for question in questions:
            needs = self.needs(question)
            every |= needs.every
            for name in question.named:
                own.setdefault(name, set()).update(needs.own)
        for fact in facts:
            if fact.predicate in _ABOUT_SOMEBODY:
                wanted = own.get(str(fact.arguments[0])) if own else every
                if wanted is None or not (fact.predicate in wanted or fact.predicate in every):
                    continue
            yield fact

    def needs(self, question: Question) -> Needs:
        """The facts that one question can come to."""
        known = tuple(
            SUBJECT if not place and value is not None and value.type == SymbolType.String else _constant(text)
            for place, (value, text) in enumerate(zip(question.arguments, question.texts, strict=True))
        )
        root = question.signature, known
        if root not in self._needs:
            todo = [root]
            seen = {root}
            for ask in todo:
                fresh = [one for one in self._below(ask) if one not in seen]
                seen.update(fresh)
                todo += fresh
            own = frozenset(name for (name, _), known in todo if known[:1] == (SUBJECT,))
            every = frozenset(name for (name, _), known in todo if known[:1] != (SUBJECT,))
            self._needs[root] = Needs(own, every)
        return self._needs[root]

    def _below(self, ask: _Ask) -> tuple[_Ask, ...]:
        """What the rules for a predicate ask of others."""
        if ask not in self._next:
            found = dict[_Ask, None]()
            for rule in self._by_head.get(ask[0], ()):
                env = _matched(rule, ask[1])
                if env is not None:
                    for atom in atoms(rule.body):
                        hints = map(hint, atom.arguments)
                        known = tuple(env.get(one[1]) if one and one[0] == "?" else one for one in hints)
                        found[atom.signature, known] = None
            self._next[ask] = tuple(found)
        return self._next[ask]


def _constant(text: str | None) -> Hint:
    return None if text is None or '"' in text else ("=", text)


def _matched(rule: Rule, known: Hints) -> dict[str, Hint] | None:
    """What is known of a rule's variables where its head is asked for; None if the head is another constant."""
    assert rule.head is not None
    env: dict[str, Hint] = {}
    for mine, asked in zip(map(hint, rule.head.arguments), known, strict=True):
        if mine is None or asked is None:
            continue
        if mine[0] == "?":
            env.setdefault(mine[1], asked)
        elif asked[0] == "=" and mine != asked:
            return None
    return env
