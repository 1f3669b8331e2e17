"""A decision as a table that a person reads at a glance: a line an applicant, its grounds below it."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from desk.shell import Shell
from engine.answers import STATUSES, Decision, Ground, Outcome
from engine.facts import day_text, sentence, text
from engine.law import readings, statute
from engine.words import padded, visible, width, wrap

_COLOURS = {"eligible": "green", "pending": "yellow", "rejected": "red"}
_KINDS = {"barred": "red", "failed": "red", "open": "yellow"}
_INDENT = 4


def table(decision: Decision, shell: Shell) -> Iterator[str]:
    """Heading, applicants, counts, readings in force, notes."""
    title, day = statute(decision.city).title, day_text(decision.deadline)
    yield shell.paint(shell.text("table.title", title=title, round=decision.round, deadline=day), bold=True)
    yield ""
    names = {outcome.id: (visible(outcome.id), visible(outcome.name or "")) for outcome in decision.applicants}
    first = max((width(id) for id, _ in names.values()), default=0)
    second = max((width(name) for _, name in names.values()), default=0)
    for outcome in decision.applicants:
        id, name = names[outcome.id]
        status = shell.paint(shell.text(f"status.{outcome.status}"), _COLOURS[outcome.status], bold=True)
        yield f"{padded(id, first)}  {padded(name, second)}  {status}{waiting(outcome, shell)}"
        yield from _grounds(outcome, shell)
    counts = {status: sum(outcome.status == status for outcome in decision.applicants) for status in STATUSES}
    yield ""
    yield shell.paint(shell.text("table.count", total=len(decision.applicants), **counts), bold=True)
    yield from in_force(decision.city, decision.readings, shell)
    yield from _notes(decision, shell)


def _grounds(outcome: Outcome, shell: Shell) -> Iterator[str]:
    rows = [
        (kind, provision.citation, shell.text("table.and").join(_label(kind, outcome, ground, shell) for ground in same))
        for kind in _KINDS
        for provision, same in groupby(getattr(outcome, kind), key=attrgetter("provision"))
    ]
    kinds = max(width(shell.text(f"table.{kind}")) for kind in _KINDS)
    citations = max((width(citation) for _, citation, _ in rows), default=0)
    for kind, citation, words in rows:
        lead = _INDENT + kinds + 2 + citations + 2
        label = padded(shell.text(f"table.{kind}"), kinds)
        line, *rest = wrap(words, shell.columns - lead)
        yield f"{' ' * _INDENT}{shell.paint(label, _KINDS[kind])}  {padded(citation, citations)}  {line}"
        yield from (" " * lead + line for line in rest)
    for prize in outcome.barred_prizes:
        yield " " * _INDENT + shell.text("table.closed_prize", prize=shell.text(f"prize.{prize}"))


def _label(kind: str, outcome: Outcome, ground: Ground, shell: Shell) -> str:
    """A ground by what is wrong; what is open, or a paper missing in the end, by what is asked for."""
    if kind == "barred":
        return shell.text(f"ground.{ground.key}")
    named = shell.text(f"requirement.{ground.key}")
    if kind == "open":
        return named
    if ground in outcome.overdue:
        return shell.text("table.overdue", label=named)
    return shell.text(f"requirement.{ground.key}.not")


def waiting(outcome: Outcome, shell: Shell) -> str:
    """What is open, counted by who acts: （材料8 · 认定9）; nothing where nothing is open."""
    actors = [outcome.actor(ground) for ground in outcome.open]
    counts = [(actor, actors.count(actor)) for actor in ("own", "finding", "authority") if actor in actors]
    told = shell.text("table.open_and").join(shell.text(f"table.open_{actor}", number=n) for actor, n in counts)
    return shell.text("table.open_counts", counts=told) if counts else ""


def in_force(city: str, chosen: Mapping[str, str], shell: Shell) -> Iterator[str]:
    """Those other than the default first, in words; the rest by key."""
    defaults = {key: reading.default for key, reading in readings(city).items()}
    others = {key: choice for key, choice in chosen.items() if choice != defaults[key]}
    if others:
        yield shell.paint(shell.text("table.readings_other"), "magenta", bold=True)
    for key, choice in others.items():
        words = shell.text("table.reading_other", key=key, choice=choice, label=shell.text(f"reading.{key}.label"))
        yield from (shell.paint(f"  {line}", "magenta") for line in _block(words, shell))
        yield from (f"    {line}" for line in _block(shell.text(f"reading.{key}.{choice}"), shell))
    same = " ".join(f"{key}={choice}" for key, choice in chosen.items() if key not in others)
    yield shell.text("table.readings_default")
    yield from (shell.paint(f"  {line}", dim=True) for line in _block(same, shell))


def _notes(decision: Decision, shell: Shell) -> Iterator[str]:
    if decision.notes:
        yield shell.text("table.notes")
    noted = {note.id for note in decision.notes}
    facts = {text(fact): fact for fact in decision.case.facts if fact.arguments and fact.arguments[0] in noted}
    for note in decision.notes:
        yield f"  {visible(sentence(facts[note.fact], shell.lang))}"
        yield from (f"    {line}" for line in _block(shell.text(f"note.{note.kind}"), shell))


def _block(words: str, shell: Shell) -> list[str]:
    return wrap(words, shell.columns - _INDENT)
