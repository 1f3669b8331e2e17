"""What holds of every decision, whatever the facts: drawn rounds of two applicants, both cities, any readings."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import engine
from engine.case.case import Case
from engine.facts.vocabulary import PREDICATES, Fact, text
from engine.law.rulebook import readings
from tests.legal_cases import CITIES, flawless

IDS = ("A", "B")
ADVERSE: tuple[str, ...] = ("policy_breach", "licence_missing", "spot_check", "export_incident", "service_failure")
ADVERSE += ("accident", "complaint", "award_misconduct", "dishonesty_listing", "offence")
PAPERS: tuple[str, ...] = (
    "activity",
    "legal_form",
    "seat",
    "operating_since",
    "certificate",
    "excellence_model_since",
    "self_report_year",
)
PAPERS += (
    "self_rating",
    "self_score",
    "product_inspection",
    "accounts",
    "finding",
    "submitted",
    "material",
    "objection",
)
PAPERS += ("internal_notice", "preliminary_notice", "county_opinion", "recommendation")

DEADLINES = (20250930, 20260101, 20260228, 20261231)
small = settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def days(deadline: int) -> st.SearchStrategy[int]:
    """Days on, before and after the ends of the periods that the two texts count from a deadline."""
    lines = [deadline - years * 10000 for years in (0, 1, 2, 3, 5, 10)]
    around = st.sampled_from([20160229, 20200101, 20211231, 20220929, 20220930, 20230930, 20240229, 20241231, 20251001])
    return st.sampled_from(lines) | around | st.integers(2012, 2026).map(lambda year: year * 10000 + 615)


@st.composite
def facts(draw: st.DrawFn, name: str, applicant: str, deadline: int) -> Fact:
    """One well-formed fact of a predicate about an applicant."""
    values: list[str | int] = []
    for field in PREDICATES[name].fields:
        if field.kind == "identifier":
            values.append(applicant)
        elif field.kind == "choice":
            values.append(draw(st.sampled_from(field.choices)))
        elif field.kind == "day":
            values.append(draw(days(deadline)))
        elif field.kind == "open_day":
            values.append(draw(days(deadline) | st.just(99991231)))
        elif field.kind == "year":
            values.append(draw(st.integers(2020, 2029)))
        elif field.bounds:
            values.append(draw(st.sampled_from((499, 500)) | st.integers(*field.bounds)))
        else:
            values.append(draw(st.text(max_size=5)))
    if ordered := PREDICATES[name].model.ordered:
        low, high = PREDICATES[name].at(*ordered)
        values[low], values[high] = sorted((int(values[low]), int(values[high])))
    return Fact(name, tuple(values))


@st.composite
def histories(draw: st.DrawFn, applicant: str, deadline: int) -> list[Fact]:
    """An award of an earlier round, perhaps revoked; or none."""
    if draw(st.booleans()):
        return []
    prize, number = draw(st.sampled_from(("main", "nomination"))), draw(st.integers(1, 5))
    award, later = sorted((draw(days(deadline)), draw(days(deadline))))
    found = [Fact("awarded", (applicant, prize, number, award))]
    if draw(st.booleans()):
        found.append(Fact("revoked", (applicant, prize, number, draw(st.sampled_from(("fraud", "conduct"))), later)))
    return found


@st.composite
def rounds(draw: st.DrawFn) -> list[Fact]:
    """The facts of a round: dossiers that miss something of a flawless one, and have something it has not."""
    city, deadline = draw(st.sampled_from(CITIES)), draw(st.sampled_from(DEADLINES))
    papers = _papers(city, deadline)
    found: list[Fact] = [Fact("round", (city, 6, deadline))]
    for key, reading in readings(city).items():
        if draw(st.integers(0, 3)) == 0:
            found.append(Fact("reading", (key, draw(st.sampled_from(reading.choices)))))
    if draw(st.booleans()):
        found.append(Fact("evidence_closed", ()))
    for applicant in IDS:
        kind = draw(st.sampled_from(("organization", "organization", "individual")))
        dropped = draw(st.sets(st.integers(0, len(papers) - 1), max_size=3)) if draw(st.booleans()) else range(0)
        kept = [fact for i, fact in enumerate(papers) if i not in dropped]
        found.append(Fact("applicant", (applicant, kind)))
        found += [Fact(name, (applicant, *rest)) for name, (_, *rest) in kept]
        for name in draw(st.lists(st.sampled_from(PAPERS + ADVERSE), max_size=3)):
            found.append(draw(facts(name, applicant, deadline)))
        found += draw(histories(applicant, deadline))
    return _consistent(found)


@cache
def _papers(city: str, deadline: int) -> list[Fact]:
    """The papers of the table's flawless organization."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "case.lp")
        file.write_text("".join(f"{f}.\n" for f in (f"round({city},6,{deadline})", *flawless(city, deadline))), "utf-8")
        return [fact for fact in engine.load(file).facts if fact.predicate in PAPERS]


def _consistent(found: Sequence[Fact]) -> list[Fact]:
    """The facts without those that contradict an earlier one."""
    settled: dict[tuple[object, ...], Fact] = {}
    kept = []
    for fact in found:
        predicate = PREDICATES[fact.predicate]
        one_per = predicate.model.one_per
        if one_per is not None:
            key = (fact.predicate, *(fact.arguments[i] for i in predicate.at(*one_per)))
            if settled.setdefault(key, fact) != fact:
                continue
        kept.append(fact)
    return kept


def decided(found: Sequence[Fact]) -> dict[str, Mapping[str, Any]]:
    """Each applicant's entry in the decision."""
    return {entry["id"]: entry for entry in json.loads(engine.decide(Case.of(found)).json())["applicants"]}


def grounds(entry: Mapping[str, Any], kind: str) -> set[tuple[str, str]]:
    """The grounds of a kind (failed, barred, open) as pairs of provision and key."""
    return {(g["provision"], g["ground" if kind == "barred" else "requirement"]) for g in entry[kind]}


@small
@given(rounds())
def test_status_follows_the_grounds(found: list[Fact]) -> None:
    """A rejected applicant has a ground failed or barred, a pending one only open ones; an eligible one none."""
    for entry in decided(found).values():
        against = bool(entry["failed"] or entry["barred"])

        assert entry["status"] == ("rejected" if against else "pending" if entry["open"] else "eligible")
        assert entry["status"] == "eligible" or not entry["barred_prizes"]


@small
@given(rounds())
def test_every_applicant_has_one_status(found: list[Fact]) -> None:
    """The decision has one entry for each applicant, in the order of the identifiers."""
    entries = json.loads(engine.decide(Case.of(found)).json())["applicants"]

    assert [entry["id"] for entry in entries] == sorted(IDS)
    assert {entry["status"] for entry in entries} <= {"eligible", "pending", "rejected"}


@small
@given(rounds(), st.data())
def test_an_adverse_record_helps_nobody(found: list[Fact], data: st.DataObject) -> None:
    """With one more adverse record A keeps every ground and is no better off, and B is untouched."""
    ((_, (_, _, deadline)),) = [fact for fact in found if fact.predicate == "round"]
    record = data.draw(facts(data.draw(st.sampled_from(ADVERSE)), "A", int(deadline)))

    before, after = decided(found), decided([*found, record])

    for kind in ("failed", "barred", "open"):
        assert grounds(before["A"], kind) <= grounds(after["A"], kind)
    assert before["A"]["status"] == after["A"]["status"] or after["A"]["status"] == "rejected"
    assert before["B"] == after["B"]


@small
@given(rounds())
def test_closing_the_evidence_helps_nobody(found: list[Fact]) -> None:
    """Once supplements are over, nobody is better off and what had failed before has failed still."""
    open_ = [fact for fact in found if fact.predicate != "evidence_closed"]
    before, after = decided(open_), decided([*open_, Fact("evidence_closed", ())])

    for applicant in IDS:
        assert grounds(before[applicant], "failed") <= grounds(after[applicant], "failed")
        assert grounds(after[applicant], "open") <= grounds(before[applicant], "open")
        assert before[applicant]["barred"] == after[applicant]["barred"]
        assert (before[applicant]["status"] == "eligible") == (after[applicant]["status"] == "eligible")


@small
@given(rounds())
def test_applicants_do_not_depend_on_each_other(found: list[Fact]) -> None:
    """A is decided the same with and without B in the round."""
    alone = [fact for fact in found if not fact.arguments or fact.arguments[0] != "B"]

    assert decided(alone)["A"] == decided(found)["A"]


@small
@given(rounds(), st.randoms(use_true_random=False), st.data())
def test_order_and_files_change_nothing(found: list[Fact], random: Any, data: st.DataObject) -> None:
    """The same facts in any order, split over two files, some of them twice, give the same bytes."""
    shuffled = [*found, *data.draw(st.lists(st.sampled_from(found), max_size=5))]
    random.shuffle(shuffled)
    cut = data.draw(st.integers(1, len(shuffled) - 1))

    with tempfile.TemporaryDirectory() as folder:
        whole, first, second = (Path(folder, f"{name}.lp") for name in ("whole", "first", "second"))
        for file, some in ((whole, found), (first, shuffled[:cut]), (second, shuffled[cut:])):
            file.write_text("".join(f"{text(fact)}.\n" for fact in some), "utf-8")
        want = engine.decide(engine.load(whole)).json()

        assert want == engine.decide(engine.load([second, first])).json()
