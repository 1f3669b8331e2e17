"""The plain checks of values beside pydantic's, made from the same types."""

from __future__ import annotations

from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.facts import PREDICATES
from engine.facts.predicate import Field, Flaw
from engine.facts.refusing import adapter

FIELDS = tuple({field.type: field for predicate in PREDICATES.values() for field in predicate.fields}.values())
WRITTEN = [
    "",
    "842",
    "842.5",
    "0842",
    "1000.01",
    "第九条第（四）项",
    "art(9,0,4)",
    "9",
    "a",
    "aB_1",
    "A",
    "\0",
    "\ud800",
]
CHOSEN = sorted({choice for field in FIELDS for choice in field.choices})
CODES = ["91410881MA3X12345X", "91410881MA9F3LKX0W"]
VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from([*WRITTEN, *CHOSEN, *CODES]),
    st.integers(-2, 1100),
    st.integers(18990101, 21010101),
    st.dates().map(lambda day: int(f"{day:%Y%m%d}")),
    st.sampled_from([99991231, 20250229, 20241301, 2**70, True, False, None, 1.0, 20250101.0, (), [], {}]),
)


def _by_pydantic(field: Field, value: object) -> tuple[str, object]:
    try:
        taken = adapter(field.type).validate_python(value)
    except ValidationError:
        return "refused", None
    return type(taken).__name__, taken


@settings(max_examples=examples(200), deadline=None)
@given(value=VALUES)
def test_a_value_is_taken_where_pydantic_takes_it(value: object) -> None:
    plain = {field: _told(field.check(value)) for field in FIELDS}

    assert plain == {field: _by_pydantic(field, value) for field in FIELDS}


def _told(taken: object) -> tuple[str, object]:
    return ("refused", None) if isinstance(taken, Flaw) else (type(taken).__name__, taken)
