"""What `pingjiang freeze` is told besides a case: freezes that it replaces, the record that it follows."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desk.arguments.days import today
from desk.shell import without_hints
from engine.errors import CaseError, Problems, UsageError

if TYPE_CHECKING:
    from engine.draw import Frozen
    from engine.facts import Fact
    from engine.record import Old


def replacing(frozen: "Frozen", names: Sequence[str]) -> "tuple[Old, ...]":
    """The freezes that this one replaces; CaseError where one may not be replaced so, or is named and not shown."""
    from engine.record import old_freeze, unreplaced

    olds = {name: old_freeze(name, _bytes(name)) for name in names}
    if problems := unreplaced(frozen, olds, today()):
        raise CaseError(problems)
    return tuple(olds.values())


def supplementary(origin: str, files: Iterable[str], reviewed: Sequence[str]) -> "Frozen":
    """The supplementary freeze that follows a record, with the news in some files (.lp)."""
    from engine.record import supplement, verify

    found = verify(origin, _bytes(origin))
    if found.public:
        raise UsageError("draw_public", {"found": origin})
    return supplement(found, [fact for name in files for fact in _facts(name)], reviewed)


def _facts(name: str) -> "list[Fact]":
    from engine.case import lpfile
    from engine.facts import Fact

    problems = Problems()
    source = lpfile.read(name, _bytes(name), problems)
    if problems:
        raise CaseError(problems.all())
    return [Fact(predicate, row) for predicate, rows in source.rows.items() for row in rows]


def _bytes(name: str) -> bytes:
    from engine.case import regular

    try:
        return without_hints(regular(Path(name)))
    except OSError as trouble:
        raise UsageError("unreadable_record", {"found": name, "reason": trouble.strerror or str(trouble)}) from None
