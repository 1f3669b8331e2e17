"""One-click mends: a part of an upload read as something else than it says, as an act, and read again as it says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.db import transaction

from engine.words import messages, visible
from web.ledger import act, actor
from web.page import china, number
from web.rounds.documents import stored
from web.rounds.models import Round, Upload, Version
from web.work import ask_alone


def judged(round_: Round, told: dict[str, Any]) -> str:
    """Take the facts out of what a reader said, and note what keeps them from being taken in."""
    facts = str(told.pop("facts"))
    if facts and (told["city"], told["number"]) != (round_.city, round_.number):
        told["other_round"] = f"{told['city']}-{told['number']}"
    told["lost"] = told.pop("unread", [])
    told["unread"] = [one for one in told["accounts"] if (not one["read"] and not one["aside"]) or one["unread"]]
    return facts


def mend(request: Any, round_: Round, found: Upload) -> str:
    """Read a part of an upload as something else than it says, or again as it says; with the act.

    An identifier that was typed and that nobody in the upload bears changes nothing, and is returned.
    """
    kind, told, mends = request.POST["act"], found.answer, found.mend_list
    one = _asked(request.POST, kind, told, mends)
    if one is None or (kind == "mend") == (one in mends):
        return ""
    after = [*mends, one] if kind == "mend" else mends[: mends.index(one)]  # later ones may rest on this one
    told = ask_alone("upload", {found.name: stored(found.digest)}, number(china().date()), after)
    if kind == "mend" and one["kind"] == "name" and one["wanted"] in _names(told):
        return one["wanted"]
    facts = judged(round_, told)
    with transaction.atomic():
        same = Upload.objects.select_for_update().get(pk=found.pk)
        if (same.state, same.mends) == ("open", found.mends):
            details = {**one, "name": found.name, "sha256": found.digest}
            act(actor(request), f"upload_{kind}ed", about=f"round {round_.ref}", details=details)
            Upload.objects.filter(pk=found.pk).update(
                facts=facts, told=json.dumps(told, ensure_ascii=False), mends=json.dumps(after, ensure_ascii=False)
            )
    return ""


def _asked(
    sent: Mapping[str, str], kind: str, told: dict[str, Any], mends: list[dict[str, str]]
) -> dict[str, str] | None:
    """The mend that a form asks for, of those that are offered; a name may be given whatever identifier is typed."""
    if kind == "mend" and sent.get("name"):
        wanted = sent.get("wanted", "").strip()[:40]
        if not wanted or sent["name"] not in _names(told):
            return None
        return {"kind": "name", "found": sent["name"], "wanted": wanted, "sheet": "", "cell": ""}
    open_ = mends if kind == "unmend" else offered(told)
    return next((each for each in open_ if mend_key(each) == sent.get("mend")), None)


def _names(told: dict[str, Any]) -> set[str]:
    """What stands where an identifier should, and is the name of nobody."""
    return {one["name"] for one in told["problems"] if one.get("name")}


def offered(told: dict[str, Any]) -> list[dict[str, str]]:
    """The mends that are offered for what a reader said: those it is sure enough to ask for, and every other."""
    near = [one["mend"] for one in (*told["problems"], *told["hints"]) if one.get("mend")]
    return [*near, *(mend for one in told["accounts"] for mend in one.get("choices", ()))]


def choosing(account: dict[str, Any]) -> list[tuple[str, str, list[tuple[str, dict[str, str]]]]]:
    """What a person can choose for what is not read of a sheet: cell, what stands there, each mend with its name."""
    parts = groupby(account.get("choices", ()), key=lambda mend: (mend["cell"], mend["found"]))
    return [(cell, found, [(mend_key(mend), mend) for mend in mends]) for (cell, found), mends in parts]


def told_mends(read: Upload | Version, lang: str) -> list[tuple[str, str]]:
    """What of an upload or a version was read as something else: each with its name in a form and its words."""
    return [
        (mend_key(one), visible(messages.text(f"workbook.mended.{one['kind']}", lang, **one))) for one in read.mend_list
    ]


def mend_key(mend: dict[str, str]) -> str:
    """A name for a mend in a form."""
    return sha256(json.dumps(mend, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
