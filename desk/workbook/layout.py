"""The sheets of a case workbook, laid out from the vocabulary: which column holds which field of which predicate.

Wide where people think wide (a row an applicant, a column a finding), long where records repeat (a row an event).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from engine.facts import PREDICATES, Field, asks, takes
from engine.words import by_regulation, standard

TYPE, DOCUMENT, NUMBER = "type", "document", "document_number"
"""The columns that are no field: what kind of record a row is, and what it rests on."""
OPTIONAL = frozenset(
    {
        ("document_number", "about"),
        ("office", "person"),
        ("office", "telephone"),
        *((name, "about") for name in ("document_day", "signer", "sent", "received")),
        ("source", "number"),
    }
)
"""Texts that may be left empty."""


@dataclass(frozen=True)
class Column:
    """A column: its key, and the field it holds (several, alike, in a sheet of many kinds of record).

    `flag` is a column to tick; `choice` the constants that a wide sheet spreads over columns, each with its wording and
    its field; `copy` numbers columns that hold the same.
    """

    key: str
    fields: tuple[tuple[str, str], ...] = ()
    flag: bool = False
    choice: tuple[tuple[str, str, str], ...] = ()
    copy: int = 1

    @cached_property
    def field(self) -> Field | None:
        """The field that gives the cells their form; None for the columns that are no field."""
        if not self.fields:
            return None
        predicate, name = self.fields[0]
        return next(field for field in PREDICATES[predicate].fields if field.name == name)


@dataclass(frozen=True)
class Binding:
    """How a row says a fact: for each field a column or, in `fixed`, a constant; `flag` must be ticked for it."""

    predicate: str
    columns: tuple[str, ...]
    fixed: Mapping[int, str]
    flag: str = ""
    always: bool = False

    def key(self, keys: tuple[str, ...], arguments: tuple[str | int, ...]) -> tuple[str | int, ...]:
        """What a fact's arguments say in the columns that are keys, in their order."""
        return tuple(arguments[self.columns.index(key)] for key in keys)

    def values(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The columns that are neither keys nor fixed: blank in all of them, the row does not say the fact."""
        return tuple(column for column in self.columns if column and column not in keys)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its columns, the keys of a row, and what its rows say.

    `typed`: a column names the kind of record, and only that binding holds. `evidence`: the predicates whose facts
    rest on the document named in the row.
    """

    name: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    bindings: tuple[Binding, ...]
    typed: bool = False
    evidence: frozenset[str] = frozenset()

    @property
    def lasting(self) -> str:
        """The column that speaks in favour of somebody where it is empty, for his record then runs on; else empty."""
        return _LASTING.get(self.name, "")

    @property
    def judged(self) -> str:
        """Where an empty sheet speaks in favour of somebody: the predicate that declares him; else empty."""
        return _JUDGED.get(self.name, "")

    def column(self, key: str) -> Column:
        """The column of a key."""
        return next(column for column in self.columns if column.key == key)

    @cached_property
    def valued(self) -> tuple[tuple[Binding, tuple[str, ...]], ...]:
        """The bindings, each with its columns that are neither keys nor fixed."""
        return tuple((binding, binding.values(self.keys)) for binding in self.bindings)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The predicates whose rows declare a key: names of others stand elsewhere."""
        return tuple(b.predicate for b in self.bindings if PREDICATES[b.predicate].model.declares)


_JUDGED = {"adverse": "applicant", "history": "applicant", "interests": "reviewer"}
"""Sheets of what stands against somebody: without a row nobody is barred, nobody has won before, nobody is tied."""
_LASTING = {"certificates": "to_day"}

_ROUND = (
    "round announced evidence_closed panel_size pass_mark*prize supplement_by office document_series "
    "frozen_on objections_until places*cap stage_mark*stage"
)
_APPLICANTS = (
    "applicant winner name activity*kind legal_form seat operating_since industry excellence_model_since self_score "
    "submitted material*kind county_opinion recommendation in_group credit_code former_name handed_in "
    "forwarded_by contact listed*list withdrawn applies_for part_of endorsement*recommender nominated*recommender"
)
_YEARS = "self_report_year self_rating accounts product_inspection amount*what rank*what*scope"
_HISTORY = "awarded bonus_paid bonus_use bonus_recovered fraud_found ground_found reassessed revoked"
_PROCEDURE = "stage_day notice consulted asked objection objection_made internal_notice preliminary_notice body_member"
_REVIEWERS = "reviewer name pool*pool expertise expertise expertise can_lead unavailable panel_load reviewer_misconduct"
_INTERESTS = "employed officer shareholder kin controls works_with declared_interest"
_SPONSORS = "recommended_by coached authority"
_SEEDS = "seed_source seed_part seed_reserve replaced_freeze"
_DISPATCH = "series_for document_day signer seal sent received"


@by_regulation
def sheets() -> tuple[Sheet, ...]:
    """Every sheet with every column; of what only some regulations know, that of the one spoken of."""
    return (
        _wide("round", "", _ROUND),
        _wide("applicants", "applicant", _APPLICANTS),
        _long("certificates", "certificate", evidence=True),
        _wide("years", "applicant year", _YEARS, evidence="accounts product_inspection amount rank"),
        _wide("findings", "applicant", "finding*topic", evidence="finding"),
        _long("finders", "finding_by"),
        _long(
            "adverse",
            " ".join(name for name, p in PREDICATES.items() if p.group == "adverse"),
            evidence=True,
        ),
        _long("history", _HISTORY, evidence=True),
        _long("procedure", _PROCEDURE, evidence=True),
        _wide("reviewers", "reviewer", _REVIEWERS),
        _wide("groups", "group", "group name"),
        _long("interests", _INTERESTS, evidence=True),
        _long("sponsors", _SPONSORS, evidence=True),
        _wide("scores", "applicant", "score stage_result*stage stage_score*stage"),
        _long("names", "name"),
        _long("bodies", "credit_code former_name"),
        _long("readings", "reading"),
        _long("sources", "source"),
        _long("numbers", "document_number"),
        _long("dispatch", _DISPATCH),
        _long("reasons", "applied_because described"),
        _long("seeds", _SEEDS),
        _long("holidays", "holiday holiday_year"),
    )


def _known(predicate: str) -> bool:
    """Whether a sheet has room for a predicate: what only some ask for, where the regulation spoken of may hold it."""
    fields = PREDICATES[predicate].fields
    own = any(field.table and not standard(field.table) for field in fields)
    return not PREDICATES[predicate].model.further or (takes(predicate) and (own or asks(predicate)))


def _wide(name: str, key: str, parts: str, evidence: str = "") -> Sheet:
    """A sheet with a row a key; `predicate*field` spreads the choices of a field, or of several, over columns."""
    columns: dict[str, Column] = {}
    bindings = []
    keys = tuple(key.split())
    for part in parts.split():
        predicate, *spread = part.split("*")
        if not _known(predicate):
            continue
        choices = {f.name: f.choices for f in PREDICATES[predicate].fields}
        for some in product(*(choices[name] for name in spread)):
            made, binding = _part(predicate, keys, dict(zip(spread, some, strict=True)), set(columns))
            columns |= made
            bindings.append(binding)
    if evidence:
        columns |= {key: Column(key) for key in (DOCUMENT, NUMBER)}
    return Sheet(name, tuple(columns.values()), keys, tuple(bindings), evidence=frozenset(evidence.split()))


def _part(
    predicate: str, keys: tuple[str, ...], spread: Mapping[str, str], taken: set[str]
) -> tuple[dict[str, Column], Binding]:
    fields = PREDICATES[predicate].fields
    choices = tuple((_wording(predicate, name), one, name) for name, one in spread.items())
    columns: dict[str, Column] = {}
    places: list[str] = []
    fixed: dict[int, str] = {}
    for at, field in enumerate(fields):
        own = field.name if field.name in keys else keys[at] if at < len(keys) else ""
        if field.name in spread:
            places.append("")
            fixed[at] = spread[field.name]
        elif own:
            places.append(own)
            if own not in taken:
                columns[own] = Column(own, ((predicate, field.name),))
        else:
            key = ".".join((predicate, *spread.values(), field.name))
            copy = 1 + sum(one.partition("#")[0] == key for one in taken)
            key = key if copy == 1 else f"{key}#{copy}"
            columns[key] = Column(key, ((predicate, field.name),), choice=choices, copy=copy)
            places.append(key)
    declares = PREDICATES[predicate].model.declares is not None
    if len(columns.keys() - set(keys)) or (declares and keys):
        return columns, Binding(predicate, tuple(places), fixed, always=declares and not columns.keys() - set(keys))
    key = ".".join((predicate, *spread.values()))
    columns[key] = Column(key, tuple((predicate, name) for name in spread), flag=True, choice=choices)
    return columns, Binding(predicate, tuple(places), fixed, flag=key)


def _wording(predicate: str, field: str) -> str:
    return next(f.wording for f in PREDICATES[predicate].fields if f.name == field)


def _long(name: str, parts: str, evidence: bool = False) -> Sheet:
    """A sheet with a row a record; fields of the same name share a column, a field of somebody comes first."""
    predicates = [one for one in parts.split() if _known(one)]
    found: dict[str, list[tuple[str, str]]] = {}
    for predicate in predicates:
        for field in PREDICATES[predicate].fields:
            found.setdefault(_shared(predicate, field), []).append((predicate, field.name))
    columns = [Column(key, tuple(fields)) for key, fields in sorted(found.items(), key=lambda item: _rank(item[0]))]
    typed = len(predicates) > 1
    if typed:
        columns.insert(1, Column(TYPE))
    if evidence:
        columns += [Column(DOCUMENT), Column(NUMBER)]
    bindings = tuple(Binding(p, tuple(_shared(p, field) for field in PREDICATES[p].fields), {}) for p in predicates)
    return Sheet(
        name, tuple(columns), (), bindings, typed, frozenset(predicates) if evidence else frozenset()
    )  # fmt: skip


_SAME = {"controller": "person"}
_ORDER = ("applicant", "person", "type", "organization", "other")
_LAST = ("day", "from_day", "to_day", "text")


def _shared(predicate: str, field: Field) -> str:
    """The column of a field in a long sheet."""
    if predicate == "declared_interest" and field.name == "applicant":
        return "organization"
    if predicate in ("kin", "works_with") and field.name == "other":
        return "organization"
    return _SAME.get(field.name, field.name)


def _rank(key: str) -> tuple[int, int]:
    if key in _ORDER:
        return (0, _ORDER.index(key))
    return (2, _LAST.index(key)) if key in _LAST else (1, 0)


def walk() -> Iterator[tuple[Sheet, int, Binding]]:
    """Every binding with its sheet and its number in it."""
    for sheet in sheets():
        for number, binding in enumerate(sheet.bindings):
            yield sheet, number, binding
