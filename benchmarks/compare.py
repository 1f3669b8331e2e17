"""Comparing two encodings: ours beside anthem-cx (potassco, MIT; `pip install anthem-cx` in an environment of its own).

    python benchmarks/compare.py [path/to/anthem-cx]

The difference is `>= 3` against `> 3`, alone in a program of one rule for both, and the same slip in the whole rule
file for ours (the peer stops on the rule files themselves). Every figure is of one run on one machine: processor
seconds, children included; read them as ratios.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from audit.checks import Comparison, compare
from audit.encoding import Encoding, encoding
from audit.tables import outcome_words, question
from tests.planted import planted, small

TOY = """
#defined self_score/2. #defined applicant/2. #defined round/3.
eligible(A) :- applicant(A, _), self_score(A, N), N {} 3.
rejected(A) :- applicant(A, _), not eligible(A).
#show eligible/1. #show rejected/1.
"""
LEFT, RIGHT = "met(A) :- years(A,N), N >= 3.\n", "met(A) :- years(A,N), N > 3.\n"
GUIDE = "input: years/2.\noutput: met/1.\n"


def main() -> None:
    """Print each run: what it took and how its witness reads."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one, other = folder / "one", folder / "other"
        one.mkdir()
        other.mkdir()
        measured("ours, one rule", lambda: compare(small(one, TOY.format(">=")), small(other, TOY.format(">"))))
        city = encoding("jiyuan")
        slip = planted(folder, "jiyuan", ("Points >= min_self_score", "Points > min_self_score"))
        measured("ours, all of jiyuan.lp, the same slip", lambda: compare(city, slip))
        same: Callable[[], Comparison] = lambda: compare(city, _reordered(folder))  # noqa: E731 - named for its line
        measured("ours, all of jiyuan.lp, no difference", same)
        if len(sys.argv) > 1:
            peer(folder, Path(sys.argv[1]))


def _reordered(folder: Path) -> Encoding:
    """The same rules, one comparison written the other way round: equal in meaning, not in text."""
    apart = folder / "apart"
    apart.mkdir(exist_ok=True)
    return planted(apart, "jiyuan", ("Points >= min_self_score", "min_self_score <= Points"))


def measured(name: str, run: Callable[[], Comparison]) -> None:
    """Run once; print seconds and witnesses."""
    before = time.process_time()
    found = run()
    print(f"{name}: {time.process_time() - before:.2f} s, {len(found.witnesses)} witnesses")
    for witness in found.witnesses[:1]:
        print(f"    {question(witness.dossier, witness.base, 'en')}")
        print(f"    {outcome_words(witness.old, 'en')} / {outcome_words(witness.new, 'en')}")


def peer(folder: Path, program: Path) -> None:
    """anthem-cx on the one rule: with a difference, and without one (which ends only at a bound given)."""
    for name, text in (("left.lp", LEFT), ("right.lp", RIGHT), ("guide.ug", GUIDE)):
        (folder / name).write_text(text, "utf-8")
    for name, right, bound in (
        ("a difference", "right.lp", []),
        ("no difference, size up to 6", "left.lp", ["--max", "6"]),
    ):
        before = os.times()
        done = subprocess.run(
            [str(program), "left.lp", right, "guide.ug", *bound],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        told = [line.strip() for line in (done.stdout + done.stderr).splitlines() if not line.startswith("INFO")]
        print(f"anthem-cx, one rule, {name}: {spent:.2f} s")
        print("    " + " ".join(told))


if __name__ == "__main__":
    main()
