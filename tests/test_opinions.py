"""A lawyer's words on generated cases: accepted, contested, lapsed; listed in either language; said again."""

import json
import tomllib
from pathlib import Path

import pytest

from audit.checks.provisions import coverage
from audit.encoding.casetables import table
from audit.encoding.encodings import asking, encoding
from audit.encoding.questions import QUESTIONS
from audit.encoding.seals import seal
from audit.opinions import ledger
from audit.opinions.rounds import objections
from audit.tables.sentences import case_dossier, sentence
from audit.tables.verdicts import conducted
from desk.shell.cli import run
from engine.law.statutes import Provision
from tests.planted import planted, tiny

ON = ("--by", "王某", "--on", "2026-11-22")
LINE, BELOW = "a1_self_score_self_score_points_600", "a1_self_score_failed"


def _cases(folder: Path, capsys: pytest.CaptureFixture[str], *words: str, lang: str = "zh") -> tuple[int, str]:
    code = run(["--lang", lang, "audit", "cases", str(folder / "rules" / "jiyuan-tiny.lp"), *words])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_an_accepted_case_stands_beside_the_cases_with_name_day_and_seal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subject = tiny(tmp_path)

    assert _cases(tmp_path, capsys, "--accept", LINE, "--contest", BELOW, "--remark", "四舍五入", *ON)[0] == 0

    file = tmp_path / "rules" / "cases" / "jiyuan-tiny_audit.toml"
    [case] = table(file)
    objection = ledger.opinions(file)[BELOW]
    assert (case.id, case.says, case.expect) == (LINE, "某单位的自评分为600分：拟列入受理名单", {"status": "eligible"})
    assert case.signed and (case.signed.by, case.signed.on) == ("王某", "2026-11-22")
    assert (objection.contested, objection.remark) == (True, "四舍五入")
    assert objection.example.expect == {"status": "rejected", "failed": ["art(1,0,0) self_score"]}
    assert [one.state(subject) for one in ledger.opinions(file).values()] == ["signed", "contested"]


def test_a_later_word_stands_before_the_earlier_which_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every word is kept, with who spoke, as what, when, what had come out then, and why."""
    tiny(tmp_path)
    _cases(tmp_path, capsys, "--contest", LINE, "--remark", "四舍五入", "--as", "法制审核", *ON)
    _cases(tmp_path, capsys, "--accept", LINE, "--by", '李"某', "--on", "2026-11-23")
    _, listed = _cases(tmp_path, capsys, "--accept", LINE, "--by", "赵某", "--on", "2026-11-24")
    _, listed = _cases(tmp_path, capsys, "--state", "signed")

    file = tmp_path / "rules" / "cases" / "jiyuan-tiny_audit.toml"
    assert "contested" not in tomllib.loads(file.read_text("utf-8"))
    [case] = table(file)
    assert case.signed and (case.id, case.signed.by) == (LINE, "赵某")
    first, second = case.earlier
    assert (first.said, first.signed.by, first.signed.role, first.signed.on, first.remark) == (
        "contested",
        "王某",
        "法制审核",
        "2026-11-22",
        "四舍五入",
    )
    assert (first.expect, second.said, second.signed.by) == ({"status": "eligible"}, "accepted", '李"某')
    assert "此前：有异议 · 王某（法制审核） · 2026-11-22：四舍五入" in listed
    assert '此前：已确认 · 李"某 · 2026-11-23' in listed


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            ("确认已失效 · 王某 · 2026-11-22", "某单位的自评分为600分", "→ 拟不列入受理名单",
             "当时的结果：拟列入受理名单"),
        ),
        (
            "en",
            ("acceptance lapsed · 王某 · 2026-11-22", "an organization scores itself 600 points", "→ not to be listed",
             "what came out then: to be listed"),
        ),
    ],
)  # fmt: skip
def test_a_changed_rule_shows_the_acceptance_as_lapsed_with_both_outcomes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, said: tuple[str, ...]
) -> None:
    """The list keeps the case although the rules no longer turn there, and sets the old outcome beside the new."""
    tiny(tmp_path)
    _cases(tmp_path, capsys, "--accept", LINE, *ON)
    tiny(tmp_path, 700)

    code, told = _cases(tmp_path, capsys, "--state", "lapsed", lang=lang)

    assert code == 0
    assert [words for words in said if words not in told] == []


def test_a_case_not_spoken_of_is_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tiny(tmp_path)
    _cases(tmp_path, capsys, "--accept", LINE, *ON)

    code, told = _cases(tmp_path, capsys, "--json", "--about", "第一条")
    found = {case["id"]: case["state"] for case in json.loads(told)["cases"]}

    assert code == 0
    assert found == {LINE: "signed", BELOW: "open", "a1_self_score_open": "open"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--accept", LINE), "--by"),
        (("--accept", LINE, "--by", " "), "--by"),
        (("--accept", LINE, "--contest", LINE, *ON), "不能既确认又有异议"),
        (("--accept", "a9_none", *ON), "a9_none"),
        (("--accept", LINE, "--by", "王某", "--on", "2026-02-30"), "2026-02-30"),
        (("--about", "第某条"), "第某条"),
    ],
)
def test_what_cannot_be_signed_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    tiny(tmp_path)

    code, told = _cases(tmp_path, capsys, *words)

    assert (code, said in told) == (2, True)
    assert list((tmp_path / "rules" / "cases").iterdir()) == []


def test_other_readings_are_not_signed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tiny(tmp_path)
    name = f"{tmp_path / 'rules' / 'jiyuan-tiny.lp'}:lookback=calendar_years"

    assert run(["audit", "cases", name, "--accept", LINE, *ON]) == 2
    assert "lookback=calendar_years" in capsys.readouterr().err


def test_a_case_is_worded_from_its_facts_in_english_and_as_signed_in_chinese() -> None:
    [case] = [one for one in table(ledger.path(encoding("jiyuan"))) if one.id == "a9_audit_policy_breach_is_no_listing"]

    assert sentence(case, "zh") == case.says
    assert sentence(case, "en").startswith("an organization did not conform to")
    assert sentence(case, "en").endswith(": to be listed")


def test_a_value_in_the_place_of_another_says_enough() -> None:
    [case] = [
        one for one in table(ledger.path(encoding("jiyuan")).with_name("jiyuan.toml")) if one.id == "a10_self_score_499"
    ]

    assert case_dossier(case, "zh") == "某单位的自评分为499分"


def test_signed_and_contested_rounds_are_known_by_the_rules_of_their_own_question(tmp_path: Path) -> None:
    """A round is signed for what its question's rules say too: fresh it has not lapsed, and an objection stands."""
    (tmp_path / "cases").mkdir()
    subject = planted(tmp_path, "jiyuan").paths[1].rename(tmp_path / "jiyuan.lp")
    (tmp_path / "jiyuan-planted.md").rename(tmp_path / "jiyuan.md")
    found = encoding(str(subject))
    mark = seal(asking(found, QUESTIONS["review"]), Provision(23))
    rows = [
        f"""[[{kind}]]
id = "a23_{kind}"
facts = ['awarded("W",main,4,20211120)']
as_of = 20270101
signed = {{by = "王某", on = "2026-11-22", seal = "{mark}"}}
expect = {{holds = [], lacks = []}}
"""
        for kind in ("case", "contested")
    ]
    (tmp_path / "cases" / "review_jiyuan_audit.toml").write_text("\n".join(rows), "utf-8")

    cases = [each.example for each in conducted(asking(found, QUESTIONS["review"]), tmp_path / "cases").all]
    [about] = [row for row in coverage(found, cases).rows if row.provision == Provision(23)]
    said, now = objections(found)

    assert [(case.id, state) for case, state in about.signatures()] == [("a23_case", "signed")]
    assert [(one.id, one.state(found)) for one in said] == [("a23_contested", "contested")]
    assert [each.example.id for each in now] == ["a23_contested"]


def test_a_comment_accepts_and_contests_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It stands at the end of the table with name, day and seal, is listed, and outlives a later word on the case."""
    subject = tiny(tmp_path)
    file = tmp_path / "rules" / "cases" / "jiyuan-tiny_audit.toml"
    comment = ("--comment", BELOW, "--as", "法制员", *ON)
    assert _cases(tmp_path, capsys, *comment)[0] == 2
    assert _cases(tmp_path, capsys, *comment, "--remark", "x", "--accept", LINE)[0] == 2 and not file.exists()

    assert _cases(tmp_path, capsys, *comment, "--remark", "先问登记机关")[0] == 0
    [one] = ledger.comments(file)[BELOW]
    assert (one.signed.by, one.signed.on, one.signed.role, one.remark) == (
        "王某",
        "2026-11-22",
        "法制员",
        "先问登记机关",
    )
    assert one.signed.seal == seal(subject, Provision(1)) and ledger.opinions(file) == {}
    _cases(tmp_path, capsys, "--accept", BELOW, *ON)
    assert "意见：王某（法制员）（2026-11-22）：先问登记机关" in _cases(tmp_path, capsys)[1]
    assert ledger.comments(file)[BELOW] == [one] and list(ledger.opinions(file)) == [BELOW]
