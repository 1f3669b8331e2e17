"""The report for the leadership: one page of figures, a chart, and what needs a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desk.papers import ground
from desk.papers.notices import prize_words
from engine.answers import STATUSES, Decision
from engine.award import PRIZES, Award
from engine.facts import day as day_words
from engine.law import readings
from engine.words import text
from explain.letter import Block, Chart, Heading, Items, Paper, Table, Text

_GROUNDS = 5
"""The grounds that a page has room for: the most frequent ones."""
_NAMED = 4
_POINTS = 7


def report(
    decision: Decision,
    award: Award | None = None,
    violations: Sequence[Mapping[str, Any]] = (),
    day: int = 0,
    lang: str = "zh",
) -> Paper:
    """The report; `violations` are those of `procedure` (VOCABULARY, section 10)."""
    case = decision.case
    counts = Counter(outcome.status for outcome in decision.applicants)
    blocks: list[Block] = [Heading(text("paper.round_report.overview", lang))]
    by_status = {status: counts[status] for status in STATUSES}
    deadline = day_words(decision.deadline, lang)
    total = len(decision.applicants)
    blocks.append(Text(text("paper.round_report.counts", lang, deadline=deadline, total=total, **by_status)))
    bars = tuple((text(f"status.{status}", lang), counts[status]) for status in STATUSES)
    blocks.append(Chart(bars, text("paper.round_report.chart", lang)))
    blocks += _grounds(decision, lang)
    if award is not None and award.sets:
        blocks.append(Heading(text("paper.round_report.award", lang)))
        blocks += _winners(award, lang)
    blocks.append(Heading(text("paper.round_report.decide", lang)))
    points = list(_points(decision, award, violations, lang)) or [text("paper.round_report.nothing", lang)]
    told = [f"{number}. {point}" for number, point in enumerate(points[:_POINTS], 1)]
    if len(points) > _POINTS:
        told.append(text("paper.round_report.more", lang, number=len(points) - _POINTS))
    blocks.append(Items(tuple(told)))
    signature, contact = ground.signed(case, lang)
    words = {"round": decision.round, "award": ground.award(decision.city)}
    title = text("paper.round_report.title", lang, **words)
    return Paper("round_report", title, tuple(blocks), signature=signature, contact=contact, day=day)


def _grounds(decision: Decision, lang: str) -> Iterator[Block]:
    found: Counter[tuple[str, str]] = Counter()
    for outcome in decision.applicants:
        found.update({(g.provision.citation, text(f"requirement.{g.key}", lang)) for g in outcome.failed})
        found.update({(g.provision.citation, text(f"ground.{g.key}", lang)) for g in outcome.barred})
    rows = tuple(
        (citation, ground_, str(number))
        for (citation, ground_), number in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_GROUNDS]
    )
    if rows:
        header = (
            "paper.supplement_notice.header_ground",
            "paper.round_report.ground_key",
            "paper.round_report.ground_count",
        )
        caption = text("paper.round_report.grounds", lang)
        yield Table(tuple(text(key, lang) for key in header), rows, (4, 5, 3), caption)


def _winners(award: Award, lang: str) -> Iterator[Block]:
    names = ground.names(award.case)
    yield Text(text("paper.round_report.sets", lang, number=award.count))
    if award.count == 1:
        for prize in PRIZES:
            ids = award.sets[0].winners[prize]
            key = "winners" if ids else "no_winners"
            listed = "、".join(names.get(id, id) for id in ids)
            yield Text(text(f"paper.round_report.{key}", lang, prize=prize_words(prize, lang), names=listed))


def _points(
    decision: Decision, award: Award | None, violations: Sequence[Mapping[str, Any]], lang: str
) -> Iterator[str]:
    """What a person must decide or look at."""
    names = ground.names(decision.case)
    if award is not None and award.tie:
        yield text("paper.round_report.tie", lang, names=_listed(award.tie, names))
    pending = [outcome.id for outcome in decision.applicants if outcome.status == "pending"]
    if pending:
        yield text("paper.round_report.open", lang, number=len(pending), names=_listed(pending, names))
    for row in violations:
        told = {name: row.get(name) for name in ("citation", "required", "found", "check")}
        yield text("paper.round_report.violation", lang, **told)
    seen: dict[str, list[str]] = {}
    for note in decision.notes:
        seen.setdefault(note.kind, []).append(note.id)
    for kind, ids in seen.items():
        listed = _listed(dict.fromkeys(ids), names)
        yield text("paper.round_report.note", lang, name=listed, note=text(f"note.{kind}", lang))
    other = [key for key, one in readings(decision.city).items() if decision.readings[key] != one.default]
    if other:
        told = {"readings": "、".join(text(f"reading.{key}.label", lang) for key in other)}
        yield text("paper.round_report.readings", lang, number=len(other), **told)


def _listed(ids: Any, names: Mapping[str, str]) -> str:
    ids = list(ids)
    more = "……" if len(ids) > _NAMED else ""
    return "、".join(names.get(id, id) for id in ids[:_NAMED]) + more
