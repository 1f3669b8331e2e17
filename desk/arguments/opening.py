"""A case opened for a command: its files and folders read, with a sign of life on a terminal, its hints told."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desk.arguments.accounts import account_of
from desk.arguments.days import today
from desk.arguments.given import aside, files
from desk.shell import Shell, spinner
from engine.errors import CaseError, Problem

if TYPE_CHECKING:
    from engine.answers import Afar
    from engine.case import Case, Hint

_SHOWN = 20


def opened(
    shell: Shell, words: Sequence[str], readings: Mapping[str, str] | None = None, *, aside: bool = False
) -> "Case":
    """The case in these files and folders; CaseError with every problem of every file.

    What was read of workbooks and what was not is told, then what may be a slip in the case, before the result;
    `aside` where the result is no text for people.
    """
    from engine.case import load

    names = named(shell, words)
    size = sum(Path(name).stat().st_size for name in names if Path(name).is_file())
    try:
        with spinner(shell.text("table.reading"), size):
            case = load(names, readings)
    except CaseError as refused:
        account_of(shell, refused.accounts)
        raise
    account_of(shell, case.accounts)
    heed(shell, case, aside=aside)
    return case


@contextmanager
def afar(cluster: str, case: "Case", readings: Mapping[str, str]) -> "Iterator[Afar | None]":
    """The workers of a cluster with the files of the case, for a cohort's question; None where no cluster is named."""
    if not cluster:
        yield None
        return
    from engine.answers import Files
    from engine.solve import crew

    with crew(cluster=cluster) as workers:
        yield workers, Files.of(case, readings)


def named(shell: Shell, words: Sequence[str]) -> list[str]:
    """The files named, and those of named folders; what a folder holds and is not read is told."""
    from engine.words import visible

    for kind, left in zip(("tables", "replaced"), aside(words), strict=True):
        if left:
            shell.tell(shell.text(f"account.{kind}", files=visible(shell.text("account.comma").join(left))))
    return files(words)


def heed(shell: Shell, case: "Case", *, aside: bool = False) -> None:
    """Tell the hints of a case that was read in time; CaseError where they are to count as problems."""
    from engine.compare import hints

    shell.in_time()
    found = hints(case, today())
    if shell.strict and found:
        raise CaseError(map(_problem, found))
    fresh = [hint for hint in found if not any(hint in told for told in shell.hints)]
    shell.hints.append(found)
    if fresh and not shell.json:
        for line in hint_lines(shell, fresh):
            (shell.tell if aside else shell.say)(line)


def hint_lines(shell: Shell, found: "Sequence[Hint]") -> list[str]:
    """Hints for a person: a heading, one a paragraph, a line between them and the result."""
    from engine.compare import hint_words
    from engine.words import visible, wrap

    title = wrap(shell.text("hint.title"), shell.columns)
    lines = [shell.paint(line, "yellow", bold=True) for line in title]
    for hint in found[:_SHOWN]:
        words = shell.text("hint.line", place=hint.where, words=hint_words(hint, shell.lang)).strip()
        first, *rest = wrap(visible(words), shell.columns - 4)
        lines += [f"  {first}", *(f"    {line}" for line in rest)]
    if len(found) > _SHOWN:
        lines.append("  " + shell.text("hint.more", number=len(found) - _SHOWN))
    return [*lines, ""]


def to_check(shell: Shell) -> tuple[list[str], dict[str, list[str]]]:
    """What the shell told to look at again, each a line with its place; and without it by whom it is about."""
    from itertools import chain

    from engine.compare import hint_words

    found = sorted(set(chain(*shell.hints)), key=lambda hint: hint.order)
    about: dict[str, list[str]] = {}
    for hint in found:
        for id in hint.ids:
            about.setdefault(id, []).append(hint_words(hint, shell.lang))
    return [
        shell.text("hint.line", place=hint.where, words=hint_words(hint, shell.lang)).strip() for hint in found
    ], about


def _problem(hint: "Hint") -> Problem:
    from engine.compare import hint_words

    told = {"kind": hint.kind, "found": hint.found, "meant": hint.meant, "ids": ", ".join(hint.ids)}
    words = {f"words_{lang}": hint_words(hint, lang) for lang in ("zh", "en")}
    return Problem("strict_hint", {**told, "words": words["words_en"], **words}, hint.place)


def applicants(case: "Case") -> set[str]:
    """The identifiers that a decision can be asked about."""
    return {str(row[0]) for row in case.rows("applicant")}
