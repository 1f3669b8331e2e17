"""What would change an outcome, from when it would be another, and which readings matter."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from legal_cases import CITIES, LegalCase, flawless, legal_cases

from engine import Case, decide, load
from engine.facts.vocabulary import Fact, text
from explain.change.corrections import File, apply, changes, next_day, years_after
from explain.change.firstday import earliest, figures_to_come
from explain.change.readings import sensitivity
from explain.change.whatif import what_if

IMMUTABLE = {
    "accident", "complaint", "spot_check", "export_incident", "service_failure", "award_misconduct", "offence",
    "awarded", "revoked", "fraud_found", "submitted", "operating_since", "excellence_model_since", "applicant",
}  # fmt: skip


def opened(tmp_path: Path, text: str) -> Case:
    path = tmp_path / "case.lp"
    path.write_text(text, "utf-8")
    return load(path)


def case_of(tmp_path: Path, case: LegalCase) -> Case:
    return opened(tmp_path, case.text)


def refused(city: str) -> list[LegalCase]:
    """Every eleventh case of a table that ends without eligibility: a spread over all provisions."""
    return [c for c in legal_cases(city) if c.expect.get("status") in ("rejected", "pending")][::11]


SOME = [pytest.param(c, id=f"{city}-{c.id}") for city in CITIES for c in refused(city)]


def jiyuan(tmp_path: Path, *facts: str, without: str = "no fact", deadline: int = 20250930) -> Case:
    base = [fact for fact in flawless("jiyuan", deadline) if not fact.startswith(without)]
    return opened(tmp_path, ".\n".join([f"round(jiyuan,6,{deadline})", *base, *facts]) + ".\n")


@pytest.mark.parametrize("case", SOME[::2])
def test_every_remedy_makes_the_applicant_eligible_and_undoes_no_past(case: LegalCase, tmp_path: Path) -> None:
    loaded = case_of(tmp_path, case)
    answer = what_if(loaded, "A")

    for remedy in answer.remedies:
        changed = Case.of(apply(loaded.facts, remedy.changes))
        left = decide(changed, only=["A"]).outcome("A")
        grounds = {(g.provision, g.key) for g in (*left.failed, *left.barred, *left.open)}
        assert grounds == {(g.provision, g.key) for g in answer.incurable}
        assert [c for c in remedy.changes if c.before and c.before.predicate in IMMUTABLE] == []
        assert [c for c, cures in zip(remedy.changes, remedy.cures, strict=True) if not cures] == []


@pytest.mark.parametrize("case", SOME[::6])
def test_no_smaller_set_of_changes_does_as_well(case: LegalCase, tmp_path: Path) -> None:
    """Brute force over every set with one change fewer, of up to two changes."""
    loaded = case_of(tmp_path, case)
    answer = what_if(loaded, "A")
    size = min((len(r.changes) for r in answer.remedies), default=0)
    if not 1 <= size <= 3 or answer.incurable:
        return

    better = [
        made
        for made in combinations(changes(File.of(loaded, "A")), size - 1)
        if decide(Case.of(apply(loaded.facts, made))).outcome("A").status == "eligible"
    ]

    assert better == []


def test_all_of_the_smallest_are_given(tmp_path: Path) -> None:
    """Four years running: one more year of certificate or nothing; two activities: either will do."""
    answer = what_if(jiyuan(tmp_path, without="self_score"), "A")

    assert [[text(c.after) for c in r.changes if c.after] for r in answer.remedies] == [['self_score("A",500)']]


def test_the_exception_is_found(tmp_path: Path) -> None:
    case = jiyuan(tmp_path, 'operating_since("A",20210301)', without="operating_since")
    (remedy,) = what_if(case, "A").remedies

    assert [text(c.after) for c in remedy.changes if c.after] == ['certificate("A",little_giant,20250930,20250930)']


def test_an_accident_is_never_undone(tmp_path: Path) -> None:
    answer = what_if(jiyuan(tmp_path, 'accident("A",safety,considerable,liable,20240506)'), "A")

    assert (answer.remedies, [g.key for g in answer.incurable]) == ((), ["accident"])


def test_a_finding_of_last_year_s_figures_is_not_made_anew(tmp_path: Path) -> None:
    case = jiyuan(tmp_path, 'finding("A",performance_leading,no)', without='finding("A",performance_leading')

    assert [g.key for g in what_if(case, "A").incurable] == ["performance"]


@pytest.mark.parametrize("case", SOME[::5])
def test_the_earliest_day_qualifies_and_the_day_before_does_not(case: LegalCase, tmp_path: Path) -> None:
    loaded = case_of(tmp_path, case)
    answer = earliest(loaded, "A")
    if answer.day is None or answer.day == loaded.deadline:
        return

    assert status_on(loaded, answer.day) == "eligible"
    assert status_on(loaded, next_day(answer.day, -1)) != "eligible"


def status_on(case: Case, day: int) -> str:
    """The outcome with that deadline, by a plain second decision."""
    file = File.of(case, "A")
    moved = [f for f in case.facts if f.predicate not in ("round", "submitted")]
    late = [f for f in file.some("submitted") if int(f.arguments[1]) > case.deadline]
    submitted = late or [Fact("submitted", ("A", day)) for _ in file.some("submitted")]
    facts = [*moved, *submitted, Fact("round", (case.city, case.round, day)), *figures_to_come(case, file, day)]
    return decide(Case.of(facts)).outcome("A").status


@pytest.mark.parametrize(
    ("fact", "day", "key"),
    [
        ('accident("A",safety,considerable,liable,20240506)', 20270507, "accident"),
        ('accident("A",safety,considerable,liable,20240229)', 20270301, "accident"),
        ('dishonesty_listing("A",20240101,20260331)', 20260401, "dishonesty_listing"),
    ],
)
def test_a_window_ends_with_its_last_day(fact: str, day: int, key: str, tmp_path: Path) -> None:
    """The corresponding day still bars; the day after is the first that does not."""
    base = "certificate"
    kept = (f'certificate("A",{kind},20240101,20301231)' for kind in ("qms", "ems", "ohsms"))
    answer = earliest(jiyuan(tmp_path, fact, *kept, without=base), "A")

    assert (answer.day, [g.key for g in answer.binding]) == (day, [key])


def test_a_bar_that_counts_rounds_ends_with_a_round(tmp_path: Path) -> None:
    answer = earliest(jiyuan(tmp_path, 'awarded("A",main,5,20231118)'), "A")

    assert answer.day is None
    assert [(g.key, number) for g, number in answer.rounds] == [("recent_award", 9)]


def test_an_offence_without_a_window_is_no_matter_of_days(tmp_path: Path) -> None:
    answer = earliest(jiyuan(tmp_path, 'offence("A",law,serious,20200101)'), "A")

    assert (answer.day, [g.key for g in answer.binding]) == (None, ["no_serious_violation", "offence"])


@pytest.mark.parametrize(
    ("day", "years", "end"), [(20240229, 1, 20250228), (20240229, 4, 20280229), (20250301, -1, 20240301)]
)
def test_corresponding_days(day: int, years: int, end: int) -> None:
    assert years_after(day, years) == end


def test_a_turned_reading_names_whom_it_concerns(tmp_path: Path) -> None:
    turns = sensitivity(jiyuan(tmp_path, 'awarded("A",nomination,5,20231118)'))

    changed = {(t.key, t.choice): [o.status for o in t.after] for t in turns if t.after}
    assert changed == {("art24_prize", "same_prize"): ["eligible"], ("earlier_rounds", "from_in_force"): ["eligible"]}


def test_a_reading_under_which_the_text_does_not_govern_says_so(tmp_path: Path) -> None:
    case = jiyuan(tmp_path, "reading(in_force_from,signed)", deadline=20250823)

    assert [(t.key, t.choice) for t in sensitivity(case) if t.refused] == [("in_force_from", "printed")]
