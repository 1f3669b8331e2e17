"""Something to look at while a large case is read and decided; only on a terminal, and gone afterwards."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LARGE = 2_000
_LARGE_FILES = 2_000_000


@contextmanager
def spinner(words: str, size: int) -> Iterator[None]:
    """A turning sign beside the words while the block reads that many bytes; none for a few."""
    if size < _LARGE_FILES or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield


@contextmanager
def bar(words: str, total: int, least: int = _LARGE) -> Iterator[Callable[[int], None]]:
    """A bar that fills as the block reports how many more are done; none for a total below the least."""
    if total < least or not sys.stderr.isatty():
        yield lambda _done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(words, total=total)
        yield lambda done: progress.advance(task, done)
