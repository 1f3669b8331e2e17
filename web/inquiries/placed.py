"""Where a regulation's files stand while a question is answered: a copy of the rules, with what the desk keeps put in.

A regulation that comes with the program is asked in this process. One that was begun on the desk is asked in a process
of its own whose rules are that copy: there its city, its topics and its kinds of paper are known like any other's.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from engine.law import RULES

SEPARATOR = "\x1e"
"""What stands between the tables of a regulation where they are handed on as one text; no table holds it."""
PARTS = {"md": "{}.md", "lp": "{}.lp", "cases": "cases/{}.toml"}
"""The files of a regulation begun on the desk, by part, as `audit new` lays them out."""
_PROGRAM = "from web.inquiries.placed import answer_here; answer_here()"


@contextmanager
def beside(city: str, table: str) -> Iterator[str]:
    """The rule file of a city in a copy of the rules, with what was said of its cases: its table, and behind it, each
    after a separator and the name of its question, those of panels, awards and procedures that are not the program's.
    """
    own, *others = table.split(SEPARATOR)
    with _copied() as rules:
        kept = rules / "cases" / f"{city}_audit.toml"
        kept.unlink(missing_ok=True)
        if own:
            kept.write_text(own, "utf-8")
        for question, _, text in (each.partition("\n") for each in others):
            (rules / "cases" / f"{question}_{city}_audit.toml").write_text(text, "utf-8")
        yield str(rules / f"{city}.lp")


def elsewhere(question: str, cities: Mapping[str, Mapping[str, str]], *arguments: Any) -> Any:
    """The answer to a question where these regulations are known as well: of each the files, by their part.

    RuntimeError with what the other process said where it comes to no answer.
    """
    with _copied() as rules:
        for city, files in cities.items():
            for part, text in files.items():
                (rules / PARTS[part].format(city)).write_text(text, "utf-8")
        house = str(Path(__file__).resolve().parents[2])
        environment = {**os.environ, "PINGJIANG_RULES": str(rules), "PYTHONPATH": house}
        with subprocess.Popen(
            [sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=environment, text=True, encoding="utf-8",
        ) as process:  # fmt: skip
            assert process.stdin and process.stdout and process.stderr
            process.stdin.write(json.dumps([question, *arguments], ensure_ascii=False) + "\n")
            process.stdin.flush()
            told = process.stdout.read()
            if process.wait():
                raise RuntimeError(process.stderr.read()[-2000:])
    return json.loads(told)


def answer_here() -> None:
    """Answer the question that the first line of the input puts; end when whoever asked is gone."""
    from web.questions import answer

    question, *arguments = json.loads(sys.stdin.readline())
    threading.Thread(target=_watch, daemon=True).start()
    json.dump(answer(question, *arguments), sys.stdout, ensure_ascii=False)
    sys.stdout.flush()


def _watch() -> None:
    sys.stdin.read()
    os._exit(1)


@contextmanager
def _copied() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        rules = Path(folder) / "rules"
        shutil.copytree(RULES, rules)
        yield rules
