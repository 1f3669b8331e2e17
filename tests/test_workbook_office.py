"""Workbooks as office programs save them: made by us, opened and saved by LibreOffice or openpyxl, read again."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

import engine
from desk.workbook.writer import template, workbook
from engine.errors import CaseError
from engine.law.statutes import RULES, cities

SAMPLES = sorted(path for path in (RULES.parent / "facts").iterdir() if path.is_dir() and any(path.glob("*.lp")))
SOFFICE = shutil.which("soffice")
if SOFFICE and not (Path(SOFFICE).resolve().parent / "libsclo.so").exists():
    SOFFICE = None  # an office without its spreadsheets
needs_office = pytest.mark.skipif(
    SOFFICE is None, reason="soffice is absent (Debian: apt-get install libreoffice-calc)"
)


def resaved(file: Path, times: int = 1) -> Path:
    """The workbook opened and saved by LibreOffice, once or several times."""
    for number in range(times):
        folder = file.parent / f"saved{number}"
        profile = f"-env:UserInstallation=file://{file.parent}/profile"
        as_utf8 = ["--infilter=CSV:44,34,76"] if file.suffix == ".csv" else []
        command = [
            str(SOFFICE),
            profile,
            "--headless",
            *as_utf8,
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
        ]
        subprocess.run([*command, str(folder), str(file)], check=True, capture_output=True, timeout=120)
        file = (folder / file.name).with_suffix(".xlsx")
    return file


@needs_office
@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_libreoffice_saves_it_twice(folder: Path, tmp_path: Path) -> None:
    case = engine.load(sorted(folder.glob("*.lp")))
    (tmp_path / "case.xlsx").write_bytes(workbook(case))

    assert case == engine.load(resaved(tmp_path / "case.xlsx", 2))


@needs_office
def test_libreoffice_makes_one_from_a_table(tmp_path: Path) -> None:
    """A flat sheet made by the office program itself, with its own dates and numbers."""
    table = "编号,申报类型,单位名称,正常运行起始日,自评分\nJ01,组织,虚构甲,2010-06-01,600\n"
    (tmp_path / "round.lp").write_text("round(jiyuan,6,20250930).", encoding="utf-8")
    (tmp_path / "申报单位.csv").write_text(table, encoding="utf-8-sig")
    with pytest.raises(CaseError) as lacking:
        engine.load([resaved(tmp_path / "申报单位.csv"), tmp_path / "round.lp"])
    none = [re.findall("本案没有[^”]+", problem.sentence("zh"))[0] for problem in lacking.value.problems]
    (tmp_path / "申报单位.csv").write_text(table + "".join(f"{words}\n" for words in none), encoding="utf-8-sig")
    case = engine.load([resaved(tmp_path / "申报单位.csv"), tmp_path / "round.lp"])

    assert case.rows("operating_since") == (("J01", 20100601),)
    assert case.rows("self_score") == (("J01", 600),)


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_openpyxl_saves_it(folder: Path, tmp_path: Path) -> None:
    case = engine.load(sorted(folder.glob("*.lp")))
    openpyxl.load_workbook(BytesIO(workbook(case))).save(tmp_path / "case.xlsx")

    assert case == engine.load(tmp_path / "case.xlsx")


@needs_office
@pytest.mark.parametrize("city", cities())
def test_a_template_opens(city: str, tmp_path: Path) -> None:
    """LibreOffice opens it without repair and keeps its lists."""
    (tmp_path / "case.xlsx").write_bytes(template(city))
    book = openpyxl.load_workbook(resaved(tmp_path / "case.xlsx"))

    assert len(book["申报单位"].data_validations.dataValidation) > 3
