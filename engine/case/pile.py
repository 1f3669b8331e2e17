"""The rows of all files of a case together, and where each fact stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain
from operator import itemgetter

from engine.case.source import Row, Source
from engine.errors import Place
from engine.facts import PREDICATES, Fact, Predicate, text


class Pile:
    """All that the files of a case say; `complete` unless a file could not be read at all."""

    def __init__(self, sources: Iterable[Source], complete: bool = True) -> None:
        self.sources = tuple(sources)
        self.complete = complete
        self._spots: dict[str, dict[Row, tuple[int, int]]] = {}

    @cached_property
    def rows(self) -> Mapping[str, tuple[Row, ...]]:
        """The different rows of every predicate of the vocabulary, in the order of the files."""
        return {
            name: tuple(dict.fromkeys(chain.from_iterable(source.rows.get(name, ()) for source in self.sources)))
            for name in PREDICATES
        }

    def spot(self, predicate: str, row: Row) -> tuple[int, int]:
        """Where a fact stands first: the number of the file and the position in it, for sorting."""
        if predicate not in self._spots:
            spots: dict[Row, tuple[int, int]] = {}
            for number, source in enumerate(self.sources):
                for index, other in enumerate(source.rows.get(predicate, ())):
                    spots.setdefault(other, (number, index))
            self._spots[predicate] = spots
        return self._spots[predicate][row]

    def order(self, predicate: str, row: Row) -> tuple[int, int]:
        """The sort key of facts of any predicate: file, then position in the file."""
        number, index = self.spot(predicate, row)
        return number, self.sources[number].positions[predicate][index]

    def place(self, predicate: str, row: Row) -> Place:
        """Where a fact stands first."""
        number, index = self.spot(predicate, row)
        return self.sources[number].place(predicate, index)

    def broken(self, predicate: str) -> bool:
        """Whether a fact of the predicate was there that could not be read."""
        return any(predicate in source.broken for source in self.sources)

    def column(self, predicate: Predicate, field: str) -> set[str | int]:
        """The different values of a field."""
        (at,) = predicate.at(field)
        return set(map(itemgetter(at), self.rows[predicate.name]))

    def declared(self, name: str) -> set[str | int]:
        """The identifiers that a predicate declares, also in facts that could not be read otherwise."""
        predicate = PREDICATES[name]
        assert predicate.model.declares
        salvaged = (source.salvaged.get(name, set()) for source in self.sources)
        return self.column(predicate, predicate.model.declares).union(*salvaged)

    def known(self) -> set[str | int]:
        """Every identifier that stands in a fact other than a name or a code, which must not know it alone."""
        found: set[str | int] = set()
        for predicate in PREDICATES.values():
            for field in predicate.fields:
                if field.kind == "identifier" and field.declared_by != ("*",):
                    found |= self.column(predicate, field.name)
        return found.union(*(identifiers for source in self.sources for identifiers in source.salvaged.values()))


def shown(predicate: str, row: Row) -> str:
    """A fact as problems quote it, cut where it gets long."""
    written = text(Fact(predicate, row))
    return written if len(written) <= 80 else written[:79] + "…"
