"""Slots for numbers: what is said of sentences with slots is true of them with any numbers in the slots."""

from __future__ import annotations

import random

import pytest
from clingo import parse_term

from engine.facts import wording
from explain.say import slots, spans
from explain.say.values import recorded, worded

DAYS = ("20190315", "20160229", "20250930", "20191231", "20250929")
COUNTS = ("100", "868", "8680", "10000")
LITERALS = (
    "自",
    "起至",
    "满",
    "分",
    "不",
    "差",
    "三",
    "第",
    "届",
    " short of ",
    "less",
    "1",
    "2019",
    "-",
    "，",
    "年",
    "\ue002",
    "",
)


def piece(chance: random.Random, day: bool) -> str:
    """A slot, or a token of one or two."""
    some = [slots.slot(f"c{chance.randint(1, 3)}x{n}", DAYS[0] if day else COUNTS[0]) for n in (1, 2)]
    lang = chance.choice(("zh", "en"))
    if not day:
        return some[0]
    return chance.choice(
        (
            some[0],
            slots.number(some[0], "day", lang),
            slots.span(some[0], chance.choice((some[1], "20250930")), lang),
            slots.short(some[0], chance.choice((some[1], "20250930")), chance.choice("35"), lang),
        )
    )


def sentence(chance: random.Random) -> str:
    return "".join(
        piece(chance, chance.random() < 0.7) if chance.random() < 0.5 else chance.choice(LITERALS)
        for _ in range(chance.randint(1, 5))
    )


def said(words: str, numbers: dict[str, str]) -> str:
    return slots.TOKEN.sub(lambda found: slots.filled(found[0], numbers), words).replace("\ue002", "J000001")


@pytest.mark.parametrize("seed", range(20))
def test_what_differs_in_any_case_does_and_what_is_in_order_stays_so(seed: int) -> None:
    """Of 2,000 pairs of random sentences, each with ten choices of numbers, other ones in other slots."""
    chance, told, kept = random.Random(seed), 0, 0
    for _ in range(100):
        one = sentence(chance)
        other = one + sentence(chance) if chance.random() < 0.3 else sentence(chance)
        if chance.random() < 0.3:
            begun = sentence(chance)
            one, other = begun + one, begun + other
        if one == other:
            continue
        apart, settled = slots.apart(one, other), slots.settled(*sorted((one, other)))
        first, second = sorted((one, other))
        for _ in range(10):
            names = sorted({found for words in (one, other) for found in slots.OF.findall(words)})
            some = iter(chance.sample(DAYS, len(DAYS))), iter(chance.sample(COUNTS, len(COUNTS)))
            numbers = {name: next(some[not slots.is_day(name)], "") for name in names}
            if "" in numbers.values():
                break
            if apart:
                assert said(one, numbers) != said(other, numbers), (one, other, numbers)
            if settled and "\ue002" not in first + second:
                assert said(first, numbers) <= said(second, numbers), (first, second, numbers)
        told, kept = told + apart, kept + settled
    assert told > 20
    assert kept > 5


def test_a_value_with_slots_filled_in_is_worded_as_the_value() -> None:
    day, last = slots.slot("c1x1", "20190315"), slots.slot("c1x2", "20230316")
    numbers = {day: "20190315", last: "20230316"}
    for lang in ("zh", "en"):
        for kind in ("day", "end", "open_day", "", "choice:track"):
            words = worded(parse_term(day), kind, lang, {})
            assert said(words, numbers) == worded(parse_term("20190315"), kind, lang, {})
        given = ["J", "quality", day, last]
        facts = [tuple(map(parse_term, (f'"{given[0]}"', "qms", *some))) for some in ((day, last), numbers.values())]
        one, other = (recorded("certificate", fact, lang, {}) for fact in facts)
        assert said(one, numbers) == other
        assert said(slots.span(day, last, lang), numbers) == spans.span(20190315, 20230316, lang)
        assert said(slots.short(day, last, "5", lang), numbers) == spans.short(20190315, 20230316, 5, lang)
        assert said(slots.number(day, "round", lang), {day: "12"}) == wording.number(12, "round", lang)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("甲于{a}", "甲于{b}", True),
        ("{a}分", "{n}分", False),
        ("甲于{a}起", "乙于{a}起", True),
        ("{n}", "{n}5", True),
        ("{a}5", "{b}", False),
    ],
)
def test_only_what_is_known_to_differ_is_said_to(one: str, other: str, apart: bool) -> None:
    """A number in figures may be a day's figures, and a figure may go on with another."""
    names = {"a": slots.number("__value_ax1d__", "day", "zh"), "b": slots.number("__value_ax2d__", "day", "zh")}
    names["n"] = "__value_cx1n__"
    assert slots.apart(one.format(**names), other.format(**names)) is apart
