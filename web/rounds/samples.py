"""Both sample rounds in an empty house: invented applicants, taken in as any workbook is."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from web.ledger import HOUSE, act
from web.page import china, number
from web.rounds.models import Round
from web.rounds.versions import Draft, take_in
from web.work import ask

_FACTS = Path(__file__).resolve().parents[2] / "facts"
FOLDERS = ("jiyuan-6", "sanmenxia-3")


def load_samples() -> list[Round]:
    """The sample rounds, made where they are missing."""
    found = []
    for folder in FOLDERS:
        round_ = Round.objects.filter(ref=folder).first()
        if round_ is None:
            files = {path.name: path.read_bytes() for path in sorted((_FACTS / folder).glob("*.lp"))}
            told = ask("upload", files, number(china().date()))
            round_ = begin(told["city"], told["number"], told["deadline"])
            take_in(HOUSE, round_, Draft(told["facts"], None, "sample", hints=told["hints"]))
        found.append(round_)
    return found


def begin(city: str, number: int, deadline: int) -> Round:
    """A round without a case yet."""
    with transaction.atomic():
        made = Round.objects.create(ref=f"{city}-{number}", city=city, number=number, deadline=deadline)
        act(HOUSE, "round_begun", about=f"round {made.ref}", details={"city": city, "number": number})
    return made
