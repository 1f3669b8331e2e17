"""A regulation begun on the desk: its text laid out as `audit new` does, what is still missing, its files changed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from audit.checks import coverage
from audit.draft import lay_out
from audit.encoding import encoding
from audit.opinions import cases_of
from audit.tables import decided
from engine.errors import PingjiangError, Problem
from engine.law import RuleFile, read, rule_file
from engine.words import LANGUAGES, visible
from web.inquiries.placed import PARTS, beside, elsewhere
from web.inquiries.sitting import told

_MARKS = ("%!", "%:", "%~", "%@", "%?", "%%")
_CLASS = "%:"
OPEN = "?"
"""The class that nobody has chosen yet."""


def text_begun(name: str, data: bytes, like: str) -> dict[str, Any]:
    """The files that a text is laid out in, by part, and its title; problems where it cannot be."""
    with TemporaryDirectory() as folder:
        rules = Path(folder) / "rules"
        source = Path(folder) / "text.md"
        source.write_bytes(data)
        try:
            places = lay_out(name, source, rules, rules / "cases", like or None)
        except PingjiangError as error:
            return {"files": {}, "title": "", "problems": told(error)}
        except UnicodeDecodeError:
            return {"files": {}, "title": "", "problems": [{"code": "encoding", "found": "", "part": "", "words": {}}]}
        files = {part: place.read_text("utf-8") for part, place in zip(PARTS, places, strict=True)}
        return {"files": files, "title": visible(read(places[0]).title), "problems": []}


def text_gaps(city: str, files: Mapping[str, str]) -> dict[str, Any]:
    """Each provision with its class, rules, notes beside them and what is wrong; what concerns no single one."""
    if files:
        return dict(elsewhere("text_gaps", {city: files}, city, {}))
    with beside(city, "") as place:
        subject = encoding(place)
        found = coverage(subject, cases_of(subject))
        own = rule_file(subject.paths[1])
        lines = subject.paths[1].read_text("utf-8").splitlines()
        statute = subject.statute
    ends = _ends(own.blocks, len(lines))
    faults = [one for one in found.faults if (one.place.file, one.place.line) != ("", None)]
    rows: list[dict[str, Any]] = []
    for row in found.rows:
        category, _, reason = (row.block.category if row.block else "").partition(" ")
        first, last = (row.block.line, ends[row.block.line]) if row.block else (0, -1)
        here = [one for one in faults if one.place.file == own.path.name and first <= (one.place.line or 0) <= last]
        wrong = [
            one for one in here if one.code not in ("audit.class", "audit.class_open") or category not in ("", OPEN)
        ]
        rows.append(
            {
                "at": "-".join(map(str, row.provision)), "citation": row.provision.citation, "words": row.words,
                "chapter": statute.chapters.get(row.provision.article, ""), "category": category,
                "reason": reason, "rules": len(row.rules), "notes": list(_notes(lines[first:last])),
                "faults": [_worded(one) for one in wrong],
            }
        )  # fmt: skip
    unchosen = [one for one in found.faults if one.code == "audit.class_open"]
    placed = [fault for row in rows for fault in row["faults"]] + [_worded(one) for one in unchosen]
    return {
        "title": statute.title,
        "rows": rows,
        "faults": [words for one in found.faults if (words := _worded(one)) not in placed],
        "unsaid": [{"citation": one.provision.citation, "words": one.words} for one in found.unsaid],
        "open": sum(row["category"] in ("", OPEN) for row in rows),
        "number": len(found.faults),
    }


def _ends(blocks: Any, last: int) -> dict[int, int]:
    """The last line of each block, by its first."""
    firsts = sorted(block.line for block in blocks)
    return dict(zip(firsts, [*(line - 1 for line in firsts[1:]), last], strict=True))


def _notes(lines: list[str]) -> Iterator[str]:
    """What stands beside the rules of a block for whoever writes them: numbers of the words, what differs."""
    yield from (line[1:].strip() for line in lines if line.startswith("% ") and not line.startswith(_MARKS))


def _worded(one: Problem) -> dict[str, str]:
    return {lang: visible(one.line(lang)) for lang in LANGUAGES}


def text_classed(city: str, files: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    """The files with the classes chosen, by provision (`8-0-1`), each a class or `N` with its reason."""
    lines = files["lp"].splitlines()
    blocks = _read(city, files["lp"]).blocks
    ends = _ends(blocks, len(lines))
    for block in sorted(blocks, key=lambda one: -one.line):
        category = chosen.get("-".join(map(str, block.provision)))
        if category is None:
            continue
        inside = range(block.line, ends[block.line])
        at = next((line for line in inside if lines[line].startswith(_CLASS)), None)
        if at is None:
            lines.insert(ends[block.line], f"{_CLASS} {category}")
        else:
            lines[at] = f"{_CLASS} {category}"
    return {**files, "lp": "\n".join(lines) + "\n"}


def _read(city: str, rules: str) -> RuleFile:
    with TemporaryDirectory() as folder:
        place = Path(folder) / f"{city}.lp"
        place.write_text(rules, "utf-8")
        return rule_file(place)


def text_checked(city: str, files: Mapping[str, str]) -> list[dict[str, str]]:
    """What keeps files from being read, and their cases from being tried, in words; empty where nothing does."""
    try:
        if files:
            _read(city, files["lp"])
            return list(elsewhere("text_checked", {city: files}, city, {}))
        with beside(city, "") as place:
            subject = encoding(place)
            return [_worded(one) for one in decided(subject, cases_of(subject)).problems]
    except PingjiangError as error:
        return [_worded(one) for one in error.problems]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, RuntimeError) as error:
        return [dict.fromkeys(LANGUAGES, visible(str(error)))]
