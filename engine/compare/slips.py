"""Hints (请核对): facts that are well formed beside each other and may still be slips (VOCABULARY, section 12).

What only a reader of files can see (a hidden row, a sheet that was not read) it has noted itself (`Source.hints`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from operator import itemgetter

from engine.case import Case, Hint, Row
from engine.compare.industries import is_industry, meant_industry
from engine.compare.likeness import Neighbours, folded
from engine.errors import Place
from engine.facts import PREDICATES, Field, Predicate, day_text
from engine.law import nature
from engine.words import has, text

_AHEAD = frozenset(
    {
        "document_day", "frozen_on", "holiday", "holiday_year", "internal_notice", "notice", "objections_until",
        "preliminary_notice", "replaced_freeze", "round", "seed_reserve", "seed_source", "stage_day", "supplement_by",
    }
)  # fmt: skip
"""What is planned: its days may well lie ahead."""
_EVENTS = ("adverse", "history")
_LONG_AGO = 50_00_00
"""Events so much before the deadline, in years as days are written, are older than any award."""
_POINTS, _HUNDRED = ("self_score", "score"), 100
"""Points, of a thousand: so few of them look like points of a hundred."""
_NAMES = ("name", "former_name")
_EITHER = frozenset({("controls", "controller"), ("works_with", "other")})
"""Fields that hold a person or an organization."""
_CODES = (("expertise", "code"), ("group", "code"), ("industry", "code"))
_DOCUMENTS = (("source", "document"), ("source", "number"), ("replaced_freeze", "document"), ("forwarded_by", "name"))
"""Where a document or an office is asked for."""


def hints(case: Case, today: int) -> tuple[Hint, ...]:
    """Every hint of a case, sorted by kind and identifiers; `today` as yyyymmdd, for what lies after it."""
    noted = [hint for source in case.pile.sources for hint in source.hints] if case.pile else []
    found = _Slips(case, today).all()
    return tuple(sorted({*noted, *found}, key=lambda hint: hint.order))


def hint_words(hint: Hint, lang: str) -> str:
    """A hint as a sentence, without its place."""
    key = f"hint.{hint.kind}"
    told = f"{key}_meant" if hint.meant and has(f"{key}_meant", lang) else key
    words = text(told, lang, ids=text("hint.and", lang).join(hint.ids), found=hint.found, meant=hint.meant)
    return words.lstrip(" :")  # a hint about nobody


class _Slips:
    """One case looked at for slips."""

    def __init__(self, case: Case, today: int) -> None:
        self.case = case
        self.today = today

    def all(self) -> Iterator[Hint]:
        yield from self._same_names()
        yield from self._ties()
        yield from self._far_kin()
        yield from self._future_days()
        yield from self._documents()
        yield from self._industries()
        yield from self._line_breaks()
        yield from self._closed()
        yield from self._points()

    def _points(self) -> Iterator[Hint]:
        """Points that look like points of a hundred, score by score: who has them, and the most of them."""
        for predicate in _POINTS:
            low = [row for row in self.case.rows(predicate) if 0 < Decimal(str(row[1])) <= _HUNDRED]
            if low:
                most = max((str(row[1]) for row in low), key=Decimal)
                ids = tuple(sorted({str(row[0]) for row in low}))
                yield Hint("points_of_hundred", ids, self._place(predicate, low[0]), most)

    def _place(self, predicate: str, row: Row) -> Place:
        return self.case.pile.place(predicate, row) if self.case.pile else Place()

    # Who is who -----------------------------------------------------------------------------------

    @cached_property
    def _declared(self) -> set[str]:
        """Applicants, earlier winners, reviewers, groups, members of bodies."""
        named = ((p, p.at(p.model.declares)[0]) for p in PREDICATES.values() if p.model.declares)
        return {str(row[at]) for p, at in named for row in self.case.rows(p.name)}

    @cached_property
    def _parties(self) -> dict[str, str]:
        """Applicants and earlier winners: organization or individual."""
        return {str(id): str(kind) for name in ("applicant", "winner") for id, kind in self.case.rows(name)}

    @cached_property
    def _organizations(self) -> set[str]:
        own = {id for id, kind in self._parties.items() if nature(kind) == "body"}
        return own | {value for _, _, _, value, sort in self._ends() if "organization" in sort}

    @cached_property
    def _people(self) -> set[str]:
        own = {id for id, kind in self._parties.items() if nature(kind) == "person"}
        own |= {str(row[0]) for row in self.case.rows("reviewer")}
        own |= {str(row[1]) for row in self.case.rows("body_member")}
        return own | {value for _, _, _, value, sort in self._ends() if "person" in sort}

    def _ends(self) -> Iterator[tuple[str, Row, int, str, tuple[str, ...]]]:
        """The ends of every tie that nobody need declare: predicate, row, position, identifier, what it can be."""
        for predicate in PREDICATES.values():
            for at, field in enumerate(predicate.fields):
                if sort := _sort(predicate, field):
                    yield from ((predicate.name, row, at, str(row[at]), sort) for row in self.case.rows(predicate.name))

    def _named(self, known: set[str]) -> dict[str, list[str]]:
        """The identifiers among `known` by the names they bear or bore, folded."""
        found: dict[str, set[str]] = defaultdict(set)
        for predicate in _NAMES:
            for id, name in self.case.rows(predicate):
                if id in known and (plain := folded(str(name))):
                    found[plain].add(str(id))
        return {name: sorted(ids) for name, ids in found.items()}

    @cached_property
    def _named_organizations(self) -> dict[str, list[str]]:
        return self._named(self._organizations)

    @cached_property
    def _named_people(self) -> dict[str, list[str]]:
        return self._named(self._people)

    @cached_property
    def _loose(self) -> dict[str, str]:
        return {folded(id): id for id in sorted(self._declared, reverse=True)}

    @cached_property
    def _near(self) -> Neighbours:
        return Neighbours(id for id, kind in self._parties.items() if nature(kind) == "body")

    @cached_property
    def _stands(self) -> Counter[str]:
        """In how many facts other than those that only call it something an identifier stands."""
        beside = {*_NAMES, "credit_code"}
        fields = [(p, [at for at, f in enumerate(p.fields) if f.kind == "identifier"]) for p in PREDICATES.values()]
        return Counter(
            id
            for p, at in fields
            if p.name not in beside
            for row in self.case.rows(p.name)
            for id in {str(row[i]) for i in at}
        )

    @cached_property
    def _called(self) -> set[str]:
        """Identifiers with a name or a code of their own: they are meant as they stand."""
        return {str(row[0]) for predicate in (*_NAMES, "credit_code") for row in self.case.rows(predicate)}

    # The kinds ------------------------------------------------------------------------------------

    def _same_names(self) -> Iterator[Hint]:
        """Two who bear one name: probably one body, or one person, under two identifiers."""
        places: dict[str, tuple[str, Row]] = {}
        for predicate in reversed(_NAMES):
            places.update({str(row[0]): (predicate, row) for row in self.case.rows(predicate)})
        for ids in {tuple(ids) for named in (self._named_organizations, self._named_people) for ids in named.values()}:
            if len(ids) > 1:
                predicate, row = places[ids[0]]
                yield Hint("same_name", ids, self._place(predicate, row), str(row[1]))

    def _ties(self) -> Iterator[Hint]:
        """Ends of ties written by a name, or by a declared identifier with a slip in it."""
        for predicate, row, at, value, sort in self._ends():
            if value in self._declared:
                continue
            beside = [str(other) for i, other in enumerate(row) if i != at and _is_end(predicate, i)]
            where = self._place(predicate, row)
            for kind, of, named in (
                ("tie_leads_nowhere", "organization", self._named_organizations),
                ("same_name", "person", self._named_people),
            ):
                if of in sort and (meant := [id for id in named.get(folded(value), ()) if id != value]):
                    ids = (*beside, *meant) if kind == "tie_leads_nowhere" else (value, *meant)
                    yield Hint(kind, _sorted(ids), where, value, meant[0])
                    break
            else:
                meant_id = self._loose.get(folded(value), "")
                if not meant_id and "organization" in sort and self._stands[value] == 1 and value not in self._called:
                    meant_id = next(iter(self._near.of(value)), "")
                if meant_id:
                    yield Hint("tie_leads_nowhere", _sorted((*beside, meant_id)), where, value, meant_id)

    def _far_kin(self) -> Iterator[Hint]:
        """A relative of whom the case says nothing else."""
        for row in self.case.rows("kin"):
            for id in map(str, row[:2]):
                if id not in self._declared and self._stands[id] == 1 and folded(id) not in self._named_people:
                    ids = _sorted(map(str, row[:2]))
                    yield Hint("tie_leads_nowhere", ids, self._place("kin", row), id)

    def _future_days(self) -> Iterator[Hint]:
        for predicate in PREDICATES.values():
            if predicate.name in _AHEAD:
                continue
            days = [at for at, field in enumerate(predicate.fields) if field.kind == "day"]
            years = [at for at, field in enumerate(predicate.fields) if field.kind == "year"]
            rows = self.case.rows(predicate.name)
            late = any(max(map(itemgetter(at), rows)) > self.today for at in days if rows)
            late = late or any(max(map(itemgetter(at), rows)) > self.today // 10000 for at in years if rows)
            for row in rows if late or (days and predicate.group in _EVENTS) else ():
                for at in days:
                    if int(row[at]) > self.today:
                        where = self._place(predicate.name, row)
                        yield Hint("future_day", _about(predicate, row), where, day_text(int(row[at])))
                    elif predicate.group in _EVENTS and int(row[at]) < self.case.deadline - _LONG_AGO:
                        where = self._place(predicate.name, row)
                        yield Hint("long_ago", _about(predicate, row), where, day_text(int(row[at])))
                for at in years:
                    if int(row[at]) > self.today // 10000:
                        where = self._place(predicate.name, row)
                        yield Hint("future_day", _about(predicate, row), where, str(row[at]))

    def _documents(self) -> Iterator[Hint]:
        """无, /, 待补 where a document is asked for."""
        if not any(self.case.rows(name) for name, _ in _DOCUMENTS):
            return
        empty = {folded(word) for lang in ("zh", "en") for word in text("hint.placeholders", lang).split()}
        for name, field in _DOCUMENTS:
            for row, value in self._column(name, field):
                if (value and not folded(value)) or folded(value) in empty:
                    yield Hint("placeholder", _about(PREDICATES[name], row), self._place(name, row), value)

    def _industries(self) -> Iterator[Hint]:
        for name, field in _CODES:
            for row, value in self._column(name, field):
                if not is_industry(value):
                    where = self._place(name, row)
                    yield Hint("expertise_unknown", (str(row[0]),), where, value, meant_industry(value))

    def _line_breaks(self) -> Iterator[Hint]:
        for predicate in _NAMES:
            for row, value in self._column(predicate, "text"):
                if len(value.splitlines()) > 1:
                    meant = "".join(value.split())
                    yield Hint("line_break", (str(row[0]),), self._place(predicate, row), value, meant)

    def _closed(self) -> Iterator[Hint]:
        """Supplements are over, and a day until which they are taken: but for one that was past at the first notice."""
        if self.case.rows("evidence_closed"):
            noticed = min((int(row[1]) for row in self.case.rows("notice")), default=0)
            for row in self.case.rows("supplement_by"):
                if not noticed or int(row[0]) >= noticed:
                    yield Hint("closed_and_supplement", (), self._place("supplement_by", row), day_text(int(row[0])))

    def _column(self, predicate: str, field: str) -> Iterator[tuple[Row, str]]:
        if predicate in PREDICATES:
            (at,) = PREDICATES[predicate].at(field)
            yield from ((row, str(row[at])) for row in self.case.rows(predicate))


def _sort(predicate: Predicate, field: Field) -> tuple[str, ...]:
    """What a field's identifier can be, where nobody need declare it; empty for every other field."""
    if field.kind != "identifier" or field.declared_by or field.name == predicate.model.declares:
        return ()
    if (predicate.name, field.name) in _EITHER:
        return ("organization", "person")
    return ("organization",) if field.name == "organization" else ("person",)


def _is_end(predicate: str, at: int) -> bool:
    return PREDICATES[predicate].fields[at].kind == "identifier"


def _about(predicate: Predicate, row: Row) -> tuple[str, ...]:
    """The identifiers of a fact; of a fact about a fact those of that one."""
    if predicate.model.speaks_of:
        import re

        (at,) = predicate.at(predicate.model.speaks_of)
        first = re.match(r'\w+\("((?:[^"\\]|\\.)*)"', str(row[at]))
        return (re.sub(r"\\(.)", r"\1", first[1]),) if first else ()
    return _sorted(str(value) for field, value in zip(predicate.fields, row, strict=True) if field.kind == "identifier")


def _sorted(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))
