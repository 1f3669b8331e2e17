"""What is to be done in a round as of a day: the law's steps with their state, the acts due, each with who acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.answers.eligibility import Decision, decide
from engine.answers.revocation import review
from engine.case import Case
from engine.facts import day_text, own_lists, terms_of
from engine.law import Provision, calendar, cited_json, cites, heads, regulation
from engine.solve import Clock
from engine.words import dumps, speaking

STATES = ("done", "now", "next", "ahead", "unrecorded")
"""`next`: the first step that has not begun; `unrecorded`: a later step has been taken, and this one is not on file."""
ACTORS = ("office", "applicants", "county", "departments", "panel", "committee", "government")
_RUNNING = 99990000
_HOLDERS = {"qualification": "office", "material_review": "panel", "site_review": "panel", "deliberation": "committee"}


@dataclass(frozen=True)
class LawStep:
    """A step that the text prescribes: its days on file (0 for none), planned ones included, and its state."""

    key: str
    provision: Provision | None
    state: str
    first: int = 0
    last: int = 0

    def json(self) -> dict[str, Any]:
        """The step as JSON."""
        return {
            "key": self.key,
            **cited_json(self.provision),
            "state": self.state,
            "first": _text(self.first),
            "last": _text(self.last),
        }


@dataclass(frozen=True)
class Act:
    """Something to be done: who acts, by when (0 where neither text nor file names a day), for whom, what it waits for.

    `left` is the working days from the day asked to the last one; None where no day or no holiday notice is known.
    `finders` are the topics to be found of which the text says who finds them, each with who.
    """

    kind: str
    who: str
    day: int = 0
    provision: Provision | None = None
    ids: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    left: int | None = None
    finders: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def json(self) -> dict[str, Any]:
        """The act as JSON."""
        return {
            "kind": self.kind,
            "who": self.who,
            "day": _text(self.day),
            "working_days": self.left,
            **cited_json(self.provision),
            "ids": list(self.ids),
            "waits": list(self.waits),
            **({"finders": {topic: list(who) for topic, who in self.finders}} if self.finders else {}),
        }


@dataclass(frozen=True)
class Agenda:
    """The steps of a round and what is to be done, as of a day; `open` is who is still open (pending)."""

    as_of: int
    steps: tuple[LawStep, ...]
    acts: tuple[Act, ...]
    open: tuple[str, ...]
    case: Case = field(repr=False, compare=False)

    def json(self) -> str:
        """The agenda as JSON text: the same case and day give the same bytes."""
        return dumps(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """The agenda as JSON."""
        return {
            "as_of": day_text(self.as_of),
            "steps": [step.json() for step in self.steps],
            "acts": [act.json() for act in self.acts],
            "open": list(self.open),
        }


def agenda(case: Case, as_of: int, *, clock: Clock | None = None, decision: Decision | None = None) -> Agenda:
    """What is to be done in a round as of a day (yyyymmdd), by what is on file up to it; later days on file are plans.

    `decision` is that of all its applicants, where it was made already.
    Raises CaseError where the regulation does not govern the case, Stopped when the clock runs out.
    """
    with speaking(case.city):
        return _agenda(case, as_of, clock, decision or decide(case, clock=clock))


def _agenda(case: Case, as_of: int, clock: Clock | None, decision: Decision) -> Agenda:
    diary = _Diary(case, as_of)
    pending = tuple(one.id for one in decision.applicants if one.status == "pending")
    steps = tuple(_steps(diary))
    acts = [*_before_list(diary, decision, pending), *_after_list(diary, decision), *_review(diary, steps)]
    acts += _revocations(diary, clock)
    timed = sorted(acts, key=lambda act: (act.day or _RUNNING, [*_ORDER].index(act.kind)))
    return Agenda(as_of, steps, tuple(timed), pending, case)


_ORDER = (
    "announce", "apply", "supplements", "supplements_over", "findings", "official_acts", "publish_acceptance",
    "acceptance_runs", "tell_reasons", "settle_objection", "consult", "await_departments", "hold_stage",
    "publish_list", "list_runs", "publish_winners", "winners_run", "submit_winners", "revoke",
)  # fmt: skip
"""The kinds of acts, in the order of a round."""


class _Diary:
    """The days of a round on file, told apart by the day asked."""

    def __init__(self, case: Case, as_of: int) -> None:
        self.case, self.as_of = case, as_of
        self.stages = {str(stage): int(day) for stage, day in case.rows("stage_day")}
        rows = sorted((int(first), int(last), str(kind)) for kind, first, last in case.rows("notice"))
        self.notices = {kind: (first, last) for first, last, kind in rows}
        self.announced = min((int(row[0]) for row in case.rows("announced")), default=0)
        self.consulted = min((int(row[0]) for row in case.rows("consulted")), default=0)

    def cites(self, predicate: str, *where: str) -> Provision | None:
        """The provision under which the city's regulation states something."""
        return cites(self.case.city, predicate, *where)

    @property
    def in_time(self) -> Provision | None:
        """The provision that asks for papers in time."""
        found = (one.provision() for one in heads(self.case.city, "requires") if one.arguments[-1] == "in_time")
        return next(found, None)

    def begun(self, list_: str) -> bool:
        """Whether a list is public by the day asked."""
        return list_ in self.notices and self.notices[list_][0] <= self.as_of

    def over(self, list_: str) -> bool:
        """Whether a list's notice has ended before the day asked."""
        return list_ in self.notices and self.notices[list_][1] < self.as_of

    def held(self, stage: str) -> bool:
        """Whether a stage has been held by the day asked."""
        return 0 < self.stages.get(stage, 0) <= self.as_of

    def act(self, kind: str, who: str, day: int = 0, **more: Any) -> Act:
        """An act with the working days that are left for it."""
        return Act(kind, who, day, left=_left(self.as_of, day), **more)


def _steps(diary: _Diary) -> Iterator[LawStep]:
    """The steps of the text in its own order, which the city's rules state."""
    order = ["announcement", "application", *course(diary.case.city)]
    found = [_step(diary, key) for key in order]
    taken = max((at for at, step in enumerate(found) if step.state != "ahead"), default=-1)
    reached = False
    for at, step in enumerate(found):
        if step.state != "ahead":
            yield step
        elif at < taken:
            yield LawStep(step.key, step.provision, "unrecorded", step.first, step.last)
        else:
            yield LawStep(step.key, step.provision, "ahead" if reached else "next", step.first, step.last)
            reached = True
        reached = reached or step.state == "now"


def course(city: str) -> Iterator[str]:
    """Stages, lists and the consultation as the text puts them after each other.

    A list of which it does not say when comes where it usually stands: the accepted ones before the second stage, the
    proposed winners before the last.
    """
    own, stages = regulation(city), in_order(city)
    before = {(str(row[1]), str(row[0])) for row in own.rows("stage_after_notice", 3)}
    after = {(str(row[0]), str(row[1])) for row in own.rows("notice_after_stage", 3)}
    consulted = {str(row[0]) for row in own.rows("consulted_before", 2)}
    lists = terms_of("list")
    placed = {list_ for list_, _ in (*before, *after)}
    usual = {"acceptance": stages[min(1, len(stages) - 1)], "proposed_winners": stages[-1]} if stages else {}
    before |= {(list_, usual[list_]) for list_ in lists if list_ in usual and list_ not in placed}
    for stage in stages:
        told = [list_ for list_ in lists if (list_, stage) in before and list_ != "proposed_winners"]
        yield from told
        yield from ["consultation"] * (stage in consulted)
        yield from ["proposed_winners"] * (("proposed_winners", stage) in before)
        yield stage
        yield from (list_ for list_ in lists if (list_, stage) in after and list_ not in {one for one, _ in before})


def in_order(city: str) -> tuple[str, ...]:
    """The stages of a city's review, by the numbers that its text gives them, else as they are usually held."""
    numbers = {str(stage): int(number) for number, stage in regulation(city).rows("stage_number", 2)}
    stages = terms_of("stage")
    return tuple(sorted(stages, key=lambda one: numbers.get(one, stages.index(one) + 1)))


def _step(diary: _Diary, key: str) -> LawStep:
    """A step by its own days alone."""
    as_of = diary.as_of
    if key == "announcement":
        day = diary.announced
        return LawStep(key, diary.cites("announced_first"), _state(as_of, day, day), day, day)
    if key == "application":
        first, last = diary.announced, diary.case.deadline
        state = "done" if last < as_of else "now" if 0 < first <= as_of else "ahead"
        return LawStep(key, diary.in_time, state, first, last)
    if key in terms_of("list"):
        first, last = diary.notices.get(key, (0, 0))
        state = "ahead" if not diary.begun(key) else "done" if diary.over(key) else "now"
        return LawStep(key, diary.cites("publishes", key), state, first, last)
    if key == "consultation":
        day = diary.consulted
        return LawStep(key, diary.cites("consulted_before"), _state(as_of, day, day), day, day)
    day = diary.stages.get(key, 0)
    return LawStep(key, _of_stage(diary, key), _state(as_of, day, day), day, day)


def _of_stage(diary: _Diary, stage: str) -> Provision | None:
    """The provision that speaks of a stage: after which other one, after which list, or all in their order."""
    asked = (("stage_after_stage", stage), ("stage_after_notice", stage), ("stages_in_order",))
    return next((found for one in asked if (found := diary.cites(*one))), None)


def _state(as_of: int, first: int, last: int) -> str:
    return "done" if first and last <= as_of else "ahead"


def _before_list(diary: _Diary, decision: Decision, pending: Sequence[str]) -> Iterator[Act]:
    """What is due until the list of applications accepted is public."""
    case, as_of = diary.case, diary.as_of
    if not 0 < diary.announced <= as_of and as_of <= case.deadline:
        yield diary.act("announce", "office", diary.announced, provision=diary.cites("announced_first"))
    if as_of <= case.deadline:
        forwarded = diary.cites("applied_in_steps")
        provision = forwarded or diary.in_time
        yield diary.act("apply", "county" if forwarded else "applicants", case.deadline, provision=provision)
    if diary.begun("acceptance"):
        return
    planned = diary.notices.get("acceptance", (0, 0))[0]
    asked, found, official = _open(decision)
    until = next((int(row[0]) for row in case.rows("supplement_by")), 0)
    closed = bool(case.rows("evidence_closed"))
    if asked and not closed:
        if until and until < as_of:
            yield diary.act("supplements_over", "office", ids=asked)
        else:
            yield diary.act("supplements", "applicants", until, ids=asked)
    if found:
        yield diary.act("findings", "office", planned, ids=found, finders=_finders(case.city, decision))
    if official:
        yield diary.act("official_acts", "county", planned, ids=official)
    if as_of > case.deadline:
        provision = diary.cites("publishes", "acceptance")
        yield diary.act("publish_acceptance", "office", planned, provision=provision, waits=tuple(pending))


def _open(decision: Decision) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Who has something open: papers of their own, a person's finding, another authority's act."""
    pending = [one for one in decision.applicants if one.status == "pending"]
    own, found, official = (
        tuple(one.id for one in pending if actor in {one.actor(ground) for ground in one.open})
        for actor in ("own", "finding", "authority")
    )
    return own, found, official


def _finders(city: str, decision: Decision) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The topics that are still to be found of which the text says who finds them, each with who."""
    named: dict[str, list[str]] = {}
    for topic, who in regulation(city).rows("finder", 2):
        named.setdefault(str(topic), []).append(str(who))
    asked = [one.arguments[1:] for one in heads(city, "rests_on_finding")]
    open_ = {(str(ground.provision), ground.key) for one in decision.applicants for ground in one.open}
    waited = {topic for provision, key, topic in asked if (provision, key) in open_}
    return tuple((topic, tuple(who)) for topic, who in named.items() if topic in waited)


def _after_list(diary: _Diary, decision: Decision) -> Iterator[Act]:
    """What the published list asks for: its period, reasons to whoever is not on it, objections."""
    case, as_of = diary.case, diary.as_of
    if not diary.begun("acceptance"):
        return
    if not diary.over("acceptance"):
        last = diary.notices["acceptance"][1]
        provision = diary.cites("publishes", "acceptance")
        yield diary.act("acceptance_runs", "office", last if last < _RUNNING else 0, provision=provision)
    told = {str(id) for kind, id, day in case.rows("sent") if kind == "rejection_letter" and int(day) <= as_of}
    listed = {str(id) for id, list_ in case.rows("listed") if list_ == "acceptance"}
    waiting = [
        one.id
        for one in decision.applicants
        if one.status != "withdrawn"
        and (one.id not in listed if listed else one.status != "eligible")
        and one.id not in told
    ]
    if waiting and not diary.held("approval"):
        yield diary.act("tell_reasons", "office", provision=diary.cites("written_reasons"), ids=tuple(waiting))


def _review(diary: _Diary, steps: Sequence[LawStep]) -> Iterator[Act]:
    """What is due from the list to the government's decision."""
    case, as_of = diary.case, diary.as_of
    if not diary.begun("acceptance"):
        return
    disputed = {
        list_: tuple(sorted(str(id) for id, of, state in case.rows("objection") if (of, state) == (list_, "pending")))
        for list_ in ("acceptance", "proposed_winners")
    }
    for list_, ids in disputed.items():
        if ids and diary.begun(list_):
            provision = diary.cites("free_of_objection", list_)
            yield diary.act("settle_objection", "office", provision=provision, ids=ids)
    silent = tuple(sorted(str(name) for name, sent, replied in case.rows("asked") if int(sent) <= as_of < int(replied)))
    consulting = diary.cites("consulted_before")
    begun = any(diary.held(stage) for stage in in_order(case.city)[1:])
    if not 0 < diary.consulted <= as_of and not begun:
        yield diary.act("consult", "office", diary.consulted, provision=consulting)
    elif silent and not begun:
        yield diary.act("await_departments", "departments", provision=consulting, waits=silent)
    if diary.begun("proposed_winners") and not diary.over("proposed_winners"):
        last = diary.notices["proposed_winners"][1]
        provision = diary.cites("publishes", "proposed_winners")
        yield diary.act("winners_run", "office", last if last < _RUNNING else 0, provision=provision)
    step = next((one for one in steps if one.state in ("now", "next")), None)
    if step is None or not diary.over("acceptance"):
        return
    if step.key in own_lists():
        kind = "list_runs" if diary.begun(step.key) else "publish_list"
        day = diary.notices[step.key][1] if diary.begun(step.key) else step.first
        day = day if day < _RUNNING else 0
        yield diary.act(kind, "office", day, provision=step.provision, ids=(step.key,))
    elif step.key == "proposed_winners" and not diary.begun("proposed_winners"):
        yield diary.act("publish_winners", "office", step.first, provision=step.provision)
    elif step.key == "approval":
        provision = diary.cites("free_of_objection", "proposed_winners") or step.provision
        waits = disputed["proposed_winners"]
        yield diary.act("submit_winners", "office", step.first, provision=provision, waits=waits)
    elif step.key in terms_of("stage"):
        waits = (*disputed["acceptance"], *silent)
        who = _HOLDERS.get(step.key, "office")
        yield diary.act("hold_stage", who, step.first, provision=step.provision, ids=(step.key,), waits=waits)


def _revocations(diary: _Diary, clock: Clock | None) -> Iterator[Act]:
    """Titles that are to be put before the government, by provision."""
    found = review(diary.case, diary.as_of, clock=clock)
    for provision in sorted({one.provision for one in found.revocations}):
        ids = sorted({one.id for one in found.revocations if one.provision == provision})
        yield diary.act("revoke", "office", provision=provision, ids=tuple(ids))


def _left(as_of: int, day: int) -> int | None:
    """The working days after the day asked up to the last one, negative where it has passed; None where unknown."""
    entries = calendar()
    if not day or as_of not in entries or day not in entries:
        return None
    return entries[day].number - entries[as_of].number


def _text(day: int) -> str | None:
    return day_text(day) if 0 < day < _RUNNING else None
