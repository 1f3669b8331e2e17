"""A rule in plain words, for readers of law: its head, its conditions, from the vocabulary and the rules' own wording.

Variables stay marked until a sentence is whole; then the first mention is “some day”, every later one “that day”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from clingo.ast import AST, ASTType

from audit.encoding import Encoding, Rule
from audit.syntax import OPERATORS, compares, plain, signature
from audit.terms import MARK, Terms
from engine.messages import has, text
from engine.rulebook import rule_file
from engine.vocabulary import PREDICATES
from explain.wording import Words, wording

_SLOT = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SIGNS = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least", "=": "equals", "!=": "differs"}
_DAYS = frozenset({"Day", "From", "To", "T", "First", "Until"})
_FRAME = {("reference_day", 2): 1, ("deadline", 1): 0, ("round", 3): 1}
"""Literals that only name a day or number of the case: where that is, and its name in place of the variable's."""


class Plain:
    """The words of an encoding's rules in one language."""

    def __init__(self, encoding: Encoding, lang: str) -> None:
        self.encoding, self.lang = encoding, lang
        self.known = _wording(encoding.paths)

    def rule(self, rule: Rule) -> str:
        """A whole rule as one sentence: if this and that, then this."""
        head, body = self.head(rule), self.conditions(rule)
        if not body:
            return self._said(head)
        joined = text("audit.plain.and", self.lang).join(body)
        return self._said(text("audit.plain.rule", self.lang, head=head, body=joined))

    def when(self, rule: Rule) -> str:
        """The conditions of a rule as one sentence; empty where it has none."""
        return self._said(text("audit.plain.and", self.lang).join(self.conditions(rule)))

    def condition(self, rule: Rule, literal: str) -> str:
        """One condition of a rule, given as the rule file has it."""
        found = next((each for each in self.encoding.node(rule).body if str(each) == literal), None)
        return literal if found is None else self._said(self._literal(found, self._terms(rule)))

    def head(self, rule: Rule) -> str:
        """What follows, its variables still marked."""
        return self._literal(self.encoding.node(rule).head, self._terms(rule))

    def conditions(self, rule: Rule) -> list[str]:
        """What must hold, their variables still marked; what only names the reference day is left out."""
        body = list(self.encoding.node(rule).body)
        terms = self._terms(rule)
        told = [each for each in body if not (plain(each) and signature(each.atom.symbol) in _FRAME)]
        return [self._literal(each, terms) for each in told or body]

    def worded(self, rule: Rule) -> bool:
        """Whether a head has words: the definitions that only serve the machine have none."""
        return not re.match(r"-?[a-z]\w*(\(|$)", self.head(rule))

    def term(self, rule: Rule, place: int, kind: str) -> str:
        """An argument of a rule's head in words."""
        head = self.encoding.node(rule).head.atom.symbol
        return self._said(self._terms(rule).value(head.arguments[place], kind))

    def _terms(self, rule: Rule) -> Terms:
        frame = {}
        for each in self.encoding.node(rule).body:
            if plain(each) and (place := _FRAME.get(signature(each.atom.symbol))) is not None:
                atom = each.atom.symbol
                frame[str(atom.arguments[place])] = text(f"audit.plain.frame.{atom.name}", self.lang)
        return Terms(self.lang, frame)

    def _literal(self, literal: AST, terms: Terms) -> str:
        if compares(literal):
            left, right = literal.atom.term, literal.atom.guards[0].term
            sign = _SIGNS[OPERATORS[literal.atom.guards[0].comparison]]
            scale = "day." if {str(left), str(right)} & _DAYS else ""
            sign = text(f"audit.plain.{scale}{sign}", self.lang)
            return f"{terms.value(left)}{sign}{terms.value(right)}"
        if literal.ast_type != ASTType.Literal or literal.atom.ast_type != ASTType.SymbolicAtom:
            return str(literal)
        atom = literal.atom.symbol
        if atom.ast_type != ASTType.Function:
            return str(literal)
        return self._atom(atom, terms, bool(literal.sign))

    def _atom(self, atom: AST, terms: Terms, negative: bool) -> str:
        if (predicate := PREDICATES.get(atom.name)) and len(predicate.fields) == len(atom.arguments):
            said = terms.fact(atom)
            return text("audit.lacks", self.lang, fact=said) if negative else said
        words = self.known.get(signature(atom), Words())
        values = self._values(atom, words, terms)
        if has(f"audit.says.{atom.name}", self.lang):
            said = text(f"audit.says.{atom.name}", self.lang, **values)
            return text("audit.plain.not", self.lang, words=said) if negative else said
        anonymous = {name for name, each in zip(words.names, atom.arguments, strict=False) if str(each) == "_"}
        for truth in dict.fromkeys((not negative, True)):
            said = _filled(words.templates.get((self.lang, truth), ""), values, anonymous)
            if said:
                return said if truth is not negative else text("audit.plain.not", self.lang, words=said)
        return text("audit.plain.not", self.lang, words=atom) if negative else str(atom)

    def _values(self, atom: AST, words: Words, terms: Terms) -> dict[str, str]:
        names = words.names or tuple(f"X{place}" for place in range(len(atom.arguments)))
        arguments = dict(zip(names, atom.arguments, strict=True))
        values = {}
        for name, each in arguments.items():
            kind = words.types.get(name, "")
            if kind.startswith("reading_of "):
                kind = f"reading.{arguments[kind.removeprefix('reading_of ')]}"
            values[name] = terms.value(each, kind, name)
        return {**values, "@reference_day": text("audit.plain.frame.reference_day", self.lang)} | {
            name: str(value) for name, value in self.encoding.values.items()
        }

    def _said(self, sentence: str) -> str:
        """The sentence with its marked variables as a reader meets them: some day, then that day."""
        met: set[str] = set()

        def change(found: re.Match[str]) -> str:
            first, _, again = text(f"audit.plain.variable.{found[1]}", self.lang).partition("|")
            if found[1] in met:
                return again
            met.add(found[1])
            return first

        return MARK.sub(change, sentence)


def _filled(template: str, values: Mapping[str, str], anonymous: set[str]) -> str:
    """A template of the rule files filled as far as a rule goes; empty where it needs a dossier's own reasons."""

    def open_slot(part: str, also: set[str] | Sequence[str] = ()) -> bool:
        return any(slot not in values or slot in also for slot in _SLOT.findall(part))

    def option(found: re.Match[str]) -> str:
        return next((part for part in found[1].split("|") if not open_slot(part, anonymous)), "")

    template = _OPTIONAL.sub(option, template)
    return "" if open_slot(template) else _SLOT.sub(lambda slot: values[slot[1]], template)


@cache
def _wording(paths: tuple[Path, ...]) -> Mapping[tuple[str, int], Words]:
    return wording([rule_file(path) for path in paths]).predicates
