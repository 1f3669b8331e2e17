"""Rules about somebody that ask for a record of just anybody: each kind is told with its line, no clean rule is."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.encoding.encodings import encoding
from audit.sound.belonging import whose
from engine.law.statutes import cities
from tests.planted import planted, small

DRAFTS = Path(__file__).parent / "drafts"


@pytest.mark.parametrize("name", [*cities(), str(DRAFTS / "heming.lp"), str(DRAFTS / "luming.lp")])
def test_every_rule_says_whose_record_it_asks_for(name: str) -> None:
    assert list(whose(encoding(name))) == []


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("met(A) :- submitted(A, _), certificate(_, qms, From, To), From <= To.", ["certificate"]),
        ("met(A) :- submitted(A, Day), certificate(B, qms, From, To), From <= Day, Day <= To.", ["certificate"]),
        ("met(A) :- submitted(A, _), not certificate(_, qms, _, _).", ["certificate"]),
        ("met(A) :- submitted(A, _), #count { Y : accounts(_, Y, profit) } > 2.", ["accounts"]),
        ("late(A) :- submitted(A, D), D > 5. met(A) :- seat(A, jiyuan), not late(_).", ["late"]),
        ("met(A) :- submitted(A, _), kin(A, B, spouse), certificate(B, qms, _, _).", []),
        ("met(A) :- submitted(A, _), not listed(A, acceptance), listed(_, acceptance).", []),
        ("known(Day) :- certificate(_, qms, Day, _).", []),
    ],
)
def test_a_record_of_just_anybody(rule: str, found: list[str], tmp_path: Path) -> None:
    problems = list(whose(small(tmp_path, rule)))

    named = [one.parameters.get("predicate") or one.parameters["found"] for one in problems]
    assert [(name, one.parameters["wanted"]) for name, one in zip(named, problems, strict=True)] == [
        (each, "A") for each in found
    ]


def test_it_is_told_with_place_and_remedy(tmp_path: Path) -> None:
    rule = "met(A, art(13,0,0), Paper) :- material({}, Paper), application_paper(Paper)."
    slip = planted(tmp_path, "jiyuan", (rule.format("A"), rule.format("_")))
    line = slip.paths[1].read_text("utf-8").splitlines().index(rule.format("_")) + 1

    assert [problem.line("zh") for problem in whose(slip)] == [
        f"jiyuan-planted.lp:{line}: 这条规则说的是 A，取用的“申报材料”（material）却不论是谁的；"
        "应写明是 A 的：一名申报者的记载不得算到另一名头上"
    ]
