"""Rules of a regulation that say something in vain: what they state nobody asks for.

A slip of the pen in a predicate (`quotta`), an argument left out of a rule: clingo takes each of them for one more
thing said, and the regulation has no such quota. A fact of another kind is refused before (`engine.law`).
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from audit.encoding import Encoding, Signature, asked_in
from engine.errors import Place, Problem
from engine.law import RULES, rule_file, stems
from engine.words import TERM_TABLES

_READ = frozenset({*((table, 1) for table in TERM_TABLES), ("publishes", 2), ("reading_choice", 2), ("finder", 2)})
"""What the program reads of a regulation though no rule asks for it."""


def idle(subject: Encoding) -> Iterator[Problem]:
    """The rules of the regulation's own file that have no effect."""
    own = [rule for rule in subject.rules if rule.file == subject.paths[1].name]
    asked = _shared() | asked_in(rule_file(subject.paths[1]))
    for rule in own:
        for sig in sorted(rule.heads - asked - _READ):
            told = {"found": f"{sig[0]}/{sig[1]}", "nearest": _nearest(sig, asked | _READ)}
            yield Problem("audit.nobody_asks", told, Place(rule.file, rule.line))


def _nearest(sig: Signature, known: frozenset[Signature]) -> str:
    """What was probably meant: the same predicate with other arguments, else one that is called nearly alike."""
    alike = sorted(f"{name}/{arity}" for name, arity in known if name == sig[0])
    if alike:
        return "、".join(alike)
    near = get_close_matches(sig[0], sorted({name for name, _ in known}), 1, 0.75)
    return "、".join(sorted(f"{name}/{arity}" for name, arity in known if name in near)) or "—"


@cache
def _shared() -> frozenset[Signature]:
    """Everything that the shared rules of all questions ask for or show."""
    return frozenset().union(*(asked_in(rule_file(path)) for path in _shared_files()))


def _shared_files() -> list[Path]:
    """The rule files of all regulations; the calendar's eight thousand days ask for nothing."""
    return sorted(path for path in RULES.glob("*.lp") if path.stem not in (*stems(), "calendar"))
