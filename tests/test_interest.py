"""Interests: every kind of tie, each end of its window, each profile and scope, chains of length 1 to 4.

T is 2025-09-30. A tie counts for three years: one that ended on 2022-09-30 does, on 2022-09-29 it does not.
"""

import pytest

from engine.case import Case
from engine.errors import Problems
from engine.interest import of
from engine.lpfile import read
from engine.reviewed import Reviewed
from engine.roster import Roster, compose
from engine.vocabulary import Fact

BASE = """
round(sanmenxia,4,20250930).
applicant("A",organization). applicant("I",individual). applicant("X",organization).
group("G","C38"). group("H","C38"). in_group("A","G"). in_group("I","G"). in_group("X","H").
reviewer("R"). expertise("R","C"). pool("R",henan).
"""
EVERY = ("procurement", "declared_only", "strict")
LISTED = ("procurement", "strict")
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
    return {(tie.applicant, tie.limb, tie.chain) for tie in of(roster(facts, profile)).interests}


def limbs(facts: str, profile: str = "procurement") -> set[str]:
    return {limb for _, limb, _ in found(facts, profile)}


# Windows

OWN = {
    "employed": 'employed("R","A",{},{}).',
    "officer": 'officer("R","A",supervisor,{},{}).',
    "shareholder": 'shareholder("R","A",controlling,{},{}).',
    "control": 'controls("R","A",{},{}).',
}
WINDOW = [
    (20100101, RUNNING, True),
    (20100101, 20220930, True),
    (20100101, 20220929, False),
    (20250930, RUNNING, True),
    (20251001, RUNNING, False),
]


@pytest.mark.parametrize(("since", "until", "counts"), WINDOW)
@pytest.mark.parametrize("limb", OWN)
def test_own_ties_count_for_three_years(limb: str, since: int, until: int, counts: bool) -> None:
    assert [limbs(OWN[limb].format(since, until), profile) for profile in EVERY] == [
        {limb} if counts else set(),
        set(),
        {limb} if counts else set(),
    ]


@pytest.mark.parametrize("role", ["legal_representative", "person_in_charge", "director", "supervisor"])
def test_every_office_is_a_tie(role: str) -> None:
    fact = f'officer("R","A",{role},20200101,{RUNNING})'

    assert found(f"{fact}.") == {("A", "officer", (fact,))}


def test_a_minor_share_is_no_tie() -> None:
    assert [limbs(f'shareholder("R","A",minor,20200101,{RUNNING}).', profile) for profile in EVERY] == [set()] * 3


def test_the_29th_of_february_ends_on_the_28th() -> None:
    """Employed until 2024-02-29: the third year ends on 2027-02-28."""
    head = BASE.replace("20250930", "{}")
    for deadline, counts in ((20270228, True), (20270301, False)):
        ended = made(head.format(deadline) + 'employed("R","A",20200101,20240229).')

        assert bool(of(compose(ended, Reviewed((), ("A",), (), True))).interests) is counts


# Kin


@pytest.mark.parametrize("kind", ["spouse", "lineal", "collateral_3", "near_in_law"])
@pytest.mark.parametrize("pair", ['"R","P"', '"P","R"'])
def test_kin_holds_both_ways(kind: str, pair: str) -> None:
    kin, office = f"kin({pair},{kind})", f'officer("P","A",legal_representative,20200101,{RUNNING})'

    assert found(f"{kin}. {office}.") == {("A", "kin_of_officer", (kin, office))}


@pytest.mark.parametrize(
    ("role", "since", "until", "procurement", "strict"),
    [
        ("legal_representative", 20200101, RUNNING, True, True),
        ("person_in_charge", 20250930, 20250930, True, True),
        ("person_in_charge", 20251001, RUNNING, False, False),
        ("person_in_charge", 20200101, 20250929, False, True),
        ("person_in_charge", 20200101, 20220930, False, True),
        ("person_in_charge", 20200101, 20220929, False, False),
        ("director", 20200101, RUNNING, False, True),
        ("supervisor", 20200101, 20220930, False, True),
    ],
)
def test_kin_of_whom_and_when(role: str, since: int, until: int, procurement: bool, strict: bool) -> None:
    """procurement: of the legal representative or person in charge, at T; strict: of any officer, three years."""
    facts = f'kin("R","P",spouse). officer("P","A",{role},{since},{until}).'

    assert [bool(limbs(facts, profile)) for profile in EVERY] == [procurement, False, strict]


def test_kin_recorded_twice_is_one_interest() -> None:
    facts = f'kin("R","P",spouse). kin("P","R",spouse). officer("P","A",person_in_charge,20200101,{RUNNING}).'

    assert len(found(facts)) == 1


def test_an_individual_is_in_charge_of_himself() -> None:
    assert found('kin("R","I",lineal).') == {("I", "kin_of_officer", ('kin("R","I",lineal)',))}
    assert found('kin("R","A",lineal).') == set()


def test_whoever_applies_himself_has_an_interest() -> None:
    assert found('reviewer("I").') == {("I", "officer", ('applicant("I",individual)',))}


# Declared


def test_a_declared_interest_counts_in_every_profile() -> None:
    fact = 'declared_interest("R","A","同门")'

    assert [found(f"{fact}.", profile) for profile in EVERY] == [{("A", "declared", (fact,))}] * 3


# Strict


@pytest.mark.parametrize("kind", ["consulting", "teacher_student", "joint_project"])
@pytest.mark.parametrize(("since", "until", "counts"), WINDOW)
def test_work_together_counts_under_strict(kind: str, since: int, until: int, counts: bool) -> None:
    fact = f'works_with("R","A",{kind},{since},{until})'

    assert found(f"{fact}.", "strict") == ({("A", kind, (fact,))} if counts else set())
    assert found(f"{fact}.") == set()


@pytest.mark.parametrize("pair", ['"R","Q"', '"Q","R"'])
def test_work_with_an_officer_counts_while_he_is_one(pair: str) -> None:
    work = f"works_with({pair},teacher_student,20200101,20230101)"
    now, past = (f'officer("Q","A",director,20200101,{until})' for until in (20250930, 20250929))

    assert found(f"{work}. {now}.", "strict") == {("A", "teacher_student", (work, now))}
    assert found(f"{work}. {past}.", "strict") == set()


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
    assert found(f"{tie}. {over}.") == set()


def test_the_group_is_that_of_the_reference_day() -> None:
    tie = f'employed("R","O",20200101,{RUNNING}).'

    assert found(f'{tie} controls("O","A",20200101,20250929).', "strict") == set()
    assert found(f'{tie} controls("O","A",20251001,{RUNNING}).', "strict") == set()


def test_sisters_are_not_controlled_by_the_applicant() -> None:
    over = "".join(f'controls("M","{one}",20200101,{RUNNING}). ' for one in "OA")
    facts = f'employed("R","O",20200101,{RUNNING}). {over}'

    assert found(facts, "strict") == set()


def test_a_circle_of_control_ends() -> None:
    circle = "".join(f"controls({pair},20200101,{RUNNING}). " for pair in ('"O","A"', '"A","O"'))
    facts = f'{circle}employed("R","O",20200101,{RUNNING}).'

    assert limbs(facts, "strict") == {"group_company"}
    assert len(found(facts, "strict")) == 2


def test_the_employer_of_an_individual_counts_under_strict() -> None:
    tie, job = f'employed("R","O",20200101,{RUNNING})', f'employed("I","O",20200101,{RUNNING})'

    assert found(f"{tie}. {job}.", "strict") == {("I", "colleague", (tie, job))}
    assert found(f"{tie}. {job}.") == set()
    assert found(f'{tie}. employed("I","O",20200101,20250929).', "strict") == set()


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


def test_an_interest_in_somebody_rejected_counts_in_the_round_only() -> None:
    """No panel reviews him; but he is an applicant of the round."""
    for scope, want in (("panel", ()), ("round", ("interest",))):
        declared = case('declared_interest("R","A","x").', scope=scope)

        assert compose(declared, Reviewed((), ("I", "X"), ("A",), True)).kinds("R", "G") == want


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


def test_the_provincial_pool_is_named_by_one_text_only() -> None:
    for city, want in (("sanmenxia", ("pool",)), ("jiyuan", ())):
        local = made(BASE.replace("sanmenxia", city).replace("henan", "local"))

        assert compose(local, Reviewed((), ("A",), (), True)).kinds("R", "G") == want


@pytest.mark.parametrize(
    ("code", "fits"), [("C", True), ("C3", True), ("C38", True), ("C381", False), ("c", False), ("M", False)]
)
def test_a_code_covers_what_it_begins(code: str, fits: bool) -> None:
    facts = f'reviewer("S"). pool("S",henan). expertise("S","{code}").'

    assert (roster(facts).kinds("S", "G") == ()) is fits


def test_the_strictest_load_on_file_holds() -> None:
    found = roster('panel_load("R",3). panel_load("R",2). reviewer("S").')

    assert dict(found.load) == {"R": 2, "S": 1}


def test_names_may_hold_anything() -> None:
    name = 'R"\\\\\\"\n,|@'
    facts = [Fact("reviewer", (name,)), Fact("declared_interest", (name, "A", 'a"b\\'))]
    hostile = Case.of([*case("").facts, *facts])

    (tie,) = of(compose(hostile, Reviewed((), ("A",), (), True))).interests
    assert (tie.person, tie.applicant, tie.limb) == (name, "A", "declared")
