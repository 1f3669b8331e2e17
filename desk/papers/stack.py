"""All papers that a case gives cause for, in the order in which they go out: number, day and what each lacks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from typing import Any

from desk.papers import correspondence, drawn, ground, notices, panels, petitions, recusal, supplement, timing
from desk.papers import director as report
from desk.press import numbers
from engine.answers import Afar, Decision, Files, decide, review
from engine.award import Award, award, award_of, check
from engine.case import Case
from engine.errors import UsageError
from engine.facts import terms_of
from engine.panels import conflicts
from engine.record import Verified
from engine.solve import run
from explain.letter import KIND, Letters, Paper, addressees, view

KINDS = (
    "announcement",
    "receipt_slip",
    "supplement_notice",
    "acceptance_notice",
    "rejection_letter",
    "objection_answer",
    "consultation_letter",
    "recusal_notice",
    "draw_record",
    "panel_list",
    "list_notice",
    "winners_notice",
    "winners_submission",
    "revocation_proposal",
    "round_report",
)
"""What is written here; the record of a draw only where it is asked for: the draw writes one itself."""
DRAW_RECORD = frozenset({"draw_record"})
"""The option that asks for it."""
SHARE = 100
"""Papers that a worker elsewhere words together: what letters among them rest on is found, and proved, in one solve."""


@dataclass(frozen=True)
class Prepared:
    """A paper with whom it is about ("" for the round) and why it is not final yet, in words.

    `reasons` are those of them that have a code (`timing.told` words them); what the paper's own making found has words
    only, `paper.lacks`.
    """

    about: str
    paper: Paper
    held: tuple[str, ...] = ()
    reasons: tuple[timing.Reason, ...] = ()


def bundle(
    decision: Decision,
    *,
    only: Collection[str] = (),
    to: Collection[str] = (),
    day: int = 0,
    as_of: int = 0,
    today: int | None = None,
    chosen: int | None = None,
    winners: Mapping[str, Sequence[str]] | None = None,
    record: Verified | None = None,
    violations: Sequence[Mapping[str, Any]] = (),
    options: frozenset[str] = frozenset(),
    final: bool = False,
    lang: str = "zh",
    letters: Letters | None = None,
    afar: Afar | None = None,
) -> list[Prepared]:
    """The papers due, numbered over all that the case gives cause for.

    `only` names kinds, `to` identifiers; with `today` (yyyymmdd) only the papers of the stage that day falls in. `day`
    is the day of signature of those that have no day of their own, where they are of its stage or asked for; `as_of`
    that of the review (default: the deadline); `chosen` the award set proposed, by its number, or
    `winners` by prize, as the committee chose it, among the fullest or not; `record` that of a draw; `lang` that of
    what is said about a paper; `letters` those to all of `to`, where they are found already; `afar` names workers that
    find the case in files, and these: they word the papers to one applicant each. With `final` a paper that lacks
    nothing bears no draft mark.
    """
    of = _round(decision, as_of, chosen, winners, record)
    called_for = list(_due(of, violations, options | (DRAW_RECORD & set(only)), letters, afar))
    now = timing.stage(of.case, today) if today else ""

    def wanted(kind: str, about: str) -> bool:
        return kind in only if only else today is None or timing.goes_out(of.case, kind, about, now)

    given = _given(of.case, [(kind, about) for kind, about, _ in called_for], day, only)
    asked = [
        (kind, about, make)
        for kind, about, make in called_for
        if wanted(kind, about) and not (to and not set(to) & {about, about.partition(" ")[0]})
    ]
    worded = _elsewhere(afar, [(kind, id, given[kind, id][0]) for kind, id, _ in asked], options) if afar else {}
    prepared = []
    for kind, about, make in asked:
        signed, number = given[kind, about]
        paper = entered(of.case, worded.get((kind, about)) or make(signed), number)
        reasons = tuple(timing.reasons(of, paper, about))
        held = tuple(dict.fromkeys((*timing.told(reasons, lang), *paper.lacks)))
        prepared.append(Prepared(about, replace(paper, draft=not final or bool(held)), held, reasons))
    return prepared


def numbered(decision: Decision, kind: str, day: int = 0) -> dict[str, tuple[int, str]]:
    """The day and the number of each paper of a kind, by whom it is about, as `bundle` gives them; none is written."""
    due_ = [(one, about) for one, about, _ in _due(_round(decision, day, None, None, None), (), frozenset())]
    return {about: given for (one, about), given in _given(decision.case, due_, day, (kind,)).items() if one == kind}


def entered(case: Case, paper: Paper, number: str) -> Paper:
    """A paper with its number, where it has one, and the seal that it bears beside the signature."""
    return replace(paper, number=number or paper.number, seal=_seal(case, paper))


def _given(
    case: Case, called_for: Sequence[tuple[str, str]], day: int, only: Collection[str]
) -> dict[tuple[str, str], tuple[int, str]]:
    """Of each paper due, by kind and whom it is about, its day (0 for none) and its number ("" for none)."""
    at = timing.stage(case, day) if day else ""

    def signed(kind: str, about: str) -> int:
        due_now = bool(day) and (kind in only or timing.goes_out(case, kind, about, at))
        return timing.own_day(case, kind, about) or (day if due_now else 0)

    days = {one: signed(*one) for one in called_for}
    given = numbers(case, called_for, days)
    return {one: (days[one], given.get(one, "")) for one in called_for}


def due(
    decision: Decision,
    *,
    as_of: int = 0,
    winners: Mapping[str, Sequence[str]] | None = None,
    record: Verified | None = None,
    options: frozenset[str] = frozenset(),
) -> list[tuple[str, str]]:
    """Kind and about of every paper that the case gives cause for, in the order of `bundle`; none is written."""
    return [(kind, about) for kind, about, _ in _due(_round(decision, as_of, None, winners, record), (), options)]


def _round(
    decision: Decision, as_of: int, chosen: int | None, winners: Mapping[str, Sequence[str]] | None,
    record: Verified | None,
) -> timing.Round:  # fmt: skip
    found = review(decision.case, as_of or decision.deadline).as_dict()["revocations"]
    rows = [{**row, "about": petitions.about(row, found)} for row in found]
    lawful = winners is None or not decision.case.rows("score") or check(decision.case, winners).lawful
    return timing.Round(decision, proposed(decision.case, chosen, winners), chosen, lawful, rows, record)


def _seal(case: Case, paper: Paper) -> str:
    seal = next((str(row[0]) for row in case.rows("seal")), "")
    return "" if seal == paper.signature else seal


def _signer(case: Case, kind: str, about: str) -> str:
    rows = {(str(paper), str(whom)): str(name) for paper, whom, name in case.rows("signer")}
    return rows.get((kind, about), rows.get((kind, ""), ""))


Due = tuple[str, str, Callable[[int], Paper]]
"""Kind, whom it is about, and how it is written for a day: its number does not depend on its words."""


def _due(
    of: timing.Round,
    violations: Sequence[Mapping[str, Any]],
    options: frozenset[str],
    found: Letters | None = None,
    afar: Afar | None = None,
) -> Iterator[Due]:
    case, decision = of.case, of.decision
    yield "announcement", "", partial(notices.announcement, case)
    staying = [outcome for outcome in decision.applicants if outcome.status != "withdrawn"]
    submitted = {str(id) for id, _ in case.rows("submitted")}
    for outcome in staying:
        if outcome.id in submitted:
            yield "receipt_slip", outcome.id, partial(_receipt, decision, outcome.id)
    for outcome in staying:
        if outcome.status == "pending" and supplement.asked(view(decision, outcome.id)):
            yield "supplement_notice", outcome.id, partial(supplement.notice, decision, outcome.id)
    lists = timing.lists(case.city)
    yield from _lists(decision, [one for one, phase in lists.items() if phase == "examination"])
    if "acceptance" in terms_of("list"):
        yield "acceptance_notice", "", partial(notices.acceptance, decision)
    letters = _Letters(decision, addressees(decision), options, found)
    for id in letters.applicants:
        yield KIND, id, partial(letters.paper, id)
    for made in correspondence.objections(case):
        about = timing.objection_about(made.arguments)
        yield "objection_answer", about, partial(correspondence.answer, case, made)
    if notices.listed(decision):
        for department in correspondence.departments(case):
            yield "consultation_letter", department, partial(correspondence.consultation, decision, department)
    if case.rows("reviewer"):
        ties = conflicts(case, afar=afar)
        for reviewer in recusal.reviewers(ties):
            yield "recusal_notice", reviewer, partial(recusal.notice, case, ties, reviewer)
    if of.record is not None and options & DRAW_RECORD:
        yield "draw_record", "", partial(_drawn, case, of.record)
    if of.record is not None:
        yield "panel_list", "", partial(panels.listing, case, of.record)
    yield from _lists(decision, [one for one, phase in lists.items() if phase == "review"])
    if of.award is not None:
        if "proposed_winners" in terms_of("list"):
            yield "winners_notice", "", partial(notices.winners, of.award, chosen=of.chosen)
        yield from _lists(decision, [one for one, phase in lists.items() if phase == "approval"])
        if notices.named(of.award, of.chosen or 0):
            signer = _signer(case, "winners_submission", "")
            yield "winners_submission", "", partial(petitions.submission, of.award, of.chosen, signer=signer)
    for row in of.revocations:
        signer = _signer(case, "revocation_proposal", row["about"])
        yield "revocation_proposal", row["about"], partial(petitions.revocation, case, row, signer=signer)
    yield "round_report", "", partial(report.report, decision, of.award, violations, of.revocations)


_OWN = frozenset({"receipt_slip", "supplement_notice", KIND})
"""The kinds of papers to one applicant each, which rest on nobody else's outcome."""
Asked = tuple[str, str, int]
"""A paper to be worded elsewhere: its kind, to whom, its day (0 for none)."""


def _elsewhere(afar: Afar, asked: Sequence[Asked], options: frozenset[str]) -> dict[tuple[str, str], Paper]:
    """The papers to one applicant each, by kind and applicant, as workers elsewhere word them."""
    workers, files = afar
    own = [one for one in asked if one[0] in _OWN]
    given = [own[at : at + SHARE] for at in range(0, len(own), SHARE)]
    return dict(chain.from_iterable(run(partial(_worded, files, options), given, workers)))


def _worded(files: Files, options: frozenset[str], asked: Sequence[Asked]) -> list[tuple[tuple[str, str], Paper]]:
    """Some of them, wherever this is asked."""
    decision = decide(files.case, only=[id for _, id, _ in asked], processes=1)
    letters = _Letters(decision, [id for kind, id, _ in asked if kind == KIND], options, None)
    ways: dict[str, Callable[[str, int], Paper]] = {
        "receipt_slip": partial(_receipt, decision),
        "supplement_notice": partial(supplement.notice, decision),
        KIND: letters.paper,
    }
    return [((kind, id), ways[kind](id, day)) for kind, id, day in asked]


def _lists(decision: Decision, lists: Sequence[str]) -> Iterator[Due]:
    """The notices of lists of the text's own."""
    for list_ in lists:
        yield "list_notice", list_, partial(notices.notice, decision, list_)


class _Letters:
    """The letters of a round, found and proved together when the first of them is asked for."""

    def __init__(
        self, decision: Decision, applicants: list[str], options: frozenset[str], found: Letters | None
    ) -> None:
        self.decision, self.applicants, self.options, self._found = decision, applicants, options, found

    @cached_property
    def _all(self) -> Letters:
        return self._found or Letters(self.decision, self.applicants)

    def paper(self, applicant: str, day: int) -> Paper:
        """The letter to one of them."""
        return self._all.of(applicant, day, self.options).paper


def _drawn(case: Case, record: Verified, day: int) -> Paper:
    """The record of a draw, signed by the office of today: the frozen case may have known none."""
    signature, contact = ground.signed(case, "zh")
    return replace(drawn.record(record.drawn, record.entries, day), signature=signature, contact=contact)


def _receipt(decision: Decision, applicant: str, day: int) -> Paper:
    return correspondence.receipt(view(decision, applicant), day)


def proposed(case: Case, chosen: int | None = None, winners: Mapping[str, Sequence[str]] | None = None) -> Award | None:
    """The award sets, or the one whose winners were chosen; None where nobody has a score."""
    if not case.rows("score"):
        return None
    if winners is not None:
        return award_of(case, winners)
    found = award(case)
    if not 0 <= (chosen or 0) < len(found.sets):
        raise UsageError("no_such_set", {"found": (chosen or 0) + 1, "number": len(found.sets)})
    return found
