"""The list of panels (专家评审组名单), from the verified record of a draw with all its entries."""

from __future__ import annotations

from collections.abc import Iterator

from desk.papers import ground
from engine.case import Case
from engine.draw import Draw
from engine.facts import day as fact_day
from engine.record import Verified
from engine.words import text
from explain.letter import Block, Note, Paper, Table


def listing(case: Case, found: Verified, day: int = 0, lang: str = "zh") -> Paper:
    """The panels as they stand after the last entry, each with its leader; places that nobody fills are named."""
    known = ground.Names(case, lang)
    words = ground.setting(case.city, case.round, lang)
    key = f"paper.panel_list.{'again' if found.entries else 'opening'}"
    lots = found.drawn.frozen.roster.provisions.get("lots")
    blocks: list[Block] = [ground.under(key, case.city, lots, lang, words)]
    vacant = {group: free for group, free, _ in found.entries[-1].vacant} if vacancies(found) else {}
    rows: list[tuple[str, ...]] = []
    for group, seats in found.standing.panels.items():
        led = [known[seat.id] for seat in seats if seat.leader]
        others = [known[seat.id] for seat in seats if not seat.leader]
        others += [text("paper.panel_list.vacant", lang, number=vacant[group])] if group in vacant else []
        joined = text("paper.and", lang)
        rows.append((known[group], joined.join(led), joined.join(others)))
    header = tuple(text(f"paper.panel_list.{name}", lang) for name in ("group", "leader", "members"))
    blocks.append(Table(header, tuple(rows)))
    blocks += [Note(line) for line in published(found.drawn, found.standing.head, lang)]
    if found.drawn.demo:
        blocks.append(Note(text("paper.panel_list.demo", lang)))
    signature, contact = ground.signed(case, lang)
    title = text("paper.panel_list.title", lang, **words)
    return Paper("panel_list", title, tuple(blocks), signature=signature, contact=contact, day=day)


def vacancies(found: Verified) -> bool:
    """Whether places are vacant that nobody could fill."""
    return bool(found.entries and found.entries[-1].hall)


def published(drawn: Draw, head: str, lang: str) -> Iterator[str]:
    """What a paper about panels names for whoever checks it: C and where it was published, every old C, the head."""
    yield text("paper.panel_list.commitment", lang, commitment=drawn.frozen.commitment)
    yield from announced(drawn, lang)
    yield text("paper.panel_list.head", lang, head=head)


def announced(drawn: Draw, lang: str) -> Iterator[str]:
    """Where C was published, and every C that it replaced."""
    if drawn.told.published:
        place, day, number = drawn.told.published
        yield text("paper.panel_list.published", lang, place=place, day=fact_day(day, lang), document=number)
    for old, on, why, document in drawn.frozen.roster.case.rows("replaced_freeze"):
        told = {"commitment": old, "day": fact_day(int(on), lang), "reason": why, "document": document}
        yield text("paper.panel_list.replaced", lang, **told)
