"""Hints: what is well formed and may still be a slip; it decides nothing, and every command tells it."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.shell.cli import run
from engine.case.case import load
from engine.compare.industries import is_industry, meant_industry
from engine.compare.likeness import Neighbours, folded
from engine.compare.slips import hint_words, hints

TODAY = 20261122
ROUND = "round(jiyuan,6,20250930).\n"
J01 = 'applicant("J01",organization). name("J01","虚构精密铸造有限公司").\n'
R1 = 'reviewer("R1"). name("R1","李四").\n'

Capture = pytest.CaptureFixture[str]
Found = tuple[str, tuple[str, ...], str, str]


def found(tmp_path: Path, words: str) -> list[Found]:
    """Each hint of a case: kind, identifiers, what was found, what may be meant."""
    path = tmp_path / "case.lp"
    path.write_text(ROUND + words, "utf-8")
    return [(hint.kind, hint.ids, hint.found, hint.meant) for hint in hints(load(path), TODAY)]


@pytest.mark.parametrize(
    ("words", "want"),
    [
        # One body under two numbers: its history stays with the other.
        (J01 + 'winner("W1",organization). name("W1","虚构精密铸造有限公司").', ("J01", "W1")),
        (J01 + 'applicant("J02",organization). name("J02","虚构精密 铸造有限公司").', ("J01", "J02")),
        (J01 + 'applicant("J02",organization). name("J02","虚构精密铸造有限公司").', ("J01", "J02")),
        (J01 + 'winner("W1",organization). former_name("W1","虚构精密铸造有限公司").', ("J01", "W1")),
        (J01 + 'controls("O1","J01",20200101,99991231). name("O1","虚构精密铸造有限公司").', ("J01", "O1")),
        # One person under two.
        (R1 + 'applicant("P2",individual). name("P2","李四").', ("P2", "R1")),
        (R1 + J01 + 'officer("P9","J01",director,20200101,99991231). name("P9","李四").', ("P9", "R1")),
        (R1 + 'body_member(committee,"M1",member,expert). name("M1","李四").', ("M1", "R1")),
    ],
)
def test_one_name_under_two_identifiers(words: str, want: tuple[str, ...], tmp_path: Path) -> None:
    (hint,) = found(tmp_path, words)

    assert (hint[0], hint[1], hint[3]) == ("same_name", want, "")


@pytest.mark.parametrize(
    "words",
    [
        R1 + 'applicant("R1",individual).',
        J01 + R1.replace("李四", "虚构精密铸造有限公司"),
        J01 + 'group("G1","C32"). name("G1","虚构精密铸造有限公司").',
        R1 + J01 + 'employed("R1","O1",20200101,99991231). name("O1","虚构大学").',
        'applicant("J01",organization). winner("J02",organization).',
    ],
    ids=["one identifier", "a person and a body", "a group", "an employer", "no names"],
)
def test_what_is_no_second_identifier(words: str, tmp_path: Path) -> None:
    assert found(tmp_path, words) == []


@pytest.mark.parametrize(
    ("tie", "kind", "ids", "text", "meant"),
    [
        ('officer("R1","虚构精密铸造有限公司",director,20200101,99991231)', "tie_leads_nowhere", ("J01", "R1"),
         "虚构精密铸造有限公司", "J01"),
        ('officer("R1","虚构精密铸造 有限公司",director,20200101,99991231)', "tie_leads_nowhere", ("J01", "R1"),
         "虚构精密铸造 有限公司", "J01"),
        ('employed("R1","j01",20200101,99991231)', "tie_leads_nowhere", ("J01", "R1"), "j01", "J01"),
        ('employed("R1","Ｊ０１",20200101,99991231)', "tie_leads_nowhere", ("J01", "R1"), "Ｊ０１", "J01"),
        ('employed("R1"," J01",20200101,99991231)', "tie_leads_nowhere", ("J01", "R1"), " J01", "J01"),
        ('employed("R1","J1",20200101,99991231)', "tie_leads_nowhere", ("J01", "R1"), "J1", "J01"),
        ('employed("R1","JO1",20200101,99991231)', "tie_leads_nowhere", ("J01", "R1"), "JO1", "J01"),
        ('shareholder("r1","J01",minor,20200101,99991231)', "tie_leads_nowhere", ("J01", "R1"), "r1", "R1"),
        ('works_with("R1","虚构精密铸造有限公司",consulting,20200101,99991231)', "tie_leads_nowhere", ("J01", "R1"),
         "虚构精密铸造有限公司", "J01"),
        ('recommended_by("J01","ｊ01")', "tie_leads_nowhere", ("J01",), "ｊ01", "J01"),
        ('kin("R1","P9",spouse)', "tie_leads_nowhere", ("P9", "R1"), "P9", ""),
        ('officer("李四","J01",director,20200101,99991231)', "same_name", ("R1", "李四"), "李四", "R1"),
    ],
)  # fmt: skip
def test_ties_that_lead_nowhere(
    tie: str, kind: str, ids: tuple[str, ...], text: str, meant: str, tmp_path: Path
) -> None:
    """A tie written by a name, or to an identifier that nobody has: the reviewer may sit, and nobody is told why."""
    assert found(tmp_path, J01 + R1 + f"{tie}.") == [(kind, ids, text, meant)]


@pytest.mark.parametrize(
    "ties",
    [
        'kin("R1","P9",spouse). officer("P9","J01",director,20200101,99991231).',
        'employed("R1","O01",20200101,99991231). controls("O01","J01",20200101,99991231).',
        'employed("R1","O01",20200101,99991231). name("O01","虚构大学").',
        'employed("R1","虚构大学",20200101,99991231).',
        'officer("R1","J01",director,20200101,99991231).',
        'kin("R1","R2",spouse). reviewer("R2").',
    ],
)
def test_ties_that_lead_somewhere_or_mean_nobody_here(ties: str, tmp_path: Path) -> None:
    assert found(tmp_path, J01 + R1 + ties) == []


@pytest.mark.parametrize(
    ("fact", "want"),
    [
        ('accident("J01",safety,major,liable,20261123)', [("future_day", ("J01",), "2026-11-23", "")]),
        ('accident("J01",safety,major,liable,20261122)', []),
        ('certificate("J01",qms,20270101,20291231)', [("future_day", ("J01",), "2027-01-01", "")]),
        ('certificate("J01",qms,20240101,20291231)', []),
        ('accident("J01",safety,major,liable,19240506)', [("long_ago", ("J01",), "1924-05-06", "")]),
        ('operating_since("J01",19240506)', []),
        ('accounts("J01",2042,loss)', [("future_day", ("J01",), "2042", "")]),
        ("holiday_year(2042)", []),
        ("supplement_by(20270101)", []),
        ("notice(acceptance,20270101,20270110)", []),
        ("stage_day(approval,20270101)", []),
        ("asked(\"虚构环保局\",20270101,99991231)", [("future_day", (), "2027-01-01", "")]),
        ('source("seat(\\"J01\\",jiyuan)","无","/"). seat("J01",jiyuan)',
         [("placeholder", ("J01",), "/", ""), ("placeholder", ("J01",), "无", "")]),
        ('source("seat(\\"J01\\",jiyuan)","营业执照",""). seat("J01",jiyuan)', []),
        ('source("seat(\\"J01\\",jiyuan)","营业执照","—"). seat("J01",jiyuan)', [("placeholder", ("J01",), "—", "")]),
        ('source("seat(\\"J01\\",jiyuan)","待补","Ｎ／Ａ"). seat("J01",jiyuan)',
         [("placeholder", ("J01",), "待补", ""), ("placeholder", ("J01",), "Ｎ／Ａ", "")]),
        ('reviewer("R1"). expertise("R1","C38"). expertise("R1","C")', []),
        ('reviewer("R1"). expertise("R1","Ｃ38")', [("expertise_unknown", ("R1",), "Ｃ38", "C38")]),
        ('reviewer("R1"). expertise("R1","C34 通用设备")', [("expertise_unknown", ("R1",), "C34 通用设备", "C34")]),
        ('reviewer("R1"). expertise("R1","机械")', [("expertise_unknown", ("R1",), "机械", "")]),
        ('group("G1","32"). in_group("J01","G1")', [("expertise_unknown", ("G1",), "32", "C32")]),
        ("evidence_closed. supplement_by(20251020)", [("closed_and_supplement", (), "2025-10-20", "")]),
        ("evidence_closed. supplement_by(20251020). notice(acceptance,20251021,20251027)", []),
        ("evidence_closed. supplement_by(20251021). notice(acceptance,20251021,20251027)",
         [("closed_and_supplement", (), "2025-10-21", "")]),
        ('former_name("J01","虚构\\n旧名")', [("line_break", ("J01",), "虚构\n旧名", "虚构旧名")]),
    ],
)  # fmt: skip
def test_every_other_kind(fact: str, want: list[Found], tmp_path: Path) -> None:
    assert found(tmp_path, f"{J01}{fact}.") == want


@pytest.mark.parametrize(
    ("code", "real", "meant"),
    [
        ("C", True, "C"), ("C13", True, "C13"), ("C43", True, "C43"), ("C3812", True, "C3812"), ("C12", False, ""),
        ("C44", False, ""), ("T97", True, "T97"), ("U98", False, ""), ("c38", False, "C38"), ("38", False, "C38"),
        ("381", False, "C381"), ("98", False, ""), ("C38123", False, ""), ("C3", False, ""), ("", False, ""),
    ],
)  # fmt: skip
def test_industry_codes(code: str, real: bool, meant: str) -> None:
    assert (is_industry(code), meant_industry(code)) == (real, meant)


def test_one_character_apart() -> None:
    """One more, one less, another one; not two, not none."""
    near = Neighbours(["J01", "J02", "J001", "K99"])

    assert near.of("J01") == ("J001", "J02") and near.of("JJ01") == ("J001", "J01") and near.of("X00") == ()


def test_case_width_and_blanks_fold() -> None:
    assert folded(" ｊ０１\u200b") == folded("J01") == "j01"


# Told by every command


CASE = ROUND + J01 + 'winner("W1",organization). name("W1","虚构精密铸造有限公司"). awarded("W1",main,4,20211120).\n'
HINT = {"kind": "same_name", "ids": ["J01", "W1"], "place": "case.lp:2", "found": "虚构精密铸造有限公司", "meant": ""}
REVIEW = 'group("G1","C32"). in_group("J01","G1"). industry("J01","C32").\n' + "".join(
    f'reviewer("R{n}"). expertise("R{n}","C32"). can_lead("R{n}"). pool("R{n}",henan).\n' for n in range(5)
)
LINES = {
    "check": ["check"], "decide": ["decide"], "award": ["award"], "review": ["review"], "procedure": ["procedure"],
    "conflicts": ["conflicts"], "watch": ["watch"], "sensitivity": ["sensitivity"], "why": ["why"],
    "why-not": ["why-not"], "what-if": ["what-if"], "earliest": ["earliest"], "freeze": ["freeze"],
    "panels": ["panels", "--limit", "1"], "draw": ["draw", "--demo-seed"],
}  # fmt: skip
SUBJECT = {"why", "why-not", "what-if", "earliest"}


@pytest.fixture
def case(tmp_path: Path) -> str:
    path = tmp_path / "case.lp"
    path.write_text(CASE + REVIEW, "utf-8")
    return str(path)


def line(name: str, case: str, *more: str) -> list[str]:
    command, *options = LINES[name]
    return [command, case, *(["J01"] if name in SUBJECT else []), *options, *more]


@pytest.mark.parametrize("name", LINES)
def test_every_command_tells_hints_before_its_result(name: str, case: str, capsys: Capture) -> None:
    run(line(name, case, "--lang", "zh"))
    words = capsys.readouterr().out.splitlines()

    assert words[0].startswith("请核对") and words[1].startswith("  case.lp:2 J01、W1 名称相同")


@pytest.mark.parametrize("name", LINES)
def test_every_command_lists_hints_last_in_its_json(name: str, case: str, capsys: Capture) -> None:
    run(line(name, case, "--json"))
    answer = json.loads(capsys.readouterr().out)

    assert list(answer)[-1] == "hints" and answer["hints"] == [HINT]


@pytest.mark.parametrize("name", LINES)
def test_strict_hints_are_problems(name: str, case: str, capsys: Capture) -> None:
    code = run(line(name, case, "--json", "--strict-hints"))
    (problem,) = json.loads(capsys.readouterr().out)["problems"]

    assert (code, problem["code"], problem["line"]) == (2, "strict_hint", 2)


def test_without_hints_the_json_says_so(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "case.lp"
    path.write_text(ROUND + J01, "utf-8")

    assert run(["decide", str(path), "--json", "--strict-hints"]) == 0
    assert json.loads(capsys.readouterr().out)["hints"] == []


def test_hints_stand_outside_every_hash(case: str, tmp_path: Path, capsys: Capture) -> None:
    """A round, its replay and a drawn record know nothing of them; a record printed with them is verified."""
    folder = tmp_path / "out"
    assert run(["round", case, "-o", str(folder), "--without-graphs", "--as-of", "2026-11-22"]) == 0
    assert not [file for file in folder.rglob("*") if file.is_file() and b'"hints"' in file.read_bytes()]
    assert run(["replay", str(folder / "record.json")]) == 0
    capsys.readouterr()
    assert run(["draw", case, "--demo-seed", "--json"]) == 0
    record = tmp_path / "record.json"
    record.write_text(capsys.readouterr().out, "utf-8")
    assert run(["draw", "--verify", str(record)]) == 0


def test_the_checklist_of_papers_names_hints(case: str, tmp_path: Path) -> None:
    """On the page of the papers: each with its place, and beside the papers of whom it is about."""
    folder = tmp_path / "papers"
    assert run(["papers", case, "-o", str(folder), "--all", "--lang", "zh"]) == 0
    page = (folder / "index.html").read_text("utf-8")
    about = (
        "J01、W1 名称相同（虚构精密铸造有限公司）：若是同一单位或同一人，请改用同一个编号，否则其记录和关系连不到一起"
    )

    assert f"<li>case.lp:2　{about}</li>" in page
    assert page.count(f'<span class="check">请核对：{about}</span>') > 0


def test_facts_and_drawings_on_standard_output_stay_as_they_are(case: str, capsys: Capture) -> None:
    assert run(["facts", "convert", case, "-o", "-", "--to", "json", "--lang", "zh"]) == 0
    shown = capsys.readouterr()
    assert "hints" not in json.loads(shown.out) and "请核对" in shown.err
    assert run(["why", case, "J01", "--format", "dot", "--lang", "zh"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("digraph") and "请核对" in shown.err


@pytest.mark.parametrize(
    ("lang", "want"),
    [
        ("zh", "有一项记录的日期 2027-01-01 在今天之后"),
        ("en", "a record bears the day 2027-01-01, which is after today"),
    ],
)
def test_a_hint_about_nobody(lang: str, want: str) -> None:
    """A fact about the round names nobody, and the sentence does without."""
    from engine.case.hint import Hint

    assert hint_words(Hint("future_day", found="2027-01-01"), lang) == want


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_has_its_words(lang: str) -> None:
    """Also those that only a reader of workbooks notes."""
    from engine.case.hint import Hint

    kinds = """closed_and_supplement column_empty column_missing expertise_unknown future_day line_break long_ago
        lost_digits placeholder row_hidden row_without_content same_name sheet_empty
        sheet_not_read struck_out tie_leads_nowhere"""
    told = [
        hint_words(Hint(kind, ("J01",), found="甲", meant=meant), lang)
        for kind in kinds.split()
        for meant in ("", "乙")
    ]

    assert all(told) and len({words for words in told if "乙" in words}) == 6


def test_points_that_look_like_points_of_a_hundred_are_hinted_at(tmp_path: Path) -> None:
    """Points are of a thousand: 81 of a hundred would be read as 81 of a thousand."""
    words = J01 + 'applicant("J02",organization). self_score("J01",81). self_score("J02",720). score("J01","90.50").'

    assert found(tmp_path, words) == [
        ("points_of_hundred", ("J01",), "81", ""), ("points_of_hundred", ("J01",), "90.50", "")
    ]  # fmt: skip


@given(words=st.text(max_size=12))
def test_text_is_folded_sign_by_sign(words: str) -> None:
    wide = unicodedata.normalize("NFKC", words)
    seen = [sign for sign in wide if not sign.isspace() and unicodedata.category(sign) != "Cf"]

    assert folded(words) == "".join(seen).casefold()
