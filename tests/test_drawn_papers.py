"""Papers about panels are made from the verified record with all its entries, and only where it fits the case."""

from __future__ import annotations

import pytest

from desk.arguments.news import fitting
from desk.papers import bundle
from desk.papers.drawn import record
from desk.papers.panels import listing
from engine.answers import decide
from engine.case.case import Case
from engine.draw.tickets import ticket
from engine.errors import CaseError, UsageError
from engine.facts.vocabulary import Fact
from engine.panels import rosters
from engine.record.protocol import text
from engine.record.publication import public_text
from engine.record.verification import Verified
from tests.test_public_copy import with_entries
from tests.test_record import drawn, sample

NEWS = (
    Fact("declared_interest", (drawn("sanmenxia").panels["G2"][0].id, "S02", "师生")),
    Fact("withdrawn", ("S03", 20261204)),
    Fact("withdrawn", ("S05", 20261204)),
    Fact("unavailable", (drawn("sanmenxia").panels["G1"][0].id,)),
)


def today() -> Case:
    """The case as it is today, with what became known since."""
    return Case.of([*sample("sanmenxia").facts, *NEWS])


def verified() -> Verified:
    return fitting("r.json", text(*with_entries()).encode(), today())


def test_the_list_names_who_sits_now() -> None:
    found = verified()
    names = found.drawn.frozen.roster.case.names
    told = "\n".join(listing(today(), found).texts())
    now = {seat.id for seats in found.standing.panels.values() for seat in seats}
    gone = {seat.id for seats in found.drawn.panels.values() for seat in seats} - now

    assert gone
    assert all(names[one] in told for one in now)
    assert not any(names[one] in told for one in gone)
    assert found.standing.head in told and found.drawn.frozen.commitment in told


def test_a_list_of_panels_asks_again_of_nobody_who_is_reviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The verified record knows whom the draw was about; whoever has workers elsewhere need decide nothing here."""
    found = verified()

    def asked(*_: object, **__: object) -> None:
        raise AssertionError("decided here")

    monkeypatch.setattr(rosters, "reviewed", asked)
    assert any("抽取" in one for one in listing(today(), found).texts())


def test_the_record_has_every_ticket_in_an_annex() -> None:
    made, entries = with_entries()
    told = "\n".join(record(made, entries).texts())

    for walk in made.walks:
        for name in walk.names:
            assert ticket(made.seed, made.frozen.commitment, walk.group, "M", name) in told


def test_a_record_that_does_not_fit_is_refused_by_its_facts() -> None:
    """Before the entries, of another city, and with a tie that no entry holds."""
    made, entries = with_entries()
    tie = Fact("declared_interest", ("R01", "S01", "同门"))
    for data, case, wanted in (
        (
            text(made),
            today(),
            {("draw_misfit_new", f"{one.predicate}(") for one in NEWS if one.predicate != "withdrawn"},
        ),
        (text(made, entries), sample("jiyuan"), {("draw_misfit_gone", "round("), ("draw_misfit_new", "round(")}),
        (text(made, entries), Case.of([*today().facts, tie]), {("draw_misfit_new", "declared_interest(")}),
    ):
        with pytest.raises(CaseError) as refusal:
            fitting("r.json", data.encode(), case)
        found = {
            (one.code, str(one.parameters["fact"]).partition("(")[0] + "(")
            for one in refusal.value.problems
            if "fact" in one.parameters
        }
        assert found == wanted


def test_a_public_copy_makes_no_papers() -> None:
    with pytest.raises(UsageError) as refusal:
        fitting("p.json", public_text(*with_entries()).encode(), today())

    assert [problem.code for problem in refusal.value.problems] == ["draw_public"]


def test_no_paper_about_a_draw_is_dated_before_it() -> None:
    """Nor before the last entry, whose panels it tells."""
    found = verified()
    last = found.entries[-1].later.day

    def early(day: int) -> set[str]:
        made = bundle(decide(today()), only=("panel_list", "draw_record"), day=day, record=found, today=20270101)
        assert {one.paper.kind for one in made} == {"panel_list", "draw_record"}
        return {one.paper.kind for one in made if any(code == "before_event" for code, _ in one.reasons)}

    assert early(last - 1) == {"panel_list", "draw_record"}
    assert early(last) == set()


def test_winners_are_not_proposed_before_their_panels_were_drawn() -> None:
    """Nor put before the government; a report of the round tells of no draw."""
    found = verified()
    last = found.entries[-1].later.day
    kinds = ("winners_notice", "winners_submission", "round_report")
    unpublished = [one for one in today().facts if one.arguments[:1] != ("proposed_winners",)]
    decision = decide(Case.of([*unpublished]))

    def early(day: int) -> set[str]:
        made = bundle(decision, only=kinds, day=day, record=found, chosen=0)
        assert {one.paper.kind for one in made if one.paper.day == day} == {*kinds}
        return {one.paper.kind for one in made if ("before_event", {"day": day, "event": last}) in one.reasons}

    assert early(last - 1) == {"winners_notice", "winners_submission"}
    assert early(last) == set()
