"""From what stands in a cell to what the vocabulary wants: forgiving in form, strict in content."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from desk.workbook import words
from desk.workbook.gate import ERROR, PARTIAL, UNVALUED
from engine.facts import OPEN, Field, Flaw, IndustryCode, day_text
from engine.law import Provision

Cell = str | int | float | date | datetime | time | timedelta | None
"""What a reader of workbooks finds in a cell."""

_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?)", re.ASCII)
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_PARTIAL = re.compile(r"\d{4}(?:[-/.]\d{1,2}|年(?:\d{1,2}月?)?)?", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)


def blank(raw: Cell) -> bool:
    """Whether nothing stands in the cell but space."""
    return raw is None or (isinstance(raw, str) and not words.narrow(raw))


def shown(raw: Cell) -> str:
    """A cell as a problem quotes it."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if raw in (UNVALUED, ERROR):
        return str(raw)[1:]
    if isinstance(raw, str) and raw.startswith(PARTIAL):
        return raw.removeprefix(PARTIAL)
    found = raw.isoformat() if isinstance(raw, (date, time)) else str(raw)
    return found if len(found) <= 60 else found[:59] + "…"


def value(field: Field, raw: Cell) -> object:
    """The value a cell gives to a field, or the Flaw that keeps it out."""
    if blank(raw):
        return OPEN if field.kind == "open_day" else Flaw("cell_missing", {})
    if raw == UNVALUED:
        return Flaw("cell_formula", {})
    if isinstance(raw, str) and raw.startswith(PARTIAL):
        codes = {"day": "cell_day_incomplete", "open_day": "cell_day_incomplete"}
        return Flaw(codes.get(field.kind, _DATED.get(field.kind, "cell_text_became_day")), {})
    if raw == ERROR or (isinstance(raw, str) and raw.strip() in _ERRORS):
        return Flaw("cell_error", {})
    found = _BY_KIND[field.kind](field, raw)
    if isinstance(found, Flaw):
        return found
    checked = field.check(found)
    return _told(field, checked) if isinstance(checked, Flaw) else checked


_DATED = dict.fromkeys(("year", "number", "score"), "cell_number_day")
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")


def _told(field: Field, flaw: Flaw) -> Flaw:
    """A flaw of the vocabulary in the words of a workbook."""
    code = flaw.code.removesuffix("_near")
    if code in ("wants_number", "number_range") and field.kind != "score":
        return Flaw("cell_number", {name: flaw.parameters[name] for name in ("low", "high")})
    codes = {"wants_points": "cell_points", "number_range": "cell_points", "no_such_day": "cell_no_such_day",
             "year_range": "cell_year_range", "open_day_misplaced": "cell_open_day", "nul": "cell_control",
             "surrogate": "cell_control", "empty": "cell_missing"}  # fmt: skip
    return Flaw(codes.get(code, "cell_value"), dict(flaw.parameters))


def _string(raw: Cell) -> str | Flaw:
    """Text, also where a program made a number of it."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else repr(raw)
    if isinstance(raw, int):
        return str(raw)
    return Flaw("cell_text_became_day", {})


def _text(field: Field, raw: Cell) -> str | Flaw:
    """Free text as it stands, without space around; in quotation marks exactly what stands between them."""
    found = _string(raw)
    if isinstance(found, Flaw):
        return found
    literal = _literal(found)
    if literal is not None:
        return literal
    return words.narrow(found) if field.kind == "identifier" or field.type == IndustryCode else found.strip()


def _literal(found: str) -> str | None:
    if len(found) >= 2 and found[0] == found[-1] == '"':
        try:
            literal = json.loads(found)
        except ValueError:
            return None
        return literal if isinstance(literal, str) else None
    return None


def written(field: Field, words_: str) -> str:
    """A text as a cell holds it, so that reading it gives the same text: as it stands, or in quotation marks."""
    if _text(field, words_) == words_ and not blank(words_) and _plain(words_):
        return words_
    quoted = json.dumps(words_, ensure_ascii=False)
    return re.sub(r"[\ufffe\uffff\x7f]|_(?=x)", lambda sign: f"\\u{ord(sign[0]):04x}", quoted)


def _plain(words_: str) -> bool:
    """Whether a workbook's XML carries the text unchanged, and nobody takes it for something else."""
    return not re.search(r"[\x00-\x09\x0b-\x1f\x7f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_", words_) and words_ not in _ERRORS


def _choice(field: Field, raw: Cell) -> str | Flaw:
    found = _string(raw)
    if isinstance(found, Flaw):
        return found
    if meant := words.meant(field, found):
        return meant
    known = words.choices(field, "zh")
    return unknown(found, known)


def unknown(found: str, known: list[str]) -> Flaw:
    """The flaw of a word that is no choice, with the nearest one if any comes near."""
    near = get_close_matches(words.narrow(found)[:80], known, 1, 0.4)
    near = near or [one for one in known if words.folded(found) and words.folded(found) in words.folded(one)][:1]
    told: dict[str, str | int] = {"choices": "、".join(known)}
    return Flaw("cell_choice_near", told | {"nearest": near[0]}) if near else Flaw("cell_choice", told)


def _day(_: Field, raw: Cell) -> int | Flaw:
    if isinstance(raw, date):  # a datetime is one too
        return raw.year * 10000 + raw.month * 100 + raw.day
    found = _string(raw)
    if isinstance(found, Flaw):
        return Flaw("cell_day", {})
    joined = "".join(words.narrow(found).split())
    if joined.endswith("T00:00:00"):
        joined = joined[:-9]
    if full := _DAY.fullmatch(joined):
        year, month, day = full[1], full[2] or full[4], full[3] or full[5]
        return int(year) * 10000 + int(month) * 100 + int(day)
    if eight := _EIGHT.fullmatch(joined):
        return int(eight[0])
    if isinstance(raw, str) and _PARTIAL.fullmatch(joined):
        return Flaw("cell_day_incomplete", {})
    return Flaw("cell_day", {})


def _open_day(field: Field, raw: Cell) -> int | Flaw:
    if isinstance(raw, str) and words.folded(raw) in words.RUNNING:
        return OPEN
    return _day(field, raw)


def _number(field: Field, raw: Cell) -> int | str | Flaw:
    found = _string(raw)
    if isinstance(found, Flaw):
        return Flaw("cell_number_day", {})
    joined = "".join(words.narrow(found).split())
    if field.kind == "year":
        joined = joined.removesuffix("度").removesuffix("年")
    if _THOUSANDS.fullmatch(joined):
        joined = joined.replace(",", "")
    joined = joined.removesuffix("分") if field.name == "points" else joined
    if field.kind == "score":
        return joined
    if re.fullmatch(r"-?\d{1,9}", joined, re.ASCII):
        return int(joined)
    low, high = field.bounds or (0, 0)
    return Flaw("cell_number", {"low": low, "high": high})


def _key(field: Field, raw: Cell) -> str | Flaw:
    """A reading's key, or one of its choices, by the words of the register or by itself."""
    found = _string(raw)
    if isinstance(found, Flaw):
        return found
    if field.name == "key":
        return words.known_readings().get(words.folded(found)) or words.narrow(found)
    return words.narrow(found)


_BY_KIND = {
    "identifier": _text,
    "text": _text,
    "choice": _choice,
    "day": _day,
    "open_day": _open_day,
    "year": _number,
    "number": _number,
    "score": _number,
    "provision": _text,
    "key": _key,
}


def put(field: Field, held: str | int, lang: str) -> str | int | float | date | None:
    """A value as the writer puts it into a cell; None for an empty one."""
    match field.kind:
        case "open_day" if held == OPEN:
            return None
        case "day" | "open_day":
            day = date.fromisoformat(day_text(int(held)))
            # Workbooks count days from 1900, and wrongly until the end of February.
            return day if day >= date(1900, 3, 1) else day.isoformat()
        case "choice":
            known = words.choices(field, lang)
            return known[field.choices.index(str(held))]
        case "identifier" | "text":
            return written(field, str(held))
        case "score":
            return float(held)
        case "provision":
            return Provision.parse(str(held)).citation
        case _:
            return held
