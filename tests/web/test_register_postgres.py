"""A register screened from PostgreSQL by ADBC: the bytes of the same tables as files; faults of a database in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.register.mapping import mapping_of
from desk.register.snapshot import taken
from engine.errors import CaseError
from tests.test_register_parts import MAP, screened, written

pytest.importorskip("adbc_driver_postgresql")
psycopg = pytest.importorskip("psycopg")

KEPT = (
    "CREATE TABLE seats (id varchar(9), seat text, since date)",
    "CREATE TABLE offences (who char(4), at timestamptz, fine numeric(12,2))",
)


def told(cluster: str) -> str:
    """The mapping with both tables in the database; a query may name and shape columns."""
    base, offences = (
        f'from = "{cluster}"\nsql = "SELECT * FROM seats"',
        f'from = "{cluster}"\nsql = "SELECT * FROM offences"',
    )
    words = MAP.replace('from = "base.csv"', base).replace('from = "offences.csv"', offences)
    return words.replace('columns = { applicant = "id", day = "day" }', 'columns = { applicant = "who", day = "at" }')


def test_rows_of_a_database_are_those_of_the_tables(cluster: str, tmp_path: Path) -> None:
    """Days, and moments that fall on another day in Greenwich; text that is padded; a column nobody asks for."""
    source = written(tmp_path)
    whole = screened(source, tmp_path / "files", "--workers", "1")
    base = [line.split(",") for line in (tmp_path / "base.csv").read_text("utf-8").splitlines()[1:]]
    offences = [line.split(",") for line in (tmp_path / "offences.csv").read_text("utf-8").splitlines()[1:]]
    with psycopg.connect(cluster, autocommit=True) as connection:
        for statement in KEPT:
            connection.execute(statement)
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO seats VALUES (%s, %s, %s)", base)
            rows = [(who, f"{day} 01:30:00+08", "100.50") for who, day in offences]
            cursor.executemany("INSERT INTO offences VALUES (%s, %s, %s)", rows)

    source.write_text(told(cluster), "utf-8")
    assert screened(source, tmp_path / "database", "--workers", "1") == whole
    for query, code in (("SELECT * FROM nowhere", "register_table"), ("SELECT 1 AS other", "register_column")):
        source.write_text(told(cluster).replace("SELECT * FROM offences", query), "utf-8")
        with pytest.raises(CaseError) as refused:
            taken(mapping_of(source), tmp_path / "none" / "snapshot")
        assert [problem.code for problem in refused.value.problems] == [code]
    assert not (tmp_path / "none").exists()
