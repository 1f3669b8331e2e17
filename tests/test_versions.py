"""A city with two texts, the second asking for more tax: which one governs, and how that is said."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from audit.checks.matching import matched
from engine.law.governing import Force, governed, last_on
from engine.law.statutes import RULES, Provision, read
from tests.elsewhere import all_said
from tests.test_luming import DRAFTS, GOOD, HOUSE

LATER = "luming-20260101"
APPLICANT = GOOD.format(id="A", kind="organization", track="management", score=900, tax="2500000.00")
SUBMITTED = 'submitted("A",20250901)'
ROUNDS = {
    "before": "round(luming,2,20250930).",
    "after": "round(luming,3,20260301).",
    "relied": "round(luming,3,20260301). announced(20251201). reading(round_text,announcement).",
    "unannounced": "round(luming,3,20260301). reading(round_text,announcement).",
    "too_early": "round(luming,1,20240501).",
}
COMMANDS = {
    **{name: ["decide", f"{name}.lp", "--json"] for name in ROUNDS},
    "review": ["review", "awarded.lp", "--as-of", "2026-02-01", "--json"],
    "review_then": ["review", "awarded.lp", "--as-of", "2025-12-01", "--json"],
    "review_told": ["--lang", "zh", "review", "awarded.lp", "--as-of", "2026-02-01"],
    "told": ["--lang", "zh", "decide", "after.lp"],
    "cities": ["cities", "--json"],
    "coverage": ["audit", "coverage", "luming", "--json"],
    "diff": ["diff", "before.lp", "after.lp", "--json"],
    "diff_told": ["--lang", "zh", "diff", "before.lp", "after.lp"],
    "round": ["round", "after.lp", "-o", "kept"],
    "again": ["replay", "kept/record.json", "--json"],
    "moved": ["--lang", "zh", "replay", "kept/record.json", "relied.lp", "--json"],
    "earliest": ["--lang", "zh", "earliest", "poor.lp", "A"],
}


def _later(words: str) -> str:
    """The second text: a higher sum, issued under another number on another day."""
    for old, new in (
        ("200万元", "300万元"),
        ("least_tax = 200.", "least_tax = 300."),
        ("鹿政〔2024〕12号", "鹿政〔2025〕30号"),
        ("2024-05-06", "2025-12-20"),
        ("2024-05-10", "2026-01-01"),
        ("20240510", "20260101"),
    ):
        words = words.replace(old, new)
    return words


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What each command says of a city with two texts."""
    folder = tmp_path_factory.mktemp("versions")
    shutil.copytree(RULES, folder / "rules", ignore=shutil.ignore_patterns("cases"))
    for suffix in ("md", "lp"):
        own = (DRAFTS / f"luming.{suffix}").read_text("utf-8")
        (folder / "rules" / f"luming.{suffix}").write_text(own, "utf-8")
        (folder / "rules" / f"{LATER}.{suffix}").write_text(_later(own), "utf-8")
    with (folder / "rules" / f"{LATER}.lp").open("a", encoding="utf-8") as later:
        later.write("revocation(fraud, art(11,0,0)).\nremedy(art(11,0,0), revoke).\n")
    for name, facts in ROUNDS.items():
        applicant = APPLICANT.replace(",2024,", ",2025,") if "20260301" in facts else APPLICANT
        (folder / f"{name}.lp").write_text(f"{facts}\n{applicant}", "utf-8")
    (folder / "rules" / "cases").mkdir()
    cases = (DRAFTS / "luming.toml").read_text("utf-8").replace("deadline = 20250930", "deadline = 20260301")
    (folder / "rules" / "cases" / "luming.toml").write_text(cases, "utf-8")
    poor = APPLICANT.replace("2500000.00", "1500000.00")
    (folder / "poor.lp").write_text(f"{ROUNDS['before']}\n{poor}", "utf-8")
    awarded = 'winner("W",organization). awarded("W",gold,1,20250601). fraud_found("W",gold,1,20260115).'
    (folder / "awarded.lp").write_text(f"round(luming,3,20260301). {awarded}", "utf-8")
    return all_said(COMMANDS, folder, PYTHONPATH=str(HOUSE), PINGJIANG_RULES=str(folder / "rules"))


def _outcome(said: tuple[int, str]) -> tuple[str, str, str, list[str]]:
    found = json.loads(said[1])
    [one] = found["applicants"]
    return found["city"], found["text"], one["status"], [row["requirement"] for row in one["failed"]]


def test_the_text_in_force_on_the_deadline_governs(said: dict[str, tuple[int, str]]) -> None:
    assert _outcome(said["before"]) == ("luming", "luming", "eligible", [])
    assert _outcome(said["after"]) == ("luming", LATER, "rejected", ["tax"])


def test_read_so_a_round_stays_with_the_text_it_was_announced_under(said: dict[str, tuple[int, str]]) -> None:
    assert _outcome(said["relied"]) == ("luming", "luming", "eligible", [])
    assert json.loads(said["relied"][1])["readings"]["round_text"] == "announcement"
    assert json.loads(said["after"][1])["readings"]["round_text"] == "deadline"


def test_a_round_that_no_text_governs_is_refused_naming_the_texts(said: dict[str, tuple[int, str]]) -> None:
    code, words = said["too_early"]
    [problem] = json.loads(words)["problems"]

    assert code != 0
    assert problem["code"] == "no_text_governs"
    assert problem["parameters"]["known"] == f"luming 2024-05-10、{LATER} 2026-01-01"
    assert [one["code"] for one in json.loads(said["unannounced"][1])["problems"]] == ["text_unannounced"]


def test_a_review_goes_by_the_text_of_its_day(said: dict[str, tuple[int, str]]) -> None:
    found = json.loads(said["review"][1])
    assert found["text"] == LATER
    assert [(row["id"], row["earlier_text"]) for row in found["revocations"]] == [("W", "luming")]
    assert "获奖时施行的是另一文本（luming）" in "".join(said["review_told"][1].split())
    assert json.loads(said["review_then"][1])["text"] == "luming"


def test_no_day_is_named_that_another_text_governs(said: dict[str, tuple[int, str]]) -> None:
    """Its next text begins on 2026-01-01: what will be then, that one says."""
    code, words = said["earliest"]

    assert code == 0
    assert "在本办法适用的期间内（至2025年12月31日止）" in "".join(words.split())


def test_a_city_is_one_however_many_texts_it_has(said: dict[str, tuple[int, str]]) -> None:
    rows = json.loads(said["cities"][1])["cities"]

    assert [row["city"] for row in rows] == ["jiyuan", "luming", "sanmenxia"]
    assert [row.get("texts") for row in rows] == [
        None,
        [{"text": "luming", "in_force": "2024-05-10"}, {"text": LATER, "in_force": "2026-01-01"}],
        None,
    ]
    assert "round_text=deadline" in said["told"][1]


def test_two_texts_are_compared_provision_by_provision() -> None:
    old = read(DRAFTS / "luming.md")
    moved = {place: words for place, words in old.words.items() if place != Provision(7)}
    words = {**moved, Provision(5, 0, 2): _later(old.words[Provision(5, 0, 2)]), Provision(20): "另行规定。"}
    words[Provision(21)] = words.pop(Provision(8))

    found = [(each.kind, each.old, each.new, each.words) for each in matched(old, replace(old, words=words)) if
             each.kind != "same"]  # fmt: skip

    tax = old.words[Provision(5, 0, 2)].replace("200", "【-2-】【+3+】00")
    assert found == [
        ("changed", Provision(5, 0, 2), Provision(5, 0, 2), tax),
        ("new", None, Provision(20), "【+另行规定。+】"),
        ("moved", Provision(8), Provision(21), old.words[Provision(8)]),
        ("gone", Provision(7), None, f"【-{old.words[Provision(7)]}-】"),
    ]


def test_a_case_that_another_text_governs_is_a_fault(said: dict[str, tuple[int, str]]) -> None:
    code, words = said["coverage"]

    assert code == 1
    [first, *_] = [one for one in json.loads(words)["faults"] if one["code"] == "audit.case_of_other_text"]
    assert first["parameters"] == {"id": "a5_flawless", "day": "2026-03-01", "text": LATER}


def test_two_runs_that_differ_by_the_text_say_so_first(said: dict[str, tuple[int, str]]) -> None:
    found = json.loads(said["diff"][1])

    assert next(iter(found.items())) == ("text", {"old": "luming", "new": LATER})
    assert said["diff_told"][1].splitlines()[0] == f"适用的文本不同：luming → {LATER}"
    assert found["outcomes"][0]["new"] == "rejected"


def test_a_recorded_round_is_replayed_under_its_own_text(said: dict[str, tuple[int, str]]) -> None:
    again, moved = (json.loads(said[name][1]) for name in ("again", "moved"))

    assert (said["again"][0], again["same"], again["changed"]) == (0, True, [])
    assert moved["changed"][0]["code"] == "replay_text"
    assert moved["changed"][0]["message"] == f"适用的文本不同：记录为 {LATER}，现为 luming；其他差别先由此查起"
    assert moved["diff"]["text"] == {"old": LATER, "new": "luming"}


@pytest.mark.parametrize(
    ("left_to_it", "announced", "submitted", "wanted"),
    [
        ("announced", 20251231, [], ("muyang", "")),
        ("announced", 20260101, [], ("muyang-20260101", "")),
        ("announced", 0, [20251201], ("muyang-20260101", "")),
        ("submitted", 20251201, [], ("muyang-20260101", "")),
        ("submitted", 0, [20251201, 20251231], ("muyang", "")),
        ("submitted", 0, [20260101], ("muyang-20260101", "")),
        ("submitted", 0, [20251231, 20260101], ("", "text_split")),
        ("announced", 20240509, [], ("", "no_text_governs")),
    ],
)
def test_what_was_begun_before_a_text_stays_with_the_one_before_it(
    left_to_it: str,
    announced: int,
    submitted: list[int],
    wanted: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By its own clause, without a reading; a round of which some was before and some after has no one text."""
    for name, change in (("muyang", str), ("muyang-20260101", _later)):
        for suffix in ("md", "lp"):
            words = change((DRAFTS / f"luming.{suffix}").read_text("utf-8"))
            clause = f"transition(art(17,0,0), {left_to_it}).\n" if suffix == "lp" and change is _later else ""
            (tmp_path / f"{name}.{suffix}").write_text(words + clause, "utf-8")
    monkeypatch.setenv("PINGJIANG_ALSO", str(tmp_path))

    found = governed("muyang", 20260301, announced, {}, submitted)

    assert (found.text, found.problem) == wanted


@pytest.mark.parametrize(
    ("day", "wanted"),
    [(20240509, ""), (20240510, "luming"), (20251231, "luming"), (20260101, LATER), (20301231, LATER), (20310101, "")],
)
def test_a_text_governs_from_its_first_day_to_the_last_of_its_term(day: int, wanted: str) -> None:
    texts = (Force("luming", 20240510, 0, ""), Force(LATER, 20260101, 20301231, ""))
    found = last_on(texts, day)

    assert (found.text if found else "") == wanted


def test_a_draft_beside_the_text_changes_nothing(tmp_path: Path) -> None:
    """Whoever writes the next text keeps it beside the one in force until it has a number."""
    shutil.copytree(RULES, tmp_path / "rules", ignore=shutil.ignore_patterns("cases"))
    (tmp_path / "case.lp").write_text('round(jiyuan,6,20250930). applicant("A",organization).', "utf-8")
    where = {"PYTHONPATH": str(HOUSE), "PINGJIANG_RULES": str(tmp_path / "rules")}
    asked = {"decide": ["decide", "case.lp", "--json"]}
    alone = all_said(asked, tmp_path, **where)
    for suffix in ("md", "lp"):
        words = (RULES / f"jiyuan.{suffix}").read_text("utf-8")
        draft = re.sub(r"^- 文号：.*$", "- 文号：", words, flags=re.MULTILINE)
        (tmp_path / "rules" / f"jiyuan-20270101.{suffix}").write_text(draft, "utf-8")

    assert alone["decide"][0] == 0
    assert all_said(asked, tmp_path, **where) == alone
