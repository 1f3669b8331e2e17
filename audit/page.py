"""The coverage table as one HTML page that needs no network: the text left, the rules right, the cases under it."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from audit import round_sentence
from audit.clauses import Clause, clauses
from audit.coverage import LAPSED, SIGNED, Coverage, Row
from audit.ledger import CONTESTED, OUTDATED, Opinion
from audit.plain import Plain
from audit.question import DECIDE
from audit.round_sentence import question_of
from audit.sentence import expected, sentence
from audit.trace import Trace
from engine.errors import Problem
from engine.messages import text
from engine.statute import Provision

TEMPLATES = Path(__file__).with_name("templates")
CLASSES = ("D", "C", "F", "N")
STATES = (SIGNED, LAPSED, CONTESTED, OUTDATED)


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
    applied: tuple[str, ...]
    cases: tuple[Shown, ...]

    @property
    def states(self) -> Mapping[str, int]:
        """How many of its cases are signed, lapsed, contested."""
        return Counter(case.state for case in self.cases if case.state)

    @property
    def bare(self) -> bool:
        """Whether something is decided here that no case tries."""
        return bool({"D", "F"} & {*self.classes} and self.clauses and not self.cases)


def page(
    found: Coverage, traces: Mapping[int, Trace], lang: str, opinions: Sequence[Opinion] = (), on: str = ""
) -> str:
    """The whole page; every word of law and cases is escaped."""
    plain = Plain(found.encoding, lang)
    sections = [_section(found, row, traces, plain, opinions) for row in found.rows]
    style, script = (_asset(f"coverage.{suffix}") for suffix in ("css", "js"))
    return _environment().get_template("coverage.html.j2").render(
        lang="zh-CN" if lang == "zh" else lang,
        law=found.encoding.statute,
        sections=sections,
        classes=[(each, sum(each in section.classes for section in sections)) for each in CLASSES],
        states={state: sum(s.states.get(state, 0) for s in sections) for state in STATES},
        cases=len({case.id for section in sections for case in section.cases}),
        shared=len(found.shared),
        faults=[(_anchor(found, fault), fault.line(lang)) for fault in found.faults],
        on=on,
        say=lambda key, **values: text(key, lang, **values),
        style=Markup(style),
        style_hash=_hash(style),
        script=Markup(script),
        script_hash=_hash(script),
    )  # fmt: skip


def _section(
    found: Coverage, row: Row, traces: Mapping[int, Trace], plain: Plain, opinions: Sequence[Opinion]
) -> Section:
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
        tuple(dict.fromkeys(rule.place for rule in row.applied)),
        tuple(_cases(found, row, plain.lang, opinions)),
    )  # fmt: skip


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
            told = round_sentence.sentence(case, lang)
            shown.append(Shown(case.id, "round", text(f"audit.for.{about.name}", lang), told, *signed))
    for one in opinions:
        if one.contested and one.example.provision == row.provision:
            said = (one.state(found.encoding), one.signed.by, one.signed.on, one.remark)
            shown.append(Shown(one.id, *expected(one.example, lang), sentence(one.example, lang), *said))
    return shown


def anchor(kind: str, provision: Provision) -> str:
    """The id of a provision's place on the page."""
    return "-".join([kind, *map(str, provision)])


def _anchor(found: Coverage, fault: Problem) -> str:
    """Where on the page a fault belongs; the top where it names no provision of the text."""
    citation = str(fault.parameters.get("citation", ""))
    return next((anchor("p", row.provision) for row in found.rows if row.provision.citation == citation), "top")


@cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode("utf-8")).digest()).decode("ascii")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
