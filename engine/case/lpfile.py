"""Facts in `.lp`: a reader for ground facts only, and the writer.

No clingo parser sees a user's text. One regular expression walks over the facts; whatever it stumbles on goes to
`lpstatement`, which says what it is and where to go on.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from engine.case import lpstatement
from engine.case.source import Memos, Source
from engine.errors import Place, Problems
from engine.facts import PREDICATES, Fact, Field, Flaw, text
from engine.words import nearest

_BATCH = 200_000
_GIVE_UP = 100_000
_COUNTED = 32
"""Up to so many places are told by counting lines, which beats an index of all lines for a few."""

# A look-behind inside a possessive loop never matches on early releases of Python 3.11: that loop alone is greedy.
_FACT = re.compile(
    rb"[ \t\r\n]*+(?:"
    rb"([a-z_][A-Za-z0-9_']*+)[ \t\r\n]*+"
    rb'(?:\(([^()"%]*+(?:(?:"(?:[^"\\\n]|\\.)*+"|(?<=\bart)\([0-9, \t]*+\))[^()"%]*+)*)\))?[ \t\r\n]*+\.(?!\.)'
    rb"|%(?!\*)[^\n]*+|%\*(?:[^*%]|\*(?!%)|%(?!\*))*+\*%"
    rb"|([^ \t\r\n])|\Z)"
)
_LINE = re.compile(
    rb"^([a-z_][A-Za-z0-9_']*+)"
    rb'\(([^()"%\r\n]*+(?:(?:"[^"\\\r\n]*+"|(?<=\bart)\([0-9, \t]*+\))[^()"%\r\n]*+)*)\)\.\r?$',
    re.MULTILINE,
)
_CHUNK = 256_000
"""Bytes read at a time where a file has one fact a line and nothing else: few enough that their pieces stay small."""
_BETWEEN = b"%\n"
"""What stands between two facts that are cut together: no token can be that."""
_STRING = re.compile(rb'"(?:[^"\\\n]|\\.)*+"')
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(rb"-?[0-9]+\.[0-9]+")
_CONSTANT = re.compile(rb"[a-z][A-Za-z0-9_]*")
_PROVISION = re.compile(rb"art\([0-9, \t]*+\)")
_CUT = re.compile(rb'"(?:[^"\\\n]|\\.)*+"|\([0-9, \t]*+\)|(,)')
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"\\": b"\\", b'"': b'"'}


def read(name: str, data: bytes, problems: Problems) -> Source:
    """The facts of a file's bytes, which are known to be UTF-8; problems go to `problems`."""
    return _Reader(name, data, problems).read()


def write(facts: Iterable[Fact]) -> str:
    """Facts as a `.lp` file, one a line, in the order given."""
    return "".join(f"{text(fact)}.\n" for fact in facts)


class _Reader:
    def __init__(self, name: str, data: bytes, problems: Problems) -> None:
        self.name = name
        self.data = data
        self.problems = problems
        self.source = Source(name, lambda _, position: self.place(position))
        self.memos = Memos(_value)
        self.waiting: defaultdict[bytes, list[bytes | None]] = defaultdict(list)
        self.at: defaultdict[bytes, array[int]] = defaultdict(lambda: array("Q"))
        self.asked = 0
        self.number = 0
        self.mixed = 0

    @cached_property
    def _newlines(self) -> array[int]:
        return array("Q", (found.start() for found in re.finditer(rb"\n", self.data)))

    def place(self, position: int) -> Place:
        self.asked += 1
        if self.asked > _COUNTED:
            return Place(self.name, line=bisect_left(self._newlines, position) + 1)
        return Place(self.name, line=self.data.count(b"\n", 0, position) + 1)

    def read(self) -> Source:
        position: int | None = 0
        while position is not None and self.problems.count(self.name) < _GIVE_UP:
            position = self._lines(position) or self._walk(position)
        self._settle()
        if position is not None:
            self.problems.add("gave_up", self.place(position), number=_GIVE_UP)
        return self.source

    def _lines(self, position: int) -> int:
        """Read the next lines at once if each is a plain fact, and return where to go on; 0 where one is not."""
        if position < self.mixed or (position and self.data[position - 1 : position] != b"\n"):
            return 0
        end = self.data.rfind(b"\n", position, position + _CHUNK) + 1
        chunk = self.data[position:end]
        found = _LINE.findall(chunk)
        lines = chunk.split(b"\n")
        if not found or len(found) != len(lines) - 1:
            self.mixed = max(end, position + 1)
            return 0
        starts = accumulate(map((1).__add__, map(len, lines)), initial=position)
        names = [name for name, _ in found]
        # Without a step of Python a line: half of the time that a loop takes.
        deque(map(list.append, map(self.waiting.__getitem__, names), [arguments for _, arguments in found]), 0)
        deque(map(array.append, map(self.at.__getitem__, names), starts), 0)
        self.number += len(found)
        if self.number >= _BATCH:
            self._settle()
        return end

    def _walk(self, position: int) -> int | None:
        """Read facts until something else comes, tell what it is, and return where to go on; None at the end."""
        waiting, at, enough = self.waiting, self.at, max(self.mixed, position + _CHUNK)
        for found in _FACT.finditer(self.data, position):
            name, arguments, stray = found.groups()
            if name is not None:
                waiting[name].append(arguments)
                at[name].append(found.start(1))
                self.number += 1
                if self.number >= _BATCH:
                    self._settle()
                    if self.problems.count(self.name) >= _GIVE_UP:
                        return found.end()
                if found.end() > enough and self.data[found.end() : found.end() + 1] == b"\n":
                    return found.end() + 1
            elif stray is not None:
                return self._stumble(found.start(3))
        return None

    def _stumble(self, position: int) -> int:
        """Deal with what is no plain fact: a comment over several lines, a fact with comments in it, or a problem."""
        clean, flaw, end = lpstatement.judge(self.data, position)
        found = _FACT.fullmatch(clean) if clean else None
        if found and found[1]:
            self.waiting[found[1]].append(found[2])
            self.at[found[1]].append(position)
        if flaw or not (found or clean == b""):
            self._add(position, flaw or Flaw("no_fact", {"found": lpstatement.shorten(clean)}))
        return end

    def _add(self, position: int, flaw: Flaw, **more: str | int) -> None:
        if self.problems.full(self.name):
            self.problems.skip(self.name)
        else:
            self.problems.add(flaw.code, self.place(position), **{**more, **flaw.parameters})

    def _settle(self) -> None:
        """Check the facts that wait, predicate by predicate."""
        for raw_name, facts in self.waiting.items():
            name, positions = raw_name.decode(), self.at[raw_name]
            if name not in PREDICATES and self.problems.full(self.name):
                self.problems.skip(self.name, len(positions))
                continue
            if name not in PREDICATES:
                near, found = nearest(name, tuple(PREDICATES)), lpstatement.shorten(raw_name)
                code = "unknown_predicate_near" if near else "unknown_predicate"
                flaw = Flaw(code, {"found": found, "nearest": near})
                for position in positions:
                    self._add(position, flaw)
                continue
            self._settle_one(name, facts, positions)
        self.waiting.clear()
        self.at.clear()
        self.number = 0

    def _settle_one(self, name: str, facts: list[bytes | None], positions: Sequence[int]) -> None:
        predicate = PREDICATES[name]
        arity = len(predicate.fields)

        def refuse(raw: Sequence[bytes], position: int, flaws: dict[int, Flaw]) -> None:
            whole = _split(b",".join(raw))
            if len(whole) != arity:
                self._wrong_arity(name, whole, position)
                return
            fact = _shown(name, raw)
            for index, flaw in flaws.items():
                found = lpstatement.shorten(raw[index].strip())
                self._add(position, flaw, predicate=name, field=predicate.fields[index].name, found=found, fact=fact)

        if columns := _columns(facts, arity):
            self.source.take_columns(predicate, columns, positions, self.memos, refuse)
            return
        raws = [arguments.split(b",") if arguments else [] for arguments in facts]
        if any(len(raw) != arity for raw in raws):
            kept = []
            for raw, arguments, position in zip(raws, facts, positions, strict=True):
                if len(raw) != arity:
                    raw = _split(arguments or b"")
                if len(raw) != arity:
                    self._wrong_arity(name, raw, position)
                else:
                    kept.append((raw, position))
            raws = [raw for raw, _ in kept]
            positions = [position for _, position in kept]
        self.source.take(predicate, raws, positions, self.memos, refuse)

    def _wrong_arity(self, name: str, raw: Sequence[bytes], position: int) -> None:
        predicate = PREDICATES[name]
        self.source.salvage(predicate, [_value(f, r) for f, r in zip(predicate.fields, raw, strict=False)] or ())
        flaw = Flaw("arity", {"number": len(raw), "arity": len(predicate.fields), "signature": predicate.signature})
        self._add(position, lpstatement.wide(b",".join(raw)) or flaw, fact=_shown(name, raw))


def _columns(facts: Sequence[bytes | None], arity: int) -> list[list[bytes]]:
    """The arguments of facts by place, cut at every comma; nothing where that does not give each fact as many."""
    if not arity or not all(facts):
        return []
    flat = (b"," + _BETWEEN + b",").join(filter(None, facts)).split(b",")
    ends = flat[arity :: arity + 1]
    if len(flat) != len(facts) * (arity + 1) - 1 or ends.count(_BETWEEN) != len(facts) - 1:
        return []
    return [flat[at :: arity + 1] for at in range(arity)]


def _shown(name: str, raw: Sequence[bytes]) -> str:
    return lpstatement.shorten(name.encode() + b"(" + b", ".join(part.strip() for part in raw) + b")")


def _split(arguments: bytes) -> list[bytes]:
    """Split at the commas outside strings."""
    cuts = [found.start() for found in _CUT.finditer(arguments) if found[1]]
    if not cuts and not arguments.strip():
        return []
    return [arguments[a:b] for a, b in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(arguments)], strict=True)]


def _value(field: Field, token: bytes) -> object:
    """The value that a token stands for in a field, or its Flaw."""
    token = token.strip(b" \t\r\n")
    if _STRING.fullmatch(token):
        inner = token[1:-1]
        if b"\\" in inner:
            if any(found[1] not in _ESCAPED for found in _ESCAPE.finditer(inner)):
                return Flaw("escape", {})
            inner = _ESCAPE.sub(lambda found: _ESCAPED[found[1]], inner)
        string = inner.decode()
        taken = field.quoted or field.bounds or field.kind == "provision"
        return field.check(string) if taken else field.flaw(_wanted(field), string)
    if _NUMBER.fullmatch(token):
        return field.check(int(token) if len(token) < 12 else 10**11)
    if _DECIMAL.fullmatch(token):
        return field.check(None)
    if _CONSTANT.fullmatch(token):
        return field.check(token.decode()) if field.kind in ("choice", "key") else field.check(None)
    if _PROVISION.fullmatch(token):
        return field.check(token.decode()) if field.kind == "provision" else Flaw("function", {})
    return lpstatement.term(token)


def _wanted(field: Field) -> str:
    return {"choice": "wants_constant", "key": "wants_constant"}.get(field.kind, "wants_day")
