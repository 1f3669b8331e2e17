"""Answers as JSON text: one form for every answer of the program, so that equal answers are equal bytes."""

import json
from json.encoder import encode_basestring as quoted
from typing import Any


def dumps(value: Any) -> str:
    """A JSON value as text: characters as they are, one space a level, a line break at the end.

    What `json.dumps(value, ensure_ascii=False, indent=1)` writes, in less than half of its time.
    """
    return _written(value, "\n") + "\n"


def _written(value: Any, line: str) -> str:
    """A value as text; `line` is the line break with the blanks that its last line begins with."""
    if isinstance(value, str):
        return quoted(value)
    within = line + " "
    if isinstance(value, dict):
        fields = [
            f"{_key(key)}: {quoted(one) if type(one) is str else _written(one, within)}" for key, one in value.items()
        ]
        return f"{{{within}{f',{within}'.join(fields)}{line}}}" if fields else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{within}{f',{within}'.join([_written(one, within) for one in value])}{line}]" if value else "[]"
    return str(value) if type(value) is int else json.dumps(value)


def _key(key: Any) -> str:
    return quoted(key) if type(key) is str else json.dumps({key: 0}, ensure_ascii=False)[1 : -len(": 0}")]
