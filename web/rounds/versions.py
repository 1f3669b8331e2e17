"""Taking a version in: merged against the version its author saw, put on the head, with its act, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Any

from django.db import transaction

from web.ledger import Actor, act
from web.rounds.models import Round, Version
from web.work import ask, queue

_TRIES = 4


class Moved(Exception):
    """The head moved on while this was being put on it, time and again."""


@dataclass(frozen=True)
class Draft:
    """What is to become a version: its facts, the version they were made from (None: unknown), and what goes with it.

    `gone` are facts that go although nobody knows what the draft was made from; `then` is called with the version that
    was made, in its transaction.
    """

    facts: str
    base: Version | None
    kind: str
    reason: str = ""
    document: str = ""
    subject: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    hints: Iterable[Mapping[str, Any]] = ()
    mends: Iterable[Mapping[str, str]] = ()
    gone: tuple[str, ...] = ()
    then: Callable[[Version], None] = lambda _version: None


@dataclass(frozen=True)
class Taken:
    """What came of it: the version, or the conflicts and problems that keep it from being one."""

    version: Version | None
    merged: Mapping[str, Any]


def entered_by(round_: Round, facts: Iterable[str], last: int) -> dict[str, list[str]]:
    """Who entered facts (without their full stop): the account, with those that are its own.

    A fact is its who put it into the case last, up to the version of the number `last`.
    """
    wanted = set(facts)
    before: set[str] = set()
    who: dict[str, str] = {}
    for version in Version.objects.filter(round=round_, number__lte=last).order_by("number").iterator(20):
        now = {line.removesuffix(".") for line in version.facts.splitlines()} & wanted
        who |= dict.fromkeys(now - before, version.who)
        before = now
    found: dict[str, list[str]] = {}
    for fact, name in who.items():
        found.setdefault(name, []).append(fact)
    return found


def take_in(by: Actor, round_: Round, draft: Draft, choices: Mapping[str, str] | None = None) -> Taken:
    """Merge a draft into the head and make it the next version; where a choice is open nothing is stored.

    `choices` settles conflicts by their names. Raises Moved where others are always faster.
    """
    for _ in range(_TRIES):
        head = Round.objects.select_related("head").get(pk=round_.pk).head
        merged = _merged(draft, head, dict(choices or {}))
        if not merged["facts"]:
            return Taken(None, merged)
        made = _put(by, round_, draft, head, merged)
        if made is not None:
            transaction.on_commit(partial(queue, "decide", made.pk, about=round_.ref))
            return Taken(made, merged)
    raise Moved(round_.ref)


def _merged(draft: Draft, head: Version | None, choices: dict[str, str]) -> dict[str, Any]:
    if head is None:
        return {"facts": draft.facts, "conflicts": [], "problems": [], "beside": [], "mine": 0, "theirs": 0}
    base = draft.base or head
    if base.pk == head.pk and draft.base is not None:
        return {"facts": draft.facts, "conflicts": [], "problems": [], "beside": [], "mine": 0, "theirs": 0}
    found: dict[str, Any] = ask(
        "merged", base.facts, draft.facts, head.facts, choices, draft.base is None, list(draft.gone)
    )
    return found


@transaction.atomic
def _put(by: Actor, round_: Round, draft: Draft, head: Version | None, merged: Mapping[str, Any]) -> Version | None:
    """The next version on a head; None where that is the head no more."""
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    if locked.closed or locked.head_id != (head.pk if head else None):
        return None
    facts = str(merged["facts"])
    number = head.number + 1 if head else 1
    digest = sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()
    details = {**draft.details, "number": number, "facts": digest, "kind": draft.kind}
    if draft.base is not None and head is not None and draft.base.pk != head.pk:
        details |= {"merged_from": draft.base.number, "merged_onto": head.number}
    done = act(
        by, f"version_{draft.kind}", about=f"round {locked.ref}", subject=draft.subject, reason=draft.reason,
        document=draft.document, details=details,
    )  # fmt: skip
    made = Version.objects.create(
        round=locked, number=number, facts=facts, facts_hash=digest, parent=head, base=draft.base or head,
        act=done.number, at=done.at, who=by.who, name=by.name, role=by.role, kind=draft.kind, reason=draft.reason,
        places=json.dumps(dict(draft.places), ensure_ascii=False),
        hints=json.dumps(list(draft.hints), ensure_ascii=False),
        mends=json.dumps([dict(mend) for mend in draft.mends], ensure_ascii=False),
    )  # fmt: skip
    locked.head = made
    locked.save(update_fields=["head"])
    round_.head = made
    draft.then(made)
    return made
