"""An invented province: nominations, two tracks judged apart, projects that belong to a body, cities of its own.

No Python is changed for it; text, rules and cases stand in `tests/drafts/yunling.*`.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from audit.checks.wordings import worded
from audit.encoding.casetables import table
from audit.encoding.encodings import from_files
from audit.encoding.fidelity import faults
from audit.encoding.substance import hollow
from audit.tables.verdicts import decided
from engine.answers.eligibility import decide
from engine.case.case import read
from engine.law.rulebook import COMMON
from engine.law.statutes import RULES, statute
from explain.change.firstday import earliest
from explain.letter.basis import bases
from explain.letter.ends import ends
from tests.elsewhere import all_said

HOUSE = Path(__file__).resolve().parents[1]
DRAFTS = HOUSE / "tests" / "drafts"
GOOD = (
    'applicant("{id}",{kind}). name("{id}","虚构{id}"). seat("{id}",{seat}). applies_for("{id}",{track}). '
    'finding("{id}",marked_effect,yes). nominated("{id}",{by},20250901). material("{id}",application_form). '
    'submitted("{id}",20250901). operating_since("{id}",20230101). score("{id}",{score}).\n'
)
WHO = (
    ("A", "organization", "yunbei", "management", "city_government", 900),
    ("I", "individual", "yunling", "management", "line_department", 870),
    ("P", "project", "yunbei", "projects", "line_department", 700),
    ("Q", "project", "yunnan_city", "projects", "line_department", 690),
    ("R", "project", "yunnan_city", "projects", "city_government", 680),
)
CASE = (
    "round(yunling,3,20250930). panel_size(3,5).\n"
    + "".join(
        GOOD.format(id=id, kind=kind, seat=seat, track=track, by=by, score=score)
        for id, kind, seat, track, by, score in WHO
    )
    + """applicant("X",project). name("X","虚构X"). part_of("X","BX"). seat("X",elsewhere). applies_for("X",projects).
operating_since("X",20241001). submitted("X",20250901). material("X",application_form). finding("X",marked_effect,yes).
awarded("X",governor_prize,1,20230115). evidence_closed. part_of("P","BP"). part_of("Q","BQ"). part_of("R","BR").
name("BP","虚构单位甲").
group("G","C"). in_group("P","G"). in_group("Q","G").
reviewer("E1"). reviewer("E2"). reviewer("E3"). reviewer("E4"). reviewer("E5").
pool("E1",henan). pool("E2",henan). pool("E3",henan). pool("E4",henan). pool("E5",henan).
employed("E1","BP",20200101,99991231). officer("E2","BQ",legal_representative,20200101,99991231).
controls("E5","H",20200101,99991231). controls("H","BP",20200101,99991231).
"""
    + "".join(
        f'reviewer("{id}"). pool("{id}",henan). expertise("{id}","C"). can_lead("{id}").\n' for id in ("E6", "E7", "E8")
    )
    + 'expertise("E1","C"). expertise("E2","C"). expertise("E5","C").\n'
)
OPEN = """applicant("Y",organization). name("Y","虚构Y"). seat("Y",yunbei). applies_for("Y",management).
nominated("Y",city_government,20250901). material("Y",application_form). submitted("Y",20250901).
"""
"""Of whom nothing is found yet."""
COMMANDS = {
    "agenda": ["--lang", "zh", "agenda", "open.lp", "--as-of", "2025-10-05"],
    "acts": ["agenda", "open.lp", "--as-of", "2025-10-05", "--json"],
    "open": ["--lang", "zh", "why-not", "open.lp", "Y"],
    "template": ["--lang", "zh", "template", "yunling", "-o", "template.xlsx"],
    "decide": ["decide", "case.lp", "--json"],
    "award": ["award", "case.lp", "--json"],
    "conflicts": ["conflicts", "case.lp", "--json"],
    "conflicts_told": ["--lang", "zh", "conflicts", "case.lp"],
    "procedure": ["procedure", "case.lp", "--json"],
    "letter": ["--lang", "zh", "letter", "case.lp", "X", "-o", "letters"],
    "readings": ["--lang", "zh", "decide", "case.lp", "--reading", "award_year=not_counted"],
    "convert": ["facts", "convert", "case.lp", "-o", "case.xlsx"],
    "workbook": ["decide", "case.xlsx", "--json"],
    "draw": ["draw", "case.lp", "--demo-seed", "--record", "draw.json", "--json"],
    "verified": ["draw", "--verify", "draw.json"],
    "round": ["--lang", "zh", "round", "case.lp", "--as-of", "2025-10-20", "--demo-seed", "-o", "round"],
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What each command says where the province's files lie beside the others."""
    folder = tmp_path_factory.mktemp("yunling")
    shutil.copytree(RULES, folder / "rules", ignore=shutil.ignore_patterns("cases"))
    for suffix in ("md", "lp"):
        shutil.copy(DRAFTS / f"yunling.{suffix}", folder / "rules")
    (folder / "case.lp").write_text(CASE, "utf-8")
    (folder / "open.lp").write_text(CASE.replace("evidence_closed.", "") + OPEN, "utf-8")
    found = all_said(COMMANDS, folder, PYTHONPATH=str(HOUSE), PINGJIANG_RULES=str(folder / "rules"))
    files = {"page": folder / "letters" / "letter-X.html", "list": folder / "round" / "papers" / "受理名单公示.html"}
    book = load_workbook(folder / "template.xlsx")
    notes = {f"{sheet.title}!{cell.value}": cell.comment.text for sheet in book for cell in sheet[1] if cell.comment}
    found["notes"] = 0, json.dumps(notes, ensure_ascii=False)
    return found | {name: (0, path.read_text("utf-8")) for name, path in files.items()}


def test_the_bench_finds_no_fault_and_every_case_comes_out() -> None:
    subject = from_files("yunling", (RULES / COMMON, DRAFTS / "yunling.lp"))
    cases = table(DRAFTS / "yunling.toml")

    assert [*faults(subject), *worded(subject), *hollow(subject)] == []
    assert [each.example.id for each in decided(subject, cases).all if not each.agrees] == []
    assert len(cases) > 10


def test_a_filled_workbook_is_decided_as_its_facts_are(said: dict[str, tuple[int, str]]) -> None:
    whole, read = (json.loads(said[name][1]) for name in ("decide", "workbook"))

    assert (said["convert"][0], said["workbook"][0]) == (0, 0)
    assert {**whole, "hints": []} == {**read, "hints": []}


def test_who_finds_it_is_said_wherever_a_finding_is_asked_for(said: dict[str, tuple[int, str]]) -> None:
    [act] = [one for one in json.loads(said["acts"][1])["acts"] if one["kind"] == "findings"]
    notes = json.loads(said["notes"][1])

    assert act["finders"] == {"marked_effect": ["expert_panel"]}
    assert "作出认定：虚构Y（“质量改进成效显著”由专家评审组认定）" in said["agenda"][1]
    assert "尚无关于“质量改进成效显著”的认定意见（由专家评审组认定）" in said["open"][1]
    assert notes["认定人!认定人"] == "文字。“质量改进成效显著”依《办法》由专家评审组认定。"
    assert notes["认定意见!质量改进成效显著"] == "从下拉列表中选择。“质量改进成效显著”依《办法》由专家评审组认定。"


def test_a_finder_without_words_or_without_a_finding_is_a_fault(tmp_path: Path) -> None:
    shutil.copy(DRAFTS / "yunling.md", tmp_path)
    text = (DRAFTS / "yunling.lp").read_text("utf-8")
    wrong = "finder(marked_effect, nobody). finder(brilliance, expert_panel)."
    (tmp_path / "yunling.lp").write_text(text.replace("finder(marked_effect, expert_panel).", wrong), "utf-8")

    found = hollow(from_files("yunling", (RULES / COMMON, tmp_path / "yunling.lp")))

    assert [(one.code, *map(one.parameters.get, ("key", "lang", "topic"))) for one in found] == [
        ("audit.no_words", "nobody", "zh", None),
        ("audit.no_words", "nobody", "en", None),
        ("audit.finder_of_nothing", None, None, "brilliance"),
    ]


def test_who_is_nominated_from_the_provinces_own_cities_is_accepted(said: dict[str, tuple[int, str]]) -> None:
    outcomes = {one["id"]: one for one in json.loads(said["decide"][1])["applicants"]}

    assert {id for id, one in outcomes.items() if one["status"] == "eligible"} == {"A", "I", "P", "Q", "R"}
    assert [(one["provision"], one["requirement"]) for one in outcomes["X"]["failed"]] == [
        ("art(4,0,1)", "seat"),
        ("art(4,0,2)", "operating_years"),
        ("art(5,0,0)", "nomination"),
        ("art(8,0,0)", "evidence_in_time"),
    ]
    assert [row["citation"] for row in outcomes["X"]["barred"]] == ["第六条"]
    assert "award_year=not_counted（“自获奖年度起N年”从哪一年数起）" in said["readings"][1]


def test_the_two_tracks_are_judged_apart(said: dict[str, tuple[int, str]]) -> None:
    [one] = json.loads(said["award"][1])["sets"]

    assert (one["governor_prize"], one["runner_up"]) == (["A", "I", "P", "Q"], ["R"])
    assert {row["cap"]: row["vacant"] for row in one["vacant"]["caps"]} == {
        "managements": 3,
        "works": 0,
        "runners_up": 9,
    }


def test_the_ties_of_a_project_are_those_of_its_body(said: dict[str, tuple[int, str]]) -> None:
    found = [(row["reviewer"], row["applicant"], row["limb"], row["chain"][-1]) for row in
             json.loads(said["conflicts"][1])["conflicts"]]  # fmt: skip

    assert found == [
        ("E1", "P", "employed", 'part_of("P","BP")'),
        ("E2", "Q", "officer", 'part_of("Q","BQ")'),
        ("E5", "P", "control", 'part_of("P","BP")'),
    ]
    assert "虚构P（P）属于虚构单位甲（BP）" in "".join(said["conflicts_told"][1].split())


def test_a_panel_for_projects_is_drawn_and_drawn_again_from_its_record(said: dict[str, tuple[int, str]]) -> None:
    """What a project belongs to decides who may sit, so the frozen file holds it."""
    drawn = json.loads(said["draw"][1])

    (panel,) = drawn["panels"]
    assert sorted(one["id"] for one in panel["members"]) == ["E6", "E7", "E8"]
    recused = {row["reviewer"] for row in drawn["walk"] if row["verdict"] == "recused"}
    assert recused == {"E1", "E2", "E5"}
    assert said["verified"][0] == 0


def test_in_principle_is_no_rule(said: dict[str, tuple[int, str]]) -> None:
    assert [row["citation"] for row in json.loads(said["decide"][1])["unencoded"]] == ["第七条第（三）项"]
    assert [row["citation"] for row in json.loads(said["procedure"][1])["unencoded"]] == ["第十条"]


def test_letters_and_lists_speak_of_projects(said: dict[str, tuple[int, str]]) -> None:
    assert "你单位" in said["page"][1]
    listed = re.sub(r"\s+|<[^>]+>", "", said["list"][1])
    assert "单位序号名称1虚构A个人序号姓名1虚构I项目序号项目名称1虚构P2虚构Q3虚构R" in listed


def test_a_letter_says_until_when_years_after_an_award_count(said: dict[str, tuple[int, str]]) -> None:
    words = re.sub("<[^>]+>", "", said["page"][1]).replace(" ", "")

    assert "获奖年度（2023年）至申报年度（2025年）相隔2个年度，所定年度至2025年12月31日止" in words
    assert re.search("第六条所称“自获奖年度起3年”，就第（.）项事实至2025年12月31日", words)


@pytest.mark.parametrize(("choice", "last", "free"), [("counted", 2025, 20260101), ("not_counted", 2026, 20270101)])
def test_the_years_end_in_a_letter_where_waiting_ends(
    monkeypatch: pytest.MonkeyPatch, choice: str, last: int, free: int
) -> None:
    monkeypatch.setenv("PINGJIANG_ALSO", str(DRAFTS / "yunling.lp"))
    case = read({"case.lp": CASE.encode()}, {"award_year": choice})
    outcome = decide(case).outcome("X")
    [found] = bases(decide(case), [outcome])
    [end] = [one for one in ends(found, statute("yunling")) if one.key == "award_years"]

    assert (end.day, end.words) == (last * 10000 + 1231, "自获奖年度起3年")
    assert [one.day for one in earliest(case, "X").ends if one.ground.key == "award_years"] == [free]
