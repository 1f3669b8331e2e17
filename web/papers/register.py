"""The register of papers: what was released, what of it is about whom, and what waits to be released."""

from __future__ import annotations

from typing import Any

from web.papers.models import Drafted, Released
from web.rounds import Round, stored


def waiting_papers(round_: Round) -> int:
    """Papers that wait for somebody to release them."""
    return Drafted.objects.filter(round=round_, state="prepared").count()


def papers_about(round_: Round, id: str) -> list[Released]:
    """The released papers to or about an applicant, the latest first."""
    return [one for one in reversed(in_force_last(round_)) if one.about.partition(" ")[0] == id]


def in_force_last(round_: Round) -> list[Released]:
    """Every released paper of a round in the order of release."""
    return list(Released.objects.filter(round=round_).select_related("drafted", "superseded_by"))


def taken() -> list[str]:
    """Every number that was given, in every round."""
    return sorted(Released.objects.exclude(number=None).values_list("number", flat=True))


def registered(round_: Round) -> list[list[Any]]:
    """The facts that the register adds to a case: number and day of each paper in force (predicate and arguments)."""
    rows: list[list[Any]] = []
    for one in in_force_last(round_):
        if one.successor is None:
            rows += [["document_number", one.kind, one.about, one.number]] if one.number else []
            rows.append(["document_day", one.kind, one.about, one.day])
    return rows


def released_files(round_: Round) -> dict[str, bytes]:
    """The released papers of a round as files, each by its place in the register, never by a name."""
    return {f"{at:03}-{one.digest[:12]}.pdf": stored(one.digest) for at, one in enumerate(in_force_last(round_), 1)}
