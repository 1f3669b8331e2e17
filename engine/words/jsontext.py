"""Answers as JSON text: one form for every answer of the program, so that equal answers are equal bytes."""

import json
from typing import Any


def dumps(value: Any) -> str:
    """A JSON value as text: characters as they are, one space a level, a line break at the end."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
