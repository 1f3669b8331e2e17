"""The board: what is up and what was, its static copy, papers checked, a draw watched."""

import re
import subprocess
import sys
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.houses import copied, posted_in

CONTENT = {
    "office": "某局", "head": "某局", "number": "样例公〔2025〕2号", "title": "受理名单公示", "signature": "某局",
    "day": "2025年10月13日", "contact": ["联系人：某人"], "closing": [],
    "blocks": [
        {"kind": "text", "text": "现予公示。"},
        {"kind": "table", "caption": "", "header": ["序号", "名称"], "rows": [["1", "虚构<b>一号</b>"]]},
    ],
}  # fmt: skip
TEXT = """某局
样例公〔2025〕2号
受理名单公示
现予公示。
序号\t名称
1\t虚构<b>一号</b>
某局
2025年10月13日
联系人：某人
"""


def posted(first: int = 20250101, last: int = 20991231, **options: Any) -> Any:
    """A page on the board."""
    from web.board.posting import put_up
    from web.ledger import HOUSE

    files = (("记录.json", b"{}"),)
    return put_up(HOUSE, "jiyuan-6", "第六届", "acceptance_notice", {**CONTENT, **options}, first, last, files)


def seen(address: str) -> Any:
    """What anybody gets."""
    from django.test import Client

    return Client().get(address)


def test_a_page_bears_the_hash_of_the_text_that_it_offers(house: Path, db: None) -> None:
    """The text file is the page's words; its hash stands on the page and in the ledger; names are escaped."""
    from web.ledger import Act

    one = posted()
    page = seen(f"/board/jiyuan-6/{one.ref}").content.decode()
    text = seen(f"/board/jiyuan-6/{one.ref}/text").content

    assert not seen("/board").cookies  # what is public may be kept on the way: nothing in it is anybody's
    assert text.decode() == TEXT
    assert sha256(text).hexdigest() == one.hash
    assert one.hash in page and "虚构&lt;b&gt;一号" in page
    assert one.hash in Act.objects.first().details
    assert seen(f"/board/jiyuan-6/{one.ref}/0").content == b"{}"


def test_what_is_over_or_taken_leaves_only_its_hash(house: Path, db: None) -> None:
    """Neither words, text nor files are to be had; what waits for its day is not there at all."""
    from web.board.posting import take_down
    from web.ledger import HOUSE

    over, taken, ahead = posted(last=20250110), posted(), posted(first=20991230)
    take_down(HOUSE, taken, "写错了")
    for one in (over, taken):
        page = seen(f"/board/jiyuan-6/{one.ref}").content.decode()
        assert one.hash in page and "现予公示" not in page and "写错了" not in page
        assert seen(f"/board/jiyuan-6/{one.ref}/text").status_code == 404
        assert seen(f"/board/jiyuan-6/{one.ref}/0").status_code == 404

    assert seen(f"/board/jiyuan-6/{ahead.ref}").status_code == 404
    assert ahead.ref not in seen("/board").content.decode()
    assert seen("/board/nowhere-1").status_code == 404


class Links(HTMLParser):
    """What a page refers to, and what it holds that a plain file must not."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.tags: list[str] = []
        self.headings: list[int] = []
        self.lang = ""

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        """Note tags, links, headings."""
        known = dict(attributes)
        self.tags.append(tag)
        self.lang = known["lang"] if tag == "html" else self.lang
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        self.found |= {one for one in (known.get("href"), known.get("src")) if one and not one.startswith("#")}


def test_the_static_copy_is_whole(house: Path, db: None) -> None:
    """Every link leads to a file of the copy, no page has a script or a form, headings go down step by step."""
    from web.board.copying import copied

    up, over = posted(), posted(last=20250110)
    files = copied("jiyuan-6")

    assert sorted(files) == sorted([
        "SHA256SUMS", "desk.css", "index.html", f"jiyuan-6-{up.ref}.html", f"jiyuan-6-{up.ref}.txt",
        f"jiyuan-6-{up.ref}-1.json", f"jiyuan-6-{over.ref}.html",
    ])  # fmt: skip
    for name, data in files.items():
        if name != "SHA256SUMS":
            assert f"{sha256(data).hexdigest()}  {name}\n" in files["SHA256SUMS"].decode()
        if name.endswith(".html"):
            page = Links()
            page.feed(data.decode())
            assert page.found <= set(files), name
            assert not {"script", "form", "iframe", "style"} & set(page.tags), name
            assert page.lang == "zh-CN" and page.headings.count(1) == 1, name
            assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
            assert "title" in page.tags and "main" in page.tags


def test_publish_writes_the_copy(house: Path, tmp_path: Path) -> None:
    """The command writes what the board holds; a round of which nothing is up is told so; nothing is replaced."""
    if not (house / "desk.sqlite3").exists():
        pytest.skip("the house of this run is not SQLite")
    data, where = copied(house, tmp_path / "house"), tmp_path / "board"
    posted_in(data, "published-1", "公告")

    def publish(ref: str, into: Path) -> int:
        command = [sys.executable, "-c", "from desk.shell.cli import main; main()", "publish", ref, str(into)]
        return subprocess.run([*command, "--data", str(data)], capture_output=True).returncode

    assert publish("published-1", where) == 0
    assert {path.suffix for path in where.iterdir()} == {".html", ".txt", ".css", ""}
    assert publish("published-1", where) == 2
    assert publish("nothing-1", tmp_path / "other") == 2


def test_a_notice_comes_from_its_released_paper_alone(signed_in: Any) -> None:
    """The board shows what is due and leads to the papers; nobody puts a notice up past a second person's release."""
    client = signed_in("head")
    due = client.get("/rounds/jiyuan-6/board").content.decode()
    posted()
    up = client.get("/rounds/jiyuan-6/board").content.decode()

    assert "第六届济源市市长质量奖受理名单公示" in due and '✓">已公布<' not in due
    assert '✓">已公布<' in up
    assert client.post("/rounds/jiyuan-6/board/notice", {"kind": "acceptance_notice"}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"number": "样例质奖告[2025]5号", "code": "ab cd-EF"}, "是真的"),
        ({"number": "样例质奖告〔2025〕5号", "code": "abcdee"}, "没有这份文书"),
        ({"number": "样例质奖告〔2025〕6号", "code": "abcdef"}, "没有这份文书"),
        ({"file": b"%PDF-old"}, "曾经发出"),
        ({"file": b"%PDF-new"}, "是真的"),
        ({"file": b"%PDF-none"}, "没有这份文书"),
        ({"number": "样例质奖告〔2025〕5号"}, "有1处要改"),
    ],
)
def test_a_paper_is_checked_without_a_name(house: Path, db: None, sent: dict[str, Any], found: str) -> None:
    """By number and code, or by the bytes: genuine, superseded, unknown; a number alone says nothing."""
    from django.test import Client

    from web.board.checking import enlist, supersede

    enlist("样例质奖告〔2025〕5号", "old", b"%PDF-old", "rejection_letter", 20251020, 1)
    enlist("样例质奖告〔2025〕5号", "abcdef", b"%PDF-new", "rejection_letter", 20251021, 2)
    supersede(b"%PDF-old")
    asked = {key: SimpleUploadedFile("a.pdf", value) if key == "file" else value for key, value in sent.items()}

    assert found in Client().post("/check", asked).content.decode()


def test_a_draw_is_watched_from_memory(house: Path, db: None) -> None:
    """No table is asked; the same page is sent once; a step changes the mark; only what was shown stands in it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from web.board import watching
    from web.board.watching import gone, show

    group = {"name": "食品", "seats": 3, "members": [], "last": None}
    assert Client().get("/watch/jiyuan-6").status_code == 404
    show("jiyuan-6", "奖", [group])
    with CaptureQueriesContext(connection) as asked:
        first = Client().get("/watch/jiyuan-6")
        again = Client().get("/watch/jiyuan-6", HTTP_IF_NONE_MATCH=first["ETag"])
    member = {"name": "虚构甲", "leader": True}
    show("jiyuan-6", "奖", [{**group, "members": [member], "last": {"name": "虚构甲", "verdict": "入选"}}])
    after = Client().get("/watch/jiyuan-6", HTTP_IF_NONE_MATCH=first["ETag"])
    watching._held.clear()  # as another process begins
    started = Client().get("/watch/jiyuan-6")
    gone("jiyuan-6")

    assert (first.status_code, again.status_code, after.status_code) == (200, 304, 200)
    assert (started.content, started["ETag"]) == (after.content, after["ETag"])
    assert asked.captured_queries == [] and not first.cookies
    assert "虚构甲" not in first.content.decode() and "虚构甲" in after.content.decode()
    assert b"refresh" in first.content and "script-src" not in first["Content-Security-Policy"]
    assert Client().get("/watch/jiyuan-6").status_code == 404


AWARD = 'awarded("J01",main,6,20251222)'
REVOKED = 'revoked("W01",main,4,conduct,20260105)'
DECIDED = [["awarded", "J01", "main", 6, 20251222], ["source", AWARD, "样例市政府表彰决定", "样例政〔2025〕9号"],
           ["revoked", "W01", "main", 4, "conduct", 20260105]]  # fmt: skip


def decided_by(who: str) -> Any:
    """The sample round with an award and a revocation, both entered by somebody."""
    from web.ledger import Actor
    from web.rounds import Draft, Round, take_in
    from web.work import ask

    round_ = Round.objects.get(ref="jiyuan-6")
    told = ask("changed", round_.head.facts, DECIDED, [], 20260110)
    made = take_in(Actor(who, who, "clerk"), round_, Draft(told["facts"], round_.head, "entered", "测试")).version
    assert made is not None
    return made


def test_a_decision_is_written_from_its_facts(samples: Path, db: None) -> None:
    """Winners by prize, a title revoked under the provision that orders it public; without its document it is held."""
    from web.shown.postings import decisions

    office = {
        "signature": "济源市市场监督管理局",
        "contact": ["联系人：虚构联系人", "联系电话：0000-0000000"],
        "number": "",
    }
    award, revoked = decisions(decided_by("clerk").facts)

    assert award == {
        "kind": "award", "first": 20251222, "last": 0, "held": [], "facts": [AWARD],
        "content": {**office, "title": "第六届济源市市长质量奖获奖名单", "blocks": [
            {"kind": "text", "text": "第六届济源市市长质量奖的表彰决定于2025年12月22日作出，现予公布。"},
            {"kind": "table", "caption": "", "header": ["序号", "奖项", "单位名称"], "widths": [1, 3, 5],
             "rows": [["1", "市长质量奖", "虚构一号精密铸造有限公司"]]},
            {"kind": "text", "text": "决定的文件：样例市政府表彰决定（样例政〔2025〕9号）。"},
        ]},
    }  # fmt: skip
    told = (
        "虚构十一号重型机械有限公司的第四届济源市市长质量奖称号已于2026年1月5日被撤销，事由：获奖后发生办法所列的重大事故"
        "或者严重行为。依照《济源市市长质量奖管理办法》（济政办〔2025〕7号）第二十三条，向社会公开。"
    )
    assert revoked == {
        "kind": "revocation", "first": 20260105, "last": 0, "held": ["没有记载决定的文件"], "facts": [REVOKED],
        "content": {**office, "title": "撤销虚构十一号重型机械有限公司第四届济源市市长质量奖称号",
                    "blocks": [{"kind": "text", "text": told}]},
    }  # fmt: skip


def test_a_decision_is_put_up_by_a_head_who_did_not_enter_it(signed_in: Any) -> None:
    """As it was seen, once, up to its day; what is held, or was seen otherwise, is not put up."""
    from web.board.models import Posting

    def pressed(seen: str) -> int:
        answer = head.post("/rounds/jiyuan-6/board/decision", {"seen": seen, "last": "2099-12-31"})
        return int(answer.status_code)

    decided_by("clerk")
    head = signed_in("head")
    page = head.get("/rounds/jiyuan-6/board").content.decode()
    marks = re.findall(r'name="seen" value="(\w+)"', page)
    statuses = [pressed(one) for one in ("0" * 64, marks[0], marks[0])]
    one = Posting.objects.get()

    assert (len(marks), statuses) == (1, [409, 302, 409])
    assert (one.kind, one.title, one.last) == ("award", "第六届济源市市长质量奖获奖名单", 20991231)
    body = seen(f"/board/jiyuan-6/{one.ref}").content.decode()
    assert "虚构一号精密铸造有限公司" in body and one.hash in body


def test_whoever_entered_a_decision_does_not_put_it_up(signed_in: Any) -> None:
    """The page says so and has no button; what is sent all the same is refused."""
    from web.board.bureau import _decided
    from web.board.models import Posting

    version = decided_by("head")
    head = signed_in("head")
    page = head.get("/rounds/jiyuan-6/board").content.decode()
    request = type("Asked", (), {"user": type("User", (), {"username": "clerk"})})
    mark = _decided(request, version.round, version)[0]["seen"]
    answer = head.post("/rounds/jiyuan-6/board/decision", {"seen": mark, "last": ""})

    assert "这些事实是你录入的" in page and mark not in page
    assert (answer.status_code, Posting.objects.count()) == (409, 0)
