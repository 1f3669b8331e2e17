"""Terms and facts into clingo by direct calls: its own interface spends most of the time on wrapping each one.

The only module that knows `clingo._internal`. Where clingo is another than this was written for, its public functions
are used, with the same result.

A symbol sent to another process travels as its text, which importing this module sees to: clingo's own would travel as
an address of the process that made it, where another process finds anything at all.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable, Iterator, Sequence
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


class Terms(dict[tuple[Any, ...], Any]):
    """The terms of one name by the keys of their arguments, each made once: parts of a cohort have most in common.

    Raises RuntimeError with clingo's words where clingo refuses.
    """

    def __init__(self, name: str, number: int) -> None:
        super().__init__()
        self.name = name
        self._encoded, self._number = name.encode(), number
        if DIRECT:
            self._create = _raw._lib.clingo_symbol_create_function
            self._arguments, self._made = _raw._ffi.new("clingo_symbol_t[]", number), _raw._ffi.new("clingo_symbol_t*")

    def __missing__(self, row: tuple[Any, ...]) -> Any:
        if len(self) >= _MOST:
            self.clear()
        if not DIRECT:
            found = self[row] = clingo.Function(self.name, row)
            return found
        self._arguments[0 : self._number] = row
        if not self._create(self._encoded, self._arguments, self._number, True, self._made):
            _raw._handle_error(False)
        found = self[row] = self._made[0]
        return found


_MOST = 100_000
"""Terms of one name that are kept: beyond them they are made anew, which costs time and no memory."""


def keys(terms: Terms, places: Sequence[Values], columns: Sequence[Iterable[Any]]) -> Iterator[Any]:
    """The keys of the terms whose arguments stand in columns, a place each.

    Raises ValueError where columns are not equally long, as `Terms` else.
    """
    made = (map(place.__getitem__, column) for place, column in zip(places, columns, strict=True))
    return map(terms.__getitem__, zip(*made, strict=True))


def key(symbol: clingo.Symbol) -> Any:
    """What clingo knows a symbol by: `atom` turns it back."""
    return symbol._rep if DIRECT else symbol


def add_facts(backend: clingo.Backend, symbols: Iterable[clingo.Symbol]) -> None:
    """Add symbols as facts.

    Raises RuntimeError with clingo's words where clingo refuses.
    """
    add_keys(backend, map(key, symbols))


def add_keys(backend: clingo.Backend, keys: Iterable[Any]) -> None:
    """Add the symbols behind keys as facts; raises as `add_facts`."""
    if not DIRECT:
        for symbol in keys:
            backend.add_rule([backend.add_atom(symbol)])
        return
    add, rule = _raw._lib.clingo_backend_add_atom, _raw._lib.clingo_backend_rule
    held, atom = _raw._ffi.new("clingo_symbol_t*"), _raw._ffi.new("clingo_atom_t*")
    at, nothing = backend._rep, _raw._ffi.NULL
    for each in keys:
        held[0] = each
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


def parted(key: Any) -> tuple[str, Sequence[Any]]:
    """The name of an atom and the keys of its arguments."""
    if not DIRECT:
        return key.name, key.arguments
    name, arguments, size = _raw._ffi.new("char**"), _raw._ffi.new("clingo_symbol_t**"), _raw._ffi.new("size_t*")
    lib = _raw._lib
    if not (lib.clingo_symbol_name(key, name) and lib.clingo_symbol_arguments(key, arguments, size)):
        _raw._handle_error(False)
    return _raw._ffi.string(name[0]).decode(), _raw._ffi.unpack(arguments[0], size[0]) if size[0] else ()
