"""Answers kept by everything they rest on: question, facts, rules, texts, program. The same key, the same answer."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from web.questions import house_hash
from web.work.models import Kept
from web.work.pool import LIMIT, ask


def key(question: str, *arguments: Any) -> str:
    """The key of an answer."""
    written = json.dumps([house_hash(), question, *arguments], ensure_ascii=False)
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def known(question: str, *arguments: Any) -> Any:
    """An answer that is kept; None where it is not."""
    packed = Kept.objects.filter(pk=key(question, *arguments)).values_list("packed", flat=True).first()
    return None if packed is None else json.loads(zlib.decompress(bytes(packed)))


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
    """Decide a case with every reason, and keep its parts under the facts' hash.

    `person` and an applicant's identifier, `rows` (the table), `round` (the case in a few words), last `counts`.
    """
    found = ask("decided", facts, limit=limit)
    people: list[tuple[tuple[Any, ...], Any]] = [(("person", digest, id), page) for id, page in found["people"].items()]
    put([*people, (("rows", digest), found["rows"]), (("round", digest), found["round"])])
    put([(("counts", digest), _counts(found["rows"]))])


def _counts(rows: list[dict[str, Any]]) -> dict[str, int]:
    """How many applicants have each outcome, how many findings are waited for, how many have notes."""
    found = dict.fromkeys(("eligible", "pending", "rejected", "withdrawn"), 0)
    for row in rows:
        found[row["status"]] += 1
    waited = sum(row["waits"].get("finding", 0) for row in rows if row["status"] == "pending")
    return {**found, "finding": waited, "notes": sum(bool(row["notes"]) for row in rows)}
