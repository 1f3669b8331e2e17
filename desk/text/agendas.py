"""The agenda of a round in words: one wording for the terminal and for the first page of a round's folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.words import has, text

if TYPE_CHECKING:
    from desk.shell import Shell
    from engine.answers import Act, Agenda, Due, LawStep
    from engine.case import Case

_NAMED = 3
_ABOUT_STEP = ("hold_stage", "publish_list", "list_runs")
"""Acts that are about a step, not about anybody."""
_CUSTOM = ("supplements", "supplements_over", "tell_reasons")
"""Acts that a text may not know."""


def agenda_lines(found: Agenda, shell: Shell) -> Iterator[str]:
    """Heading, the steps with their state, what is to be done, who is still open."""
    from engine.facts import day
    from engine.law import statute
    from engine.words import padded, visible, width, wrap

    case = found.case
    title = statute(case.city).title
    told = {"title": title, "round": case.round, "day": day(found.as_of, shell.lang)}
    yield shell.paint(shell.text("agenda.title", **told), bold=True)
    yield shell.paint(steps_title(found.steps, shell.lang), bold=True)
    steps = max((width(step_words(step, shell.lang)) for step in found.steps), default=0) + 2
    for step in found.steps:
        state = shell.text(f"agenda.state.{step.state}")
        colour = {"now": "cyan", "next": "cyan", "unrecorded": "yellow"}.get(step.state)
        columns = ((state, 10), (step_words(step, shell.lang), steps), (cited(step, shell.lang), 16))
        words = "  " + "".join(padded(one, wide) for one, wide in columns)
        yield (shell.paint(words, colour) if colour else words) + span(step, shell.lang)
    yield shell.paint(shell.text("agenda.acts"), bold=True)
    if not found.acts:
        yield "  " + shell.text("agenda.nothing")
    for act in found.acts:
        line = "　".join(filter(None, (due(act, shell.lang), act_words(act, found, shell.lang))))
        tail = "　".join(
            filter(None, (who(act, found, shell.lang), cited(act, shell.lang), waits(act, found, shell.lang)))
        )
        yield from (f"  {one}" for one in wrap(visible(line), shell.columns - 2))
        yield from (f"      {one}" for one in wrap(visible(tail), shell.columns - 6))
    if found.open:
        yield from wrap(visible(open_words(found, shell.lang)), shell.columns)


def steps_title(steps: Sequence[LawStep], lang: str) -> str:
    """What stands above the steps: that the text prescribes them, where it does so of each of its stages."""
    from engine.facts import terms_of

    stages = terms_of("stage")
    prescribed = all(step.provision for step in steps if step.key in stages)
    return text("agenda.steps" if prescribed else "agenda.steps_usual", lang)


def step_words(step: LawStep, lang: str) -> str:
    """What a step is called."""
    return _step(step.key, lang)


def _step(key: str, lang: str) -> str:
    """A step by its name; that a list of the text's own is made public is said."""
    from engine.facts import own_lists

    words = text(f"agenda.step.{key}", lang)
    whole = key not in own_lists() or words.endswith(text("paper.list_notice.suffix", lang))
    return words if whole else text("paper.filed.list", lang, list=words)


def span(step: LawStep, lang: str) -> str:
    """The days of a step that are on file."""
    from engine.facts import OPEN, day

    if not step.first:
        return day(step.last, lang) if step.last else ""
    if step.last == OPEN:
        return text("agenda.since", lang, first=day(step.first, lang))
    if step.first == step.last:
        return day(step.first, lang)
    return text("agenda.span", lang, first=day(step.first, lang), last=day(step.last, lang))


def cited(of: LawStep | Act, lang: str) -> str:
    """The provision; that the text has none where an act is the office's own custom."""
    if of.provision:
        return of.provision.citation
    return text("agenda.practice", lang) if getattr(of, "kind", "") in _CUSTOM else ""


def due(act: Act, lang: str) -> str:
    """By when, with the working days left."""
    from engine.facts import day

    if not act.day:
        return text("agenda.no_day", lang)
    if act.left is None:
        return day(act.day, lang)
    key = "left" if act.left > 0 else "today" if act.left == 0 else "over"
    brackets = "（{}）" if lang == "zh" else " ({})"
    return day(act.day, lang) + brackets.format(text(f"agenda.{key}", lang, days=abs(act.left)))


def act_words(act: Act, found: Agenda, lang: str) -> str:
    """What is to be done, with the names of whom it is about."""
    stage = text(f"agenda.step.{act.ids[0]}", lang) if act.kind in _ABOUT_STEP else ""
    words = text(f"agenda.act.{act.kind}", lang, names=_names(act.ids, found, lang), stage=stage)
    return words + _finders(act, lang)


def _finders(act: Act, lang: str) -> str:
    """Who finds what, where the text says it."""
    from engine.law import finder

    told = (
        text("agenda.finder", lang, topic=text(f"vocabulary.choices.topic.{one}", lang), finder=finder(one, lang))
        for one, _ in act.finders
    )
    return text("agenda.finders", lang, finders=text("agenda.and", lang).join(told)) if act.finders else ""


def who(act: Act, found: Agenda, lang: str) -> str:
    """Who acts; the office by its name where the case has it."""
    office = next((str(row[0]) for row in found.case.rows("office")), "")
    return office if act.who == "office" and office else text(f"agenda.who.{act.who}", lang)


def waits(act: Act, found: Agenda, lang: str) -> str:
    """What an act waits for: applicants by name, departments as they are called."""
    return text("agenda.waits", lang, waits=_names(act.waits, found, lang)) if act.waits else ""


def open_words(found: Agenda, lang: str) -> str:
    """Who still has something open."""
    return text("agenda.open", lang, names=_names(found.open, found, lang))


def falls_due(entry: Due, case: Case, lang: str) -> str:
    """Something that becomes due, as a sentence."""
    from engine.facts import PREDICATES, Field, choice
    from engine.words import visible

    name = case.names.get(entry.id, entry.id)
    field: Field = next(f for f in PREDICATES["certificate"].fields if f.name == "kind")
    what = text(f"prize.{entry.what}", lang) if entry.round else choice(field, entry.what, lang)
    return text(f"watch.{entry.kind}", lang, name=visible(name), what=what, round=entry.round, first=entry.first_round)


def _names(ids: Sequence[str], found: Agenda, lang: str) -> str:
    known = {str(id): str(name) for id, name in found.case.rows("name")}
    told = [known.get(id, text(f"agenda.step.{id}", lang) if has(f"agenda.step.{id}", lang) else id) for id in ids]
    joined = text("agenda.and", lang).join(told[:_NAMED])
    return text("agenda.others", lang, names=joined, number=len(told)) if len(told) > _NAMED else joined
