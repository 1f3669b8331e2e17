"""Lines of the dual program: predicates by their letters, and parts as conditions that hold or fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from clingo.ast import ASTType

from explain.dual.bodyplan import Part
from explain.dual.goals import Goal, Hints
from explain.rules import SIGNS, Atom, Node, mentions, plain, written


@dataclass(eq=False)
class Piece:
    """Some rules of the dual program and the goals they lead to."""

    lines: list[str] = field(default_factory=list)
    goals: list[tuple[Goal, Hints]] = field(default_factory=list)


class Lines:
    """Writes lines into one piece; `keys` takes how many arguments each predicate of the output is found by."""

    def __init__(self, keys: dict[str, int], piece: Piece) -> None:
        self.keys = keys
        self.piece = piece

    def add(self, head: str, *body: str) -> None:
        """A rule."""
        self.piece.lines.append(f"{head} :- {', '.join(body)}.")

    def shown(self, name: str, key: Sequence[str], rest: Sequence[str] = ()) -> str:
        """A predicate of the output; `key` are the arguments it is found by."""
        self.keys[name] = len(key)
        self.piece.lines.append(f"#show {name}/{len(key) + len(rest)}.")
        return written(name, [*key, *rest])

    def part(self, letter: str, part: Part, rest: Sequence[str] = ()) -> str:
        """What is told of a part."""
        return self.shown(f"__{letter}{part.number}", part.key, rest)

    def ask(self, part: Part, *cause: str) -> None:
        """That a part is asked for, if it is more than an atom."""
        if not simple(part):
            self.add(named("n", part), *cause)


def named(letter: str, part: Part) -> str:
    return written(f"__{letter}{part.number}", part.key)


def simple(part: Part) -> bool:
    """Whether clingo can state directly that a part fails: it is one atom without arithmetic."""
    return not part.inside and bool(opened(part))


def opened(part: Part) -> str:
    """The atom of a part with `_` for what it binds; empty if it is more than that says."""
    literal = part.literal
    if not isinstance(literal, Atom) or not all(map(plain, literal.arguments)):
        return ""
    terms = [str(term) for term in literal.arguments]
    named = [name for term in literal.arguments for name in mentions(term)]
    if any(name not in terms or named.count(name) > 1 for name in part.new):
        return ""
    return written(literal.name, ["_" if term in part.new else term for term in terms])


def holds(part: Part) -> str:
    if not simple(part):
        return named("s", part)
    return SIGNS[part.literal.sign] + opened(part)


def fails(part: Part) -> str:
    if not simple(part):
        return f"not {named('s', part)}"
    return opened(part) if part.literal.sign == 1 else f"not {opened(part)}"


def told(term: Node) -> str:
    """A term whose value tells what was compared; an interval is told by its ends."""
    if term.ast_type == ASTType.Interval:
        return f"__range({term.left},{term.right})"
    return str(term)
