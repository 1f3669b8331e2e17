"""Who reads files of a suffix: `.lp` and `.json` here, others by entry points of the group `pingjiang.readers`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import ModuleType

GROUP = "pingjiang.readers"
READERS = {".lp": "engine.case.lpfile", ".json": "engine.case.jsonfile"}
"""The module that reads files of a suffix: its `read(name, data, problems)` returns a Source, or None.

A module with `BINARY = True` gets the bytes as they are; to the others they come as UTF-8 without a byte order mark.
One with `MENDED = True` takes, where there are any, what is to be read as something else (`engine.case.Mend`) last.
"""
_told: dict[str, str] = {}


def told(modules: Mapping[str, str]) -> None:
    """Take it from whoever knows which modules read files of some suffixes, as their entry points say.

    To ask what is installed takes as long as to import clingo twice.
    """
    _told.update(modules)


@cache
def readers() -> dict[str, str]:
    """Every suffix that can be read, with the name of the module that reads it."""
    from importlib.metadata import entry_points

    return READERS | {point.name: point.value for point in entry_points(group=GROUP)}


def reader(suffix: str) -> ModuleType | None:
    """The module that reads files of a suffix (`.lp`), or None where nothing does."""
    name = READERS.get(suffix) or _told.get(suffix) or readers().get(suffix)
    return import_module(name) if name else None
