"""The notice of recusal (回避通知) to a reviewer: each interest with its whole chain, and the profile's own source."""

from __future__ import annotations

from collections.abc import Iterator

from desk.papers import ground
from engine.answers import Interest
from engine.case import Case
from engine.facts import fact, sentence
from engine.panels import Conflicts
from engine.words import text
from explain.letter import Block, Paper, Table, Text


def reviewers(found: Conflicts) -> list[str]:
    """Who gets a notice."""
    return sorted({one.person for one in found.interests})


def notice(case: Case, found: Conflicts, reviewer: str, day: int = 0, lang: str = "zh") -> Paper:
    """The notice to one reviewer; the words of the articles list no interests, so the profile is named as such."""
    known = ground.Names(case, lang)
    own = [one for one in found.interests if one.person == reviewer]
    words = ground.setting(case.city, case.round, lang)

    def say(key: str, **more: object) -> str:
        return text(f"paper.recusal_notice.{key}", lang, **more)

    cited = ground.measure(case.city, [found.provision], lang, short=True)
    header = (text("paper.common.number", lang), say("applicant"), say("chain"))
    blocks: list[Block] = [
        ground.opening("paper.recusal_notice.opening", lang, ground=cited, **words),
        Table(header, tuple(_rows(own, known, lang))),
    ]
    groups = [group for name, group, reasons in found.excluded if name == reviewer and "interest" in reasons]
    if groups:
        blocks.append(Text(say("excluded", groups=text("paper.and", lang).join(known[group] for group in groups))))
    blocks.append(Text(say("basis", profile=text(f"reading.interest.{found.profile}", lang))))
    signature, contact = ground.signed(case, lang)
    return Paper(
        "recusal_notice",
        say("title", **words),
        tuple(blocks),
        addressee=known[reviewer],
        signature=signature,
        day=day,
        contact=contact,
    )


def _rows(own: list[Interest], known: ground.Names, lang: str) -> Iterator[tuple[str, ...]]:
    for number, one in enumerate(own, 1):
        told = text("paper.semicolon", lang).join(sentence(fact(link), lang, known) for link in one.facts)
        yield str(number), known[one.applicant], told
