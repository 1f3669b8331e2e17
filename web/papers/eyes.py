"""Four eyes: whoever prepared a paper, or entered a finding or choice it rests on, does not release it."""

from __future__ import annotations

from web.papers.models import Drafted
from web.rounds import Version


def enterers(drafted: Drafted) -> dict[str, list[str]]:
    """Who entered the findings and choices that a paper rests on: the account, with the facts that are its own.

    A fact is its who put it into the case last, up to the version that the paper was made from.
    """
    wanted = set(drafted.judged_facts)
    found: dict[str, list[str]] = {}
    before: set[str] = set()
    last: dict[str, str] = {}
    versions = Version.objects.filter(round=drafted.round, number__lte=drafted.version.number).order_by("number")
    for version in versions.iterator(20):
        now = {line.removesuffix(".") for line in version.facts.splitlines()} & wanted
        last |= dict.fromkeys(now - before, version.who)
        before = now
    for fact, who in last.items():
        found.setdefault(who, []).append(fact)
    return found


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
