"""The page docs/vocabulary.md, made from the definitions: `python -m engine.case.handbook` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from engine.case.jsonfile import write
from engine.facts import OPEN, CreditCode, Fact, Field, Predicate, asked, wording
from engine.facts import text as fact_text
from engine.law import statute
from engine.words import LANGUAGES, field_label, has, speaking, spoken, text

PAGE = Path(__file__).resolve().parents[2] / "docs" / "vocabulary.md"

_LP = {
    "identifier": '`"J01"`',
    "choice": "`good`",
    "day": "`20250930`",
    "open_day": "`20250930`, `99991231`",
    "year": "`2024`",
    "number": "`6`",
    "text": '`"…"`',
    "score": '`842`, `"842.50"`',
    "sum": '`1999999`, `"12345678901.50"`',
    "provision": "`art(27,0,0)`",
    "key": "`lookback`",
}
_JSON = {
    **_LP,
    "choice": '`"good"`',
    "day": '`"2025-09-30"`',
    "open_day": '`"2025-09-30"`, `null`',
    "score": "`842`, `842.5`",
    "sum": "`1999999`, `12345678901.5`",
    "provision": '`"art(27,0,0)"`',
    "key": '`"lookback"`',
}
_EXAMPLES: dict[str, str | int] = {
    "applicant": "J01",
    "winner": "W01",
    "provision": "art(27,0,0)",
    "id": "J01",
    "reviewer": "R01",
    "person": "R01",
    "other": "P9",
    "organization": "J01",
    "controller": "P9",
    "group": "G1",
    "code": "C38",
    "key": "lookback",
    "choice": "calendar_years",
    "from_day": 20240101,
    "to_day": 20261231,
    "day": 20240506,
    "deadline": 20250930,
    "fact": 'applicant("J01",organization)',
    "year": 2024,
    "round": 4,
    "number": 6,
    "minimum": 3,
    "maximum": 5,
    "sent": 20251020,
    "replied": 20251024,
    "published": 20251102,
    "order": 1,
    "part": 1,
    "numbers": 6,
    "low": 1,
    "high": 33,
    "points": 842,
}


def page(city: str = "") -> str:
    """The whole page; of a city, with what its regulation alone asks for and without what it does not know."""
    with speaking(city):
        return "\n".join(_lines()) + "\n"


def example(predicate: Predicate) -> Fact:
    """A fact of a predicate, for show."""
    return Fact(predicate.name, tuple(map(_value, predicate.fields)))


def _value(field: Field) -> str | int:
    if field.type == CreditCode:
        return "91350100M000100Y43"
    plain: dict[str, str | int] = {"number": 5, "sum": 1_999_999}
    value = _EXAMPLES.get(field.name, (*field.choices, plain.get(field.kind, "…"))[0])
    return "…" if field.kind == "text" and isinstance(value, int) else value


def _lines() -> Iterator[str]:
    yield f"# {_say('title', 'en')}"
    if spoken():
        yield from ("", f"《{statute(spoken()).title}》")
    for lang in LANGUAGES:
        yield from ("", _say("opening", lang).strip())
    yield from ("", f"| {_both('kind')} | {_both('in_lp')} | {_both('in_json')} |", "| --- | --- | --- |")
    used = {field.kind for predicate in asked() for field in predicate.fields}
    for kind, in_lp in ((kind, in_lp) for kind, in_lp in _LP.items() if kind in used):
        yield f"| {_both(kind)} | {in_lp} | {_JSON[kind]} |"
    for group, predicates in groupby(asked(), key=attrgetter("group")):
        heading = " ".join(text(f"vocabulary.groups.{group}", lang) for lang in ("en", "zh"))
        yield from ("", f"## {heading}")
        for predicate in predicates:
            yield from _predicate(predicate)


def _predicate(predicate: Predicate) -> Iterator[str]:
    yield from ("", f"### `{predicate.signature}`", "")
    yield f"{wording.label(predicate.name, 'zh')}。{wording.meaning(predicate.name, 'en')}"
    if has(entry := f"vocabulary.{predicate.name}.entry", "zh"):
        yield text(entry, "zh")
    if predicate.fields:
        yield from ("", f"| {_both('field')} | | {_both('kind')} | {_both('values')} |", "| --- | --- | --- | --- |")
    for field in predicate.fields:
        label = " ".join(field_label(predicate.name, field.name, lang) for lang in ("zh", "en"))
        kind = " ".join(text(f"vocabulary.kinds.{field.kind}", lang) for lang in ("zh", "en"))
        yield f"| `{field.name}` | {label} | {kind} | {_values(field)} |"
    for lang in LANGUAGES:
        if rules := " ".join(_rules(predicate, lang)):
            yield from ("", rules)
    fact = example(predicate)
    yield from ("", "```prolog", f"{fact_text(fact)}.", "```", "", "```json", _json(fact), "```", "")
    yield from (f"> {wording.sentence(fact, 'zh')}。", ">", f"> {wording.sentence(fact, 'en')}.")


def _values(field: Field) -> str:
    if field.choices:
        words = (f"`{c}` {wording.choice(field, c, 'zh')}, {wording.choice(field, c, 'en')}" for c in field.choices)
        return "<br>".join(words)
    if field.bounds:
        low, high = field.bounds
        return f"{low}–{high}"
    if field.declared_by == ("*",):
        return _both("known")
    if field.declared_by:
        predicates = ", ".join(f"`{name}`" for name in field.declared_by)
        return " ".join(_say("declared_by", lang, predicates=predicates) for lang in LANGUAGES)
    return f"`{OPEN}`: {_both('open_day')}" if field.kind == "open_day" else ""


def _rules(predicate: Predicate, lang: str) -> Iterator[str]:
    """What the facts of a predicate may not contradict, as its class declares it."""
    model = predicate.model
    if model.one_per is not None:
        yield _say("one_per" if model.one_per else "one_per_none", lang, fields=_names(model.one_per))
    if model.ordered:
        yield _say("ordered", lang, first=model.ordered[0], second=model.ordered[1])
    if model.declares:
        yield _say("declares", lang, field=model.declares)
    if model.never_also:
        yield _say("never_also", lang, other=model.never_also)
    if model.follows:
        yield _say("follows", lang, leader=model.follows[0], fields=_names(model.follows[1]))
    if model.not_before:
        yield _say("not_before", lang, field=model.not_before)
    if model.speaks_of:
        yield _say("speaks_of", lang, field=model.speaks_of)
    if model.up_to_round:
        yield _say("up_to_round", lang, field=model.up_to_round)
    if model.not_after:
        yield _say("not_after", lang, others=_names(model.not_after))
    if model.before:
        yield _say("before", lang, others=_names(model.before))
    if model.unbroken:
        yield _say("unbroken", lang, field=model.unbroken)
    if model.draws:
        yield _say("draws", lang)
    if model.calendar:
        yield _say("calendar", lang)
    if model.one_body:
        yield _say("one_body", lang)
    if model.never_part:
        yield _say("never_part", lang)
    if model.cites:
        yield _say("cites", lang, field=model.cites)


def _names(fields: tuple[str, ...]) -> str:
    return ", ".join(f"`{field}`" for field in fields)


def _json(fact: Fact) -> str:
    lines = [line.strip() for line in write([fact]).splitlines()]
    return " ".join(lines).replace("[ ", "[").replace(" ]", "]").replace("{ ", "{").replace(" }", "}")


def _both(key: str) -> str:
    return " ".join(_say(key, lang) for lang in LANGUAGES)


def _say(key: str, lang: str, **parameters: object) -> str:
    return text(f"vocabulary_doc.{key}", lang, **parameters)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
