"""Where an enterprise stands on the ladder (梯次), and what later rounds would say of it on the same records.

Neither text names tiers: these are this program's own, an order for guidance. A later round is the same register
decided again at that round's deadline; what is handed in with an application, and what is not yet recorded, is no
shortfall then either.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desk.register.mapping import Entry
from desk.register.until import until
from engine.answers import Decision, Ground, Outcome
from engine.case import Case
from engine.facts import PREDICATES, Fact, quote
from engine.law import constants
from explain.change import firstday
from explain.graph import justify_all

if TYPE_CHECKING:
    from networkx import DiGraph

TIERS = ("outside", "basic", "systems", "ready", "winner", "above")
"""From the lowest: not in the region · the rest · management systems certified · nothing on record stands in the way ·
holds this prize · holds one of a higher level."""

_SHOWN = frozenset(
    name for name, one in PREDICATES.items() if one.group == "applicants" and one.model.change not in (None, "nothing")
)
"""Kinds of records by which requirements are met."""
_JUDGED = _SHOWN | {name for name, one in PREDICATES.items() if one.group == "adverse"}
_Hanging = tuple[str, int, Ground, frozenset[str]]
_HANGS: dict[_Hanging, frozenset[str]] = {}
"""The kinds of records that a failed requirement hangs on, found once a process."""
_SHAPES: dict[
    tuple[str, int, frozenset[object]], dict[tuple[Ground, frozenset[str]], tuple[tuple[str, ...], bool]]
] = {}
"""What a requirement is open for, by everything that it hangs on: few, and found once a process."""


AT_APPLICATION = frozenset(
    (*firstday.CARRIED, *firstday.OWN_DAYS, "self_report_year", "self_rating", "objection", "reading")
)
"""Kinds of records that are made only with an application, or in the round; no register holds them."""


@dataclass(frozen=True)
class Standing:
    """An enterprise in the screening: its outcome at the assumed deadline, and what goes beyond it.

    `absent` are requirements that no table holds anything of though its table is complete; `later` the outcomes at the
    deadlines after it, where they can tell something; `prizes` those won and not revoked, as (prize, round).
    """

    outcome: Outcome
    absent: tuple[Ground, ...]
    later: tuple[Outcome, ...]
    tier: str
    prizes: tuple[tuple[str, int], ...]
    unknown: Mapping[Ground, tuple[str, ...]]
    """Requirements that are open for the enterprise's own records, not absent; with the kinds that would tell."""
    against: Mapping[Ground, tuple[Fact, ...]] = field(default_factory=dict)
    """Of each requirement that failed the records that it was judged by."""
    days: Mapping[Ground, int] = field(default_factory=dict)
    """Of each bar that a day ends the first day (yyyymmdd) after the deadline on which it bars no more."""

    @property
    def not_on_file(self) -> list[Ground]:
        """Of what is unknown that which a register could hold."""
        return [ground for ground, kinds in self.unknown.items() if not kinds or not AT_APPLICATION.issuperset(kinds)]

    @property
    def at_application(self) -> list[Ground]:
        """Of what is unknown that which is made only with an application."""
        return [ground for ground, kinds in self.unknown.items() if kinds and AT_APPLICATION.issuperset(kinds)]

    @property
    def again(self) -> int | None:
        """Whom an earlier prize bars: the first later deadline, counted from 1, at which it does no more; 0: none."""
        bars = [g for g in self.outcome.barred if any(event.startswith("awarded(") for event in g.events)]
        return max((self.until(ground) or 0 for ground in bars), default=None)

    @property
    def short(self) -> tuple[Ground, ...]:
        """The requirements it is short of: a record says otherwise, or a complete table has none."""
        return tuple(sorted({*self.outcome.failed, *self.absent}))

    @property
    def earliest(self) -> int | None:
        """The first deadline, counted from the assumed one (0), at which no record stands against it; None: none.

        What a complete table has not is short at each: a later day brings no record.
        """
        if self.absent:
            return None
        rounds = (self.outcome, *self.later)
        return next((at for at, one in enumerate(rounds) if not one.failed and not one.barred), None)

    @property
    def gone(self) -> tuple[Ground, ...]:
        """What stood against it at the assumed deadline and does no more at the earliest one."""
        return (*self.outcome.failed, *self.outcome.barred) if self.earliest else ()

    def until(self, ground: Ground) -> int | None:
        """The first later deadline at which a bar no longer holds, counted from 1; None where it holds at all."""
        same = (ground.provision, ground.key)
        holds = [same in {(one.provision, one.key) for one in later.barred} for later in self.later]
        return holds.index(False) + 1 if False in holds else None


def deadlines(assumed: Fact, number: int) -> list[Fact]:
    """The rounds after an assumed one, as far apart as the text's cycle has it, a year where it sets none."""
    city, first, day = assumed.arguments
    cycle = constants(str(city)).get("cycle_years")
    years = cycle.value if cycle else 1
    return [Fact("round", (city, int(first) + at, _years_on(int(day), at * years))) for at in range(1, number + 1)]


def _years_on(day: int, years: int) -> int:
    """The same day some years later (yyyymmdd); 28 February where that year has no 29th."""
    later = day + years * 10_000
    return later if later % 10_000 != 229 or isleap(later // 10_000) else later - 1


def at_round(case: Case, round: Fact) -> Case:
    """The same records in a later round; a certificate that runs at the case's deadline is taken to be renewed."""
    last = PREDICATES["certificate"].at("to_day")[0]
    deadline = int(round.arguments[2])
    renewed = [
        (*row[:last], deadline, *row[last + 1 :]) if case.deadline <= int(row[last]) < deadline else row
        for row in case.rows("certificate")
    ]
    rows = {**case.columns, "round": (round.arguments,)}
    if renewed:
        rows["certificate"] = tuple(sorted(set(renewed)))
    return replace(case, round=int(round.arguments[1]), deadline=deadline, columns=rows, pile=None)


def standings(
    decision: Decision,
    after: Callable[[Sequence[str]], Sequence[Decision]],
    entries: Sequence[Entry],
    above: Collection[str],
) -> Iterator[Standing]:
    """Every enterprise, sorted by identifier.

    `after` decides some of them, by identifier, at the later deadlines: those alone of whom a later day can tell
    something, whoever is barred, and whoever is short of nothing that a complete table has not.
    """
    case, now = decision.case, list[Standing]()
    shapes = _learnt(decision, [entry for entry in entries if entry.complete])
    for outcome, kinds, own in _records(decision):
        absent, unknown = list[Ground](), dict[Ground, tuple[str, ...]]()
        for ground in outcome.open:
            if outcome.actor(ground) != "own":
                continue
            telling, settled = shapes[ground, kinds & _SHOWN]
            if settled:
                absent.append(ground)
            else:
                unknown[ground] = telling
        revoked = {fact.arguments[1:3] for fact in own if fact.predicate == "revoked"}
        won = [fact.arguments for fact in own if fact.predicate == "awarded"]
        prizes = tuple(sorted((str(row[1]), int(row[2])) for row in won if row[1:3] not in revoked))
        now.append(
            Standing(
                outcome,
                tuple(absent),
                (),
                _tier(outcome, absent, own, prizes, outcome.id in above, case.city),
                prizes,
                unknown,
                {ground: _against(ground, _HANGS[_hanging(case, ground, kinds)], own) for ground in outcome.failed},
                {ground: day for ground in outcome.barred if (day := until(ground, own, case))},
            )
        )
    asked = [one.outcome.id for one in now if one.outcome.barred or (one.outcome.failed and not one.absent)]
    told = [{one.id: one for one in each.applicants} for each in (after(asked) if asked else ())]
    for one in now:
        later = tuple(each[one.outcome.id] for each in told if one.outcome.id in each)
        yield replace(one, later=later) if later else one


def _records(decision: Decision) -> Iterator[tuple[Outcome, frozenset[str], tuple[Fact, ...]]]:
    """Each outcome with the kinds of records about the enterprise, and these."""
    for outcome in decision.applicants:
        own = decision.case.about(outcome.id)
        yield outcome, frozenset(fact.predicate for fact in own), own


def _learnt(
    decision: Decision, complete: Sequence[Entry]
) -> Mapping[tuple[Ground, frozenset[str]], tuple[tuple[str, ...], bool]]:
    """What a requirement is open for, by the kinds of records about an enterprise; for failed ones see `_HANGS`.

    Of each shape that this process has not met one enterprise is explained, all of them in one solve.
    """
    case = decision.case
    held = frozenset((entry.predicate, frozenset(entry.always.items())) for entry in complete)
    known = _SHAPES.setdefault((case.city, case.deadline, held), {})
    hang, miss = dict[_Hanging, str](), dict[tuple[Ground, frozenset[str]], str]()
    for outcome, kinds, _ in _records(decision):
        for ground in outcome.failed:
            if (shape := _hanging(case, ground, kinds)) not in _HANGS:
                hang.setdefault(shape, f"failed({quote(outcome.id)},{ground.provision},{ground.key})")
        shown = kinds & _SHOWN
        for ground in outcome.open:
            if (ground, shown) not in known and outcome.actor(ground) == "own":
                miss.setdefault((ground, shown), f"open({quote(outcome.id)},{ground.provision},{ground.key})")
    graphs = justify_all(decision, [*hang.values(), *miss.values()], worded=False)
    for shape in hang:
        told = {data.get("predicate") for _, data in next(graphs).nodes(data=True) if data.get("truth")}
        _HANGS[shape] = shape[-1] & told
    for place in miss:
        known[place] = _missing(next(graphs), complete)
    return known


def _hanging(case: Case, ground: Ground, kinds: frozenset[str]) -> _Hanging:
    return case.city, case.deadline, ground, kinds & _JUDGED


def _against(ground: Ground, kinds: Collection[str], own: Sequence[Fact]) -> tuple[Fact, ...]:
    """The records that a requirement was judged by: of the kinds that it hangs on, those that bear its own key."""
    records = [fact for fact in own if fact.predicate in kinds]
    same = [fact for fact in records if ground.key in fact.arguments]
    return tuple(same or records)


def _missing(graph: DiGraph, complete: Sequence[Entry]) -> tuple[tuple[str, ...], bool]:
    """The kinds of records that a requirement is open for, but for those that a complete table would hold; whether it
    would hold every such record."""
    missing = [
        (data["predicate"], data.get("arguments", ()))
        for _, data in graph.nodes(data=True)
        if data.get("kind") == "no_record" and data["predicate"] in PREDICATES and data.get("arguments")
    ]
    left = [one for one in missing if not any(_holds(entry, *one) for entry in complete)]
    return tuple(dict.fromkeys(predicate for predicate, _ in left or missing)), bool(missing) and not left


def _holds(entry: Entry, predicate: str, arguments: Sequence[object]) -> bool:
    """Whether a record would stand in an entry's table: of its kind, with the values that all its rows share."""
    if entry.predicate != predicate:
        return False
    named = dict(zip(PREDICATES[predicate].names, arguments, strict=True))
    return all(str(named[name]) == str(value) for name, value in entry.always.items())


def _tier(
    outcome: Outcome,
    absent: Collection[Ground],
    own: Collection[Fact],
    prizes: Collection[object],
    above: bool,
    city: str,
) -> str:
    if any(fact.predicate == "seat" and fact.arguments[1] != city for fact in own):
        return "outside"
    if above:
        return "above"
    if prizes:
        return "winner"
    if not (outcome.failed or outcome.barred or absent):
        return "ready"
    return "systems" if any(fact.predicate == "certificate" for fact in own) else "basic"
