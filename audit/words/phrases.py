"""A condition or a conclusion of a rule in words: an atom, a comparison, an aggregate; its variables still marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from clingo.ast import AST, AggregateFunction, ASTType

from audit.encoding import OPERATORS, Encoding, compares, signature
from audit.words.slots import filled
from audit.words.termwords import Terms
from engine.facts import OPEN, PREDICATES
from engine.words import has, template, text
from explain.rules import Words

_WHOLE = re.compile(r"\s*[（(：:]\s*\{(?:facts|reasons|aggregate)\}\s*[）)]?|[（(]\{causes\}[）)]")
_NAME = re.compile(r"[a-z]\w*")
_SIGNS = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least", "=": "equals", "!=": "differs"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_FUNCTIONS = {
    int(AggregateFunction.Count): "count",
    int(AggregateFunction.Max): "max",
    int(AggregateFunction.Min): "min",
}


@dataclass(frozen=True)
class Phrases:
    """How the literals of one rule are said; `known` has the rule files' own wording."""

    encoding: Encoding
    known: Mapping[tuple[str, int], Words]
    terms: Terms

    def conclusion(self, head: AST) -> str:
        """What follows; empty for a rule that only forbids."""
        if head.ast_type == ASTType.Aggregate:
            return self._text("audit.plain.choice", words=self._chosen(head))
        if head.ast_type != ASTType.Literal or head.atom.ast_type == ASTType.BooleanConstant:
            return ""
        symbol = head.atom.symbol
        heads = symbol.arguments if symbol.ast_type == ASTType.Pool else (symbol,)
        return self._text("audit.plain.and").join(self._atom(each, False, ("says", "machine")) for each in heads)

    def condition(self, literal: AST) -> str:
        """What must hold."""
        if compares(literal):
            return self._comparison(literal)
        if literal.ast_type == ASTType.ConditionalLiteral:
            conditions = self._and([self.condition(each) for each in literal.condition])
            return self._text("audit.plain.each", conditions=conditions, words=self.condition(literal.literal))
        if literal.ast_type != ASTType.Literal:
            return str(literal)
        if literal.atom.ast_type == ASTType.BodyAggregate:
            return self._aggregate(literal.atom)
        if literal.atom.ast_type != ASTType.SymbolicAtom or literal.atom.symbol.ast_type != ASTType.Function:
            return str(literal)
        return self._atom(literal.atom.symbol, bool(literal.sign), ("asks", "says", "machine"))

    def _comparison(self, literal: AST) -> str:
        left, right = literal.atom.term, literal.atom.guards[0].term
        sign = _SIGNS[OPERATORS[literal.atom.guards[0].comparison]]
        if str(right) == str(OPEN) and sign in ("below", "differs"):
            return self._text("audit.plain.ended", day=self.terms.value(left))
        kinds = self.terms.kinds
        said = self.terms.value(left, kinds.get(str(right), "")), self.terms.value(right, kinds.get(str(left), ""))
        if "year" in (kinds.get(str(left)), kinds.get(str(right))):
            said = self._text("audit.plain.a_year", year=said[0]), self._text("audit.plain.a_year", year=said[1])
        return said[0] + self._sign(sign, left, right) + said[1]

    def _sign(self, sign: str, *sides: AST) -> str:
        scale = "day." if any(map(self.terms.day, sides)) else ""
        named = any(self.terms.kinds.get(str(each)) == "identifier" or _NAME.fullmatch(str(each)) for each in sides)
        if named and sign in ("equals", "differs"):
            scale = "who."
        return self._text(f"audit.plain.{scale}{sign}")

    def _chosen(self, head: AST) -> str:
        """What may be chosen of: its atoms, where, how many."""
        parts = []
        for each in head.elements:
            said = self.conclusion(each.literal)
            if each.condition:
                where = self._and([self.condition(one) for one in each.condition])
                said = self._text("audit.plain.chosen", words=said, conditions=where)
            parts.append(said)
        words = self._and(parts)
        for guard, turned in ((head.left_guard, True), (head.right_guard, False)):
            if guard:
                operator = OPERATORS[guard.comparison]
                sign = self._text(f"audit.plain.{_SIGNS[_TURNED[operator] if turned else operator]}")
                number = self.terms.value(guard.term)
                words = self._text("audit.plain.number_chosen", words=words, sign=sign, number=number)
        return words

    def _aggregate(self, aggregate: AST) -> str:
        """“the number of …”, compared with what stands beside it."""
        first = aggregate.elements[0].terms[0]
        said = self._element(aggregate, aggregate.elements[0])
        for element in aggregate.elements[1:]:
            sign = "minus" if str(element.terms[0]).startswith("-") else "plus"
            said += self._text(f"audit.plain.{sign}") + self._element(aggregate, element)
        if aggregate.left_guard:
            sign, side = OPERATORS[aggregate.left_guard.comparison], aggregate.left_guard.term
            if sign == "=":
                return self._text("audit.plain.named", what=said, name=self.terms.value(side))
            said = f"{said}{self._sign(_SIGNS[_TURNED[sign]], first)}{self.terms.value(side)}"
        return said

    def _element(self, aggregate: AST, element: AST) -> str:
        first, function = element.terms[0], _FUNCTIONS.get(int(aggregate.function), "sum")
        conditions = self._and([self.condition(each) for each in element.condition])
        if str(first).lstrip("-") == "1":
            return self._text("audit.plain.weighed", conditions=conditions)
        day = "day." if function in ("max", "min") and self.terms.day(first) else ""
        return self._text(f"audit.plain.all.{day}{function}", conditions=conditions, noun=self.terms.noun(first))

    def _atom(self, atom: AST, negative: bool, tables: tuple[str, ...]) -> str:
        if (predicate := PREDICATES.get(atom.name)) and len(predicate.fields) == len(atom.arguments):
            said = self.terms.fact(atom)
            return self._text("audit.lacks", fact=said) if negative else said
        words = self.known.get(signature(atom), Words())
        if negative and (said := self._filled(self._lacking(atom, words), atom, words)):
            return said
        keys = [f"{each}.{name}" for name in (f"{self.terms.file}.{atom.name}", atom.name) for each in tables]
        key = next((f"audit.{each}" for each in keys if has(f"audit.{each}", self.terms.lang)), "")
        whole = template(key, self.terms.lang) if key else words.templates.get((self.terms.lang, True), "")
        said = self._filled(whole, atom, words) or str(atom)
        return self._text("audit.plain.not", words=said) if negative else said

    def _lacking(self, atom: AST, words: Words) -> str:
        """The template for an atom that does not hold."""
        key = f"audit.says_not.{atom.name}"
        own = words.templates.get((self.terms.lang, False), "")
        return template(key, self.terms.lang) if has(key, self.terms.lang) else own

    def _filled(self, whole: str, atom: AST, words: Words) -> str:
        fixed = {"@reference_day": self._text("audit.plain.frame.reference_day")}
        fixed |= {name: str(value) for name, value in self.encoding.values.items()}
        return filled(_WHOLE.sub("", whole), atom, words, self.terms, fixed)

    def _and(self, parts: list[str]) -> str:
        return self._text("audit.plain.and").join(parts)

    def _text(self, key: str, **values: object) -> str:
        return text(key, self.terms.lang, **values)
