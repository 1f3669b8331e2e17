"""Direct calls into clingo give what its public functions give."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import clingo
import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.facts import PREDICATES, term
from engine.solve import feeder
from engine.solve.feeder import Terms, Values, add_facts, atom, keys

NOTHING = clingo.Function("", [])
_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
_VALUE = st.one_of(st.integers(-(2**31), 2**31 - 1), _TEXT)


@pytest.mark.parametrize("direct", [True, False])
@settings(max_examples=examples(200), deadline=None)
@given(rows=st.lists(st.tuples(_VALUE, _VALUE, _VALUE), max_size=6))
def test_a_term_made_directly_is_the_one_that_clingo_makes(direct: bool, rows: list[tuple[int | str, ...]]) -> None:
    """Numbers, strings of any characters, the same value in several places."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feeder, "DIRECT", direct)
        text = Values(partial(term, True))
        made = [*map(atom, keys(Terms("p", 3), [text, text, text], [[row[at] for row in rows] for at in range(3)]))]

    assert made == [clingo.Function("p", [term(True, value) for value in row]) for row in rows]


@pytest.mark.parametrize("direct", [True, False])
def test_every_predicate_of_the_vocabulary(direct: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeder, "DIRECT", direct)
    values = {quoted: Values(partial(term, quoted)) for quoted in (True, False)}
    for name, predicate in PREDICATES.items():
        row = ["art(8,0,1)" if field.kind == "provision" else "x" for field in predicate.fields]
        places = [values[field.quoted] for field in predicate.fields]
        made = [*map(atom, keys(Terms(name, len(row)), places, [[value] for value in row]))] if row else []

        wanted = clingo.Function(name, [term(f.quoted, v) for f, v in zip(predicate.fields, row, strict=True)])
        assert made == ([wanted] if row else [])


@pytest.mark.parametrize("direct", [True, False])
def test_facts_that_are_fed_ground_as_if_written(direct: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeder, "DIRECT", direct)
    control = clingo.Control()
    control.add("base", [], "q(Y) :- p(X,Y), X = (1;2). #show q/1.")
    places = [Values(clingo.Number), Values(clingo.String)]
    made = keys(Terms("p", 2), places, [range(4), [f"é{number}\n" for number in range(4)]])
    with control.backend() as backend:
        add_facts(backend, map(atom, made))
    control.ground([("base", [])])
    with control.solve(yield_=True) as models:
        shown = [str(symbol) for symbol in next(iter(models)).symbols(shown=True)]

    assert sorted(shown) == [r'q("é1\n")', r'q("é2\n")']


@pytest.mark.parametrize("direct", [True, False])
def test_columns_of_unequal_length_are_refused(direct: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeder, "DIRECT", direct)
    number = Values(clingo.Number)

    with pytest.raises(ValueError, match="zip"):
        list(keys(Terms("p", 2), [number, number], [[1, 2], [1]]))
    with pytest.raises(ValueError, match="zip"):
        list(keys(Terms("p", 2), [number, number], [[1]]))


@pytest.mark.parametrize("direct", [True, False])
def test_terms_made_anew_are_the_same(direct: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many are kept; beyond them each is made again."""
    monkeypatch.setattr(feeder, "DIRECT", direct)
    monkeypatch.setattr(feeder, "_MOST", 3)
    terms, number = Terms("p", 1), Values(clingo.Number)
    made = [*map(atom, keys(terms, [number], [[*range(5), *range(5)]]))]

    assert made == [clingo.Function("p", [clingo.Number(n)]) for n in [*range(5), *range(5)]]
    assert len(terms) <= 3


def _made(number: int) -> list[clingo.Symbol]:
    """Symbols that only the process it runs in has made."""
    name = f"made_by_{os.getpid()}"
    inside = [clingo.String(f'"{name}"\n第九条\\'), clingo.Number(-number), clingo.Infimum, clingo.Function("", [])]
    return [clingo.Function(name, inside, False), clingo.Function(name)]


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_a_symbol_is_the_same_in_another_process(start: str) -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context(start)) as pool:
        whole, name = pool.submit(_made, 3).result()

    assert whole.arguments == [clingo.String(f'"{name.name}"\n第九条\\'), clingo.Number(-3), clingo.Infimum, NOTHING]
    assert (whole.name, whole.positive, name.name.startswith("made_by_")) == (name.name, False, True)
    assert name.name != f"made_by_{os.getpid()}"


@pytest.mark.parametrize("direct", [True, False])
def test_the_keys_of_a_model_are_its_shown_atoms(direct: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeder, "DIRECT", direct)
    control = clingo.Control()
    control.add("base", [], 'p("é",art(8,0,1)). q(-3). r :- p(_,_). #show p/2. #show r/0.')
    control.ground([("base", [])])
    with control.solve(yield_=True) as models:
        keys = feeder.shown(next(iter(models)))

    assert sorted(str(feeder.atom(key)) for key in keys) == ['p("é",art(8,0,1))', "r"]
