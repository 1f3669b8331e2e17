"""A paper as its templates see it: plain dictionaries, every text made safe to print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from jinja2.sandbox import SandboxedEnvironment

from desk.press.register import FORMS, NUMBERED, OPENINGS
from engine.facts import day as day_words
from engine.words import has, template, text, visible
from explain.letter import Block, Chart, Heading, Items, Note, Paper, Quote, Table, Text

_TITLE = 20
"""Characters of 22 pt that a line holds."""
_CUTS = (" ", "奖", "届", "的", "局", "处", "司", "院", "部", "店", "厂", "会")
_BEFORE, _TORN = "关于", 200.0
_BAR = 18
"""The longest bar of a chart, in characters."""
AREA = 31.0
"""Characters of 14 pt that the text area holds: what the columns of a table share."""
_CELL, _LEAST = 1.6, 2.6
"""What a cell's edges take, and the narrowest column, in characters."""


def context(paper: Paper, lang: str = "zh") -> dict[str, Any]:
    """What every template is filled with; see docs/templates.md."""
    form = FORMS.get(paper.kind, "plain")
    office = safe(paper.signature) or text("paper.open.office", lang)
    words: dict[str, Any] = {
        "kind": paper.kind,
        "form": form,
        "compact": form == "compact",
        "title": safe(paper.title),
        "title_lines": _lines(safe(paper.title)),
        "number": safe(paper.number) or (text("paper.open.number", lang) if paper.kind in NUMBERED else ""),
        "addressee": safe(paper.addressee),
        "blocks": [_block(block) for block in paper.blocks],
        "fill": _fill(paper),
        "attachments": _numbered([safe(one) for one in paper.attachments]),
        "attached": text("paper.common.attachments", lang),
        "office": office,
        "head": office + (text("paper.common.document", lang) if form == "petition" else ""),
        "signature": office,
        "seal": text("paper.common.sealed", lang, seal=safe(paper.seal)) if paper.seal else "",
        "signed": text("paper.common.signer", lang),
        "signer": safe(paper.signer) or text("paper.open.signer", lang),
        "copied": text("paper.common.copies", lang),
        "copies": [safe(one) for one in paper.copies],
        "day": day_words(paper.day, lang) if paper.day else text("paper.open.day", lang),
        "contact": [safe(one) for one in paper.contact],
        "draft": text("paper.draft", lang) if paper.draft else "",
        "stamp": safe(paper.stamp),
        "options": {"remedies": "remedies" in paper.options},
    }
    return words | {"closing": _closing(paper, words, lang)}


def _fill(paper: Paper) -> dict[str, str]:
    """Which sentence the body opens with (`key`, empty for none that a template holds), and the sentence's values."""
    first = paper.blocks[0] if paper.blocks else None
    name = first.key.rpartition(".")[2] if isinstance(first, Text) else ""
    if not isinstance(first, Text) or name not in OPENINGS.get(paper.kind, ()):
        return {"key": ""}
    return {"key": name} | {key: safe(value) for key, value in first.fill}


def openings(kind: str, lang: str) -> dict[str, str]:
    """The sentences that a kind's template opens its body with, by name, with the placeholders of templates."""
    return {
        name: re.sub(r"\{(\w+)\}", r"{{ fill.\1 }}", template(f"paper.{kind}.{name}", lang))
        for name in OPENINGS.get(kind, ())
    }


def closing(kind: str, lang: str) -> str:
    """The sentence that the template of a kind ends its body with, for staff to change; empty where it has none."""
    key = f"paper.template.{kind}"
    return template(key, lang) if has(key, lang) else ""


def _closing(paper: Paper, words: dict[str, Any], lang: str) -> list[str]:
    """The closing sentences, filled in, for the forms that have no template of their own kind."""
    environment = SandboxedEnvironment()
    told = [closing(paper.kind, lang)]
    if "remedies" in paper.options:
        told.append(text("paper.template.remedies", lang))
    return [environment.from_string(one).render(words) for one in told if one]


def _numbered(documents: Sequence[str]) -> list[str]:
    return [f"{at}.{one}" for at, one in enumerate(documents, 1)] if len(documents) > 1 else list(documents)


def _lines(title: str) -> list[str]:
    """A title in as few lines as hold it, of about the same length, cut behind the name of a thing where one ends."""
    count = -(-len(title) // _TITLE)
    if count <= 1:
        return [title]
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for line in range(1, count + 1):
        for end in range(1, len(title) + 1):
            reached = [
                (cost + _cost(title, start, end, count), (*cuts, end))
                for (before, start), (cost, cuts) in best.items()
                if before == line - 1 and 0 < end - start <= _TITLE
            ]
            if reached:
                best[line, end] = min(reached)
    _, cuts = best[count, len(title)]
    return [title[start:end] for start, end in zip((0, *cuts), cuts, strict=False)]


def _cost(title: str, start: int, end: int, count: int) -> float:
    """How badly a line from here to there looks: far from the common length, or cut in the middle of a thing."""
    whole = end == len(title) or title[end - 1] in _CUTS or title.startswith(_BEFORE, end)
    return (end - start - len(title) / count) ** 2 + (0 if whole else _TORN)


def safe(words: str) -> str:
    """A text without signs that would steer a page: each shows as its code point."""
    return visible(words.replace("\n", " "))


def width(words: str) -> float:
    """How wide a text is, in characters of its size: a Chinese one counts 1, a narrow one a half."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.55 for sign in words)


def shares(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The widths of a table's columns by what stands in them: short ones as they are, the long ones get the rest."""
    columns = list(zip(header, *rows, strict=True))
    wanted = [max(_LEAST, max(map(width, column)) + _CELL) for column in columns]
    narrow = [max(_LEAST, width(column[0]) + _CELL) for column in columns]
    room = AREA
    if sum(wanted) > room:
        even = room / len(wanted)
        kept = [want <= max(even, least) for want, least in zip(wanted, narrow, strict=True)]
        left = room - sum(want for want, keep in zip(wanted, kept, strict=True) if keep)
        over = sum(want**0.5 for want, keep in zip(wanted, kept, strict=True) if not keep) or 1
        wanted = [want if keep else left * want**0.5 / over for want, keep in zip(wanted, kept, strict=True)]
    else:
        wanted[wanted.index(max(wanted))] += room - sum(wanted)
    return [max(1, round(10 * one)) for one in wanted]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": f"heading{min(level, 2)}", "text": safe(text)}
        case Text(text=text, flush=flush):
            return {"kind": "flush" if flush else "text", "text": safe(text)}
        case Quote(text, source):
            # The words of a provision with items come line by line.
            return {"kind": "quote", "source": safe(source), "lines": [safe(line) for line in text.split("\n")]}
        case Items(entries):
            return {"kind": "items", "entries": [safe(entry) for entry in entries]}
        case Table(header, rows, widths, caption):
            head = [safe(cell) for cell in header]
            body = [[safe(cell) for cell in row] for row in rows]
            given = list(widths) or shares(head, body)
            return {"kind": "table", "caption": safe(caption), "header": head, "rows": body, "widths": given}
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
