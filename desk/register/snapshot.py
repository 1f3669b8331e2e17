"""A register as a sorted snapshot: one Parquet file a kind of fact, in the order of the enterprises, with its hash.

Sorting is done on disk (DuckDB), so memory does not grow with the register. An enterprise is its number in the order
of identifiers; whoever wants a part of the register reads the rows of its numbers and nothing else.
"""

from __future__ import annotations

import json
import shutil
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from os.path import relpath
from pathlib import Path
from typing import Any

from desk.register.mapping import Entry, List
from desk.register.mapping import Mapping as Register
from desk.register.tables import NUMBERS, Cells, batches, needed
from desk.shell import folder_beside
from engine.case import Case
from engine.errors import CaseError, Place, Problems
from engine.facts import PREDICATES, Fact
from engine.solve import SIZE

_MANIFEST = "manifest.json"
_GROUP = 4096
"""Rows in a row group: what is read at least."""
_MEMORY = "384MB"
_SAMPLE = 3


@dataclass(frozen=True)
class Snapshot:
    """A snapshot in a folder."""

    folder: Path

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What it is made of: sources and files with hashes; enterprises, in all and a part at most; stray rows."""
        found: Mapping[str, Any] = json.loads((self.folder / _MANIFEST).read_bytes())
        return found

    @property
    def total(self) -> int:
        """The enterprises."""
        return int(self.manifest["total"])

    @property
    def stray(self) -> Mapping[str, int]:
        """By kind of fact, the rows about nobody in the register, which are left out."""
        found: Mapping[str, int] = self.manifest["stray"]
        return found

    @property
    def most(self) -> int:
        """How many enterprises a part has at most: whoever screens one cuts the register as the snapshot says."""
        return int(self.manifest["most"])

    @property
    def parts(self) -> int:
        """How many parts it is cut into."""
        return -(-self.total // self.most)

    def size(self, index: int) -> int:
        """How many enterprises a part has."""
        return min(self.most, self.total - index * self.most)

    @cached_property
    def _files(self) -> Mapping[str, _Sorted]:
        return {name: _Sorted(self.folder / f"{name}.parquet") for name in self.manifest["files"]}

    def part(self, index: int) -> tuple[list[Fact], dict[str, dict[str, str]], set[str]]:
        """The facts of a part, sorted by kind; district and industry by identifier; who holds a higher prize."""
        first, last = index * self.most, (index + 1) * self.most
        ids = [str(row[0]) for _, row in self._files["applicant"].rows(first, last)]
        facts, about, above = list[Fact](), dict[str, dict[str, str]](), set[str]()
        for name, file in self._files.items():
            if name == "about":
                columns = file.names[1:]
                about = {
                    ids[n - first]: dict(zip(columns, map(str, row), strict=True)) for n, row in file.rows(first, last)
                }
            elif name == "above":
                above = {ids[n - first] for n, _ in file.rows(first, last)}
            elif name == "applicant":
                facts += [Fact(name, (row[0], row[1])) for _, row in file.rows(first, last)]
            else:
                mixed = [at for at, field in enumerate(PREDICATES[name].fields) if field.decimal]
                for n, row in file.rows(first, last):
                    if mixed:
                        row = tuple(_points(v) if at + 1 in mixed else v for at, v in enumerate(row))
                    facts.append(Fact(name, (ids[n - first], *row)))
        return facts, about, above

    def case(self, round: Fact) -> Case:
        """The whole register as a case, checked: for a small one."""
        return Case.checked([round, *(fact for index in range(self.parts) for fact in self.part(index)[0])])


def _points(value: Any) -> Any:
    return int(value) if str(value).isdecimal() else value


class _Sorted:
    """A file of rows that begin with the enterprise's number, in its order."""

    def __init__(self, path: Path) -> None:
        from pyarrow import parquet

        self._file = parquet.ParquetFile(path)
        found = self._file.metadata
        self.names: list[str] = self._file.schema_arrow.names
        stats = [found.row_group(at).column(0).statistics for at in range(found.num_row_groups)]
        self._bounds = [(one.min, one.max) for one in stats if one is not None]

    def rows(self, first: int, last: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """The rows of the numbers from `first` up to `last` excluded: the number, the other columns."""
        wanted = [at for at, (low, high) in enumerate(self._bounds) if low < last and high >= first]
        if not wanted:
            return
        table = self._file.read_row_groups(wanted, use_threads=False)
        numbers = table.column(0).to_pylist()
        start, end = bisect_left(numbers, first), bisect_left(numbers, last)
        columns = [table.column(at).slice(start, end - start).to_pylist() for at in range(1, table.num_columns)]
        yield from zip(
            numbers[start:end], zip(*columns, strict=True) if columns else (() for _ in numbers), strict=False
        )


def taken(register: Register, folder: Path) -> Snapshot:
    """The snapshot of a register in a folder: made, or the one of the same sources that stands there.

    CaseError with all that is wrong with the tables; UsageError where a library is missing.
    """
    needed()
    sources = _hashes(register)
    if _of(folder, sources):
        return Snapshot(folder)
    with _beside(folder) as made:
        _made(register, made, sources)
        if _of(folder, sources):  # somebody else was quicker, and may be reading it
            return Snapshot(folder)
        if folder.exists():
            shutil.rmtree(folder)
        try:
            made.rename(folder)
        except OSError:
            if not (folder / _MANIFEST).exists():
                raise
    return Snapshot(folder)


def same(register: Register, folder: Path) -> bool:
    """Whether a folder holds the snapshot of these very sources."""
    return _of(folder, _hashes(register))


def _of(folder: Path, sources: Mapping[str, str]) -> bool:
    """Whether a snapshot of these sources stands in a folder."""
    if not (folder / _MANIFEST).exists():
        return False
    manifest = Snapshot(folder).manifest
    return "most" in manifest and manifest["sources"] == sources


def _hashes(register: Register) -> dict[str, str]:
    """The mapping and each of its tables, named from where it stands, with its hash; of a database, which none can
    hash, the query."""
    found = {"mapping": _hash(Path(register.file))}
    for one in (*register.entries, register.about, register.above):
        if one is not None:
            path = one.source.path
            plain = path.is_file() and not one.source.database
            told = relpath(path, Path(register.file).parent) if plain else one.source.told
            found[f"{told} {one.source.sql}".strip()] = _hash(path) if plain else ""
    return found


def _hash(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A folder beside the one that is to be, gone at the end."""
    fresh = not folder.parent.exists()
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with folder_beside(folder) as made:
            yield made
    finally:
        if fresh:
            with suppress(OSError):  # it holds the snapshot, or what somebody else put there
                folder.parent.rmdir()


def _made(register: Register, folder: Path, sources: Mapping[str, str]) -> None:
    problems = Problems()
    raw = folder / "raw"
    raw.mkdir()
    kinds = [name for name in PREDICATES if any(entry.predicate == name for entry in register.entries)]
    for name in kinds:
        _facts(raw / f"{name}.parquet", [one for one in register.entries if one.predicate == name], problems)
    lists = {"about": register.about, "above": register.above}
    for name, one in lists.items():
        if one is not None:
            _list(raw / f"{name}.parquet", one, problems)
    if "applicant" not in kinds:
        problems.add("register_shape", Place(register.file, path="fact"), wanted='kind = "applicant"')
    if problems:
        raise CaseError(problems.all())
    names = [*kinds, *(name for name, one in lists.items() if one is not None)]
    total, stray = _sorted(folder, names, int(register.round.arguments[1]), problems)
    if problems:
        raise CaseError(problems.all())
    shutil.rmtree(raw)
    files = {name: _hash(folder / f"{name}.parquet") for name in names}
    manifest = {"sources": sources, "files": files, "total": total, "most": SIZE, "stray": stray}
    (folder / _MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")


def _facts(path: Path, entries: Sequence[Entry], problems: Problems) -> None:
    """The facts of a kind as its tables have them."""
    arrow, _ = needed()
    from pyarrow import parquet

    fields = PREDICATES[entries[0].predicate].fields
    schema = arrow.schema(
        [(field.name, arrow.int64() if field.kind in NUMBERS else arrow.string()) for field in fields]
    )
    with parquet.ParquetWriter(path, schema) as out:
        for entry in entries:
            cells = Cells(entry)
            for batch in batches(entry.source, problems):
                if (found := cells.of(batch, problems)) is not None and found.num_rows:
                    out.write_batch(found)
            cells.told(problems)


def _list(path: Path, one: List, problems: Problems) -> None:
    """A list of enterprises: the identifier and what the mapping names beside it."""
    arrow, _ = needed()
    from pyarrow import parquet

    names = {"id": one.id, **one.columns}
    with parquet.ParquetWriter(path, arrow.schema([(name, arrow.string()) for name in names])) as out:
        for batch in batches(one.source, problems):
            if missing := [name for name in names.values() if name not in batch.schema.names]:
                found, known = ", ".join(missing), ", ".join(batch.schema.names)
                problems.add("register_column", Place(one.source.told), found=found, known=known)
                return
            chosen = [batch.column(name) for name in names.values()]
            out.write_batch(arrow.RecordBatch.from_arrays(chosen, names=list(names)))


def _sorted(folder: Path, names: Sequence[str], round: int, problems: Problems) -> tuple[int, dict[str, int]]:
    """Each kind of fact by the enterprises' order, each fact once; how many enterprises, and rows about nobody."""
    _, duckdb = needed()
    stray: dict[str, int] = {}
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit='{_MEMORY}'; SET threads=2; SET preserve_insertion_order=false")
        connection.execute("SET temp_directory=?", [str(folder / "spilled")])
        for name in names:
            path = str(folder / "raw" / f"{name}.parquet").replace("'", "''")
            connection.execute(f"CREATE VIEW {name} AS SELECT DISTINCT * FROM read_parquet('{path}')")
        for name in names:
            if name in PREDICATES:
                _contradictions(connection, name, names, round, problems)
            elif count := len(some := _twice(connection, name)):
                problems.add("register_twice", Place(), table=name, count=count, sample=_sample(some))
        if problems:
            return 0, stray
        connection.execute(
            "CREATE TABLE everybody AS "
            "SELECT row_number() OVER (ORDER BY applicant) - 1 AS number, applicant AS who, kind FROM applicant"
        )
        total = int(connection.execute("SELECT count(*) FROM everybody").fetchone()[0])
        _copied(connection, "SELECT number, who, kind FROM everybody ORDER BY number", folder / "applicant.parquet")
        for name in names:
            if name != "applicant":
                first, *others = [row[0] for row in connection.execute(f"DESCRIBE {name}").fetchall()]
                chosen = ", ".join(["everybody.number", *(f'{name}."{other}"' for other in others)])
                joined = f'{name} JOIN everybody ON {name}."{first}" = everybody.who'
                order = ", ".join(map(str, range(1, len(others) + 2)))
                _copied(connection, f"SELECT {chosen} FROM {joined} ORDER BY {order}", folder / f"{name}.parquet")
                lost = f'SELECT count(*) FROM {name} WHERE "{first}" NOT IN (SELECT who FROM everybody)'
                if count := int(connection.execute(lost).fetchone()[0]):
                    stray[name] = count
    return total, stray


def _copied(connection: Any, query: str, path: Path) -> None:
    told = str(path).replace("'", "''")
    connection.execute(f"COPY ({query}) TO '{told}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP})")


def _twice(connection: Any, name: str) -> list[Any]:
    """The enterprises of which a list says two things."""
    found = connection.execute(f"SELECT id FROM {name} GROUP BY id HAVING count(*) > 1 ORDER BY id").fetchall()
    return list(found)


def _sample(some: Sequence[Any]) -> str:
    return ", ".join(repr(row[0]) for row in some[:_SAMPLE])


def _contradictions(connection: Any, name: str, names: Sequence[str], round: int, problems: Problems) -> None:
    """What facts that are each well formed may not say together, as the vocabulary declares it; with a sample."""
    model = PREDICATES[name].model
    first = PREDICATES[name].names[0]

    def tell(code: str, query: str, **more: str | int) -> None:
        count = int(connection.execute(f"SELECT count(*) FROM ({query})").fetchone()[0])
        if count:
            some = connection.execute(f"SELECT DISTINCT who FROM ({query}) ORDER BY who LIMIT {_SAMPLE}").fetchall()
            problems.add(code, Place(), predicate=name, count=count, sample=_sample(some), **more)

    if model.one_per:
        keys = ", ".join(f'"{one}"' for one in model.one_per)
        query = f'SELECT "{first}" AS who FROM {name} GROUP BY {keys}, "{first}" HAVING count(*) > 1'
        tell("register_contradiction", query, fields=", ".join(model.one_per))
    if model.ordered:
        low, high = model.ordered
        tell("register_order", f'SELECT "{first}" AS who FROM {name} WHERE "{low}" > "{high}"', low=low, high=high)
    if model.up_to_round:
        query = f'SELECT "{first}" AS who FROM {name} WHERE "{model.up_to_round}" > {round}'
        tell("register_later_round", query, number=round)
    if model.follows and model.follows[0] in PREDICATES:
        leader, fields = model.follows
        alike = " AND ".join(f'led."{one}" = {name}."{one}"' for one in fields)
        there = f"SELECT 1 FROM {leader} AS led WHERE {alike}" if leader in names else "SELECT 1 WHERE false"
        query = f'SELECT "{first}" AS who FROM {name} WHERE NOT EXISTS ({there})'
        tell("register_leader", query, leader=leader)
