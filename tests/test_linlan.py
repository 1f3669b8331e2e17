"""An invented development zone, encoded from a chair: prizes for kinds, scores and a term that the text itself sets, an
event that revokes, what was announced before; its files lie elsewhere than the rules and are known all the same.

The text, the rules and the cases stand in `tests/drafts/linlan.*`.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from audit.checks.comparison import unsayable
from audit.checks.wordings import worded
from audit.encoding.casetables import table
from audit.encoding.encodings import encoding, from_files
from audit.encoding.fidelity import faults
from audit.space.days import windows
from audit.space.domain import space
from audit.space.dossiers import Dossier
from audit.tables.verdicts import decided
from engine.case.case import read
from engine.facts.vocabulary import Fact
from engine.law.governing import governed
from engine.law.rulebook import COMMON
from engine.law.statutes import RULES
from engine.words.spoken import speaking
from engine.words.termwords import beside, home
from explain.change.firstday import earliest
from tests.elsewhere import all_said

HOUSE = Path(__file__).resolve().parents[1]
RULES_OF = HOUSE / "tests" / "drafts" / "linlan.lp"
ORGANIZATION = (
    'applicant("{id}",organization). name("{id}","虚构{id}"). seat("{id}",linlan). operating_since("{id}",20150101). '
    'amount("{id}",research,2024,{research}). certificate("{id}",qms,20240101,20261231). self_score("{id}",600). '
    'finding("{id}",exemplary_model,yes). material("{id}",application_form). material("{id}",self_report). '
    'submitted("{id}",20250901). score("{id}",{score}).\n'
)
PERSON = (
    'applicant("P",individual). name("P","虚构P"). seat("P",linlan). operating_since("P",20100101). score("P",900). '
    'endorsement("P",employer,yes). material("P",application_form). material("P",self_report). self_score("P",600). '
    'submitted("P",20250901).\n'
)
WHO = (("A", 800, 3000000), ("B", 700, 2000000), ("C", 640, 3000000), ("X", 900, '"1999999.99"'), ("W", 950, 3000000))
CASE = (
    'round(linlan,3,20250930). announced(20250701). awarded("W",director_prize,1,20211001).\n'
    "notice(acceptance,20251020,20251027).\n"
    + "".join(ORGANIZATION.format(id=id, score=score, research=research) for id, score, research in WHO)
    + PERSON
)
REVIEWED = """round(linlan,4,20290930).
winner("V",organization). awarded("V",director_prize,2,20251220). bonus_paid("V",director_prize,2).
accident("V",safety,considerable,liable,20281220).
winner("U",organization). awarded("U",innovation,2,20251220). accident("U",safety,considerable,liable,20281221).
winner("T",organization). awarded("T",innovation,2,20251220). accident("T",safety,general,liable,20260101).
"""
COMMANDS = {
    "decide": ["decide", "case.lp", "--json"],
    "award": ["award", "case.lp", "--json"],
    "check": ["award", "case.lp", "--check", "director_prize=B", "--check", "runner_up=P", "--json"],
    "review": ["review", "reviewed.lp", "--as-of", "2029-01-10", "--json"],
    "told": ["--lang", "zh", "review", "reviewed.lp", "--as-of", "2029-01-10"],
    "late": ["--lang", "zh", "decide", "late.lp", "--json"],
    "early": ["--lang", "zh", "decide", "early.lp", "--json"],
    "why": ["--lang", "zh", "why", "case.lp", "C", "not won(innovation)"],
    "passed": ["--lang", "zh", "why", "case.lp", "C", "not won(innovation)", "--full"],
    "passed_en": ["--lang", "en", "why", "case.lp", "C", "not won(innovation)", "--full"],
    "letter": ["--lang", "zh", "letter", "case.lp", "W", "-o", "letters"],
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What each command says where the draft is known beside the rules."""
    folder = tmp_path_factory.mktemp("linlan")
    (folder / "case.lp").write_text(CASE, "utf-8")
    (folder / "reviewed.lp").write_text(REVIEWED, "utf-8")
    (folder / "late.lp").write_text(CASE.replace("20250930).", "20300601).", 1), "utf-8")
    (folder / "early.lp").write_text(CASE.replace("announced(20250701)", "announced(20250531)"), "utf-8")
    found = all_said(COMMANDS, folder, PYTHONPATH=str(HOUSE), PINGJIANG_ALSO=str(RULES_OF))
    return found | {"page": (0, (folder / "letters" / "letter-W.html").read_text("utf-8"))}


def test_the_bench_finds_no_fault_and_every_case_comes_out() -> None:
    subject = from_files("linlan", (RULES / COMMON, RULES_OF))
    cases = table(RULES_OF.with_suffix(".toml"))

    assert [*faults(subject), *worded(subject)] == []
    assert [each.example.id for each in decided(subject, cases).all if not each.agrees] == []
    assert len(cases) == 34


def test_sums_and_years_of_either_kind_are_tried_on_both_sides_of_their_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINGJIANG_ALSO", str(RULES_OF))
    subject = from_files("linlan", (RULES / COMMON, RULES_OF))

    rows = {fact.arguments[1:] for fact in space([subject], 20250930).facts if fact.predicate == "amount"}
    assert {row for row in rows if row[1] == 2024} == {("research", 2024, yuan) for yuan in (1999999, 2000000, 2000001)}
    assert windows(subject)["operating_since", "day"] == {3, 8}


def test_what_the_other_text_has_no_words_for_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dossier that tells two texts apart may hold what no case of one of them can."""
    monkeypatch.setenv("PINGJIANG_ALSO", str(RULES_OF))
    own, other = (from_files(path.stem, (RULES / COMMON, path)) for path in (RULES_OF, RULES / "jiyuan.lp"))
    rows = (
        ("applicant", "A", "organization"),
        ("awarded", "A", "innovation", 1, 20240101),
        ("record", "A", "veto", 20250101),
    )
    facts = (*(Fact(name, tuple(row)) for name, *row in rows), Fact("awarded", ("A", "main", 1, 20240101)))
    dossier = Dossier("linlan", 20250930, facts)

    assert unsayable(own, dossier) == [facts[3]]
    assert unsayable(other, dossier) == [facts[1], facts[2]]


def test_a_prize_for_one_kind_and_a_score_of_the_text_are_cited(said: dict[str, tuple[int, str]]) -> None:
    """Nobody is told that a prize is closed that was never his; who is chosen for it all the same is a breach."""
    outcomes = {one["id"]: one for one in json.loads(said["decide"][1])["applicants"]}
    whole, judged = json.loads(said["award"][1]), json.loads(said["check"][1])
    prizes = ("director_prize", "innovation", "improvement_prize", "craftsman", "runner_up")

    assert {id: (one["status"], one["barred_prizes"]) for id, one in outcomes.items()} == {
        **dict.fromkeys("ABCP", ("eligible", [])), **dict.fromkeys("XW", ("rejected", [])),
    }  # fmt: skip
    assert sorted([one[prize] for prize in prizes] for one in whole["sets"]) == [
        [["A"], [], ["B"], ["P"], ["C"]],
        [["A"], ["B"], [], ["P"], ["C"]],
    ]
    assert [(one["provision"], one["breach"], one["ids"]) for one in judged["breaches"]] == [
        ("art(4,0,0)", "closed", ["P"]),
        ("art(14,0,0)", "standard", ["B"]),
        ("art(15,0,0)", "merit", ["A"]),
    ]


def test_places_counted_together_are_told_in_words(said: dict[str, tuple[int, str]]) -> None:
    told = said["why"][1]

    assert said["why"][0] == 0
    assert "质量创新奖不与主任质量奖合计名额" in told and "本届没有另定这一名额" in told and "作为组织参加评选" in told
    assert re.findall(r"(?:won|together|set_anew|meets|division|off_track)\(", told) == []


def test_whoever_is_passed_over_by_nobody_is_told_so_in_words(said: dict[str, tuple[int, str]]) -> None:
    """Each rung waits for the one above it: together they rest on nothing, which is said in their own words."""
    zh, en = said["passed"][1], said["passed_en"][1]

    assert "left_above(" not in zh + en
    assert "只互相依赖，别无依据：没有得分更高者被越过" in zh
    assert "these rest only on one another: nobody better is passed over" in en


def test_an_event_that_the_text_names_revokes_within_its_years(said: dict[str, tuple[int, str]]) -> None:
    found = json.loads(said["review"][1])["revocations"]

    assert [(one["id"], one["ground"], one["provision"], one["remedies"]) for one in found] == [
        ("V", "accident_after", "art(21,1,2)",
         ["revoke", "recover_certificate", "recover_bonus", "recover_plaque", "publish"]),
    ]  # fmt: skip
    assert "由评审委员会秘书处提请高新区管委会批准" in said["told"][1]


def test_a_text_governs_neither_after_its_term_nor_what_was_announced_before(said: dict[str, tuple[int, str]]) -> None:
    told = {name: json.loads(said[name][1])["problems"] for name in ("late", "early")}

    assert {name: [one["code"] for one in found] for name, found in told.items()} == {
        "late": ["text_ended"], "early": ["earlier_text"],
    }  # fmt: skip
    assert told["late"][0]["message"] == (
        "round(linlan,3,20300601)：《临澜高新技术产业开发区质量奖管理办法》第二十六条所定的有效期至2030-05-31，"
        "申报截止日已在其后，没有在施行的文本"
    )
    assert "依其第二十三条按原办法执行" in told["early"][0]["message"]


def test_a_letter_says_on_which_day_the_years_are_full(said: dict[str, tuple[int, str]]) -> None:
    bare = "".join(re.sub(r"<[^>]+>", "", said["page"][1]).split())

    assert "自获奖之日起至2025年10月1日始满4年，晚于申报截止日（2025年9月30日），属于该条第（五）项情形。" in bare
    assert "第八条第（五）项所称“未满4年”，就第（一）项事实至2025年10月1日届满。" in bare


def test_a_text_that_lies_elsewhere_is_known_by_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINGJIANG_ALSO", os.pathsep.join([str(RULES_OF), "/nowhere/at.lp"]))

    assert beside() == {"linlan": RULES_OF}
    assert (home("linlan"), home("jiyuan")) == (RULES_OF, RULES / "jiyuan.lp")
    assert encoding("linlan").paths == (RULES / COMMON, RULES_OF)
    with speaking("linlan"):
        assert governed("linlan", 20300531).text == "linlan"
        assert governed("linlan", 20300601).problem == "text_ended"


@pytest.mark.parametrize(
    ("won", "kind", "day"),
    [(20260501, "day", 20300501), (20260531, "day", 20300531), (20260601, "ended", None)],
)
def test_waiting_does_not_go_beyond_the_term_of_the_text(
    monkeypatch: pytest.MonkeyPatch, won: int, kind: str, day: int | None
) -> None:
    """Four years after an award: within the term of the text (to 31 May 2030), on its last day, and after it."""
    monkeypatch.setenv("PINGJIANG_ALSO", str(RULES_OF))
    later = CASE.replace("linlan,3,20250930", "linlan,3,20290930")
    case = read({"case.lp": later.replace('"W",director_prize,1,20211001', f'"P",director_prize,1,{won}').encode()})
    found = earliest(case, "P")

    assert (found.kind, found.day) == (kind, day)
    assert [(one.ground.key, one.day) for one in found.ends] == [("award_not_full", won + 40000)]
    assert [ground.key for ground in found.never] == ([] if day else ["award_not_full"])
    if not day:
        assert found.horizon == 20300531
