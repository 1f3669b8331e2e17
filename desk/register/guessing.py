"""A mapping guessed from the heads and values of tables, for somebody to check: it decides nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from desk.register.tables import Row, day_of, rows_of
from desk.shell import Shell
from engine.facts import OPEN, PREDICATES, Field, Predicate, choice, label
from engine.words import LANGUAGES, field_label, has, text

ENOUGH = 0.75
"""How alike a head and a field's label must be (0 to 1) to be taken for the same."""
_OFFERED = ("certificate", "register", "start", "state", "yearly", "any", "nothing")
"""What a register holds; papers, notices and scores come with an application, findings from a person."""
_MANY = 12
_YEAR = re.compile(r"(19|20)\d\d")


def guessed(tables: Sequence[Path], shell: Shell) -> str:
    """The text of a mapping (TOML) for tables that stand beside it, each guess with what it rests on.

    Values that match no choice stand in a comment for somebody to translate, and so does the entry of a table whose
    name tells its kind where a field has no column. CaseError where a table cannot be read.
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
        who = _who(heads, rows)
        lines += ["", f"# {path.name}: {', '.join(heads)}"]
        if not who:
            lines.append(f"# {shell.text('screening.guess.nobody')}")
            continue
        if not declared:
            lines += _entry(
                _Guess(PREDICATES["applicant"], {"applicant": who}), path, rows, shell, ('kind = "organization"',)
            )
            declared = True
            lines += _about(path, heads, who)
        found = [one for each in PREDICATES.values() if (one := _guess(each, path, heads, rows, who))]
        whole = [one for one in found if not one.missing] or found[:1]
        lines += [line for one in whole for line in _entry(one, path, rows, shell)]
        if not found:
            lines.append(f"# {shell.text('screening.guess.nothing')}")
    return "\n".join(lines) + "\n"


def _about(path: Path, heads: Sequence[str], who: str) -> list[str]:
    """The entry that says in which district and industry an enterprise is, as far as columns are called so."""
    found = {
        name: head
        for name in ("district", "industry")
        if (head := next((one for word in _also(f"about.{name}") for one in heads if word in one), ""))
    }
    told = {"from": path.name, "id": who, **found}
    return ["", "[about]", *(f"{name} = {_quoted(value)}" for name, value in told.items())] if found else []


@dataclass(frozen=True)
class _Guess:
    """A kind of fact with the columns found for its fields, and the fields that none was found for."""

    predicate: Predicate
    columns: Mapping[str, str]
    missing: Sequence[Field] = ()


def _guess(predicate: Predicate, path: Path, heads: Sequence[str], rows: Sequence[Row], who: str) -> _Guess | None:
    """The guess for a kind of fact: where columns are found for all its fields, or the table's name tells it."""
    about, fields = (predicate.fields or (None,))[0], predicate.fields[1:]
    named = predicate.name == "name"
    if about is None or not fields or any(field.kind == "choice" and not field.choices for field in fields):
        return None
    if not named and (about.name != "applicant" or predicate.model.change not in _OFFERED):
        return None
    columns, told = {about.name: who}, _told_by(path.stem, predicate)
    for field in fields:
        score, head = max(((_fits(predicate, field, head), head) for head in heads if head != who), default=(0.0, ""))
        if score < ENOUGH:
            continue
        columns[field.name] = head
        labels = zip(_labels(predicate, field), _labels(predicate), strict=True)
        if any(one == other for one, other in labels) or score > 1:
            told = max(told, 1.0)
    if told < ENOUGH and not named:
        return None
    if surely := _told_by(path.stem, predicate) == 1:
        _by_values(fields, [head for head in heads if head not in columns.values()], rows, columns)
    missing = [field for field in fields if field.name not in columns]
    if missing and not surely:
        return None
    return _Guess(predicate, columns, missing)


def _by_values(fields: Sequence[Field], heads: Sequence[str], rows: Sequence[Row], columns: dict[str, str]) -> None:
    """Give a field the one column whose values are like its own, where it is the one field of its kind left."""
    tests: dict[str, Callable[[set[str]], bool]] = {
        "day": lambda values: all(day_of(one) for one in values),
        "year": lambda values: all(_YEAR.fullmatch(one) for one in values),
        "choice": lambda values: len(values) <= _MANY and not any(one.isdecimal() or day_of(one) for one in values),
    }
    for kind, test in tests.items():
        left = [field for field in fields if field.kind == kind and field.name not in columns]
        like = [
            head
            for head in heads
            if head not in columns.values() and (values := {row[head] for row in rows} - {""}) and test(values)
        ]
        if len(left) == len(like) == 1:
            columns[left[0].name] = like[0]


def _entry(guess: _Guess, path: Path, rows: Sequence[Row], shell: Shell, always: Sequence[str] = ()) -> list[str]:
    predicate, columns = guess.predicate, guess.columns
    lines = ["[[fact]]", f'kind = "{predicate.name}"', f"from = {_quoted(path.name)}"]
    lines.append(f"columns = {{ {', '.join(f'{name} = {_quoted(head)}' for name, head in columns.items())} }}")
    always = [*always, *(f'{field.name} = "…"' for field in guess.missing)]
    if always:
        lines.append(f"always = {{ {', '.join(always)} }}")
    for field in predicate.fields[1:]:
        if field.name not in columns:
            lines += [f"# {field.name}: {_choices(field, shell)}"] if field in guess.missing else []
            continue
        known, unknown = _values(field, columns[field.name], rows)
        if known and not unknown:
            lines.append(f"values.{field.name} = {_pairs(known)}")
        if unknown:
            found = ", ".join(unknown[:_MANY])
            head, choices = columns[field.name], _choices(field, shell)
            lines.append(f"# {shell.text('screening.guess.untranslated', column=head, found=found, choices=choices)}")
            lines.append(f"values.{field.name} = {_pairs({**known, **dict.fromkeys(unknown[:_MANY], '…')})}")
    if not guess.missing:
        return ["", *lines]
    fields = ", ".join(
        f"{field.name}（{field_label(predicate.name, field.name, shell.lang)}）" for field in guess.missing
    )
    said = shell.text("screening.guess.missing", kind=label(predicate.name, shell.lang), fields=fields)
    return ["", f"# {said}", *(f"# {line.removeprefix('# ')}" for line in lines)]


def _pairs(known: Mapping[str, str | int]) -> str:
    pairs = ", ".join(f"{_quoted(raw)} = {json.dumps(value, ensure_ascii=False)}" for raw, value in known.items())
    return f"{{ {pairs} }}"


def _choices(field: Field, shell: Shell) -> str:
    """What may stand in a field, each with its words."""
    return ", ".join(f"{one}（{choice(field, one, shell.lang)}）" for one in field.choices) or field.kind


def _who(heads: Sequence[str], rows: Sequence[Row]) -> str:
    """The column of the identifier: one that is called so, or the first whose values are all different."""
    for word in _also("id"):
        if word in heads:
            return word
    different = (head for head in heads if len({row.get(head, "") for row in rows}) == len(rows) > 1)
    return next(different, "")


def _told_by(stem: str, predicate: Predicate) -> float:
    """How well a table's name tells a kind of fact."""
    if any(word in stem for word in _also(f"table.{predicate.name}")):
        return 1.0
    return max(_alike(stem, one) for one in _labels(predicate))


def _fits(predicate: Predicate, field: Field, head: str) -> float:
    """How well a head names a field: above 1 where it is one of the words known for it."""
    if head in _also(f"{predicate.name}.{field.name}"):
        return 2.0
    return max(_alike(head, one) for one in _labels(predicate, field))


def _labels(predicate: Predicate, field: Field | None = None) -> list[str]:
    """What a kind of fact, or one of its fields, is called in each language: tables keep to no one's."""
    if field is None:
        return [label(predicate.name, lang) for lang in LANGUAGES]
    return [field_label(predicate.name, field.name, lang) for lang in LANGUAGES]


def _alike(one: str, other: str) -> float:
    one, other = one.strip().lower(), other.strip().lower()
    if one == other:
        return 1.0
    if min(len(one), len(other)) > 1 and (one in other or other in one):
        return 0.9
    return SequenceMatcher(None, one, other).ratio()


def _values(field: Field, head: str, rows: Sequence[Row]) -> tuple[dict[str, str | int], list[str]]:
    """What stands in a column of choices: by its words or names where they are a choice's, and what is left."""
    found = dict.fromkeys(row.get(head, "") for row in rows)
    if field.kind == "open_day" and "" in found:
        return {"": OPEN}, []
    if not field.choices:
        return {}, []
    words = {choice(field, one, lang): one for lang in LANGUAGES for one in field.choices}
    known: dict[str, str | int] = {raw: words[raw] for raw in found if raw in words}
    return known, [raw for raw in found if raw and raw not in known and raw not in field.choices]


def _also(key: str) -> tuple[str, ...]:
    """Other words by which registers call a kind of fact or a field."""
    key = f"screening.also.{key}"
    return tuple(text(key, "zh").split("、")) if has(key, "zh") else ()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
