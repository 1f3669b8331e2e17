"""What is shown to an applicant is made from a part of the case: over many rounds it gives what the whole gives."""

from pathlib import Path

import pytest

from engine.case import Case
from engine.facts import PREDICATES, Fact

FACTS = Path(__file__).resolve().parents[2] / "facts"
ROUNDS = 300


def varied(case: Case, number: int) -> Case:
    """Another round: each applicant has lost, by a fixed rule, about a seventh of its facts and taken over others'."""
    people = sorted(str(row[0]) for row in case.rows("applicant"))
    facts: list[Fact] = list(case.shared)
    for at, id in enumerate(people):
        donor = people[(at * 5 + number) % len(people)]
        for source, most in ((id, 7), (donor, 3)):
            for place, fact in enumerate(case.about(source)):
                first = PREDICATES[fact.predicate].fields[0].kind == "identifier"
                own = source == id
                if not first or (not own and fact.predicate in _ONCE):
                    continue
                kept = (own and fact.predicate in _KEPT) or (place * 31 + number * 17 + at * 7) % most
                if kept and (own or (place + number) % 4 == 0):
                    facts.append(Fact(fact.predicate, (id, *fact.arguments[1:])))
    facts += [fact for id in case.subjects if id not in people for fact in case.about(id)]
    known = {(fact.predicate, *fact.arguments[:2]) for fact in facts if fact.predicate == "finding"}
    return Case.of(fact for fact in facts if fact.predicate != "source" and _sound(fact, known))


_KEPT = ("applicant", "name", "submitted")
_ONCE = (*_KEPT, "contact", "credit_code", "finding", "finding_by", "operating_since", "self_score", "seat",
         "legal_form", "activity", "in_group", "score", "stage_result", "recommendation", "county_opinion", "industry",
         "excellence_model_since", "withdrawn", "forwarded_by", "handed_in", "bonus_paid")  # fmt: skip


def _sound(fact: Fact, findings: set[tuple[object, ...]]) -> bool:
    return fact.predicate != "finding_by" or ("finding", *fact.arguments[:2]) in findings


@pytest.mark.slow
@pytest.mark.parametrize("city", ["jiyuan-6", "sanmenxia-3"])
def test_the_part_decides_as_the_whole(city: str) -> None:
    """Outcome, grounds and notes of every applicant, in so many rounds of each city."""
    import engine
    from web.shown.own import names_others

    case = engine.load(sorted(str(path) for path in (FACTS / city).glob("*.lp")))
    for number in range(ROUNDS // 2):
        whole = varied(case, number)
        known = engine.decide(whole, processes=1)
        for at, outcome in enumerate(known.applicants):
            if (at + number) % 4:
                continue
            part = Case.of(f for f in whole.projected(outcome.id).facts if not names_others(f, {outcome.id}))
            assert engine.decide(part, processes=1).outcome(outcome.id) == outcome, (number, outcome.id)
