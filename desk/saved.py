"""Files written so that nobody meets half of one."""

import os
import tempfile
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
