"""Tickets are what the shell's own tools compute."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.draw.tickets import order, ticket

NAME = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\n\r"), min_size=1, max_size=12)


def sha256sum(words: str) -> str:
    run = subprocess.run(["sha256sum"], input=words.encode(), capture_output=True, check=True)
    return run.stdout.decode().split()[0]


@pytest.mark.parametrize(
    ("seed", "name"),
    [("1.1:3,7,12", ("G", "G1")), ("demo", ("G1", "L", "R01")), ("1.1:3;1.2:9", ("第一组", "M", 'R"|\\'))],
)
def test_a_ticket_is_a_sha256sum(seed: str, name: tuple[str, ...]) -> None:
    commitment = "0" * 64

    assert ticket(seed, commitment, *name) == sha256sum("|".join([seed, commitment, *name]))


@given(st.lists(NAME, min_size=1, max_size=12, unique=True), NAME)
def test_the_order_is_that_of_the_tickets(names: list[str], seed: str) -> None:
    tickets = {name: ticket(seed, "c", "G1", "M", name) for name in names}

    assert order(seed, "c", ("G1", "M"), names) == sorted(names, key=tickets.__getitem__)


@given(st.lists(NAME, min_size=2, max_size=12, unique=True), NAME, st.data())
def test_striking_a_name_moves_nobody_else(names: list[str], seed: str, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(names))
    before = order(seed, "c", ("G1", "M"), names)

    assert order(seed, "c", ("G1", "M"), set(names) - {gone}) == [name for name in before if name != gone]


def test_another_seed_is_another_order() -> None:
    names = [f"R{n:02}" for n in range(30)]

    assert order("a", "c", ("G1", "M"), names) != order("b", "c", ("G1", "M"), names)
