"""The kinds of terms that facts are made of, as annotated types (VOCABULARY, section 1).

Values are held as the rules see them: texts and constants as `str`, days as the integer yyyymmdd. A good value is
taken by the plain checks that the types carry; what they do not take is put to pydantic, made from the same types
(`engine.facts.refusing`), which says why: so a good case never waits for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from engine.law import Provision as _Provision
from engine.law import cities
from engine.words import added, by_regulation, spoken, standard

OPEN = 99991231
"""The To of a state that is still running."""
FIRST_YEAR, LAST_YEAR = 1900, 2100

PROVISION_SCHEMA = {"type": "string", "pattern": r"^art\([1-9]\d*,\d+,\d+\)$"}
CODE_SCHEMA = {"type": "string", "pattern": "^[0-9A-HJ-NPQRTUWXY]{18}$"}
CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The signs of a unified social credit code, each worth its place (GB 32100-2015, table 2)."""
_NONCHARACTER = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


class Bound:
    """A bound of a kind, a value itself included: pydantic is told it in its own words (`engine.facts.refusing`)."""

    def __init__(self, value: int) -> None:
        self.value = value


class Ge(Bound):
    """The least number."""


class Le(Bound):
    """The greatest number."""


class MinLen(Bound):
    """The fewest characters of a text."""


KEY_SCHEMA = {"type": "string", "pattern": "^[a-z][A-Za-z0-9_]*$"}
DAY_SCHEMA = {"type": "string", "format": "date"}
OPEN_DAY_SCHEMA = {"anyOf": [DAY_SCHEMA, {"type": "null"}]}


@dataclass(frozen=True)
class Kind:
    """What a term is.

    `wording` names the choices' words in the catalogue (of a number: `round`, how papers write it), `offers` gives
    choices that depend on the rules, `declared_by` the predicates of which one must declare the identifier (`("*",)`:
    any other fact must know it), `part` what the identifier can only be: an organization's, `table` the open table
    to which regulations add choices.
    """

    name: str
    wording: str = ""
    offers: Callable[[], tuple[str, ...]] | None = None
    declared_by: tuple[str, ...] = ()
    part: str = ""
    table: str = ""


@dataclass(frozen=True)
class Check:
    """A check of a value of the right type: the value as facts hold it, or Refused. `whole`: of any value at all."""

    take: Callable[[Any], int | str]
    whole: bool = False


@dataclass(frozen=True)
class Schema:
    """The JSON Schema of a kind, where its type alone does not say it."""

    says: Mapping[str, Any]

    def __hash__(self) -> int:
        return hash(str(self.says))


class Refused(ValueError):
    """A value will not do: the code of the problem and its parameters."""

    def __init__(self, code: str, parameters: Mapping[str, object]) -> None:
        super().__init__(code)
        self.code, self.parameters = code, parameters


def _refuse(code: str, **parameters: object) -> Refused:
    return Refused(code, parameters)


def _text(value: str) -> str:
    """clingo's strings are C strings of UTF-8: neither NUL nor a lone surrogate can pass.

    Nor can a noncharacter of Unicode (U+FFFE, U+FFFF, their like on every plane, U+FDD0 to U+FDEF): no XML may hold it.
    """
    if "\0" in value:
        raise _refuse("nul")
    if not value.isascii() and (found := _NONCHARACTER.search(value)):
        raise _refuse("noncharacter", sign=f"U+{ord(found[0]):04X}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _refuse("surrogate") from None
    return value


def _constant(value: str) -> str:
    if not re.fullmatch(r"[a-z][A-Za-z0-9_]*", value):
        raise _refuse("wants_constant")
    return value


def _day(value: int) -> int:
    if value == OPEN:
        raise _refuse("open_day_misplaced")
    year, month, day = value // 10000, value // 100 % 100, value % 100
    if not 1000_00_00 <= value <= 9999_99_99:
        raise _refuse("wants_day")
    try:
        date(year, month, day)
    except ValueError:
        raise _refuse("no_such_day") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _refuse("year_range", low=FIRST_YEAR, high=LAST_YEAR)
    return value


def _open_day(value: int) -> int:
    return value if value == OPEN else _day(value)


def _one_of(offers: Callable[[], tuple[str, ...]]) -> Check:
    def choice(value: str) -> str:
        if value not in offers():
            raise _refuse("no_such_choice")
        return value

    return Check(choice)


def _points(value: object) -> int | str:
    """Points with at most two decimals, in the one way each number is written: 842 or "842.50"."""
    text = str(value) if type(value) in (int, str) else ""
    if not (found := re.fullmatch(r"(-?\d+)(?:\.(\d{1,2}))?", text, re.ASCII)):
        raise _refuse("wants_points")
    whole, decimals = found[1], (found[2] or "").ljust(2, "0")
    if len(whole) > 4 or not 0 <= int(whole + decimals) <= 100_000:
        raise _refuse("number_range", low=0, high=1000)
    if len(whole) > 1 and whole.startswith("0"):
        raise _refuse("wants_points")
    return int(whole) if decimals == "00" else f"{whole}.{decimals}"


LARGEST = 10_000_000_000_000
"""The largest sum, in yuan."""


def _yuan(value: object) -> int | str:
    """A sum with at most two decimals, in the one way each is written: an integer below 2^31, else a text."""
    text = str(value) if type(value) in (int, str) else ""
    if not (found := re.fullmatch(r"(0|[1-9]\d*)(?:\.(\d{1,2}))?", text, re.ASCII)):
        raise _refuse("wants_yuan")
    whole, decimals = int(found[1]), (found[2] or "").ljust(2, "0")
    if whole > LARGEST:
        raise _refuse("number_range", low=0, high=LARGEST)
    if decimals == "00":
        return whole if whole < 2**31 else str(whole)
    return f"{whole}.{decimals}"


def _provision(value: str) -> str:
    """A provision in the one way it is written, whichever of the ways of citing it stands there."""
    try:
        return str(_Provision.parse(value))
    except ValueError:
        raise _refuse("wants_provision") from None


def check_sign(code: str) -> str:
    """The check character of a unified social credit code, from its first 17 signs (GB 32100-2015, annex A)."""
    total = sum(CODE_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return CODE_SIGNS[-total % 31]


def _credit_code(value: str) -> str:
    if not re.fullmatch(f"[{CODE_SIGNS}]{{18}}", value):
        raise _refuse("wants_credit_code")
    if value[17] != (right := check_sign(value)):
        raise _refuse("credit_code_check", right=right)
    return value


_tables: dict[str, Callable[[], tuple[str, ...]]] = {}


def _open(table: str) -> Callable[[], tuple[str, ...]]:
    """What a table holds: the terms that the regulation spoken of declares in it, else the standard ones.

    `standard(table)` keeps the standard terms before a regulation's own. Where none is spoken of, the standard terms
    and those of every regulation.
    """
    if table in _tables:
        return _tables[table]

    @by_regulation
    def terms() -> tuple[str, ...]:
        worded, usual = added(table), standard(table)
        if not spoken():
            return (*usual, *(one for one in worded if one not in usual))
        if not worded or set(worded) == set(usual):
            return usual
        from engine.law import regulation

        own = regulation(spoken())
        kept = usual if (table,) in own.rows("standard", 1) else ()
        return tuple(dict.fromkeys((*kept, *own.terms(table))))

    _tables[table] = terms
    return terms


def terms_of(table: str) -> tuple[str, ...]:
    """What an open table holds for the regulation spoken of."""
    return _tables[table]()


def _declared(table: str, wording: str = "", more: tuple[str, ...] = ()) -> tuple[Check, Kind]:
    """A choice of a table to which regulations add their own terms (`%@ table(term)` beside the provision), or of
    `more` that every regulation knows besides."""
    terms = _open(table)
    offers = _with(terms, more) if more else terms
    return _one_of(offers), Kind("choice", wording or table, offers, table=table)


def own_lists() -> tuple[str, ...]:
    """The lists that the regulation spoken of has besides the standard ones."""
    return tuple(one for one in terms_of("list") if one not in standard("list"))


def _with(terms: Callable[[], tuple[str, ...]], more: tuple[str, ...]) -> Callable[[], tuple[str, ...]]:
    return lambda: (*terms(), *more)


_own_places = _open("place")


def _places() -> tuple[str, ...]:
    return (*cities(), *_own_places(), "elsewhere")


PAPERS = (
    "acceptance_notice",
    "supplement_notice",
    "rejection_letter",
    "recusal_notice",
    "draw_record",
    "panel_list",
    "winners_notice",
    "revocation_proposal",
    "round_report",
    "announcement",
    "receipt_slip",
    "objection_answer",
    "consultation_letter",
    "winners_submission",
)
"""The papers that every regulation may ask for."""


def _papers() -> tuple[str, ...]:
    """The papers, and the notice of a list where a regulation has lists of its own."""
    return (*PAPERS, "list_notice") if own_lists() else PAPERS


Identifier = Annotated[str, MinLen(1), Check(_text), Kind("identifier")]
Applicant = Annotated[str, MinLen(1), Check(_text), Kind("identifier", declared_by=("applicant", "winner"))]
Reviewer = Annotated[str, MinLen(1), Check(_text), Kind("identifier", declared_by=("reviewer",))]
Judge = Annotated[str, MinLen(1), Check(_text), Kind("identifier", declared_by=("reviewer", "body_member"))]
Group = Annotated[str, MinLen(1), Check(_text), Kind("identifier", declared_by=("group",))]
Organization = Annotated[str, MinLen(1), Check(_text), Kind("identifier", part="organization")]
Anything = Annotated[str, MinLen(1), Check(_text), Kind("identifier", declared_by=("*",))]
Text = Annotated[str, Check(_text), Kind("text")]
IndustryCode = Annotated[str, MinLen(1), Check(_text), Kind("text")]
CreditCode = Annotated[str, Check(_credit_code), Schema(CODE_SCHEMA), Kind("text")]
Provision = Annotated[str, Check(_provision), Schema(PROVISION_SCHEMA), Kind("provision")]
Key = Annotated[str, Check(_constant), Schema(KEY_SCHEMA), Kind("key")]
Day = Annotated[int, Check(_day), Schema(DAY_SCHEMA), Kind("day")]
OpenDay = Annotated[int, Check(_open_day), Schema(OPEN_DAY_SCHEMA), Kind("open_day")]
Year = Annotated[int, Ge(FIRST_YEAR), Le(LAST_YEAR), Kind("year")]
Count = Annotated[int, Ge(1), Le(999), Kind("number")]
Round = Annotated[int, Ge(1), Le(999), Kind("number", "round")]
Drawn = Annotated[int, Ge(1), Le(99), Kind("number")]
DrawnNumber = Annotated[int, Ge(0), Le(999), Kind("number")]
WholePoints = Annotated[int, Ge(0), Le(1000), Kind("number")]
Points = Annotated[
    int | str,
    Check(_points, whole=True),
    Schema({"type": "number", "minimum": 0, "maximum": 1000}),
    Kind("score"),
]

Yuan = Annotated[
    int | str,
    Check(_yuan, whole=True),
    Schema({"type": "number", "minimum": 0, "maximum": LARGEST}),
    Kind("sum"),
]
Ranked = Annotated[int, Ge(1), Le(100_000), Kind("number")]
Track = Annotated[str, *_declared("track")]
Cap = Annotated[str, *_declared("cap")]
Recommender = Annotated[str, *_declared("recommender")]
AmountKind = Annotated[str, *_declared("amount_kind")]
RankScope = Annotated[str, *_declared("rank_scope")]
PenaltyField = Annotated[str, *_declared("penalty_field")]
RecordKind = Annotated[str, *_declared("record_kind")]
ConditionKind = Annotated[str, *_declared("condition_kind")]

City = Annotated[str, _one_of(cities), Kind("choice", "city", cities)]
Seat = Annotated[str, _one_of(_places), Kind("choice", "seat", _places)]
ApplicantKind = Annotated[str, *_declared("kind", "applicant_kind")]
Activity = Annotated[Literal["business", "nonprofit"], Kind("choice", "activity")]
LegalForm = Annotated[Literal["legal_person", "unincorporated", "none"], Kind("choice", "legal_form")]
CertificateKind = Annotated[str, *_declared("certificate_kind", "certificate")]
Rating = Annotated[Literal["excellent", "good", "poor"], Kind("choice", "rating")]
Level = Annotated[Literal["national", "provincial", "municipal", "county"], Kind("choice", "level")]
Inspected = Annotated[Literal["pass", "fail"], Kind("choice", "inspected")]
Balance = Annotated[Literal["profit", "break_even", "loss"], Kind("choice", "balance")]
Topic = Annotated[str, *_declared("topic")]
YesNo = Annotated[Literal["yes", "no"], Kind("choice", "yes_no")]
Opinion = Annotated[Literal["favourable", "unfavourable"], Kind("choice", "opinion")]
MaterialKind = Annotated[str, *_declared("material_kind", "material")]
PolicyField = Annotated[Literal["industry", "environment", "quality", "other"], Kind("choice", "policy_field")]
ExportKind = Annotated[Literal["claim", "return", "investigation"], Kind("choice", "export")]
AccidentKind = Annotated[Literal["quality", "safety", "environment", "public_health"], Kind("choice", "accident")]
AccidentGrade = Annotated[
    Literal["general", "considerable", "major", "extremely_major"], Kind("choice", "accident_grade")
]
Liability = Annotated[Literal["liable", "not_liable", "undetermined"], Kind("choice", "liability")]
ComplaintGrade = Annotated[Literal["ordinary", "major"], Kind("choice", "complaint_grade")]
OffenceKind = Annotated[Literal["law", "rule", "discipline"], Kind("choice", "offence")]
Gravity = Annotated[Literal["minor", "serious"], Kind("choice", "gravity")]
Prize = Annotated[str, *_declared("prize")]
Purpose = Annotated[str, *_declared("purpose")]
Ground = Annotated[str, *_declared("revocation_ground", "ground")]
Reassessment = Annotated[Literal["pass", "rectify", "fail"], Kind("choice", "reassessment")]
Stage = Annotated[str, *_declared("stage")]
Passed = Annotated[Literal["pass", "fail"], Kind("choice", "passed")]
PublicList = Annotated[str, *_declared("list")]
AnyList = Annotated[str, *_declared("list", more=("internal", "preliminary"))]
ObjectionState = Annotated[Literal["pending", "upheld", "dismissed"], Kind("choice", "objection")]
Body = Annotated[str, *_declared("body")]
BodyRole = Annotated[str, *_declared("role", "body_role")]
Category = Annotated[str, *_declared("category")]
PoolName = Annotated[str, *_declared("pool")]
OfficerRole = Annotated[
    Literal["legal_representative", "person_in_charge", "director", "supervisor"], Kind("choice", "officer_role")
]
Holding = Annotated[Literal["controlling", "minor"], Kind("choice", "holding")]
Kinship = Annotated[Literal["spouse", "lineal", "collateral_3", "near_in_law"], Kind("choice", "kinship")]
Work = Annotated[Literal["consulting", "teacher_student", "joint_project"], Kind("choice", "work")]
HolidayKind = Annotated[Literal["off", "work"], Kind("choice", "holiday")]
SeedKind = Annotated[Literal["unordered", "ordered", "throws"], Kind("choice", "seed")]
Paper = Annotated[str, _one_of(_papers), Kind("choice", "paper", _papers)]
