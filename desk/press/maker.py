"""Writes the Word templates anew: `python -m desk.press.maker`. Staff edit what it wrote; it never overwrites unasked.

Layout after GB/T 9704-2012: A4, top 37 mm, left 28 mm, text area 156 by 225 mm, 22 lines of 28 characters, title 2号
小标宋, body 3号仿宋, page number “— 1 —” outside. Content comes in as `desk.press.contexts` gives it.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from desk.press.contexts import COMPACT
from desk.press.docx import TEMPLATES, TEXT_WIDTH, repacked
from engine.facts import kinds as terms

KINDS: tuple[str, ...] = get_args(get_args(terms.Paper)[0])
FANG, SONG, TITLE, HEI, KAI = "仿宋", "宋体", "方正小标宋简体", "黑体", "楷体"
_AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang")
_AFTER_BORDER = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
"""What follows in a style's or a paragraph's properties: Word wants its elements in order."""
LINE = Pt(28.95)  # 225 mm by 22 lines
RED = RGBColor(0xC8, 0x10, 0x2E)


def template(kind: str) -> bytes:
    """The template of a kind of paper."""
    document = Document()
    _page(document)
    size, line = (12, Pt(19)) if kind in COMPACT else (16, LINE)
    _styles(document, size, line)
    _furniture(document)
    _head(document, kind in COMPACT)
    _body(document)
    _foot(document, kind)
    if kind in COMPACT:
        _shrink(document, size, line)
        _ungrid(document)
    document.core_properties.author = document.core_properties.comments = document.core_properties.title = ""
    out = BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.right_margin, section.bottom_margin = Mm(210 - 28 - TEXT_WIDTH), Mm(297 - 37 - 225)
    section.footer_distance, section.header_distance = Mm(26), Mm(15)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    grid = parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="579"/>')
    section._sectPr.append(grid)
    document.settings.odd_and_even_pages_header_footer = True


def _styles(document: Any, size: float, line: Any) -> None:
    normal = document.styles["Normal"]
    _font(normal, FANG, size)
    # 28 characters of 16 pt are a little wider than 156 mm: each comes a quarter of a point closer.
    closer = parse_xml(f'<w:spacing {nsdecls("w")} w:val="-5"/>')
    normal.element.get_or_add_rPr().insert_element_before(closer, *_AFTER_SPACING)
    shape = normal.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, line
    shape.space_before = shape.space_after = Pt(0)


def _font(thing: Any, name: str, size: float) -> None:
    """Name the font for Chinese and Latin signs alike."""
    thing.font.name, thing.font.size = name, Pt(size)
    fonts = thing.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(script), name)


def _furniture(document: Any) -> None:
    """Draft mark above, page number below: right on odd pages, left on even ones, one character from the edge."""
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        _paragraph(header.paragraphs[0], "{{ draft }}", HEI, 14, Align.RIGHT, RED)
    for footer, side in ((section.footer, Align.RIGHT), (section.even_page_footer, Align.LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        _paragraph(paragraph, "— ", SONG, 14, side)
        _field(paragraph, "PAGE")
        _font_run(paragraph.add_run(" —"), SONG, 14)
        edge = paragraph.paragraph_format
        edge.right_indent, edge.left_indent = (Pt(14), None) if side == Align.RIGHT else (None, Pt(14))


def _field(paragraph: Any, code: str) -> None:
    """A field that Word fills in: each part in a run of its own."""
    for kind in ("begin", "code", "separate", "result", "end"):
        run = paragraph.add_run("1" if kind == "result" else "")
        _font_run(run, SONG, 14)
        if kind == "code":
            part = OxmlElement("w:instrText")
            part.text = f" {code} "
        elif kind != "result":
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            continue
        run._r.append(part)


def _font_run(run: Any, name: str, size: float) -> None:
    _font(run, name, size)


def _paragraph(
    paragraph: Any, text: str, font: str, size: float, align: Any = None, colour: RGBColor | None = None
) -> Any:
    run = paragraph.add_run(text)
    _font(run, font, size)
    if colour is not None:
        run.font.color.rgb = colour
    if align is not None:
        paragraph.alignment = align
    return paragraph


def _line(document: Any, text: str, font: str = FANG, size: float = 16, align: Any = None, indent: bool = True) -> Any:
    paragraph = _paragraph(document.add_paragraph(), text, font, size, align)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(31.5)
        paragraph._p.pPr.ind.set(qn("w:firstLineChars"), "200")
    return paragraph


def _tag(document: Any, code: str) -> None:
    """A line that only steers: it vanishes when the paper is filled."""
    document.add_paragraph("{%p " + code + " %}")


def _shrink(document: Any, size: float, line: Any) -> None:
    """Body text and table cells of a paper that must fit on a page."""
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for paragraph in (*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)):
        for run in paragraph.runs:
            if run.font.size is not None and run.font.size <= Pt(16):
                run.font.size = min(run.font.size, Pt(size))
    for cell in cells:
        cell.paragraphs[0].paragraph_format.line_spacing = Pt(line.pt - 2)


def _ungrid(document: Any) -> None:
    """Let lines come as close as they are: the grid of 22 lines is for letters."""
    properties = document.sections[0]._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)


def _head(document: Any, compact: bool) -> None:
    if compact:
        _title(document)
        return
    head = _paragraph(document.add_paragraph(), "{{ signature }}", TITLE, 26, Align.CENTER, RED)
    head.paragraph_format.line_spacing = Pt(36)
    number = _paragraph(document.add_paragraph(), "{{ number }}", FANG, 16, Align.CENTER)
    border = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="4" w:color="C8102E"/></w:pBdr>'
    number._p.get_or_add_pPr().insert_element_before(parse_xml(border), *_AFTER_BORDER)
    document.add_paragraph()
    _title(document)
    document.add_paragraph()
    _tag(document, "if addressee")
    _line(document, "{{ addressee }}：", indent=False)
    _tag(document, "endif")


def _title(document: Any) -> None:
    _tag(document, "for line in title_lines")
    title = _paragraph(document.add_paragraph(), "{{ line }}", TITLE, 22, Align.CENTER)
    title.paragraph_format.line_spacing = Pt(33)
    _tag(document, "endfor")


def _body(document: Any) -> None:
    _tag(document, "for block in blocks")
    _tag(document, 'if block.kind == "heading1"')
    _line(document, "{{ block.text }}", HEI)
    _tag(document, 'elif block.kind == "heading2"')
    _line(document, "{{ block.text }}", KAI)
    _tag(document, 'elif block.kind == "text"')
    _line(document, "{{ block.text }}", align=Align.JUSTIFY)
    _tag(document, 'elif block.kind == "flush"')
    _line(document, "{{ block.text }}", indent=False)
    _tag(document, 'elif block.kind == "quote"')
    _tag(document, "for line in block.lines")
    quote = "{% if loop.first and block.source %}{{ block.source }}　{% endif %}{{ line }}"
    _line(document, quote, KAI, align=Align.JUSTIFY)
    _tag(document, "endfor")
    _tag(document, 'elif block.kind == "items"')
    _tag(document, "for entry in block.entries")
    _line(document, "{{ entry }}", align=Align.JUSTIFY)
    _tag(document, "endfor")
    _tag(document, 'elif block.kind == "table"')
    _caption(document)
    _table(document)
    _tag(document, 'elif block.kind == "chart"')
    _caption(document)
    _chart(document)
    _tag(document, 'elif block.kind == "note"')
    note = _line(document, "{{ block.text }}", size=12, indent=False)
    note.paragraph_format.line_spacing = Pt(18)
    note.paragraph_format.space_before = Pt(8)
    _tag(document, "endif")
    _tag(document, "endfor")


def _caption(document: Any) -> None:
    _tag(document, "if block.caption")
    _line(document, "{{ block.caption }}", HEI, 14, Align.CENTER, indent=False)
    _tag(document, "endif")


def _cell(cell: Any, text: str, font: str = FANG, size: float = 14, align: Any = None) -> None:
    paragraph = _paragraph(cell.paragraphs[0], text, font, size, align)
    paragraph.paragraph_format.line_spacing = Pt(21)


def _table(document: Any) -> None:
    table = document.add_table(rows=4, cols=3)
    table.style = "Table Grid"
    header, opening, row, closing = table.rows
    for cells, loop, font in ((header.cells, "block.header", HEI), (row.cells, "row", FANG)):
        _cell(cells[0], "{%tc for cell in " + loop + " %}")
        _cell(cells[1], "{{ cell }}", font)
        _cell(cells[2], "{%tc endfor %}")
    _cell(opening.cells[0], "{%tr for row in block.rows %}")
    _cell(closing.cells[0], "{%tr endfor %}")
    header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for one in table.rows:
        one._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _chart(document: Any) -> None:
    table = document.add_table(rows=3, cols=3)
    opening, row, closing = table.rows
    _cell(opening.cells[0], "{%tr for bar in block.bars %}")
    _cell(row.cells[0], "{{ bar.label }}", align=Align.RIGHT)
    _cell(row.cells[1], "{{ bar.bar }}", HEI, 12)
    _cell(row.cells[2], "{{ bar.number }}")
    _cell(closing.cells[0], "{%tr endfor %}")
    for one in table.rows:
        for cell, width in zip(one.cells, (46, 92, 18), strict=True):
            cell.width = Mm(width)


def _foot(document: Any, kind: str) -> None:
    if kind == "rejection_letter":
        _tag(document, "if options.remedies")
        _line(document, text_of("paper.template.remedies"), align=Align.JUSTIFY)
        _tag(document, "endif")
    _tag(document, "for one in attachments")
    _line(document, "{{ one }}")
    _tag(document, "endfor")
    for text, before in (("{{ signature }}", LINE), ("{{ day }}", Pt(0))):
        line = _line(document, text, align=Align.RIGHT, indent=False)
        line.paragraph_format.right_indent = Pt(64)
        line.paragraph_format.space_before = before
        line.paragraph_format.keep_together = True
    _tag(document, "if contact")
    _line(document, "（{{ contact | join('，') }}）")
    _tag(document, "endif")


def text_of(key: str) -> str:
    """A sentence of the catalogue, in Chinese: templates are edited in Word afterwards."""
    from engine.words import text

    return text(key, "zh")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATES
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        (folder / f"{kind}.docx").write_bytes(template(kind))
