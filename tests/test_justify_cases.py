"""Justifications of real decisions: the legal cases of both cities, and a small cohort."""

from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from justification import dump
from legal_cases import LegalCase, flawless, legal_cases

import engine
from engine.answers.eligibility import Decision
from engine.errors import CaseError
from engine.law.rulebook import rule_files
from explain.dual.compiled import program
from explain.dual.evaluation import answer_set
from explain.graph.justification import justify, justify_all, justify_atoms

CITIES = ("jiyuan", "sanmenxia")
SAMPLE = [case for city in CITIES for case in legal_cases(city)[::23]]
NOT_EXPLAINED = {"unsupported", "undefined", "not_pursued", "recursive_aggregate", "circular", "assumed", "external"}


def decide(tmp_path: Path, text: str) -> Decision:
    file = tmp_path / "case.lp"
    file.write_text(text, "utf-8")
    return engine.decide(engine.load([file]))


def questions(decision: Decision) -> list[str]:
    """Every ground of every applicant as an atom, and the outcome."""
    found = []
    for outcome in decision.applicants:
        who = f'"{outcome.id}"'
        found += [f"{outcome.status}({who})", f"eligible({who})"]
        found += [f"failed({who},{ground.provision},{ground.key})" for ground in outcome.failed]
        found += [f"open({who},{ground.provision},{ground.key})" for ground in outcome.open]
        found += [
            f"barring_event({who},{ground.provision},{ground.key},{event})"
            for ground in outcome.barred
            for event in ground.events
        ]
    return found


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: f"{case.city}-{case.id}")
def test_every_ground_of_a_legal_case_is_explained(tmp_path: Path, case: LegalCase) -> None:
    """True as the decision has it, acyclic, down to records and comparisons, every node with its sentences."""
    try:
        decision = decide(tmp_path, case.text)
    except CaseError:
        pytest.skip("refused or bad input: nothing is decided")
    asked = questions(decision)
    for question, graph in zip(asked, justify_all(decision, asked), strict=True):
        eligible = question.startswith("eligible") and decision.applicants[0].status != "eligible"
        assert graph.graph["truth"] is not eligible
        assert networkx.is_directed_acyclic_graph(graph)
        for node, data in graph.nodes(data=True):
            assert data["kind"] not in NOT_EXPLAINED, node
            assert data["zh"] and data["en"], node
            assert "\ue000" not in data["zh"] and "{" not in data["zh"] + data["en"]


def dossier(name: str, *, without: str = "", extra: tuple[str, ...] = ()) -> str:
    """A flawless applicant of a name, but for what is taken away or added."""
    facts = [f for f in flawless("jiyuan", 20250930) if not (without and f.startswith(without))]
    return "".join(f"{fact}.\n" for fact in [*facts, *extra]).replace('"A"', f'"{name}"')


def cohort(tmp_path: Path, size: int) -> Decision:
    """Applicants of which each has one defect of its own."""
    defects = [
        {"without": 'certificate("A",qms'},
        {"extra": ('accident("A",safety,major,liable,20240506)',)},
        {"without": 'self_score("A"', "extra": ('self_score("A",499)',)},
        {"without": 'operating_since("A"', "extra": ('operating_since("A",20210301)',)},
    ]
    parts = [dossier(f"J{n:03}", **defects[n % 4]) for n in range(size)]  # type: ignore[arg-type]
    return decide(tmp_path, "round(jiyuan,6,20250930).\n" + "".join(parts))


def test_a_cohort_is_explained_as_its_applicants_one_by_one(tmp_path: Path) -> None:
    """One grounding for all gives, to the byte, what each applicant's own answer set gives."""
    decision = cohort(tmp_path, 24)
    asked = questions(decision)
    together = [dump(graph) for graph in justify_all(decision, asked)]

    assert [dump(justify(decision, question)) for question in asked] == together


def test_an_applicants_reasons_name_nobody_else(tmp_path: Path) -> None:
    """Equal records of others are never taken for one's own."""
    decision = cohort(tmp_path, 12)
    for question, graph in zip(questions(decision), justify_all(decision, questions(decision)), strict=True):
        own = question.split('"')[1]
        others = {f'"{outcome.id}"' for outcome in decision.applicants if outcome.id != own}
        assert not [node for node in graph if any(other in node for other in others)]


@pytest.mark.parametrize(
    ("extra", "question"),
    [
        ('accident("A",safety,major,liable,20240506)', 'barred("A",art(9,0,4),accident)'),
        ('offence("A",law,serious,20240506)', 'failed("A",art(8,0,7),no_serious_violation)'),
    ],
)
def test_without_a_cited_record_the_reason_is_gone(tmp_path: Path, extra: str, question: str) -> None:
    text = "round(jiyuan,6,20250930).\n" + dossier("A", extra=(extra,))
    graph = justify(decide(tmp_path, text), question)
    assert graph.graph["truth"]
    cited = {data["atom"] for _, data in graph.nodes(data=True) if data["kind"] == "recorded"}

    assert extra in cited
    assert not justify(decide(tmp_path, text.replace(f"{extra}.\n", "")), question).graph["truth"]


def test_a_lawful_set_is_explained_over_its_answer_set(tmp_path: Path) -> None:
    """Who wins is a choice; who does not is explained by quota and merit over that very set."""
    names = {"J1": 900, "J2": 800, "J3": 700}
    text = "round(jiyuan,6,20250930).\n" + "".join(
        dossier(name, extra=(f'score("A",{score})',)) for name, score in names.items()
    )
    file = tmp_path / "case.lp"
    file.write_text(text, "utf-8")
    case = engine.load([file])
    from engine.solve.feed import symbols
    from explain.dual.questions import Question

    files = rule_files("jiyuan", "award", "award_set")
    won = [Question.of(atom).symbol for atom in ('won("J1",main)', 'won("J2",main)')]
    facts = [*symbols("jiyuan", {}, case.facts, "award", "award_set"), *won]
    atoms = answer_set(files, program(files).dual, facts)
    denied, full = justify_atoms(files, ['denied("J3",main,quota_full)', "full(main,everybody)"], atoms)

    assert denied.graph["truth"]
    (counted,) = (data for _, data in full.nodes(data=True) if data["role"] == "aggregate")
    assert (str(counted["value"]), counted["zh"]) == ("2", "计2项（J1获得市长质量奖，J2获得市长质量奖），不少于2")
