"""What papers take from a city's text and rules: names, provisions, periods. No paper cites what is not found there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from engine import law
from engine.case import Case, Row, evidence
from engine.errors import CaseError, Place, Problem
from engine.facts import day as day_words
from engine.law import Provision, calendar, chinese, cites, regulation, statute
from engine.law import last_day as calendar_end
from engine.words import award_of, names_of, text
from explain.letter import Text


def award(city: str) -> str:
    """The award's whole name, with its city's."""
    return award_of(city)


def prize_of(city: str, prize: str, lang: str) -> str:
    """A prize with the award's whole name, in Chinese: in place of its short one, or before the prize's own words."""
    own = names_of(city, "zh")["award"]
    if lang != "zh":
        return prize
    return prize.replace(own, award(city)) if own in prize else award(city) + prize


def opening(key: str, lang: str, **values: object) -> Text:
    """The sentence that opens a body; its Word template holds it too, so its values go along."""
    fill = tuple((name, str(value)) for name, value in sorted(values.items()))
    return Text(text(key, lang, **values), key=key, fill=fill)


def under(
    key: str, city: str, provision: Provision | None, lang: str, words: Mapping[str, str], short: bool = False
) -> Text:
    """The sentence that opens a body under a provision; `<key>_bare`, which claims none, where the text has none."""
    cited_ = measure(city, [provision], lang, short)
    if provision is None:
        return Text(text(f"{key}_bare", lang, ground=cited_.strip(), **words))
    return opening(key, lang, ground=cited_, **words)


def number_words(number: int, lang: str) -> str:
    """A number as headings and rounds have it: 六 in Chinese, 6 in English."""
    return chinese(number) if lang == "zh" else str(number)


def setting(city: str, round: int, lang: str) -> dict[str, str]:
    """Round and award, as the sentences of papers take them."""
    return {"round": number_words(round, lang), "award": award(city)}


def measure(city: str, provisions: Iterable[Provision | None], lang: str, short: bool = False) -> str:
    """The regulation with its document number and the provisions meant; `short` brings in the name 《办法》."""
    text_ = statute(city)
    key = ("measure_short" if short else "measure") + ("" if text_.number else "_unnumbered")
    return text(f"paper.common.{key}", lang, title=text_.title, number=text_.number, citation=cited(provisions, lang))


def cited(provisions: Iterable[Provision | None], lang: str) -> str:
    """The citations of provisions, in the order of the text."""
    known = sorted({provision for provision in provisions if provision})
    return text("paper.and", lang).join(provision.citation for provision in known)


def publishes(city: str, list_: str) -> Provision | None:
    """The provision under which a list is published."""
    return cites(city, "publishes", list_)


def supplement_duty(city: str) -> Provision | None:
    """The provision that is cited once papers can no longer be handed in."""
    return cites(city, "supplement_duty")


def articles(city: str, head: str) -> list[Provision]:
    """The articles under which the city's rules derive a head (`requires`, `barred`), without their items."""
    found = {provision for one in law.heads(city, head) if (provision := one.provision())}
    return sorted({one._replace(paragraph=0, item=0) for one in found})


@cache
def stated_by_others(city: str) -> frozenset[str]:
    """The requirements that wait for a person's finding or an authority's act, not for the applicant's papers."""
    return frozenset(one.arguments[2] for one in law.heads(city, "rests_on_finding", "awaits_others")) - {""}


def working_days(city: str, list_: str) -> int:
    """The working days for which the text wants a list public; 0 where it says nothing of that."""
    return max((int(days) for one, _, days in regulation(city).rows("notice_duty", 3) if one == list_), default=0)


def last_day(first: int, days: int, counted: bool) -> int:
    """The day on which so many working days are full, the first counted or not.

    CaseError where the holiday notice of a year that must be counted is not out.
    """
    entries = calendar()
    start = entries.get(first)
    if start is not None:
        wanted = start.number + days - (start.working if counted else 0)
        for day in _after(first):
            if entries[day].number >= wanted:
                return day
    known = calendar_end() // 10000
    year = first // 10000 if start is None else known + 1
    raise CaseError([Problem("calendar_missing", {"year": year, "last": known}, Place())])


def _after(first: int) -> Iterator[int]:
    return (day for day in sorted(calendar()) if day >= first)


def filed_notice(case: Case, list_: str) -> tuple[int, int] | None:
    """First and last day of the notice of a list on file, the latest where there are several."""
    rows = sorted((int(first), int(last)) for kind, first, last in case.rows("notice") if kind == list_)
    return rows[-1] if rows else None


def period(case: Case, list_: str, day: int, lang: str) -> str:
    """The sentence on how long a list is public: from the notice on file, else from the day given, else left open."""
    days = working_days(case.city, list_)
    counted = case.readings.get("notice_first_day") == "included"
    filed = filed_notice(case, list_)
    first = filed[0] if filed else day
    if not days:
        if not filed or filed[1] > 99990000:
            return text("paper.common.period_blank", lang)
        both = {"first": day_words(filed[0], lang), "last": day_words(filed[1], lang)}
        return text("paper.common.period_plain", lang, **both)
    if not first or not countable(first, days, counted):
        return text("paper.common.period_open", lang, days=days)
    last = last_day(first, days, counted)
    if filed and filed[1] < 99990000:
        last = max(last, filed[1])
    return text(
        "paper.common.period",
        lang,
        first=day_words(first, lang),
        last=day_words(last, lang),
        days=_between(first, last, counted) or days,
        counted=text(f"paper.common.{'counted' if counted else 'uncounted'}", lang),
    )


def countable(first: int, days: int, counted: bool) -> bool:
    """Whether the calendar reaches so far that the notice's last day can be named."""
    try:
        last_day(first, days, counted)
    except CaseError:
        return False
    return True


def _between(first: int, last: int, counted: bool) -> int:
    entries = calendar()
    if first not in entries or last not in entries:
        return 0
    return entries[last].number - entries[first].number + (entries[first].working if counted else 0)


def signed(case: Case, lang: str) -> tuple[str, tuple[str, ...]]:
    """The office that signs, and whom to ask; empty where the case does not say."""
    return office(case.rows("office"), lang)


def office(rows: Sequence[Row], lang: str) -> tuple[str, tuple[str, ...]]:
    """As `signed`, from the rows of the fact `office`."""
    for name, person, telephone in rows:
        contact = (
            *((text("paper.common.contact", lang, person=person),) if person else ()),
            *((text("paper.common.telephone", lang, telephone=telephone),) if telephone else ()),
        )
        return str(name), contact
    return "", ()


class Names(dict[str, str]):
    """Names by identifier for official papers: whoever has none is an open place, never an identifier."""

    def __init__(self, case: Case, lang: str) -> None:
        super().__init__(case.names)
        self.open = text("paper.open.name", lang)

    def __missing__(self, id: str) -> str:
        return self.open

    def get(self, id: str, _default: object = None, /) -> str:
        """The name; the open place for whoever has none."""
        return self[id]


def kinds(case: Case) -> dict[str, str]:
    """Organization or individual, by applicant."""
    return {str(id): str(kind) for id, kind in case.rows("applicant")}


def source(case: Case, fact: str, lang: str) -> str:
    """The documents behind a fact in brackets, empty where none is on file."""
    documents = sources(case, fact, lang, "source_numbered")
    joined = text("paper.semicolon", lang).join(documents)
    return text("paper.common.source", lang, sources=joined) if documents else ""


def sources(case: Case, fact: str, lang: str, key: str = "attachment") -> list[str]:
    """The documents behind a fact, each with its number; `key` words the two of them."""
    return [
        text(
            f"paper.common.{key if one.number else 'attachment_plain'}", lang, document=one.document, number=one.number
        )
        for one in evidence(case).get(fact, ())
    ]


_WITHIN = re.compile(r"起(\d+)年内")


def years_within(city: str, provision: Provision) -> int:
    """The years from a day within which something must have happened, in the provision's own words; 0 for none."""
    found = _WITHIN.search(statute(city).text(provision))
    return int(found[1]) if found else 0


def corresponding(day: int, years: int) -> int:
    """The corresponding day so many years later; 28 February where the year has no 29th."""
    later = day + years * 10000
    leap = later // 10000 % 4 == 0 and (later // 10000 % 100 != 0 or later // 10000 % 400 == 0)
    return later - 1 if later % 10000 == 229 and not leap else later
