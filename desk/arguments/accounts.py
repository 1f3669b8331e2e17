"""What was read of the workbooks of a case and what was not, sheet by sheet, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import PurePath
from typing import TYPE_CHECKING

from desk.shell import Shell
from engine.words import has, visible, wrap

if TYPE_CHECKING:
    from engine.case import Account

_NAMED = 12
"""So many things that were not read are named; the rest is counted."""


def account_of(shell: Shell, accounts: Iterable[Account]) -> None:
    """Tell on standard error what was read of the workbooks and what was not."""
    for line in account_lines(accounts, shell):
        shell.tell(line)


def account_lines(accounts: Iterable[Account], shell: Shell) -> Iterator[str]:
    """The same, wrapped for a terminal."""
    for words in account_words(accounts, shell):
        first, *rest = wrap(visible(words), shell.columns - 2)
        yield first
        yield from (f"  {line}" for line in rest)


def account_words(accounts: Iterable[Account], shell: Shell) -> Iterator[str]:
    """A paragraph a workbook: its sheets with their rows and columns, those that are empty, and what was left."""
    for file, found in groupby(accounts, key=attrgetter("file")):
        sheets = list(found)
        comma = shell.text("account.comma")
        read = comma.join(
            shell.text("account.sheet", sheet=one.sheet, rows=one.rows, columns=one.columns)
            for one in sheets
            if one.read and one.rows
        )
        yield shell.text("account.read", file=PurePath(file).name, sheets=read or shell.text("account.nothing"))
        if empty := [one.sheet for one in sheets if one.read and not one.rows]:
            yield shell.text("account.empty", sheets=comma.join(empty))
        if left := list(_left(sheets, shell)):
            more = shell.text("account.more", number=len(left) - _NAMED) if len(left) > _NAMED else ""
            yield shell.text("account.left", what=comma.join(left[:_NAMED]) + more)


def _left(sheets: Sequence[Account], shell: Shell) -> Iterator[str]:
    for one in sheets:
        if not one.read:
            yield shell.text("account.whole", sheet=one.sheet)
        for left in one.left:
            place = f"{one.sheet}!{left.cell}"
            yield shell.text(f"account.why.{left.why}", place=place, found=left.found)


def lost_words(kinds: Iterable[str], shell: Shell) -> str:
    """Kinds of parts that a copy of a workbook does not keep, in words."""
    return shell.text("account.comma").join(
        shell.text(f"workbook.lost.{kind}") if has(f"workbook.lost.{kind}", shell.lang) else kind for kind in kinds
    )
