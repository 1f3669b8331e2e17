"""Why somebody may not sit: through the one justification graph, down to the facts of the chain."""

from itertools import pairwise
from pathlib import Path

import pytest

from desk.shell.cli import run
from engine.answers.participants import Reviewed
from engine.case.case import Case, load
from engine.facts.vocabulary import Fact, text
from engine.panels.rosters import Roster, compose, roster
from explain.graph.roundquestions import why_excluded, why_fit
from explain.outline.condenser import outline
from explain.show.panelpicture import MOST, conflict_graph, panel_dot

HOUSE = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def jiyuan() -> Roster:
    return roster(load(sorted(map(str, (HOUSE / "facts" / "jiyuan-6").glob("*.lp")))))


def test_a_chain_ends_in_its_facts(jiyuan: Roster) -> None:
    graph = why_excluded(jiyuan, "R02", "G1", "interest")
    recorded = {about["atom"] for _, about in graph.nodes(data=True) if about.get("kind") == "recorded"}

    assert graph.graph["truth"]
    assert set(jiyuan.ties.of("R02")[0].chain) <= recorded


def test_every_reason_is_in_the_graph(jiyuan: Roster) -> None:
    for name in jiyuan.reviewers:
        for group in jiyuan.groups:
            graph = why_fit(jiyuan, name, group)
            kinds = {
                str(about["arguments"][2])
                for _, about in graph.nodes(data=True)
                if about.get("predicate") == "excluded" and about.get("truth") and about["arguments"][2] is not None
            }

            assert graph.graph["truth"] is (name in jiyuan.fit[group])
            assert kinds <= set(jiyuan.kinds(name, group)) and bool(kinds) is bool(jiyuan.kinds(name, group))


@pytest.mark.parametrize(("lang", "word"), [("zh", "夫妻"), ("en", "spouse")])
def test_the_command_tells_it(lang: str, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["conflicts", str(HOUSE / "facts" / "jiyuan-6"), "--why", "R02@G1", "--lang", lang]) == 0

    assert word in capsys.readouterr().out


def test_a_long_chain_is_told_link_by_link_not_link_in_link() -> None:
    """Sixty links of control: one line each, from the reviewer to the applicant, none deeper than the first."""
    names = ["R1", *(f"O{number}" for number in range(59)), "A1"]
    links = [Fact("controls", (one, other, 20200101, 99991231)) for one, other in pairwise(names)]
    base = [Fact("round", ("jiyuan", 6, 20250930)), Fact("reviewer", ("R1",)), Fact("expertise", ("R1", "C38"))]
    group = [Fact("applicant", ("A1", "organization")), Fact("group", ("G1", "C38")), Fact("in_group", ("A1", "G1"))]
    found = compose(Case.of([*base, *group, *links]), Reviewed(("A1",), (), (), True))

    told = [
        (depth, item.atom)
        for depth, item, _ in outline(why_excluded(found, "R1", "G1", "interest")).rows()
        if item.kind == "record" and item.atom.startswith("controls(")
    ]

    assert [atom for _, atom in told] == [text(link) for link in links]
    assert len({depth for depth, _ in told}) == 1


def test_of_many_ties_those_of_a_single_fact_stand_in_the_applicants_box() -> None:
    """Forty-one people employed by one applicant, and one whose spouse is: arrows for the chain alone."""
    people = [f"R{number}" for number in range(MOST + 1)]
    span = (20200101, 99991231)
    facts = [Fact("round", ("jiyuan", 6, 20250930)), Fact("applicant", ("A1", "organization"))]
    facts += [fact for one in (*people, "Z") for fact in (Fact("reviewer", (one,)), Fact("name", (one, f"人{one}")))]
    facts += [Fact("employed", (one, "A1", *span)) for one in people]
    facts += [Fact("kin", ("Z", "P", "spouse")), Fact("officer", ("P", "A1", "legal_representative", *span))]
    made = conflict_graph(compose(Case.of(facts), Reviewed(("A1",), (), (), True)), "zh")

    assert [(origin, to, label) for origin, to, label in made.edges(data="label")] == [
        ("Z", "P", "夫妻"),
        ("P", "A1", "法定代表人"),
    ]
    assert sorted(made.nodes["A1"]["ties"]) == sorted(f"{one} 人{one}  受雇" for one in people)
    assert all(f"{one} 人{one}" in panel_dot(made) for one in people)
