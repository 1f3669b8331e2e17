"""Two texts beside each other, provision by provision: the same, moved, changed with what was changed, new, gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.law import Provision, Statute
from engine.words import likeness, pieces

SAME, MOVED, CHANGED, NEW, GONE = "same", "moved", "changed", "new", "gone"
_NEAR = 0.6
"""Words alike to this degree are the same provision, changed."""


@dataclass(frozen=True)
class Match:
    """A provision of one text or of both; `pieces` are the words: kept (`=`), taken out (`-`), put in (`+`)."""

    kind: str
    old: Provision | None
    new: Provision | None
    pieces: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """The words with what was changed marked: 【-旧-】 taken out, 【+新+】 put in."""
        return "".join(words if sign == "=" else f"【{sign}{words}{sign}】" for sign, words in self.pieces)


def matched(old: Statute, new: Statute) -> list[Match]:
    """The provisions of two texts, in the order of the new one; those that are gone last."""
    partners = dict(_partners(old, new))
    found = [_match(old, new, partners.get(place), place) for place in new.words]
    gone = [place for place in old.words if place not in partners.values()]
    return found + [Match(GONE, place, None, (("-", old.words[place]),)) for place in gone]


def _partners(old: Statute, new: Statute) -> Iterator[tuple[Provision, Provision]]:
    """Which provision of the old text each of the new one was: by its words, else in its place, else by likeness."""
    free, left = dict(old.words), dict(new.words)
    for alike in (_same, _same_place, _likest):
        for place, words in list(left.items()):
            if (was := alike(free, place, words)) is not None:
                yield place, was
                del free[was], left[place]


def _same(free: dict[Provision, str], place: Provision, words: str) -> Provision | None:
    if free.get(place) == words:
        return place
    return next((one for one, said in free.items() if said == words), None)


def _same_place(free: dict[Provision, str], place: Provision, words: str) -> Provision | None:
    return place if place in free and likeness(free[place], words) >= _NEAR else None


def _likest(free: dict[Provision, str], _place: Provision, words: str) -> Provision | None:
    degrees = {one: likeness(said, words) for one, said in free.items()}
    best = max(degrees, key=lambda one: degrees[one], default=None)
    return best if best is not None and degrees[best] >= _NEAR else None


def _match(old: Statute, new: Statute, was: Provision | None, place: Provision) -> Match:
    words = new.words[place]
    if was is None:
        return Match(NEW, None, place, (("+", words),))
    before = old.words[was]
    if before == words:
        return Match(SAME if was == place else MOVED, was, place, (("=", words),))
    found: list[tuple[str, str]] = []
    for then, now in pieces(before, words):
        found += [("=", now)] if then == now else [one for one in (("-", then), ("+", now)) if one[1]]
    return Match(CHANGED, was, place, tuple(found))
