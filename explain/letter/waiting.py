"""What was still open when the list was published: what was not there, whose act it is, and that nothing was found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from engine.answers import Ground
from engine.facts import day
from engine.law import Provision, Statute
from engine.words import has, text
from explain.letter import quotes
from explain.letter.basis import Basis
from explain.letter.claims import Claim, claim
from explain.letter.oneview import View
from explain.letter.told import piece


def missing(seen: View, bases: Sequence[Basis], day_of_list: int, you: str, lang: str) -> list[Claim]:
    """What was not there on the day of the list."""
    told = [_missing(seen, basis, you, lang) for basis in bases]
    joined = text("letter.semicolon", lang).join(dict.fromkeys(told))
    stands = [f for f in seen.facts if f.predicate in ("notice", "submitted", "round")]
    provisions = [basis.ground.provision for basis in bases]
    return [claim("open.as_of", lang, stands, provisions, day=day(day_of_list, lang), pieces=joined)]


def _missing(seen: View, basis: Basis, you: str, lang: str) -> str:
    key = basis.ground.key
    name = piece(key, basis.years, lang)
    submitted = next((int(row[1]) for row in seen.rows("submitted")), 0)
    if key == "in_time":
        found = "in_time" if submitted else "in_time_unknown"
        return text(f"letter.open.{found}", lang, you=you, day=day(submitted, lang), last=day(seen.deadline, lang))
    if key == "internal_notice" and basis.actor == "authority":
        return text("letter.open.internal_notice_disputed", lang, you=you)
    if has(f"letter.open.{key}", lang):
        return text(f"letter.open.{key}", lang, you=you)
    if basis.actor == "finding":
        topic = f"vocabulary.choices.topic.{basis.topic}"
        name = text(topic, lang) if has(topic, lang) else name
    return text(f"letter.open.{basis.actor}", lang, you=you, piece=name)


def reasons(law: Statute, bases: Sequence[Basis], you: str, lang: str) -> list[list[Claim]]:
    """The provisions that ask for it, and whose act it is."""
    ordered = sorted(bases, key=lambda b: (b.ground.provision, b.ground.key))
    paragraphs = []
    for place, rows in groupby(ordered, key=lambda b: b.ground.provision[:2]):
        same = list(rows)
        head = Provision(*place)
        words = quotes.quoted(law, [b.ground.provision for b in same], [b.ground.key for b in same])
        provisions = [b.ground.provision for b in same]
        paragraphs.append([claim("quote", lang, (), provisions, article=head.citation, words=words)])
    return [*paragraphs[:-1], [*paragraphs[-1], _act(ordered, you, lang)]]


def _act(bases: Sequence[Basis], you: str, lang: str) -> Claim:
    own = [piece(b.ground.key, b.years, lang) for b in bases if b.actor == "own"]
    key = "act_own" if len(own) == len(bases) else "act_mixed" if own else "act_others"
    provisions = [b.ground.provision for b in bases]
    return claim(f"open.{key}", lang, (), provisions, you=you, own=text("letter.and", lang).join(own))


def conclusion(grounds: Sequence[Ground], you: str, lang: str) -> list[Claim]:
    """Not on the list for what was open; nothing was found against the applicant."""
    provisions = [ground.provision for ground in grounds]
    return [claim("open.conclusion", lang, (), provisions, you=you), claim("open.nothing_found", lang, you=you)]
