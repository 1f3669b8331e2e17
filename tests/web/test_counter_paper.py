"""A paper that is sent carries a personal link: made for that print, kept as a hash, known by no other."""

import re
from hashlib import sha256
from typing import Any

import pytest

from tests.web.test_desk_papers import ROUND, answers, asked, prepare, release, words_of  # noqa: F401 - fixtures

SLIP = ("receipt_slip", "J07", 20250915)


@pytest.fixture
def out(prepare: Any, signed_in: Any) -> Any:  # noqa: F811 - the fixture
    """A released receipt slip."""
    from web.papers.models import Released

    release(signed_in("head"), prepare(*SLIP))
    return Released.objects.get()


@pytest.fixture
def telephone(out: Any) -> None:
    """The applicant's contact on file, with a telephone that ends in 0007."""
    from web.ledger import HOUSE
    from web.rounds import Draft, take_in
    from web.work import ask

    told = ask("changed", out.round.head.facts, [["contact", "J07", "虚构某人", "0391-555 0007"]], [], 20251020)
    assert take_in(HOUSE, out.round, Draft(told["facts"], out.round.head, "entered", "测试")).version


def sent(client: Any, out: Any) -> bytes:
    """The copy of a paper that goes to its applicant."""
    answer = client.post(f"{ROUND}/out/{out.ref}/send", {"until": "2099-12-31"})
    assert answer.status_code == 200, answer.content.decode()
    return bytes(answer.content)


def token_in(data: bytes) -> str:
    """The secret of the link that a copy prints."""
    return re.findall(r"http://testserver/a/([\w-]{22})", words_of(data))[0]


def entered(token: str, pin: str) -> int:
    """What a link answers to a PIN."""
    from django.test import Client

    return Client().post(f"/a/{token}", {"pin": pin}).status_code


def test_the_copy_that_is_sent_carries_a_link_of_its_own(out: Any, telephone: None, signed_in: Any) -> None:
    """The released pages come first, unchanged; the link behind them opens; of copy and link only hashes are kept."""
    from django.core import serializers

    from web.board.models import Genuine
    from web.counter.models import Link
    from web.ledger import Act
    from web.rounds import stored

    clerk = signed_in("clerk")
    assert "电话的末四位" in clerk.get(f"{ROUND}/out/{out.ref}").content.decode()
    data = sent(clerk, out)
    token = token_in(data)
    acts = list(Act.objects.values_list("kind", flat=True)[:2])

    assert words_of(data).startswith(words_of(stored(out.digest)))
    assert acts == ["paper_copy_made", "link_given"]
    kept = serializers.serialize("json", [*Link.objects.all(), *Act.objects.all(), *Genuine.objects.all()])
    assert token not in kept and sha256(data).hexdigest() in kept
    assert (entered(token, "0000"), entered(token, "0007")) == (403, 302)
    with pytest.raises(Exception, match=sha256(data).hexdigest()):
        stored(sha256(data).hexdigest())


def test_a_later_paper_closes_the_earlier_link_when_it_is_used(out: Any, telephone: None, signed_in: Any) -> None:
    """While the second paper travels the first link opens; the PIN is the one there was; a revoked one is none."""
    from web.counter.links import give, revoke
    from web.counter.models import Link
    from web.ledger import HOUSE

    given = give(HOUSE, "jiyuan-6", "applicant", "J07", "虚构七号", 20991231)
    clerk = signed_in("clerk")
    first, second = token_in(sent(clerk, out)), token_in(sent(clerk, out))
    opened = [entered(one, given.pin) for one in (given.token, first, second, first, given.token)]
    revoke(HOUSE, Link.objects.get(shut=""))
    third = token_in(sent(clerk, out))

    assert opened == [302, 302, 302, 403, 403]
    assert (entered(third, given.pin), entered(third, "0007")) == (403, 302)


def test_a_copy_is_genuine_until_its_paper_is_superseded(out: Any, telephone: None, signed_in: Any) -> None:
    """The check by file knows the copy as it knows the paper."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from web.board.checking import supersede
    from web.rounds import stored

    data = sent(signed_in("clerk"), out)
    said = []
    for _ in range(2):
        said.append(Client().post("/check", {"file": SimpleUploadedFile("a.pdf", data)}).content.decode())
        supersede(stored(out.digest))

    assert ["是真的" in one for one in said] == [True, False] and "曾经发出" in said[1]


def test_who_has_neither_pin_nor_telephone_is_given_one_first(out: Any, signed_in: Any) -> None:
    """Nothing is printed, no link is made, and the page says what to do."""
    from web.counter.models import Link

    clerk = signed_in("clerk")
    page = clerk.get(f"{ROUND}/out/{out.ref}").content.decode()
    answer = clerk.post(f"{ROUND}/out/{out.ref}/send", {"until": "2099-12-31"})

    assert "须先在窗口给链接和密码" in page and "/send" not in page
    assert (answer.status_code, Link.objects.count()) == (409, 0)


@pytest.mark.parametrize("until", ["", "2020-01-01"])
def test_a_link_needs_a_day_to_come(out: Any, signed_in: Any, until: str) -> None:
    """Without its last day, or with one that is past, nothing is printed."""
    answer = signed_in("clerk").post(f"{ROUND}/out/{out.ref}/send", {"until": until})

    assert answer.status_code == 400 and "%PDF" not in answer.content.decode()
