"""The terms of a rule in plain words: constants, provisions, days, recorded facts; variables marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from clingo import parse_term
from clingo.ast import AST, ASTType

from engine.facts import OPEN, PREDICATES, day, label
from engine.law import Provision
from engine.words import has, template, text
from explain.say import DAYS, constant

MARK = re.compile("\ue000(\\w+)=([^\ue001]*)\ue001")
SLOT = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
"""A place of a template: the argument's name or number, and what it holds where the rule file does not say."""
_VARIABLE = re.compile(r"\b([A-Z]\w*)(/10000)?", re.ASCII)
_YEARS = re.compile(r"\+(\w+)\*10000")
_YEAR_DAYS = re.compile(r"(\w+)\*10000\+(101;1231|101|1231)")
_REMAINDER = re.compile(r"(.+)\\(\d+)")
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
    """How the terms of one rule are said.

    `frame` has the variables that stand for a day or number of the case, `kinds` what the others hold; `file` is the
    rule file, for what its variables stand for.
    """

    lang: str
    frame: Mapping[str, str]
    file: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)

    def value(self, term: AST, kind: str = "", name: str = "") -> str:
        """A term in words; `kind` as the wording has it (`day`, `choice:prize`), `name` that of the argument."""
        kind = kind or _KINDS.get(name, "")
        if term.ast_type == ASTType.Pool:
            return text("audit.plain.list", self.lang).join(self.value(each, kind, name) for each in term.arguments)
        if term.ast_type == ASTType.Variable:
            return self._any(kind, name) if term.name == "_" else self._variable(term.name)
        if term.ast_type == ASTType.Interval:
            ends = {"low": self.value(term.left), "high": self.value(term.right)}
            return text("audit.plain.interval", self.lang, **ends)
        if term.ast_type == ASTType.Function and term.arguments:
            return self._compound(term)
        return self._bare(str(term), kind, name)

    def fact(self, atom: AST) -> str:
        """A recorded fact as a sentence."""
        fields = PREDICATES[atom.name].fields
        values = {
            one.name: self.value(each, f"choice:{one.wording}" if one.kind == "choice" else one.kind, one.name)
            for one, each in zip(fields, atom.arguments, strict=True)
        }
        if atom.name == "applicant" and str(atom.arguments[1]) == "_":
            return text("audit.plain.anybody", self.lang)
        running = str(OPEN) in map(str, atom.arguments)
        return text(f"vocabulary.{atom.name}.{'running' if running else 'sentence'}", self.lang, **values)

    def day(self, term: AST) -> bool:
        """Whether a variable holds a day."""
        return self.kinds.get(str(term)) in DAYS

    def unspoken(self, term: AST, kind: str = "") -> bool:
        """Whether a term is a calculation that only the machine reads: of digits of a day, products, remainders."""
        said = re.sub("[() ]", "", str(term))
        if term.ast_type != ASTType.BinaryOperation or _YEAR_DAYS.fullmatch(said) or _YEARS.search(said):
            return False
        return kind in DAYS or bool(re.search(r"[*\\]|/(?!10000$)", said))

    def noun(self, term: AST) -> str:
        """What a variable of an aggregate ranges over: `applicant`, where its first mention is `some applicant`."""
        forms = self._forms(str(term)).split("|")
        return forms[2] if len(forms) > 2 else forms[0]

    def _compound(self, term: AST) -> str:
        arity = len(term.arguments)
        if not term.name:
            return text("audit.plain.list", self.lang).join(self.value(each) for each in term.arguments)
        if term.name == "art" and arity == 3:
            return Provision.parse(str(term)).citation
        if term.name in PREDICATES and len(PREDICATES[term.name].fields) == arity:
            return self.fact(term)
        if has(key := f"audit.plain.term.{term.name}_{arity}", self.lang):
            said = [
                self.value(term.arguments[int(place)], kind) for place, kind in SLOT.findall(template(key, self.lang))
            ]
            return SLOT.sub(lambda _: said.pop(0), template(key, self.lang))
        return str(term)

    def _any(self, kind: str, name: str) -> str:
        names = (name, _key(kind), kind.partition(":")[0], "text")
        known = (key for each in names for key in (f"audit.plain.any.{self.file}.{each}", f"audit.plain.any.{each}"))
        return text(next(each for each in known if has(each, self.lang)), self.lang)

    def _variable(self, name: str) -> str:
        return self.frame.get(name) or f"\ue000{name}={self._forms(name)}\ue001"

    def _forms(self, name: str) -> str:
        """First mention, later mention and perhaps the noun; as the file uses the name, else as all files do."""
        kind = self.kinds.get(name, "")
        kind = "day" if kind in DAYS else _key(kind) or "thing"
        for each in (f"{self.file}.{kind}.{name}", f"{self.file}.{name}", f"{kind}.{name}", name):
            if has(f"audit.plain.variable.{each}", self.lang):
                return text(f"audit.plain.variable.{each}", self.lang)
        return text("audit.plain.variable." + ("Day" if kind == "day" else "Unknown"), self.lang)

    def _bare(self, said: str, kind: str, name: str) -> str:
        if name == "Predicate":
            return label(said, self.lang)
        if said.startswith('"'):
            return string(said)
        if said.lstrip("-").isdecimal():
            if int(said) == OPEN:
                return text("audit.plain.open_day", self.lang)
            return day(int(said), self.lang) if int(said) >= _FIRST_DAY else said
        if re.fullmatch(r"[a-z]\w*", said):
            worded = constant(said, kind, self.lang) if kind else said
            return worded if worded != said else constant(said, "audit.plain.value", self.lang)
        return self._sum(re.sub("[()]", "", said))  # sums only: no bracket matters

    def _sum(self, said: str) -> str:
        if found := _REMAINDER.fullmatch(said):
            return text("audit.plain.remainder", self.lang, of=self._sum(found[1]), by=found[2])
        if found := _YEAR_DAYS.fullmatch(said):
            key = {"101": "first_of_year", "1231": "last_of_year"}.get(found[2], "ends_of_year")
            return text(f"audit.plain.{key}", self.lang, year=self._variable(found[1]))
        said = _YEARS.sub(lambda found: text("audit.plain.plus_years", self.lang, years=found[1]), said)
        return _VARIABLE.sub(self._part, said).replace("*", "×")

    def _part(self, found: re.Match[str]) -> str:
        """A variable inside a sum; `Day/10000` is the year of a day."""
        said = self._variable(found[1])
        return text("audit.plain.year_of", self.lang, day=said) if found[2] else said


def _key(kind: str) -> str:
    """A kind as a part of a key: `choice_stage`, `panels_role`."""
    return kind.replace(":", "_").replace(".", "_")
