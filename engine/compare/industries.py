"""Which industry codes GB/T 4754 can hold: sections by letter, and the divisions (大类) of each."""

from __future__ import annotations

import re

from engine.compare.likeness import folded

_DIVISIONS = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60),
    "H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79),
    "O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97),
}  # fmt: skip
"""Section to its first and last division: GB/T 4754-2017, table of the sections; a sheet of 2019 changed none."""
_NAMED = re.compile(r"(?<![A-Z0-9])[A-T][0-9]{2,4}(?![A-Z0-9])")
_CODE = re.compile(r"([A-T])(?:(\d\d)\d{0,2})?")


def is_industry(code: str) -> bool:
    """Whether a section, or a section with a division of its own and up to two further digits."""
    if not (found := _CODE.fullmatch(code)):
        return False
    low, high = _DIVISIONS[found[1]]
    return found[2] is None or low <= int(found[2]) <= high


def meant_industry(code: str) -> str:
    """The code that a slip probably means (`c32`, `Ｃ32`, `32`, `C32 有色金属`); empty if nobody can tell."""
    plain = folded(code).upper()
    if plain[:2].isdecimal() and plain[:2].isascii():
        section = next((s for s, (low, high) in _DIVISIONS.items() if low <= int(plain[:2]) <= high), "")
        plain = section + plain
    if is_industry(plain):
        return plain
    named = {code for code in _NAMED.findall(plain) if is_industry(code)}
    return named.pop() if len(named) == 1 else ""
