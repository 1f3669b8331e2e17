"""The screening as one page: who stands where, what is one step away, what later rounds bring, whom to visit.

Barred enterprises are counted and never named: their names are for nothing that might be passed on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from desk.register.ladder import TIERS
from desk.register.screening import round_told
from desk.register.tally import STAGES, Tally
from desk.shell import Shell
from engine.answers import Ground
from engine.facts import PREDICATES, Fact, label, number

Cells = Sequence[str | int]
Table = tuple[Sequence[str], Sequence[Cells]]
_LATEST = 9999
_ELSEWHERE = ("funnel", "steps")
"""Tables that the page does not print: one is drawn, one too long for it (a sheet of the workbook, `steps.csv`)."""

_PAGES = Path(__file__).with_name("pages")


def report(tally: Tally, rounds: Sequence[Fact], shell: Shell) -> str:
    """The page as HTML that needs nothing else; every part of it says that it is a screening."""
    page = _environment().get_template("report.html")
    return page.render(
        lang=shell.lang,
        say=lambda key, **more: shell.text(f"screening.report.{key}", **more),
        nature=shell.text("screening.nature"),
        round=round_told(rounds[0], shell),
        total=tally.total.total(),
        tiers=tiers(tally, shell),
        drawn=pictures(tally, rounds, shell),
        parts=[one for one in tables(tally, rounds, shell) if one[0] not in _ELSEWHERE],
    )


def pictures(tally: Tally, rounds: Sequence[Fact], shell: Shell) -> dict[str, str]:
    """The funnel and the rounds as SVG that needs nothing else, by name; each says that it is a screening."""
    page, nature = _environment().get_template("bars.svg"), shell.text("screening.nature")
    found = {}
    for key, (_, rows) in tables(tally, rounds, shell):
        if key in ("funnel", "entering"):
            most = max(1, *(int(row[1]) for row in rows))
            title = shell.text(f"screening.report.{key}")
            found[key] = page.render(title=title, nature=nature, rows=[row[:2] for row in rows], most=most)
    return found


def tiers(tally: Tally, shell: Shell) -> list[tuple[str, str, int, float]]:
    """Each tier from the lowest: its name, what it means, how many, and which share of all in per cent."""
    most = max(1, tally.total.total())
    return [
        (
            shell.text(f"screening.tier.{tier}"),
            shell.text(f"screening.meaning.{tier}"),
            tally.total[tier],
            round(100 * tally.total[tier] / most, 1),
        )
        for tier in TIERS
    ]


def tables(tally: Tally, rounds: Sequence[Fact], shell: Shell) -> list[tuple[str, Table]]:
    """The report's tables by their keys, in its order."""
    return [
        ("funnel", _funnel(tally, shell)),
        ("by_district", _crossed(tally, 1, shell)),
        ("by_industry", _crossed(tally, 2, shell)),
        ("steps", _steps(tally, shell)),
        ("entering", _entering(tally, rounds, shell)),
        ("barred", _barred(tally, rounds, shell)),
        ("winners", _winners(tally, shell)),
        ("unknown", _unknown(tally, shell)),
    ]


def _funnel(tally: Tally, shell: Shell) -> Table:
    """How many come how far."""
    rows = [(shell.text(f"screening.stage.{stage}"), tally.funnel[stage]) for stage in STAGES]
    return _heads(shell, "stage", "count"), rows


def _crossed(tally: Tally, at: int, shell: Shell) -> Table:
    """One step short: a row a district or an industry (`at` in the key), a column a requirement."""
    found = Counter[tuple[Ground, str]]()
    for key, count in tally.near.items():
        found[key[0], str(key[at])] += count
    grounds = sorted({ground for ground, _ in found})
    heads = [_named(ground, "requirement", ".not", shell) for ground in grounds]
    rows: list[Cells] = [
        (place, *(found[ground, place] for ground in grounds))
        for place in sorted({place for _, place in found}, key=_counting)
    ]
    return [*_heads(shell, ("district", "industry")[at - 1]), *heads], rows


def _counting(words: str) -> list[tuple[int, str]]:
    """What sorts numbers within words as numbers: 第2镇 before 第10镇."""
    return [(int(one), "") if one.isdecimal() else (0, one) for one in re.split(r"([0-9]+)", words)]


def _steps(tally: Tally, shell: Shell) -> Table:
    """One step short: by requirement, district and industry."""
    rows = [(_named(key[0], "requirement", ".not", shell), *key[1:], tally.near[key]) for key in _ordered(tally.near)]
    return _heads(shell, "requirement", "district", "industry", "count"), rows


def _entering(tally: Tally, rounds: Sequence[Fact], shell: Shell) -> Table:
    """At which deadline nothing on record stands against how many for the first time."""
    rows: list[Cells] = [(round_told(each, shell), tally.entering[at]) for at, each in enumerate(rounds)]
    none = shell.text("screening.none", count=len(rounds))
    return _heads(shell, "round", "count"), [*rows, (none, tally.entering[-1])]


def _barred(tally: Tally, rounds: Sequence[Fact], shell: Shell) -> Table:
    """Bars by ground, and in which year or at which deadline they hold no longer; nobody is named."""

    def end(year: int, at: int) -> str:
        if year:
            return shell.text("screening.in_year", year=year)
        return round_told(rounds[at], shell) if at else shell.text("screening.no_day")

    rows = [
        (_named(ground, "ground", "", shell), end(year, at), tally.barred[ground, year, at])
        for ground, year, at in sorted(tally.barred, key=lambda key: (key[0], key[1] or _LATEST, key[2] or len(rounds)))
    ]
    return _heads(shell, "ground", "free", "count"), rows


def _winners(tally: Tally, shell: Shell) -> Table:
    """Whom to visit: holders of a prize of this award."""
    rows = [
        (
            name,
            district,
            shell.text(f"vocabulary.choices.prize.{prize}"),
            shell.text("screening.won", number=number(n, "round", shell.lang)),
        )
        for name, district, prize, n in sorted(tally.winners)
    ]
    return _heads(shell, "name", "district", "prize", "won"), rows


def _unknown(tally: Tally, shell: Shell) -> Table:
    """Requirements of which nothing is on file, for how many, and which kinds of records would tell."""
    kinds = [name for name in PREDICATES if any(kind == name for _, kind in tally.telling)]
    rows = [
        (
            _named(ground, "requirement", "", shell),
            tally.unknown[ground],
            shell.text("screening.between").join(
                label(kind, shell.lang) for kind in kinds if (ground, kind) in tally.telling
            ),
        )
        for ground in sorted(tally.unknown, key=lambda ground: (-tally.unknown[ground], ground))
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
