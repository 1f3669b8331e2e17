"""Direct calls into clingo give what its public functions give."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

import clingo
import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.facts import PREDICATES, term
from engine.solve import feeder
from engine.solve.feeder import LONG, STEP, Values, add_facts, atom, keys, texts
from explain.dual.answers import parts

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
        made = [*map(atom, keys("p", [text, text, text], [[row[at] for row in rows] for at in range(3)]))]

    assert made == [clingo.Function("p", [term(True, value) for value in row]) for row in rows]


@pytest.mark.parametrize("direct", [True, False])
def test_every_predicate_of_the_vocabulary(direct: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeder, "DIRECT", direct)
    values = {quoted: Values(partial(term, quoted)) for quoted in (True, False)}
    for name, predicate in PREDICATES.items():
        row = ["art(8,0,1)" if field.kind == "provision" else "x" for field in predicate.fields]
        places = [values[field.quoted] for field in predicate.fields]
        made = [*map(atom, keys(name, places, [[value] for value in row]))] if row else []

        wanted = clingo.Function(name, [term(f.quoted, v) for f, v in zip(predicate.fields, row, strict=True)])
        assert made == ([wanted] if row else [])


@pytest.mark.parametrize("direct", [True, False])
def test_facts_that_are_fed_ground_as_if_written(direct: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeder, "DIRECT", direct)
    control = clingo.Control()
    control.add("base", [], "q(Y) :- p(X,Y), X = (1;2). #show q/1.")
    places = [Values(clingo.Number), Values(clingo.String)]
    made = keys("p", places, [range(4), [f"é{number}\n" for number in range(4)]])
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

    with pytest.raises(ValueError, match=r"zip|size"):
        list(keys("p", [number, number], [[1, 2], [1]]))
    with pytest.raises(ValueError, match=r"zip|size"):
        list(keys("p", [number, number], [[1]]))


@pytest.mark.parametrize("direct", [True, False])
@pytest.mark.parametrize("number", [0, 1, STEP - 1, STEP, STEP + 1, 3 * STEP])
def test_any_number_of_facts_is_handed_over(direct: bool, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Terms of one argument and of several, more and fewer than are handed over at a time."""
    monkeypatch.setattr(feeder, "DIRECT", direct)
    value, control = Values(clingo.Number), clingo.Control()
    made = [keys("one", [value], [range(number)]), keys("two", [value, value], [range(number), range(7, number + 7)])]
    with control.backend() as backend:
        for some in made:
            feeder.add_keys(backend, some)
    control.ground([("base", [])])

    wanted = [(n,) for n in range(number)], [(n, n + 7) for n in range(number)]
    for name, some, rows in zip(("one", "two"), made, wanted, strict=True):
        terms = [clingo.Function(name, [*map(clingo.Number, row)]) for row in rows]
        assert [*map(atom, some)] == terms
        assert (
            {one.symbol: one.is_fact for one in control.symbolic_atoms.by_signature(name, len(rows[0]))}
            == dict.fromkeys(terms, True)
            if rows
            else not some
        )


def test_threads_hand_over_facts_beside_each_other() -> None:
    value = Values(clingo.Number)

    def made(at: int) -> bool:
        numbers = range(at, at + 20 * STEP)
        wanted = [clingo.Function("p", [clingo.Number(n), clingo.Number(at)]) for n in numbers]
        return [*map(atom, keys("p", [value, value], [numbers, [at] * len(numbers)]))] == wanted

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(made, range(12)))


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


_TERMS = st.recursive(
    st.one_of(
        st.integers(-(2**31), 2**31 - 1).map(clingo.Number),
        _TEXT.map(clingo.String),
        st.sampled_from(
            (clingo.Infimum, clingo.Supremum, clingo.Function("a"), clingo.Function("b", [], False), NOTHING)
        ),
    ),
    lambda inner: st.builds(
        clingo.Function,
        st.sampled_from(("f", "art", "")),
        st.lists(inner, min_size=1, max_size=4),
        st.just(True),
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("direct", [True, False])
@settings(max_examples=examples(300), deadline=None)
@given(rows=st.lists(st.lists(_TERMS, max_size=5), max_size=4), long=st.sampled_from((1, 20, LONG)))
def test_terms_as_text_and_their_parts(direct: bool, rows: list[list[clingo.Symbol]], long: int) -> None:
    """Functions in functions, tuples, any strings, texts longer than the buffer; the parts give them back."""
    atoms = [clingo.Function("p", row, bool(at % 2)) for at, row in enumerate(rows)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feeder, "DIRECT", direct)
        patch.setattr(feeder, "LONG", long)
        written = texts(atoms)

    assert written == [str(one) for one in atoms]
    assert [parts(text) for text in written] == [
        ("p" if at % 2 else "-p", tuple(map(str, row))) for at, row in enumerate(rows)
    ]
    assert [[clingo.parse_term(one) for one in parts(text)[1]] for text in written] == rows
