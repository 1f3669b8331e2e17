"""A round put away: its folder asked again, what keeps it open, nothing changed once it is closed."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

ROUND = "/rounds/jiyuan-6"
SMALL = """round(jiyuan,6,20250930).
office("某局","甲","1").
applicant("A",organization).
name("A","虚构甲公司").
submitted("A",20250915).
finding("A",credit,no).
document_series("甲",2025,1).
"""


@pytest.fixture(scope="module")
def folder(house: object) -> dict[str, bytes]:
    """The folder of a small round with one paper that went out."""
    from web.drafts.folders import round_folder

    registered = [
        ["document_number", "rejection_letter", "A", "甲〔2025〕5号"],
        ["document_day", "rejection_letter", "A", 20251020],
    ]
    return round_folder(SMALL, registered, 20251020, {"001-abc.pdf": b"%PDF-1.7 out"})


def zipped(files: dict[str, bytes]) -> bytes:
    """Files as one."""
    from web.papers.files import zipped as together

    return together(files)


def test_a_folder_holds_what_went_out_and_is_asked_again(folder: dict[str, bytes]) -> None:
    """The register's numbers stand in its case, the released bytes beside; all comes out again as recorded."""
    from web.drafts.folders import folder_replayed

    record = json.loads(folder["record.json"])
    papers = json.loads(folder["papers.json"])

    assert 'document_number(rejection_letter,"A","甲〔2025〕5号").' in folder["facts.lp"].decode()
    assert [(one["number"], one["day"]) for one in papers if one["kind"] == "rejection_letter"] == [
        ("甲〔2025〕5号", 20251020)
    ]
    assert folder["released/001-abc.pdf"] == b"%PDF-1.7 out" and "released/001-abc.pdf" in record["outputs"]
    found = folder_replayed(zipped(folder))
    assert (found["same"], found["changed"], found["different"]) == (True, [], [])


def test_an_altered_folder_is_found(folder: dict[str, bytes]) -> None:
    """What was changed or put in by hand is named; a file that is no folder is no traceback."""
    from web.drafts.folders import folder_replayed

    altered = folder_replayed(zipped({**folder, "decision.txt": b"other", "more.txt": b"x"}))
    words = " ".join(one["zh"] for one in altered["changed"])
    assert not altered["same"] and "decision.txt" in words and "more.txt" in words
    for data in (b"no zip", zipped({"../out.txt": b"x"}), zipped({"record.json": b"{}"})):
        found = folder_replayed(data)
        assert not found["same"] and found["changed"][0]["zh"]


def test_two_folders_of_the_same_are_the_same_bytes(folder: dict[str, bytes]) -> None:
    """Nothing of the moment stands in them."""
    assert zipped(folder) == zipped(dict(reversed(folder.items())))
    assert ZipFile(BytesIO(zipped(folder))).testzip() is None


def test_what_is_open_keeps_a_round_open(signed_in: Any) -> None:
    """A draft that waits forbids closing; once closed nothing is taken, and it opens again with a reason."""
    from web.ledger import Act
    from web.papers.models import Drafted
    from web.rounds import Round

    head, clerk = signed_in("head"), signed_in("clerk")
    round_ = Round.objects.get(ref="jiyuan-6")
    draft = Drafted.objects.create(
        round=round_, version=round_.head, kind="receipt_slip", ref="d", day=0, pages=1, act=1, checks="[]"
    )
    close = f"{ROUND}/archive/close"

    assert "1件文书等签发" in head.get(f"{ROUND}/archive").content.decode()
    assert head.post(close, {"reason": "完"}).status_code == 409
    Drafted.objects.filter(pk=draft.pk).update(state="returned")
    assert head.post(close, {"reason": ""}).status_code == 400
    assert clerk.post(close, {"reason": "完"}).status_code == 403
    assert head.post(close, {"reason": "批准公布"}).status_code == 302
    assert (Round.objects.get(ref="jiyuan-6").closed, Act.objects.first().kind) == (True, "round_closed")

    refused = clerk.post(f"{ROUND}/papers/prepare", {"act": "prepare"})
    assert refused.status_code == 409 and "这一届已经办结" in refused.content.decode()
    assert clerk.get(f"{ROUND}/papers").status_code == 200
    assert head.post(close, {"reason": "补发一件"}).status_code == 302
    assert (Round.objects.get(ref="jiyuan-6").closed, Act.objects.first().reason) == (False, "补发一件")


def test_nothing_is_taken_in_for_a_closed_round(samples: object, db: None) -> None:
    """Also where the page was open before it was closed: the version is refused where it is put on the head."""
    from web.ledger import Actor
    from web.rounds import Draft, Moved, Round, take_in

    round_ = Round.objects.get(ref="jiyuan-6")
    Round.objects.update(closed=True)
    with pytest.raises(Moved):
        take_in(Actor("clerk", "甲", "clerk"), round_, Draft(round_.head.facts, round_.head, "entered"))


def test_a_folder_is_kept_and_handed_out(signed_in: Any, folder: dict[str, bytes]) -> None:
    """Its record's hash stands on the page, what was replayed beside it; who took it is an act."""
    from web.archive.models import Folder, Replay
    from web.ledger import Act
    from web.rounds import Round, store

    round_ = Round.objects.get(ref="jiyuan-6")
    data = zipped(folder)
    own = json.loads(folder["record.json"])["sha256"]
    kept = Folder.objects.create(
        ref="f", round=round_, version=round_.head, digest=store(data), size=len(data), files=len(folder), record=own,
        act=1, at="2025-10-20T09:00:00+08:00", name="甲",
    )  # fmt: skip
    told = {"same": False, "number": 1, "changed": [], "different": ["award.json"]}
    Replay.objects.create(folder=kept, same=False, told=json.dumps(told), act=1, at=kept.at, name="甲")
    watch = signed_in("supervision")
    page = watch.get(f"{ROUND}/archive").content.decode()

    assert own[:16] in page and "1个文件不同" in page and "award.json" in page
    assert watch.get(f"{ROUND}/archive/f").content == data
    assert (Act.objects.first().kind, json.loads(Act.objects.first().details)) == ("folder_taken", {"sha256": own})


def test_long_work_is_stopped_on_request(signed_in: Any) -> None:
    """A button on the page wishes the end of what runs or waits for this round; who only reads has none."""
    from web.work import Job

    Job.objects.create(key="f", kind="folder", about="jiyuan-6", state="running")
    Job.objects.create(key="o", kind="folder", about="sanmenxia-3", state="running")
    page = signed_in("clerk").get(f"{ROUND}/archive").content.decode()

    assert "正在做归档文件夹" in page and "/papers/stop" in page
    assert "/papers/stop" not in signed_in("supervision").get(f"{ROUND}/archive").content.decode()
    answer = signed_in("clerk").post(f"{ROUND}/papers/stop", {"from": "archive"})
    assert answer["Location"] == f"{ROUND}/archive"
    assert dict(Job.objects.filter(key__in=("f", "o")).values_list("key", "stop")) == {"f": True, "o": False}


def test_the_review_of_awards(signed_in: Any) -> None:
    """Each award with its grounds, the facts behind, what follows; nothing where the day cannot be read."""
    page = signed_in("legal").get(f"{ROUND}/revocations?day=2025年10月20日").content.decode()

    assert "截至2025年10月20日" in page and "第二十二条" in page
    assert "读不懂这个日期" in signed_in("legal").get(f"{ROUND}/revocations?day=某日").content.decode()
