"""Facts in JSON: `{"<predicate>": [{"<field>": value, …}, …], …}`; a predicate without fields is `true`.

Days are "2025-09-30", a state that is still running ends in `null`, points are numbers.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from engine.case.source import Memos, Source
from engine.errors import Place, Problems
from engine.facts import OPEN, PREDICATES, Fact, Field, Flaw, Predicate, day_text
from engine.words import nearest

_SYNTAX = {
    "Expecting ',' delimiter": "json_comma",
    "Expecting ':' delimiter": "json_colon",
    "Expecting property name enclosed in double quotes": "json_name",
    "Expecting value": "json_value",
    "Extra data": "json_extra",
    "Invalid control character at": "json_control",
    "Invalid \\escape": "json_escape",
    "Invalid \\uXXXX escape": "json_escape",
    "Unterminated string starting at": "json_string",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONGEST = 20
"""Digits of the longest number that is made an integer; no field holds a longer one."""


class _Other:
    """A value that no field holds: a fraction, a boolean, an array, an object, a number of very many digits."""

    def __init__(self, text: str) -> None:
        self.text = text


class _Fraction(str):
    """A number with a point or an exponent, as it was written."""


class _Repeated(dict[str, Any]):
    """An object in which keys stand twice."""

    twice: tuple[str, ...]


def read(name: str, data: bytes, problems: Problems) -> Source | None:
    """The facts of a file's bytes, which are known to be UTF-8; None, with its problem, where they are no JSON."""
    if not data.strip():
        return _Reader(name, problems).source
    try:
        document = json.loads(
            data.decode(), object_pairs_hook=_object, parse_float=_Fraction, parse_int=_integer, parse_constant=_Other
        )
    except json.JSONDecodeError as trouble:
        code = _SYNTAX.get(re.sub(r":? ?\(?$", "", trouble.msg), "json_syntax")
        found = _cut(trouble.doc[trouble.pos : trouble.pos + 40].partition("\n")[0])
        problems.add(code, Place(name, line=trouble.lineno), column=trouble.colno, found=found)
        return None
    except RecursionError:
        problems.add("json_nested", Place(name))
        return None
    if not isinstance(document, dict):
        problems.add("json_top", Place(name, path="$"), found=_shown(document))
        return None
    return _Reader(name, problems).read(document)


class _Reader:
    def __init__(self, name: str, problems: Problems) -> None:
        self.name = name
        self.problems = problems
        self.source = Source(name, lambda predicate, index: self.place(predicate, index))
        self.memos = Memos(_value)

    def place(self, predicate: str, index: int, field: str = "") -> Place:
        item = f"[{index}]" if PREDICATES[predicate].fields else ""
        return Place(self.name, path=f"$.{predicate}{item}{'.' + field if field else ''}")

    def read(self, document: dict[str, Any]) -> Source:
        self._repeated(document, Place(self.name, path="$"))
        for name in list(document):
            value = document.pop(name)
            if name in PREDICATES:
                self._predicate(PREDICATES[name], value)
            elif name != "$schema" and self.problems.full(self.name):
                self.problems.skip(self.name)
            elif name != "$schema":
                near = nearest(name, tuple(PREDICATES))
                code = "unknown_predicate_near" if near else "unknown_predicate"
                self.problems.add(code, Place(self.name, path=f"$.{_cut(name)}"), found=_cut(name), nearest=near)
        return self.source

    def _repeated(self, value: object, place: Place) -> None:
        if isinstance(value, _Repeated):
            for key in value.twice:
                self.problems.add("duplicate_key", place, found=_cut(key))

    def _predicate(self, predicate: Predicate, value: Any) -> None:
        place = Place(self.name, path=f"$.{predicate.name}")
        if not predicate.fields:
            if value is True:
                self.source.take(predicate, [()], [0], self.memos, self._refuse(predicate))
            else:
                self.problems.add("json_false", place, predicate=predicate.name, found=_shown(value))
        elif not isinstance(value, list):
            self.source.salvage(predicate)
            self.problems.add("json_list", place, predicate=predicate.name, found=_shown(value))
        else:
            raws, positions = self._rows(predicate, value)
            columns = [_plain(column) for column in zip(*raws, strict=True)]
            self.source.take(
                predicate, list(zip(*columns, strict=True)), positions, self.memos, self._refuse(predicate)
            )

    def _rows(self, predicate: Predicate, items: list[Any]) -> tuple[list[tuple[Any, ...]], Sequence[int]]:
        """The values of each item in the order of the fields, and where the items stand."""
        names = predicate.names
        first, *rest = names
        pick: Any = itemgetter(*names) if rest else lambda item: (item[first],)
        if all(type(item) is dict and len(item) == len(names) for item in items):
            try:
                return list(map(pick, items)), range(len(items))
            except KeyError:
                pass
        good = [index for index, item in enumerate(items) if self._complete(predicate, index, item)]
        return [pick(items[index]) for index in good], good

    def _complete(self, predicate: Predicate, index: int, item: Any) -> bool:
        """Whether an item is an object with exactly the fields of its predicate; its problems if not."""
        place, before = self.place(predicate.name, index), self.problems.count(self.name)
        known = {"predicate": predicate.name, "fields": ", ".join(predicate.names)}
        if not isinstance(item, dict):
            self.problems.add("json_object", place, found=_shown(item), **known)
            self.source.salvage(predicate)
            return False
        self._repeated(item, place)
        for field in predicate.names:
            if field not in item:
                self.problems.add("missing_field", place, field=field, **known)
        for key in item:
            if key not in predicate.names:
                near = nearest(key, predicate.names)
                code = "unknown_field_near" if near else "unknown_field"
                self.problems.add(code, place, found=_cut(key), nearest=near, **known)
        if self.problems.count(self.name) > before:
            values = [item.get(field.name) for field in predicate.fields]
            self.source.salvage(predicate, [value if isinstance(value, str) else None for value in values])
            return False
        return True

    def _refuse(self, predicate: Predicate) -> Any:
        def refuse(raw: Sequence[Any], position: int, flaws: dict[int, Flaw]) -> None:
            if self.problems.full(self.name):
                self.problems.skip(self.name, len(flaws))
                return
            pairs = zip(predicate.names, raw, strict=True)
            fact = _cut("{" + ", ".join(f'"{name}": {_shown(value)}' for name, value in pairs) + "}")
            for at, flaw in flaws.items():
                field, found = predicate.fields[at], _shown(raw[at])
                self.problems.add(
                    flaw.code,
                    self.place(predicate.name, position, field.name),
                    predicate=predicate.name,
                    field=field.name,
                    fact=fact,
                    found=found,
                    **flaw.parameters,
                )

        return refuse


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    repeated = _Repeated(found)
    count = Counter(name for name, _ in pairs)
    repeated.twice = tuple(sorted(name for name, number in count.items() if number > 1))
    return repeated


def _integer(text: str) -> int | _Other:
    return int(text) if len(text) <= _LONGEST else _Other(text)


def _plain(column: Sequence[Any]) -> Sequence[Any]:
    """A column in which equal values are alike: for Python, `true` equals 1, and an array cannot be looked up."""
    if set(map(type, column)) <= {str, int, type(None), _Fraction, _Other}:
        return column
    plain = (str, int, type(None), _Fraction, _Other)
    return [value if type(value) in plain else _Other(_shown(value)) for value in column]


def _value(field: Field, raw: Any) -> Any:
    """The value that JSON's stands for in a field, or its Flaw."""
    value = raw
    if isinstance(raw, _Fraction):
        value = str(raw) if field.decimal else None
        if value and (found := re.fullmatch(r"(\d+\.\d\d)0+", value)):
            value = found[1]
        if value and not re.fullmatch(r"-?\d+\.\d+", value):
            value = None
    elif isinstance(raw, _Other) or (field.decimal and isinstance(raw, str)):
        value = None
    elif field.kind in ("day", "open_day"):
        value = int(raw.replace("-", "")) if isinstance(raw, str) and _DAY.fullmatch(raw) else None
        if field.kind == "open_day" and (raw is None or value == OPEN):
            return OPEN if raw is None else Flaw("wants_open_day_json", {})
    checked = field.check(value)
    return _worded(field, checked) if type(checked) is Flaw else checked


def _worded(field: Field, flaw: Flaw) -> Flaw:
    """A flaw in JSON's own terms: what to write is not the same as in `.lp`."""
    code = flaw.code.removesuffix("_near") if flaw.code.startswith("wants_") else flaw.code
    if code in ("wants_choice", "wants_day", "wants_points"):
        code = "wants_open_day_json" if field.kind == "open_day" else f"{code}_json"
    return Flaw({"wants_constant": "wants_key_json"}.get(code, code), flaw.parameters)


def _shown(value: Any) -> str:
    """A value as the user wrote it, more or less, cut where it gets long."""
    if isinstance(value, _Other):
        return _cut(value.text)
    if isinstance(value, _Fraction):
        return _cut(str(value))
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    if isinstance(value, str):
        return _cut(json.dumps(value[:100], ensure_ascii=not value.isprintable()))
    return json.dumps(value)


def _cut(text: str, limit: int = 80) -> str:
    text = text[:limit] + "…" if len(text) > limit else text
    return text.encode("utf-8", "backslashreplace").decode()


def write(facts: Iterable[Fact]) -> str:
    """Facts as a JSON file, one a line, predicates in the order of the vocabulary."""
    rows = {name: list(found) for name, found in groupby(facts, key=attrgetter("predicate"))}
    parts = []
    for name, predicate in PREDICATES.items():
        if name in rows and predicate.fields:
            lines = ",\n".join(f"    {_item(predicate, fact)}" for fact in rows[name])
            parts.append(f'  "{name}": [\n{lines}\n  ]')
        elif name in rows:
            parts.append(f'  "{name}": true')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _item(predicate: Predicate, fact: Fact) -> str:
    pairs = zip(predicate.fields, fact.arguments, strict=True)
    return "{" + ", ".join(f'"{field.name}": {_written(field, value)}' for field, value in pairs) + "}"


def _written(field: Field, value: str | int) -> str:
    if field.kind in ("day", "open_day"):
        return "null" if value == OPEN else f'"{day_text(int(value))}"'
    return str(value) if field.decimal else json.dumps(value, ensure_ascii=False)
