"""The request for supplements (补正材料通知), made from one applicant's view and nothing else."""

from __future__ import annotations

from desk.papers import ground
from engine.answers import Ground
from engine.facts import day as day_words
from engine.law import statute
from engine.words import text
from explain.letter import Block, Items, Paper, Quote, Table, Text, View


def asked(view: View) -> list[Ground]:
    """What is open and rests on the applicant's own papers; none where the applicant is rejected anyway."""
    if view.outcome.status != "pending" or view.rows("evidence_closed"):
        return []
    return [one for one in view.outcome.open if not _by_others(view, one)]


def _by_others(view: View, one: Ground) -> bool:
    disputed = {(str(list_), str(state)) for _, list_, state in view.rows("objection")}
    pending = one.key == "internal_notice" and ("internal", "pending") in disputed
    return pending or one.key in ground.stated_by_others(view.city)


def notice(view: View, day: int = 0, lang: str = "zh") -> Paper:
    """The request to an applicant of whom `asked` finds something."""
    words = {"round": view.round, "award": ground.award(view.city)}
    received = next((day_words(int(row[1]), lang) for row in view.rows("submitted")), "")
    told = text("paper.supplement_notice.received", lang, day=received) if received else ""
    blocks: list[Block] = [Text(text("paper.supplement_notice.opening", lang, received=told, **words))]
    rows = [
        (str(number), text(f"requirement.{one.key}", lang), one.provision.citation)
        for number, one in enumerate(asked(view), 1)
    ]
    header = ("paper.common.number", "paper.supplement_notice.header_key", "paper.supplement_notice.header_ground")
    blocks.append(Table(tuple(text(key, lang) for key in header), tuple(rows), (1, 5, 4)))
    until = next((day_words(int(row[0]), lang) for row in view.rows("supplement_by")), "")
    key = "until" if until else "until_open"
    blocks.append(Text(text(f"paper.supplement_notice.{key}", lang, day=until)))
    if duty := ground.supplement_duty(view.city):
        blocks.append(Text(text("paper.supplement_notice.nature", lang)))
        blocks.append(Quote(statute(view.city).words[duty], duty.citation))
    if others := [one for one in view.outcome.open if _by_others(view, one)]:
        blocks.append(Text(text("paper.supplement_notice.others", lang)))
        blocks.append(
            Items(
                tuple(
                    f"{n}. {text(f'requirement.{one.key}', lang)}（{one.provision.citation}）"
                    for n, one in enumerate(others, 1)
                )
            )
        )
    signature, contact = ground.office(view.rows("office"), lang)
    return Paper(
        "supplement_notice",
        text("paper.supplement_notice.title", lang, **words),
        tuple(blocks),
        addressee=view.name,
        signature=signature,
        day=day,
        contact=contact,
        applicant=view.outcome.id,
    )
