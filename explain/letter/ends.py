"""When the bars of a letter end: the days and rounds that text and facts give, or that the text writes no limit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from engine.facts import OPEN, PREDICATES, Fact, day
from engine.law import Provision, Statute, chinese
from engine.words import text
from explain.letter.basis import Basis, Standing, event
from explain.letter.claims import Claim, cited, claim
from explain.letter.quotes import PERIODS
from explain.letter.told import Told

_PERIOD = re.compile(PERIODS["period"])


@dataclass(frozen=True, order=True)
class End:
    """Until when a fact counts under a provision: a day, a round, 0 for neither; `open` while a state still lasts."""

    provision: Provision
    key: str
    facts: tuple[Fact, ...]
    day: int = 0
    round: int = 0
    open: bool = False


def ends(bases: Iterable[Basis], law: Statute) -> list[End]:
    """The ends of every ground that rests on something that happened or lasted; grounds of another kind have none."""
    found = []
    for basis in bases:
        if basis.overdue:
            continue
        told = {fact for standing in basis.standings for fact in standing.facts}
        found += [_end(basis, standing) for standing in basis.standings]
        for fact in basis.facts:
            if fact in told:
                continue
            if event(fact):
                found.append(End(basis.ground.provision, basis.ground.key, (fact,)))
            elif basis.kind == "barred" and (last := _year_end(fact, _period(law, basis.ground.provision))):
                found.append(End(basis.ground.provision, basis.ground.key, (fact,), day=last))
    return sorted(set(found))


def _end(basis: Basis, standing: Standing) -> End:
    provision, key = basis.ground.provision, basis.ground.key
    if last := standing.number("Last"):
        return End(provision, key, standing.facts, round=last)
    if standing.predicate in ("running", "begun"):
        days = [_to(fact) for fact in standing.facts] if standing.predicate == "running" else [OPEN]
        return End(provision, key, standing.facts, day=max(days) if max(days) != OPEN else 0)
    end = standing.number("End")
    if not end and (years := standing.number("N")):
        last = max((_to(fact) for fact in standing.facts), default=0)
        end = (last // 10000 + years) * 10000 + 1231
    if standing.predicate == "recent_state" and any(_to(fact) == OPEN for fact in standing.facts):
        return End(provision, key, standing.facts, open=True)
    return End(provision, key, standing.facts, day=end)


def _period(law: Statute, provision: Provision) -> str:
    """The words 近N年 that govern a provision; empty where it has none."""
    for place in (provision, provision._replace(item=0)):
        if named := _PERIOD.search(law.words.get(place, "")):
            return named[0]
    return ""


def _year_end(fact: Fact, period: str) -> int:
    """The last day of the last year in which a yearly figure counts; 0 where the fact or the text names no years."""
    fields = PREDICATES[fact.predicate].fields
    years = [int(v) for f, v in zip(fields, fact.arguments, strict=True) if f.kind == "year"]
    length = re.search(r"\d+", period)
    return (years[0] + int(length[0])) * 10000 + 1231 if years and length else 0


def _to(fact: Fact) -> int:
    """The last day a fact names."""
    fields = PREDICATES[fact.predicate].fields
    return max(int(v) for f, v in zip(fields, fact.arguments, strict=True) if f.kind in ("day", "open_day"))


def told_ends(law: Statute, rows: Sequence[End], told: Told, lang: str) -> list[Claim]:
    """The ends in words: all of them, or none where no ground has any."""
    if not any(row.day or row.round or row.open for row in rows):
        return []
    parts: list[Claim] = []
    unwritten: list[End] = []
    for provision, same in groupby(rows, key=lambda row: row.provision):
        dated = sorted((r for r in same if r.day or r.round or r.open), key=lambda r: told.first(r.facts))
        if not dated:
            unwritten += [row for row in rows if row.provision == provision]
            continue
        named = _period(law, provision)
        lead = cited([provision], lang)
        if named and not any(row.round for row in dated):
            lead += text("letter.period", lang, words=named)
        else:
            lead += text("letter.limit" if any(row.round for row in dated) else "letter.term", lang)
        said = [_until(row, told, lang) for row in dated]
        facts = [fact for row in dated for fact in row.facts]
        joined = text("letter.comma", lang).join(dict.fromkeys(said))
        parts.append(claim("ends.of", lang, facts, [provision], lead=lead, ends=joined))
    if unwritten:
        provisions = [row.provision for row in unwritten]
        facts = [fact for row in unwritten for fact in row.facts]
        parts.append(claim("ends.none", lang, facts, provisions, citation=cited(provisions, lang)))
    return parts


def _until(row: End, told: Told, lang: str) -> str:
    refs = told.refer(row.facts, lang)
    if row.round:
        number = chinese(row.round) if lang == "zh" else row.round
        return text("letter.ends.round", lang, facts=refs, round=number)
    return text("letter.ends.day" if row.day else "letter.ends.open", lang, facts=refs, day=day(row.day, lang))
