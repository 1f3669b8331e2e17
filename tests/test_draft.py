"""A new regulation's files: laid out from its text, refused where something is wrong, faithful from the start."""

from pathlib import Path

import pytest

from audit.draft import lay_out
from audit.encoding import from_files
from audit.fidelity import faults
from engine.errors import UsageError
from engine.rulebook import COMMON
from engine.statute import RULES

TEXT = """某市市长质量奖管理办法

第一章 总则
第一条 为了试验，制定本办法。
第二条 申报单位应当具备下列条件：
（一）运行4年以上；
（二）自评分不低于600分。
"""


def _new(folder: Path, text: str = TEXT, name: str = "mou") -> tuple[Path, ...]:
    source = folder / "text.md"
    source.write_text(text, "utf-8")
    return lay_out(name, source, folder / "rules", folder / "cases")


def test_each_provision_has_its_block_and_only_the_class_is_open(tmp_path: Path) -> None:
    _, rules, _ = _new(tmp_path)

    found = faults(from_files("mou", (RULES / COMMON, rules)))

    assert [problem.code for problem in found] == ["audit.class"] * 4
    assert [problem.parameters["citation"] for problem in found] == [
        "第一条",
        "第二条",
        "第二条第（一）项",
        "第二条第（二）项",
    ]


def test_the_numbers_of_the_words_are_offered(tmp_path: Path) -> None:
    _, rules, _ = _new(tmp_path)

    assert "= 4." in rules.read_text("utf-8")
    assert "= 600." in rules.read_text("utf-8")


def test_the_texts_of_both_cities_can_be_laid_out_again(tmp_path: Path) -> None:
    for city in ("jiyuan", "sanmenxia"):
        made, *_ = _new(
            tmp_path / city if (tmp_path / city).mkdir() is None else tmp_path,
            (RULES / f"{city}.md").read_text("utf-8"),
        )

        assert made.read_text("utf-8") == (RULES / f"{city}.md").read_text("utf-8")


@pytest.mark.parametrize(("text", "name"), [(TEXT, "Mou"), (TEXT, "../mou"), ("nothing here\n", "mou")])
def test_a_bad_name_or_an_empty_text_is_refused(text: str, name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        _new(tmp_path, text, name)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    _new(tmp_path)

    with pytest.raises(UsageError):
        _new(tmp_path)
