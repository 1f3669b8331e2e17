"""How a draw stands after some entries: the panels, who is out where, who left; and the next entry worked out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Any

from engine.answers import Reviewed
from engine.case import Case, read
from engine.draw import (
    LEADER,
    LEFT,
    RECUSED,
    UNQUALIFIED,
    Claim,
    Draw,
    Field,
    Leader,
    Seat,
    Walk,
    by_lot,
    events,
    field_walks,
    least_size,
    seated,
)
from engine.errors import CaseError, Place, Problem
from engine.facts import Fact, day_text, text
from engine.panels import Reason, Roster, compose
from engine.record.entries import Entry, Later
from engine.record.knownlater import KNOWN_LATER
from engine.record.measures import Lots, Reopened, asked, hall_of, reopened
from engine.repair import later_repairs

Pair = tuple[str, str]
"""A reviewer and a group."""


class Standing:
    """How a draw stands after some entries."""

    def __init__(self, drawn: Draw, start: str) -> None:
        """`start` is the SHA-256 of the record's bytes without entries."""
        frozen = drawn.frozen
        self.drawn = drawn
        self.head = start
        self.number = 0
        self.day = 0
        self.panels = dict(drawn.panels)
        self.roster: Roster = frozen.roster
        self.facts = list(frozen.roster.case.facts)
        self.under = tuple(frozen.roster.reviewed.under_review)
        self.load = dict(frozen.field.load)
        self.seats = dict(frozen.field.seats)
        self.out: dict[Pair, str] = dict(frozen.fixed.out) if frozen.fixed else {}
        self.left: set[Pair] = set(frozen.fixed.left) if frozen.fixed else set()
        self.lots = Lots(drawn.seed, frozen.commitment, drawn.order)
        self.claims: tuple[Claim, ...] = (Claim.of(drawn),) if frozen.open is None else ()
        """What the draw and each entry say, for the rules to check; none of a public copy, which has no ties."""
        field = frozen.field
        for group in field.groups:
            barred = field.barred(group)
            for who in field.reviewers:
                if (verdict := barred[who]) == LEFT:
                    self.left.add((who, group))
                elif verdict:
                    self.out.setdefault((who, group), verdict)

    def add(self, later: Later) -> Entry:
        """Take in what became known; CaseError where it contradicts the record, is no news of this kind, names somebody
        unknown, or decides what was not to be decided. Nothing is taken in then."""
        trial = copy(self)
        trial.panels, trial.load, trial.seats = dict(self.panels), dict(self.load), dict(self.seats)
        trial.out, trial.left = dict(self.out), set(self.left)
        entry = trial._added(later)
        self.__dict__.update(trial.__dict__)
        return entry

    def _added(self, later: Later) -> Entry:
        self._heeded(later)
        roster, led = self.roster, {g: seat.id for g, panel in self.panels.items() for seat in panel if seat.leader}
        if later.closed:
            self._shut(later)
            gone = [group for group in self.panels if group in later.closed.dissolved]
        else:
            roster = self._judged(later)
            self._exclude(roster, later.unavailable)
            gone = [group for group in self.panels if group not in roster.groups]
        for group in gone:
            del self.panels[group]
        leaves = [
            (seat.id, group, _reasons(later, roster, seat.id, group))
            for group, panel in self.panels.items()
            for seat in panel
            if (seat.id, group) in self.out
        ]
        for who, group, _ in leaves:
            self._unseat(who, group)
            self.left.add((who, group))
        self.roster, self.day = roster, later.day
        self._unfit(later)
        field = self._decided(later)
        reopening = self._reopened(later, field)
        field = self.field
        hall = hall_of(field)
        vacant = tuple((g, field.free(g), field.needs_leader(g)) for g in field.groups if field.free(g))
        kept = {group: tuple(seat.id for seat in panel) for group, panel in self.panels.items()}
        walks = () if hall else tuple(self._walked(field))
        self.number += 1
        entry = Entry(
            number=self.number,
            previous=self.head,
            later=later,
            dissolved=tuple(gone),
            leaves=tuple(sorted(leaves, key=lambda one: one[:2])),
            vacant=vacant,
            reopened=reopening,
            walks=walks,
            leaders=() if hall else tuple(self._led({g for _, g, _ in leaves} | {g for g, *_ in vacant})),
            hall=hall,
            repairs=self._repairs(later, field) if hall else (),
            asking=tuple(asked(field, hall, self.lots, [who for who, _ in later.asked])) if hall else (),
            panels=dict(self.panels),
        )
        self.head = entry.hash
        self._claim(entry, kept, {group: who for group, who in led.items() if who in kept.get(group, ())})
        return entry

    def _claim(self, entry: Entry, kept: Mapping[str, Collection[str]], led: Mapping[str, str]) -> None:
        """Put down what an entry says, for the rules to check."""
        if entry.later.closed:
            self.claims = ()
            return
        out = {*self.out, *self.left}
        self.claims += (
            Claim(
                self.roster, dict(self.seats), dict(self.load), entry.panels, entry.walks, kept, out, led, entry.hall
            ),
        )

    @property
    def field(self) -> Field:
        """Who may still sit where, every seat that is taken fixed."""
        leaders, names = self.roster.leaders, self.drawn.frozen.roster.reviewers
        groups = tuple(self.panels)
        fit = {g: {who for who in names if (who, g) not in self.out and (who, g) not in self.left} for g in groups}
        recused: dict[str, set[str]] = {group: set() for group in groups}
        for (who, group), verdict in self.out.items():
            if verdict == RECUSED and group in recused:
                recused[group].add(who)
        left = {g: {who for who, other in self.left if other == g} for g in groups}
        kept = {group: tuple(seat.id for seat in panel) for group, panel in self.panels.items()}
        return Field(groups, names, leaders, self.load, self.seats, fit, recused, left, kept)

    def _heeded(self, later: Later) -> None:
        """CaseError where an entry cannot be one of this record."""
        known, groups = {*self.drawn.frozen.roster.reviewers}, {*self.drawn.frozen.field.groups}
        problems = [
            Problem("entry_unknown", {"found": who if who not in known else str(group)}, Place())
            for who, group in [*later.unavailable, *((who, None) for who, _ in later.asked)]
            if who not in known or (group is not None and group not in groups)
        ]
        problems += [
            Problem("entry_unknown", {"found": group}, Place()) for group, _ in later.fewer if group not in self.panels
        ]
        problems += [
            Problem("entry_fact", {"found": text(fact)}, Place())
            for fact in later.facts
            if fact.predicate not in KNOWN_LATER or (fact.predicate == "unavailable" and fact.arguments[0] not in known)
        ]
        if later.day <= self.day:
            days = {"found": day_text(later.day), "before": day_text(self.day)}
            problems.append(Problem("entry_day", days, Place()))
        elif later.day < self._drawn_on():
            days = {"found": day_text(later.day), "before": day_text(self._drawn_on())}
            problems.append(Problem("entry_before_draw", days, Place()))
        if problems:
            raise CaseError(problems)

    def _drawn_on(self) -> int:
        """The first day on which the draw can have been made: the last of its events, or of their reserves."""
        if self.drawn.demo:
            return 0
        reserve = {piece.partition("r.")[0] for piece in self.drawn.seed.split(";") if "r." in piece}
        found = events(self.drawn.frozen.roster.case)
        return max(
            (one.reserve[1] if one.reserve and str(one.order) in reserve else one.day for one in found), default=0
        )

    def _judged(self, later: Later) -> Roster:
        """Everybody judged again with what became known."""
        whole = [Fact("unavailable", (who,)) for who, group in later.unavailable if group is None]
        facts = list(dict.fromkeys([*self.facts, *later.facts, *whole]))
        case = Case.checked(facts)
        withdrawn = {str(row[0]) for row in case.rows("withdrawn")}
        under = tuple(one for one in self.under if one not in withdrawn)
        roster = compose(case, Reviewed(under, (), (), True))
        self.facts, self.under = facts, under
        return roster

    def _exclude(self, roster: Roster, unavailable: Iterable[tuple[str, str | None]]) -> None:
        """Who is out where, and by which verdict; what once kept somebody out keeps him out for good."""
        for group in roster.groups:
            for who, verdict in zip(roster.reviewers, _barred(roster, group), strict=True):
                if verdict:
                    self.out.setdefault((who, group), verdict)
        for one, only in unavailable:
            if only is not None:
                self.out.setdefault((one, only), UNQUALIFIED)

    def _shut(self, later: Later) -> None:
        """Who is out as a public copy says, in place of judging anybody."""
        assert later.closed is not None
        for pair, verdict in later.closed.out.items():
            self.out.setdefault(pair, verdict)
        for who, only in later.unavailable:
            for group in self.panels if only is None else (only,):
                self.out.setdefault((who, group), UNQUALIFIED)

    def _unfit(self, later: Later) -> None:
        """Whoever has a panel left and gives the places that nobody can fill nothing, may not sit there: a public copy
        does not say why."""
        if not later.closed:
            return
        seats = [seat.id for panel in self.panels.values() for seat in panel]
        for group, only in later.closed.hall:
            here = {seat.id for seat in self.panels.get(group, ())} | later.closed.gives
            for who, many in self.load.items():
                able = only != LEADER or who in self.roster.leaders
                if able and who not in here and many > seats.count(who) and (who, group) not in self.left:
                    self.out.setdefault((who, group), UNQUALIFIED)

    def _repairs(self, later: Later, field: Field) -> tuple[Mapping[str, Any], ...]:
        if later.closed:
            return later.closed.repairs
        refused = {who for who, accepted in later.asked if not accepted}
        return tuple(one.json() for one in later_repairs(self.roster, field, self.drawn.frozen.size, refused))

    def _unseat(self, who: str, group: str) -> None:
        self.panels[group] = tuple(seat for seat in self.panels[group] if seat.id != who)

    def _decided(self, later: Later) -> Field:
        """What was decided of seats and loads, taken in; CaseError where it was not to be decided so."""
        least = least_size(self.roster)
        for group, seats in later.fewer:
            sitting = {seat.id for seat in self.panels[group]}
            led = not self.roster.leaders.isdisjoint(sitting)
            if not max(least, len(sitting)) <= seats < self.seats[group] or (seats == len(sitting) and not led):
                found: dict[str, str | int] = {
                    "group": group,
                    "found": seats,
                    "least": max(least, len(sitting) + (not led)),
                }
                raise CaseError([Problem("entry_fewer", {**found, "most": self.seats[group] - 1}, Place())])
            self.seats[group] = seats
        done: list[str] = []
        for who, accepted in later.asked:
            hall = hall_of(field := self.field)
            next_one = next(asked(field, hall, self.lots, done), None) if hall else None
            if who != next_one:
                raise CaseError([Problem("entry_asked", {"found": who, "wanted": next_one or "—"}, Place())])
            done.append(who)
            if accepted:
                self.load[who] += 1
        return self.field

    def _reopened(self, later: Later, field: Field) -> tuple[Reopened, ...]:
        """The seats reopened by lot, given up; CaseError where none need be, or none would help."""
        if not later.reopen:
            return ()
        found = reopened(field, self.lots) if hall_of(field) else ()
        if not found:
            raise CaseError([Problem("entry_reopen_needless" if found == () else "entry_reopen_useless", {}, Place())])
        for one in found:
            self._unseat(one.reviewer, one.group)
        return found

    def _walked(self, field: Field) -> Iterator[Walk]:
        """The walks that fill the vacancies, seated as they go."""
        groups = [group for group in self.lots.groups if group in self.panels]
        for each in field_walks(field, field.bench(), self.lots.seed, self.lots.commitment, groups):
            self.panels[each.group] += tuple(Seat(who, place, False) for place, who in each.taken)
            yield each

    def _led(self, changed: set[str]) -> Iterator[tuple[Leader, str]]:
        """Who leads each panel that changed, or has no leader: whoever led it and still sits, else the smallest
        leader's lot."""
        able = self.roster.leaders
        for group in self.drawn.order:
            panel = self.panels.get(group, ())
            led = next((seat.id for seat in panel if seat.leader), None)
            if not panel or (group not in changed and led):
                continue
            lots = by_lot(self.lots.seed, self.lots.commitment, group, (s.id for s in panel if s.id in able))
            who = led or lots[0][0]
            self.panels[group] = seated([(seat.place, seat.id) for seat in panel], who)
            yield Leader(group, who, () if led else lots), "stays" if led else "lot"


def _reasons(later: Later, roster: Roster, who: str, group: str) -> tuple[Reason, ...]:
    if later.closed:
        return later.closed.reasons.get((who, group), ())
    return tuple(roster.reasons(who, group)) or (Reason("unavailable", None),)


def facts_of(lines: Sequence[str], case: Case) -> tuple[Fact, ...]:
    """The facts that some lines say beside a case's own; CaseError where they cannot be read or contradict it."""
    own = {text(fact) for fact in case.facts}
    words = "".join(f"{text(fact)}.\n" for fact in case.facts) + "".join(f"{line}\n" for line in lines)
    return tuple(fact for fact in read({"later.lp": words.encode("utf-8")}).facts if text(fact) not in own)


def _barred(roster: Roster, group: str) -> list[str | None]:
    """For each reviewer the verdict that keeps him out of a group; None where nothing does."""
    fit, tied = roster.fit[group], roster.tied[group]
    return [None if who in fit else RECUSED if who in tied else UNQUALIFIED for who in roster.reviewers]
