"""The screening's report as a workbook: a sheet a table, the tiers and the rounds as charts too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter

from desk.register.report import Table, tables, tiers
from desk.register.screening import round_told
from desk.register.tally import Tally
from desk.shell import Shell
from engine.facts import Fact
from engine.words import width

_MADE = datetime(2025, 1, 1, tzinfo=UTC)
_WIDEST = 60
_LINE = 15.0
"""The height of a line in points."""
_CHARTED = ("funnel", "tiers", "entering")


def book(tally: Tally, rounds: Sequence[Fact], shell: Shell) -> bytes:
    """The report as a workbook; the same counts give the same bytes. Every sheet says that it is a screening."""
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made.set_properties({"created": _MADE})
    font = {"font_name": "宋体", "font_size": 11, "valign": "top"}
    looks = {
        "plain": made.add_format({**font, "text_wrap": True, "border": 1}),
        "head": made.add_format({**font, "bold": True, "border": 1, "bg_color": "#DDE6F0"}),
        "title": made.add_format({**font, "bold": True, "font_size": 14}),
        "soft": made.add_format({**font, "font_color": "#565C66"}),
    }
    say, nature = "screening.report.", shell.text("screening.nature")
    heads = [shell.text(f"{say}{name}") for name in ("tier", "number", "meaning")]
    rows = [(name, count, meaning) for name, meaning, count, _ in reversed(tiers(tally, shell))]
    for key, table in (("tiers", (heads, rows)), *tables(tally, rounds, shell)):
        page = made.add_worksheet(shell.text(f"screening.sheet.{key}"))
        title = shell.text(f"{say}title", round=round_told(rounds[0], shell))
        note = shell.text(f"{say}tiers_are_ours" if key == "tiers" else f"{say}{key}_note")
        page.set_row(0, 22)
        page.write_string(0, 0, title, looks["title"])
        page.write_string(1, 0, nature, looks["soft"])
        page.write_string(2, 0, note, looks["soft"])
        page.set_footer(f"&C{nature}　&P / &N")
        _written(page, table, looks)
        if key in _CHARTED:
            _charted(made, page, table, f"{shell.text(f'{say}{key}')} · {nature}")
    made.close()
    return out.getvalue()


def _written(page: Any, table: Table, looks: dict[str, Any]) -> None:
    """A table from the fifth row on, columns as wide and rows as high as what stands in them."""
    heads, rows = table
    widths = []
    for at, head in enumerate(heads):
        cells = [head, *(str(row[at]) for row in rows)]
        widths.append(min(_WIDEST, 4 + max(map(width, cells))))
        page.set_column(at, at, widths[-1])
        page.write_string(4, at, head, looks["head"])
    for down, row in enumerate(rows, 5):
        lines = max(ceil((width(str(cell)) + 2) / wide) for cell, wide in zip(row, widths, strict=True))
        if lines > 1:
            page.set_row(down, _LINE * lines)
        for at, cell in enumerate(row):
            write = page.write_number if isinstance(cell, int) else page.write_string
            write(down, at, cell, looks["plain"])
    page.freeze_panes(5, 0)
    page.repeat_rows(0, 4)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _charted(made: Any, page: Any, table: Table, title: str) -> None:
    """The counts of the second column as bars, beside what the first calls them."""
    heads, rows = table
    chart = made.add_chart({"type": "bar"})
    name, last = page.get_name(), 4 + len(rows)
    chart.add_series(
        {
            "name": heads[1],
            "categories": [name, 5, 0, last, 0],
            "values": [name, 5, 1, last, 1],
            "fill": {"color": "#0B4A8F"},
            "data_labels": {"value": True},
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    page.insert_chart(last + 2, 0, chart, {"x_scale": 1.6, "y_scale": 0.9})
