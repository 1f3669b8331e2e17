"""Reasons made once for all that are alike beside those made for each by itself: the same graphs, the same bytes."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import networkx
import pytest
from random_programs import FACTS, LEVELS, Writer

from benchmarks.generate import dossier
from engine.answers.eligibility import Decision, decide
from engine.case.case import Case, read
from engine.facts.vocabulary import quote
from explain.build.alike import Sketch
from explain.build.seen import distinct
from explain.dual.compiled import Program, program
from explain.dual.evaluation import answer_set, explain_atoms, explain_facts
from explain.dual.questions import Question
from explain.graph import justification
from explain.graph.justification import justifications, justify_all, sketched
from explain.graph.outcome import causes, grounds, reasons
from explain.show.graphjson import Rows
from explain.show.graphjson import causes as told
from tests.test_twins import CITIES

FIRMS = (
    "虚构甲公司",
    "虚构乙公司",
    "虚构乙公司",
    "甲（集团）",
    "Any Firm Ltd",
    "Any",
    "至今",
    "now",
    "“小巨人”厂",
    "a\\b",
    "第八条",
    "公司公司",
    "2019年某厂",
    "868",
    "三年",
    "三门峡某厂",
    "不满公司",
    "less",
)
"""What applicants are called: two of them alike, one like another's beginning, like words of the law, with signs."""
KEYS = ("J000001", "J000002", "91410881", "1", "20250930", "企业甲", "zz", 'q"q', "J00", "art", "A", "(", "有限公司")


def everything(graph: networkx.DiGraph) -> tuple[Any, ...]:
    """All that a graph holds, in its order."""
    return graph.graph, list(graph.nodes(data=True)), list(graph.edges(data=True))


def cohorts(numbers: range) -> Iterator[Case]:
    """Random small cohorts; of some, identifiers and names are such as could be taken for other words."""
    for number in numbers:
        chance, city = random.Random(f"alike {number}"), CITIES[number % 2]
        some = [f"round({city},6,20250930).", "announced(20250826)."]
        keys, ids = list(KEYS), chance.sample(range(400), 9)
        chance.shuffle(keys)
        strange = chance.random() < 0.5
        for at in (*ids, chance.choice(ids)) if strange else ids:
            key = keys.pop() if strange and chance.random() < 0.7 else f"Q{at:06}{len(keys)}"
            name = chance.choice(FIRMS) if strange and chance.random() < 0.7 else f"虚构第{at}号公司"
            for line in dossier(city, at, flawed=True):
                line = line.replace(f"虚构第{at}号有限公司", name.replace("\\", "\\\\"))
                some.append(line.replace(quote(f"{city[0].upper()}{at:06}"), quote(key)))
            keys.insert(0, f"Q{at}")
        yield read({"case.lp": "\n".join(dict.fromkeys(some)).encode()})


def asked(decision: Decision) -> list[str]:
    """What is asked of each applicant: its outcome, every ground, and all that failed."""
    return [
        atom
        for outcome in decision.applicants
        for atom in (
            f"eligible({quote(outcome.id)})",
            f"failed({quote(outcome.id)},_,_)",
            *(atom for cause in causes(outcome) for atom in cause.atoms),
            f"met({quote(outcome.id)},art(8,0,1),_)",
        )
    ]


@pytest.mark.parametrize(
    "numbers", [range(3), *(pytest.param(range(n, n + 10), marks=pytest.mark.slow) for n in range(0, 100, 10))]
)
def test_reasons_made_once_for_all_that_are_alike_are_those_of_each(
    numbers: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Graphs with sentences and without, whole outcomes, and JSON; both ways are gone."""
    monkeypatch.setattr(justification, "FEW", 0)
    fast, slow, solved = 0, 0, dict[tuple[str, ...], Any]()

    def solve(ready: Program, questions: Sequence[Question], *given: Any) -> Any:
        key = (*map(str, questions), str(given[-1]))
        if key not in solved:
            solved[key] = explain_facts(ready, questions, *given)
        return solved[key]

    monkeypatch.setattr(justification, "explain_facts", solve)
    for case in cohorts(numbers):
        solved.clear()
        decision = decide(case, processes=1)
        questions = asked(decision)
        once = [
            [everything(one) for one in justify_all(decision, questions, worded=worded)] for worded in (True, False)
        ]
        whole = [everything(graph) for _, _, graph in grounds(decision)]
        rows = Rows()
        written = [rows.row(found) for found in reasons(decision)]
        some = [outcome.id for outcome in decision.applicants]
        shares = [decide(case, only=ids, processes=1) for ids in (some[::2], some[1::2])]
        again = {row for share in shares for row in map(rows.row, reasons(share))}
        assert again == set(written)
        drawn = [isinstance(one.drawn, Sketch) for one in sketched(decision, questions)]
        fast, slow = fast + sum(drawn), slow + drawn.count(False)
        with monkeypatch.context() as patch:
            patch.setattr(justification, "_sketches", lambda *_: None)
            each = [
                [everything(one) for one in justify_all(decision, questions, worded=worded)] for worded in (True, False)
            ]
            assert once == each
            assert whole == [everything(graph) for _, _, graph in grounds(decision)]
            for row, (outcome, known, graph) in zip(written, grounds(decision), strict=True):
                head = {"id": outcome.id, "name": outcome.name, "status": outcome.status}
                assert row == json.dumps({**head, **told(known, graph)}, ensure_ascii=False)
    assert fast > 5 * len(numbers)
    assert slow > 2 * len(numbers)


@pytest.mark.parametrize(
    "numbers", [range(2), *(pytest.param(range(n, n + 6), marks=pytest.mark.slow) for n in range(2, 50, 6))]
)
def test_reasons_of_random_programs_made_once_are_those_of_each(tmp_path: Path, numbers: range) -> None:
    """Functions, arithmetic, aggregates, conditional literals: of three subjects, each with most of the same facts."""
    sketches = 0
    for number in numbers:
        chance = random.Random(number)
        writers = [Writer(seed) for seed in range(number * 20, (number + 1) * 20)]
        programs = [writer.program(recursive=False) for writer in writers]
        known = [f"#defined {name}{n}/{size}." for n in range(20) for name, size in {**FACTS, **LEVELS}.items()]
        text = "\n".join([*(one.written(place) for place, one in enumerate(programs)), *known])
        some = [line for line in text.splitlines() if _fact(line)]
        ids = ("QX7", "RY8", "SZ9")
        given = [line.replace("a", quote(id)) for id in ids for line in some if "a" in line and chance.random() < 0.9]
        file = tmp_path / f"random{number}.lp"
        file.write_text("\n".join([*text.splitlines(), *given]), "utf-8")
        ready = program((file,))
        answer_set((file,), ready.dual, ())
        asked = [
            f"{name}{place}({quote(id)}{',_' * (size - 1)})"
            for id in ids
            for place in range(20)
            for name, size in LEVELS.items()
            if (f"{name}{place}", size) in {(one[0].removeprefix("-"), one[1]) for one in ready.dual.signatures}
        ]
        sketches += sum(alike(file, asked, {id: f"Works No {at}" for at, id in enumerate(ids)}))
    assert sketches > 20 * len(numbers)


def alike(file: Path, asked: Sequence[str], names: dict[str, str]) -> list[bool]:
    """Whether the reasons of what is asked are made as for all that are alike; both ways they are the same."""
    ready = program((file,))
    questions = [Question.of(one) for one in asked]
    evidence, goals = explain_atoms(ready, questions, answer_set((file,), ready.dual, ()))
    once, each = (list(justifications(ready, questions, evidence, goals, names, True, many)) for many in (True, False))
    for one, other in zip(once, each, strict=True):
        assert everything(one.graph()) == everything(other.graph()), one.question
    return [isinstance(one.drawn, Sketch) for one in once]


def test_comparisons_that_compare_the_same_for_two_days_are_made_for_each(tmp_path: Path) -> None:
    """20160315 and 20220315 both compare 315: who has both has two nodes, which one name would be too few for."""
    file = tmp_path / "rules.lp"
    file.write_text(
        'd("QX7",20160315). d("RY8",20220315). d("SZ9",20160315). d("SZ9",20220315).\n'
        "leap(D) :- d(_, D), D \\ 10000 = 229.\nok(A) :- d(A, D), leap(D).",
        "utf-8",
    )
    asked = [f'ok("{id}")' for id in ("QX7", "RY8", "SZ9", "QX7")]
    names = {"QX7": "Firm 1", "RY8": "Firm 2", "SZ9": "Firm 3"}
    assert alike(file, asked, names) == [True, True, False, True]


def test_two_of_one_name_are_told_once_as_by_themselves(tmp_path: Path) -> None:
    """Of two sentences that are one because both bear a name, one is told; which only who bears it can know."""
    file = tmp_path / "rules.lp"
    file.write_text(
        """
        %@ sound(A)
        %@ zh: {A}合格
        %@ zh not: {A}不合格
        %@ en: {A} is sound
        %@ en not: {A} is not sound
        sound(A) :- stamp(A).
        %@ fit(A)
        %@ zh: {A}可以
        %@ zh not: {reasons}
        %@ en: {A} is fit
        %@ en not: {reasons}
        fit(A) :- with(A, B), sound(A), sound(B).
        with("QX7","UV1"). with("RY8","UV2"). with("SZ9","UV1"). #defined stamp/1.
        """.replace("        ", ""),
        "utf-8",
    )
    asked = [f'fit("{id}")' for id in ("QX7", "RY8", "SZ9")]
    names = {"QX7": "Firm 1", "RY8": "Firm 2", "SZ9": "Firm 3", "UV1": "Firm 9", "UV2": "Firm 2"}
    assert alike(file, asked, names) == [True, False, True]
    assert alike(file, asked, {**names, "QX7": ""}) == [False, False, True]
    assert alike(file, asked, {**names, "QX7": "Firm 9"}) == [False, False, True]
    assert alike(file, asked, {**names, "UV1": "\ue003"}) == [False, False, False]


def test_a_rule_is_beside_the_point_for_some_and_not_for_others(tmp_path: Path) -> None:
    """Where every rule is blocked by what no rule gives none is idle; where one is blocked otherwise, the other is."""
    file = tmp_path / "rules.lp"
    file.write_text(
        "p(A) :- in(A), state(2).\np(A) :- in(A), c(A, N), low(N).\nstate(1). low(1).\n#defined c/2.\n"
        'in("QX7"). in("RY8"). in("SZ9"). in("UV1"). c("QX7",5). c("SZ9",5).',
        "utf-8",
    )
    for order in (("QX7", "RY8", "SZ9", "UV1"), ("RY8", "QX7", "UV1", "SZ9")):
        names = {id: f"Firm {at}" for at, id in enumerate(order)}
        assert alike(file, [f'p("{id}")' for id in order], names) == [True] * 4


def _fact(line: str) -> bool:
    return line.endswith(").") and ":-" not in line and "{" not in line and line[:1].isalpha()


def test_words_that_could_be_taken_for_others_stand_for_no_mark() -> None:
    assert distinct("J000001", "虚构甲公司")
    assert distinct("91410881MA00", "Any Firm Ltd")
    for words in (
        ("A1A", "甲"),
        ("甲", "甲乙"),
        ("甲乙", "乙丙"),
        ("乙丙", "甲乙"),
        ("甲", ""),
        ("甲", "“乙”"),
        ("甲", "甲"),
    ):
        assert not distinct(*words), words
