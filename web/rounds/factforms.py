"""The fields of a form for a kind of fact, made from the vocabulary, and what was typed as facts hold it."""

from __future__ import annotations

from typing import Any

from engine.facts import OPEN, Field, Predicate, choice
from engine.law import statute
from engine.words import field_label
from web.page import Asked, Form, say
from web.rounds.models import Round
from web.work import answered, known


def fact_field(one: Predicate, field: Field, round_: Round, lang: str, value: str) -> Asked:
    """One field, as a form asks for it; an applicant of the round is chosen from a list."""
    name = field_label(one.name, field.name, lang)
    if field.kind == "choice":
        return Asked(field.name, name, "choice", choices=[(each, choice(field, each, lang)) for each in field.choices])
    if field.kind in ("day", "open_day"):
        hint = say("enter.open_day" if field.kind == "open_day" else "enter.day", lang)
        return Asked(field.name, name, "day", needed=field.kind == "day", hint=hint)
    if field.kind == "identifier" and "applicant" in field.declared_by and round_.head is not None:
        rows = known("rows", round_.head.facts_hash) or ()
        return Asked(
            field.name, name, "choice", choices=[(r["id"], f"{r['id']} {r['name']}") for r in rows], value=value
        )
    if field.kind == "provision":
        words = statute(round_.city).words
        return Asked(field.name, name, "choice", choices=[(str(p), f"{p.citation}　{words[p][:40]}") for p in words])
    if one.name == "described" and field.name == "fact" and round_.head is not None:
        known_ = answered("describable", round_.head.facts)
        return Asked(
            field.name, name, "choice", choices=[(each["fact"], _told(each, lang)) for each in known_], value=value
        )
    low, high = field.bounds or ("", "")
    hint = say("enter.bounds", lang, low=low, high=high) if field.bounds else ""
    return Asked(field.name, name, "long" if field.name == "text" else "text", hint=hint, value=value)


def _told(each: dict[str, Any], lang: str) -> str:
    """A fact to be described, with what stands for it already."""
    return (
        say("enter.described", lang, fact=each["words"][lang], words=each["described"])
        if each["described"]
        else str(each["words"][lang])
    )


def values(one: Predicate, form: Form) -> list[Any]:
    """What was typed, as facts hold it; what cannot be is told in the form."""
    row: list[Any] = []
    for field in one.fields:
        words = form.values.get(field.name, "")
        if field.kind in ("year", "number"):
            if form.values.get(field.name) is not None and not str(words).isdecimal():
                form.fault(field.name, "enter.number")
            row.append(int(words) if str(words).isdecimal() else 0)
        elif field.decimal:
            row.append(int(words) if str(words).isdecimal() else words)
        elif field.kind == "open_day":
            row.append(words or OPEN)
        else:
            row.append(words)
    return row
