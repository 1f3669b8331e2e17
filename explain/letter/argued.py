"""Reasons and provisions: article by article the law's own words once, then how the facts stand to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from engine.facts import Fact, day
from engine.facts import words as fact_words
from engine.law import Provision, Statute, chinese
from engine.words import has, text
from explain.letter import quotes
from explain.letter.basis import FRAME, Basis, Standing
from explain.letter.claims import Claim, cited, claim, item, listed
from explain.letter.ends import length, period, year_of
from explain.letter.oneview import View
from explain.letter.told import Told


@dataclass(frozen=True)
class Argument:
    """What the grounds of one letter are argued from."""

    seen: View
    law: Statute
    told: Told
    you: str
    lang: str
    others: Provision | None = None
    """The provision by which others than the applicant act on its application, where the text has one."""

    def paragraphs(self, bases: Iterable[Basis]) -> Iterator[list[Claim]]:
        """One paragraph an article, in the order of the text."""
        ordered = sorted(bases, key=self._order)
        for (article, paragraph), rows in groupby(ordered, key=lambda b: b.ground.provision[:2]):
            same = _merged(list(rows))
            head = Provision(article, paragraph)
            provisions = [b.ground.provision for b in same]
            words = quotes.quoted(self.law, [(b.ground.provision, self._context(b)) for b in same])
            applied = [one for basis in same for one in self._applied(basis)]
            yield [
                claim("quote", self.lang, (), provisions, article=head.citation, words=words),
                *{one.text: one for one in (*applied, *self._overdue(same), *self._others(same))}.values(),
            ]

    def _order(self, basis: Basis) -> tuple[Provision, int, str]:
        """The order of the text, within a provision too."""
        places = [one.place for one in self._resting(basis)]
        return basis.ground.provision, min(places, default=0), basis.ground.key

    def _context(self, basis: Basis) -> tuple[quotes.Words, ...]:
        """All that the provision says of what is asked, every limb."""
        return quotes.resting(self.law, basis.ground.provision, basis.ground.key)

    def _resting(self, basis: Basis) -> tuple[quotes.Words, ...]:
        """The words of the limb that is not met; of a paper that is not there those that ask for it."""
        found = quotes.resting(self.law, basis.ground.provision, basis.ground.key, basis.limbs, not basis.overdue)
        return found[:1] if basis.overdue else found

    def _applied(self, basis: Basis) -> Iterator[Claim]:
        if basis.kind == "barred":
            yield from self._barred(basis)
        elif not basis.overdue:
            yield self._failed(basis)

    def _overdue(self, bases: Sequence[Basis]) -> Iterator[Claim]:
        """What follows from papers that did not come: said once, for all conditions of an article."""
        late = [b for b in bases if b.overdue and not b.duty]
        for key, rows in (
            ("overdue_condition", [b for b in late if self._is_condition(b)]),
            ("overdue", [b for b in late if not self._is_condition(b)]),
        ):
            if rows:
                words = [self._item(p) + self._words_of(same) for p, same in _by_provision(rows)]
                yield self._joint(rows, key, parts=text("letter.and", self.lang).join(words))
        if duty := [b for b in bases if b.duty]:
            yield self._joint(duty, "duty")

    def _words_of(self, bases: Sequence[Basis]) -> str:
        """The words that conditions of one provision rest on, side by side."""
        provision = bases[0].ground.provision
        found = dict.fromkeys(w for b in bases if (w := quotes.condition(self._resting(b))))
        if not found:
            return ""
        listed = "".join(text("letter.quotation", self.lang, words=one) for one in found)
        return text("letter.words_in" if provision.item else "letter.words", self.lang, words=listed)

    def _joint(self, bases: Sequence[Basis], key: str, **words: object) -> Claim:
        own = FRAME - {"evidence_closed"}
        facts = [f for b in bases for f in (*b.facts, *(f for f in b.rests if f.predicate not in own))]
        provisions = [b.ground.provision for b in bases]
        return claim(key, self.lang, facts, provisions, you=self.you, number=self._missing(), **words)

    def _others(self, bases: Sequence[Basis]) -> Iterator[Claim]:
        """Whose act it was, where it was not the applicant's."""
        for basis in bases:
            key = f"act.{basis.ground.key}"
            if basis.ground.provision == self.others and has(f"letter.{key}", self.lang):
                yield claim(key, self.lang, (), [basis.ground.provision], you=self.you)

    def _of(self, basis: Basis, key: str, **words: object) -> Claim:
        provision = basis.ground.provision
        item, quote = self._item(provision), self._words_of([basis])
        return claim(key, self.lang, basis.facts, [provision], you=self.you, item=item, words=quote, **words)

    def _missing(self) -> str:
        return text("letter.number", self.lang, number=self._count(self.told.missing))

    def _count(self, number: int) -> str:
        return chinese(number) if self.lang == "zh" else str(number)

    def _item(self, provision: Provision) -> str:
        return text("letter.this_item" if provision.item else "letter.this_article", self.lang, item=item(provision))

    def _is_condition(self, basis: Basis) -> bool:
        return quotes.is_condition(self.law, basis.ground.provision)

    def _failed(self, basis: Basis) -> Claim:
        refs = self.told.refer(basis.facts, self.lang)
        causes = (basis.causes or {}).get(self.lang, ())
        lead = text("letter.by", self.lang, facts=refs) if refs else ""
        why = "".join(text("letter.cause", self.lang, cause=self._addressed(one)) for one in causes)
        for standing in basis.standings:
            key, values = self._standing(standing)
            if has(f"letter.happened.{key}", self.lang):
                lead = text(f"letter.happened.{key}", self.lang, facts=refs, **values)
        key = "failed_condition" if self._is_condition(basis) else "failed"
        return self._of(basis, key, by=lead, causes=why)

    def _addressed(self, words: str) -> str:
        """A sentence about the applicant as one to it."""
        if self.lang == "zh":
            return re.sub("^其", self.you, words)
        return words.replace(self.seen.name, self.you)

    def _barred(self, basis: Basis) -> Iterator[Claim]:
        provision = basis.ground.provision
        left = list(basis.facts)
        groups: dict[tuple[str, str], list[Standing]] = {}
        for standing in sorted(basis.standings, key=lambda one: self.told.first(one.facts)):
            words = self._standing(standing, "closed_prize" in basis.limbs)
            groups.setdefault((words[0], str(sorted(words[1].items()))), []).append(standing)
        for (key, _), same in groups.items():
            facts = [fact for standing in same for fact in standing.facts]
            left = [fact for fact in left if fact not in facts]
            _, values = self._standing(same[0], "closed_prize" in basis.limbs)
            refs = self.told.refer(facts, self.lang)
            yield claim(
                f"stands.{key}", self.lang, facts, [provision], facts_=refs, item=self._item(provision), you=self.you,
                **values,
            )  # fmt: skip
        events = [
            fact for fact in left if not groups or fact.predicate in {f.predicate for f in basis.facts if f in left}
        ]
        if not groups and events:
            refs = self.told.refer(events, self.lang)
            key, values = self._in_years(provision, events)
            yield claim(key, self.lang, events, [provision], facts_=refs, item=self._item(provision), **values)

    def _in_years(self, provision: Provision, facts: Sequence[Fact]) -> tuple[str, dict[str, object]]:
        """That yearly figures lie in the years before the one of the deadline that the provision's period counts."""
        dated = [fact for fact in facts if year_of(fact)]
        number = length(period(self.law, provision))
        if not dated or not number:
            return "stands.plain", {}
        this = self.seen.deadline // 10000
        years = [text("letter.year", self.lang, year=year) for year in range(this - number, this)]
        refs = self.told.refer(dated, self.lang)
        return "stands.year", {"dated": refs, "number": number, "years": listed(years, self.lang)}

    def _standing(self, standing: Standing, apart: bool = False) -> tuple[str, dict[str, object]]:
        """The key of a standing's words and their values; `apart`: prize by prize."""
        last = standing.number("T") or self.seen.deadline
        label = "letter.deadline" if last == self.seen.deadline else "letter.own_day"
        values: dict[str, object] = {"label": text(label, self.lang), "last": day(last, self.lang)}
        key = standing.predicate
        end = standing.number("End")
        match key:
            case "recent" | "recent_state":
                values["years"] = standing.number("N")
                if not end:
                    key += "_by_year"
                    values["first"] = self.seen.deadline // 10000 - standing.number("N")
            case "banned":
                values["end"] = day(end, self.lang)
            case "award_not_full" | "award_within":
                values |= {"end": day(end, self.lang), "years": standing.number("N")}
            case "years_since":
                won, between = standing.number("Day") // 10000, standing.number("K")
                values |= {"won": won, "this": won + between, "between": between, "end": day(end, self.lang)}
            case "recent_award":
                first, final = standing.number("Round") + 1, standing.number("Last")
                key += "_once" if first == final else ""
                values |= {
                    "prize": fact_words(standing.facts[0], self.lang)["prize"]
                    if apart
                    else text("letter.that_prize", self.lang),
                    "first": self._count(first),
                    "final": self._count(final),
                    "round": self._count(self.seen.round),
                }
        return key, values


def conclusion(seen: View, law: Statute, bases: Sequence[Basis], award: str, you: str, lang: str) -> list[Claim]:
    """What follows, and whether each ground leads to it by itself."""
    barred = [b.ground.provision for b in bases if b.kind == "barred"]
    conditions = [
        b.ground.provision for b in bases if b.kind == "failed" and quotes.is_condition(law, b.ground.provision)
    ]
    rules = [
        b.ground.provision for b in bases if b.kind == "failed" and not quotes.is_condition(law, b.ground.provision)
    ]
    parts = list[str]()
    for key, provisions in (("conditions", conditions), ("rules", rules), ("barred", barred)):
        if provisions:
            alone = "and" if parts else "alone"
            parts.append(text(f"letter.concluded.{key}_{alone}", lang, you=you, citations=cited(provisions, lang),
                              award=award, round=chinese(seen.round) if lang == "zh" else seen.round))  # fmt: skip
    every = (*conditions, *rules, *barred)
    *first, last = parts
    told = text("letter.concluded.joined", lang).join([text("letter.comma", lang).join(first)] * bool(first) + [last])
    found = [claim("concluded.whole", lang, [f for b in bases for f in b.facts], every, you=you, parts=told)]
    if len(bases) > 1 and not any(b.duty for b in bases):
        found.append(claim("concluded.each", lang, (), every))
    return found


def _by_provision(bases: Sequence[Basis]) -> Iterator[tuple[Provision, list[Basis]]]:
    for provision, same in groupby(bases, key=lambda b: b.ground.provision):
        yield provision, list(same)


def _merged(bases: Sequence[Basis]) -> list[Basis]:
    """Bars of one provision together: its words apply to all their facts."""
    found: dict[object, Basis] = {}
    for number, basis in enumerate(bases):
        place = (basis.ground.provision, "") if basis.kind == "barred" else (basis.ground.provision, number)
        first = found.get(place)
        if first is None:
            found[place] = basis
        else:
            facts = tuple(dict.fromkeys((*first.facts, *basis.facts)))
            found[place] = replace(first, facts=facts, standings=(*first.standings, *basis.standings))
    return list(found.values())
