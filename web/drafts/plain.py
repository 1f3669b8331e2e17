"""A paper as plain data and back: what a draft is kept as, so that it is printed again without being written again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from explain.letter import Chart, Heading, Items, Note, Paper, Quote, Table, Text

_BLOCKS = {one.__name__: one for one in (Heading, Text, Quote, Items, Table, Chart, Note)}
_OWN = {one.name for one in fields(Paper)}


def plain(made: Paper) -> dict[str, Any]:
    """A paper as JSON holds it; each block says what it is."""
    row = {name: value for name, value in vars(made).items() if name != "blocks"}
    row["options"] = sorted(made.options)
    return row | {"blocks": [{"block": type(one).__name__, **asdict(one)} for one in made.blocks]}


def paper(row: Mapping[str, Any]) -> Paper:
    """The paper that `plain` wrote; what it does not know it leaves."""
    blocks = tuple(
        _BLOCKS[one["block"]](**{name: _held(value) for name, value in one.items() if name != "block"})
        for one in row["blocks"]
    )
    own = {name: _held(value) for name, value in row.items() if name in _OWN}
    return Paper(**{**own, "blocks": blocks, "options": frozenset(row["options"])})


def _held(value: Any) -> Any:
    """Lists as the tuples that they were."""
    return tuple(_held(one) for one in value) if isinstance(value, list) else value
