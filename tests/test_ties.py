"""The interests of random small rounds, under every profile and scope, against the table of profiles tried by hand."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from engine.answers.participants import Reviewed
from engine.answers.shapes import Shapes
from engine.case.case import Case
from engine.facts.vocabulary import Fact
from engine.panels.recusals import Conflicts, conflicts_of
from engine.panels.rosters import compose
from tests.ties_by_table import PROFILES, Table, random_round, text

DEADLINE = 20250930


def found(facts: list[tuple[str | int, ...]], profile: str, scope: str, day: str, *, whole: bool = False) -> Conflicts:
    """What the program says of a round whose applicants are reviewed in two groups, by turns."""
    applicants = [str(fact[1]) for fact in facts if fact[0] == "applicant"]
    readings = {"interest": profile, "recusal_scope": scope, "reference_day": day}
    given = [
        Fact("round", ("jiyuan", 6, DEADLINE)),
        *(Fact("reading", pair) for pair in readings.items()),
        *(Fact("group", (group, "C38")) for group in ("G0", "G1")),
        *(Fact("in_group", (one, f"G{number % 2}")) for number, one in enumerate(applicants)),
        *(Fact(str(name), tuple(rest)) for name, *rest in facts),
    ]
    gone = {str(fact[1]) for fact in facts if fact[0] == "withdrawn"}
    reviewed = tuple(sorted({*applicants} - gone))
    return conflicts_of(compose(Case.of(given), Reviewed(reviewed, (), (), True), whole=whole))


def days(facts: list[tuple[str | int, ...]], day: str) -> dict[str, int]:
    """Each applicant's day of reference."""
    own = {fact[1]: int(fact[2]) for fact in facts if fact[0] == "submitted" and day == "submission"}
    return {str(fact[1]): own.get(fact[1], DEADLINE) for fact in facts if fact[0] == "applicant"}


def compared(seed: int, profile: str, day: str, scope: str) -> None:
    facts = random_round(seed)
    table = Table(facts, profile, days(facts, day))
    ours = {key: chain for key, chain in table.found.items() if key[0] in table.reviewers}

    said = found(facts, profile, scope, day)

    assert {(one.person, one.applicant, one.limb): one.chain for one in said.interests} == {
        key: tuple(map(text, chain)) for key, chain in ours.items()
    }
    assert len(said.interests) == len(ours)
    homes = {str(fact[1]): f"G{n % 2}" for n, fact in enumerate(f for f in facts if f[0] == "applicant")}
    kept = {(who, homes[applicant]) for who, applicant, _ in ours}
    if scope == "round":
        kept = {(who, group) for who, _, _ in ours for group in ("G0", "G1")}
    assert {(who, group) for who, group, reasons in said.excluded if "interest" in reasons} == kept


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("seed", range(24))
def test_the_table_is_kept(seed: int, profile: str) -> None:
    compared(seed, profile, ("deadline", "submission")[seed % 2], ("panel", "round")[seed // 2 % 2])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(24, 324))
def test_the_table_is_kept_in_many_rounds(seed: int) -> None:
    for profile in PROFILES:
        for day in ("deadline", "submission"):
            for scope in ("panel", "round"):
                compared(seed, profile, day, scope)


def crowded(seed: int) -> list[tuple[str | int, ...]]:
    """A round with many reviewers more, most of whom have nothing but ties of their own, some with the same fields."""
    lots = random.Random(seed)
    facts = random_round(seed)
    more = [("applicant", f"B{number}", "organization") for number in range(6)]
    facts += more
    names = [str(fact[1]) for fact in facts if fact[0] == "applicant"]
    facts += [("submitted", one, 20250910) for one in names[-3:-1]] + [("withdrawn", names[-1], 20251008)]
    spans = [
        (20100101, 20220909),
        (20100101, 20220910),
        (20100101, 20220930),
        (20200101, 99991231),
        (20251001, 99991231),
    ]
    for who in (f"S{number}" for number in range(25)):
        facts.append(("reviewer", who))
        for _ in range(lots.randint(0, 4)):
            with_whom, span = lots.choice([*names, *names, "O1", "O2", "U9"]), lots.choice(spans)
            match lots.randrange(5):
                case 0:
                    facts.append(("employed", who, with_whom, *span))
                case 1:
                    facts.append(("officer", who, with_whom, lots.choice(["director", "legal_representative"]), *span))
                case 2:
                    facts.append(("shareholder", who, with_whom, lots.choice(["minor", "minor", "controlling"]), *span))
                case 3 if with_whom in names:
                    facts.append(("declared_interest", who, with_whom, lots.choice("xyz")))
                case 4 if lots.random() < 0.3:
                    facts.append(("kin", who, lots.choice(["P1", "P2"]), "spouse"))
    return list(dict.fromkeys(facts))


def grouped(seed: int, profile: str, day: str, scope: str) -> None:
    facts = crowded(seed)

    assert found(facts, profile, scope, day) == found(facts, profile, scope, day, whole=True)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("seed", range(8))
def test_ties_told_by_shape_are_those_told_whole(seed: int, profile: str) -> None:
    grouped(seed, profile, ("deadline", "submission")[seed % 2], ("panel", "round")[seed // 2 % 2])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8, 208))
def test_ties_told_by_shape_are_those_told_whole_in_many_rounds(seed: int) -> None:
    for profile in PROFILES:
        for day in ("deadline", "submission"):
            for scope in ("panel", "round"):
                grouped(seed, profile, day, scope)


def test_the_rules_are_told_one_tie_of_each_shape() -> None:
    """Two ties of one shape and one of another; somebody with kin goes in whole; a stranger's job not at all."""
    span = (20200101, 99991231)
    told = {
        Fact("employed", ("R1", "A1", *span)),
        Fact("officer", ("R2", "A2", "director", *span)),
        Fact("employed", ("R3", "A2", *span)),
        Fact("kin", ("R3", "P1", "spouse")),
    }
    ties = [*told, Fact("employed", ("R2", "A1", *span)), Fact("employed", ("R1", "O1", *span))]
    people = [Fact("reviewer", (one,)) for one in ("R1", "R2", "R3")]
    applicants = [Fact("applicant", (one, "organization")) for one in ("A1", "A2")]
    base = [Fact("round", ("jiyuan", 6, DEADLINE)), *people, *applicants]

    assert {*Shapes(Case.of([*base, *ties])).told} == {*base, *told}


@pytest.mark.parametrize("length", [1, 2, 9, 400])
def test_a_chain_of_control_is_given_whole(length: int) -> None:
    names = ["R1", *(f"O{number}" for number in range(1, length)), "A1"]
    links = [("controls", one, other, 20200101, 99991231) for one, other in pairwise(names)]
    facts = [("applicant", "A1", "organization"), ("reviewer", "R1"), *links]

    (tie,) = found(facts, "procurement", "panel", "deadline").interests

    assert (tie.limb, tie.chain) == ("control", tuple(map(text, links)))


def test_the_shortest_chain_is_taken_and_of_equal_ones_the_smallest() -> None:
    """Sixteen companies, each controlling every other and the applicant: no chain has more links than it needs."""
    companies = [f"O{number:02}" for number in range(16)]
    links = [
        ("controls", one, two, 20200101, 99991231) for one in companies for two in [*companies, "A1"] if one != two
    ]
    facts = [
        ("applicant", "A1", "organization"),
        ("reviewer", "R1"),
        ("employed", "R1", "O07", 20200101, 99991231),
        ("kin", "R1", "P1", "spouse"),
        ("controls", "P1", "O03", 20200101, 99991231),
        ("shareholder", "P1", "O03", "controlling", 20200101, 99991231),
        *links,
    ]
    to_applicant = {one: text(("controls", one, "A1", 20200101, 99991231)) for one in companies}

    said = found(facts, "strict", "panel", "deadline").interests

    assert [(tie.limb, tie.chain) for tie in said] == [
        ("group_company", ('employed("R1","O07",20200101,99991231)', to_applicant["O07"])),
        (
            "kin_of_owner",
            ('kin("R1","P1",spouse)', 'controls("P1","O03",20200101,99991231)', to_applicant["O03"]),
        ),
    ]
