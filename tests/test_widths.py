"""What is printed for a person keeps within the terminal, however long names are and however many apply."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.shell.cli import run
from engine.words.display import width
from engine.words.lines import _CLOSING, _OPENING, _WORD, cut
from engine.words.messages import text

NAME = "虚构" + "精密铸造与智能装备制造股份有限公司" * 4
ID = "申报-" + "X" * 60
REVIEWER = "R" * 50

CASE = f"""\
round(jiyuan,6,20250930). announced(20250826). supplement_by(20251010).
applicant("{ID}",organization). name("{ID}","{NAME}"). seat("{ID}",jiyuan). industry("{ID}","C32"). score("{ID}",900).
accident("{ID}",safety,major,liable,20240506).
awarded("{ID}",main,5,20231120). certificate("{ID}",qms,20240101,20280301).
applicant("J02",organization). name("J02","{NAME}乙"). seat("J02",jiyuan).
industry("J02","C32"). score("J02",842).
winner("W1",organization). name("W1","{NAME}丙").
awarded("W1",main,4,20221120). revoked("W1",main,4,fraud,20240315).
group("G-{"组" * 30}","C32"). in_group("{ID}","G-{"组" * 30}"). in_group("J02","G-{"组" * 30}").
officer("{REVIEWER}0","J02",director,20200101,99991231). employed("{REVIEWER}1","{NAME}",20200101,99991231).
""" + "".join(
    f'reviewer("{REVIEWER}{n}"). name("{REVIEWER}{n}","{NAME}{n}"). expertise("{REVIEWER}{n}","C32").'
    f'can_lead("{REVIEWER}{n}"). pool("{REVIEWER}{n}",henan).\n'
    for n in range(7)
)  # fmt: skip
LINES = [
    "decide CASE", "award CASE", "review CASE", "review CASE --why ID", "procedure CASE", "conflicts CASE",
    "watch CASE", "sensitivity CASE", "panels CASE", "draw CASE --demo-seed", "draw CASE --demo-seed --chances 20",
    "why CASE ID", "why-not CASE ID", "what-if CASE ID", "earliest CASE ID", "check CASE", "diff CASE OTHER",
    "letter CASE ID --text", "articles", "readings", "cities", "calendar",
]  # fmt: skip


class Terminal(io.StringIO):
    """A stream that says a person is looking."""

    def isatty(self) -> bool:
        return True


def shown(line: str, folder: Path, lang: str, monkeypatch: pytest.MonkeyPatch, columns: int = 80) -> list[str]:
    """The lines of a command on a terminal."""
    for name, value in {"COLUMNS": str(columns), "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    (folder / "case.lp").write_text(CASE, "utf-8")
    (folder / "other.lp").write_text(CASE.replace("accident(", "certificate(").replace(
        "safety,major,liable,20240506", "ems,20240101,20270101"), "utf-8")  # fmt: skip
    names = {"CASE": str(folder / "case.lp"), "OTHER": str(folder / "other.lp"), "ID": ID}
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    run([names.get(word, word) for word in line.split()] + ["--lang", lang])
    return screen.getvalue().splitlines()


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(
    line: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = shown(line, tmp_path, lang, monkeypatch)

    assert lines and [(width(one), one) for one in lines if width(one) > 80] == []


def test_thousands_are_summarized(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person can take in; who is asked for by name comes in full."""
    rows = "".join(
        f'applicant("A{n:04}",organization). seat("A{n:04}",{"elsewhere" if n % 4 else "jiyuan"}).\n'
        for n in range(2_000)
    )
    case = tmp_path / "case.lp"
    case.write_text("round(jiyuan,6,20250930).\n" + rows, "utf-8")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert run(["decide", str(case), "--lang", "zh"]) == 0
    summary = sys.stdout.getvalue().splitlines()  # type: ignore[attr-defined]
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert run(["decide", str(case), "--only", "A0001", "--lang", "zh"]) == 0
    one = sys.stdout.getvalue()  # type: ignore[attr-defined]

    assert len(summary) < 60
    assert [row.split() for row in summary if "第二条 " in row] == [["1500", "第二条", "不是在本市登记注册的单位"]]
    assert text("table.count", "zh", total=2000, eligible=0, pending=500, rejected=1500) in summary
    assert "A0001" in one and "第二条" in one


@pytest.mark.parametrize("columns", [2, 7, 40])
def test_a_word_wider_than_the_columns_is_cut(columns: int) -> None:
    lines = cut(f"{ID} {NAME}", columns)

    assert max(map(width, lines)) <= columns
    assert "".join(lines).replace(" ", "") == ID + NAME


_WIDE = r"\u2e80-\uffef"
_SAID = re.compile(rf"\s+|[{_OPENING}]*(?:[{_WIDE}]|[^\s{_OPENING}{_WIDE}]+)[{_CLOSING}]*|[{_OPENING}]+")
_SIGNS = st.sampled_from(
    f"{_OPENING}{_CLOSING} \t\u3000\xa0\u2003ab1-中文Ａ\0\x85\u2e7f\u2e80\uffef\ufff0\U00010000\U0001f600\ud800"
)


@given(text=st.text(st.one_of(_SIGNS, st.characters()), max_size=20))
def test_words_are_cut_as_if_wide_signs_were_named(text: str) -> None:
    assert _WORD.findall(text) == _SAID.findall(text)
