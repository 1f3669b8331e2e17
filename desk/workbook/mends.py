"""What of a workbook is read as something else than it says: a sheet or a column by another name, a name as its number.

A mend is offered where the reader is sure enough to ask “is this it?”; a person's click makes it one. The file stays as
it was sent in; what comes back marked says at each place what was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from desk.workbook import words
from desk.workbook.cells import shown
from desk.workbook.layout import sheets
from desk.workbook.page import Page, position
from engine.case import Account, Hint, Mend
from engine.errors import Place, Problem
from engine.facts import PREDICATES
from engine.words import LANGUAGES

_SHEET = "workbook_sheet_near"
_COLUMN = "workbook_column_near"
_ID = "undeclared"


def mended(pages: list[Page], mends: Sequence[Mend], file: str) -> Iterator[tuple[Place, Mend]]:
    """Give the sheets and headers of a workbook the names that mends say, in their order; each with its place.

    What is to be left goes from `pages`: a sheet whole, of a sheet a column from its header down.
    """
    by_name = {page.name: page for page in pages}
    for mend in mends:
        if mend.kind == "sheet" and mend.found in by_name and mend.wanted not in by_name:
            page = by_name.pop(mend.found)
            page.name = mend.wanted
            by_name[page.name] = page
            yield Place(file, sheet=page.name, cell="A1"), mend
        elif mend.kind == "column" and mend.sheet in by_name:
            row, column = position(mend.cell)
            cells = by_name[mend.sheet].rows.get(row, {})
            if words.mark(shown(cells.get(column))) == mend.found:
                cells[column] = mend.wanted
                yield Place(file, sheet=mend.sheet, cell=mend.cell), mend
        elif mend.kind == "leave_sheet" and mend.found in by_name:
            pages.remove(by_name.pop(mend.found))
            yield Place(file, sheet=mend.found, cell="A1"), mend
        elif mend.kind in ("leave", "leave_unnamed") and mend.sheet in by_name:
            page, (row, column) = by_name[mend.sheet], position(mend.cell)
            if words.mark(shown(page.rows.get(row, {}).get(column))) == words.mark(mend.found):
                for at, cells in page.rows.items():
                    if at >= row:
                        cells.pop(column, None)
                yield Place(file, sheet=mend.sheet, cell=mend.cell), mend


def unread_kinds(problems: Iterable[Problem]) -> Iterator[str]:
    """The predicates of sheets that are not there, or are there under a name that nobody knows."""
    lost = {str(one.parameters.get("wanted", "")) for one in problems if one.code in (_SHEET, "workbook_sheet")}
    for sheet in sheets():
        if lost & {words.sheet_name(sheet.name, lang) for lang in LANGUAGES}:
            yield from (binding.predicate for binding in sheet.bindings)


def choices(account: Account) -> Iterator[Mend]:
    """What a person can say of what nobody knows on a sheet: what it is to be read as, or that it is not to be read."""
    name = words.folded(account.sheet)
    if name not in words.known_sheets():
        if account.read or name in words.asides():
            return
        yield from (Mend("sheet", account.sheet, wanted) for wanted in account.free)
        yield Mend("leave_sheet", account.sheet, "")
        return
    unnamed = set[int]()
    for left in account.left:
        if left.why == "column":
            yield from (Mend("column", left.found, wanted, account.sheet, left.cell) for wanted in account.free)
            yield Mend("leave", left.found, "", account.sheet, left.cell)
        elif left.why == "outside" and position(left.cell)[1] not in unnamed:
            unnamed.add(position(left.cell)[1])
            yield Mend("leave_unnamed", left.found, "", account.sheet, left.cell)


class Offers:
    """The mends that can be offered for what is wrong with a workbook, or may be."""

    def __init__(self, pile: Any) -> None:
        self.pile = pile

    def of(self, one: Problem | Hint) -> Mend | None:
        """What a click would read in place of what was found; None where nobody can say."""
        sheet, cell = one.place.sheet or "", one.place.cell or ""
        if isinstance(one, Hint):
            if one.kind == "tie_leads_nowhere" and one.meant:
                return Mend("name", one.found, one.meant)
            if one.kind == "column_missing" and one.meant:
                return Mend("column", one.found, one.meant, sheet, cell)
            return None
        found, wanted = str(one.parameters.get("found", "")), str(one.parameters.get("wanted", ""))
        if one.code == _SHEET:
            return Mend("sheet", found, wanted)
        if one.code == _COLUMN:
            return Mend("column", found, wanted, sheet, cell)
        if one.code == _ID and sheet:
            kinds = {each.partition("(")[0] for each in wanted.split(" / ")}
            ids = [id for id in self._called.get(words.folded(found), ()) if any(id in self._ids[k] for k in kinds)]
            return Mend("name", found, ids[0]) if len(ids) == 1 else None
        return None

    @cached_property
    def _ids(self) -> Mapping[str, set[str]]:
        declaring = [name for name, predicate in PREDICATES.items() if predicate.model.declares]
        return defaultdict(set, {name: {str(one) for one in self.pile.declared(name)} for name in declaring})

    @cached_property
    def _called(self) -> Mapping[str, list[str]]:
        """The identifiers of those who bear or bore a name, by the name, folded."""
        found: dict[str, set[str]] = defaultdict(set)
        for predicate in ("name", "former_name"):
            for id, name in self.pile.rows[predicate] if self.pile else ():
                found[words.folded(str(name))].add(str(id))
        return {name: sorted(ids) for name, ids in found.items()}
