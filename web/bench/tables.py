"""The table of what was said of a city's cases: the newest, the next with its act, what rests on it computed."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from web.bench.models import Table
from web.ledger import Act, Actor, act
from web.work import Job, answered, ask, known, moved, queue

_SECONDS = 900.0


def current(city: str) -> str:
    """The newest table of a city; the one that comes with the program where nobody has said anything here."""
    last = Table.objects.filter(city=city).last()
    return last.text if last else str(ask("shipped_table", city))


def put_in(
    by: Actor, city: str, before: str, text: str, kind: str, details: Mapping[str, Any], reason: str = ""
) -> bool:
    """Make a text the newest table, with its act; False where the table is not `before` any more."""
    try:
        with transaction.atomic():
            last = Table.objects.filter(city=city).last()
            if (last.text if last else before) != before:
                return False
            digest = sha256(text.encode("utf-8")).hexdigest()
            done = act(by, kind, about=f"bench {city}", reason=reason, details={**details, "sha256": digest})
            Table.objects.create(
                city=city, number=(last.number if last else 0) + 1, text=text, digest=digest, act=done.number,
                at=done.at, name=done.name,
            )  # fmt: skip
    except IntegrityError:
        return False
    return True


def seen(city: str, lang: str) -> tuple[dict[str, Any] | None, Job | None]:
    """The bench of a city, or the work that makes it."""
    table = current(city)
    found = known("bench", city, table)
    if found is not None:
        return found[lang], None
    job = queue("bench", city, sha256(table.encode("utf-8")).hexdigest())
    found = known("bench", city, table)
    if found is None and job.state == "done":  # done by rules that were others
        job = queue("bench", city, sha256(table.encode("utf-8")).hexdigest(), afresh=True)
        found = known("bench", city, table)
    return (found[lang], None) if found else (None, job)


def compute(job: Job, city: str, _digest: str) -> None:
    """The work: every case against the rules."""
    moved(job, 0, 1)
    answered("bench", city, current(city), limit=_SECONDS)
    moved(job, 1, 1)


def spoken(city: str) -> list[Act]:
    """The acts of a city's bench, the newest first."""
    return list(Act.objects.filter(about=f"bench {city}")[:100])
