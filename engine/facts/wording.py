"""The vocabulary in words: labels of predicates, fields and choices, and a fact as a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from engine.facts.kinds import OPEN
from engine.facts.predicate import Field
from engine.facts.vocabulary import PREDICATES, Fact, day_text
from engine.law import Provision, chinese, cities
from engine.words import field_label, has, names_of, text


def label(predicate: str, lang: str) -> str:
    """What a predicate's facts are called."""
    return text(f"vocabulary.{predicate}.label", lang)


def meaning(predicate: str, lang: str) -> str:
    """What a predicate's facts say: its definition in English, in Chinese the sentence with its fields' names.

    Where clerks err, the rule of entry comes after it.
    """
    entry = f"vocabulary.{predicate}.entry"
    ruled = text(entry, lang) if has(entry, lang) else ""
    if lang == "en":
        return " ".join(filter(None, (PREDICATES[predicate].meaning, ruled)))
    fields = {name: f"〔{field_label(predicate, name, lang)}〕" for name in PREDICATES[predicate].names}
    return text(f"vocabulary.{predicate}.sentence", lang, **fields) + "。" + ruled


def choice(field: Field, value: str, lang: str) -> str:
    """A choice in words; a city by the title of its regulation."""
    if field.wording in ("city", "seat") and value in cities():
        return names_of(value, lang)["city"]
    return text(f"vocabulary.choices.{field.wording}.{value}", lang)


def day(value: int, lang: str) -> str:
    """A day as papers write it, in English as ISO does."""
    if lang == "zh":
        return f"{value // 10000}年{value // 100 % 100}月{value % 100}日"
    return day_text(value)


def number(value: int, kind: str, lang: str) -> str:
    """A number; a day and a round as papers write them, in Chinese 2025年9月30日 and 六 (of 第六届)."""
    if kind in ("day", "open_day"):
        return day(value, lang)
    return chinese(value) if kind == "round" and lang == "zh" else str(value)


def words(fact: Fact, lang: str, names: Mapping[str, str] | None = None) -> dict[str, str]:
    """A fact's values in words, by field; identifiers become the names given for them."""
    worded: dict[str, str] = {}
    for field, value in zip(PREDICATES[fact.predicate].fields, fact.arguments, strict=True):
        if field.kind == "identifier":
            worded[field.name] = (names or {}).get(str(value), str(value))
        elif field.kind == "choice":
            worded[field.name] = choice(field, str(value), lang)
        elif field.kind == "provision":
            worded[field.name] = Provision.parse(str(value)).citation
        elif isinstance(value, int) and value != OPEN:
            worded[field.name] = number(value, field.wording or field.kind, lang)
        else:
            worded[field.name] = str(value)
    return _reading(worded["key"], worded["choice"], lang) if fact.predicate == "reading" else worded


def sentence(fact: Fact, lang: str, names: Mapping[str, str] | None = None, described: str = "") -> str:
    """A fact as a sentence without a full stop; identifiers become the names given for them.

    `described` says what was done (the fact `described`), where the vocabulary has words for a fact told so.
    """
    said = words(fact, lang, names)
    own = f"vocabulary.{fact.predicate}.described"
    if described and has(own, lang):
        return text(own, lang, **said, described=described)
    template = "running" if OPEN in fact.arguments else "sentence"
    fields = PREDICATES[fact.predicate].fields
    chosen = fields[-1].kind == "choice" if fields else False
    last = f"vocabulary.{fact.predicate}.said.{fact.arguments[-1]}" if chosen else ""
    return text(last if last and has(last, lang) else f"vocabulary.{fact.predicate}.{template}", lang, **said)


def _reading(key: str, choice: str, lang: str) -> dict[str, str]:
    """A reading as the register words it; its own key and choice where the register is silent."""
    worded = {"key": f"reading.{key}.label", "choice": f"reading.{key}.{choice}"}
    plain = {"key": key, "choice": choice}
    return {name: text(found, lang) if has(found, lang) else plain[name] for name, found in worded.items()}
