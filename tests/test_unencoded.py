"""What a regulation decides and its rule file does not carry out (class X)."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.encoding.encodings import from_files
from audit.encoding.fidelity import faults
from audit.encoding.substance import hollow
from engine.law.rulebook import COMMON
from engine.law.statutes import RULES, Provision
from engine.law.unencoded import Unencoded, unencoded, unencoded_in

DRAFTS = Path(__file__).parent / "drafts"


def _with_class(folder: Path, category: str) -> Path:
    """The rule file of an invented city whose 第七条 is of this class; its text beside it."""
    rules = (DRAFTS / "heming.lp").read_text("utf-8")
    before = "%! 评审坚持优中选优，宁缺毋滥。\n%: D\n"
    assert before in rules
    path = folder / "heming.lp"
    path.write_text(rules.replace(before, before.replace("%: D", f"%: {category}")), "utf-8")
    path.with_suffix(".md").write_text((DRAFTS / "heming.md").read_text("utf-8"), "utf-8")
    return path


def _codes(path: Path) -> list[str]:
    subject = from_files("heming", (RULES / COMMON, path))
    return [problem.code for problem in (*faults(subject), *hollow(subject))]


@pytest.mark.parametrize("city", ["jiyuan", "sanmenxia"])
def test_the_two_cities_leave_nothing_out(city: str) -> None:
    assert unencoded(city) == ()


@pytest.mark.parametrize(
    ("category", "wanted"),
    [
        ("D/X 何为优由评审组判断", Unencoded(Provision(7), "何为优由评审组判断")),
        ("D/X/award 何为优由评审组判断", Unencoded(Provision(7), "何为优由评审组判断", ("award",))),
    ],
)
def test_it_is_read_with_its_reason_and_the_questions_it_touches(
    tmp_path: Path, category: str, wanted: Unencoded
) -> None:
    path = _with_class(tmp_path, category)

    assert unencoded_in(path) == (wanted,)
    assert wanted.words("zh") == "第七条未由本程序核对：何为优由评审组判断"
    assert _codes(path) == []


@pytest.mark.parametrize(
    ("category", "code"),
    [
        ("D/X", "audit.class"),
        ("D/X/letter 由评审组判断", "audit.class"),
        ("X 由评审组判断", "audit.rules_of_x"),
    ],
)
def test_without_a_reason_or_with_rules_below_it_is_a_fault(tmp_path: Path, category: str, code: str) -> None:
    assert _codes(_with_class(tmp_path, category)) == [code]
