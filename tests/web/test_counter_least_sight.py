"""Least sight: what one applicant can reach says nothing of another one, and asks no table but the counter's."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

FACTS = Path(__file__).resolve().parents[2] / "facts" / "jiyuan-6"
WRITTEN = {
    "the CSRF token": r'(?<=name="csrfmiddlewaretoken" value=")[^"]+',
    "the mark of a form": r'(?<=name="once" value=")[^"]+',
    "the time of a release, of something sent": r"(\d+年)?\d+月\d+日\d\d:\d\d",
    "random names of receipts and papers": r"(?<=/mine/papers/)[\w-]+|(?<=/mine/receipts/)[\w-]+",
}
"""What may differ between two houses that differ in other applicants alone; with the headers in `HEADERS`."""
HEADERS = {"Set-Cookie", "Date"}
PUBLIC = ("/static", "/board")
"""Addresses that are the same for everybody, and name by law who is on a list."""
OWN_TABLES = {"counter_link", "counter_snapshot", "counter_sheet", "counter_said", "counter_reply", "counter_filled"}
LEDGER = {"ledger_act", "ledger_head"}
OTHERS = 'applicant("J99",organization).\nname("J99","虚构九十九号有限公司").\nsubmitted("J99",20250916).\n'


class Addresses(HTMLParser):
    """Where a page leads within the house."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: Any) -> None:  # noqa: ARG002 - as it is called
        """Note where a link or a form leads."""
        known = dict(attributes)
        address = known.get("href") or known.get("action") or ""
        if address.startswith("/") and not address.startswith(PUBLIC):
            self.found.append(address.partition("#")[0])


@contextmanager
def undone() -> Iterator[None]:
    """A house whose rows are gone afterwards."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@cache
def facts(without: tuple[str, ...] = (), more: str = "") -> str:
    """The sample's canonical facts, as another house has them: some applicants gone, others added."""
    from web.questions.incoming import upload

    files = {path.name: path.read_text("utf-8") for path in sorted(FACTS.glob("*.lp"))}
    for id in without:
        for name, words in files.items():
            kept = [
                line for line in words.splitlines(keepends=True) if f'"{id}"' not in line and f'"{id}\\' not in line
            ]
            files[name] = "".join(kept)
    told = upload({name: words.encode() for name, words in {**files, "more.lp": more}.items() if words}, 20251101)
    assert told["facts"], told["problems"]
    return str(told["facts"])


def stood_at(words: str, id: str, day: int) -> Any:
    """A link for an applicant of a round with these facts, its snapshot released, a paper handed over."""
    from web.counter.links import give
    from web.counter.releasing import Handed, hand_over, release
    from web.ledger import HOUSE
    from web.rounds.models import Round, Version

    round_ = Round(ref="jiyuan-6", city="jiyuan", number=6)
    version = Version(round=round_, number=1, facts=words, facts_hash="0" * 64)
    given = give(HOUSE, round_.ref, "applicant", id, "虚构十号医疗器械有限公司", 20991231, token=f"{id:-<22}")
    assert release(HOUSE, round_, version, id, day, prospects=False) is not None
    hand_over(HOUSE, round_.ref, id, Handed("receipt_slip", "收件回执", "样例1号", 20250915, b"%PDF-1", "a.pdf"))
    return given


def entered(given: Any) -> Any:
    """A browser that came in by a link."""
    from django.test import Client

    client = Client()
    answer = client.post(f"/a/{given.token}", {"pin": given.pin})
    assert answer.status_code == 302, answer.content.decode()
    return client


def crawled(client: Any) -> dict[str, tuple[int, dict[str, str], str]]:
    """Every address that can be reached from the first page, with status, headers and body but for the written list."""
    found: dict[str, tuple[int, dict[str, str], str]] = {}
    left = ["/mine"]
    while left:
        address = left.pop()
        name = written(address)
        if name in found:
            continue
        answer = client.get(address)
        headers = {key: value for key, value in answer.headers.items() if key not in HEADERS}
        body = answer.content.decode("utf-8", "replace")
        found[name] = (answer.status_code, headers, written(body))
        reader = Addresses()
        reader.feed(body if "html" in headers["Content-Type"] else "")
        left += reader.found
    return found


def written(words: str) -> str:
    """A text without what may differ."""
    for pattern in WRITTEN.values():
        words = re.sub(pattern, "…", words)
    return re.sub(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*', "…", words)


@pytest.mark.parametrize(("id", "day"), [("J10", 20251021), ("J07", 20251008)])
def test_two_houses_that_differ_in_others_alone_look_the_same(house: Path, db: None, id: str, day: int) -> None:
    """Applicants gone and added, others' facts changed: every page, file and form this one can reach is the same."""
    pages = []
    for words in (facts(), facts(("J01", "J08", "J09"), OTHERS)):
        with undone():
            client = entered(stood_at(words, id, day))
            client.post("/mine/say/error", {"about": "0", "words": "虚构说明", "once": "1"})
            pages.append(crawled(client))

    assert facts() != facts(("J01", "J08", "J09"), OTHERS)
    assert len(pages[0]) > 10
    assert pages[0] == pages[1]


def test_what_is_proposed_is_told_to_nobody(house: Path, db: None) -> None:
    """Before the list is public a snapshot holds no outcome, whatever it is: barred and eligible read the same."""
    answers = set()
    for id in ("J10", "J01"):
        with undone():
            body = entered(stood_at(facts(), id, 20251012)).get("/mine").content.decode()
            answers.add(re.findall(r'<div class="answer.*?</div>', body, re.S)[0])

    assert len(answers) == 1
    assert "申报材料正在审核" in answers.pop()


def test_no_page_asks_another_table(house: Path, db: None) -> None:
    """Reading asks the counter's tables alone; sending adds to the ledger besides."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = entered(stood_at(facts(), "J10", 20251021))
    with CaptureQueriesContext(connection) as reading:
        crawled(client)
    with CaptureQueriesContext(connection) as sending:
        client.post("/mine/say/statement", {"about": "0", "words": "虚构意见", "once": "2"})

    assert tables(reading) <= OWN_TABLES
    assert tables(sending) <= OWN_TABLES | LEDGER
    assert tables(sending) >= LEDGER


def tables(captured: Any) -> set[str]:
    """The tables that queries name."""
    return {
        name
        for query in captured.captured_queries
        for name in re.findall(r'(?:FROM|INTO|UPDATE|JOIN) "(\w+)"', query["sql"])
    }


@pytest.mark.parametrize("city", ["jiyuan-6", "sanmenxia-3"])
def test_the_projected_case_gives_the_same_outcome(house: Path, city: str) -> None:
    """What is shown is the outcome of the whole case, ground by ground, though it is made from a part of it."""
    import engine
    from web.shown.own import projected

    case = engine.load(sorted((FACTS.parent / city).glob("*.lp")))
    known = engine.decide(case)

    for outcome in known.applicants:
        part = projected(case.canonical, outcome.id)
        assert engine.decide(engine.read({"facts.lp": part.encode()})).outcome(outcome.id) == outcome
    assert projected(case.canonical, "nobody") == ""


AWARDS = """awarded("J01",main,6,20251222).
listed("J01",acceptance).
listed("J01",proposed_winners).
objection_made("J01",proposed_winners,20251209,"虚构异议人").
objection("J01",proposed_winners,dismissed).
"""
JUDGED = {"finding", "stage_result"}
INSIDE = {"score", "in_group", "objection", "objection_made"}


@pytest.mark.parametrize(
    ("day", "judged", "lists", "won"),
    [
        (20251012, False, set(), False),
        (20251013, True, {"acceptance"}, False),
        (20251208, True, {"acceptance", "proposed_winners"}, False),
        (20251222, True, {"acceptance", "proposed_winners"}, True),
    ],
)
def test_its_own_facts_are_told_once_they_are_public(day: int, judged: bool, lists: set[str], won: bool) -> None:
    """What was found with the list, a place on it with its notice, a prize with its day; points, objections never."""
    from web.shown.own import own, projected

    told = own(projected(facts(more=AWARDS), "J01"), "J01", day)
    shown = [one["fact"] for one in told["facts"]]
    names = {fact.partition("(")[0] for fact in shown}

    assert names & INSIDE == set()
    assert names & JUDGED == (JUDGED if judged else set())
    assert {fact for fact in shown if fact.startswith("listed")} == {f'listed("J01",{one})' for one in lists}
    assert ('awarded("J01",main,6,20251222)' in shown) == won
    assert told["won"] == ([{
        "zh": "虚构一号精密铸造有限公司于2025年12月22日获得第六届市长质量奖",
        "en": "虚构一号精密铸造有限公司 won the mayor's quality award of round 6 on 2025-12-22",
    }] if won else [])  # fmt: skip


def test_the_award_stage_is_told_on_the_page(house: Path, db: None) -> None:
    """Who stands on the list and won is told so; who does not is referred to the list as published."""
    pages = {}
    for id in ("J01", "J02"):
        with undone():
            body = entered(stood_at(facts(more=AWARDS), id, 20251222)).get("/mine").content.decode()
            pages[id] = re.sub(r"<[^>]+>", "", re.findall(r'<section class="card">.*?</section>', body, re.S)[0])

    assert pages == {
        "J01": "评审和表彰虚构一号精密铸造有限公司于2025年12月22日获得第六届市长质量奖"
        "拟奖名单2025年12月8日至2025年12月12日（含当日）公示。你单位在名单上。依规定公开的名单、决定和抽取记录，见公示栏",
        "J02": "评审和表彰拟奖名单2025年12月8日至2025年12月12日（含当日）公示。"
        "在案没有你单位列入名单的记载，名单以公示的为准。依规定公开的名单、决定和抽取记录，见公示栏",
    }
