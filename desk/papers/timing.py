"""When each paper is due and what still stands in its way: the stage of the round, what is out of order or missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import clingo

from desk.papers import correspondence, ground, notices
from desk.press import FORMS, NUMBERED, several_series
from engine.answers import Decision
from engine.award import Award
from engine.case import Case
from engine.facts import day as day_words
from engine.facts import fact, sentence
from engine.facts import text as fact_text
from engine.law import cites, statute
from engine.record import Verified
from engine.words import text
from explain.letter import Paper

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
PUBLIC = ("acceptance_notice", "winners_notice", "winners_submission")
"""Lists that are published or put before the government: an objection to somebody on them is settled first."""
TOLD = ("receipt_slip", "supplement_notice", "rejection_letter")
"""Papers to an applicant, about nobody else."""


def stage(case: Case, day: int) -> str:
    """The stage a round is in on a day, by what is on file up to it."""
    held = {str(kind): int(on) for kind, on in case.rows("stage_day")}
    accepted, proposed = ground.filed_notice(case, "acceptance"), ground.filed_notice(case, "proposed_winners")
    begun = {
        "closed": held.get("approval", 0) or _RUNNING,
        "approval": proposed[1] + 1 if proposed else _RUNNING,
        "winners": min(held.get("deliberation", _RUNNING), proposed[0] if proposed else _RUNNING),
        "review": accepted[1] + 1 if accepted else _RUNNING,
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
    if kind in ("acceptance_notice", "winners_notice"):
        filed = ground.filed_notice(case, "acceptance" if kind == "acceptance_notice" else "proposed_winners")
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
        case "consultation_letter":
            if accepted and day < accepted[0]:
                yield "before_list", {"day": day, "first": accepted[0]}
            yield from _too_late(stages, "material_review", day)
        case "panel_list" | "recusal_notice":
            yield from _too_late(stages, "material_review", day)
        case "winners_notice":
            if day < stages.get("deliberation", 0):
                begun = stages["deliberation"]
                yield "before_deliberation", {"day": day, "begun": begun, "stage": _stage_words("deliberation")}
            yield from _publication(case, "proposed_winners", day)
        case "winners_submission":
            if proposed and day <= proposed[1]:
                yield "before_winners_end", {"day": day, "last": proposed[1]}
            if day > stages.get("approval", _RUNNING):
                yield "after_approval", {"day": day, "begun": stages["approval"]}
        case "objection_answer":
            made = [one for one in correspondence.objections(case) if objection_about(one.arguments) == about]
            if made and day < int(made[0].arguments[2]):
                yield "before_objection", {"day": day, "made": int(made[0].arguments[2])}
        case "revocation_proposal":
            for row in of.revocations:
                last = max(int(clingo.parse_term(event).arguments[-1].number) for event in row["events"])
                if row.get("about") == about and day < last:
                    yield "before_event", {"day": day, "event": last}


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
                else:
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
    yield from _noted(of, names, public=paper.kind in PUBLIC)


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
        if not reading or not case.rows("applied_because"):
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
