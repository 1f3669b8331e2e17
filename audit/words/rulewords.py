"""A rule in plain words, for readers of law: its head, its conditions, from the vocabulary and the rules' own wording.

Variables stay marked until a sentence is whole; then the first mention is “some day”, every later one “that day”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from clingo.ast import AST, ASTType

from audit.encoding import OPERATORS, Encoding, Rule, atoms, compares, plain, signature
from audit.words.phrases import Phrases
from audit.words.termwords import MARK, Terms
from engine.facts import PREDICATES
from engine.law import rule_file
from engine.words import has, text
from explain.rules import Words, wording

_FRAME = {("reference_day", 2): 1, ("deadline", 1): 0, ("round", 3): 1, ("as_of", 1): 0}
"""Literals that only name a day or number of the case: where that is, and its name in place of the variable's."""


class Plain:
    """The words of an encoding's rules in one language."""

    def __init__(self, encoding: Encoding, lang: str) -> None:
        self.encoding, self.lang = encoding, lang
        self.known = _wording(encoding.paths)
        self._told: dict[int, str] = {}
        self._ready: dict[int, Phrases] = {}

    def rule(self, rule: Rule) -> str:
        """A whole rule as one sentence: if this and that, then this."""
        if rule.number not in self._told:
            self._told[rule.number] = self._rule(rule)
        return self._told[rule.number]

    def _rule(self, rule: Rule) -> str:
        head, body = self.head(rule), text("audit.plain.and", self.lang).join(self.conditions(rule))
        if not head:
            return self._said(text("audit.plain.never", self.lang, body=body))
        return self._said(text("audit.plain.rule", self.lang, head=head, body=body) if body else head)

    def when(self, rule: Rule) -> str:
        """The conditions of a rule as one sentence; empty where it has none."""
        return self._said(text("audit.plain.and", self.lang).join(self.conditions(rule)))

    def condition(self, rule: Rule, literal: str) -> str:
        """One condition of a rule, given as the rule file has it."""
        found = next((each for each in self.encoding.node(rule).body if str(each) == literal), None)
        return literal if found is None else self._said(self._phrases(rule).condition(found))

    def head(self, rule: Rule) -> str:
        """What follows, its variables still marked; empty for a rule that only forbids."""
        return self._phrases(rule).conclusion(self.encoding.node(rule).head)

    def conditions(self, rule: Rule) -> list[str]:
        """What must hold, their variables still marked; what only names the reference day is left out."""
        body = [each for each in self.encoding.node(rule).body if not _boundless(each)]
        phrases = self._phrases(rule)
        told = [each for each in body if not _frames(each) and not _calculates(each, phrases.terms)]
        return [phrases.condition(each) for each in told or body]

    def worded(self, rule: Rule) -> bool:
        """Whether a head says something of the law: the definitions that only serve the machine do not."""
        if any(has(f"audit.machine.{name}", self.lang) for name, _ in rule.heads):
            return False
        return not re.match(r"-?[a-z]\w*(\(|$)", self.head(rule))

    def term(self, rule: Rule, place: int, kind: str) -> str:
        """An argument of a rule's head in words."""
        head = self.encoding.node(rule).head.atom.symbol
        return self._said(self._phrases(rule).terms.value(head.arguments[place], kind))

    def _phrases(self, rule: Rule) -> Phrases:
        if rule.number not in self._ready:
            self._ready[rule.number] = self._of(rule)
        return self._ready[rule.number]

    def _of(self, rule: Rule) -> Phrases:
        frame, node = {}, self.encoding.node(rule)
        for each in node.body:
            if plain(each) and (place := _FRAME.get(signature(each.atom.symbol))) is not None:
                atom = each.atom.symbol
                frame[str(atom.arguments[place])] = text(f"audit.plain.frame.{atom.name}", self.lang)
        kinds = {name: kind for atom in atoms(node) for name, kind in self._kinds(atom) if kind}
        return Phrases(self.encoding, self.known, Terms(self.lang, frame, rule.file.partition(".")[0], kinds))

    def _kinds(self, atom: AST) -> Iterator[tuple[str, str]]:
        """What the arguments of an atom hold, as the vocabulary or its wording has it."""
        if (predicate := PREDICATES.get(atom.name)) and len(predicate.fields) == len(atom.arguments):
            kinds = [f"choice:{one.wording}" if one.kind == "choice" else one.kind for one in predicate.fields]
        else:
            words = self.known.get(signature(atom), Words())
            kinds = [words.types.get(name, "") for name in words.names]
        return ((str(each), kind) for each, kind in zip(atom.arguments, kinds, strict=False))

    def _said(self, sentence: str) -> str:
        """The sentence with its marked variables as a reader meets them: some day, then that day."""
        met: set[str] = set()

        def change(found: re.Match[str]) -> str:
            first, again = f"{found[2]}|{found[2]}".split("|")[:2]
            if found[1] in met:
                return again
            met.add(found[1])
            return first

        whole = MARK.sub(change, sentence)
        for pair in filter(None, text("audit.plain.smooth", self.lang).split(";")):
            rough, _, smooth = pair.partition("=")
            whole = whole.replace(rough, smooth)
        return whole


@lru_cache(32)
def plain_words(encoding: Encoding, lang: str) -> Plain:
    """The words of an encoding's rules in a language, found once."""
    return Plain(encoding, lang)


def _frames(literal: AST) -> bool:
    """Whether it only names a day or number of the case."""
    return plain(literal) and signature(literal.atom.symbol) in _FRAME


def _calculates(literal: AST, terms: Terms) -> bool:
    """Whether it only gives a name to a calculation that no reader follows."""
    return (
        compares(literal)
        and literal.atom.term.ast_type == ASTType.Variable
        and OPERATORS[literal.atom.guards[0].comparison] == "="
        and terms.unspoken(literal.atom.guards[0].term)
    )


def _boundless(literal: AST) -> bool:
    """Whether it only says that a greatest or least thing exists."""
    return compares(literal) and str(literal.atom.guards[0].term) in ("#inf", "#sup")


@cache
def _wording(paths: tuple[Path, ...]) -> Mapping[tuple[str, int], Words]:
    return wording([rule_file(path) for path in paths]).predicates
