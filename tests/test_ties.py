"""The interests of random small rounds, under every profile and scope, against the table of profiles tried by hand."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.answers.participants import Reviewed
from engine.case.case import Case
from engine.facts.vocabulary import Fact
from engine.panels.recusals import Conflicts, conflicts_of
from engine.panels.rosters import compose
from tests.ties_by_table import PROFILES, Table, random_round, text

DEADLINE = 20250930


def found(facts: list[tuple[str | int, ...]], profile: str, scope: str, day: str) -> Conflicts:
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
    return conflicts_of(compose(Case.of(given), Reviewed(reviewed, (), (), True)))


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
