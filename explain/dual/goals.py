"""Goals: what is asked of a predicate, the rule variants that answer, and what their terms let one know beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from clingo.ast import ASTType

from explain.dual.bodyplan import Part
from explain.rules import Aggregate, Atom, Bound, Conditional, Literal, Node, Rule, Signature, plain, variables, walk

Hint = tuple[str, str] | None
"""What is known of an argument before grounding: ("=", its text), ("?", a variable's name), or nothing."""
Hints = tuple[Hint, ...]


class Goal(NamedTuple):
    """What is asked of a predicate: why it is true, or (with the arguments that are bound) why it is false."""

    truth: bool
    signature: Signature
    bound: tuple[Bound, ...]


@dataclass(eq=False)
class Variant:
    """A rule under an adornment of its head: the goal's arguments, the variables they bind, the parts to be judged.

    `inner` are those of the variables that are no argument by themselves.
    """

    number: int
    rule: Rule
    goal: tuple[str, ...]
    hints: Hints
    bound: tuple[str, ...]
    parts: list[Part]
    unsupported: str | None

    @cached_property
    def inner(self) -> tuple[str, ...]:
        return tuple(name for name in self.bound if name not in self.goal)

    def env(self, arguments: Sequence[str], row: Sequence[str]) -> dict[str, str]:
        """The binding, from the goal's arguments and the values of the inner variables."""
        values = dict(zip(self.goal, arguments, strict=True))
        values.update(zip(self.inner, row, strict=True))
        return {name: values[name] for name in self.bound}


def pattern(atom: Atom, known: Iterable[str]) -> tuple[tuple[Bound, ...], list[Node]] | None:
    """What is known of the arguments of an atom, and the terms that are; None if that cannot be told by a pattern."""
    terms: list[Node] = []
    free: set[str] = set()
    have = set(known)

    def adorned(term: Node) -> Bound | None:
        names = set(variables([term]))
        if names <= have and not anonymous(term):
            terms.append(term)
            return True
        if term.ast_type == ASTType.Variable and not names & free:
            free.update(names)
            return False
        if term.ast_type != ASTType.Function or term.external:
            return None
        inside = [adorned(one) for one in term.arguments]
        return (term.name, tuple(one for one in inside if one is not None)) if None not in inside else None

    bound = [adorned(term) for term in atom.arguments]
    return (tuple(one for one in bound if one is not None), terms) if None not in bound else None


def hint(term: Node) -> Hint:
    """What the text says of a term's value."""
    if term.ast_type == ASTType.Variable:
        return ("?", term.name)
    return ("=", str(term)) if plain(term) and not variables(term) and not anonymous(term) else None


def anonymous(term: Node) -> bool:
    """Whether a term holds `_`."""
    return any(node.ast_type == ASTType.Variable and node.name == "_" for node in walk(term))


def components(rules: Iterable[Rule]) -> dict[Signature, int]:
    """The predicates that depend on themselves, each with the number of its circle."""
    edges: dict[Signature, list[Signature]] = {}
    for rule in rules:
        if rule.head is not None:
            edges.setdefault(rule.head.signature, []).extend(atom.signature for atom in atoms(rule.body))
    try:
        TopologicalSorter(edges).prepare()
        return {}
    except CycleError:
        import networkx  # a quarter of a second that whoever has no circles need not wait
    graph = networkx.DiGraph(edges)
    return {
        node: number
        for number, nodes in enumerate(networkx.strongly_connected_components(graph))
        for node in nodes
        if len(nodes) > 1 or graph.has_edge(node, node)
    }


def atoms(literals: Iterable[Literal]) -> Iterator[Atom]:
    """The atoms in a body, those inside aggregates and conditional literals too."""
    for literal in literals:
        if isinstance(literal, Atom):
            yield literal
        elif isinstance(literal, Aggregate):
            for element in literal.elements:
                yield from atoms(element.conditions)
        elif isinstance(literal, Conditional):
            yield from atoms([literal.literal, *literal.conditions])
