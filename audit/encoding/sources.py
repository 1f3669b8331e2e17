"""Where a text comes from: the published file it was copied from, by name and hash, and who has read it against that.

Beside `NAME.md` and `NAME.lp` stands `NAME.source.toml`: `file` and `sha256` of the published file, `words`, the hash
of the provisions' words as they were compared with it, and one `[[read]]` for everybody who compared the two by eye.
The published file itself is looked for in `source/` beside the text; where it is there, the words are compared with it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from audit.encoding.encodings import Encoding
from engine.errors import Place, Problem
from engine.law import Provision, Statute

_BLANK = re.compile(r"[\s*#>\u3000\u200b\ufeff]+")
_NEAR = 6


@dataclass(frozen=True)
class Reading:
    """Somebody compared text and published file: who, when, and the hash of the words read."""

    by: str
    on: str
    words: str


@dataclass(frozen=True)
class Source:
    """What is on record of a text's origin."""

    file: str
    sha256: str
    words: str
    read: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class Origin:
    """What the bench knows of it now: faults, whether the published file was there, who has read these very words."""

    source: Source | None
    faults: tuple[Problem, ...]
    compared: bool
    readers: tuple[Reading, ...]

    @property
    def wanting(self) -> bool:
        """Whether somebody should still read the text against the published file: it is not there, and nobody has."""
        return self.source is not None and not self.faults and not self.compared and not self.readers


def words_hash(text: Statute) -> str:
    """The hash of a text's provisions and their words; its header and its layout do not count."""
    rows = (f"{provision}\0{words}\n" for provision, words in text.words.items())
    return sha256("".join(rows).encode("utf-8")).hexdigest()


def place(encoding: Encoding) -> Path:
    """Where the origin of a text is recorded."""
    return encoding.paths[1].with_suffix(".source.toml")


def published(encoding: Encoding, name: str) -> Path:
    """Where the published file of that name is looked for."""
    return encoding.paths[1].parent / "source" / name


def on_record(encoding: Encoding) -> Source | None:
    """What is on record; none where there is no record. Raises nothing: what is missing in it is empty."""
    file = place(encoding)
    if not file.is_file():
        return None
    data = tomllib.loads(file.read_text("utf-8"))
    read = tuple(Reading(*(str(row.get(key, "")) for key in ("by", "on", "words"))) for row in data.get("read", ()))
    file_, hash_, words = (str(data.get(key, "")) for key in ("file", "sha256", "words"))
    return Source(file_, hash_, words, read)


def origin(encoding: Encoding) -> Origin:
    """The text against what is on record, and against the published file where that is there."""
    source, name = on_record(encoding), encoding.paths[1].with_suffix(".md").name
    if source is None or not source.file or not source.sha256:
        return Origin(None, (Problem("audit.no_source", {"file": place(encoding).name}, Place(name)),), False, ())
    now = words_hash(encoding.statute)
    readers = tuple(one for one in source.read if one.words == now and one.by and one.on)
    there = published(encoding, source.file)
    if there.is_file():
        faults = tuple(differences(encoding, there, source.sha256))
        return Origin(source, faults, not faults, readers)
    if now != source.words and not readers:
        return Origin(source, (Problem("audit.text_changed", {"file": source.file}, Place(name)),), False, ())
    return Origin(source, (), False, readers)


def differences(encoding: Encoding, file: Path, hash: str = "") -> Iterator[Problem]:
    """Where the text is not what the published file says, provision by provision in their order; its own hash first."""
    content, name = file.read_bytes(), encoding.paths[1].with_suffix(".md").name
    if hash and sha256(content).hexdigest() != hash:
        yield Problem("audit.source_changed", {"file": file.name}, Place(name))
    whole, at = _bare(content.decode("utf-8", "replace")), 0
    for provision, words in encoding.statute.words.items():
        bare = _bare(words)
        found = whole.find(bare, at)
        if found >= 0:
            at = found + len(bare)
            continue
        yield _differs(provision, bare, whole, at, file.name, name)


def _bare(words: str) -> str:
    return _BLANK.sub("", words)


def _differs(provision: Provision, words: str, whole: str, start: int, file: str, name: str) -> Problem:
    """The first character at which a provision's words leave the published file."""
    length = next((n for n in range(len(words), 0, -1) if whole.find(words[:n], start) >= 0), 0)
    where = whole.find(words[:length], start) + length if length else start
    return Problem(
        "audit.source_differs",
        {
            "citation": provision.citation,
            "at": length + 1,
            "found": words[max(0, length - _NEAR) : length + _NEAR],
            "words": whole[max(0, where - _NEAR) : where + _NEAR],
            "file": file,
        },
        Place(name),
    )


def compared(encoding: Encoding, file: Path) -> Source:
    """The record of a text that says what the published file says, those kept who have read these very words."""
    before, now = on_record(encoding), words_hash(encoding.statute)
    read = tuple(one for one in (before.read if before else ()) if one.words == now)
    return Source(file.name, sha256(file.read_bytes()).hexdigest(), now, read)


def signed(encoding: Encoding, source: Source, by: str, on: str) -> Source:
    """The record with one reader more, of the words as they are."""
    now = words_hash(encoding.statute)
    return replace(source, read=(*source.read, Reading(by, on, now)))


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def written(source: Source) -> str:
    """The record as it is put on file."""
    lines = [
        "# The published file that the text beside this was copied from; written by `pingjiang audit source`.",
        f"file = {_quoted(source.file)}",
        f"sha256 = {_quoted(source.sha256)}",
        f"words = {_quoted(source.words)}",
    ]
    for by, on, words in ((one.by, one.on, one.words) for one in source.read):
        lines += ["", "[[read]]", f"by = {_quoted(by)}", f"on = {_quoted(on)}", f"words = {_quoted(words)}"]
    return "\n".join(lines) + "\n"
