"""A paper as its templates see it: plain dictionaries, every text made safe to print."""

from __future__ import annotations

from typing import Any

from desk.press.register import NUMBERED
from engine.facts import day as day_words
from engine.words import text, visible
from explain.letter import Block, Chart, Heading, Items, Note, Paper, Quote, Table, Text

COMPACT = ("round_report",)
"""Papers that must fit on a page: smaller, and without a letterhead."""
_TITLE = 20
"""Characters of 22 pt that a line holds."""
_CUTS = "奖届的 "
_BAR = 18
"""The longest bar of a chart, in characters."""


def context(paper: Paper, lang: str = "zh") -> dict[str, Any]:
    """What every template is filled with; see docs/templates.md."""
    return {
        "kind": paper.kind,
        "compact": paper.kind in COMPACT,
        "title": safe(paper.title),
        "title_lines": _lines(safe(paper.title)),
        "number": safe(paper.number) or (text("paper.open.number", lang) if paper.kind in NUMBERED else ""),
        "addressee": safe(paper.addressee),
        "blocks": [_block(block) for block in paper.blocks],
        "attachments": [safe(one) for one in paper.attachments],
        "signature": safe(paper.signature) or text("paper.open.office", lang),
        "day": day_words(paper.day, lang) if paper.day else text("paper.open.day", lang),
        "contact": [safe(one) for one in paper.contact],
        "draft": text("paper.draft", lang) if paper.draft else "",
        "remedies": text("paper.template.remedies", lang) if "remedies" in paper.options else "",
        "options": dict.fromkeys(sorted(paper.options), True),
    }


def _lines(title: str) -> list[str]:
    """A title in lines of about the same length, none longer than a line holds, cut behind the name of a thing."""
    if len(title) <= _TITLE:
        return [title]
    middle = len(title) / 2
    cuts = [at for at, sign in enumerate(title, 1) if sign in _CUTS and len(title) - _TITLE <= at <= _TITLE]
    cut = min(cuts, key=lambda at: abs(at - middle), default=min(_TITLE, round(middle)))
    return [title[:cut], *_lines(title[cut:])]


def safe(words: str) -> str:
    """A text without signs that would steer a page: each shows as its code point."""
    return visible(words.replace("\n", " "))


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": f"heading{min(level, 2)}", "text": safe(text)}
        case Text(text, flush):
            return {"kind": "flush" if flush else "text", "text": safe(text)}
        case Quote(text, source):
            # The words of a provision with items come line by line.
            return {"kind": "quote", "source": safe(source), "lines": [safe(line) for line in text.split("\n")]}
        case Items(entries):
            return {"kind": "items", "entries": [safe(entry) for entry in entries]}
        case Table(header, rows, widths, caption):
            return {
                "kind": "table",
                "caption": safe(caption),
                "header": [safe(cell) for cell in header],
                "rows": [[safe(cell) for cell in row] for row in rows],
                "widths": list(widths or (1,) * len(header)),
            }
        case Chart(bars, caption):
            most = max((number for _, number in bars), default=0) or 1
            return {
                "kind": "chart",
                "caption": safe(caption),
                "bars": [
                    {"label": safe(label), "number": number, "bar": "█" * _length(number, most), "share": number / most}
                    for label, number in bars
                ],
            }
        case Note(text):
            return {"kind": "note", "text": safe(text)}


def _length(number: int, most: int) -> int:
    return max(1, round(_BAR * number / most)) if number else 0
