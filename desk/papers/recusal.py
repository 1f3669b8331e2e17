"""The notice of recusal (回避通知) to a reviewer: each interest with its whole chain, and the profile's own source."""

from __future__ import annotations

from collections.abc import Iterator

from desk.papers import ground
from engine.answers import Interest
from engine.case import Case
from engine.panels import Conflicts, chain
from engine.words import text
from explain.letter import Block, Paper, Table, Text


def reviewers(found: Conflicts) -> list[str]:
    """Who gets a notice."""
    return sorted({one.person for one in found.interests})


def notice(case: Case, found: Conflicts, reviewer: str, day: int = 0, lang: str = "zh") -> Paper:
    """The notice to one reviewer; the words of the articles list no interests, so the profile is named as such."""
    known = ground.names(case)
    own = [one for one in found.interests if one.person == reviewer]
    words = {"round": case.round, "award": ground.award(case.city)}
    cited = ground.measure(case.city, found.provision, lang)
    blocks: list[Block] = [Text(text("paper.recusal_notice.opening", lang, ground=cited, **words))]
    header = (
        text("paper.common.number", lang),
        text("paper.common.name", lang),
        text("paper.recusal_notice.chain", lang),
    )
    blocks.append(Table(header, tuple(_rows(own, known, lang)), (1, 4, 6)))
    groups = [group for name, group, reasons in found.excluded if name == reviewer and "interest" in reasons]
    if groups:
        blocks.append(
            Text(text("paper.recusal_notice.excluded", lang, groups="、".join(known.get(g, g) for g in groups)))
        )
    profile = text(f"reading.interest.{found.profile}", lang)
    blocks += [
        Text(text("paper.recusal_notice.profile", lang, profile=profile)),
        Text(text("paper.recusal_notice.confidential", lang)),
    ]
    signature, contact = ground.signed(case, lang)
    return Paper(
        "recusal_notice",
        text("paper.recusal_notice.title", lang),
        tuple(blocks),
        addressee=known.get(reviewer, reviewer),
        signature=signature,
        day=day,
        contact=contact,
    )


def _rows(own: list[Interest], known: dict[str, str], lang: str) -> Iterator[tuple[str, ...]]:
    for number, one in enumerate(own, 1):
        limb = text(f"panels.limb.{one.limb}", lang)
        yield str(number), known.get(one.applicant, one.applicant), f"{limb}：{chain(one, lang, known)}"
