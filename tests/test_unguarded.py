"""Processes of a question are started from a script that does not guard its main part, and run none of it again."""

import subprocess
import sys
from pathlib import Path

from engine.case import load

CASE = [str(path) for path in sorted((Path(__file__).parents[1] / "facts" / "jiyuan-6").glob("*.lp"))]
SCRIPT = """
from engine import decide, load
from engine.solve import cohort

print("here")
cohort.SIZE = 2
print(len(decide(load({case!r}), processes=2).applicants))
"""


def test_a_script_without_a_guard_may_share_a_question_out(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(SCRIPT.format(case=CASE), "utf-8")

    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)

    assert (done.stdout.split(), done.stderr) == (["here", str(len(load(CASE).rows("applicant")))], "")
