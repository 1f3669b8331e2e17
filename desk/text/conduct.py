"""How a round was conducted, as lines for a terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desk.text.decisions import in_force
from desk.text.records import recorded

if TYPE_CHECKING:
    from desk.shell import Shell
    from engine.answers import Procedure, Value


def conduct_lines(result: "Procedure", shell: "Shell") -> Iterator[str]:
    """Heading, violations with what is on file and what was required, what could not be checked, readings."""
    from engine.law import statute
    from engine.words import visible, wrap

    case = result.case
    title = statute(case.city).title
    yield shell.paint(shell.text("procedure.title", title=title, round=case.round), bold=True)
    key = "procedure.violations" if result.violations else "procedure.none"
    yield shell.paint(shell.text(key, count=len(result.violations)), "red" if result.violations else "green")
    for entry in result.violations:
        yield f"  {entry.provision.citation}  {shell.text(f'procedure.check.{entry.check}')}"
        for label, value in (("found", entry.found), ("required", entry.required)):
            words = shell.text(f"procedure.{label}", value=value_words(value, shell.lang))
            yield from (f"    {line}" for line in wrap(words, shell.columns - 4))
    if result.unchecked:
        yield shell.paint(shell.text("procedure.unchecked", count=len(result.unchecked)), "yellow")
    for row in result.unchecked:
        check = shell.text(f"procedure.check.{row.check}")
        words = shell.text("procedure.missing", check=check, missing=visible(row.missing))
        yield from (f"  {line}" for line in wrap(f"{row.provision.citation}  {words}", shell.columns - 2))
    yield from in_force(case.city, result.readings, shell)


def value_words(value: "Value", lang: str) -> str:
    """What was found or required: a number, a fact as a sentence, or a list of either and of categories."""
    from engine.words import has, text, visible

    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return text("table.and", lang).join(value_words(one, lang) for one in value) or "—"
    if "(" in value:
        return recorded(value, lang)
    for key in ("category", "purpose", "objection", "limb"):
        if has(f"vocabulary.choices.{key}.{value}", lang):
            return text(f"vocabulary.choices.{key}.{value}", lang)
    key = f"procedure.value.{value}"
    return text(key, lang) if has(key, lang) else visible(value)
