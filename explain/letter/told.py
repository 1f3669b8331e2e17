"""The facts a letter tells, each once, in the order of time, with the documents they rest on; and what they lack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from engine.case import Evidence
from engine.facts import Fact, day, sentence
from engine.facts import text as fact_text
from engine.law import chinese
from engine.law import finder as declared
from engine.words import LANGUAGES, has, text
from explain.letter.basis import Basis, moment
from explain.letter.claims import Claim, claim, listed
from explain.letter.oneview import View

_DESCRIBED = frozenset({"offence", "award_misconduct", "complaint", "accident"})
"""What was done must be said in a final paper (`described`), not only how it is classed."""
_OWN = frozenset({"applicant", "applies_for", "submitted"})
"""Facts that the application itself, or the office's own receipt of it, shows."""


@dataclass(frozen=True)
class Piece:
    """A paper that is missing after the time for supplements: its ground and its name."""

    basis: Basis
    name: str


@dataclass
class Told:
    """The numbered facts of one letter; `lacks` is what keeps it a draft, in words."""

    claims: list[Claim] = field(default_factory=list)
    numbers: dict[Fact, int] = field(default_factory=dict)
    missing: int = 0
    lacks: list[str] = field(default_factory=list)

    def refer(self, facts: Iterable[Fact], lang: str) -> str:
        """第（一）项、第（三）项事实; empty where none of the facts is told."""
        numbers = sorted({self.numbers[fact] for fact in facts if fact in self.numbers})
        names = [text("letter.number", lang, number=_number(n, lang)) for n in numbers]
        key = "refer_several" if len(names) > 1 else "refer"
        return text(f"letter.{key}", lang, numbers=listed(names, lang)) if names else ""

    def first(self, facts: Iterable[Fact]) -> int:
        """The lowest number of these facts; 0 where none is told."""
        return min((self.numbers[fact] for fact in facts if fact in self.numbers), default=0)


def _number(number: int, lang: str) -> str:
    return chinese(number) if lang == "zh" else str(number)


def numbered(number: int, lang: str) -> str:
    """（一） in front of an entry."""
    return text("letter.entry", lang, number=_number(number, lang))


def told(
    seen: View,
    bases: Sequence[Basis],
    pieces: Sequence[Piece],
    you: str,
    lang: str,
    forwarded: bool = False,
    beside: Sequence[Fact] = (),
) -> Told:
    """The facts behind these grounds; the papers missing among them, at the day the time for them ended.

    `forwarded` says that others than the applicant send its papers in; `beside` are records to tell though no ground
    rests on them.
    """
    found = Told()
    grounds = {fact: basis for basis in bases for fact in (*basis.facts, *beside)}
    by = next((int(row[0]) for row in seen.rows("supplement_by")), 0)
    entries: list[tuple[tuple[int, str], Fact | None]] = [(_when(seen, fact), fact) for fact in grounds]
    if pieces:
        entries.append(((by or 99991230, "~"), None))
    for number, (_, fact) in enumerate(sorted(entries, key=lambda one: one[0]), 1):
        if fact is None:
            found.missing = number
            found.claims.append(_missing(seen, pieces, by, you, lang, found.lacks))
        else:
            found.numbers[fact] = number
            found.claims.append(_fact(seen, fact, grounds[fact], you, lang, found.lacks, forwarded))
    return found


def _when(seen: View, fact: Fact) -> tuple[int, str]:
    if fact.predicate == "finding" and (by := _finder(seen, fact)):
        return int(by.arguments[3]), fact_text(fact)
    return moment(fact)


def _finder(seen: View, fact: Fact) -> Fact | None:
    return next(
        (f for f in seen.facts if f.predicate == "finding_by" and f.arguments[1] == fact.arguments[1]),
        None,
    )


def _fact(
    seen: View, fact: Fact, basis: Basis, you: str, lang: str, lacks: list[str], forwarded: bool = False
) -> Claim:
    names = {seen.outcome.id: you}
    written = fact_text(fact)
    plain = sentence(fact, lang, names)
    stands = [fact]
    if fact.predicate == "finding":
        by = _finder(seen, fact)
        label = failing(basis, lang)
        if by is None:
            who = declared(str(fact.arguments[1]), lang)
            lacks.append(
                text("letter.lacks.finder_named" if who else "letter.lacks.finder", lang, topic=label, finder=who)
            )
            body = text(_of_topic("letter.found_open", fact, lang), lang, you=you, failing=label)
        else:
            _, _, finder, on, why = by.arguments
            stands.append(by)
            words = {"day": day(int(on), lang), "finder": finder, "facts": str(why).rstrip("。.")}
            body = text(_of_topic("letter.found", fact, lang), lang, you=you, failing=label, **words)
    elif fact.predicate == "submitted" and forwarded:
        names_ = {"day": day(int(fact.arguments[1]), lang), "last": day(seen.deadline, lang), "you": you}
        sender = next((f for f in seen.facts if f.predicate == "forwarded_by"), None)
        stands += [sender] if sender else []
        key = "letter.forwarded_by" if sender else "letter.forwarded"
        body = text(key, lang, **names_, **({"by": sender.arguments[1]} if sender else {}))
    else:
        described = next((f for f in seen.facts if f.predicate == "described" and f.arguments[0] == written), None)
        key = f"vocabulary.{fact.predicate}.described"
        if described is not None and has(key, lang):
            stands.append(described)
            body = sentence(fact, lang, names, described=str(described.arguments[1]))
        else:
            body = plain
            if fact.predicate in _DESCRIBED:
                lacks.append(text("letter.lacks.described", lang, fact=plain))
    sources = seen.evidence.get(written, ())
    if fact.predicate == "finding" and not sources and (by := _finder(seen, fact)):
        sources = seen.evidence.get(fact_text(by), ())
    named = [_source(one, lang) for one in sources if not placeholder(one.document)]
    if fact.predicate == "finding" and _finder(seen, fact) is None:
        return claim("fact", lang, stands, fact=body)
    if not named and fact.predicate not in _OWN and (fact.predicate != "finding" or not _finder(seen, fact)):
        lacks.append(text("letter.lacks.source", lang, fact=plain))
    key = "fact_sourced" if named else "fact"
    return claim(key, lang, stands, fact=body, source=text("letter.between_sources", lang).join(named))


def _of_topic(key: str, fact: Fact, lang: str) -> str:
    """The words of a finding: those of its topic where it has its own."""
    own = f"{key}_of.{fact.arguments[1]}"
    return own if has(own, lang) else key


def _source(one: Evidence, lang: str) -> str:
    number = "" if placeholder(one.number) else one.number
    return text("letter.source" if number else "letter.source_plain", lang, document=one.document, number=number)


@cache
def _empty_words() -> frozenset[str]:
    return frozenset(word.casefold() for lang in LANGUAGES for word in text("hint.placeholders", lang).split())


def placeholder(words: str) -> bool:
    """Whether a document's name or number only fills the place: 无, /, 待补 and the like."""
    return not words.strip() or words.strip().casefold() in _empty_words()


def failing(basis: Basis, lang: str) -> str:
    """What is wrong, in words that follow 你单位."""
    return text(f"requirement.{basis.ground.key}.not", lang)


def _missing(seen: View, pieces: Sequence[Piece], by: int, you: str, lang: str, lacks: list[str]) -> Claim:
    if not by:
        lacks.append(text("letter.lacks.supplement_by", lang))
    names = text("letter.semicolon", lang).join(dict.fromkeys(piece.name for piece in pieces))
    stands = [f for f in seen.facts if f.predicate in ("supplement_by", "evidence_closed")]
    key = "missing" if by else "missing_open"
    return claim(key, lang, stands, you=you, day=day(by, lang) if by else "", pieces=names)


def pieces(seen: View, bases: Iterable[Basis], lang: str) -> list[Piece]:
    """The papers that are missing, by the grounds that miss them."""
    return [Piece(b, piece(seen, b, lang)) for b in bases if b.overdue and not b.duty]


def piece(seen: View, basis: Basis, lang: str) -> str:
    """What a missing paper is called, with the years it is missing for.

    Where one is on file that proves nothing of the day that counts, the one that would is what is missing.
    """
    known = f"letter.piece.{basis.ground.key}"
    if has(known, lang):
        name = text(known, lang)
    else:
        name = text("letter.piece_other", lang, piece=text(f"requirement.{basis.ground.key}", lang))
    if basis.years:
        named = listed([text("letter.year", lang, year=year) for year in basis.years], lang)
        own = f"letter.piece_of_years_of.{basis.ground.key}"
        name = text(own if has(own, lang) else "letter.piece_of_years", lang, years=named, piece=name)
    if basis.judged and (basis.wanting or {}).get(lang):
        return text("letter.piece_by_then", lang, piece=name, by=by_then(seen, basis, lang))
    return name


def by_then(seen: View, basis: Basis, lang: str) -> str:
    """The day by which a ground is judged, with what it is called: 申报截止日（2025年9月30日）."""
    label = text("letter.deadline" if basis.judged == seen.deadline else "letter.own_day", lang)
    return text("letter.by_then", lang, label=label, last=day(basis.judged, lang))
