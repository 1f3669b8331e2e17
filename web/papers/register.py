"""The register of papers: what was released, what of it is about whom, and what waits to be released."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from engine.words import text
from web.page import china, number, shown
from web.papers.models import Drafted, Released
from web.rounds import Round, stored
from web.work import answered


def waiting_papers(round_: Round) -> int:
    """Papers that wait for somebody to release them."""
    return Drafted.objects.filter(round=round_, state="prepared").count()


def papers_about(round_: Round, id: str) -> list[Released]:
    """The released papers to or about an applicant, the latest first."""
    found = Released.objects.filter(round=round_, about__startswith=id).order_by("-pk")
    return [one for one in found if one.about.partition(" ")[0] == id]


def drafts_about(round_: Round, id: str) -> list[Drafted]:
    """The papers to or about an applicant that wait for release."""
    waiting = Drafted.objects.filter(round=round_, state="prepared", about__startswith=id)
    return [one for one in waiting if one.about.partition(" ")[0] == id]


def named_already(round_: Round, ids: frozenset[str]) -> list[dict[str, Any]]:
    """Where these applicants are named: papers in force to or about them, lists whose notice runs."""
    found = []
    for one in in_force(round_):
        id = one.about.partition(" ")[0]
        if id in ids:
            told = {
                lang: {"to": one.to, "day": shown(one.day, lang), "paper": _called(one, lang)} for lang in ("zh", "en")
            }
            found.append(
                {"id": id, "key": "paper", "told": told, "to": reverse("released_paper", args=[round_.ref, one.ref])}
            )
    if round_.head is not None:
        for one in answered("public_lists", round_.head.facts, number(china().date())):
            for id in sorted(ids & set(one["ids"])):
                told = {
                    lang: {"id": id, "list": one["words"][lang], "last": shown(one["last"], lang)}
                    for lang in ("zh", "en")
                }
                found.append({"id": id, "key": "notice", "told": told, "to": reverse("papers", args=[round_.ref])})
    return found


def _called(one: Released, lang: str) -> str:
    return one.number or text(f"vocabulary.choices.paper.{one.kind}", lang)


def in_force(round_: Round) -> list[Released]:
    """The released papers of a round whose place no other took, in the order of release."""
    return list(Released.objects.filter(round=round_, superseded_by=None).order_by("pk"))


def every(round_: Round) -> list[Released]:
    """Every released paper of a round in the order of release."""
    return list(Released.objects.filter(round=round_).select_related("drafted", "superseded_by"))


def taken() -> list[str]:
    """Every number that was given, in every round."""
    return sorted(Released.objects.exclude(number=None).values_list("number", flat=True))


def registered(round_: Round) -> list[list[Any]]:
    """The facts that the register adds to a case: number and day of each paper in force (predicate and arguments)."""
    rows: list[list[Any]] = []
    for one in in_force(round_):
        rows += [["document_number", one.kind, one.about, one.number]] if one.number else []
        rows.append(["document_day", one.kind, one.about, one.day])
    return rows


def released_files(round_: Round) -> dict[str, bytes]:
    """The released papers of a round as files, each by its place in the register, never by a name."""
    return {f"{at:03}-{one.digest[:12]}.pdf": stored(one.digest) for at, one in enumerate(every(round_), 1)}
