"""Award sets: the case tables, properties, and the comparison with a plain Python reading of the law."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.tables.rounds import Row, case_of, round_text, rows
from engine.award.answer import Award, award, each_set
from engine.award.choices import check
from engine.award.contrast import need, standing
from engine.errors import UsageError
from engine.law.rulebook import rule_files
from engine.law.statutes import cities
from tests.lawful_sets import Round
from tests.transcript import printed, renewed

CITIES = cities()
ALL = [row for city in CITIES for row in rows("award", city)]
PRIZES = ("main", "nomination")


@pytest.mark.parametrize("row", ALL[::8], ids=lambda row: f"{row.city}-{row.id}")
def test_row(row: Row) -> None:
    """Sets, ties, places, reasons, consequences and notes are those that the table gives: through the public API.

    Every row is tried in `test_verdicts.py`, all in one grounding.
    """
    want = dict(row.expect)
    if judged := want.pop("check", None):
        _check(row, judged)
        return

    found = json.loads(award(row.case).json())
    got = {name: _told(found, name) for name in want}
    if "gets" in want:
        got["gets"] = [line for line in got["gets"] if line in want["gets"]]

    assert want == got, row.says


def _check(row: Row, judged: Mapping[str, Any]) -> None:
    winners = {prize: judged[prize].split() for prize in PRIZES if prize in judged}

    found = json.loads(check(row.case, winners).json())
    got = [" ".join([entry["provision"] or "-", entry["breach"], *entry["ids"]]) for entry in found["breaches"]]

    assert (found["lawful"], got) == (not judged["breaches"], judged["breaches"]), row.says


def _told(found: Mapping[str, Any], name: str) -> Any:
    """What the JSON says, in the columns of the tables."""
    match name:
        case "sets":
            return [" | ".join(" ".join(one[prize]) for prize in PRIZES) for one in found["sets"]]
        case "tie":
            return found["tie"]
        case "vacant":
            return found["sets"][0]["vacant"]
        case "rewin":
            return {row["id"]: row["rewin"] for row in found["candidates"] if row["rewin"]}
        case "reasons":
            rows = [row for row in found["not_awarded"] if row["set"] == 0]
            return [
                " ".join([row["id"], row["prize"], row["reason"], row["provision"] or "-", *row["ahead"]])
                for row in rows
            ]
        case "gets":
            return [_gets(row) for row in found["consequences"] if row["set"] == 0]
        case "others":
            return [f"{row['id']} {row['why']}" for row in found["not_awarded"] if row["set"] is None]
        case "notes":
            return [" ".join(row.values()) for row in found["notes"]]
    raise KeyError(name)


def _gets(row: Mapping[str, Any]) -> str:
    things = [thing if row[thing] else f"no_{thing}" for thing in ("certificate", "trophy", "bonus")]
    return " ".join([row["id"], row["prize"], *things, "counts" if row["counts"] else "outside", *row["citations"]])


@st.composite
def rounds(draw: st.DrawFn) -> tuple[str, Round]:
    """A small round as facts, and the same for the plain reading."""
    city = draw(st.sampled_from(CITIES))
    jiyuan = city == "jiyuan"
    number = draw(st.integers(0, 6 if jiyuan else 5))
    ids = [f"{'A' if jiyuan else draw(st.sampled_from('AI'))}{n}" for n in range(number)]
    scores = {id: draw(st.sampled_from([70000, 70001, 70050, 70100, 71000])) for id in ids}
    marks = {prize: mark for prize in PRIZES if (mark := draw(st.sampled_from([0, 70001, 70100, 90000])))}
    separate = not jiyuan and draw(st.booleans())
    readings = {"quota_scope": "separate"} if separate else {"art24_prize": "same_prize"} if jiyuan else {}
    facts = [f'pass_mark({prize},"{mark / 100:.2f}")' for prize, mark in marks.items()]
    closed, exempt = set(), set()
    if jiyuan:
        for id in ids:
            for prize in PRIZES:
                # Round 2 is long past, so winning again is outside the quota; round 5 closes its own prize.
                match draw(st.sampled_from(["", "", "", "again", "closed"])):
                    case "again":
                        facts.append(f'awarded("{id}",{prize},2,20171120)')
                        exempt.add((id, prize))
                    case "closed" if not any((id, other) in closed for other in PRIZES):
                        facts.append(f'awarded("{id}",{prize},5,20231118)')
                        closed.add((id, prize))
                        exempt.add((id, prize))
    kinds = {id: "individual" if id.startswith("I") else "organization" for id in ids}
    plain = Round(scores, kinds, marks, frozenset(closed), frozenset(exempt), 2 if jiyuan else 4, separate)
    written = {id: score / 100 for id, score in scores.items()}
    return round_text(city, written, facts, readings), plain


@settings(max_examples=examples(60), deadline=None)
@given(rounds())
def test_the_sets_are_those_of_the_plain_reading(pair: tuple[str, Round]) -> None:
    """Fullest and all, in order, counted; ties are where the fullest sets differ."""
    text, plain = pair
    case = case_of(text)
    fullest, every = award(case, limit=100_000), award(case, fullest=False, limit=100_000)

    assert _lists(fullest) == plain.fullest()
    assert _lists(every) == plain.sets()
    assert (fullest.count, every.count) == (len(fullest.sets), len(every.sets))
    ends = {id: {(id in main, id in nomination) for main, nomination in plain.fullest()} for id in plain.scores}
    assert list(fullest.tie) == sorted(id for id, found in ends.items() if len(found) > 1)


@settings(max_examples=examples(30), deadline=None)
@given(rounds())
def test_a_rank_counts_one_by_one_who_scores_higher(pair: tuple[str, Round]) -> None:
    """Of its own division, or compared with it for a prize it may receive."""
    who = award(case_of(pair[0])).who

    for one in who.candidates.values():
        higher = [c for c in who.candidates.values() if c.score > one.score]
        compared = [
            c
            for c in higher
            if c.division == one.division or any((p, c.division, one.division) in who.compared for p in one.prizes)
        ]
        assert who.rank(one.id) == 1 + len(compared)


@settings(max_examples=examples(30), deadline=None)
@given(rounds(), st.booleans())
def test_every_reason_is_that_of_the_plain_reading(pair: tuple[str, Round], fullest: bool) -> None:
    """Each candidate without a prize, each prize, each set: the first reason that holds, and who stands ahead."""
    text, plain = pair
    found = award(case_of(text), fullest=fullest, limit=100_000).as_dict()
    sets = [(tuple(one["main"]), tuple(one["nomination"])) for one in found["sets"]]
    got = [
        (row["set"], row["id"], row["prize"], row["reason"], row["ahead"])
        for row in found["not_awarded"]
        if row["reason"] != "not_candidate"
    ]

    wanted = [
        (i, id, prize, *plain.reason(one, id, prize))
        for i, one in enumerate(sets)
        for id in sorted(plain.scores)
        if id not in (*one[0], *one[1])
        for prize in PRIZES
    ]
    assert wanted == got


@settings(max_examples=examples(25), deadline=None)
@given(rounds(), st.data())
def test_a_choice_is_judged_as_by_the_plain_reading(pair: tuple[str, Round], data: st.DataObject) -> None:
    """`check` and the plain reading agree on every choice."""
    text, plain = pair
    prize_of = {id: data.draw(st.sampled_from([*PRIZES, ""])) for id in plain.scores}
    winners = {prize: [id for id, given in prize_of.items() if given == prize] for prize in PRIZES}

    assert check(case_of(text), winners).lawful == (not any(plain.breaches(prize_of)))


@settings(max_examples=examples(25), deadline=None)
@given(rounds())
def test_removing_a_loser_changes_no_fullest_set(pair: tuple[str, Round]) -> None:
    """Whoever has no prize in any fullest set may as well not have applied.

    Not so above somebody outside the quota: the exemption lifts the quota and not the merit, so one who found no place
    keeps from a prize whoever scored less, and whoever takes no place may then have it.
    """
    text, plain = pair
    before = award(case_of(text), limit=10_000)
    winners = {id for one in before.sets for prize in PRIZES for id in one.winners[prize]}
    least = min((plain.scores[id] for id, _ in plain.exempt), default=1_000_00)
    losers = sorted(id for id in set(before.who.candidates) - winners if plain.scores[id] <= least)
    kept = [line for line in text.splitlines() if not any(f'"{id}"' in line for id in losers[:1])]

    assert _lists(award(case_of("\n".join(kept)), limit=10_000)) == _lists(before)


def test_the_exemption_lifts_the_quota_and_not_the_merit() -> None:
    """A third in line keeps the prize from one outside the quota who scored less; without him that one has it too."""
    scores = {"A0": 700.01, "A1": 700.5, "A2": 700.5, "A3": 700, "A5": 700}
    facts = ['pass_mark(main,"701.00")', 'awarded("A5",nomination,2,20171120)']
    readings = {"art24_prize": "same_prize"}
    alone = {id: score for id, score in scores.items() if id != "A0"}

    assert _lists(award(case_of(round_text("jiyuan", scores, facts, readings)))) == [((), ("A1", "A2"))]
    assert _lists(award(case_of(round_text("jiyuan", alone, facts, readings)))) == [((), ("A1", "A2", "A5"))]


@settings(max_examples=examples(25), deadline=None)
@given(rounds(), st.data())
def test_raising_a_winner_s_score_keeps_it_a_winner(pair: tuple[str, Round], data: st.DataObject) -> None:
    """Who has a prize in every fullest set has one with a higher score too."""
    text, plain = pair
    before = award(case_of(text), limit=10_000)
    sure = [id for id in plain.scores if all(_prize(one.winners, id) for one in before.sets)]
    if not sure:
        return
    id = data.draw(st.sampled_from(sure))
    raised = text.replace(f'score("{id}","{plain.scores[id] / 100:.2f}").', f'score("{id}","720.00").')

    assert all(_prize(one.winners, id) for one in award(case_of(raised), limit=10_000).sets)


@settings(max_examples=examples(15), deadline=None)
@given(rounds(), st.data())
def test_the_score_that_would_have_won(pair: tuple[str, Round], data: st.DataObject) -> None:
    """With the score that `need` names the candidate wins in every fullest set, with a hundredth less it does not."""
    text, plain = pair
    result = award(case_of(text), limit=10_000)
    if not result.who.candidates:
        return
    id = data.draw(st.sampled_from(sorted(result.who.candidates)))
    wanted = need(result, id)
    if wanted is None:
        return

    def sure(score: int) -> bool:
        changed = text.replace(f'score("{id}","{plain.scores[id] / 100:.2f}").', f'score("{id}","{score / 100:.2f}").')
        return all(_prize(one.winners, id) for one in award(case_of(changed), limit=10_000).sets)

    assert (sure(wanted.least), sure(wanted.least - 1)) == (True, False)


def test_a_place_left_vacant_needs_a_reason() -> None:
    """Lawful, and said: the place, and who is next in line for it."""
    case = case_of(round_text("jiyuan", {"J01": 900, "J02": 880, "J03": 860}, ["pass_mark(main,870)"]))

    found = check(case, {"main": ["J01"]})

    assert (found.lawful, found.left_vacant) == (True, {"main": ("J02",), "nomination": ("J02",)})
    assert str(found.vacancy) == "art(19,0,0)"


def test_an_applicant_is_told_of_itself_alone() -> None:
    """Own score, rank and the cut-offs; no identifier of anybody else."""
    result = award(case_of(round_text("jiyuan", {"J01": 900, "J02": 880, "J03": 860, "J04": 840, "J05": 820.5})))

    told = standing(result, "J05")

    assert (told.score, told.rank, told.candidates, told.cut_off) == (82050, 5, 5, {"main": 88000, "nomination": 84000})
    assert not any(id in repr(told) for id in result.who.candidates)


@pytest.mark.parametrize(
    "questions", [("award", "award_set", "award_choice", "award_count"), ("review",), ("interest", "procedure")]
)
@pytest.mark.parametrize("city", CITIES)
def test_clingo_has_nothing_to_warn_about(city: str, questions: tuple[str, ...], tmp_path: Path) -> None:
    """The rules run as plain ASP, without a line of Python."""
    facts = tmp_path / "facts.lp"
    facts.write_text(round_text(city, {"A1": 900, "A2": 842.5}, ["notice(acceptance,20251013,20251020)"]), "utf-8")
    command = [sys.executable, "-m", "clingo", "--warn=all", *map(str, rule_files(city, *questions)), str(facts)]

    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert run.stderr == ""
    assert "FOUND" in run.stdout or "SATISFIABLE" in run.stdout


def test_scores_are_numbers() -> None:
    """842.50 comes out as 842.5, whole points as whole numbers."""
    text = award(case_of(round_text("jiyuan", {"J01": 900.0, "J02": 842.5, "J03": 842.25}))).json()

    assert [json.dumps(row["score"]) for row in json.loads(text)["candidates"]] == ["900", "842.5", "842.25"]


def test_many_equals_are_counted_not_listed() -> None:
    """40 equals for two places in each prize: C(40,2)·C(38,2) sets, the first of them in order."""
    case = case_of(round_text("jiyuan", {f"J{n:02d}": 800 for n in range(40)}))

    found = award(case, limit=2)

    assert (found.count, len(found.tie)) == (548_340, 40)
    assert _lists(found) == [(("J00", "J01"), ("J02", "J03")), (("J00", "J01"), ("J02", "J04"))]
    assert json.loads(found.json())["count"] == 548_340


@pytest.mark.parametrize(("candidates", "listed"), [(40, 1250), (250, 200), (3000, 20)])
def test_the_more_candidates_a_set_has_the_fewer_sets_are_listed(candidates: int, listed: int) -> None:
    """Each set says of every candidate why it has no prize."""
    case = case_of(round_text("jiyuan", {f"J{n:04d}": 800 for n in range(candidates)}))

    assert len(award(case).sets) == listed


def test_every_set_is_streamed_in_order() -> None:
    """The stream is what `award` lists."""
    case = case_of(round_text("jiyuan", {"J01": 900, "J02": 880, "J03": 880}))

    assert tuple(each_set(case)) == award(case, fullest=False).sets


def test_the_same_case_gives_the_same_bytes() -> None:
    """Whatever the order of its facts."""
    text = round_text("jiyuan", {"J01": 900, "J02": 880, "J03": 880, "J04": 880})
    turned = "\n".join(reversed(text.splitlines()))

    assert award(case_of(text)).json() == award(case_of(turned)).json()


@pytest.mark.parametrize("winners", [{"main": ["J99"]}, {"second": ["J01"]}])
def test_a_choice_of_nobody_known_is_bad_usage(winners: dict[str, list[str]]) -> None:
    """An unknown identifier or prize is bad input, never a breach."""
    with pytest.raises(UsageError):
        check(case_of(round_text("jiyuan", {"J01": 900})), winners)


@pytest.mark.parametrize("name", ["awards.md", "procedure.md"])
def test_the_page_shows_what_the_commands_print(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python tests/transcript.py docs/<name>` writes it; this is what it would write now."""
    house = Path(__file__).resolve().parents[1]
    monkeypatch.chdir(house)
    document = (house / "docs" / name).read_text("utf-8")

    assert document == renewed(document, lambda arguments: printed(arguments, "en"))


def _lists(found: Award) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(one.winners["main"], one.winners["nomination"]) for one in found.sets]


def _prize(winners: Mapping[str, tuple[str, ...]], id: str) -> bool:
    return any(id in winners[prize] for prize in PRIZES)
