"""Files written so that nobody meets half of one, and nothing that exists is lost.

What is being written stands beside its target under a name of its own and is renamed at the end; a device, a FIFO or a
socket is written to. The umask is applied by the system as it makes a file: it is neither read nor changed here.
"""

import os
import shutil
import socket
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from secrets import token_hex
from time import time

from engine.errors import UsageError

_MARK = ".pingjiang-"
_OLD = 86_400
"""Seconds after which what another machine left half written is swept."""
_unfinished: set[Path] = set()


def save(target: Path, content: str | bytes, *, force: bool = False) -> None:
    """Write one file; as `together`."""
    together({target: content}, force=force)


def together(files: Mapping[Path, str | bytes], *, force: bool = False) -> None:
    """Write the files of one result: all of them, each whole, or none.

    UsageError where one exists already, unless forced, and where one cannot be written. What is replaced stays beside
    it as a dated copy.
    """
    _together(files, force=force, kept=True)


def renew(target: Path, content: str | bytes) -> None:
    """Replace a file that the program itself keeps, such as a table of signatures: whole, and without a copy."""
    _together({target: content}, force=True, kept=False)


def _together(files: Mapping[Path, str | bytes], *, force: bool, kept: bool) -> None:
    taken = [target for target in files if not force and _kind(target) == "file"]
    if taken:
        raise UsageError("file_taken", {"found": ", ".join(map(str, taken))})
    made: dict[Path, Path] = {}
    target = Path()
    try:
        for target, content in files.items():
            if _kind(target) != "special":
                real = target.resolve() if target.is_symlink() else target
                made[real] = _beside(real)
                _prepare(made[real], real, _bytes(content))
        for target, content in files.items():
            if _kind(target) == "special":
                _poured(target, _bytes(content))
        for target, ready in made.items():
            if kept and target.exists():
                shutil.copy2(target, _dated(target))
            ready.replace(target)
            _unfinished.discard(ready)
    except (OSError, ValueError) as trouble:
        raise _unwritable(target, trouble) from trouble
    finally:
        for ready in made.values():
            _drop(ready)


def whole(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """Fill a folder: whole or not there; UsageError if it holds anything, unless forced: then that stays, dated."""
    vacant(folder, force=force)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with folder_beside(folder) as made:
            for name, data in files.items():
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                (made / name).write_bytes(data)
            sweep(folder)
            if folder.exists() and any(folder.iterdir()):
                folder.rename(_dated(folder))
            made.replace(folder)
    except (OSError, ValueError) as trouble:
        raise _unwritable(folder, trouble) from trouble


def vacant(folder: Path, *, force: bool = False) -> None:
    """UsageError if a folder that is to be filled is none, or holds anything and nobody forces it.

    What is being written into it, or was left half written, is nothing.
    """
    try:
        if folder.exists() and (not folder.is_dir() or (not force and any(map(_holds, folder.iterdir())))):
            raise UsageError("folder_taken", {"found": str(folder)})
    except (OSError, ValueError) as trouble:
        raise _unwritable(folder, trouble) from trouble


def abandon() -> None:
    """Remove everything half written: the process is about to end."""
    for path in list(_unfinished):
        _drop(path)


def sweep(folder: Path) -> None:
    """Remove what processes that are gone left half written in a folder."""
    with suppress(OSError):
        for path in folder.glob(f"{_MARK}*"):
            if path not in _unfinished and _stale(path):
                _drop(path)


def _holds(path: Path) -> bool:
    return not path.name.startswith(_MARK)


def _kind(target: Path) -> str:
    """file, special (device, FIFO, socket, or where this process writes already), or empty where nothing is."""
    try:
        mode = target.stat()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as trouble:
        raise _unwritable(target, trouble) from trouble
    if not stat.S_ISREG(mode.st_mode):
        return "folder" if stat.S_ISDIR(mode.st_mode) else "special"
    return "special" if _is_ours(mode) else "file"


def _is_ours(found: os.stat_result) -> bool:
    """Whether it is what standard output or standard error goes to: `-o /dev/stdout` with a file behind it."""
    for number in (1, 2):
        with suppress(OSError):
            if os.path.samestat(os.fstat(number), found):
                return True
    return False


def _prepare(ready: Path, target: Path, content: bytes) -> None:
    """Write the file that will be the target, with the target's own mode if there is one."""
    if target.is_dir():
        raise IsADirectoryError(21, os.strerror(21))
    sweep(target.parent)
    _unfinished.add(ready)
    with os.fdopen(
        os.open(ready, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666), "wb"
    ) as file:
        file.write(content)
    with suppress(OSError):
        ready.chmod(stat.S_IMODE(target.stat().st_mode))


def _poured(target: Path, content: bytes) -> None:
    """Write to what is no file."""
    mode = target.stat()
    if stat.S_ISSOCK(mode.st_mode):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.connect(str(target))
            line.sendall(content)
    elif stat.S_ISREG(mode.st_mode):
        number = next(n for n in (1, 2) if os.path.samestat(os.fstat(n), mode))
        with os.fdopen(os.dup(number), "wb") as file:
            file.write(content)
    else:
        with target.open("wb", buffering=0) as file:
            view = memoryview(content)
            while view:
                view = view[file.write(view) or 0 :]


def _dated(path: Path) -> Path:
    """A free name for what is replaced: `case.2026-11-22T101500.xlsx`."""
    moment = f"{datetime.now():%Y-%m-%dT%H%M%S}"
    names = (f"{path.stem}.{moment}{f'-{n}' if n else ''}{path.suffix}" for n in count())
    return next(path.with_name(name) for name in names if not path.with_name(name).exists())


@contextmanager
def placed(target: Path) -> Iterator[Path]:
    """Where a file is written that takes its place, and that of one before it, when the block ends well.

    What was left half written beside it is not looked for: there may be a hundred thousand files.
    """
    ready = _beside(target)
    _unfinished.add(ready)
    try:
        yield ready
        ready.replace(target)
    finally:
        _drop(ready)


@contextmanager
def folder_beside(folder: Path) -> Iterator[Path]:
    """A folder of our own beside one that is to be, gone when the block ends unless it was renamed."""
    sweep(folder.parent)
    made = _beside(folder)
    _unfinished.add(made)
    made.mkdir(mode=0o777)
    try:
        yield made
    finally:
        _drop(made)


def _beside(target: Path) -> Path:
    return target.parent / f"{_MARK}{_host()}-{os.getpid()}-{token_hex(4)}"


def _host() -> str:
    return sha256(socket.gethostname().encode()).hexdigest()[:8]


def _stale(path: Path) -> bool:
    """Whether the process that made it is gone; of another machine that is known only by its age."""
    host, _, rest = path.name.removeprefix(_MARK).partition("-")
    process = rest.partition("-")[0]
    if host != _host() or not process.isdecimal():
        return time() - path.stat().st_mtime > _OLD
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _drop(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    _unfinished.discard(path)


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8")


def _unwritable(target: Path, trouble: Exception) -> UsageError:
    return UsageError(
        "unwritable", {"found": str(target), "reason": getattr(trouble, "strerror", None) or str(trouble)}
    )
