"""The rule files: rules labelled with the provision they carry out, constants, readings.

In a city's file `%!` opens a block: first line the citation, then the provision's own words; `%:` gives
its class. A block ends at the next `%!` or at a heading (`%%`). `%~` quotes the words of the provision that the
rules below it rest on, until other words are quoted or the block ends. `%?` names a rule of entry: what no rule can
settle, only whoever enters the facts.
"""

from __future__ import annotations

import atexit
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from clingo import SymbolType, parse_term

from engine.errors import Place, Problem, Problems, RuleError
from engine.law.statutes import RULES, Provision, cities, stems, versions
from engine.words import home

if TYPE_CHECKING:
    from clingo import ast  # not needed to decide

COMMON = "common.lp"
"""What every city shares and every question stands on."""

_INCLUDE = re.compile(r'^#include "([^"]+)"\.', re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A provision's place in a rule file: citation line, quoted words, class, first line."""

    provision: Provision
    citation: str
    words: tuple[str, ...]
    category: str
    file: str
    line: int


@dataclass(frozen=True)
class Span:
    """Words of a provision that rules rest on (`%~`), as they are quoted, and where."""

    words: str
    file: str
    line: int
    provision: Provision | None


@dataclass(frozen=True)
class Statement:
    """One statement of a rule file: its AST, where it stands, the provision it carries out (or none).

    `spans` are the words of the provision that it rests on: those named last above it in its block.
    """

    node: ast.AST
    file: str
    line: int
    provision: Provision | None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Constant:
    """A number of the law: `#const name = value.`"""

    name: str
    value: int
    file: str
    line: int
    provision: Provision | None


@dataclass(frozen=True)
class Reading:
    """How an open wording may be read: key, choices, default, the provision it stands beside."""

    key: str
    choices: tuple[str, ...]
    default: str
    file: str
    line: int
    provision: Provision | None


@dataclass(frozen=True)
class Entry:
    """What only a person entering facts can settle (`%?`): the key of the rule of entry, the provision it is about."""

    key: str
    file: str
    line: int
    provision: Provision | None


@dataclass(frozen=True, eq=False)
class RuleFile:
    """One rule file, read; one of the same path and text is the same."""

    path: Path
    blocks: tuple[Block, ...]
    statements: tuple[Statement, ...]
    constants: tuple[Constant, ...]
    readings: tuple[Reading, ...]
    comments: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    spans: tuple[Span, ...] = ()
    entries: tuple[Entry, ...] = ()


ROUND_TEXT = Reading("round_text", ("deadline", "announcement"), "deadline", COMMON, 0, None)
"""Which day decides what text governs a round; a reading of cities that have several texts."""


def rule_files(city: str, *questions: str) -> tuple[Path, ...]:
    """The files that answer a question for a city: common.lp, the city's own, and one a question."""
    return (RULES / COMMON, home(city), *(RULES / f"{name}.lp" for name in questions))


def rules_sha256(city: str, *questions: str) -> str:
    """The hash of every byte of these files and of what they include, in the order they are read."""
    digest = sha256()
    for path in rule_files(city, *questions):
        for source in (path, *included(path)):
            digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()


def included(path: Path) -> tuple[Path, ...]:
    """The files that a rule file takes in by `#include`."""
    return tuple(path.parent / name for name in _INCLUDE.findall(path.read_text("utf-8")))


def without_includes(path: Path) -> str:
    """A rule file's text without what it includes, line for line: the engine feeds those facts itself.

    RuleError, whoever asks, where a sign outside comments and strings is not of the language.
    """
    now = path.stat()
    if time.time_ns() - now.st_mtime_ns < _SETTLED:
        return _without_includes(path)
    return _as_it_stood(path, now.st_mtime_ns, now.st_ctime_ns, now.st_size, now.st_ino)


_STRING_OR_COMMENT = r'"(?:\\.|[^"\\\n])*"|%\*.*?\*%|%[^\n]*'
_BESIDE = re.compile(_STRING_OR_COMMENT, re.DOTALL)
_FOREIGN = re.compile(_STRING_OR_COMMENT + r"|([^\x00-\x7f])", re.DOTALL)
"""Strings and comments, or else a sign that is not of the language: clingo ends the process over one."""
_SETTLED = 2_000_000_000
"""Nanoseconds: a file changed less long ago may change again without its times showing it, and is read anew."""


@lru_cache(256)
def _as_it_stood(path: Path, *_: int) -> str:
    return _without_includes(path)


def _without_includes(path: Path) -> str:
    text = _INCLUDE.sub("", path.read_text("utf-8"))
    if not _BESIDE.sub("", text).isascii():
        found = ((one[0], text.count("\n", 0, one.start()) + 1) for one in _FOREIGN.finditer(text) if one[1])
        raise RuleError([Problem("rule_sign", {"found": sign}, Place(path.name, line)) for sign, line in found])
    return text


def rule_file(path: Path) -> RuleFile:
    """Read one rule file, as it stands now; RuleError where it does not parse or a `%!` names no provision."""
    return _read(path, without_includes(path))


_FAULT = re.compile(r"<string>:(\d+):\S+ error: (.*)")


def _parsed(file: str, text: str) -> list[ast.AST]:
    """The statements and comments of a rule file; RuleError with each line that does not parse, or holds a program."""
    from clingo import ast

    _go_with_the_process()
    nodes: list[ast.AST] = []
    said: list[str] = []
    problems = Problems()
    try:
        ast.parse_string(text, nodes.append, logger=lambda _code, words: said.append(words))
    except RuntimeError:
        for words in said:
            place = _FAULT.match(words)
            line, fault = (int(place[1]), place[2]) if place else (0, words.strip())
            problems.add("rule_unparsed", Place(file, line or None), found=fault)
    for node in nodes:
        if node.ast_type == ast.ASTType.Script:
            problems.add("rule_script", Place(file, node.location.begin.line))
    if problems:
        raise RuleError(problems.all())
    return nodes


@cache
def _go_with_the_process() -> None:
    """Nodes that are kept to the end are not given back: by then Python may have taken clingo's module to pieces."""
    from clingo import ast

    for kind in (ast.AST, ast.ASTSequence, ast.StrSequence):
        atexit.register(delattr, kind, "__del__")


@lru_cache(256)
def _read(path: Path, text: str) -> RuleFile:
    from clingo import ast

    nodes = _parsed(path.name, text)
    blocks: list[Block] = []
    statements: list[Statement] = []
    constants: list[Constant] = []
    comments: list[tuple[int, str]] = []
    current: Provision | None = None
    spans: list[Span] = []
    entries: list[Entry] = []
    resting: tuple[Span, ...] = ()
    fresh = False
    problems = Problems()
    for node in nodes:
        line = node.location.begin.line
        if node.ast_type == ast.ASTType.Comment:
            comment = str(node.value).rstrip("\n")
            comments.append((line, comment))
            try:
                current = _label(comment, path.name, line, blocks, current)
            except ValueError:
                problems.add("label_unknown", Place(path.name, line), found=comment)
            if comment.startswith(("%%", "%!")):
                resting = ()
            if comment.startswith("%?"):
                entries.append(Entry(comment[2:].strip(), path.name, line, current))
            if comment.startswith("%~"):
                spans.append(Span(comment[2:].strip(), path.name, line, current))
                resting, fresh = ((*resting, spans[-1]) if fresh else (spans[-1],)), True
            continue
        statements.append(Statement(node, path.name, line, current, resting))
        fresh = False
    if problems:
        raise RuleError(problems.all())
    values = valued(statement.node for statement in statements)
    for statement in statements:
        if statement.node.ast_type == ast.ASTType.Definition and isinstance(values[statement.node.name], int):
            name = statement.node.name
            constants.append(Constant(name, int(str(values[name])), path.name, statement.line, statement.provision))
    return RuleFile(
        path,
        tuple(blocks),
        tuple(statements),
        tuple(constants),
        _readings(path, text),
        tuple(comments),
        tuple(spans),
        tuple(entries),
    )


def valued(nodes: Iterable[ast.AST]) -> dict[str, int | str]:
    """The `#const` among statements, by name, each with its value: a number computed, anything else as text."""
    from clingo import ast

    texts = {node.name: str(node.value) for node in nodes if node.ast_type == ast.ASTType.Definition}
    for name, text in list(texts.items()) * len(texts):  # a constant may be made of others, these of others again
        pattern = re.compile(rf'"(?:\\.|[^"\\])*"|\b({re.escape(name)})\b')
        for other in texts.keys() - {name}:
            texts[other] = pattern.sub(_in_brackets(text), texts[other])
    return {name: _value(text) for name, text in texts.items()}


def _in_brackets(text: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"({text})" if found[1] else found[0]


def _value(text: str) -> int | str:
    try:
        value = parse_term(text, logger=lambda _code, _text: None)
    except RuntimeError:
        return text
    return value.number if value.type == SymbolType.Number else str(value)


def _label(comment: str, file: str, line: int, blocks: list[Block], current: Provision | None) -> Provision | None:
    """Take a comment into the blocks; return the provision that the next statements carry out."""
    mark, text = comment[:2], comment[2:].strip()
    if mark == "%%":
        return None
    if mark == "%!":
        last = blocks[-1] if blocks else None
        if last and last.line + 1 + len(last.words) == line and not last.category:
            words = (*last.words, text)
            blocks[-1] = Block(last.provision, last.citation, words, "", file, last.line)
            return last.provision
        provision = Provision.parse(text)
        blocks.append(Block(provision, text, (), "", file, line))
        return provision
    if mark == "%:" and blocks and current:
        last = blocks[-1]
        blocks[-1] = Block(last.provision, last.citation, last.words, text, file, last.line)
    return current


_PIECES = re.compile(r'"(?:\\.|[^"\\\n])*"|%\*.*?\*%|(?P<note>%[^\n]*)|\.\.|(?P<end>\.)', re.DOTALL)
"""Strings and comments, the two dots of an interval, and the dot that ends a statement."""


def _said(text: str, name: str) -> Iterator[tuple[int, Provision | None, str]]:
    """The statements of a rule file in which a name stands, each with its line and its provision, without comments and
    blanks; read off the text."""
    current: Provision | None = None
    labelled, line, at = -2, 1, 0
    told: list[str] = []
    for found in _PIECES.finditer(text):
        told.append(text[at : found.start()])
        line += text.count("\n", at, found.start())
        at = found.end()
        if note := found["note"]:
            if note.startswith("%%"):
                current = None
            elif note.startswith("%!"):
                if labelled != line - 1:
                    current = _cited(note[2:].strip())
                labelled = line
        elif found["end"]:
            statement = "".join(told)
            if name in statement:
                yield line - statement.lstrip().count("\n"), current, "".join(statement.split())
            told = []
        elif found[0].startswith("%*"):
            line += found[0].count("\n")
        else:
            told.append(found[0])


_READING = re.compile(r"reading_(default|choice)\((.*)\)")


@lru_cache(256)
def _readings(path: Path, text: str) -> tuple[Reading, ...]:
    """The readings a file declares, read off its text: deciding needs no more of the file, and parsing it is slow."""
    if "reading_default" not in text:
        return ()
    choices: dict[str, dict[str, None]] = {}
    defaults: dict[str, tuple[str, int, Provision | None]] = {}
    for line, current, statement in _said(text, "reading_"):
        if not (found := _READING.fullmatch(statement)):
            continue
        for key, choice in _pairs(found[2]):
            if found[1] == "default":
                defaults[key] = choice, line, current
            else:
                choices.setdefault(key, {})[choice] = None
    return tuple(
        Reading(key, tuple(choices.get(key, {one: None})), one, path.name, at, where)
        for key, (one, at, where) in defaults.items()
    )


def _pairs(arguments: str) -> Iterator[tuple[str, str]]:
    """The pairs that two arguments stand for, each of them one constant or a pool: `a,(b;c)` or `a,b;a,c`."""
    for one in _split(arguments, ";"):
        places = [_split(place.strip("()"), ";") for place in _split(one, ",")]
        if len(places) == len(("key", "choice")):
            yield from product(*places)


def _split(text: str, sign: str) -> list[str]:
    """A text cut at a sign that stands in no brackets."""
    found, depth = [""], 0
    for each in text:
        depth += (each == "(") - (each == ")")
        if each == sign and not depth:
            found.append("")
        else:
            found[-1] += each
    return found


def _cited(text: str) -> Provision | None:
    """The provision of a label; none where it names none, which reading the whole file refuses."""
    try:
        return Provision.parse(text)
    except ValueError:
        return None


def entries(city: str) -> tuple[Entry, ...]:
    """The rules of entry of a city's rules, in the order of the text."""
    return tuple(entry for path in rule_files(city) for entry in rule_file(path).entries)


def readings(city: str) -> dict[str, Reading]:
    """The readings that a city's rules know, by key, sorted."""
    known = [r for path in rule_files(city) for r in _readings(path, without_includes(path))]
    beginning = city.partition("-")[0]
    if len(versions(beginning if beginning in stems() else city)) > 1:
        known.append(ROUND_TEXT)
    return {reading.key: reading for reading in sorted(known, key=lambda r: r.key)}


def all_readings(own: str = "") -> dict[str, Reading]:
    """The readings that a case may name, by key, sorted: those of its `own` city as that city declares them.

    What only other cities know is accepted too and has no effect; there each choice that one of them knows will do.
    """
    known = cities()
    mine = readings(own) if own in known else {}
    found: dict[str, Reading] = dict(mine)
    for city in known:
        for key, one in readings(city).items():
            if key not in found:
                found[key] = one
            elif key not in mine:
                found[key] = replace(found[key], choices=tuple(dict.fromkeys((*found[key].choices, *one.choices))))
    return dict(sorted(found.items(), key=lambda item: item[0]))


def constants(city: str, *questions: str) -> dict[str, Constant]:
    """The numbers of the law in a city's files, by name."""
    files = rule_files(city, *questions)
    return {c.name: c for path in files for c in rule_file(path).constants}


def named(city: str, predicates: Iterable[str]) -> frozenset[str]:
    """Those of the predicates that the city's own rules name."""
    return frozenset(predicates) & _names(city)


@cache
def _names(city: str) -> frozenset[str]:
    text = "\n".join(str(s.node) for s in rule_file(home(city)).statements)
    return frozenset(re.findall(r"\b(\w+)\(", text))
