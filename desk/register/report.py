"""The screening as one page: who stands where, what is one step away, what later rounds bring, whom to visit.

Barred enterprises are counted and never named: their names are for nothing that might be passed on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from desk.register.ladder import TIERS, Standing, by_tier
from desk.register.screening import one_step, round_told
from desk.register.tables import Row
from desk.shell import Shell
from engine.answers import Ground
from engine.facts import Fact, label, number

Cells = Sequence[str | int]
Table = tuple[Sequence[str], Sequence[Cells]]

_PAGES = Path(__file__).with_name("pages")


def report(found: Sequence[Standing], rounds: Sequence[Fact], about: Mapping[str, Row], shell: Shell) -> str:
    """The page as HTML that needs nothing else; every part of it says that it is a screening."""
    tiers, most = by_tier(found), max(1, len(found))
    page = _environment().get_template("report.html")
    return page.render(
        lang=shell.lang,
        say=lambda key, **more: shell.text(f"screening.report.{key}", **more),
        nature=shell.text("screening.nature"),
        round=round_told(rounds[0], shell),
        total=len(found),
        tiers=[
            (shell.text(f"screening.tier.{tier}"), shell.text(f"screening.meaning.{tier}"), tiers[tier],
             round(100 * tiers[tier] / most, 1))
            for tier in TIERS
        ],
        parts=[
            ("steps", _steps(found, about, shell)),
            ("entering", _entering(found, rounds, shell)),
            ("barred", _barred(found, rounds, shell)),
            ("winners", _winners(found, about, shell)),
            ("unknown", _unknown(found, shell)),
        ],
    )  # fmt: skip


def _steps(found: Sequence[Standing], about: Mapping[str, Row], shell: Shell) -> Table:
    """One step short: by requirement, district and industry."""
    count: Counter[tuple[Ground, str, str]] = Counter()
    for one in found:
        if one_step(one) and one.tier != "outside":
            row = about.get(one.outcome.id, {})
            count[one.short[0], row.get("district", ""), row.get("industry", "")] += 1
    rows = [(_named(key[0], "requirement", ".not", shell), *key[1:], count[key]) for key in _ordered(count)]
    return _heads(shell, "requirement", "district", "industry", "count"), rows


def _entering(found: Sequence[Standing], rounds: Sequence[Fact], shell: Shell) -> Table:
    """At which deadline nothing on record stands against how many for the first time."""
    count = Counter(one.earliest for one in found if one.tier != "outside")
    rows: list[Cells] = [(round_told(each, shell), count[at]) for at, each in enumerate(rounds)]
    return _heads(shell, "round", "count"), [*rows, (shell.text("screening.none", count=len(rounds)), count[None])]


def _barred(found: Sequence[Standing], rounds: Sequence[Fact], shell: Shell) -> Table:
    """Bars by ground, and at which deadline they hold no longer; nobody is named."""
    count: Counter[tuple[Ground, int]] = Counter()
    for one in found:
        for ground in one.outcome.barred:
            count[Ground(ground.provision, ground.key), one.until(ground) or 0] += 1
    rows = [
        (
            _named(key[0], "ground", "", shell),
            round_told(rounds[key[1]], shell) if key[1] else shell.text("screening.none", count=len(rounds)),
            count[key],
        )
        for key in sorted(count, key=lambda key: (key[0], key[1] or len(rounds)))
    ]
    return _heads(shell, "ground", "free", "count"), rows


def _winners(found: Sequence[Standing], about: Mapping[str, Row], shell: Shell) -> Table:
    """Whom to visit: holders of a prize of this award."""
    rows = [
        (
            one.outcome.name or one.outcome.id,
            about.get(one.outcome.id, {}).get("district", ""),
            shell.text(f"vocabulary.choices.prize.{prize}"),
            shell.text("screening.won", number=number(n, "round", shell.lang)),
        )
        for one in found
        for prize, n in one.prizes
    ]
    return _heads(shell, "name", "district", "prize", "won"), rows


def _unknown(found: Sequence[Standing], shell: Shell) -> Table:
    """Requirements of which nothing is on file, for how many, and which kinds of records would tell."""
    count: Counter[Ground] = Counter()
    telling: dict[Ground, dict[str, None]] = {}
    for one in found:
        for ground, kinds in one.unknown.items():
            count[ground] += 1
            telling.setdefault(ground, {}).update(dict.fromkeys(kinds))
    rows = [
        (
            _named(ground, "requirement", "", shell),
            count[ground],
            shell.text("screening.between").join(label(kind, shell.lang) for kind in telling[ground]),
        )
        for ground in sorted(count, key=lambda ground: (-count[ground], ground))
    ]
    return _heads(shell, "requirement", "count", "would_tell"), rows


def _ordered(count: Counter[tuple[Ground, str, str]]) -> list[tuple[Ground, str, str]]:
    return sorted(count, key=lambda key: (-count[key], key))


def _named(ground: Ground, table: str, ending: str, shell: Shell) -> str:
    return f"{ground.provision.citation} {shell.text(f'{table}.{ground.key}{ending}')}"


def _heads(shell: Shell, *names: str) -> list[str]:
    return [shell.text(f"screening.column.{name}") for name in names]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
