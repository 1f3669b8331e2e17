"""Adding an act: in the transaction of what it records, behind the last one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from web.ledger.chain import digest
from web.ledger.models import Act, Head
from web.page import china


@dataclass(frozen=True)
class Actor:
    """Who acts: the account, the name as it is read, the role acted in, for whom (if for somebody else)."""

    who: str
    name: str
    role: str
    whom: str = ""


HOUSE = Actor("", "pingjiang", "house")
"""The program itself: what it does at a start, or when nobody is signed in."""


def actor(request: Any) -> Actor:
    """Whoever sent a request, as what."""
    return Actor(request.user.username, request.user.name, request.role)


def act(
    by: Actor,
    kind: str,
    *,
    about: str = "",
    subject: Iterable[str] = (),
    reason: str = "",
    document: str = "",
    details: Mapping[str, Any] | None = None,
) -> Act:
    """Add an act; call it in the transaction that makes the change it records: both stand or neither."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act is added in the transaction of what it records")
    head = Head.objects.select_for_update().get()
    row: dict[str, Any] = {
        "number": head.number + 1,
        "at": china().isoformat(timespec="seconds"),
        "who": by.who,
        "name": by.name,
        "role": by.role,
        "whom": by.whom,
        "kind": kind,
        "about": about,
        "subject": " ".join(sorted(set(subject))),
        "reason": reason,
        "document": document,
        "details": json.dumps(details or {}, ensure_ascii=False, sort_keys=True),
        "previous": head.hash,
    }
    made = Act(**row, hash=digest(row))
    made.save(force_insert=True)
    Head.objects.filter(pk=head.pk).update(number=made.number, hash=made.hash)
    return made
