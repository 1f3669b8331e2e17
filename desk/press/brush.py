"""What Word templates are drawn with: fonts, paragraphs, steering lines, borders, table cells."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

FANG, SONG, TITLE, HEI, KAI = "仿宋", "宋体", "方正小标宋简体", "黑体", "楷体"
LINE = Pt(28.95)  # 225 mm by 22 lines
RED = RGBColor(0xC8, 0x10, 0x2E)
AFTER_BORDER = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
"""What follows a border in a paragraph's properties: Word wants its elements in order."""


def font(thing: Any, name: str, size: float) -> None:
    """Name the font for Chinese and Latin signs alike."""
    thing.font.name, thing.font.size = name, Pt(size)
    fonts = thing.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(script), name)


def write(paragraph: Any, text: str, name: str, size: float, align: Any = None, colour: RGBColor | None = None) -> Any:
    """Put a text into a paragraph, in a font of its own."""
    run = paragraph.add_run(text)
    font(run, name, size)
    if colour is not None:
        run.font.color.rgb = colour
    if align is not None:
        paragraph.alignment = align
    return paragraph


def line(document: Any, text: str, name: str = FANG, size: float = 16, align: Any = None, indent: bool = True) -> Any:
    """A paragraph of the body, two characters indented."""
    paragraph = write(document.add_paragraph(), text, name, size, align)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(31.5)
        paragraph._p.pPr.ind.set(qn("w:firstLineChars"), "200")
    return paragraph


def tag(document: Any, code: str) -> None:
    """A line that only steers: it vanishes when the paper is filled."""
    document.add_paragraph("{%p " + code + " %}")


def style(document: Any, name: str, keep: bool = False) -> Any:
    """A paragraph style of this name, made where there is none; `keep` holds it together with what follows."""
    known = {one.name: one for one in document.styles}
    made = known.get(name) or document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = document.styles["Normal"]
    made.paragraph_format.keep_with_next = keep or None
    made.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    made.paragraph_format.line_spacing = LINE
    return made


def border(paragraph: Any, side: str, kind: str, size: int, space: str) -> None:
    """A red line above or below a paragraph."""
    edge = (
        f'<w:pBdr {nsdecls("w")}><w:{side} w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="C8102E"/></w:pBdr>'
    )
    paragraph._p.get_or_add_pPr().insert_element_before(parse_xml(edge), *AFTER_BORDER)


def field(paragraph: Any, code: str, name: str = SONG, size: float = 14) -> None:
    """A field that Word fills in: each part in a run of its own."""
    for kind in ("begin", "code", "separate", "result", "end"):
        run = paragraph.add_run("1" if kind == "result" else "")
        font(run, name, size)
        if kind == "code":
            part = OxmlElement("w:instrText")
            part.text = f" {code} "
        elif kind != "result":
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            continue
        run._r.append(part)


def cell(place: Any, text: str, name: str = FANG, size: float = 14, align: Any = None) -> None:
    """A text in a cell of a table."""
    write(place.paragraphs[0], text, name, size, align).paragraph_format.line_spacing = Pt(21)


def table(document: Any) -> None:
    """A table with as many columns and rows as the block has; its first row stands on every page."""
    made = document.add_table(rows=4, cols=3)
    made.style, made.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    header, opening, row, closing = made.rows
    for cells, loop, name in ((header.cells, "block.header", HEI), (row.cells, "row", FANG)):
        cell(cells[0], "{%tc for cell in " + loop + " %}")
        cell(cells[1], "{{ cell }}", name)
        cell(cells[2], "{%tc endfor %}")
    cell(opening.cells[0], "{%tr for row in block.rows %}")
    cell(closing.cells[0], "{%tr endfor %}")
    header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for one in made.rows:
        one._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def chart(document: Any, widths: tuple[int, ...]) -> None:
    """Bars as rows: label, bar, number."""
    made = document.add_table(rows=3, cols=3)
    opening, row, closing = made.rows
    cell(opening.cells[0], "{%tr for bar in block.bars %}")
    cell(row.cells[0], "{{ bar.label }}", align=Align.RIGHT)
    cell(row.cells[1], "{{ bar.bar }}", HEI, 12)
    cell(row.cells[2], "{{ bar.number }}")
    cell(closing.cells[0], "{%tr endfor %}")
    for one in made.rows:
        for place, wide in zip(one.cells, widths, strict=True):
            place.width = Mm(wide)
