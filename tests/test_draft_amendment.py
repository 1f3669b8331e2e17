"""A draft amendment against the regulation in force: what it changes, for whom, and that nothing else changes.

The draft (tests/drafts/jiyuan-draft.md) raises the score to 600 (第十条), makes the window of 第九条第（三）项 two
years and the bar after an award to two rounds (第二十四条). It was written for this comparison and never issued.
"""

from pathlib import Path

import pytest

from audit.checks.applicants import changes
from audit.checks.comparison import Comparison, compare
from audit.encoding.encodings import Encoding, encoding
from audit.encoding.fidelity import faults
from audit.tables.outcomewords import outcome
from engine.case.case import Case
from engine.facts.vocabulary import Fact
from engine.law.statutes import read
from tests.planted import planted

DRAFT = Path(__file__).parent / "drafts" / "jiyuan-draft.md"
CHANGED = {"第十条", "第九条第（三）项", "第二十四条"}


def draft(folder: Path) -> Encoding:
    """The encoding of the draft: three quotations, the words under them and three numbers changed, beside its text."""
    subject = planted(
        folder,
        "jiyuan",
        ("自评分高于500分（含）", "自评分高于600分（含）"),
        ("#const min_self_score = 500.", "#const min_self_score = 600."),
        ("%! 近3年国家级", "%! 近2年国家级"),
        ("#const check_years = 3.", "#const check_years = 2."),
        ("自获奖之日起3届内不得再次申报该奖项；3届后", "自获奖之日起2届内不得再次申报该奖项；2届后"),
        ("#const barred_rounds = 3.", "#const barred_rounds = 2."),
        ("%~ 近3年\n#const check_years", "%~ 近2年\n#const check_years"),
        ("%~ 自评分高于500分（含）", "%~ 自评分高于600分（含）"),
        ("%~ 自获奖之日起3届", "%~ 自获奖之日起2届"),
        ("%~ 自获奖之日起3届", "%~ 自获奖之日起2届"),
        ("%~ 3届后", "%~ 2届后"),
    )
    subject.paths[1].with_suffix(".md").write_text(DRAFT.read_text("utf-8"), "utf-8")
    return subject


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return compare(encoding("jiyuan"), draft(tmp_path_factory.mktemp("draft")))


def test_the_draft_s_rules_say_the_draft_s_words(tmp_path: Path) -> None:
    assert faults(draft(tmp_path)) == []
    assert read(DRAFT).title.startswith("济源市市长质量奖管理办法")


@pytest.mark.slow
def test_each_amended_provision_has_a_witness_and_no_other_has(found: Comparison) -> None:
    told = set()
    for witness in found.witnesses:
        old, new = (set(outcome(shown)[1]) for shown in (witness.old, witness.new))
        told |= {provision.citation for _, provision, _ in old ^ new}

    assert told == CHANGED


def test_the_applicants_who_would_lose_or_gain_are_named(tmp_path: Path) -> None:
    facts = [Fact("round", ("jiyuan", 6, 20250930))]
    for id, points in (("J1", 550), ("J2", 650)):
        facts += [Fact("applicant", (id, "organization")), Fact("self_score", (id, points))]
    facts += [Fact("applicant", ("J3", "organization")), Fact("awarded", ("J3", "main", 3, 20200101))]

    assert [id for id, _, _ in changes(encoding("jiyuan"), draft(tmp_path), Case.of(facts))] == ["J1", "J3"]
