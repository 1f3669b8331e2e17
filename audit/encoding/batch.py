"""Many cases decided in one solve: every case of a city, one grounding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

import clingo

from audit.encoding.casetables import Example
from audit.encoding.encodings import Encoding
from audit.encoding.lift import CASE, GLOBAL, VARIANT, levels, outputs, program
from audit.encoding.syntax import parsed
from engine.solve import COUNTED_APART, add_facts, counted_apart, working_days

ORIGINAL = "original"


def given(encoding: Encoding, cases: Iterable[Example]) -> list[clingo.Symbol]:
    """The facts of the cases as symbols, each with its case's id as first argument; the working days they need."""
    wanted = encoding.inputs - GLOBAL
    symbols, days = [], set[int]()
    for case in cases:
        id = clingo.String(case.id)
        symbols.append(clingo.Function("case", [id]))
        known = [(name, parts) for name, parts in map(_parts, case.symbols) if (name, len(parts)) in wanted]
        known += [_parts(_apart(name, parts)) for name, parts in known if name in COUNTED_APART and _exact(parts[-1])]
        chosen = {parts[0].name for name, parts in known if name == "reading"}
        for key, choice in encoding.chosen.items():
            if key not in chosen:
                known.append(("reading", [clingo.Function(key), clingo.Function(choice)]))
        symbols += [clingo.Function(name, [id, *parts]) for name, parts in known]
        days |= case.notice_days
    return symbols + list(working_days(days))


@cache
def _parts(symbol: clingo.Symbol) -> tuple[str, list[clingo.Symbol]]:
    """Name and arguments of a fact: many cases share it, and asking clingo takes time."""
    return symbol.name, symbol.arguments


def _exact(number: clingo.Symbol) -> bool:
    """Whether a number is a text: one with decimals, or too large for the solver's whole numbers."""
    return number.type == clingo.SymbolType.String


def _apart(name: str, parts: Sequence[clingo.Symbol]) -> clingo.Symbol:
    """What the engine feeds beside such a number."""
    values = [part.number if part.type == clingo.SymbolType.Number else str(part) for part in parts[:-1]]
    return counted_apart(name, (*values, parts[-1].string), parts[0])


def grounded(text: str, symbols: Sequence[clingo.Symbol], options: Sequence[str] = ()) -> clingo.Control:
    """A grounded program of generated rules over symbols; RuntimeError with clingo's words where it does not ground."""
    words: list[str] = []
    control = clingo.Control(["--warn=none", *options], logger=lambda _code, word: words.append(word))
    try:
        control.add("base", [], text)
        with control.backend() as backend:
            add_facts(backend, symbols)
        control.ground([("base", [])])
    except RuntimeError as error:
        raise RuntimeError("\n".join([*words, str(error)])) from error
    return control


def shown(control: clingo.Control) -> list[clingo.Symbol]:
    """The shown atoms of a stratified program's answer set."""
    with control.solve(yield_=True) as handle:
        for model in handle:
            return list(model.symbols(shown=True))
    raise RuntimeError("the rules have no answer set")


def answers(encoding: Encoding, cases: Sequence[Example], more: str = "") -> Mapping[str, tuple[clingo.Symbol, ...]]:
    """What the rules show of each case, all cases in one grounding; a refused case shows its refusal alone.

    `more` are `#show` statements for what the rules derive without showing it.
    """
    if not cases:
        return {}
    level = levels(encoding)
    text = [
        program(encoding, level),
        f"variant({CASE},{ORIGINAL}) :- case({CASE}).",
        outputs(encoding, level),
        outputs(replace(encoding, shows=tuple(parsed(more))), level) if more else "",
        f"#show. #show out({CASE},X) : out({CASE},{VARIANT},X).",
    ]
    found: dict[str, list[clingo.Symbol]] = defaultdict(list)
    for atom in shown(grounded("\n".join(text), given(encoding, cases))):
        case, what = atom.arguments
        found[case.string].append(what)
    return {case.id: tuple(found[case.id]) for case in cases}


def results(encoding: Encoding, cases: Sequence[Example]) -> Mapping[str, frozenset[str]]:
    """What the rules show of each case, as text."""
    return {id: frozenset(map(str, atoms)) for id, atoms in answers(encoding, cases).items()}
