"""What it costs to refuse a hostile file: `python -m benchmarks.refused`.

Each file is read by a process of its own; its processor time and its peak of memory are those of the whole process,
the interpreter and all imports included.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.test_workbook_hostile import HOSTILE, merged

SECONDS, MEGABYTES = 5, 300
CHILD = """
import resource, sys
import desk, engine
try: engine.load(sys.argv[1])
except engine.errors.CaseError as refused: pass
else: raise SystemExit("not refused")
spent = resource.getrusage(resource.RUSAGE_SELF)
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(spent.ru_utime + spent.ru_stime, int(peak.split()[1]) / 1024)
"""


def duplicates() -> bytes:
    """One key of an object, 8,000 times."""
    return b'{"facts": {' + b",".join(b'"seat": []' for _ in range(8_000)) + b"}}"


def unknown() -> bytes:
    """A million facts of predicates that nobody knows."""
    return b"".join(b"p%d(1).\n" % number for number in range(1_000_000))


def deep() -> bytes:
    """Brackets in brackets."""
    return b"[" * 1_000_000


FILES: list[tuple[str, str, Callable[[], bytes]]] = [
    *((name, ".xlsx", make) for name, make, _ in HOSTILE),
    ("merged cells over one another", ".xlsx", merged),
    ("one key 8,000 times", ".json", duplicates),
    ("a million brackets", ".json", deep),
    ("a million unknown predicates", ".lp", unknown),
]


def main() -> int:
    worst = []
    with tempfile.TemporaryDirectory() as folder:
        for name, suffix, make in FILES:
            file = Path(folder, f"case{suffix}")
            file.write_bytes(make())
            done = subprocess.run(
                [sys.executable, "-c", CHILD, str(file)],
                capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )  # fmt: skip
            seconds, megabytes = map(float, done.stdout.split())
            worst.append((seconds, megabytes))
            print(f"{seconds:6.2f} s {megabytes:6.0f} MB  {name}", flush=True)
    seconds, megabytes = (max(column) for column in zip(*worst, strict=True))
    print(f"{seconds:6.2f} s {megabytes:6.0f} MB  at most, of {len(worst)} files")
    return int(seconds > SECONDS or megabytes > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
