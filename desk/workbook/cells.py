"""From what stands in a cell to what the vocabulary wants: forgiving in form, strict in content."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta

from desk.workbook import words
from desk.workbook.page import ERROR, PARTIAL, UNVALUED, Cell
from engine.facts import OPEN, Field, Flaw, IndustryCode, day_text
from engine.law import Provision
from engine.words import narrow, nearest

_MARK = r"[-/.、。—–−‐~]"
_DAY = re.compile(
    rf"(\d{{4}})\s*(?:(?P<mark>{_MARK})\s*(\d{{1,2}})\s*(?P=mark)\s*(\d{{1,2}})\.?|年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]?)"
    r"(?:\s*\(?(?:星期|周)[^\s)]\)?)?(?:[Tt\s]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?"
    r"(?P<zone>[Zz]|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_NUMERAL = "〇一二三四五六七八九"
_IN_NUMERALS = re.compile(rf"([○零{_NUMERAL}]{{4}})年([十{_NUMERAL}]{{1,3}})月([十廿卅{_NUMERAL}]{{1,3}})[日号]")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_PARTIAL = re.compile(
    rf"\d{{4}}\s*(?:{_MARK}\s*\d{{1,2}}|年\s*(?:\d{{1,2}}\s*月?)?)?|\d{{1,2}}\s*(?:月\s*\d{{1,2}}\s*[日号]?|{_MARK}\s*\d{{1,2}})",
    re.ASCII,
)
_CENTURY = re.compile(
    rf"'?\d{{2}}\s*(?:{_MARK}\s*\d{{1,2}}\s*{_MARK}\s*\d{{1,2}}|年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*[日号]?)", re.ASCII
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?", re.ASCII)
_ERRORS = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!)|Err:\d{3}|#{3,}"
)
"""What an office program shows for an error, also where it was pasted as text."""
_FIRST = date(1899, 12, 30).toordinal()
_CHINA = timedelta(hours=8)
_YEARS = range(1950, 2100)
"""Days of these numbers (1905) are years typed into a cell that shows days; such a day is written as text."""
_SENTENCE = frozenset("：，。；！？、（※★")
_NOT = frozenset("不无未没非否外")
_LONG = 16
EXACT = 10**15
"""Numbers from here on an office program keeps with fewer digits than were typed."""


def blank(raw: Cell) -> bool:
    """Whether nothing stands in the cell but space."""
    if isinstance(raw, str) and raw and raw[0].isalnum():
        return False
    return raw is None or (isinstance(raw, str) and not narrow(raw))


def shown(raw: Cell) -> str:
    """A cell as a problem quotes it."""
    if isinstance(raw, float):
        raw = f"{raw:.15g}"
    if isinstance(raw, str):
        for lead in (PARTIAL, ERROR):
            raw = raw.removeprefix(lead)
        raw = "=" if raw == UNVALUED else raw
    found = raw.isoformat() if isinstance(raw, date) else str(raw)
    return found if len(found) <= 60 else found[:59] + "…"


def unread(raw: Cell) -> bool:
    """Whether the cell holds what its formula left behind: an error, or nothing at all."""
    return isinstance(raw, str) and (raw == UNVALUED or raw.startswith(ERROR))


def lost_digits(raw: Cell) -> bool:
    """Whether the cell holds a number of so many digits that the last ones are gone."""
    return isinstance(raw, float) and abs(raw) >= EXACT


def placeholder(raw: Cell) -> bool:
    """Whether the cell holds what people write where they have nothing to write."""
    return isinstance(raw, (str, int)) and words.folded(str(raw)) in words.spellings("placeholder")


def remark(raw: str) -> bool:
    """Whether a text alone in its row reads as a sentence rather than as somebody's identifier."""
    told = raw.strip()
    return any(sign in _SENTENCE for sign in told) or (len(told) >= _LONG and not told.isascii())


def joined(raw: str) -> str:
    """A text without line breaks: nothing instead of them between Chinese signs, a blank elsewhere."""
    text = re.sub(r"(?<=[\u2e80-\uffef])[ \t]*[\r\n]+[ \t]*(?=[\u2e80-\uffef])", "", raw.strip())
    return re.sub(r"[ \t]*[\r\n]+[ \t]*", " ", text)


def value(field: Field, raw: Cell) -> object:
    """The value a cell gives to a field, or the Flaw that keeps it out."""
    if blank(raw):
        return OPEN if field.kind == "open_day" else Flaw("cell_missing", {})
    if raw == UNVALUED:
        return Flaw("cell_formula", {})
    if isinstance(raw, str) and raw.startswith(PARTIAL):
        codes = {"day": "cell_day_incomplete", "open_day": "cell_day_incomplete"}
        return Flaw(codes.get(field.kind, _DATED.get(field.kind, "cell_text_became_day")), {})
    if isinstance(raw, str) and (raw.startswith(ERROR) or _ERRORS.fullmatch(raw.strip())):
        return Flaw("cell_error", {})
    found = _BY_KIND[field.kind](field, raw)
    if isinstance(found, Flaw):
        return found
    checked = field.check(found)
    if not isinstance(checked, Flaw):
        return checked
    told = _told(field, checked)
    return Flaw("cell_points_words", {}) if told.code == "cell_points" and not _measured(raw) else told


_DATED = dict.fromkeys(("year", "number", "score", "sum"), "cell_number_day")


def _told(field: Field, flaw: Flaw) -> Flaw:
    """A flaw of the vocabulary in the words of a workbook."""
    code = flaw.code.removesuffix("_near")
    if field.kind == "sum" and code in ("wants_yuan", "number_range"):
        return Flaw("cell_sum", {})
    if code in ("wants_number", "number_range") and field.kind != "score":
        return Flaw("cell_number", {name: flaw.parameters[name] for name in ("low", "high")})
    codes = {"wants_points": "cell_points", "number_range": "cell_points", "no_such_day": "cell_no_such_day",
             "year_range": "cell_year_range", "open_day_misplaced": "cell_open_day", "nul": "cell_control",
             "surrogate": "cell_control", "noncharacter": "cell_control", "empty": "cell_missing",
             "wants_day": "cell_no_such_day"}  # fmt: skip
    return Flaw(codes.get(code, "cell_value"), dict(flaw.parameters))


def _measured(raw: Cell) -> bool:
    """Whether a cell holds a number, as it is stored or as a text."""
    return not isinstance(raw, str) or re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?分?", narrow(raw)) is not None


def _string(raw: Cell) -> str | Flaw:
    """Text, also where a program made a number of it."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, float):
        return Flaw("cell_lost_digits", {}) if lost_digits(raw) else f"{raw:.15g}"
    if isinstance(raw, int):
        return str(raw)
    return Flaw("cell_text_became_day", {})


def _text(field: Field, raw: Cell) -> str | Flaw:
    """Free text as it stands, without space around; in quotation marks exactly what stands between them."""
    found = _string(raw)
    if isinstance(found, Flaw):
        return found
    exact = literal(found)
    if exact is not None:
        return exact
    return narrow(found) if field.kind == "identifier" or field.type == IndustryCode else found.strip()


def literal(found: str) -> str | None:
    """The text that stands between quotation marks, exactly; None for a cell that is not written so."""
    if len(found) >= 2 and found[0] == found[-1] == '"':
        try:
            exact = json.loads(found)
        except ValueError:
            return None
        return exact if isinstance(exact, str) else None
    return None


def written(field: Field, words_: str) -> str:
    """A text as a cell holds it, so that reading it gives the same text: as it stands, or in quotation marks."""
    alone = field.kind == "identifier" and remark(words_)
    if _text(field, words_) == words_ and not blank(words_) and not alone and _plain(words_):
        return words_
    quoted = json.dumps(words_, ensure_ascii=False)
    return re.sub(r"[\x7f]|_(?=x)", lambda sign: f"\\u{ord(sign[0]):04x}", quoted)


def _plain(words_: str) -> bool:
    """Whether a workbook's XML carries the text unchanged, and nobody takes it for something else."""
    if re.search(r"[\x00-\x1f\x7f]|_x[0-9A-Fa-f]{4}_", words_) or _ERRORS.fullmatch(words_.strip()):
        return False
    alone = words.folded(words_) in words.spellings("here")
    return not (alone or words.aside_of(words_) or words.none_said(words_) or placeholder(words_))


def _choice(field: Field, raw: Cell) -> str | Flaw:
    found = _string(raw)
    if isinstance(found, Flaw):
        return found
    return words.meant(field, found) or Flaw("cell_choice", {})


def explained(field: Field, raw: Cell, flaw: Flaw) -> Flaw:
    """A flaw with what would do, which is looked for only where it is told."""
    if flaw.code == "cell_choice" and not flaw.parameters and field.kind == "choice":
        return unknown(shown(raw), words.choices(field, "zh"))
    return flaw


def unknown(found: str, known: list[str]) -> Flaw:
    """The flaw of a word that is no choice, with the one that it misspells, if any."""
    near = nearest(narrow(found), [one for one in known if _denies(one) == _denies(found)])
    told: dict[str, str | int] = {"choices": "、".join(known)}
    return Flaw("cell_choice_near", told | {"nearest": near}) if near else Flaw("cell_choice", told)


def _denies(told: str) -> bool:
    """Whether a word says that something is not so: it is no suggestion for one that says it is."""
    return not _NOT.isdisjoint(told)


def _day(_: Field, raw: Cell) -> int | Flaw:
    if isinstance(raw, date):  # a datetime is one too
        if typed := _typed_year(raw):
            return Flaw("cell_day_year", {"year": typed})
        return raw.year * 10000 + raw.month * 100 + raw.day
    found = _string(raw)
    if isinstance(found, Flaw):
        return Flaw("cell_day", {})
    told = narrow(found).strip("'")
    if numerals := _IN_NUMERALS.fullmatch("".join(told.split())):
        told = _in_digits(*numerals.groups())
    if full := _DAY.fullmatch(told):
        year, month, day = (int(full[1]), int(full[3] or full[5]), int(full[4] or full[6]))
        return _in_china(year, month, day, full) if full["zone"] else year * 10000 + month * 100 + day
    if eight := _EIGHT.fullmatch(told):
        return int(eight[0])
    if isinstance(raw, str) and _CENTURY.fullmatch(told):
        return Flaw("cell_day_century", {})
    if isinstance(raw, str) and _PARTIAL.fullmatch(told):
        return Flaw("cell_day_incomplete", {})
    return Flaw("cell_day", {})


def _in_china(year: int, month: int, day: int, moment: re.Match[str]) -> int | Flaw:
    """The day it was in China at a moment with a time zone, as web forms and databases write one (…T16:00:00Z)."""
    zone = moment["zone"].upper().replace("Z", "+00:00")
    behind = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])) * (-1 if zone[0] == "-" else 1)
    since = timedelta(hours=int(moment["hour"]), minutes=int(moment["minute"])) + _CHINA - behind
    try:
        found = datetime(year, month, day) + since
    except (OverflowError, ValueError):
        return Flaw("cell_no_such_day", {})
    return found.year * 10000 + found.month * 100 + found.day


def _typed_year(day: date) -> int:
    """The year that somebody typed into a cell formatted as a day, such as 1905-07-17 for 2025; else 0."""
    number = date(day.year, day.month, day.day).toordinal() - _FIRST
    return number if number in _YEARS else 0


def _in_digits(year: str, month: str, day: str) -> str:
    """A day in Chinese numerals (二〇一〇年六月一日) in digits; what is no number becomes 0."""
    digits = {sign: str(at) for at, sign in enumerate(_NUMERAL)} | {"○": "0", "零": "0"}

    def number(told: str) -> int:
        told = told.replace("廿", "二十").replace("卅", "三十")
        tens, ten, ones = told.rpartition("十")
        if not all(part == "" or part in digits for part in (tens, ones)):
            return 0
        return int(digits.get(tens, "1" if ten else "0")) * 10 + int(digits.get(ones, "0"))

    return f"{''.join(digits[sign] for sign in year)}-{number(month):02}-{number(day):02}"


def _open_day(field: Field, raw: Cell) -> int | Flaw:
    if isinstance(raw, str) and words.folded(raw) in words.spellings("running"):
        return OPEN
    return _day(field, raw)


def _number(field: Field, raw: Cell) -> int | str | Flaw:
    found = _string(raw)
    if isinstance(found, Flaw):
        return Flaw("cell_number_day", {})
    told = narrow(found).strip("'")
    if field.kind == "year":
        told = told.removesuffix("度").removesuffix("年").strip()
    if field.wording == "round":
        told = told.removeprefix("第").removesuffix("届").strip()
    told = told.removesuffix("分").strip() if field.name == "points" else told
    if _THOUSANDS.fullmatch(told):
        told = re.sub("[, ]", "", told)
    if field.kind == "sum":
        told = told.removeprefix("¥").removesuffix("元").strip()
        return re.sub("[, ]", "", told) if _THOUSANDS.fullmatch(told) else told
    if field.kind == "score":
        return told
    if re.fullmatch(r"-?\d{1,9}(?:\.0+)?", told, re.ASCII):
        return int(told.partition(".")[0])
    low, high = field.bounds or (0, 0)
    return Flaw("cell_number", {"low": low, "high": high})


def _key(field: Field, raw: Cell) -> str | Flaw:
    """A reading's key, or one of its choices, by the words of the register or by itself."""
    found = _string(raw)
    if isinstance(found, Flaw):
        return found
    if field.name == "key":
        return words.known_readings().get(words.folded(found)) or narrow(found)
    return narrow(found)


_BY_KIND = {
    "identifier": _text,
    "text": _text,
    "choice": _choice,
    "day": _day,
    "open_day": _open_day,
    "year": _number,
    "number": _number,
    "score": _number,
    "sum": _number,
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
            return day if day >= date(1900, 3, 1) and not _typed_year(day) else day.isoformat()
        case "choice":
            known = words.choices(field, lang)
            return known[field.choices.index(str(held))]
        case "identifier" | "text":
            return written(field, str(held))
        case "score":
            return float(held)
        case "sum":
            return int(held) if str(held).isdecimal() and int(held) < EXACT else str(held)
        case "provision":
            return Provision.parse(str(held)).citation
        case _:
            return held
