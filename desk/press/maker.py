"""Writes the Word templates anew: `python -m desk.press.maker`. Staff edit what it wrote; it never overwrites unasked.

Layout after GB/T 9704-2012: A4, top 37 mm, left 28 mm, text area 156 by 225 mm, 22 lines of 28 characters, title 2号
小标宋, body 3号仿宋, page number “— 1 —” outside. Letters borrow the 信函格式 (10.1): head 30 mm from the top, red
double lines of 170 mm, number at the right, no page number on the first page; submissions to the government have the
head of the 文件格式 with the signer (签发人). Content comes in as `desk.press.contexts` gives it.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from desk.press.brush import FANG, HEI, KAI, LINE, RED, SONG, TITLE, border, chart, field, font, line, style, tag, write
from desk.press.brush import table as draw_table
from desk.press.contexts import closing, openings
from desk.press.docx import CHART, DAY, HEAD, LANG, SIGNATURE, TEMPLATES, TEXT_WIDTH, repacked
from desk.press.register import FORMS
from engine.words import text as words

KINDS = tuple(FORMS)
_AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang")
_GAP = "11"
"""The 4 mm between a red head and its line, in points."""
_NOT_FIRST = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠年月日号届"
)
_NOT_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥年月第"
"""Word's own signs that begin or end no line, and those that hold a day, a number or a round together."""


def template(kind: str) -> bytes:
    """The template of a kind of paper."""
    document = Document()
    form = FORMS[kind]
    compact = form == "compact"
    _page(document)
    if compact:
        document.sections[0].top_margin, document.sections[0].bottom_margin = Mm(27), Mm(27)
        document.sections[0].footer_distance = Mm(18)
    size, spacing = (12, Pt(19)) if compact else (16, LINE)
    _styles(document, size, spacing)
    _unbroken(document)
    _furniture(document, form)
    if form == "petition":
        _filehead(document)
    _title(document, form)
    _opening(document, kind)
    _body(document)
    _foot(document, kind, form)
    if compact:
        _shrink(document, size, spacing)
        _ungrid(document)
    _lighten(document)
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


def _styles(document: Any, size: float, spacing: Any) -> None:
    normal = document.styles["Normal"]
    font(normal, FANG, size)
    # 28 characters of 16 pt are a little wider than 156 mm: each comes a quarter of a point closer.
    closer = parse_xml(f'<w:spacing {nsdecls("w")} w:val="-5"/>')
    normal.element.get_or_add_rPr().insert_element_before(closer, *_AFTER_SPACING)
    shape = normal.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, spacing
    shape.space_before = shape.space_after = Pt(0)
    for name, keep in ((HEAD, False), (SIGNATURE, True), (DAY, False)):
        style(document, name, keep).paragraph_format.line_spacing = spacing
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "en-US")
        lang.set(qn("w:eastAsia"), "zh-CN")


def _unbroken(document: Any) -> None:
    """Say which signs begin or end no line: no day is cut between its year, month and day."""
    settings = document.settings.element
    place = settings.find(qn("w:characterSpacingControl"))
    if place is None:
        place = parse_xml(f'<w:characterSpacingControl {nsdecls("w")} w:val="compressPunctuation"/>')
        settings.find(qn("w:compat")).addprevious(place)
    for name, signs in (("noLineBreaksBefore", _NOT_FIRST), ("noLineBreaksAfter", _NOT_LAST)):
        rule = parse_xml(f'<w:{name} {nsdecls("w")} w:lang="zh-CN"/>')
        rule.set(qn("w:val"), signs)
        place.addnext(rule)


def _furniture(document: Any, form: str) -> None:
    """Draft mark above, page number below: right on odd pages, left on even ones, one character from the edge."""
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        write(header.paragraphs[0], "{{ draft }}", HEI, 14, Align.RIGHT, RED)
    for footer, side in ((section.footer, Align.RIGHT), (section.even_page_footer, Align.LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        write(paragraph, "— ", SONG, 14, side)
        field(paragraph, "PAGE")
        write(paragraph, " —", SONG, 14)
        edge = paragraph.paragraph_format
        edge.right_indent, edge.left_indent = (Pt(14), None) if side == Align.RIGHT else (None, Pt(14))
    if form == "letter":
        _letterhead(section)


def _letterhead(section: Any) -> None:
    """信函格式: the head and a double line above the first page's text, another 20 mm from the foot, no page number."""
    section.different_first_page_header_footer = True
    top, bottom = section.first_page_header, section.first_page_footer
    top.is_linked_to_previous = bottom.is_linked_to_previous = False
    draft = write(top.paragraphs[0], "{{ draft }}", HEI, 14, Align.RIGHT, RED)
    draft.paragraph_format.line_spacing = Mm(15)
    head = write(top.add_paragraph(style=HEAD), "{{ head }}", TITLE, 32, Align.CENTER, RED)
    head.paragraph_format.line_spacing = Pt(36)
    head.paragraph_format.left_indent = head.paragraph_format.right_indent = Mm(-7)
    border(head, "bottom", "thickThinSmallGap", 24, _GAP)
    last = bottom.paragraphs[0]
    last.paragraph_format.left_indent = last.paragraph_format.right_indent = Mm(-7)
    last.paragraph_format.line_spacing = Pt(1)
    border(last, "bottom", "thinThickSmallGap", 24, "1")
    section.footer_distance = Mm(20)


def _filehead(document: Any) -> None:
    """文件格式 of a submission upwards: the head 35 mm under the area's top, number left, signer right, a red line."""
    head = write(document.add_paragraph(style=HEAD), "{{ head }}", TITLE, 42, Align.CENTER, RED)
    head.paragraph_format.space_before, head.paragraph_format.line_spacing = Mm(35), Pt(48)
    document.add_paragraph()
    number = write(document.add_paragraph(), "{{ number }}\t{{ signed }}", FANG, 16)
    write(number, "{{ signer }}", KAI, 16)
    number.paragraph_format.left_indent = Pt(15.75)
    number.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH) - Pt(15.75), WD_TAB_ALIGNMENT.RIGHT)
    rule = document.add_paragraph()
    rule.paragraph_format.line_spacing = Pt(2)
    border(rule, "bottom", "single", 18, "9")
    document.add_paragraph()


def _title(document: Any, form: str) -> None:
    if form == "letter":
        number = write(document.add_paragraph(), "{{ number }}", FANG, 16, Align.RIGHT)
        number.paragraph_format.space_before = Pt(14)
        document.add_paragraph()
    if form in ("letter", "petition"):
        document.add_paragraph()
    tag(document, "for line in title_lines")
    title = write(document.add_paragraph(), "{{ line }}", TITLE, 22, Align.CENTER)
    title.paragraph_format.line_spacing = Pt(33)
    title.paragraph_format.keep_with_next = True
    tag(document, "endfor")
    if form != "compact":
        document.add_paragraph()
    tag(document, "if addressee")
    line(document, "{{ addressee }}：", indent=False).paragraph_format.keep_with_next = True
    tag(document, "endif")


def _opening(document: Any, kind: str) -> None:
    """The sentence that opens the body, for staff to change; the block that says it in other forms is left out."""
    for number, (name, sentence) in enumerate(openings(kind, LANG).items()):
        tag(document, f'{"elif" if number else "if"} fill.key == "{name}"')
        line(document, sentence, align=Align.JUSTIFY)
    if openings(kind, LANG):
        tag(document, "endif")


def _body(document: Any) -> None:
    tag(document, "for block in blocks")
    tag(document, 'if block.kind == "heading1"')
    line(document, "{{ block.text }}", HEI).paragraph_format.keep_with_next = True
    tag(document, 'elif block.kind == "heading2"')
    line(document, "{{ block.text }}", KAI).paragraph_format.keep_with_next = True
    tag(document, 'elif block.kind == "text"')
    line(document, "{{ block.text }}", align=Align.JUSTIFY)
    tag(document, 'elif block.kind == "flush"')
    line(document, "{{ block.text }}", indent=False)
    tag(document, 'elif block.kind == "quote"')
    tag(document, "for line in block.lines")
    quote = "{% if loop.first and block.source %}{{ block.source }}　{% endif %}{{ line }}"
    line(document, quote, KAI, align=Align.JUSTIFY)
    tag(document, "endfor")
    tag(document, 'elif block.kind == "items"')
    tag(document, "for entry in block.entries")
    line(document, "{{ entry }}", align=Align.JUSTIFY)
    tag(document, "endfor")
    tag(document, 'elif block.kind == "table"')
    _caption(document)
    draw_table(document)
    tag(document, 'elif block.kind == "chart"')
    _caption(document)
    chart(document, CHART)
    tag(document, 'elif block.kind == "note"')
    note = line(document, "{{ block.text }}", size=12, indent=False)
    note.paragraph_format.line_spacing = Pt(18)
    note.paragraph_format.space_before = Pt(8)
    tag(document, "endif")
    tag(document, "endfor")


def _caption(document: Any) -> None:
    tag(document, "if block.caption")
    line(document, "{{ block.caption }}", HEI, 14, Align.CENTER, indent=False).paragraph_format.keep_with_next = True
    tag(document, "endif")


def _foot(document: Any, kind: str, form: str) -> None:
    """The sentences that staff may change, attachments, signature over day, whom to ask, who gets a copy."""
    if own := closing(kind, LANG):
        line(document, own, align=Align.JUSTIFY)
    if kind == "rejection_letter":
        tag(document, "if options.remedies")
        line(document, words("paper.template.remedies", LANG), align=Align.JUSTIFY)
        tag(document, "endif")
    if form == "plain":
        tag(document, "if contact")
        line(document, "{{ contact | join('　') }}")
        tag(document, "endif")
    tag(document, "if attachments")
    document.add_paragraph()
    tag(document, "endif")
    tag(document, "for one in attachments")
    attached = line(document, "{% if loop.first %}{{ attached }}{% else %}　　　{% endif %}{{ one }}", indent=False)
    attached.paragraph_format.left_indent, attached.paragraph_format.first_line_indent = Pt(79), Pt(-47.3)
    attached.paragraph_format.keep_with_next = True
    tag(document, "endfor")
    for inside, name in (("{{ signature }}", SIGNATURE), ("{{ seal }}", SIGNATURE), ("{{ day }}", DAY)):
        if inside == "{{ seal }}":
            tag(document, "if seal")
        paragraph = write(document.add_paragraph(style=name), inside, FANG, 16, Align.CENTER)
        paragraph.paragraph_format.space_before = (
            Pt(0) if inside != "{{ signature }}" else Pt(10) if form == "compact" else LINE
        )
        paragraph.paragraph_format.keep_together = True
        if inside == "{{ seal }}":
            tag(document, "endif")
    if form in ("letter", "petition"):
        tag(document, "if contact")
        line(document, "（{{ contact | join('　') }}）")
        tag(document, "endif")
    tag(document, "if copies")
    copied = line(document, "{{ copied }}{{ copies | join('、') }}", size=14, indent=False)
    copied.paragraph_format.space_before = LINE
    copied.paragraph_format.left_indent = copied.paragraph_format.right_indent = Pt(14)
    tag(document, "endif")


def _shrink(document: Any, size: float, spacing: Any) -> None:
    """Body text and table cells of a paper that must fit on a page."""
    cells = [one for table in document.tables for row in table.rows for one in row.cells]
    for paragraph in (*document.paragraphs, *(one for place in cells for one in place.paragraphs)):
        for run in paragraph.runs:
            if run.font.size is not None and run.font.size <= Pt(16):
                run.font.size = min(run.font.size, Pt(size))
    for place in cells:
        place.paragraphs[0].paragraph_format.line_spacing = Pt(spacing.pt - 2)


def _ungrid(document: Any) -> None:
    """Let lines come as close as they are: the grid of 22 lines is for letters."""
    properties = document.sections[0]._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)


def _lighten(document: Any) -> None:
    """Leave out what an empty document of the library brings and no paper uses: nine tenths of each paper's bytes.

    These are a hundred styles of tables, the same styles once more as Word 2007 kept them, and a picture of an empty
    page; every paper filled would be read and written with them.
    """
    for one in [one for one in document.styles if one.type == WD_STYLE_TYPE.TABLE]:
        if one.name not in ("Table Grid", "Normal Table"):
            one.delete()
    for part, kind in ((document.part, "stylesWithEffects"), (document.part.package, "thumbnail")):
        for key in [key for key, relation in part.rels.items() if relation.reltype.endswith(f"/{kind}")]:
            part.rels.pop(key)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATES
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        (folder / f"{kind}.docx").write_bytes(template(kind))
