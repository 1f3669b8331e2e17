"""When each paper is due and what still stands in its way: the stage of the round, what is out of order or missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import clingo

from desk.papers import correspondence, ground, notices, petitions
from desk.press import FORMS, NUMBERED, several_series
from engine.answers import Decision, course, in_order
from engine.award import Award
from engine.case import Case
from engine.facts import day as day_words
from engine.facts import fact, own_lists, sentence, terms_of
from engine.facts import text as fact_text
from engine.law import Provision, cites, regulation, statute
from engine.record import Verified
from engine.words import text
from explain.letter import Paper, applied_because

STAGES: Mapping[str, tuple[str, ...]] = {
    "announcement": ("announcement",),
    "application": ("receipt_slip", "supplement_notice"),
    "examination": ("receipt_slip", "supplement_notice", "acceptance_notice", "rejection_letter"),
    "acceptance": ("acceptance_notice", "rejection_letter", "objection_answer", "consultation_letter", "recusal_notice",
                   "draw_record", "panel_list"),
    "review": ("rejection_letter", "objection_answer", "consultation_letter", "recusal_notice", "draw_record",
               "panel_list"),
    "winners": ("winners_notice", "objection_answer"),
    "approval": ("winners_submission", "objection_answer"),
    "closed": (),
}  # fmt: skip
"""The stages of a round in their order, each with the papers that go out in it."""
ALWAYS = ("revocation_proposal", "round_report")
"""Papers that any stage may call for."""
_RUNNING = 99990000
Reason = tuple[str, dict[str, object]]
"""The code of a reason (`paper.held.<code>`) and what its words are filled with."""
PUBLIC = ("acceptance_notice", "list_notice", "winners_notice", "winners_submission")
"""Lists that are published or put before the government: an objection to somebody on them is settled first."""
TOLD = ("receipt_slip", "supplement_notice", "rejection_letter")
"""Papers to an applicant, about nobody else."""


@dataclass(frozen=True)
class Course:
    """The stages of a text that papers go by: its first, the first that panels work in, the one after which the winners
    are proposed, the last; empty where it has none. `lists` are the two standard lists as far as it has them."""

    first: str
    reviewing: str
    proposing: str
    approving: str
    lists: tuple[str, ...]


def course_of(city: str) -> Course:
    """The stages of a city's text that papers go by."""
    stages = in_order(city)
    lists = tuple(one for one in ("acceptance", "proposed_winners") if one in terms_of("list"))
    if not stages:
        return Course("", "", "", "", lists)
    proposing = notices.stage_before(city, "proposed_winners") or stages[max(0, len(stages) - 2)]
    return Course(stages[0], stages[min(1, len(stages) - 1)], proposing, stages[-1], lists)


def lists(city: str) -> dict[str, str]:
    """The lists of a text's own that it makes public, in their order, each with the stage of a round it belongs to."""
    own, public = own_lists(), {str(row[0]) for row in regulation(city).rows("publishes", 2)}
    order = [*course(city)]
    found = {}
    for list_ in (*(one for one in order if one in own), *(one for one in own if one not in order)):
        at = order.index(list_) if list_ in order else order.index("acceptance") if "acceptance" in order else 0
        if "acceptance" in order and at < order.index("acceptance"):
            found[list_] = "examination"
        else:
            after = "proposed_winners" in order and at > order.index("proposed_winners")
            found[list_] = "approval" if after else "review"
    return {list_: phase for list_, phase in found.items() if list_ in public}


_LASTING = {"examination": ("examination",), "review": ("acceptance", "review"), "approval": ("winners", "approval")}
"""The stages of a round in which the notice of a list goes out, by the one that it belongs to."""


def goes_out(case: Case, kind: str, about: str, stage: str) -> bool:
    """Whether a paper goes out in a stage of a round."""
    if kind == "list_notice":
        return stage in _LASTING[lists(case.city).get(about, "review")]
    return kind in (*STAGES[stage], *ALWAYS)


def stage(case: Case, day: int) -> str:
    """The stage a round is in on a day, by what is on file up to it."""
    held = {str(kind): int(on) for kind, on in case.rows("stage_day")}
    accepted, proposed = ground.filed_notice(case, "acceptance"), ground.filed_notice(case, "proposed_winners")
    known = course_of(case.city)
    proposing, begins = held.get(known.proposing, _RUNNING), proposed[1] + 1 if proposed else _RUNNING
    has_list = "proposed_winners" in known.lists
    begun = {
        "closed": held.get(known.approving, 0) or _RUNNING,
        "approval": begins if has_list else proposing,
        "winners": min(proposing, proposed[0] if proposed else _RUNNING) if has_list else _RUNNING,
        "review": accepted[1] + 1
        if accepted
        else held.get(known.first, _RUNNING)
        if "acceptance" not in known.lists
        else _RUNNING,
        "acceptance": accepted[0] if accepted else _RUNNING,
        "examination": case.deadline + 1,
        "application": min((int(row[0]) for row in case.rows("announced")), default=0),
    }
    return next((name for name, first in begun.items() if day >= first), "announcement")


@dataclass(frozen=True)
class Round:
    """What the papers of a round are judged by: decision, award, the chosen set, its lawfulness, the revocations."""

    decision: Decision
    award: Award | None = None
    chosen: int | None = None
    lawful: bool = True
    revocations: Sequence[Mapping[str, Any]] = ()
    record: Verified | None = field(default=None, hash=False)

    @property
    def case(self) -> Case:
        """The case that was decided."""
        return self.decision.case


def own_day(case: Case, kind: str, about: str) -> int:
    """The day of a paper by what is on file: entered for it, or that of the act it is about; 0 for none."""
    for paper, whom, day in case.rows("document_day"):
        if (paper, whom) == (kind, about):
            return int(day)
    if list_ := notices.list_of(kind, about):
        filed = ground.filed_notice(case, list_)
        return filed[0] if filed else 0
    rows = {
        "announcement": [int(day) for (day,) in case.rows("announced")],
        "receipt_slip": [int(day) for id, day in case.rows("submitted") if id == about],
        "consultation_letter": [int(sent) for name, sent, _ in case.rows("asked") if name == about],
    }
    return min(rows.get(kind, ()), default=0)


def reasons(of: Round, paper: Paper, about: str) -> list[Reason]:
    """Why a paper cannot be final yet: the code of each reason with its parameters; empty where there is none."""
    found = [*_missing(of, paper), *_open_names(of, paper)]
    if paper.day:
        found += _days(of, paper, about)
    return [*found, *_content(of, paper, about)]


def told(found: Iterable[Reason], lang: str) -> list[str]:
    """Reasons in words, each once."""
    return list(dict.fromkeys(_told(code, words, lang) for code, words in found))


def _told(code: str, words: Mapping[str, object], lang: str) -> str:
    told = {
        name: day_words(value, lang) if isinstance(value, int) and value > 19000000 else value
        for name, value in words.items()
    }
    return text(f"paper.held.{code}", lang, **told)


def _missing(of: Round, paper: Paper) -> Iterator[Reason]:
    if not paper.signature:
        yield "office", {}
    if not paper.day:
        yield "day", {}
    if paper.kind in NUMBERED and not paper.number:
        yield ("series" if several_series(of.case, paper.kind) else "number"), {}
    if FORMS.get(paper.kind) == "petition" and not paper.signer:
        yield "signer", {}


def _open_names(of: Round, paper: Paper) -> Iterator[Reason]:
    if any(text("paper.open.name", lang) in one for lang in ("zh", "en") for one in paper.texts()):
        groups = paper.kind in ("panel_list", "recusal_notice")
        named = {str(id) for id, _ in of.case.rows("name")}
        yield "group_name" if groups and any(str(row[0]) not in named for row in of.case.rows("group")) else "name", {}


def _days(of: Round, paper: Paper, about: str) -> Iterator[Reason]:
    """Days out of order, each with the day it is measured by."""
    case, day = of.case, paper.day
    accepted, proposed = ground.filed_notice(case, "acceptance"), ground.filed_notice(case, "proposed_winners")
    stages = {str(kind): int(on) for kind, on in case.rows("stage_day")}
    received = {str(id): int(on) for id, on in case.rows("submitted")}
    known = course_of(case.city)
    match paper.kind:
        case "announcement":
            if received and day > min(received.values()):
                yield "after_submitted", {"day": day, "first": min(received.values())}
        case "supplement_notice":
            if day < received.get(about, 0):
                yield "before_received", {"day": day, "received": received[about]}
            for (until,) in case.rows("supplement_by"):
                if day > int(until):
                    yield "until_passed", {"day": day, "until": int(until)}
                if accepted and int(until) >= accepted[0]:
                    yield "until_after_list", {"until": int(until), "first": accepted[0]}
        case "receipt_slip":
            if day < received.get(about, 0):
                yield "before_received", {"day": day, "received": received[about]}
        case "acceptance_notice":
            if day <= case.deadline:
                yield "before_deadline", {"day": day, "deadline": case.deadline}
            yield from _publication(case, "acceptance", day)
        case "rejection_letter":
            if accepted and day < accepted[0]:
                yield "before_list", {"day": day, "first": accepted[0]}
            yield from _after(day, [int(row[3]) for row in case.rows("finding_by") if row[0] == about])
        case "consultation_letter":
            if accepted and day < accepted[0]:
                yield "before_list", {"day": day, "first": accepted[0]}
            yield from _too_late(stages, known.reviewing, day)
        case "panel_list" | "recusal_notice" | "draw_record":
            if paper.kind != "draw_record":
                yield from _too_late(stages, known.reviewing, day)
            if paper.kind != "recusal_notice":
                yield from _after(day, _drawn_on(of))
        case "list_notice":
            yield from _reviewed(of, notices.stage_before(case.city, about), day)
            yield from _publication(case, about, day)
        case "winners_notice":
            yield from _reviewed(of, known.proposing, day)
            yield from _publication(case, "proposed_winners", day)
        case "winners_submission":
            yield from _reviewed(of, known.proposing, day)
            if proposed and day <= proposed[1]:
                yield "before_winners_end", {"day": day, "last": proposed[1]}
            if day > stages.get(known.approving, _RUNNING):
                yield "after_approval", {"day": day, "begun": stages[known.approving]}
        case "objection_answer":
            made = [one for one in correspondence.objections(case) if objection_about(one.arguments) == about]
            if made and day < int(made[0].arguments[2]):
                yield "before_objection", {"day": day, "made": int(made[0].arguments[2])}
        case "revocation_proposal":
            for row in of.revocations:
                if row.get("about") == about:
                    yield from _after(day, map(petitions.day_of, row["events"]))
        case "round_report":
            accepted_told = any(row[1] == "acceptance" for row in case.rows("listed"))
            yield from _after(day, [accepted[0]] if accepted and accepted_told else [])


def _after(day: int, events: Iterable[int]) -> Iterator[Reason]:
    """No paper is dated before what it tells of."""
    last = max(events, default=0)
    if day < last:
        yield "before_event", {"day": day, "event": last}


def _drawn_on(of: Round) -> list[int]:
    """The days before which no paper tells of a draw: that of its freeze, those of the entries after it."""
    if of.record is None:
        return []
    frozen = of.record.drawn.frozen.roster.case.rows("frozen_on")
    return [*(int(on) for (on,) in frozen), *(entry.later.day for entry in of.record.entries)]


def _reviewed(of: Round, last: str, day: int) -> Iterator[Reason]:
    """Whether the review up to a stage lies before a paper that tells what came of it: list, draw and each stage."""
    case = of.case
    held = {str(kind): int(on) for kind, on in case.rows("stage_day")}
    stages = in_order(case.city)
    before = stages[: stages.index(last) + 1] if last in stages else ()
    latest = max((one for one in before if one in held), key=held.__getitem__, default="")
    if day < held.get(latest, 0):
        yield "before_deliberation", {"day": day, "begun": held[latest], "stage": _stage_words(latest)}
    waiting = {row[0] for row in regulation(case.city).rows("stage_after_notice", 3) if row[1] == "acceptance"}
    accepted = ground.filed_notice(case, "acceptance") if waiting & {*before} else None
    if accepted and day < accepted[0]:
        yield "before_list", {"day": day, "first": accepted[0]}
    elif accepted and day <= accepted[1] < _RUNNING:
        yield "before_list_end", {"day": day, "last": accepted[1]}
    if not before or course_of(case.city).reviewing in before:
        yield from _after(day, _drawn_on(of))


def _too_late(stages: Mapping[str, int], name: str, day: int) -> Iterator[Reason]:
    if day > stages.get(name, _RUNNING):
        yield "review_begun", {"day": day, "stage": _stage_words(name), "begun": stages[name]}


def _stage_words(name: str) -> str:
    return text(f"vocabulary.choices.stage.{name}", "zh")


def _publication(case: Case, list_: str, day: int) -> Iterator[Reason]:
    """A list is dated the day it is published, and its notice runs as long as the text demands."""
    filed = ground.filed_notice(case, list_)
    if filed and day != filed[0]:
        yield "not_publication", {"day": day, "first": filed[0]}
    yield from _length(case, list_, filed[0] if filed else day)


def _length(case: Case, list_: str, first: int) -> Iterator[Reason]:
    """Whether a notice that begins on this day is on file for as long as the text demands."""
    filed = ground.filed_notice(case, list_)
    days = ground.working_days(case.city, list_)
    counted = case.readings.get("notice_first_day") == "included"
    if not days:
        return
    if not ground.countable(first, days, counted):
        yield "period_unknown", {}
    elif filed and filed[1] < ground.last_day(first, days, counted):
        yield "period_short", {"last": filed[1], "days": days}


def objection_about(arguments: Sequence[Any]) -> str:
    """Whom an answer is about, as papers are filed: applicant, list, day and who objected."""
    return " ".join(map(str, arguments))


def _content(of: Round, paper: Paper, about: str) -> Iterator[Reason]:
    """What the case itself leaves open about a paper."""
    case, decision = of.case, of.decision
    names: list[str] = []
    match paper.kind:
        case "supplement_notice":
            names = [about]
            if not case.rows("supplement_by"):
                yield "until", {}
        case "receipt_slip":
            names = [about]
        case "rejection_letter":
            names = [about]
            if not ground.filed_notice(case, "acceptance"):
                yield "list_not_published", {}
        case "acceptance_notice" | "consultation_letter":
            names = notices.listed(decision)
            if not names and any(one.status == "pending" for one in decision.applicants):
                yield "pending", {}
        case "list_notice":
            names = notices.on_list(decision, about)
            if not names:
                yield "nobody_listed", {"list": notices.list_words(about, "zh")}
        case "winners_notice" | "winners_submission" if of.award is not None:
            names = notices.named(of.award, of.chosen or 0)
            if of.chosen is None and of.award.count > 1:
                yield "chosen", {}
            if not of.lawful:
                yield "unlawful", {}
            published = {str(id) for id, list_ in case.rows("listed") if list_ == "proposed_winners"}
            if published and published != set(names):
                known = ground.Names(case, "zh")
                differing = "、".join(known[id] for id in sorted(published ^ set(names)))
                yield "listed_differently", {"names": differing}
            upheld = [str(row[0]) for row in case.rows("objection") if row[1:] == ("proposed_winners", "upheld")]
            if paper.kind == "winners_submission" and upheld and not published:
                known = ground.Names(case, "zh")
                yield "upheld_unlisted", {"names": "、".join(known[id] for id in upheld)}
            if paper.kind == "winners_submission":
                proposed = ground.filed_notice(case, "proposed_winners")
                if proposed:
                    yield from _length(case, "proposed_winners", proposed[0])
                elif ground.publishes(case.city, "proposed_winners"):
                    yield "winners_not_published", {}
                provision = cites(case.city, "free_of_objection", "proposed_winners")
                names_us = provision is None or paper.signature in statute(case.city).text(provision)
                if not names_us and not case.rows("seal"):
                    yield "seal", {}
        case "objection_answer":
            made = [one for one in correspondence.objections(case) if objection_about(one.arguments) == about]
            if made and correspondence.state(case, made[0]) == "pending":
                yield "objection_open", {}
            if made and not correspondence.findings(case, made[0]):
                yield "findings_open", {}
        case "panel_list" | "draw_record":
            if of.record is not None and of.record.drawn.demo:
                yield "demo", {}
            if (
                paper.kind == "panel_list"
                and of.record is not None
                and of.record.entries
                and of.record.entries[-1].hall
            ):
                yield "seats_vacant", {}
        case "revocation_proposal":
            for row in of.revocations:
                if row.get("about") == about:
                    yield from _revocation(case, row)
                    yield from _proposer(case, Provision.parse(row["provision"]), paper.signature)
    yield from _noted(of, names, public=paper.kind in PUBLIC)


def _proposer(case: Case, provision: Provision, signature: str) -> Iterator[Reason]:
    """Whether the office that the text names itself as the one that proposes is the one that signs."""
    own = regulation(case.city)
    named = [str(row[1]) for row in own.rows("proposer", 2) if row[0] == str(provision)]
    words = [text(f"review.office.{one}", "zh") for one in named if one in own.terms("proposer_office")]
    if words and signature and not case.rows("seal") and not any(one in signature for one in words):
        yield "proposer", {"office": text("paper.and", "zh").join(words)}


def _revocation(case: Case, row: Mapping[str, Any]) -> Iterator[Reason]:
    described = {str(fact) for fact, _ in case.rows("described")}
    given = [
        fact_text(one)
        for one in case.about(row["id"])
        if one.predicate == "awarded" and one.arguments[1:3] == (row["prize"], row["round"])
    ]
    for event in (*given, *row["events"]):
        told = sentence(fact(clingo.parse_term(event)), "zh", ground.Names(case, "zh"))
        if not ground.sources(case, event, "zh"):
            yield "source", {"fact": told}
        if event.startswith(("offence(", "accident(")) and event not in described:
            yield "described", {"fact": told}
    if row.get("before_in_force"):
        reading = any(key == "earlier_rounds" for key, _ in case.rows("reading"))
        if not reading or applied_because(case) is None:
            yield "applied", {}


def _noted(of: Round, named: Collection[str], public: bool) -> Iterator[Reason]:
    """Whom a paper may not name before somebody has decided what comes first; an objection binds what is published."""
    known = ground.Names(of.case, "zh")
    for note in of.decision.notes:
        if note.kind == "fraud_not_revoked" and note.id in named:
            yield "note_fraud_not_revoked", {"name": known[note.id]}
    for id, list_, state in of.case.rows("objection"):
        if state == "pending" and public and str(id) in named and ground.publishes(of.case.city, str(list_)):
            yield "note_objection_pending", {"name": known[str(id)]}
