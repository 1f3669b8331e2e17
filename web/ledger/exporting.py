"""The ledger as a file that can be checked without the database: an act a line, JSON, its fields as they are hashed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from web.ledger.chain import FIELDS
from web.ledger.models import Act


def exported() -> Iterator[str]:
    """A line for each act, from the first."""
    for act in Act.objects.order_by("number").iterator(2_000):
        yield json.dumps(row(act), ensure_ascii=False) + "\n"


def row(act: Act) -> dict[str, Any]:
    """An act as text by field, with its hash."""
    return {name: getattr(act, name) for name in (*FIELDS, "hash")}
