"""Justifications printed as trees, for the commands about a round."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desk.shell import Shell

if TYPE_CHECKING:
    from networkx import DiGraph


def tree(graph: "DiGraph", city: str, shell: Shell) -> Iterator[str]:
    """The condensed justification, line by line, each provision with its own words."""
    from engine.law import statute
    from explain.outline import outline
    from explain.show import lines

    yield from map(str, lines(outline(graph), shell.lang, statute(city), shell.columns))
