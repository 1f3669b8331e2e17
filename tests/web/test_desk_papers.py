"""Papers: prepared by one, released by another, numbered once, printed with a code, never changed, only superseded."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from engine.law import texts

ROUND = "/rounds/jiyuan-6/papers"
DAY = 20251020
LETTER = ("rejection_letter", "J07")
PLAIN = ("consultation_letter", "")
"""A paper with a number that is written at once."""
WORKER = ("clerk", "虚构承办员甲", "clerk")


@pytest.fixture(scope="module")
def answers() -> dict[Any, Any]:
    """What a worker answered, by question: the same question of the same case is asked once."""
    return {}


@pytest.fixture
def asked(answers: dict[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions about writing and printing answered as workers do, each kept for the next test."""
    from web.papers import preparing, releasing
    from web.questions.asking import answer

    def ask(question: str, *arguments: Any, limit: float = 0) -> Any:
        key = (question, json.dumps(arguments, ensure_ascii=False))
        if key not in answers:
            answers[key] = answer(question, *arguments)
        return answers[key]

    monkeypatch.setattr(preparing, "ask", ask)
    monkeypatch.setattr(releasing, "ask", ask)


@pytest.fixture
def prepare(samples: object, db: None, asked: None) -> Callable[..., Any]:
    """A way to prepare a paper from the version in use."""
    from web.ledger import Actor
    from web.papers import preparing
    from web.rounds import Round

    def make(kind: str = PLAIN[0], about: str = PLAIN[1], day: int = DAY, by: Any = WORKER, reason: str = "") -> Any:
        head = Round.objects.get(ref="jiyuan-6").head
        return preparing.prepare(Actor(*by), head, kind, about, day, {}, reason)

    return make


def ticks(page: str) -> dict[str, str]:
    """Everything that a page asks to be ticked, with what it says it saw."""
    return dict.fromkeys(re.findall(r'name="(tick-[0-9a-z-]+)"', page), "1") | {
        "seen": re.findall(r'name="seen" value="(\d+)"', page)[0]
    }


def release(client: Any, draft: Any) -> Any:
    """Release a draft in a browser, all ticked."""
    page = client.get(f"{ROUND}/draft/{draft.ref}").content.decode()
    return client.post(f"{ROUND}/draft/{draft.ref}/release", ticks(page))


def today() -> int:
    """Today as the desk reckons it."""
    from web.page import china, number

    return number(china().date())


def kinds() -> list[str]:
    """What was done, the latest first."""
    from web.ledger import Act

    return list(Act.objects.values_list("kind", flat=True))


def words_of(data: bytes) -> str:
    """The words of a PDF, blanks and what stands at the edge of each page aside."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    pages = (re.sub(r"\s", "", document[at].get_textpage().get_text_range()) for at in range(len(document)))
    return "".join(
        re.sub(r"—\d+—", "", page if at == 0 else page.removeprefix("草稿未定稿")) for at, page in enumerate(pages)
    )


def test_a_paper_goes_out(prepare: Any, signed_in: Any) -> None:
    """Released by a second person: numbered, with code and the act before its release printed, its bytes by hash."""
    from web.ledger import Act, Head, verified
    from web.papers.models import Released
    from web.rounds import stored

    draft = prepare(*LETTER)
    head = signed_in("head")
    before = Head.objects.get()
    answer = release(head, draft)

    out = Released.objects.get()
    assert answer["Location"] == f"{ROUND}/out/{out.ref}"
    assert (out.number, out.day, out.to) == ("样例质奖告〔2025〕1号", DAY, "J07 虚构七号工业设计研究院")
    assert (out.printed_act, out.printed_hash) == (before.number, before.hash)
    act = Act.objects.get(kind="paper_released")
    assert (act.number, act.previous, act.subject) == (before.number + 1, before.hash, "J07")
    details = json.loads(act.details)
    assert (details["number"], details["sha256"]) == (out.number, sha256(stored(out.digest)).hexdigest())
    law = {path.name: path.read_bytes() for path in texts("jiyuan")}
    assert {name: stored(digest) for name, digest in details["texts"].items()} == law and "jiyuan.md" in law
    assert out.ticked_words == details["looked"] == [details["looked"][0]] and "2025年10月20日" in details["looked"][0]
    assert re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", out.code)
    printed = words_of(stored(out.digest))
    assert f"核验码{out.code}台账第{before.number}条{before.hash[:16]}" in printed
    assert out.number in printed and "草稿" not in printed
    assert verified((out.printed_act, out.printed_hash[:16])).faults == ()


def test_the_picture_is_of_the_stored_paper_and_its_words_stand_beside(prepare: Any, signed_in: Any) -> None:
    """A page is a PNG made of the stored bytes; every word of the body stands in the page as text and in the PDF."""
    from web.rounds import stored

    draft = prepare(*LETTER)
    clerk = signed_in("clerk")
    page = clerk.get(f"{ROUND}/draft/{draft.ref}").content.decode()
    picture = clerk.get(f"{ROUND}/draft/{draft.ref}/page/1")
    printed = words_of(stored(draft.digest))
    said = [one["text"] for one in draft.text["blocks"] if one["kind"] == "text"]
    plain = re.sub(r"<[^>]+>", "", page)

    assert (picture["Content-Type"], picture.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert clerk.get(f"{ROUND}/draft/{draft.ref}/page/{draft.pages + 1}").status_code == 404
    assert len(said) > 2 and all(words in plain and re.sub(r"\s", "", words) in printed for words in said)
    assert page.count('class="leaf"') == draft.pages > 1 and printed.startswith("草稿未定稿")


def test_four_eyes(prepare: Any, signed_in: Any) -> None:
    """Neither whoever prepared it nor whoever entered a finding it rests on releases it; they are told who may."""
    from web.papers.models import Released

    head = signed_in("head")
    own = prepare(by=("head", "虚构科长乙", "head"))
    page = head.get(f"{ROUND}/draft/{own.ref}").content.decode()
    assert "这件是你备好的，由另一人签发。" in page and "/release" not in page
    assert head.post(f"{ROUND}/draft/{own.ref}/release", {"seen": own.version_id}).status_code == 403

    clerk = signed_in("clerk").get(f"{ROUND}/draft/{own.ref}").content.decode()
    assert "由负责人签发" in clerk and "虚构科长乙" in clerk and "/release" not in clerk
    assert signed_in("administrator").get(f"{ROUND}/draft/{own.ref}").status_code == 403
    assert not Released.objects.exists()


def test_whoever_entered_a_finding_does_not_release_what_rests_on_it(samples: object, db: None) -> None:
    """The account is found from the versions: who put the fact into the case last, not who put other facts in."""
    from web.papers.eyes import enterers, refused
    from web.papers.models import Drafted
    from web.rounds.models import Round, Version

    round_ = Round.objects.get(ref="jiyuan-6")
    facts = round_.head.facts

    def then(number: int, text: str, who: str) -> Version:
        return Version.objects.create(
            round=round_, number=number, facts=text, facts_hash="0" * 64, act=1, at="", who=who, name=who, role="head",
            kind="finding",
        )  # fmt: skip

    then(2, facts + 'finding("J07",credit,no).\n', "head")
    then(3, facts, "clerk")
    last = then(4, facts + 'finding("J07",credit,no).\nself_score("J07",499).\n', "second")
    draft = Drafted.objects.create(
        round=round_, version=last, kind="x", about="J07", judged=json.dumps(['finding("J07",credit,no)']), day=0,
        pages=1, act=1, who="third",
    )  # fmt: skip

    assert enterers(draft) == {"second": ['finding("J07",credit,no)']}
    assert [refused(draft, who) for who in ("second", "third", "head")] == ["finding", "own", ""]


def test_what_forbids_release_takes_the_button_away(prepare: Any, signed_in: Any) -> None:
    """A letter whose findings say nobody's reasons stays a draft, however it is asked for."""
    from web.papers.models import Released

    draft = prepare("rejection_letter", "J08")
    head = signed_in("head")
    page = head.get(f"{ROUND}/draft/{draft.ref}").content.decode()

    assert "没有写明认定人、认定日期和依据的事实：未正常运行" in re.sub(r"<[^>]+>", "", page)
    assert "签发并编号" not in page
    answer = head.post(f"{ROUND}/draft/{draft.ref}/release", {"seen": draft.version_id})
    assert answer.status_code == 409 and not Released.objects.exists()


def test_each_thing_to_look_at_is_ticked(prepare: Any, signed_in: Any) -> None:
    """Without its tick nothing goes out; what is ticked is kept with the releaser's name beside it on the page."""
    from web.papers.models import Released

    draft = prepare()
    head = signed_in("head")
    page = head.get(f"{ROUND}/draft/{draft.ref}").content.decode()
    sent = ticks(page)

    assert len(sent) > 1 and "虚构科长乙已看过，照此签发" in page
    answer = head.post(f"{ROUND}/draft/{draft.ref}/release", {"seen": sent["seen"]})
    assert answer.status_code == 400 and "没有勾选" in answer.content.decode()
    assert not Released.objects.exists()


def test_the_second_of_two_is_told_who_and_when(prepare: Any, signed_in: Any) -> None:
    """Whoever comes second learns who released it, when, under which number; nothing goes twice."""
    from web.papers.models import Released

    draft = prepare()
    first, second = signed_in("head"), signed_in("head")
    page = second.get(f"{ROUND}/draft/{draft.ref}").content.decode()
    release(first, draft)
    late = second.post(f"{ROUND}/draft/{draft.ref}/release", ticks(page))
    told = late.content.decode()

    assert late.status_code == 409 and "虚构科长乙已于" in told and "文号样例质奖函〔2025〕1号" in told
    assert "没有重复签发" in told and Released.objects.count() == 1
    assert kinds().count("paper_released") == 1


def test_two_at_once_release_one(prepare: Any) -> None:
    """Between print and record somebody else may act: the paper is printed again; may release: it is refused."""
    from web.ledger import Actor, Head, act
    from web.papers import releasing
    from web.papers.models import Released

    draft = prepare()
    head = Actor("head", "虚构科长乙", "head")
    stale = releasing._printed(draft, Head.objects.get(), [])
    act(Actor(*WORKER), "signed_in", about="account clerk")
    assert releasing._put(head, draft, stale, []) is None
    out = releasing.release(head, draft, [])
    assert out.printed_act == Head.objects.get().number - 1
    with pytest.raises(releasing.Gone):
        releasing.release(head, draft, [])
    assert Released.objects.count() == 1


def test_returned_with_a_reason(prepare: Any, signed_in: Any) -> None:
    """It goes back with the reason, stays to be read, and is prepared anew; without a reason it does not go back."""
    draft = prepare()
    head = signed_in("head")

    assert head.post(f"{ROUND}/draft/{draft.ref}/return", {"why": " "}).status_code == 400
    assert head.post(f"{ROUND}/draft/{draft.ref}/return", {"why": "落款应为21日"})["Location"] == ROUND
    draft.refresh_from_db()
    assert (draft.state, draft.returned_by, draft.returned_why) == ("returned", "虚构科长乙", "落款应为21日")
    assert "落款应为21日" in signed_in("clerk").get(ROUND).content.decode()
    assert release_refused(head, draft)
    again = prepare(day=20251021)
    assert again.state == "prepared" and kinds()[:3] == ["paper_prepared", "paper_returned", "paper_prepared"]


def release_refused(client: Any, draft: Any) -> bool:
    """Whether nothing comes of a release that nobody offered."""
    return bool(client.post(f"{ROUND}/draft/{draft.ref}/release", {"seen": draft.version_id}).status_code == 409)


def test_a_newer_version_that_differs_forbids_release(prepare: Any, signed_in: Any) -> None:
    """Another version in which a fact of this paper differs: refused, the fact named, whatever was ticked before."""
    from web.ledger import Actor
    from web.papers.models import Released
    from web.rounds import Draft, Round, take_in
    from web.work import ask

    draft = prepare("receipt_slip", "J07", 20250915)
    head = signed_in("head")
    round_ = Round.objects.get(ref="jiyuan-6")
    page = head.get(f"{ROUND}/draft/{draft.ref}").content.decode()
    told = ask("changed", round_.head.facts, [["self_score", "J07", 555]], [], DAY)
    assert take_in(Actor(*WORKER), round_, Draft(told["facts"], round_.head, "entered", "测试")).version

    stale = head.post(f"{ROUND}/draft/{draft.ref}/release", {"seen": re.findall(r'name="seen" value="(\d+)"', page)[0]})
    said = re.sub(r"<[^>]+>", "", stale.content.decode())
    assert stale.status_code == 409 and "案卷刚有了新的版本，没有签发。" in said
    assert "案卷现在是第2版，本件所据的事实变了，须重新备好。" in said and "555" in said
    assert 'name="seen"' not in stale.content.decode() and not Released.objects.exists()


def test_what_of_a_paper_differs_between_versions() -> None:
    """Its own facts and its own words; what is new about others is no difference of this paper."""
    from web.drafts.written import paper_moved

    old = 'round(jiyuan,6,20250930).\napplicant("A",organization).\nname("A","甲").\nsubmitted("A",20250915).\n'
    others = old + 'applicant("B",organization).\nsubmitted("B",20250915).\n'
    own = old + 'material("A",application_form).\n'
    office = old + 'office("某局","","").\n'
    asked = ("receipt_slip", "A", 20250915, {}, {})

    assert paper_moved(old, others, *asked) == {"facts": [], "same": True}
    assert paper_moved(old, office, *asked) == {"facts": [], "same": False}
    found = paper_moved(old, own, *asked)
    assert [(one["sign"], one["words"]["zh"]) for one in found["facts"]] == [("+", found["facts"][0]["words"]["zh"])]
    assert "申报书" in found["facts"][0]["words"]["zh"] and not found["same"]


def test_a_change_says_first_who_was_named_already(prepare: Any, signed_in: Any) -> None:
    """Before a fact about whoever got a paper is taken in, the page says so; the paper stands on its page."""
    release(signed_in("head"), prepare("receipt_slip", "J01", 20250915))
    clerk = signed_in("clerk")
    typed = {"applicant": "J01", "points": "712", "reason": "核对", "base": "1"}
    page = clerk.post("/rounds/jiyuan-6/enter/self_score", typed).content.decode()
    other = clerk.post("/rounds/jiyuan-6/enter/self_score", {**typed, "applicant": "J02"}).content.decode()

    assert "改动涉及已经对外说过的" in page and "2025年9月15日的收件回执：J01" in page
    assert "改动涉及已经对外说过的" not in other
    assert "收件回执" in clerk.get("/rounds/jiyuan-6/applicant/J01").content.decode()


def test_lists_whose_notice_runs() -> None:
    """From the first to the last day, both included; on no other."""
    from web.drafts.written import public_lists

    facts = 'round(jiyuan,6,20250930).\napplicant("A",organization).\nnotice(acceptance,20251013,20251020).\n'
    facts += 'listed("A",acceptance).\n'
    named = [(one["ids"], one["last"]) for one in public_lists(facts, 20251013)]

    assert named == [(["A"], 20251020)] == [(one["ids"], one["last"]) for one in public_lists(facts, 20251020)]
    assert public_lists(facts, 20251012) == public_lists(facts, 20251021) == []


def test_superseded_never_changed(prepare: Any, signed_in: Any) -> None:
    """The second bears its own number and says whose place it takes; the first stays as it was, and says by which."""
    from django.db import DatabaseError, transaction

    from web.board.models import Genuine
    from web.papers.models import Released

    head = signed_in("head")
    release(head, prepare())
    first = Released.objects.get()
    release(head, prepare(day=20251021, reason="电话写错"))
    second = Released.objects.get(supersedes=first)

    assert (first.number, second.number) == ("样例质奖函〔2025〕1号", "样例质奖函〔2025〕2号")
    assert "本件取代2025年10月20日的样例质奖函〔2025〕1号" in second.drafted.text["blocks"][-1]["text"]
    assert list(Genuine.objects.order_by("pk").values_list("number", "state")) == [
        (first.number, "superseded"),
        (second.number, "genuine"),
    ]
    page = head.get(f"{ROUND}/out/{first.ref}").content.decode()
    assert "已由2025年10月21日的样例质奖函〔2025〕2号取代" in page and "电话写错" in page
    with pytest.raises(DatabaseError), transaction.atomic():
        Released.objects.filter(pk=first.pk).update(number="样例质奖告〔2025〕9号")


def test_dispatch_and_receipt_in_their_order(prepare: Any, signed_in: Any) -> None:
    """Days of 发出 and 送达: not before the paper's own day, not before it was sent, not in the future."""
    from web.counter.models import Sheet
    from web.papers.models import Delivered, Released

    release(signed_in("head"), prepare(*LETTER))
    out = Released.objects.get()
    clerk = signed_in("clerk")

    def record(kind: str, day: str) -> int:
        return int(clerk.post(f"{ROUND}/out/{out.ref}/deliver", {"kind": kind, "day": day, "how": "邮寄"}).status_code)

    assert [record("dispatched", day) for day in ("2025年10月19日", "2099年1月1日", "某日", "2025-10-21")] == [
        *(400, 400, 400),
        302,
    ]
    assert [record("received", day) for day in ("2025年10月20日", "2025年10月23日")] == [400, 302]
    assert list(Delivered.objects.values_list("kind", "day")) == [("dispatched", 20251021), ("received", 20251023)]
    assert "已送达 2025年10月23日" in clerk.get(ROUND).content.decode()
    assert kinds()[:3] == ["paper_received", "paper_delivered", "paper_dispatched"]
    sheet = Sheet.objects.get()
    assert (sheet.subject, sheet.number, sheet.digest) == ("J07", out.number, out.digest)


def test_papers_are_handed_out_singly_and_as_a_folder(prepare: Any, signed_in: Any) -> None:
    """The stored bytes, as attachments; the folder holds the register with number, code, acts and hash of each."""
    import csv
    from io import BytesIO, StringIO
    from zipfile import ZipFile

    from web.papers.models import Released
    from web.rounds import stored

    head = signed_in("head")
    release(head, prepare())
    out = Released.objects.get()
    watch = signed_in("supervision")
    one = watch.get(f"{ROUND}/out/{out.ref}/pdf")
    assert one.content == stored(out.digest) and one["Content-Disposition"].startswith("attachment")
    word = watch.get(f"{ROUND}/out/{out.ref}/word")
    assert word["Content-Disposition"].startswith("attachment")
    parts = ZipFile(BytesIO(word.content))
    said = re.sub(r"<[^>]+>", "", "".join(parts.read(one).decode() for one in parts.namelist() if one.endswith(".xml")))
    assert all(words in said for words in (out.number, "关于征求对第六届", out.code))
    folder = ZipFile(BytesIO(watch.get(f"{ROUND}/folder").content))
    name, register = sorted(folder.namelist())
    assert (name, folder.read(name)) == (f"001-{out.digest[:12]}.pdf", stored(out.digest))
    rows = list(csv.reader(StringIO(folder.read(register).decode("utf-8-sig"))))
    assert len(rows) == 2 and rows[1][:4] == [out.number, "征求意见函", out.to, "2025年10月20日"]
    assert rows[1][9:] == [out.code, str(out.printed_act), str(out.act), out.digest, name]
    assert kinds()[:3] == ["papers_taken", "paper_opened", "paper_opened"]


def test_the_register_goes_on_where_it_was() -> None:
    """One register for every round: a number is never given twice; one on file for the paper is the paper's own."""
    from web.drafts.written import paper_number

    facts = 'round(jiyuan,6,20250930).\napplicant("A",organization).\napplicant("B",organization).\n'
    series = facts + 'document_series("甲",2025,1).\n'
    filed = series + 'document_number(rejection_letter,"A","甲〔2025〕7号").\n'

    def given(case: str, about: str, *taken: str, day: int = DAY) -> str:
        return paper_number(case, "rejection_letter", about, day, list(taken))

    assert given(facts, "A") == "" and given(series, "A", day=20260105) == ""
    assert given(series, "A") == "甲〔2025〕1号"
    assert given(series, "B", "甲〔2025〕1号", "乙〔2025〕2号") == "甲〔2025〕2号"
    assert given(filed, "A", "甲〔2025〕1号") == "甲〔2025〕7号"
    assert given(filed, "A", "甲〔2025〕7号") == "甲〔2025〕1号"


def test_publishing_a_list_enters_it(prepare: Any, signed_in: Any) -> None:
    """The day of the list is the day of its publication: its notice and who is on it stand in the next version."""
    from web.board.models import Posting
    from web.papers.models import Released
    from web.rounds import Round

    release(signed_in("head"), prepare("acceptance_notice", "", 0))
    out = Released.objects.get()
    assert (out.number, out.day, out.to) == (None, 20251013, "社会")
    clerk = signed_in("clerk")
    for status in (302, 409):
        answer = clerk.post(f"{ROUND}/out/{out.ref}/deliver", {"kind": "published"})
        assert answer.status_code == status
    head = Round.objects.get(ref="jiyuan-6").head

    on = re.findall(r'^listed\("(\w+)",acceptance\)', head.facts, re.M)
    assert (head.number, head.kind, on) == (2, "published", ["J01", "J02", "J03", "J04", "J05", "J06"])
    assert kinds()[:3] == ["board_posted", "paper_published", "version_published"]
    put_up = Posting.objects.get()
    assert (put_up.kind, put_up.first, put_up.last) == ("acceptance_notice", 20251013, 20251020)
    assert "已公布 2025年10月13日" in clerk.get(f"{ROUND}/out/{out.ref}").content.decode()


def test_several_are_prepared_one_after_another(samples: object, db: None, asked: None) -> None:
    """A job says how far it is; done again, it writes nothing twice."""
    from web.papers import preparing
    from web.papers.models import Drafted
    from web.rounds import Round
    from web.work import Job

    head = Round.objects.get(ref="jiyuan-6").head
    job = Job.objects.create(key="k", kind="papers", about="jiyuan-6")
    wanted = [("receipt_slip", "J01", 20250915), ("receipt_slip", "J02", 20250915)]
    for _ in range(2):
        preparing.prepare_all(job, head.pk, wanted, {}, "", {"who": "clerk", "name": "甲", "role": "clerk"})
    job.refresh_from_db()

    assert (job.done, job.total) == (2, 2)
    assert list(Drafted.objects.values_list("about", "state", "day").order_by("about")) == [
        ("J01", "prepared", 20250915),
        ("J02", "prepared", 20250915),
    ]


def test_what_is_typed_stays(signed_in: Any, asked: None) -> None:
    """A day that is none, nothing ticked, no reason for a second paper: each told at its field, what was typed kept."""
    clerk = signed_in("clerk")
    page = clerk.get(f"{ROUND}/prepare?kind=rejection_letter").content.decode()
    name = re.findall(r'name="(p\d+)"', page)[0]
    none = clerk.post(f"{ROUND}/prepare", {"kind": "rejection_letter", "act": "prepare", "day": "2025年10月20日"})
    wrong = clerk.post(f"{ROUND}/prepare", {"kind": "rejection_letter", "act": "prepare", "day": "13.40", name: "1"})

    assert [answer.status_code for answer in (none, wrong)] == [400, 400]
    assert "先勾选要备的文书" in none.content.decode() and 'value="2025年10月20日"' in none.content.decode()
    assert "没有这一天" in wrong.content.decode() and f'id="{name}" value="1" checked' in wrong.content.decode()


def test_papers_take_what_rooms_above_know(samples: object, db: None) -> None:
    """Winners as the committee chose them, by name, not by a number of a set; whoever entered the choice is told of."""
    from engine.award import award
    from web.ledger import Actor, act
    from web.papers.eyes import refused
    from web.papers.given import given
    from web.papers.models import Drafted
    from web.questions import case
    from web.rounds import Round

    round_ = Round.objects.get(ref="jiyuan-6")
    sets = award(case(round_.head.facts)).sets
    wanted = {prize: list(reversed(ids)) for prize, ids in sets[-1].winners.items()}
    done = act(Actor("clerk", "甲", "clerk"), "award_chosen", about="round jiyuan-6")
    from web.awards import Choice

    Choice.objects.create(
        round=round_, version=round_.head, winners=json.dumps(wanted), act=done.number, at=done.at, name="甲"
    )
    taken = given(round_, "winners_notice")

    assert given(round_, "rejection_letter") == {} and taken == {"winners": wanted, "chosen_by": "clerk"}
    draft = Drafted.objects.create(
        round=round_, version=round_.head, kind="winners_notice", day=0, pages=1, act=1, who="x",
        options=json.dumps(taken),
    )  # fmt: skip
    assert [refused(draft, who) for who in ("clerk", "head")] == ["finding", ""]


def test_two_thousand_papers_are_shown_a_hundred_at_a_time(signed_in: Any) -> None:
    """Drafts and what is due alike: each page has its hundred, the count is of all, the last page the rest."""
    from web.papers.models import Drafted
    from web.rounds import Round
    from web.work.keeping import put

    round_ = Round.objects.get(ref="jiyuan-6")
    made = [
        Drafted(
            ref=f"d{at:04}", round=round_, version=round_.head, kind="rejection_letter", about=f"J{at:04}",
            to=f"J{at:04}", day=DAY, pages=1, act=1, who="clerk", name="甲", checks="[]",
        )
        for at in range(2050)
    ]  # fmt: skip
    Drafted.objects.bulk_create(made)
    clerk = signed_in("clerk")
    for number, rows in ((1, 100), (21, 50)):
        page = clerk.get(f"{ROUND}?page={number}").content.decode()
        assert page.count("/papers/draft/") == rows and "2050" in page and len(page) < 200_000

    due = [
        {
            "kind": "rejection_letter",
            "about": f"J{at:04}",
            "to": {"zh": f"虚构{at}", "en": f"x{at}"},
            "day": DAY,
            "now": True,
        }
        for at in range(2050)
    ]
    put([(("papers_due", round_.head.facts, today(), ""), {"due": due, "sets": 0, "stage": "x"})])
    for query, rows, first in (("", 100, "虚构0<"), ("?page=21", 50, "虚构2000<"), ("?about=J1999", 100, "虚构1900<")):
        page = clerk.get(f"{ROUND}/prepare{query}").content.decode()
        assert page.count('type="checkbox" class="box"') == rows and first in page and len(page) < 200_000
