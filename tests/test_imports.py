"""The house keeps its order: imports run one way, one module solves, no module knows a city."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.law.statutes import cities
from engine.words.messages import FLOORS

HOUSE = Path(__file__).resolve().parents[1]
MODULES = [path for room in FLOORS for path in sorted((HOUSE / room).rglob("*.py"))]
NAMES = [str(path.relative_to(HOUSE)) for path in MODULES]


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, also inside functions; `import_module` with a plain string counts."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.ImportFrom(level=level) if level:
                yield path.relative_to(HOUSE).parts[0]
            case ast.Call(
                func=ast.Name(id="import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(module))],
            ):
                yield module


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_imports_run_one_way(path: Path) -> None:
    """engine ← explain ← audit ← desk: a room may use itself and what lies below it."""
    room = path.relative_to(HOUSE).parts[0]
    above = FLOORS[FLOORS.index(room) + 1 :]

    assert [module for module in imported(path) if module.split(".")[0] in above] == []


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_only_solve_makes_a_control(path: Path) -> None:
    """Whoever wants an answer set asks engine/solve/solver.py: one place for options, time limits and interrupts.

    audit/ grounds rule texts that are broken on purpose, which solve.py refuses; it has its own.
    """
    if path == HOUSE / "engine" / "solve" / "solver.py" or HOUSE / "audit" in path.parents:
        return
    made = [
        node.lineno
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


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_no_chinese_sentence_in_code(path: Path) -> None:
    """Sentences live in catalogues; a string in code holds at most the law's own signs and terms (第八条, 或, 为)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    sentences = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and re.search(r"[\u4e00-\u9fff]{8,}|[\u4e00-\u9fff]。", node.value)
        and not set(re.findall(r"[\u4e00-\u9fff]", node.value)) <= set("零一二三四五六七八九十百千万")
    ]

    assert sentences == []


def test_help_needs_no_heavy_library() -> None:
    """`pingjiang --help` answers at once: what solves, validates or draws is imported by the command that needs it."""
    heavy = {"clingo", "pydantic", "rich", "networkx", "chinese_calendar"}
    program = (
        "import sys\nfrom desk.shell.cli import run\n"
        f"run(['--help']); print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=HOUSE, check=True)

    assert done.stderr.strip() == "[]"
