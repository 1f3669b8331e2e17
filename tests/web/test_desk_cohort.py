"""A cohort at the desk: what is asked, solved and looked up does not grow with how many apply."""

import cProfile
import pstats
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pytest

from benchmarks.generate import cohort


class Work(NamedTuple):
    """What finding the reasons of a cohort took: calls in all, groundings among them, applicants, reasons found."""

    calls: int
    groundings: int
    applicants: int
    reasons: int


@cache
def facts(number: int) -> str:
    """A round of so many applicants, none of them with a sound dossier."""
    from web.questions import case

    return case("\n".join(cohort("jiyuan", number, flawed=True)) + "\n").canonical


@cache
def work(number: int) -> Work:
    """The work for every reason of a cohort whose decision is known, counted."""
    from web.questions import decided, reasoned

    ids = [row["id"] for row in decided(facts(number))["rows"]]
    reasoned(facts(number), ids[:1])  # what is read once a process
    profile = cProfile.Profile()
    pages = profile.runcall(reasoned, facts(number), ids)
    found: Any = pstats.Stats(profile)
    groundings = sum(row[0] for place, row in found.stats.items() if "clingo_control_ground" in place[2])
    limbs = sum(len(place["limbs"]) for page in pages.values() for place in page["provisions"])
    return Work(found.total_calls, groundings, len(pages), limbs)


def test_every_reason_of_a_cohort_is_found_in_one_solve() -> None:
    """As many groundings for thrice the applicants, each of whom has all of its reasons."""
    from web.questions import decided

    for number in (21, 63):
        rows = decided(facts(number))["rows"]
        assert work(number).reasons == sum(len(row["grounds"]) for row in rows) > number
    assert work(21).groundings == work(63).groundings == 1


def test_an_applicant_costs_no_more_among_many() -> None:
    """No reason looks through the facts of everybody else."""
    few, many = work(21), work(63)
    assert many.applicants == 3 * few.applicants
    assert many.calls < 3 * few.calls


def test_a_page_asks_the_database_as_often_for_many(signed_in: Callable[[str], Any]) -> None:
    """A list, a search, an applicant: so many queries, whoever else applies."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from web.ledger import HOUSE
    from web.rounds import Draft, take_in
    from web.rounds.samples import begin

    client = signed_in("clerk")
    asked: dict[str, list[int]] = {}
    for number in (4, 12):
        made = begin("jiyuan", 90 + number, 20250930)
        case = facts(number).replace("round(jiyuan,6,", f"round(jiyuan,{90 + number},")
        assert take_in(HOUSE, made, Draft(case, None, "sample")).version is not None
        for page in ("", "/applicants", "/applicants?status=rejected&q=J00", "/applicant/J000001", "/workbook"):
            client.get(f"/rounds/{made.ref}{page}")  # what is answered once is kept
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/rounds/{made.ref}{page}").status_code == 200
            asked.setdefault(page, []).append(len(queries))
    assert all(few == many < 25 for few, many in asked.values()), asked


def test_the_reasons_come_part_by_part_and_at_once_for_whoever_is_opened(
    samples: object, signed_in: Callable[[str], Any]
) -> None:
    """While the work goes on the table is there and says how far it is; who is opened does not wait for it."""
    from web.rounds import Round
    from web.rounds.computing import progress
    from web.work import Job, Kept, key, person, reason

    client = signed_in("clerk")
    head = Round.objects.get(ref="jiyuan-6").head
    told: list[tuple[int, int]] = []
    reason(head.facts, head.facts_hash, lambda *found: told.append(found))
    assert told == [(0, 10), (10, 10)]
    page = person(head.facts, head.facts_hash, "J08")
    Kept.objects.filter(question="person").delete()
    Job.objects.create(
        key="x", kind="decide", about="jiyuan-6", arguments=f"[{head.pk}]", state="running", done=300, total=2000
    )

    assert progress(head.round).done == 300
    table = client.get("/rounds/jiyuan-6/applicants").content.decode()
    assert "已写好300个" in table and '<progress value="300" max="2000"' in table and "虚构" in table
    assert client.get("/rounds/jiyuan-6/applicant/J08").status_code == 200
    assert person(head.facts, head.facts_hash, "J08") == page
    assert list(Kept.objects.filter(question="person").values_list("pk", flat=True)) == [
        key("person", head.facts_hash, "J08")
    ]
    assert person(head.facts, head.facts_hash, "nobody") is None


def test_what_is_asked_of_everybody_is_work_of_its_own_where_many_apply(
    monkeypatch: pytest.MonkeyPatch, signed_in: Callable[[str], Any]
) -> None:
    """What another reading would change: the page waits, says so, can be stopped, and shows it once it is there."""
    from web.rounds import computing
    from web.work import Job

    client, page = signed_in("clerk"), "/rounds/jiyuan-6/readings"
    monkeypatch.setattr(computing, "_MANY", 3)
    monkeypatch.setattr("web.work.jobs.work", type("Later", (), {"enqueue": staticmethod(lambda _key: None)}))
    assert "逐一试算" in client.get(page).content.decode()
    client.post("/rounds/jiyuan-6/compute", {"stop": "1"})
    job = Job.objects.get(kind="answer")
    assert job.stop and job.about == "jiyuan-6"
    Job.objects.filter(pk=job.pk).update(state="running")
    monkeypatch.undo()
    from web.work.jobs import work

    monkeypatch.setattr(computing, "_MANY", 3)
    Job.objects.filter(pk=job.pk).update(state="waiting")
    work.call(job.pk)
    assert "读法" in client.get(page).content.decode() and Job.objects.get(pk=job.pk).state == "done"


def test_a_difference_names_a_round_as_people_do() -> None:
    """第四届, not 四: the round itself, an award of an earlier one."""
    from engine.facts import Fact
    from web.questions.telling import told

    begun = told(Fact("round", ("sanmenxia", 4, 20261016)), {})["values"]
    won = told(Fact("awarded", ("J01", "main", 5, 20231120)), {"J01": "虚构一号公司"})["values"]
    assert "第四届" in begun["zh"] and "round 4" in begun["en"] and "第五届" in won["zh"]
