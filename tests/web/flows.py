"""What several browser tests do: sign in, wait for what is computed, take a round from a workbook to a letter sent."""

from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

ROUND = "/rounds/jiyuan-6"


def enter(browser: Any, desk: str, name: str, **context: Any) -> Any:
    """A page of a fresh browser in which somebody has signed in."""
    page = browser.new_context(base_url=desk, **context).new_page()
    page.set_default_timeout(60_000)
    page.goto("/signin")
    page.fill("#f-username", name)
    page.fill("#f-password", "sample-desk-2025")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rounds")
    return page


def settled(page: Any) -> None:
    """Wait until what is computed is there."""
    while page.locator("progress").count():
        page.wait_for_timeout(300)


def whole_round(browser: Any, desk: str, folder: Path) -> None:
    """Upload with a fault, marked; sound, compared, taken in; why; a letter prepared, released by another, sent.

    The supervisor finds every act, the chain whole, and nothing to press.
    """
    page = enter(browser, desk, "clerk", accept_downloads=True)
    page.goto(f"{ROUND}/workbook")
    with page.expect_download() as given:
        page.click("text=下载第1版工作簿")
    book = load_workbook(BytesIO(Path(given.value.path()).read_bytes()))
    sheet = book["申报单位"]
    column = next(cell.column for cell in sheet[1] if str(cell.value).startswith("自评分"))
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == "J08")
    for value in ("很多", 620):
        sheet.cell(row, column, value)
        book.save(folder / f"{value}.xlsx")

    page.set_input_files("#file", folder / "很多.xlsx")
    page.click("text=读一读")
    assert page.inner_text("h1") == "这本工作簿还不能采用"
    with page.expect_download() as marked:
        page.click("text=下载标红的工作簿")
    assert marked.value.suggested_filename == "很多-标红.xlsx"

    page.click("text=上传改好的")
    page.set_input_files("#file", folder / "620.xlsx")
    page.click("text=读一读")
    assert page.inner_text("h1") == "这本工作簿可以采用"
    assert "1个的理由会变" in page.inner_text(".say")
    page.fill("#f-reason", "J08更正自评分")
    page.click("text=采用为第2版")
    page.wait_for_url(f"**{ROUND}")
    settled(page)
    page.goto(f"{ROUND}/applicant/J08")
    settled(page)
    assert "第十条" not in page.inner_text(".say") and "11项条件不符合" in page.inner_text(".say")
    assert "J08更正自评分" in page.inner_text("main")

    page.goto(f"{ROUND}/papers/prepare?kind=rejection_letter")
    page.check('tr:has-text("J07") input[type=checkbox]')
    page.fill("#f-day", "2025年10月20日")
    page.click("text=备好")
    page.wait_for_url("**/papers/draft/*")
    assert "由负责人签发" in page.inner_text("main") and page.locator("form[action$=release]").count() == 0

    head = enter(browser, desk, "head")
    head.goto(page.url)
    for tick in head.locator("form[action$=release] input[type=checkbox]").all():
        tick.check()
    head.click("form[action$=release] button")
    head.wait_for_url("**/papers/out/*")
    assert "样例质奖告〔2025〕1号" in head.inner_text("h1")

    page.goto(head.url)
    page.select_option("#f-kind", "dispatched")
    page.fill("#f-day", "2025-10-21")
    page.fill("#f-how", "邮寄")
    page.click("form[action$=deliver] button")
    page.wait_for_load_state()
    assert "2025年10月21日" in page.inner_text("ol.line")

    watch = enter(browser, desk, "supervision")
    watch.goto("/ledger?check=1")
    assert "首尾相接，没有缺、没有改" in watch.inner_text(".say")
    assert watch.locator('td:has-text("采用工作簿")').count() == 1
    assert watch.locator("main form[method=post]").count() == 0
    for words in ("备好文书", "签发文书", "发出文书"):
        assert watch.locator(f'td:has-text("{words}")').count() == 1, words
