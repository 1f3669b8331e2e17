"""Where a sentence comes from: the key, file and line of a message, of a rule's wording, of the law's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from engine.law.statutes import RULES
from engine.words import LANGUAGES, catalogues

_HOUSE = RULES.parent
_TABLE = re.compile(r"\[([\w.-]+)\]\s*$")
_ENTRY = re.compile(r'"?([\w.-]+)"?\s*=')
_SLOT = re.compile(r"\{[^{}]*\}")


class Origin(NamedTuple):
    """A place that says something: the key of a message (empty elsewhere), the file, the line, the words."""

    key: str
    file: str
    line: int
    words: str


def origins(words: str) -> Iterator[Origin]:
    """Every place whose words hold these, or could make them: the places of a template are filled with anything."""
    yield from _messages(words)
    for path in sorted((*RULES.glob("*.lp"), *RULES.glob("*.md"))):
        if path.name == "calendar.lp":
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            said = line.lstrip("%!~@:# ") if path.suffix == ".lp" else line
            if (path.suffix == ".md" or line.startswith("%")) and _says(said.partition(": ")[2] or said, words):
                yield Origin("", str(path.relative_to(_HOUSE)), number, line.strip())


def _messages(words: str) -> Iterator[Origin]:
    for lang in LANGUAGES:
        for file in catalogues.files(lang):
            lines = _lines(file)
            for key, said in catalogues.read(file).items():
                if _says(said, words):
                    yield Origin(key, str(file.relative_to(_HOUSE)), lines.get(key, 1), " ".join(said.split()))


def _says(said: str, words: str) -> bool:
    """Whether a text holds the words, or is a template that the words, or a part of them, fill."""
    if words in said:
        return True
    if "{" not in said:
        return False
    pieces = [piece for piece in _SLOT.split(said) if piece.strip()]
    if sum(map(len, pieces)) < max(4, len(words) // 3):
        return False
    pattern = ".+?".join(map(re.escape, _SLOT.split(said)))
    return re.search(pattern, words, re.DOTALL) is not None


def _lines(file: Path) -> Mapping[str, int]:
    """The line on which each key of a catalogue begins."""
    found: dict[str, int] = {}
    table, inside = "", False
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not inside and (header := _TABLE.match(line)):
            table = header[1] + "."
        elif not inside and (entry := _ENTRY.match(line)):
            found[table + entry[1]] = number
        if line.count('"""') % 2:
            inside = not inside
    return found
