"""The house keeps its order: imports run one way, each room has one door, no room is a warehouse."""

import ast
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]

FLOORS: dict[str, dict[str, tuple[str, ...]]] = {
    "engine": {
        "words": (),
        "errors": ("words",),
        "law": ("errors",),
        "facts": ("law",),
        "case": ("facts",),
        "solve": ("case",),
        "answers": ("solve",),
        "award": ("answers",),
        "panels": ("answers",),
        "draw": ("panels",),
        "compare": ("award", "draw"),
        "repair": ("draw",),
        "record": ("repair",),
    },
    "explain": {
        "rules": (),
        "dual": ("rules",),
        "say": ("dual",),
        "build": ("say",),
        "graph": ("build",),
        "outline": ("say",),
        "show": ("graph", "outline"),
        "change": ("graph",),
        "letter": ("change", "show"),
    },
    "audit": {
        "encoding": (),
        "words": ("encoding",),
        "space": ("words",),
        "tables": ("space",),
        "sound": ("encoding",),
        "checks": ("sound", "tables"),
        "opinions": ("checks",),
        "mutants": ("opinions",),
        "page": ("opinions",),
        "draft": ("encoding",),
    },
    "desk": {
        "workbook": (),
        "press": (),
        "shell": ("workbook",),
        "arguments": ("shell",),
        "text": ("shell",),
        "papers": ("press",),
        "files": ("arguments", "papers", "text"),
        "bench": ("arguments",),
        "register": ("text",),
        "commands": ("bench", "files", "register"),
    },
    "web": {
        "settings": (),
        "questions": (),
        "drafts": ("questions",),
        "inquiries": ("questions",),
        "shown": ("questions",),
        "page": (),
        "ledger": ("page",),
        "people": ("ledger",),
        "work": ("inquiries", "page"),
        "rounds": ("people", "work"),
        "counter": ("rounds", "shown"),
        "board": ("rounds", "shown"),
        "papers": ("board", "counter", "drafts"),
        "applicants": ("papers",),
        "archive": ("papers",),
        "panels": ("applicants",),
        "awards": ("applicants",),
        "bench": ("rounds",),
        "urls": ("archive", "awards", "bench", "panels"),
        "wsgi": (),
        "start": ("urls", "wsgi"),
        "backup": ("start",),
        "commands": ("backup",),
    },
}
"""The floors from the ground up; of each its rooms, and of each room the rooms right below it on the same floor.

A room may import whatever lies below it on its floor, and everything on the floors below.
"""

MODULES = 12
LARGE = {("desk", "commands"), ("desk", "workbook")}
"""Rooms that may hold more than a dozen modules: one file a command, and the workbook with its many sides."""


def below(floor: str, room: str) -> set[str]:
    """The rooms of a floor that lie below a room."""
    found: set[str] = set()
    left = list(FLOORS[floor][room])
    while left:
        if (each := left.pop()) not in found:
            found.add(each)
            left.extend(FLOORS[floor][each])
    return found


def modules() -> Iterator[tuple[Path, str, str]]:
    """Each module of the house with its floor and its room; what stands on a floor itself is a room of its own name."""
    for floor in FLOORS:
        for path in sorted((HOUSE / floor).rglob("*.py")):
            parts = path.relative_to(HOUSE).with_suffix("").parts
            if parts[1] != "__init__":
                yield path, floor, parts[1]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of every module a file imports, also inside functions; `import_module("…")` counts."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, name.name) for name in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield node.lineno, module
            case ast.ImportFrom(level=level) if level:
                yield node.lineno, ".".join(path.relative_to(HOUSE).parts[: -level or None])
            case ast.Call(
                func=ast.Name(id="import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(module))],
            ):
                yield node.lineno, module


def test_imports_follow_the_table() -> None:
    """Nobody imports from above: neither from a higher floor nor from a room that does not lie below."""
    floors = list(FLOORS)
    wrong = []
    for path, floor, room in modules():
        for line, module in imported(path):
            there, _, rest = module.partition(".")
            if there not in FLOORS:
                continue
            other = rest.partition(".")[0]
            same = there == floor and (other in {room, ""} or other in below(floor, room))
            if not same and floors.index(there) >= floors.index(floor):
                wrong.append(f"{path.relative_to(HOUSE)}:{line}: {module}")

    assert wrong == []


def test_rooms_are_entered_by_their_doors() -> None:
    """From another room one imports the room, never a module inside it."""
    wrong = []
    for path, floor, room in modules():
        for line, module in imported(path):
            there, *inside = module.split(".")
            if there in FLOORS and len(inside) > 1 and (there, inside[0]) != (floor, room):
                wrong.append(f"{path.relative_to(HOUSE)}:{line}: {module}")

    assert wrong == []


def test_no_room_is_a_warehouse() -> None:
    """Every room of the table exists, none is missing from it, and none has more than a dozen modules."""
    count = {
        (floor, path.stem if path.is_file() else path.name): len([p for p in path.glob("*.py") if p.stem != "__init__"])
        for floor in FLOORS
        for path in (HOUSE / floor).iterdir()
        if (path.is_dir() and any(path.glob("*.py"))) or (path.suffix == ".py" and path.stem != "__init__")
    }

    assert sorted(count) == sorted((floor, room) for floor, rooms in FLOORS.items() for room in rooms)
    assert {room: number for room, number in count.items() if number > MODULES and room not in LARGE} == {}
