"""The rejection letter (不予受理通知书): what was applied for, what was found, why, and what may be done.

Everything in it comes from a proved citation (explain.letter.proof) and from the applicant's own view
(explain.letter.oneview). A
letter that cannot be proved is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from engine.answers import Decision, Ground
from engine.case import Evidence
from engine.errors import UsageError
from engine.facts import Fact, day, sentence
from engine.facts import text as fact_text
from engine.law import RULES, Provision, Statute, chinese, rule_file, statute
from engine.words import has, text
from explain.change import Earliest, WhatIf, earliest, what_if
from explain.change import sentence as change_sentence
from explain.letter.groundtext import reasons
from explain.letter.oneview import View, view
from explain.letter.paper import Block, Heading, Items, Note, Paper, Quote, Text
from explain.letter.proof import Cited, replay

ZH = "zh"
"""Letters are written in the language of the law."""
KIND = "rejection_letter"


@dataclass(frozen=True)
class Letter:
    """A letter with the proof it rests on."""

    paper: Paper
    cited: tuple[Cited, ...]


def letter(decision: Decision, applicant: str, today: int = 0, options: frozenset[str] = frozenset()) -> Letter:
    """The letter to a rejected applicant; `today` (yyyymmdd, 0 for open) is the day it is signed.

    Raises UsageError for an unknown applicant or one who is not rejected, ReplayError where the proof fails.
    """
    known = {outcome.id: outcome for outcome in decision.applicants}
    if applicant not in known:
        raise UsageError("unknown_applicant", {"found": applicant})
    outcome = known[applicant]
    if outcome.status != "rejected":
        raise UsageError("no_letter", {"found": applicant, "status": text(f"status.{outcome.status}", ZH)})
    cited = replay(decision, outcome)
    seen = view(decision, applicant)
    law = statute(decision.city)
    blocks = (
        *_opening(seen, law),
        *_facts(seen, cited),
        *_grounds(decision, seen, law, cited),
        *_conclusion(seen, law),
        *_corrections(seen, what_if(decision.case, applicant), earliest(decision.case, applicant)),
        *_readings(decision, cited),
    )
    office = next(iter(seen.rows("office")), None)
    paper = Paper(
        kind=KIND,
        title=text("letter.title", ZH, award=award(law), round=decision.round),
        blocks=blocks,
        number=number(seen),
        addressee=seen.name,
        signature=str(office[0]) if office else "",
        day=today,
        contact=(text("letter.contact", ZH, person=office[1], telephone=office[2]),) if office else (),
        applicant=applicant,
        options=options,
    )
    return Letter(paper, cited)


def award(law: Statute) -> str:
    """The award's own name: the regulation's title without 管理办法."""
    return law.title.removesuffix(text("letter.regulation", ZH))


def number(seen: View) -> str:
    """The letter's number on file (文号); empty where none is given yet."""
    return next(
        (str(n) for paper, about, n in seen.rows("document_number") if (paper, about) == (KIND, seen.outcome.id)), ""
    )


def _you(seen: View) -> str:
    kind = next((str(row[1]) for row in seen.rows("applicant")), "organization")
    return text(f"letter.you.{kind}", ZH)


def _opening(seen: View, law: Statute) -> Iterator[Block]:
    words = {"you": _you(seen), "award": award(law), "round": chinese(seen.round), "deadline": day(seen.deadline, ZH)}
    submitted = next((int(row[1]) for row in seen.rows("submitted")), None)
    key = "letter.received" if submitted else "letter.undated"
    yield Text(text(key, ZH, day=day(submitted, ZH) if submitted else "", **words))
    duty = _duty(seen.city)
    title = {"title": law.title, "number": next(iter(law.header.values()), "")}
    yield Text(
        text("letter.duty" if duty else "letter.basis", ZH, citation=duty.citation if duty else "", **title, **words)
    )


def _duty(city: str) -> Provision | None:
    """The provision that makes written reasons a duty, where the city's rules name one."""
    for known in rule_file(RULES / f"{city}.lp").statements:
        if found := re.fullmatch(r"written_reasons\((art\(\d+,\d+,\d+\))\)\.", str(known.node).replace(" ", "")):
            return Provision.parse(found[1])
    return None


def _facts(seen: View, cited: Sequence[Cited]) -> Iterator[Block]:
    """The facts on record that the grounds rest on, each once, with its evidence."""
    shared = ("applicant", "round", "evidence_closed")
    facts = sorted({f for c in cited for f in c.facts if f.predicate not in shared}, key=fact_text)
    yield Heading(text("letter.heading.facts", ZH))
    if not facts:
        yield Text(text("letter.no_facts", ZH))
        return
    names = {seen.outcome.id: _you(seen)}
    yield Items(tuple(f"{n}．{_fact(fact, names, seen.evidence)}" for n, fact in enumerate(facts, 1)))


def _fact(fact: Fact, names: Mapping[str, str], evidence: Mapping[str, tuple[Evidence, ...]]) -> str:
    sources = evidence.get(fact_text(fact), ())
    named = text("letter.and", ZH).join(
        text("letter.source" if s.number else "letter.source_plain", ZH, document=s.document, number=s.number)
        for s in sources
    )
    return text("letter.fact", ZH, fact=sentence(fact, ZH, names), source=named or text("letter.no_source", ZH))


def _grounds(decision: Decision, seen: View, law: Statute, cited: Sequence[Cited]) -> Iterator[Block]:
    """Provision by provision: its own words, then each ground under it with its reasons."""
    yield Heading(text("letter.heading.grounds", ZH))
    ordered = sorted(cited, key=lambda c: (c.kind != "barred", c.ground))
    for count, (provision, same) in enumerate(groupby(ordered, key=lambda c: c.ground.provision), 1):
        yield Heading(f"（{chinese(count)}）{provision.citation}", level=2)
        yield Quote(quoted(law, provision), provision.citation)
        for part in same:
            lines = reasons(decision, part.kind, seen.outcome.id, part.ground, ZH)
            told = text("letter.semicolon", ZH).join(lines)
            beside = [p.citation for p in part.provisions[1:]]
            also = text("letter.beside", ZH, citations=text("letter.and", ZH).join(beside)) if beside else ""
            yield Text(text(f"letter.{part.kind}", ZH, label=label(part.ground.key), reasons=told, also=also))


def quoted(law: Statute, provision: Provision) -> str:
    """A provision's own words; an item stands behind the opening words that govern it."""
    opening = law.words.get(provision._replace(item=0), "") if provision.item else ""
    own = f"（{chinese(provision.item)}）{law.words[provision]}" if provision.item else law.words[provision]
    return opening + own


def _conclusion(seen: View, law: Statute) -> Iterator[Block]:
    grounds = (*seen.outcome.barred, *seen.outcome.failed)
    yield Heading(text("letter.heading.conclusion", ZH))
    yield Text(
        text(
            "letter.conclusion",
            ZH,
            you=_you(seen),
            citations=citations(grounds),
            award=award(law),
            round=chinese(seen.round),
        )
    )


def _corrections(seen: View, answer: WhatIf, first: Earliest) -> Iterator[Block]:
    """What may be corrected and by when; what no correction cures; the earliest day."""
    yield Heading(text("letter.heading.corrections", ZH))
    if answer.remedies:
        by = next((int(row[0]) for row in seen.rows("supplement_by")), None)
        closed = "closed" if answer.closed else "by" if by else "open"
        yield Text(text(f"letter.corrections.{closed}", ZH, day=day(by, ZH) if by else ""))
        names = {seen.outcome.id: _you(seen)}
        remedy = answer.remedies[0]
        pairs = zip(remedy.changes, remedy.cures, strict=True)
        yield Items(
            tuple(
                text("letter.correction", ZH, number=n, change=change_sentence(c, ZH, names), cures=citations(cures))
                for n, (c, cures) in enumerate(pairs, 1)
            )
        )
        if len(answer.remedies) > 1:
            yield Text(text("letter.other_sets", ZH, count=len(answer.remedies) - 1))
    if answer.incurable:
        yield Text(text("letter.incurable", ZH, citations=named(answer.incurable)))
    yield Text(_first_day(first))


def citations(grounds: Iterable[Ground]) -> str:
    """The provisions of these grounds in the order of the law, each once."""
    return text("letter.and", ZH).join(dict.fromkeys(g.provision.citation for g in sorted(grounds)))


def named(grounds: Iterable[Ground]) -> str:
    """The provisions of these grounds, each with what under it is meant: one provision may hold several conditions."""
    rows = groupby(sorted(grounds), key=lambda g: g.provision)
    told = (
        text("letter.named", ZH, citation=p.citation, labels=text("letter.and", ZH).join(label(g.key) for g in same))
        for p, same in rows
    )
    return text("letter.and", ZH).join(told)


def label(key: str) -> str:
    """A requirement or a bar in words."""
    return text(f"requirement.{key}" if has(f"requirement.{key}", ZH) else f"ground.{key}", ZH)


def _first_day(first: Earliest) -> str:
    if first.day is None:
        told = text("letter.earliest.none", ZH, citations=named(first.binding))
        for ground, number in first.rounds:
            told += text("letter.earliest.round", ZH, citation=ground.provision.citation, number=chinese(number))
        return told
    return text("letter.earliest.day", ZH, day=day(first.day, ZH))


def _readings(decision: Decision, cited: Sequence[Cited]) -> Iterator[Block]:
    """The readings that these grounds depend on, in words: the law's open wordings and how they were read."""
    keys = sorted({key for part in cited for key in part.readings})
    chosen = {key: text(f"reading.{key}.{decision.readings[key]}", ZH) for key in keys}
    rows = [text("letter.reading", ZH, label=text(f"reading.{key}.label", ZH), choice=chosen[key]) for key in keys]
    if rows:
        yield Note(text("letter.readings", ZH, readings=text("letter.semicolon", ZH).join(rows)))
