"""Interests as the engine gives them out: each limb with its whole chain, of length 1 to 4, and whom they keep out.

Which tie counts when, and under which profile, stands in `rules/cases/panels*.toml`. T is 2025-09-30.
"""

import pytest

from engine.answers.participants import Reviewed
from engine.case.case import Case
from engine.case.lpfile import read
from engine.errors import Problems
from engine.facts.vocabulary import Fact
from engine.panels.recusals import conflicts_of
from engine.panels.rosters import Roster, compose

BASE = """
round(sanmenxia,4,20250930).
applicant("A",organization). applicant("I",individual). applicant("X",organization).
group("G","C38"). group("H","C38"). in_group("A","G"). in_group("I","G"). in_group("X","H").
reviewer("R"). expertise("R","C"). pool("R",henan).
"""
RUNNING = 99991231


def made(words: str) -> Case:
    """The case that some facts make up."""
    problems = Problems()
    source = read("case.lp", words.encode(), problems)
    assert not problems, problems.all()
    return Case.of(Fact(name, row) for name, rows in source.rows.items() for row in rows)


def case(facts: str, profile: str = "procurement", scope: str = "panel") -> Case:
    return made(f"{BASE}{facts} reading(interest,{profile}). reading(recusal_scope,{scope}).")


def roster(facts: str, profile: str = "procurement", scope: str = "panel") -> Roster:
    return compose(case(facts, profile, scope), Reviewed((), ("A", "I", "X"), (), True))


def found(facts: str, profile: str = "procurement") -> set[tuple[str, str, tuple[str, ...]]]:
    """Applicant, limb and chain of every interest of R."""
    return {(tie.applicant, tie.limb, tie.chain) for tie in conflicts_of(roster(facts, profile)).interests}


# Own ties


@pytest.mark.parametrize(
    ("limb", "fact"),
    [
        ("employed", 'employed("R","A",20200101,20230101)'),
        ("control", 'controls("R","A",20200101,20230101)'),
        ("declared", 'declared_interest("R","A","同门")'),
    ],
)
def test_an_own_tie_is_its_chain(limb: str, fact: str) -> None:
    assert found(f"{fact}.") == {("A", limb, (fact,))}


@pytest.mark.parametrize("role", ["legal_representative", "person_in_charge", "director", "supervisor"])
def test_every_office_is_a_tie(role: str) -> None:
    fact = f'officer("R","A",{role},20200101,{RUNNING})'

    assert found(f"{fact}.") == {("A", "officer", (fact,))}


# Kin


@pytest.mark.parametrize("kind", ["spouse", "lineal", "collateral_3", "near_in_law"])
@pytest.mark.parametrize("pair", ['"R","P"', '"P","R"'])
def test_kin_holds_both_ways(kind: str, pair: str) -> None:
    kin, office = f"kin({pair},{kind})", f'officer("P","A",legal_representative,20200101,{RUNNING})'

    assert found(f"{kin}. {office}.") == {("A", "kin_of_officer", (kin, office))}


def test_kin_recorded_twice_is_one_interest() -> None:
    facts = f'kin("R","P",spouse). kin("P","R",spouse). officer("P","A",person_in_charge,20200101,{RUNNING}).'

    assert len(found(facts)) == 1


def test_an_individual_is_in_charge_of_himself() -> None:
    assert found('kin("R","I",lineal).') == {("I", "kin_of_officer", ('kin("R","I",lineal)',))}


@pytest.mark.parametrize("profile", ["declared_only", "procurement", "tender", "strict"])
def test_nobody_reviews_himself(profile: str) -> None:
    himself = conflicts_of(roster('reviewer("I"). expertise("I","C"). pool("I",henan).', profile))

    assert [tuple(tie) for tie in himself.interests] == [("I", "I", "self", ('applicant("I",individual)',))]
    assert ("I", "G", ("interest",)) in himself.excluded


def test_controlling_shares_are_shares_and_control() -> None:
    fact = 'shareholder("R","A",controlling,20200101,20230101)'

    assert found(f"{fact}.") == {("A", "shareholder", (fact,)), ("A", "control", (fact,))}


# Strict


@pytest.mark.parametrize("kind", ["consulting", "teacher_student", "joint_project"])
def test_work_together_has_the_name_of_its_kind(kind: str) -> None:
    fact = f'works_with("R","A",{kind},20200101,20230101)'

    assert found(f"{fact}.", "strict") == {("A", kind, (fact,))}


@pytest.mark.parametrize("pair", ['"R","Q"', '"Q","R"'])
def test_work_with_an_officer_names_his_office(pair: str) -> None:
    work = f"works_with({pair},teacher_student,20200101,20230101)"
    office = 'officer("Q","A",director,20200101,20250930)'

    assert found(f"{work}. {office}.", "strict") == {("A", "teacher_student", (work, office))}


def test_work_with_an_individual_applicant() -> None:
    work = f'works_with("R","I",joint_project,20240101,{RUNNING})'

    assert found(f"{work}.", "strict") == {("I", "joint_project", (work,))}


def test_the_group_of_the_applicant_counts_under_strict() -> None:
    tie, over, under = (
        f'employed("R","O",20200101,{RUNNING})',
        f'controls("O","A",20200101,{RUNNING})',
        f'controls("A","O",20200101,{RUNNING})',
    )

    assert found(f"{tie}. {over}.", "strict") == {("A", "group_company", (tie, over))}
    assert found(f"{tie}. {under}.", "strict") == {("A", "group_company", (tie, under))}


def test_a_circle_of_control_ends() -> None:
    circle = "".join(f"controls({pair},20200101,{RUNNING}). " for pair in ('"O","A"', '"A","O"'))
    facts = f'{circle}employed("R","O",20200101,{RUNNING}).'

    chain = (f'employed("R","O",20200101,{RUNNING})', f'controls("A","O",20200101,{RUNNING})')
    assert found(facts, "strict") == {("A", "group_company", chain)}


def test_the_employer_of_an_individual_counts_under_strict() -> None:
    tie, job = f'employed("R","O",20200101,{RUNNING})', f'employed("I","O",20200101,{RUNNING})'

    assert found(f"{tie}. {job}.", "strict") == {("I", "colleague", (tie, job))}


CHAIN = [
    'kin("R","P",spouse)',
    f'officer("P","O",person_in_charge,20200101,{RUNNING})',
    f'controls("O","M",20200101,{RUNNING})',
    f'controls("M","A",20200101,{RUNNING})',
]


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_chains_are_given_whole(length: int) -> None:
    """From the reviewer to the applicant, fact by fact."""
    chain = {
        1: [f'employed("R","A",20200101,{RUNNING})'],
        2: [CHAIN[0], CHAIN[1].replace('"O"', '"A"')],
        3: [CHAIN[0], CHAIN[1], CHAIN[2].replace('"M"', '"A"')],
        4: CHAIN,
    }[length]

    assert [one for _, _, one in found("".join(f"{fact}. " for fact in chain), "strict") if len(one) == length] == [
        tuple(chain)
    ]


# Scope


def test_an_interest_counts_in_the_panel_or_in_the_round() -> None:
    facts = 'declared_interest("R","A","x").'

    assert {group: roster(facts).kinds("R", group) for group in "GH"} == {"G": ("interest",), "H": ()}
    assert {group: roster(facts, scope="round").kinds("R", group) for group in "GH"} == {
        "G": ("interest",),
        "H": ("interest",),
    }


# Other reasons


@pytest.mark.parametrize(
    ("facts", "kinds"),
    [
        ("", ()),
        ('unavailable("R").', ("unavailable",)),
        ('reviewer_misconduct("R",20240101).', ("misconduct",)),
        ('declared_interest("R","I","x"). unavailable("R").', ("interest", "unavailable")),
    ],
)
def test_all_reasons_are_given(facts: str, kinds: tuple[str, ...]) -> None:
    assert roster(facts).kinds("R", "G") == kinds


def test_names_may_hold_anything() -> None:
    name = 'R"\\\\\\"\n,|@'
    facts = [Fact("reviewer", (name,)), Fact("declared_interest", (name, "A", 'a"b\\'))]
    hostile = Case.of([*case("").facts, *facts])

    (tie,) = conflicts_of(compose(hostile, Reviewed((), ("A",), (), True))).interests
    assert (tie.person, tie.applicant, tie.limb) == (name, "A", "declared")
