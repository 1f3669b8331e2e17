"""Inside the rules an applicant is a number: whatever identifiers look like and wherever parts end, outcomes stay."""

import random

import pytest

from benchmarks.generate import dossier
from engine.answers import eligibility
from engine.answers.eligibility import Outcome
from engine.case import Case, read
from engine.facts import PREDICATES, Fact, quote
from engine.solve import cohort


def invented(city: str, number: int) -> Case:
    """Dossiers of every kind, one of them on a published list, another's interest not this question's."""
    lines = [f"round({city},6,20250930).", "announced(20250826)."]
    lines += [line for i in range(number) for line in dossier(city, i)]
    lines.append(f'listed("{city[0].upper()}000003",acceptance).')
    return read({"case.lp": "\n".join(lines).encode()})


def renamed(case: Case, names: dict[str, str]) -> Case:
    """The case with other identifiers."""
    facts = []
    for predicate, row in case.facts:
        fields = PREDICATES[predicate].fields
        told = [names.get(str(v), v) if f.kind == "identifier" else v for f, v in zip(fields, row, strict=True)]
        facts.append(Fact(predicate, tuple(told)))
    return Case.of(facts)


def told(one: Outcome, id: str) -> tuple[object, ...]:
    """An outcome under another identifier."""
    events = [(g.provision, g.key, sorted(e.replace(quote(one.id), quote(id)) for e in g.events)) for g in one.barred]
    return (one.status, one.failed, events, one.open, one.barred_prizes, one.overdue, one.found_by_people)


@pytest.mark.parametrize("city", ["jiyuan", "sanmenxia"])
def test_any_identifiers_and_any_part_size(city: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Identifiers permuted, some of them numbers that stand for another applicant inside; parts of 7: the same."""
    case = invented(city, 60)
    whole = {one.id: one for one in eligibility.decide(case).applicants}
    ids = sorted(whole)
    others = [*map(str, range(30)), *(f"-{n}" for n in range(20)), *(f'"{n}\\' for n in range(10))]
    random.Random(5).shuffle(others)
    names = dict(zip(ids, others, strict=True))
    monkeypatch.setattr(cohort, "SIZE", 7)
    again = {one.id: one for one in eligibility.decide(renamed(case, names), processes=1).applicants}

    assert {id: told(again[name], id) for id, name in names.items()} == {id: told(whole[id], id) for id in ids}
