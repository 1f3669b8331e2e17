"""A decision as a table that a person reads at a glance: a line an applicant, its grounds below it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from operator import attrgetter

from desk.shell import Shell
from desk.text.rows import MANY, columns, row
from engine.answers import STATUSES, WITHDRAWN, Decision, Ground, Outcome
from engine.facts import day_text, sentence, text
from engine.law import readings, statute, unencoded
from engine.words import padded, visible, width, wrap

_COLOURS = {"eligible": "green", "pending": "yellow", "rejected": "red", WITHDRAWN: "cyan"}
_KINDS = {"barred": "red", "failed": "red", "open": "yellow"}
_INDENT = 4
_FIRST = 12


def table(decision: Decision, shell: Shell, *, every: bool = False) -> Iterator[str]:
    """Heading, applicants, counts, readings in force, notes; many applicants are summarized unless `every` is given."""
    title, day = statute(decision.city).title, day_text(decision.deadline)
    yield shell.paint(shell.text("table.title", title=title, round=decision.round, deadline=day), bold=True)
    yield ""
    few = every or len(decision.applicants) <= MANY
    yield from _applicants(decision, shell) if few else _summary(decision, shell)
    counts = {status: sum(outcome.status == status for outcome in decision.applicants) for status in STATUSES}
    yield ""
    count = shell.text("table.count", total=len(decision.applicants), **counts)
    if withdrawn := sum(outcome.status == WITHDRAWN for outcome in decision.applicants):
        count += shell.text("table.count_withdrawn", number=withdrawn)
    yield from (shell.paint(line, bold=True) for line in wrap(count, shell.columns))
    yield from in_force(decision.city, decision.readings, shell)
    yield from not_checked(decision.city, "decide", shell)
    if few:
        yield from _notes(decision, shell)
    elif decision.notes:
        yield shell.text("table.notes_many", count=len(decision.notes))


def _applicants(decision: Decision, shell: Shell) -> Iterator[str]:
    names = [(outcome.id, outcome.name or "") for outcome in decision.applicants]
    words = {o.id: shell.text(f"status.{o.status}") + waiting(o, shell) for o in decision.applicants}
    widths = columns(names, words.values(), shell)
    for outcome in decision.applicants:
        paint = partial(shell.paint, colour=_COLOURS[outcome.status], bold=True)
        yield from row(outcome.id, outcome.name or "", words[outcome.id], widths, shell, paint=paint)
        yield from _grounds(outcome, shell)


def _summary(decision: Decision, shell: Shell) -> Iterator[str]:
    """How many have each ground, and the first of each status: what a person can take in of thousands."""
    yield from _block(shell.text("table.many", count=len(decision.applicants)), shell)
    found = Counter(
        (kind, ground.provision, ground.key, ground in outcome.overdue)
        for outcome in decision.applicants
        for kind in _KINDS
        for ground in {(g.provision, g.key): g for g in getattr(outcome, kind)}.values()
    )
    for kind, colour in _KINDS.items():
        rows = sorted((*place, number) for (of, *place), number in found.items() if of == kind)
        citations = max((width(provision.citation) for provision, *_ in rows), default=0)
        if rows:
            yield shell.paint(shell.text(f"table.{kind}"), colour, bold=True)
        for provision, key, overdue, number in rows:
            lead = f"  {number:>6}  {padded(provision.citation, citations)}  "
            first, *rest = wrap(_label(kind, key, overdue, shell), shell.columns - width(lead))
            yield lead + first
            yield from (" " * width(lead) + line for line in rest)
    for status in _COLOURS:
        ids = [visible(outcome.id) for outcome in decision.applicants if outcome.status == status]
        if ids:
            some = ", ".join(ids[:_FIRST]) + (", …" if len(ids) > _FIRST else "")
            yield from _block(f"{shell.text(f'status.{status}')} {len(ids)}: {some}", shell)


def _grounds(outcome: Outcome, shell: Shell) -> Iterator[str]:
    rows = [
        (kind, provision.citation, _labels(kind, outcome, same, shell))
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


def _labels(kind: str, outcome: Outcome, grounds: Iterable[Ground], shell: Shell) -> str:
    told = (_label(kind, ground.key, ground in outcome.overdue, shell) for ground in grounds)
    return shell.text("table.and").join(told)


def _label(kind: str, key: str, overdue: bool, shell: Shell) -> str:
    """A ground by what is wrong; what is open, or a paper missing in the end, by what is asked for."""
    if kind == "barred":
        return shell.text(f"ground.{key}")
    named = shell.text(f"requirement.{key}")
    if kind == "open":
        return named
    return shell.text("table.overdue", label=named) if overdue else shell.text(f"requirement.{key}.not")


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


def not_checked(city: str, question: str, shell: Shell) -> Iterator[str]:
    """What the regulation decides and its rules do not carry out; nothing where all is."""
    for one in unencoded(city, question):
        yield from (shell.paint(line, "yellow") for line in wrap(one.words(shell.lang), shell.columns))


def _notes(decision: Decision, shell: Shell) -> Iterator[str]:
    if decision.notes:
        yield shell.text("table.notes")
    noted = {note.id for note in decision.notes}
    facts = {text(fact): fact for fact in decision.case.facts if fact.arguments and fact.arguments[0] in noted}
    for note in decision.notes:
        # A note may be about somebody of whom the fact is missing: its name then stands for the sentence.
        fact = facts.get(note.fact)
        yield f"  {visible(sentence(fact, shell.lang) if fact else note.id)}"
        yield from (f"    {line}" for line in _block(shell.text(f"note.{note.kind}"), shell))


def _block(words: str, shell: Shell) -> list[str]:
    return wrap(words, shell.columns - _INDENT)
