"""The list of panels (专家评审组名单), from the record of a draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desk.papers import ground
from engine.case import Case
from engine.panels import roster
from engine.words import text
from explain.letter import Block, Note, Paper, Table, Text


def listing(case: Case, record: Mapping[str, Any], day: int = 0, lang: str = "zh") -> Paper:
    """The panels of a drawn record (the JSON of `pingjiang draw`), each with its leader and what it reviews."""
    known = ground.Names(case, lang)
    words = ground.setting(case.city, case.round, lang)
    cited = ground.measure(case.city, [roster(case).provisions.get("lots")], lang)
    blocks: list[Block] = [Text(text("paper.panel_list.opening", lang, ground=cited, **words))]
    rows: list[tuple[str, ...]] = []
    for panel in record["panels"]:
        led = [known[one["id"]] for one in panel["members"] if one["leader"]]
        others = [known[one["id"]] for one in panel["members"] if not one["leader"]]
        joined = text("paper.and", lang)
        rows.append((known[str(panel["group"])], joined.join(led), joined.join(others)))
    header = tuple(text(f"paper.panel_list.{name}", lang) for name in ("group", "leader", "members"))
    blocks.append(Table(header, tuple(rows)))
    drawn = record["record"]
    blocks.append(Note(text("paper.panel_list.commitment", lang, commitment=drawn["commitment"])))
    if drawn.get("demo"):
        blocks.append(Note(text("paper.panel_list.demo", lang)))
    signature, contact = ground.signed(case, lang)
    title = text("paper.panel_list.title", lang, **words)
    return Paper("panel_list", title, tuple(blocks), signature=signature, contact=contact, day=day)
