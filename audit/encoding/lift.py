"""One program for many cases and many variants: predicates get the case, and the variant, as first arguments.

What depends on nothing but the rules stays as it is; what depends on a case gets `CASE`; what depends on a rule that
some variant alters gets `CASE, VARIANT`. So a grounding shares all that the variants have in common.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache

from clingo import ast
from clingo.ast import AST

from audit.encoding.encodings import PLACE, Encoding, Parsed
from audit.encoding.syntax import Signature, atoms, changed, heads, over_atoms, plain, signature

CASE, VARIANT = "CASE", "VARIANT"
GLOBAL = frozenset({("calendar_day", 3), ("calendar_start", 1), ("calendar_end", 1)})
"""Inputs that are the same for every case."""

Levels = Callable[[Signature], tuple[str, ...]]


@cache
def literal(text: str) -> AST:
    """A body literal from its text."""
    found: list[AST] = []
    ast.parse_string(f":- {text}.", found.append)
    body: AST = found[-1].body[0]
    return body


@cache
def _variable(name: str) -> AST:
    found: AST = literal(f"{name}=0").atom.term
    return found


def levels(encoding: Encoding, altered: Iterable[Signature] = (), steps: int | None = None) -> Levels:
    """How many arguments each predicate is given: () for all alike, (CASE,), or (CASE, VARIANT).

    With `steps`, the variants are followed no further than that many rules from what they alter.
    """
    return _levels(encoding, frozenset(altered), steps)


@lru_cache(256)
def _levels(encoding: Encoding, altered: frozenset[Signature], steps: int | None) -> Levels:
    varying = encoding.below(altered, steps)
    given = encoding.inputs - GLOBAL
    by_case = encoding.below(given) | given

    def level(sig: Signature) -> tuple[str, ...]:
        if sig in varying:
            return CASE, VARIANT
        return (CASE,) if sig in by_case else ()

    return level


def lifted(node: AST, level: Levels, guards: Sequence[str] = ()) -> AST:
    """A rule with its arguments given, and what binds them in its body: `case(CASE)` or `variant(CASE, VARIANT)`."""

    given: set[str] = set()

    def give(atom: AST) -> AST:
        more = level(signature(atom))
        given.update(more)
        return changed(atom, arguments=[*map(_variable, more), *atom.arguments]) if more else atom

    own = max((level(sig) for sig in heads(node)), key=len, default=(CASE,))
    if guards:
        own = (CASE, VARIANT)
    new = over_atoms(node, give)
    needed = {*own, *given}
    bound = {name for each in node.body if plain(each) for name in level(signature(each.atom.symbol))}
    binding = []
    if VARIANT in needed and VARIANT not in bound:
        binding = [f"variant({CASE},{VARIANT})"]
    elif CASE in needed and CASE not in bound:
        binding = [f"case({CASE})"]
    return changed(new, body=[*map(literal, [*guards, *binding]), *new.body])


@lru_cache(64)
def program(encoding: Encoding, level: Levels, skip: frozenset[int] = frozenset()) -> str:
    """The rules of an encoding, lifted, without those whose number is in `skip`."""
    return "\n".join(_written(encoding.valued(rule), level) for rule in encoding.rules if rule.number not in skip)


def _written(rule: Parsed, level: Levels) -> str:
    """A rule, lifted, as text; the same for every question in which its predicates have the same arguments."""
    given = tuple(map(level, rule.signatures))
    if given not in rule.kept:
        rule.kept[given] = str(lifted(rule.node, level)) if rule.pooled else _filled(rule, level)
    return rule.kept[given]


def _filled(rule: Parsed, level: Levels) -> str:
    """What `lifted` makes of a rule, as text, without a copy of it: the places of its atoms are found once."""
    head, body, found = rule.places
    more = [level(sig) for sig in found]
    names = {name for each in more for name in each} | {*max(map(level, rule.heads), key=len, default=(CASE,))}
    bound = {
        name
        for alone, each in zip(rule.plain, rule.body, strict=True)
        if alone
        for _, sig in each
        for name in level(sig)
    }
    binding = []
    if VARIANT in names and VARIANT not in bound:
        binding = [f"variant({CASE},{VARIANT})"]
    elif CASE in names and CASE not in bound:
        binding = [f"case({CASE})"]

    def filled(place: re.Match[str]) -> str:
        number = int(place[1])
        name, arity = found[number]
        arguments = ",".join(more[number])
        if not arguments:
            return name + ("(" if arity else "")
        return f"{name}({arguments}" + ("," if arity else ")")

    conditions = "; ".join([*binding, *(PLACE.sub(filled, each) for each in body)])
    conclusion = PLACE.sub(filled, head)
    return f"{conclusion} :- {conditions}." if conditions else f"{conclusion}."


@lru_cache(64)
def outputs(encoding: Encoding, level: Levels, *, varying: bool = False) -> str:
    """`out(CASE, VARIANT, Atom)` for whatever the rule files show; a refused case shows its refusal alone.

    With `varying`, only what some variant may show differently.
    """
    return "\n".join(
        str(lifted(rule, _with_out(level)))
        for rule in shown_rules(encoding)
        if not varying or any(len(level(signature(atom))) == 2 for each in rule.body for atom in atoms(each))
    )


def boundary(encoding: Encoding, level: Levels) -> str:
    """`out(CASE, VARIANT, Atom)` for the varying predicates that rules beyond them ask for, or that are shown."""
    varying = {sig for sig in encoding.derived | encoding.live if len(level(sig)) == 2}
    asked = {sig for rule in encoding.rules if not rule.heads <= varying for sig, _ in rule.needs} | {
        signature(atom) for rule in shown_rules(encoding) for each in rule.body for atom in atoms(each)
    }
    lines = []
    for name, arity in sorted(varying & asked):
        names = ",".join(f"X{i}" for i in range(arity))
        lines.append(
            f"out({CASE},{VARIANT},{name}({names})) :- {name}({','.join(filter(None, (CASE, VARIANT, names)))})."
        )
    return "\n".join(lines).replace("()", "")


def shown_rules(encoding: Encoding) -> list[AST]:
    """A rule `out(Atom) :- Atom` for each thing the rule files show and derive."""
    rules = []
    for show in encoding.shows:
        if show.ast_type == ast.ASTType.ShowSignature:
            names = [f"X{i}" for i in range(show.arity)]
            shown = f"{show.name}({','.join(names)})" if names else str(show.name)
            body = [shown]
        else:
            shown, body = str(show.term), [str(each) for each in show.body]
        if shown.partition("(")[0] != "refused" and ("refused", 2) in encoding.derived:
            body = [*body, "not refused(_,_)"]
        found: list[AST] = []
        ast.parse_string(f"out({shown}) :- {', '.join(body)}.", found.append)
        if {signature(atom) for each in found[-1].body for atom in atoms(each)} <= encoding.derived:
            rules.append(found[-1])
    return rules


def _with_out(level: Levels) -> Levels:
    return lambda sig: (CASE, VARIANT) if sig == ("out", 1) else level(sig)
