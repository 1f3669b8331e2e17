"""A workbook opened to be written again with a few cells changed, and nothing else lost without a word."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

from openpyxl import load_workbook

from desk.workbook import book, drawings


class Copy:
    """A workbook that may be opened, else Refused: `book` is openpyxl's, `pages` are the sheets as they are read."""

    def __init__(self, data: bytes) -> None:
        found = book.read(data)
        self.pages = found.pages
        self._data = drawings.transitional(data) if found.strict else data
        with warnings.catch_warnings(record=True) as self._warned:
            warnings.simplefilter("always")
            self.book = load_workbook(BytesIO(self._data), rich_text=True)
        for sheet in self.book.worksheets:
            sheet._images, sheet._charts = [], []  # the originals are carried over

    def bytes(self) -> tuple[bytes, tuple[str, ...]]:
        """The workbook as it is now, and what could not be kept.

        Pictures, charts and shapes stay. The others are kinds of parts (`pivottable`, `slicer` …), by the names that
        relations give them, and extensions that openpyxl says it drops.
        """
        out = BytesIO()
        self.book.save(out)
        whole, lost = drawings.carried(self._data, out.getvalue())
        return whole, tuple(sorted({*lost, *self._unsupported()}))

    def _unsupported(self) -> Iterator[str]:
        for one in self._warned or ():
            words = str(one.message)
            if "is not supported and will be removed" in words:
                yield words.partition(" extension")[0].lower()
