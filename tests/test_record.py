"""The record of a draw: drawn again to the byte from itself alone, every change named, entries after the draw."""

import json
from functools import cache
from pathlib import Path

import pytest

from engine.case.case import Case, load
from engine.draw.check import Claim, faults
from engine.draw.frozen import DEMO_KEY, Frozen, freeze, frozen_text, thaw, thawed
from engine.draw.lots import Draw, draw
from engine.errors import CaseError, UsageError
from engine.facts.vocabulary import Fact
from engine.panels.rosters import roster
from engine.record.entries import Later
from engine.record.protocol import standing, text
from engine.record.verification import verify
from tests.test_seeds import ONE, SOURCES

HOUSE = Path(__file__).resolve().parents[1]
SAMPLES = {"jiyuan": "jiyuan-6", "sanmenxia": "sanmenxia-3"}


@cache
def sample(city: str) -> Case:
    return load(sorted(map(str, (HOUSE / "facts" / SAMPLES[city]).glob("*.lp"))))


@cache
def frozen(city: str) -> Frozen:
    """The sample frozen with announced sources, and with the key of demonstrations, so that the bytes stay the same."""
    return freeze(roster(Case.of([*sample(city).facts, *SOURCES])), key=DEMO_KEY)


def drawn(city: str, seed: str = ONE) -> Draw:
    made = draw(frozen(city), seed)
    assert isinstance(made, Draw)
    return made


def test_two_freezes_of_one_case_have_two_commitments() -> None:
    one, other = (freeze(roster(sample("jiyuan"))) for _ in range(2))

    assert one.file == other.file
    assert one.commitment != other.commitment


@pytest.mark.parametrize("city", SAMPLES)
def test_a_frozen_file_gives_its_roster_back(city: str) -> None:
    kept = frozen(city)
    again = thawed("frozen.json", frozen_text(kept).encode())

    assert (again.file, again.commitment, again.size) == (kept.file, kept.commitment, kept.size)
    with pytest.raises(CaseError):
        thaw([*kept.file.splitlines(), 'unavailable("R99").'], kept.key)
    with pytest.raises(CaseError):
        thawed("frozen.json", frozen_text(kept).replace("seats", "seat").encode())


@pytest.mark.parametrize("names", [("R|1",), ("R\n1",), ("R１", "R1")])
def test_names_that_could_share_a_ticket_are_refused(names: tuple[str, ...]) -> None:
    more = [Fact("reviewer", (name,)) for name in names]
    with pytest.raises(CaseError) as refusal:
        freeze(roster(Case.of([*sample("jiyuan").facts, *more])))

    assert {problem.code for problem in refusal.value.problems} <= {"ticket_sign", "ticket_alike"}


@pytest.mark.parametrize("city", SAMPLES)
def test_the_same_seed_gives_the_same_bytes(city: str) -> None:
    assert text(drawn(city)) == text(drawn(city))
    assert text(drawn(city)) != text(drawn(city, "demo"))


@pytest.mark.parametrize("city", SAMPLES)
@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_the_rules_find_no_fault(city: str, seed: str) -> None:
    assert faults(Claim.of(drawn(city, seed))) == []


@pytest.mark.parametrize("city", SAMPLES)
def test_the_record_verifies_by_itself(city: str) -> None:
    made = text(drawn(city)).encode()
    right = verify("r.json", made, commitment=frozen(city).commitment, numbers=[ONE])

    assert (right.drawn.panels, right.not_given) == (drawn(city).panels, ("head",))
    assert verify("r.json", made).not_given == ("commitment", "numbers", "head")
    assert verify("r.json", text(drawn(city, "demo")).encode()).drawn.demo


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"commitment": "0" * 64}, "commitment_differs"),
        ({"numbers": [ONE.replace("1.2:9", "1.2:8")]}, "seed_differs"),
        ({"head": "0" * 64}, "head_differs"),
    ],
)
def test_what_is_given_is_compared(given: dict[str, object], code: str) -> None:
    with pytest.raises(CaseError) as refusal:
        verify("r.json", text(drawn("jiyuan")).encode(), **given)  # type: ignore[arg-type]

    assert code in [problem.code for problem in refusal.value.problems]


def test_the_json_is_as_agreed() -> None:
    found = json.loads(text(drawn("jiyuan")))

    assert list(found) == ["panels", "walk", "leaders", "record"]
    assert list(found["panels"][0]) == ["group", "size", "members"]
    assert list(found["panels"][0]["members"][0]) == ["id", "place", "leader"]
    keys = ["group", "place", "reviewer", "verdict", "reasons", "tight"]
    assert [list(row) for row in found["walk"]] == [keys] * len(found["walk"])
    reasons = [reason for row in found["walk"] for reason in row["reasons"]]
    assert [list(one) for one in reasons] == [["reason", "provision", "citation", "chain"]] * len(reasons)
    assert {row["verdict"] for row in found["walk"]} >= {"taken", "recused", "unqualified", "full"}
    assert [list(one) for one in found["leaders"]] == [["group", "reviewer", "lots"]] * len(found["panels"])
    assert (found["record"]["method"], found["record"]["seed"], found["record"]["demo"]) == ("lots-2", ONE, False)


def test_each_changed_byte_is_found() -> None:
    """Every 211th byte of the record, changed to another, with what was published of it given."""
    record = text(drawn("jiyuan")).encode()
    missed = []
    for at in range(0, len(record), 211):
        changed = record[:at] + (b"7" if record[at : at + 1] != b"7" else b"8") + record[at + 1 :]
        try:
            verify("r.json", changed, commitment=frozen("jiyuan").commitment, numbers=[ONE])
        except CaseError:
            continue
        missed.append((at, record[at - 20 : at + 20]))

    assert missed == []


@pytest.mark.parametrize("change", ["", " ", "x", "{}", "[]", '{"record": {"seed": ["a"]}}', "\N{BOM}", "[" * 9999])
def test_what_is_no_record_says_so(change: str) -> None:
    with pytest.raises(CaseError) as refusal:
        verify("r.json", change.encode())

    assert {problem.code for problem in refusal.value.problems} <= {"record_unreadable", "record_method"}


def test_bytes_behind_a_record_are_no_record() -> None:
    with pytest.raises(CaseError):
        verify("r.json", text(drawn("jiyuan")).encode() + b" ")


def test_a_record_of_an_earlier_method_is_refused_by_name() -> None:
    with pytest.raises(CaseError) as refusal:
        verify("r.json", text(drawn("jiyuan")).replace('"lots-2"', '"lots-1"').encode())

    assert [(one.code, one.parameters["found"]) for one in refusal.value.problems] == [("record_method", "lots-1")]


# After the draw


def later(number: int, **news: object) -> Later:
    return Later(day=20261202 + number, because="住院", document="假条", **news)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [f"s{n}" for n in range(10)])
def test_who_leaves_is_followed_by_the_order_and_nobody_else_moves(seed: str) -> None:
    made = drawn("sanmenxia", seed)
    gone = made.panels["G1"][0].id
    entry = standing(made).add(later(1, unavailable=((gone, None),)))
    before = {(seat.id, group) for group, panel in made.panels.items() for seat in panel}
    after = {(seat.id, group) for group, panel in entry.panels.items() for seat in panel}
    roster = frozen("sanmenxia").roster

    assert before - after == {pair for pair in before if pair[0] == gone}
    assert [(who, group) for who, group, _ in entry.leaves] == sorted(pair for pair in before if pair[0] == gone)
    assert all(who in roster.fit[group] for who, group in after - before)
    if entry.outcome == "complete":
        assert {len(panel) for panel in entry.panels.values()} == {made.frozen.size}
        assert all(sum(seat.leader for seat in panel) == 1 for panel in entry.panels.values())
    else:
        assert after <= before and entry.hall is not None and entry.hall.given < entry.hall.need


def test_entries_are_part_of_the_record_and_chained() -> None:
    made = drawn("sanmenxia")
    now = standing(made)
    one = now.add(later(1, unavailable=((made.panels["G3"][1].id, "G3"),)))
    tie = Fact("declared_interest", (made.panels["G2"][0].id, "S01", "师生"))
    other = now.add(later(2, facts=(tie,)))
    record = text(made, (one, other))
    found = json.loads(record)

    assert [entry["previous"] for entry in found["after"]] == [standing(made).head, one.hash]
    assert list(found["after"][0]) == [
        "n", "previous", "day", "because", "document", "facts", "unavailable", "dissolved", "leaves", "vacant", "walks",
        "leaders", "outcome", "hall", "repairs", "panels", "hash",
    ]  # fmt: skip
    right = verify("r.json", record.encode(), head=other.hash)
    assert right.standing.panels == other.panels
    for cut in (text(made, (one,)), record.replace("师生", "同事"), record.replace("住院", "出差", 1)):
        with pytest.raises(CaseError) as refusal:
            verify("r.json", cut.encode(), head=other.hash)
        assert "head_differs" in {problem.code for problem in refusal.value.problems}


def test_whoever_left_does_not_come_back_and_no_recusal_ends() -> None:
    """A tie that made somebody leave still counts when its applicant has withdrawn."""
    made = drawn("jiyuan", "demo")
    now = standing(made)
    group, seat = next((group, panel[1]) for group, panel in made.panels.items())
    applicant = frozen("jiyuan").roster.applicants(group)[0]
    now.add(later(1, facts=(Fact("declared_interest", (seat.id, applicant, "师生")),)))
    now.add(later(2, facts=(Fact("withdrawn", (applicant, 20261204)),)))

    assert seat.id not in {one.id for one in now.panels.get(group, ())}
    assert (seat.id, group) in now.left


def test_a_group_whose_applicants_all_withdrew_has_no_panel() -> None:
    made = drawn("sanmenxia")
    gone = frozen("sanmenxia").roster.applicants("G1")
    entry = standing(made).add(later(1, facts=tuple(Fact("withdrawn", (one, 20261203)) for one in gone)))

    assert entry.dissolved == ("G1",)
    assert list(entry.panels) == [group for group in made.panels if group != "G1"]


def test_nobody_unknown_leaves() -> None:
    with pytest.raises(CaseError) as refusal:
        standing(drawn("jiyuan")).add(later(1, unavailable=(("R99", None),)))

    assert [problem.code for problem in refusal.value.problems] == ["entry_unknown"]


@pytest.mark.parametrize(("size", "code"), [(2, "size_unlawful"), (6, "size_unlawful")])
def test_a_size_outside_the_text_is_refused_with_its_article(size: int, code: str) -> None:
    with pytest.raises(CaseError) as refusal:
        freeze(roster(sample("jiyuan")), size)

    (problem,) = refusal.value.problems
    assert (problem.code, problem.parameters["citation"]) == (code, "第七条")


def test_a_size_that_no_text_gives_comes_from_the_case() -> None:
    """The refusal cites no article: there is none."""
    with pytest.raises(UsageError) as refusal:
        freeze(roster(sample("sanmenxia")), 6)
    bare = Case.of(fact for fact in sample("sanmenxia").facts if fact.predicate != "panel_size")
    with pytest.raises(UsageError) as unknown:
        freeze(roster(bare), 3)

    assert [problem.code for problem in refusal.value.problems] == ["size_not_of_case"]
    assert [problem.code for problem in unknown.value.problems] == ["size_unknown"]
    assert "第" not in refusal.value.problems[0].sentence("zh")
