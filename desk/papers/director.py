"""The report for the leadership: one page of figures, a chart, and what needs a decision. No key, no identifier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import clingo

from desk.papers import ground
from desk.papers.notices import listed, prize_words, unlisted
from engine.answers import Decision
from engine.award import Award
from engine.facts import day as day_words
from engine.facts import fact, sentence
from engine.law import Provision, readings, unencoded
from engine.words import has, text
from explain.letter import Block, Chart, Heading, Items, Paper, Table, Text

_GROUNDS = 5
"""The grounds that a page has room for: the most frequent ones."""
_NAMED = 4
_POINTS = 7


def report(
    decision: Decision,
    award: Award | None = None,
    violations: Sequence[Mapping[str, Any]] = (),
    revocations: Sequence[Mapping[str, Any]] = (),
    day: int = 0,
    lang: str = "zh",
) -> Paper:
    """The report; `violations` and `revocations` are those of `procedure` and `review` (VOCABULARY, sections 9, 10)."""
    case = decision.case
    words = ground.setting(decision.city, decision.round, lang)
    sections: list[tuple[str, list[Block]]] = [("overview", [*_counts(decision, lang), *_grounds(decision, lang)])]
    if award is not None and award.sets:
        sections.append(("award", list(_winners(award, lang))))
    found = list(points(decision, award, violations, revocations, lang))
    told = [
        text("paper.round_report.point", lang, number=ground.number_words(number, lang), point=point)
        for number, point in enumerate(found[:_POINTS], 1)
    ]
    if len(found) > _POINTS:
        told.append(text("paper.round_report.more", lang, number=len(found) - _POINTS))
    nothing = text("paper.round_report.nothing", lang)
    sections.append(("decide", [Items(tuple(told)) if told else Text(nothing)]))
    blocks: list[Block] = []
    for number, (name, inside) in enumerate(sections, 1):
        heading = text(f"paper.round_report.{name}", lang)
        count = ground.number_words(number, lang)
        blocks += [Heading(text("paper.round_report.heading", lang, number=count, heading=heading)), *inside]
    signature, contact = ground.signed(case, lang)
    title = text("paper.round_report.title", lang, **words)
    return Paper("round_report", title, tuple(blocks), signature=signature, contact=contact, day=day)


def _counts(decision: Decision, lang: str) -> Iterator[Block]:
    """How many applied and what became of them: by the list once it is published, by today's outcome before."""
    counts = Counter(outcome.status for outcome in decision.applicants)
    deadline = day_words(decision.deadline, lang)
    gone = counts.pop("withdrawn", 0)
    withdrawn = text("paper.round_report.withdrawn", lang, number=gone) if gone else ""
    told = {"deadline": deadline, "total": sum(counts.values()), "withdrawn": withdrawn}
    if any(row[1] == "acceptance" for row in decision.case.rows("listed")):
        bars = {"listed": len(listed(decision)), "unlisted": len(unlisted(decision))}
        yield Text(text("paper.round_report.counts_listed", lang, **told, **bars))
    else:
        bars = {status: counts[status] for status in ("eligible", "pending", "rejected")}
        yield Text(text("paper.round_report.counts", lang, **told, **bars))
    drawn = tuple((text(f"paper.round_report.bar_{name}", lang), number) for name, number in bars.items())
    yield Chart(drawn, text("paper.round_report.chart", lang))


def _grounds(decision: Decision, lang: str) -> Iterator[Block]:
    found: Counter[tuple[Provision, str]] = Counter()
    for outcome in decision.applicants:
        found.update({(g.provision, text(f"requirement.{g.key}.not", lang)) for g in outcome.failed})
        found.update({(g.provision, text(f"ground.{g.key}", lang)) for g in outcome.barred})
    rows = tuple(
        (provision.citation, ground_, str(number))
        for (provision, ground_), number in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_GROUNDS]
    )
    if rows:
        header = tuple(
            text(f"paper.round_report.{key}", lang) for key in ("grounds_header", "ground_key", "ground_count")
        )
        yield Table(header, rows, (), text("paper.round_report.grounds", lang))


def _winners(award: Award, lang: str) -> Iterator[Block]:
    names = ground.Names(award.case, lang)
    key = "one_set" if award.count == 1 else "sets"
    yield Text(text(f"paper.round_report.{key}", lang, number=award.count))
    if award.count == 1:
        for prize, ids in award.sets[0].winners.items():
            key = "winners" if ids else "no_winners"
            joined = text("paper.and", lang).join(names[id] for id in ids)
            yield Text(text(f"paper.round_report.{key}", lang, prize=prize_words(prize, lang), names=joined))


def points(
    decision: Decision,
    award: Award | None,
    violations: Sequence[Mapping[str, Any]],
    revocations: Sequence[Mapping[str, Any]],
    lang: str,
) -> Iterator[str]:
    """What a person must decide or look at."""
    for one in unencoded(decision.city):
        yield one.words(lang)
    names = ground.Names(decision.case, lang)
    if award is not None and award.tie:
        yield text("paper.round_report.tie", lang, names=_joined(award.tie, names, lang))
    pending = [outcome.id for outcome in decision.applicants if outcome.status == "pending"]
    if pending:
        yield text("paper.round_report.open", lang, number=len(pending), names=_joined(pending, names, lang))
    if revocations:
        ids = list(dict.fromkeys(str(row["id"]) for row in revocations))
        told = {"number": len(revocations), "names": _joined(ids, names, lang)}
        yield text("paper.round_report.revocations", lang, **told)
    for row in violations:
        yield violation(row, names, lang)
    seen: dict[str, list[str]] = {}
    noted = [(note.id, note.kind) for note in decision.notes]
    noted += [(id, kind) for id, kind, _ in award.notes] if award is not None else []
    for id, kind in noted:
        ids = seen.setdefault(kind, [])
        if id not in ids:
            ids.append(id)
    for kind, ids in seen.items():
        key = f"paper.round_report.note.{kind}"
        key = key if has(key, lang) else "paper.round_report.note.other"
        yield text(key, lang, names=_joined(ids, names, lang))
    other = [key for key, one in readings(decision.city).items() if decision.readings[key] != one.default]
    if other:
        labels = text("paper.and", lang).join(text(f"reading.{key}.label", lang) for key in other)
        yield text("paper.round_report.readings", lang, number=len(other), readings=labels)


def violation(row: Mapping[str, Any], names: Mapping[str, str], lang: str) -> str:
    """A check that is not in order, in words."""
    check = f"procedure.check.{row['check']}"
    return text(
        "paper.round_report.violation",
        lang,
        citation=row["citation"],
        check=text(check, lang) if has(check, lang) else "",
        required=told(row["required"], names, lang),
        found=told(row["found"], names, lang),
    )


def told(value: Any, names: Mapping[str, str], lang: str) -> str:
    """What was found or required, as a director reads it: a number, a fact as a sentence, categories in words."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        facts = [one for one in value if "(" in str(one)]
        joined = text("paper.semicolon" if facts else "paper.and", lang)
        return joined.join(told(one, names, lang) for one in facts or value) or "—"
    if "(" in value:
        try:
            return sentence(fact(clingo.parse_term(value)), lang, names)
        except (RuntimeError, KeyError, ValueError):
            return _dated(value, lang)
    for key in ("category", "purpose", "objection", "limb"):
        if has(f"vocabulary.choices.{key}.{value}", lang):
            return text(f"vocabulary.choices.{key}.{value}", lang)
    key = f"procedure.value.{value}"
    return text(key, lang) if has(key, lang) else ""


def _dated(value: str, lang: str) -> str:
    """The days in what is no whole fact; nothing else of it is for a reader."""
    numbers = [one.number for one in clingo.parse_term(value).arguments if one.type == clingo.SymbolType.Number]
    return text("paper.and", lang).join(day_words(n, lang) if n > 19000000 else str(n) for n in numbers)


def _joined(ids: Collection[str], names: Mapping[str, str], lang: str) -> str:
    first = text("paper.and", lang).join(names[id] for id in list(ids)[:_NAMED])
    return text("paper.round_report.others", lang, names=first, number=len(ids)) if len(ids) > _NAMED else first
