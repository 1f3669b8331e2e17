"""Lawful changes, and the grounds they cure or leave, in words."""

from __future__ import annotations

from collections.abc import Mapping

from engine.answers import Ground, Outcome
from engine.facts import words
from engine.words import has, text
from explain.change.corrections import Change


def who(change: Change, lang: str) -> str:
    """Who or what brings a change about, in a word."""
    return text(f"change.{change.kind}", lang)


def sentence(change: Change, lang: str, names: Mapping[str, str] | None = None) -> str:
    """A change as an instruction without a full stop."""
    fact = change.after or change.before
    assert fact is not None
    first = change.kind == "hand_in" and has(f"change.first.{fact.predicate}", lang)
    table = "proof" if change.kind == "prove" else "first" if first else "fact"
    return text(f"change.{table}.{fact.predicate}", lang, **words(fact, lang, names))


def named(outcome: Outcome, ground: Ground, lang: str, awaited: bool = False) -> str:
    """A ground by what is wrong; what is open by what is asked for and who must act.

    `outcome` is today's; `awaited` says that others must settle the ground, where it is none of today's.
    """
    place = (ground.provision, ground.key)
    barred = {(g.provision, g.key) for g in outcome.barred}
    requirement = f"requirement.{ground.key}"
    if place in barred or not has(requirement, lang):
        return text(f"ground.{ground.key}", lang)
    if ground in outcome.open or awaited:
        actor = outcome.actor(ground) if ground in outcome.open else "finding"
        return text(f"change.ground.{actor}", lang, label=text(requirement, lang))
    if ground in outcome.overdue:
        return text("change.ground.overdue", lang, label=text(requirement, lang))
    return text(f"{requirement}.not", lang)
