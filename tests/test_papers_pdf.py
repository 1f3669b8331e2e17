"""Papers as PDF, set by typst: the same words, no office suite; skipped where the extra `pdf` is absent."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desk.papers import stack as bundle
from desk.press import pdf
from engine.errors import UsageError
from tests.test_papers import FULL, SECRET, marked

typst = pytest.importorskip("typst", reason="typst is absent (pip install 'pingjiang[pdf]')")
PDFTOTEXT = shutil.which("pdftotext")


def told(data: bytes, folder: Path) -> str:
    """The text of a PDF, without the space between."""
    (folder / "paper.pdf").write_bytes(data)
    done = subprocess.run(["pdftotext", str(folder / "paper.pdf"), "-"], check=True, capture_output=True, text=True)
    return "".join(done.stdout.split())


def test_it_is_a_pdf_and_the_same_each_time() -> None:
    data = pdf.render(FULL)

    assert data.startswith(b"%PDF-") and data == pdf.render(FULL)

    pdf._found.cache_clear()

    assert data == pdf.render(FULL)


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext is absent (Debian: apt-get install poppler-utils)")
@pytest.mark.skipif(not pdf.fonts(), reason="no Chinese font came with a package (pip install 'pingjiang[pdf]')")
def test_it_says_what_the_paper_says(tmp_path: Path) -> None:
    said = told(pdf.render(FULL), tmp_path)

    for words in ("正文一。", "一、查明的事实", "法律的原话。", "虚构甲", "图题", "2025年10月15日", "草稿"):
        assert words in said


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext is absent (Debian: apt-get install poppler-utils)")
def test_it_names_no_other_applicant(tmp_path: Path) -> None:
    papers = [one.paper for one in bundle.bundle(marked("J07"), to=("J07",)) if one.paper.applicant]

    assert papers
    for paper in papers:
        data = pdf.render(paper)
        assert SECRET not in told(data, tmp_path) and SECRET.encode() not in data


def test_without_typst_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setattr(pdf, "find_spec", lambda _name: None)

    with pytest.raises(UsageError, match="pingjiang\\[pdf\\]"):
        pdf.render(FULL)
