"""What a command asks about one applicant: the case opened, the identifier checked, the grounds in words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from desk.arguments.given import identifiers, subject
from desk.arguments.opening import applicants, opened
from desk.shell import Shell
from engine.words import padded, visible, width, wrap

if TYPE_CHECKING:
    from engine.answers import Ground
    from engine.case import Case


def asked(
    shell: Shell, words: Sequence[str], readings: dict[str, str], *, aside: bool = False
) -> tuple["Case", str, list[str]]:
    """The case, the applicant and what else stands on a line `CASE… ID …`; `aside` as for `opened`."""
    files, (id, *rest) = subject(words)
    case = opened(shell, files, readings, aside=aside)
    return case, identifiers([id], applicants(case))[0], rest


def answered(
    shell: Shell, words: Sequence[str], readings: dict[str, str], *, aside: bool = False
) -> tuple["Case", str, str]:
    """The case, whom a question is about and the atom asked, of a line `CASE… [ID] [ATOM]`.

    An atom that names nobody alone may be asked without an identifier; it may be about a winner or a reviewer too.
    """
    files, (first, *rest) = subject(words)
    case = opened(shell, files, readings, aside=aside)
    if "(" in first and first not in case.names and first not in applicants(case):
        return case, "", " ".join((first, *rest))
    others = {str(row[0]) for name in ("winner", "reviewer") for row in case.rows(name)} if rest else set()
    return case, identifiers([first], applicants(case) | others)[0], " ".join(rest)


def name(case: "Case", id: str) -> str:
    """An applicant's name, safe to print; empty if it has none."""
    return visible(case.names.get(id, ""))


def called(case: "Case", id: str) -> str:
    """An applicant by identifier and name, safe to print; one that has no name of its own by its identifier alone."""
    own = name(case, id)
    return f"{visible(id)} {own}" if own and own != visible(id) else visible(id)


def ground_lines(
    grounds: Iterable["Ground"], shell: Shell, label: Callable[["Ground"], str], indent: int = 2
) -> Iterator[str]:
    """Grounds in the words that `label` gives them, a provision a line, wrapped."""
    rows = [
        (provision.citation, shell.text("table.and").join(label(one) for one in same))
        for provision, same in groupby(grounds, key=attrgetter("provision"))
    ]
    column = max((width(citation) for citation, _ in rows), default=0)
    for citation, words in rows:
        first, *rest = wrap(words, shell.columns - indent - column - 2)
        yield f"{' ' * indent}{padded(citation, column)}  {first}"
        yield from (" " * (indent + column + 2) + line for line in rest)
