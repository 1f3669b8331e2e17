"""What the desk keeps of a regulation: what was said of its cases, its files where it was begun here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse

from engine.law import cities, statute
from web.bench.models import Sealed, Table, Text
from web.ledger import Act, Actor, act
from web.page import china, render
from web.work import Job, answered, ask, known, moved, put, queue

_SECONDS = 900.0
SEPARATOR = "\x1e"
"""What stands between the tables of a city where they are handed on as one (`web.inquiries.placed`)."""
ROUNDS = ("award", "panels", "procedure", "review")
"""The questions whose cases stand in tables of their own."""


@dataclass(frozen=True)
class Regulation:
    """A regulation of the bench: its name, its title, and its newest files where it was begun on the desk."""

    city: str
    title: str
    text: Text | None = None

    @property
    def files(self) -> dict[str, str]:
        """What a question about it is given; nothing for one that comes with the program."""
        return self.text.files if self.text else {}


def regulations() -> list[Regulation]:
    """Those that come with the program, then those begun here."""
    newest = {one.city: one for one in Text.objects.all()}
    shipped = [Regulation(city, statute(city).title) for city in cities()]
    return [*shipped, *(Regulation(city, one.title, one) for city, one in sorted(newest.items()))]


def regulation(city: str) -> Regulation:
    """One of them; Http404 for a name that none has."""
    found = next((one for one in regulations() if one.city == city), None)
    if found is None:
        raise Http404(city)
    return found


def current(city: str) -> str:
    """The newest table of a city; the one that comes with the program where nobody has said anything here."""
    last = Table.objects.filter(city=city).last()
    return last.text if last else str(ask("shipped_table", city))


def tables(city: str, own: str | None = None, **others: str) -> str:
    """What was said of every case of a city, as questions take it: its newest table, or `own`, and behind it those of
    panels, awards and procedures that somebody spoke of here, or the ones named."""
    kept = {key: current(f"{key}_{city}") for key in ROUNDS if Table.objects.filter(city=f"{key}_{city}").exists()}
    rest = [f"{key}\n{text}" for key, text in sorted((kept | others).items())]
    return SEPARATOR.join([current(city) if own is None else own, *rest])


def put_in(
    by: Actor, city: str, before: str, text: str, kind: str, details: Mapping[str, Any], reason: str = "",
    sealed: Mapping[str, Any] | None = None, question: str = "",
) -> bool:  # fmt: skip
    """Make a text the newest table, of a question where one is named, with its act and what its seal is of; False
    where the table is not `before` any more."""
    key = f"{question}_{city}" if question else city
    try:
        with transaction.atomic():
            last = Table.objects.filter(city=key).last()
            if (last.text if last else before) != before:
                return False
            digest = sha256(text.encode("utf-8")).hexdigest()
            done = act(by, kind, about=f"bench {city}", reason=reason, details={**details, "sha256": digest})
            Table.objects.create(
                city=key, number=(last.number if last else 0) + 1, text=text, digest=digest, act=done.number,
                at=done.at, name=done.name,
            )  # fmt: skip
            keep_sealed(city, [sealed] if sealed else [])
    except IntegrityError:
        return False
    return True


def keep_sealed(city: str, found: Iterable[Mapping[str, Any]]) -> None:
    """Keep what seals are of; what is kept already stays."""
    there = set(Sealed.objects.filter(city=city).values_list("at", "seal"))
    made = china().isoformat(timespec="seconds")
    Sealed.objects.bulk_create(
        Sealed(city=city, at=one["at"], seal=one["seal"], told=json.dumps(one, ensure_ascii=False), made=made)
        for one in found
        if (one["at"], one["seal"]) not in there
    )


def put_text(by: Actor, one: Regulation, files: Mapping[str, str], kind: str, reason: str = "") -> bool:
    """Make files the newest of a regulation begun here, with the act; False where others were faster."""
    number = one.text.number + 1 if one.text else 1
    try:
        with transaction.atomic():
            digests = {part: sha256(text.encode("utf-8")).hexdigest() for part, text in files.items()}
            details = {"number": number, "title": one.title, "sha256": digests}
            done = act(by, kind, about=f"bench {one.city}", reason=reason, details=details)
            Text.objects.create(
                city=one.city, number=number, title=one.title, act=done.number, at=done.at, name=done.name, **files
            )
    except IntegrityError:
        return False
    return True


def seen(city: str, lang: str) -> tuple[dict[str, Any] | None, Job | None]:
    """The bench of a city, or the work that makes it."""
    table, files = tables(city), regulation(city).files
    found = known("bench", city, table, files)
    if found is not None:
        return found[lang], None
    digest = sha256("\0".join((table, *files.values())).encode("utf-8")).hexdigest()
    job = queue("bench", city, digest)
    found = known("bench", city, table, files)
    if found is None and job.state == "done":  # done by rules that were others
        job = queue("bench", city, digest, afresh=True)
        found = known("bench", city, table, files)
    return (found[lang], None) if found else (None, job)


def waiting(request: Any, city: str, job: Job | None) -> HttpResponse:
    """The page for as long as the work is not done."""
    return render(request, "bench_waiting.html", here="bench", job=job, city=city, title=regulation(city).title)


def compute(job: Job, city: str, _digest: str) -> None:
    """The work: every case against the rules."""
    moved(job, 0, 1)
    found = answered("bench", city, tables(city), regulation(city).files, limit=_SECONDS)
    keep_sealed(city, found["sealed"])
    moved(job, 1, 1)


def run_suite(_job: Job, city: str, who: str, name: str, role: str, _at: str) -> None:
    """The work: every case against the rules, whether or not that is known; the outcome is an act."""
    table, one = tables(city), regulation(city)
    found = ask("bench", city, table, one.files, limit=_SECONDS)
    put([(("bench", city, table, one.files), found)])
    keep_sealed(city, found["sealed"])
    with transaction.atomic():
        details = {
            "tried": found["zh"]["tried"], "differs": found["zh"]["counts"]["differs"],
            "table": sha256(table.encode("utf-8")).hexdigest(), "version": one.text.number if one.text else 0,
        }  # fmt: skip
        act(Actor(who, name, role), "suite_run", about=f"bench {city}", details=details)


def spoken(city: str) -> list[Act]:
    """The acts of a city's bench, the newest first."""
    return list(Act.objects.filter(about=f"bench {city}")[:100])
