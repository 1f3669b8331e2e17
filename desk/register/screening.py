"""What the rules say of a register today, a row an enterprise: for guidance, never a decision on an applicant."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from desk.register.ladder import Standing
from desk.register.tally import Row, Tally
from desk.shell import Shell
from desk.text import recorded
from engine.answers import Ground
from engine.facts import Fact, number
from engine.law import Provision, constants
from engine.law import heads as rule_heads

COLUMNS = (
    "id",
    "name",
    "district",
    "industry",
    "tier",
    "short",
    "barred",
    "events",
    "not_on_file",
    "at_application",
    "findings",
    "official",
    "earliest",
    "gone",
    "prizes",
    "again",
    "nature",
)
STEPS = ("requirement", "district", "industry", "number", "alone", "nature")
"""The columns of the two tables, in order; their heads are `screening.column.<name>` of the catalogue."""


def heads(shell: Shell) -> str:
    """The first line of the table."""
    return _written([[shell.text(f"screening.column.{name}") for name in COLUMNS]])


def rows(found: Iterable[Standing], rounds: Sequence[Fact], about: Mapping[str, Row], shell: Shell) -> str:
    """Rows of the table as CSV text, in the order given; each says that it is a screening.

    Of whoever is barred it says too that names are for nothing published.
    Short is what the record says otherwise, and what a complete table has not; what no table holds is not on file; a
    person's finding and an authority's act are columns of their own. `rounds` are the rounds it was decided for.
    """
    return _written(_row(one, rounds, about.get(one.outcome.id, {}), shell) for one in found)


def steps(tally: Tally, shell: Shell) -> str:
    """By requirement, district and industry, as CSV text: how many are short of it, how many of it alone."""
    told = [[shell.text(f"screening.column.{name}") for name in STEPS]]
    for key in sorted(tally.short):
        counts = str(tally.short[key]), str(tally.alone[key])
        told.append([_told((key[0],), "requirement", shell, ".not"), *key[1:], *counts, shell.text("screening.nature")])
    return _written(told)


def round_told(round: Fact, shell: Shell) -> str:
    """A round with its deadline, as the table and the report write it."""
    _, n, day = round.arguments
    return shell.text(
        "screening.round", number=number(int(n), "round", shell.lang), day=number(int(day), "day", shell.lang)
    )


def _written(told: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_inert(cell) for cell in row] for row in told)
    return out.getvalue()


def _row(one: Standing, rounds: Sequence[Fact], about: Row, shell: Shell) -> list[str]:
    outcome = one.outcome
    waits: dict[str, list[Ground]] = {"finding": [], "authority": []}
    for ground in outcome.open:
        if (actor := outcome.actor(ground)) in waits:
            waits[actor].append(ground)
    events = (recorded(event, shell.lang) for ground in outcome.barred for event in ground.events)
    return [
        outcome.id,
        outcome.name or "",
        about.get("district", ""),
        about.get("industry", ""),
        shell.text(f"screening.tier.{one.tier}"),
        "; ".join(
            filter(
                None,
                (
                    *(_failed(one, ground, rounds[0], shell) for ground in outcome.failed),
                    *(shell.text("screening.absent", ground=_told([g], "requirement", shell)) for g in one.absent),
                ),
            )
        ),
        "; ".join(_barred(one, ground, rounds, shell) for ground in outcome.barred),
        "; ".join(dict.fromkeys(events)),
        *(_told(some, "requirement", shell) for some in (one.not_on_file, one.at_application, *waits.values())),
        _earliest(one, rounds, shell),
        _gone(one, shell),
        "; ".join(
            shell.text(
                "screening.prize",
                prize=shell.text(f"vocabulary.choices.prize.{prize}"),
                number=number(n, "round", shell.lang),
            )
            for prize, n in one.prizes
        ),
        _again(one, rounds, shell),
        shell.text("screening.unpublished" if outcome.barred else "screening.nature"),
    ]


def _earliest(one: Standing, rounds: Sequence[Fact], shell: Shell) -> str:
    if one.earliest is None:
        return shell.text("screening.none", count=len(rounds))
    return round_told(rounds[one.earliest], shell)


def _failed(one: Standing, ground: Ground, round: Fact, shell: Shell) -> str:
    """A requirement that a record contradicts: its citation, the records, the numbers of the law beside them."""
    told = _told((ground,), "requirement", shell, ".not")
    records = [recorded(fact, shell.lang) for fact in one.against.get(ground, ())]
    numbers = _numbers(str(round.arguments[0]), ground)
    said = [*records, *([shell.text("screening.numbers", found=numbers)] if numbers else [])]
    return shell.text("screening.failed", ground=told, said=shell.text("screening.beside").join(said)) if said else told


@cache
def _numbers(city: str, ground: Ground) -> str:
    """The numbers of the law that the rules for a requirement name."""
    asked = (str(ground.provision), ground.key)
    rules = [one.statement.node for one in rule_heads(city, "met") if one.arguments[1:] == asked]
    bodies = " ".join(str(literal) for rule in rules for literal in rule.body)
    named = [one for name, one in constants(city).items() if re.search(rf"\b{name}\b", bodies)]
    return ", ".join(str(one.value) for one in named)


def _again(one: Standing, rounds: Sequence[Fact], shell: Shell) -> str:
    """From which of the deadlines computed an earlier prize bars no more; empty where none does."""
    if one.again is None or len(rounds) < 2:
        return ""
    return round_told(rounds[one.again], shell) if one.again else shell.text("screening.none", count=len(rounds))


def _gone(one: Standing, shell: Shell) -> str:
    """What stood against it and does no more at the earliest deadline."""
    if not one.gone:
        return ""
    failed = [ground for ground in one.gone if ground in one.outcome.failed]
    return "; ".join(
        filter(None, (_told(failed, "requirement", shell, ".not"), _told(one.outcome.barred, "ground", shell)))
    )


def _barred(one: Standing, ground: Ground, rounds: Sequence[Fact], shell: Shell) -> str:
    """A bar with its citation: the day from which it bars no more where there is one, and what later rounds say."""
    told = _told([ground], "ground", shell)
    ends = (
        [shell.text("screening.bar_day", day=number(day, "day", shell.lang))] if (day := one.days.get(ground)) else []
    )
    if len(rounds) > 1:
        at = one.until(ground)
        key = "screening.bar_holds" if at is None else "screening.bar_until"
        ends.append(shell.text(key, round=round_told(rounds[-1 if at is None else at], shell)))
    return shell.text("screening.bar", ground=told, ends=shell.text("screening.beside").join(ends)) if ends else told


def _told(grounds: Iterable[Ground], table: str, shell: Shell, ending: str = "") -> str:
    """Each ground with its citation."""
    key = (tuple((ground.provision, ground.key) for ground in grounds), table, ending, shell.lang)
    if key not in _WORDS:
        named = [f"{of.citation} {shell.text(f'{table}.{name}{ending}')}" for of, name in key[0]]
        _WORDS[key] = "; ".join(named)
    return _WORDS[key]


_WORDS: dict[tuple[tuple[tuple[Provision, str], ...], str, str, str], str] = {}
"""Lists of grounds in words, without the records behind them: the same few stand in thousands of rows."""


def _inert(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
