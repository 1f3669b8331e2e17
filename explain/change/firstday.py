"""In which later round an applicant would qualify if nothing else changed: by its deadline, and ground by ground.

Only the calendar moves: the application deadline is put on a later day and the same rules decide again. Days on which
an answer can turn are tried in order: the corresponding days of every day on file for every number of years the law
names, the days after the ends of states and certificates, and each 1 January. A day after the last that the text
governs (its own term, or the city's next text) is no answer: another text will say.

What does not exist yet is assumed, and said: the deadline itself, an application in time, the yearly figures of years
to come, papers, notices and findings that are carried over, certificates that run out later. Rounds are not days: a bar
that counts rounds is no matter of waiting for a day, so the first round free of all such bars is found, and the days
are tried with its number. Whoever was only late is told that: in a later round, in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from engine.answers import WITHDRAWN, Ground, Outcome, cohort, decide_part
from engine.case import Case
from engine.facts import LAST_YEAR, PREDICATES, Fact, day_text
from engine.law import constants, governs_until, named
from engine.solve import Clock, Part
from explain.change.corrections import MAX_YEARS, File, next_day, years_after

HORIZON = 30
"""Years ahead that are searched; nothing in the rules reaches further than the longest period they name."""

OWN_DAYS = ("submitted", "handed_in")
"""Acts of applying: in time now, they are assumed to be in time for a later deadline."""

LATE = "in_time"
"""The key of the requirement that an application is there in time."""

ROUNDS = 10
"""Later rounds that are tried for a bar that counts rounds."""

YEARLY = {name: each.model.assumed for name, each in sorted(PREDICATES.items()) if each.model.assumed is not None}
"""What is assumed of each year's figures that do not exist yet: the least that does not stand against anybody."""

CARRIED = (
    "material", "self_score", "internal_notice", "preliminary_notice", "county_opinion", "recommendation",
)  # fmt: skip
"""What was handed in, published or given for this round: for a later one it is assumed to be there again."""

PAST = frozenset(name for name, each in PREDICATES.items() if each.model.happened)
"""Records of what happened once: where no day and no round ends what rests on them, the text sets no limit."""
FEW = 12
"""Of up to so many grounds the fewest that are never met together are sought among all sets of them."""


@dataclass(frozen=True)
class End:
    """When a ground ends by itself: on a day (yyyymmdd), with a round, or `never`; else the text sets no limit."""

    ground: Ground
    day: int | None = None
    round: int | None = None
    never: bool = False


@dataclass(frozen=True)
class Assumption:
    """A fact of a later round that is assumed, and why: the key of a sentence (`earliest.why.…`)."""

    fact: Fact
    why: str


@dataclass(frozen=True)
class Earliest:
    """The answer: the day (yyyymmdd) or none, what binds until then, when each ground ends, what is assumed.

    `round` is the first round free of the bars that count rounds, where there are such bars and the applicant would
    qualify in it: from `day` on, or without a day on any. `binding` are the grounds of the last day tried before the
    day, or, without a day, those that hold on every day;
    `never` the fewest grounds one of which holds on each day tried. `late`: nothing but the time of the application
    stands against the applicant.
    """

    applicant: str
    status: str
    day: int | None
    binding: tuple[Ground, ...]
    assumptions: tuple[Assumption, ...]
    horizon: int
    ends: tuple[End, ...] = ()
    never: tuple[Ground, ...] = ()
    late: bool = False
    round: int | None = None
    ended: bool = False

    @property
    def kind(self) -> str:
        """Which answer it is (`earliest.when.…`): eligible, withdrawn, day, round, round_day, late, ended or none."""
        if self.late or self.status in ("eligible", WITHDRAWN):
            return "late" if self.late else self.status
        found = "_".join(word for word, there in (("round", self.round), ("day", self.day)) if there)
        return found or ("ended" if self.ended else "none")

    @property
    def assumed(self) -> tuple[Fact, ...]:
        """The yearly figures that are assumed."""
        return tuple(one.fact for one in self.assumptions if one.why == "figures")

    @property
    def rounds(self) -> tuple[tuple[Ground, int], ...]:
        """The grounds that end with a round instead of a day, with the first round free of them."""
        return tuple((end.ground, end.round) for end in self.ends if end.round)

    def as_dict(self) -> dict[str, Any]:
        """The answer for a program."""
        from engine.facts import text

        return {
            "id": self.applicant,
            "status": self.status,
            "day": day_text(self.day) if self.day else None,
            "round": self.round,
            "binds": [str(one) for one in sorted({ground.provision for ground in self.binding})],
            "ends": [
                {
                    "provision": str(end.ground.provision),
                    "key": end.ground.key,
                    "day": day_text(end.day) if end.day else None,
                    "round": end.round,
                    "never": end.never,
                }
                for end in self.ends
            ],
            "searched_until": day_text(self.horizon),
            "assumptions": [{"fact": text(one.fact), "why": one.why} for one in self.assumptions],
            "never": [str(one) for one in sorted({ground.provision for ground in self.never})],
        }


def earliest(case: Case, applicant: str, *, clock: Clock | None = None) -> Earliest:
    """The first day, from the deadline on, with which as a deadline the applicant would be eligible.

    Raises UsageError for an unknown applicant, Stopped when the clock runs out.
    """
    cohort(case, [applicant])
    clock = clock or Clock()
    file = File.of(case, applicant)
    days = [day for day in turning_days(case, file) if day >= case.deadline]
    today = _on(case, file, case.deadline, (), clock)
    status, now = today.status, today.grounds
    if status in (WITHDRAWN, "eligible"):
        day = None if status == WITHDRAWN else case.deadline
        return Earliest(applicant, status, day, (), (), days[-1])
    rounds = _first_rounds(case, file, sorted(now), clock)
    number = max(rounds.values(), default=case.round + 1)
    tried: list[tuple[int, frozenset[Ground]]] = []
    found = 0
    last = governs_until(case.city, case.readings) or days[-1]
    for day in days:
        outcome = _on(case, file, day, figures_to_come(case, file, day), clock, number)
        tried.append((day, outcome.grounds))
        if outcome.status == "eligible":
            found = day if day <= last else 0
            break
    within = [(day, grounds) for day, grounds in tried if day <= last]
    late = _late(case, file) and {ground.key for ground in now} == {LATE}
    day = found if found > case.deadline and not late else 0
    return Earliest(
        applicant,
        status,
        day or None,
        tuple(sorted(_held(now, within, found))),
        assumptions(case, file, day, number) if found or late else (),
        min(days[-1], last),
        _ends(case, file, now, tried, rounds, clock),
        () if found else _together([grounds for _, grounds in within]),
        late,
        number if found and rounds else None,
        last < days[-1] and not found,
    )


def _held(now: frozenset[Ground], tried: Sequence[tuple[int, frozenset[Ground]]], found: int) -> frozenset[Ground]:
    """The grounds of the last day tried before the one found; without one those that stand on every day."""
    if not found:
        return now.intersection(*(grounds for _, grounds in tried))
    return max(((day, grounds) for day, grounds in tried if day < found), default=(0, now))[1]


def assumptions(case: Case, file: File, day: int, number: int) -> tuple[Assumption, ...]:
    """What must be so for a later round, by kind, then as facts are; `day` is its deadline, 0 where any will do."""
    found = [Assumption(Fact("round", (case.city, number, day)), "deadline")] if day else []
    found += [Assumption(fact, "figures") for fact in figures_to_come(case, file, day)] if day else []
    found += [Assumption(fact, "carried") for name in CARRIED for fact in file.some(name)]
    found += [Assumption(f, "finding") for f in file.some("finding") if f.arguments[2] == "yes"]
    last = day or case.deadline
    found += [
        Assumption(f, "certificate")
        for f in file.some("certificate")
        if int(f.arguments[2]) <= last <= int(f.arguments[3]) and int(f.arguments[3]) // 10000 <= LAST_YEAR
    ]
    return tuple(found)


def _ends(
    case: Case,
    file: File,
    now: Iterable[Ground],
    tried: Sequence[tuple[int, frozenset[Ground]]],
    rounds: Mapping[Ground, int],
    clock: Clock,
) -> tuple[End, ...]:
    """When each ground of today ends by itself."""
    past = [fact for fact in file.facts if fact.predicate in PAST]
    without = File(file.applicant, file.day, tuple(f for f in file.facts if f not in past), *_rest(file))
    free = _on(case, without, case.deadline, (), clock).grounds if past else set(now)
    found = []
    for ground in sorted(now):
        day = next((one for one, held in tried if ground not in held), None)
        if ground.key == LATE and _late(case, file):
            found.append(End(ground, round=case.round + 1))
        elif ground in rounds:
            found.append(End(ground, round=rounds[ground]))
        elif day is not None:
            found.append(End(ground, day=day))
        else:
            found.append(End(ground, never=ground in free))
    return tuple(found)


def _rest(file: File) -> tuple[Any, ...]:
    return file.numbers, file.years, file.as_of, file.until


def _late(case: Case, file: File) -> bool:
    """Whether the application came after the deadline."""
    return any(int(fact.arguments[1]) > case.deadline for fact in file.some("submitted"))


def _together(days: Sequence[frozenset[Ground]]) -> tuple[Ground, ...]:
    """The fewest grounds one of which stands on each day."""
    every = sorted(frozenset[Ground]().union(*days))
    for size in range(1, len(every) + 1 if len(every) <= FEW else 3):
        for some in combinations(every, size):
            if all(held.intersection(some) for held in days):
                return some
    return tuple(every)


def turning_days(case: Case, file: File) -> Iterator[int]:
    """The days, sorted, from the reference day on, on which the answer for this file can turn."""
    last = min(file.day // 10000 + HORIZON, LAST_YEAR)
    numbers = {0, *(c.value for c in constants(case.city).values() if 0 < c.value <= MAX_YEARS)}
    found = {file.day, *(year * 10000 + 101 for year in range(file.day // 10000 + 1, last + 1))}
    for fact in file.facts:
        for field, value in zip(PREDICATES[fact.predicate].fields, fact.arguments, strict=True):
            if field.kind in ("day", "open_day") and isinstance(value, int) and value // 10000 <= LAST_YEAR:
                for number in numbers:
                    turn = years_after(value, number)
                    found |= {turn, next_day(turn)}
    yield from sorted(day for day in found if file.day <= day <= last * 10000 + 1231)


def figures_to_come(case: Case, file: File, day: int) -> tuple[Fact, ...]:
    """The yearly figures, not on file yet, of the years that end between the deadline and a later day."""
    years = range(case.deadline // 10000, day // 10000)
    heeded = named(case.city, YEARLY)
    return tuple(
        file.fact(predicate, year, *rest)
        for year in years
        for predicate, rest in YEARLY.items()
        if predicate in heeded and not file.some(predicate, year)
    )


def _first_rounds(case: Case, file: File, held: Sequence[Ground], clock: Clock) -> dict[Ground, int]:
    """The grounds that a later round number alone ends, with the first such number."""
    found: dict[Ground, int] = {}
    for number in range(case.round + 1, case.round + ROUNDS + 1):
        left = _on(case, file, case.deadline, (), clock, number).grounds
        found |= {ground: number for ground in held if ground not in left and ground not in found}
    return found


def _of_the_round(case: Case) -> list[Fact]:
    return [f for f in case.facts if f.predicate == "evidence_closed"]


def _on(case: Case, file: File, day: int, assumed: Sequence[Fact], clock: Clock, number: int | None = None) -> Outcome:
    """The outcome if the deadline were that day, or the round another one."""
    in_time = [f for name in OWN_DAYS for f in file.some(name) if int(f.arguments[1]) <= case.deadline]
    facts = [f for f in file.facts if f not in in_time]
    facts += [file.fact(f.predicate, day) for f in in_time]
    moved = [Fact("round", (case.city, number or case.round, day)), *_of_the_round(case)]
    part = Part.of(case, (file.applicant,), (*moved, *facts, *assumed))
    return decide_part(part, clock).outcomes[0]
