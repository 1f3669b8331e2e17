"""Facts and rules to decisions: `load` a case, `decide` it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.case import Case, load
    from engine.eligibility import Decision, decide

__all__ = ["Case", "Decision", "decide", "load"]

_HOMES = {
    "Case": "engine.case",
    "load": "engine.case",
    "Decision": "engine.eligibility",
    "decide": "engine.eligibility",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `import engine` stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
