"""Lots that anybody can draw again: an order is the order of SHA-256 hashes, smallest first.

A ticket is the hash of the seed, the commitment and the name, joined by `|`, as UTF-8, in lower-case hex:
`printf %s 'SEED|C|G1|M|R07' | sha256sum`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

GROUP, MEMBER, LEADER, REOPENED = "G", "M", "L", "V"
"""The letter of each kind of order: of groups, of everybody in a group, of its leaders, of seats to be reopened."""


def ticket(seed: str, commitment: str, *name: str) -> str:
    """The ticket of a name: `G`, group for a group; group, `M` or `L`, reviewer for somebody in a group."""
    return sha256("|".join([seed, commitment, *name]).encode("utf-8")).hexdigest()


def order(seed: str, commitment: str, prefix: Iterable[str], names: Collection[str]) -> list[str]:
    """The names in the order of their tickets."""
    lot = sha256("".join(f"{part}|" for part in (seed, commitment, *prefix)).encode("utf-8")).copy
    lots: list[bytes] = []
    for name in map(str.encode, names):
        one = lot()
        one.update(name)
        lots.append(one.digest())
    listed = names if isinstance(names, (tuple, list)) else [*names]
    return [*map(listed.__getitem__, digests(b"".join(lots)).argsort().tolist())]


def digests(hashes: bytes | bytearray) -> numpy.ndarray[Any, Any]:
    """SHA-256 digests, one after the other, as an array that sorts them as bytes: far quicker than many objects."""
    import numpy

    return numpy.frombuffer(hashes, dtype=f"S{sha256().digest_size}")
