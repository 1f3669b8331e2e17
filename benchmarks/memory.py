"""Whether memory stays flat: `python -m benchmarks.memory [--decisions 500] [--every 50]`.

One process decides one version of the sample's round after another, each with every reason, as the desk's process for
long work does when a version is taken in; between two versions one fact differs. Prints what the process holds, in MB.
"""

from __future__ import annotations

import argparse
import gc
import re
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

FACTS = Path(__file__).resolve().parents[1] / "facts" / "jiyuan-6"


def versions(number: int) -> Iterator[str]:
    """So many versions of the round, each with another score."""
    from web.questions import answer

    facts = answer("upload", {path.name: path.read_bytes() for path in FACTS.glob("*.lp")}, 20251017)["facts"]
    for at in range(number):
        yield re.sub(r'self_score\("J01",\d+\)', f'self_score("J01",{501 + at})', facts)


def main() -> None:
    """Decide, look, print."""
    from web.questions import answer

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decisions", type=int, default=500)
    parser.add_argument("--every", type=int, default=50)
    asked = parser.parse_args()
    process, started = psutil.Process(), time.process_time()
    for at, facts in enumerate(versions(asked.decisions), 1):
        rows = answer("decided", facts)["rows"]
        answer("reasoned", facts, [row["id"] for row in rows])
        answer("agenda", facts, 20251017)
        answer("procedure", facts)
        if at % asked.every == 0 or at in (1, asked.decisions):
            gc.collect()
            held = process.memory_info().rss / 2**20
            print(f"{at:5} decisions  {held:6.0f} MB  {time.process_time() - started:6.0f} s", flush=True)


if __name__ == "__main__":
    main()
