"""Decisions to reasons: the explanation is itself a logic program, generated from the rules it explains."""

from __future__ import annotations

from typing import Any

__all__ = ["justify", "justify_all"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `import explain` stays cheap."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("explain.justify"), name)
