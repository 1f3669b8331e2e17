"""The overview workbook (结果汇总.xlsx): outcomes, grounds and notes of a round, with links to what lies beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from desk.papers import ground, prize_words
from desk.workbook import blank
from engine.answers import STATUSES, WITHDRAWN, Decision, Outcome
from engine.award import Award
from engine.facts import day_text
from engine.law import readings
from engine.words import text

_MADE = datetime(2025, 1, 1, tzinfo=UTC)
_GROUNDS = {"eligible": "#E2EFDA", "pending": "#FFF2CC", "rejected": "#F8CBAD", WITHDRAWN: "#D9D9D9"}
_LINE = 15
"""The height of a line in points."""
Links = Mapping[str, Sequence[tuple[str, str]]]


def overview(decision: Decision, award: Award | None = None, links: Links | None = None, lang: str = "zh") -> bytes:
    """The overview as a workbook.

    `links` gives for an applicant's identifier, or "" for the round, what lies beside it: label and relative path.
    """
    return _Overview(decision, award, links or {}, lang).bytes()


class _Overview:
    def __init__(self, decision: Decision, award: Award | None, links: Links, lang: str) -> None:
        self.decision, self.award, self.links, self.lang = decision, award, links, lang
        self.out = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self.out, options)
        self.book.set_properties({"created": _MADE})
        font = {"font_name": "宋体", "font_size": 11, "valign": "top"}
        self.plain = self.book.add_format({**font, "text_wrap": True, "border": 1})
        self.head = self.book.add_format({**font, "bold": True, "border": 1, "bg_color": "#DDE6F0", "align": "center"})
        self.title = self.book.add_format({**font, "bold": True, "font_size": 14})
        self.link = self.book.add_format({**font, "font_color": "blue", "underline": 1, "border": 1})
        self.status = {
            status: self.book.add_format({**font, "border": 1, "bg_color": colour})
            for status, colour in _GROUNDS.items()
        }
        self.names = decision.case.names

    def bytes(self) -> bytes:
        self._outcomes()
        self._grounds()
        if self.award is not None:
            self._awards(self.award)
        self._notes()
        self._readings()
        self.book.close()
        return _forward(self.out.getvalue())

    def _say(self, key: str, **parameters: object) -> str:
        return text(f"overview.{key}", self.lang, **parameters)

    def _sheet(self, name: str, columns: Sequence[tuple[str, int]], row: int = 0) -> Any:
        page = self.book.add_worksheet(self._say(f"sheets.{name}"))
        for at, (column, width) in enumerate(columns):
            page.set_column(at, at, width)
            page.write_string(row, at, self._say(column), self.head)
        page.freeze_panes(row + 1, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(row)
        return page

    def _outcomes(self) -> None:
        """A row an applicant: outcome, how many grounds, links."""
        widest = max((len(found) for about, found in self.links.items() if about), default=1)
        columns = [("id", 9), ("name", 30), ("status", 16), ("failed", 44), ("barred", 44), ("open", 44)]
        columns += [("links", 14)] * max(1, widest)
        page = self._sheet("outcomes", columns, row=4)
        decision = self.decision
        words = {"round": decision.round, "award": ground.award(decision.city)}
        page.write_string(0, 0, self._say("title", **words), self.title)
        page.write_string(1, 0, self._say("deadline", day=day_text(decision.deadline)))
        counts = [sum(o.status == status for o in decision.applicants) for status in STATUSES]
        told = [f"{text(f'status.{s}', self.lang)} {n}" for s, n in zip(STATUSES, counts, strict=True)]
        page.write_string(2, 0, "　".join(told))
        for at, (label, target) in enumerate(self.links.get("", ())):
            page.write_url(3, at, f"external:{target}", self.link, label)
        for row, outcome in enumerate(decision.applicants, 5):
            self._outcome(page, row, outcome)
        page.autofilter(4, 0, 4 + max(1, len(decision.applicants)), len(columns) - 1)

    def _outcome(self, page: Any, row: int, outcome: Outcome) -> None:
        page.write_string(row, 0, outcome.id, self.plain)
        page.write_string(row, 1, outcome.name or "", self.plain)
        page.write_string(row, 2, text(f"status.{outcome.status}", self.lang), self.status[outcome.status])
        page.set_row(row, _LINE * max(1, *(len(found) for _, found in _lists(outcome))))
        for at, (kind, found) in enumerate(_lists(outcome), 3):
            page.write_string(row, at, "\n".join(self._ground(kind, one) for one in found), self.plain)
        for at, (label, target) in enumerate(self.links.get(outcome.id, ()), 6):
            page.write_url(row, at, f"external:{target}", self.link, label)

    def _ground(self, kind: str, one: Any) -> str:
        return f"{one.provision.citation}　{text(f'{kind}.{one.key}', self.lang)}"

    def _grounds(self) -> None:
        """A row a ground, for sorting and counting."""
        columns = (("id", 9), ("name", 30), ("kind", 14), ("citation", 20), ("ground", 34), ("events", 70))
        page = self._sheet("grounds", columns)
        row = 0
        for outcome in self.decision.applicants:
            for name, (kind, found) in zip(("failed", "barred", "open"), _lists(outcome), strict=True):
                for one in found:
                    row += 1
                    page.set_row(row, _LINE * max(1, len(one.events)))
                    cells = (outcome.id, outcome.name or "", self._say(name), one.provision.citation,
                             text(f"{kind}.{one.key}", self.lang), "\n".join(one.events))  # fmt: skip
                    for at, cell in enumerate(cells):
                        page.write_string(row, at, cell, self.plain)
        page.autofilter(0, 0, max(1, row), len(columns) - 1)

    def _awards(self, award: Award) -> None:
        """A row a winner of each lawful set."""
        page = self._sheet("awards", (("set", 10), ("prize", 22), ("id", 9), ("name", 30), ("score", 10)))
        row = 0
        for number, one in enumerate(award.sets, 1):
            for prize, winners in one.winners.items():
                for id in winners:
                    row += 1
                    page.write_number(row, 0, number, self.plain)
                    cells = (prize_words(prize, self.lang), id, self.names.get(id, id))
                    for at, cell in enumerate(cells, 1):
                        page.write_string(row, at, cell, self.plain)
                    page.write_number(row, 4, award.who.candidates[id].score / 100, self.plain)
        if award.tie:
            tied = "、".join(self.names.get(id, id) for id in award.tie)
            page.write_string(row + 2, 0, self._say("tie", names=tied))

    def _notes(self) -> None:
        page = self._sheet("notes", (("id", 9), ("name", 30), ("note", 60), ("fact", 60)))
        for row, note in enumerate(self.decision.notes, 1):
            cells = (note.id, self.names.get(note.id, ""), text(f"note.{note.kind}", self.lang), note.fact)
            for at, cell in enumerate(cells):
                page.write_string(row, at, cell, self.plain)

    def _readings(self) -> None:
        """The readings in force, the others than the default first to be seen."""
        page = self._sheet("readings", (("reading", 40), ("choice", 60), ("default", 10)))
        known = readings(self.decision.city)
        for row, (key, choice) in enumerate(self.decision.readings.items(), 1):
            page.write_string(row, 0, text(f"reading.{key}.label", self.lang), self.plain)
            page.write_string(row, 1, text(f"reading.{key}.{choice}", self.lang), self.plain)
            default = self._say("yes" if known[key].default == choice else "no")
            page.write_string(row, 2, default, self.plain)
        record = "　".join(f"{name} {value}" for name, value in self.decision.record.items() if not blank(value))
        page.write_string(len(self.decision.readings) + 2, 0, record)


def _forward(data: bytes) -> bytes:
    """The workbook with forward slashes in its links: xlsxwriter turns them, and not every program follows those."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for part in package.infolist():
            content = package.read(part)
            copy.writestr(part, content.replace(b"\\", b"/") if part.filename.endswith(".rels") else content)
    return out.getvalue()


def _lists(outcome: Outcome) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The grounds of an outcome, with the table of the catalogue that words their keys."""
    yield "requirement", outcome.failed
    yield "ground", outcome.barred
    yield "requirement", outcome.open
