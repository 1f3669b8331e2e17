"""Four eyes: whoever prepared a paper, or entered a finding or choice it rests on, does not release it."""

from __future__ import annotations

from web.papers.models import Drafted
from web.rounds import entered_by


def enterers(drafted: Drafted) -> dict[str, list[str]]:
    """Who entered the findings and choices that a paper rests on, up to the version that it was made from."""
    return entered_by(drafted.round, drafted.judged_facts, drafted.version.number)


def preparers(drafted: Drafted) -> set[str]:
    """Who prepared a paper, in this draft or in one before it that was never released."""
    same = Drafted.objects.filter(round=drafted.round, kind=drafted.kind, about=drafted.about)
    since = same.filter(state="released", pk__lt=drafted.pk).order_by("-pk").values_list("pk", flat=True).first() or 0
    return set(same.filter(pk__gt=since, pk__lte=drafted.pk).values_list("who", flat=True))


def refused(drafted: Drafted, who: str) -> str:
    """Why somebody may not release a paper: `own` or `finding`; empty where nothing is against it."""
    if who in preparers(drafted):
        return "own"
    return "finding" if who in enterers(drafted) or who == drafted.asked.get("chosen_by") else ""
