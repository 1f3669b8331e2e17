"""Freezes that replace others, and freezes that follow a record: what is fixed stays fixed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from desk.shell.cli import run
from engine.case.case import Case
from engine.draw.check import Claim, faults
from engine.draw.frozen import DEMO_KEY, Frozen, freeze, frozen_text, thawed
from engine.draw.lots import Draw, draw
from engine.errors import CaseError
from engine.facts.vocabulary import Fact
from engine.facts.vocabulary import text as fact_text
from engine.panels.rosters import roster
from engine.record.protocol import standing, text
from engine.record.publication import public_text
from engine.record.replaced import Old, old_freeze, unreplaced
from engine.record.supplement import supplement
from engine.record.verification import Verified, verify
from tests.test_record import ONE, SOURCES, drawn, frozen, later, sample

Capture = pytest.CaptureFixture[str]

# Replaced freezes


def replacing(*commitments: str, day: int = 20261130) -> Frozen:
    """The second sample frozen anew, naming what it replaces."""
    named = [Fact("replaced_freeze", (one, 20261120, "漏登利害关系", "三市监〔2026〕8号")) for one in commitments]
    days = [Fact("frozen_on", (day,)), Fact("objections_until", (day,))]
    later_sources = [
        one._replace(arguments=(*one.arguments[:2], 20261220)) if one.predicate == "seed_source" else one
        for one in SOURCES
        if one.predicate != "seed_reserve"
    ]
    return freeze(roster(Case.of([*sample("sanmenxia").facts, *later_sources, *named, *days])), key=DEMO_KEY)


def old(record: bool) -> Old:
    kept = frozen("sanmenxia")
    return old_freeze("old.json", (text(drawn("sanmenxia")) if record else frozen_text(kept)).encode())


@pytest.mark.parametrize(
    ("day", "record", "codes"),
    [
        (20261130, False, []),
        (20261201, False, ["replaces_held"]),
        (20261205, False, ["replaces_held", "replaces_held"]),
        (20261205, True, []),
    ],
)
def test_once_an_event_has_been_held_the_old_draw_is_carried_out(day: int, record: bool, codes: list[str]) -> None:
    anew = replacing(frozen("sanmenxia").commitment, day=day)

    assert [one.code for one in unreplaced(anew, {"old.json": old(record)}, 20261130)] == codes


def test_every_replaced_freeze_is_named_and_shown() -> None:
    own, other = frozen("sanmenxia").commitment, "ab" * 32

    assert [one.code for one in unreplaced(replacing(), {"old.json": old(False)}, 20261130)] == ["replaces_unnamed"]
    assert [one.code for one in unreplaced(replacing(own), {}, 20261130)] == ["replaces_missing"]
    assert [one.code for one in unreplaced(replacing(own, other), {"o": old(False)}, 20261130)] == ["replaces_missing"]
    chain = old_freeze("old.json", frozen_text(replacing(other)).encode())
    assert [one.code for one in unreplaced(replacing(chain.frozen.commitment), {"o": chain}, 0)] == [
        "replaces_forgotten"
    ]
    assert unreplaced(replacing(chain.frozen.commitment, other), {"o": chain}, 0) == []


def test_the_announcement_names_what_is_set_aside(tmp_path: Path, capsys: Capture) -> None:
    record, case = tmp_path / "old.json", tmp_path / "case.lp"
    record.write_text(text(drawn("sanmenxia")), "utf-8")
    case.write_text(replacing(frozen("sanmenxia").commitment, day=20261205).roster.case.canonical, "utf-8")
    assert run(["freeze", str(case), "--lang", "zh"]) == 2
    assert "--replaces" in capsys.readouterr().err
    assert run(["freeze", str(case), "--replaces", str(record), "--json", "--lang", "zh"]) == 0

    told = "".join(json.loads(capsys.readouterr().out)["announcement"])
    assert frozen("sanmenxia").commitment in told and "作废" in told and standing(drawn("sanmenxia")).head in told


# Supplementary freezes


SEED = ONE.replace("2.1:4,2,4", "2.1:6,6,1")


@cache
def vacant() -> Verified:
    """The second sample after somebody left a panel that nobody else can join."""
    made = drawn("sanmenxia")
    for group, panel in made.panels.items():
        for seat in panel:
            now = standing(made)
            entry = now.add(later(1, unavailable=((seat.id, group),)))
            if entry.hall:
                return verify("r.json", text(made, (entry,)).encode())
    raise AssertionError("somebody can always follow")


def newcomer(found: Verified) -> list[Fact]:
    """A new reviewer who knows the trade of the group and may lead, with sources of the seed."""
    group = found.entries[-1].vacant[0][0]
    code = next(str(code) for name, code in found.drawn.frozen.roster.case.rows("group") if name == group)
    person = [
        Fact("reviewer", ("N1",)),
        Fact("expertise", ("N1", code)),
        Fact("can_lead", ("N1",)),
        Fact("pool", ("N1", "henan")),
    ]
    return [*person, *SOURCES]


def test_a_newcomer_is_drawn_for_the_vacant_place_and_nobody_moves() -> None:
    found = vacant()
    kept = supplement(found, newcomer(found), key=DEMO_KEY)
    again = thawed("f.json", frozen_text(kept).encode())
    made = draw(again, SEED)
    assert isinstance(made, Draw)
    before = {(seat.id, group) for group, seats in found.standing.panels.items() for seat in seats}
    after = {(seat.id, group) for group, seats in made.panels.items() for seat in seats}
    group = found.entries[-1].vacant[0][0]

    assert (again.file, again.commitment, again.fixed) == (kept.file, kept.commitment, kept.fixed)
    assert after - before == {("N1", group)} and before <= after
    assert [walk.group for walk in made.walks] == [group]
    assert kept.fixed is not None and kept.fixed.head == found.standing.head
    assert faults(Claim.of(made)) == []


def test_its_record_verifies_and_goes_on() -> None:
    """Its record, its public copy and an entry after it; who left does not come back."""
    found = vacant()
    made = draw(supplement(found, newcomer(found), key=DEMO_KEY), SEED)
    assert isinstance(made, Draw)
    right = verify("r.json", text(made).encode(), commitment=made.frozen.commitment, numbers=[SEED])
    assert verify("p.json", public_text(made).encode(), commitment=made.frozen.commitment).drawn.panels == made.panels
    entry = right.standing.add(later(5, unavailable=(("N1", None),)))
    gone = {(who, group) for who, group, _ in found.entries[-1].leaves}

    assert entry.outcome == "vacant"
    assert not gone & {(seat.id, group) for group, seats in entry.panels.items() for seat in seats}
    assert verify("r.json", text(made, (entry,)).encode()).standing.panels == entry.panels


def test_it_has_sources_of_its_own_and_says_nothing_else() -> None:
    found = vacant()
    with pytest.raises(CaseError) as refusal:
        supplement(found, [*newcomer(found)[:4], Fact("score", ("S01", 800))])

    assert [problem.code for problem in refusal.value.problems] == ["entry_fact", "supplement_sources"]


def test_the_command_freezes_and_draws(tmp_path: Path, capsys: Capture) -> None:
    found = vacant()
    record, news, kept = tmp_path / "r.json", tmp_path / "news.lp", tmp_path / "f.json"
    record.write_text(text(found.drawn, found.entries), "utf-8")
    news.write_text("".join(f"{fact_text(one)}.\n" for one in newcomer(found)), "utf-8")
    assert run(["freeze", str(news), "--from", str(record), "--file", str(kept), "--lang", "zh"]) == 0
    assert "补充抽取" in capsys.readouterr().out
    assert run(["draw", str(kept), "--seed", SEED, "--json", "--lang", "zh"]) == 0

    panels = {
        row["group"]: {one["id"] for one in row["members"]} for row in json.loads(capsys.readouterr().out)["panels"]
    }
    assert "N1" in panels[found.entries[-1].vacant[0][0]]
