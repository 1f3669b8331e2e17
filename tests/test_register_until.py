"""The day from which a bar holds no longer: the day before it bars, the day itself does not, as decide has it."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from desk.register import until as days
from desk.register.until import until
from engine.answers import eligibility
from engine.case import Case
from engine.facts import OPEN, Fact

DEADLINE = 20250930
KINDS = {
    "jiyuan": (
        "spot_check",
        "policy_breach",
        "licence_missing",
        "dishonesty_listing",
        "accident",
        "offence",
        "awarded",
    ),
    "sanmenxia": ("spot_check", "policy_breach", "dishonesty_listing", "accounts", "offence", "service_failure"),
}


def record(chance: random.Random, kind: str, id: str) -> Fact:
    """A record against an enterprise on a day of the last six years; a state may be open."""
    day = chance.randint(2019, 2025) * 10_000 + chance.choice((101, 229, 630, 1231))
    day -= day % 10_000 == 229 and day // 10_000 % 4 != 0
    end = chance.choice((OPEN, day + 40_000 - (day % 10_000 == 229)))
    rest: dict[str, tuple[str | int, ...]] = {
        "spot_check": (day, "provincial", "fail"),
        "policy_breach": ("environment", day, end),
        "licence_missing": ("虚构证照", day, end),
        "dishonesty_listing": (day, end),
        "accident": ("safety", "major", "liable", day),
        "offence": ("law", "serious", day),
        "service_failure": (day,),
        "accounts": (day // 10_000, "loss"),
        "awarded": ("main", chance.randint(1, 5), day),
    }
    return Fact(kind, (id, *rest[kind]))


@pytest.mark.parametrize("seed", [0, *(pytest.param(one, marks=pytest.mark.slow) for one in range(1, 21))])
@pytest.mark.parametrize("city", sorted(KINDS))
def test_the_day_before_it_bars_and_the_day_itself_does_not(
    city: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both for what was searched and for what is taken from a shape already met; 24 enterprises a seed and city."""
    monkeypatch.setattr(days, "_FOUND", {})
    chance, found = random.Random(f"{city}{seed or ''}"), dict[int | None, list[tuple[str, str]]]()
    facts = [Fact("round", (city, 6, DEADLINE))]
    for number in range(24):
        id = f"E{number:02}"
        some = [record(chance, kind, id) for kind in chance.sample(KINDS[city], chance.choice((1, 1, 2)))]
        facts += [Fact("applicant", (id, "organization")), *some]
    case = Case.checked(facts)
    for one in eligibility.decide(case, processes=1).applicants:
        for ground in one.barred:
            day = until(ground, case.about(one.id), case)
            for at in (day - 1 if day and day % 100 > 1 else None, day) if day else ():
                found.setdefault(at, []).append((one.id, ground.key if at == day else f"{ground.key} bars"))
            if day is None:
                found.setdefault(20991231, []).append((one.id, f"{ground.key} bars"))
    assert len(found) > 3
    for at, claims in found.items():
        if at is None:
            continue
        rows = {**case.columns, "round": ((city, 6, at),)}
        outcomes = eligibility.decide(replace(case, deadline=at, columns=rows, pile=None), processes=1)
        barred = {(one.id, ground.key) for one in outcomes.applicants for ground in one.barred}
        assert {(id, key): (id, key.split()[0]) in barred for id, key in claims} == {
            (id, key): key.endswith("bars") for id, key in claims
        }
    assert days._FOUND
