"""The reasons in writing (理由告知书, 理由反馈书) to whoever is not on the acceptance list.

Facts, reasons and provisions, conclusion, periods: every sentence is a claim that names the facts, the provisions and
the key of the words it stands on. Grounds are proved by solving the cited facts again (explain.letter.proof), readings
are named where another choice alone would change what the letter says (explain.letter.bearing); everything else comes
from the applicant's own view (explain.letter.oneview). A letter that cannot be proved is not written; one that lacks
something stays a draft and says what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from engine.answers import Decision, Outcome
from engine.errors import UsageError
from engine.facts import Fact, day, day_text
from engine.law import chinese, cites, party, statute, unencoded
from engine.words import award_of, has, text
from explain.letter import waiting
from explain.letter.argued import Argument, conclusion
from explain.letter.basis import Basis, bases
from explain.letter.bearing import Bearing, Others, applied_because, in_force
from explain.letter.claims import Claim, cited, claim
from explain.letter.ends import ends, told_ends
from explain.letter.oneview import View, view
from explain.letter.paper import Block, Heading, Items, Paper, Text
from explain.letter.proof import Cited, replay_all
from explain.letter.quotes import PERIODS, spoken
from explain.letter.told import numbered, pieces, told

KIND = "rejection_letter"
TURNS_ON = {"revoked_counts": "revoked", "no_objection": "objection"}
"""Records on which alone a reading turns: a letter that names it tells them, or nobody sees why it is named."""
EARLIER = "earlier_rounds"
"""The reading of whether awards older than the text count."""


@dataclass(frozen=True)
class Letter:
    """A letter, its sentences as claims, the proof its grounds rest on, and what keeps it a draft, in words."""

    paper: Paper
    claims: tuple[Claim, ...]
    cited: tuple[Cited, ...]
    readings: tuple[Bearing, ...]
    draft: tuple[str, ...]

    def printed(self, paper: Paper, lang: str = "zh") -> Letter:
        """The letter on this paper, which has its number, day and seal."""
        return replace(self, paper=paper, draft=(*paper.lacks, *_open_places(paper, lang)))

    def as_dict(self) -> dict[str, Any]:
        """The letter for a program (VOCABULARY, section 14)."""
        return {
            "paper": KIND,
            "to": self.paper.applicant,
            "day": day_text(self.paper.day) if self.paper.day else None,
            "draft": list(self.draft),
            "grounds": [
                {"provision": str(c.ground.provision), "key": c.ground.key, "sufficient": c.sufficient}
                for c in self.cited
            ],
            "claims": [one.as_dict() for one in self.claims],
            "readings": [
                {
                    "key": one.key,
                    "choice": one.choice,
                    "grounds": [{"provision": str(g.provision), "key": g.key} for g in one.grounds],
                }
                for one in self.readings
            ],
        }


def letter(
    decision: Decision, applicant: str, today: int = 0, options: frozenset[str] = frozenset(), lang: str = "zh"
) -> Letter:
    """The letter to one applicant; `today` (yyyymmdd, 0 for open) is the day it is signed.

    Raises UsageError for an unknown applicant, one on the list as published or one without a reason to give;
    ReplayError where the proof fails.
    """
    return Letters(decision, [applicant], lang).of(applicant, today, options)


class Letters:
    """The letters of one decision: what they rest on is found, and proved, for all of them at once."""

    def __init__(self, decision: Decision, applicants: Iterable[str], lang: str = "zh") -> None:
        self.decision, self.lang = decision, lang
        self.law = statute(decision.city)
        known = {outcome.id: outcome for outcome in decision.applicants}
        asked = list(applicants)
        for one in asked:
            _refuse(decision, known, one)
        outcomes = [known[one] for one in asked]
        rejected = [o for o in outcomes if o.status == "rejected"]
        waiting_ones = [o for o in outcomes if o.status == "pending"]
        self._bases = dict(zip([o.id for o in rejected], bases(decision, rejected), strict=True))
        proved = replay_all(decision, rejected, self._bases.values())
        self._cited = dict(zip([o.id for o in rejected], proved, strict=True))
        self._open = dict(zip([o.id for o in waiting_ones], bases(decision, waiting_ones, ("open",)), strict=True))
        self._others = Others(decision, self._bases)
        self._written: dict[tuple[str, int, frozenset[str]], Letter] = {}

    def said_in(self, lang: str) -> Letters:
        """The same letters in another language: what they rest on is not found again."""
        other = copy(self)
        other.lang, other._written = lang, {}
        return other

    def of(self, applicant: str, today: int = 0, options: frozenset[str] = frozenset()) -> Letter:
        """One of the letters, written once."""
        asked = applicant, today, options
        if asked not in self._written:
            write = self._waiting if applicant in self._open else self._rejected
            self._written[asked] = write(view(self.decision, applicant), today, options)
        return self._written[asked]

    def _rejected(self, seen: View, today: int, options: frozenset[str]) -> Letter:
        lang, law, id = self.lang, self.law, seen.outcome.id
        you, found = _you(seen, lang), self._bases[id]
        steps = cites(seen.city, "applied_in_steps")
        bearing = self._others.bearing(id)
        beside = _beside(seen, found, bearing)
        facts = told(seen, found, pieces(seen, found, lang), you, lang, forwarded=steps is not None, beside=beside)
        paragraphs = list(Argument(seen, law, facts, you, lang, steps).paragraphs(found))
        until = ends(found, law)
        if bearing:
            paragraphs.append([self._readings(bearing, found)])
        closing = [*conclusion(seen, law, found, award_of(law.city), you, lang), *self._unencoded()]
        periods = told_ends(law, until, facts, lang)
        lacks = [*self._lacks(seen, bearing), *facts.lacks]
        blocks: list[Block] = [
            Heading(text("letter.heading_facts", lang)),
            Items(tuple(numbered(n, lang) + c.text for n, c in enumerate(facts.claims, 1))),
            Heading(text("letter.heading_grounds", lang)),
            Items(_numbered(paragraphs, lang)),
            Heading(text("letter.heading_conclusion", lang)),
            Text("".join(c.text for c in closing)),
        ]
        if periods:
            whole = text("letter.semicolon", lang).join(c.text for c in periods)
            blocks += [Heading(text("letter.heading_ends", lang)), Text(text("letter.ends.whole", lang, parts=whole))]
        claims = [*facts.claims, *(c for row in paragraphs for c in row), *closing, *periods]
        return self._letter(seen, blocks, claims, lacks, bearing, self._cited[id], today, options)

    def _waiting(self, seen: View, today: int, options: frozenset[str]) -> Letter:
        lang, law, found = self.lang, self.law, self._open[seen.outcome.id]
        you = _you(seen, lang)
        listed_on = _published(seen)
        lacking = waiting.missing(seen, law, found, you, lang)
        facts = waiting.told(seen, lacking, listed_on, lang)
        paragraphs = waiting.reasons(law, lacking, you, lang)
        closing = [*waiting.conclusion(seen.outcome.open, you, lang), *self._unencoded()]
        blocks: list[Block] = [
            Heading(text("letter.heading_facts", lang)),
            Text(facts[0].text),
            *([Items(_numbered([[c] for c in facts[1:]], lang))] if facts[1:] else []),
            Heading(text("letter.heading_grounds", lang)),
            Items(_numbered(paragraphs, lang)) if len(paragraphs) > 1 else Text("".join(c.text for c in paragraphs[0])),
            Heading(text("letter.heading_conclusion", lang)),
            Text("".join(c.text for c in closing)),
        ]
        claims = [*facts, *(c for row in paragraphs for c in row), *closing]
        return self._letter(seen, blocks, claims, self._lacks(seen, ()), (), (), today, options)

    def _letter(
        self,
        seen: View,
        blocks: Sequence[Block],
        claims: Sequence[Claim],
        lacks: Sequence[str],
        bearing: Sequence[Bearing],
        cited: tuple[Cited, ...],
        today: int,
        options: frozenset[str],
    ) -> Letter:
        lang, law = self.lang, self.law
        opening = self._opening(seen)
        office = next(iter(seen.rows("office")), None)
        duty = cites(seen.city, "written_reasons")
        paper = Paper(
            kind=KIND,
            title=text(
                f"letter.title_{'duty' if duty else 'told'}", lang, award=award_of(law.city), round=self._round()
            ),
            blocks=(Text("".join(c.text for c in opening)), *blocks),
            number=number(seen),
            addressee=seen.name,
            signature=str(office[0]) if office else "",
            day=today,
            contact=_contact(office, lang),
            applicant=seen.outcome.id,
            options=options,
            lacks=tuple(lacks),
        )
        draft = (*lacks, *_open_places(paper, lang))
        return Letter(paper, (*opening, *claims), cited, tuple(bearing), draft)

    def _unencoded(self) -> list[Claim]:
        """What the regulation decides and this letter says nothing of."""
        left = [one.provision for one in unencoded(self.decision.city, "decide")]
        return [claim("concluded.unencoded", self.lang, (), left, citations=cited(left, self.lang))] if left else []

    def _round(self) -> str:
        number = self.decision.round
        return chinese(number) if self.lang == "zh" else str(number)

    def _opening(self, seen: View) -> list[Claim]:
        lang, law = self.lang, self.law
        words = {"you": _you(seen, lang), "award": award_of(law.city), "round": self._round()}
        submitted = [f for f in seen.facts if f.predicate == "submitted"]
        notices = [f for f in seen.facts if f.predicate == "notice" and f.arguments[0] == "acceptance"]
        received = int(submitted[0].arguments[1]) if submitted else 0
        forwarded = cites(seen.city, "applied_in_steps")
        key = "received_forwarded" if forwarded else "received"
        if not received:
            key = "undated" if seen.rows("material") else "nothing_received"
        examined, duty = cites(seen.city, "publishes", "acceptance"), cites(seen.city, "written_reasons")
        listed_on = _published(seen)
        on = text("letter.published", lang, day=day(listed_on, lang)) if listed_on else ""
        known = examined or duty
        title = {"title": law.title, "number": law.number}
        announced = "told" if not duty else "duty" if duty == examined else "duty_elsewhere"
        examined_by = "examined" if law.number else "examined_unnumbered"
        provisions = [known] if known else []
        citation = known.citation if known else ""
        return [
            claim(key, lang, submitted, (), day=day(received, lang) if received else "", **words),
            claim(
                examined_by,
                lang,
                notices,
                provisions,
                citation=citation,
                published=on,
                **title,
                **words,
            ),
            claim(f"announced_{announced}", lang, (), [duty] if duty else (), citation=duty.citation if duty else ""),
        ]

    def _readings(self, bearing: Sequence[Bearing], bases: Sequence[Basis]) -> Claim:
        lang = self.lang
        words = []
        for one in bearing:
            key = f"letter.reading.{one.key}.{one.choice}"
            standings = {s.predicate for b in bases if b.ground in one.grounds for s in b.standings}
            if "recent_state" in standings and has(f"{key}_state", lang):
                key += "_state"
            if has(key, lang):
                named = [g.provision for g in one.grounds]
                unnamed = text("letter.period_unnamed", lang)
                periods = {k: spoken(self.law, named, k, lang) or unnamed for k in PERIODS}
                told_ = text(key, lang, citation=cited(named, lang), **periods, **self._force(one.key))
                words.append(told_ + self._because(one.key))
            else:
                label, choice = (text(f"reading.{one.key}.{end}", lang) for end in ("label", one.choice))
                words.append(text("letter.reading.plain", lang, label=label, choice=choice))
        provisions = [g.provision for one in bearing for g in one.grounds]
        given = applied_because(self.decision.case) if any(one.key == EARLIER for one in bearing) else None
        stands = [given] if given else []
        return claim("reading.intro", lang, stands, provisions, readings=text("letter.semicolon", lang).join(words))

    def _force(self, key: str) -> dict[str, str]:
        """From when the text is in force, and under which provision, for the reading that turns on it."""
        if key != EARLIER:
            return {}
        since, provision = in_force(self.decision.case)
        return {"since": day(since, self.lang), "force": provision.citation}

    def _because(self, key: str) -> str:
        """Why the text is applied to what is older than it, as the legal staff gave it."""
        given = applied_because(self.decision.case) if key == EARLIER else None
        return text("letter.because", self.lang, reason=str(given.arguments[1]).rstrip("。.")) if given else ""

    def _lacks(self, seen: View, bearing: Sequence[Bearing]) -> list[str]:
        lang = self.lang
        found = [] if _published(seen) else [text("letter.lacks.published", lang)]
        if any(note.kind == "fraud_not_revoked" for note in seen.notes):
            found.append(text("letter.lacks.fraud", lang))
        if any(one.key == EARLIER for one in bearing):
            chosen = {row[0] for row in self.decision.case.rows("reading")} | set(self.decision.case.readings)
            if EARLIER not in chosen or applied_because(self.decision.case) is None:
                found.append(text("letter.lacks.in_force", lang))
        return found


def _refuse(decision: Decision, known: dict[str, Outcome], applicant: str) -> None:
    if applicant not in known:
        raise UsageError("unknown_applicant", {"found": applicant})
    listed = {str(row[0]) for row in decision.case.rows("listed") if row[1] == "acceptance"}
    if applicant in listed:
        raise UsageError("letter_listed", {"found": applicant})
    status = known[applicant].status
    published = any(row[0] == "acceptance" for row in decision.case.rows("notice"))
    if status not in (("rejected", "pending") if published else ("rejected",)):
        raise UsageError(f"no_letter_{status}", {"found": applicant})


def addressees(decision: Decision) -> list[str]:
    """Who gets the reasons: once the list is published everybody not on it, before that, as drafts, who is rejected."""
    listed = {str(row[0]) for row in decision.case.rows("listed") if row[1] == "acceptance"}
    published = any(row[0] == "acceptance" for row in decision.case.rows("notice"))
    told_to = ("rejected", "pending") if published else ("rejected",)
    return [o.id for o in decision.applicants if o.status in told_to and o.id not in listed]


def number(seen: View) -> str:
    """The letter's number on file (文号); empty where none is given yet."""
    return next(
        (str(n) for paper, about, n in seen.rows("document_number") if (paper, about) == (KIND, seen.outcome.id)), ""
    )


def _contact(office: tuple[str | int, ...] | None, lang: str) -> tuple[str, ...]:
    if office is None:
        return ()
    _, person, telephone = office
    return (
        *((text("paper.common.contact", lang, person=person),) if person else ()),
        *((text("paper.common.telephone", lang, telephone=telephone),) if telephone else ()),
    )


def _open_places(paper: Paper, lang: str) -> list[str]:
    places = (("number", paper.number), ("day", paper.day), ("office", paper.signature))
    return [text(f"letter.lacks.{key}", lang) for key, there in places if not there]


def _you(seen: View, lang: str) -> str:
    kind = next((str(row[1]) for row in seen.rows("applicant")), "organization")
    return text(f"letter.you.{party(kind)}", lang)


def _published(seen: View) -> int:
    """The day on which the acceptance list was published; 0 where it is not."""
    return next((int(first) for list_, first, _ in seen.rows("notice") if list_ == "acceptance"), 0)


def _beside(seen: View, found: Sequence[Basis], bearing: Sequence[Bearing]) -> list[Fact]:
    """The records that the readings named turn on: of the awards that are told, of the notice a ground is about."""
    awards = {f.arguments[1:3] for b in found for f in b.facts if f.predicate == "awarded"}
    lists = {b.ground.key.removesuffix("_notice") for b in found}
    beside = list[Fact]()
    for one in bearing:
        beside += [
            fact
            for fact in seen.facts
            if fact.predicate == TURNS_ON.get(one.key)
            and (fact.arguments[1:3] in awards if fact.predicate == "revoked" else fact.arguments[1] in lists)
        ]
    return beside


def _numbered(paragraphs: Sequence[Sequence[Claim]], lang: str) -> tuple[str, ...]:
    return tuple(numbered(n, lang) + "".join(c.text for c in row) for n, row in enumerate(paragraphs, 1))
