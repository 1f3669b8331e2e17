"""Why a value will not do, and the JSON Schema of a kind: by pydantic, from the types the plain checks are made of.

Imported for what was not taken and for schemas alone: importing pydantic takes as long as deciding a small case.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

import annotated_types
from pydantic import AfterValidator, PlainValidator, Strict, TypeAdapter, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from engine.facts.kinds import Bound, Check, Ge, Le, MinLen, Refused, Schema

_BUILT_IN = {
    "int_type": "wants_number",
    "string_type": "wants_text",
    "string_unicode": "surrogate",
    "string_too_short": "empty",
    "literal_error": "no_such_choice",
    "greater_than_equal": "number_range",
    "less_than_equal": "number_range",
}

_BOUNDS: Mapping[type[Bound], Callable[[int], Any]] = {
    Ge: annotated_types.Ge,
    Le: annotated_types.Le,
    MinLen: annotated_types.MinLen,
}


def refused(type_: Any, value: object) -> tuple[str, Mapping[str, Any]]:
    """The code of the problem with a value, and its parameters.

    Raises AssertionError for a value that will do: the plain checks have taken every such one.
    """
    try:
        adapter(type_).validate_python(value)
    except ValidationError as refusal:
        error = refusal.errors(include_url=False, include_input=False)[0]
        parameters = dict(error.get("ctx", {})) if error["type"] == "pingjiang" else {}
        return str(parameters.pop("code", "")) or _BUILT_IN.get(error["type"], ""), parameters
    raise AssertionError(f"{value!r} was refused")


def json_schema(type_: Any) -> dict[str, Any]:
    """The JSON Schema of a kind."""
    return adapter(type_).json_schema()


@cache
def adapter(type_: Any) -> TypeAdapter[Any]:
    """The pydantic validator of a kind, built once a type."""
    base, *marks = get_args(type_)
    strict = [] if get_origin(base) is Literal or base not in (int, str) else [Strict()]
    checked: Any = Annotated[base, *strict, *(_validator(mark) for mark in marks)]
    return TypeAdapter(checked)


def _validator(mark: Any) -> Any:
    if isinstance(mark, Check):
        return PlainValidator(_telling(mark.take)) if mark.whole else AfterValidator(_telling(mark.take))
    if isinstance(mark, Bound):
        return _BOUNDS[type(mark)](mark.value)
    if isinstance(mark, Schema):
        return WithJsonSchema(dict(mark.says))
    return mark


def _telling(take: Callable[[Any], int | str]) -> Callable[[Any], int | str]:
    """A plain check whose refusal pydantic reports."""

    def told(value: Any) -> int | str:
        try:
            return take(value)
        except Refused as refusal:
            raise PydanticCustomError("pingjiang", "refused", {"code": refusal.code, **refusal.parameters}) from None

    return told
