"""A round of an invented city with four prizes, clicked through: taken in, decided, seated, awarded, published."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from tests.test_luming import CASE, DRAFTS, HELD, HOUSE, PASSED
from tests.web.flows import enter, settled
from tests.web.houses import served

CHROMIUM = shutil.which("chromium")
ROUND = "/rounds/luming-2"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is absent: nothing was tried in a browser"),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a desk that knows the invented city beside the others, and a workbook of its round."""
    folder = tmp_path_factory.mktemp("luming")
    shutil.copytree(HOUSE / "rules", folder / "rules", ignore=shutil.ignore_patterns("cases"))
    for suffix in ("md", "lp"):
        shutil.copy(DRAFTS / f"luming.{suffix}", folder / "rules")
    (folder / "case.lp").write_text(CASE + HELD.replace("20251112", "20251113") + PASSED, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PINGJIANG_RULES", str(folder / "rules"))
        patch.delenv("PINGJIANG_WORKERS", raising=False)
        program = "import sys; from desk.shell.cli import run; sys.exit(run(sys.argv[1:]))"
        command = ["--lang", "zh", "facts", "convert", "case.lp", "-o", "case.xlsx"]
        subprocess.run([sys.executable, "-c", program, *command], cwd=folder, check=True, env=dict(os.environ))
        (folder / "house").mkdir()
        with served(folder / "house") as address:
            yield address, folder / "case.xlsx"


def told(page: Any, address: str) -> str:
    """What a page says once all that it waits for is there: it is asked for again until then."""
    while "<progress" in page.request.get(f"{ROUND}{address}").text():
        sleep(1)
    page.goto(ROUND + address)
    return str(page.inner_text("main"))


def test_four_prizes_from_a_workbook_to_a_list_on_notice(place: tuple[str, Path], chromium: Any) -> None:
    desk, book = place
    page = enter(chromium, desk, "clerk", locale="zh-CN")
    page.goto("/rounds/begin")
    page.select_option("[name=city]", "luming")
    page.fill("[name=number]", "2")
    page.fill("[name=deadline]", "2025-09-30")
    page.click("main button.main")
    page.set_input_files("#file", book)
    page.click("text=读一读")
    assert page.inner_text("h1") == "这本工作簿可以采用"
    page.fill("#f-reason", "首批")
    page.click("text=采用为第2版")
    page.wait_for_url(f"**{ROUND}")
    page = page.context.new_page()  # the one left goes on asking for what is still written
    page.set_default_timeout(60_000)

    course = told(page, "?day=2025-11-11")
    assert "进入答辩名单公示 第十二条\n进行中" in course
    assert "进入答辩名单公示期满" in course
    assert "不得再获：金奖" in told(page, "/applicants")
    assert "2024年度纳税额为1999999.99元，低于200万元" in told(page, "/applicant/X")
    assert "可以入组（1） R" in told(page, "/panels")
    offered = told(page, "/enter")
    assert "年度金额" in offered and "期满重新考核评价" not in offered and "内部公示" not in offered

    awards = told(page, "/awards")
    for words in ("金奖\t虚构C C\t700", "银奖\t虚构A A\t900", "标准创新奖\t虚构I I\t850", "特别贡献奖\t（空缺）"):
        assert words in awards
    assert "虚构B B\t未通过评审阶段" in awards

    page.goto(f"{ROUND}/papers/prepare?kind=list_notice")
    settled(page)
    page.check("main input[type=checkbox]")
    page.click("main button.main >> nth=-1")
    settled(page)
    assert page.inner_text("h1") == "名单公示"
    shown = page.inner_text("main")
    assert "第二届鹿鸣市市长质量奖进入答辩名单公示" in shown
    assert "依照《鹿鸣市市长质量奖管理办法》（鹿政〔2024〕12号）第十二条" in shown
    address = page.url

    head = enter(chromium, desk, "head", locale="zh-CN")
    head.goto(address)
    settled(head)
    for box in head.locator("main input[type=checkbox]").all():
        box.check()
    head.click("main button.main")
    settled(head)
    assert "已签发" in head.inner_text("main")
    assert "第二届鹿鸣市市长质量奖进入答辩名单公示" in told(head, "/board")
