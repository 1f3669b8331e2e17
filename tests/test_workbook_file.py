"""The file behind a workbook: other forms of the same elements, and what does not show for its looks."""

from __future__ import annotations

import pytest
from openpyxl.styles import Color, Font, PatternFill

from tests.sample_workbook import (
    ALL,
    book,
    changed,
    read,
    said,
)


def test_strict_open_xml_is_read_alike() -> None:
    """The same elements under other names (ISO/IEC 29500-1, Strict)."""

    def strict(_: str, part: bytes) -> bytes:
        for usual, other in (
            (
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
        ):
            part = part.replace(usual, other)
        return part

    source, problems = read(changed(strict))

    assert (said(source), problems) == (ALL, [])


@pytest.mark.parametrize(
    "foreign",
    [
        '<extLst><ext uri="x"><sheetData><row r="40">{row}</row></sheetData></ext></extLst></worksheet>',
        '<q:sheetData xmlns:q="urn:q"><q:row r="40">{row}</q:row></q:sheetData></worksheet>',
    ],
)
def test_what_only_looks_like_a_cell_is_none(foreign: str) -> None:
    """Elements of other names, or of the same name in an extension, are no part of the table."""
    row = '<c r="A40" t="inlineStr"><is><t>J77</t></is></c><c r="B40" t="inlineStr"><is><t>组织</t></is></c>'
    end = foreign.format(row=row).encode()
    source, problems = read(changed(lambda _, part: part.replace(b"</worksheet>", end)))

    assert (said(source), problems) == (ALL, [])


UNSEEN = [
    (b'<row r="2"', b'<row r="2" ht="0" customHeight="1"', "A2"),
    (b"<sheetData>", b'<cols><col min="11" max="11" width="0"/></cols><sheetData>', "K1"),
    (b"<sheetFormatPr ", b'<sheetFormatPr zeroHeight="1" ', None),
]


@pytest.mark.parametrize(("old", "new", "cell"), UNSEEN)
def test_what_has_no_height_or_width_does_not_show(old: bytes, new: bytes, cell: str | None) -> None:
    made = book()
    name = f"xl/worksheets/sheet{made.sheetnames.index('不良记录') + 1}.xml"
    source, problems = read(changed(lambda part, data: data.replace(old, new) if part == name else data, made))

    assert (said(source), problems) == (ALL, [])
    assert [(hint.kind, hint.place.sheet, hint.place.cell) for hint in source.hints] == [
        ("row_hidden", "不良记录", cell)
    ]


def test_a_format_that_shows_nothing_is_hinted_at() -> None:
    made = book()
    made["申报单位"]["L3"].number_format = ";;;"
    source, problems = read(made)

    assert (said(source), problems) == (ALL, [])
    assert [(hint.kind, hint.place.cell, hint.ids) for hint in source.hints] == [("row_hidden", "L3", ("J02",))]


COLOURS = [
    ({"color": "FFFFFFFF"}, None, True),
    ({"color": Color(theme=0)}, None, True),
    ({"color": Color(indexed=9)}, None, True),
    ({"color": "FF1F4E79"}, "FF1F4E79", True),
    ({"color": "FFFFFFFF"}, "FF1F4E79", False),
    ({"color": Color(theme=1)}, None, False),
    ({}, None, False),
    ({}, "FF000000", True),
    ({}, "FFFFFF00", False),
]


@pytest.mark.parametrize(("font", "ground", "unseen"), COLOURS)
def test_what_is_written_in_the_colour_of_its_ground_is_hinted_at(
    font: dict[str, str | Color], ground: str | None, unseen: bool
) -> None:
    made = book()
    made["申报单位"]["L3"].font = Font(**font)
    if ground:
        made["申报单位"]["L3"].fill = PatternFill("solid", fgColor=ground)
    source, problems = read(made)

    assert (said(source), problems) == (ALL, [])
    wanted = [("row_hidden", "L3", ("J02",))] if unseen else []
    assert [(hint.kind, hint.place.cell, hint.ids) for hint in source.hints] == wanted


def test_cells_and_rows_need_no_names() -> None:
    """Where a cell has no `r`, it stands behind the one before it (ISO/IEC 29500-1, 18.3.1.4)."""
    import re

    def dense(name: str, part: bytes) -> bytes:
        return (
            part if not name.startswith("xl/worksheets/sheet") else re.sub(rb'<(c|row) r="[A-Z]*[0-9]+"', rb"<\1", part)
        )

    made = book()
    for name in made.sheetnames:  # with every cell written, none is skipped
        for row in made[name].iter_rows():
            for cell in row:
                cell.value = "" if cell.value is None else cell.value
    source, problems = read(changed(dense, made))

    assert (said(source), problems) == (ALL, [])


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell() -> None:
    """As LibreOffice stores it: `t="str"` and an empty value. A formula without any value is a problem."""

    def formulas(name: str, part: bytes) -> bytes:
        if b"J12" not in part and not name.endswith("sheet3.xml"):
            return part
        return part.replace(
            b"</sheetData>", b'<row r="90"><c r="A90" t="str"><f>IF(1,"")</f><v></v></c></row></sheetData>'
        )

    source, problems = read(changed(formulas))
    assert (said(source), problems) == (ALL, [])

    def unvalued(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet3.xml"):
            return part
        return part.replace(b"</sheetData>", b'<row r="90"><c r="A90"><f>A1</f></c></row></sheetData>')

    assert {p.code for p in read(changed(unvalued))[1]} & {"cell_formula", "workbook_column"}
