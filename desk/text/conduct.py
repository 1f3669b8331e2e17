"""How a round was conducted, as lines for a terminal."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from desk.text.decisions import in_force, not_checked
from desk.text.records import recorded

_ARGUMENT = r'"(?:[^"\\]|\\.)*"|…|[\w-]+'

if TYPE_CHECKING:
    from desk.shell import Shell
    from engine.answers import Procedure, Value
    from engine.case import Case


def conduct_lines(result: "Procedure", shell: "Shell") -> Iterator[str]:
    """Heading, violations with what is on file and what was required, what could not be checked, readings."""
    from engine.law import statute
    from engine.words import wrap

    case = result.case
    title = statute(case.city).title
    yield shell.paint(shell.text("procedure.title", title=title, round=case.round), bold=True)
    key = "procedure.violations" if result.violations else "procedure.none"
    yield shell.paint(shell.text(key, count=len(result.violations)), "red" if result.violations else "green")
    for entry in result.violations:
        yield f"  {entry.provision.citation}  {shell.text(f'procedure.check.{entry.check}')}"
        beside = "beside" if isinstance(entry.required, str) and "(" in entry.required else "required"
        for label, value in (("found", entry.found), (beside, entry.required)):
            words = shell.text(f"procedure.{label}", value=value_words(value, shell.lang, case.names))
            yield from (f"    {line}" for line in wrap(words, shell.columns - 4))
    if result.unchecked:
        yield shell.paint(shell.text("procedure.unchecked", count=len(result.unchecked)), "yellow")
    for row in result.unchecked:
        check = shell.text(f"procedure.check.{row.check}")
        words = shell.text("procedure.missing", check=check, missing=missing_words(row.missing, case, shell.lang))
        yield from (f"  {line}" for line in wrap(f"{row.provision.citation}  {words}", shell.columns - 2))
    yield from in_force(case.city, result.readings, shell)
    yield from not_checked(case.city, "procedure", shell)


def value_words(value: "Value", lang: str, names: Mapping[str, str] | None = None) -> str:
    """What was found or required: a number, a fact as a sentence, or a list of either and of categories."""
    from engine.words import has, text, visible

    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return text("table.and", lang).join(value_words(one, lang, names) for one in value) or "—"
    if "(" in value:
        return recorded(value, lang, names)
    for key in ("category", "purpose", "objection", "limb"):
        if has(f"vocabulary.choices.{key}.{value}", lang):
            return text(f"vocabulary.choices.{key}.{value}", lang)
    key = f"procedure.value.{value}"
    return text(key, lang) if has(key, lang) else visible(value)


def missing_words(pattern: str, case: "Case", lang: str) -> str:
    """A record that is missing, by what its facts are called, and what is known of it.

    An objection is asked for where it is pending: what is missing is how it was settled. Of a notice on file its end.
    """
    from engine.facts import PREDICATES, choice, label, number
    from engine.words import text, visible

    names = case.names

    predicate, _, rest = pattern.partition("(")
    if predicate not in PREDICATES:
        return visible(pattern)
    told = []
    for field, argument in zip(PREDICATES[predicate].fields, re.findall(_ARGUMENT, rest), strict=False):
        if argument.startswith('"'):
            id = re.sub(r"\\(.)", r"\1", argument[1:-1])
            told.append(names.get(id, id))
        elif argument in field.choices:
            told.append(choice(field, argument, lang))
        elif argument.isdecimal():
            kind = "round" if field.name == "round" else field.kind
            key = "procedure.round" if kind == "round" else "procedure.number"
            told.append(text(key, lang, number=number(int(argument), kind, lang)))
    fields = text("procedure.fields", lang, fields=text("procedure.comma", lang).join(told)) if told else ""
    running = predicate == "notice" and any(rest.startswith(f"{row[0]},") for row in case.rows("notice"))
    part = "settled" if predicate == "objection" else "end" if running else ""
    name = label(predicate, lang)
    return visible((text(f"procedure.part.{part}", lang, name=name) if part else name) + fields)
