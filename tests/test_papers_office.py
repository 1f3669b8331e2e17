"""Papers as an office suite lays them out: head and lines of a letter, a signature with text before it, page numbers.

Without LibreOffice these are skipped, and say so; everything else about papers is tested without it.
"""

from __future__ import annotations

import shutil
import subprocess
import warnings
from functools import cache
from pathlib import Path

import pytest

from desk.press import docx
from explain.letter.paper import Items, Paper, Table, Text

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
if not (SOFFICE and PDFTOTEXT):
    warnings.warn("the layout of papers is NOT tested: soffice or pdftotext is absent", stacklevel=1)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (SOFFICE and PDFTOTEXT),
        reason="soffice or pdftotext is absent (Debian: apt-get install libreoffice-writer-nogui poppler-utils)",
    ),
]
OFFICE = "三门峡市市长质量奖评审委员会秘书处"
CONTACT = ("联系人：虚构", "联系电话：0000-0000000")


def letter(lines: int) -> Paper:
    """A letter whose last page begins after so many lines."""
    blocks = (
        Text("正文。"),
        Items(tuple(f"{number}.一项材料（《办法》第八条第（二）项）。" for number in range(lines))),
    )
    return Paper(
        "supplement_notice", "关于补充材料的通知", blocks, "样例函〔2025〕1号", "虚构单位", OFFICE, 20251020, CONTACT
    )


@cache
def pages(folder: Path) -> dict[str, list[str]]:
    """The text of each page of each paper, by the file's name, all laid out in one run."""
    made = {f"letter{lines}": letter(lines) for lines in range(8, 18)}
    table = Table(("序号", "单位名称"), tuple((str(n), f"虚构{n}号有限公司") for n in range(1, 6)))
    made["petition"] = Paper(
        "winners_submission", "关于审议名单的请示", (Text("名单如下："), table, Text("妥否，请批示。")),
        "样例市监〔2026〕4号", "市政府", OFFICE, 20260608, CONTACT, attachments=("公示",), signer="虚构签发人",
    )  # fmt: skip
    for name, paper in made.items():
        (folder / f"{name}.docx").write_bytes(docx.render(paper))
    files = [str(folder / f"{name}.docx") for name in made]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    told = {}
    for name in made:
        done = subprocess.run(
            [str(PDFTOTEXT), "-layout", str(folder / f"{name}.pdf"), "-"], check=True, capture_output=True, text=True
        )
        told[name] = ["".join(page.split()) for page in done.stdout.split("\f") if page.strip()]
    return told


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return pages(tmp_path_factory.mktemp("office"))


def test_a_signature_never_stands_alone(laid_out: dict[str, list[str]]) -> None:
    """Ten letters, each a line longer than the one before: on the page of the signature there is text before it."""
    for name, found in laid_out.items():
        (page,) = [one for one in found if "（联系人：虚构" in one]
        before = page.replace("草稿未定稿", "").partition(OFFICE)[0] if len(found) > 1 else "x"
        assert before, name
        assert f"{OFFICE}2025年10月20日" in page or name == "petition"


def test_the_first_page_of_a_letter(laid_out: dict[str, list[str]]) -> None:
    """The office on one line at its head, the number, the title; no page number; the second page has one."""
    first, second = laid_out["letter17"][:2]

    assert first.startswith(f"草稿未定稿{OFFICE}样例函〔2025〕1号关于补充材料的通知虚构单位：")
    assert "—1—" not in first and "—2—" in second


def test_the_head_of_a_submission(laid_out: dict[str, list[str]]) -> None:
    """Office and 文件, number, signer; the table with the line that announces it."""
    first = laid_out["petition"][0]
    whole = "".join(laid_out["petition"])

    assert first.startswith(f"草稿未定稿{OFFICE}文件样例市监〔2026〕4号签发人：虚构签发人关于审议名单的请示市政府：")
    assert any("名单如下：序号单位名称1虚构1号有限公司" in page for page in laid_out["petition"])
    assert f"妥否，请批示。附件：公示{OFFICE}2026年6月8日（联系人：虚构联系电话：0000-0000000）" in whole.replace(
        "—1—", ""
    )
