"""What a piece of `.lp` text is that is no ground fact, so that its problem can say so."""

from __future__ import annotations

import re

from engine.facts import Flaw

_LONGEST = 1_000_000
"""Bytes of a statement beyond which it is judged by its beginning; plain facts may be longer."""
_WIDE_PERIOD = "。".encode()
_STATEMENT = re.compile(
    rb'(?:[^."%\xe3]++|"(?:[^"\\\n]|\\.)*+"|%(?!\*)[^\n]*+|\.\.++|(?!' + _WIDE_PERIOD + rb")\xe3)*"
)  # not possessive: early releases of Python 3.11 go past a lookahead in a possessive group
_COMMENT = re.compile(rb'("(?:[^"\\\n]|\\.)*+")|%[^\n]*+')
_STRING = re.compile(rb'"(?:[^"\\\n]|\\.)*+"')
_BLOCK = re.compile(rb"%\*|\*%")
_SCRIPT_END = re.compile(rb"#end[ \t\r\n]*+\.")
_WEIGHT = re.compile(rb"[ \t\r\n]*+\[[^\]]*+\]")
_LINE_END = re.compile(rb"\n|\Z")
_NO_PERIOD = re.compile(
    rb'[a-z_][A-Za-z0-9_]*+[ \t]*+\([^()"%]*+(?:"(?:[^"\\\n]|\\.)*+"[^()"%]*+)*+\)'
    rb"(?=[ \t\r]*+(?:%[^\n]*+)?(?:\n[ \t\r\n]*+[a-z_][A-Za-z0-9_]*+[ \t]*+\(|[ \t\r\n]*\Z))"
)
_WIDE = re.compile(r"[，。．（）；：、“”‘’｛｝［］＂＇｜　]|[！-～]")  # full-width punctuation (全角标点)
_SHAPE = re.compile(r"-?[a-z_]\w*\s*\(.*\)\s*", re.ASCII | re.DOTALL)


def judge(data: bytes, position: int) -> tuple[bytes, Flaw | None, int]:
    """What stands at a position: its text as a fact if it is one after all, its flaw if any, and where to go on."""
    if data.startswith(b"%*", position):
        end = _block_end(data, position)
        return (b"", None, end) if end else (b"", Flaw("comment_unclosed", {}), len(data))
    if data.startswith(b"#script", position):
        closed = _SCRIPT_END.search(data, position)
        return b"", Flaw("script", {}), closed.end() if closed else len(data)
    if found := _NO_PERIOD.match(data, position):
        return found[0] + b".", Flaw("period_missing", {"found": shorten(found[0])}), found.end()
    return _whole(data, position)


def _whole(data: bytes, position: int) -> tuple[bytes, Flaw | None, int]:
    pieces: list[bytes] = []
    at = position
    while True:
        found = _STATEMENT.match(data, at)
        end = found.end() if found else at
        pieces.append(data[at:end])
        closing = data[end : end + 1]
        if closing == b"%" and (beyond := _block_end(data, end)):
            at = beyond
            pieces.append(b" ")
            continue
        break
    if closing == b'"':
        found = _LINE_END.search(data, end)
        stop = found.end() if found else end + 1
        return b"", Flaw("string_unclosed", {"found": shorten(data[position:stop])}), stop
    if closing == b"%":
        return b"", Flaw("comment_unclosed", {}), len(data)
    raw = b"".join(pieces)
    clean = _COMMENT.sub(lambda found: found[1] or b" ", raw[:_LONGEST])
    if len(raw) > _LONGEST:
        return b"", _flaw(clean) or Flaw("no_fact", {"found": shorten(clean)}), end + 1
    if closing == b".":
        flaw = _flaw(clean)
        weight = _WEIGHT.match(data, end + 1) if clean.lstrip().startswith(b":~") else None
        return b"" if flaw else clean + b".", flaw, weight.end() if weight else end + 1
    if closing == _WIDE_PERIOD[:1]:
        return b"", Flaw("full_width", {"found": _WIDE_PERIOD.decode(), "fact": shorten(clean)}), end + 3
    return b"", _flaw(clean, finished=False), len(data)


def _block_end(data: bytes, position: int) -> int:
    """Where a comment that opens with `%*` is closed, as deep as it opened; 0 if it never is."""
    depth = 0
    for found in _BLOCK.finditer(data, position):
        depth += 1 if found[0] == b"%*" else -1
        if depth == 0:
            return found.end()
    return 0


def _flaw(clean: bytes, finished: bool = True) -> Flaw | None:
    """Why a statement is no ground fact; None if it looks like one."""
    bare = _STRING.sub(b'""', clean).decode("utf-8", "replace").strip()
    found = {"found": shorten(clean.strip())}
    if bare.startswith("#include"):
        return Flaw("include", found)
    if bare.startswith("#"):
        return Flaw("directive", {"found": bare.split()[0][:40]})
    if bare.startswith((":-", ":~")):
        return Flaw("constraint", found)
    if ":-" in bare:
        return Flaw("rule", found)
    if "{" in bare:
        return Flaw("choice_rule", found)
    if wide := _WIDE.search(bare):
        return Flaw("full_width", {"found": wide[0], "fact": found["found"]})
    if not finished:
        return Flaw("unfinished", found)
    if bare.startswith("-"):
        return Flaw("negated", found)
    outside = re.sub(r"\([^()]*\)", "", bare)
    if re.search(r"[;|:]", outside):
        return Flaw("disjunction", found)
    if not _SHAPE.fullmatch(bare):
        return Flaw("no_fact", found) if not re.fullmatch(r"[a-z_]\w*", bare, re.ASCII) else None
    inside = bare[bare.index("(") + 1 : bare.rindex(")")]
    if "(" in inside or ")" in inside:
        nested = re.search(r"[A-Za-z0-9_@]*+\s*+\([^()]*\)?", inside[:400])
        token = nested[0] if nested else inside
        return Flaw("pool" if ";" in token else "function", {"found": shorten(token.encode()), "fact": found["found"]})
    return None


def wide(raw: bytes) -> Flaw | None:
    """The flaw of a text with full-width punctuation outside its strings, if it has any."""
    found = _WIDE.search(_STRING.sub(b'""', raw).decode("utf-8", "replace"))
    return Flaw("full_width", {"found": found[0]}) if found else None


def term(token: bytes) -> Flaw:
    """Why a token is no string, number or constant."""
    bare = _STRING.sub(b'""', token).decode("utf-8", "replace")
    if not bare:
        return Flaw("argument_missing", {})
    if _WIDE.search(bare):
        return Flaw("full_width_term", {})
    if ".." in bare:
        return Flaw("interval", {})
    if ";" in bare:
        return Flaw("pool_term", {})
    if re.fullmatch(r"_*[A-Z]\w*|_+", bare, re.ASCII):
        return Flaw("variable", {})
    if re.fullmatch(r"-?0[0-9]+|-?0[xob][0-9A-Fa-f]+", bare):
        return Flaw("number_form", {})
    if re.search(r"[-+*/\\&^?~|]", bare):
        return Flaw("arithmetic", {})
    return Flaw("no_term", {})


def shorten(text: bytes, limit: int = 80) -> str:
    """A piece of the user's text on one line, cut where it gets long."""
    shown = " ".join(text[: 8 * limit].decode("utf-8", "replace").split())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
