"""Invented cohorts of any size: `python -m benchmarks.generate CITY NUMBER FILE` writes the same bytes each time.

An applicant has about 45 facts: a complete dossier, from which four in ten (with `--flawed` all) differ by a missing
paper, a contrary one, an adverse record or an earlier award. Nothing is kept in memory, so a million applicants are no
problem but the disk.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

CITIES = ("jiyuan", "sanmenxia")
DEADLINE = 20250930
ROUND = 6

_YEARS = (2022, 2023, 2024)
_CODES = ("C14", "C26", "C32", "C33", "C38", "C39", "G59", "I65", "M74", "Q84")
_LAST = 99991231


def cohort(city: str, number: int, flawed: bool = False) -> Iterator[str]:
    """The lines of a case with so many applicants; with `flawed` none of them has a sound dossier."""
    yield f"round({city},{ROUND},{DEADLINE})."
    yield "announced(20250826)."
    for i in range(number):
        yield from dossier(city, i, flawed)


def dossier(city: str, i: int, flawed: bool = False) -> list[str]:
    """The facts of the i-th applicant, one a line."""
    chance = random.Random(f"{city} {i}")
    a = f'"{city[0].upper()}{i:06}"'
    facts = [f"applicant({a},organization)", f'name({a},"虚构第{i}号有限公司")', *_common(a, city, chance)]
    facts += _jiyuan(a, chance) if city == "jiyuan" else _sanmenxia(a, chance)
    sound = 0 if flawed else 60
    spoil = chance.choices((_nothing, _lose, _contradict, _burden, _honour), (sound, 12, 12, 10, 6))[0]
    return [f"{fact}." for fact in spoil(a, facts, chance)]


def _day(chance: random.Random, first: int, last: int) -> int:
    return chance.randint(first, last) * 10000 + chance.randint(1, 12) * 100 + chance.randint(1, 28)


def _common(a: str, city: str, chance: random.Random) -> list[str]:
    topics = ("quality_strategy", "quality_system", "innovation", "reputation", "satisfaction", "credit")
    return [
        f"activity({a},business)",
        f"legal_form({a},{chance.choice(('legal_person', 'legal_person', 'unincorporated'))})",
        f"seat({a},{city})",
        f"operating_since({a},{_day(chance, 1995, 2019)})",
        f'industry({a},"{chance.choice(_CODES)}")',
        *(f"finding({a},{topic},yes)" for topic in (*topics, "performance_leading", "normal_operation")),
        *(f"accounts({a},{year},{chance.choice(('profit', 'profit', 'break_even'))})" for year in _YEARS),
        *(f"material({a},{kind})" for kind in ("application_form", "self_report", "evidence")),
        *(f"spot_check({a},{year}0520,municipal,pass)" for year in _YEARS),
        f"submitted({a},202509{chance.randint(1, 30):02})",
        f"score({a},{chance.randint(500, 950)})",
    ]


def _jiyuan(a: str, chance: random.Random) -> list[str]:
    kinds = ("qms", "ems", "ohsms")
    starts = [_day(chance, 2023, 2024) for _ in range(3)]
    return [
        *(f"certificate({a},{kind},{day},{day + 30000})" for kind, day in zip(kinds, starts, strict=True)),
        *(f"certificate({a},{kind},{day - 30000},{day})" for kind, day in zip(kinds, starts, strict=True)),
        f"excellence_model_since({a},{_day(chance, 2015, 2023)})",
        *(f"self_report_year({a},{year})" for year in _YEARS),
        f"self_score({a},{chance.randint(500, 900)})",
        *(f"product_inspection({a},{year},{chance.choice(('municipal', 'provincial'))},pass)" for year in _YEARS),
        *(f"product_inspection({a},{year},county,pass)" for year in _YEARS),
        *(f"finding({a},{topic},yes)" for topic in ("social_responsibility", "has_products")),
    ]


def _sanmenxia(a: str, chance: random.Random) -> list[str]:
    return [
        *(f"self_rating({a},{year},{chance.choice(('good', 'excellent'))})" for year in _YEARS),
        *(f"finding({a},{topic},yes)" for topic in ("excellence_management", "core_ip", "social_responsibility")),
        *(f"certificate({a},{kind},20230601,20260531)" for kind in ("qms", "ems", "ohsms")),
        f"excellence_model_since({a},{_day(chance, 2015, 2023)})",
        f"self_score({a},{chance.randint(500, 900)})",
        f"internal_notice({a},202508{chance.randint(4, 8):02},20250818)",
        f"preliminary_notice({a},202508{chance.randint(19, 22)},20250901)",
        f"county_opinion({a},favourable)",
        f"recommendation({a},yes)",
        *(f"product_inspection({a},{year},municipal,pass)" for year in _YEARS),
    ]


def _nothing(_a: str, facts: list[str], _chance: random.Random) -> list[str]:
    return facts


def _lose(_a: str, facts: list[str], chance: random.Random) -> list[str]:
    """Papers or findings that are not there (yet)."""
    lost = set(chance.sample(range(2, len(facts)), chance.randint(1, 4)))
    return [fact for i, fact in enumerate(facts) if i not in lost]


def _contradict(a: str, facts: list[str], chance: random.Random) -> list[str]:
    """A paper or a finding that says otherwise."""
    swaps: tuple[tuple[str, str], ...] = (
        (f"operating_since({a}", f"operating_since({a},{_day(chance, 2022, 2024)})"),
        (f"accounts({a},2024", f"accounts({a},2024,loss)"),
        (f"finding({a},innovation", f"finding({a},innovation,no)"),
        (f"seat({a}", f"seat({a},elsewhere)"),
        (f"submitted({a}", f"submitted({a},20251009)"),
        (f"self_score({a}", f"self_score({a},{chance.randint(300, 499)})"),
        (f"self_rating({a},2024", f"self_rating({a},2024,poor)"),
        (f"recommendation({a}", f"recommendation({a},no)"),
    )
    for start, contrary in chance.sample(swaps, 3):
        facts = [contrary if fact.startswith(start) else fact for fact in facts]
    return facts


def _burden(a: str, facts: list[str], chance: random.Random) -> list[str]:
    """One to three adverse records, some too old or too small to matter."""
    level, gravity = chance.choice(("general", "considerable", "major")), chance.choice(("minor", "serious"))
    day, end = _day(chance, 2019, 2025), chance.choice((_LAST, 20250101))
    records = (
        f"policy_breach({a},environment,20240110,{end})",
        f'licence_missing({a},"排污许可证",20240301,{end})',
        f"spot_check({a},{day},provincial,fail)",
        f"export_incident({a},return,{day})",
        f"service_failure({a},{day})",
        f"accident({a},safety,{level},{chance.choice(('liable', 'not_liable', 'undetermined'))},{day})",
        f"complaint({a},major,{chance.choice(('liable', 'undetermined'))},{day})",
        f"dishonesty_listing({a},20220901,{chance.choice((_LAST, 20230301))})",
        f"offence({a},{chance.choice(('law', 'rule'))},{gravity},{day})",
    )
    return facts + chance.sample(records, chance.randint(1, 3))


def _honour(a: str, facts: list[str], chance: random.Random) -> list[str]:
    """An award of an earlier round, one in three revoked."""
    number, prize = chance.randint(1, ROUND - 1), chance.choice(("main", "nomination"))
    year = 2013 + 2 * number
    facts = [*facts, f"awarded({a},{prize},{number},{year}1120)"]
    if chance.random() < 1 / 3:
        ground = chance.choice(("fraud", "conduct"))
        facts.append(f"revoked({a},{prize},{number},{ground},{min(year + 1, 2025)}0315)")
    return facts


def write(city: str, number: int, file: Path, flawed: bool = False) -> None:
    """Write a cohort to a file, line by line."""
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in cohort(city, number, flawed))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("city", choices=CITIES)
    parser.add_argument("number", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--flawed", action="store_true", help="no applicant has a sound dossier")
    arguments = parser.parse_args()
    write(arguments.city, arguments.number, arguments.file, arguments.flawed)


if __name__ == "__main__":
    main()
