"""Which rules the cases exercise, which literals decide, which sides of each comparison: measured by clingo itself.

For each rule the AST gives probes: it fires; for each literal, all the others hold and this one does not (so it alone
decides); for each comparison, all the others hold and the left side is less, equal, greater.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clingo import ast
from clingo.ast import AST, ASTType

from audit.encoding.batch import given, grounded, shown
from audit.encoding.casetables import Example
from audit.encoding.encodings import Encoding, Rule
from audit.encoding.lift import CASE, levels, lifted, program
from audit.encoding.syntax import OPERATORS, bare, bound, compares, plain, variables

SIDES = ("<", "=", ">")
_ORDERED = ("<", "<=", ">", ">=")


@dataclass(frozen=True)
class Trace:
    """One rule: how often it fires, the literals that never decide, the sides of comparisons never seen."""

    rule: Rule
    cases: int
    idle: tuple[str, ...]
    unseen: tuple[tuple[str, str], ...]
    probes: int

    @property
    def gaps(self) -> int:
        """How many of its probes no case answers."""
        return len(self.idle) + len(self.unseen) + (not self.cases)


def traces(encoding: Encoding, cases: Sequence[Example]) -> tuple[Trace, ...]:
    """The traces of the rules of a question that have a body, in their order."""
    usable = [case for case in cases if case.decidable]
    level = levels(encoding)
    rules = [rule for rule in encoding.own if rule.node.body]
    probes: dict[tuple[int, str, int, str], str] = {}
    for rule in rules:
        for key, body in _probes(lifted(encoding.node(rule), level)):
            probes[rule.number, *key] = body
    names = list(probes)
    text = [program(encoding, level), *(f"hit({i},{CASE}) :- {probes[name]}." for i, name in enumerate(names))]
    hits: dict[tuple[int, str, int, str], int] = defaultdict(int)
    for atom in shown(grounded("\n".join([*text, "#show hit/2."]), given(encoding, usable))):
        hits[names[atom.arguments[0].number]] += 1
    return tuple(_trace(encoding, rule, hits, names) for rule in rules)


def _trace(
    encoding: Encoding,
    rule: Rule,
    hits: Mapping[tuple[int, str, int, str], int],
    names: Sequence[tuple[int, str, int, str]],
) -> Trace:
    body = list(encoding.node(rule).body)
    own = [name for name in names if name[0] == rule.number]
    missed = [name for name in own if not hits.get(name)]
    return Trace(
        rule,
        hits.get((rule.number, "fires", 0, ""), 0),
        tuple(str(body[place]) for _, kind, place, _ in missed if kind == "decides"),
        tuple((str(body[place]), side) for _, kind, place, side in missed if kind == "side"),
        len(own),
    )


def _probes(rule: AST) -> Iterator[tuple[tuple[str, int, str], str]]:
    """The probes of a lifted rule: kind, place of the literal in the body, side; and the body to ask for."""
    body = list(rule.body)
    extra = 1 if str(body[0]) == f"case({CASE})" else 0
    yield ("fires", 0, ""), _joined(body)
    for place, each in enumerate(body[extra:], start=extra):
        others = _askable([*body[:place], *body[place + 1 :]])
        known = bound(others)
        if compares(each) and OPERATORS[each.atom.guards[0].comparison] in _ORDERED:
            if variables(each) <= known:
                for side in SIDES:
                    guard = each.atom.guards[0].update(comparison=OPERATORS.index(side))
                    yield (
                        ("side", place - extra, side),
                        _joined([*others, each.update(atom=each.atom.update(guards=[guard]))]),
                    )
        elif (negated := _negated(each, known)) is not None:
            yield ("decides", place - extra, ""), _joined([*others, negated])


def _joined(body: Sequence[AST]) -> str:
    if CASE in bound([each for each in body if plain(each)]):
        return "; ".join(map(str, body))
    return "; ".join([f"case({CASE})", *map(str, body)])


def _askable(body: list[AST]) -> list[AST]:
    """Those literals that can still be asked for when one is missing: their variables have values."""
    known = bound(body)
    kept = [each for each in body if variables(each) - (bare(each) if plain(each) else set()) <= known]
    return kept if len(kept) == len(body) else _askable(kept)


def _negated(literal: AST, known: set[str]) -> AST | None:
    """The literal turned round, unbound variables standing for any value; None where that cannot be said."""
    if literal.ast_type != ASTType.Literal or literal.atom.ast_type != ASTType.SymbolicAtom:
        return None
    if literal.sign:
        return literal.update(sign=0)
    if literal.atom.symbol.ast_type != ASTType.Function:
        return None
    if variables(literal) - bare(literal) - known:
        return None
    return _Loose(known | {CASE})(literal).update(sign=1)


class _Loose(ast.Transformer):
    def __init__(self, known: set[str]) -> None:
        self.known = known

    def visit_Variable(self, node: AST) -> AST:
        return node if node.name in self.known else ast.Variable(node.location, "_")


def total(found: Sequence[Trace]) -> dict[str, int]:
    """Rules that fire, probes answered, and how many there are."""
    return {
        "rules": len(found),
        "fired": sum(bool(each.cases) for each in found),
        "probes": sum(each.probes for each in found),
        "answered": sum(each.probes - each.gaps for each in found),
    }
