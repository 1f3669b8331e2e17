"""What rooms above know that papers take: the record of a draw that was shown to its end, what the committee chose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from web.rounds import Round

GIVEN: dict[str, Callable[[Round], dict[str, Any]]] = {}
"""What of a round goes into the options of its papers, by the room that knows it; rooms put theirs in.

`record` (of a draw, as text), `winners` (by prize), `chosen_by` (the account that entered the choice)."""


CHOSEN = ("winners_notice", "winners_submission")
"""Papers that rest on what the committee chose."""
TAKEN = {"record": ("draw_record", "panel_list"), "winners": CHOSEN, "chosen_by": CHOSEN}
"""The kinds of paper that take each."""


def given(round_: Round, kind: str = "") -> dict[str, Any]:
    """What the rooms above know of a round now; with a kind what a paper of it takes."""
    found: dict[str, Any] = {}
    for asked in GIVEN.values():
        found |= asked(round_)
    return {name: value for name, value in found.items() if not kind or kind in TAKEN[name]}
