"""The workbook in words, both ways: headers, sheet names and choices as people write them, and what they stand for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from desk.workbook.asked import asked_for
from desk.workbook.layout import DOCUMENT, NUMBER, TYPE, Column, Sheet, sheets
from engine.facts import PREDICATES, Field, asks, choice, label
from engine.law import all_readings
from engine.words import LANGUAGES, added, by_regulation, field_label, has, narrow, spoken, text

_SPELLINGS = Path(__file__).with_name("spellings.toml")
_KEPT = 4_096
"""So many texts of cells are remembered with what they say."""
_JOINED = 2
"""So many names of one column stand beside each other; of more the common one is enough."""
ASIDE = ("help", "example", "lists")
"""Sheets that hold no facts."""
_BRACKETS = re.compile(r"[(\[【〔<《][^()\[\]【】〔〕<>《》]*[)\]】〕>》]$")
_SCALE, _USUAL = re.compile(r"[%‰十百千万亿满制]|[0-9]"), re.compile(r"1,?000|千分制|必填|选填|整数")
"""Remarks that speak of a scale, and those that speak of the usual one."""
_NUMBERED = re.compile(
    r"^(?:[0-9]{1,2}[.、)]|[①-⑳]|[(][0-9一二三四五六七八九十]{1,3}[)]|[一二三四五六七八九十]{1,3}、)"
)


def folded(words: str) -> str:
    """What is compared: narrow, without any space, small letters; commas and quotes of one kind."""
    joined = "".join(narrow(words).split()).casefold()
    return joined.translate({0x3001: 0x2C, 0x201C: 0x22, 0x201D: 0x22})


def sheet_name(name: str, lang: str) -> str:
    """What a sheet is called."""
    return text(f"workbook.sheets.{name}", lang)


def header(sheet: Sheet, column: Column, lang: str) -> str:
    """What a column is called: its own word, else what the vocabulary calls what it holds."""
    key, _, copy = column.key.partition("#")
    own = f"workbook.headers.{sheet.name}.{key}"
    spread = f"workbook.spread.{key.partition('.')[0]}"
    if has(own, lang) and not _worded(column):
        words = text(own, lang)
    elif column.choice and has(spread, lang):
        told = {name: text(f"vocabulary.choices.{wording}.{one}", lang) for wording, one, name in column.choice}
        words = text(spread, lang, **told)
    elif column.key in (TYPE, DOCUMENT, NUMBER):
        words = text(f"workbook.headers.{column.key}", lang)
    elif column.choice:
        wording, one, _ = column.choice[0]
        words = text(f"vocabulary.choices.{wording}.{one}", lang)
    elif column.flag:
        words = label(column.key, lang)
    elif len(column.fields) > 1 and any(PREDICATES[one].model.further and asks(one) for one, _ in column.fields):
        labels = list(dict.fromkeys(field_label(predicate, field, lang) for predicate, field in _live(column)))
        words = "／".join(labels) if len(labels) <= _JOINED else text(f"vocabulary.fields.{column.key}", lang)
    elif len(column.fields) == 1:
        predicate, field = column.fields[0]
        sole = _sole(sheet, predicate) and column.key not in sheet.keys
        words = label(predicate, lang) if sole else field_label(predicate, field, lang)
    else:
        words = text(f"vocabulary.fields.{column.key}", lang)
    return words + copy


def _worded(column: Column) -> bool:
    """Whether the regulation spoken of has words of its own for the choice that a column is for."""
    return bool(spoken() and column.choice and column.field and column.choice[0][1] in added(_table(column)))


def _table(column: Column) -> str:
    predicate, _ = column.fields[0]
    name = column.choice[0][2]
    return next(field.table for field in PREDICATES[predicate].fields if field.name == name)


def _live(column: Column) -> list[tuple[str, str]]:
    """The fields of a column whose predicates the regulation spoken of asks for; all of them where it asks for none."""
    return [one for one in column.fields if asked_for(spoken(), one[0])] or list(column.fields)


def _sole(sheet: Sheet, predicate: str) -> bool:
    """Whether the predicate has one value beside the keys of a wide sheet, so that its own name says all."""
    values = len(PREDICATES[predicate].fields) - len(sheet.keys)
    return values <= 1 and (bool(sheet.keys) or not sheet.typed)


@by_regulation
def known_sheets() -> dict[str, Sheet]:
    """The sheets by their folded names in every language."""
    return {folded(sheet_name(sheet.name, lang)): sheet for sheet in sheets() for lang in LANGUAGES}


@cache
def asides() -> frozenset[str]:
    """The folded names of the sheets that hold no facts."""
    return frozenset(folded(sheet_name(name, lang)) for name in ASIDE for lang in LANGUAGES)


@by_regulation
def known_headers(name: str) -> dict[str, Column]:
    """The columns of a sheet by their folded headers in every language."""
    sheet = next(sheet for sheet in sheets() if sheet.name == name)
    return {folded(header(sheet, column, lang)): column for column in sheet.columns for lang in LANGUAGES}


def mark(words: str) -> str:
    """A header without the star that marks what must be filled in."""
    return narrow(words).strip("*:").strip()


def known_header(name: str, words: str) -> Column | None:
    """The column that a header names: as it stands, or without a number before it or a remark in brackets after it."""
    known = known_headers(name)
    told = folded(mark(words))
    while told:
        for one in (told, _NUMBERED.sub("", told)):
            if column := known.get(one.strip("*:")):
                return column
        shorter = _BRACKETS.sub("", told).strip("*:")
        if shorter == told:
            return None
        told = shorter
    return None


def scale_of(name: str, words: str) -> str:
    """The scale or unit that a remark behind a known header speaks of, such as 百分制, 万元, %; else an empty text.

    Points are of a thousand and sums in yuan, which a remark may say as well.
    """
    told = mark(words)
    if folded(told) in known_headers(name):
        return ""
    remark = "".join(_BRACKETS.findall(told)).strip("()[]【】〔〕<>《》 ")
    return remark if _SCALE.search(remark) and not _USUAL.search(remark) else ""


def near(words: str, known: list[str], least: float = 0.55) -> str:
    """The one of the known words that is most alike, or an empty text."""
    wanted = folded(mark(words))
    rated = [(SequenceMatcher(None, wanted, folded(mark(one))).ratio(), one) for one in known if one]
    best, found = max(rated, default=(0.0, ""))
    return found if best >= least else ""


@cache
def _spellings() -> dict[str, Any]:
    return tomllib.loads(_SPELLINGS.read_text("utf-8"))


@cache
def spellings(kind: str) -> frozenset[str]:
    """What people write for one thing, folded: `yes`, `placeholder`, `sum`, `none` and the like."""
    return frozenset(_lines(_spellings()["spelling"][kind]))


def _lines(words: str) -> Iterator[str]:
    return (folded(word) for word in words.split("\n") if word.strip())


@lru_cache(_KEPT)
def aside_of(words: str) -> str:
    """`sum` or `note` where the first words of a row say that it is a line of sums or a remark; empty for a record."""
    told = folded(words).strip("*:.。")
    if told in spellings("sum") or re.fullmatch(_spellings()["pattern"]["sum"], told):
        return "sum"
    head, colon, _ = told.partition(":")
    return (
        "note"
        if (head if colon else told) in spellings("note") or re.match(_spellings()["pattern"]["note"], folded(words))
        else ""
    )


@lru_cache(_KEPT)
def none_said(words: str) -> str:
    """What the clerk says the case has none of (“本案没有不良记录、证书”), folded; empty if he says no such thing."""
    told = folded(words).strip(".。;:\"'“”*[]【】")
    for lead in spellings("none"):
        if told.startswith(lead) and len(told) > len(lead):
            return told[len(lead) :].strip(":")
    return ""


def none_here(words: str, sheet: Sheet) -> bool:
    """Whether the clerk says, alone in a row of a sheet, that it has no records (“无”, “本表没有记录”)."""
    told = folded(words).strip(".。;:!\"'“”*()[]【】")
    names = {folded(sheet_name(sheet.name, lang)) for lang in LANGUAGES}
    return told in spellings("here") or any(told == lead + name for lead in spellings("free_of") for name in names)


def among(name: str, listed: str) -> bool:
    """Whether a folded name is one of those listed, with commas, slashes or “和” between them."""
    between = r"(?:^|[,;/和及与\"'“”])"
    return re.search(between + re.escape(name) + between.replace("^", "$"), listed) is not None


def choices(field: Field, lang: str) -> list[str]:
    """The choices of a field in words, in the order of the vocabulary."""
    return [] if field.kind == "key" else list(_choices(field, lang))


@by_regulation
def _choices(field: Field, lang: str) -> tuple[str, ...]:
    return tuple(choice(field, value, lang) for value in field.choices)


@by_regulation
def known_choices(field: Field) -> dict[str, str]:
    """The choices of a field by what people may write for them."""
    found: dict[str, str] = {}
    for value in field.choices:
        found[folded(value)] = value
        for lang in LANGUAGES:
            found[folded(choice(field, value, lang))] = value
    for value in field.choices:
        for word in _lines(_spellings()["choice"].get(field.wording, {}).get(value, "")):
            found.setdefault(word, value)
    if set(field.choices) == {"yes", "no"}:
        found |= dict.fromkeys(spellings("yes"), "yes") | dict.fromkeys(spellings("no"), "no")
    return found


def meant(field: Field, words: str) -> str | None:
    """The choice that the words stand for, or None."""
    return known_choices(field).get(folded(words))


@by_regulation
def known_types(name: str) -> dict[str, str]:
    """The kinds of record of a sheet by their names."""
    sheet = next(sheet for sheet in sheets() if sheet.name == name)
    found: dict[str, str] = {}
    for binding in sheet.bindings:
        found[folded(binding.predicate)] = binding.predicate
        for lang in LANGUAGES:
            found[folded(label(binding.predicate, lang))] = binding.predicate
    return found


@by_regulation
def known_readings() -> dict[str, str]:
    """Keys of readings by their labels."""
    found: dict[str, str] = {}
    for key in all_readings():
        found[folded(key)] = key
        found |= {folded(text(f"reading.{key}.label", lang)): key for lang in LANGUAGES}
    return found


@by_regulation
def known_reading_choices(key: str) -> dict[str, str]:
    """The choices of a reading by their words."""
    reading = all_readings().get(key)
    found: dict[str, str] = {}
    for one in reading.choices if reading else ():
        found[folded(one)] = one
        found |= {folded(text(f"reading.{key}.{one}", lang)): one for lang in LANGUAGES}
    return found
