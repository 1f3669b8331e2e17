"""What would change an outcome, from when it would be another, and which readings matter."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from legal_cases import CITIES, LegalCase, flawless, legal_cases

from desk.shell.cli import run
from engine import Case, decide, load
from engine.answers import procedure
from engine.facts.vocabulary import PREDICATES, Fact, text
from explain.change.corrections import MAKERS, File, apply, changes, next_day, years_after
from explain.change.firstday import earliest, figures_to_come
from explain.change.readings import sensitivity
from explain.change.remedies import named
from explain.change.whatif import what_if

IMMUTABLE = {
    "accident", "complaint", "spot_check", "export_incident", "service_failure", "award_misconduct", "offence",
    "awarded", "revoked", "fraud_found", "submitted", "operating_since", "excellence_model_since", "applicant",
}  # fmt: skip


def test_each_kind_of_fact_says_how_an_applicant_may_change_it() -> None:
    """A new predicate about an applicant that says nothing would be forgotten by what-if and earliest in silence."""
    about = {
        name: each.model.change
        for name, each in PREDICATES.items()
        if each.fields and "applicant" in each.fields[0].declared_by
    }

    assert [name for name, change in about.items() if change not in (*MAKERS, "nothing")] == []
    assert set(MAKERS) == {change for change in about.values() if change != "nothing"}
    assert {name for name in IMMUTABLE & set(about) if about[name] not in ("nothing", "start")} == set()


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


def jiyuan(tmp_path: Path, *facts: str, without: str | tuple[str, ...] = "no fact", deadline: int = 20250930) -> Case:
    base = [fact for fact in flawless("jiyuan", deadline) if not fact.startswith(without)]
    return opened(tmp_path, ".\n".join([f"round(jiyuan,6,{deadline})", *base, *facts]) + ".\n")


def without_supplement(case: Case, *facts: str) -> Case:
    """The case with the time for supplements still running."""
    kept = [fact for fact in case.facts if fact.predicate not in ("evidence_closed", "supplement_by")]
    return Case.checked([*kept, *(Fact(*one) for one in facts)])  # type: ignore[arg-type]


WHEN = (20240101, 0, 99990101)
"""As of a day long before the deadline, of the deadline itself, and behind it while supplements are taken."""


@pytest.mark.parametrize("when", WHEN, ids=("before", "deadline", "after"))
@pytest.mark.parametrize("case", SOME[::4])
def test_every_offered_change_leaves_no_ground_and_makes_no_breach(case: LegalCase, when: int, tmp_path: Path) -> None:
    """Applied, only what others must settle is left, and the procedure has no breach that was not there."""
    loaded = without_supplement(case_of(tmp_path, case))
    as_of = when or loaded.deadline
    if as_of > loaded.deadline:
        as_of = next_day(loaded.deadline, 20)
        loaded = without_supplement(loaded, ("supplement_by", (as_of,)))
    answer = what_if(loaded, "A", as_of=as_of)
    before = {(one.provision, one.check) for one in procedure(loaded).violations}
    awaited = {(g.provision, g.key) for g in answer.awaited}

    for remedy in answer.remedies:
        changed = Case.checked(apply(loaded.facts, remedy.changes))
        left = decide(changed, only=["A"]).outcome("A")
        assert left.status in ("eligible", "pending")
        assert {(g.provision, g.key) for g in left.open} <= awaited
        assert {(one.provision, one.check) for one in procedure(changed).violations} <= before
        assert [c for c in remedy.changes if c.before and c.before.predicate in IMMUTABLE] == []
        assert [c for c, cures in zip(remedy.changes, remedy.cures, strict=True) if not cures] == []
        brought = [c.after for c in remedy.changes if c.after]
        assert {fact.predicate for fact in brought} & {
            "finding",
            "county_opinion",
            "recommendation",
            "submitted",
        } == set()
        if as_of > loaded.deadline:
            assert {c.kind for c in remedy.changes} <= {"hand_in", "prove"}
            assert [c for c in remedy.changes if c.before] == []


@pytest.mark.parametrize("case", SOME[::6])
def test_no_smaller_set_of_changes_does_as_well(case: LegalCase, tmp_path: Path) -> None:
    """Brute force over every set with one change fewer, of up to two changes."""
    loaded = without_supplement(case_of(tmp_path, case))
    answer = what_if(loaded, "A")
    size = min((len(r.changes) for r in answer.remedies), default=0)
    if not 1 <= size <= 3 or answer.awaited:
        return

    better = [
        made
        for made in combinations(changes(File.of(loaded, "A")), size - 1)
        if decide(Case.of(apply(loaded.facts, made))).outcome("A").status == "eligible"
    ]

    assert better == []


def test_after_the_deadline_nothing_is_offered_but_papers_while_they_are_taken(tmp_path: Path) -> None:
    """Once the day is past, a missing certificate is shown until the day set; a score is not made anew."""
    case = jiyuan(tmp_path, "supplement_by(20251020)", without='certificate("A",qms')
    low = jiyuan(tmp_path, "supplement_by(20251020)", 'self_score("A",499)', without="self_score")

    assert [[c.kind for c in r.changes] for r in what_if(case, "A", as_of=20251020).remedies] == [["prove"]]
    assert what_if(case, "A", as_of=20251021).remedies == ()
    assert what_if(low, "A", as_of=20251001).as_dict() == {
        "id": "A",
        "as_of": "2025-10-01",
        "status": "rejected",
        "changes": [],
        "never": [{"provision": "art(10,0,0)", "citation": "第十条", "key": "self_score"}],
        "awaits": [],
        "until": "2025-10-20",
        "more": False,
    }


def test_a_finding_is_no_change_and_one_that_is_open_is_awaited(tmp_path: Path) -> None:
    no = jiyuan(tmp_path, 'finding("A",innovation,no)', without='finding("A",innovation')
    none = jiyuan(tmp_path, without='finding("A",innovation')

    assert [(a.remedies, [g.key for g in a.incurable], [g.key for g in a.awaited])
            for a in (what_if(no, "A", as_of=20250101), what_if(none, "A", as_of=20250101))] == [
        ((), ["innovation"], []),
        ((), [], ["innovation"]),
    ]  # fmt: skip


def test_no_internal_notice_is_offered_once_the_file_was_handed_in(tmp_path: Path) -> None:
    """It would have to be held after what it must precede; before anything is handed in, there is time for it."""
    base = [
        f for f in flawless("sanmenxia", 20250930) if not f.startswith(("internal_notice", "preliminary", "handed"))
    ]
    round_ = "round(sanmenxia,3,20250930)"
    sent = opened(tmp_path, ".\n".join([round_, *base]) + ".\n")
    kept = [f for f in base if not f.startswith("submitted")]
    early = opened(tmp_path, ".\n".join([round_, *kept]) + ".\n")

    assert [g.key for g in what_if(sent, "A", as_of=20250929).incurable] == ["internal_notice"]
    (remedy,) = what_if(early, "A", as_of=20250101).remedies
    assert [c.after.predicate for c in remedy.changes if c.after] == ["internal_notice"]


def test_never_met_together_is_told(tmp_path: Path) -> None:
    """When the years are reached the certificate has run out: two grounds of which one holds on each day."""
    kept = (f'certificate("A",{kind},20200101,99991231)' for kind in ("ems", "ohsms"))
    case = jiyuan(
        tmp_path,
        *kept,
        'operating_since("A",20210401)',
        'certificate("A",qms,20230301,20260228)',
        without=("certificate", "operating_since"),
    )
    answer = earliest(case, "A")

    assert (answer.day, [g.key for g in answer.never]) == (None, ["operating_years", "qms"])
    assert [(end.ground.key, end.day, end.round, end.never) for end in answer.ends] == [
        ("operating_years", 20260401, None, False)
    ]


def test_whoever_was_only_late_is_told(tmp_path: Path) -> None:
    answer = earliest(jiyuan(tmp_path, 'submitted("A",20251009)', without="submitted"), "A")

    assert (answer.late, answer.day) == (True, None)
    assert [(end.ground.key, end.round) for end in answer.ends] == [("in_time", 7)]


def test_an_offence_has_no_limit_and_a_missing_paper_never_ends(tmp_path: Path) -> None:
    answer = earliest(jiyuan(tmp_path, 'offence("A",law,serious,20200101)', without='material("A",evidence'), "A")

    assert [(end.ground.key, end.never) for end in answer.ends if not end.day] == [
        ("no_serious_violation", False),
        ("offence", False),
        ("evidence", True),
    ]


def test_what_a_later_round_assumes_is_listed(tmp_path: Path) -> None:
    case = jiyuan(tmp_path, 'accounts("A",2022,loss)', without='accounts("A",2022')
    found = {}
    for one in earliest(case, "A").assumptions:
        found.setdefault(one.why, []).append(text(one.fact))

    assert found["deadline"] == ["round(jiyuan,7,20260101)"]
    assert found["figures"] == [
        'accounts("A",2025,break_even)', 'product_inspection("A",2025,municipal,pass)', 'self_report_year("A",2025)'
    ]  # fmt: skip
    assert 'finding("A",innovation,yes)' in found["finding"]


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


@pytest.mark.parametrize("case", SOME[::12])
def test_the_earliest_day_qualifies_and_the_day_before_does_not(case: LegalCase, tmp_path: Path) -> None:
    loaded = case_of(tmp_path, case)
    answer = earliest(loaded, "A")
    if answer.day is None or answer.day == loaded.deadline:
        return

    round = answer.round or loaded.round + 1
    assert status_on(loaded, answer.day, round) == "eligible"
    assert status_on(loaded, next_day(answer.day, -1), round) != "eligible"


def status_on(case: Case, day: int, round: int) -> str:
    """The outcome with that deadline, by a plain second decision."""
    file = File.of(case, "A")
    moved = [f for f in case.facts if f.predicate not in ("round", "submitted")]
    late = [f for f in file.some("submitted") if int(f.arguments[1]) > case.deadline]
    submitted = late or [Fact("submitted", ("A", day)) for _ in file.some("submitted")]
    facts = [*moved, *submitted, Fact("round", (case.city, round, day)), *figures_to_come(case, file, day)]
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

    assert (answer.kind, answer.day, answer.round) == ("round", None, 9)
    assert [(g.key, number) for g, number in answer.rounds] == [("recent_award", 9)]
    assert [one for one in answer.assumptions if one.why in ("deadline", "figures")] == []


def test_a_round_and_a_day_are_waited_for_together(tmp_path: Path) -> None:
    """The award bars up to round 8, the loss up to the end of 2025: neither alone would do."""
    facts = ('awarded("A",main,5,20231118)', 'accounts("A",2022,loss)')
    answer = earliest(jiyuan(tmp_path, *facts, without='accounts("A",2022'), "A")

    assert (answer.kind, answer.day, answer.round, answer.never) == ("round_day", 20260101, 9, ())
    assert text(answer.assumptions[0].fact) == "round(jiyuan,9,20260101)"


def test_late_and_barred_is_not_only_late(tmp_path: Path) -> None:
    facts = ('awarded("A",main,3,20191118)', 'submitted("A",20251009)')
    answer = earliest(jiyuan(tmp_path, *facts, without="submitted"), "A")

    assert (answer.kind, answer.late) == ("round_day", False)


def test_a_ground_not_shown_is_named_by_what_is_missing_and_who_acts(tmp_path: Path) -> None:
    """Nobody reads 产品质量检验不合格 where only a report did not come."""
    without = ('product_inspection("A",2023', 'finding("A",innovation', 'material("A",evidence')
    open_ = decide(jiyuan(tmp_path, without=without)).outcome("A")
    closed = decide(jiyuan(tmp_path, "evidence_closed", without=without)).outcome("A")

    assert [named(open_, g, "zh") for g in open_.open] == [
        "质量创新能力强（待认定）", "产品质量检验合格（材料尚缺）", "证实性（书面）材料（材料尚缺）"
    ]  # fmt: skip
    assert [named(closed, g, "zh") for g in closed.failed] == [
        "产品质量检验合格（材料缺）", "证实性（书面）材料（材料缺）", "未在规定时间内报送全部材料"
    ]  # fmt: skip


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


def test_many_outcomes_that_a_reading_changes_are_summarized(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Twenty are listed one by one, more are counted with the first of them named."""
    rows = [f'applicant("A{n:02}",individual). offence("A{n:02}",rule,serious,20100101).' for n in range(25)]
    shown = []
    for number in (20, 25):
        case = tmp_path / f"{number}.lp"
        case.write_text("\n".join(["round(jiyuan,6,20250930).", *rows[:number]]), encoding="utf-8")
        assert run(["--lang", "zh", "sensitivity", str(case)]) == 0
        shown.append(capsys.readouterr().out)

    assert shown[0].count("结果不变（拟不列入受理名单），理由有变") == 20
    named = "、".join(f"A{n:02}" for n in range(12))
    told = "".join(shown[1].split())
    assert f"结果不变（拟不列入受理名单），理由或者所依据的事实有变：25个（{named}等）" in told
    assert "结果不变（拟不列入受理名单），理由有变" not in told


def test_a_ground_is_named_by_what_is_wrong_and_ends_on_the_first_free_day(capsys: pytest.CaptureFixture[str]) -> None:
    """J10's bars: the day after the last of them, the round after the last that is barred."""
    assert run(["--lang", "zh", "earliest", str(Path(__file__).parents[1] / "facts" / "jiyuan-6"), "J10"]) == 0
    shown = capsys.readouterr().out

    assert "第二十二条 以不正当手段获奖，不得再次申报的期限未满：自2032年3月16日起" in shown
    assert "第二十四条 获奖后不得申报期未满：自第八届起" in shown
