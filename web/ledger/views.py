"""The ledger as supervision reads it: filtered, checked on the page, exported."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, StreamingHttpResponse

from web.ledger.exporting import exported
from web.ledger.models import Act, Head
from web.ledger.verification import verified
from web.page import china, number, object_called, render, typed

PAGE = 100
_DAYS = ("first", "last")


def ledger(request: Any) -> HttpResponse:
    """The acts, the newest first, by day; where it is asked, the whole chain is checked."""
    year = china().year
    asked = {name: request.GET.get(name, "")[:100] for name in ("who", "kind", "about", "subject", *_DAYS)}
    days = {name: typed(asked[name], year) if asked[name] else None for name in _DAYS}
    found = _asked(Act.objects.all(), asked, {name: day.day for name, day in days.items() if day and not day.fault})
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 12:
        found = found.filter(number__lt=int(before))
    acts = list(found[: PAGE + 1])
    more = len(acts) > PAGE
    acts = acts[:PAGE]
    people = sorted(set(Act.objects.order_by().values_list("who", "name").distinct()))
    kinds = sorted(set(Act.objects.order_by().values_list("kind", flat=True).distinct()))
    return render(
        request, "ledger.html", here="ledger", days=list(_by_day(acts)), asked=asked, people=people, kinds=kinds,
        head=Head.objects.get(), faults={name: day.fault for name, day in days.items() if day and day.fault},
        more=acts[-1].number if more else 0, checked=verified() if request.GET.get("check") else None,
        called=object_called,
        looks=list(looks()), shown=len(acts),
    )  # fmt: skip


def export(request: Any) -> StreamingHttpResponse:  # noqa: ARG001 - every view gets the request
    """The whole ledger as a file that can be checked without the database."""
    response = StreamingHttpResponse(exported(), content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ledger.jsonl"'
    return response


def _asked(acts: QuerySet[Act], asked: dict[str, str], days: dict[str, int]) -> QuerySet[Act]:
    for name in ("who", "kind"):
        if asked[name]:
            acts = acts.filter(**{name: asked[name]})
    if asked["about"]:
        acts = acts.filter(Q(about=f"round {asked['about']}") | Q(about__contains=asked["about"]))
    if asked["subject"]:
        acts = acts.filter(subject__contains=asked["subject"])
    if "first" in days:
        acts = acts.filter(at__gte=_iso(days["first"]))
    if "last" in days:
        acts = acts.filter(at__lt=f"{_iso(days['last'])}U")  # T and what follows sorts before U
    return acts


def _iso(day: int) -> str:
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"


def _by_day(acts: Iterable[Act]) -> Iterator[tuple[int, list[tuple[Act, dict[str, Any]]]]]:
    for day, some in groupby(acts, key=lambda act: act.at[:10]):
        yield number(date.fromisoformat(day)), [(act, json.loads(act.details)) for act in some]


def looks() -> Iterator[dict[str, Any]]:
    """What deserves a look, listed from the acts alone, in a fixed order; nothing is judged."""
    same_day: dict[tuple[str, str], list[int]] = {}
    for act in Act.objects.filter(kind="upload_received").order_by("number"):
        same_day.setdefault((act.about, act.at[:10]), []).append(act.number)
    yield _look("uploads_one_day", [number for some in same_day.values() if len(some) > 1 for number in some])
    accounts = Act.objects.filter(kind__in=("account_added", "account_changed", "password_given"))
    yield _look("accounts", list(accounts.order_by("number").values_list("number", flat=True)))
    night = [
        act.number
        for act in Act.objects.exclude(kind__in=("signed_in", "signed_out")).exclude(role="house").order_by("number")
        if not 7 <= int(act.at[11:13]) < 20
    ]
    yield _look("night", night)
    opened = Act.objects.filter(kind__in=("document_opened", "ties_opened", "record_opened")).order_by("number")
    yield _look("documents", list(opened.values_list("number", flat=True)))
    removed = Act.objects.filter(kind="version_removed").order_by("number")
    yield _look("removed", list(removed.values_list("number", flat=True)))
    mended = Act.objects.filter(kind="upload_mended").order_by("number")
    yield _look("mended", list(mended.values_list("number", flat=True)))


def _look(key: str, numbers: list[int]) -> dict[str, Any]:
    return {"key": key, "numbers": numbers}
