"""A case workbook as xlsxwriter writes it: an empty template, or one that holds a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from desk.workbook import asked, words
from desk.workbook.cells import put
from desk.workbook.example import sample
from desk.workbook.expected import listed
from desk.workbook.layout import DOCUMENT, NUMBER, TYPE, Column, Sheet, sheets
from desk.workbook.rows import Row, laid_out
from desk.workbook.stamps import VERSION
from engine.case import Case
from engine.errors import CaseError, Place, Problem, UsageError
from engine.facts import PREDICATES, Fact, label, terms_of
from engine.law import finder, readings
from engine.words import speaking, text

_FILL = 1000
"""Rows under the headers that get lists and formats."""
_A4 = 9
_CELL = 32767
_MADE = datetime(2025, 1, 1, tzinfo=UTC)
"""The day a workbook says it was made: the same case gives the same bytes."""


def template(city: str, lang: str = "zh") -> bytes:
    """An empty workbook for a city, with its lists, notes, an example and an explanation."""
    with speaking(city):
        return _Book(city, (), lang).bytes()


def workbook(case: Case, lang: str = "zh", version: str = "") -> bytes:
    """A workbook that holds a case; CaseError where a text is longer than a cell.

    `version` is the hash of the version it is given out for, which it then bears (`desk.workbook.stamp`).
    """
    with speaking(case.city):
        return _Book(case.city, case.facts, lang, version).bytes()


def write(facts: Iterable[Fact]) -> bytes:
    """The workbook of a case's facts, laid out for the city whose round it is."""
    facts = tuple(facts)
    city = next(str(fact.arguments[0]) for fact in facts if fact.predicate == "round")
    with speaking(city):
        return _Book(city, facts, "zh").bytes()


class _Book:
    def __init__(self, city: str, facts: Iterable[Fact], lang: str, version: str = "") -> None:
        self.city = city
        self.facts = tuple(facts)
        bound = {binding.predicate for sheet in sheets() for binding in sheet.bindings}
        if apart := sorted({fact.predicate for fact in self.facts} - bound):
            raise UsageError("not_in_workbook", {"found": ", ".join(apart)})
        self.lang = lang
        self.sheets = asked.layout(city, self.facts)
        self.rows = laid_out(self.sheets, self.facts, lang)
        if not self.facts:
            self.rows["round"] = [{"round.city": put(PREDICATES["round"].fields[0], city, lang)}]
        self.file = BytesIO()
        self.book = xlsxwriter.Workbook(self.file, {"in_memory": True, "strings_to_formulas": False,
                                                    "strings_to_urls": False, "strings_to_numbers": False})  # fmt: skip
        self.book.set_properties({"created": _MADE})
        if version:
            self.book.set_custom_property(VERSION, version)
        self.formats = _formats(self.book)
        self.lists: dict[tuple[str, ...], str] = {}

    def bytes(self) -> bytes:
        """The finished file."""
        aside = {name: self.book.add_worksheet(words.sheet_name(name, self.lang)) for name in ("help",)}
        made = [(sheet, self.book.add_worksheet(words.sheet_name(sheet.name, self.lang))) for sheet in self.sheets]
        aside |= {name: self.book.add_worksheet(words.sheet_name(name, self.lang)) for name in ("example", "lists")}
        self.choices = aside["lists"]
        self._help(aside["help"])
        self._example(aside["example"])
        for sheet, page in made:
            self._headers(sheet, page)
            self._body(sheet, page)
        for row, line in enumerate(listed(self.sheets)):
            self.choices.write_string(row, len(self.lists), line)
        self.choices.hide()
        (aside["help"] if not self.facts else made[0][1]).activate()
        self.book.close()
        return self.file.getvalue()

    def _headers(self, sheet: Sheet, page: Any) -> None:
        page.freeze_panes(1, len(sheet.keys) or int(sheet.typed))
        page.set_row(0, 42)
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        last = max(_FILL, len(self.rows[sheet.name]) + 200)
        for at, column in enumerate(sheet.columns):
            needed = column.key in (*sheet.keys, TYPE) or (sheet.name == "round" and column.key.startswith("round."))
            header = words.header(sheet, column, self.lang) + ("*" if needed else "")
            page.write_string(0, at, header, self.formats["needed" if needed else "header"])
            note = _note(sheet, column, needed, self.lang)
            page.write_comment(0, at, note, {"x_scale": 1.6, "y_scale": 0.5 + 0.25 * len(note) / 18, "author": ""})
            choices = self._offered(sheet, column)
            width = max(_width(column, header), min(24, 2 * max(map(len, choices), default=0) + 2))
            page.set_column(at, at, width, self.formats[_format(column)])
            if choices:
                where = self._list(tuple(choices))
                page.data_validation(1, at, last, at, {"validate": "list", "source": where, "error_type": "warning"})
        page.autofilter(0, 0, max(1, len(self.rows[sheet.name])), len(sheet.columns) - 1)

    def _offered(self, sheet: Sheet, column: Column) -> list[str]:
        if column.flag:
            return ["√"]
        if column.key == TYPE:
            return [label(binding.predicate, self.lang) for binding in sheet.bindings]
        if sheet.name == "readings":
            known = readings(self.city)
            if column.key == "key":
                return [text(f"reading.{key}.label", self.lang) for key in known]
            return list(dict.fromkeys(text(f"reading.{k}.{c}", self.lang) for k in known for c in known[k].choices))
        return asked.listed(self.city, sheet, column, self.lang)

    def _list(self, choices: tuple[str, ...]) -> str:
        """Where a list of choices stands on the hidden sheet."""
        if choices not in self.lists:
            at = len(self.lists)
            for row, choice in enumerate(choices):
                self.choices.write_string(row, at, choice)
            column = xl_col_to_name(at, col_abs=True)
            self.lists[choices] = f"='{self.choices.get_name()}'!{column}$1:{column}${len(choices)}"
        return self.lists[choices]

    def _body(self, sheet: Sheet, page: Any) -> None:
        at = {column.key: number for number, column in enumerate(sheet.columns)}
        for number, row in enumerate(self.rows[sheet.name], 1):
            self._row(page, number, at, row)
        if not self.rows[sheet.name] and sheet.judged in {fact.predicate for fact in self.facts}:
            page.write_string(1, 0, text("workbook.none_here", self.lang), self.formats["text"])

    def _row(self, page: Any, number: int, at: dict[str, int], row: Row) -> None:
        for key, value in row.items():
            match value:
                case None:
                    continue
                case date():
                    page.write_datetime(number, at[key], value, self.formats["day"])
                case int() | float():
                    page.write_number(number, at[key], value, self.formats["number"])
                case _:
                    if len(str(value)) > _CELL:
                        raise CaseError([Problem("text_too_long", {"fact": str(value)[:40]}, Place())])
                    page.write_string(number, at[key], str(value), self.formats["text"])

    def _example(self, page: Any) -> None:
        """A block for each sheet: its name, its headers, and an invented row or two."""
        page.write_string(0, 0, text("workbook.help.example", self.lang), self.formats["title"])
        page.set_column(0, 30, 16)
        line = 2
        for sheet in self.sheets:
            page.write_string(line, 0, words.sheet_name(sheet.name, self.lang), self.formats["title"])
            at = {column.key: number for number, column in enumerate(sheet.columns)}
            for column in sheet.columns:
                page.write_string(
                    line + 1, at[column.key], words.header(sheet, column, self.lang), self.formats["header"]
                )
            rows = laid_out(self.sheets, sample(self.city, sheet, self.lang), self.lang)[sheet.name]
            for number, row in enumerate(rows):
                self._row(page, line + 2 + number, at, row)
            line += len(rows) + 3

    def _help(self, page: Any) -> None:
        page.set_column(0, 0, 110, self.formats["wrap"])
        page.hide_gridlines(2)
        page.write_string(0, 0, text("workbook.help.title", self.lang), self.formats["title"])
        for number, line in enumerate(text("workbook.help.lines", self.lang).strip().split("\n"), 2):
            page.write_string(number, 0, line, self.formats["wrap"])


def _formats(book: Any) -> dict[str, Any]:
    font = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    head = {**font, "bold": True, "text_wrap": True, "align": "center", "border": 1, "bg_color": "#DDE6F0"}
    return {
        "header": book.add_format(head),
        "needed": book.add_format({**head, "bg_color": "#F6DFC4"}),
        "title": book.add_format({**font, "bold": True, "font_size": 14}),
        "wrap": book.add_format({**font, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({**font, "num_format": "@"}),
        "day": book.add_format({**font, "num_format": "yyyy-mm-dd", "align": "left"}),
        "number": book.add_format({**font, "align": "left"}),
    }


def _format(column: Column) -> str:
    kinds = {"day": "day", "open_day": "day", "year": "number", "number": "number", "score": "number", "sum": "number"}
    return kinds.get(column.field.kind, "text") if column.field and not column.flag else "text"


def _width(column: Column, header: str) -> int:
    if column.field and column.field.kind == "text" and column.field.name in ("text", "fact", "document", "licence"):
        return 34
    if column.key in (DOCUMENT, NUMBER, TYPE, "key", "choice"):
        return 24
    return min(22, max(11, 2 * len(header) + 2))


def _finders(column: Column, lang: str) -> list[str]:
    """Who makes the finding that a column is for, or each that a finder is entered for, where the text says it."""
    topics: tuple[str, ...] = ()
    if column.choice and column.field and column.fields[0][0] == "finding":
        topics = (column.choice[0][1],)
    elif ("finding_by", "finder") in column.fields:
        topics = terms_of("topic")
    named = [(topic, by) for topic in topics if (by := finder(topic, lang))]
    told = ((text(f"vocabulary.choices.topic.{topic}", lang), by) for topic, by in named)
    return [text("workbook.note.finder", lang, topic=topic, finder=by) for topic, by in told]


def _note(sheet: Sheet, column: Column, needed: bool, lang: str) -> str:
    """What the header's note says: what belongs here, and in a sheet of many kinds of record, for which."""
    parts: list[str] = []
    if column.flag:
        parts.append(text("workbook.note.flag", lang))
    elif column.field is None:
        parts.append(text(f"workbook.note.{column.key}", lang))
    else:
        low, high = column.field.bounds or ("", "")
        parts.append(text(f"workbook.note.{column.field.kind}", lang, low=low, high=high))
    if sheet.typed and column.fields:
        kinds = [label(b.predicate, lang) for b in sheet.bindings if column.key in b.columns]
        parts.append(text("workbook.note.used", lang, kinds="、".join(kinds)))
    parts += _finders(column, lang)
    if needed:
        parts.insert(0, text("workbook.note.required", lang))
    return "".join(parts)
