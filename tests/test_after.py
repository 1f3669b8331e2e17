"""What comes after the draw, on small random rounds, against trying everything: who follows, is asked, is reopened."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest

from engine.draw.check import Claim, faults
from engine.draw.lots import Draw, draw
from engine.draw.tickets import order, ticket
from engine.errors import CaseError
from engine.facts.vocabulary import Fact
from engine.panels.rosters import Roster
from engine.record.entries import Entry, Later
from engine.record.protocol import standing
from engine.record.standing import Standing
from tests.small_rosters import completable, roster
from tests.test_repair import frozen, plain

Pair = tuple[str, str]
SEEDS = range(60)
SHARES = pytest.mark.parametrize(
    "seeds",
    [
        pytest.param(SEEDS, id="0"),
        *(pytest.param(range(n, n + 100), id=str(n), marks=pytest.mark.slow) for n in range(60, 1060, 100)),
    ],
)
"""The rounds that are tried always, and a thousand more by a hundred."""


def random_case(seed: int) -> list[Fact]:
    """Two or three groups and just enough reviewers, some with two panels, some of two trades, some with a tie."""
    lots = random.Random(seed)
    groups = lots.randint(1, 3)
    facts = [Fact("round", ("jiyuan", 6, 20250930))]
    for number, code in zip(range(groups), ("C38", "C38", "M74"), strict=False):
        facts += [Fact("group", (f"G{number}", code)), Fact("applicant", (f"J{number}", "organization"))]
        facts.append(Fact("in_group", (f"J{number}", f"G{number}")))
    for number in range(3 * groups + lots.randint(0, 2)):
        name = f"R{number}"
        facts += [Fact("reviewer", (name,)), Fact("expertise", (name, "C"))]
        facts += [Fact("expertise", (name, "M"))] if lots.random() < 0.8 else []
        facts += [Fact("can_lead", (name,))] if lots.random() < 0.6 else []
        facts += [Fact("panel_load", (name, 2))] if lots.random() < 0.2 else []
        if lots.random() < 0.1:
            facts.append(Fact("declared_interest", (name, f"J{lots.randrange(groups)}", "x")))
    return facts


def news(number: int, **more: object) -> Later:
    return Later(day=20261202 + number, because="住院", document="假条", **more)  # type: ignore[arg-type]


@cache
def drawn(seed: int) -> Draw | None:
    """A random round drawn; None where it has no set of panels."""
    made = draw(frozen(random_case(seed)), "demo")
    return made if isinstance(made, Draw) else None


@cache
def left(seed: int) -> tuple[Standing, Entry, frozenset[Pair]] | None:
    """Some of those who sit leave, as a whole or one panel: the standing, the entry, and who is out where now."""
    made = drawn(seed)
    if made is None:
        return None
    lots = random.Random(seed)
    seats = [(seat.id, group) for group, panel in made.panels.items() for seat in panel]
    gone = {(who, lots.choice([None, group])) for who, group in lots.sample(seats, min(len(seats), lots.randint(1, 2)))}
    now = standing(made)
    entry = now.add(news(1, unavailable=tuple(sorted(gone, key=str))))
    out = {(who, group) for who, only in gone for group in made.panels if only in (None, group)}
    return now, entry, frozenset(out)


def now_fit(seed: int, out: frozenset[Pair]) -> Roster:
    """The roster as anybody would write it down, without those who left."""
    found = plain(random_case(seed))
    fit = {g: {who for who in ones if (who, g) not in out} for g, ones in found.fit.items()}
    return roster(fit, found.leaders, found.load)


def kept(made: Draw, out: frozenset[Pair]) -> list[tuple[str, str]]:
    """Group and name of those who stay."""
    return [(g, seat.id) for g, panel in made.panels.items() for seat in panel if (seat.id, g) not in out]


def cases(seeds: Iterable[int] = SEEDS) -> Iterator[tuple[int, Draw, Entry, Roster, list[tuple[str, str]], Standing]]:
    for seed in seeds:
        made = drawn(seed)
        if made is not None and (found := left(seed)) is not None:
            now, entry, out = found
            # Whoever left may still sit where nothing but a load kept him: the roster has him without his old seats.
            yield seed, made, entry, now_fit(seed, out), kept(made, out), now


def may(found: Roster, stays: list[tuple[str, str]]) -> Roster:
    """The same roster, with those who stay able to sit where they sit."""
    fit = {g: set(ones) | {who for other, who in stays if other == g} for g, ones in found.fit.items()}
    return roster(fit, found.leaders, found.load)


@SHARES
def test_vacancies_are_filled_exactly_when_that_is_possible(seeds: range) -> None:
    wrong, count = [], 0
    for seed, _, entry, found, stays, _ in cases(seeds):
        count += 1
        if (entry.outcome == "complete") != completable(may(found, stays), 3, stays):
            wrong.append(seed)

    assert wrong == []
    assert count > 25


@SHARES
def test_each_verdict_after_the_draw_is_true(seeds: range) -> None:
    """Walked again from those who stay, trying everything in place of the look-ahead."""
    wrong = []
    for seed, made, entry, found, stays, _ in cases(seeds):
        taken, ours = list(stays), may(found, stays)
        for walk in entry.walks:
            assert list(walk.names) == order(
                made.seed, made.frozen.commitment, (walk.group, "M"), made.frozen.roster.reviewers
            )
            for _, name, verdict in walk.rows():
                want = wanted(ours, found, taken, walk.group, name)
                taken += [(walk.group, name)] if want == "taken" else []
                if verdict != want and not (want == "unqualified" and verdict in ("recused", "left")):
                    wrong.append((seed, walk.group, name, verdict, want))
        if not entry.hall:
            ends = {(group, seat.id) for group, panel in entry.panels.items() for seat in panel}
            assert set(taken) == ends

    assert wrong == []


def wanted(ours: Roster, found: Roster, taken: list[tuple[str, str]], group: str, name: str) -> str:
    inside = [one for g, one in taken if g == group]
    if name in inside:
        return "seated"
    if name not in found.fit[group]:
        return "unqualified"
    if len(inside) == 3:
        return "full"
    if sum(one == name for _, one in taken) >= found.load[name]:
        return "load"
    if completable(ours, 3, [*taken, (group, name)]):
        return "taken"
    last = len(inside) == 2 and found.leaders.isdisjoint((*inside, name))
    return "for_leader" if last else "reserved"


def vacancies(
    seeds: Iterable[int] = SEEDS,
) -> Iterator[tuple[int, Draw, Entry, Roster, list[tuple[str, str]], Standing]]:
    return (one for one in cases(seeds) if one[2].hall)


@SHARES
def test_the_fewest_seats_are_reopened_and_the_lots_choose_them(seeds: range) -> None:
    wrong, count = [], 0
    for seed, made, _, found, stays, now in vacancies(seeds):
        best = reopening(made, found, stays)
        try:
            entry = standing_again(seed).add(news(2, reopen=True))
        except CaseError as refusal:
            assert [problem.code for problem in refusal.problems] == ["entry_reopen_useless"]
            if best is not None:
                wrong.append((seed, best))
            continue
        count += 1
        if {(one.group, one.reviewer) for one in entry.reopened} != best or entry.outcome != "complete":
            wrong.append((seed, best))
        assert now.number == 1

    assert wrong == []
    assert count > 3


def standing_again(seed: int) -> Standing:
    """The standing after the first entry, of its own."""
    made, found = drawn(seed), left(seed)
    assert made and found
    now = standing(made)
    now.add(found[1].later)
    return now


def reopening(made: Draw, found: Roster, stays: list[tuple[str, str]]) -> set[tuple[str, str]] | None:
    """The seats to be reopened, by trying every set of them: the fewest, then the smallest lots."""
    lot = {(g, who): ticket(made.seed, made.frozen.commitment, g, "V", who) for g, who in stays}
    for number in range(1, len(stays) + 1):
        for chosen in combinations(sorted(stays, key=lot.__getitem__), number):
            rest = [one for one in stays if one not in chosen]
            fit = {g: {w for w in may(found, stays).fit[g] if (g, w) not in chosen} for g in found.fit}
            if completable(roster(fit, found.leaders, found.load), 3, rest):
                return set(chosen)
    return None


@SHARES
def test_those_with_all_their_panels_are_asked_in_the_order_of_their_lots(seeds: range) -> None:
    count = 0
    for seed, _, entry, found, stays, _ in vacancies(seeds):
        if not entry.asking:
            continue
        count += 1
        now = standing_again(seed)
        with pytest.raises(CaseError):
            now.add(news(2, asked=(("nobody", True),)))
        refused = now.add(news(2, asked=tuple((who, False) for who in entry.asking)))
        assert (refused.outcome, refused.asking) == ("vacant", ())
        room = any(load > sum(who == one for _, one in stays) for who, load in found.load.items())
        assert room or {"extra"} not in [{step["step"] for step in one["steps"]} for one in refused.repairs]
        again = standing_again(seed).add(news(2, asked=((entry.asking[0], True),)))
        load = {**found.load, entry.asking[0]: found.load[entry.asking[0]] + 1}
        ours = roster(may(found, stays).fit, found.leaders, load)
        assert (again.outcome == "complete") == completable(ours, 3, stays)

    assert count > 3


@SHARES
def test_each_repair_after_the_draw_is_priced(seeds: range) -> None:
    """Panels more and seats reopened alone: nothing cheaper than what is printed."""
    wrong = []
    for seed, _, entry, found, stays, _ in vacancies(seeds):
        cost = entry.repairs[0]["cost"]
        ours = may(found, stays)
        for number in range(1, min(cost, 3)):
            for more in combinations(sorted(found.load), number):
                load = {who: many + (who in more) for who, many in found.load.items()}
                if completable(roster(ours.fit, found.leaders, load), 3, stays):
                    wrong.append((seed, cost, more))

    assert wrong == []


def test_a_seat_fewer_is_one_that_the_text_allows() -> None:
    """Three is the fewest that Jiyuan's measure allows."""
    seed = next(one[0] for one in vacancies())
    now = standing_again(seed)
    group = next(iter(now.panels))
    with pytest.raises(CaseError) as refusal:
        now.add(news(2, fewer=((group, 2),)))

    assert [problem.code for problem in refusal.value.problems] == ["entry_fewer"]


def test_newcomers_need_a_freeze_of_their_own() -> None:
    made = next(one for one in map(drawn, SEEDS) if one)
    now = standing(made)
    head, day = now.head, now.day
    with pytest.raises(CaseError) as refusal:
        now.add(news(1, facts=(Fact("reviewer", ("N1",)), Fact("panel_load", ("R0", 9)))))

    assert [problem.code for problem in refusal.value.problems] == ["entry_fact", "entry_fact"]
    assert (now.head, now.day) == (head, day)


def test_one_entry_a_day() -> None:
    made = next(one for one in map(drawn, SEEDS) if one)
    now = standing(made)
    group, panel = next(iter(made.panels.items()))
    now.add(news(1, unavailable=((panel[0].id, group),)))
    with pytest.raises(CaseError) as refusal:
        now.add(news(1, unavailable=((panel[1].id, group),)))

    assert [problem.code for problem in refusal.value.problems] == ["entry_day"]


@SHARES
def test_the_rules_find_no_fault_in_any_entry(seeds: range) -> None:
    """The draw and what follows it, walks and vacancies, panels agreed to and seats given up among them."""
    wrong = [
        (seed, fault)
        for seed, _, entry, _, _, now in cases(seeds[:24])
        for claim in (*now.claims, *(more.claims[-1] for more in [decided(seed, entry)] if more))
        for fault in faults(claim)
    ]

    assert wrong == []


def decided(seed: int, entry: Entry) -> Standing | None:
    """The standing after what can be decided where nobody was found; None where somebody was, or nothing can be."""
    if not entry.hall:
        return None
    now = standing_again(seed)
    for more in ({"asked": tuple((who, True) for who in entry.asking[:1])}, {"reopen": True}):
        try:
            now.add(news(2, **more))
        except CaseError:
            continue
        return now
    return None


def test_an_entry_that_is_not_so_is_caught() -> None:
    """Somebody seated who left; a leader who no longer leads; a set of places that can be filled; a tight set cut."""
    caught = set()
    for seed, _, entry, _, _, now in cases():
        claim = now.claims[-1]
        if seed >= 24:
            break
        if entry.hall:
            caught |= kinds(replace(claim, load=dict.fromkeys(claim.load, 9)))
            caught |= kinds(replace(claim, hall=replace(entry.hall, places=entry.hall.places[:-1])))
            continue
        for who, group in ((who, group) for who, group, _ in entry.leaves if group in claim.panels):
            members = [seat for seat in claim.panels[group] if not seat.leader]
            panel = (*claim.panels[group][:-1], replace(members[-1], id=who))
            caught |= kinds(replace(claim, panels={**claim.panels, group: panel}))
        for group in claim.leads_on:
            panel = tuple(replace(seat, leader=at == 1) for at, seat in enumerate(claim.panels[group]))
            caught |= kinds(replace(claim, panels={**claim.panels, group: panel}))

    assert {"seat", "leads_on", "hall"} <= caught


def kinds(claim: Claim) -> set[str]:
    return {fault.removeprefix("breach(").partition(",")[0] for fault in faults(claim)}
