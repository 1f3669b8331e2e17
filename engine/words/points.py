"""Scores: up to two decimals for people, whole hundredths for the rules."""

from __future__ import annotations


def hundredths(points: int | str) -> int:
    """The points of a fact (842 or "842.50") in hundredths."""
    whole, _, decimals = str(points).partition(".")
    return int(whole + decimals.ljust(2, "0"))


def number(score: int) -> int | float:
    """Hundredths as a JSON number: 84250 is 842.5, whole points are whole."""
    return score // 100 if score % 100 == 0 else score / 100


def shown(score: int) -> str:
    """Hundredths as people write them: 842, 842.5, 842.25."""
    return f"{score / 100:.2f}".rstrip("0").rstrip(".")
