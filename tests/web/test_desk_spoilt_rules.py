"""A rule file that is spoilt while the desk is open: pages and work say with which file and line, and go on after."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DRAFTS = Path(__file__).parents[1] / "drafts"
FACTS = b'round(linlan,3,20250930). applicant("A",organization). name("A","\xe8\x99\x9a\xe6\x9e\x84\xe7\x94\xb2").'
SPOILT = "linlan.lp:43: 。：规则里引号和注释以外只能用半角的字母、数字和符号"


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rule file of a text that lies elsewhere, for a test to spoil."""
    for ending in ("lp", "md", "toml"):
        shutil.copy(DRAFTS / f"linlan.{ending}", tmp_path)
    monkeypatch.setenv("PINGJIANG_ALSO", str(tmp_path / "linlan.lp"))
    return tmp_path / "linlan.lp"


def spoil(file: Path) -> str:
    """A full stop as one types it in Chinese, in the place of the language's; what stood there before."""
    sound = file.read_text("utf-8")
    file.write_text(sound.replace("#const cycle_years = 2.", "#const cycle_years = 2。"), "utf-8")
    return sound


def test_pages_and_work_say_what_is_wrong_with_which_file_and_line(signed_in: Callable[[str], Any], text: Path) -> None:
    from web.ledger import HOUSE
    from web.rounds.samples import begin
    from web.rounds.versions import Draft, take_in
    from web.work import ask, compute
    from web.work.jobs import queue, work

    told = ask("upload", {"case.lp": FACTS}, 20251001)
    round_ = begin(told["city"], told["number"], told["deadline"])
    take_in(HOUSE, round_, Draft(told["facts"], None, "try", hints=told["hints"]))
    clerk = signed_in("clerk")
    sound = spoil(text)
    job = queue("decide", round_.head.pk, about=round_.ref, afresh=True)
    work.func(job.key) if job.state == "waiting" else None
    job.refresh_from_db()

    assert job.state == "failed" and job.told("zh") == [SPOILT]
    waiting = clerk.get(f"/rounds/{round_.ref}/applicants").content.decode()
    assert "没有算完" in waiting and SPOILT in waiting and "RuleError" not in waiting

    text.write_text(sound, "utf-8")
    compute(round_.head.facts, round_.head.facts_hash)
    spoil(text)
    page = clerk.get(f"/rounds/{round_.ref}/panels")
    assert page.status_code == 503 and SPOILT in page.content.decode() and "规则文件有错" in page.content.decode()
