"""Consistency: each planted contradiction is found; the clean rules show none, and the overlap of 8(7) and 9(7)."""

from pathlib import Path

import pytest

from audit.checks.consistency import cycles, findings, undefined, unheeded
from audit.encoding.casetables import DEADLINE
from audit.encoding.encodings import encoding, from_files, rule_paths
from audit.encoding.questions import QUESTIONS
from audit.space.days import windows
from audit.space.domain import space
from audit.space.scene import scenes
from engine.facts.vocabulary import text
from engine.law.rulebook import COMMON
from engine.law.statutes import RULES
from tests.planted import excerpt, planted, small

DRAFTS = Path(__file__).parent / "drafts"


def _codes(found: list) -> set[tuple[str, str]]:  # type: ignore[type-arg]
    return {(each.code, str(each.parameters.get("citation", ""))) for each in found if each.fault}


@pytest.fixture(scope="module")
def clean() -> dict[str, list]:  # type: ignore[type-arg]
    return {city: findings(encoding(city)) for city in ("jiyuan", "sanmenxia")}


@pytest.mark.slow
@pytest.mark.parametrize("city", ["jiyuan", "sanmenxia"])
def test_the_clean_rules_are_consistent(clean: dict[str, list], city: str) -> None:  # type: ignore[type-arg]
    assert _codes(clean[city]) == set()


@pytest.mark.slow
def test_a_serious_breach_of_law_always_meets_two_provisions(clean: dict[str, list]) -> None:  # type: ignore[type-arg]
    """第八条第（七）项 fails only where 第九条第（七）项 bars too, and not the other way round."""
    found = {
        (e.parameters["citation"], e.parameters["other"], e.parameters["mutual"])
        for e in clean["jiyuan"]
        if e.code == "implied"
    }

    assert ("第八条第（七）项", "第九条第（七）项", "no") in found


EXCERPT = [
    *("第八条第（一）项", "第八条第（三）项", "第十条"),
    *("第九条第（一）项", "第九条第（二）项", "第九条第（三）项"),
    *("第二十二条", "第二十七条"),
]
"""Provisions that give the shared rules all they ask for, and no more."""


def test_the_excerpt_that_faults_are_planted_in_is_consistent(tmp_path: Path) -> None:
    assert _codes(findings(excerpt(tmp_path, "jiyuan", EXCERPT))) == set()


LICENCE = "licence_missing(A, Licence, From, To), running(A, From, To)"


@pytest.mark.parametrize(
    ("code", "fault", "old", "new"),
    [
        ("never_fires", False, "Points >= min_self_score", "Points >= min_self_score, Points < min_self_score"),
        ("unmeetable", True, "seat) :- seat(A, jiyuan).", "seat) :- seat(A, jiyuan), seat(A, elsewhere)."),
        (
            "never_bites",
            False,
            "evidence(A, art(10,0,0), self_score) :- self_score",
            "met(A, art(10,0,0), self_score) :- applicant",
        ),
        ("not_alone", False, f"{LICENCE}.", f"{LICENCE}, policy_breach(A, quality, From, To)."),
    ],
)
def test_a_planted_contradiction_is_found(code: str, fault: bool, old: str, new: str, tmp_path: Path) -> None:
    """In an excerpt of the rules that is itself consistent, so that the space is small; what is dead is a note."""
    found = {each.code: each.fault for each in findings(excerpt(tmp_path, "jiyuan", EXCERPT, (old, new)))}

    assert found.get(code) is fault


def test_a_negative_cycle_is_named(tmp_path: Path) -> None:
    subject = small(
        tmp_path, "#defined applicant/2. a(A) :- applicant(A,_), not b(A). b(A) :- applicant(A,_), not a(A)."
    )

    assert cycles(subject) == [["a/1", "b/1"]]


def test_a_positive_cycle_is_none(tmp_path: Path) -> None:
    subject = small(tmp_path, "#defined kin/3. tied(A,B) :- kin(A,B,_). tied(A,C) :- tied(A,B), tied(B,C).")

    assert cycles(subject) == []


def test_a_rule_that_asks_for_what_nothing_gives_is_dead(tmp_path: Path) -> None:
    subject = small(tmp_path, "#defined applicant/2. a(A) :- applicant(A,_), submited(A,_).")

    assert [sig for _, sig in undefined(subject)] == [("submited", 2)]


def test_a_regulation_outside_the_rules_has_the_terms_of_its_own() -> None:
    """Its place, its tracks and kinds, and the numbers it hands to the shared rules, all from its own file."""
    subject = from_files("luming", (RULES / COMMON, DRAFTS / "luming.lp"))
    lines = windows(subject)
    facts = {text(fact) for fact in space([subject], DEADLINE, lines).facts}

    assert {'seat("A",luming)', 'applies_for("A",standards)', 'endorsement("A",county_government,yes)'} <= facts
    assert {fact for fact in facts if fact.startswith('rank("A",revenue,peers,2024,')} == {
        f'rank("A",revenue,peers,2024,{place})' for place in (19, 20, 21)
    }


def test_the_prizes_of_a_round_are_those_of_the_regulation() -> None:
    subject = from_files(
        "luming", rule_paths((RULES / COMMON, DRAFTS / "luming.lp"), QUESTIONS["award"]), {}, QUESTIONS["award"]
    )
    [scene] = scenes(subject)

    assert [line for line in scene.lines if line.startswith("s_prize(")] == [
        f"s_prize({prize})." for prize in ("gold", "silver", "standard_prize", "special")
    ]


def test_a_record_asked_for_and_not_heeded_is_named(tmp_path: Path) -> None:
    """Its date after the deadline would leave no note: a new text forgets this line most easily."""
    subject = planted(tmp_path, "jiyuan", ("heeds(self_report_year).\n", ""))

    assert unheeded(subject) == ["self_report_year"]
