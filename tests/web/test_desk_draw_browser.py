"""A draw live in a real browser: frozen, drawn, shown by keys, gone on with in another browser, checked offline.

Afterwards somebody falls ill: who follows is entered, and the check page says yes again. And a tie, the committee's
choice, its notice.
"""

from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from tests.web.test_desk_browser import AXE, CHROMIUM, ROUND, RUN, settled
from tests.web.test_desk_browser import enter as entered_at
from tests.web.test_desk_panels import NUMBERS, SEED, coming

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is absent: nothing was tried in a browser")

CHECK = """([data, given]) => {
    const found = window.pingjiangVerify(Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0)), given);
    return {verified: found.verified, head: found.head, not_given: found.not_given, public: found.public};
}"""
STEP = "document.querySelector('[data-live]').dataset.live"


def enter(browser: Any, desk: str, name: str, **context: Any) -> Any:
    """A page in which somebody has signed in; what a step computes may take its time on a machine that is busy."""
    page = entered_at(browser, desk, name, **context)
    page.set_default_timeout(90_000)
    return page


def pressed(wall: Any, key: str) -> str:
    """Press a key on the wall and wait until it shows another step; the step."""
    before = wall.evaluate(STEP)
    wall.keyboard.press(key)
    wall.wait_for_function(f"before => {STEP} !== before", arg=before)
    return str(wall.evaluate(STEP))


def frozen(page: Any) -> str:
    """Freeze the case, as the head may although nobody has declared, and enter its publication; C."""
    page.goto(f"{ROUND}/panels")
    settled(page)
    page.goto(f"{ROUND}/panels/freeze")
    fields = {"until": 1, "day1": 3, "day2": 3}
    for name, days in fields.items():
        page.fill(f"#f-{name}", coming(days))
    page.fill("#f-name1", "虚构双色球第2026122期")
    page.fill("#f-name2", "骰子13次")
    page.select_option("#f-shape1", "double")
    page.select_option("#f-shape2", "dice")
    page.fill("#f-undeclared", "收到纸质申明")
    page.click("main button:has-text('看看能不能组成')")
    page.click("main button[value=confirm]")
    page.wait_for_url(f"**{ROUND}/draws/1")
    page.fill("#f-place", "市政府网站")
    page.fill("#f-day", coming(0))
    page.fill("#f-document", "虚构〔2026〕1号")
    page.click("main form button.main")
    page.wait_for_load_state()
    return str(page.inner_text("dd.mono"))


def typed(page: Any) -> None:
    """Type the numbers of both events."""
    page.goto(f"{ROUND}/draws/1/numbers")
    for name, words in NUMBERS.items():
        field = page.locator(f"[name='{name}']")
        field.check() if name.startswith("e") else field.fill(words)
    page.click("main button.main")
    page.wait_for_url(f"**{ROUND}/draws/1")


def taken(page: Any, words: str, into: Path) -> bytes:
    """A file of the draw's page."""
    with page.expect_download() as given:
        page.click(f"text={words}")
    given.value.save_as(into)
    return into.read_bytes()


def checked(page: Any, check: Path, data: bytes, **given: str) -> dict[str, Any]:
    """What the check page says of a record, opened from a file, without any server."""
    alone = page.context.browser.new_context(offline=True).new_page()
    alone.goto(check.as_uri())
    found: dict[str, Any] = alone.evaluate(CHECK, [b64encode(data).decode(), given])
    alone.context.close()
    return found


def test_a_draw_live_checked_offline_and_checked_again(desk: str, chromium: Any, tmp_path: Path) -> None:
    """C, numbers by two, names by keys, a lost browser, the end; public copy and page agree; after an entry again."""
    clerk = enter(chromium, desk, "clerk", accept_downloads=True)
    head = enter(chromium, desk, "head", viewport={"width": 1920, "height": 1080})
    commitment = frozen(head)
    typed(clerk)
    typed(head)

    head.goto(f"{ROUND}/draws/1/wall")
    assert head.locator(".seat li.full").count() == 0 and commitment[:32] in head.inner_text(".c")
    assert [pressed(head, key) for key in (" ", "Enter", " ", "Backspace", " ")] == ["1", "2", "3", "2", "3"]
    assert head.evaluate("document.documentElement.scrollWidth <= innerWidth")
    head.evaluate(Path(AXE).read_text("utf-8"))
    assert head.evaluate(RUN) == []
    head.context.close()

    again = enter(chromium, desk, "head", viewport={"width": 1366, "height": 768})
    again.goto(f"{ROUND}/draws/1/wall")
    assert again.evaluate(STEP) == "3" and pressed(again, "Enter") == "4"
    assert again.evaluate("document.documentElement.scrollHeight <= innerHeight")
    again.keyboard.press("Escape")
    assert again.evaluate(STEP) == "4" and again.locator(".again").is_visible()
    assert pressed(again, "Escape") == "4e"

    clerk.goto(f"{ROUND}/draws/1")
    check = tmp_path / "check.html"
    taken(clerk, "离线核对页", check)
    public = taken(clerk, "公开副本", tmp_path / "public.json")
    shown = [one.inner_text() for one in clerk.locator("dd.mono").all()]
    found = checked(clerk, check, public, commitment=commitment, numbers=SEED, head=shown[-1])
    assert found == {"verified": True, "head": shown[-1], "not_given": [], "public": True}

    who = clerk.locator(".panels section").first.locator("li span").nth(2).inner_text()
    clerk.goto(f"{ROUND}/draws/1/entry?kind=unavailable")
    value = clerk.locator(f"#f-who option:has-text('{who}')").get_attribute("value")
    clerk.select_option("#f-who", value)
    clerk.click("main button:has-text('添上')")
    clerk.fill("#f-day", coming(5))
    clerk.fill("#f-because", "住院")
    clerk.fill("#f-document", "虚构函2号")
    clerk.click("main button:has-text('看后果')")
    clerk.click("main button[value=confirm]")
    clerk.wait_for_url(f"**{ROUND}/draws/1")
    assert "住院（虚构函2号）" in clerk.inner_text("main")
    public = taken(clerk, "公开副本", tmp_path / "public2.json")
    last = clerk.locator("dd.mono").all()[-1].inner_text()
    assert last != shown[-1]
    found = checked(clerk, check, public, commitment=commitment, numbers=SEED, head=last)
    assert found == {"verified": True, "head": last, "not_given": [], "public": True}


def test_a_tie_a_choice_its_notice(desk: str, chromium: Any) -> None:
    """Equals are named; a choice is judged as it is typed; the notice names whom the committee chose."""
    clerk = enter(chromium, desk, "clerk", bypass_csp=True)
    clerk.goto(f"{ROUND}/awards")
    settled(clerk)
    assert "虚构三号新能源装备有限公司、虚构四号食品有限公司" in clerk.inner_text("main")
    clerk.click("main .acts a.main")
    for id, prize in {"J01": "main", "J02": "main", "J03": "main", "J04": "main"}.items():
        clerk.select_option(f"#p-{id}", prize)
    clerk.wait_for_selector("#judged .alert")
    for id, prize in {"J03": "nomination", "J05": ""}.items():
        clerk.select_option(f"#p-{id}", prize)
    clerk.wait_for_selector("#judged .yes")
    assert "J05 达到标准" in clerk.inner_text("#judged")
    clerk.evaluate(Path(AXE).read_text("utf-8"))
    assert clerk.evaluate(RUN) == []
    clerk.fill("#f-reason", "五号的创新不足")
    clerk.fill("#f-document", "虚构纪要1号")
    clerk.click("main button[value=adopt]")
    clerk.wait_for_url(f"**{ROUND}/awards")
    clerk.click("text=按这一选择备拟奖名单公示")
    clerk.fill("#f-day", "2025年12月8日")
    clerk.locator("main input[type=checkbox].box").first.check()
    clerk.click("main button:has-text('备')")
    clerk.wait_for_url(f"**{ROUND}/papers/draft/**")
    settled(clerk)
    paper = str(clerk.text_content("main"))
    assert all(f"虚构{number}号" in paper for number in "一二三四") and "虚构五号" not in paper
