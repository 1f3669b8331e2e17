"""The only `clingo.Control`: rules and facts to the atoms of an answer set."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import clingo

from engine.errors import Stopped
from engine.law import rule_file, without_includes
from engine.solve.feeder import add_facts, add_keys
from engine.solve.feeder import shown as keys_of

Atoms = TypeVar("Atoms")


@dataclass(frozen=True)
class Clock:
    """A time limit for one question: `end` in seconds of `time.monotonic`, or none."""

    end: float | None = None

    @classmethod
    def limit(cls, seconds: float | None) -> Clock:
        """The clock that runs out `seconds` from now; none runs for ever."""
        return cls(None if seconds is None else time.monotonic() + seconds)

    def check(self) -> None:
        """Raise Stopped where the time is over."""
        if self.end is not None and time.monotonic() >= self.end:
            raise Stopped("stopped.time_limit")

    def left(self) -> float | None:
        """Seconds that are left, never below zero; None without a limit."""
        return None if self.end is None else max(0.0, self.end - time.monotonic())


@dataclass(frozen=True)
class Choice:
    """Something the solver may do or leave: the atom that says it did, facts it brings, facts it takes away."""

    atom: clingo.Symbol
    brings: tuple[clingo.Symbol, ...] = ()
    takes: tuple[clingo.Symbol, ...] = ()


@cache
def inputs(files: tuple[Path, ...]) -> frozenset[tuple[str, int]]:
    """The predicates (name, arity) that rule files take from outside: their `#defined` statements."""
    found = re.findall(r"^\s*#defined\s+(\w+)\s*/\s*(\d+)\s*\.", "\n".join(map(without_includes, files)), re.MULTILINE)
    return frozenset((name, int(arity)) for name, arity in found)


@cache
def _without_shows(path: Path) -> str:
    """The text of a rule file that shows nothing."""
    return re.sub(r"^#show .*$", "", without_includes(path), flags=re.MULTILINE)


def control(
    files: Sequence[Path],
    facts: Iterable[clingo.Symbol],
    *,
    options: Sequence[str] = (),
    extra: str = "",
    shown: str = "",
    choices: Sequence[Choice] = (),
    keys: Iterable[Sequence[Any]] = (),
) -> clingo.Control:
    """A grounded program: rule files, facts as symbols through the backend, extra rules of our own, free choices.

    `keys` are facts by what the feeder knows them by, some at a time, beside the symbols; `shown` are `#show`
    statements in place of the files' own.

    Raises RuleError where a file does not parse, RuntimeError with clingo's words where the rules do not ground.
    """
    words: list[str] = []
    ctl = clingo.Control(["--warn=none", *options], logger=lambda _code, text: words.append(text))
    try:
        for path in files:
            ctl.add("base", [], _without_shows(path) if shown else without_includes(path))
        fed = [*_optional(facts, choices)] if choices else facts
        ctl.add("base", [], "\n".join([extra, shown, _choosing(choices) if choices else ""]))
        with ctl.backend() as backend:
            add_facts(backend, fed)
            for some in keys:
                add_keys(backend, some)
        ctl.ground([("base", [])])
    except RuntimeError as error:
        for path in files:
            rule_file(path)
        raise RuntimeError("\n".join([*words, str(error)])) from error
    return ctl


def _optional(facts: Iterable[clingo.Symbol], choices: Sequence[Choice]) -> Iterator[clingo.Symbol]:
    """The facts that no choice touches, and the choices with what they bring and take, as terms.

    The backend is given facts only: where it also holds atoms that depend on a choice, clingo 5.8.3 drops instances.
    """
    takable = {symbol for choice in choices for symbol in choice.takes}
    for symbol in facts:
        yield clingo.Function("given", [symbol]) if symbol in takable else symbol
    for choice in choices:
        yield clingo.Function("option", [choice.atom])
        yield from (clingo.Function("brings", [choice.atom, symbol]) for symbol in choice.brings)
        yield from (clingo.Function("takes", [choice.atom, symbol]) for symbol in choice.takes)


def _choosing(choices: Sequence[Choice]) -> str:
    """The rules that turn those terms back into atoms; only names and arities are written into text."""
    touched = [symbol for choice in choices for symbol in (choice.atom, *choice.brings, *choice.takes)]
    rules = ["{ chosen_option(X) : option(X) }.", "taken(F) :- takes(X, F), chosen_option(X)."]
    for name, arity in sorted({(symbol.name, len(symbol.arguments)) for symbol in touched}):
        atom = f"{name}({', '.join(f'X{i}' for i in range(arity))})" if arity else name
        rules.append(f"{atom} :- chosen_option({atom}).")
        rules.append(f"{atom} :- brings(X, {atom}), chosen_option(X).")
        rules.append(f"{atom} :- given({atom}), not taken({atom}).")
    return "\n" + "\n".join([*rules, "#defined brings/2. #defined takes/2. #defined given/1."])


def models(ctl: clingo.Control, clock: Clock, *, optimal: bool = False) -> Iterator[list[clingo.Symbol]]:
    """The shown atoms of each answer set, as the solver finds them; with `optimal` only of the proven best ones.

    Raises Stopped when the clock runs out or the solver is interrupted; nothing half found is given out after that.
    """
    return _models(ctl, clock, _symbols, optimal)


def _symbols(model: clingo.Model) -> list[clingo.Symbol]:
    return [*model.symbols(shown=True)]


def _models(
    ctl: clingo.Control, clock: Clock, read: Callable[[clingo.Model], Atoms], optimal: bool = False
) -> Iterator[Atoms]:
    """What `read` takes from each answer set.

    Raises Stopped when the clock runs out or the solver is interrupted; nothing half found is given out after that.
    """
    with ctl.solve(yield_=True, async_=True) as handle:
        while True:
            handle.resume()
            left = clock.left()
            if not (handle.wait(left) if left is not None else _wait(handle)):
                handle.cancel()
                raise Stopped("stopped.time_limit")
            model = handle.model()
            if model is None:
                if handle.get().interrupted:
                    raise Stopped("stopped.interrupted")
                return
            if not optimal or model.optimality_proven:
                yield read(model)


def _wait(handle: clingo.SolveHandle) -> bool:
    """Wait in steps, so that Ctrl-C reaches Python."""
    while not handle.wait(0.2):
        pass
    return True


def answer(
    files: Sequence[Path],
    facts: Iterable[clingo.Symbol],
    clock: Clock | None = None,
    *,
    extra: str = "",
    shown: str = "",
) -> list[clingo.Symbol]:
    """The shown atoms of the single answer set that stratified rules have; `shown` in place of what the files show.

    Raises Stopped when the clock runs out, RuntimeError where the rules have no answer set.
    """
    return _single(files, facts, clock or Clock(), _symbols, extra=extra, shown=shown)


def answer_keys(files: Sequence[Path], keys: Iterable[Sequence[Any]], clock: Clock | None = None) -> Sequence[Any]:
    """The shown atoms of the single answer set by their keys, of facts by theirs: `atom` makes an atom of one, which
    need be done once a process.

    Raises as `answer`.
    """
    return _single(files, (), clock or Clock(), keys_of, keys=keys)


def _single(
    files: Sequence[Path],
    facts: Iterable[clingo.Symbol],
    clock: Clock,
    read: Callable[[clingo.Model], Atoms],
    extra: str = "",
    shown: str = "",
    keys: Iterable[Sequence[Any]] = (),
) -> Atoms:
    """What `read` takes from the single answer set; solved where it is asked unless the time is limited."""
    clock.check()
    ctl = control(files, facts, extra=extra, shown=shown, keys=keys)
    clock.check()
    if clock.end is None:
        with ctl.solve(yield_=True) as handle:
            if (model := handle.model()) is not None:
                return read(model)
    else:
        for found in _models(ctl, clock, read):
            return found
    raise RuntimeError("the rules have no answer set for this case")
