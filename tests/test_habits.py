"""Habits of the house: one module solves, no module of the lower floors knows a city, no sentence stands in code."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from engine.law.statutes import cities
from engine.words.catalogues import FLOORS

HOUSE = Path(__file__).resolve().parents[1]
MODULES = [path for room in FLOORS for path in sorted((HOUSE / room).rglob("*.py"))]


def test_only_the_solver_makes_a_control() -> None:
    """Whoever wants an answer set asks engine/solve/solver.py: one place for options, time limits and interrupts.

    audit/ grounds rule texts that are broken on purpose, which the solver refuses; it has its own. The law's room,
    which stands below the solver's, grounds a regulation's own text for the facts in it; nothing is solved there.
    """
    law = HOUSE / "engine" / "law"
    own = {HOUSE / "engine" / "solve" / "solver.py", law / "regulation.py", law / "governing.py"}
    made = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in MODULES
        if path not in own and HOUSE / "audit" not in path.parents
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", None) == "Control" or getattr(node.func, "id", None) == "Control")
    ]

    assert made == []


@pytest.mark.parametrize("room", ["engine", "explain"])
def test_no_room_names_a_city(room: str) -> None:
    """A third city is a text, a rule file and cases; neither code nor catalogue of these rooms knows one."""
    files = sorted([*(HOUSE / room).rglob("*.py"), *(HOUSE / room).rglob("*.toml")])
    named = {
        str(file.relative_to(HOUSE)): found
        for file in files
        if (found := sorted(set(re.findall("|".join(cities()), file.read_text(encoding="utf-8")))))
    }

    assert named == {}


def test_no_chinese_sentence_in_code() -> None:
    """Sentences live in catalogues; a string in code holds at most the law's own signs and terms (第八条, 或, 为)."""
    found = {str(path.relative_to(HOUSE)): sentences for path in MODULES if (sentences := chinese_sentences(path))}

    assert found == {}


def chinese_sentences(path: Path) -> list[str]:
    """The strings of a module, docstrings apart, that are Chinese sentences."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and re.search(r"[\u4e00-\u9fff]{8,}|[\u4e00-\u9fff]。", node.value)
        and not set(re.findall(r"[\u4e00-\u9fff]", node.value)) <= set("零一二三四五六七八九十百千万")
    ]


def test_help_needs_no_heavy_library() -> None:
    """`pingjiang --help` answers at once: what solves, validates or draws is imported by the command that needs it."""
    heavy = {"clingo", "pydantic", "rich", "networkx", "chinese_calendar"}
    program = (
        "import sys\nfrom desk.shell.cli import run\n"
        f"run(['--help']); print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=HOUSE, check=True)

    assert done.stderr.strip() == "[]"


def test_a_good_case_needs_no_library_that_only_refuses() -> None:
    """Deciding a sound case imports nothing that words what is wrong, draws, or makes tables of reasons."""
    heavy = {"pydantic", "networkx", "ortools", "openpyxl", "docx"}
    program = (
        "import sys\nfrom desk.shell.cli import run\n"
        f"run(['decide', 'facts/jiyuan-6']); print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=HOUSE, check=True)

    assert done.stderr.strip() == "[]"
