"""Who reads files of a suffix. A room further up may add formats of its own; this module imports nothing."""

READERS = {".lp": "engine.case.lpfile", ".json": "engine.case.jsonfile"}
"""The module that reads files of a suffix: its `read(name, data, problems)` returns a Source, or None.

A module with `BINARY = True` gets the bytes as they are; to the others they come as UTF-8 without a byte order mark.
"""
