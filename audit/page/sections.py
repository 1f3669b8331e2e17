"""A provision as the audit page shows it: its words, its points, the rules elsewhere that ask for it, its cases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from audit.checks import Coverage, Row, standing
from audit.encoding import DECIDE, QUESTIONS, Attestation, Example, Trace, asking, seal
from audit.opinions import Opinion
from audit.page.points import Clause, clauses
from audit.tables import (
    Turn,
    Verdict,
    case_dossier,
    case_outcome,
    difference_words,
    expected,
    key_of,
    question_of,
    round_outcome,
    round_words,
    sentence,
)
from audit.words import Plain, plain_words
from engine.facts import day
from engine.law import Provision, Span, rule_file
from engine.words import text
from explain.say import constant

CLASSES = ("D", "C", "F", "N", "X")


@dataclass(frozen=True)
class Shown:
    """A case as the page shows it: what comes out now, its sentence, what its table or signature says instead,
    and every word said of it (state, name with role, day, remark), the latest first; what a lawyer is asked of it, and
    what the rules answer, where a slip asked for it and nobody has answered; its question where that is not who may
    apply, and all that comes out of it then.
    """

    id: str
    outcome: str
    label: str
    words: str
    state: str = ""
    by: str = ""
    on: str = ""
    remark: str = ""
    before: str = ""
    now: str = ""
    earlier: tuple[tuple[str, str, str, str], ...] = ()
    asks: tuple[str, str] | None = None
    question: str = ""
    comes: str = ""

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"case-{self.question}-{self.id}" if self.question else f"case-{self.id}"

    @property
    def marks(self) -> tuple[str, ...]:
        """What the filters find it by."""
        found = [self.state or "open", *(["differs"] if self.before else []), *(["asked"] if self.asks else [])]
        return tuple(found)


@dataclass(frozen=True)
class Applied:
    """The rules elsewhere that ask for what a provision defines: how many in which file; place and words of each."""

    files: str
    rules: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True)
class Section:
    """A provision as the page shows it."""

    anchor: str
    citation: str
    chapter: str
    words: str
    lit: tuple[tuple[bool, str], ...]
    item: bool
    classes: tuple[str, ...]
    reason: str
    clauses: tuple[Clause, ...]
    gaps: tuple[str, ...]
    places: tuple[str, ...]
    source: str
    applied: Applied | None
    cases: tuple[Shown, ...]
    readings: tuple[Choice, ...] = ()

    @property
    def marks(self) -> frozenset[str]:
        """What the filters find its cases by."""
        return frozenset(mark for case in self.cases for mark in case.marks)

    @property
    def asking(self) -> tuple[Shown, ...]:
        """Its cases that a slip asked for and nobody has answered."""
        return tuple(case for case in self.cases if case.asks)

    @property
    def states(self) -> Mapping[str, int]:
        """How many of its cases are signed, lapsed, contested."""
        return Counter(case.state for case in self.cases if case.state)

    @property
    def bare(self) -> bool:
        """Whether something is decided here that no case tries."""
        return bool({"D", "F"} & {*self.classes} and self.clauses and not self.cases)


@dataclass(frozen=True)
class Choice:
    """What a reading changes: its name, a choice other than the default, and a case that turns on it, if any does."""

    reading: str
    choice: str
    case: str = ""
    default: str = ""
    other: str = ""


def section(
    found: Coverage,
    row: Row,
    traces: Mapping[int, Trace],
    plain: Plain,
    opinions: Sequence[Opinion],
    verdicts: Mapping[tuple[str, str], Verdict],
    turns: Sequence[Turn] = (),
) -> Section:
    """What the page shows of a row."""
    category = row.block.category if row.block else ""
    letters, _, reason = category.partition(" ")
    chapter = found.encoding.statute.chapters.get(row.provision.article, "")
    return Section(
        anchor("p", row.provision),
        row.provision.citation,
        chapter,
        row.words,
        tuple(lit(row.words, {span.words for span in _spans(found, row)})),
        bool(row.provision.item),
        tuple(each for each in letters.split("/") if each in CLASSES),
        reason,
        tuple(clauses(found.encoding, row.rules, plain.lang)),
        tuple(dict.fromkeys(gap for r in row.rules if r.number in traces for gap in _gaps(traces[r.number], plain))),
        row.places,
        "\n".join(str(rule.node) for rule in row.rules),
        _applied(found, row, plain.lang),
        tuple(_cases(found, row, plain.lang, opinions, verdicts)),
        tuple(_choices(found, row, plain.lang, turns)),
    )  # fmt: skip


def _spans(found: Coverage, row: Row) -> list[Span]:
    return [span for span in rule_file(found.encoding.paths[1]).spans if span.provision == row.provision]


def lit(words: str, spans: Collection[str]) -> Iterator[tuple[bool, str]]:
    """The words of a provision in pieces, each with whether some rule rests on it."""
    resting = [False] * len(words)
    for span in spans:
        for at in re.finditer(re.escape(span), words) if span else ():
            resting[at.start() : at.end()] = [True] * len(span)
    for rests, piece in groupby(zip(resting, words, strict=True), key=lambda pair: pair[0]):
        yield rests, "".join(sign for _, sign in piece)


def _choices(found: Coverage, row: Row, lang: str, turns: Sequence[Turn]) -> Iterator[Choice]:
    """Each choice but the default of the readings that stand beside a provision, with a case that turns on it."""
    for reading in found.encoding.readings.values():
        if reading.provision != row.provision:
            continue
        for choice in reading.choices:
            if choice == reading.default:
                continue
            named = constant(reading.key, "reading", lang), constant(choice, f"reading.{reading.key}", lang)
            turn = next((one for one in turns if (one.key, one.choice) == (reading.key, choice)), None)
            yield Choice(*named, *((sentence_of(turn.case, lang), *told(turn, lang)) if turn else ()))


def sentence_of(case: Example, lang: str) -> str:
    """What a case is about, without its outcome."""
    return case_dossier(replace(case, readings={}), lang)


def told(turn: Turn, lang: str) -> tuple[str, str]:
    """What comes out by default, and under the reading."""
    return case_outcome(replace(turn.case, expect=turn.default), lang), case_outcome(
        replace(turn.case, expect=turn.other), lang
    )


def _applied(found: Coverage, row: Row, lang: str) -> Applied | None:
    if not row.applied:
        return None
    words = {whole.question.name: plain_words(whole, lang) for whole in map(found.wholes.__getitem__, row.applied)}
    numbers = Counter(rule.file for rule in row.applied)
    return Applied(
        text("audit.plain.list", lang).join(
            text("audit.page.applied_file", lang, file=file, number=number) for file, number in numbers.items()
        ),
        tuple((rule.place, words[found.wholes[rule].question.name].rule(rule)) for rule in row.applied),
        "\n".join(str(rule.node) for rule in row.applied),
    )


def _gaps(trace: Trace, plain: Plain) -> list[str]:
    """The conditions of a rule that no case tries alone, and the sides of its comparisons that none is on."""
    said = [plain.condition(trace.rule, literal) for literal in trace.idle]
    for literal, side in trace.unseen:
        side_words = text(f"audit.page.sides.{_SIDES[side]}", plain.lang)
        said.append(text("audit.page.side", plain.lang, words=plain.condition(trace.rule, literal), side=side_words))
    if not trace.cases:
        said.append(text("audit.page.never", plain.lang, words=plain.rule(trace.rule)))
    return said


_SIDES = {"<": "below", "=": "equal", ">": "above"}


def _cases(
    found: Coverage, row: Row, lang: str, opinions: Sequence[Opinion], verdicts: Mapping[tuple[str, str], Verdict]
) -> Iterator[Shown]:
    states = {key_of(case): state for case, state in row.signatures()}
    for case in row.cases:
        yield _shown(found, case, states.get(key_of(case), ""), lang, verdicts.get(key_of(case)))
    for one in opinions:
        if one.contested and one.example.provision == row.provision:
            yield _objection(found, one, lang, verdicts.get(key_of(one.example)))


def _objection(found: Coverage, one: Opinion, lang: str, verdict: Verdict | None) -> Shown:
    before, now = _differing(found, verdict, lang)
    about = question_of(one.example)
    if about is DECIDE:
        as_found = replace(one.example, expect=verdict.outcome) if verdict else one.example
        told = (*expected(as_found, lang), case_dossier(one.example, lang))
    else:
        told = ("round", text(f"audit.for.{about.name}", lang), round_words(one.example, lang))
    return Shown(
        one.id, *told, one.state(found.encoding), _named(one.signed, lang), one.signed.on, one.remark, before, now,
        _earlier(one.example, lang), question="" if about is DECIDE else about.name, comes=_comes(found, verdict, lang),
    )  # fmt: skip


def general(
    found: Coverage, lang: str, verdicts: Mapping[tuple[str, str], Verdict], opinions: Sequence[Opinion] = ()
) -> tuple[Shown, ...]:
    """The cases that belong to no provision alone: those of what provisions share, of panels, awards, procedures."""
    rows = {row.provision for row in found.rows}
    placed = {key_of(case) for row in found.rows for case in row.cases}
    contested = {key_of(one.example): one for one in opinions if one.contested}
    return tuple(
        _objection(found, contested[key], lang, one)
        if key in contested
        else _shown(found, one.example, _standing(found, one.example), lang, one)
        for key, one in verdicts.items()
        if key not in placed and one.example.provision not in rows
    )


def _standing(found: Coverage, case: Example) -> str:
    if not case.signed:
        return ""
    now = seal(asking(found.encoding, question_of(case)), case.provision)
    return standing(case, now, found.encoding.text)


def _shown(found: Coverage, case: Example, state: str, lang: str, verdict: Verdict | None) -> Shown:
    by, on = (_named(case.signed, lang), case.signed.on) if case.signed else ("", "")
    about = question_of(case)
    before, now = _differing(found, verdict, lang)
    if about is DECIDE:
        outcome, label = expected(replace(case, expect=verdict.outcome) if verdict else case, lang)
        words = sentence(case, lang) if not before else case_dossier(case, lang)
    else:
        outcome, label, words = "round", text(f"audit.for.{about.name}", lang), round_words(case, lang)
    asks = _asks(found, case, verdict, lang) if case.file.endswith("_audit.toml") and not case.signed else None
    return Shown(
        case.id, outcome, label, words, state, by, on,
        before=before, now=now, earlier=_earlier(case, lang), asks=asks,
        question="" if about is DECIDE else about.name, comes=_comes(found, verdict, lang),
    )  # fmt: skip


def _asks(found: Coverage, case: Example, verdict: Verdict | None, lang: str) -> tuple[str, str]:
    """What a lawyer is asked of a case: whether this application should be accepted, what should come of this round;
    and what comes out by the rules as they are.
    """
    if question_of(case) is not DECIDE:
        said = verdict and replace(verdict, outcome={name: each for name, each in verdict.outcome.items() if each})
        return text("audit.page.asks_round", lang, record=round_words(case, lang)), _comes(found, said, lang)
    asked = text("audit.question", lang, dossier=sentence_of(case, lang), deadline=day(case.deadline, lang))
    return asked, case_outcome(replace(case, expect=verdict.outcome) if verdict else case, lang)


def _comes(found: Coverage, verdict: Verdict | None, lang: str) -> str:
    """What comes out of a round now; nothing of a dossier, whose label says it."""
    if verdict is None or verdict.question == DECIDE.name:
        return ""
    return round_outcome(asking(found.encoding, QUESTIONS[verdict.question]), verdict, lang)


def _differing(found: Coverage, verdict: Verdict | None, lang: str) -> tuple[str, str]:
    """What was written or signed, and what comes out now, in words; empty where the two agree."""
    if verdict is None or verdict.agrees:
        return "", ""
    _, table, now = difference_words(asking(found.encoding, QUESTIONS[verdict.question]), verdict, lang)
    return table, now


def _named(signed: Attestation, lang: str) -> str:
    return text("audit.in_role", lang, by=signed.by, role=signed.role) if signed.role else signed.by


def _earlier(case: Example, lang: str) -> tuple[tuple[str, str, str, str], ...]:
    """What was said before, the latest first: what, by whom, when, why."""
    return tuple(
        (text(f"audit.said.{word.said}", lang), _named(word.signed, lang), word.signed.on, word.remark)
        for word in reversed(case.earlier)
    )


def anchor(kind: str, provision: Provision) -> str:
    """The id of a provision's place on the page."""
    return "-".join([kind, *map(str, provision)])
