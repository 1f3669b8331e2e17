"""The proposal of revocation (撤销建议): each award with its facts, the provision's words, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import clingo

from desk.papers import ground
from desk.papers.notices import prize_words
from engine.case import Case, evidence
from engine.facts import PREDICATES, choice, fact, sentence
from engine.facts import day as day_words
from engine.law import Provision, chinese, statute
from engine.words import text
from explain.letter import Block, Heading, Paper, Quote, Text

_CITY = PREDICATES["round"].fields[0]


def proposal(case: Case, revocations: Sequence[Mapping[str, Any]], as_of: int, day: int = 0, lang: str = "zh") -> Paper:
    """The proposal for the revocations that `review` finds (VOCABULARY, section 9), as of a day."""
    cited = "、".join(p.citation for p in sorted({Provision.parse(row["provision"]) for row in revocations}))
    words = {"award": ground.award(case.city)}
    measure = ground.measure(case.city, None, lang) + cited
    blocks: list[Block] = [
        Text(text("paper.revocation_proposal.opening", lang, day=day_words(as_of, lang), ground=measure, **words))
    ]
    for number, row in enumerate(revocations, 1):
        blocks += _one(case, number, row, lang)
    blocks.append(Text(text("paper.revocation_proposal.submit", lang)))
    signature, contact = ground.signed(case, lang)
    title = text("paper.revocation_proposal.title", lang, **words)
    government = text("paper.revocation_proposal.addressee", lang, city=choice(_CITY, case.city, lang))
    return Paper("revocation_proposal", title, tuple(blocks), "", government, signature, day, contact)


def _one(case: Case, number: int, row: Mapping[str, Any], lang: str) -> Iterator[Block]:
    names = ground.names(case)
    name = names.get(row["id"], row["id"])
    count = chinese(number) if lang == "zh" else str(number)
    prize = prize_words(row["prize"], lang)
    yield Heading(
        text("paper.revocation_proposal.heading", lang, number=count, name=name, round=row["round"], prize=prize)
    )
    facts = "；".join(_fact(case, event, names, lang) for event in row["events"])
    yield Text(text("paper.revocation_proposal.facts", lang, facts=facts))
    provision = Provision.parse(row["provision"])
    yield Quote(statute(case.city).text(provision), provision.citation)
    remedies = "、".join(text(f"paper.remedy.{remedy}", lang) for remedy in row["remedies"])
    yield Text(text("paper.revocation_proposal.remedies", lang, remedies=remedies))
    if row["ban_years"]:
        yield Text(text("paper.revocation_proposal.ban", lang, years=row["ban_years"]))


def _fact(case: Case, event: str, names: Mapping[str, str], lang: str) -> str:
    """An event as a sentence, with what it rests on."""
    told = sentence(fact(clingo.parse_term(event)), lang, names)
    sources = [f"{one.document}{one.number}" for one in evidence(case).get(event, ())]
    return told + (f"（{'、'.join(sources)}）" if sources else "")
