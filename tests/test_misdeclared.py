"""What a regulation declares is of the kind that the rules and the program take, or is refused with its line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from clingo import Function, Number, String

from desk.shell.cli import run
from engine.answers import Files, decide
from engine.case import load
from engine.errors import RuleError
from engine.law.declared import misdeclared
from engine.law.regulation import regulation
from engine.law.statutes import RULES
from engine.solve import crew

DRAFTS = Path(__file__).parent / "drafts"
FILES = [
    *(RULES / f"{city}.lp" for city in ("jiyuan", "sanmenxia")),
    *sorted(DRAFTS.glob("*.lp")),
    *sorted((Path(__file__).parent / "clauses").glob("*.lp")),
]
QUOTA = "quota(art(3,0,0), silvers, silver_places)."
CASE = """
round(luming,3,20250930). applicant("A",organization). submitted("A",20250901). score("A",900).
applies_for("A",management). reviewer("R"). panel_size(1,0). group("G","C1"). in_group("A","G"). expertise("R","C1").
"""
COMMANDS = {
    "decide": ["decide", "case.lp"],
    "award": ["award", "case.lp"],
    "check": ["award", "case.lp", "--check", "gold=A"],
    "panels": ["panels", "case.lp"],
    "conflicts": ["conflicts", "case.lp"],
    "agenda": ["agenda", "case.lp"],
    "procedure": ["procedure", "case.lp"],
    "review": ["review", "case.lp", "--as-of", "2029-01-10"],
    "letters": ["letters", "case.lp", "-o", "letters"],
    "round": ["round", "case.lp", "-o", "round"],
    "freeze": ["freeze", "case.lp", "--file", "frozen.json"],
    "why": ["why", "case.lp", "A"],
    "earliest": ["earliest", "case.lp", "A"],
    "coverage": ["audit", "coverage", "luming"],
}


def _draft(folder: Path, old: str, new: str) -> Path:
    """A copy of a draft in which some words are replaced."""
    rules = (DRAFTS / "luming.lp").read_text("utf-8")
    assert old in rules
    (folder / "luming.lp").write_text(rules.replace(old, new, 1), "utf-8")
    (folder / "luming.md").write_text((DRAFTS / "luming.md").read_text("utf-8"), "utf-8")
    return folder / "luming.lp"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_the_texts_and_clauses_declare_is_of_its_kind(path: Path) -> None:
    assert regulation(path).facts


@pytest.mark.parametrize(
    ("old", "new", "code", "found"),
    [
        (QUOTA, "quota(art(3,0,0), silvers, many).", "declared_number", "many"),
        (QUOTA, 'quota(art(3,0,0), silvers, "3").', "declared_number", '"3"'),
        (QUOTA, "quota(art(3,0,0), silvers, -3).", "declared_number", "-3"),
        (QUOTA, "quota(art(3,0,0), 7, silver_places).", "declared_word", "7"),
        (QUOTA, 'quota(art(3,0,0), "silvers", silver_places).', "declared_word", '"silvers"'),
        (QUOTA, "quota(3, silvers, silver_places).", "declared_provision", "3"),
        (QUOTA, "quota(art(3,0), silvers, silver_places).", "declared_provision", "art(3,0)"),
        (QUOTA, "quota(silvers, art(3,0,0), silver_places).", "declared_provision", "silvers"),
        (QUOTA, "quota(art(3,0,0), silvers).", "declared_arity", "quota(art(3,0,0),silvers)"),
        (QUOTA, "quota(art(3,0,0), silvers, 3, 4).", "declared_arity", "quota(art(3,0,0),silvers,3,4)"),
        ("level(gold, 1; silver, 2;", "level(gold, first; silver, 2;", "declared_number", "first"),
        ("cap(standards_places).", "cap(5).", "declared_word", "5"),
        ("asked_amount(tax, least_tax).", "asked_amount(tax, much).", "declared_number", "much"),
        ("#const least_tax = 200.", "#const least_tax = much.", "declared_number", "much"),
        ("asked_rank(revenue, peers, first_ranks).", "asked_rank(revenue, peers, front).", "declared_number", "front"),
        ("#const penalty_years = 1.", "#const gold = 1.", "declared_word", "gold = 1"),
        ("prize(gold; silver;", 'prize("gold"; silver;', "declared_word", '"gold"'),
    ],
)
def test_a_declaration_of_another_kind_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, found: str
) -> None:
    path = _draft(tmp_path, old, new)
    with pytest.raises(RuleError) as told:
        regulation(path)
    problem = told.value.problems[0]

    assert (problem.code, problem.parameters["found"]) == (code, found)
    if not new.startswith("#const"):
        assert new in path.read_text("utf-8").splitlines()[(problem.place.line or 0) - 1]


def test_a_day_in_force_must_be_a_day(tmp_path: Path) -> None:
    path = _draft(tmp_path, QUOTA, f"{QUOTA} in_force_day(20230229).")
    with pytest.raises(RuleError) as told:
        regulation(path)
    assert [(one.code, one.parameters["found"]) for one in told.value.problems] == [("declared_day", "20230229")]


def test_a_helper_of_a_text_s_own_may_share_a_name(tmp_path: Path) -> None:
    path = _draft(tmp_path, QUOTA, f"{QUOTA} quota(gold, 4). helped :- quota(gold, N), N > 3.")
    assert regulation(path).rows("quota", 2) == (("gold", 4),)
    own = "quota(art(3,0,0), gold, 4, 5). helped :- quota(art(3,0,0), gold, N, M), N < M."
    path = _draft(tmp_path, QUOTA, f"{QUOTA} {own}")
    assert regulation(path).rows("quota", 4)


def test_a_prize_whose_places_are_misspelt_has_none_and_coverage_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = (DRAFTS / "heming.lp").read_text("utf-8")
    (tmp_path / "heming.lp").write_text(rules.replace("\nquota_of(", "\nquotta_of("), "utf-8")
    (tmp_path / "heming.md").write_text((DRAFTS / "heming.md").read_text("utf-8"), "utf-8")
    monkeypatch.setenv("PINGJIANG_ALSO", str(tmp_path / "heming.lp"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.lp").write_text('round(heming,1,20250930). applicant("A",organization).', "utf-8")

    assert run(["award", "case.lp", "--json"]) == 0
    (only,) = json.loads(capsys.readouterr().out)["sets"]
    assert set(map(str, only["vacant"].values())) == {"{}"}
    run(["--lang", "en", "audit", "coverage", "heming"])
    told = " ".join("".join(capsys.readouterr()).split())
    assert "this rule states quotta_of/2, which no rule asks for" in told


def _beside(folder: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> Path:
    """A text whose quota is a word, in use, and a case of it, in the folder that commands run in."""
    path = _draft(folder, QUOTA, "quota(art(3,0,0), silvers, many).")
    monkeypatch.setenv("PINGJIANG_ALSO", str(path))
    monkeypatch.chdir(folder)
    (folder / "case.lp").write_text(case, "utf-8")
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_refuses_it_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = _beside(tmp_path, monkeypatch, CASE)
    line = path.read_text("utf-8").splitlines().index("quota(art(3,0,0), silvers, many).") + 1

    assert run(["--lang", "en", *COMMANDS[name]]) == 2
    told = capsys.readouterr().err
    assert f"luming.lp:{line}: quota(art(3,0,0),silvers,many): a number of the law belongs here" in told
    assert "found many" in told
    assert "Traceback" not in told


SLIM = 'round(luming,3,20250930). applicant("A",organization). submitted("A",20250901).'
"""A case that asks for none of the tables which the text declares."""


@pytest.mark.parametrize("name", ["decide", "check", "panels", "procedure", "letters", "facts", "freeze", "draw"])
def test_it_is_refused_whatever_the_case_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A text is looked through before any case of it is answered, also where nothing in the case would ask for it."""
    _beside(tmp_path, monkeypatch, SLIM)
    more = {"check": ["check", "case.lp"], "facts": ["facts", "convert", "case.lp", "-o", "case.json"]}
    more["draw"] = ["draw", "case.lp", "--demo-seed"]

    assert run(["--lang", "en", *(more.get(name) or COMMANDS[name])]) == 2
    assert "a number of the law belongs here" in capsys.readouterr().err


def test_a_frozen_roster_is_not_drawn_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file frozen, and a record drawn, before the text was changed."""
    path = _draft(tmp_path, QUOTA, QUOTA)
    monkeypatch.setenv("PINGJIANG_ALSO", str(path))
    monkeypatch.chdir(tmp_path)
    case = CASE.replace("panel_size(1,0)", "panel_size(1,1)")
    (tmp_path / "case.lp").write_text(f'{case} pool("R",city_experts). can_lead("R").', "utf-8")
    assert run(["freeze", "case.lp", "--file", "frozen.json"]) == 0
    assert run(["draw", "frozen.json", "--demo-seed", "--record", "drawn.json"]) == 0
    _draft(tmp_path, QUOTA, "quota(art(3,0,0), silvers, many).")

    after = ["--from", "drawn.json", "--unavailable", "R", "--because", "ill", "--on", "2025-12-03", "--document", "n"]
    for command in (["frozen.json", "--demo-seed"], ["--verify", "drawn.json"], after):
        capsys.readouterr()
        assert run(["--lang", "en", "draw", *command]) == 2
        assert "a number of the law belongs here" in capsys.readouterr().err, command


def test_a_worker_elsewhere_that_has_such_a_text_says_which_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text was right where the question was asked."""
    monkeypatch.setenv("PINGJIANG_ALSO", str(_draft(tmp_path, QUOTA, QUOTA)))
    (tmp_path / "case.lp").write_text(SLIM, "utf-8")
    case = load(tmp_path / "case.lp")
    files = Files.of(case, {})
    _draft(tmp_path, QUOTA, "quota(art(3,0,0), silvers, many).")
    with crew(2) as workers, pytest.raises(RuleError) as told:
        decide(case, afar=(workers, files))
    assert [(one.code, one.parameters["found"]) for one in told.value.problems] == [("declared_number", "many")]


def test_a_desk_does_not_open_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every page of that city would end in a fault; a backup can be made all the same."""
    path = _draft(tmp_path, QUOTA, "quota(art(3,0,0), silvers, many).")
    monkeypatch.setenv("PINGJIANG_ALSO", str(path))
    assert run(["--lang", "en", "serve", "--data", str(tmp_path / "desk")]) == 2
    assert "luming.lp" in (said := capsys.readouterr().err) and "found many" in said
    assert not (tmp_path / "desk").exists()


WANTED = {
    "quota": "pwn", "level": "wn", "cap": "w", "asked_amount": "wn", "asked_rank": "wwn", "valid_years": "pwn",
    "required_score": "pwn", "notice_duty": "wpn", "panel_bounds": "nn", "cycle": "pn", "lookback": "pn", "prize": "w",
    "conduct_period": "n", "ban_length": "n", "stage_number": "nw", "grant": "pwww", "money_for": "pw", "remedy": "pw",
    "proposer": "pw", "in_force_day": "d", "in_force_years": "pn", "revocation": "wp", "quota_of": "wn", "takes": "pww",
    "revoking_period": "wn", "years_full": "pwn", "publishes": "wp", "stage_after_stage": "wwp", "within": "www",
    "office": "pwww", "supplement_duty": "pw", "kind_is": "ww", "topic": "w", "finder": "ww", "given_to": "pww",
}  # fmt: skip
"""What each argument must be: a provision, a number, a day, a word."""
VALUES = {
    "p": Function("art", [Number(3), Number(0), Number(0)]),
    "n": Number(7),
    "d": Number(20250930),
    "w": Function("many", []),
    "s": String("many"),
}


@pytest.mark.parametrize("name", WANTED)
def test_every_argument_of_another_kind_is_found(name: str) -> None:
    right = [VALUES[kind] for kind in WANTED[name]]
    path = RULES / "jiyuan.lp"

    assert misdeclared(path, [Function(name, right)]) == []
    for place, wanted in enumerate(WANTED[name]):
        for kind, value in VALUES.items():
            if kind != wanted and (wanted, kind) != ("n", "d"):
                changed = Function(name, [*right[:place], value, *right[place + 1 :]])
                assert [one.parameters["found"] for one in misdeclared(path, [changed])] == [str(value)], changed


@pytest.mark.parametrize(
    ("was", "typed", "said"),
    [
        ("#const cycle_years = 2.", "#const cycle_years = 2。", "linlan.lp:43: 。：规则里引号和注释以外只能用半角"),
        ("#const cycle_years = 2.", "#const cycle_years = 2.\n#const cycle_years = 3.", "linlan.lp:44: 规则读不懂"),
        ("#const cycle_years = 2.", "%@ 这是什么?\n#const cycle_years = 2.", "linlan.lp:43: 这一行词句（%@）读不懂"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was: str, typed: str, said: str
) -> None:
    """Two of these ended the process or in a traceback; each is a refusal of every command."""
    for ending in ("lp", "md", "toml"):
        shutil.copy(DRAFTS / f"linlan.{ending}", tmp_path)
    file = tmp_path / "linlan.lp"
    file.write_text(file.read_text("utf-8").replace(was, typed), "utf-8")
    (tmp_path / "case.lp").write_text('round(linlan,3,20250930). applicant("A",organization).', "utf-8")
    monkeypatch.setenv("PINGJIANG_ALSO", str(file))
    run = [sys.executable, "-c", "from desk.shell.cli import main; main()", "--lang", "zh"]
    for command in (
        (("decide",), ("why-not", "--all", "--json")) if "%@" not in typed else (("why-not", "--all", "--json"),)
    ):
        ended = subprocess.run(
            [*run, command[0], str(tmp_path / "case.lp"), *command[1:]], capture_output=True, text=True, check=False
        )
        assert (ended.returncode, ended.stderr[: len(said)]) == (2, said), ended.stderr
