"""Where a sentence comes from."""

import json

import pytest

from desk.shell.cli import run
from engine.law.origins import origins
from engine.law.statutes import RULES


def test_the_words_of_the_law_and_of_the_rules_are_found() -> None:
    found = {(one.file, one.line) for one in origins("10年内不得再次申报市长质量奖")}
    text = (RULES / "jiyuan.md").read_text("utf-8").splitlines()
    [line] = [number for number, words in enumerate(text, 1) if "10年内不得再次申报市长质量奖" in words]

    assert ("rules/jiyuan.md", line) in found
    assert {file for file, _ in found} >= {"rules/jiyuan.md", "rules/jiyuan.lp"}


def test_a_filled_message_leads_to_its_template() -> None:
    """Key, file and line: the line is the one on which the key stands."""
    [one] = origins("没有给出公布的 C（--commitment）：未核对案卷是否就是公布的那一份")
    words = (RULES.parent / one.file).read_text("utf-8").splitlines()[one.line - 1]

    assert one.key == "panel.not_given.commitment"
    assert words.startswith("commitment = ")
    assert "panel.order" in {one.key for one in origins("各组抽取次序：G1 G2")}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["where", "不得再次申报", "--json", "--lang", lang]) == 0
    assert {"key", "file", "line", "words"} == set(json.loads(capsys.readouterr().out)["places"][0])
    assert run(["where", "没有这句话这句话", "--lang", lang]) == 2
    assert run(["where", "x", "--lang", lang]) == 2
