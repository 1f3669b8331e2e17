"""The freeze of a draw: the sources announced, the case as its next version, C, where it was published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from web.counter import declared, declared_since, undeclared, untaken
from web.ledger import act, actor
from web.page import HEAD, Asked, Form, china, number, render, say, shown
from web.panels.models import Freeze, Publication
from web.rounds import Draft, Moved, Round, Version, computed, opened, take_in
from web.work import answered, ask

MOST = 3
"""Sources that the form asks for."""
SHAPES: Mapping[str, tuple[tuple[int, int, int, str], ...]] = {
    "double": ((6, 1, 33, "unordered"), (1, 1, 16, "unordered")),
    "super": ((5, 1, 35, "unordered"), (2, 1, 12, "unordered")),
    "five": ((5, 0, 9, "throws"),),
    "dice": ((13, 1, 6, "throws"),),
}
"""Common public events: how many numbers each part gives, between which bounds, in which way."""
KEPT = "kept"
SUPPLEMENT = "supplement"


def found(round_: Round, number_: int) -> Freeze:
    """A freeze of a round; Http404 where there is none."""
    one = Freeze.objects.select_related("publication", "drawing", "round", "version").filter(
        round=round_, number=number_
    )
    if (freeze := one.first()) is None:
        raise Http404(str(number_))
    return freeze


def over(one: Freeze) -> bool:
    """Whether a freeze is drawn and was shown to its end."""
    return hasattr(one, "drawing") and hasattr(one.drawing, "showing") and one.drawing.showing.ended


def follower(one: Freeze) -> Freeze | None:
    """The supplementary freeze that starts from what a draw gave; None where nothing follows it."""
    later = Freeze.objects.filter(round=one.round, number__gt=one.number).select_related("drawing")
    return next((each for each in later if each.answer.get("follows") == one.number), None)


def waiting(round_: Round) -> int:
    """Whether numbers wait for a second person, or a draw for being shown to its end."""
    last = Freeze.objects.filter(round=round_).select_related("drawing").last()
    if last is None:
        return 0
    if hasattr(last, "drawing"):
        return int(not (hasattr(last.drawing, "showing") and last.drawing.showing.ended))
    return int(last.numbers.exists())


@computed
def freeze(request: Any, round_: Round) -> HttpResponse:
    """Freeze the case: the sources and days are typed, what comes of it is shown, then it stands."""
    head, lang = round_.head, request.lang
    assert head is not None
    said = answered("announced", head.facts)
    last = Freeze.objects.filter(round=round_).select_related("publication", "drawing").last()
    silent = _silent(round_, head)
    fields = _fields(lang, said, last)
    if last is not None and over(last):
        choices = [(key, say(f"panels.freeze.follow.{key}", lang)) for key in (SUPPLEMENT, "anew")]
        fields.insert(0, Asked("follow", say("panels.freeze.follow.title", lang), "choice", choices=choices))
    if silent:
        names = say("and", lang).join(silent)
        hint = say("panels.freeze.undeclared_hint", lang, names=names)
        fields.append(Asked("undeclared", say("panels.freeze.undeclared", lang), hint=hint, limit=300))
    today = number(china().date())
    if request.method != "POST":
        return _page(request, round_, Form.empty(fields, lang), last)
    form = Form.read(fields, request.POST, lang)
    if silent and request.role != HEAD:
        form.faults["undeclared"] = say("panels.freeze.undeclared_head", lang)
    if last is not None and not hasattr(last, "drawing") and hasattr(last, "publication") and _held(last, today):
        form.fault("reason", "panels.freeze.held")
    follows = last if last is not None and form.values.get("follow") == SUPPLEMENT else None
    if follows and form.raw["size"]:
        form.fault("size", "panels.freeze.follow.size")
    rows = _rows(form, said, today, None if follows else last) if form else []
    if not form:
        return _page(request, round_, form, last, 400)
    changed = ask("changed", head.facts, rows, said["facts"], today)
    for problem in changed["problems"]:
        form.faults.setdefault(_field_of(problem), problem["words"][lang])
    size = form.values["size"]
    made: dict[str, Any] = {"problems": ()}
    if form and follows:
        made = ask("supplemented", current(follows), changed["facts"])
    elif form:
        made = ask("frozen", changed["facts"], True, int(size or 0))
    for problem in made["problems"]:
        form.faults.setdefault("follow" if follows else "size", problem["words"][lang])
    if form and follows and not made["free"]:
        form.fault("follow", "panels.freeze.follow.nothing")
    if not form:
        return _page(request, round_, form, last, 400)
    if made["hall"] or request.POST.get("act") != "confirm":
        return _page(request, round_, form, last, made=made)
    done = _made(request, round_, head, changed["facts"], made, last, form.values, silent)
    if done is None:
        return _page(request, round_, form, last, 409, moved=True)
    return redirect("frozen", round_.ref, done.number)


def _made(
    request: Any, round_: Round, head: Version, facts: str, made: Mapping[str, Any], last: Freeze | None,
    values: Mapping[str, Any], silent: list[str],
) -> Freeze | None:  # fmt: skip
    """The freeze with the version it froze, both or neither; None where the head moved on."""
    kept: list[Freeze] = []

    def then(version: Version) -> None:
        if version.facts != facts:
            raise Moved(round_.ref)
        told = {name: made[name] for name in ("sources", "announcement", "size", "groups")}
        if "head" in made and last is not None:
            told |= {"follows": last.number, "head": made["head"], "kept": made["kept"], "free": made["free"]}
        kept.append(
            Freeze.objects.create(
                round=round_, number=(last.number if last else 0) + 1, version=version, replaces=replaced,
                commitment=made["commitment"], file=made["text"], told=json.dumps(told, ensure_ascii=False),
                act=version.act, at=version.at, name=version.name,
            )
        )  # fmt: skip

    replaced = None if "head" in made else last
    details = {"commitment": made["commitment"], "replaces": replaced.commitment if replaced else ""}
    if "head" in made and last is not None:
        details |= {"follows": last.commitment, "head": made["head"]}
    if silent:
        details |= {"undeclared": silent, "undeclared_because": values["undeclared"]}
    reason = values.get("reason", "")
    try:
        take_in(actor(request), round_, Draft(facts, head, "freeze", reason, details=details, then=then))
    except Moved:
        return None
    return kept[0] if kept else None


def _silent(round_: Round, head: Version) -> list[str]:
    """The reviewers who have not declared their ties yet, or whose ties are not in the case, by name."""
    known = {one["id"]: one["name"] for one in answered("reviewers", head.facts)}
    waiting_ = dict.fromkeys(one.name for one in untaken(round_.ref, head.facts) if one.subject in known)
    return [known[id] for id in undeclared(round_.ref, known)] + [
        say("panels.freeze.untaken", "zh", name=name) for name in waiting_
    ]


def _held(last: Freeze, today: int) -> bool:
    """Whether an event of a published freeze has been held: then its draw is carried out too."""
    return any(one["day"] <= today for one in last.answer["sources"])


def _fields(lang: str, said: Mapping[str, Any], last: Freeze | None) -> list[Asked]:
    def words(key: str, **more: object) -> str:
        return say(f"panels.freeze.{key}", lang, **more)

    shapes = [(key, words(f"shape.{key}")) for key in SHAPES]
    made = [
        Asked("size", words("size"), needed=False, hint=words("size_hint"), limit=3),
        Asked("until", words("until"), "day", hint=words("until_hint"), value=shown(said["until"], lang)),
    ]
    for at in range(1, MOST + 1):
        old = next((one for one in said["sources"] if one["order"] == at), None)
        shape = next((key for key, parts in SHAPES.items() if old and [list(p) for p in parts] == old["shape"]), "")
        choices = [*shapes, *([(KEPT, words("shape.kept"))] if old and not shape else [])]
        reserve = old["reserve"] if old and old["reserve"] else ("", 0)
        made += [
            Asked(f"name{at}", words("name", at=at), needed=at == 1, limit=80, value=old["name"] if old else "",
                  hint=words("name_hint") if at == 1 else ""),
            Asked(f"day{at}", words("day", at=at), "day", needed=at == 1, value=shown(old["day"], lang) if old else ""),
            Asked(f"shape{at}", words("shape_of", at=at), "choice", needed=at == 1, choices=choices,
                  value=shape or (KEPT if old else "")),
            Asked(f"reserve{at}", words("reserve", at=at), needed=False, limit=80, value=reserve[0]),
            Asked(f"reserve_day{at}", words("reserve_day", at=at), "day", needed=False, value=shown(reserve[1], lang)),
        ]  # fmt: skip
    if last is not None:
        made += [
            Asked("reason", words("reason"), limit=300, hint=words("reason_hint", number=last.number)),
            Asked("document", words("document"), limit=100),
        ]
    return made


def _rows(form: Form, said: Mapping[str, Any], today: int, last: Freeze | None) -> list[list[Any]]:
    """What was typed, as facts of the case."""
    value = form.values
    if value["size"] and not (value["size"].isascii() and value["size"].isdecimal()):
        form.fault("size", "enter.number")
    rows: list[list[Any]] = [["frozen_on", today], ["objections_until", value["until"]]]
    order = 0
    for at in range(1, MOST + 1):
        given = {name: value.get(f"{name}{at}") for name in ("name", "day", "shape", "reserve", "reserve_day")}
        if not given["name"]:
            continue
        order += 1
        for name in ("day", "shape"):
            if not given[name]:
                form.fault(f"{name}{at}", "form.missing")
        if bool(given["reserve"]) != bool(given["reserve_day"]):
            form.fault(f"reserve{at}", "panels.freeze.reserve_both")
        if not form:
            continue
        rows.append(["seed_source", order, given["name"], given["day"]])
        old = next((one for one in said["sources"] if one["order"] == at), None)
        parts = old["shape"] if given["shape"] == KEPT and old else SHAPES[str(given["shape"])]
        rows += [["seed_part", order, part, *shape] for part, shape in enumerate(parts, 1)]
        if given["reserve"]:
            rows.append(["seed_reserve", order, given["reserve"], given["reserve_day"]])
    if last is not None and hasattr(last, "publication"):
        rows += [["replaced_freeze", *row] for row in said["replaced"]]
        rows.append(
            ["replaced_freeze", last.commitment, last.publication.day, value.get("reason"), value.get("document")]
        )
    return rows


def _field_of(problem: Mapping[str, Any]) -> str:
    """The field of the form that a problem of the facts belongs to."""
    return {"objections_until": "until", "frozen_on": "until"}.get(problem["predicate"], "day1")


def _page(
    request: Any, round_: Round, form: Form, last: Freeze | None, status: int = 200, *, made: Any = None,
    moved: bool = False,
) -> HttpResponse:  # fmt: skip
    return render(
        request, "freeze.html", status, round=round_, here="panels", form=form, last=last, made=made, moved=moved
    )


@opened
def frozen(request: Any, round_: Round, freeze: int) -> HttpResponse:
    """A freeze: its announcement to print and publish, where it was published, what comes next."""
    one = found(round_, freeze)
    lang = request.lang
    fields = (
        Asked("place", say("panels.publication.place", lang), limit=100),
        Asked("day", say("panels.publication.day", lang), "day"),
        Asked("document", say("panels.publication.document", lang), limit=100),
    )
    form = Form.empty(fields, lang)
    published = hasattr(one, "publication")
    if request.method == "POST" and not published:
        form = Form.read(fields, request.POST, lang)
        first = min((source["day"] for source in one.answer["sources"]), default=0)
        if form and first and form.values["day"] >= first:
            form.fault("day", "panels.publication.late", day=shown(first, lang))
        if form and form.values["day"] > number(china().date()):
            form.fault("day", "panels.publication.future")
        if form:
            _published(request, one, form.values)
            return redirect("frozen", round_.ref, one.number)
    after = Freeze.objects.filter(replaces=one).first()
    followed = follower(one)
    typed = list(one.numbers.all())
    drawn = getattr(one, "drawing", None)
    ended = drawn is not None and drawn.showing.ended
    return render(
        request, "frozen.html", 400 if form.faults else 200, round=round_, here="panels", one=one, form=form,
        published=published, after=after, followed=followed, typed=typed, drawn=drawn, ended=ended,
        mine=any(each.who == request.user.username for each in typed),
        total=len(answered("showing", drawn.record)["steps"]) if drawn else 0,
        standing=answered("standing", current(one)) if ended else None, later=declared_later(one) if ended else [],
    )  # fmt: skip


def declared_later(one: Freeze) -> list[tuple[Any, bool]]:
    """The declarations with ties that came in after a draw, each with whether all of them stand in an entry."""
    entered = current(one)
    return [
        (said, all(json.dumps(fact, ensure_ascii=False)[1:-1] in entered for fact in declared(said)))
        for said in declared_since(one.round.ref, one.drawing.act)
    ]


def current(freeze: Freeze) -> str:
    """The record of a draw with every entry so far."""
    last = freeze.drawing.entries.last()
    return last.record if last else freeze.drawing.record


def _published(request: Any, one: Freeze, values: Mapping[str, Any]) -> None:
    with transaction.atomic():
        details = {"number": one.number, "commitment": one.commitment, "place": values["place"], "day": values["day"]}
        done = act(
            actor(request), "freeze_published", about=f"round {one.round.ref}", document=values["document"],
            details=details,
        )  # fmt: skip
        Publication.objects.create(
            freeze=one, place=values["place"], day=values["day"], document=values["document"], act=done.number,
            name=done.name,
        )  # fmt: skip
