"""Files written so that nobody meets half of one."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from engine.errors import UsageError


def replace(target: Path, content: str | bytes) -> None:
    """Write a file beside the target and rename it: the target is either the whole new file or the old one."""
    handle, name = tempfile.mkstemp(prefix=".pingjiang-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def save(target: Path, content: str | bytes) -> None:
    """As `replace`; UsageError where the file cannot be written."""
    try:
        replace(target, content)
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        raise UsageError("unwritable", {"found": str(target), "reason": reason}) from trouble


def whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Fill a folder beside the target and rename it: whole or not there; UsageError if the target holds anything."""
    vacant(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".pingjiang-", dir=folder.parent))
        try:
            for name, data in files.items():
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                (made / name).write_bytes(data)
            made.chmod(0o755)
            made.replace(folder)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    except OSError as trouble:
        raise UsageError("unwritable", {"found": str(folder), "reason": trouble.strerror or str(trouble)}) from trouble


def vacant(folder: Path) -> None:
    """UsageError if a folder that is to be filled holds anything, or is none."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("folder_taken", {"found": str(folder)})
