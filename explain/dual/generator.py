"""The dual program: from rules to rules that say why their heads hold, or what stops them, for the atoms asked.

For a goal (an atom to explain, true or false) and each rule of its predicate the dual derives, over the atoms of the
answer set, which instances of the rule are reached, which parts of the body hold or fail (explain.dual.bodyplan),
the instances
a failing part has, the values that were compared, and the goals that follow. Only what is asked is grounded. The
goal of a false atom may leave arguments open: the adornment of its predicate says which are bound (magic sets).

Every predicate made here starts with `__`; `Dual.keys[name]` says how many of its arguments are its key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from explain.dual.duals import Dual, can_hold
from explain.dual.goals import Goal, Hint, Hints, Variant
from explain.dual.lines import Lines, Piece
from explain.dual.writer import Writer
from explain.rules import Signature

Present = Collection[Signature] | Mapping[Signature, Collection[Hints]]
"""The predicates that have atoms; as a mapping, with what is known of their arguments."""


class Generator:
    """Writes the dual of a set of rules, piece by piece when first asked for; a piece is made once and kept."""

    def __init__(self, dual: Dual) -> None:
        self.dual = dual
        self._pieces: dict[tuple[Goal, Variant | None], Piece] = {}

    def program(self, asked: Iterable[tuple[Goal, Hints]], present: Present) -> str:
        """The part of the dual program that goals reach, as text.

        It is narrowed by the constants known among the goals' arguments, by the predicates that have atoms, and,
        where `present` tells it, by the constants that the atoms have.
        """
        with self.dual.lock:
            return self._program(asked, present)

    def _program(self, asked: Iterable[tuple[Goal, Hints]], present: Present) -> str:
        lines: dict[str, None] = {"#show.": None}
        todo, seen = list(asked), set[tuple[Goal, Hints]]()
        while todo:
            goal, known = todo.pop()
            if (goal, known) in seen:
                continue
            seen.add((goal, known))
            for variant in (*self.dual.variants(goal).values(), None):
                env = _matched(variant, known) if variant else {}
                if env is None or (goal.truth and variant and not can_hold(variant.rule, present)):
                    continue
                if (goal, variant) not in self._pieces:
                    piece = self._pieces[goal, variant] = Piece()
                    Writer(self.dual, Lines(self.dual.keys, piece)).goal(goal, variant)
                piece = self._pieces[goal, variant]
                lines.update(dict.fromkeys(piece.lines))
                for other, hints in piece.goals:
                    if not other.truth or other.signature in present:
                        filled = tuple([one if one is None or one[0] == "=" else env.get(one[1]) for one in hints])
                        todo += [(other, one) for one in (_told(present, other, filled) if other.truth else [filled])]
        return "\n".join(lines)


def _told(present: Present, goal: Goal, known: Hints) -> list[Hints]:
    """What is known of the arguments of a true atom, for each of those that there are."""
    if not isinstance(present, Mapping):
        return [known]
    return [
        one
        for one in present[goal.signature]
        if all(asked is None or mine is None or asked == mine for asked, mine in zip(known, one, strict=True))
    ]


def _matched(variant: Variant, known: Hints) -> dict[str, Hint] | None:
    """The variables whose values are known when the rule is asked with what is known; None if it cannot match."""
    env: dict[str, Hint] = {}
    for mine, asked in zip(variant.hints, known, strict=True):
        if mine is None or asked is None:
            continue
        if mine[0] == "=":
            if mine != asked:
                return None
        elif env.setdefault(mine[1], asked) != asked:
            return None
    return env
