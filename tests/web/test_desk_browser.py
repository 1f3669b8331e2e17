"""The desk in a real browser, against a real `pingjiang serve`: flows, keyboard, widths, print, accessibility."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.web.flows import ROUND, enter, settled, whole_round

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parent / "axe-core-4.14.1" / "axe.min.js"
RUN = "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))]))"
PAGES = (
    "/rounds", "/rounds/begin", "/password", f"{ROUND}?day=2025-10-17", f"{ROUND}/workbook", f"{ROUND}/applicants",
    f"{ROUND}/applicant/J08", f"{ROUND}/findings", f"{ROUND}/finding/innovation/J07", f"{ROUND}/procedure",
    f"{ROUND}/enter/spot_check", f"{ROUND}/versions/1", f"{ROUND}/beside?one=J08&two=J09",
)  # fmt: skip

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is absent: nothing was tried in a browser")


def test_a_round_by_clicking(desk: str, chromium: Any, tmp_path: Path) -> None:
    """From a faulty workbook to a letter that was sent, by two people; the supervisor sees each act."""
    whole_round(chromium, desk, tmp_path)


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


def test_keys_for_whoever_reads_many_rows(desk: str, chromium: Any) -> None:
    """j and k go down and up the rows, Enter opens, ] and [ go on and back, / to the search; typed letters stay so."""
    page = enter(chromium, desk, "clerk")
    page.goto(f"{ROUND}/applicants?sort=id")
    settled(page)
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.textContent") == "虚构二号铅锌冶炼股份有限公司"
    page.keyboard.press("Enter")
    page.wait_for_url("**/applicant/J02")
    page.keyboard.press("]")
    page.wait_for_url("**/applicant/J03")
    page.keyboard.press("[")
    page.wait_for_url("**/applicant/J02")
    page.goto(f"{ROUND}/applicants")
    page.keyboard.press("/")
    page.keyboard.type("jk]")
    assert page.input_value("input[type=search]") == "jk]"


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
