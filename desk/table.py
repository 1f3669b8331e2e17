"""A decision as a table that a person reads at a glance."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from desk.shell import Shell
from desk.visible import visible
from engine.eligibility import STATUSES, Decision, Ground, Outcome
from engine.rulebook import readings
from engine.statute import statute
from engine.vocabulary import day_text

_COLOURS = {"eligible": "green", "pending": "yellow", "rejected": "red"}


def table(decision: Decision, shell: Shell) -> Iterator[RenderableType]:
    """Heading, applicants, counts, readings in force, notes."""
    title = statute(decision.city).title
    day = day_text(decision.deadline)
    yield Text(shell.text("table.title", title=title, round=decision.round, deadline=day), style="bold")
    rows = Table(box=SIMPLE_HEAD, pad_edge=False)
    rows.add_column(shell.text("table.id"), overflow="fold")
    rows.add_column(shell.text("table.name"), overflow="fold", max_width=30)
    rows.add_column(shell.text("table.status"), no_wrap=True)
    rows.add_column(shell.text("table.grounds"), overflow="fold")
    for outcome in decision.applicants:
        rows.add_row(
            Text(visible(outcome.id)),
            Text(visible(outcome.name or "")),
            Text(shell.text(f"status.{outcome.status}"), style=_COLOURS[outcome.status]),
            Text("\n").join(_grounds(outcome, shell)),
        )
    yield rows
    yield Text(shell.text("table.count", total=len(decision.applicants), **_counts(decision)), style="bold")
    yield from _readings(decision, shell)
    yield from _notes(decision, shell)


def _grounds(outcome: Outcome, shell: Shell) -> Iterator[Text]:
    for kind, grounds, words in (
        ("barred", outcome.barred, "ground"),
        ("failed", outcome.failed, "requirement"),
        ("open", outcome.open, "requirement"),
    ):
        yield from (_ground(kind, ground, words, shell) for ground in grounds)
    yield from (
        Text(shell.text("table.closed_prize", prize=shell.text(f"prize.{prize}"))) for prize in outcome.barred_prizes
    )


def _ground(kind: str, ground: Ground, words: str, shell: Shell) -> Text:
    colour = _COLOURS["pending" if kind == "open" else "rejected"]
    return Text.assemble(
        (shell.text(f"table.{kind}"), colour), " ", ground.provision.citation, " ", shell.text(f"{words}.{ground.key}")
    )


def _counts(decision: Decision) -> dict[str, int]:
    return {status: sum(outcome.status == status for outcome in decision.applicants) for status in STATUSES}


def _readings(decision: Decision, shell: Shell) -> Iterator[RenderableType]:
    defaults = {key: reading.default for key, reading in readings(decision.city).items()}
    others = {key: choice for key, choice in decision.readings.items() if choice != defaults[key]}
    if others:
        yield Text(shell.text("table.readings_other"), style="bold magenta")
    for key, choice in others.items():
        label, line = shell.text(f"reading.{key}.label"), shell.text(f"reading.{key}.{choice}")
        yield Text(f"  {key}={choice}  {label}: {line}", style="magenta")
    same = ", ".join(f"{key}={choice}" for key, choice in decision.readings.items() if key not in others)
    yield Text(f"{shell.text('table.readings_default')} {same}", style="dim")


def _notes(decision: Decision, shell: Shell) -> Iterator[RenderableType]:
    if decision.notes:
        yield Text(shell.text("table.notes"), style="bold")
    for note in decision.notes:
        line = f"{visible(note.id)}  {visible(note.fact)}  {shell.text(f'note.{note.kind}')}"
        yield Padding(Text(line), (0, 0, 0, 2))
