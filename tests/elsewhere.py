"""Commands run in a process of their own, where the house or its rules lie elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_PROGRAM = """
import contextlib, io, json, sys
from desk.shell.cli import run

found = {}
for name, words in json.load(sys.stdin).items():
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = run(words)
    found[name] = code, out.getvalue()
json.dump(found, open("found.json", "w"))
"""


def all_said(commands: Mapping[str, Sequence[str]], folder: Path, **environment: str) -> dict[str, tuple[int, str]]:
    """The exit code and the output of each command, all run in one process that works in the folder."""
    subprocess.run(
        [sys.executable, "-c", _PROGRAM], input=json.dumps(dict(commands)), text=True, cwd=folder, check=True,
        env=os.environ | environment, capture_output=True,
    )  # fmt: skip
    return {name: (code, out) for name, (code, out) in json.loads((folder / "found.json").read_text()).items()}
