"""Panels in the browser: who may sit where, the freeze, two people's numbers, the wall that only reveals, entries."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest

ROUND = "/rounds/jiyuan-6"
NUMBERS = {"n1.1": "3 7 12 18 22 31", "n1.2": "9", "n2.1": "4 2 6 1 3 5 5 2 6 4 1 3 2", "e1": "1", "e2": "1"}


def coming(days: int) -> str:
    """A day to come, as one types it."""
    from web.page import china

    return (china().date() + timedelta(days)).isoformat()


def sources(**more: str) -> dict[str, str]:
    """What the form of a freeze is sent: two public events in three days."""
    return {
        "until": coming(1), "name1": "虚构双色球第2026122期", "day1": coming(3), "shape1": "double",
        "name2": "骰子13次", "day2": coming(3), "shape2": "dice", **more,
    }  # fmt: skip


def words(answer: Any) -> str:
    """The page as text."""
    return unescape(answer.content.decode())


@pytest.fixture
def frozen(signed_in: Callable[[str], Any]) -> Any:
    """A browser of the clerk, the case frozen once and published."""
    clerk = signed_in("clerk")
    assert clerk.post(f"{ROUND}/panels/freeze", {**sources(), "act": "confirm"})["Location"] == f"{ROUND}/draws/1"
    answer = clerk.post(f"{ROUND}/draws/1", {"place": "公告栏", "day": coming(0), "document": "虚构〔2026〕1号"})
    assert answer["Location"] == f"{ROUND}/draws/1"
    return clerk


@pytest.fixture
def drawn(frozen: Any, signed_in: Callable[[str], Any]) -> Any:
    """The head's browser, the numbers entered by the clerk and confirmed by the head."""
    head = signed_in("head")
    frozen.post(f"{ROUND}/draws/1/numbers", NUMBERS)
    head.post(f"{ROUND}/draws/1/numbers", NUMBERS)
    return head


def test_who_may_sit_where_is_said_with_each_reason(signed_in: Callable[[str], Any]) -> None:
    """The answer first; reasons by provision for whoever may not; chains on a page of their own, whose opening is noted."""
    from web.ledger.models import Act

    clerk = signed_in("clerk")
    page = words(clerk.get(f"{ROUND}/panels"))
    assert "可以组成：4组，每组3席。" in page
    assert "受雇于虚构三号" not in page

    person = words(clerk.get(f"{ROUND}/panels/reviewer/R05"))
    assert "虚构评审员戊（R05）自" in person and "受雇于虚构三号新能源装备有限公司（J03）" in person and "第二十条" in person
    assert (Act.objects.first().kind, json.loads(Act.objects.first().details)) == ("ties_opened", {"reviewer": "R05"})


def test_a_freeze_is_shown_first_and_stands_as_a_version(signed_in: Callable[[str], Any]) -> None:
    """Looking stores nothing; confirming makes a version that holds the sources and a freeze bound to it."""
    from web.panels.models import Freeze
    from web.rounds.models import Round

    clerk = signed_in("clerk")
    assert "可以组成：4组，每组3席。" in words(clerk.post(f"{ROUND}/panels/freeze", sources()))
    assert not Freeze.objects.exists()

    wrong = clerk.post(f"{ROUND}/panels/freeze", {**sources(day1=coming(0)), "act": "confirm"})
    assert wrong.status_code == 400 and "aria-invalid" in words(wrong) and not Freeze.objects.exists()

    clerk.post(f"{ROUND}/panels/freeze", {**sources(), "act": "confirm"})
    one, head = Freeze.objects.get(), Round.objects.get(ref="jiyuan-6").head
    assert one.version == head and head.kind == "freeze" and head.number == 2
    assert 'seed_source(1,"虚构双色球第2026122期",' in head.facts
    page = words(clerk.get(f"{ROUND}/draws/1"))
    assert one.commitment in page and json.loads(one.file)["key"] not in page


def test_a_published_freeze_is_only_replaced(frozen: Any) -> None:
    """Another freeze names the old commitment, its day, the reason and the document; the old one says so."""
    from web.panels.models import Freeze

    bare = frozen.post(f"{ROUND}/panels/freeze", {**sources(), "act": "confirm"})
    assert bare.status_code == 400
    frozen.post(
        f"{ROUND}/panels/freeze", {**sources(), "reason": "数源停开", "document": "虚构函1号", "act": "confirm"}
    )
    first, second = Freeze.objects.order_by("number")
    assert second.replaces == first
    assert f'replaced_freeze("{first.commitment}",' in second.version.facts
    assert "本次冻结已被第2次代替。" in words(frozen.get(f"{ROUND}/draws/1"))
    assert first.commitment in words(frozen.get(f"{ROUND}/draws/2"))


def test_numbers_take_two_people_who_agree(frozen: Any, signed_in: Callable[[str], Any]) -> None:
    """One alone draws nothing, nor two who differ; nobody is told what the other typed; wrong numbers are named."""
    from web.ledger.models import Act
    from web.panels.models import Drawing

    address = f"{ROUND}/draws/1/numbers"
    wrong = words(frozen.post(address, {**NUMBERS, "n1.1": "3 7 12 18 22 99"}))
    assert "99 不是 1 至 33 之间的数字" in wrong
    frozen.post(address, NUMBERS)
    frozen.post(address, NUMBERS)
    assert not Drawing.objects.exists()

    head = signed_in("head")
    differs = head.post(address, {**NUMBERS, "n1.2": "8"})
    assert differs.status_code == 409 and "不同的是1.2" in words(differs) and not Drawing.objects.exists()
    assert "31" not in words(head.get(address)).partition('name="n1.1"')[2].partition(">")[0]
    head.post(address, NUMBERS)

    drawing = Drawing.objects.get()
    assert (drawing.entered.name, drawing.confirmed.name) == ("虚构承办员甲", "虚构科长乙")
    act = Act.objects.get(kind="panels_drawn")
    assert json.loads(act.details)["record"] == drawing.digest
    assert json.loads(drawing.record)["record"]["seed"] == "1.1:3,7,12,18,22,31;1.2:9;2.1:4,2,6,1,3,5,5,2,6,4,1,3,2"


def test_the_wall_shows_nothing_that_was_not_reached(drawn: Any) -> None:
    """C, sources and numbers first; a name a press; a key pressed twice moves once; back never undoes; ties never."""
    from web.panels.models import Drawing, Showing
    from web.work import answered

    wall = f"{ROUND}/draws/1/wall"
    record = Drawing.objects.get().record
    steps = answered("showing", record)["steps"]
    names = {one["name"] for one in steps if one["kind"] == "name"}
    first = words(drawn.get(wall))
    assert "3 7 12 18 22 31 + 9" in first and not any(name in first for name in names)

    for _ in range(2):
        drawn.post(wall, {"seen": "0", "go": "next"})
    assert Showing.objects.get().step == 1
    shown = set()
    for at in range(1, len(steps)):
        drawn.post(wall, {"seen": str(at), "go": "next"})
        shown |= {steps[at]["name"]} if steps[at]["kind"] == "name" else set()
        shown |= {one["name"] for one in steps[at].get("rest", ())}
        if at in (3, 11, 20):
            page = words(drawn.get(wall))
            assert steps[at]["name"] in page and not any(name in page for name in names - shown)
            assert "受雇" not in page and "亲属" not in page.replace("不写亲属关系", "")
    assert "全部抽定" in words(drawn.get(wall))
    drawn.post(wall, {"seen": str(len(steps)), "go": "back"})
    assert (Showing.objects.get().step, Showing.objects.get().reached) == (len(steps) - 1, len(steps))


def test_the_operator_sees_the_reasons_and_the_bureau_the_result_only_after(drawn: Any) -> None:
    """Chains stand on the operator's screen alone; panels are listed once the showing is over, and the record matches."""
    from web.panels.models import Drawing, Showing
    from web.work import answered

    drawing = Drawing.objects.get()
    steps = answered("showing", drawing.record)["steps"]
    at = next(n for n, one in enumerate(steps, 1) if one.get("verdict") == "recused")
    Showing.objects.update(step=at, reached=at)
    assert steps[at - 1]["words"]["zh"][0] in words(drawn.get(f"{ROUND}/draws/1/operator")).replace(
        '<span class="keep">', ""
    ).replace("</span>", "")
    assert steps[at - 1]["words"]["zh"][0] not in words(drawn.get(f"{ROUND}/draws/1/wall"))

    before = words(drawn.get(f"{ROUND}/draws/1"))
    assert "名字在大屏上逐个揭示" in before and "<h3>G1 " not in before
    drawn.post(f"{ROUND}/draws/1/wall", {"seen": str(at), "go": "end"})
    assert "<h3>G1 " in words(drawn.get(f"{ROUND}/draws/1"))
    assert drawn.get(f"{ROUND}/draws/1/record").content.decode() == drawing.record
    assert "12席已抽定。" in words(drawn.get(f"{ROUND}/panels"))


def test_what_comes_after_is_shown_before_it_is_said(drawn: Any) -> None:
    """An entry is looked at, then stands, chained; the record with it verifies against C, numbers and head."""
    from engine.record import verify
    from web.panels.models import Drawing, Entry

    drawing = Drawing.objects.get()
    drawn.post(f"{ROUND}/draws/1/wall", {"seen": "0", "go": "end"})
    panel = json.loads(drawing.record)["panels"][3]
    who = panel["members"][1]["id"]
    address = f"{ROUND}/draws/1/entry"
    item = json.dumps({"kind": "unavailable", "who": who, "group": panel["group"]})
    sent = {"day": coming(5), "because": "住院", "document": "虚构函2号", "item": item}

    nothing = drawn.post(address, {**sent, "item": "", "act": "look"})
    assert nothing.status_code == 400 and "还没有写明发生了什么" in words(nothing)
    seen = words(drawn.post(address, {**sent, "act": "look"})).replace('<span class="keep">', "").replace("</span>", "")
    assert f"{who} " in seen and "退出" in seen and not Entry.objects.exists()
    drawn.post(address, {**sent, "act": "confirm"})

    entry = Entry.objects.get()
    found = verify("record.json", entry.record.encode(), commitment=drawing.freeze.commitment, numbers=[drawing.entered.seed], head=entry.head)
    assert found.not_given == () and found.entries[0].leaves[0][:2] == (who, panel["group"])
    assert "住院（虚构函2号）" in words(drawn.get(f"{ROUND}/draws/1"))


def test_only_the_bureau_moves_a_draw(drawn: Any, signed_in: Callable[[str], Any]) -> None:
    """Legal and supervision look on; nobody without a role of the bureau freezes, types numbers or presses a key."""
    for role in ("legal", "supervision"):
        client = signed_in(role)
        assert client.get(f"{ROUND}/draws/1/wall").status_code == 200
        for address in ("panels/freeze", "draws/1", "draws/1/numbers", "draws/1/wall", "draws/1/entry"):
            assert client.post(f"{ROUND}/{address}", {"seen": "0", "go": "next"}).status_code == 403
    assert signed_in("legal").get(f"{ROUND}/draws/1/operator").status_code == 403
    assert date.today()  # a day exists whatever the clock says
