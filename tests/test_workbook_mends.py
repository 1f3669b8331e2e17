"""What a person decided that a part of a workbook is read as: read so, told with its place, written into the copy."""

from functools import cache
from io import BytesIO

import openpyxl
import pytest

from desk.workbook import Offers, choices, marked, template
from engine import Case, read
from engine.case import Mend
from engine.errors import CaseError
from engine.facts import text

ROWS = {
    "轮次": {"城市": "济源市", "届次": 6, "申报截止日": "2025-09-30"},
    "申报单位": {"编号": "J01", "申报类型": "组织", "单位名称": "虚构一号公司"},
    "不良记录": {"编号": "虚构一号公司", "记录类型": "列入失信联合惩戒对象名单", "开始日期": "2025-01-02"},
    "证书": {"编号": "J01", "证书类别": "质量管理体系认证", "有效期起": "2024-01-02", "有效期至": "2027-01-01"},
}


@cache
def workbook() -> bytes:
    """A workbook whose records of what stands against somebody are named otherwise, one column and one cell too."""
    book = openpyxl.load_workbook(BytesIO(template("jiyuan")))
    book["证书"]["D1"] = "有效期至"
    for sheet, values in ROWS.items():
        headers = {str(cell.value).rstrip("*"): cell.column for cell in book[sheet][1]}
        for header, value in values.items():
            book[sheet].cell(2, headers[header], value)
    book["不良记录"].title = "不良信息"
    book["读法"]["F9"] = "=COUNTA(不良信息!A2:A9)+COUNTA('不良信息'!A2)+COUNTA(旧不良信息!A2)"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


MENDS = [
    Mend("sheet", "不良信息", "不良记录"),
    Mend("column", "有效期至", "有效期止", "证书", "D1"),
    Mend("name", "虚构一号公司", "J01"),
]


def tried(mends: list[Mend]) -> tuple[Case | None, list[str]]:
    """The case, or the problems that keep it from being one."""
    try:
        return read({"a.xlsx": workbook()}, mends=mends), []
    except CaseError as error:
        return None, sorted(problem.code for problem in error.problems)


def test_what_is_meant_is_read() -> None:
    """Each mend takes its own problem away; with all three the case is read whole, the name only where it is one."""
    assert tried([]) == (None, ["workbook_column_near", "workbook_sheet_near"])
    assert tried(MENDS[:1]) == (None, ["undeclared", "workbook_column_near"])
    assert tried(MENDS[:2]) == (None, ["undeclared"])
    case, problems = tried(MENDS)
    assert case is not None and problems == []
    assert list(map(text, case.about("J01"))) == [
        'applicant("J01",organization)',
        'certificate("J01",qms,20240102,20270101)',
        'dishonesty_listing("J01",20250102,99991231)',
        'name("J01","虚构一号公司")',
    ]


def test_a_mend_that_fits_nothing_changes_nothing() -> None:
    """A sheet that is not there, a name that is taken, a header that says something else, a name that nobody bears."""
    wrong = [
        Mend("sheet", "没有的表", "不良记录"),
        Mend("sheet", "不良信息", "证书"),
        Mend("column", "有效期至", "有效期止", "证书", "C1"),
        Mend("column", "有效期至", "有效期止", "没有的表", "D1"),
        Mend("name", "虚构二号公司", "J01"),
    ]
    assert tried(wrong) == tried([])


def test_the_offer_is_what_the_problem_asks() -> None:
    """Sheet, column; the name where one bearer is declared, and none where two bear it."""
    with pytest.raises(CaseError) as error:
        read({"a.xlsx": workbook()}, mends=MENDS[:1])
    offers = Offers(error.value.pile)
    assert [offers.of(problem) for problem in error.value.problems] == [MENDS[2], MENDS[1]]
    rows = error.value.pile.rows
    rows["name"] = (*rows["name"], ("J02", "虚构一号公司"))
    rows["applicant"] = (*rows["applicant"], ("J02", "organization"))
    assert Offers(error.value.pile).of(error.value.problems[0]) is None


def test_the_copy_says_what_was_read() -> None:
    """Sheet, header and cell bear what is meant, each with a note of what it was; formulas follow their sheet."""
    case, _ = tried(MENDS)
    assert case is not None and case.pile is not None
    found = [(place.sheet, place.cell, mend.kind) for place, mend in case.pile.sources[0].mended]
    assert found == [("不良记录", "A1", "sheet"), ("证书", "D1", "column"), ("不良记录", "A2", "name")]
    book = openpyxl.load_workbook(BytesIO(marked(workbook(), (), "zh", case.pile.sources[0].mended)[0]))
    said = {cell.coordinate: cell.comment.text for cell in (book["不良记录"]["A2"], book["证书"]["D1"])}
    assert said["A2"] == "已改读：原写“虚构一号公司”，按编号 J01 读" and book["不良记录"]["A2"].value == "J01"
    assert (
        said["D1"].endswith("已改读：表头原为“有效期至”，按“有效期止”栏读") and book["证书"]["D1"].value == "有效期止"
    )
    assert book["读法"]["F9"].value == "=COUNTA('不良记录'!A2:A9)+COUNTA('不良记录'!A2)+COUNTA(旧不良信息!A2)"


def test_what_is_left_out_is_gone_and_nothing_else() -> None:
    """A sheet, a column with a header, what stands under none; what fits nothing changes nothing."""
    book = openpyxl.load_workbook(BytesIO(workbook()))
    book.create_sheet("我的记录")["A1"] = "周三催交"
    page = book["证书"]
    last = page.max_column
    page.cell(1, last + 1, "备注")
    page.cell(2, last + 1, "原件已看")
    page.cell(2, last + 2, "另抄")
    out = BytesIO()
    book.save(out)
    offered = [
        mend
        for account in read({"a.xlsx": out.getvalue()}, mends=MENDS).accounts
        for mend in choices(account)
        if mend.kind.startswith("leave") and account.sheet != "读法"
    ]
    names = [page.cell(1, last + 1).coordinate, page.cell(2, last + 2).coordinate]
    assert offered == [
        Mend("leave", "备注", "", "证书", names[0]),
        Mend("leave_unnamed", "另抄", "", "证书", names[1]),
        Mend("leave_sheet", "我的记录", ""),
    ]
    case = read({"a.xlsx": out.getvalue()}, mends=[*MENDS, *offered])
    assert case.canonical == read({"a.xlsx": workbook()}, mends=MENDS).canonical
    assert "我的记录" not in {account.sheet for account in case.accounts}
    assert [mend for account in case.accounts for mend in choices(account) if account.sheet != "读法"] == []
    wrong = [Mend("leave", "别的", "", "证书", names[0]), Mend("leave_sheet", "没有的表", "")]
    assert read({"a.xlsx": out.getvalue()}, mends=[*MENDS, *wrong]).accounts != case.accounts
