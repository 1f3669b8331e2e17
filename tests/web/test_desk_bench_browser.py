"""The lawyer's desk in a real browser: said of a case by keys, taken out and in, pages of all widths; and a lapse.

A whole bench takes long to work out: the quick tests keep one of a single provision ready; the slow one begins a
regulation of two articles, whose rules change under what was signed.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.web.flows import ROUND, enter, settled
from tests.web.houses import copied
from tests.web.test_desk_bench import CASE, SHOWN

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parent / "axe-core-4.14.1" / "axe.min.js"
RUN = "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' '))]))"
BENCH = "/bench/jiyuan"
PAGES = (
    "/bench", BENCH, f"{BENCH}/report", f"{BENCH}/questions", f"{BENCH}/compare", "/bench/texts/begin", f"{BENCH}/gaps",
    f"{BENCH}/write?about=9-0-4", f"{ROUND}/panels", f"{ROUND}/panels/freeze", f"{ROUND}/panels/reviewer/R05",
    f"{ROUND}/awards", f"{ROUND}/awards/choice", f"{ROUND}/awards/scores", f"{ROUND}/awards/why/J06",
)  # fmt: skip
KEEP = """
import json, sys
from pathlib import Path
from web.start import House
House(Path(sys.argv[1]), "").prepare()
from web.questions import answer
from web.work import put
put([(("bench", "jiyuan", answer("shipped_table", "jiyuan"), {}), json.load(sys.stdin))])
"""
MD = """# 清溪市市长质量奖管理办法

- 文号：清政〔2024〕3号
- 印发日期：2024-03-05
- 施行：自印发之日起（第二条）

## 第一章 总则

### 第一条

申报者的自评分不低于600分。

### 第二条

本办法自印发之日起施行。
"""
LP = """%% 第一章 总则 ========================================

%! 第一条
%! 申报者的自评分不低于600分。
%: D
%~ 自评分不低于600分
#const least_points = 600.
requires(A, art(1,0,0), self_score) :- applicant(A, _).
evidence(A, art(1,0,0), self_score) :- self_score(A, _).
met(A, art(1,0,0), self_score) :- self_score(A, Points), Points >= least_points.

%! 第二条
%! 本办法自印发之日起施行。
%: N 施行日期
"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is absent: nothing was tried in a browser")


@pytest.fixture(scope="module")
def desk_folder(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the prepared house in which the bench of a single provision is ready."""
    data = copied(samples, tmp_path_factory.mktemp("bench") / "house")
    subprocess.run([sys.executable, "-c", KEEP, str(data)], input=json.dumps(SHOWN), text=True, check=True)
    return data


def tabbed(page: Any, wanted: str) -> None:
    """Go on with the Tab key until the focus is on what a selector finds; it is seen wherever it is."""
    for _ in range(80):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(wanted)


QUICK = (BENCH, f"{BENCH}/questions", f"{ROUND}/awards/choice")


@pytest.mark.parametrize("pages", [QUICK, pytest.param(PAGES, marks=pytest.mark.slow)], ids=["some", "all"])
def test_no_page_of_bench_panels_and_awards_is_wrong(pages: tuple[str, ...], desk: str, chromium: Any) -> None:
    """axe-core finds nothing; none is wider than a telephone; the browser complains of nothing."""
    people = {who: enter(chromium, desk, who, bypass_csp=True) for who in ("legal", "head")}
    said: list[str] = []
    wrong: dict[str, Any] = {}
    for page in people.values():
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for address in pages:
        page = people["legal" if address.startswith("/bench") else "head"]
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(address)
        settled(page)
        page.add_script_tag(path=AXE)
        if found := page.evaluate(RUN):
            wrong[address] = found
        page.set_viewport_size({"width": 390, "height": 900})
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > 390:
            wrong[f"{address} sideways"] = wide
    assert not wrong, wrong
    assert said == []


def test_a_case_is_contested_by_keys_and_goes_out_and_in(
    desk: str, desk_folder: Path, chromium: Any, tmp_path: Path
) -> None:
    """With Tab, Enter and letters alone; the table that goes out comes in again and goes out to the byte."""
    page = enter(chromium, desk, "legal", accept_downloads=True)
    page.goto(BENCH)
    tabbed(page, f"#c-{CASE} summary")
    page.keyboard.press("Enter")
    tabbed(page, "textarea")
    page.keyboard.type("条文没有这样写")
    tabbed(page, "button[value=contest]")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#c-{CASE} .chip.alert")
    assert "虚构法制员丁（法制员）" in page.inner_text(f"#c-{CASE}") and "条文没有这样写" in page.inner_text("ol.line")

    with page.expect_download() as given:
        page.click("text=下载意见表")
    out = [tmp_path / "page.toml", tmp_path / "again.toml"]
    given.value.save_as(out[0])
    data = ["--data", str(desk_folder), "--lang", "zh"]
    command = [sys.executable, "-c", "import sys; from desk.shell.cli import run; sys.exit(run(sys.argv[1:]))", "audit"]
    for each in (["import", "jiyuan", str(out[0])], ["export", "jiyuan", "--into", str(out[1])]):
        subprocess.run([*command, *each, *data], check=True, capture_output=True)
    assert out[0].read_bytes() == out[1].read_bytes() and "条文没有这样写" in out[0].read_text("utf-8")


@pytest.mark.slow
def test_a_signature_lapses_when_the_rules_change(desk: str, chromium: Any, tmp_path: Path) -> None:
    """A regulation begun, a case contested, another accepted; a number changes: the signature lapses and says so."""
    page = enter(chromium, desk, "legal")
    page.goto("/bench/texts/begin")
    page.fill("#f-name", "qingxi")
    files = {"md": MD, "one.lp": LP, "two.lp": LP.replace("= 600", "= 500")}
    for name, words in files.items():
        (tmp_path / name).write_text(words, "utf-8")
    page.set_input_files("#f-text", tmp_path / "md")
    page.click("main button.main")
    page.wait_for_url("**/gaps")
    accepted, contested = "#c-a1_self_score_failed", "#c-a1_self_score_open"
    for name in ("one.lp", "two.lp"):
        page.goto("/bench/qingxi/gaps")
        page.set_input_files("#file", tmp_path / name)
        page.click("form[action$=file] button")
        page.wait_for_load_state()
        page.goto("/bench/qingxi?at=1-0-0")
        settled(page)
        if name == "one.lp":
            page.click(f"{accepted} button[value=accept]")
            page.wait_for_selector(f"{accepted} .chip.yes")
            page.click(f"{contested} summary")
            page.fill(f"{contested} textarea", "没有写的不算")
            page.click(f"{contested} button[value=contest]")
            page.wait_for_selector(f"{contested} .chip.alert")
    assert "已失效" in page.inner_text(accepted) and "原来写的：" in page.inner_text(accepted)
    assert "异议后规则已改" in page.inner_text(contested)
    page.click(f"{accepted} >> text=看改动")
    assert page.inner_text("h1") == "第一条的规则改了1处，条文没有改"
    then, now = page.locator("main table").first.locator("tbody td").all()[:2]
    assert "600" in then.inner_text() and "500" in now.inner_text()

    page.goto("/bench/qingxi/compare")
    page.set_input_files("#f-file", tmp_path / "one.lp")
    page.click("main form button.main")
    page.wait_for_selector("h1:has-text('两边结果不同')", timeout=300_000)
    assert "拟列入受理名单" in page.inner_text("main") and "第一条（自评得分）不符合" in page.inner_text("main")
    changed = page.locator("section:has-text('改过的条文和规则') table").last.inner_text()
    assert "500" in changed and "600" in changed
