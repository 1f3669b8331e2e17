"""The counter's door: a link and its PIN, and every way in which they do not open it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

TOKEN = "t" * 22
FOREIGN = "f" * 22


@pytest.fixture
def given(house: Path, db: None) -> Any:
    """A link for an applicant that has a snapshot of few words; another applicant has one as well."""
    made = [link(token, id) for token, id in ((TOKEN, "X1"), (FOREIGN, "X2"))]
    for id in ("X1", "X2"):
        shown(id)
    return made[0]


def link(token: str, id: str, **options: Any) -> Any:
    """A link as the bureau gives it."""
    from web.counter.links import give
    from web.ledger import HOUSE

    return give(HOUSE, "jiyuan-6", "applicant", id, f"虚构{id}", options.pop("until", 20991231), token=token, **options)


def shown(id: str, **told: Any) -> None:
    """What is released to an applicant."""
    import json

    from web.counter.models import Snapshot

    fact = {
        "fact": f'name("{id}","虚构")', "label": {"zh": "名称", "en": "name"}, "values": {"zh": "虚构", "en": "x"},
        "words": {"zh": "虚构", "en": "x"}, "sources": [],
    }  # fmt: skip
    content = {
        "name": f"虚构{id}", "kind": "organization", "city": "jiyuan", "round": 6,
        "title": "办法", "award": {"zh": "奖", "en": "award"},
        "deadline": 20250930, "submitted": 20250915, "steps": [], "facts": [fact],
        "office": ["某局", "某人", "0"], "day": 20251008,
        "lists": [{"list": "acceptance", "words": {"zh": "受理名单", "en": "list"}, "first": 20200101, "last": 20991231,
                   "listed": False}],
        "withdrawn": False, "won": [], "outcome": None,
        "missing": {"until": 20991231, "ground": "办法", "others": 0, "papers": [
            {"key": "ems", "citation": "第八条", "words": {"zh": "证书", "en": "certificate"}}]},
    }  # fmt: skip
    Snapshot.objects.create(
        round_ref="jiyuan-6", kind="applicant", subject=id, shown=json.dumps(content | told), facts_hash="0" * 64,
        version=1, day=20251008, at="2025-10-08T09:00:00+08:00", act=1,
    )  # fmt: skip


def knock(token: str, pin: str) -> Any:
    """What a link answers to a PIN, without the token that every form has afresh."""
    from django.test import Client

    answer = Client().post(f"/a/{token}", {"pin": pin})
    body = re.sub(r'(?<=csrfmiddlewaretoken" value=")[^"]+', "", answer.content.decode())
    headers = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
    return answer.status_code, headers, body


def inside(given: Any) -> Any:
    """A browser that came in."""
    from django.test import Client

    client = Client()
    assert client.post(f"/a/{given.token}", {"pin": given.pin})["Location"] == "/mine"
    return client


def test_every_link_that_does_not_open_answers_alike(given: Any) -> None:
    """Unknown, over, revoked, replaced, another's, wrong PIN: the same bytes, so that nothing can be learned."""
    from web.counter.links import revoke
    from web.ledger import HOUSE

    over, gone = link("o" * 22, "X3", until=20250101), link("g" * 22, "X4")
    revoke(HOUSE, gone.link)
    replaced = link("r" * 22, "X5")
    link("n" * 22, "X5")
    answers = [
        knock("u" * 22, given.pin), knock("o" * 22, over.pin), knock("g" * 22, gone.pin), knock("r" * 22, replaced.pin),
        knock(FOREIGN, given.pin), knock(TOKEN, "00000000x"), knock(TOKEN, ""), knock("\u4e00", "一"),
    ]  # fmt: skip

    assert answers[0][0] == 403
    assert all(answer == answers[0] for answer in answers)


def test_looking_at_a_link_consumes_nothing(given: Any) -> None:
    """Mail programs fetch links: GET asks no table, and every link looks alike."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        bodies = {
            re.sub(r'(?<=csrfmiddlewaretoken" value=")[^"]+', "", Client().get(f"/a/{token}").content.decode())
            for token in (TOKEN, FOREIGN, "u" * 22)
        }

    assert (len(bodies), len(asked.captured_queries)) == (1, 0)
    assert inside(given).get("/mine").status_code == 200


def test_five_wrong_tries_close_a_link(given: Any) -> None:
    """The fifth closes it, the right PIN opens it no more, who was in is out, the ledger says so; a new link opens."""
    from web.counter.models import Link
    from web.ledger import Act

    client = inside(given)
    for n in range(4):
        knock(TOKEN, f"{n}")
    assert inside(given) and Link.objects.get(pk=given.link.pk).tries == 4
    knock(TOKEN, "wrong")

    assert knock(TOKEN, given.pin)[0] == 403
    assert client.get("/mine").status_code == 403
    assert Act.objects.first().kind == "link_closed"
    assert inside(link("m" * 22, "X1")).get("/mine").status_code == 200


def test_of_a_link_only_hashes_are_kept(given: Any) -> None:
    """Neither the token nor the PIN stands in the database or the ledger."""
    from django.core import serializers

    from web.counter.models import Link
    from web.ledger import Act

    kept = serializers.serialize("json", [*Link.objects.all(), *Act.objects.all()])
    assert TOKEN not in kept and given.pin not in kept
    assert len(given.pin) == 8 and re.fullmatch(r"[0-9a-f]{64}", given.link.hash)


def test_a_visit_ends(given: Any) -> None:
    """Leaving ends it also for whoever copied the cookie; a changed cookie is none; a revoked link ends every visit."""
    from web.counter.links import revoke
    from web.ledger import HOUSE

    first, second = inside(given), inside(given)
    second.cookies["pingjiang_mine"] = first.cookies["pingjiang_mine"].value
    first.post("/mine/out")
    assert second.get("/mine").status_code == 403
    second.cookies["pingjiang_mine"] = first.cookies["pingjiang_mine"].value[:-1] + "x"
    assert second.get("/mine").status_code == 403
    third = inside(given)
    revoke(HOUSE, given.link)

    assert third.get("/mine").status_code == 403


def test_the_last_digits_of_a_telephone_may_be_the_pin(given: Any) -> None:
    """Then no PIN is printed, and full-width digits are digits."""
    made = link("p" * 22, "X6", phone="0042")

    assert made.pin == ""
    assert knock("p" * 22, "００４２")[0] == 302


def test_what_is_sent_is_kept_once_with_its_day(given: Any) -> None:
    """A form sent again is the same receipt; the receipt tells file and hash; another applicant does not find it."""
    from web.counter.models import Said
    from web.ledger import Act

    client = inside(given)
    answers = [
        client.post(
            "/mine/say/supplement",
            {"about": "0", "words": "附证书", "once": once, "files": SimpleUploadedFile("证书.pdf", b"%PDF-1.7")},
        )
        for once in ("a", "a", "b")  # sent again; gone back to, which makes the form anew, and sent
    ]
    said = Said.objects.get()

    assert [answer["Location"] for answer in answers] == [f"/mine/receipts/{said.ref}"] * 3
    assert (said.kind, said.about, said.words, said.name) == ("supplement", "证书", "附证书", "虚构X1")
    assert said.file_list[0][0] == "证书.pdf"
    assert said.file_list[0][1] in client.get(answers[0]["Location"]).content.decode()
    assert (Act.objects.first().kind, Act.objects.first().role) == ("said_supplement", "applicant")
    stranger = inside(link("s" * 22, "X2"))
    assert stranger.get(answers[0]["Location"]).status_code == 404


def test_a_withdrawal_is_asked_twice(given: Any) -> None:
    """The tick and one press ask again; only the second press is an act. Nothing else changes by it."""
    from web.counter.models import Said

    client = inside(given)
    first = client.post("/mine/say/withdrawal", {"tick": "1", "words": "", "once": "w"})
    assert (first.status_code, Said.objects.count()) == (200, 0)
    assert client.post("/mine/say/withdrawal", {"sure": "1", "once": "w"}).status_code == 400
    client.post("/mine/say/withdrawal", {"tick": "1", "sure": "1", "once": "w"})

    assert [said.kind for said in Said.objects.all()] == ["withdrawal"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.exe", b"MZ"),
        ("a.pdf", b"<html>"),
        ("a.svg", b"<svg/>"),
        ("a.html", b"%PDF-"),
        ("a.pdf", b"%PDF-" + b"0" * 10_485_760),
    ],
)
def test_hostile_files_are_refused(given: Any, name: str, data: bytes) -> None:
    """By kind, by content, by size; nothing is kept and what was typed stays."""
    from web.counter.models import Said

    sent = {"about": "0", "words": "留着", "once": "h", "files": SimpleUploadedFile(name, data)}
    answer = inside(given).post("/mine/say/supplement", sent)

    assert (answer.status_code, Said.objects.count()) == (400, 0)
    assert "留着" in answer.content.decode()


def test_what_is_over_cannot_be_said(given: Any) -> None:
    """No supplement after its last day, no objection after the notice; unknown kinds are no page."""
    client = inside(given)
    assert client.get("/mine/say/objection").status_code == 200
    shown(
        "X1", lists=[], missing={"until": 20200101, "ground": "", "others": 0, "papers": [
            {"key": "ems", "citation": "第八条", "words": {"zh": "证书", "en": "certificate"}}]},
    )  # fmt: skip

    for kind in ("supplement", "objection", "statement", "dossier", "nonsense"):
        assert client.get(f"/mine/say/{kind}").status_code == 404, kind
        assert client.post(f"/mine/say/{kind}", {"words": "x"}).status_code == 404, kind


@pytest.mark.parametrize(
    ("until", "told"),
    [(0, "补充材料的期限还没有定。"), (20200101, "补充材料的期限2020年1月1日已过"), (20991231, "还缺1项材料")],
)
def test_what_is_missing_says_until_when(given: Any, until: int, told: str) -> None:
    """Before a period is set, while it runs, after its last day: the page says which, and offers sending only then."""
    missing = {"until": until, "ground": "办法", "others": 0, "papers": [
        {"key": "ems", "citation": "第八条", "words": {"zh": "证书", "en": "certificate"}}]}  # fmt: skip
    shown("X1", missing=missing)
    page = re.sub(r'</?span class="keep">|</span>', "", inside(given).get("/mine").content.decode())

    assert told in page
    assert ("/mine/say/supplement" in page) == (until == 20991231)


def test_a_winner_is_not_asked_to_withdraw(given: Any) -> None:
    """Once a prize is decided the application can no longer be withdrawn here."""
    shown("X1", won=[{"zh": "获奖", "en": "won"}])
    client = inside(given)

    assert "/mine/say/withdrawal" not in client.get("/mine").content.decode()
    assert client.post("/mine/say/withdrawal", {"tick": "1", "sure": "1", "once": "w"}).status_code == 404
