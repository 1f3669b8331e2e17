"""Triggers that keep rows as they were written: they guard against mistakes, not against the database's owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import migrations

_TABLE = "ledger_act"
_HEAD = "ledger_head"


class Guarded(migrations.RunPython):
    """A step of a migration: rows of these tables are only ever added."""

    def __init__(self, *tables: str) -> None:
        self.tables = tables
        super().__init__(self._forwards, migrations.RunPython.noop)

    def deconstruct(self) -> tuple[str, list[str], dict[str, Any]]:
        """As migrations are written."""
        return (self.__class__.__name__, list(self.tables), {})

    def _forwards(self, _apps: Any, editor: Any) -> None:
        for table in self.tables:
            for statement in kept(table, editor.connection.vendor):
                editor.execute(statement, params=None)


def chained(_apps: Any, editor: Any) -> None:
    """The ledger's own triggers: an act is only added behind the last one, the head only moves on."""
    for statement in _chained(editor.connection.vendor):
        editor.execute(statement, params=None)


def kept(table: str, vendor: str) -> Iterator[str]:
    """The statements that refuse to change or take away rows of a table."""
    if vendor == "sqlite":
        for event in ("UPDATE", "DELETE"):
            yield _sqlite(f"{table}_no_{event.lower()}", event, table, "1", f"{table}: rows are only added")
        return
    yield _function("pingjiang_only_added", "RAISE EXCEPTION '%: rows are only added', TG_TABLE_NAME;")
    yield _postgres(f"{table}_kept", "UPDATE OR DELETE", table, "ROW", "pingjiang_only_added")
    yield _postgres(f"{table}_whole", "TRUNCATE", table, "STATEMENT", "pingjiang_only_added")


def _chained(vendor: str) -> Iterator[str]:
    yield from kept(_TABLE, vendor)
    last = f"(SELECT number FROM {_HEAD})"
    hash_ = f"(SELECT hash FROM {_HEAD})"
    wrong = f"NEW.number IS DISTINCT FROM {last} + 1 OR NEW.previous IS DISTINCT FROM {hash_}"
    act = f"(SELECT hash FROM {_TABLE} WHERE number = NEW.number)"
    moved = f"NEW.number IS DISTINCT FROM OLD.number + 1 OR NEW.hash IS DISTINCT FROM {act}"
    second = f"EXISTS (SELECT 1 FROM {_HEAD})"
    if vendor == "sqlite":
        # INSERT OR REPLACE deletes without asking: the number that it would replace is never the next one.
        wrong, moved = wrong.replace("IS DISTINCT FROM", "IS NOT"), moved.replace("IS DISTINCT FROM", "IS NOT")
        yield _sqlite(f"{_TABLE}_next", "INSERT", _TABLE, wrong, "ledger: not the next act")
        yield _sqlite(f"{_HEAD}_moves", "UPDATE", _HEAD, moved, "ledger: the head only moves to the next act")
        yield _sqlite(f"{_HEAD}_stays", "DELETE", _HEAD, "1", "ledger: the head stays")
        yield _sqlite(f"{_HEAD}_one", "INSERT", _HEAD, second, "ledger: there is one head")
        return
    for name, event, table, test in (
        ("pingjiang_next_act", "INSERT", _TABLE, wrong),
        ("pingjiang_head_moves", "UPDATE", _HEAD, moved),
        ("pingjiang_one_head", "INSERT", _HEAD, second),
    ):
        yield _function(name, f"IF {test} THEN RAISE EXCEPTION 'ledger: refused'; END IF; RETURN NEW;")
        yield _postgres(name, event, table, "ROW", name)
    yield _postgres("pingjiang_head_stays", "DELETE", _HEAD, "ROW", "pingjiang_only_added")
    yield _postgres("pingjiang_head_whole", "TRUNCATE", _HEAD, "STATEMENT", "pingjiang_only_added")


def _sqlite(name: str, event: str, table: str, test: str, words: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {test} BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def _postgres(name: str, event: str, table: str, level: str, function: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {level} EXECUTE FUNCTION {function}()"
