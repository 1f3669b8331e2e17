"""A whole round as files: every question asked of one case, and the papers it gives cause for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from desk.files.paperlist import paper_row
from desk.shell import Shell

if TYPE_CHECKING:
    from engine.answers import Afar, Agenda, Decision, Files
    from engine.award import Award
    from engine.case import Case

OVERVIEW = "结果汇总.xlsx"
FACTS = "facts.lp"
"""The case as it was read: a replay solves this file again."""
SHARE = 50
"""Applicants whose reasons a worker elsewhere draws together."""


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


class Folder:
    """A round's folder in the making: its case, what is asked of it, and whoever decides and writes the papers.

    `afar` names workers that find the case in files, and these; the applicants are decided once, for every question.
    """

    def __init__(self, case: Case, asked: Asked, afar: Afar | None = None) -> None:
        self.case, self.asked, self.afar, self.shell = case, asked, afar, Shell(asked.lang)

    @cached_property
    def decision(self) -> Decision:
        """The decision of all its applicants."""
        from engine.answers import decide

        return decide(self.case, afar=self.afar)

    @cached_property
    def plan(self) -> Agenda:
        """What is due when."""
        from engine.answers import agenda

        return agenda(self.case, self.asked.as_of, decision=self.decision)

    @cached_property
    def award(self) -> Award | None:
        """The award sets; None where nobody has a score."""
        from engine.award import award

        return award(self.case) if self.case.rows("score") else None

    def files(self, told: Callable[[str], None] = lambda _step: None) -> dict[str, bytes]:
        """Every file of the round by its path in the folder; `told` hears each step as it begins.

        Raises CaseError where the regulation does not govern the case, UsageError for a set that does not exist.
        """
        texts: dict[str, str] = {FACTS: self.case.canonical}
        for step in (_decision, _agenda, _panels, _award, _review, _procedure):
            told(step.__name__.removeprefix("_"))
            texts.update(step(self))
        files = {name: words.encode("utf-8") for name, words in texts.items()}
        told("papers")
        files.update(_papers(self, texts))
        if self.asked.graphs:
            told("graphs")
            files.update(_graphs(self))
        return files


def _decision(of: Folder) -> Iterator[tuple[str, str]]:
    from desk.text import table

    yield "decision.json", of.decision.json()
    yield "decision.txt", _joined(table(of.decision, of.shell, every=True))


def _agenda(of: Folder) -> Iterator[tuple[str, str]]:
    from desk.text import agenda_lines

    yield "agenda.json", of.plan.json()
    yield "agenda.txt", _joined(agenda_lines(of.plan, of.shell))


def _panels(of: Folder) -> Iterator[tuple[str, str]]:
    """Conflicts, and panels where a draw is given; where none are possible, the reasons instead."""
    if not of.case.rows("reviewer"):
        return
    from desk.arguments import fitting
    from engine.draw import DEMO, DEMO_KEY, Impossible, draw, freeze
    from engine.panels import conflicts_of, roster
    from engine.record import refusal, text
    from engine.repair import repairs

    known = roster(of.case, afar=of.afar)
    yield "conflicts.json", conflicts_of(known).json()
    if of.asked.drawn:
        fitting("draw.json", of.asked.drawn.encode("utf-8"), of.case)
        yield "draw.json", of.asked.drawn
    elif of.asked.demo and known.groups:
        drawn = draw(freeze(known, key=DEMO_KEY), DEMO)
        if isinstance(drawn, Impossible):
            yield "draw-impossible.json", refusal(drawn, [step.json() for step in repairs(drawn.frozen)])
        else:
            yield "draw.json", text(drawn)


def _award(of: Folder) -> Iterator[tuple[str, str]]:
    if of.award is None:
        return
    from desk.text import award_lines

    yield "award.json", of.award.json()
    yield "award.txt", _joined(award_lines(of.award, of.case.names, of.shell))


def _review(of: Folder) -> Iterator[tuple[str, str]]:
    from desk.text import revocation_lines
    from engine.answers import review

    found = review(of.case, of.asked.as_of)
    yield "review.json", found.json()
    yield "review.txt", _joined(revocation_lines(found, of.shell))


def _procedure(of: Folder) -> Iterator[tuple[str, str]]:
    from desk.text import conduct_lines
    from engine.answers import procedure

    found = procedure(of.case)
    yield "procedure.json", found.json()
    yield "procedure.txt", _joined(conduct_lines(found, of.shell))


def _papers(of: Folder, texts: Mapping[str, str]) -> dict[str, bytes]:
    """Every paper as DOCX and HTML, what each is and lacks (papers.json), and the overview that links to them."""
    import json

    from desk.files.summary import overview
    from desk.papers import bundle
    from desk.press import called, rendered, stems
    from engine.record import verify

    asked = of.asked
    prepared = bundle(
        of.decision,
        day=asked.day,
        as_of=asked.as_of,
        chosen=asked.chosen,
        record=verify("draw.json", texts["draw.json"].encode("utf-8")) if "draw.json" in texts else None,
        violations=json.loads(texts["procedure.json"])["violations"],
        lang=asked.lang,
        afar=of.afar,
    )
    names = stems([(one.about, one.paper) for one in prepared], asked.lang)
    links: dict[str, list[tuple[str, str]]] = {}
    for one, stem in zip(prepared, names, strict=True):
        label = called(one.paper.kind, one.paper.title, asked.lang)
        links.setdefault(one.about, []).append((label, f"papers/{stem}.docx"))
    papers = list(zip(names, (one.paper for one in prepared), strict=True))
    made = rendered(papers, afar=of.afar)
    files = {f"papers/{name}": data for name, data in made.items()}
    rows = json.dumps(
        [paper_row(stem, one) for stem, one in zip(names, prepared, strict=True)], ensure_ascii=False, indent=1
    )
    files["papers.json"] = f"{rows}\n".encode()
    return files | {OVERVIEW: overview(of.decision, of.award, links, asked.lang)}


def _graphs(of: Folder) -> Iterator[tuple[str, bytes]]:
    """The reasons of each applicant that is not accepted, drawn, numbered in the order of the decision."""
    from engine.answers import shares
    from engine.solve import run

    numbers = {one.id: at for at, one in enumerate(of.decision.applicants, 1) if one.status != "eligible"}
    if of.afar:
        workers, files = of.afar
        told = run(partial(_drawn_afar, files, of.asked.lang), shares([*numbers], SHARE), workers)
        drawn = dict(chain.from_iterable(told))
    else:
        drawn = dict(_drawn(of.decision, [*numbers], of.asked.lang))
    for id, number in numbers.items():
        yield f"graphs/applicant-{number:03}.svg", drawn[id]


def _drawn_afar(files: Files, lang: str, applicants: tuple[str, ...]) -> list[tuple[str, bytes]]:
    """The reasons of some applicants, drawn, wherever this is asked."""
    from engine.answers import decide

    return [*_drawn(decide(files.case, only=applicants, processes=1), applicants, lang)]


def _drawn(decision: Decision, applicants: Iterable[str], lang: str) -> Iterator[tuple[str, bytes]]:
    from engine.law import statute
    from explain.graph import whole
    from explain.outline import outline
    from explain.show import svg

    for id in applicants:
        graph = whole(decision, id, decision.outcome(id).status)
        yield id, svg(outline(graph), lang, statute(decision.city)).encode("utf-8")


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
