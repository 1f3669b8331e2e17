"""The same workbook with its bad cells marked: nothing else in it changes, and marks go when a cell is mended."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from desk.workbook.marks import marked
from desk.workbook.registry import registered
from tests.sample_workbook import saved
from tests.small_workbook import base, book, cell, read


def _with_drawings(strange: bool = False) -> bytes:
    """The workbook with a picture and a chart on a sheet, and a part that nobody knows."""
    from zipfile import ZIP_DEFLATED, ZipFile

    made = book()
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(made["评分"], min_col=2, min_row=1, max_row=2))
    made["评分"].add_chart(chart, "K2")
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    picture = b'<Relationship Id="rId77" Type="' + office + b'/image" Target="../media/image1.png"/></Relationships>'
    later = b"http://schemas.microsoft.com/office/2007/relationships"
    slicer = b'<Relationship Id="rId99" Type="' + later + b'/slicer" Target="../slicers/slicer1.xml"/></Relationships>'
    out = BytesIO()
    with ZipFile(BytesIO(saved(made))) as package, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        drawn = next(name for name in package.namelist() if name.endswith("drawing1.xml.rels"))
        sheet = next(name for name in package.namelist() if "worksheets/_rels" in name)
        for name in package.namelist():
            part = package.read(name)
            if name == drawn:
                part = part.replace(b"</Relationships>", picture)
            if name == sheet and strange:
                part = part.replace(b"</Relationships>", slicer)
            if name == "[Content_Types].xml":
                part = part.replace(b"</Types>", b'<Default Extension="png" ContentType="image/png"/></Types>')
            copy.writestr(name, part)
        copy.writestr("xl/media/image1.png", b"no picture, and kept all the same")
        if strange:
            copy.writestr("xl/slicers/slicer1.xml", b"<slicers/>")
    return out.getvalue()


@pytest.mark.parametrize("strange", [False, True])
def test_pictures_and_charts_stay(strange: bool) -> None:
    """What hangs on a sheet is carried over byte by byte; what cannot be kept is named."""
    from zipfile import ZipFile

    data = _with_drawings(strange)
    after, lost = marked(data, read(data)[1])

    assert lost == (("slicer",) if strange else ())
    with ZipFile(BytesIO(data)) as old, ZipFile(BytesIO(after)) as new:
        kept = [
            name for name in old.namelist() if "/media/" in name or "/charts/" in name or "drawings/drawing" in name
        ]
        assert len(kept) == 3 or len(kept) == 4
        assert [new.read(name) for name in kept] == [old.read(name) for name in kept]
    assert [len(sheet._charts) for sheet in openpyxl.load_workbook(BytesIO(after)) if sheet._charts] == [1]
    assert read(after)[0] == read(data)[0]


def test_numbers_given_are_written_back() -> None:
    """A row each under the list of numbers; a workbook without that list gets one."""
    given = [("rejection_letter", "J01", "样例函〔2025〕7号"), ("winners_notice", "", "样例函〔2025〕8号")]
    wanted = {
        'document_number(rejection_letter,"J01","样例函〔2025〕7号")',
        'document_number(winners_notice,"","样例函〔2025〕8号")',
    }
    bare = book()
    del bare["文号"]
    for data in (base(), saved(bare)):
        facts, problems, _ = read(registered(data, given)[0])

        assert ({fact for fact in facts if fact.startswith("document_number")}, problems) == (wanted, [])
    again = registered(registered(base(), given[:1])[0], given[1:])[0]
    assert {fact for fact in read(again)[0] if fact.startswith("document_number")} == wanted


def _looks(one: Any) -> tuple[object, ...]:
    comment = one.comment.text if one.comment else None
    return one.value, one.number_format, one.fill.fill_type, one.fill.fgColor.rgb, one.font.name, comment


def test_marks_stand_on_the_bad_cells_alone() -> None:
    """Values, widths, lists and all other looks stay; a mark is a red ground and a comment."""
    made = book()
    cell(made, "申报单位", "法律形式").value = "法仁"
    data = saved(made)
    problems = read(data)[1]
    before = openpyxl.load_workbook(BytesIO(data))
    after = openpyxl.load_workbook(BytesIO(marked(data, problems)[0]))
    changed = [
        one.coordinate
        for sheet in before
        for row in sheet.iter_rows()
        for one in row
        if _looks(one) != _looks(after[sheet.title][one.coordinate])
    ]

    assert changed == [problems[0].place.cell]
    assert after.sheetnames == before.sheetnames
    for sheet in before:
        twin = after[sheet.title]
        assert len(twin.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert twin.freeze_panes == sheet.freeze_panes
        widths = {key: one.width for key, one in sheet.column_dimensions.items()}
        assert {key: one.width for key, one in twin.column_dimensions.items()} == widths


def test_marks_go_when_the_cell_is_mended() -> None:
    """Checked, corrected, checked again: the workbook comes back as it was, own comments included."""
    made = book()
    bad = cell(made, "申报单位", "法律形式")
    bad.value = "法仁"
    bad.comment = openpyxl.comments.Comment("请核对营业执照", "张三")
    data = saved(made)
    again = openpyxl.load_workbook(BytesIO(marked(data, read(data)[1])[0]))
    assert "法仁" in cell(again, "申报单位", "法律形式").comment.text
    cell(again, "申报单位", "法律形式").value = "法人"
    mended = saved(again)
    clean = cell(openpyxl.load_workbook(BytesIO(marked(mended, read(mended)[1])[0])), "申报单位", "法律形式")

    assert read(mended)[1] == []
    assert (clean.fill.fill_type, clean.comment.text) == (None, "请核对营业执照")
