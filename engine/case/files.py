"""The bytes of a case's files, UTF-8 for sure."""

from __future__ import annotations

import codecs
import errno
import os
import stat
from pathlib import Path

from engine.errors import Place, Problems

LIMIT = 512 * 1024 * 1024
"""The largest file that is read, in bytes."""


class NoFile(OSError):
    """A FIFO, a device or a socket where a file is to be read: it may have no end, or none to give."""


def regular(path: Path, limit: int = -1) -> bytes:
    """The bytes of a regular file, at most `limit` of them; NoFile for what is none, without waiting for a writer."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NoFile(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        return file.read(limit)


def contents(name: str, problems: Problems) -> bytes | None:
    """The bytes of a file; None, with its problem, if they cannot be had."""
    path = Path(name)
    try:
        if path.is_dir():
            problems.add("directory", Place(name))
            return None
        data = regular(path, LIMIT + 1)
    except FileNotFoundError:
        problems.add("no_such_file", Place(name))
        return None
    except NoFile:
        problems.add("no_regular_file", Place(name))
        return None
    except (OSError, ValueError) as trouble:
        problems.add("unreadable", Place(name), reason=getattr(trouble, "strerror", None) or str(trouble))
        return None
    if len(data) > LIMIT:
        problems.add("too_large", Place(name), limit=LIMIT // 1024 // 1024)
        return None
    return data


def utf8(name: str, data: bytes, problems: Problems) -> bytes | None:
    """The bytes of a text without its byte order mark; None, with its problem, if they are not UTF-8."""
    data = data.removeprefix(codecs.BOM_UTF8)
    return data if _is_utf8(name, data, problems) else None


def _is_utf8(name: str, data: bytes, problems: Problems) -> bool:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or data[:2000].count(b"\0") > len(data[:2000]) // 4:
        problems.add("encoding_looks", Place(name), found="UTF-16")
        return False
    if data.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    step = 1 << 20
    for start in range(0, len(data) + 1, step):
        try:
            decoder.decode(data[start : start + step], final=start + step > len(data))
        except UnicodeDecodeError as trouble:
            before = len(decoder.getstate()[0])
            line = data.count(b"\n", 0, max(0, start - before + trouble.start)) + 1
            looks = _looks_gb18030(data)
            problems.add("encoding_looks" if looks else "encoding", Place(name, line=line), found="GB18030")
            return False
    return True


def _looks_gb18030(data: bytes) -> bool:
    """Whether the text reads as GB18030 with Chinese in it."""
    sample = data[: 1 << 20]
    decoded = codecs.getincrementaldecoder("gb18030")(errors="replace").decode(sample)
    wide = [character for character in decoded if ord(character) > 127]
    chinese = sum("\u3000" <= c <= "\u303f" or "\u4e00" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef" for c in wide)
    return bool(wide) and chinese >= 0.8 * len(wide)
