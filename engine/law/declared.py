"""Whether what a regulation declares is of the kind that the shared rules and the program take.

The shared rules name the arguments of their predicates (`%@ quota(P, M, N)`): P is a provision, N a number of the law,
Day a day, anything else a word. A word where a number belongs would end in a comparison that no rule meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from clingo import Symbol, SymbolType

from engine.errors import Place, Problem
from engine.law.heads import heads
from engine.law.mentions import asked_in
from engine.law.rulebook import rule_file
from engine.law.statutes import RULES, stems
from engine.words import TERM_TABLES

Signature = tuple[str, int]

_SHAPE = re.compile(rb"([a-z]\w*)\(([^()\n]*)\)")
_KNOWN = re.compile(rb"([a-z]\w*)/(\d+)")
_FACTS_ALONE = ("calendar", "terms")
"""Shared files that ask for nothing and state no predicate's arguments."""
_KINDS = {"P": "provision", "Day": "day", **dict.fromkeys(("N", "Years", "Days", "Min", "Max"), "number")}
"""What an argument is by its name in the shared rules; any other is a word."""
_ANY = ""
"""An argument that two shared files name by different kinds."""


def misdeclared(path: Path, facts: Iterable[Symbol]) -> list[Problem]:
    """The facts of a regulation's own rule file with an argument of another kind, or another number of arguments.

    `facts` are those that hold when the file is grounded without a case; each problem names the fact, its line (the
    first line that derives the predicate where the fact comes of variables), what was found and what is wanted.
    """
    shapes, known = _shared(RULES, stems())
    found = []
    for fact in facts:
        name, arguments = fact.name, fact.arguments
        shape = shapes.get((name, len(arguments)))
        if shape is None:
            wanted = sorted(number for one, number in known if one == name)
            if wanted and (name, len(arguments)) not in known | asked_in(path):  # a helper of its own may share a name
                said = {"found": str(fact), "wanted": "、".join(f"{name}/{number}" for number in wanted)}
                found.append(Problem("declared_arity", said, _place(path, fact)))
            continue
        for kind, value in zip(shape, arguments, strict=True):
            if kind and not _IS[kind](value):
                place = _place(path, fact)
                spelled = _constant(path, place, value) if kind == "word" else str(value)
                said = {"found": spelled, "fact": str(fact)}
                found.append(Problem(f"declared_{kind}", said, place))
    return sorted(found, key=lambda problem: problem.place.order)


def _number(value: Symbol) -> bool:
    return value.type == SymbolType.Number and value.number >= 0


def _provision(value: Symbol) -> bool:
    if value.type != SymbolType.Function or value.name != "art" or len(value.arguments) != 3:
        return False
    return all(_number(one) for one in value.arguments)


def _day(value: Symbol) -> bool:
    if not _number(value):
        return False
    year, rest = divmod(value.number, 10000)
    try:
        date(year, *divmod(rest, 100))
    except ValueError:
        return False
    return True


def _word(value: Symbol) -> bool:
    """A name, or a term of names (`places(gold,culture)` names a cap); no provision and no string."""
    return value.type == SymbolType.Function and bool(value.name) and value.name != "art" and value.positive


_IS: Mapping[str, Callable[[Symbol], bool]] = {
    "number": _number, "provision": _provision, "day": _day, "word": _word,
}  # fmt: skip


def shared_texts() -> list[str]:
    """The texts of the shared rules that name the arguments of what regulations declare."""
    return [path.read_text("utf-8") for path in _shared_files(RULES, stems())]


def _shared_files(folder: Path, own: tuple[str, ...]) -> list[Path]:
    return [path for path in sorted(folder.glob("*.lp")) if path.stem not in (*own, *_FACTS_ALONE)]


@lru_cache(4)
def _shared(folder: Path, own: tuple[str, ...]) -> tuple[Mapping[Signature, tuple[str, ...]], frozenset[Signature]]:
    """The kinds of the arguments of what regulations declare, and all that the shared rules know."""
    shapes: dict[Signature, tuple[str, ...]] = {(table, 1): ("word",) for table in TERM_TABLES}
    shapes["finder", 2] = ("word", "word")  # the program alone asks for it
    known: set[Signature] = set()
    for path in _shared_files(folder, own):
        text = path.read_bytes()
        for line in text.split(b"\n#defined ")[1:]:
            if found := _KNOWN.match(line):
                known.add((found[1].decode(), int(found[2])))
        for line in text.split(b"\n%@ ")[1:]:
            if (found := _SHAPE.match(line)) is None:
                continue
            name, arguments = found[1].decode(), found[2].decode()
            names = [one.partition(":")[0].strip() for one in arguments.split(",")]
            if all(one[:1].isupper() for one in names):
                kinds = tuple(_KINDS.get(one, "word") for one in names)
                before = shapes.setdefault((name, len(names)), kinds)
                shapes[name, len(names)] = tuple(
                    a if a == b else _ANY for a, b in zip(before, kinds, strict=True)
                )  # fmt: skip
    return shapes, frozenset({*known, *shapes})


def _constant(path: Path, place: Place, value: Symbol) -> str:
    """A value; with the constant of the file that stands for it in that line, where one does (`gold = 1`)."""
    if value.type != SymbolType.Number:
        return str(value)
    lines = {one.line: str(one.node) for one in rule_file(path).statements}
    names = {*re.findall(r"\w+", lines.get(place.line or 0, ""))}
    called = [one.name for one in rule_file(path).constants if one.value == value.number and one.name in names]
    return " = ".join([*called[:1], str(value)])


def _place(path: Path, fact: Symbol) -> Place:
    """The line that derives a fact: of its own words, else the first that derives the predicate."""
    spelled = [str(one) for one in fact.arguments]
    alike = [one for one in heads(path, fact.name) if len(one.arguments) == len(spelled)]
    same = [
        one
        for one in alike
        if all(a in ("", b) for a, b in zip(one.arguments, spelled, strict=True))
    ]  # fmt: skip
    lines = [one.statement.line for one in (same or alike)]
    return Place(path.name, min(lines, default=None))
