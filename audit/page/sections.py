"""A provision as the audit page shows it: its words, its points, the rules elsewhere that ask for it, its cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.checks import Coverage, Row
from audit.encoding import DECIDE, Trace
from audit.opinions import Opinion
from audit.page.points import Clause, clauses
from audit.tables import expected, question_of, round_words, sentence
from audit.words import Plain, plain_words
from engine.law import Provision
from engine.words import text

CLASSES = ("D", "C", "F", "N")


@dataclass(frozen=True)
class Shown:
    """A case as the page shows it: outcome, sentence, id, and what a lawyer said of it (state, name, day, remark)."""

    id: str
    outcome: str
    label: str
    words: str
    state: str = ""
    by: str = ""
    on: str = ""
    remark: str = ""


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
    item: bool
    classes: tuple[str, ...]
    reason: str
    clauses: tuple[Clause, ...]
    gaps: tuple[str, ...]
    places: tuple[str, ...]
    source: str
    applied: Applied | None
    cases: tuple[Shown, ...]

    @property
    def states(self) -> Mapping[str, int]:
        """How many of its cases are signed, lapsed, contested."""
        return Counter(case.state for case in self.cases if case.state)

    @property
    def bare(self) -> bool:
        """Whether something is decided here that no case tries."""
        return bool({"D", "F"} & {*self.classes} and self.clauses and not self.cases)


def section(
    found: Coverage, row: Row, traces: Mapping[int, Trace], plain: Plain, opinions: Sequence[Opinion]
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
        bool(row.provision.item),
        tuple(each for each in letters.split("/") if each in CLASSES),
        reason,
        tuple(clauses(found.encoding, row.rules, plain.lang)),
        tuple(dict.fromkeys(gap for r in row.rules if r.number in traces for gap in _gaps(traces[r.number], plain))),
        row.places,
        "\n".join(str(rule.node) for rule in row.rules),
        _applied(found, row, plain.lang),
        tuple(_cases(found, row, plain.lang, opinions)),
    )  # fmt: skip


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


def _cases(found: Coverage, row: Row, lang: str, opinions: Sequence[Opinion]) -> list[Shown]:
    states = {case.id: state for case, state in row.signatures()}
    shown = []
    for case in row.cases:
        signed = (states[case.id], case.signed.by, case.signed.on) if case.signed else ("", "", "")
        about = question_of(case)
        if about is DECIDE:
            shown.append(Shown(case.id, *expected(case, lang), sentence(case, lang), *signed))
        else:
            told = round_words(case, lang)
            shown.append(Shown(case.id, "round", text(f"audit.for.{about.name}", lang), told, *signed))
    for one in opinions:
        if one.contested and one.example.provision == row.provision:
            said = (one.state(found.encoding), one.signed.by, one.signed.on, one.remark)
            shown.append(Shown(one.id, *expected(one.example, lang), sentence(one.example, lang), *said))
    return shown


def anchor(kind: str, provision: Provision) -> str:
    """The id of a provision's place on the page."""
    return "-".join([kind, *map(str, provision)])
