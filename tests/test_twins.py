"""Shortcuts of deciding, explaining and writing beside their slow twins: the same rows, problems, terms, bytes.

Which they are, and where the others have theirs: docs/twins.md.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from benchmarks.generate import dossier
from desk.press import docx
from desk.register import ladder
from desk.register.ladder import at_round, deadlines
from desk.register.mapping import Entry
from desk.register.mapping import Source as Table
from desk.register.screening import rows
from desk.register.tally import tallied
from desk.shell import Shell
from engine.answers import participants
from engine.answers.eligibility import Decision, decide
from engine.answers.eligibility import cohort as everybody
from engine.answers.participants import reviewed
from engine.case import lpfile
from engine.case.case import Case, read
from engine.case.source import Source
from engine.errors import CaseError, Problems
from engine.facts.vocabulary import Fact, quote, symbol, text, whole
from engine.law.rulebook import rule_files
from engine.solve import cohort
from engine.solve.feed import symbols
from engine.solve.solver import answer, inputs
from explain.dual.compiled import program
from explain.dual.evaluation import Atoms, answer_set
from explain.graph.justification import justify, justify_all, justify_atoms
from explain.graph.outcome import causes
from explain.letter import proof
from explain.letter.rejection import Letters, addressees, letter
from explain.rules import variables, written
from tests.justification import dump
from tests.test_local_numbers import renamed, told
from tests.test_papers import FULL

CITIES = ("jiyuan", "sanmenxia")
STRAY = (
    "", "% a remark", "%* over\nlines *%", "p(1)..", 'name("x', "applicant(J1)", "a :- b.", "  ", "score(1, 2)。"
)  # fmt: skip
"""What stands between facts, now and then."""
NAMES = ("0", "0", "0", ",0", '\\"0', "\\\\0", "é0", " 0")
"""What identifiers have in them."""


def test_every_row_of_the_page_has_its_test() -> None:
    """The tests that docs/twins.md names are there, and each says how much it tries."""
    page = (Path(__file__).parents[1] / "docs" / "twins.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in page.splitlines() if "::test_" in line]
    assert len(rows) > 20
    for _, _, named, tried in rows:
        file, _, test = named.strip("`").partition("::")
        assert f"def {test}(" in (Path(__file__).parent / file).read_text("utf-8"), named
        assert any(one.isdecimal() for one in tried) or "one" in tried or "dozen" in tried, named


def lines(number: int, few: int = 3) -> list[str]:
    """The facts of a random small case."""
    chance, city = random.Random(number), CITIES[number % 2]
    some = [f"round({city},6,20250930).", "announced(20250826)."]
    for one in chance.sample(range(10_000), chance.randint(1, few)):
        some += dossier(city, one)
    mark, named = city[0].upper(), chance.choice(NAMES)
    return [line.replace(f'"{mark}0', f'"{mark}{named}') for line in some]


def parted(few: int) -> list[Any]:
    """The numbers of a few random cases, and, as slow tests, of a thousand in ten parts."""
    slow = (range(at, at + 100) for at in range(0, 1000, 100))
    return [range(few), *(pytest.param(some, marks=pytest.mark.slow, id=f"from {some.start}") for some in slow)]


def cases(numbers: Iterable[int]) -> Iterator[Case]:
    """Random cases by their numbers."""
    for one in numbers:
        yield read({"case.lp": "\n".join(lines(one)).encode()})


def spoiled(number: int) -> bytes:
    """The text of a random case in which something else stands here and there, with ends of lines of either kind."""
    chance, some = random.Random(number), lines(number, 2)
    for _ in range(chance.choice([0, 0, 1, 2, 5])):
        at = chance.randrange(len(some))
        one = some[at]
        spoiled = [one.replace(*pair) for pair in ((",", ", "), (")", ",9)"), ('"', ""), (".", ""))]
        some[at] = chance.choice([chance.choice(STRAY), f" {one}", f"{one} {some[0]}", one[: len(one) // 2], *spoiled])
    return chance.choice(["\n", "\n", "\r\n"]).join(some).encode() + chance.choice([b"", b"\n"])


def taken(data: bytes) -> tuple[object, ...]:
    """What the reader takes from a text: rows with the lines they stand on, and the problems it tells."""
    problems = Problems()
    source: Source = lpfile.read("case.lp", data, problems)
    places = {name: [source.place(name, at).line for at in range(len(rows))] for name, rows in source.rows.items()}
    return source.rows, places, sorted(map(str, problems.all())), source.broken, source.salvaged


@pytest.mark.parametrize("numbers", parted(30))
def test_lines_read_at_once_are_those_walked_over(numbers: range, monkeypatch: pytest.MonkeyPatch) -> None:
    for one in numbers:
        data = spoiled(one)
        with monkeypatch.context() as patch:
            patch.setattr(lpfile._Reader, "_lines", lambda _self, _position: 0)
            slow = taken(data)
        for chunk in (90, 700, 4_000_000):
            with monkeypatch.context() as patch:
                patch.setattr(lpfile, "_CHUNK", chunk)
                assert taken(data) == slow, (one, chunk)


@pytest.mark.parametrize("numbers", parted(6))
def test_columns_are_the_facts_one_by_one(numbers: range, monkeypatch: pytest.MonkeyPatch) -> None:
    """As text, as terms, and as parts of a cohort."""
    for case in cases(numbers):
        assert whole(case.columns) == "".join(f"{text(fact)}.\n" for fact in case.facts)
        wanted = inputs(rule_files(case.city))
        own = {symbol(fact) for fact in case.facts if (fact.predicate, len(fact.arguments)) in wanted}
        fed = set(symbols(case.city, {}, case.facts))
        assert {one for one in fed if not one.name.startswith("calendar_")} == own

        monkeypatch.setattr(cohort, "SIZE", 2)
        for part in cohort.parts(case, everybody(case)):
            facts = {Fact(name, row) for name, some in part.columns.items() for row in zip(*some, strict=True)}
            facts |= {Fact(name, ()) for name, some in part.columns.items() if not some}
            about = {fact for id in part.applicants for fact in case.about(id) if fact.predicate != "name"}
            assert facts == {*about, *case.shared, *(Fact("listed", row) for row in case.rows("listed"))}


@pytest.mark.parametrize("numbers", parted(6))
def test_parts_with_numbers_for_names_are_decided_as_plain_clingo_decides(
    numbers: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cohort, "SIZE", 2)
    for case in cases(numbers):
        atoms = answer(rule_files(case.city), map(symbol, case.facts), extra=_calendar(case))
        plain = {
            (name, atom.arguments[0].string, *map(str, atom.arguments[1:3]))
            for atom in atoms
            if (name := atom.name) in ("eligible", "pending", "rejected", "failed", "open", "barred")
        }
        ours = set()
        for one in decide(case, processes=1).applicants:
            ours.add((one.status, one.id))
            for kind in ("failed", "open", "barred"):
                ours |= {(kind, one.id, str(ground.provision), ground.key) for ground in getattr(one, kind)}
        assert ours == plain


def _calendar(case: Case) -> str:
    """The rows of the calendar that the case's facts ask for, as text."""
    return "".join(f"{one}." for one in symbols(case.city, {}, case.facts) if one.name.startswith("calendar_"))


@pytest.mark.parametrize("numbers", parted(6))
def test_records_in_a_later_round_are_moved_as_one_by_one(numbers: range) -> None:
    for case in cases(numbers):
        later = Fact("round", (case.city, 7, 20260930))
        facts = [later]
        for name, row in case.facts:
            if name == "certificate" and case.deadline <= int(row[3]) < 20260930:
                facts.append(Fact(name, (*row[:3], 20260930)))
            elif name != "round":
                facts.append(Fact(name, row))

        assert at_round(case, later) == Case.of(facts)


@pytest.mark.parametrize("numbers", parted(2))
def test_reasons_over_the_atoms_a_question_comes_to_are_those_over_all(
    numbers: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is true and what is false, whole and open, one after another and several at once, of one and of several.

    The slow way knows of the atoms there are their predicates alone.
    """
    for number in numbers:
        chance = random.Random(number)
        closed = chance.sample(["evidence_closed."], chance.randint(0, 1))
        case = read({"case.lp": "\n".join([*lines(number, 2), *closed]).encode()})
        decision, files = decide(case, processes=1), rule_files(case.city)
        asked = [(one.id, atom) for one in decision.applicants for atom in _questions(decision, one.id, chance)]
        asked = chance.sample(asked, min(6, len(asked)))
        facts = {id: [*case.shared, *case.about(id)] for id, _ in asked}
        told = [dump(justify(decision, atom)) for _, atom in asked[:3]]
        again = replace(decision, case=Case.of(case.facts))
        together = [*map(dump, justify_all(again, [atom for _, atom in asked]))]

        with monkeypatch.context() as patch:
            patch.setattr(Atoms, "present", property(lambda atoms: {*atoms._by_predicate}))
            ready, names = program(files).dual, case.names
            every = answer_set(files, ready, symbols(case.city, {}, dict.fromkeys(chain(*facts.values()))))
            own = {id: answer_set(files, ready, symbols(case.city, {}, some)) for id, some in facts.items()}
            slow = [dump(next(justify_atoms(files, [atom], own[id], names=names))) for id, atom in asked[:3]]
            assert told == slow, number
            slow = [*map(dump, justify_atoms(files, [atom for _, atom in asked], every, names=names))]
            assert together == slow, number


def _questions(decision: Decision, id: str, chance: random.Random) -> list[str]:
    """Each cause, what some rules might give, other arguments as the rule has them, or open, and what did not fail."""
    name = quote(id)
    causal = [atom for cause in causes(decision.outcome(id)) for atom in cause.atoms]
    rules = [rule.head for rule in program(rule_files(decision.city)).rules if rule.head and rule.head.arguments]
    heads = [(one.name, *("_" if variables([term]) else str(term) for term in one.arguments[1:])) for one in rules]
    stated = [one[1:3] for one in heads if one[0] in ("requires", "barring_event") and "_" not in one[1:3]]
    asked = chance.sample(heads, 2) + [("failed", *one) for one in chance.sample(stated, 2)]
    others = [written(predicate, [name, *rest]) for predicate, *rest in asked]
    return list(dict.fromkeys([*causal, f"eligible({name})", *others]))


@pytest.mark.parametrize("numbers", parted(6))
def test_a_paper_is_filled_as_docxtpl_fills_it_by_itself(numbers: range) -> None:
    for number in numbers:
        chance = random.Random(number)
        blocks = tuple(chance.sample(FULL.blocks, chance.randint(1, len(FULL.blocks))))
        title = "".join(chance.choices('关于申报<&>{{ }} 的"通知', k=chance.randint(1, 40)))
        kind = chance.choice(("rejection_letter", "revocation_proposal", "supplement_notice", "round_report"))
        paper = replace(FULL, kind=kind, blocks=blocks, title=title, day=chance.choice((0, 20251015)),
                        stamp=chance.choice(("", "印")), draft=chance.random() < 0.5)  # fmt: skip
        fast = docx.render(paper)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(docx, "_Template", DocxTemplate)
            plain = partial(SandboxedEnvironment, autoescape=True, undefined=StrictUndefined)
            patch.setattr(docx, "_environment", plain)
            patch.setattr(docx, "_styles", lambda _document: lambda paragraph: paragraph.style.name)
            assert docx.render(paper) == fast, number


@pytest.mark.parametrize("numbers", parted(2))
def test_a_letter_among_others_is_the_one_written_alone(numbers: range) -> None:
    """What letters rest on is found once for all of them; one of each case is written by itself too."""
    for number, case in zip(numbers, cases(numbers), strict=True):
        decision = decide(case, processes=1)
        together = Letters(decision, ids := addressees(decision))
        for id in random.Random(number).sample(ids, min(1, len(ids))):
            assert together.of(id, 20251020) == letter(decide(case, [id], processes=1), id, 20251020), number


@pytest.mark.parametrize("numbers", parted(6))
def test_any_identifiers_in_parts_of_any_size_are_decided_alike(
    numbers: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Identifiers permuted, some of them numbers that stand for another inside; outcomes told without a clingo part."""
    for number, case in zip(numbers, cases(numbers), strict=True):
        chance, ids = random.Random(number), everybody(case)
        names = dict(zip(ids, chance.sample(["0", "1", "2", "-1", "x", "第一家"], len(ids)), strict=True))
        monkeypatch.setattr(cohort, "SIZE", 1000)
        whole = decide(case, processes=1).applicants
        monkeypatch.setattr(cohort, "SIZE", chance.randint(1, 3))
        again = {one.id: one for one in decide(renamed(case, names), processes=1).applicants}
        assert [told(again[names[one.id]], one.id) for one in whole] == [told(one, one.id) for one in whole], number
        monkeypatch.setattr(cohort, "SIZE", 1000)


@pytest.mark.parametrize("numbers", parted(6))
def test_who_is_reviewed_is_told_as_decide_tells_it(numbers: range, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outcomes alone, without grounds; whoever withdrew is neither pending nor rejected."""
    monkeypatch.setattr(participants, "processors", lambda: 1)
    for case in cases(numbers):
        monkeypatch.setattr(cohort, "SIZE", 2)
        found, decided = reviewed(case), decide(case, processes=1).applicants
        for status in ("eligible", "pending", "rejected"):
            assert getattr(found, status) == tuple(one.id for one in decided if one.status == status)


@pytest.mark.parametrize("numbers", parted(2))
def test_letters_cite_what_they_cite_where_every_claim_is_solved(numbers: range) -> None:
    for case in cases(numbers):
        decision = decide(case, processes=1)
        rejected = [outcome for outcome in decision.applicants if outcome.status == "rejected"]
        cited = proof.replay_all(decision, rejected)
        claims = [
            proof._claim(outcome, some, [provision for one in some for provision in one.provisions])
            for outcome, parts in zip(rejected, cited, strict=True)
            for some in (*([one] for one in parts), parts)
        ]

        assert all(proof.entailed(case, claims))


@pytest.mark.parametrize("numbers", parted(2))
def test_what_a_requirement_hangs_on_is_found_once_a_shape_of_records(numbers: range) -> None:
    """Beside one explanation for every requirement of every enterprise; what others of one shape taught, stays."""
    for case in cases(numbers):
        decision = decide(case, processes=1)
        open_for = ladder._learnt(decision, ())
        found, asked = list[object](), list[str]()
        for outcome, kinds, _ in ladder._records(decision):
            for ground in outcome.failed:
                asked.append(f"failed({quote(outcome.id)},{ground.provision},{ground.key})")
                found.append(ladder._HANGS[ladder._hanging(case, ground, kinds)])
            for ground in (ground for ground in outcome.open if outcome.actor(ground) == "own"):
                asked.append(f"open({quote(outcome.id)},{ground.provision},{ground.key})")
                found.append(open_for[ground, kinds & ladder._SHOWN])
        for question, graph, one in zip(asked, justify_all(decision, asked, worded=False), found, strict=True):
            told = {data.get("predicate") for _, data in graph.nodes(data=True) if data.get("truth")}
            if question.startswith("failed"):
                kinds = {fact.predicate for fact in case.facts if quote(str(fact.arguments[0])) in question}
                assert one == kinds & ladder._JUDGED & told, question
            else:
                assert one == ladder._missing(graph, ()), question


@pytest.mark.parametrize("numbers", parted(6))
def test_later_rounds_of_those_of_whom_they_tell_something(numbers: range) -> None:
    """The rows and the counts are those of everybody decided at every later deadline, whichever tables are complete."""
    kinds = [(one, {}) for one in ("operating_since", "accounts", "self_report_year", "score")]
    kinds += [("certificate", {"kind": one}) for one in ("qms", "ems", "ohsms", "little_giant")]
    for number, case in zip(numbers, cases(numbers), strict=True):
        chance = random.Random(number)
        some = chance.sample(kinds, chance.randint(0, len(kinds)))
        entries = [Entry(kind, Table("", Path()), {}, always, {}, complete=True) for kind, always in some]
        rounds = [Fact("round", (case.city, case.round, case.deadline))]
        rounds += deadlines(rounds[0], 3)
        decision = decide(case, processes=1)
        every = [decide(at_round(case, one), processes=1) for one in rounds[1:]]

        def after(ids: Sequence[str], case: Case = case, rounds: Sequence[Fact] = rounds) -> list[Decision]:
            return [decide(at_round(case, one), ids, processes=1) for one in rounds[1:]]

        fast = list(ladder.standings(decision, after, entries, ()))
        slow = [
            replace(one, later=tuple(next(o for o in each.applicants if o.id == one.outcome.id) for each in every))
            for one in fast
        ]
        assert rows(fast, rounds, {}, Shell("zh")) == rows(slow, rounds, {}, Shell("zh")), number
        assert tallied((one, {}) for one in fast) == tallied((one, {}) for one in slow), number


def test_a_key_that_no_reader_takes_is_refused_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways a case is refused with the same problems in the same order."""
    data = b'round(jiyuan,6,20250930).\napplicant("J1",nobody).\nscore("J2",5).\n'
    said = []
    for slow in (False, True):
        with monkeypatch.context() as patch:
            if slow:
                patch.setattr(lpfile._Reader, "_lines", lambda _self, _position: 0)
            with pytest.raises(CaseError) as refused:
                read({"case.lp": data})
            said.append(list(map(str, refused.value.problems)))

    assert said[0] == said[1]
    assert len(said[0]) == 2
