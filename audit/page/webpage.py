"""The coverage table as one HTML page that needs no network: the text left, the rules right, the cases under it."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from audit.checks import INHERITED, LAPSED, SIGNED, Coverage
from audit.encoding import Trace
from audit.opinions import CONTESTED, OUTDATED, Opinion
from audit.page.sections import CLASSES, Section, anchor, general, section
from audit.page.versions import Versions
from audit.tables import Turn, Verdict, key_of
from audit.words import plain_words
from engine.errors import Problem
from engine.words import text

TEMPLATES = Path(__file__).with_name("templates")
STATES = (SIGNED, LAPSED, INHERITED, CONTESTED, OUTDATED)


def _counted(sections: Sequence[Section]) -> list[tuple[str, int]]:
    """How many provisions there are of each class; X, which leaves something out, only where there is one."""
    numbers = [(each, sum(each in one.classes for one in sections)) for each in CLASSES]
    return [(each, number) for each, number in numbers if number or each != "X"]


def page(
    found: Coverage,
    traces: Mapping[int, Trace],
    lang: str,
    opinions: Sequence[Opinion] = (),
    on: str = "",
    verdicts: Iterable[Verdict] = (),
    turns: Sequence[Turn] = (),
    beside: Versions | None = None,
) -> str:
    """The whole page; every word of law and cases is escaped.

    `verdicts` say what comes out of each case now; without them the page shows what the tables say. `beside` is
    another version, shown beside this one.
    """
    now = {key_of(verdict.example): verdict for verdict in verdicts}
    plain = plain_words(found.encoding, lang)
    sections = [section(found, row, traces, plain, opinions, now, turns) for row in found.rows]
    if rest := general(found, lang, now, opinions):
        name = text("audit.page.general", lang)
        sections.append(Section("general", name, "", "", (), False, (), "", (), (), (), "", None, rest))
    style, script = (_asset(f"coverage.{suffix}") for suffix in ("css", "js"))
    return _environment().get_template("coverage.html.j2").render(
        lang="zh-CN" if lang == "zh" else lang,
        law=found.encoding.statute,
        sections=sections,
        classes=_counted(sections),
        states={state: sum(s.states.get(state, 0) for s in sections) for state in STATES},
        tried=len(now),
        differing=sum(bool(case.before) for one in sections for case in one.cases),
        marks=Counter(mark for one in sections for case in one.cases for mark in case.marks),
        unsaid=[(anchor("p", one.provision), one.provision.citation, one.words) for one in found.unsaid],
        origin=found.origin,
        cases=len({case.anchor for one in sections for case in one.cases}),
        shared=len(found.shared),
        versions=beside,
        faults=[(_anchor(found, fault), fault.line(lang)) for fault in found.faults],
        on=on,
        say=lambda key, /, **values: text(key, lang, **values),
        style=Markup(style),
        style_hash=_hash(style),
        script=Markup(script),
        script_hash=_hash(script),
    )  # fmt: skip


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
