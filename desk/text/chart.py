"""Chances as bars on a terminal."""

from collections.abc import Iterator
from math import sqrt
from typing import TYPE_CHECKING

from desk.shell import Shell
from engine.words import padded, visible, width

if TYPE_CHECKING:
    from engine.draw import Chances

_LONG = 40


def bars(found: "Chances", shell: Shell) -> Iterator[str]:
    """A bar for each reviewer who may sit in a group; a mark where an equal chance would end."""
    roster = found.frozen.roster
    names = max((width(visible(name)) for name in roster.reviewers), default=0)
    for group in roster.groups:
        fit = sorted(roster.fit[group])
        equal = found.frozen.size / max(1, len(fit))
        yield ""
        yield shell.paint(
            visible(shell.text("panel.chances", group=group, equal=f"{equal:.1%}", count=len(fit))), bold=True
        )
        for name in fit:
            share = found.seated[group, name] / found.draws
            full = "█" * round(share * _LONG)
            line = full + "·" * (_LONG - len(full))
            mark = min(_LONG - 1, round(equal * _LONG))
            line = line[:mark] + "|" + line[mark + 1 :]
            led = found.leading[group, name] / found.draws
            leads = shell.text("panel.leads", share=f"{led:.1%}") if name in roster.leaders else ""
            error = 2 * sqrt(share * (1 - share) / found.draws)
            yield f"  {padded(visible(name), names)} {line} {share:6.1%} ± {error:.1%}{leads}"
