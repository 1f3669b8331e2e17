"""Why, about a round as a whole: why somebody has no prize in a set, why an award is to be revoked, why a check fails,
why somebody may or may not sit on a panel.

Each gives the graph that explain.graph.justification describes. They name whom they rest on: for the bureau, never
for a letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache
from pathlib import Path

import clingo
import networkx
from clingo import Function, String

from engine.answers import QUESTION, QUESTIONS, Procedure, Review
from engine.answers import facts as reviewed
from engine.award import SET, Award, AwardSet, feed
from engine.award import award as ask
from engine.case import Case
from engine.errors import UsageError
from engine.facts import quote
from engine.law import heads, rule_files
from engine.panels import QUESTIONS as PANELS
from engine.panels import Roster, about, roster
from engine.panels import feed as panel_feed
from engine.solve import symbols
from explain.dual import Question, program, question
from explain.graph.justification import justify_facts

SITTING = (*PANELS, "panel")


def why_denied(award: Award, id: str, prize: str, index: int = 0) -> networkx.DiGraph:
    """Why a candidate does not have a prize in one of the listed sets, or that it has."""
    chosen = award.sets[index]
    asked = f"won({quote(id)},{prize})" if id in chosen.winners[prize] else f"denied({quote(id)},{prize},_)"
    return _without_eligibility(next(justify_facts(_awards(award.city), [asked], _given(award.case, chosen))))


def _awards(city: str) -> tuple[Path, ...]:
    return (*rule_files(city, "award"), *SET)


def _given(case: Case, chosen: AwardSet) -> list[clingo.Symbol]:
    """What a set is judged from: the case, and who has won."""
    pairs = [(winner, name) for name, ids in chosen.winners.items() for winner in ids]
    won = [clingo.Function("won", [clingo.String(winner), clingo.Function(name)]) for winner, name in pairs]
    return [*feed(case), *won]


def why_revoked(review: Review, id: str, prize: str, round: int, ground: str) -> networkx.DiGraph:
    """Why an award is to be revoked on a ground as of the day, or why not."""
    question = f"grounded({quote(id)},{prize},{round},{ground},_,_)"
    return next(justify_facts(rule_files(review.city, QUESTION), [question], reviewed(review.case, review.as_of)))


def why_violated(procedure: Procedure, check: str) -> networkx.DiGraph:
    """Why a check of the procedure fails, or cannot be made, or why it does not fail."""
    case: Case = procedure.case
    facts = symbols(case.city, case.readings, case.facts, *QUESTIONS)
    question = f"violated(_,{check},_,_)"
    if all(one.check != check for one in procedure.violations) and any(
        one.check == check for one in procedure.unchecked
    ):
        question = f"unchecked(_,{check},_)"
    return next(justify_facts(rule_files(case.city, *QUESTIONS), [question], facts))


def _without_eligibility(graph: networkx.DiGraph) -> networkx.DiGraph:
    """The graph down to who is a candidate: why somebody is eligible is a question of its own (explain.graph.outcome).

    Where all are judged together, that somebody is judged among them is no reason.
    """
    for node, data in list(graph.nodes(data=True)):
        if data.get("predicate") == "candidate":
            graph.remove_edges_from(list(graph.out_edges(node)))
        elif data.get("predicate") == "division" and "everybody" in str(data["atom"]):
            graph.remove_node(node)
    kept = {graph.graph["root"], *networkx.descendants(graph, graph.graph["root"])}
    graph.remove_nodes_from([node for node in graph if node not in kept])
    return graph


def why_fit(roster: Roster, reviewer: str, group: str, role: str = "member") -> networkx.DiGraph:
    """Why a reviewer may take a seat of a role in a group, or why he may not, with every reason."""
    return _sitting(roster, reviewer, group, f"fit({quote(reviewer)},{quote(group)},{role})")


def why_excluded(roster: Roster, reviewer: str, group: str, reason: str) -> networkx.DiGraph:
    """Why one reason keeps a reviewer out of a group, or why it does not."""
    return _sitting(roster, reviewer, group, f"excluded({quote(reviewer)},{quote(group)},{reason})")


def _sitting(roster: Roster, reviewer: str, group: str, question: str) -> networkx.DiGraph:
    """Only what bears on the reviewer goes in."""
    looked_at = {one for one, groups in roster.concerns.items() if group in groups}
    case = about(roster.case, {reviewer}, looked_at)
    facts = [*panel_feed(case, roster.reviewed, *SITTING), Function("examined", [String(reviewer), String(group)])]
    return next(justify_facts(rule_files(case.city, *SITTING), [question], facts))


def why_of_round(
    case: Case, words: str, id: str, known: Collection[str], number: int | None = None, as_of: int = 0
) -> networkx.DiGraph:
    """Why an atom about the award, a revocation, the procedure or a panel holds, or why not.

    `words` is the atom as people write it, `id` whom it is about, `known` the identifiers of the case; `number` the
    award set meant, from 1: by default the one published, else the first proposed; `as_of` (yyyymmdd) the day a
    revocation is asked for. UsageError for what is no atom and for a set that there is not.
    """
    files, answer = next((f, a) for f, own, a in _kinds(case, number, as_of) if _speaks_of(own, words))
    return answer(question(words, id, known, program(files)))


def of_round(case: Case, words: str) -> bool:
    """Whether an atom is one of those that `why_of_round` answers."""
    return any(_speaks_of(own, words) for _, own, _ in _kinds(case, None, 0))


_Answer = Callable[[Question], networkx.DiGraph]


def _kinds(case: Case, number: int | None, as_of: int) -> Sequence[tuple[tuple[Path, ...], tuple[Path, ...], _Answer]]:
    """The questions of a round: all their rule files, those of their own, and how each is answered."""
    city = case.city
    common = set(rule_files(city))

    def of_award(asked: Question) -> networkx.DiGraph:
        found = ask(case)
        chosen = _chosen(case, found, number)
        wanted = [asked, *_instead(asked, found, chosen)]
        first, *rest = justify_facts(_awards(city), wanted, _given(case, chosen))
        told = rest[0] if rest else first
        told = told if wanted[-1].name == "candidate" else _without_eligibility(told)
        return _beside(first, told) if rest and first.graph["truth"] else told

    def of_review(asked: Question) -> networkx.DiGraph:
        return next(justify_facts(rule_files(city, QUESTION), [asked], reviewed(case, as_of)))

    def of_procedure(asked: Question) -> networkx.DiGraph:
        facts = symbols(city, case.readings, case.facts, *QUESTIONS)
        return next(justify_facts(rule_files(city, *QUESTIONS), [asked], facts))

    def of_panel(asked: Question) -> networkx.DiGraph:
        named = [value.string for value in asked.values if value.type == clingo.SymbolType.String]
        if len(named) < len(_SEAT):
            raise UsageError("seat_unsaid", {"found": str(asked)})
        return _sitting(roster(case), named[0], named[1], str(asked))

    kinds: list[tuple[tuple[Path, ...], _Answer]] = [
        (_awards(city), of_award),
        (rule_files(city, QUESTION), of_review),
        (rule_files(city, *QUESTIONS), of_procedure),
        (rule_files(city, *SITTING), of_panel),
    ]
    return [(files, tuple(file for file in files if file not in common), answer) for files, answer in kinds]


_SEAT = ("reviewer", "group")
"""What a question about a panel must name."""
_NAME = re.compile(r"\s*(?:not\s+)?(-?[a-z_][A-Za-z0-9_]*)")


def _speaks_of(files: Sequence[Path], words: str) -> bool:
    found = _NAME.match(words)
    return found is not None and any(found[1] in _names(path) for path in files)


@cache
def _names(path: Path) -> frozenset[str]:
    """The predicates that a rule file derives, and `won`, which is given to those of an award."""
    derived = {one.name for one in heads(path)}
    return frozenset(derived | ({"won"} if path in SET else set()))


def _instead(asked: Question, found: Award, chosen: AwardSet) -> list[Question]:
    """What tells more of `won(A, Prize)`, which is given: that A may receive it, is denied it, or is no candidate."""
    if asked.name != "won" or not asked.whole:
        return []
    (id, prize) = map(str, asked.values)
    if asked.values[0].string in chosen.winners.get(prize, ()):
        return [Question.of(f"may_receive({id},{prize})")]
    candidate = asked.values[0].string in found.who.candidates
    return [Question.of(f"denied({id},{prize},_)" if candidate else f"candidate({id})")]


def _beside(first: networkx.DiGraph, more: networkx.DiGraph) -> networkx.DiGraph:
    """One graph, in which what is given stands on what makes it lawful."""
    joined = networkx.compose(first, more)
    joined.graph.update(first.graph)
    joined.add_edge(first.graph["root"], more.graph["root"], role="also", provision="", support=False)
    return joined


def _chosen(case: Case, found: Award, number: int | None) -> AwardSet:
    """The award set meant: by its number, else as published, else the first proposed."""
    if number is not None:
        if not 1 <= number <= len(found.sets):
            raise UsageError("no_such_set", {"found": number, "number": len(found.sets)})
        return found.sets[number - 1]
    published = {str(row[0]) for row in case.rows("listed") if row[1] == "proposed_winners"}
    alike = [one for one in found.sets if {id for ids in one.winners.values() for id in ids} == published]
    return (alike or list(found.sets))[0]
