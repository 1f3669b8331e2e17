"""Terms and facts into clingo by direct calls: its own interface spends most of the time on wrapping each one.

The only module that knows `clingo._internal`. Where clingo is another than this was written for, its public functions
are used, with the same result.

A symbol sent to another process travels as its text, which importing this module sees to: clingo's own would travel as
an address of the process that made it, where another process finds anything at all.
"""

from __future__ import annotations

import copyreg
import threading
from array import array
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import repeat
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


def keys(name: str, places: Sequence[Values], columns: Sequence[Iterable[Any]]) -> Sequence[Any]:
    """The keys of the terms of a name whose arguments stand in columns, one or more, a place each.

    Raises ValueError where columns are not equally long, RuntimeError with clingo's words where clingo refuses.
    """
    made = [[*map(place.__getitem__, column)] for place, column in zip(places, columns, strict=True)]
    if not DIRECT:
        return [clingo.Function(name, row) for row in zip(*made, strict=True)]
    number, size = len(made), len(made[0])
    arguments, found = array("Q", bytes(8 * number * size)), array("Q", bytes(8 * size))
    for at, column in enumerate(made):
        arguments[at::number] = array("Q", column)
    create, encoded = _raw._lib.clingo_symbol_create_function, name.encode()
    rows, terms = _rows("arguments", number), _rows("terms")
    for start in range(0, size, STEP):
        some = min(STEP, size - start)
        rows.put(arguments, start * number, some * number)
        if not all(map(create, repeat(encoded, some), rows.each, repeat(number), repeat(True), terms.each)):
            _raw._handle_error(False)
        terms.take(found, start, some)
    return found


def texts(symbols: Iterable[clingo.Symbol]) -> list[str]:
    """Terms as clingo writes them; into one buffer, where they are not longer than it."""
    if not DIRECT:
        return [*map(str, symbols)]
    buffer, write, read = _raw._ffi.new("char[]", LONG), _raw._lib.clingo_symbol_to_string, _raw._ffi.string
    return [read(buffer).decode() if write(symbol._rep, buffer, LONG) else str(symbol) for symbol in symbols]


LONG = 1024
"""A longer text than this, in bytes with the one that ends it, is asked for by itself."""
STEP = 256
"""Terms and facts that are handed over with the same pointers: to make one takes a third of clingo's own time."""


class _Rows:
    """Memory for STEP rows of keys or atoms, with a pointer to each."""

    def __init__(self, kind: str, number: int) -> None:
        self.memory = _raw._ffi.new(f"{kind}[]", STEP * number)
        self.each = [self.memory + at for at in range(0, STEP * number, number)]

    def put(self, keys: Any, start: int, number: int) -> None:
        """Copy so many keys from an array into it."""
        _raw._ffi.memmove(self.memory, memoryview(keys)[start : start + number], 8 * number)

    def take(self, keys: array[int], start: int, number: int) -> None:
        """Copy so many keys out of it into an array."""
        _raw._ffi.memmove(memoryview(keys)[start : start + number], self.memory, 8 * number)


class _Kept(threading.local):
    """The memory of a thread, by what stands in it and how much of that in a row."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, int], _Rows] = {}


_KEPT = _Kept()


def _rows(what: str, number: int = 1) -> _Rows:
    """This thread's memory for `arguments`, `terms` or `atoms`, so many in a row."""
    if (found := _KEPT.rows.get((what, number))) is None:
        kind = "clingo_atom_t" if what == "atoms" else "clingo_symbol_t"
        found = _KEPT.rows[what, number] = _Rows(kind, number)
    return found


def keyed(symbols: Iterable[clingo.Symbol]) -> Sequence[Any]:
    """What clingo knows symbols by: `atom` turns one back."""
    return array("Q", (symbol._rep for symbol in symbols)) if DIRECT else [*symbols]


def add_facts(backend: clingo.Backend, symbols: Iterable[clingo.Symbol]) -> None:
    """Add symbols as facts.

    Raises RuntimeError with clingo's words where clingo refuses.
    """
    add_keys(backend, keyed(symbols))


def add_keys(backend: clingo.Backend, keys: Sequence[Any]) -> None:
    """Add the symbols behind keys as facts; raises as `add_facts`."""
    if not DIRECT:
        for symbol in keys:
            backend.add_rule([backend.add_atom(symbol)])
        return
    add, rule = _raw._lib.clingo_backend_add_atom, _raw._lib.clingo_backend_rule
    at, nothing, terms, atoms = backend._rep, _raw._ffi.NULL, _rows("terms"), _rows("atoms")
    for start in range(0, len(keys), STEP):
        some = min(STEP, len(keys) - start)
        terms.put(keys, start, some)
        told = all(map(add, repeat(at, some), terms.each, atoms.each))
        one, none = repeat(1), repeat(0)
        if not (told and all(map(rule, repeat(at, some), repeat(False), atoms.each, one, repeat(nothing), none))):
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
