"""The agenda of a round: the text's steps with their state, what is due, who acts, what it waits for."""

from __future__ import annotations

import json
from functools import cache

import pytest
from legal_cases import flawless

import engine
from desk.papers import supplement
from desk.shell.cli import run
from engine.answers.timetable import agenda
from engine.case.case import Case
from engine.facts.vocabulary import Fact
from engine.law.statutes import RULES
from explain.letter.oneview import view

FACTS = RULES.parent / "facts"


@cache
def case(folder: str = "jiyuan-6") -> Case:
    return engine.load(sorted((FACTS / folder).glob("*.lp")))


def small(*facts: tuple[object, ...]) -> Case:
    """One applicant who handed in nothing, and what else is said."""
    rows = [("round", "jiyuan", 6, 20250930), ("applicant", "J1", "organization"), *facts]
    return Case.of(Fact(str(name), tuple(row)) for name, *row in rows)  # type: ignore[arg-type]


def states(found: Case, day: int) -> dict[str, tuple[str, str]]:
    """Each step by its key: its state, and the provision that speaks of it."""
    return {
        step.key: (step.state, step.provision.citation if step.provision else "") for step in agenda(found, day).steps
    }


def acts(found: Case, day: int) -> list[tuple[object, ...]]:
    """Each act but revocations: what, who, by when, working days left, for whom, what it waits for."""
    return [
        (act.kind, act.who, act.day, act.left, act.ids, act.waits)
        for act in agenda(found, day).acts
        if act.kind != "revoke"
    ]


def test_the_steps_of_the_first_text() -> None:
    """The qualification review comes before the list, the consultation after it."""
    assert states(case(), 20251022) == {
        "announcement": ("done", "第十二条"),
        "application": ("done", "第十三条"),
        "qualification": ("done", "第十一条"),
        "acceptance": ("done", "第十四条第一款"),
        "consultation": ("done", "第十四条第一款"),
        "material_review": ("next", "第十四条第二款"),
        "site_review": ("ahead", "第十四条第二款"),
        "deliberation": ("ahead", "第十四条第二款"),
        "proposed_winners": ("ahead", "第十五条"),
        "approval": ("ahead", "第十五条"),
    }


def test_the_steps_of_the_second_text() -> None:
    """There the list comes first, then the consultation, then the qualification review."""
    found = states(case("sanmenxia-3"), 20251023)

    assert list(found)[:5] == ["announcement", "application", "acceptance", "consultation", "qualification"]
    assert found["qualification"] == ("next", "第十九条")
    assert found["deliberation"] == ("ahead", "第二十二条")


@pytest.mark.parametrize(
    ("day", "state"), [(20251012, "ahead"), (20251013, "now"), (20251020, "now"), (20251021, "done")]
)
def test_a_list_is_on_notice_from_its_first_to_its_last_day(day: int, state: str) -> None:
    found = small(("notice", "acceptance", 20251013, 20251020), ("stage_day", "qualification", 20251010))

    assert states(found, day)["acceptance"][0] == ("next" if state == "ahead" else state)


def test_a_step_that_a_later_one_has_passed_is_not_on_file() -> None:
    found = states(small(("stage_day", "material_review", 20251027)), 20251101)

    assert [found[key][0] for key in ("acceptance", "material_review", "site_review")] == ["unrecorded", "done", "next"]


def test_what_is_due_before_the_list() -> None:
    assert acts(case(), 20251009) == [
        ("supplements", "applicants", 20251010, 1, ("J07",), ()),
        ("findings", "office", 20251013, 3, ("J07",), ()),
        ("publish_acceptance", "office", 20251013, 3, (), ("J07",)),
    ]


def test_what_is_due_once_the_list_is_published() -> None:
    assert acts(case(), 20251014) == [
        ("acceptance_runs", "office", 20251020, 4, (), ()),
        ("consult", "office", 20251022, 6, (), ()),
        ("tell_reasons", "office", 0, None, ("J07", "J08", "J09", "J10"), ()),
    ]


def test_reasons_that_were_sent_are_not_due_again() -> None:
    """A letter dispatched later is still to be sent on the day asked."""
    found = small(
        ("notice", "acceptance", 20251013, 20251020),
        ("sent", "rejection_letter", "J1", 20251015),
        ("consulted", 20251014),
    )

    assert ("tell_reasons", "office", 0, None, ("J1",), ()) in acts(found, 20251014)
    assert not [act for act in acts(found, 20251015) if act[0] == "tell_reasons"]


def test_a_stage_waits_for_objections_and_departments() -> None:
    found = small(
        ("notice", "acceptance", 20251013, 20251020),
        ("objection", "J1", "acceptance", "pending"),
        ("consulted", 20251021),
        ("asked", "虚构市应急管理局", 20251021, 99991231),
        ("stage_day", "qualification", 20251010),
    )

    assert acts(found, 20251023) == [
        ("tell_reasons", "office", 0, None, ("J1",), ()),
        ("settle_objection", "office", 0, None, ("J1",), ()),
        ("await_departments", "departments", 0, None, (), ("虚构市应急管理局",)),
        ("hold_stage", "panel", 0, None, ("material_review",), ("J1", "虚构市应急管理局")),
    ]


def test_the_county_forwards_where_the_text_says_so() -> None:
    found = [act for act in agenda(case("sanmenxia-3"), 20250910).acts if act.kind == "apply"]

    assert [(act.who, act.day, str(act.provision)) for act in found] == [("county", 20250930, "art(16,0,0)")]


def test_the_command_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["agenda", str(FACTS / "jiyuan-6"), "--as-of", "2025-10-09"]

    assert run([*words, "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    row.pop("hints", None)
    assert row == agenda(case(), 20251009).as_dict()
    assert run([*words, "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert "2025年10月10日（还有1个工作日）" in told and "补充材料：虚构七号工业设计研究院" in told
    assert "还有待补充材料或者待认定的：虚构七号工业设计研究院" in told


def test_a_paper_of_the_applicants_own_is_asked_of_the_applicant() -> None:
    """The internal notice waits for others only while an objection to it is pending."""
    base = [*flawless("sanmenxia", 20250930)]
    facts = [one for one in base if not one.startswith("internal_notice")]
    open_ = "\n".join(f"{one}." for one in ("round(sanmenxia,3,20250930)", *facts))
    disputed = "\n".join(f"{one}." for one in ("round(sanmenxia,3,20250930)", *base, 'objection("A",internal,pending)'))
    found = []
    for text in (open_, disputed):
        known = engine.read({"case.lp": text.encode()})
        kinds = [act.kind for act in agenda(known, 20250920).acts if act.ids]
        found.append((kinds, [one.key for one in supplement.asked(view(engine.decide(known), "A"))]))

    assert found == [(["supplements"], ["internal_notice"]), (["official_acts"], [])]
