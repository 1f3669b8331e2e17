"""An invented county: a joint cap, titles that end, re-assessment, a mark of a stage, a provision left to people.

No Python is changed for it; text, rules and cases stand in `tests/drafts/qinglan.*`.
"""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import clingo
import pytest
from openpyxl import load_workbook

from audit.checks.wordings import worded
from audit.encoding.casetables import table
from audit.encoding.encodings import from_files
from audit.encoding.fidelity import faults
from audit.encoding.substance import hollow
from audit.tables.verdicts import decided
from engine.law.rulebook import COMMON
from engine.law.statutes import RULES
from tests.elsewhere import all_said

HOUSE = Path(__file__).resolve().parents[1]
DRAFTS = HOUSE / "tests" / "drafts"
BODY = (
    'applicant("{id}",organization). name("{id}","虚构{id}公司"). seat("{id}",qinglan). score("{id}",{score}). '
    'operating_since("{id}",20100101). amount("{id}",revenue,2024,30000000). finding("{id}",worth_spreading,yes). '
    'material("{id}",application_form). submitted("{id}",20250901). stage_result("{id}",material_review,pass). '
    'stage_score("{id}",material_review,"{mark}").\n'
)
PERSON = (
    'applicant("{id}",individual). name("{id}","虚构个人{id}"). seat("{id}",qinglan). score("{id}",{score}). '
    'finding("{id}",worth_spreading,yes). material("{id}",application_form). submitted("{id}",20250901).\n'
)
CASE = (
    "round(qinglan,3,20250930). stage_mark(material_review,70).\n"
    + "".join(BODY.format(id=id, score=score, mark=mark) for id, score, mark in
              (("A", 900, "71.50"), ("B", 860, "70.00"), ("C", 700, "69.99")))
    + "".join(PERSON.format(id=id, score=score) for id, score in (("I", 880), ("K", 870)))
    + """applicant("X",organization). name("X","虚构X公司"). seat("X",elsewhere). operating_since("X",20240101).
amount("X",revenue,2024,20000000). submitted("X",20250901). material("X",application_form).
finding("X",worth_spreading,no). awarded("X",county_prize,1,20221001).
winner("U",organization). awarded("U",runner_up,1,20211001). ground_found("U",runner_up,1,duty_refused,20230601).
winner("T",organization). name("T","虚构T公司"). awarded("T",runner_up,1,20211001).
ground_found("T",runner_up,1,duty_refused,20250601).
winner("V",organization). awarded("V",county_prize,1,20211001).
winner("W",organization). name("W","虚构W公司"). awarded("W",county_prize,1,20211001).
reassessed("W",county_prize,1,20241101,rectify). reassessed("W",county_prize,1,20250301,fail).
winner("Y",organization). awarded("Y",county_prize,1,20211001). reassessed("Y",county_prize,1,20241101,fail).
winner("Z",organization). awarded("Z",county_prize,2,20230930).
"""
)  # fmt: skip
SIGNED = "a6_i2_award_not_full_barred"
COMMANDS = {
    "decide": ["decide", "case.lp", "--json"],
    "award": ["award", "case.lp", "--json"],
    "check": ["award", "case.lp", "--check", "county_prize=A,I,K", "--json"],
    "procedure": ["procedure", "case.lp", "--json"],
    "review": ["review", "case.lp", "--as-of", "2025-10-01", "--json"],
    "watch": ["watch", "case.lp", "--from", "2025-01-01", "--to", "2026-12-31", "--json"],
    "told": ["--lang", "zh", "review", "case.lp", "--as-of", "2025-10-01", "--why", "W"],
    "letter": ["--lang", "zh", "letter", "case.lp", "X", "-o", "letters"],
    "round": ["--lang", "zh", "round", "case.lp", "--as-of", "2025-10-01", "-o", "round"],
    "template": ["--lang", "zh", "template", "qinglan", "-o", "template.xlsx"],
    "coverage": ["--lang", "zh", "audit", "coverage", "rules/qinglan.lp"],
    "convert": ["facts", "convert", "case.lp", "-o", "case.xlsx"],
    "workbook": ["decide", "case.xlsx", "--json"],
    "sign": [
        "audit",
        "cases",
        "rules/qinglan.lp",
        "--accept",
        "a6_i2_award_not_full_barred",
        "--by",
        "王某",
        "--on",
        "2026-01-05",
    ],
}
LEFT = "第六条第（三）项未由本程序核对：母公司、子公司的获奖不在申报者自己的记录里，须由承办人查对"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What each command says where the county's files lie beside the others."""
    folder = tmp_path_factory.mktemp("qinglan")
    shutil.copytree(RULES, folder / "rules", ignore=shutil.ignore_patterns("cases"))
    (folder / "rules" / "cases").mkdir()
    for suffix in ("md", "lp"):
        shutil.copy(DRAFTS / f"qinglan.{suffix}", folder / "rules")
    shutil.copy(DRAFTS / "qinglan.toml", folder / "rules" / "cases")
    (folder / "case.lp").write_text(CASE, "utf-8")
    found = all_said(COMMANDS, folder, PYTHONPATH=str(HOUSE), PINGJIANG_RULES=str(folder / "rules"))
    files = {"page": folder / "letters" / "letter-X.html", "index": folder / "round" / "index.html"}
    files["signed"] = folder / "rules" / "cases" / "qinglan_audit.toml"
    book = load_workbook(folder / "template.xlsx")
    heads = {sheet.title: [cell.value for cell in next(sheet.iter_rows(max_row=1))] for sheet in book}
    texts = {name: (0, path.read_text("utf-8")) for name, path in files.items()}
    return found | texts | {"heads": (0, json.dumps(heads, ensure_ascii=False))}


def test_the_bench_finds_no_fault_and_every_case_comes_out() -> None:
    subject = from_files("qinglan", (RULES / COMMON, DRAFTS / "qinglan.lp"))
    cases = table(DRAFTS / "qinglan.toml")

    assert [*faults(subject), *worded(subject), *hollow(subject)] == []
    assert [each.example.id for each in decided(subject, cases).all if not each.agrees] == []
    assert len(cases) > 10


def test_a_filled_workbook_is_decided_as_its_facts_are(said: dict[str, tuple[int, str]]) -> None:
    whole, read = (json.loads(said[name][1]) for name in ("decide", "workbook"))

    assert (said["convert"][0], said["workbook"][0]) == (0, 0)
    assert {**whole, "hints": []} == {**read, "hints": []}


def test_a_case_that_the_bench_finds_is_signed_beside_the_text(said: dict[str, tuple[int, str]]) -> None:
    [case] = tomllib.loads(said["signed"][1])["case"]

    assert (said["sign"][0], case["id"], case["signed"]["by"]) == (0, SIGNED, "王某")
    assert [*case["expect"]["barred"]] == ["art(6,0,2) award_not_full"]


def test_what_is_not_carried_out_is_said_wherever_it_matters(said: dict[str, tuple[int, str]]) -> None:
    entry = {"provision": "art(6,0,3)", "citation": "第六条第（三）项", "reason": LEFT.partition("：")[2]}

    assert json.loads(said["decide"][1])["unencoded"] == [entry]
    assert json.loads(said["award"][1])["unencoded"] == [entry]
    assert "unencoded" not in json.loads(said["procedure"][1]) | json.loads(said["review"][1])
    assert LEFT in said["index"][1]
    assert LEFT in said["coverage"][1]
    assert "就《办法》第六条第（三）项，本通知不作认定。" in said["page"][1]


def test_a_sum_must_be_exceeded_and_the_years_of_an_award_be_full(said: dict[str, tuple[int, str]]) -> None:
    [one] = [row for row in json.loads(said["decide"][1])["applicants"] if row["id"] == "X"]

    assert one["status"] == "rejected"
    assert [row["citation"] for row in one["failed"]] == [
        "第五条第（一）项", "第五条第（二）项", "第五条第（二）项", "第五条第（三）项",
    ]  # fmt: skip
    assert [row["events"] for row in one["barred"]] == [['awarded("X",county_prize,1,20221001)']]
    assert "2024年度主营业务收入为20000000元" in said["page"][1]


def test_organizations_and_persons_share_the_places_and_persons_have_one(said: dict[str, tuple[int, str]]) -> None:
    whole = json.loads(said["award"][1])
    [one] = whole["sets"]

    assert (one["county_prize"], one["runner_up"]) == (["A", "I", "B"], ["K", "C"])
    assert {row["cap"]: row["vacant"] for row in one["vacant"]["caps"]} == {
        "both_kinds": 0,
        "persons": 0,
        "runners_up": 3,
    }
    judged = json.loads(said["check"][1])
    assert [(row["citation"], row["breach"], row["ids"]) for row in judged["breaches"]] == [
        ("第二条", "quota", ["I", "K"])
    ]


def test_nobody_below_the_mark_passes_a_stage(said: dict[str, tuple[int, str]]) -> None:
    found = json.loads(said["procedure"][1])["violations"]

    assert found == [
        {
            "provision": "art(9,0,0)",
            "citation": "第九条",
            "check": "stage_mark",
            "found": 'stage_score("C",material_review,"69.99")',
            "required": "stage_mark(material_review,70)",
        }
    ]


def test_titles_end_lapse_or_are_assessed_again(said: dict[str, tuple[int, str]]) -> None:
    found = json.loads(said["review"][1])

    assert {(row["id"], row["until"], row["state"]) for row in found["validity"]} == {
        ("T", "2023-10-01", "lapsed"),
        ("U", "2023-10-01", "lapsed"),
        ("V", "2024-10-01", "overdue"),
        ("W", "2024-10-01", "failed"),
        ("X", "2025-10-01", "valid"),
        ("Y", "2024-10-01", "failed_at_once"),
        ("Z", "2026-09-30", "valid"),
    }
    assert [(row["id"], row["ground"], row["citation"], row["events"]) for row in found["revocations"]] == [
        ("U", "duty_refused", "第十二条第（二）项", ['ground_found("U",runner_up,1,duty_refused,20230601)']),
        ("W", "reassessment", "第十二条第（三）项", ['reassessed("W",county_prize,1,20250301,fail)']),
    ]
    assert [(row["id"], row["ground"], row["citation"], row["until"], row["event"]) for row in found["ended"]] == [
        ("T", "duty_refused", "第十二条第（二）项", "2023-10-01", 'ground_found("T",runner_up,1,duty_refused,20250601)')
    ]
    due = [(row["day"], row["kind"], row["id"]) for row in json.loads(said["watch"][1])["due"]]
    assert due == [("2025-10-01", "validity_ends", "X"), ("2026-09-30", "validity_ends", "Z")]
    assert "依第十二条第（三）项应当撤销第一届县长质量奖（整改后仍未通过重新考核评价）" in "".join(
        said["told"][1].split()
    )


def test_the_workbook_asks_for_what_the_text_asks_for(said: dict[str, tuple[int, str]]) -> None:
    heads = json.loads(said["heads"][1])

    assert {"县长质量奖标准分", "材料评审分数线"} <= {*heads["轮次"]}
    assert "材料评审得分" in heads["评分"]
    assert "主营业务收入（元）" in heads["年度数据"]
    assert "考核评价结果" in heads["获奖历史"]
    assert heads["认定意见"][:2] == ["编号*", "质量管理经验值得在全县推广"]


@pytest.mark.parametrize(("day", "name"), [(20231001, "grounded"), (20231002, "ended")])
def test_an_event_revokes_until_the_last_day_of_a_title_that_lapses(day: int, name: str) -> None:
    """Of an event without years of its own: on the last day of the term it is a ground, the day after it is none."""
    control = clingo.Control(["--warn=none"])
    for path in (RULES / COMMON, DRAFTS / "qinglan.lp", RULES / "review.lp"):
        control.load(str(path))
    control.add(
        "base",
        [],
        'round(qinglan,3,20250930). winner("T",organization). awarded("T",runner_up,1,20211001). as_of(20260101). '
        f'accident("T",quality,major,liable,{day}). '
        "revoking_event(A, duty_refused, accident(A,K,G,L,D), D) :- accident(A,K,G,L,D), winner(A,_).",
    )
    control.ground([("base", [])])
    with control.solve(yield_=True) as found:
        (model,) = ({str(atom) for atom in one.symbols(shown=True)} for one in found)

    fact = f'accident("T",quality,major,liable,{day})'
    assert {atom for atom in model if atom.startswith(("grounded(", "ended("))} == {
        f'{name}("T",runner_up,1,duty_refused,art(12,0,2),{fact})'
    }
