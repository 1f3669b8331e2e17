"""Is the ledger whole: every act as it was written, in its place, chained, and the head the last of them."""

from __future__ import annotations

from dataclasses import dataclass

from web.ledger.chain import FIELDS, Fault, faults
from web.ledger.models import Act, Head


@dataclass(frozen=True)
class Verified:
    """What a check found: how many acts, the last one's hash, every fault."""

    acts: int
    head: str
    faults: tuple[Fault, ...]

    def as_dict(self) -> dict[str, object]:
        """The same as JSON."""
        rows = [{"number": one.number, "kind": one.kind} for one in self.faults]
        return {"acts": self.acts, "head": self.head, "faults": rows}


def verified(printed: tuple[int, str] | None = None) -> Verified:
    """Check the whole ledger; `printed` is the number and the first signs of the hash of an act as a paper bears them.

    A ledger that is not what the paper saw has the fault `printed` at that number.
    """
    rows = Act.objects.order_by("number").values(*FIELDS, "hash")
    head = Head.objects.get()
    found = list(faults(rows.iterator(2_000), (head.number, head.hash)))
    if printed is not None:
        number, beginning = printed
        known = Act.objects.filter(number=number).values_list("hash", flat=True).first()
        if not beginning or not (known or "").startswith(beginning.lower()):
            found.append(Fault(number, "printed"))
    return Verified(rows.count(), head.hash, tuple(found))
