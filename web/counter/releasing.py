"""What the bureau releases: snapshots made from an applicant's own facts and the round's, papers handed over."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from engine.words import LANGUAGES
from web.counter.models import Sheet, Snapshot
from web.ledger import Actor, act
from web.page import china, number
from web.rounds import Round, Version, store
from web.work import Job, answered, moved

_SECONDS = 300.0
_OPEN = ("rejected", "pending")


@dataclass(frozen=True)
class Handed:
    """A paper for an applicant: what it is, its number and day, its bytes and the name of its file."""

    kind: str
    title: str
    number: str
    day: int
    data: bytes
    name: str


def make(job: Job, version: int, by: list[str], ids: list[str], day: int) -> None:
    """Make and release snapshots of applicants, one after the other: the work behind the bureau's button."""
    found = Version.objects.select_related("round").get(pk=version)
    for at, id in enumerate(ids):
        moved(job, at, len(ids))
        release(Actor(*by), found.round, found, id, day)
    moved(job, len(ids), len(ids))


def release(
    by: Actor, round_: Round, version: Version, id: str, day: int, *, prospects: bool = True
) -> Snapshot | None:
    """Release to an applicant what its own case says as of a day; None where the version has no such applicant.

    What is shown is computed from the projected case alone: nothing of another applicant can be in it. `prospects`:
    with what would change the outcome, which takes seconds.
    """
    facts = answered("projected", version.facts, id)
    if not facts:
        return None
    shown: dict[str, Any] = answered("own", facts, id, day, limit=_SECONDS)
    shown["award"] = {lang: round_.award(lang) for lang in LANGUAGES}
    told = shown["outcome"]
    if told is not None:
        late = prospects and told["status"] in _OPEN
        told["prospects"] = answered("foreseen", facts, id, day, limit=_SECONDS) if late else None
    with transaction.atomic():
        done = act(
            by, "snapshot_released", about=f"round {round_.ref}", subject=[id],
            details={"version": version.number, "day": day, "outcome": told is not None},
        )  # fmt: skip
        return Snapshot.objects.create(
            round_ref=round_.ref, kind="applicant", subject=id, shown=json.dumps(shown, ensure_ascii=False),
            facts_hash=version.facts_hash, version=version.number, day=day, at=done.at, act=done.number,
        )  # fmt: skip


def hand_over(by: Actor, round_ref: str, id: str, paper: Handed) -> Sheet:
    """Put a released paper where its applicant finds it; the same bytes once."""
    digest = store(paper.data)
    with transaction.atomic():
        known = Sheet.objects.filter(round_ref=round_ref, subject=id, digest=digest).first()
        if known is not None:
            return known
        act(
            by, "paper_delivered", about=f"round {round_ref}", subject=[id],
            details={"kind": paper.kind, "number": paper.number, "sha256": digest},
        )  # fmt: skip
        return Sheet.objects.create(
            ref=secrets.token_urlsafe(15), round_ref=round_ref, subject=id, kind=paper.kind, title=paper.title,
            number=paper.number, day=paper.day, digest=digest, size=len(paper.data), name=paper.name,
        )  # fmt: skip


def released(round_ref: str, kind: str, subject: str) -> Snapshot | None:
    """The last snapshot released to somebody."""
    return Snapshot.objects.filter(round_ref=round_ref, kind=kind, subject=subject).last()


def latest(round_ref: str, kind: str) -> dict[str, Snapshot]:
    """The last snapshot of everybody, by whom it is for."""
    return {one.subject: one for one in Snapshot.objects.filter(round_ref=round_ref, kind=kind).order_by("pk")}


def queued(by: Actor, version: Version, ids: Iterable[str]) -> tuple[Any, ...]:
    """The arguments of the job that releases to several applicants, as of today."""
    return (version.pk, [by.who, by.name, by.role], list(ids), number(china().date()))
