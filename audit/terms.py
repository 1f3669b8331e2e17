"""The terms of a rule in plain words: constants, provisions, days, recorded facts; variables marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from clingo import parse_term
from clingo.ast import AST, ASTType

from engine.messages import has, text
from engine.statute import Provision
from engine.vocabulary import PREDICATES, day_text
from engine.wording import label
from explain.values import constant

MARK = re.compile("\ue000(\\w+)\ue001")
_VARIABLE = re.compile(r"\b([A-Z]\w*)(/10000)?")
_FIRST_DAY = 19000101
_KINDS = {
    "Body": "choice:body", "Role": "choice:body_role", "Category": "choice:category", "Stage": "choice:stage",
    "Before": "choice:stage", "List": "choice:list", "Purpose": "choice:purpose", "Pool": "choice:pool",
    "Ground": "ground", "What": "audit.plain.value", "Who": "audit.plain.value", "Choice": "audit.plain.value",
}  # fmt: skip
"""What an argument of a technical predicate holds, by its name in the rule files."""


def string(term: str) -> str:
    """The text behind a quoted term."""
    return parse_term(term).string


@dataclass(frozen=True)
class Terms:
    """How the terms of one rule are said: `frame` has the variables that stand for a day or number of the case."""

    lang: str
    frame: Mapping[str, str]

    def value(self, term: AST, kind: str = "", name: str = "") -> str:
        """A term in words; `kind` as the wording has it (`day`, `choice:prize`), `name` that of the argument."""
        kind = kind or _KINDS.get(name, "")
        if term.ast_type == ASTType.Pool:
            return text("audit.plain.list", self.lang).join(self.value(each, kind, name) for each in term.arguments)
        if term.ast_type == ASTType.Variable:
            return self._any(kind, name) if term.name == "_" else self._variable(term.name)
        if term.ast_type == ASTType.Function and term.name == "art":
            return Provision(*(int(str(each)) for each in term.arguments)).citation
        if term.ast_type == ASTType.Function and term.name in PREDICATES and term.arguments:
            return self.fact(term)
        return self._bare(str(term), kind, name)

    def fact(self, atom: AST) -> str:
        """A recorded fact as a sentence."""
        fields = PREDICATES[atom.name].fields
        values = {
            field.name: self.value(each, f"choice:{field.wording}" if field.kind == "choice" else field.kind)
            for field, each in zip(fields, atom.arguments, strict=True)
        }
        if atom.name == "applicant" and str(atom.arguments[1]) == "_":
            return text("audit.plain.anybody", self.lang)
        return text(f"vocabulary.{atom.name}.sentence", self.lang, **values)

    def _any(self, kind: str, name: str) -> str:
        known = (f"audit.plain.any.{each}" for each in (name, kind.partition(":")[0], "text"))
        return text(next(each for each in known if has(each, self.lang)), self.lang)

    def _variable(self, name: str) -> str:
        return self.frame.get(name) or f"\ue000{name}\ue001"

    def _bare(self, said: str, kind: str, name: str) -> str:
        if name == "Predicate":
            return label(said, self.lang)
        if said.startswith('"'):
            return string(said)
        if said.lstrip("-").isdecimal():
            return day_text(int(said)) if int(said) >= _FIRST_DAY else said
        if re.fullmatch(r"[a-z]\w*", said):
            return constant(said, kind, self.lang) if kind else constant(said, "audit.plain.value", self.lang)
        return _VARIABLE.sub(self._part, re.sub("[()]", "", said))  # sums only: no bracket matters

    def _part(self, found: re.Match[str]) -> str:
        """A variable inside a sum; `Day/10000` is the year of a day."""
        said = self._variable(found[1])
        return text("audit.plain.year_of", self.lang, day=said) if found[2] else said
