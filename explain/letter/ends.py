"""When the bars of a letter end: the days and rounds that text and facts give, or that the text writes no limit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from engine.facts import OPEN, PREDICATES, Fact, day
from engine.law import Provision, Statute, arabic, chinese
from engine.words import text
from explain.change import years_after
from explain.letter.basis import FULL, NOT_FULL, SINCE, WHICH_YEARS, WITHIN, Basis, Standing, event
from explain.letter.claims import Claim, cited, claim
from explain.letter.quotes import PERIODS, resting
from explain.letter.told import Told

_PERIOD = re.compile(PERIODS["period"])
_NUMBER = rf"(\d+|[{''.join(map(chinese, range(1, 11)))}]+)年"
_YEARS = re.compile(rf"(?:最近|连续|近){_NUMBER}")
"""How the law asks for several whole years side by side."""
_SETTLED = (WHICH_YEARS, "settled")
"""The reading under which a deadline up to 31 May counts the years before the last."""


@dataclass(frozen=True, order=True)
class End:
    """Until when a fact counts under a provision: a day, a round, 0 for neither; `open` while a state still lasts.

    `full` says that the day is the one on which a number of years asked for is full; `words` are those of the
    provision that write the period, where they are not the ones that govern all of it.
    """

    provision: Provision
    key: str
    facts: tuple[Fact, ...]
    day: int = 0
    round: int = 0
    open: bool = False
    full: bool = False
    words: str = ""


def ends(bases: Iterable[Basis], law: Statute) -> list[End]:
    """The ends of every ground that rests on something that happened or lasted; grounds of another kind have none."""
    found = []
    for basis in bases:
        if basis.overdue:
            continue
        told = {fact for standing in basis.standings for fact in standing.facts}
        found += [_end(basis, standing, law) for standing in basis.standings]
        for fact in basis.facts:
            if fact in told:
                continue
            if event(fact):
                found.append(End(basis.ground.provision, basis.ground.key, (fact,)))
            elif basis.kind == "barred":
                found += _of_year(basis, fact, [period(law, basis.ground.provision)], "")
            else:
                marked = resting(law, basis.ground.provision, basis.ground.key, basis.limbs)
                written = [match[0] for one in marked if (match := _YEARS.search(one.words))]
                found += _of_year(basis, fact, written, *written[:1])
    return sorted(set(found), key=lambda row: (row.provision, row.words, row.key, row.facts))


def _end(basis: Basis, standing: Standing, law: Statute) -> End:
    provision, key = basis.ground.provision, basis.ground.key
    if standing.predicate == "recent_award":
        return End(provision, key, standing.facts, round=standing.number("Last"))
    if standing.predicate == FULL:
        years = standing.number("N")
        words = found[0] if (found := re.search(rf"{years}年以上", law.words.get(provision, ""))) else ""
        end = years_after(standing.number("Day"), years)
        return End(provision, key, standing.facts, day=end, full=True, words=words)
    if standing.predicate in (NOT_FULL, WITHIN):
        years = standing.number("N")
        number = f"(?:{years}|{chinese(years)})年"
        form = rf"(?:未|不)?满{number}" if standing.predicate == NOT_FULL else rf"(?:有效期)?(?:为)?{number}(?:之?内)?"
        words = found[0] if (found := re.search(form, law.words.get(provision, ""))) else ""
        full = standing.predicate == NOT_FULL
        return End(provision, key, standing.facts, day=standing.number("End"), full=full, words=words)
    if standing.predicate == SINCE:
        years = standing.number("N")
        form = rf"自获奖(?:年度|之年|当年)起(?:{years}|{chinese(years)})年"
        words = found[0] if (found := re.search(form, law.words.get(provision, ""))) else ""
        return End(provision, key, standing.facts, day=standing.number("End"), words=words)
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


def period(law: Statute, provision: Provision) -> str:
    """The words 近N年 that govern a provision; empty where it has none."""
    for place in (provision, provision._replace(item=0)):
        if named := _PERIOD.search(law.words.get(place, "")):
            return named[0]
    return ""


def _of_year(basis: Basis, fact: Fact, periods: Sequence[str], words: str = "") -> Iterator[End]:
    """The last day of the last year in which a yearly figure counts; none where the fact or the text names no years."""
    lengths = [number for written in periods if (number := length(written))]
    if year_of(fact) and lengths:
        last = year_of(fact) + lengths[0]
        day = (last + 1) * 10000 + 531 if _SETTLED in basis.choices else last * 10000 + 1231
        yield End(basis.ground.provision, basis.ground.key, (fact,), day=day, words=words)


def year_of(fact: Fact) -> int:
    """The year of a yearly figure; 0 for any other fact."""
    fields = PREDICATES[fact.predicate].fields
    return next((int(v) for f, v in zip(fields, fact.arguments, strict=True) if f.kind == "year"), 0)


def length(words: str) -> int:
    """The number of years that words such as 近2年 or 最近三年 name; 0 where they name none."""
    found = re.search(_NUMBER, words)
    return arabic(found[1]) if found else 0


def _to(fact: Fact) -> int:
    """The last day a fact names."""
    fields = PREDICATES[fact.predicate].fields
    return max(int(v) for f, v in zip(fields, fact.arguments, strict=True) if f.kind in ("day", "open_day"))


def told_ends(law: Statute, rows: Sequence[End], told: Told, lang: str) -> list[Claim]:
    """The ends in words: all of them, or none where no ground has any."""
    if not any(map(_dated, rows)):
        return []
    parts: list[Claim] = []
    unwritten: list[End] = []
    limited = {row.provision for row in rows if _dated(row)}
    for (provision, words), group in groupby(rows, key=lambda row: (row.provision, row.words)):
        same = sorted(group, key=lambda row: told.first(row.facts))
        if provision not in limited:
            unwritten += same
            continue
        dated = [row for row in same if _dated(row)]
        named = words or period(law, provision)
        lead = cited([provision], lang)
        if dated and named and not any(row.round for row in dated):
            lead += text("letter.period", lang, words=named)
        elif dated:
            lead += text("letter.limit" if any(row.round for row in dated) else "letter.term", lang)
        said = [_until(row, told, lang) for row in dated]
        if left := [fact for row in same if not _dated(row) for fact in row.facts]:
            said.append(text("letter.ends.unwritten", lang, facts=told.refer(left, lang)))
        facts = [fact for row in same for fact in row.facts]
        joined = text("letter.comma", lang).join(dict.fromkeys(said))
        parts.append(claim("ends.of", lang, facts, [provision], lead=lead, ends=joined))
    if unwritten:
        provisions = [row.provision for row in unwritten]
        facts = [fact for row in unwritten for fact in row.facts]
        parts.append(claim("ends.none", lang, facts, provisions, citation=cited(provisions, lang)))
    return parts


def _dated(row: End) -> bool:
    """Whether text and facts give an end, or say from when it counts."""
    return bool(row.day or row.round or row.open)


def _until(row: End, told: Told, lang: str) -> str:
    refs = told.refer(row.facts, lang)
    if row.round:
        number = chinese(row.round) if lang == "zh" else row.round
        return text("letter.ends.round", lang, facts=refs, round=number)
    key = "full" if row.full else "day" if row.day else "open"
    return text(f"letter.ends.{key}", lang, facts=refs, day=day(row.day, lang))
