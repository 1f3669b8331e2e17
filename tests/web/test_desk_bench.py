"""The lawyer's bench: the page of a regulation, what is said of a case, the table to the byte, export and import."""

import json
import tomllib
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from desk.shell.cli import run

CASE = "a8_i1_legal_form_failed"
SHOWN = {
    lang: {
        "city": "jiyuan", "title": "济源市市长质量奖管理办法", "faults": [], "unsaid": [], "tried": 1,
        "turns": [
            {
                "about": "8-0-2", "citation": "第八条第（二）项", "key": "ban_start", "choice": "finding",
                "facts": ['applicant("A",organization)', 'submitted("A",20250930)'], "deadline": 20250930,
                "reading": "看哪一天的名单", "choice_words": "曾经在名单上", "words": "某单位交了申报书",
                "default": "待补正或待认定", "other": "拟不列入",
            }
        ],
        "counts": {"all": 1, "differs": 0, "lapsed": 0, "open": 1, "contested": 0},
        "sections": [
            {
                "at": "8-0-1", "citation": "第八条第（一）项", "chapter": "第三章 申报条件", "classes": ["D"],
                "reason": "", "words": [{"lit": True, "words": "依法"}], "points": [], "gaps": [], "places": [],
                "source": "", "seal": "0", "readings": [], "applied": None,
                "cases": [
                    {
                        "id": CASE, "outcome": "", "label": "拟不列入", "words": "没有法人资格", "state": "", "by": "",
                        "on": "", "remark": "", "before": "", "now": "", "earlier": [], "asked": False,
                        "signable": True, "marks": ["open"], "seal": "", "comments": [],
                    }
                ],
            }
        ],
    }
    for lang in ("zh", "en")
}  # fmt: skip
"""A page of one provision with one generated case: working the whole one out takes long, and is tried apart."""


@pytest.fixture
def legal(signed_in: Callable[[str], Any]) -> Any:
    """A browser of the lawyer, the page of Jiyuan's regulation worked out."""
    from web.bench.tables import current
    from web.work import put

    put([(("bench", "jiyuan", current("jiyuan"), {}), SHOWN)])
    return signed_in("legal")


def words(answer: Any) -> str:
    """The page as text, without what only keeps words together."""
    return unescape(answer.content.decode()).replace('<span class="keep">', "").replace("</span>", "")


def test_what_is_said_of_a_case_is_an_act_and_the_command_lines_table(legal: Any, tmp_path: Path) -> None:
    """Contest, then accept: both stand with name, day, seal and why; the file is the command line's to the byte."""
    import shutil

    from engine.law import RULES
    from web.bench.models import Table
    from web.ledger.models import Act

    page = words(legal.get("/bench/jiyuan"))
    assert "没有法人资格" in page and "没有人确认" in page
    silent = legal.post("/bench/jiyuan/say", {"id": CASE, "act": "contest", "at": "8-0-1"})
    assert silent.status_code == 400 and "写明理由" in words(silent)

    legal.post("/bench/jiyuan/say", {"id": CASE, "act": "contest", "remark": "条文没有这样写", "at": "8-0-1"})
    page = words(legal.get("/bench/jiyuan?show=contested"))
    assert "条文没有这样写" in page and "虚构法制员丁（法制员）" in page
    legal.post("/bench/jiyuan/say", {"id": CASE, "act": "accept", "remark": "", "at": "8-0-1"})
    silent = legal.post("/bench/jiyuan/say", {"id": CASE, "act": "comment", "at": "8-0-1"})
    assert silent.status_code == 400
    legal.post("/bench/jiyuan/say", {"id": CASE, "act": "comment", "remark": "先问登记机关", "at": "8-0-1"})
    page = words(legal.get("/bench/jiyuan"))
    assert "已确认" in page and "以前的1次" in page and "的意见：先问登记机关" in page

    report = words(legal.get("/bench/jiyuan/report"))
    assert "没有法人资格" in report and "没有人回答的问题：1个" in report
    assert "没有人确认：没有" in report and "条文没有这样写" in report and "虚构法制员丁（法制员）" in report

    acts = list(Act.objects.filter(about="bench jiyuan"))
    assert [one.kind for one in acts] == ["case_commented", "case_accepted", "case_contested"]
    table = Table.objects.last()
    row = next(one for one in tomllib.loads(table.text)["case"] if one["id"] == CASE)
    assert row["signed"]["seal"] == json.loads(acts[0].details)["seal"]
    assert legal.get("/bench/jiyuan/table").content.decode() == table.text

    shutil.copytree(RULES, tmp_path / "rules")
    common = ["--by", "虚构法制员丁", "--as", "法制员", "--on", row["signed"]["on"], "--lang", "zh"]
    place = str(tmp_path / "rules" / "jiyuan.lp")
    assert run(["audit", "cases", place, "--contest", CASE, "--remark", "条文没有这样写", *common]) == 0
    assert run(["audit", "cases", place, "--accept", CASE, *common]) == 0
    assert run(["audit", "cases", place, "--comment", CASE, "--remark", "先问登记机关", *common]) == 0
    assert (tmp_path / "rules" / "cases" / "jiyuan_audit.toml").read_text("utf-8") == table.text


def test_only_a_lawyer_speaks_and_only_of_what_can_be_signed(legal: Any, signed_in: Callable[[str], Any]) -> None:
    """Another role is refused; an unknown case too; nothing is kept of either."""
    from web.bench.models import Table

    assert signed_in("head").post("/bench/jiyuan/say", {"id": CASE, "act": "accept"}).status_code == 403
    unknown = legal.post("/bench/jiyuan/say", {"id": "nobody", "act": "accept", "remark": ""})
    assert unknown.status_code == 400 and "nobody" in words(unknown) and not Table.objects.exists()
    assert legal.get("/bench/atlantis").status_code == 404


def test_a_table_goes_out_and_comes_in_to_the_byte(legal: Any, samples: Path, tmp_path: Path) -> None:
    """Exported, imported with an act, exported again: the same bytes; what is no table is refused."""
    from web.bench.models import Table
    from web.bench.tables import current

    first, again = tmp_path / "one.toml", tmp_path / "two.toml"
    data = ["--data", str(samples), "--lang", "zh"]
    assert run(["audit", "export", "jiyuan", "--into", str(first), *data]) == 0
    assert first.read_bytes() == current("jiyuan").encode()
    first.write_bytes(b"# from elsewhere\n" + first.read_bytes())
    assert run(["audit", "import", "jiyuan", str(first), *data]) == 0
    assert run(["audit", "export", "jiyuan", "--into", str(again), *data]) == 0
    assert again.read_bytes() == first.read_bytes() and Table.objects.get().text == again.read_text("utf-8")

    (tmp_path / "bad.toml").write_text("case = [", "utf-8")
    assert run(["audit", "import", "jiyuan", str(tmp_path / "bad.toml"), *data]) == 2
    assert Table.objects.count() == 1


@pytest.mark.slow
def test_the_whole_bench_of_a_city() -> None:
    """Every provision with its words and cases; what is shown after a word is what is worked out anew."""
    from web.inquiries.encodings import bench, bench_signed, shipped_table

    table = shipped_table("jiyuan")
    shown = bench("jiyuan", table, {})
    assert shown["zh"]["counts"]["differs"] == 0 and shown["zh"]["faults"] == []
    assert {piece["lit"] for one in shown["zh"]["sections"] for piece in one["words"]} == {True, False}
    cases = {case["id"]: case for one in shown["zh"]["sections"] for case in one["cases"]}
    assert len(cases) == shown["zh"]["counts"]["all"]
    assert cases["interest_declared"]["label"] == "评审组：利害关系：R A 本人申报的利害关系，S X 本人申报的利害关系"
    said = {"id": CASE, "act": "accept", "remark": ""}
    made = bench_signed("jiyuan", table, {}, said, "虚构法制员丁", 20261127, "法制员", shown)
    fresh = bench("jiyuan", made["table"], {})
    assert made["shown"]["zh"]["counts"]["open"] == shown["zh"]["counts"]["open"] - 1 == fresh["zh"]["counts"]["open"]


def test_a_case_is_written_by_form(legal: Any, tmp_path: Path) -> None:
    """Facts of the vocabulary one by one, what is missing, what must come out: a row that the command line reads."""
    from audit.opinions.ledger import opinions
    from web.bench.models import Table
    from web.ledger.models import Act

    address = "/bench/jiyuan/write"
    draft = {"about": "9-0-4", "base": "business", "kind": "accident", "act": "put"}
    typed = {"v-kind": "safety", "v-grade": "considerable", "v-liability": "liable", "v-day": "2024年1月1日"}
    wrong = legal.post(address, draft | typed | {"v-day": "2024年2月30日", "v-grade": ""})
    assert wrong.status_code == 400 and "有2处要改" in words(wrong) and "没有这一天" in words(wrong)
    fact = 'accident("A",safety,considerable,liable,20240101)'
    page = words(legal.post(address, draft | typed))
    assert f'name="fact" value="{fact}"' in page and "第九条第（四）项（发生事故）不得申报" in page

    draft |= {"fact": [fact, 'self_score("A",490)'], "without": 'legal_form("A",legal_person)', "act": "write"}
    unsaid = legal.post(address, draft)
    assert unsaid.status_code == 400 and "选明应当的结果" in words(unsaid) and not Table.objects.exists()
    grounds = ["barred art(9,0,4) accident", "open art(8,0,1) legal_form", "failed art(10,0,0) self_score"]
    wanted = {"wanted": "own", "status": "rejected", "ground": grounds, "remark": "三项都有"}
    done = legal.post(address, draft | wanted)
    assert done["Location"] == "/bench/jiyuan?at=9-0-4#c-a9_i4_written_1"
    (tmp_path / "t.toml").write_text(Table.objects.get().text, "utf-8")
    case = opinions(tmp_path / "t.toml")["a9_i4_written_1"].example
    assert case.expect == {
        "status": "rejected", "failed": ["art(10,0,0) self_score"], "open": ["art(8,0,1) legal_form"],
        "barred": {"art(9,0,4) accident": [fact]},
    }  # fmt: skip
    assert set(case.changes) == {
        fact, 'self_score("A",490)', '-legal_form("A",legal_person)', '-self_score("A",501)'
    }  # fmt: skip
    assert case.signed and (case.signed.by, case.signed.role) == ("虚构法制员丁", "法制员")
    assert (Act.objects.first().kind, Act.objects.first().reason) == ("case_written", "三项都有")


def test_questions_are_answered_in_the_page(legal: Any, tmp_path: Path) -> None:
    """A reading's and a slip's question become signed cases of the table; a no says why; one that is old is refused."""
    from audit.opinions.ledger import opinions
    from web.bench.models import Inquiry, Table
    from web.bench.questioning import _asked
    from web.ledger.models import Act
    from web.questions import answer
    from web.rounds import Round
    from web.work import known

    facts = ['applicant("A",organization)', 'self_score("A",490)', 'submitted("A",20250930)']
    draft = {"about": "10-0-0", "base": "", "without": [], "facts": facts, "deadline": 20250930}
    slip = {
        "about": "10-0-0", "kind": {"zh": "比较改变", "en": "comparison"}, "place": "jiyuan.lp:1", "before": "S > 500",
        "after": "S >= 500", "words": {"zh": "自评490分", "en": "490 points"}, "now": {"zh": "拟不列入", "en": "no"},
        "facts": facts, "deadline": 20250930, "beside": False,
        "shown": answer("case_tried", "jiyuan", answer("shipped_table", "jiyuan"), {}, draft)["shown"],
    }  # fmt: skip
    stale = {**slip, "facts": facts[:2], "shown": ['eligible("A")']}
    told = {"at": "10-0-0", "tried": 2, "noticed": 1, "same": 0, "questions": [slip, stale]}
    Inquiry.objects.create(city="jiyuan", at="10-0-0", told=json.dumps(told), table="0", made="2026-01-01T00:00:00")

    page = words(legal.get("/bench/jiyuan/questions"))
    assert "还有3个问题等人回答" in page and "自评490分" in page and "曾经在名单上" in page
    assert "没有算过" in page and legal.get("/rounds/jiyuan-6/readings").status_code == 200
    page = words(legal.get("/bench/jiyuan/questions"))
    turned = known("turned", Round.objects.get(ref="jiyuan-6").head.facts)
    [there] = [
        each for one in turned if one["key"] == "ban_start" for each in one["choices"] if each["choice"] == "finding"
    ]
    assert "没有算过" not in page and [who["id"] for who in there["changes"]] == ["J10"]
    assert "1个会变：" in page and "/rounds/jiyuan-6/applicant/J10" in page
    reading, asked, old = (each["key"] for each in _asked("jiyuan", SHOWN["zh"]))
    address = "/bench/jiyuan/answer"
    assert legal.post(address, {"key": asked, "act": "contest"}).status_code == 400
    outdated = legal.post(address, {"key": old, "act": "accept"})
    assert outdated.status_code == 409 and "规则改过" in words(outdated) and not Table.objects.exists()
    assert legal.post(address, {"key": asked, "act": "contest", "remark": "490分也可以"}).status_code == 302
    assert legal.post(address, {"key": reading, "act": "accept"}).status_code == 302

    (tmp_path / "t.toml").write_text(Table.objects.last().text, "utf-8")
    found = opinions(tmp_path / "t.toml")
    no, yes = found["a10_slip_1"], found["a8_i2_reading_1"]
    assert (no.contested, no.remark, no.signed.by) == (True, "490分也可以", "虚构法制员丁")
    assert (yes.contested, yes.signed.role, set(yes.example.facts)) == (
        False,
        "法制员",
        set(SHOWN["zh"]["turns"][0]["facts"]),
    )
    page = words(legal.get("/bench/jiyuan/questions"))
    assert "还有1个问题等人回答" in page and "有异议" in page and "490分也可以" in page
    assert [one.kind for one in Act.objects.filter(about="bench jiyuan")] == ["question_answered"] * 2


def test_what_changed_since_a_signature_stands_side_by_side(legal: Any) -> None:
    """What a seal is of is kept as it is signed; beside it a word and a number of now; else only the hash is known."""
    from copy import deepcopy

    from web.bench.models import Sealed
    from web.bench.tables import current
    from web.work import Kept, key, put

    legal.post("/bench/jiyuan/say", {"id": CASE, "act": "accept", "remark": "", "at": "8-0-1"})
    kept = Sealed.objects.get()
    told = json.loads(kept.told)
    assert (kept.at, kept.seal) == ("8-0-1", told["seal"]) and "正常运行5年以上" in told["words"]

    lapsed = deepcopy(SHOWN)
    for page in lapsed.values():
        page["sections"][0]["cases"][0] |= {
            "state": "lapsed", "marks": ["lapsed"], "seal": "f" * 16, "by": "丁", "on": "2026-09-02",
            "before": "拟列入", "now": "拟不列入",
        }  # fmt: skip
    asked = ("bench", "jiyuan", current("jiyuan"), {})
    Kept.objects.filter(pk=key(*asked)).delete()
    put([(asked, lapsed)])
    address = f"/bench/jiyuan/changed?at=8-0-1&seal={'f' * 16}"
    assert address.replace("&", "&amp;") in legal.get("/bench/jiyuan").content.decode()
    assert "这次确认只留下了指纹" in words(legal.get(address))

    [own] = [one for one in told["rules"] if one["text"].startswith("started(A,Day,5)")]
    before = {**own, "text": own["text"].replace("5", "4"), "words": {"zh": "原来是4", "en": "4"}}
    rules = [before if one is own else one for one in told["rules"]]
    then = {**told, "words": told["words"].replace("5年", "4年"), "rules": rules}
    Sealed.objects.create(city="jiyuan", at="8-0-1", seal="f" * 16, told=json.dumps(then), made="2026-09-02T00:00:00")
    page = words(legal.get(address))
    assert "第八条第（一）项的条文改了，规则改了1处" in page and "只留下了指纹" not in page
    assert "<del>4</del>" in page and "<ins>5</ins>" in page and "原来是4" in page
    assert legal.get(address.replace("8-0-1", "9-0-9")).status_code == 404


def test_two_encodings_stand_side_by_side(legal: Any) -> None:
    """One of the two is chosen or sent; the work is a job; what differs stands beside it with what it rests on."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from engine.law import RULES
    from web.work import Job, put

    address = "/bench/jiyuan/compare"
    lp = (RULES / "jiyuan.lp").read_text("utf-8")
    draft = lp.replace("#const min_years = 5.", "#const min_years = 4.")
    assert draft != lp
    neither = legal.post(address, {"other": ""})
    assert neither.status_code == 400 and "二者取一" in words(neither)
    bad = legal.post(address, {"other": "", "file": SimpleUploadedFile("a.lp", b"foo( :- .\n")})
    assert bad.status_code == 400 and "规则读不懂" in words(bad) and not Job.objects.filter(kind="compare").exists()
    place = {"citation": "第八条第（一）项", "words": "正常运行5年以上", "points": {"zh": [], "en": []}}
    side = {"title": "济源市市长质量奖管理办法", "provisions": {"8-0-1": place}}
    one = {
        "words": {"zh": "自2020年10月1日起运行"}, "deadline": "2025-09-30", "cited": [["8-0-1"], []],
        "outcomes": [{"zh": "拟不列入"}, {"zh": "拟列入"}],
    }  # fmt: skip
    found = {
        "sides": [side, side], "witnesses": [one], "changed": [], "deadlines": ["2025-09-30"], "bounds": {"facts": 9}
    }  # fmt: skip
    more = {"md": (RULES / "jiyuan.md").read_text("utf-8"), "lp": draft, "cases": ""}
    put([(("encodings_compared", "jiyuan", {}, "jiyuan-draft", more), found)])  # the search itself takes minutes
    done = legal.post(address, {"other": "", "file": SimpleUploadedFile("a.lp", draft.encode())})
    job = Job.objects.get(kind="compare")
    assert json.loads(job.arguments) == ["jiyuan", {}, "jiyuan-draft", more] and job.state == "done"
    page = words(legal.get(done["Location"]))
    assert "有1份案卷两边结果不同" in page and "自2020年10月1日起运行" in page and "（草稿）" in page


def test_cases_of_panels_are_signed_in_the_page_too(
    signed_in: Callable[[str], Any], samples: Path, tmp_path: Path
) -> None:
    """They stand in a table of their own: the command line's to the byte, taken out and in again."""
    import shutil
    from copy import deepcopy

    from engine.law import RULES
    from web.bench.models import Sealed, Table
    from web.bench.tables import tables
    from web.ledger.models import Act
    from web.questions import answer
    from web.work import put

    case = "panel_pair_20"
    shown = deepcopy(SHOWN)
    for page in shown.values():
        [own] = page["sections"][0]["cases"]
        page["sections"].append(
            page["sections"][0] | {"at": "0-0-0", "citation": "其他", "cases": [own | {"id": case, "outcome": "round"}]}
        )
    put([(("bench", "jiyuan", tables("jiyuan"), {}), shown)])
    legal = signed_in("legal")
    sent = {"id": case, "at": "0-0-0"}
    assert legal.post("/bench/jiyuan/say", sent | {"act": "contest"}).status_code == 400
    legal.post("/bench/jiyuan/say", sent | {"act": "contest", "remark": "不是这样"})
    legal.post("/bench/jiyuan/say", sent | {"act": "accept", "remark": ""})
    page = words(legal.get("/bench/jiyuan?at=0-0-0"))
    assert "已确认" in page and "以前的1次" in page and "不是这样" in page
    assert [one.kind for one in Act.objects.filter(about="bench jiyuan")] == ["case_accepted", "case_contested"]
    assert {one.city for one in Table.objects.all()} == {"panels_jiyuan"}
    kept = json.loads(Sealed.objects.get().told)
    assert (kept["at"], kept["question"], kept["rules"] != []) == ("0-0-0", "panels", True)
    told = answer("seal_changes", "jiyuan", {}, "0-0-0", kept, "zh")
    assert (told["citation"], told["seal"], told["rules"]) == ("不属于单独一条的", kept["seal"], [])
    text = legal.get("/bench/jiyuan/table?for=panels").content
    assert text.decode() == Table.objects.last().text
    on = next(one for one in tomllib.loads(text.decode())["case"] if one["id"] == case)["signed"]["on"]

    shutil.copytree(RULES, tmp_path / "rules")
    common = ["--for", "panels", "--by", "虚构法制员丁", "--as", "法制员", "--on", on, "--lang", "zh"]
    place = str(tmp_path / "rules" / "jiyuan.lp")
    assert run(["audit", "cases", place, "--contest", case, "--remark", "不是这样", *common]) == 0
    assert run(["audit", "cases", place, "--accept", case, *common]) == 0
    file = tmp_path / "rules" / "cases" / "panels_jiyuan_audit.toml"
    assert file.read_bytes() == text
    data = ["--for", "panels", "--data", str(samples), "--lang", "zh"]
    file.write_bytes(b"# from elsewhere\n" + text)
    assert run(["audit", "import", "jiyuan", str(file), *data]) == 0
    assert run(["audit", "export", "jiyuan", "--into", str(tmp_path / "out.toml"), *data]) == 0
    assert (tmp_path / "out.toml").read_bytes() == file.read_bytes()
