"""The ledger: only ever added to, each act chained to the one before; whatever is altered is found and named."""

import json
from hashlib import sha256
from typing import Any

import pytest

BY = ("clerk", "虚构承办员甲", "clerk")


@pytest.fixture
def acts(house: object, db: None) -> Any:
    """A way to add acts, five of them added."""
    from web.ledger import Actor, act

    def add(kind: str, **more: Any) -> Any:
        return act(Actor(*BY), kind, **more)

    for number in range(5):
        add("signed_in", about=f"account {number}", reason="为什么", details={"n": number})
    return add


def execute(statement: str, *arguments: Any) -> None:
    """SQL, as somebody at the database would write it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)


def rows() -> list[dict[str, Any]]:
    """The acts as they are exported."""
    from web.ledger import exported

    return [json.loads(line) for line in exported()]


def test_acts_are_chained(acts: Any) -> None:
    """Each names the hash of the one before, the head is the last; the whole is found sound."""
    from web.ledger import GENESIS, Head, verified

    found = rows()[-5:]
    assert [row["previous"] for row in found[1:]] == [row["hash"] for row in found[:-1]]
    assert rows()[0]["previous"] == GENESIS
    assert (Head.objects.get().number, Head.objects.get().hash) == (found[-1]["number"], found[-1]["hash"])
    assert verified().faults == ()


def test_the_hash_is_over_the_stored_text(acts: Any) -> None:
    """SHA-256 over each field's length in bytes, a colon and its text, in the order that the docs give."""
    row = rows()[-1]
    order = [
        "number",
        "at",
        "who",
        "name",
        "role",
        "whom",
        "kind",
        "about",
        "subject",
        "reason",
        "document",
        "details",
        "previous",
    ]
    fields = [str(row[name]).encode() for name in order]

    assert row["hash"] == sha256(b"".join(b"%d:" % len(one) + one for one in fields)).hexdigest()
    assert row["at"].endswith("+08:00")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_act SET reason = 'x' WHERE number = 1",
        "UPDATE ledger_act SET reason = 'x'",
        "DELETE FROM ledger_act WHERE number = 1",
        "DELETE FROM ledger_act",
        "DELETE FROM ledger_head",
        "UPDATE ledger_head SET number = number - 1",
        "UPDATE ledger_head SET number = number + 1",
        "UPDATE ledger_head SET hash = 'x'",
        "INSERT INTO ledger_head (id, number, hash) VALUES (2, 0, 'x')",
        "INSERT INTO ledger_act (number, at, who, name, role, whom, kind, about, subject, reason, document, details, "
        "previous, hash) SELECT number + 7, at, who, name, role, whom, kind, about, subject, reason, document, "
        "details, previous, hash FROM ledger_act WHERE number = 1",
        "INSERT INTO ledger_act (number, at, who, name, role, whom, kind, about, subject, reason, document, details, "
        "previous, hash) SELECT (SELECT max(number) + 1 FROM ledger_act), at, who, name, role, whom, kind, about, "
        "subject, reason, document, details, previous, hash FROM ledger_act WHERE number = 2",
    ],
)
def test_the_database_refuses_to_alter_it(statement: str, acts: Any) -> None:
    """UPDATE, DELETE, an INSERT that is not the next act: refused, and nothing is changed."""
    from django.db import DatabaseError, transaction

    before = rows()
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(statement)

    assert rows() == before


def test_replace_and_truncate_are_refused(acts: Any) -> None:
    """SQLite's INSERT OR REPLACE goes past triggers on deletes, PostgreSQL's TRUNCATE past those on rows."""
    from django.db import DatabaseError, connection, transaction

    replace = (
        "INSERT OR REPLACE INTO ledger_act (number, at, who, name, role, whom, kind, about, subject, reason, document, "
        "details, previous, hash) SELECT number, at, 'x', name, role, whom, kind, about, subject, reason, document, "
        "details, previous, hash FROM ledger_act WHERE number = 2"
    )
    before = rows()
    for statement in [replace] if connection.vendor == "sqlite" else ["TRUNCATE ledger_act", "TRUNCATE ledger_head"]:
        with pytest.raises(DatabaseError), transaction.atomic():
            execute(statement)

    assert rows() == before


def test_versions_are_only_added(samples: object, db: None) -> None:
    """What was a version of a case stays it."""
    from django.db import DatabaseError, transaction

    for statement in ("UPDATE rounds_version SET facts = ''", "DELETE FROM rounds_version"):
        with pytest.raises(DatabaseError), transaction.atomic():
            execute(statement)


def tampered(found: list[dict[str, Any]], how: str) -> list[dict[str, Any]]:
    """Acts as an owner of the database might leave them."""
    from web.ledger.chain import digest

    changed = [dict(row) for row in found]
    if how == "altered":
        changed[2]["reason"] = "y"
    elif how == "rehashed":
        changed[2]["reason"] = "y"
        changed[2]["hash"] = digest(changed[2])
    elif how == "gap":
        del changed[2]
    elif how == "swapped":
        changed[1], changed[2] = changed[2], changed[1]
    elif how == "cut":
        del changed[-1]
    return changed


@pytest.mark.parametrize(
    ("how", "want"),
    [
        ("as it was", []),
        ("altered", [(3, "altered")]),
        ("rehashed", [(4, "unchained")]),
        ("gap", [(4, "gap"), (4, "unchained")]),
        ("swapped", [(3, "gap"), (3, "unchained"), (2, "order"), (2, "unchained"), (4, "gap"), (4, "unchained")]),
        ("cut", [(5, "head")]),
    ],
)
def test_what_is_tampered_with_is_found_and_named(how: str, want: list[tuple[int, str]]) -> None:
    """Each row, order, gap: whoever owns the database can alter it, nobody unseen."""
    from web.ledger.chain import FIELDS, GENESIS, digest, faults

    found: list[dict[str, Any]] = []
    for number in range(1, 6):
        row = dict.fromkeys(FIELDS, "x") | {"number": number, "previous": found[-1]["hash"] if found else GENESIS}
        found.append(row | {"hash": digest(row)})
    head = (5, found[-1]["hash"])

    assert [(one.number, one.kind) for one in faults(tampered(found, how), head)] == want


def test_an_act_belongs_to_what_it_records(acts: Any) -> None:
    """A change that is undone takes its act with it; an act outside a transaction is refused."""
    from django.db import transaction

    from web.ledger import verified

    before = rows()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        acts("signed_out")
        raise ZeroDivisionError

    assert rows() == before and verified().faults == ()


def test_an_act_as_a_paper_bears_it(acts: Any) -> None:
    """The number and the first signs of the hash find the act; another hash, another number do not."""
    from web.ledger import Fault, verified

    last = rows()[-1]

    assert verified((last["number"], last["hash"][:8])).faults == ()
    assert verified((last["number"], "00000000")).faults == (Fault(last["number"], "printed"),)
    assert verified((99999, last["hash"][:8])).faults == (Fault(99999, "printed"),)


def test_what_deserves_a_look_is_listed_from_the_acts(acts: Any) -> None:
    """In a fixed order, by what was done alone: uploads of one day, accounts, what was opened, taken out, read anew."""
    from web.ledger.views import looks

    def found() -> dict[str, set[int]]:
        return {one["key"]: set(one["numbers"]) for one in looks()}

    before = found()
    assert list(before) == ["uploads_one_day", "accounts", "night", "documents", "removed", "mended"]
    kinds = ("upload_received", "upload_received", "account_changed", "document_opened", "version_removed")
    made = [acts(kind, about="round looked-at").number for kind in (*kinds, "upload_mended", "workbook_given")]
    new = {key: sorted(numbers - before[key]) for key, numbers in found().items()}

    assert new.pop("night") in ([], made)
    assert new == {
        "uploads_one_day": made[:2],
        "accounts": [made[2]],
        "documents": [made[3]],
        "removed": [made[4]],
        "mended": [made[5]],
    }
