"""Writes docs/architecture.md and its picture from the table of floors and rooms: `python tests/architecture.py`."""

import ast
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(HOUSE))

import graphviz  # noqa: E402

from explain.show.drawing import draw  # noqa: E402
from explain.show.fonts import FONTS  # noqa: E402
from tests.test_house import FLOORS  # noqa: E402

PAGE = HOUSE / "docs" / "architecture.md"
PICTURE = HOUSE / "docs" / "pictures" / "house.svg"
GROUND = {
    "rules": "the law: official texts, encodings, the rules that cities share, and their cases",
    "facts": "sample cases of invented applicants",
}
_BEGINNING = """# Architecture

The house has floors, each floor has rooms, and imports run one way: a room uses the rooms below it on its floor and
everything on the floors below. Each room has one door, its face: the names its `__init__.pyi` lists, imported when they
are first asked for ([lazy_loader](https://github.com/scientific-python/lazy-loader)). From another room one imports the
room (`from engine.case import Case`), never a module inside it. `tests/test_house.py` holds the table and checks the
imports; this page and its picture are made from the same table (`make docs`).

![Floors and rooms](pictures/house.svg)

Data flows one way: files → `Case` → `solve` → answer → reasons (a graph) → tree, picture, page, letter. Every renderer
reads the same graph; none adds a reason of its own.
"""


def purpose(floor: str, room: str) -> str:
    """What a room is for: the docstring of its face, or of the module that is a room by itself."""
    face = HOUSE / floor / room / "__init__.py"
    file = face if face.exists() else HOUSE / floor / f"{room}.py"
    return " ".join((ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").split())


def picture() -> str:
    """The floors as frames, the highest on top, their rooms as boxes, an arrow to each room right below."""
    house = graphviz.Digraph(
        "house",
        graph_attr={"rankdir": "RL", "ranksep": "0.4", "nodesep": "0.18"},
        node_attr={"shape": "box", "style": "rounded,filled", "fillcolor": "#eef3f8", "color": "#1f4e79",
                   "fontname": FONTS, "fontsize": "11", "height": "0.34", "fixedsize": "true"},
        edge_attr={"arrowsize": "0.6", "color": "#5c6b7a"},
    )  # fmt: skip
    for floor in FLOORS:
        frame = graphviz.Digraph(
            f"cluster {floor}",
            graph_attr={"label": f"{floor}/", "labeljust": "r", "style": "rounded", "color": "#9aa7b5",
                        "fontname": FONTS, "fontsize": "13", "margin": "10"},
        )  # fmt: skip
        for room in FLOORS[floor]:
            frame.node(f"{floor}.{room}", label=room, width=f"{0.35 + 0.095 * len(room):.2f}")
        house.subgraph(frame)
    for floor, rooms in FLOORS.items():
        for room, lower in rooms.items():
            for other in lower:
                house.edge(f"{floor}.{room}", f"{floor}.{other}")
    return str(house.source)


def page() -> str:
    """The page: the picture, then a paragraph a room, from the ground up."""
    parts = [_BEGINNING]
    for floor, rooms in FLOORS.items():
        about = ast.get_docstring(ast.parse((HOUSE / floor / "__init__.py").read_text(encoding="utf-8"))) or ""
        parts.append(f"## `{floor}/`\n\n{about}\n")
        parts += [f"**{room}**: {purpose(floor, room)}\n" for room in rooms]
    parts.append("## The ground\n")
    parts += [f"**`{name}/`**: {about}.\n" for name, about in GROUND.items()]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    PICTURE.write_bytes(draw(picture()))
