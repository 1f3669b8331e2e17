"""Preparing papers: which are due, one or several written for a day, in place of an earlier draft of the same."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from engine.errors import PingjiangError
from web.ledger import Actor, act, actor
from web.page import Asked, Form, china, number, render, say
from web.papers.given import given
from web.papers.lists import PAGE, page_number
from web.papers.models import Drafted, Released
from web.rounds import Round, Version, also_closed, computed, opened, store
from web.work import Job, Late, answered, ask, moved, queue

AT_ONCE = 1
"""So many papers are written while the page waits; more are a job."""
_LIMIT = 120.0
LONG = ("papers", "folder", "replay")
"""The kinds of long work that are stopped from the pages of papers and of the archive."""


@computed
def prepare_paper(request: Any, round_: Round) -> HttpResponse:
    """What is due, to be ticked, and the day it is to bear."""
    head = round_.head
    assert head is not None
    today = number(china().date())
    asked = {name: (request.POST or request.GET).get(name, "") for name in ("kind", "about")}
    try:
        known = given(round_)
        found = answered("papers_due", head.facts, today, known.get("record", ""), limit=_LIMIT)
    except Late:
        return render(request, "problem.html", 503, key="late", round=round_, here="papers")
    there = _known(round_)
    sets = 0 if "winners" in known else found["sets"]
    rows = [
        row | {"at": f"p{at}", "known": there.get((row["kind"], row["about"]))} for at, row in enumerate(found["due"])
    ]
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    shown = [row for row in rows if (not asked["kind"] and row["now"]) or row["kind"] == asked["kind"]]
    form = Form.empty(_fields(request.lang, sets, asked["kind"]), request.lang)
    status = 200
    if request.method == "POST" and request.POST.get("act") == "prepare":
        form = Form.read(form.fields, request.POST, request.lang)
        ticked = [row for row in rows if request.POST.get(row["at"])]
        _judge(form, ticked, sets)
        if form:
            done = _prepared(request, round_, head, form, ticked)
            if done is not None:
                return done
        status = 400
    ticks = {row["at"] for row in rows if request.POST.get(row["at"])}
    if asked["about"] and not ticks:
        ticks = {row["at"] for row in shown if row["about"] == asked["about"]}
    pages = max(1, -(-len(shown) // PAGE))
    first = next((at for at, row in enumerate(shown) if row["at"] in ticks), 0)
    at = page_number((request.POST or request.GET).get("page", str(first // PAGE + 1)), pages)
    counts = Counter(row["kind"] for row in shown)
    some = shown[(at - 1) * PAGE : at * PAGE]
    groups = [(kind, list(rows_)) for kind, rows_ in groupby(some, key=lambda row: row["kind"])]
    return render(
        request, "paper_prepare.html", status, round=round_, here="papers", form=form, groups=groups, kinds=kinds,
        asked=asked, ticks=ticks, counts=counts, at=at, pages=pages, found=len(shown),
    )  # fmt: skip


def _known(round_: Round) -> dict[tuple[str, str], Any]:
    """The paper that there is of a kind about somebody: the released one in force, else the open draft."""
    found: dict[tuple[str, str], Any] = {}
    for one in Drafted.objects.filter(round=round_, state="prepared"):
        found[one.kind, one.about] = one
    for two in Released.objects.filter(round=round_, superseded_by=None):
        found[two.kind, two.about] = two
    return found


def _fields(lang: str, sets: int, kind: str) -> tuple[Asked, ...]:
    fields = [Asked("day", say("papers.day", lang), "day", needed=False, hint=say("papers.day_hint", lang))]
    if sets > 1 and kind in ("winners_notice", "winners_submission"):
        choices = [(str(at), say("papers.set", lang, number=at)) for at in range(1, sets + 1)]
        fields.append(Asked("chosen", say("papers.chosen", lang), "choice", choices=choices))
    if kind == "rejection_letter":
        fields.append(Asked("remedies", say("papers.remedies", lang), "tick", needed=False))
    fields.append(
        Asked("reason", say("papers.why_again", lang), "long", needed=False, hint=say("papers.why_again_hint", lang))
    )
    return tuple(fields)


def _judge(form: Form, ticked: list[dict[str, Any]], sets: int) -> None:
    day = form.values.get("day")
    if not ticked:
        form.fault("day", "papers.none_ticked")
    for row in ticked:
        if row["day"] and day and day != row["day"] and len(ticked) == 1:
            form.fault("day", "papers.own_day")
        if not row["day"] and not day and "day" not in form.faults:
            form.fault("day", "papers.no_day", paper=row["to"][form.lang])
        if isinstance(row["known"], Released) and not form.values.get("reason"):
            form.fault("reason", "papers.again_needs_reason")
        if sets > 1 and row["kind"] in ("winners_notice", "winners_submission") and not form.raw.get("chosen"):
            form.fault("chosen" if "chosen" in form.raw else "day", "papers.no_set")


def _prepared(
    request: Any, round_: Round, head: Version, form: Form, ticked: list[dict[str, Any]]
) -> HttpResponse | None:
    by = actor(request)
    options: dict[str, Any] = {}
    if form.values.get("chosen"):
        options["chosen"] = int(form.values["chosen"]) - 1
    if form.values.get("remedies"):
        options["remedies"] = True
    day = form.values.get("day") or 0
    wanted = [(row["kind"], row["about"], row["day"] or day) for row in ticked]
    if len(wanted) > AT_ONCE:
        person = {"who": by.who, "name": by.name, "role": by.role}
        queue("papers", head.pk, wanted, options, form.values["reason"], person, about=round_.ref, afresh=True)
        return redirect("papers", round_.ref)
    kind, about, own = wanted[0]
    try:
        made = prepare(by, head, kind, about, own, options, form.values["reason"])
    except Late:
        form.fault("day", "papers.late")
        return None
    except PingjiangError as error:
        form.faults["day"] = error.problems[0].line(form.lang)
        return None
    if made is None:
        form.fault("day", "papers.not_due")
        return None
    return redirect("draft_paper", round_.ref, made.ref)


def prepare(
    by: Actor, version: Version, kind: str, about: str, day: int, options: Mapping[str, Any], reason: str = ""
) -> Drafted | None:
    """Write a paper from a version, as a draft in place of an open one of the same; None where none is due."""
    round_ = version.round
    before = Released.objects.filter(round=round_, kind=kind, about=about, superseded_by=None).first()
    asked = {**given(round_, kind), **options, "hints": version.hint_list, "as_of": max(day, round_.deadline)}
    if before is not None:
        asked["supersedes"] = {"number": before.number or say("papers.unnumbered", "zh"), "day": before.day}
    found = ask("paper_written", version.facts, kind, about, day, asked, limit=_LIMIT)
    if found["paper"] is None:
        return None
    printed = ask("paper_printed", found["paper"], "", "", False, limit=_LIMIT)
    digest = store(printed["pdf"])
    with transaction.atomic():
        round_ = Round.objects.select_for_update().get(pk=round_.pk)
        Drafted.objects.filter(round=round_, kind=kind, about=about, state="prepared").update(state="replaced")
        subject = [found["paper"]["applicant"]] if found["paper"]["applicant"] else []
        details = {"kind": kind, "to": found["to"], "version": version.number, "sha256": digest, "day": found["day"]}
        done = act(
            by, "paper_prepared", about=f"round {round_.ref}", subject=subject, reason=reason, details=details
        )  # fmt: skip
        return Drafted.objects.create(
            ref=secrets.token_urlsafe(15), round=round_, version=version, kind=kind, about=about, to=found["to"],
            day=found["day"], content=_json(found["paper"]), shown=_json({**found["shown"], "last": found["last"]}),
            checks=_json(found["checks"]), judged=_json(found["judged"]), publishes=_json(found["publishes"]),
            options=_json(asked), numbered=found["numbered"], digest=digest, pages=printed["pages"],
            supersedes=before, reason=reason, act=done.number, at=done.at, who=by.who, name=by.name, role=by.role,
        )  # fmt: skip


def prepare_all(
    job: Job, version: int, wanted: list[tuple[str, str, int]], options: dict[str, Any], reason: str, person: Any
) -> None:
    """The work of a job: one paper after another; what is released or prepared from this version already is left."""
    found = Version.objects.select_related("round").get(pk=version)
    for at, (kind, about, day) in enumerate(wanted):
        moved(job, at, len(wanted))
        open_ = Drafted.objects.filter(round=found.round, kind=kind, about=about, state="prepared", version=found)
        if not open_.filter(day=day, who=person["who"]).exists():
            prepare(Actor(**person), found, kind, about, day, options, reason)
    moved(job, len(wanted), len(wanted))


@opened
@also_closed
def stop_jobs(request: Any, round_: Round) -> HttpResponse:
    """Have the long work for a round's papers and folders stopped; what is done stays."""
    Job.objects.filter(kind__in=LONG, about=round_.ref, state__in=("waiting", "running")).update(stop=True)
    return redirect("archive" if request.POST.get("from") == "archive" else "papers", round_.ref)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
