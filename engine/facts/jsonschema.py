"""The JSON Schema (draft 2020-12) of a case file, made from the vocabulary."""

from __future__ import annotations

from typing import Any

from engine.facts import wording
from engine.facts.predicate import Field, Predicate
from engine.facts.refusing import json_schema
from engine.facts.vocabulary import asked
from engine.words import field_label, speaking, text


def schema(lang: str = "en", city: str = "") -> dict[str, Any]:
    """The schema, titled in a language; a case may be several files, so no predicate is required in each.

    Of a city, with what its regulation alone asks for and with the terms of its tables.
    """
    with speaking(city):
        return _schema(lang)


def _schema(lang: str) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": text("schema.title", lang),
        "description": text("schema.description", lang),
        "type": "object",
        "properties": {
            "$schema": {"type": "string"},
            **{predicate.name: _predicate(predicate, lang) for predicate in asked()},
        },
        "additionalProperties": False,
    }


def _predicate(predicate: Predicate, lang: str) -> dict[str, Any]:
    about = {"title": wording.label(predicate.name, lang), "description": wording.meaning(predicate.name, lang)}
    if not predicate.fields:
        return {**about, "const": True}
    item = {
        "type": "object",
        "properties": {field.name: _field(predicate, field, lang) for field in predicate.fields},
        "required": list(predicate.names),
        "additionalProperties": False,
    }
    return {**about, "type": "array", "items": item}


def _field(predicate: Predicate, field: Field, lang: str) -> dict[str, Any]:
    about: dict[str, Any] = {"title": field_label(predicate.name, field.name, lang)}
    if field.choices:
        words = (f"{choice}: {wording.choice(field, choice, lang)}" for choice in field.choices)
        return {**about, "description": "; ".join(words), "enum": list(field.choices)}
    return {**about, "description": text(f"vocabulary.kinds.{field.kind}", lang), **json_schema(field.type)}
