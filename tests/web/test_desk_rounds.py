"""A round in the browser: begun, workbooks out and in, compared, merged, taken in; findings; small changes."""

import json
import re
from collections.abc import Callable
from functools import cache
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

ROUND = "/rounds/jiyuan-6"


@cache
def workbook(facts: str, version: str = "") -> bytes:
    """A case as the desk gives it out."""
    from web.questions import answer

    return answer("workbook", facts, "zh", version)


def words(page: Any) -> str:
    """What a page says, its signs as they are read."""
    return unescape(page.content.decode())


def head() -> Any:
    """The version in use."""
    from web.rounds.models import Round

    return Round.objects.get(ref="jiyuan-6").head


def sent(client: Any, data: bytes, name: str = "济源第六届.xlsx") -> Any:
    """Upload a file; the page it leads to."""
    file = BytesIO(data)
    file.name = name
    return client.post(f"{ROUND}/upload", {"file": file}, follow=True)


def changed(data: bytes, sheet: str, cell: str, value: object) -> bytes:
    """A workbook with another value in one cell, as a clerk saves it."""
    book = load_workbook(BytesIO(data))
    book[sheet][cell] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cell_of(data: bytes, sheet: str, id: str, header: str) -> str:
    """Where an applicant's value stands."""
    page = load_workbook(BytesIO(data))[sheet]
    column = next(c for c in page[1] if str(c.value).rstrip("*") == header)
    row = next(r for r in page.iter_rows() if r[0].value == id)
    return f"{column.column_letter}{row[0].row}"


def scored(facts: str, id: str, points: int | None, version: str = "") -> bytes:
    """The workbook of a case with another self-assessment score, or none."""
    line = re.compile(rf'self_score\("{id}",\d+\)\.\n')
    return workbook(line.sub(f'self_score("{id}",{points}).\n' if points else "", facts), version)


def test_a_workbook_comes_back_and_becomes_the_next_version(signed_in: Callable[[str], Any]) -> None:
    """Out with the version's hash, one score changed, in: the difference is shown, then taken in, with acts."""
    from web.ledger import Act, verified

    client, first = signed_in("clerk"), head()
    out = client.get(f"{ROUND}/versions/1/workbook")
    assert out["Content-Disposition"].startswith("attachment")
    page = sent(client, scored(first.facts, "J08", 520, first.facts_hash))
    words = page.content.decode()
    assert "这本工作簿可以采用" in words and "没有结果改变；1个的理由会变" in words
    assert "原 " not in words and "499" in words and "520" in words

    taken = client.post(page.wsgi_request.path, {"reason": "J08更正自评分"}, follow=True)
    assert taken.status_code == 200 and taken.redirect_chain[-1][0] == ROUND
    assert (head().number, head().reason, head().parent.number) == (2, "J08更正自评分", 1)
    assert head().facts == first.facts.replace('self_score("J08",499)', 'self_score("J08",520)')
    kinds = list(Act.objects.order_by("-number").values_list("kind", "subject", "role")[:3])
    assert kinds == [
        ("version_upload", "J08", "clerk"),
        ("upload_received", "", "clerk"),
        ("workbook_given", "", "clerk"),
    ]
    assert verified().faults == ()
    assert client.post(page.wsgi_request.path, {"reason": "又一次"}).status_code == 200
    assert head().number == 2


def test_two_who_change_different_things_are_merged(signed_in: Callable[[str], Any]) -> None:
    """The later one comes with the hash of the first version: what the other did stays, its own is added."""
    client, first = signed_in("clerk"), head()
    for id, points in (("J08", 520), ("J01", 701)):
        page = sent(client, scored(first.facts, id, points, first.facts_hash))
        client.post(page.wsgi_request.path, {"reason": id})

    assert head().number == 3 and head().base.number == 1
    assert 'self_score("J08",520)' in head().facts and 'self_score("J01",701)' in head().facts


def test_two_who_change_one_thing_leave_a_choice(signed_in: Callable[[str], Any]) -> None:
    """Nothing is stored, three values stand side by side, what is chosen becomes the version."""
    from web.ledger import Act

    client, first = signed_in("clerk"), head()
    page = sent(client, scored(first.facts, "J08", 512, first.facts_hash))
    client.post(page.wsgi_request.path, {"reason": "先"})
    acts = Act.objects.count()
    page = sent(client, scored(first.facts, "J08", 521, first.facts_hash))
    refused = client.post(page.wsgi_request.path, {"reason": "后"})
    words = refused.content.decode()
    assert refused.status_code == 409 and head().number == 2 and Act.objects.count() == acts + 1
    assert all(value in words for value in ("499", "512", "521", "两人改了同一处，1处"))

    name = "(('self_score', ('J08',)),)"
    assert name.replace("'", "&#39;") in words
    client.post(page.wsgi_request.path, {"reason": "后", "conflict": name, f"c-{name}": "mine"})
    assert head().number == 3 and 'self_score("J08",521)' in head().facts


def test_without_a_hash_nothing_goes_unless_it_is_ticked(signed_in: Callable[[str], Any]) -> None:
    """A workbook of unknown origin that lacks a fact: the fact stays; ticked, it goes."""
    client, first = signed_in("clerk"), head()
    page = sent(client, scored(first.facts, "J08", None))
    assert "这一本没有的，1条" in page.content.decode()
    client.post(page.wsgi_request.path, {"reason": "不删"})
    assert 'self_score("J08",499)' in head().facts and head().number == 2

    page = sent(client, scored(first.facts, "J08", None))
    client.post(page.wsgi_request.path, {"reason": "删", "gone": 'self_score("J08",499)'})
    assert 'self_score("J08"' not in head().facts


def test_a_faulty_workbook_shows_every_fault_and_is_not_taken(signed_in: Callable[[str], Any]) -> None:
    """Place, what stands there, what would do; no outcome; the marked workbook comes back."""
    client, first = signed_in("clerk"), head()
    good = workbook(first.facts, first.facts_hash)
    cell = cell_of(good, "申报单位", "J08", "自评分")
    page = sent(client, changed(good, "申报单位", cell, "很多"))
    words = page.content.decode()
    assert "这本工作簿还不能采用" in words and cell in words and "很多" in words and "采用为" not in words
    assert client.post(page.wsgi_request.path, {"reason": "硬来"}).status_code == 400 and head().number == 1

    marked = client.get(page.wsgi_request.path + "/marked")
    comment = load_workbook(BytesIO(b"".join(marked)))["申报单位"][cell].comment
    assert comment is not None and "很多" in comment.text


def clicked(page: Any, client: Any, words: str) -> Any:
    """Click the button of an upload's page that bears these words; the page it leads to."""
    key = re.search(
        rf'name="act" value="(\w+)"><button [^>]*name="mend" value="(\w+)">{re.escape(words)}<', page.content.decode()
    )
    assert key is not None, words
    return client.post(page.wsgi_request.path, {"act": key[1], "mend": key[2]}, follow=True)


def misnamed(data: bytes) -> bytes:
    """A workbook with a sheet and a column under other names, and a name where an identifier belongs."""
    book = load_workbook(BytesIO(data))
    book["不良记录"].title = "不良信息"
    header = next(cell for cell in book["证书"][1] if cell.value == "有效期止")
    header.value = "有效期至"
    sheet = book["获奖历史"]
    next(row for row in sheet.iter_rows() if row[0].value == "J10")[0].value = "虚构十号医疗器械有限公司"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_bears_another_name_is_read_by_a_click(signed_in: Callable[[str], Any]) -> None:
    """A sheet, a column, a name: each an act; the file stays; till all is read only facts are compared."""
    from web.ledger import Act, verified
    from web.rounds.models import Upload

    client, first = signed_in("clerk"), head()
    data = misnamed(scored(first.facts, "J08", 520, first.facts_hash))
    page = sent(client, data)
    words = page.content.decode()
    assert "还不能采用" in words and "只比事实" in words and "是没有读进来" in words and "采用为" not in words
    assert "的结果会变" not in words and "结果不变" not in words and "499" in words and "520" in words

    page = clicked(page, client, "按“不良记录”表读")
    page = clicked(page, client, "按“有效期止”栏读")
    page = clicked(page, client, "“虚构十号医疗器械有限公司”按编号J10读")
    words = page.content.decode()
    assert "这本工作簿可以采用" in words and "没有结果改变；1个的理由会变" in words and "读时已改，3处" in words
    book = load_workbook(BytesIO(b"".join(client.get(page.wsgi_request.path + "/marked"))))
    assert "不良信息" not in book.sheetnames and "不良信息" in book["不良记录"]["A1"].comment.text
    cell = next(cell for cell in book["证书"][1] if cell.value == "有效期止")
    assert "有效期至" in cell.comment.text

    client.post(page.wsgi_request.path, {"reason": "J08更正自评分"}, follow=True)
    assert head().facts == first.facts.replace('self_score("J08",499)', 'self_score("J08",520)')
    assert [mend["kind"] for mend in head().mend_list] == ["sheet", "column", "name"]
    assert "按“不良记录”表读" in client.get(f"{ROUND}/versions/2").content.decode()
    kinds = list(Act.objects.order_by("-number").values_list("kind", flat=True)[:5])
    assert kinds == ["version_upload", *["upload_mended"] * 3, "upload_received"]
    assert json.loads(Act.objects.get(number=head().act).details)["mends"] == head().mend_list
    ledger = signed_in("supervision").get("/ledger").content.decode()
    assert "表名原为“不良信息”，按“不良记录”表读" in ledger
    assert Upload.objects.latest("pk").digest == json.loads(Act.objects.get(number=head().act).details)["sha256"]
    assert verified().faults == ()


def test_a_mend_is_taken_back_and_nobody_makes_one_up(signed_in: Callable[[str], Any]) -> None:
    """With its act; a key that was not offered changes nothing; what cannot be opened cannot be marked, and says so."""
    from web.ledger import Act

    client, first = signed_in("clerk"), head()
    page = sent(client, misnamed(workbook(first.facts, first.facts_hash)))
    page = clicked(clicked(page, client, "按“不良记录”表读"), client, "不这样读")
    assert "不良信息" in page.content.decode() and "读时已改" not in page.content.decode()
    assert Act.objects.order_by("-number")[0].kind == "upload_unmended"
    acts = Act.objects.count()
    assert client.post(page.wsgi_request.path, {"act": "mend", "mend": "0" * 16}).status_code == 302
    assert Act.objects.count() == acts
    broken = sent(client, b"PK\x03\x04junk")
    assert client.get(broken.wsgi_request.path + "/marked").status_code == 422


def test_an_unread_column_keeps_a_workbook_out(signed_in: Callable[[str], Any]) -> None:
    """A column nobody knows may be the very thing that bars somebody."""
    client, first = signed_in("clerk"), head()
    data = workbook(first.facts, first.facts_hash)
    book = load_workbook(BytesIO(data))
    page = book["不良记录"]
    page.cell(1, page.max_column + 1, "另一栏")
    page.cell(2, page.max_column, "有内容")
    out = BytesIO()
    book.save(out)
    shown = sent(client, out.getvalue())

    assert "这本工作簿还不能采用" in shown.content.decode() and "另一栏" in shown.content.decode()
    assert client.post(shown.wsgi_request.path, {"reason": "硬来"}).status_code == 400 and head().number == 1


def test_what_nobody_knows_is_read_or_left_as_a_person_says(signed_in: Callable[[str], Any]) -> None:
    """A column of remarks, one without a header, a sheet of the clerk's own, a name near nobody's: each by an act."""
    from web.ledger import Act

    client, first = signed_in("clerk"), head()
    book = load_workbook(BytesIO(workbook(first.facts, first.facts_hash)))
    certificates = book["证书"]
    certificates.cell(1, certificates.max_column + 1, "备注")
    certificates.cell(2, certificates.max_column, "原件已看")
    certificates.cell(3, certificates.max_column + 1, "另抄一份")
    book.create_sheet("我的记录")["A1"] = "周三催交"
    page = book["不良记录"]
    row = next(row for row in page.iter_rows(min_row=2) if row[0].value == "J10")
    row[0].value = "某医疗器械"
    out = BytesIO()
    book.save(out)
    page = sent(client, out.getvalue())

    for sheet, words in (("证书", "这一栏不读"), ("证书", "这一栏不读"), ("我的记录", "这张表不读")):
        part = re.search(rf'<tr class="off"><th scope="row">{sheet}</th>.*?</tr>', page.content.decode(), re.DOTALL)
        assert part is not None and "还不能采用" in page.content.decode()
        key = re.search(rf'<option value="(\w+)">{words}</option>', part[0])
        assert key is not None
        page = client.post(page.wsgi_request.path, {"act": "mend", "mend": key[1]}, follow=True)
    named = {"act": "mend", "name": "某医疗器械", "wanted": "J99"}
    acts = Act.objects.count()
    refused = client.post(page.wsgi_request.path, named)
    assert refused.status_code == 400 and "没有编号“J99”" in refused.content.decode()
    assert client.post(page.wsgi_request.path, named | {"name": "无此处"}).status_code == 302
    assert Act.objects.count() == acts
    page = client.post(page.wsgi_request.path, named | {"wanted": "J10"}, follow=True)
    words = page.content.decode()
    assert "这本工作簿可以采用" in words and "“备注”一栏" in words and "“我的记录”表不读" in words
    back = load_workbook(BytesIO(b"".join(client.get(page.wsgi_request.path + "/marked"))))
    (header,) = (cell for cell in back["证书"][1] if cell.value == "备注")
    assert "“备注”一栏" in header.comment.text and back["我的记录"]["A1"].value == "周三催交"
    assert "“我的记录”表不读" in back["我的记录"]["A1"].comment.text

    client.post(page.wsgi_request.path, {"reason": "重填"}, follow=True)
    assert head().facts == first.facts and head().number == 2
    assert [mend["kind"] for mend in head().mend_list] == ["leave", "leave_unnamed", "leave_sheet", "name"]
    assert "没有表头的一栏从" in client.get(f"{ROUND}/versions/2").content.decode()


def test_a_column_is_read_as_whichever_a_person_chooses(signed_in: Callable[[str], Any]) -> None:
    """A header that is near to none: every column that the sheet lacks can be chosen."""
    client, first = signed_in("clerk"), head()
    data = workbook(first.facts, first.facts_hash)
    page = sent(client, changed(data, "证书", cell_of(data, "证书", "J01", "有效期止")[0] + "1", "到哪天"))
    key = re.search(r'<option value="(\w+)">按“有效期止”栏读</option>', page.content.decode())
    assert key is not None
    page = client.post(page.wsgi_request.path, {"act": "mend", "mend": key[1]}, follow=True)
    assert "这本工作簿可以采用" in page.content.decode()


def test_what_is_no_workbook_is_refused_in_words(signed_in: Callable[[str], Any]) -> None:
    """Another kind of file, none, another round's case."""
    client = signed_in("clerk")
    assert client.post(f"{ROUND}/upload").status_code == 400
    assert sent(client, b"MZ", "a.exe").status_code == 400
    assert "还不能采用" in sent(client, b"PK\x03\x04junk").content.decode()
    other = b'round("x",1,1).'
    assert "还不能采用" in sent(client, other, "a.lp").content.decode()
    from web.rounds.models import Round

    sanmenxia = workbook(Round.objects.get(ref="sanmenxia-3").head.facts)
    assert "这是sanmenxia-3的案卷" in sent(client, sanmenxia).content.decode()


def test_the_page_says_which_files_are_read(signed_in: Callable[[str], Any]) -> None:
    """Every file that it offers to read is read, and of the others it says what to do with them."""
    from engine.case.readers import reader

    told = words(signed_in("clerk").get(f"{ROUND}/workbook"))
    read, _, other = re.findall(r"拖到这里（([^）]*)）", told)[0].partition("；")
    foreign = {
        one for one in re.findall(r"\.[a-z]+", other.partition("请")[0]) if reader(one).__name__.endswith(".foreign")
    }

    assert foreign == {".xls", ".et", ".ods", ".csv"} and "另存为.xlsx" in other
    assert not any(reader(one).__name__.endswith(".foreign") for one in re.findall(r"\.[a-z]+", read))


def test_a_finding_of_no_is_confirmed_twice(signed_in: Callable[[str], Any]) -> None:
    """It needs facts, then a second look; then it stands with its finder, in the version and the ledger."""
    from web.ledger import Act

    client = signed_in("clerk")
    address = f"{ROUND}/finding/innovation/J07"
    form = {"answer": "no", "finder": "虚构评审办公室", "day": "2025年10月9日", "facts": ""}
    refused = client.post(address, form)
    assert refused.status_code == 400 and "认定为“否”的必须写" in refused.content.decode()
    form["facts"] = "申报书第三章所列成果为五年前的成果"
    asked = client.post(address, form)
    assert "就是一项不予列入的理由" in asked.content.decode() and head().number == 1

    done = client.post(address, form | {"sure": "1"}, follow=True)
    assert done.redirect_chain[-1][0] == f"{ROUND}/applicant/J07"
    assert 'finding("J07",innovation,no)' in head().facts
    assert f'finding_by("J07",innovation,"虚构评审办公室",20251009,"{form["facts"]}")' in head().facts
    assert (Act.objects.first().kind, Act.objects.first().subject) == ("version_finding", "J07")


def test_a_fact_is_entered_after_its_consequences_are_shown(signed_in: Callable[[str], Any]) -> None:
    """A spot check that bars J04: shown first, stored only when confirmed, with its source."""
    client = signed_in("clerk")
    address = f"{ROUND}/enter/spot_check"
    form = {
        "applicant": "J04", "day": "6.18", "level": "provincial", "result": "fail", "source_document": "省局抽查通报",
        "source_number": "样例抽〔2025〕1号", "reason": "省局通报",
    }  # fmt: skip
    wrong = client.post(address, form | {"day": "2025年6月31日", "applicant": ""})
    assert wrong.status_code == 400
    assert all(said in wrong.content.decode() for said in ("有2处要改", "没有这一天", "必须填写", "省局通报"))

    shown = client.post(address, form | {"day": "2025-6-18"})
    assert "1个的结果会变：" in shown.content.decode() and "拟列入 → 拟不列入" in shown.content.decode()
    assert head().number == 1
    client.post(address, form | {"day": "2025年6月18日", "act": "confirm", "base": "1"})
    assert 'spot_check("J04",20250618,provincial,fail)' in head().facts
    assert 'source("spot_check(\\"J04\\",20250618,provincial,fail)","省局抽查通报","样例抽〔2025〕1号")' in head().facts
    page = client.get(f"{ROUND}/applicant/J04").content.decode()
    assert "拟不列入受理名单" in page and "省局抽查通报" in page and "省局通报" in page


def test_who_enters_what_another_changed_meanwhile_sees_three_values(signed_in: Callable[[str], Any]) -> None:
    """Nothing is stored; the page stands on the head then, so that to store it once more is a choice."""
    client, address = signed_in("clerk"), f"{ROUND}/enter/self_score"
    seen = str(head().number)
    form = {"applicant": "J08", "reason": "更正", "base": seen, "act": "confirm"}
    assert client.post(address, form | {"points": "520"}).status_code == 302

    refused = client.post(address, form | {"points": "530"})
    told = words(refused)
    assert refused.status_code == 409 and head().number == 2
    assert "别人先改了，没有存上" in told and "再按一次就会并上去" not in told
    assert all(value in told for value in ("499", "520", "530"))
    assert '<input type="hidden" name="base" value="2">' in refused.content.decode()
    assert client.post(address, form | {"points": "530", "base": "2"}).status_code == 302
    assert head().number == 3 and 'self_score("J08",530)' in head().facts

    gone = client.post(f"{ROUND}/remove", {"fact": 'self_score("J08",499)', "reason": "误录", "base": seen})
    assert gone.status_code == 409 and "别人先改了，没有存上" in words(gone) and head().number == 3

    verdict = {"answer": "yes", "finder": "虚构评审办公室", "day": "2025年10月9日", "facts": "甲", "base": "3"}
    finding = f"{ROUND}/finding/innovation/J07"
    assert client.post(finding, verdict).status_code == 302
    refused = client.post(finding, verdict | {"facts": "乙"})
    assert refused.status_code == 409 and "别人先改了，没有存上" in words(refused)
    assert 'name="base" value="4"' in refused.content.decode()


def test_what_was_done_is_described_of_a_fact_chosen_in_words(signed_in: Callable[[str], Any]) -> None:
    """The facts that can be described stand in words; a reason stands under a provision that is chosen, too."""
    client = signed_in("clerk")
    page = unescape(client.get(f"{ROUND}/enter/described").content.decode())
    fact = 'offence("J10",rule,serious,20230707)'
    assert f'<option value="{fact}">虚构十号医疗器械有限公司于2023年7月7日' in page
    form = {"fact": fact, "text": "伪造检验报告", "reason": "按处罚决定书", "base": "1", "act": "confirm"}
    assert client.post(f"{ROUND}/enter/described", form | {"fact": "offence"}).status_code == 400
    client.post(f"{ROUND}/enter/described", form)
    why = {"provision": "art(22,0,0)", "text": "骗取在后", "reason": "会议纪要", "base": "2", "act": "confirm"}
    assert "第二十二条　" in unescape(client.get(f"{ROUND}/enter/applied_because").content.decode())
    client.post(f"{ROUND}/enter/applied_because", why)
    lines = head().facts.splitlines()
    assert 'described("offence(\\"J10\\",rule,serious,20230707)","伪造检验报告").' in lines
    assert 'applied_because(art(22,0,0),"骗取在后").' in lines
    assert "（现在的简述：伪造检验报告）" in unescape(client.get(f"{ROUND}/enter/described").content.decode())


def test_a_fact_is_taken_out_after_its_consequences_are_shown(signed_in: Callable[[str], Any]) -> None:
    """The same for what goes; what the case cannot do without does not go."""
    client = signed_in("clerk")
    fact = 'self_score("J08",499)'
    assert "会改变" in client.get(f"{ROUND}/remove", {"fact": fact}).content.decode() and head().number == 1
    client.post(f"{ROUND}/remove", {"fact": fact, "reason": "录错"})
    assert head().number == 2 and fact not in head().facts

    refused = client.get(f"{ROUND}/remove", {"fact": 'applicant("J08",organization)'})
    assert "不能删去" in refused.content.decode()


def test_a_round_begins(signed_in: Callable[[str], Any]) -> None:
    """City, number, deadline; what was typed stays where something is wrong; a workbook can then come in."""
    client = signed_in("head")
    form = {"city": "sanmenxia", "number": "四", "deadline": "2026年10月16日", "office": "虚构秘书处"}
    wrong = client.post("/rounds/begin", form)
    assert wrong.status_code == 400 and "虚构秘书处" in wrong.content.decode() and "写数字" in wrong.content.decode()
    made = client.post("/rounds/begin", form | {"number": "4"}, follow=True)

    assert made.redirect_chain[-1][0] == "/rounds/sanmenxia-4/workbook"
    assert client.post("/rounds/begin", form | {"number": "4"}).status_code == 400
    assert "还没有申报者" in client.get("/rounds/sanmenxia-4/applicants").content.decode()
    assert client.get("/rounds/sanmenxia-4?day=2026-10-17").status_code == 200


HOSTILE = "<script>alert(1)</script>\"'&{{7*191}}{% x %}\u202e=cmd|1"


def test_hostile_names_go_through_every_page(signed_in: Callable[[str], Any]) -> None:
    """A name that is markup, a formula, a template: shown as text wherever it stands."""
    from web.ledger import HOUSE
    from web.questions import answer
    from web.rounds import Draft, Round, take_in

    told = answer("changed", head().facts, [["name", "J08", HOSTILE]], [], 20251017)
    assert told["problems"] == []
    take_in(HOUSE, Round.objects.get(ref="jiyuan-6"), Draft(told["facts"], head(), "sample", HOSTILE, subject=("J08",)))
    client = signed_in("supervision")
    pages = (
        "",
        "/applicants",
        "/applicant/J08",
        "/findings",
        "/workbook",
        "/versions/2",
        "/procedure",
        "/beside?one=J08&two=J09",
    )
    for page in (*(ROUND + page for page in pages), "/ledger", "/rounds"):
        words = client.get(page).content.decode()
        assert "<script>" not in words and "1337" not in words, page
    assert "&lt;script&gt;" in client.get(f"{ROUND}/applicant/J08").content.decode()
    line = next(row for row in client.get(f"{ROUND}/applicants.csv").content.decode().splitlines() if "J08" in row)
    assert "script" in line


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_in_both_languages(lang: str, signed_in: Callable[[str], Any]) -> None:
    """No key, no atom, no predicate stands on a page; the page says its language."""
    client = signed_in("clerk")
    client.get(f"/language/{lang}")
    for page in (
        "/rounds",
        "/rounds/begin",
        ROUND,
        *(f"{ROUND}/{p}" for p in ("applicants", "applicant/J09", "findings", "workbook", "procedure", "enter")),
    ):
        answer = client.get(page)
        words = answer.content.decode()
        assert answer.status_code == 200
        assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in words
        shown = re.sub(r"<[^>]*>", " ", words.partition("<main")[2])
        assert "web." not in shown and "requirement." not in shown and "art(" not in shown, page


def test_the_table_is_searched_filtered_and_exported(signed_in: Callable[[str], Any]) -> None:
    """By outcome, name, provision, who acts; an empty answer says what emptied it and how many there would be."""
    client = signed_in("legal")

    def found(**asked: str) -> list[str]:
        words = client.get(f"{ROUND}/applicants", asked).content.decode()
        return [f"J{n:02}" for n in range(1, 11) if f"/applicant/J{n:02}" in words]

    assert found(status="rejected") == ["J08", "J09", "J10"]
    assert found(q="七号") == ["J07"] and found(waits="finding") == ["J07"]
    assert found(provision="art(22,0,0)") == ["J10"]
    assert found(status="eligible", provision="art(22,0,0)") == []
    empty = client.get(f"{ROUND}/applicants", {"status": "eligible", "provision": "art(22,0,0)"}).content.decode()
    assert "不限结果（1个）" in empty and "不限条文（6个）" in empty
    rows = client.get(f"{ROUND}/applicants.csv", {"status": "rejected"}).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 4 and rows[1].startswith("J08,虚构八号建材销售部,拟不列入,14,")


def test_the_hash_of_a_version_is_that_of_its_facts(samples: object, db: None) -> None:
    """As the command line's records have it."""
    from hashlib import sha256

    from web.work import known

    assert head().facts_hash == sha256(head().facts.encode()).hexdigest()
    assert known("round", head().facts_hash)["record"]["facts_sha256"] == head().facts_hash
    assert json.loads(head().places) == {}


def test_what_was_typed_outlives_the_session(samples: object, db: None) -> None:
    """A form sent after the session's end: the door with everything kept, then the same form again, then done."""
    from django.test import Client

    from web.people.models import User

    client = Client()
    form = {"answer": "yes", "finder": "虚构评审办公室", "day": "2025年10月9日", "facts": "见第三章", "base": "1"}
    refused = client.post(f"{ROUND}/finding/innovation/J07", form)
    token = re.search(r'name="kept" value="([^"]+)"', refused.content.decode())
    assert refused.status_code == 401 and token is not None and "你刚才写的都留着" in refused.content.decode()

    user = User.objects.get(username="clerk")
    user.set_password("sample-desk-2025")
    user.save()
    shown = client.post("/signin", {"username": "clerk", "password": "sample-desk-2025", "kept": token[1]})
    words = shown.content.decode()
    assert "虚构评审办公室" in words and f'action="{ROUND}/finding/innovation/J07"' in words
    sent_again = {name: value for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', words) if name in form}
    assert sent_again == form
    client.post(f"{ROUND}/finding/innovation/J07", sent_again)
    assert 'finding("J07",innovation,yes)' in head().facts
    assert (
        client.post("/signin", {"username": "clerk", "password": "sample-desk-2025", "kept": "forged"}).status_code
        == 302
    )


def test_readings_say_whom_another_choice_would_change(signed_in: Callable[[str], Any]) -> None:
    """Each with its words, the one taken here, and what the others would do; in both languages."""
    client = signed_in("legal")
    words = client.get(f"{ROUND}/readings").content.decode()

    assert words.count("这一届用的") == words.count('class="pick"') > 10
    assert "谁也不变" in words and "理由会变" in words


def test_what_the_regulation_refuses_is_told_before_it_is_stored(signed_in: Callable[[str], Any]) -> None:
    """A panel of nine in a city whose text allows five: well formed, and refused with the provision."""
    client = signed_in("clerk")
    form = {"minimum": "3", "maximum": "9", "reason": "试"}
    refused = client.post(f"{ROUND}/enter/panel_size", form)

    assert refused.status_code == 400 and head().number == 1
    assert "第七条" in refused.content.decode()
    page = sent(client, (head().facts + "panel_size(3,9).\n").encode(), "case.lp")
    assert "还不能采用" in page.content.decode() and "第七条" in page.content.decode()


def test_an_answer_that_does_not_come_is_told_as_a_page(signed_in: Callable[[str], Any]) -> None:
    """Whatever page asked: nothing was changed, and the page says so."""
    from django.test import RequestFactory

    from web.work import Late
    from web.work.lateness import Lateness

    request: Any = RequestFactory().get("/rounds")
    request.lang, request.role = "zh", "clerk"
    from web.people.models import User

    request.user = User.objects.get(username="clerk")
    answer = Lateness(lambda _request: None).process_exception(request, Late("agenda"))

    assert answer is not None and answer.status_code == 503 and "没有改动任何东西" in answer.content.decode()
    assert Lateness(lambda _request: None).process_exception(request, ValueError()) is None
