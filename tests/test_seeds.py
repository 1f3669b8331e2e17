"""The seed: one text for the numbers of the announced events, whatever way they are written, and no other."""

import pytest

from engine.case.case import Case
from engine.draw.seeds import Event, Part, bits, events, seed
from engine.errors import CaseError, UsageError
from engine.facts.vocabulary import Fact

SOURCES = (
    Fact("seed_source", (1, "双色球第2026135期", 20261201)),
    Fact("seed_part", (1, 1, 6, 1, 33, "unordered")),
    Fact("seed_part", (1, 2, 1, 1, 16, "unordered")),
    Fact("seed_reserve", (1, "双色球第2026136期", 20261203)),
    Fact("seed_source", (2, "公证掷骰", 20261202)),
    Fact("seed_part", (2, 1, 3, 1, 6, "throws")),
)
ANNOUNCED = events(Case.of([Fact("round", ("jiyuan", 6, 20250930)), *SOURCES]))
ONE = "1.1:3,7,12,18,25,31;1.2:9;2.1:4,2,4"


def test_the_sources_are_those_of_the_case() -> None:
    assert (
        Event(1, "双色球第2026135期", 20261201, (Part(1, 1, 6, 1, 33, "unordered"), Part(1, 2, 1, 1, 16, "unordered")),
              ("双色球第2026136期", 20261203)),
        Event(2, "公证掷骰", 20261202, (Part(2, 1, 3, 1, 6, "throws"),)),
    ) == ANNOUNCED  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        [ONE],
        ["1.1:31,25,18,12,7,3", "1.2:9", "2.1:4,2,4"],
        ["1.1: 03 07 12 18 25 31；1.2：９", "2.1: 4、2、4"],
        ["2.1=4 2 4;1.2=09;1.1=7 3 12 18 25 31;"],
    ],
)
def test_every_spelling_is_one_text(given: list[str]) -> None:
    assert seed(ANNOUNCED, given) == ONE


def test_throws_and_ordered_numbers_keep_their_order() -> None:
    assert seed(ANNOUNCED, [ONE.replace("2.1:4,2,4", "2.1:2,4,4")]) == ONE.replace("2.1:4,2,4", "2.1:2,4,4")


def test_a_reserve_is_marked() -> None:
    given = ONE.replace("1.1", "1r.1").replace("1.2", "1r.2")

    assert seed(ANNOUNCED, [given]) == given


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ("1.1:3,7,12,18,25,31;1.2:9", ["seed_part_missing"]),
        (ONE + ";3.1:4", ["seed_part_unknown"]),
        (ONE + ";1.2:9", ["seed_part_twice"]),
        (ONE.replace("31", "34"), ["seed_number"]),
        (ONE.replace("31", "x"), ["seed_number"]),
        (ONE.replace("31", "25"), ["seed_again"]),
        (ONE.replace(",31", ""), ["seed_count"]),
        (ONE.replace("1.2:9", "1r.2:9"), ["seed_reserve_mixed"]),
        (ONE.replace("2.1:4,2,4", "2r.1:4,2,4"), ["seed_part_unknown", "seed_part_missing"]),
        ("红球3 7 12", ["seed_piece", "seed_part_missing", "seed_part_missing", "seed_part_missing"]),
        (ONE.replace("31", "99").replace("2,4", "2,9"), ["seed_number", "seed_number"]),
    ],
)
def test_what_an_event_cannot_give_is_refused_and_named(given: str, codes: list[str]) -> None:
    with pytest.raises(CaseError) as refusal:
        seed(ANNOUNCED, [given])

    assert [problem.code for problem in refusal.value.problems] == codes
    assert all(problem.sentence(lang) for problem in refusal.value.problems for lang in ("zh", "en"))


def test_chance_is_counted_by_the_texts_a_part_can_give() -> None:
    assert [round(part.bits, 2) for event in ANNOUNCED for part in event.parts] == [20.08, 4.0, 7.75]
    assert round(Part(1, 1, 3, 0, 9, "ordered").bits, 2) == 9.49
    assert round(bits(ANNOUNCED), 2) == 31.83


def test_without_sources_or_chance_nothing_is_drawn() -> None:
    dice = (Event(1, "掷骰", 20261202, (Part(1, 1, 3, 1, 6, "throws"),)),)
    for sources, given, code in (((), [ONE], "seed_no_sources"), (dice, ["1.1:1,2,3"], "seed_few_bits")):
        with pytest.raises(UsageError) as refusal:
            seed(sources, given)
        assert [problem.code for problem in refusal.value.problems] == [code]
