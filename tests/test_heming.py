"""An invented regulation, from `audit new` to decisions, reasons, award sets and a letter: no Python is changed for it.

It asks for a paper, a certificate and a judgment that the vocabulary does not have, and declares them in its own rule
file, worded there in both languages. The text, the rules and the cases stand in `tests/drafts/heming.*`.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from audit.checks.wordings import worded
from audit.draft.layout import lay_out
from audit.encoding.casetables import table
from audit.encoding.encodings import from_files
from audit.encoding.fidelity import faults
from audit.encoding.substance import hollow
from audit.tables.verdicts import decided
from engine.law.rulebook import COMMON, rule_file
from engine.law.statutes import RULES
from tests.elsewhere import all_said

HOUSE = Path(__file__).resolve().parents[1]
DRAFTS = HOUSE / "tests" / "drafts"
CASE = """
round(heming,1,20250930).
applicant("H1",organization). name("H1","虚构甲公司"). seat("H1",heming). operating_since("H1",20150101).
finding("H1",mode_maturity,yes). certificate("H1",chief_quality_officer,20240101,20261231). self_score("H1",700).
material("H1",application_form). material("H1",tax_proof). submitted("H1",20250901). score("H1",800).
applicant("H2",organization). name("H2","虚构乙公司"). seat("H2",heming). operating_since("H2",20230101).
finding("H2",mode_maturity,no). finding_by("H2",mode_maturity,"评审员甲",20250925,"模式尚在试行").
certificate("H2",chief_quality_officer,20200101,20230101). self_score("H2",500).
material("H2",application_form). material("H2",tax_proof). submitted("H2",20250901).
accident("H2",safety,considerable,liable,20240101).
"""
COMMANDS = {
    "decide": ["--lang", "zh", "decide", "case.lp", "--json"],
    "why": ["--lang", "zh", "why-not", "case.lp", "H2"],
    "award": ["award", "case.lp", "--json"],
    "letter": ["--lang", "zh", "letter", "case.lp", "H2", "-o", "letters"],
    "earliest": ["--lang", "zh", "earliest", "case.lp", "H2"],
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What each command says, all run in a copy of the house with the new city in it."""
    folder = tmp_path_factory.mktemp("house")
    for name in ("engine", "explain", "audit", "desk", "rules"):
        shutil.copytree(HOUSE / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOUSE / "pyproject.toml", folder)
    for suffix in ("md", "lp"):
        shutil.copy(DRAFTS / f"heming.{suffix}", folder / "rules")
    (folder / "case.lp").write_text(CASE, "utf-8")
    found = all_said(COMMANDS, folder, PYTHONPATH=str(folder))
    page = (folder / "letters" / "letter-H2.html").read_text("utf-8")
    return found | {"page": (0, re.sub(r"<[^>]+>|\s+", "", page.partition("</style>")[2]))}


def test_the_laid_out_file_has_the_blocks_of_the_finished_one(tmp_path: Path) -> None:
    _, rules, _ = lay_out("heming", DRAFTS / "heming.md", tmp_path / "rules", tmp_path / "cases")

    laid_out, finished = (rule_file(path).blocks for path in (rules, DRAFTS / "heming.lp"))
    assert [(b.provision, b.words) for b in laid_out] == [(b.provision, b.words) for b in finished]
    assert {block.category for block in laid_out} == {"?"}


def test_the_bench_finds_no_fault_and_every_case_comes_out() -> None:
    """Terms of its own are no unknown terms, words of its own are words."""
    subject = from_files("heming", (RULES / COMMON, DRAFTS / "heming.lp"))
    cases = table(DRAFTS / "heming.toml")

    assert [*faults(subject), *hollow(subject), *worded(subject)] == []
    assert [(each.example.id, each.wanted, each.found) for each in decided(subject, cases).all if not each.agrees] == []
    assert len(cases) > 10


def test_it_decides(said: dict[str, tuple[int, str]]) -> None:
    code, words = said["decide"]
    outcomes = {one["id"]: one for one in json.loads(words)["applicants"]}

    assert (code, outcomes["H1"]["status"], outcomes["H2"]["status"]) == (0, "eligible", "rejected")
    assert [ground["requirement"] for ground in outcomes["H2"]["failed"]] == [
        "operating_years", "mode_maturity", "chief_quality_officer", "self_score",
    ]  # fmt: skip


def test_it_says_why(said: dict[str, tuple[int, str]]) -> None:
    words = said["why"][1]

    assert "首席质量官任职" in words
    assert "第四条第（一）项所定的近4年之内" in words


def test_it_awards(said: dict[str, tuple[int, str]]) -> None:
    [one] = json.loads(said["award"][1])["sets"]

    assert (one["main"], one["nomination"], one["vacant"]) == (["H1"], [], {"main": 2, "nomination": 3})


def test_it_writes_the_letter(said: dict[str, tuple[int, str]]) -> None:
    letter = said["page"][1]

    assert "未列入第一届鹤鸣市市长质量奖受理名单理由告知书" in letter
    assert "2025年9月25日，评审员甲认定，你单位质量管理模式不够成熟或者没有推广价值：模式尚在试行。" in letter
    assert "你单位不具备该条第（二）项中“质量管理模式成熟度高、具有推广价值”的条件" in letter
    assert "自评分为500分，低于600分" in letter
    assert "依《办法》第四条第（一）项不得申报" in letter


def test_no_cycle_is_told_where_the_text_has_none(said: dict[str, tuple[int, str]]) -> None:
    assert said["earliest"][1].rstrip().endswith("以后各届的申报截止日以评审公告为准。")
