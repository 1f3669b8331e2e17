"""The seed of a draw: public events announced beforehand, each with its parts, made into one text and no other.

`1.1:3,7,12,18,25,31;1.2:9;2.1:4,2,6` is source 1 with two parts and source 2 with one. Only digits go in, part by part:
a text that could be written in several ways could be chosen after the event. A source that was officially cancelled is
replaced by its reserve, written `1r.1:…`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb, log2, perm

from engine.case import Case
from engine.errors import CaseError, Place, Problem, UsageError

DEMO = "demo"
"""The seed of a draw for trying out: a text from which alone every output knows that it is none."""
LEAST_BITS = 20
WANTED_BITS = 40

_GIVEN = re.compile(r"\s*(\d{1,3})(r?)\.(\d{1,3})\s*[:=]\s*(.*?)\s*")


@dataclass(frozen=True, order=True)
class Part:
    """What one event gives: so many numbers from low to high, `unordered`, `ordered` or `throws` (may repeat)."""

    order: int
    part: int
    numbers: int
    low: int
    high: int
    kind: str

    @property
    def name(self) -> str:
        """How the seed names it: `1.2` is the second part of the first source."""
        return f"{self.order}.{self.part}"

    @property
    def bits(self) -> float:
        """The binary logarithm of the number of texts the part can give; none where it can give none."""
        many = self.high - self.low + 1
        ways = {
            "unordered": comb(many, self.numbers), "ordered": perm(many, self.numbers), "throws": many**self.numbers,
        }[self.kind]  # fmt: skip
        return log2(ways) if ways else 0.0


@dataclass(frozen=True)
class Event:
    """An announced event: its issue and day, its parts, and the event that counts if it is officially cancelled."""

    order: int
    name: str
    day: int
    parts: tuple[Part, ...]
    reserve: tuple[str, int] | None = None


def events(case: Case) -> tuple[Event, ...]:
    """The sources of the seed that a case announces, in their order; CaseError where one has no parts."""
    parts = sorted(
        Part(int(order), int(part), int(numbers), int(low), int(high), str(kind))
        for order, part, numbers, low, high, kind in case.rows("seed_part")
    )
    reserves = {int(row[0]): (str(row[1]), int(row[2])) for row in case.rows("seed_reserve")}
    found = [
        Event(int(order), str(name), int(day), tuple(p for p in parts if p.order == order), reserves.get(int(order)))
        for order, name, day in sorted(case.rows("seed_source"))
    ]
    if bare := [event for event in found if not event.parts]:
        raise CaseError(
            [Problem("seed_source_bare", {"order": event.order, "name": event.name}, Place()) for event in bare]
        )
    return tuple(found)


def bits(sources: Sequence[Event]) -> float:
    """How much chance the sources hold together."""
    return sum(part.bits for event in sources for part in event.parts)


def seed(sources: Sequence[Event], given: Sequence[str]) -> str:
    """The one text of the numbers given, `1.1:3,7,12` each or several joined by `;`.

    Raises UsageError where the case announces no source or too little chance, CaseError that names every part that is
    missing, unknown, given twice, or holds what the event cannot give.
    """
    if not sources:
        raise UsageError("seed_no_sources")
    if bits(sources) < LEAST_BITS:
        raise UsageError("seed_few_bits", {"bits": f"{bits(sources):.1f}", "least": LEAST_BITS})
    problems: list[Problem] = []
    parts = {part.name: part for event in sources for part in event.parts}
    reserved = {str(event.order) for event in sources if event.reserve}
    texts: dict[str, str] = {}
    used: dict[str, set[str]] = {}
    for order, cancelled, number, numbers in _pieces(given, problems):
        name = f"{order}.{number}"
        if name not in parts or (cancelled and order not in reserved):
            problems.append(
                Problem("seed_part_unknown", {"found": f"{order}{cancelled}.{number}", "known": ", ".join(parts)})
            )
        elif name in texts:
            problems.append(Problem("seed_part_twice", {"found": name}))
        else:
            used.setdefault(order, set()).add(cancelled)
            texts[name] = f"{order}{cancelled}.{number}:{_read(parts[name], numbers, problems)}"
    problems += [Problem("seed_part_missing", _wanted(part)) for name, part in parts.items() if name not in texts]
    problems += [Problem("seed_reserve_mixed", {"order": order}) for order, marks in used.items() if len(marks) > 1]
    if problems:
        raise CaseError(problems)
    return ";".join(texts[name] for name in parts)


def _pieces(given: Sequence[str], problems: list[Problem]) -> Iterator[tuple[str, str, str, str]]:
    """Source, `r` for its reserve, part and numbers of each piece."""
    for piece in (piece for words in given for piece in re.split("[;；]", words)):
        folded = unicodedata.normalize("NFKC", piece)
        if not folded.strip():
            continue
        if found := _GIVEN.fullmatch(folded):
            yield str(int(found[1])), found[2], str(int(found[3])), found[4]
        else:
            problems.append(Problem("seed_piece", {"found": piece.strip()}))


def _read(part: Part, numbers: str, problems: list[Problem]) -> str:
    """The numbers of a part as the seed writes them; what the event cannot give is a problem."""
    words = [word for word in re.split(r"[\s,、]+", numbers) if word]
    wrong = [word for word in words if not (word.isascii() and word.isdecimal())]
    wrong += [word for word in words if word not in wrong and not part.low <= int(word) <= part.high]
    if wrong:
        problems.append(Problem("seed_number", {**_wanted(part), "found": ", ".join(wrong)}))
        return ""
    found = [int(word) for word in words]
    if len(found) != part.numbers:
        problems.append(Problem("seed_count", {**_wanted(part), "found": len(found)}))
    elif part.kind != "throws" and (again := sorted({n for n in found if found.count(n) > 1})):
        problems.append(Problem("seed_again", {**_wanted(part), "found": ", ".join(map(str, again))}))
    return ",".join(map(str, sorted(found) if part.kind == "unordered" else found))


def _wanted(part: Part) -> Mapping[str, str | int]:
    return {"part": part.name, "numbers": part.numbers, "low": part.low, "high": part.high}
