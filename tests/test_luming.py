"""An invented city with four prizes, two tracks, caps, sums, ranks, records: no Python is changed for it.

The text, the rules and the cases stand in `tests/drafts/luming.*`; here they are put beside the cities' own, and
commands are run on a round of it.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from audit.checks.wordings import worded
from audit.encoding.casetables import table
from audit.encoding.encodings import from_files
from audit.encoding.fidelity import faults
from audit.tables.verdicts import decided
from engine.law.regulation import regulation
from engine.law.rulebook import COMMON
from engine.law.statutes import RULES
from engine.words.names import titled
from tests.elsewhere import all_said

HOUSE = Path(__file__).resolve().parents[1]
DRAFTS = HOUSE / "tests" / "drafts"
GOOD = (
    'applicant("{id}",{kind}). name("{id}","虚构{id}"). seat("{id}",luming). applies_for("{id}",{track}). '
    'endorsement("{id}",county_government,yes). endorsement("{id}",line_department,yes). score("{id}",{score}). '
    'material("{id}",application_form). submitted("{id}",20250901). amount("{id}",tax,2024,"{tax}"). '
    'rank("{id}",revenue,peers,2024,5).\n'
)
SPOILT = (
    ("年度数据", "纳税额（元）", "约三百万"),
    ("年度数据", "主营业务收入在全市同行业的名次", "前五"),
    ("申报单位", "申报类别", "服务类"),
    ("申报单位", "县（区）人民政府推荐意见", "待定"),
    ("不良记录", "处罚领域", "消防"),
    ("获奖历史", "奖项", "市长质量奖"),
)
"""What a clerk puts wrongly into the first row of a sheet under a header."""
WHO = (
    ("A", "organization", "management", 900, "12345678901.50"),
    ("B", "organization", "management", 800, "2000000.00"),
    ("C", "organization", "management", 700, "2000000.01"),
    ("I", "individual", "standards", 850, "0"),
    ("K", "individual", "standards", 840, "0"),
    ("S", "organization", "standards", 600, "0"),
    ("X", "organization", "management", 500, "1999999.99"),
)
CASE = 'round(luming,2,20250930).\nawarded("A",gold,1,20230930).\npenalty("X",quality,20250101).\n' + "".join(
    GOOD.format(id=id, kind=kind, track=track, score=score, tax=tax) for id, kind, track, score, tax in WHO
)
HELD = """
stage_day(qualification,20251010). stage_day(material_review,20251105). stage_day(defence,20251120).
notice(acceptance,20251020,20251027). notice(shortlist,20251110,20251112).
body_member(award_board,"虚构市长",director,deputy_mayor).
winner("Z",organization). name("Z","虚构Z"). awarded("Z",gold,1,20240930). bonus_paid("Z",gold,1).
bonus_use("Z",research,20250101). ground_found("Z",gold,1,duty_refused,20251001).
group("G","C"). in_group("A","G"). reviewer("R"). expertise("R","C"). pool("R",city_experts).
"""
"""How the round went, in the text's own stages, lists, offices, pools, purposes and grounds."""
PASSED = """
stage_result("A",material_review,pass). stage_result("C",material_review,pass). stage_result("X",material_review,pass).
stage_result("B",material_review,fail). office("鹿鸣市市场监督管理局","虚构李某","0000-1234567").
"""
"""Who passed the stage that the text's own list comes after."""
COMMANDS = {
    "list": [
        "--lang",
        "zh",
        "papers",
        "passed.lp",
        "--date",
        "2025-11-09",
        "--only",
        "list_notice",
        "--pdf",
        "-o",
        "list",
    ],
    "stage": ["papers", "passed.lp", "--date", "2025-11-09", "-o", "stage", "--json"],
    "procedure": ["--lang", "zh", "procedure", "held.lp"],
    "review": ["--lang", "zh", "review", "held.lp", "--as-of", "2025-12-01"],
    "revoked": ["review", "held.lp", "--as-of", "2025-12-01", "--json"],
    "why": ["--lang", "zh", "review", "held.lp", "--as-of", "2025-12-01", "--why", "Z"],
    "agenda": ["--lang", "zh", "agenda", "held.lp", "--as-of", "2025-11-11"],
    "petition": [
        "--lang",
        "zh",
        "papers",
        "held.lp",
        "--only",
        "revocation_proposal",
        "--as-of",
        "2025-12-01",
        "-o",
        "papers",
    ],
    "template": ["--lang", "zh", "template", "luming", "-o", "empty.xlsx"],
    "convert": ["facts", "convert", "case.lp", "-o", "case.xlsx"],
    "workbook": ["decide", "case.xlsx", "--json"],
    "schema": ["--lang", "zh", "schema", "--city", "luming"],
    "terms": ["terms", "luming"],
    "strange": ["--lang", "zh", "check", "strange.lp", "--json"],
    "others": ["--lang", "zh", "check", "others.lp", "--json"],
    "decide": ["decide", "case.lp", "--json"],
    "award": ["award", "case.lp", "--json"],
    "check": ["award", "case.lp", "--check", "standard_prize=I,K", "--json"],
    "set": ["--lang", "zh", "award", "case.lp"],
    "letter": ["--lang", "zh", "letter", "case.lp", "X", "-o", "letters"],
    "won": ["--lang", "zh", "why", "case.lp", "K", "won(standard_prize)"],
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What each command says where the new city's files lie beside the others."""
    folder = tmp_path_factory.mktemp("luming")
    shutil.copytree(RULES, folder / "rules", ignore=shutil.ignore_patterns("cases"))
    for suffix in ("md", "lp"):
        shutil.copy(DRAFTS / f"luming.{suffix}", folder / "rules")
    (folder / "case.lp").write_text(CASE, "utf-8")
    (folder / "held.lp").write_text(CASE + HELD, "utf-8")
    (folder / "passed.lp").write_text(CASE + HELD + PASSED, "utf-8")
    (folder / "strange.lp").write_text(CASE.replace('"A",gold', '"A",golden'), "utf-8")
    (folder / "others.lp").write_text(
        'round(jiyuan,6,20250930). applicant("J",organization). awarded("J",gold,1,20200101). '
        'penalty("J",quality,20250101).',
        "utf-8",
    )
    where = {"PYTHONPATH": str(HOUSE), "PINGJIANG_RULES": str(folder / "rules")}
    found = all_said(COMMANDS, folder, **where)
    book = openpyxl.load_workbook(folder / "case.xlsx")
    for sheet, cell, words in SPOILT:
        at = [one.value for one in book[sheet][1]].index(cell) + 1
        book[sheet].cell(2, at).value = words
    book.save(folder / "spoilt.xlsx")
    marked = {"spoilt": ["--lang", "zh", "check", "spoilt.xlsx", "-o", "marked.xlsx", "--json"]}
    found |= all_said(marked, folder, **where)
    empty, told = openpyxl.load_workbook(folder / "empty.xlsx"), openpyxl.load_workbook(folder / "marked.xlsx")
    found["columns"] = 0, json.dumps({one.title: [cell.value for cell in one[1]] for one in empty}, ensure_ascii=False)
    found["marks"] = (
        0,
        "\n".join(
            f"{one.title}!{cell.coordinate}" for one in told for row in one.iter_rows(2) for cell in row if cell.comment
        ),
    )
    found["shortlist"] = 0, (folder / "list" / "进入答辩名单公示.html").read_text("utf-8")
    found["files"] = 0, " ".join(sorted(path.name for path in (folder / "list").iterdir()))
    found["paper"] = 0, next((folder / "papers").glob("撤销请示*.html")).read_text("utf-8")
    return found | {"page": (0, (folder / "letters" / "letter-X.html").read_text("utf-8"))}


COUNTY = {"鹿鸣市": "鹿鸣县", "市长质量奖": "县长质量奖"}
"""What makes a county's text of the city's."""
BY_COUNTY = {
    "papers": ["--lang", "zh", "papers", "case.lp", "--all", "--date", "2025-11-20", "-o", "papers"],
    "agenda": ["--lang", "zh", "agenda", "case.lp", "--as-of", "2025-10-13"],
}
FILED = """
office("鹿鸣县市场监督管理局","虚构李某","0000-1234567"). document_series("鹿市监函",2025,1). announced(20250701).
notice(acceptance,20251020,20251027). notice(proposed_winners,20251121,20251128). supplement_by(20251015).
objection("K",acceptance,dismissed). objection_made("K",acceptance,20251022,"虚构来信人").
asked("虚构部门",20251021,99991231).
applicant("P",organization). name("P","虚构P"). seat("P",luming). applies_for("P",management). submitted("P",20250910).
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages that commands write where a county has the same text: by file, and what they say by command."""
    folder = tmp_path_factory.mktemp("county")
    shutil.copytree(RULES, folder / "rules", ignore=shutil.ignore_patterns("cases"))
    for suffix in ("md", "lp"):
        words = (DRAFTS / f"luming.{suffix}").read_text("utf-8")
        for city, other in COUNTY.items():
            words = words.replace(city, other)
        (folder / "rules" / f"luming.{suffix}").write_text(words, "utf-8")
    (folder / "case.lp").write_text(CASE + FILED, "utf-8")
    found = all_said(BY_COUNTY, folder, PYTHONPATH=str(HOUSE), PINGJIANG_RULES=str(folder / "rules"))
    assert [name for name, (code, _) in found.items() if code] == []
    pages = {path.name: path.read_text("utf-8") for path in folder.rglob("*.html")}
    return {name: words for name, (_, words) in found.items()} | pages


def test_a_county_is_no_city(county: dict[str, str]) -> None:
    strange = re.compile("市长质量奖|本市|市政府|济源|三门峡|第十九条|第三十条")

    assert {name: found[0] for name, words in county.items() if (found := strange.findall(words))} == {}
    assert "县政府：" in county["拟奖名单请示.html"] and "提请县政府审议" in county["拟奖名单请示.html"]
    assert "县政府审议、审定" in county["agenda"]


def test_papers_say_what_this_text_says(county: dict[str, str]) -> None:
    """Its document number, the one list that it wants public and for how long, no period where it names none."""
    told = county["评审公告.html"]

    assert (
        "现将《鹿鸣县县长质量奖管理办法》（鹿政〔2024〕12号，以下简称《办法》）所定第二届鹿鸣县县长质量奖的申报和评审事项公告如下。"
        in told
    )
    assert "申报者应当具备《办法》第四条、第五条规定的条件；有《办法》第六条所列情形的，不得申报。" in told
    assert (
        "评审按照《办法》第十二条进行；受理名单向社会公示，公示时间不少于5个工作日；进入答辩名单向社会公示，公示时间不少于3个工作日。"
        in told
    )
    assert "拟奖名单" not in told
    assert "不少于0个工作日" not in county["拟奖名单公示.html"]
    assert "没有写明依据材料：你单位申报" not in county["papers"]


@pytest.mark.parametrize(
    ("title", "place", "award"),
    [
        ("济源市市长质量奖管理办法", "济源市", "市长质量奖"),
        ("上海市长宁区区长质量奖管理办法", "上海市长宁区", "区长质量奖"),
        ("甘肃省人民政府质量奖管理办法（试行）", "甘肃省", "人民政府质量奖"),
        ("建湖县县长质量奖评审管理办法", "建湖县", "县长质量奖"),
        ("大理白族自治州州长质量奖管理办法", "大理白族自治州", "州长质量奖"),
        ("卓越质量奖评选规定", "", "卓越质量奖"),
    ],
)
def test_a_title_names_the_place_and_the_award(title: str, place: str, award: str) -> None:
    assert titled(title) == (place, award)


def test_the_bench_finds_no_fault_and_every_case_comes_out() -> None:
    subject = from_files("luming", (RULES / COMMON, DRAFTS / "luming.lp"))
    cases = table(DRAFTS / "luming.toml")

    assert [*faults(subject), *worded(subject)] == []
    assert [each.example.id for each in decided(subject, cases).all if not each.agrees] == []
    assert len(cases) > 10


def test_what_the_text_says_by_itself_is_read_from_its_file() -> None:
    own = regulation(DRAFTS / "luming.lp")

    assert own.prizes == ("gold", "silver", "standard_prize", "special")
    assert own.rows("quota", 3)[:2] == (("art(3,0,0)", "golds", 2), ("art(3,0,0)", "silvers", 3))
    assert own.terms("track") == ("management", "standards")


def test_sums_are_compared_to_the_fen(said: dict[str, tuple[int, str]]) -> None:
    code, words = said["decide"]
    outcomes = {one["id"]: one for one in json.loads(words)["applicants"]}

    assert code == 0
    assert {id for id, one in outcomes.items() if one["status"] == "eligible"} == {"A", "B", "C", "I", "K", "S"}
    assert outcomes["A"]["barred_prizes"] == ["gold"]
    assert [(one["provision"], one["requirement"]) for one in outcomes["X"]["failed"]] == [("art(5,0,2)", "tax")]
    assert outcomes["X"]["barred"][0]["events"] == ['penalty("X",quality,20250101)']


def test_it_awards_within_the_caps(said: dict[str, tuple[int, str]]) -> None:
    whole = json.loads(said["award"][1])
    [one] = whole["sets"]
    wins = {prize: one[prize] for prize in ("gold", "silver", "standard_prize", "special")}
    denied = [
        (row["id"], row["reason"], row["provision"], row["ahead"]) for row in whole["not_awarded"] if row["prize"]
    ]

    assert wins == {"gold": ["B", "C"], "silver": ["A"], "standard_prize": ["I", "S"], "special": []}
    assert denied == [("K", "quota_full", "art(3,0,0)", ["I"])]
    assert {row["cap"]: (row["places"], row["taken"], row["vacant"]) for row in one["vacant"]["caps"]} == {
        "golds": (2, 2, 0),
        "golds_and_silvers": (4, 3, 1),
        "silvers": (3, 1, 2),
        "standard_persons": (1, 1, 0),
        "standards_places": (2, 2, 0),
    }
    assert whole["consequences"][0]["plaque"]


def test_a_choice_over_a_cap_is_told_with_its_provision(said: dict[str, tuple[int, str]]) -> None:
    judged = json.loads(said["check"][1])

    assert not judged["lawful"]
    assert {"provision": "art(3,0,0)", "citation": "第三条", "breach": "quota", "ids": ["I", "K"]} in judged["breaches"]


def test_it_speaks_of_its_own_prizes(said: dict[str, tuple[int, str]]) -> None:
    assert "标准创新奖（空缺 0）" in said["set"][1]
    assert "特别贡献奖（不限名额）" in said["set"][1]
    assert "标准创新奖" in said["won"][1]
    assert "你单位2024年度纳税额为1999999.99元" in said["page"][1]


def test_the_workbook_offers_what_the_text_asks(said: dict[str, tuple[int, str]]) -> None:
    columns = json.loads(said["columns"][1])

    assert said["template"][0] == 0
    assert columns["年度数据"] == [
        "编号*",
        "年度*",
        "纳税额（元）",
        "主营业务收入在全市同行业的名次",
        "依据材料",
        "依据文号",
    ]
    assert columns["申报单位"][-3:] == ["申报类别", "县（区）人民政府推荐意见", "行业主管部门推荐意见"]
    assert columns["不良记录"][1:4] == ["记录类型*", "处罚领域", "情形／状态"]
    assert [one for one in columns["轮次"] if "标准分" in one or "名额" in one] == [
        "金奖标准分", "银奖标准分", "标准创新奖标准分", "特别贡献奖标准分", "标准创新奖本届名额",
    ]  # fmt: skip
    assert not {"证书", "认定", "认定人"} & columns.keys()


def test_a_filled_workbook_is_decided_as_its_facts_are(said: dict[str, tuple[int, str]]) -> None:
    assert said["convert"][0] == 0
    assert said["workbook"][0] == 0
    whole, read = json.loads(said["decide"][1]), json.loads(said["workbook"][1])
    assert {**whole, "hints": []} == {**read, "hints": []}


def test_a_faulty_workbook_comes_back_marked(said: dict[str, tuple[int, str]]) -> None:
    code, words = said["spoilt"]

    assert code == 2
    assert "“纳税额(元)”的 约三百万 不是以元为单位、至多两位小数的金额" in words
    assert "“申报类别”没有 服务类 这个选项；可选：质量管理类、标准创新类" in words
    assert "“奖项”没有 市长质量奖 这个选项；可选：金奖、银奖、标准创新奖、特别贡献奖" in words
    assert len(said["marks"][1].split()) == len(SPOILT)


def test_the_schema_and_the_page_of_terms_are_the_texts_own(said: dict[str, tuple[int, str]]) -> None:
    schema = json.loads(said["schema"][1])["properties"]

    assert schema["awarded"]["items"]["properties"]["prize"]["enum"] == ["gold", "silver", "standard_prize", "special"]
    assert schema["penalty"]["items"]["properties"]["field"]["enum"] == ["quality", "environment"]
    assert "### `amount(applicant, what, year, yuan)`" in said["terms"][1]
    assert "`tax` 纳税额, tax paid" in said["terms"][1]
    assert "市长质量奖提名奖" not in said["terms"][1]


def test_a_term_of_another_text_is_refused_in_the_name_of_the_own(said: dict[str, tuple[int, str]]) -> None:
    assert said["strange"][0] == said["others"][0] == 2
    assert (
        "〔golden〕不是《鹿鸣市市长质量奖管理办法》设立的奖项；应为 gold、silver、standard_prize、special；是否要 gold"
        in (said["strange"][1])
    )
    assert "〔gold〕不是《济源市市长质量奖管理办法》设立的奖项；应为 main、nomination" in said["others"][1]
    assert "《济源市市长质量奖管理办法》没有规定处罚领域（field），〔quality〕不能填写" in said["others"][1]


def test_the_round_is_checked_by_the_texts_own_tables(said: dict[str, tuple[int, str]]) -> None:
    """Its list, its board's director, what its money is for."""
    told = said["procedure"][1]

    assert "第十二条  名单公示的工作日\n    实际：2\n    应为：3" in told
    assert "第十三条  机构任职的身份\n    实际：分管副市长\n    应为：市人民政府主要负责人" in told
    assert "应为：质量持续改进、质量技术共享" in told


def test_the_agenda_follows_the_texts_own_stages_and_lists(said: dict[str, tuple[int, str]]) -> None:
    steps = [line.split()[1] for line in said["agenda"][1].splitlines()[2:11]]

    assert "未定日期 公布进入答辩名单" not in said["agenda"][1]
    assert "进入答辩名单公示期满" in said["agenda"][1]
    assert steps == [
        "发布评审公告", "申报", "资格审查", "受理名单公示", "材料评审", "进入答辩名单公示", "答辩", "拟奖名单公示",
        "市政府审议、审定",
    ]  # fmt: skip


def test_terms_stand_in_the_order_of_the_text() -> None:
    """Of the stages only one is worded there; the others are called as everywhere, and all stand as declared."""
    found = regulation(DRAFTS / "luming.lp")

    assert found.terms("stage") == ("qualification", "material_review", "defence", "approval")
    assert found.terms("prize") == ("gold", "silver", "standard_prize", "special")


def test_a_list_of_the_texts_own_is_written_as_a_paper(said: dict[str, tuple[int, str]]) -> None:
    """Who passed the stage before it and is accepted; in the words of the text, under its provision, for its days."""
    told = re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", said["shortlist"][1].split("</style>")[-1]))

    assert said["files"][1].split() == ["index.html", *(f"进入答辩名单公示.{form}" for form in ("docx", "html", "pdf"))]
    assert told.startswith(
        "草稿未定稿第二届鹿鸣市市长质量奖进入答辩名单公示依照《鹿鸣市市长质量奖管理办法》（鹿政〔2024〕12号）"
        "第十二条，形成第二届鹿鸣市市长质量奖进入答辩名单，现予公示。组织序号名称1虚构A2虚构C公示时间："
        "2025年11月10日至2025年11月13日（公布当日不计，共3个工作日）。"
    )
    assert "进入答辩名单公示：案卷登记的公示到2025年11月12日为止，不足3个工作日" in said["list"][1]
    assert json.loads(said["stage"][1])["stage"] == "review"
    assert "list_notice" in [one["kind"] for one in json.loads(said["stage"][1])["papers"]]


def test_a_title_is_revoked_on_the_texts_own_ground(said: dict[str, tuple[int, str]]) -> None:
    [one] = json.loads(said["revoked"][1])["revocations"]

    assert (one["ground"], one["provision"], one["ban_years"]) == ("duty_refused", "art(16,0,0)", None)
    assert one["remedies"] == ["revoke", "recover_certificate", "recover_plaque", "publish"]
    assert one["events"] == ['ground_found("Z",gold,1,duty_refused,20251001)']
    assert "由市质量奖评定委员会办公室提请市政府批准" in said["review"][1]
    assert "第1届金奖 · 拒不履行经验推广义务" in said["why"][1]
    assert "以不正当手段" not in said["why"][1]
    assert "撤销虚构Z第一届鹿鸣市市长质量奖金奖称号，收回证书和奖牌，并向社会公开" in said["paper"][1]
