"""Panels in the browser: who may sit where, the freeze, two people's numbers, the wall that only reveals, entries.

One draw is walked through once and left at its end; each test reads what the pages said on the way, or goes on from
there and is undone.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest

ROUND = "/rounds/jiyuan-6"
NUMBERS = {"n1.1": "3 7 12 18 22 31", "n1.2": "9", "n2.1": "4 2 6 1 3 5 5 2 6 4 1 3 2", "e1": "1", "e2": "1"}
SEED = "1.1:3,7,12,18,22,31;1.2:9;2.1:4,2,6,1,3,5,5,2,6,4,1,3,2"
FIXED = [
    ["frozen_on", 20251020], ["objections_until", 20251021],
    ["seed_source", 1, "虚构双色球第2025122期", 20251024],
    ["seed_part", 1, 1, 6, 1, 33, "unordered"], ["seed_part", 1, 2, 1, 1, 16, "unordered"],
    ["seed_source", 2, "骰子13次", 20251024], ["seed_part", 2, 1, 13, 1, 6, "throws"],
]  # fmt: skip
"""What a freeze of which every byte is known announces."""
KEY = f"{4:064x}"
"""With this K its walk has every verdict that a wall can show."""
KEPT = ('<span class="keep">', "</span>")


def coming(days: int) -> str:
    """A day to come, as one types it."""
    from web.page import china

    return (china().date() + timedelta(days)).isoformat()


def sources(**more: str) -> dict[str, str]:
    """What the form of a freeze is sent: two public events in three days."""
    return {
        "until": coming(1), "name1": "虚构双色球第2026122期", "day1": coming(3), "shape1": "double",
        "name2": "骰子13次", "day2": coming(3), "shape2": "dice",
        "undeclared": "收到纸质申明", **more,
    }  # fmt: skip


def words(answer: Any) -> str:
    """The page as text, without what only keeps words together."""
    found = unescape(answer.content.decode())
    for mark in KEPT:
        found = found.replace(mark, "")
    return found


@pytest.fixture(scope="module")
def stage(samples: object, entered: Callable[[str], Any]) -> Iterator[Any]:
    """A draw made by clicking: frozen, published, numbers typed by two; what the pages said on the way."""
    from django.db import transaction

    from web.ledger.models import Act
    from web.panels.models import Drawing, Freeze

    with transaction.atomic():
        clerk, head = entered("clerk"), entered("head")
        one = SimpleNamespace(clerk=clerk, head=head)
        one.panels = words(clerk.get(f"{ROUND}/panels"))
        one.person = words(clerk.get(f"{ROUND}/panels/reviewer/R05"))
        one.noted = Act.objects.first()
        one.looked = words(head.post(f"{ROUND}/panels/freeze", sources()))
        one.late = head.post(f"{ROUND}/panels/freeze", {**sources(day1=coming(0)), "act": "confirm"})
        one.none_yet = Freeze.objects.count()
        one.silent = words(clerk.post(f"{ROUND}/panels/freeze", {**sources(), "act": "confirm"}))
        one.frozen = head.post(f"{ROUND}/panels/freeze", {**sources(), "act": "confirm"})
        address = f"{ROUND}/draws/1"
        one.announced = words(clerk.get(address))
        one.unpublished = clerk.post(f"{address}/numbers", NUMBERS)
        one.too_late = clerk.post(address, {"place": "公告栏", "day": coming(3), "document": "虚构1号"})
        clerk.post(address, {"place": "公告栏", "day": coming(0), "document": "虚构〔2026〕1号"})
        one.wrong = words(clerk.post(f"{address}/numbers", {**NUMBERS, "n1.1": "3 7 12 18 22 99"}))
        for _ in range(2):
            clerk.post(f"{address}/numbers", NUMBERS)
        one.alone = Drawing.objects.count()
        one.differing = head.post(f"{address}/numbers", {**NUMBERS, "n1.2": "8"})
        one.blind = words(head.get(f"{address}/numbers"))
        one.apart = Drawing.objects.count()
        head.post(f"{address}/numbers", NUMBERS)
        one.drawing = Drawing.objects.get()
        yield one
        transaction.set_rollback(True)


@pytest.fixture
def drawn(stage: Any, db: None) -> Any:
    """The stage, whatever the test does undone."""
    return stage


@pytest.fixture(scope="module")
def fixed(stage: Any) -> Any:
    """A second draw, the same in every run: what the wall shows of it is known."""
    from engine.draw import freeze, frozen_text
    from web.inquiries.draws import frozen, panels_drawn
    from web.inquiries.sitting import rostered
    from web.panels.models import Drawing, Freeze, Numbers, Showing
    from web.questions.incoming import changed

    version = Freeze.objects.get().version.parent
    facts = changed(version.facts, FIXED, [], 20251020)["facts"]
    kept = freeze(rostered(facts, True), None, KEY)
    made = panels_drawn(frozen_text(kept), SEED, {})
    told = {name: frozen(facts, True, 0)[name] for name in ("sources", "announcement", "size", "groups")}
    common = {"act": 1, "at": "2025-10-24T10:00:00+08:00", "name": "虚构承办员甲"}
    one = Freeze.objects.create(
        round=version.round, number=9, version=version, commitment=kept.commitment, file=frozen_text(kept),
        told=json.dumps(told), **common,
    )  # fmt: skip
    typed = Numbers.objects.create(freeze=one, seed=SEED, who="clerk", **common)
    drawing = Drawing.objects.create(
        freeze=one, record=made["record"], digest=made["sha256"], entered=typed, confirmed=typed, act=1, at=common["at"]
    )
    Showing.objects.create(drawing=drawing)
    return drawing


def steps_of(drawing: Any) -> list[dict[str, Any]]:
    """Everything the wall can show."""
    from web.work import answered

    found: list[dict[str, Any]] = answered("showing", drawing.record)["steps"]
    return found


def test_who_may_sit_where_is_said_with_each_reason(stage: Any) -> None:
    """The answer first, reasons by provision; chains on a page of their own, whose opening is noted."""
    assert "可以组成：4组，每组3席。" in stage.panels
    assert "受雇于虚构三号" not in stage.panels
    assert "虚构评审员戊（R05）自" in stage.person and "受雇于虚构三号新能源装备有限公司（J03）" in stage.person
    assert (stage.noted.kind, json.loads(stage.noted.details)) == ("ties_opened", {"reviewer": "R05"})


def test_a_freeze_is_shown_first_and_stands_as_a_version(stage: Any) -> None:
    """Looking stores nothing; confirming makes a version that holds the sources and a freeze bound to it."""
    from web.panels.models import Freeze
    from web.rounds.models import Round

    assert "可以组成：4组，每组3席。" in stage.looked
    assert (stage.late.status_code, stage.none_yet) == (400, 0) and "aria-invalid" in words(stage.late)
    one, head = Freeze.objects.get(), Round.objects.get(ref="jiyuan-6").head
    assert stage.frozen["Location"] == f"{ROUND}/draws/1"
    assert (one.version, head.kind, head.number) == (head, "freeze", 2)
    assert 'seed_source(1,"虚构双色球第2026122期",' in head.facts
    assert one.commitment in stage.announced and json.loads(one.file)["key"] not in stage.announced
    assert stage.too_late.status_code == 400
    assert stage.unpublished["Location"] == f"{ROUND}/draws/1"


def test_numbers_take_two_people_who_agree(stage: Any) -> None:
    """One alone draws nothing, nor two who differ; nobody is told what the other typed; wrong numbers are named."""
    from web.ledger.models import Act

    assert "99 不是 1 至 33 之间的数字" in stage.wrong and (stage.alone, stage.apart) == (0, 0)
    assert stage.differing.status_code == 409 and "不同的是1.2" in words(stage.differing)
    assert "3 7 12" not in stage.blind
    drawing = stage.drawing
    assert (drawing.entered.name, drawing.confirmed.name) == ("虚构承办员甲", "虚构科长乙")
    assert json.loads(Act.objects.get(kind="panels_drawn").details)["record"] == drawing.digest
    assert json.loads(drawing.record)["record"]["seed"] == SEED
    assert not any(SEED in act.details for act in Act.objects.filter(kind__startswith="numbers"))


def test_nothing_is_frozen_while_declarations_are_missing(stage: Any) -> None:
    """A clerk cannot; the head says why, and the ledger keeps who had not declared and the reason."""
    from web.ledger.models import Act

    assert "仍要冻结的，由负责人写明理由" in stage.silent
    told = json.loads(Act.objects.filter(kind="version_freeze").first().details)
    assert told["undeclared_because"] == "收到纸质申明"
    assert "虚构评审员甲" in told["undeclared"]


def test_a_published_freeze_is_only_replaced(drawn: Any) -> None:
    """Another freeze names the old commitment, its day, the reason and the document; the old one says so."""
    from web.panels.models import Freeze

    assert drawn.head.post(f"{ROUND}/panels/freeze", {**sources(), "act": "confirm"}).status_code == 400
    more = {"reason": "来源停开", "document": "虚构函1号", "act": "confirm"}
    drawn.head.post(f"{ROUND}/panels/freeze", {**sources(), **more})
    first, second = Freeze.objects.order_by("number")
    assert second.replaces == first
    assert f'replaced_freeze("{first.commitment}",' in second.version.facts
    assert "本次冻结已被第2次代替。" in words(drawn.clerk.get(f"{ROUND}/draws/1"))
    assert first.commitment in words(drawn.clerk.get(f"{ROUND}/draws/2"))


def test_the_wall_shows_nothing_that_was_not_reached(fixed: Any, drawn: Any) -> None:
    """C, sources and numbers first; a name a press; a key pressed twice moves once; back never undoes; ties never."""
    from web.panels.models import Showing

    wall = f"{ROUND}/draws/9/wall"
    steps = steps_of(fixed)
    names = {one["name"] for one in steps if one["kind"] == "name"}
    first = words(drawn.head.get(wall))
    assert "3 7 12 18 22 31 + 9" in first and not any(name in first for name in names)

    for _ in range(2):
        drawn.head.post(wall, {"seen": "0", "go": "next"})
    assert Showing.objects.get(drawing=fixed).step == 1
    shown: set[str] = set()
    for at in range(1, len(steps)):
        shown |= {steps[at]["name"]} if steps[at]["kind"] == "name" else set()
        shown |= {one["name"] for one in steps[at].get("rest", ())}
        if at in (1, 2, 3, 4):
            drawn.head.post(wall, {"seen": str(at), "go": "next"})
            page = words(drawn.head.get(wall))
            assert steps[at].get("name", "") in page and not any(name in page for name in names - shown)
            assert "受雇" not in page and "亲属" not in page.replace("不写亲属关系", "")
    Showing.objects.filter(drawing=fixed).update(step=len(steps), reached=len(steps))
    assert "全部抽定" in words(drawn.head.get(wall))
    drawn.head.post(wall, {"seen": str(len(steps)), "go": "back"})
    assert (Showing.objects.get(drawing=fixed).step, Showing.objects.get(drawing=fixed).reached) == (
        len(steps) - 1,
        len(steps),
    )


def test_every_step_of_a_draw_can_be_shown(fixed: Any, drawn: Any) -> None:
    """The wall has a sentence for each verdict, and no page of it fails."""
    from web.panels.models import Showing

    at: dict[str, int] = {}
    for number, step in enumerate(steps_of(fixed), 1):
        barred = step.get("kinds") == [{"kind": "misconduct", "citation": "第二十六条"}]
        at.setdefault("barred" if barred else step.get("verdict") or step["kind"], number)
    wanted = {
        "group": "本组3席，按次序逐个看16位评审员。", "taken": "本组第1席。",
        "recused": "存在利害关系（第二十条）。", "unqualified": "专业与本组行业不符（第六条）。",
        "barred": "不得入组（第二十六条）。", "load": "组为限。", "for_leader": "末席须由可任组长的人来坐。",
        "reserved": "那边就坐不满，所以留着。", "rest": "各人的结论都在记录里。",
        "leader": "人按组长签，最小的是", "result": "4组坐满。",
    }  # fmt: skip
    assert {*at} == {*wanted}
    for verdict, sentence in wanted.items():
        Showing.objects.filter(drawing=fixed).update(step=at[verdict], reached=at[verdict])
        assert sentence in words(drawn.head.get(f"{ROUND}/draws/9/wall")), verdict


def test_reasons_are_the_operators_and_the_result_comes_after_the_showing(fixed: Any, drawn: Any) -> None:
    """Chains stand on the operator's screen alone; panels are listed once the showing is over."""
    from web.panels.models import Showing

    steps = steps_of(fixed)
    at = next(n for n, one in enumerate(steps, 1) if one.get("verdict") == "recused")
    Showing.objects.filter(drawing=fixed).update(step=at, reached=at)
    chain = steps[at - 1]["words"]["zh"][0]
    assert chain in words(drawn.head.get(f"{ROUND}/draws/9/operator"))
    assert chain not in words(drawn.head.get(f"{ROUND}/draws/9/wall"))
    before = words(drawn.head.get(f"{ROUND}/draws/9"))
    assert "名字在大屏上逐个揭示" in before and "<h3>G1 " not in before

    drawn.head.post(f"{ROUND}/draws/9/wall", {"seen": str(at), "go": "end"})
    assert "<h3>G1 " in words(drawn.head.get(f"{ROUND}/draws/9"))
    assert drawn.head.get(f"{ROUND}/draws/9/record").content.decode() == fixed.record


def test_the_record_of_a_draw_goes_out_as_a_paper(drawn: Any) -> None:
    """Once the showing is over: prepared with the seed and every withdrawal, released by another, stored by hash."""
    from web.ledger import HOUSE
    from web.papers.models import Drafted, Released
    from web.rounds import Draft, Round, stored, take_in
    from web.work import ask

    due = f"{ROUND}/papers/prepare?kind=draw_record"
    assert "专家抽取记录" not in words(drawn.clerk.get(due))
    drawn.head.post(f"{ROUND}/draws/1/wall", {"seen": "0", "go": "end"})
    head = Round.objects.get(ref="jiyuan-6").head
    facts = ask("changed", head.facts, [["office", "虚构市评选办", "", ""]], [], 20251020)["facts"]  # after the freeze
    take_in(HOUSE, head.round, Draft(facts, head, "entered"))
    page = words(drawn.clerk.get(due))
    (name,) = re.findall(r'name="(p\d+)"', page)
    sent = {"kind": "draw_record", "act": "prepare", "day": coming(0), name: "1"}
    assert "专家抽取记录" in page and drawn.clerk.post(f"{ROUND}/papers/prepare", sent).status_code == 302
    draft = Drafted.objects.get(kind="draw_record")
    address = f"{ROUND}/papers/draft/{draft.ref}"
    seen = words(drawn.head.get(address))
    assert SEED.partition(":")[2].partition(";")[0] in seen and drawn.drawing.freeze.commitment in seen
    assert "虚构市评选办" in seen

    ticked = dict.fromkeys(re.findall(r'name="(tick-[0-9a-z-]+)"', seen), "1")
    sent = {**ticked, "seen": re.findall(r'name="seen" value="(\d+)"', seen)[0]}
    assert drawn.clerk.post(f"{address}/release", sent).status_code in (403, 404, 409)
    assert drawn.head.post(f"{address}/release", sent).status_code == 302
    released = Released.objects.get(kind="draw_record")
    assert stored(released.digest).startswith(b"%PDF-") and released.at
    assert "专家抽取记录" in words(drawn.head.get(f"{ROUND}/papers"))


def test_what_comes_after_is_shown_before_it_is_said(drawn: Any) -> None:
    """An entry is looked at, then stands, chained; the record with it verifies against C, numbers and head."""
    from engine.record import verify
    from web.panels.models import Entry

    drawn.head.post(f"{ROUND}/draws/1/wall", {"seen": "0", "go": "end"})
    panel = json.loads(drawn.drawing.record)["panels"][2]
    who = panel["members"][1]["id"]
    address = f"{ROUND}/draws/1/entry"
    item = json.dumps({"kind": "unavailable", "who": who, "group": panel["group"]})
    sent = {"day": coming(5), "because": "住院", "document": "虚构函2号", "item": item}

    nothing = drawn.head.post(address, {**sent, "item": "", "act": "look"})
    assert nothing.status_code == 400 and "还没有写明发生了什么" in words(nothing)
    seen = words(drawn.head.post(address, {**sent, "act": "look"}))
    assert f"{who} " in seen and f"退出 {panel['group']}" in seen and not Entry.objects.exists()
    drawn.head.post(address, {**sent, "act": "confirm"})

    entry = Entry.objects.get()
    data, published = entry.record.encode(), drawn.drawing.freeze.commitment
    found = verify("record.json", data, commitment=published, numbers=[SEED], head=entry.head)
    assert found.not_given == () and found.entries[0].leaves[0][:2] == (who, panel["group"])
    assert "住院（虚构函2号）" in words(drawn.head.get(f"{ROUND}/draws/1"))
    assert "已抽定" in words(drawn.head.get(f"{ROUND}/panels")) or found.entries[0].hall


def test_a_supplementary_freeze_draws_only_free_places(fixed: Any, drawn: Any) -> None:
    """An applicant moved to a new group: whoever sits stays, the new group is drawn from sources of its own."""
    from engine.record import verify
    from web.panels.models import Freeze, Showing

    Showing.objects.filter(drawing=fixed).update(ended=True)
    more = {
        "follow": "supplement", "reason": "增设一组", "document": "虚构函3号", "until": coming(6), "day1": coming(7),
        "day2": coming(7),
    }  # fmt: skip
    address = f"{ROUND}/panels/freeze"
    full = drawn.head.post(address, sources(**more))
    assert full.status_code == 400 and "没有空着的席位" in words(full)
    assert drawn.head.post(address, sources(**more, size="3")).status_code == 400
    moved = {"group": {"group": "G5", "code": "C14"}, "in_group": {"applicant": "J04", "group": "G5"}}
    for name, row in moved.items():
        drawn.clerk.post(f"{ROUND}/enter/{name}", {**row, "reason": "增设一组", "act": "confirm"})

    many = Freeze.objects.count()
    assert "只抽：G5  3席" in words(drawn.head.post(address, sources(**more))) and Freeze.objects.count() == many
    drawn.head.post(address, {**sources(**more), "act": "confirm"})
    new = Freeze.objects.get(number=10)
    assert new.replaces is None and new.answer["follows"] == 9 and "replaced_freeze" not in new.version.facts
    assert "第10次是它的补充冻结。" in words(drawn.head.get(f"{ROUND}/draws/9"))
    page = words(drawn.head.get(f"{ROUND}/panels"))
    assert "第9次的补充" in page and "<h3>G1 " in page
    assert drawn.head.get(f"{ROUND}/draws/9/entry")["Location"] == f"{ROUND}/draws/9"
    page = words(drawn.head.get(f"{ROUND}/draws/10"))
    assert "这是第9次的补充冻结" in page and new.answer["head"] == fixed.digest and fixed.digest in page

    drawn.head.post(f"{ROUND}/draws/10", {"place": "公告栏", "day": coming(0), "document": "虚构4号"})
    for browser in (drawn.clerk, drawn.head):
        browser.post(f"{ROUND}/draws/10/numbers", NUMBERS)
    new = Freeze.objects.get(number=10)
    found = verify("record.json", new.drawing.record.encode(), commitment=new.commitment).standing.panels
    before = {one["group"]: [each["id"] for each in one["members"]] for one in json.loads(fixed.record)["panels"]}
    kept = {group: [seat.id for seat in seats] for group, seats in found.items() if group != "G5"}
    assert kept == {group: before[group] for group in ("G1", "G2", "G4")} and len(found["G5"]) == 3
    assert "G5" in words(drawn.head.get(f"{ROUND}/draws/10/wall"))


def test_an_entry_is_prepared_from_what_a_reviewer_declared_later(drawn: Any) -> None:
    """The draw's page names the declaration, the form holds its facts and its source; once entered it says so."""
    from web.counter.links import give
    from web.counter.saying import keep
    from web.ledger import HOUSE
    from web.panels.models import Entry
    from web.work import ask

    drawn.head.post(f"{ROUND}/draws/1/wall", {"seen": "0", "go": "end"})
    rows = [["name", "K-1", "虚构亲属"], ["kin", "R06", "K-1", "spouse"],
            ["officer", "K-1", "J04", "person_in_charge", 20210501, 99991231]]  # fmt: skip
    link = give(HOUSE, "jiyuan-6", "reviewer", "R06", "虚构评审员己", 20991231).link
    said = keep(link, "declaration", "", "", [], "1", {"rows": ask("sourced", rows, "本人申明", "x"), "lines": []})
    address = f"{ROUND}/draws/1/entry?said={said.ref}"
    assert address in unescape(drawn.head.get(f"{ROUND}/draws/1").content.decode())
    form = words(drawn.head.get(address))
    items = re.findall(r'name="item" value=\'?"?(\{.*?\})"?\'?>', form)
    assert f"本人申明（台账第{said.act}号）" in form and "虚构评审员己" in form
    assert [json.loads(one)["fact"] for one in dict.fromkeys(items)] == [
        'name("K-1","虚构亲属").', 'kin("R06","K-1",spouse).',
        'officer("K-1","J04",person_in_charge,20210501,99991231).',
    ]  # fmt: skip
    sent = {"day": coming(5), "because": "申明", "document": "本人申明", "item": list(dict.fromkeys(items))}
    drawn.head.post(f"{ROUND}/draws/1/entry", {**sent, "act": "confirm"})

    assert Entry.objects.count() == 1
    after = words(drawn.head.get(f"{ROUND}/draws/1"))
    assert "已登记为变动" in after and address not in after
    assert "这份申明在封存以后收到" in words(drawn.head.get(f"{ROUND}/counter/said/{said.ref}"))


def test_a_tie_that_was_not_taken_in_keeps_the_case_from_being_frozen(signed_in: Any) -> None:
    """Declared and not in the case: the form names whose it is; once taken in nothing is open."""
    from web.counter.declaring import untaken
    from web.counter.links import give
    from web.counter.saying import keep
    from web.ledger import HOUSE
    from web.rounds.models import Round
    from web.work import ask

    link = give(HOUSE, "jiyuan-6", "reviewer", "R06", "虚构评审员己", 20991231).link
    rows = ask("sourced", [["declared_interest", "R06", "J02", "师生"]], "本人申明", "x")
    said = keep(link, "declaration", "", "", [], "1", {"rows": rows, "lines": []})
    page = words(signed_in("head").get(f"{ROUND}/panels/freeze"))
    facts = Round.objects.get(ref="jiyuan-6").head.facts
    taken = ask("changed", facts, rows, [], 20251020)["facts"]

    assert "虚构评审员己（已申明，还没有采用）" in page
    assert [untaken("jiyuan-6", one) for one in (facts, taken)] == [[said], []]


def test_what_became_known_is_put_in_item_by_item(drawn: Any) -> None:
    """A tie that came to light is a fact of the vocabulary, in words; what is wrong with it is told at its field."""
    drawn.head.post(f"{ROUND}/draws/1/wall", {"seen": "0", "go": "end"})
    address = f"{ROUND}/draws/1/entry"
    asked = words(drawn.head.post(address, {"kind": "declared_interest", "act": "choose"}))
    assert 'name="person"' in asked and '<option value="R06">' in asked
    added = words(
        drawn.head.post(
            address, {"kind": "declared_interest", "act": "add", "person": "R06", "applicant": "J04", "text": "同学"}
        )
    )
    assert 'declared_interest(\\"R06\\",\\"J04\\",\\"同学\\").' in added


def test_only_the_bureau_moves_a_draw(drawn: Any, signed_in: Callable[[str], Any]) -> None:
    """Legal and supervision look on; nobody without a role of the bureau freezes, types numbers or presses a key."""
    for role in ("legal", "supervision"):
        client = signed_in(role)
        assert client.get(f"{ROUND}/draws/1/wall").status_code == 200
        for address in ("panels/freeze", "draws/1", "draws/1/numbers", "draws/1/wall", "draws/1/entry"):
            assert client.post(f"{ROUND}/{address}", {"seen": "0", "go": "next"}).status_code == 403
    assert signed_in("legal").get(f"{ROUND}/draws/1/operator").status_code == 403


def test_a_draw_is_watched_and_published(fixed: Any, drawn: Any) -> None:
    """From outside one sees what was reached in the room and no more; once it is over the head puts it on the board."""
    from web.board.models import Posting
    from web.board.watching import gone
    from web.panels.models import Showing

    steps = steps_of(fixed)
    watch = "/watch/jiyuan-6"
    drawn.head.post(f"{ROUND}/draws/9/wall", {"seen": "0", "go": "next"})
    drawn.head.post(f"{ROUND}/draws/9/wall", {"seen": "1", "go": "next"})
    page = words(drawn.head.get(watch))
    names = {one["name"] for one in steps if one["kind"] == "name"}
    assert {name for name in names if name in page} == {steps[1]["name"]}
    assert drawn.head.post(f"{ROUND}/draws/9/board").status_code == 404

    Showing.objects.filter(drawing=fixed).update(step=len(steps), reached=len(steps))
    drawn.head.post(f"{ROUND}/draws/9/wall", {"seen": str(len(steps)), "go": "end"})
    assert "http-equiv" not in drawn.head.get(watch).content.decode()
    drawn.head.post(f"{ROUND}/draws/9/board")
    gone("jiyuan-6")
    one = Posting.objects.get(kind="draw")
    page = words(drawn.head.get(f"/board/jiyuan-6/{one.ref}"))
    assert SEED in page and fixed.freeze.commitment in page and "受雇" not in page
    assert [name for name, _, _ in json.loads(one.files)] == ["jiyuan-6-draw-9-public.json", "check.html"]
