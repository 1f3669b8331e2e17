"""Lots that anybody can draw again: an order is the order of SHA-256 hashes, smallest first.

A ticket is the hash of the seed, the commitment and the name, joined by `|`, as UTF-8, in lower-case hex:
`printf %s 'SEED|C|G1|M|R07' | sha256sum`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from math import floor, log2

LETTERS = {"leader": "L", "member": "M"}
GROUP = "G"
WANTED_BITS = 80
LOTTERY_BITS = 24
"""What one ordinary lottery draw gives at most."""
DICE = 10
"""From so many single digits 1 to 6 on, a text is taken for throws of dice."""


def seed_text(seed: Sequence[str]) -> str:
    """The seed of several sources: their texts joined by `|`."""
    return "|".join(seed)


def ticket(seed: Sequence[str], commitment: str, *name: str) -> str:
    """The ticket of a name: `G`, group for a group; group, `L` or `M`, reviewer for a seat."""
    return sha256("|".join([*seed, commitment, *name]).encode("utf-8")).hexdigest()


def order(seed: Sequence[str], commitment: str, prefix: Iterable[str], names: Collection[str]) -> list[str]:
    """The names in the order of their tickets."""
    start = sha256("".join(f"{part}|" for part in (*seed, commitment, *prefix)).encode("utf-8"))
    tickets = []
    for name in names:
        lot = start.copy()
        lot.update(name.encode("utf-8"))
        tickets.append((lot.digest(), name))
    return [name for _, name in sorted(tickets)]


def bits(source: str) -> int:
    """How much chance a source's text can hold at most: throws of dice in full, a lottery draw up to 24 bits."""
    throws = re.findall(r"(?<![\d-])[1-6](?![\d-])", source)
    if len(throws) >= DICE:
        return floor(len(throws) * log2(6))
    return min(LOTTERY_BITS, floor(len(re.findall(r"\d", source)) * log2(10)))
