"""The counter in a real browser, on a telephone: in by the link, and everything that must not work."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.web.houses import posted_in

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parent / "axe-core-4.14.1" / "axe.min.js"
RUN = "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))]))"
COUNTER = "/rounds/jiyuan-6/counter"
PHONE = {"width": 390, "height": 844}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is absent: nothing was tried in a browser")


def at_the_desk(browser: Any, desk: str) -> Any:
    """The head, signed in."""
    page = browser.new_context(base_url=desk, viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
    page.set_default_timeout(60_000)
    page.goto("/signin")
    page.fill("#f-username", "head")
    page.fill("#f-password", "sample-desk-2025")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rounds")
    return page


def given(page: Any, ids: tuple[str, ...]) -> list[tuple[str, str]]:
    """Links given to applicants, as they are printed: address and PIN."""
    page.goto(COUNTER)
    for id in ids:
        page.check(f"input[name=id][value={id}]")
    page.click("text=给链接，打印")
    page.wait_for_selector(".slip svg")
    words = page.inner_text("main")
    addresses = re.findall(r"http://\S+/a/[\w-]{22}", words)
    return list(zip(addresses, [one.replace(" ", "") for one in re.findall(r"\d{4} \d{4}", words)], strict=True))


def telephone(browser: Any, desk: str) -> Any:
    """A telephone on which nobody was before."""
    page = browser.new_context(base_url=desk, viewport=PHONE, has_touch=True, bypass_csp=True).new_page()
    page.set_default_timeout(60_000)
    return page


def open_with(page: Any, link: str, pin: str) -> None:
    """Open a link and enter a PIN."""
    page.goto(link)
    page.fill("#pin", pin)
    page.click("main button.main")
    page.wait_for_load_state()


def sound(page: Any) -> None:
    """Nothing that axe finds, nothing that scrolls sideways."""
    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_an_applicant_on_a_telephone(desk: str, chromium: Any, tmp_path: Path) -> None:
    """In by link and PIN; a paper sent over a line that breaks counts once; another's link, address and file do not."""
    head = at_the_desk(chromium, desk)
    head.goto(COUNTER)
    head.check("input[name=id][value=J01]")
    head.click("text=公开进度")
    while "没有公开过" in head.locator("tr:has(input[value=J01])").inner_text():
        head.wait_for_timeout(500)
        head.goto(COUNTER)
    (mine, pin), (other, _) = given(head, ("J01", "J02"))

    page = telephone(chromium, desk)
    open_with(page, other, pin)
    assert "打不开" in page.inner_text("main")
    open_with(page, mine, "12345678")
    assert "打不开" in page.inner_text("main")
    sound(page)
    open_with(page, mine, pin)
    page.wait_for_url("**/mine")
    assert page.inner_text("h1") == "虚构一号精密铸造有限公司"
    assert "虚构二号" not in page.content() and "J01" not in page.content()
    sound(page)

    page.click("text=指出在案事实的错误")
    page.select_option("#f-about", index=2)
    page.fill("#f-words", "虚构更正")
    sound(page)
    bad = tmp_path / "a.pdf"
    bad.write_bytes(b"<script>")
    page.set_input_files("#f-files", bad)
    page.click("main button.main")
    assert "不是收得下的文件" in page.inner_text(".say")
    assert page.input_value("#f-words") == "虚构更正"
    page.context.set_offline(True)
    page.click("main button.main", no_wait_after=True)
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.go_back()
    page.goto("/mine/say/error?about=2")
    page.fill("#f-words", "虚构更正")
    page.click("main button.main")
    page.wait_for_url("**/receipts/*")
    receipt = page.url
    sound(page)
    page.go_back()
    page.click("main button.main")
    page.wait_for_url("**/receipts/*")
    assert page.url == receipt
    page.goto("/mine")
    assert page.locator("ul.files a:has-text('事实有误')").count() == 1

    for address in ("/rounds/jiyuan-6/applicant/J02", COUNTER, "/ledger"):
        page.goto(address)
        assert "/signin" in page.url
    stranger = telephone(chromium, desk)
    for address in ("/mine", receipt):
        stranger.goto(address)
        assert stranger.inner_text("h1") == "请从你的链接进入"
    page.goto("/mine")
    page.click("text=退出")
    page.goto("/mine")
    assert page.inner_text("h1") == "请从你的链接进入"


def test_what_everybody_sees_is_sound(desk: str, desk_folder: Path, chromium: Any) -> None:
    """The board, a page of it, a check: at both widths nothing that axe finds."""
    head = at_the_desk(chromium, desk)
    posted_in(desk_folder, "jiyuan-6", "评审公告")
    for width in (390, 1440):
        page = chromium.new_context(base_url=desk, viewport={"width": width, "height": 900}, bypass_csp=True).new_page()
        for address in ("/board", "/board/jiyuan-6", "/check", "/watch/jiyuan-6"):
            page.goto(address)
            sound(page)
        page.goto("/board")
        page.click("main ul.files a")
        assert "评审公告" in page.inner_text("h1")
        sound(page)
    for address in (COUNTER, f"{COUNTER}/reviewers", f"{COUNTER}/entry", "/rounds/jiyuan-6/board"):
        head.goto(address)
        sound(head)


@pytest.mark.slow
def test_a_reviewer_on_a_telephone(desk: str, chromium: Any) -> None:
    """Another's PIN, an answer left out, a line that breaks, the same sent again, addresses that are not his."""
    head = at_the_desk(chromium, desk)
    head.goto(f"{COUNTER}/reviewers")
    for id in ("R01", "R02"):
        head.check(f"input[name=id][value={id}]")
    head.click("main form button.main")
    head.wait_for_selector(".slip svg")
    words = head.inner_text("main")
    addresses = re.findall(r"http://\S+/a/[\w-]{22}", words)
    pins = [one.replace(" ", "") for one in re.findall(r"\d{4} \d{4}", words)]

    page = telephone(chromium, desk)
    open_with(page, addresses[0], pins[1])
    assert "打不开" in page.inner_text("main")
    open_with(page, addresses[0], pins[0])
    page.wait_for_url("**/mine/declaration")
    sound(page)
    page.context.set_offline(True)
    page.click("main button.main", no_wait_after=True)
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.goto("/mine/declaration")
    for at in range(9):
        page.select_option(f"#f-kind{at}", "none")
    page.click("main button.main")
    page.wait_for_selector(".say")
    assert page.input_value("#f-kind8") == "none" and page.input_value("#f-kind9") == ""
    page.select_option("#f-kind9", "kin:spouse")
    page.click("main button.main")
    page.wait_for_selector("#f-kin9")
    assert "请写亲属的姓名" in page.inner_text("main")
    sound(page)
    page.fill("#f-kin9", "虚构配偶")
    page.select_option("#f-post9", "officer:person_in_charge")
    page.fill("#f-from9", "2021年5月1日")
    page.click("main button.main")
    page.wait_for_url("**/receipts/*")
    receipt = page.url
    sound(page)
    page.goto("/mine/declaration")
    assert "已在" in page.inner_text(".answer")
    for at in range(9):
        page.select_option(f"#f-kind{at}", "none")
    page.select_option("#f-kind9", "kin:spouse")
    page.click("fieldset:last-of-type summary")
    page.fill("#f-kin9", "虚构配偶")
    page.select_option("#f-post9", "officer:person_in_charge")
    page.fill("#f-from9", "2021年5月1日")
    page.click("main button.main")
    page.wait_for_url("**/receipts/*")
    assert page.url == receipt
    for address in ("/mine", "/mine/dossier", "/mine/say/error", "/mine/papers/x"):
        page.goto(address)
        assert page.inner_text("h1") == "请从你的链接进入", address
    stranger = telephone(chromium, desk)
    open_with(stranger, addresses[1], pins[1])
    assert stranger.goto(receipt).status == 404


@pytest.mark.slow
def test_the_static_copy_is_sound(desk_folder: Path, chromium: Any, tmp_path: Path) -> None:
    """From `file://`, at both widths: every page has nothing that axe finds, and every link of it leads to a file."""
    posted_in(desk_folder, "copied-1", "表彰决定")
    command = [sys.executable, "-c", "from desk.shell.cli import main; main()", "publish", "copied-1"]
    subprocess.run([*command, str(tmp_path / "board"), "--data", str(desk_folder)], check=True)
    pages = sorted((tmp_path / "board").glob("*.html"))
    assert len(pages) == 2
    for width in (390, 1440):
        page = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True).new_page()
        for one in pages:
            page.goto(one.as_uri())
            sound(page)
            assert page.evaluate("document.styleSheets.length") == 1
            for link in page.eval_on_selector_all("a[href]:not([href^='#'])", "some => some.map(a => a.href)"):
                assert Path(link.removeprefix("file://").partition("#")[0]).is_file(), link
