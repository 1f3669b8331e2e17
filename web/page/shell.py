"""The frame around a page: the menu of a round, who one is, what stands at the foot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from web.page.roles import MENU_PAGES

STEPS = (
    "agenda",
    "workbook",
    "applicants",
    "findings",
    "papers",
    "counter",
    "panels",
    "awards",
    "board",
    "procedure",
    "archive",
)
"""What is done in a round, in its order; each with the round's name in its address."""
HOUSE = ("bench", "ledger", "rounds", "accounts")
"""What is there whatever the round."""
MENU = (*STEPS, *HOUSE)


WAITING: dict[str, Callable[[Any], int]] = {}
"""How much waits to be done behind an entry of the menu, for a round; rooms put theirs in."""
NAMED: list[Callable[[Any, frozenset[str]], list[dict[str, Any]]]] = []
"""Where some of these people are named already (a paper that went out, a list that is public); rooms put theirs in.

Each gives `id`, `key` of `web.named`, what its words are filled with by language (`told`), the address to look at.
"""

CITY: list[Callable[[], str]] = []
"""Whose words a page speaks that is about no round: the one regulation of all rounds; its room puts the question in."""


def city() -> str:
    """The regulation that a page about no round speaks of; empty where the house has rounds of several, or none."""
    return next((asked() for asked in CITY), "")


@dataclass(frozen=True)
class Entry:
    """A line of the menu: its key, its address, the number before it, whether it is the page shown."""

    key: str
    address: str
    number: int | None
    here: bool
    waiting: int = 0


def entries(request: Any, round_: Any, here: str) -> Iterator[Entry]:
    """The menu for whoever asks, as far as pages are there and theirs to see."""
    number = 0
    for key in MENU:
        known = MENU_PAGES.get(key)
        if known is None or not known.allows(request.role, "GET") or (key in STEPS and round_ is None):
            continue
        number += key in STEPS
        address = reverse(known.name, args=[round_.ref] if key in STEPS else [])
        waiting = WAITING[key](round_) if key in STEPS and key in WAITING else 0
        yield Entry(key, address, number if key in STEPS else None, key == here, waiting)
