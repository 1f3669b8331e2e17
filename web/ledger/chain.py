"""How acts are chained: the hash of one, and the check of a row of them; needs no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

FIELDS = (
    *("number", "at", "who", "name", "role", "whom", "kind"),
    *("about", "subject", "reason", "document", "details", "previous"),
)
"""What is hashed of an act, in this order, each as the text that is stored."""
GENESIS = sha256(b"pingjiang ledger 1").hexdigest()
"""What the first act names as the one before it."""


@dataclass(frozen=True)
class Fault:
    """Where a chain breaks: the number of the act, and how (`gap`, `order`, `altered`, `unchained`, `head`)."""

    number: int
    kind: str


def digest(row: Mapping[str, object]) -> str:
    """SHA-256 of an act: each field as its length in bytes, a colon, and its text, so that no two rows read alike."""
    whole = sha256()
    for name in FIELDS:
        words = str(row[name]).encode("utf-8", "surrogatepass")
        whole.update(b"%d:" % len(words) + words)
    return whole.hexdigest()


def faults(rows: Iterable[Mapping[str, object]], head: tuple[int, str] | None = None) -> Iterator[Fault]:
    """Check acts in the order of their numbers, from the first on; with `head`, that the last one is the head's."""
    number, previous = 0, GENESIS
    for row in rows:
        found = int(str(row["number"]))
        if found != number + 1:
            yield Fault(found, "gap" if found > number + 1 else "order")
        if row["previous"] != previous:
            yield Fault(found, "unchained")
        if digest(row) != row["hash"]:
            yield Fault(found, "altered")
        number, previous = found, str(row["hash"])
    if head is not None and head != ((number, previous) if number else (0, GENESIS)):
        yield Fault(head[0], "head")
