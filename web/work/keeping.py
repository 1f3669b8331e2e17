"""Answers kept by everything they rest on: question, facts, rules, texts, program. The same key, the same answer."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from web.questions import house_hash
from web.work.models import Kept
from web.work.pool import LIMIT, ask

PART = 100
"""So many applicants' reasons are found in one solve: as often it is told how far the work is."""
LISTED = ("rows", "round", "counts")
"""What every list of a round takes: kept unpacked by whoever asked last. Nobody changes what he is given."""
_FEW = 9
_opened: dict[str, tuple[Any]] = {}


def key(question: str, *arguments: Any) -> str:
    """The key of an answer."""
    written = json.dumps([house_hash(), question, *arguments], ensure_ascii=False)
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def known(question: str, *arguments: Any) -> Any:
    """An answer that is kept; None where it is not."""
    name = key(question, *arguments)
    if question in LISTED and (opened := _opened.get(name)) and Kept.objects.filter(pk=name).exists():
        return opened[0]
    packed = Kept.objects.filter(pk=name).values_list("packed", flat=True).first()
    if packed is None:
        return None
    found = json.loads(zlib.decompress(bytes(packed)))
    if question in LISTED:
        _opened[name] = (found,)
        while len(_opened) > _FEW:
            _opened.pop(next(iter(_opened)), None)
    return found


def put(answers: Iterable[tuple[tuple[Any, ...], Any]]) -> None:
    """Keep answers, each under its question and arguments; one that is there already stays."""
    rows = [
        Kept(
            key=key(*asked),
            question=asked[0],
            packed=zlib.compress(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1),
        )
        for asked, value in answers
    ]
    Kept.objects.bulk_create(rows, batch_size=200, ignore_conflicts=True)


def answered(question: str, *arguments: Any, limit: float = LIMIT) -> Any:
    """An answer: the kept one, or asked now and kept."""
    found = known(question, *arguments)
    if found is None:
        found = ask(question, *arguments, limit=limit)
        put([((question, *arguments), found)])
    return found


def compute(facts: str, digest: str, limit: float = LIMIT) -> None:
    """Decide a case and keep what a list takes under the facts' hash, where it is not kept already.

    `rows` (the table), `round` (the case in a few words), last `counts`.
    """
    if known("counts", digest) is None:
        found = ask("decided", facts, limit=limit)
        put([(("rows", digest), found["rows"]), (("round", digest), found["round"])])
        put([(("counts", digest), _counts(found["rows"]))])


def reason(facts: str, digest: str, told: Callable[[int, int], None], limit: float = LIMIT) -> None:
    """Find every reason of a case that is computed, a part of its applicants at a time.

    Keeps `person` and an applicant's identifier: each one's page. `told` hears how many are done, of how many.
    """
    ids = [row["id"] for row in known("rows", digest)]
    for start in range(0, len(ids), PART):
        told(start, len(ids))
        part = ids[start : start + PART]
        if len(_there(digest, part)) < len(part):
            found = ask("reasoned", facts, part, limit=limit)
            put((("person", digest, id), page) for id, page in found.items())
    told(len(ids), len(ids))


def person(facts: str, digest: str, id: str) -> Any:
    """An applicant's page: the kept one, or, where the work has not come to it, asked now; None for an unknown one."""
    found = known("person", digest, id)
    if found is None and id in {row["id"] for row in known("rows", digest) or ()}:
        found = ask("reasoned", facts, [id])[id]
        put([(("person", digest, id), found)])
    return found


def _there(digest: str, ids: Iterable[str]) -> list[str]:
    keys = [key("person", digest, id) for id in ids]
    return list(Kept.objects.filter(pk__in=keys).values_list("pk", flat=True))


def _counts(rows: list[dict[str, Any]]) -> dict[str, int]:
    """How many applicants have each outcome, how many findings are waited for, how many have notes."""
    found = dict.fromkeys(("eligible", "pending", "rejected", "withdrawn"), 0)
    for row in rows:
        found[row["status"]] += 1
    waited = sum(row["waits"].get("finding", 0) for row in rows if row["status"] == "pending")
    return {**found, "finding": waited, "notes": sum(bool(row["notes"]) for row in rows)}
