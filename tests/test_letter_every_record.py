"""Whatever stands in the way by itself is told by a letter beside anything else that does: no record hides another."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest

from engine import decide, read
from engine.answers import Outcome
from engine.facts import PREDICATES, Fact, text
from engine.facts.predicate import Field
from explain.letter.basis import bases
from explain.letter.rejection import Letters

BESIDE = ("product_inspection", "accounts", "awarded", "internal_notice", "preliminary_notice", "objection")
"""What may stand in the way too, though it is no adverse record by its kind."""
MOST_PAIRS = 150

Ground = tuple[str, str, str]
Record = tuple[str, tuple[str | int, ...]]


def _values(field: Field, day: int) -> list[str | int]:
    known: dict[str, list[str | int]] = {
        "identifier": ["?"],
        "day": [day, day + 1],
        "open_day": [day + 300, 99991231],
        "year": [day // 10000 - 1, day // 10000],
        "text": ["甲", "乙"],
        "number": [1, 2],
    }
    return known.get(field.kind) or list(field.choices)


def _records(day: int) -> list[Record]:
    return [
        (name, row)
        for name, one in PREDICATES.items()
        if one.group == "adverse" or name in BESIDE
        for row in product(*(_values(field, day) for field in one.fields))
    ]


def _stated(record: Record, applicant: str) -> str:
    name, row = record
    return text(Fact(name, (applicant, *row[1:]))) + "."


def _agree(one: Record, other: Record) -> bool:
    """Whether both may be on file of one applicant."""
    name, row = one
    settles = PREDICATES[name].model.one_per
    if name != other[0]:
        return True
    pairs = list(zip(PREDICATES[name].names, row, other[1], strict=True))
    return not settles or any(a != b for field, a, b in pairs if field in settles)


def _told(city: str, cases: dict[str, tuple[Record, ...]], kind: str) -> dict[str, dict[Ground, set[Record]]]:
    """What letters tell of each applicant with these records alone, by ground."""
    number, deadline = {"jiyuan": (6, 20250930), "sanmenxia": (4, 20261016)}[city]
    lines = [f"round({city},{number},{deadline})."]
    for applicant, records in cases.items():
        lines += [f'applicant("{applicant}",{kind}).', *(_stated(one, applicant) for one in records)]
    decision = decide(read({"case.lp": "\n".join(lines).encode()}))
    rejected: list[Outcome] = [one for one in decision.applicants if one.status == "rejected"]
    found = dict[str, dict[Ground, set[Record]]]()
    for outcome, rows in zip(rejected, bases(decision, rejected, worded=False), strict=True):
        found[outcome.id] = {
            (b.kind, str(b.ground.provision), b.ground.key): {
                (f.predicate, ("?", *f.arguments[1:])) for f in b.facts if f.arguments[0] == outcome.id
            }
            for b in rows
        }
    return found


@pytest.mark.parametrize(
    ("city", "kind", "day"),
    [
        ("jiyuan", "organization", 20240601),
        ("sanmenxia", "organization", 20260201),
        ("sanmenxia", "individual", 20260201),
    ],
)
def test_every_record_that_stands_in_the_way_is_told(city: str, kind: str, day: int) -> None:
    """For two records of which each alone is told under a ground, a letter about both tells both."""
    records = _records(day)
    alone = _told(city, {f"s{n}": (one,) for n, one in enumerate(records)}, kind)
    grounds = {n: {g for g, told in alone.get(f"s{n}", {}).items() if one in told} for n, one in enumerate(records)}
    pairs = [
        (n, m)
        for n, m in combinations(range(len(records)), 2)
        if grounds[n] & grounds[m] and _agree(records[n], records[m])
    ]
    assert len(pairs) > MOST_PAIRS
    close = [(n, m) for n, m in pairs if sum(a != b for a, b in zip(records[n][1], records[m][1], strict=False)) == 1]
    unlike = [(n, m) for n, m in pairs if records[n][0] != records[m][0]]
    chosen = random.Random(7)
    few = [*chosen.sample(close, min(len(close), MOST_PAIRS)), *chosen.sample(unlike, min(len(unlike), MOST_PAIRS))]
    few += [(n, m) for n, m in pairs if records[n][0] == records[m][0] == "product_inspection"]
    together = _told(city, {f"p{n}_{m}": (records[n], records[m]) for n, m in few}, kind)

    hidden = [
        (ground, records[n], records[m])
        for n, m in few
        for ground in grounds[n] & grounds[m]
        if not {records[n], records[m]} <= together[f"p{n}_{m}"].get(ground, set())
    ]
    assert not hidden


def _letter(facts: str) -> str:
    decision = decide(read({"case.lp": facts.encode()}))
    return "\n".join(Letters(decision, ["A"]).of("A").paper.texts())


def test_two_failed_inspections_of_one_year_are_both_told() -> None:
    told = _letter(
        'round(jiyuan,6,20250930). notice(acceptance,20251013,20251020). applicant("A",organization).'
        'product_inspection("A",2023,municipal,fail). product_inspection("A",2023,provincial,fail).'
    )

    assert "（一）你单位的2023年度产品质量，经市级法定检验机构检验不合格。" in told
    assert "（二）你单位的2023年度产品质量，经省级法定检验机构检验不合格。" in told
    assert "依第（一）项、第（二）项事实，你单位不具备该条第（四）项" in told


def test_a_notice_that_is_too_short_is_told_beside_an_objection_that_is_upheld() -> None:
    """Each fails the provision by itself; the objection alone was told."""
    told = _letter(
        'round(sanmenxia,4,20261016). notice(acceptance,20261102,20261109). applicant("A",organization).'
        'internal_notice("A",20260601,20260603). objection("A",internal,upheld).'
    )

    assert "自2026年6月1日至2026年6月3日，计2个工作日，不足5个工作日" in told
    assert "对你单位的异议（异议成立）" in told
