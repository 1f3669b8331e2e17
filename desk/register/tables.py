"""Tables read by a mapping: rows become facts, and each value that is no value of its field is told with its number."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desk.register.mapping import Entry, List, Mapping
from engine.case import Case
from engine.errors import CaseError, Place, Problems, UsageError
from engine.facts import PREDICATES, Fact, Field, Flaw

_DAY = re.compile(r"(\d{4})(?:-|/|年|)(\d{1,2})(?:-|/|月|)(\d{1,2})日?")
_SAMPLE = 3
Row = dict[str, str]


def case_of(mapped: Mapping) -> Case:
    """The register as the case of the round that is assumed; CaseError with all problems of all tables."""
    problems = Problems()
    tables: dict[Path, list[Row]] = {}
    facts = {mapped.round: None}
    for entry in mapped.entries:
        if entry.table not in tables:
            tables[entry.table] = _table(entry.table, problems)
        facts |= dict.fromkeys(_facts(entry, tables[entry.table], problems))
    if problems:
        raise CaseError(problems.all())
    return Case.checked(facts, (mapped.file,))


def listed(one: List | None) -> dict[str, Row]:
    """The rows of a list by the identifier, each with what the mapping names; CaseError where a column is missing."""
    if one is None:
        return {}
    problems = Problems()
    rows = _table(one.table, problems)
    wanted = (one.id, *one.columns.values())
    if rows and (missing := [name for name in wanted if name not in rows[0]]):
        problems.add("register_column", Place(str(one.table)), found=", ".join(missing), known=", ".join(rows[0]))
    if problems:
        raise CaseError(problems.all())
    return {row[one.id]: {key: row[column] for key, column in one.columns.items()} for row in rows}


def rows_of(path: Path) -> list[Row]:
    """The rows of a table, each cell as text; CaseError where it cannot be read."""
    problems = Problems()
    rows = _table(path, problems)
    if problems:
        raise CaseError(problems.all())
    return rows


def _table(path: Path, problems: Problems) -> list[Row]:
    """The rows of a table, each cell as text; a cell that holds nothing is an empty text."""
    return _parquet(path, problems) if path.suffix.lower() == ".parquet" else _csv(path, problems)


def _parquet(path: Path, problems: Problems) -> list[Row]:
    """The rows of a Parquet file: days as ISO writes them."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as trouble:
        raise UsageError("register_needs_pyarrow", {"found": str(path)}) from trouble
    try:
        rows = parquet.read_table(path).to_pylist()
    except (OSError, arrow.ArrowException) as trouble:
        problems.add("register_table", Place(str(path)), reason=str(trouble))
        return []
    return [{name: "" if cell is None else str(cell).strip() for name, cell in row.items()} for row in rows]


def _csv(path: Path, problems: Problems) -> list[Row]:
    """The rows of a CSV file in UTF-8 or GB18030; the first line names the columns."""
    try:
        data = path.read_bytes()
    except OSError as trouble:
        problems.add("register_table", Place(str(path)), reason=trouble.strerror or str(trouble))
        return []
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            lines = list(csv.reader(io.StringIO(data.decode(encoding), newline=""), strict=True))
            break
        except UnicodeDecodeError:
            continue
        except csv.Error as trouble:
            problems.add("register_table", Place(str(path)), reason=str(trouble))
            return []
    else:
        problems.add("register_table", Place(str(path)), reason="UTF-8, GB18030")
        return []
    heads = [one.strip() for one in lines[0]] if lines else []
    if twice := sorted(name for name, count in Counter(heads).items() if count > 1):
        problems.add("register_columns_twice", Place(str(path), 1), found=", ".join(twice))
    found = []
    for number, line in enumerate(lines[1:], 2):
        if any(map(str.strip, line)):
            if len(line) != len(heads):
                problems.add("register_width", Place(str(path), number), found=len(line), wanted=len(heads))
            found.append(dict(zip(heads, map(str.strip, line), strict=False)))
    return found


def _facts(entry: Entry, rows: list[Row], problems: Problems) -> Iterator[Fact]:
    """The facts in the rows of a table; a row that is empty but for whom it is about says nothing."""
    place = Place(str(entry.table))
    if not rows:
        return
    if missing := [name for name in entry.columns.values() if name not in rows[0]]:
        problems.add("register_column", place, found=", ".join(missing), known=", ".join(rows[0]))
        return
    fields = PREDICATES[entry.predicate].fields
    telling = [entry.columns[one.name] for one in fields[1:] if one.name in entry.columns]
    wrong: dict[str, Counter[str]] = defaultdict(Counter)
    known: dict[tuple[str, str], Any] = {}
    for row in rows:
        if telling and not any(row.get(column) for column in telling):
            continue
        arguments = []
        for one in fields:
            raw = row.get(entry.columns[one.name], "") if one.name in entry.columns else entry.always[one.name]
            key = (one.name, str(raw))
            if key not in known:
                known[key] = one.check(_value(one, entry.values.get(one.name, {}).get(str(raw), raw)))
            if isinstance(known[key], Flaw):
                wrong[one.name][str(raw)] += 1
            arguments.append(known[key])
        if not any(isinstance(value, Flaw) for value in arguments):
            yield Fact(entry.predicate, tuple(arguments))
    for name, counts in wrong.items():
        sample = ", ".join(repr(value[:40]) for value, _ in counts.most_common(_SAMPLE))
        problems.add(
            "register_value",
            place,
            predicate=entry.predicate,
            field=name,
            column=entry.columns.get(name, f"always.{name}"),
            count=counts.total(),
            different=len(counts),
            sample=sample,
        )


def _value(field: Field, raw: Any) -> Any:
    """What a cell means for a field: a day in any usual writing and a whole number become numbers, all else stays."""
    if not isinstance(raw, str):
        return raw
    if field.kind in ("day", "open_day"):
        if day := _DAY.fullmatch(raw):
            return int(day[1]) * 10_000 + int(day[2]) * 100 + int(day[3])
        return raw
    if field.kind in ("number", "year", "score") and re.fullmatch(r"-?\d{1,12}", raw):
        return int(raw)
    return raw
