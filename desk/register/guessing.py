"""A mapping guessed from the heads and values of tables, for somebody to check: it decides nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from desk.register.tables import Row, rows_of
from desk.shell import Shell
from engine.facts import OPEN, PREDICATES, Field, Predicate, choice, label
from engine.words import field_label, has

ENOUGH = 0.75
"""How alike a head and a field's label must be (0 to 1) to be taken for the same."""
_OFFERED = ("certificate", "register", "start", "state", "nothing")
"""What a register holds; papers, notices and scores come with an application, findings from a person."""
_MANY = 12


def guessed(tables: Sequence[Path], shell: Shell) -> str:
    """The text of a mapping (TOML) for tables that stand beside it, each guess with what it rests on.

    Values that match no choice stand in a comment for somebody to translate. CaseError where a table cannot be read.
    """
    lines = [
        f"# {shell.text('screening.guess.head')}",
        "[round]",
        'city = "jiyuan"',
        "number = 1",
        'deadline = "2026-09-30"',
    ]
    declared = False
    for path in tables:
        rows = rows_of(path)
        heads = list(rows[0]) if rows else []
        who = _who(heads, rows, shell)
        lines += ["", f"# {path.name}: {', '.join(heads)}"]
        if not who:
            lines.append(f"# {shell.text('screening.guess.nobody')}")
            continue
        if not declared:
            always = {"kind": '"organization"'}
            lines += _entry(PREDICATES["applicant"], path, {"applicant": who}, always, {}, [])
            declared = True
        found = [_guess(predicate, path, heads, rows, who, shell) for predicate in PREDICATES.values()]
        lines += [line for one in found for line in one]
        if not any(found):
            lines.append(f"# {shell.text('screening.guess.nothing')}")
    return "\n".join(lines) + "\n"


def _guess(
    predicate: Predicate, path: Path, heads: Sequence[str], rows: Sequence[Row], who: str, shell: Shell
) -> list[str]:
    """The entry for a kind of fact where a column is found for each of its fields; nothing where one is missing."""
    about, fields = (predicate.fields or (None,))[0], predicate.fields[1:]
    named = predicate.name == "name"
    if about is None or not fields:
        return []
    if not named and (about.name != "applicant" or predicate.model.change not in _OFFERED):
        return []
    columns = {about.name: who}
    told = _alike(path.stem, label(predicate.name, shell.lang))
    for field in fields:
        score, head = max(
            ((_fits(predicate, field, head, shell), head) for head in heads if head != who), default=(0.0, "")
        )
        if score < ENOUGH:
            return []
        columns[field.name] = head
        if field_label(predicate.name, field.name, shell.lang) == label(predicate.name, shell.lang) or score > 1:
            told = 1.0
    if told < ENOUGH and not named:
        return []
    values: dict[str, dict[str, str | int]] = {}
    left: list[str] = []
    for field in fields:
        known, unknown = _values(field, columns[field.name], rows, shell)
        if known:
            values[field.name] = known
        if unknown:
            found = ", ".join(unknown[:_MANY])
            left.append(shell.text("screening.guess.untranslated", column=columns[field.name], found=found))
    return _entry(predicate, path, columns, {}, values, left)


def _entry(
    predicate: Predicate,
    path: Path,
    columns: Mapping[str, str],
    always: Mapping[str, str],
    values: Mapping[str, Mapping[str, str | int]],
    left: Sequence[str],
) -> list[str]:
    lines = ["", "[[fact]]", f'kind = "{predicate.name}"', f"from = {_quoted(path.name)}"]
    lines.append(f"columns = {{ {', '.join(f'{name} = {_quoted(head)}' for name, head in columns.items())} }}")
    if always:
        lines.append(f"always = {{ {', '.join(f'{name} = {value}' for name, value in always.items())} }}")
    for name, known in values.items():
        pairs = ", ".join(f"{_quoted(raw)} = {json.dumps(value, ensure_ascii=False)}" for raw, value in known.items())
        lines.append(f"values.{name} = {{ {pairs} }}")
    return [*lines, *(f"# {one}" for one in left)]


def _who(heads: Sequence[str], rows: Sequence[Row], shell: Shell) -> str:
    """The column of the identifier: one that is called so, or the first whose values are all different."""
    for word in _also("id", shell):
        if word in heads:
            return word
    different = (head for head in heads if len({row.get(head, "") for row in rows}) == len(rows) > 1)
    return next(different, "")


def _fits(predicate: Predicate, field: Field, head: str, shell: Shell) -> float:
    """How well a head names a field: above 1 where it is one of the words known for it."""
    if head in _also(f"{predicate.name}.{field.name}", shell):
        return 2.0
    return _alike(head, field_label(predicate.name, field.name, shell.lang))


def _alike(one: str, other: str) -> float:
    one, other = one.strip().lower(), other.strip().lower()
    if one == other:
        return 1.0
    if min(len(one), len(other)) > 1 and (one in other or other in one):
        return 0.9
    return SequenceMatcher(None, one, other).ratio()


def _values(field: Field, head: str, rows: Sequence[Row], shell: Shell) -> tuple[dict[str, str | int], list[str]]:
    """What stands in a column of choices: by its words or names where they are a choice's, and what is left."""
    found = dict.fromkeys(row.get(head, "") for row in rows)
    if field.kind == "open_day" and "" in found:
        return {"": OPEN}, []
    if not field.choices:
        return {}, []
    words = {choice(field, one, shell.lang): one for one in field.choices}
    known: dict[str, str | int] = {raw: words[raw] for raw in found if raw in words}
    return known, [raw for raw in found if raw and raw not in known and raw not in field.choices]


def _also(key: str, shell: Shell) -> Iterator[str]:
    """Other words by which registers call a field."""
    if has(f"screening.also.{key}", shell.lang):
        yield from shell.text(f"screening.also.{key}").split("、")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
