"""Repairs: each works, and none that is cheaper does, tried one after the other; small random cases."""

import random
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations_with_replacement

import pytest

from engine.answers.participants import Reviewed
from engine.case.case import Case
from engine.draw.frozen import Frozen, freeze
from engine.draw.lots import Impossible, draw
from engine.facts.vocabulary import Fact
from engine.panels.rosters import Roster, compose
from engine.repair.cheapest import repairs
from engine.repair.steps import PRICES, Repair, Step
from tests.small_rosters import completable, roster

DEEPEST = 4
"""Cheaper repairs are tried exhaustively up to this cost."""
RANDOM = 100


def random_case(seed: int) -> list[Fact]:
    """Up to 3 groups of 2 industries with a few applicants, some interests, rather too few reviewers."""
    lots = random.Random(seed)
    facts = [Fact("round", ("jiyuan", 6, 20250930))]
    groups = lots.randint(1, 3)
    applicants = lots.randint(groups, groups + 3)
    for number, code in zip(range(groups), ("C38", "C38", "M74"), strict=False):
        facts.append(Fact("group", (f"G{number}", code)))
    for number in range(applicants):
        facts.append(Fact("applicant", (f"J{number}", "organization")))
        facts.append(Fact("in_group", (f"J{number}", f"G{number % groups}")))
    for number in range(lots.randint(2, 3 * groups + 2)):
        name = f"R{number}"
        facts.append(Fact("reviewer", (name,)))
        facts += [Fact("expertise", (name, code)) for code in ("C", "M") if lots.random() < 0.75]
        facts += [Fact("can_lead", (name,))] if lots.random() < 0.6 else []
        facts += [Fact("panel_load", (name, 2))] if lots.random() < 0.3 else []
        facts += [
            Fact("declared_interest", (name, f"J{other}", "x")) for other in range(applicants) if lots.random() < 0.2
        ]
    return facts


def frozen(facts: Iterable[Fact]) -> Frozen:
    case = Case.of(facts)
    return freeze(compose(case, Reviewed((), tuple(sorted(str(a) for a, _ in case.rows("applicant"))), (), True)), 3)


@cache
def short(seed: int) -> tuple[Repair, ...] | None:
    """The repairs of a random case without a set of panels; None if it has one."""
    found = frozen(random_case(seed))
    return tuple(repairs(found)) if isinstance(draw(found, "s"), Impossible) else None


def applied(facts: list[Fact], steps: Iterable[Step]) -> list[Fact]:
    """The facts after some steps: what a bureau would change in its file."""
    done = list(facts)
    for number, step in enumerate(steps):
        if step.kind == "load":
            done = [fact for fact in done if fact[:1] != ("panel_load",) or fact.arguments[0] != step.of]
            done.append(Fact("panel_load", (step.of, step.number)))
        elif step.kind == "move":
            done.remove(Fact("in_group", (step.of, step.origin)))
            done.append(Fact("in_group", (step.of, step.to)))
        else:
            for one in range(step.number):
                name = f"N{number}_{one}"
                done += [Fact("reviewer", (name,)), Fact("expertise", (name, step.of))]
                done += [Fact("can_lead", (name,))] if step.kind == "leader" else []
    return done


def options(facts: Iterable[Fact]) -> Iterator[tuple[int, Step]]:
    """Every single step with its price; one more panel is a step by itself."""
    rows = [(name, *map(str, arguments)) for name, arguments in facts]
    codes = {row[1]: row[2] for row in rows if row[0] == "group"}
    for code in sorted(set(codes.values())):
        yield PRICES["expert"], Step("expert", code, number=1)
        yield PRICES["leader"], Step("leader", code, number=1)
    for row in rows:
        if row[0] == "reviewer":
            yield PRICES["load"], Step("load", row[1])
        if row[0] == "in_group":
            for other, code in codes.items():
                if other != row[2] and code == codes[row[2]]:
                    yield PRICES["move"], Step("move", row[1], row[2], other)


def merged(steps: Iterable[Step], load: dict[str, int]) -> list[Step]:
    """Several more panels for one reviewer as one step."""
    rest = [step for step in steps if step.kind != "load"]
    more = [step.of for step in steps if step.kind == "load"]
    return rest + [Step("load", name, number=load[name] + more.count(name)) for name in sorted(set(more))]


def plain(facts: Iterable[Fact]) -> Roster:
    """The roster as anybody would write it down: knows the trade, no interest, leads, load."""
    rows: dict[str, list[tuple[str, ...]]] = {}
    for name, arguments in facts:
        rows.setdefault(name, []).append(tuple(map(str, arguments)))
    inside = {group: {a for a, g in rows["in_group"] if g == group} for group, _ in rows["group"]}
    fit = {
        group: {
            name
            for (name,) in rows["reviewer"]
            if any(one == name and code.startswith(known) for one, known in rows.get("expertise", []))
            and not any(one == name and a in inside[group] for one, a, _ in rows.get("declared_interest", []))
        }
        for group, code in rows["group"]
        if inside[group]
    }
    load = {name: 1 for (name,) in rows["reviewer"]} | {name: int(n) for name, n in rows.get("panel_load", [])}
    return roster(fit, [name for (name,) in rows.get("can_lead", [])], load)


@pytest.mark.parametrize("ten", range(RANDOM // 10))
def test_each_repair_works(ten: int) -> None:
    """All cost the same; after each, a set of panels exists."""
    for seed in range(10 * ten, 10 * ten + 10):
        facts = random_case(seed)
        found = short(seed)
        assert plain(facts).fit == frozen(facts).roster.fit
        assert found is None or found
        for repair in found or ():
            assert completable(plain(applied(facts, repair.steps)), 3), (seed, repair)
            assert repair.cost == (found or ())[0].cost == repair.bound


@pytest.mark.parametrize("ten", range(RANDOM // 10))
def test_no_cheaper_repair_works(ten: int) -> None:
    for seed in range(10 * ten, 10 * ten + 10):
        if found := short(seed):
            facts = random_case(seed)
            load = dict(plain(facts).load)
            assert [
                steps
                for steps in cheaper(options(facts), min(found[0].cost - 1, DEEPEST))
                if completable(plain(applied(facts, merged(steps, load))), 3)
            ] == []


def cheaper(steps: Iterable[tuple[int, Step]], most: int) -> Iterator[list[Step]]:
    """Every way to choose steps for at most so much; nobody is moved twice."""
    known = list(steps)
    for number in range(1, most + 1):
        for chosen in combinations_with_replacement(known, number):
            moved = [step.of for _, step in chosen if step.kind == "move"]
            if sum(price for price, _ in chosen) <= most and len(set(moved)) == len(moved):
                yield [step for _, step in chosen]


def test_many_short_groups_are_merged_where_that_is_cheapest() -> None:
    """Six groups of one applicant, five reviewers for one panel each: four move and one sits twice, 9 in all."""
    facts = [Fact("round", ("jiyuan", 6, 20250930))]
    for number in range(6):
        facts += [Fact("group", (f"G{number}", "C38")), Fact("applicant", (f"J{number}", "organization"))]
        facts.append(Fact("in_group", (f"J{number}", f"G{number}")))
    for number in range(5):
        name = f"R{number}"
        facts += [Fact("reviewer", (name,)), Fact("can_lead", (name,)), Fact("expertise", (name, "C"))]
    first = repairs(frozen(facts))[0]

    assert (first.cost, first.proved, sorted(step.kind for step in first.steps)) == (9, True, ["load", *["move"] * 4])
