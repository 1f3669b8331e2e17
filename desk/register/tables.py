"""Tables read by a mapping, some rows at a time: cells become values, and what is none is told with its number.

Only some thousands of rows are held at once, whatever the table: CSV in UTF-8 or GB18030, Parquet, a query to a
database (ADBC) or, by DuckDB, to a table.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from desk.register.mapping import Entry, Source
from engine.errors import CaseError, Place, Problems, UsageError
from engine.facts import PREDICATES, Field, Flaw

_DAY = re.compile(
    r"(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日?|(\d{4})(\d{2})(\d{2}))"
    r"(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?"
)
"""A day as tables write it, at midnight where they write a time too."""
_CHINA = "+08:00"
_SAMPLE = 3
_ROWS = 65_536
NUMBERS = ("day", "open_day", "year", "number")
"""Kinds of fields whose values are whole numbers."""
_MANY = ("identifier", "text")
"""Kinds of fields in which hardly a value stands twice."""
Row = Mapping[str, str]


def needed() -> tuple[Any, Any]:
    """pyarrow and DuckDB; UsageError where the extra `screen` is not installed."""
    try:
        import duckdb
        import pyarrow
    except ImportError as trouble:
        raise UsageError("register_needs_screen", {"found": trouble.name or ""}) from trouble
    return pyarrow, duckdb


def rows_of(path: Path) -> list[Row]:
    """The first rows of a table, each cell as text; CaseError where it cannot be read."""
    problems = Problems()
    rows: list[Row] = next((batch.to_pylist() for batch in batches(Source(str(path), path), problems)), [])
    if problems:
        raise CaseError(problems.all())
    return rows


def batches(source: Source, problems: Problems) -> Iterator[Any]:
    """The rows of a table as record batches of trimmed texts; a cell that holds nothing is an empty text."""
    arrow, _ = needed()
    place = Place(source.told)
    try:
        for batch in _read(source, place, problems):
            columns = [_texts(column) for column in batch.columns]
            yield arrow.RecordBatch.from_arrays(columns, names=batch.schema.names)
    except UsageError:
        raise
    except FileNotFoundError:
        problems.add_once("register_no_table", place)
    except (OSError, arrow.ArrowException, *_refusals()) as trouble:
        reason = getattr(trouble, "strerror", None) or str(trouble)
        problems.add_once("register_table", place, reason=" ".join(reason.split())[:300])


def _refusals() -> tuple[type[Exception], ...]:
    """What a query may be refused with."""
    import duckdb

    found: list[type[Exception]] = [duckdb.Error]
    try:
        from adbc_driver_manager import Error
    except ImportError:
        return tuple(found)
    return (*found, Error)


def _read(source: Source, place: Place, problems: Problems) -> Iterator[Any]:
    if source.database:
        return _database(source)
    path = source.path
    rows = _parquet(path) if path.suffix.lower() == ".parquet" else _csv(path, place, problems)
    return _queried(rows, source.sql) if source.sql else rows


def _parquet(path: Path) -> Iterator[Any]:
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        yield from file.iter_batches(_ROWS)


def _csv(path: Path, place: Place, problems: Problems) -> Iterator[Any]:
    """The rows of a CSV file; the first line names the columns."""
    from pyarrow import csv as arrow_csv
    from pyarrow import string

    if not (encoding := _encoding(path)):
        problems.add_once("register_encoding", place)
        return
    with path.open(encoding=encoding, newline="") as file:
        heads = [one.strip() for one in next(csv.reader(file), [])]
    if twice := sorted(name for name, count in Counter(heads).items() if count > 1):
        problems.add("register_columns_twice", Place(place.file, 1), found=", ".join(twice))
    if twice or not heads:
        return

    def wrong(row: Any) -> str:
        line = (row.number or 0) + 1
        problems.add("register_width", Place(place.file, line), found=row.actual_columns, wanted=row.expected_columns)
        return "skip"

    with arrow_csv.open_csv(
        path,
        read_options=arrow_csv.ReadOptions(
            encoding="utf8" if encoding == "utf-8-sig" else encoding,
            column_names=heads,
            skip_rows=1,
            use_threads=False,
            block_size=1 << 22,
        ),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=wrong),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(heads, string()), strings_can_be_null=False
        ),
    ) as reader:
        yield from reader


def _encoding(path: Path) -> str:
    """utf-8-sig or gb18030; empty where the file is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    return ""


def _queried(rows: Iterator[Any], sql: str) -> Iterator[Any]:
    """What a query makes of a table, which it calls `source`."""
    arrow, duckdb = needed()
    if (first := next(rows, None)) is None:
        return
    reader = arrow.RecordBatchReader.from_batches(first.schema, (one for some in ([first], rows) for one in some))
    with duckdb.connect(config={"enable_external_access": "false", "threads": 1}) as connection:
        connection.register("source", reader)
        yield from connection.sql(sql).to_arrow_reader(_ROWS)


def _database(source: Source) -> Iterator[Any]:
    """What a query finds in a database, by the ADBC driver that its address names."""
    kind, _, _ = source.told.partition(":")
    name = {"postgres": "postgresql"}.get(kind, kind)
    try:
        from importlib import import_module

        driver = import_module(f"adbc_driver_{name}.dbapi")
    except ImportError as trouble:
        raise UsageError("register_needs_driver", {"found": source.told, "driver": f"adbc-driver-{name}"}) from trouble
    address = str(source.path) if name == "sqlite" else source.address
    with driver.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute(source.sql)
        yield from cursor.fetch_record_batch()


def _texts(column: Any) -> Any:
    """A column as trimmed texts: days as ISO writes them, China's of a moment; nothing as an empty text."""
    import pyarrow as arrow
    from pyarrow import compute, types

    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if types.is_timestamp(column.type) and column.type.tz:
        column = compute.local_timestamp(column.cast(arrow.timestamp(column.type.unit, _CHINA)))
    if types.is_timestamp(column.type) or types.is_date(column.type):
        column = column.cast(arrow.date32())
    texts = column if types.is_string(column.type) else column.cast(arrow.string())
    return compute.utf8_trim_whitespace(compute.fill_null(texts, ""))


class Cells:
    """The rows of an entry's table as columns of values; what is no value is counted, with a sample, and left out."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.fields = PREDICATES[entry.predicate].fields
        self._wrong: dict[str, Counter[str]] = defaultdict(Counter)
        self._known: dict[str, dict[str, Any]] = defaultdict(dict)
        self._lost = False

    def of(self, batch: Any, problems: Problems) -> Any:
        """The facts in some rows: a column a field; a row that is empty but for whom it is about says nothing."""
        arrow, _ = needed()
        columns, entry = self.entry.columns, self.entry
        if missing := [name for name in columns.values() if name not in batch.schema.names]:
            if not self._lost:
                found, known = ", ".join(missing), ", ".join(batch.schema.names)
                problems.add("register_column", Place(entry.source.told), found=found, known=known)
            self._lost = True
            return None
        telling = [columns[one.name] for one in self.fields[1:] if one.name in columns]
        said = _any(batch, telling or batch.schema.names)
        batch = batch.filter(said)
        good, values = [True] * batch.num_rows, []
        for field in self.fields:
            if field.name in columns:
                value = self._column(field, batch.column(columns[field.name]).to_pylist(), good)
            else:
                value = self._column(field, [entry.always[field.name]] * batch.num_rows, good)
            values.append(value)
        kinds = [arrow.int64() if field.kind in NUMBERS else arrow.string() for field in self.fields]
        made = [arrow.array(one, kind) for one, kind in zip(values, kinds, strict=True)]
        facts = arrow.RecordBatch.from_arrays(made, names=[field.name for field in self.fields])
        return facts if all(good) else facts.filter(arrow.array(good))

    def _column(self, field: Field, raws: list[Any], good: list[bool]) -> list[Any]:
        """The values of a field; where a cell holds none, None, and its row is no longer good."""
        known = self._known[field.name]
        if field.kind in _MANY:
            known.clear()
        for raw in set(raws) - known.keys():
            known[raw] = self._value(field, raw)
        found = [known[raw] for raw in raws]
        if any(isinstance(known[raw], Flaw) for raw in set(raws)):
            for at, value in enumerate(found):
                if isinstance(value, Flaw):
                    self._wrong[field.name][str(raws[at])] += 1
                    good[at], found[at] = False, None
        return found

    def _value(self, field: Field, raw: Any) -> Any:
        meant = self.entry.values.get(field.name, {}).get(str(raw), raw)
        if field.kind in _MANY and isinstance(meant, str) and meant and meant.isascii() and meant.isprintable():
            return meant if field.name != "code" else field.check(meant)
        value = field.check(_meant(field, meant))
        return str(value) if field.decimal and not isinstance(value, Flaw) else value

    def told(self, problems: Problems) -> None:
        """Tell every field that some cells hold no value of, with the number of rows and a sample."""
        for name, counts in self._wrong.items():
            sample = ", ".join(repr(value[:40]) for value, _ in counts.most_common(_SAMPLE))
            problems.add(
                "register_value",
                Place(self.entry.source.told),
                predicate=self.entry.predicate,
                field=name,
                column=self.entry.columns.get(name, f"always.{name}"),
                count=counts.total(),
                different=len(counts),
                sample=sample,
            )


def _any(batch: Any, names: list[str]) -> Any:
    """Which rows hold anything in one of some columns."""
    from pyarrow import compute

    found = None
    for name in names:
        filled = compute.not_equal(batch.column(name), "")
        found = filled if found is None else compute.or_(found, filled)
    return found


def day_of(raw: str) -> int:
    """The day (yyyymmdd) that a cell writes, there or not; 0 where it writes none."""
    if not (day := _DAY.fullmatch(raw)):
        return 0
    year, month, of_month = (int(one) for one in day.groups() if one and one.isdecimal())
    return year * 10_000 + month * 100 + of_month


def _meant(field: Field, raw: Any) -> Any:
    """What a cell means for a field: a day in any usual writing and a whole number become numbers, all else stays."""
    if not isinstance(raw, str):
        return raw
    if field.kind in ("day", "open_day"):
        return day_of(raw) or raw
    if (field.decimal or field.kind in ("number", "year")) and re.fullmatch(r"-?\d{1,12}", raw):
        return int(raw)
    return raw
