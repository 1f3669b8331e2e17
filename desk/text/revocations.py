"""Awards to be revoked and bans running, as lines for a terminal."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from desk.text.decisions import in_force, not_checked
from desk.text.records import recorded
from desk.text.rows import row

if TYPE_CHECKING:
    from desk.shell import Shell
    from engine.answers import Review, Revocation


def revocation_lines(result: "Review", shell: "Shell") -> Iterator[str]:
    """Heading, revocations, bans, readings."""
    from engine.facts import day as worded
    from engine.law import statute
    from engine.words import wrap

    names = result.case.names
    title, on = statute(result.city).title, worded(result.as_of, shell.lang)
    yield shell.paint(shell.text("review.title", title=title, day=on), bold=True)
    awards = [list(rows) for _, rows in groupby(result.revocations, key=lambda one: (one.id, one.prize, one.round))]
    standing = [rows for rows in awards if not rows[0].earlier]
    yield shell.text("review.revocations" if standing else "review.none", count=len(standing))
    for rows in standing:
        yield from _award(rows, result, names, shell)
    if further := [rows for rows in awards if rows[0].earlier]:
        yield shell.text("review.further", count=len(further))
    for rows in further:
        yield from _award(rows, result, names, shell)
    yield shell.text("review.bans" if result.bans else "review.no_bans", count=len(result.bans))
    for ban in result.bans:
        until = worded(ban.until, shell.lang)
        told = f"{shell.text('review.until', day=until)}  {ban.provision.citation}"
        yield from row(ban.id, names.get(ban.id, ""), told, (0, 0), shell, 2)
        if ban.before_in_force:
            yield from _early(result, shell)
    if result.titles:
        yield shell.text("review.validity", count=len(result.titles))
    for term in result.titles:
        prize = shell.text("review.award", prize=shell.text(f"prize.{term.prize}"), round=term.round)
        state = shell.text(f"review.validity_state.{term.state}")
        until = worded(term.until, shell.lang)
        words = shell.text("review.until_valid", day=until, citation=term.provision.citation, state=state)
        yield from row(term.id, names.get(term.id, ""), prize, (0, 0), shell, 2)
        yield from (f"    {line}" for line in wrap(words, shell.columns - 4))
    if result.ended:
        yield shell.text("review.ended", count=len(result.ended))
    for one in result.ended:
        prize = shell.text("review.award", prize=shell.text(f"prize.{one.prize}"), round=one.round)
        told = recorded(one.event, shell.lang, names)
        words = shell.text(
            "review.ended_by", day=worded(one.until, shell.lang), citation=one.provision.citation, fact=told
        )
        yield from row(one.id, names.get(one.id, ""), prize, (0, 0), shell, 2)
        yield from (f"    {line}" for line in wrap(words, shell.columns - 4))
    yield from in_force(result.city, result.readings, shell)
    yield from not_checked(result.city, "review", shell)


def ground_words(city: str, ground: str, lang: str) -> str:
    """A ground of revocation; of conduct with the years that the city's text counts from the award."""
    from engine.law import regulation
    from engine.words import text

    years = next((row[0] for row in regulation(city).rows("conduct_period", 1)), None) if ground == "conduct" else 0
    return text(f"review.ground.{ground}{'_any' if years is None else ''}", lang, years=years)


def _award(rows: "Sequence[Revocation]", result: "Review", names: dict[str, str], shell: "Shell") -> Iterator[str]:
    """One award with each of its grounds; what follows is said once."""
    from engine.answers import ordered
    from engine.words import wrap

    first = rows[0]
    prize = shell.text("review.award", prize=shell.text(f"prize.{first.prize}"), round=first.round)
    yield from row(first.id, names.get(first.id, ""), prize, (0, 0), shell, 2)
    for entry in rows:
        ground = wrap(
            f"{entry.provision.citation}  {ground_words(result.city, entry.ground, shell.lang)}", shell.columns - 4
        )
        yield from (f"    {shell.paint(line, 'red')}" for line in ground)
        for event in entry.events:
            yield from (f"      {line}" for line in wrap(recorded(event, shell.lang), shell.columns - 6))
    if first.earlier:
        words = shell.text("review.earlier", fact=recorded(first.earlier, shell.lang))
        yield from (f"      {line}" for line in wrap(words, shell.columns - 6))
    due = {remedy for entry in rows for remedy in entry.remedies}
    remedies = shell.text("table.and").join(shell.text(f"review.remedy.{r}") for r in ordered(due))
    words = shell.text("review.remedies", remedies=remedies)
    yield from (f"      {line}" for line in wrap(words, shell.columns - 6))
    start = result.readings["ban_start"]
    for years in (entry.ban_years for entry in rows if entry.ban_years):
        yield f"      {shell.text(f'review.ban_years.{start}', years=years)}"
    if first.before_in_force:
        yield from _early(result, shell)
    if first.earlier_text:
        words = shell.text("review.earlier_text", text=first.earlier_text)
        yield from (f"      {line}" for line in wrap(words, shell.columns - 6))
    if proposer := result.proposers.get(first.provision):
        yield f"      {proposed_by(proposer, shell.lang)}"


def _early(result: "Review", shell: "Shell") -> Iterator[str]:
    """That what stands above rests on an award from before the text came into force."""
    from engine.facts import day as worded
    from engine.words import wrap

    words = shell.text("review.before_in_force", day=worded(result.in_force, shell.lang), citation=result.force_cited)
    yield from (f"      {line}" for line in wrap(words, shell.columns - 6))


def proposed_by(proposer: str, lang: str) -> str:
    """Who puts a revocation before the government, in the text's own words for the office where it has some."""
    from engine.words import has, text

    key = f"review.proposer.{proposer}"
    return (
        text(key, lang) if has(key, lang) else text("review.proposed", lang, by=text(f"review.office.{proposer}", lang))
    )
