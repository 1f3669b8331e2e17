"""Chances as bars on a terminal."""

from collections.abc import Iterator
from math import sqrt
from typing import TYPE_CHECKING

from desk.shell import Shell
from engine.words import cut, padded, visible, width, wrap

if TYPE_CHECKING:
    from engine.repair import Chances

_LONG = 40


def bars(found: "Chances", shell: Shell) -> Iterator[str]:
    """A bar for each reviewer who may sit in a group; a mark where an equal chance would end."""
    from engine.repair import least_deviation

    roster = found.frozen.roster
    names = min(max((width(visible(name)) for name in roster.reviewers), default=0), shell.columns // 3)
    leads = width(shell.text("panel.leads", share="100.0%"))
    long = max(8, min(_LONG, shell.columns - names - leads - 19))
    for group in roster.groups:
        fit = sorted(roster.fit[group])
        equal = found.frozen.size / max(1, len(fit))
        yield ""
        words = visible(shell.text("panel.chances", group=group, equal=f"{equal:.1%}", count=len(fit)))
        yield from (shell.paint(line, bold=True) for line in wrap(words, shell.columns))
        for name in fit:
            share = found.seated[group, name] / found.draws
            full = "█" * round(share * long)
            line = full + "·" * (long - len(full))
            mark = min(long - 1, round(equal * long))
            line = line[:mark] + "|" + line[mark + 1 :]
            led = found.leading[group, name] / found.draws
            error = 2 * sqrt(share * (1 - share) / found.draws)
            of_leading = shell.text("panel.leads", share=f"{led:.1%}") if name in roster.leaders else ""
            *before, last = cut(visible(name), names)
            yield from (f"  {piece}" for piece in before)
            yield f"  {padded(last, names)} {line} {share:6.1%} ± {error:.1%}{of_leading}"
    off, reviewer, place = found.largest
    yield ""
    words = shell.text(
        "panel.deviation",
        who=reviewer,
        group=place,
        largest=f"{100 * off:.1f}",
        error=f"{200 * sqrt(0.25 / found.draws):.1f}",
        least=f"{100 * least_deviation(found.frozen):.1f}",
    )
    yield from wrap(visible(words), shell.columns)
