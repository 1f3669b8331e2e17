"""How a rule's body is judged: split into parts that do not depend on one another, each with what it binds first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from clingo.ast import ASTType

from explain.rules import Atom, Comparison, Literal, Node, Unsupported, variable, variables


@dataclass(eq=False)
class Part:
    """One independent part of a body under given bindings: it fails or holds by itself.

    `key` are the bound variables it depends on, `new` those its first literal binds (none: a mere test).
    `inside` are the parts of the rest once the first literal has an instance; `beside` those parts of the rest that
    can still be judged when it has none.
    """

    number: int
    literal: Literal
    key: tuple[str, ...]
    new: tuple[str, ...]
    inside: list[Part] = field(default_factory=list)
    beside: list[Part] = field(default_factory=list)

    def __iter__(self) -> Iterator[Part]:
        """This part and all parts below it."""
        yield self
        for part in [*self.inside, *self.beside]:
            yield from part


class Planner:
    """Makes parts and numbers them through the whole program."""

    def __init__(self) -> None:
        self.count = 0

    def plan(self, literals: Sequence[Literal], bound: Iterable[str], partial: bool = False) -> list[Part]:
        """The independent parts; with `partial`, literals that cannot be judged are left out instead of refused."""
        known = frozenset(bound)
        parts = [self._part(group, known, partial) for group in _groups(literals, known)]
        return [part for part in parts if part is not None]

    def _part(self, group: list[Literal], known: frozenset[str], partial: bool) -> Part | None:
        key = _order(group) & known
        for literal in group:
            new = literal.outputs(known)
            if new is None:
                continue
            rest = [other for other in group if other is not literal]
            self.count += 1
            if isinstance(literal, Atom) and new:
                literal, ties = self._opened(literal, known)
                rest += ties
                new = literal.outputs(known) or set()
            part = Part(self.count, literal, tuple(sorted(key)), tuple(sorted(new)))
            if rest:
                part.inside = self.plan(rest, known | new, partial)
                part.beside = self.plan([other for other in rest if not new & set(other.variables)], known, True)
            return part
        if partial:
            return None
        raise Unsupported("unsafe")

    def _opened(self, atom: Atom, known: frozenset[str]) -> tuple[Atom, list[Literal]]:
        """The atom with mere variables for its open arguments, and comparisons that tie these to the terms they had.

        So every instance there is can be shown, with the term that it does not match.
        """
        terms, ties, free = list[Node](), list[Literal](), set[str]()
        for position, term in enumerate(atom.arguments):
            names = set(variables([term]))
            if names <= known or (term.ast_type == ASTType.Variable and not names & free):
                terms.append(term)
                free |= names - known
                continue
            place = atom.location.begin
            fresh = variable(f"Found{place.line}_{place.column}_{position}__")
            terms.append(fresh)
            ties.append(Comparison(atom.location, 0, (fresh, term), ("=",)))
        return (replace(atom, arguments=tuple(terms), origin=atom.text), ties) if ties else (atom, [])


def _order(group: Sequence[Literal]) -> set[str]:
    return {name for literal in group for name in literal.variables}


def _groups(literals: Sequence[Literal], known: frozenset[str]) -> list[list[Literal]]:
    """Literals that share an unknown variable stand together; groups and literals keep the order of the text."""
    groups: list[tuple[set[str], list[int]]] = []
    for index, literal in enumerate(literals):
        free = set(literal.variables) - known
        joined = [group for group in groups if group[0] & free]
        groups = [group for group in groups if not group[0] & free]
        names = free.union(*(group[0] for group in joined))
        groups.append((names, sorted([*(number for group in joined for number in group[1]), index])))
    groups.sort(key=lambda group: group[1][0])
    return [[literals[number] for number in group[1]] for group in groups]
