"""Terms and facts into clingo by direct calls: its own interface spends most of the time on wrapping each one.

The only module that knows `clingo._internal`. Where clingo is another than this was written for, its public functions
are used, with the same result.

A symbol sent to another process travels as its text, which importing this module sees to: clingo's own would travel as
an address of the process that made it, where another process finds anything at all.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any

import clingo

DIRECT = clingo.__version__.startswith("5.8.")
_raw: Any = import_module("clingo._internal") if DIRECT else None
_symbol: Any = clingo.Symbol


def _as_text(symbol: clingo.Symbol) -> tuple[Callable[[str], clingo.Symbol], tuple[str]]:
    return clingo.parse_term, (str(symbol),)


copyreg.pickle(clingo.Symbol, _as_text)


class Values(dict[Any, Any]):
    """Values as clingo holds them, each made once: `term` makes the symbol of a value."""

    def __init__(self, term: Callable[[Any], clingo.Symbol]) -> None:
        super().__init__()
        self.term = term

    def __missing__(self, value: Any) -> Any:
        symbol = self.term(value)
        found = self[value] = symbol._rep if DIRECT else symbol
        return found


def maker(name: str, places: Sequence[Values]) -> Callable[[Sequence[Any]], clingo.Symbol]:
    """A function from as many values as there are places to the term of that name.

    Raises RuntimeError with clingo's words where clingo refuses, ValueError for too few or too many values.
    """
    if not DIRECT:
        return lambda values: clingo.Function(name, [place[v] for place, v in zip(places, values, strict=True)])
    encoded, number, create = name.encode(), len(places), _raw._lib.clingo_symbol_create_function
    arguments, made = _raw._ffi.new("clingo_symbol_t[]", number), _raw._ffi.new("clingo_symbol_t*")

    def make(values: Sequence[Any]) -> clingo.Symbol:
        arguments[0:number] = [place[value] for place, value in zip(places, values, strict=True)]
        if not create(encoded, arguments, number, True, made):
            _raw._handle_error(False)
        made_one: clingo.Symbol = _symbol(made[0])
        return made_one

    return make


def add_facts(backend: clingo.Backend, symbols: Iterable[clingo.Symbol]) -> None:
    """Add symbols as facts.

    Raises RuntimeError with clingo's words where clingo refuses.
    """
    if not DIRECT:
        for symbol in symbols:
            backend.add_rule([backend.add_atom(symbol)])
        return
    add, rule = _raw._lib.clingo_backend_add_atom, _raw._lib.clingo_backend_rule
    held, atom = _raw._ffi.new("clingo_symbol_t*"), _raw._ffi.new("clingo_atom_t*")
    at, nothing = backend._rep, _raw._ffi.NULL
    for symbol in symbols:
        held[0] = symbol._rep
        if not (add(at, held, atom) and rule(at, False, atom, 1, nothing, 0)):
            _raw._handle_error(False)


def shown(model: clingo.Model) -> Sequence[Any]:
    """The shown atoms of a model as clingo numbers them: equal atoms have equal keys as long as the process lives."""
    if not DIRECT:
        return model.symbols(shown=True)
    kind, size = _raw._lib.clingo_show_type_shown, _raw._ffi.new("size_t*")
    if not _raw._lib.clingo_model_symbols_size(model._rep, kind, size):
        _raw._handle_error(False)
    found = _raw._ffi.new("clingo_symbol_t[]", size[0])
    if not _raw._lib.clingo_model_symbols(model._rep, kind, found, size[0]):
        _raw._handle_error(False)
    keys: Sequence[Any] = _raw._ffi.unpack(found, size[0])
    return keys


def atom(key: Any) -> clingo.Symbol:
    """The atom behind a key of `shown`."""
    found: clingo.Symbol = _symbol(key) if DIRECT else key
    return found
