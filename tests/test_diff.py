"""Two runs side by side: facts, outcomes with their causes, award sets, panels, rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audit.tables.rounds import round_text
from desk.shell.cli import run
from engine.facts.vocabulary import text
from tests.test_seeds import ONE, SOURCES

Capture = pytest.CaptureFixture[str]

OLD = """\
round(jiyuan,6,20250930).
applicant("J01",organization). name("J01","虚构甲公司"). self_score("J01",490). seat("J01",jiyuan).
applicant("J02",organization). name("J02","虚构乙公司"). seat("J02",elsewhere).
applicant("J03",organization). seat("J03",jiyuan). accident("J03",safety,major,liable,20240506).
certificate("J03",qms,20240101,20270101).
"""


def compared(old: str, new: str, folder: Path, capsys: Capture) -> dict[str, Any]:
    """The difference of two cases; their exit code is 0 whatever differs."""
    for name, words in (("old", old), ("new", new)):
        (folder / f"{name}.lp").write_text(words, "utf-8")
    assert run(["diff", str(folder / "old.lp"), str(folder / "new.lp"), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert list(found) == ["facts", "outcomes", "awards", "panels", "basis", "hints"]
    return found


def test_the_same_twice(tmp_path: Path, capsys: Capture) -> None:
    found = compared(OLD, OLD.replace(" ", "\n"), tmp_path, capsys)

    assert found == {
        "facts": {"added": [], "removed": [], "changed": []},
        "outcomes": [],
        "awards": {"candidates": {"added": [], "removed": []}, "sets": {"old": None, "new": None, "same": True}},
        "panels": [],
        "basis": {"rules": [], "statutes": [], "program": []},
        "hints": [],
    }


def test_a_changed_fact_its_outcome_its_provision(tmp_path: Path, capsys: Capture) -> None:
    """What else changed about the applicant and moved nothing is no cause."""
    new = OLD.replace("490", "520").replace("虚构甲公司", "虚构甲股份公司")
    found = compared(OLD, new, tmp_path, capsys)

    assert found["facts"]["changed"] == [
        {"fact": 'name("J01","虚构甲股份公司")', "field": "text", "old": "虚构甲公司", "new": "虚构甲股份公司"},
        {"fact": 'self_score("J01",520)', "field": "points", "old": 490, "new": 520},
    ]
    assert found["outcomes"] == [
        {
            "id": "J01",
            "old": "rejected",
            "new": "pending",
            "because": ['self_score("J01",520)'],
            "provisions": ["art(10,0,0)"],
        }
    ]


@pytest.mark.parametrize(
    ("before", "after", "facts"),
    [
        # A predicate with a key changes; one without it loses a fact and gains another.
        ('seat("J02",elsewhere)', 'seat("J02",jiyuan)', {"changed": 1}),
        ('qms,20240101,20270101', 'qms,20240101,99991231', {"added": 1, "removed": 1}),
        ('certificate("J03",qms,20240101,20270101).', "", {"removed": 1}),
        ('seat("J01",jiyuan).', 'seat("J01",jiyuan). announced(20250826).', {"added": 1}),
        ("20250930", "20250929", {"changed": 1}),
        ('self_score("J01",490)', 'self_score("J01",490). accounts("J01",2024,loss)', {"added": 1}),
    ],
)  # fmt: skip
def test_what_counts_as_changed(
    before: str, after: str, facts: dict[str, int], tmp_path: Path, capsys: Capture
) -> None:
    found = compared(OLD, OLD.replace(before, after), tmp_path, capsys)["facts"]

    assert {kind: len(rows) for kind, rows in found.items() if rows} == facts


def test_a_day_is_written_as_json_writes_days(tmp_path: Path, capsys: Capture) -> None:
    found = compared(OLD, OLD.replace("20250930", "20250929"), tmp_path, capsys)

    assert found["facts"]["changed"] == [
        {"fact": "round(jiyuan,6,20250929)", "field": "deadline", "old": "2025-09-30", "new": "2025-09-29"}
    ]


def test_two_causes_of_one_outcome(tmp_path: Path, capsys: Capture) -> None:
    """The accident and the missing certificate are told apart from what did nothing."""
    new = OLD.replace('certificate("J03",qms,20240101,20270101).', 'certificate("J03",qms,20240101,20250101).')
    new = new.replace('accident("J03",safety,major,liable,20240506).', 'self_report_year("J03",2024).')
    (turned,) = compared(OLD, new, tmp_path, capsys)["outcomes"]

    assert turned["because"] == [
        'accident("J03",safety,major,liable,20240506)',
        'certificate("J03",qms,20240101,20250101)',
        'certificate("J03",qms,20240101,20270101)',
    ]


def test_a_fact_of_the_round_moves_everybody_it_moves(tmp_path: Path, capsys: Capture) -> None:
    old = OLD.replace("490", "700")
    found = compared(old, old + "evidence_closed.\n", tmp_path, capsys)

    assert [row["id"] for row in found["outcomes"]] == ["J01", "J02", "J03"]
    assert {tuple(row["because"]) for row in found["outcomes"]} == {("evidence_closed",)}


def test_who_came_and_who_went(tmp_path: Path, capsys: Capture) -> None:
    new = OLD.replace("J03", "J04")
    found = {row["id"]: (row["old"], row["new"]) for row in compared(OLD, new, tmp_path, capsys)["outcomes"]}

    assert found == {"J03": ("rejected", None), "J04": (None, "rejected")}


def test_candidates_and_award_sets(tmp_path: Path, capsys: Capture) -> None:
    old = round_text("jiyuan", {"J01": 900, "J02": 842.5})
    new = round_text("jiyuan", {"J01": 900, "J02": 842.5, "J03": 842.5})
    found = compared(old, new, tmp_path, capsys)["awards"]

    assert found["candidates"] == {"added": ["J03"], "removed": []}
    assert not found["sets"]["same"] and found["sets"]["old"] == 1


def test_recorded_rounds(tmp_path: Path, capsys: Capture) -> None:
    """As they were recorded: other rules are told, and no cause is made up."""
    case = tmp_path / "case.lp"
    case.write_text(OLD, "utf-8")
    for name in ("a", "b"):
        assert run(["round", str(case), "-o", str(tmp_path / name), "--without-graphs", "--as-of", "2026-11-22"]) == 0
    decision = tmp_path / "a" / "decision.json"
    decision.write_text(decision.read_text("utf-8").replace('"status": "rejected"', '"status": "pending"', 1), "utf-8")
    record = json.loads((tmp_path / "a" / "record.json").read_text("utf-8"))
    record["rules"]["common.lp"] = "0" * 64
    (tmp_path / "a" / "record.json").write_text(json.dumps(record), "utf-8")
    capsys.readouterr()

    assert run(["diff", str(tmp_path / "a" / "record.json"), str(tmp_path / "b" / "record.json"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(row["id"], row["old"], row["because"]) for row in found["outcomes"]] == [("J01", "pending", [])]
    assert found["basis"] == {"rules": ["common.lp"], "statutes": [], "program": []}


def test_drawn_panels(tmp_path: Path, capsys: Capture) -> None:
    """The numbers decide; the groups whose panel is another one are told."""
    facts = 'group("G1","C32"). in_group("J01","G1"). industry("J01","C32").\n' + "".join(
        f'reviewer("R{n:02}"). expertise("R{n:02}","C32"). can_lead("R{n:02}"). pool("R{n:02}",henan).\n'
        for n in range(12)
    )
    case = tmp_path / "case.lp"
    case.write_text(OLD.replace("490", "700") + facts, "utf-8")
    sources = tmp_path / "sources.lp"
    sources.write_text(".\n".join(map(text, SOURCES)) + ".\n", "utf-8")
    frozen = str(tmp_path / "frozen.json")
    assert run(["freeze", str(case), str(sources), "--file", frozen]) == 0
    for name, seed in (("a", ONE), ("b", ONE.replace("1.2:9", "1.2:8"))):
        record = str(tmp_path / f"{name}.json")
        assert run(["draw", frozen, "--seed", seed, "--record", record]) == 0
        line = ["round", str(case), "-o", str(tmp_path / name), "--without-graphs", "--draw", record]
        assert run([*line, "--as-of", "2026-11-22"]) == 0
    capsys.readouterr()
    assert run(["diff", *(str(tmp_path / name / "record.json") for name in ("a", "b")), "--json"]) == 0
    (panel,) = json.loads(capsys.readouterr().out)["panels"]

    assert panel["group"] == "G1" and panel["old"] != panel["new"] and len(panel["old"]) == len(panel["new"])


def test_in_words(tmp_path: Path, capsys: Capture) -> None:
    compared(OLD, OLD.replace('seat("J02",elsewhere)', 'seat("J02",jiyuan)'), tmp_path, capsys)
    assert run(["diff", str(tmp_path / "old.lp"), str(tmp_path / "new.lp"), "--lang", "zh"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "事实：",
        "  J02的登记注册地在济源市：登记注册地由 本市以外 改为 济源市",
        "结果：",
        "  J02 虚构乙公司：拟不列入受理名单 → 待补正或待认定",
        "    由于 J02的登记注册地在济源市",
        "    依据 第二条 第八条第（一）项",
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_differs_in_words(lang: str, tmp_path: Path, capsys: Capture) -> None:
    compared(OLD, OLD, tmp_path, capsys)

    assert run(["diff", str(tmp_path / "old.lp"), str(tmp_path / "old.lp"), "--lang", lang]) == 0
    assert capsys.readouterr().out == {"zh": "两者相同。\n", "en": "Both are the same.\n"}[lang]
