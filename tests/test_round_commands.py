"""The commands about a round, as a person calls them: both languages, JSON, bad usage, hostile names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.tables.rounds import round_text
from desk.shell.cli import run
from engine.words.catalogues import LANGUAGES

FACTS = Path(__file__).resolve().parents[1] / "facts"
JIYUAN, SANMENXIA = str(FACTS / "jiyuan-6"), str(FACTS / "sanmenxia-3")
Capture = pytest.CaptureFixture[str]

LINES = [
    ["award", JIYUAN],
    ["award", SANMENXIA, "--reading", "quota_scope=separate"],
    ["award", JIYUAN, "--all", "--limit", "3"],
    ["award", JIYUAN, "--check", "main=J02,J09", "--check", "nomination="],
    ["award", JIYUAN, "--why", "J06"],
    ["award", JIYUAN, "--why", "J03", "--tree"],
    ["award", SANMENXIA, "--standing", "S05"],
    ["review", JIYUAN, "--as-of", "2026-11-22"],
    ["review", SANMENXIA, "--as-of", "2026-11-22"],
    ["watch", JIYUAN, "--from", "2025-01-01", "--to", "2032-12-31"],
    ["watch", SANMENXIA, "--from", "2020-01-01", "--to", "2020-01-02"],
    ["procedure", JIYUAN],
    ["procedure", JIYUAN, "--why", "proposed_winners_notice_days"],
    ["procedure", SANMENXIA, "--why", "supervision_members"],
    ["review", JIYUAN, "--as-of", "2026-11-22", "--why", "W04"],
    ["review", SANMENXIA, "--as-of", "2026-11-22", "--why", "W04"],
    ["procedure", SANMENXIA],
    ["calendar", "--publish", "2026-09-24"],
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_a_person_is_answered(line: list[str], lang: str, capsys: Capture) -> None:
    """Every sentence there is, in both languages, without a brace left over."""
    assert run([*line, "--lang", lang]) == 0
    shown = capsys.readouterr().out

    assert shown.strip()
    assert "{" not in shown


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_a_program_is_answered(line: list[str], capsys: Capture) -> None:
    """One JSON document, whatever the language."""
    assert run([*line, "--json", "--lang", "zh"]) == 0
    chinese = capsys.readouterr().out
    assert run([*line, "--json", "--lang", "en"]) == 0

    assert json.loads(chinese)
    assert chinese == capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["award", JIYUAN, "--check", "main"], "not_a_choice"),
        (["award", JIYUAN, "--check", "second=J01"], "no_such_prize"),
        (["award", JIYUAN, "--check", "main=J99"], "no_such_applicant"),
        (["award", JIYUAN, "--why", "J08"], "no_candidate"),
        (["award", JIYUAN, "--limit", "many"], "not_a_number"),
        (["review", JIYUAN, "--as-of", "2026-02-30"], "not_a_day"),
        (["watch", JIYUAN, "--from", "2026-01-02", "--to", "2026-01-01"], "days_reversed"),
        (["calendar", "--publish", "2026-12-28"], "calendar_missing"),
        (["calendar", "--publish", "2026-09-24", "--days", "0"], "days_range"),
        (["review", JIYUAN, "--as-of", "2026-11-22", "--why", "J01"], "no_award"),
        (["procedure", JIYUAN, "--why", "something"], "no_such_check"),
        (["replay", "nowhere/record.json"], "no_round_record"),
    ],
)
def test_bad_usage_is_two(line: list[str], code: str, capsys: Capture) -> None:
    """With a code that a program can read."""
    assert run([*line, "--json"]) == 2
    assert [problem["code"] for problem in json.loads(capsys.readouterr().out)["problems"]] == [code]


def test_a_calendar_file_is_written(tmp_path: Path) -> None:
    """Beside the table."""
    file = tmp_path / "due.ics"

    assert run(["watch", JIYUAN, "--from", "2026-01-01", "--to", "2030-12-31", "--ics", str(file)]) == 0
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_name_cannot_steer_the_terminal(tmp_path: Path, capsys: Capture) -> None:
    """Neither a winner's nor a loser's."""
    case = tmp_path / "case.lp"
    names = ['name("J01","\x1b[31mred")', 'name("J02","line\\nbreak")']
    text = round_text("jiyuan", {"J01": 900, "J02": 500}, ["pass_mark(nomination,600)", "pass_mark(main,600)"])
    kept = [line for line in text.splitlines() if not line.startswith("name(")]
    case.write_text("\n".join([*kept, *(f"{name}." for name in names)]), "utf-8")

    assert run(["award", str(case)]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert r"\u{1b}[31mred" in shown and r"line\u{a}break" in shown


def test_a_round_before_the_text_is_refused(tmp_path: Path) -> None:
    """By every question."""
    case = tmp_path / "case.lp"
    text = round_text("jiyuan", {"J01": 900}, ['winner("W",organization)', 'awarded("W",main,5,20231118)'])
    case.write_text(text.replace("round(jiyuan,6,20250930)", "round(jiyuan,6,20250824)"), "utf-8")

    codes = {command: run([command, str(case)]) for command in ("award", "review", "watch", "procedure")}
    assert codes == dict.fromkeys(codes, 2)
