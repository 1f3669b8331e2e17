"""The desk in a real browser, against a real `pingjiang serve`: flows, keyboard, widths, print, accessibility."""

import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parent / "axe-core-4.14.1" / "axe.min.js"
RUN = "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))]))"
ROUND = "/rounds/jiyuan-6"
PAGES = (
    "/rounds", "/rounds/begin", "/password", f"{ROUND}?day=2025-10-17", f"{ROUND}/workbook", f"{ROUND}/applicants",
    f"{ROUND}/applicant/J08", f"{ROUND}/findings", f"{ROUND}/finding/innovation/J07", f"{ROUND}/procedure",
    f"{ROUND}/enter/spot_check", f"{ROUND}/versions/1", f"{ROUND}/beside?one=J08&two=J09",
)  # fmt: skip

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is absent: nothing was tried in a browser")


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


def test_a_round_by_clicking(desk: str, chromium: Any, tmp_path: Path) -> None:
    """A faulty workbook, marked; the sound one, compared, taken in; the outcome and its reasons; the ledger whole."""
    page = enter(chromium, desk, "clerk", accept_downloads=True)
    page.goto(f"{ROUND}/workbook")
    with page.expect_download() as given:
        page.click("text=下载第1版工作簿")
    book = load_workbook(BytesIO(Path(given.value.path()).read_bytes()))
    sheet = book["申报单位"]
    column = next(cell.column for cell in sheet[1] if str(cell.value).startswith("自评分"))
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == "J08")
    for value in ("很多", 620):
        sheet.cell(row, column, value)
        book.save(tmp_path / f"{value}.xlsx")

    page.set_input_files("#file", tmp_path / "很多.xlsx")
    page.click("text=读一读")
    assert page.inner_text("h1") == "这本工作簿还不能采用"
    with page.expect_download() as marked:
        page.click("text=下载标红的工作簿")
    assert marked.value.suggested_filename == "很多-标红.xlsx"

    page.click("text=上传改好的")
    page.set_input_files("#file", tmp_path / "620.xlsx")
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

    watch = enter(chromium, desk, "supervision")
    watch.goto("/ledger?check=1")
    assert "首尾相接，没有缺、没有改" in watch.inner_text(".say")
    assert watch.locator('td:has-text("采用工作簿")').count() == 1
    assert watch.locator("main form[method=post]").count() == 0


def test_by_keyboard_alone(desk: str, chromium: Any) -> None:
    """From the door to one applicant's reasons with Tab and Enter; the focus is always seen; the skip link is first."""
    page = enter(chromium, desk, "legal")
    page.goto(f"{ROUND}/applicants")
    settled(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert seen != "none"
        if page.evaluate("document.activeElement.textContent") == "虚构十号医疗器械有限公司":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/applicant/J10")
    assert page.inner_text("h1").startswith("虚构十号医疗器械有限公司")


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_is_wrong_for_anybody(width: int, desk: str, chromium: Any) -> None:
    """axe-core finds nothing on any page; none is wider than a telephone or makes the browser complain."""
    page = enter(chromium, desk, "head", viewport={"width": width, "height": 900}, bypass_csp=True)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    wrong: dict[str, Any] = {}
    for address in PAGES:
        page.goto(address)
        settled(page)
        if width > 1000:
            page.add_script_tag(path=AXE)
            if found := page.evaluate(RUN):
                wrong[address] = found
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong[address + " sideways"] = page.evaluate("document.documentElement.scrollWidth")

    assert not wrong, wrong
    assert said == []


def test_a_page_prints_as_a_paper(desk: str, chromium: Any) -> None:
    """In print the frame and the buttons are gone, every reason and the law are there."""
    page = enter(chromium, desk, "clerk")
    page.goto(f"{ROUND}/applicant/J10")
    settled(page)
    page.emulate_media(media="print")

    assert not any(page.locator(part).first.is_visible() for part in (".top", ".steps", ".acts", ".crumbs"))
    assert page.locator(".limb").count() == page.locator(".limb:visible").count() == 4
    assert page.locator(".law").first.is_visible()
