"""Facts drawn at random from the vocabulary's own definitions, for the property tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count

from hypothesis import strategies as st

from engine.facts.kinds import CODE_SIGNS, OPEN, CreditCode, check_sign
from engine.facts.predicate import Field, Predicate
from engine.facts.vocabulary import PREDICATES, Fact, asked
from engine.words.display import narrow

HOSTILE = (
    'a"b',
    "back\\slash",
    "two\nlines",
    '")). p(',
    "%* no comment",
    "\u202eright to left\u200f",
    "🏆",
    "\r",
    "，。",
    "-",
)


def _is_character(sign: str) -> bool:
    """Whether Unicode calls it a character at all."""
    return ord(sign) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(sign) <= 0xFDEF


texts = st.sampled_from(HOSTILE) | st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]).filter(_is_character), max_size=12
)
identifiers = texts.filter(lambda text: bool(text) and narrow(text) == text)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: day.year * 10000 + day.month * 100 + day.day)


def points(hundredths: int) -> int | str:
    """Hundredths of a point as a fact holds them."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02}" if rest else whole


def values(field: Field, known: Sequence[str] = ()) -> st.SearchStrategy[str | int]:
    """What a field may hold; identifiers are those that are known, if any are."""
    match field.kind:
        case "identifier":
            return st.sampled_from(known) if known else identifiers
        case "text" if field.type == CreditCode:
            return st.text(CODE_SIGNS, min_size=17, max_size=17).map(lambda signs: signs + check_sign(signs))
        case "text":
            return texts.filter(bool)
        case "provision":
            return st.integers(1, 27).map("art({},0,0)".format)
        case "day":
            return days
        case "open_day":
            return days | st.just(OPEN)
        case "year":
            return st.integers(1900, 2100)
        case "number":
            low, high = field.bounds or (0, 0)
            return st.integers(low, high)
        case "score":
            return st.integers(0, 100_000).map(points)
        case "choice":
            return st.sampled_from(field.choices)
        case _:
            return st.sampled_from(["lookback", "rolling", "aB_9"])


@st.composite
def facts(draw: st.DrawFn, known: Sequence[str] = (), of: Sequence[Predicate] = asked()) -> Fact:
    """A fact of any predicate, well formed in each of its fields."""
    predicate = draw(st.sampled_from(of))
    return Fact(predicate.name, tuple(draw(values(field, known)) for field in predicate.fields))


def _about_applicants(predicate: Predicate) -> bool:
    """Whether a fact needs nobody but an applicant to stand beside it."""
    declared = {by for field in predicate.fields for by in field.declared_by}
    model = predicate.model
    bound = (model.follows, model.never_also, model.speaks_of, model.not_after, model.before, model.unbroken)
    return declared <= {"applicant", "winner", "*"} and not any(
        (*bound, model.calendar, model.one_body, model.never_part)
    )


@st.composite
def rounds(draw: st.DrawFn) -> list[Fact]:
    """The facts of a whole case, in any order: consistent, with identifiers of any characters."""
    known = draw(st.lists(identifiers, min_size=1, max_size=3, unique=True))
    fixed = {"round", "applicant", "winner", "reading"}
    of = tuple(p for p in asked() if p.name not in fixed and _about_applicants(p))
    found = [Fact("round", (draw(st.sampled_from(["jiyuan", "sanmenxia"])), 999, draw(days)))]
    found += [
        Fact("applicant", (identifier, draw(st.sampled_from(["organization", "individual"])))) for identifier in known
    ]
    number = count()
    taken: dict[object, Fact] = {}
    for fact in draw(st.lists(facts(known, of), max_size=25)):
        predicate = PREDICATES[fact.predicate]
        fact = _in_order(predicate, fact)
        one_per = predicate.model.one_per
        key = next(number) if one_per is None else tuple(fact.arguments[at] for at in predicate.at(*one_per))
        taken.setdefault((fact.predicate, key), fact)
    return list(draw(st.permutations([*found, *taken.values()])))


def _in_order(predicate: Predicate, fact: Fact) -> Fact:
    """The fact with From and To the right way round."""
    if not predicate.model.ordered:
        return fact
    at = predicate.at(*predicate.model.ordered)
    arguments = list(fact.arguments)
    low, high = sorted(int(arguments[i]) for i in at)
    arguments[at[0]], arguments[at[1]] = low, high
    return Fact(predicate.name, tuple(arguments))
