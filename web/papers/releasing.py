"""Releasing a paper: its checks as they stand now, its number, its code, its bytes, and the act that records them."""

from __future__ import annotations

import json
import secrets
from base64 import b32encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import transaction

from engine.law import texts
from web.board import enlist, supersede
from web.ledger import Actor, Head, act
from web.page import china, number, say, shown
from web.papers.eyes import refused
from web.papers.given import given
from web.papers.models import HASH, Drafted, Released
from web.papers.register import taken
from web.rounds import Round, store, stored
from web.work import Late, answered, ask

_TRIES = 6
_BITS = 80
_LIMIT = 90.0
_ORDER = ("stop", "look", "ok")
Words = dict[str, str]


class Gone(Exception):
    """The draft is no longer one to be released: released, returned or replaced meanwhile."""


class Stale(Exception):
    """The case got another version since the checks were made."""


@dataclass(frozen=True)
class Standing:
    """Whether a draft can go out now: its checks, the number it would get, whether somebody may release it."""

    checks: list[dict[str, Any]]
    number: str
    eyes: str
    changed: list[dict[str, Any]] = field(default_factory=list)

    @property
    def looks(self) -> list[dict[str, Any]]:
        """What must be ticked."""
        return [one for one in self.checks if one["state"] == "look"]

    @property
    def stops(self) -> list[dict[str, Any]]:
        """What keeps it from going out."""
        return [one for one in self.checks if one["state"] == "stop"]


def standing(drafted: Drafted, who: str) -> Standing:
    """The checks of a draft against the case as it is now."""
    checks = drafted.check_list
    checks += _dated(drafted)
    moved, changed = _moved(drafted)
    checks.append(moved)
    given = ""
    if drafted.numbered:
        version = drafted.round.head or drafted.version
        given = ask("paper_number", version.facts, drafted.kind, drafted.about, drafted.day, taken())
        if not given and not any(one["key"] in ("held_number", "held_series") for one in checks):
            checks.append(_check("no_number", "stop"))
    checks.sort(key=lambda one: _ORDER.index(one["state"]))
    for at, one in enumerate(checks):
        one["tick"] = f"tick-{at}-{sha256(one['words']['zh'].encode()).hexdigest()[:8]}"
    return Standing(checks, given, refused(drafted, who), changed)


def _dated(drafted: Drafted) -> list[dict[str, Any]]:
    today = number(china().date())
    if not drafted.numbered or drafted.day == today:
        return []
    words = {lang: {"day": shown(drafted.day, lang), "today": shown(today, lang)} for lang in ("zh", "en")}
    return [_check("not_today", "look", words)]


def _moved(drafted: Drafted) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Whether the case got another version since, and what of the paper differs there."""
    head = drafted.round.head
    assert head is not None
    words = {lang: {"number": drafted.version.number, "head": head.number} for lang in ("zh", "en")}
    now = {**drafted.asked, **given(drafted.round, drafted.kind)}
    if head.pk == drafted.version.pk and now == drafted.asked:
        return _check("version", "ok", words), []
    try:
        found = answered(
            "paper_moved", drafted.version.facts, head.facts, drafted.kind, drafted.about, drafted.day, drafted.asked,
            now, limit=_LIMIT,
        )  # fmt: skip
    except Late:
        return _check("version_late", "stop", words), []
    if found["facts"]:
        return _check("version_facts", "stop", words), found["facts"]
    if not found["same"]:
        return _check("version_words", "stop", words), []
    return _check("version_same", "look", words), []


def _check(key: str, state: str, words: dict[str, dict[str, Any]] | None = None) -> dict[str, Any]:
    told = {lang: say(f"paper.check.{key}", lang, **(words or {}).get(lang, {})) for lang in ("zh", "en")}
    return {"key": key, "state": state, "words": told}


def check_code() -> str:
    """A code that nobody guesses: 80 bits as sixteen signs in groups of four."""
    signs = b32encode(secrets.token_bytes(_BITS // 8)).decode("ascii")
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def release(by: Actor, drafted: Drafted, ticked: Iterable[str]) -> Released:
    """Release a draft whose checks were made: all of it in one transaction, or nothing.

    The paper prints the act before its release: where others act while it is printed, it is printed again. Raises Gone
    and Stale.
    """
    looked = list(ticked)
    for tries in range(_TRIES):
        if tries < _TRIES - 1:
            head = Head.objects.get()
            printed = _printed(drafted, head, taken())
            done = _put(by, drafted, printed, looked)
        else:
            done = _locked(by, drafted, looked)
        if done is not None:
            return done
    raise Stale


@dataclass(frozen=True)
class _Printed:
    number: str
    code: str
    act: int
    hash: str
    digest: str
    pages: int
    texts: Mapping[str, str]
    """The law as the paper rests on it: regulation and rule files, each kept by its hash."""


def _printed(drafted: Drafted, head: Head, given: list[str]) -> _Printed:
    """The paper as it goes out, printed and kept."""
    version = drafted.round.head or drafted.version
    own = (
        ask("paper_number", version.facts, drafted.kind, drafted.about, drafted.day, given) if drafted.numbered else ""
    )
    code = check_code()
    stamp = say("papers.stamp", "zh", code=code, number=head.number, hash=head.hash[:HASH])
    made = ask("paper_printed", drafted.row, own, stamp, True, limit=_LIMIT)
    kept = {path.name: store(path.read_bytes()) for path in texts(drafted.round.city)}
    return _Printed(own, code, head.number, head.hash, store(made["pdf"]), made["pages"], kept)


@transaction.atomic
def _locked(by: Actor, drafted: Drafted, looked: list[str]) -> Released | None:
    """The last try: nobody acts while the paper is printed."""
    head = Head.objects.select_for_update().get()
    return _put(by, drafted, _printed(drafted, head, taken()), looked)


@transaction.atomic
def _put(by: Actor, drafted: Drafted, printed: _Printed, looked: list[str]) -> Released | None:
    """Record a release; None where somebody acted since the paper was printed."""
    round_ = Round.objects.select_for_update().get(pk=drafted.round_id)
    locked = Drafted.objects.select_for_update().get(pk=drafted.pk)
    if locked.state != "prepared":
        raise Gone(locked.state)
    if round_.head_id != drafted.round.head_id:
        raise Stale
    head = Head.objects.select_for_update().get()
    if (head.number, head.hash) != (printed.act, printed.hash):
        return None
    subject = [locked.row["applicant"]] if locked.row["applicant"] else []
    details = {
        "kind": locked.kind, "to": locked.to, "number": printed.number, "day": locked.day, "sha256": printed.digest,
        "draft": locked.digest, "version": locked.version.number, "looked": looked, "texts": printed.texts,
    }  # fmt: skip
    if locked.supersedes is not None:
        details["supersedes"] = locked.supersedes.number or locked.supersedes.ref
    done = act(
        by, "paper_released", about=f"round {round_.ref}", subject=subject, reason=locked.reason, details=details
    )
    made = Released.objects.create(
        ref=secrets.token_urlsafe(15), drafted=locked, round=round_, kind=locked.kind, about=locked.about,
        to=locked.to, day=locked.day, number=printed.number or None, code=printed.code, digest=printed.digest,
        pages=printed.pages, printed_act=printed.act, printed_hash=printed.hash,
        ticked=json.dumps(looked, ensure_ascii=False), supersedes=locked.supersedes, act=done.number, at=done.at,
        who=by.who, name=by.name,
    )  # fmt: skip
    Drafted.objects.filter(pk=locked.pk).update(state="released")
    enlist(printed.number, printed.code, stored(printed.digest), locked.kind, locked.day, done.number)
    if locked.supersedes is not None:
        supersede(stored(locked.supersedes.digest))
    return made


@transaction.atomic
def give_back(by: Actor, drafted: Drafted, reason: str) -> None:
    """Return a draft to whoever prepared it, with a reason; Gone where it is none any more."""
    locked = Drafted.objects.select_for_update().get(pk=drafted.pk)
    if locked.state != "prepared":
        raise Gone(locked.state)
    subject = [locked.row["applicant"]] if locked.row["applicant"] else []
    details = {"kind": locked.kind, "to": locked.to, "sha256": locked.digest, "returned_to": locked.name}
    done = act(by, "paper_returned", about=f"round {locked.round.ref}", subject=subject, reason=reason, details=details)
    Drafted.objects.filter(pk=locked.pk).update(
        state="returned", returned_at=done.at, returned_by=by.name, returned_why=reason
    )
