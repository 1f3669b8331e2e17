"""Answers are written as Python's own JSON writer would write them."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.words.jsontext import dumps

_SCALAR = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text())
_KEY = st.one_of(st.text(), st.integers(), st.booleans(), st.none())
_VALUE = st.recursive(
    _SCALAR,
    lambda inside: st.one_of(
        st.lists(inside, max_size=4), st.tuples(inside, inside), st.dictionaries(_KEY, inside, max_size=4)
    ),
    max_leaves=20,
)


class Colour(StrEnum):
    """A text that is more than one."""

    RED = "\u7ea2\n"


def plain(value: Any) -> str:
    """The same by Python's own writer."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


@given(value=_VALUE)
def test_a_value_is_written_as_python_writes_it(value: Any) -> None:
    assert dumps(value) == plain(value)


@pytest.mark.parametrize("value", [Colour.RED, {Colour.RED: [Colour.RED]}, [[], {}, ()], {"a": {}}, "\u2028\x7f\ud800"])
def test_what_is_more_than_a_plain_value(value: Any) -> None:
    assert dumps(value) == plain(value)


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(TypeError):
        dumps({"a": {1, 2}})
