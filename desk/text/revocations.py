"""Awards to be revoked and bans running, as lines for a terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desk.text.decisions import in_force
from desk.text.records import recorded
from desk.text.rows import row

if TYPE_CHECKING:
    from desk.shell import Shell
    from engine.answers import Review, Revocation


def revocation_lines(result: "Review", shell: "Shell") -> Iterator[str]:
    """Heading, revocations, bans, readings."""
    from engine.facts import day as worded
    from engine.law import statute

    names = result.case.names
    title, on = statute(result.city).title, worded(result.as_of, shell.lang)
    yield shell.paint(shell.text("review.title", title=title, day=on), bold=True)
    yield shell.text("review.revocations" if result.revocations else "review.none", count=len(result.revocations))
    for entry in result.revocations:
        yield from _revocation(entry, result, names, shell)
    yield shell.text("review.bans" if result.bans else "review.no_bans", count=len(result.bans))
    for ban in result.bans:
        until = worded(ban.until, shell.lang)
        told = f"{shell.text('review.until', day=until)}  {ban.provision.citation}"
        yield from row(ban.id, names.get(ban.id, ""), told, (0, 0), shell, 2)
    yield from in_force(result.city, result.readings, shell)


def _revocation(entry: "Revocation", result: "Review", names: dict[str, str], shell: "Shell") -> Iterator[str]:
    from engine.words import wrap

    prize = shell.text("review.award", prize=shell.text(f"prize.{entry.prize}"), round=entry.round)
    yield from row(entry.id, names.get(entry.id, ""), prize, (0, 0), shell, 2)
    ground = wrap(f"{entry.provision.citation}  {shell.text(f'review.ground.{entry.ground}')}", shell.columns - 4)
    yield from (f"    {shell.paint(line, 'red')}" for line in ground)
    for event in entry.events:
        yield from (f"      {line}" for line in wrap(recorded(event, shell.lang), shell.columns - 6))
    remedies = shell.text("table.and").join(shell.text(f"review.remedy.{remedy}") for remedy in entry.remedies)
    yield from (f"      {line}" for line in wrap(shell.text("review.remedies", remedies=remedies), shell.columns - 6))
    if entry.ban_years:
        yield f"      {shell.text('review.ban_years', years=entry.ban_years)}"
    if proposer := result.proposers.get(entry.provision):
        yield f"      {shell.text(f'review.proposer.{proposer}')}"
