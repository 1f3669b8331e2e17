"""The counter's table of everybody: searched, a page at a time, and acts on those ticked or on all that were found."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

PAGE = "/rounds/jiyuan-6/counter"


def ids(page: Any) -> list[str]:
    """Whom a page of the table shows."""
    return re.findall(r'name="id" value="([^"]+)" aria-label', page.content.decode())


def test_the_table_is_searched_and_shown_a_page_at_a_time(
    signed_in: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.counter.bureau.PAGE", 4)
    clerk = signed_in("clerk")

    pages = [ids(clerk.get(f"{PAGE}?page={number}")) for number in ("1", "2", "3", "99", "²")]
    assert [len(page) for page in pages] == [4, 4, 2, 2, 4]
    assert len({one for page in pages[:3] for one in page}) == 10
    assert ids(clerk.get(f"{PAGE}?q=食品")) == ["J04"]
    assert ids(clerk.get(f"{PAGE}?q=j0&state=none")) == ids(clerk.get(f"{PAGE}?q=j0"))
    assert "没有这样的申报者" in clerk.get(f"{PAGE}?q=无此单位").content.decode()


def test_acts_reach_all_that_were_found_or_those_ticked(
    signed_in: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from web.counter.models import Link

    monkeypatch.setattr("web.counter.bureau.PAGE", 2)
    head = signed_in("head")
    sent = {"until": "2027年1月1日", "phone": "", "q": "j0", "state": ""}
    assert head.post(f"{PAGE}/links", sent | {"all": "1"}).status_code == 200
    given = sorted(Link.objects.filter(kind="applicant", shut="").values_list("subject", flat=True))
    assert given == [f"J0{number}" for number in range(1, 10)]
    assert ids(head.get(f"{PAGE}?state=none")) == ["J10"]

    assert head.post(f"{PAGE}/links", sent | {"id": ["J10", "nobody"]}).status_code == 200
    assert ids(head.get(f"{PAGE}?state=none")) == []

    monkeypatch.setattr("web.counter.bureau.AT_ONCE", 3)
    refused = head.post(f"{PAGE}/links", sent | {"all": "1"})
    assert refused.status_code == 400
    assert "一次最多给3个链接" in refused.content.decode()
