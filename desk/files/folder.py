"""A whole round as files: every question asked of one case, and the papers it gives cause for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from desk.files.paperlist import paper_row
from desk.shell import Shell

if TYPE_CHECKING:
    from engine.case import Case

OVERVIEW = "结果汇总.xlsx"
FACTS = "facts.lp"
"""The case as it was read: a replay solves this file again."""


@dataclass(frozen=True)
class Asked:
    """What a round is run with besides its facts: readings, days (yyyymmdd), the record of a draw
    as text (empty: none), whether to draw for trying out, the set, the language."""

    readings: Mapping[str, str]
    as_of: int
    day: int
    drawn: str
    demo: bool
    chosen: int | None
    lang: str
    graphs: bool = False

    def json(self) -> dict[str, Any]:
        """The same as JSON."""
        return asdict(self) | {"readings": dict(self.readings)}

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Asked:
        """What `json` wrote; KeyError or TypeError for anything else."""
        readings = {str(key): str(choice) for key, choice in row["readings"].items()}
        chosen = None if row["chosen"] is None else int(row["chosen"])
        days = int(row["as_of"]), int(row["day"])
        if not isinstance(row["drawn"], str):
            raise TypeError("drawn")
        return cls(readings, *days, row["drawn"], bool(row["demo"]), chosen, str(row["lang"]), bool(row["graphs"]))


def run(case: Case, asked: Asked, told: Callable[[str], None] = lambda _step: None) -> dict[str, bytes]:
    """Every file of a round by its path in the folder; `told` hears each step as it begins.

    Raises CaseError where the regulation does not govern the case, UsageError for a set that does not exist.
    """
    shell = Shell(asked.lang)
    texts: dict[str, str] = {FACTS: case.canonical}
    for step in (_decision, _agenda, _panels, _award, _review, _procedure):
        told(step.__name__.removeprefix("_"))
        texts.update(step(case, asked, shell))
    files = {name: words.encode("utf-8") for name, words in texts.items()}
    told("papers")
    files.update(_papers(case, asked, texts))
    if asked.graphs:
        told("graphs")
        files.update(_graphs(case, asked))
    return files


def _decision(case: Case, _asked: Asked, shell: Shell) -> Iterator[tuple[str, str]]:
    from desk.text import table
    from engine.answers import decide

    decision = decide(case)
    yield "decision.json", decision.json()
    yield "decision.txt", _joined(table(decision, shell, every=True))


def _agenda(case: Case, asked: Asked, shell: Shell) -> Iterator[tuple[str, str]]:
    from desk.text import agenda_lines
    from engine.answers import agenda

    found = agenda(case, asked.as_of)
    yield "agenda.json", found.json()
    yield "agenda.txt", _joined(agenda_lines(found, shell))


def _panels(case: Case, asked: Asked, _shell: Shell) -> Iterator[tuple[str, str]]:
    """Conflicts, and panels where a draw is given; where none are possible, the reasons instead."""
    if not case.rows("reviewer"):
        return
    from desk.arguments import fitting
    from engine.draw import DEMO, DEMO_KEY, Impossible, draw, freeze
    from engine.panels import conflicts_of, roster
    from engine.record import refusal, text
    from engine.repair import repairs

    known = roster(case)
    yield "conflicts.json", conflicts_of(known).json()
    if asked.drawn:
        fitting("draw.json", asked.drawn.encode("utf-8"), case)
        yield "draw.json", asked.drawn
    elif asked.demo and known.groups:
        drawn = draw(freeze(known, key=DEMO_KEY), DEMO)
        if isinstance(drawn, Impossible):
            yield "draw-impossible.json", refusal(drawn, [step.json() for step in repairs(drawn.frozen)])
        else:
            yield "draw.json", text(drawn)


def _award(case: Case, _asked: Asked, shell: Shell) -> Iterator[tuple[str, str]]:
    if not case.rows("score"):
        return
    from desk.text import award_lines
    from engine.award import award

    found = award(case)
    names = case.names
    yield "award.json", found.json()
    yield "award.txt", _joined(award_lines(found, names, shell))


def _review(case: Case, asked: Asked, shell: Shell) -> Iterator[tuple[str, str]]:
    from desk.text import revocation_lines
    from engine.answers import review

    found = review(case, asked.as_of)
    yield "review.json", found.json()
    yield "review.txt", _joined(revocation_lines(found, shell))


def _procedure(case: Case, _asked: Asked, shell: Shell) -> Iterator[tuple[str, str]]:
    from desk.text import conduct_lines
    from engine.answers import procedure

    found = procedure(case)
    yield "procedure.json", found.json()
    yield "procedure.txt", _joined(conduct_lines(found, shell))


def _papers(case: Case, asked: Asked, texts: Mapping[str, str]) -> dict[str, bytes]:
    """Every paper as DOCX and HTML, what each is and lacks (papers.json), and the overview that links to them."""
    import json

    from desk.files.summary import overview
    from desk.papers import bundle
    from desk.press import called, rendered, stems
    from engine.answers import decide
    from engine.award import award
    from engine.record import verify

    decision = decide(case)
    prepared = bundle(
        decision,
        day=asked.day,
        as_of=asked.as_of,
        chosen=asked.chosen,
        record=verify("draw.json", texts["draw.json"].encode("utf-8")) if "draw.json" in texts else None,
        violations=json.loads(texts["procedure.json"])["violations"],
        lang=asked.lang,
    )
    names = stems([(one.about, one.paper) for one in prepared], asked.lang)
    links: dict[str, list[tuple[str, str]]] = {}
    for one, stem in zip(prepared, names, strict=True):
        label = called(one.paper.kind, one.paper.title, asked.lang)
        links.setdefault(one.about, []).append((label, f"papers/{stem}.docx"))
    made = rendered(list(zip(names, (one.paper for one in prepared), strict=True)))
    files = {f"papers/{name}": data for name, data in made.items()}
    rows = json.dumps(
        [paper_row(stem, one) for stem, one in zip(names, prepared, strict=True)], ensure_ascii=False, indent=1
    )
    files["papers.json"] = f"{rows}\n".encode()
    return files | {OVERVIEW: overview(decision, award(case) if case.rows("score") else None, links, asked.lang)}


def _graphs(case: Case, asked: Asked) -> Iterator[tuple[str, bytes]]:
    """The reasons of each applicant that is not accepted, drawn, numbered in the order of the decision."""
    from engine.answers import decide
    from engine.law import statute
    from explain.graph import whole
    from explain.outline import outline
    from explain.show import svg

    decision = decide(case)
    for number, outcome in enumerate(decision.applicants, 1):
        if outcome.status != "eligible":
            drawn = svg(outline(whole(decision, outcome.id, outcome.status)), asked.lang, statute(case.city))
            yield f"graphs/applicant-{number:03}.svg", drawn.encode("utf-8")


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
