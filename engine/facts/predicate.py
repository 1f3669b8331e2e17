"""What a predicate is: its fields with their types, and what its facts may not contradict."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, ClassVar, Literal, NamedTuple, get_args, get_origin

from engine.facts.kinds import Check, Ge, Kind, Le, MinLen, Refused
from engine.law import statute
from engine.words import nearest, spoken


class Flaw(NamedTuple):
    """Why a value will not do: the code of the problem and its parameters."""

    code: str
    parameters: Mapping[str, str | int]


class Statement:
    """What every predicate's class may say of itself besides its fields, which are its annotations."""

    further: ClassVar[bool] = False
    """Whether only some regulations ask for it: those whose own rules name it, or state what `asked_by` says."""
    asked_by: ClassVar[tuple[str, int, int] | None] = None
    """What a regulation states where it asks for it, though no rule of its own names it: a predicate, its arity, and
    which of its arguments the choice is that the fact is about."""
    through: ClassVar[tuple[str, ...]] = ()
    """Names by which a rule file asks for these facts without naming them: shared rules do."""
    asked_about: ClassVar[str | None] = None
    """The field that holds that choice, where a fact about another would have no effect."""
    settled_by: ClassVar[tuple[str, int, int] | None] = None
    """What a regulation states where it settles by itself what such a fact would state: a predicate (its first argument
    the provision), its arity, and which of its arguments the choice is."""
    spread: ClassVar[tuple[str, ...]] = ()
    """The choices, fields, of which a table has a column each."""
    one_per: ClassVar[tuple[str, ...] | None] = None
    """The fields that settle the others: two facts that agree in these and differ elsewhere contradict each other."""
    ordered: ClassVar[tuple[str, str] | None] = None
    """Two fields of which the first may not exceed the second."""
    declares: ClassVar[str | None] = None
    """The field whose identifier this fact makes known."""
    never_also: ClassVar[str | None] = None
    """The predicate that may not declare the same identifier."""
    follows: ClassVar[tuple[str, tuple[str, ...]] | None] = None
    """A fact that must exist: its predicate and the fields in which the two agree."""
    not_before: ClassVar[str | None] = None
    """The field, a day, that may not lie before the same field of the fact it follows."""
    speaks_of: ClassVar[str | None] = None
    """The field that holds another fact of the case, as clingo writes it."""
    up_to_round: ClassVar[str | None] = None
    """The field that may not exceed the number of the case's round."""
    not_after: ClassVar[tuple[str, ...]] = ()
    """The predicates of which no fact may bear an earlier `day`."""
    before: ClassVar[tuple[str, ...]] = ()
    """The predicates of which every fact must bear a later `day`."""
    unbroken: ClassVar[str | None] = None
    """The field, one of `one_per`, that counts 1, 2, … without a gap where the others agree."""
    draws: ClassVar[tuple[str, str, str] | None] = None
    """So many numbers, all different unless its kind is `throws`, from a least to a greatest: three fields."""
    calendar: ClassVar[tuple[str, str] | None] = None
    """A day and whether it is `work` or `off`, two fields that the working-day calendar may not contradict."""
    one_body: ClassVar[tuple[str, str] | None] = None
    """An identifier and a code of organizations, two fields: an applicant's code stands for nobody else."""
    never_part: ClassVar[str | None] = None
    """The part (`Kind.part`) in which the identifier it declares may stand nowhere."""
    change: ClassVar[str | None] = None
    """How the applicant that it is about may change it: `nothing` for the past, a finding and an official act; a
    `certificate` obtained, a `paper` of each kind or `any` of its kinds handed in, `yearly` figures, a `start` shown,
    a `register` entry moved, a `score` of its own, a `notice` given, a `state` put right. None: about no applicant."""
    weakest_first: ClassVar[tuple[str, ...]] = ()
    """Choices in rising order: the least demanding change is the one proposed."""
    assumed: ClassVar[tuple[str, ...] | None] = None
    """After applicant and year, what is assumed of a year still to come: the least that stands against nobody."""
    happened: ClassVar[bool] = False
    """Whether it tells what happened once: where no day and no round ends what rests on it, the text sets no limit."""
    cites: ClassVar[str | None] = None
    """The field, a provision, that the regulation of the case's round must have."""


class Period(Statement):
    """A state that runs from a day to a day, both included."""

    ordered = ("from_day", "to_day")


@dataclass(frozen=True)
class Field:
    """A field of a predicate: its name, what kind of term it holds, and the annotated type that says what will do."""

    name: str
    type: Any

    @cached_property
    def _kind(self) -> Kind:
        return next(mark for mark in self.type.__metadata__ if isinstance(mark, Kind))

    @cached_property
    def _take(self) -> Callable[[object], int | str | None]:
        return _taker(self.type)

    @property
    def kind(self) -> str:
        """identifier, choice, day, open_day, year, number, text, score, provision or key."""
        return self._kind.name

    @property
    def wording(self) -> str:
        """The table of the catalogue that words the choices: `vocabulary.choices.<wording>`."""
        return self._kind.wording

    @property
    def table(self) -> str:
        """The table to which regulations add choices; empty where the choices are closed."""
        return self._kind.table

    @property
    def declared_by(self) -> tuple[str, ...]:
        """The predicates of which one must declare the identifier; empty if it needs none."""
        return self._kind.declared_by

    @property
    def part(self) -> str:
        """What an identifier in this field can only be, such as `organization`; empty if anything."""
        return self._kind.part

    @property
    def choices(self) -> tuple[str, ...]:
        """What a choice may be, in the order of the vocabulary; empty for other kinds."""
        if self._kind.offers:
            return self._kind.offers()
        base = get_args(self.type)[0]
        return get_args(base) if get_origin(base) is Literal else ()

    @property
    def bounds(self) -> tuple[int, int] | None:
        """The least and the greatest number, both included; None for other kinds."""
        low = [mark.value for mark in self.type.__metadata__ if isinstance(mark, Ge)]
        high = [mark.value for mark in self.type.__metadata__ if isinstance(mark, Le)]
        return (low[0], high[0]) if low and high else None

    @property
    def quoted(self) -> bool:
        """Whether it is a string in `.lp`, for a score or a sum: may be."""
        return self.kind in ("identifier", "text") or self.decimal

    @property
    def decimal(self) -> bool:
        """Whether it holds a number that may have two decimals: points or a sum of money."""
        return self.kind in ("score", "sum")

    def check(self, value: object) -> Any:
        """The value as facts hold it, or the Flaw that keeps it out."""
        taken = self._take(value)
        if taken is not None:
            return taken
        from engine.facts.refusing import refused

        code, parameters = refused(self.type, value)
        if code == "wants_number" and self.kind in ("day", "open_day"):
            code = "wants_day"
        if code == "wants_text" and self.kind in ("choice", "key"):
            code = "wants_constant"
        if code == "wants_text" and self.kind == "provision":
            code = "wants_provision"
        if code == "no_such_choice" and not isinstance(value, str):
            code = "wants_constant"
        return self.flaw(code, value, parameters)

    def flaw(self, code: str, value: object, parameters: Mapping[str, str | int] | None = None) -> Flaw:
        """A flaw of this field, told with what would do."""
        told = dict(parameters or {})
        if code in ("number_range", "wants_number") and self.bounds:
            told["low"], told["high"] = self.bounds
        if code == "no_such_choice" and self._kind.table and spoken():
            return self._no_such_term(value)
        if code in ("no_such_choice", "wants_constant") and self.kind == "choice":
            told["choices"] = ", ".join(sorted(self.choices))
            code = {"wants_constant": "wants_choice"}.get(code, code)
            if near := nearest(str(value), self.choices):
                told["nearest"] = near
                code += "_near"
        return Flaw(code, told)

    def _no_such_term(self, value: object) -> Flaw:
        """The flaw of a term that the regulation spoken of does not declare."""
        told: dict[str, str | int] = {"title": statute(spoken()).title, "choices": "、".join(self.choices)}
        if not self.choices:
            return Flaw("no_terms", told)
        code = "not_a_prize" if self._kind.table == "prize" else "no_such_term"
        if near := nearest(str(value), self.choices):
            return Flaw(f"{code}_near", told | {"nearest": near})
        return Flaw(code, told)


@cache
def _taker(type_: Any) -> Callable[[object], int | str | None]:
    """What takes a good value of a type, as facts hold it; it gives None for every other."""
    base, *marks = get_args(type_)
    checks = [mark.take for mark in marks if isinstance(mark, Check)]
    if get_origin(base) is Literal:
        known = frozenset(get_args(base))
        return lambda value: value if type(value) is str and value in known else None
    whole = any(mark.whole for mark in marks if isinstance(mark, Check))
    least = max((mark.value for mark in marks if isinstance(mark, MinLen)), default=0)
    low = next((mark.value for mark in marks if isinstance(mark, Ge)), None)
    high = next((mark.value for mark in marks if isinstance(mark, Le)), None)

    def take(value: Any) -> Any:
        if not whole and type(value) is not base:
            return None
        if base is str and len(value) < least:
            return None
        if (low is not None and value < low) or (high is not None and value > high):
            return None
        try:
            for check in checks:
                value = check(value)
        except Refused:
            return None
        return value

    return take


@dataclass(frozen=True)
class Predicate:
    """A predicate: its name, the group of the vocabulary it stands in, and the class that defines it."""

    name: str
    group: str
    model: type[Statement]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The arguments, in order."""
        return tuple(Field(name, type_) for name, type_ in self.model.__annotations__.items())

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The fields' names, in order."""
        return tuple(field.name for field in self.fields)

    def at(self, *names: str) -> tuple[int, ...]:
        """The positions of fields."""
        return tuple(self.names.index(name) for name in names)

    @property
    def meaning(self) -> str:
        """What a fact of it says, in English."""
        return " ".join((self.model.__doc__ or "").split())

    @property
    def signature(self) -> str:
        """The predicate with its fields, such as `certificate(applicant, kind, from_day, to_day)`."""
        return f"{self.name}({', '.join(self.names)})" if self.fields else self.name

    @classmethod
    def of(cls, group: str, model: type[Statement]) -> "Predicate":
        """The predicate that a class defines; its name is the class's in lower case, words joined by `_`."""
        return cls(re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower(), group, model)
