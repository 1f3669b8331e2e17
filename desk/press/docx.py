"""A paper as DOCX: the content filled into a template that staff may edit in Word."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from desk.press.contexts import context, width
from engine.errors import UsageError
from explain.letter import Paper

TEMPLATES = Path(__file__).with_name("templates")
LANG = "zh"
"""Templates are edited in Word: their own sentences are Chinese."""
TEXT_WIDTH = 156
"""The width of the text area in mm (GB/T 9704-2012)."""
HEAD, SIGNATURE, DAY = "发文机关标志", "署名", "成文日期"
"""The styles whose paragraphs are fitted to their text."""
_AREA = 442.2
"""The width of the text area in points."""
_SIZE = 15.75
"""A character of the body with its spacing, in points."""
CHART = (46, 92, 18)
"""The shares of a chart's columns: label, bar, number."""
_SHORT = 4
"""The rows of a table that is not worth two pages."""
_ENDING, _LONG = 2, 60
"""What of the body stays with the signature: two paragraphs, or one of so many characters."""
KEPT = 256
"""So many texts of templates are kept as jinja has compiled them: a paper's template has about a dozen."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def render(paper: Paper, templates: Path = TEMPLATES, lang: str = "zh") -> bytes:
    """The paper as a Word file, filled into `<kind>.docx` of the templates, or into the one kept here for want of it.

    UsageError where the template is damaged or asks for what no paper has.
    """
    file = templates / f"{paper.kind}.docx"
    file = file if file.is_file() else TEMPLATES / file.name
    words = context(paper, lang)
    if words["fill"]["key"] and lang == LANG and _opens(file):
        words["blocks"] = words["blocks"][1:]
    else:
        words["fill"] = {"key": ""}
    filled, out = BytesIO(), BytesIO()
    _filled(file, words).save(filled)
    # Opened anew: what docxtpl filled into a header is not in the document that it holds.
    document = Document(filled)
    _fit(document, words)
    document.save(out)
    return repacked(out.getvalue())


def checked(folder: Path, kinds: tuple[str, ...]) -> Path:
    """The folder of edited templates; UsageError where it is missing or holds a Word file of no kind of paper."""
    if not folder.is_dir():
        raise UsageError("paper_templates_missing", {"file": str(folder)})
    known = ", ".join(f"{kind}.docx" for kind in kinds)
    for file in sorted(folder.glob("*.docx")):
        if file.stem not in kinds and not file.name.startswith("~$"):
            raise UsageError("paper_template_kind", {"file": file.name, "known": known})
    return folder


def _opens(file: Path) -> bool:
    """Whether a template holds the opening sentence itself; one made before templates did is filled as it was."""
    try:
        with zipfile.ZipFile(file) as package:
            return "fill." in re.sub(r"<[^>]*>", "", package.read("word/document.xml").decode("utf-8"))
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, OSError):
        return False  # what is wrong with it is said when it is filled


def _filled(file: Path, words: dict[str, Any]) -> DocxTemplate:
    """The template filled; every way in which it can be at fault is said in words."""
    try:
        filled = _Template(file)
        filled.render(words, jinja_env=_environment(), autoescape=True)
    except UndefinedError as trouble:
        raise _refused(file, "unknown", name=_named(str(trouble))) from trouble
    except SecurityError as trouble:
        raise _refused(file, "forbidden", reason=str(trouble)) from trouble
    except TemplateSyntaxError as trouble:
        raise _refused(file, "syntax", reason=trouble.message or "") from trouble
    except TemplateError as trouble:
        raise _refused(file, "syntax", reason=str(trouble)) from trouble
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, SyntaxError, ValueError, OSError) as trouble:
        raise _refused(file, "damaged", reason=str(trouble) or type(trouble).__name__) from trouble
    except (TypeError, AttributeError) as trouble:
        raise _refused(file, "syntax", reason=str(trouble)) from trouble
    return filled


def _refused(file: Path, code: str, **parameters: str) -> UsageError:
    return UsageError(f"paper_template_{code}", {"file": file.name, **parameters})


def _named(message: str) -> str:
    """The name between the first quotes of jinja's message, or all of it."""
    parts = message.split("'")
    return parts[-2] if len(parts) > 2 else message


class _Template(DocxTemplate):  # type: ignore[misc]  # the library has no types
    """A template whose text is made readable to jinja once, not once a paper."""

    def patch_xml(self, src_xml: str) -> str:
        return _readable(src_xml)


@lru_cache(KEPT)
def _readable(source: str) -> str:
    return str(DocxTemplate.patch_xml(None, source))


class _Environment(SandboxedEnvironment):
    """Compiles each text once, not once a paper."""

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Template:
        if globals is None and template_class is None and isinstance(source, str):
            return _compiled(source)
        return super().from_string(source, globals, template_class)


@lru_cache(KEPT)
def _compiled(source: str) -> Template:
    return SandboxedEnvironment.from_string(_environment(), source)


@cache
def _environment() -> _Environment:
    """Templates come from people: they may show and choose, and do nothing else; what no paper has is an error."""
    return _Environment(autoescape=True, undefined=StrictUndefined)


def _fit(document: Any, words: dict[str, Any]) -> None:
    """What depends on the text: columns by their content, the head on one line, signature over day, page breaks."""
    _widths(document, words)
    for table in document.tables:
        _hold(table)
    named = _styles(document)
    for paragraph in _headed(document, named):
        room = _AREA / max(1.0, width(paragraph.text))
        for run in paragraph.runs:
            if run.font.size is not None and run.font.size > Pt(room):
                run.font.size = Pt(int(room * 2) / 2)
    _sign(document, named)
    if words["stamp"]:
        _stamp(document, str(words["stamp"]))


def _stamp(document: Any, words: str) -> None:
    """What a released paper bears at its foot: on every page, under its number."""
    for section in document.sections:
        for foot in (section.footer, section.first_page_footer, section.even_page_footer):
            line = foot.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.add_run(words).font.size = Pt(8.5)


def _hold(table: Any) -> None:
    """Keep a table with the line that announces it, and a short one on one page; no row of a long one alone."""
    before = table._tbl.getprevious()
    if before is not None and before.tag.endswith("}p"):
        before.get_or_add_pPr().get_or_add_keepNext()
    rows = list(table.rows)
    for row in rows[:-1] if len(rows) <= _SHORT else [*rows[:2], rows[-2]]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _styles(document: Any) -> Callable[[Any], str]:
    """What the style of a paragraph is called: the one it names, else the default; the document asks every style each
    time for its default."""
    found, default = {}, ""
    for one in document.styles.element.iterchildren(qn("w:style")):
        if one.get(qn("w:type"), "paragraph") == "paragraph":
            name = one.find(qn("w:name"))
            found[one.get(qn("w:styleId"))] = called = "" if name is None else name.get(qn("w:val"))
            default = called if one.get(qn("w:default")) in ("1", "true", "on") else default
    return lambda paragraph: found.get(paragraph._p.style, default)


def _headed(document: Any, named: Callable[[Any], str]) -> Iterator[Any]:
    section = document.sections[0]
    for part in (document, section.first_page_header, section.header):
        yield from (paragraph for paragraph in part.paragraphs if named(paragraph) == HEAD)


def _sign(document: Any, named: Callable[[Any], str]) -> None:
    """Centre signature over day: the day ends four characters from the edge, or as far left as a long name needs."""
    block = [paragraph for paragraph in document.paragraphs if named(paragraph) in (SIGNATURE, DAY)]
    if not block:
        return
    # An office suite sets a quarter of a character between a figure and a Chinese sign.
    widths = [(width(paragraph.text) + 2.0) * _SIZE for paragraph in block]
    widest, own = max(widths), widths[-1]
    right = 4 * _SIZE - (widest - own) / 2
    right = right if right >= _SIZE else min(2 * _SIZE, max(0.0, _AREA - widest))
    for paragraph in block:
        paragraph.paragraph_format.right_indent = Pt(right)
        paragraph.paragraph_format.left_indent = Pt(max(0.0, _AREA - right - widest))
    _held_together(block)


def _held_together(block: Any) -> None:
    """Signature, day and whom to ask on one page, with what ends the body; a body never ends in whom to ask alone."""
    after = block[-1]._p.getnext()
    if after is not None and after.tag.endswith("}p") and "".join(after.itertext()).strip():
        block[-1].paragraph_format.keep_with_next = True
    before, kept = block[0]._p.getprevious(), 0
    while before is not None and kept < _ENDING:
        if before.tag.endswith("}tbl"):
            for one in list(before.iter(qn("w:p")))[-8:]:
                one.get_or_add_pPr().get_or_add_keepNext()
            return
        properties = before.get_or_add_pPr()
        if "".join(before.itertext()).strip():
            own = properties.find(qn("w:keepNext")) is None  # headings and attachments are no body
            kept += own * (_ENDING if len("".join(before.itertext())) >= _LONG else 1)
        properties.get_or_add_keepNext()
        before = before.getprevious()


def _widths(document: Any, words: dict[str, Any]) -> None:
    """Give the columns of each table their shares; a table is known by its first row."""
    asked = {tuple(b["header"]): b["widths"] for b in words["blocks"] if b["kind"] == "table"}
    for block in words["blocks"]:
        if block["kind"] == "chart" and block["bars"]:
            bar = block["bars"][0]
            asked[bar["label"], bar["bar"], str(bar["number"])] = list(CHART)
    for table in document.tables:
        found = asked.get(tuple(cell.text for cell in table.rows[0].cells)) if table.rows else None
        if found is None or len(found) != len(table.columns):
            continue
        table.autofit = False
        whole = sum(found)
        for column, share in zip(table.columns, found, strict=True):
            wide = Mm(TEXT_WIDTH * share / whole)
            column.width = wide
            for cell in column.cells:
                cell.width = wide


def repacked(data: bytes) -> bytes:
    """The same package with its parts dated alike: the same paper gives the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in package.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(part, package.read(name))
    return out.getvalue()
