"""A line for each of many: identifier, name, and what is said of them, in columns where they fit the terminal."""

from collections.abc import Callable, Iterable, Iterator

from desk.shell import Shell
from engine.words import cut, padded, visible, width

MANY = 200
"""More than so many are summarized on a terminal; files, `--json` and whoever is asked for by name have all."""


def columns(pairs: Iterable[tuple[str, str]], told: Iterable[str], shell: Shell, indent: int = 0) -> tuple[int, int]:
    """How wide identifiers and names are printed: as the widest, but so that a line fits the terminal."""
    known = [(width(visible(id)), width(visible(name))) for id, name in pairs]
    first = min(max((id for id, _ in known), default=0), shell.columns // 3)
    left = shell.columns - indent - first - 4 - max(map(width, told), default=0)
    return first, min(max((name for _, name in known), default=0), max(left, 0))


def row(
    id: str,
    name: str,
    told: str,
    widths: tuple[int, int],
    shell: Shell,
    indent: int = 0,
    paint: Callable[[str], str] = str,
) -> Iterator[str]:
    """One line, or several where a name is too long for one."""
    id, name, lead = visible(id), visible(name), " " * indent
    before = f"{lead}{padded(id, widths[0])}  {padded(name, widths[1])}  "
    if width(before + told) <= shell.columns:
        yield before + paint(told)
        return
    first, *rest = cut(f"{id}  {name}".strip(), shell.columns - indent - 2)
    yield lead + first
    yield from (f"{lead}  {line}" for line in rest)
    yield from (f"{lead}    {paint(line)}" for line in cut(told, shell.columns - indent - 4))
