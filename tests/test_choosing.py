"""The rules that choose: what comes out by hand and by trying everything, and which slips in them the cases notice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path

import pytest

from audit.mutants.choiceslips import slips
from audit.mutants.choosing import (
    CONFLICTS,
    FILES,
    STOPPED,
    Noticed,
    Trial,
    noticed,
    trials,
)
from audit.mutants.mutation import KINDS
from audit.tables.choosing_rows import RosterRow, equivalents, repair_text, roster_rows
from engine.draw.sets import panels
from engine.facts.vocabulary import Fact
from engine.law.rulebook import rule_file
from engine.law.statutes import RULES
from engine.repair.cheapest import repairs
from engine.repair.steps import PRICES, Repair, Step
from tests.small_rosters import completable
from tests.test_repair import applied, merged, plain

PLANTED = {
    "award_choice.lp": (
        ":~ won(A,Prize); ranked(Prize,N); not discretionary(Prize). [1@-N,A,Prize]",
        "a4_fewer_candidates_than_places",
    ),
    "award_count.lp": ("#false :- next_alike(A,B); holds_from(B,N); holds_from(A,N).", "a19_tie_at_the_main_cutoff"),
    "panel_choice.lp": ("#false :- wanted(R,G); seated(R,G).", "panel_wanted"),
}
"""In each file one slip, and a case that must notice it."""


@pytest.fixture(scope="module")
def found() -> dict[str, Noticed]:
    return {name: noticed(name) for name in FILES}


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_the_survivors_are_the_slips_that_change_nothing(name: str, found: dict[str, Noticed]) -> None:
    assert [str(slip) for slip in found[name].survivors if slip not in found[name].equivalent] == []


@pytest.mark.slow
def test_every_slip_said_to_change_nothing_survives(found: dict[str, Noticed]) -> None:
    assert {str(slip) for one in found.values() for slip in one.survivors} == equivalents().keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_planted_slip_is_noticed_by_its_case(name: str, tmp_path: Path) -> None:
    after, id = PLANTED[name]
    (slip,) = [slip for slip in slips(RULES / name)[0] if slip.after == after]
    path = tmp_path / name
    path.write_text(slip.text, "utf-8")
    case = _trial(name, id)

    assert case.outcome(path) != case.outcome(RULES / name)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_the_rules_without_a_slip_are_noticed_by_none(name: str, tmp_path: Path) -> None:
    """Written out from its statements, as the files with a slip are."""
    path = tmp_path / name
    path.write_text("\n".join(str(statement.node) for statement in rule_file(RULES / name).statements), "utf-8")

    assert [case.id for case in trials(name) if case.outcome(path) != case.outcome(RULES / name)] == []


@pytest.mark.slow
def test_every_kind_of_slip_is_made(found: dict[str, Noticed]) -> None:
    made = {slip.kind for one in found.values() for slip in (*one.killed, *one.survivors)}

    assert made == {*KINDS, "dropped_term"} - {"provision", "choice"}
    assert all(one.unsafe for one in found.values())


def test_rules_under_which_the_search_does_not_end_are_stopped(tmp_path: Path) -> None:
    """Thirteen pigeons and twelve holes: far more conflicts than the limit."""
    endless = tmp_path / "award_choice.lp"
    pigeons = "1 { in(P, H) : H = 1..12 } 1 :- P = 1..13. :- in(P, H), in(Q, H), P < Q."
    endless.write_text((RULES / endless.name).read_text("utf-8") + pigeons, "utf-8")

    assert CONFLICTS < 10_000
    assert _trial(endless.name, "a4_quota_on_the_line").outcome(endless) == STOPPED


def _trial(name: str, id: str) -> Trial:
    (case,) = [case for case in trials(name) if case.id == id]
    return case


# What must come out


@pytest.mark.parametrize("row", roster_rows("panels"), ids=lambda row: row.id)
def test_every_set_of_panels(row: RosterRow) -> None:
    listed = panels(row.frozen, row.wishes("wanted"), row.wishes("unwanted")).sets
    written = [
        " | ".join(
            f"{group}: {' '.join(name for g, _, name in sitting if g == group)}" for group in row.frozen.roster.groups
        )
        for sitting in listed
    ]

    assert sorted(written) == sorted(by_trying(row)) == row.expect


def by_trying(row: RosterRow) -> Iterator[str]:
    """Every way to fill the seats, as the roster is written down, within the loads and the wishes."""
    found = plain(_facts(row))
    ways = [
        [
            (leader, *pair)
            for leader in found.may_fill(group, "leader")
            for pair in combinations(sorted(found.fit[group] - {leader}), row.frozen.size - 1)
        ]
        for group in found.groups
    ]
    for chosen in product(*ways):
        sitting = {f"{name}@{group}" for group, panel in zip(found.groups, chosen, strict=True) for name in panel}
        if (
            all(sum(name in panel for panel in chosen) <= load for name, load in found.load.items())
            and sitting >= set(row.table.get("wanted", ()))
            and not sitting & set(row.table.get("unwanted", ()))
        ):
            yield " | ".join(f"{group}: {' '.join(panel)}" for group, panel in zip(found.groups, chosen, strict=True))


@pytest.mark.parametrize("row", roster_rows("repair"), ids=lambda row: row.id)
def test_the_cheapest_repairs(row: RosterRow) -> None:
    """None is cheaper and none is missing."""
    listed = repairs(row.frozen)
    price = listed[0].cost

    assert [repair_text(repair) for repair in listed] == row.expect
    assert sorted(repair_text(repair) for repair in working(row, price)) == row.expect


def working(row: RosterRow, price: int) -> Iterator[Repair]:
    """Whatever works and costs no more, by trying every choice of steps."""
    facts = _facts(row)
    load = dict(plain(facts).load)
    for cost, steps in choices(options(facts, row.frozen.size), price):
        done = merged(steps, load)
        if completable(plain(applied(facts, done)), row.frozen.size):
            yield Repair(cost, tuple(sorted(counted(done))), cost)


def counted(steps: list[Step]) -> Iterator[Step]:
    """Several recruits of one kind as one step."""
    for step in dict.fromkeys(steps):
        yield Step(step.kind, step.of, step.origin, step.to, step.number * steps.count(step))


def options(facts: list[Fact], size: int) -> list[tuple[int, Step, int]]:
    """Every single step with its price, and how often it makes sense."""
    rows = [(name, *map(str, arguments)) for name, arguments in facts]
    codes = {row[1]: row[2] for row in rows if row[0] == "group"}
    own = {row[1]: row[2] for row in rows if row[0] == "industry"}
    load = plain(facts).load
    found = []
    for code in sorted(set(codes.values())):
        seats = size * list(codes.values()).count(code)
        found += [(PRICES["expert"], Step("expert", code, number=1), seats)]
        found += [(PRICES["leader"], Step("leader", code, number=1), seats)]
    for name in load:
        known = tuple(row[2] for row in rows if row[:2] == ("expertise", name))
        found.append(
            (PRICES["load"], Step("load", name), sum(c.startswith(known) for c in codes.values()) - load[name])
        )
    for row in rows:
        if row[0] == "in_group":
            for other, code in codes.items():
                if other != row[2] and (code == codes[row[2]] or own.get(row[1], "").startswith(code)):
                    found.append((PRICES["move"], Step("move", row[1], row[2], other), 1))
    return found


def choices(steps: list[tuple[int, Step, int]], most: int) -> Iterator[tuple[int, list[Step]]]:
    """Every choice of steps for at most so much, with its price; nobody is moved twice."""
    if not steps:
        yield 0, []
        return
    (price, step, times), rest = steps[0], steps[1:]
    for number in range(min(times, most // price) + 1 if times > 0 else 1):
        free = [one for one in rest if not (number and step.kind == "move" and one[1].of == step.of)]
        for cost, chosen in choices(free, most - number * price):
            yield cost + number * price, [step] * number + chosen


def _facts(row: RosterRow) -> list[Fact]:
    return list(row.frozen.roster.case.facts)
