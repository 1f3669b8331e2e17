"""The valid sets of panels, counted by the rules and by trying everything; draws that the rules must catch."""

import subprocess
import sys
from dataclasses import replace
from itertools import combinations, product

import pytest

from engine.answers.participants import Reviewed
from engine.answers.ties import Ties
from engine.case.case import Case
from engine.draw.check import Claim, faults
from engine.draw.frozen import Frozen, freeze
from engine.draw.lots import Draw, Walk, draw
from engine.draw.plan import Open
from engine.draw.sets import against, panels, wishes
from engine.errors import UsageError
from engine.facts.vocabulary import Fact
from engine.law.rulebook import rule_files
from engine.panels.rosters import compose
from tests.test_repair import frozen, random_case

SMALL = 300
"""Sets of panels of a case whose sets are all looked at."""


def counted(found: Frozen) -> int:
    """Every way to choose a leader and two members a group, within the loads."""
    ways = [
        [
            (leader, *pair)
            for leader in found.roster.may_fill(group, "leader")
            for pair in combinations(sorted(found.roster.fit[group] - {leader}), 2)
        ]
        for group in found.roster.groups
    ]
    return sum(
        all(sum(name in panel for panel in chosen) <= load for name, load in found.roster.load.items())
        for chosen in product(*ways)
    )


FEASIBLE = [seed for seed in range(60) if 0 < counted(frozen(random_case(seed))) <= SMALL][:8]


@pytest.mark.parametrize("seed", FEASIBLE)
def test_the_count_is_exact(seed: int) -> None:
    found = frozen(random_case(seed))
    listed = panels(found)

    assert listed.count == len(set(listed.sets)) == counted(found)
    assert list(panels(found, limit=2).sets) == sorted(listed.sets)[:2]


@pytest.mark.parametrize("seed", FEASIBLE)
def test_every_draw_is_one_of_them(seed: int) -> None:
    found = frozen(random_case(seed))
    drawn = draw(found, "s")
    assert isinstance(drawn, Draw)
    sitting = [(group, int(not seat.leader), seat.id) for group, panel in drawn.panels.items() for seat in panel]

    assert tuple(sorted(sitting)) in panels(found).sets
    assert faults(Claim.of(drawn)) == []


def test_a_choice_by_hand_is_completed() -> None:
    found = frozen(random_case(FEASIBLE[0]))
    every = panels(found)
    group = found.roster.groups[0]
    for name in found.roster.reviewers:
        (wish,) = wishes(found.roster, [f"{name}@{group}"])
        sitting = sum(any((one[0], one[2]) == (group, name) for one in sets) for sets in every.sets)

        assert panels(found, [wish], limit=1).count == sitting
        assert panels(found, [], [wish], limit=1).count == every.count - sitting
        assert bool(against(found.roster, [wish])) is (name not in found.roster.fit[group])


@pytest.mark.parametrize("word", ["R1", "R1@", "@G0", "R99@G0", "R1@G99"])
def test_a_choice_names_a_reviewer_and_a_group(word: str) -> None:
    with pytest.raises(UsageError):
        wishes(frozen(random_case(FEASIBLE[0])).roster, [word])


# What the rules catch


def tampered(drawn: Draw, old: str, new: str) -> Draw:
    """The draw with another name in the place of a member."""

    def changed(walk: Walk) -> Walk:
        names = tuple(new if name == old else old if name == new else name for name in walk.names)
        return replace(walk, names=names)

    return replace(drawn, walks=tuple(changed(walk) for walk in drawn.walks))


def test_a_name_put_in_by_hand_is_caught() -> None:
    caught = 0
    for seed in FEASIBLE:
        found = frozen(random_case(seed))
        drawn = draw(found, "s")
        assert isinstance(drawn, Draw)
        group = found.roster.groups[0]
        for stranger in sorted(set(found.roster.reviewers) - found.roster.fit[group]):
            member = drawn.panels[group][-1].id
            caught += 1
            assert any("breach(seat" in fault for fault in faults(Claim.of(tampered(drawn, member, stranger))))
    assert caught


def test_a_reason_left_out_or_made_up_is_caught() -> None:
    found = frozen(random_case(FEASIBLE[0]))
    drawn = draw(found, "s")
    assert isinstance(drawn, Draw)
    roster = found.roster
    without = replace(roster, ties=Ties(()))
    more = replace(roster, unqualified={roster.reviewers[0]: ("unavailable",)})

    assert any("unsaid" in fault for fault in faults(Claim.of(replace(drawn, frozen=replace(found, roster=without)))))
    assert any(
        "breach(reason" in fault for fault in faults(Claim.of(replace(drawn, frozen=replace(found, roster=more))))
    )


def tight_draw() -> Draw:
    """Two groups, six reviewers, of whom three know only the first: some seed reserves one of the others."""
    facts = [Fact("round", ("jiyuan", 6, 20250930))]
    for number, code in enumerate(("C38", "M74")):
        facts += [Fact("group", (f"G{number}", code)), Fact("applicant", (f"J{number}", "organization"))]
        facts.append(Fact("in_group", (f"J{number}", f"G{number}")))
    for number in range(6):
        name = f"R{number}"
        facts += [Fact("reviewer", (name,)), Fact("can_lead", (name,)), Fact("expertise", (name, "C38"))]
        facts += [Fact("expertise", (name, "M74"))] if number > 2 else []
    found = freeze(compose(Case.of(facts), Reviewed(("J0", "J1"), (), (), True)), 3)
    for seed in map(str, range(50)):
        drawn = draw(found, seed)
        assert isinstance(drawn, Draw)
        if any(walk.tight for walk in drawn.walks):
            return drawn
    raise AssertionError("no seed reserves anybody")


def test_a_tight_set_is_counted_again() -> None:
    drawn = tight_draw()
    walk = next(walk for walk in drawn.walks if walk.tight)
    place, tight = next(iter(walk.tight.items()))
    fewer = replace(tight, places=(replace(tight.places[0], only="leader"),))
    wrong = replace(walk, tight={**walk.tight, place: fewer})

    assert faults(Claim.of(drawn)) == []
    assert tight.places == (Open("G1", 3, "whole"),) and tight.reviewers == ("R3", "R4", "R5")
    assert any(
        "tight" in fault
        for fault in faults(Claim.of(replace(drawn, walks=tuple(wrong if w == walk else w for w in drawn.walks))))
    )


# Properties of the draw


@pytest.mark.parametrize("seed", FEASIBLE)
def test_a_conflict_more_never_adds_its_reviewer(seed: int) -> None:
    """The tickets being the same, whoever gets a conflict does not come into a panel that he was not in."""
    facts = random_case(seed)
    before = frozen(facts)
    drawn = draw(before, "s")
    assert isinstance(drawn, Draw)
    for applicant, group in before.roster.case.rows("in_group"):
        for name in before.roster.reviewers:
            after = frozen([*facts, Fact("declared_interest", (name, str(applicant), "more"))])
            again = draw(replace(after, commitment=before.commitment), "s")
            if isinstance(again, Draw):
                assert name not in {seat.id for seat in again.panels[str(group)]}


@pytest.mark.parametrize("seed", FEASIBLE)
def test_striking_somebody_who_may_never_sit_changes_nothing(seed: int) -> None:
    facts = [*random_case(seed), Fact("reviewer", ("Z",)), Fact("can_lead", ("Z",))]
    found = frozen(facts)
    struck = replace(frozen(random_case(seed)), commitment=found.commitment)
    one, other = draw(found, "s"), draw(struck, "s")
    assert isinstance(one, Draw) and isinstance(other, Draw)

    assert {g: [seat.id for seat in p] for g, p in one.panels.items()} == {
        g: [seat.id for seat in p] for g, p in other.panels.items()
    }


@pytest.mark.parametrize("city", ["jiyuan", "sanmenxia"])
@pytest.mark.parametrize("more", [(), ("panel_choice",)])
def test_clingo_has_nothing_to_warn_about(city: str, more: tuple[str, ...]) -> None:
    files = rule_files(city, "interest", "roster", "panel", *more)
    command = [sys.executable, "-m", "clingo", "--warn=all", "--outf=3", *map(str, files), "-"]
    facts = f"round({city},6,20250930)."
    run = subprocess.run(command, input=facts, capture_output=True, text=True, check=False)

    assert run.stderr == ""
