"""The record of a draw: drawn again to the byte, every change named, a name replaced."""

import json
from functools import cache
from pathlib import Path

import pytest

from engine.case.case import Case, load
from engine.draw.check import faults
from engine.draw.frozen import Frozen, freeze
from engine.draw.lots import Draw, draw
from engine.draw.protocol import text
from engine.draw.replacement import replace
from engine.draw.verification import verify
from engine.errors import CaseError, UsageError
from engine.facts.vocabulary import Fact
from engine.panels.rosters import roster

HOUSE = Path(__file__).resolve().parents[1]
SAMPLES = {"jiyuan": "jiyuan-6", "sanmenxia": "sanmenxia-3"}
SEED = ("双色球第2026135期 03 07 12 18 22 31 + 09", "大乐透第26131期 04 11 19 27 33 + 02 10")


@cache
def sample(city: str) -> Case:
    return load(sorted(map(str, (HOUSE / "facts" / SAMPLES[city]).glob("*.lp"))))


@cache
def frozen(city: str) -> Frozen:
    return freeze(roster(sample(city)))


def drawn(city: str, *seed: str) -> Draw:
    made = draw(frozen(city), seed or SEED)
    assert isinstance(made, Draw)
    return made


@pytest.mark.parametrize("city", SAMPLES)
def test_the_same_seed_gives_the_same_bytes(city: str) -> None:
    assert text(drawn(city)) == text(drawn(city))
    assert text(drawn(city)) != text(drawn(city, "another"))


@pytest.mark.parametrize("city", SAMPLES)
@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_the_rules_find_no_fault(city: str, seed: str) -> None:
    assert faults(drawn(city, seed)) == []


@pytest.mark.parametrize("city", SAMPLES)
def test_the_record_verifies(city: str) -> None:
    made = drawn(city)

    assert verify("r.json", text(made).encode(), sample(city))["record"]["commitment"] == frozen(city).commitment


def test_the_json_is_as_agreed() -> None:
    found = json.loads(text(drawn("jiyuan")))

    assert list(found) == ["panels", "walk", "record"]
    assert list(found["panels"][0]) == ["group", "size", "members"]
    assert list(found["panels"][0]["members"][0]) == ["id", "place", "leader"]
    keys = ["group", "role", "place", "reviewer", "verdict", "reasons", "tight"]
    assert [list(row) for row in found["walk"]] == [keys] * len(found["walk"])
    reasons = [reason for row in found["walk"] for reason in row["reasons"]]
    assert [list(one) for one in reasons] == [["reason", "provision", "citation", "chain"]] * len(reasons)
    assert {row["verdict"] for row in found["walk"]} >= {"taken", "recused", "unqualified", "full", "seated"}


def test_each_changed_byte_fails_and_is_named() -> None:
    """Every 97th byte of the record, changed to another."""
    record = text(drawn("jiyuan")).encode()
    missed = []
    for at in range(0, len(record), 97):
        changed = record[:at] + (b"7" if record[at : at + 1] != b"7" else b"8") + record[at + 1 :]
        try:
            verify("r.json", changed, sample("jiyuan"))
        except CaseError as error:
            (problem, *_) = error.problems
            line = 1 + record[:at].count(b"\n")
            if problem.code.startswith("record_differs") and line not in {one.place.line for one in error.problems}:
                settings = (
                    b'"seed',
                    b'"demo',
                    b'"size',
                    b'"pending',
                    *SEED[0].encode().split(),
                    *SEED[1].encode().split(),
                )
                if not any(one in record.splitlines()[line - 1] for one in settings):
                    missed.append((at, line, problem))
        else:
            missed.append((at, None, None))

    assert missed == []


@pytest.mark.parametrize("change", ["", " ", "x", "{}", "[]", '{"record": {"seed": ["a"]}}', "\N{BOM}"])
def test_what_is_no_record_says_so(change: str) -> None:
    with pytest.raises(CaseError) as refusal:
        verify("r.json", change.encode(), sample("jiyuan"))

    assert {problem.code for problem in refusal.value.problems} == {"record_unreadable"}


def test_what_changed_in_the_case_is_named() -> None:
    made = text(drawn("jiyuan")).encode()
    kept = [fact for fact in sample("jiyuan").facts if fact != ("unavailable", ("R03",))]
    with pytest.raises(CaseError) as refusal:
        verify("r.json", made, Case.of([*kept, Fact("unavailable", ("R04",))]))

    assert [(problem.code, problem.parameters["fact"]) for problem in refusal.value.problems] == [
        ("frozen_gone", 'unavailable("R03").'),
        ("frozen_added", 'unavailable("R04").'),
    ]


@pytest.mark.parametrize("seed", [str(n) for n in range(20)])
def test_a_replacement_is_the_next_acceptable_name(seed: str) -> None:
    made = drawn("sanmenxia", seed)
    panels = made.panels
    gone = panels["G1"][0].id
    for one in replace(made, [f"{gone}@G1"]):
        inside = {seat.id for seat in panels["G1"]}
        busy = [seat.id for panel in panels.values() for seat in panel]
        order = next(walk.names for walk in made.walks if (walk.group, walk.role) == ("G1", one.role))
        may = [
            name
            for name in order
            if name in frozen("sanmenxia").roster.may_fill("G1", one.role)
            and name not in inside
            and busy.count(name) < frozen("sanmenxia").roster.load[name]
        ]

        assert one.by == (may[0] if may else None)
        assert [seat for seat in one.panel if seat.id != one.by] == [seat for seat in panels["G1"] if seat.id != gone]


def test_a_replacement_is_part_of_the_record() -> None:
    made = drawn("sanmenxia")
    done = replace(made, [made.panels["G3"][1].id])
    record = text(made, done)

    assert json.loads(record)["replacements"][0]["by"] == done[0].by
    assert verify("r.json", record.encode(), sample("sanmenxia"))


def test_nobody_else_can_be_replaced() -> None:
    with pytest.raises(UsageError):
        replace(drawn("jiyuan"), ["R99"])


@pytest.mark.parametrize(("size", "code"), [(2, "size_unlawful"), (6, "size_unlawful")])
def test_a_size_outside_the_text_is_refused_with_its_article(size: int, code: str) -> None:
    with pytest.raises(CaseError) as refusal:
        freeze(roster(sample("jiyuan")), size)

    (problem,) = refusal.value.problems
    assert (problem.code, problem.parameters["citation"]) == (code, "第七条")


def test_a_size_that_no_text_gives_comes_from_the_case() -> None:
    """The refusal cites no article: there is none."""
    with pytest.raises(UsageError) as refusal:
        freeze(roster(sample("sanmenxia")), 6)
    bare = Case.of(fact for fact in sample("sanmenxia").facts if fact.predicate != "panel_size")
    with pytest.raises(UsageError) as unknown:
        freeze(roster(bare), 3)

    assert [problem.code for problem in refusal.value.problems] == ["size_not_of_case"]
    assert [problem.code for problem in unknown.value.problems] == ["size_unknown"]
    assert "第" not in refusal.value.problems[0].sentence("zh")
