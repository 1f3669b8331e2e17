"""Awards to be revoked and bans running, as lines for a terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desk.text.decisions import in_force
from desk.text.records import recorded

if TYPE_CHECKING:
    from desk.shell import Shell
    from engine.answers import Review, Revocation


def revocation_lines(result: "Review", shell: "Shell") -> Iterator[str]:
    """Heading, revocations, bans, readings."""
    from engine.facts import day as worded
    from engine.law import statute
    from engine.words import visible

    names = result.case.names
    title, on = statute(result.city).title, worded(result.as_of, shell.lang)
    yield shell.paint(shell.text("review.title", title=title, day=on), bold=True)
    yield shell.text("review.revocations" if result.revocations else "review.none", count=len(result.revocations))
    for entry in result.revocations:
        yield from _revocation(entry, result, names, shell)
    yield shell.text("review.bans" if result.bans else "review.no_bans", count=len(result.bans))
    for ban in result.bans:
        until = worded(ban.until, shell.lang)
        who = f"{visible(ban.id)}  {visible(names.get(ban.id, ''))}"
        yield f"  {who}  {shell.text('review.until', day=until)}  {ban.provision.citation}"
    yield from in_force(result.city, result.readings, shell)


def _revocation(entry: "Revocation", result: "Review", names: dict[str, str], shell: "Shell") -> Iterator[str]:
    from engine.words import visible, wrap

    prize = shell.text("review.award", prize=shell.text(f"prize.{entry.prize}"), round=entry.round)
    yield f"  {visible(entry.id)}  {visible(names.get(entry.id, ''))}  {prize}"
    ground = shell.paint(shell.text(f"review.ground.{entry.ground}"), "red")
    yield f"    {entry.provision.citation}  {ground}"
    for event in entry.events:
        yield from (f"      {line}" for line in wrap(recorded(event, shell.lang), shell.columns - 6))
    remedies = shell.text("table.and").join(shell.text(f"review.remedy.{remedy}") for remedy in entry.remedies)
    yield f"      {shell.text('review.remedies', remedies=remedies)}"
    if entry.ban_years:
        yield f"      {shell.text('review.ban_years', years=entry.ban_years)}"
    if proposer := result.proposers.get(entry.provision):
        yield f"      {shell.text(f'review.proposer.{proposer}')}"
