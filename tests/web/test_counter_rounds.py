"""What is shown to an applicant is made from a part of the case: over many rounds it gives what the whole gives."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from engine.case import Case
from engine.facts import PREDICATES, Fact
from web.questions import slots

FACTS = Path(__file__).resolve().parents[2] / "facts"
ROUNDS = 300


def varied(case: Case, number: int) -> Case:
    """Another round: each applicant has lost, by a fixed rule, up to a seventh of its facts and taken over others'."""
    people = sorted(str(row[0]) for row in case.rows("applicant"))
    facts: list[Fact] = list(case.shared)
    for at, id in enumerate(people):
        donor = people[(at * 5 + number) % len(people)]
        for source, most in ((donor, 3), (id, (97, 7, 31)[number % 3])):
            for place, fact in enumerate(case.about(source)):
                first = PREDICATES[fact.predicate].fields[0].kind == "identifier"
                own = source == id
                if not first or (not own and fact.predicate in _ONCE):
                    continue
                kept = (own and fact.predicate in _KEPT) or (place * 31 + number * 17 + at * 7) % most
                if kept and (own or (place + number) % 4 == 0):
                    facts.append(Fact(fact.predicate, (id, *fact.arguments[1:])))
    facts += [fact for id in case.subjects if id not in people for fact in case.about(id)]
    facts = [Fact(name, row) for (name, _), row in slots(facts).items() if name != "source"]
    known = {(fact.predicate, *fact.arguments[:3]) for fact in facts}
    known |= {(fact.predicate, *fact.arguments[:2]) for fact in facts}
    return Case.of(fact for fact in facts if _sound(fact, known))


_KEPT = ("applicant", "name", "submitted")
_ONCE = (*_KEPT, "contact", "credit_code", "finding", "finding_by", "operating_since", "self_score", "seat",
         "legal_form", "activity", "in_group", "score", "stage_result", "recommendation", "county_opinion", "industry",
         "excellence_model_since", "withdrawn", "forwarded_by", "handed_in", "bonus_paid")  # fmt: skip


_OF_AWARDS = ("bonus_paid", "bonus_recovered", "fraud_found", "revoked")


def _sound(fact: Fact, known: set[tuple[object, ...]]) -> bool:
    """Whether what a fact stands on is there: a finding, an award."""
    name, row = fact.predicate, fact.arguments
    if name == "finding_by":
        return ("finding", *row[:2]) in known
    return name not in _OF_AWARDS or ("awarded", *row[:3]) in known


def decided_alike(city: str, numbers: Iterable[int]) -> set[str]:
    """Decide rounds whole, and of each applicant its own part as a snapshot is made from it; the outcomes met."""
    import engine
    from web.shown.own import projected

    case = engine.load(sorted(str(path) for path in (FACTS / city).glob("*.lp")))
    met = set()
    for number in numbers:
        whole = varied(case, number)
        for outcome in engine.decide(whole, processes=1).applicants:
            part = engine.read({"facts.lp": projected(whole.canonical, outcome.id).encode()})
            assert engine.decide(part, processes=1).outcome(outcome.id) == outcome, (number, outcome.id)
            met.add(outcome.status)
    return met


@pytest.mark.slow
@pytest.mark.parametrize("city", ["jiyuan-6", "sanmenxia-3"])
def test_the_part_decides_as_the_whole(city: str) -> None:
    """Outcome, grounds and notes of every applicant, in 150 rounds of each city."""
    assert decided_alike(city, range(ROUNDS // 2)) == {"eligible", "pending", "rejected"}


@pytest.mark.parametrize("city", ["jiyuan-6", "sanmenxia-3"])
def test_the_part_decides_as_the_whole_in_a_round(city: str) -> None:
    """The same in one of those rounds."""
    assert decided_alike(city, [6]) == {"eligible", "pending", "rejected"}
