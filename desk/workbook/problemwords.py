"""Problems of a workbook in an office's words: a fact as a sentence, a day as a day, a sheet by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desk.workbook import words
from desk.workbook.layout import sheets
from engine.case import lpfile
from engine.errors import Problem, Problems
from engine.facts import PREDICATES, Fact, day, label, sentence
from engine.words import LANGUAGES

_CODES = {
    "undeclared": "workbook_undeclared",
    "undeclared_anything": "workbook_unknown",
    "without_leader": "workbook_without",
    "never_also": "workbook_both",
    "speaks_of_nothing": "workbook_speaks_of_nothing",
}


def plain(problem: Problem, lang: str) -> Problem:
    """The problem told without a word of the fact files, where it stands in a workbook; any other as it is."""
    if problem.place.sheet is None:
        return problem
    told: dict[str, str | int] = {name: _told(name, value, lang) for name, value in problem.parameters.items()}
    if problem.code == "from_after_to":
        told |= {name: day(int(told[name]), lang) for name in ("low", "high")}
    if problem.code.startswith("undeclared"):
        spoken = _spoken(problem.place.sheet)
        told["sheets"] = "、".join(words.sheet_name(name, spoken) for name in _declaring(problem.parameters))
    return replace(problem, code=_CODES.get(problem.code, problem.code), parameters=told)


def _told(name: str, value: str | int, lang: str) -> str | int:
    """A fact as a sentence, a kind of fact by its name; anything else as it is."""
    kind = PREDICATES.get(str(value).partition("(")[0])
    if name in ("leader", "other") and kind is not None and value in (kind.name, kind.signature):
        return label(kind.name, lang)
    if name not in ("fact", "other", "found") or not isinstance(value, str) or value.endswith("…"):
        return value
    return _worded(value, lang) if name != "found" or ("(" in value and kind is not None) else value


def _worded(value: str, lang: str) -> str:
    """A fact as a sentence, also where it speaks of another one; anything else as it is."""
    source = lpfile.read("", f"{value}.".encode("utf-8", "surrogatepass"), Problems())
    facts = [Fact(predicate, row) for predicate, rows in source.rows.items() for row in rows]
    if len(facts) != 1:
        return value
    (fact,) = facts
    if told := PREDICATES[fact.predicate].model.speaks_of:
        (at,) = PREDICATES[fact.predicate].at(told)
        row = fact.arguments
        fact = Fact(fact.predicate, (*row[:at], _worded(str(row[at]), lang), *row[at + 1 :]))
    return sentence(fact, lang)


def _spoken(name: str) -> str:
    """The language in which a workbook names its sheets."""
    return next((lang for lang in LANGUAGES if name in {words.sheet_name(s.name, lang) for s in sheets()}), "zh")


def _declaring(parameters: Mapping[str, str | int]) -> list[str]:
    """The sheets on which an identifier would be declared."""
    wanted = {one.partition("(")[0] for one in str(parameters.get("wanted", "")).split(" / ")}
    return [sheet.name for sheet in sheets() if wanted & {binding.predicate for binding in sheet.bindings}]
