"""The predicates of the facts that go in, and a fact as clingo writes and holds it.

Each predicate is one class, in the module of its group: its docstring is its meaning, its fields give names,
types, ranges and choices, its class variables what may not be contradicted. Wording in both languages is in
`catalogue/vocabulary.<lang>.toml`, keyed by these names.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from operator import itemgetter
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, NamedTuple

from engine.facts import adverse, applicants, history, onpaper, reviewers, rounds
from engine.facts.predicate import Predicate, Statement
from engine.law import stems
from engine.words import by_regulation, spoken

if TYPE_CHECKING:
    import clingo

_GROUPS: Mapping[str, ModuleType] = {
    "round": rounds,
    "applicants": applicants,
    "adverse": adverse,
    "history": history,
    "reviewers": reviewers,
    "papers": onpaper,
}


def _defined(module: ModuleType) -> Iterator[type[Statement]]:
    """The classes that a module defines, in its order."""
    for one in vars(module).values():
        if isinstance(one, type) and issubclass(one, Statement) and one.__module__ == module.__name__:
            yield one


PREDICATES: Mapping[str, Predicate] = MappingProxyType(
    {p.name: p for group, module in _GROUPS.items() for p in (Predicate.of(group, model) for model in _defined(module))}
)
"""The predicates by name, group by group, in the order of the documentation."""


def asked() -> tuple[Predicate, ...]:
    """The predicates that every regulation may ask for, and those that only the one spoken of asks for."""
    return tuple(one for one in PREDICATES.values() if not one.model.further or asks(one.name))


@by_regulation
def takes(predicate: str) -> bool:
    """Whether a case of the regulation spoken of may hold facts of a predicate: its tables have terms for them."""
    one = PREDICATES[predicate]
    return not one.model.further or (spoken() in stems() and all(f.choices for f in one.fields if f.table))


@by_regulation
def asks(predicate: str) -> bool:
    """Whether the regulation spoken of asks for a predicate that only some regulations ask for."""
    city, one = spoken(), PREDICATES[predicate]
    if city not in stems() or not takes(predicate):
        return False
    from engine.law import mentions, regulation

    if mentions(city, predicate, len(one.fields)):
        return True
    return bool(one.model.asked_by and regulation(city).rows(*one.model.asked_by[:2]))


@by_regulation
def offered(predicate: str, *names: str) -> tuple[tuple[str, ...], ...]:
    """What the regulation spoken of asks of the choices of some fields together, in the order of its tables.

    Everything that the fields may hold, where a rule leaves it open or where none is spoken of.
    """
    city, one = spoken(), PREDICATES[predicate]
    every = tuple(product(*(field.choices for field in one.fields if field.name in names)))
    if city not in stems() or not names:
        return every
    from engine.law import mentions, regulation

    if one.model.asked_by and names == one.model.spread:
        stated = regulation(city).rows(*one.model.asked_by[:2])
        return tuple(some for some in every if some[0] in {row[one.model.asked_by[2]] for row in stated})
    at = one.at(*names)
    said = {tuple(row[place] for place in at) for row in mentions(city, predicate, len(one.fields))}
    return tuple(
        some for some in every if any(all(a in ("", b) for a, b in zip(row, some, strict=True)) for row in said)
    )


class Fact(NamedTuple):
    """One fact: predicate and arguments; choices and texts are both `str`, the vocabulary knows which is which."""

    predicate: str
    arguments: tuple[str | int, ...]


def quote(text: str) -> str:
    """A string as clingo writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def text(fact: Fact) -> str:
    """A fact as clingo writes its symbol: `certificate("J01",qms,20240101,20270101)`."""
    return next(texts(fact.predicate, (fact.arguments,)))


def texts(predicate: str, rows: Sequence[tuple[str | int, ...]], end: str = "") -> Iterator[str]:
    """The facts of one predicate as clingo writes them, column by column: each different value is written once."""
    fields = PREDICATES[predicate].fields
    if not fields:
        return (predicate + end for _ in rows)
    written, quoted = _Written(), _Quoted()
    values = [quoted if field.quoted else written for field in fields]
    columns = (map(value.__getitem__, map(itemgetter(at), rows)) for at, value in enumerate(values))
    return map(f"{predicate}({','.join(['%s'] * len(fields))}){end}".__mod__, zip(*columns, strict=True))


def whole(columns: Mapping[str, Sequence[tuple[str | int, ...]]]) -> str:
    """Facts by predicate as a file holds them, each with its period on a line of its own."""
    written, quoted = _Written(), _Quoted()
    return "".join(_whole(name, rows, written, quoted) for name, rows in columns.items())


def _whole(predicate: str, rows: Sequence[tuple[str | int, ...]], written: "_Written", quoted: "_Quoted") -> str:
    fields = PREDICATES[predicate].fields
    if not fields:
        return f"{predicate}.\n" * len(rows)
    pieces = [","] * (2 * len(fields) * len(rows))
    for at, field in enumerate(fields):
        values = quoted if field.quoted else written
        pieces[2 * at + 1 :: 2 * len(fields)] = map(values.__getitem__, map(itemgetter(at), rows))
    pieces[:: 2 * len(fields)] = [f").\n{predicate}("] * len(rows)
    return "".join(pieces).removeprefix(").\n") + ").\n" if rows else ""


class _Written(dict[str | int, str]):
    """Numbers, constants and provisions as clingo writes them."""

    def __missing__(self, value: str | int) -> str:
        written = self[value] = str(value)
        return written


class _Quoted(dict[str | int, str]):
    """Strings as clingo writes them; a score may be an integer too."""

    def __missing__(self, value: str | int) -> str:
        written = self[value] = quote(value) if isinstance(value, str) else str(value)
        return written


def symbol(fact: Fact) -> "clingo.Symbol":
    """A fact as clingo holds it."""
    from clingo import Function

    predicate, arguments = fact
    fields = PREDICATES[predicate].fields
    return Function(predicate, [term(field.quoted, value) for field, value in zip(fields, arguments, strict=True)])


def term(quoted: bool, value: str | int) -> "clingo.Symbol":
    """A value as clingo holds it: a number, a string, or, where the field is not quoted, a constant or a provision."""
    import clingo

    if isinstance(value, int):
        return clingo.Number(value)
    if quoted:
        return clingo.String(value)
    return clingo.parse_term(value) if "(" in value else clingo.Function(value)


def fact(symbol: "clingo.Symbol") -> Fact:
    """The fact behind a symbol; ValueError where the vocabulary has no such predicate."""
    from clingo import SymbolType

    predicate = PREDICATES.get(symbol.name)
    if predicate is None or len(predicate.fields) != len(symbol.arguments):
        raise ValueError(str(symbol))

    def value(term: "clingo.Symbol") -> str | int:
        if term.type == SymbolType.Number:
            return term.number
        return term.string if term.type == SymbolType.String else str(term)

    return Fact(symbol.name, tuple(map(value, symbol.arguments)))


def day_text(day: int) -> str:
    """A day as ISO writes it: 20250930 is 2025-09-30."""
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"
