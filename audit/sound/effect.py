"""Rules of a regulation that say something in vain: what they state nobody asks for, or not in this form.

A slip of the pen in a predicate (`quotta`), an argument left out, a word where a number of the law or a provision
belongs: clingo takes each of them for one more thing said, and the regulation has no such quota.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from clingo import SymbolType
from clingo.ast import AST, ASTType

from audit.encoding import Encoding, Rule, Signature, asked_in, atoms, signature
from engine.errors import Place, Problem
from engine.law import RULES, rule_file, stems
from engine.words import TERM_TABLES
from explain.rules import wording

_READ = frozenset({*((table, 1) for table in TERM_TABLES), ("publishes", 2), ("reading_choice", 2), ("finder", 2)})
"""What the program reads of a regulation though no rule asks for it."""
_NUMBERS, _PROVISIONS = frozenset({"N", "Years"}), frozenset({"P"})
"""How the shared rules call an argument that is a number, or a provision (`%@ quota(P, M, N)`)."""


def idle(subject: Encoding) -> Iterator[Problem]:
    """The rules of the regulation's own file that have no effect, and their facts with an argument of another kind."""
    own = [rule for rule in subject.rules if rule.file == subject.paths[1].name]
    asked = _shared() | asked_in(rule_file(subject.paths[1]))
    for rule in own:
        for sig in sorted(rule.heads - asked - _READ):
            told = {"found": f"{sig[0]}/{sig[1]}", "nearest": _nearest(sig, asked | _READ)}
            yield Problem("audit.nobody_asks", told, Place(rule.file, rule.line))
        if rule.fact:
            yield from _kinds(subject, rule)


def _kinds(subject: Encoding, rule: Rule) -> Iterator[Problem]:
    """A fact with a word where the shared rules have a number of the law, or anything where they have a provision."""
    named = _arguments()
    for atom in atoms(rule.node.head):
        for name, value in zip(named.get(signature(atom), ()), atom.arguments, strict=False):
            told = {"found": str(value), "fact": str(atom)}
            if name in _NUMBERS and _constant(value) and str(value) not in subject.constants:
                yield Problem("audit.no_number_there", told, Place(rule.file, rule.line))
            elif name in _PROVISIONS and not _provision(value):
                yield Problem("audit.no_provision_there", told, Place(rule.file, rule.line))


def _constant(value: AST) -> bool:
    """Whether a term is a word or a string."""
    if value.ast_type == ASTType.SymbolicTerm:
        return bool(value.symbol.type != SymbolType.Number)
    return value.ast_type == ASTType.Function


def _provision(value: AST) -> bool:
    """Whether a term may be a provision: `art(…)` with three arguments, or what is not settled as it is written."""
    if value.ast_type == ASTType.Function:
        return (value.name, len(value.arguments)) == ("art", 3)
    return value.ast_type != ASTType.SymbolicTerm


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


@cache
def _arguments() -> dict[Signature, tuple[str, ...]]:
    """How the shared rules name the arguments of their predicates."""
    return {sig: words.names for sig, words in wording(map(rule_file, _shared_files())).predicates.items()}


def _shared_files() -> list[Path]:
    """The rule files of all regulations; the calendar's eight thousand days ask for nothing."""
    return sorted(path for path in RULES.glob("*.lp") if path.stem not in (*stems(), "calendar"))
