"""What was still open when the list was published: what was not there, whose act it is, and that nothing was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from engine.answers import Ground
from engine.facts import day
from engine.law import Provision, Statute, chinese, finder
from engine.words import has, text
from explain.letter import quotes
from explain.letter.basis import Basis
from explain.letter.claims import Claim, claim, item
from explain.letter.oneview import View
from explain.letter.told import by_then, piece

_NOTICE = "_notice"


@dataclass(frozen=True)
class Open:
    """What was not there: the sentence, whose act it is (`own`, `finding`, `authority`), the grounds."""

    actor: str
    words: str
    bases: tuple[Basis, ...]


def missing(seen: View, law: Statute, bases: Sequence[Basis], you: str, lang: str) -> list[Open]:
    """What was not there on the day of the list, by who acts: the applicant's papers, findings, acts of authorities."""
    ordered = sorted(bases, key=lambda b: _order(law, b))
    own = [b for b in ordered if b.actor == "own"]
    judged = [b for b in ordered if b.actor == "finding" and not has(f"letter.open.{b.ground.key}", lang)]
    found = []
    if own:
        names = dict.fromkeys(piece(seen, b, lang) for b in own)
        key = "own" if len(names) == 1 else "own_several"
        pieces = text("letter.semicolon", lang).join(names)
        found.append(Open("own", text(f"letter.open.{key}", lang, you=you, pieces=pieces), tuple(own)))
    if judged:
        parts = text("letter.and", lang).join(_judged(law, judged, lang))
        words = text("letter.open.finding", lang, you=you, parts=parts)
        found.append(Open("finding", words, tuple(judged)))
    rest = [b for b in ordered if b not in own and b not in judged]
    return found + [Open(b.actor, _other(seen, b, you, lang), (b,)) for b in rest]


def _order(law: Statute, basis: Basis) -> tuple[Provision, int, str]:
    """The order of the text."""
    places = [one.place for one in quotes.resting(law, basis.ground.provision, basis.ground.key)]
    return basis.ground.provision, min(places, default=0), basis.ground.key


def _judged(law: Statute, bases: Sequence[Basis], lang: str) -> list[str]:
    """What is to be found, provision by provision: 第八条第（二）项“…”“…”, 第（三）项“…”."""
    parts, article = list[str](), (0, 0)
    for provision, same in groupby(bases, key=lambda b: b.ground.provision):
        rows = list(same)
        found = [quotes.condition(quotes.resting(law, provision, b.ground.key)) for b in rows]
        words = "".join(text("letter.quotation", lang, words=one) for one in dict.fromkeys(found) if one)
        words += _by([b.topic for b in rows], lang)
        cited = provision.citation if provision[:2] != article else item(provision)
        article = provision[:2]
        parts.append(text("letter.open.judged", lang, citation=cited, words=words))
    return parts


def _by(topics: Sequence[str], lang: str) -> str:
    """Who finds it, in brackets, where the text says who."""
    named = dict.fromkeys(by for topic in topics if (by := finder(topic, lang)))
    return text("letter.open.by", lang, finder=text("letter.and", lang).join(named)) if named else ""


def _other(seen: View, basis: Basis, you: str, lang: str) -> str:
    key = basis.ground.key
    submitted = next((int(row[1]) for row in seen.rows("submitted")), 0)
    if key == "in_time":
        found = "in_time" if submitted else "in_time_unknown"
        return text(f"letter.open.{found}", lang, you=you, day=day(submitted, lang), last=day(seen.deadline, lang))
    if key.endswith(_NOTICE):
        return _notice(seen, basis, you, lang)
    if has(f"letter.open.{key}", lang):
        return text(f"letter.open.{key}", lang, you=you)
    return text("letter.open.authority", lang, you=you, piece=text(f"requirement.{key}", lang))


def _notice(seen: View, basis: Basis, you: str, lang: str) -> str:
    """What a notice on file lacks, limb by limb: days, its end, an answer to an objection; or that there is none."""
    key, said = basis.ground.key, list[str]()
    begun = [row for row in seen.rows(key) if int(row[1]) <= (basis.judged or seen.deadline)]
    contested = [row for row in seen.rows("objection") if row[1:] == (key.removesuffix(_NOTICE), "pending")]
    if begun:
        said += (basis.wanting or {}).get(lang, ())
    elif seen.rows(key):
        said.append(text(f"letter.open.{key}_later", lang, you=you, by=by_then(seen, basis, lang)))
    else:
        said.append(text(f"letter.open.{key}", lang, you=you))
    if contested:
        said.append(text(f"letter.open.{key}_disputed", lang, you=you))
    return text("letter.semicolon", lang).join(said)


def told(seen: View, found: Sequence[Open], day_of_list: int, lang: str) -> list[Claim]:
    """The sentences: one alone, or an opening and an entry each."""
    stands = [f for f in seen.facts if f.predicate in ("notice", "submitted", "round")]
    on = day(day_of_list, lang)
    if len(found) == 1:
        provisions = [b.ground.provision for b in found[0].bases]
        return [claim("open.as_of", lang, stands, provisions, day=on, found=found[0].words)]
    return [
        claim("open.as_of_several", lang, stands, day=on),
        *(claim("open.entry", lang, stands, [b.ground.provision for b in one.bases], found=one.words) for one in found),
    ]


def reasons(law: Statute, found: Sequence[Open], you: str, lang: str) -> list[list[Claim]]:
    """The provisions that ask for it, and whose act it is."""
    ordered = sorted((b for one in found for b in one.bases), key=lambda b: _order(law, b))
    paragraphs = []
    for place, rows in groupby(ordered, key=lambda b: b.ground.provision[:2]):
        same = list(rows)
        head = Provision(*place)
        wanted = [(b.ground.provision, quotes.resting(law, b.ground.provision, b.ground.key)) for b in same]
        words = quotes.quoted(law, wanted)
        provisions = [b.ground.provision for b in same]
        paragraphs.append([claim("quote", lang, (), provisions, article=head.citation, words=words)])
    return [*paragraphs[:-1], [*paragraphs[-1], _act(found, you, lang)]]


def _act(found: Sequence[Open], you: str, lang: str) -> Claim:
    mine = [one for one in found if one.actor == "own"]
    key = "act_own" if len(mine) == len(found) else "act_mixed" if mine else "act_others"
    provisions = [b.ground.provision for one in found for b in one.bases]
    entry = text("letter.number", lang, number=chinese(1) if lang == "zh" else 1)
    return claim(f"open.{key}", lang, (), provisions, you=you, entry=entry)


def conclusion(grounds: Sequence[Ground], you: str, lang: str) -> list[Claim]:
    """Not on the list for what was open; nothing was found against the applicant."""
    provisions = [ground.provision for ground in grounds]
    return [claim("open.conclusion", lang, (), provisions, you=you), claim("open.nothing_found", lang, you=you)]
