"""Two versions of a regulation side by side: words, classes, points, and the cases that come out otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.checks import Coverage
from audit.encoding import QUESTIONS, Encoding, Rule, asking
from audit.page.points import clauses
from audit.page.sections import anchor
from audit.tables import Verdict, difference_words, key_of, versus
from audit.words import plain_words
from engine.law import Provision, rule_file
from engine.words import pieces, text

Pieces = tuple[tuple[bool, str], ...]
"""Words in pieces, each with whether the other version has them otherwise."""


@dataclass(frozen=True)
class Moved:
    """A case that the two versions decide differently: its id, the case in words, the outcome then and now."""

    id: str
    words: str
    before: str
    now: str


@dataclass(frozen=True)
class Changed:
    """A provision that differs: words and class of either version, the points that only one of them has, its cases."""

    citation: str
    before: Pieces
    now: Pieces
    classes: tuple[str, str]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    cases: tuple[Moved, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return (
            not (any(differs for differs, _ in (*self.before, *self.now)) or self.gone or self.new or self.cases)
            and len({*self.classes}) == 1
        )


@dataclass(frozen=True)
class Versions:
    """What differs, by the provision's place on the page; what only the other version has; the rest."""

    name: str
    tried: int
    changed: Mapping[str, Changed]
    only_there: tuple[Changed, ...]
    shared: Changed | None

    @property
    def moved(self) -> int:
        """How many cases come out otherwise."""
        whole = (*self.changed.values(), *([self.shared] if self.shared else []))
        return len({case.id for one in whole for case in one.cases})


def versions(
    found: Coverage, other: Encoding, name: str, before: Sequence[Verdict], now: Sequence[Verdict], lang: str
) -> Versions:
    """Another version, called by a name, beside this one.

    `before` is what the other says of each case, `now` what this one does.
    """
    known = {key_of(verdict.example): verdict for verdict in before}
    pairs = {key_of(each.example): (known[key_of(each.example)], each) for each in now if key_of(each.example) in known}
    moved = {key: _moved(found.encoding, *pair, lang) for key, pair in pairs.items() if not versus(*pair).agrees}
    there, filed, changed = other.statute.words, set[tuple[str, str]](), {}
    for row in found.rows:
        own = [key_of(case) for case in row.cases if key_of(case) in moved]
        filed |= {*own}
        sides = _changed(found.encoding, other, row.provision, (there.get(row.provision, ""), row.words), lang)
        one = Changed(*sides, tuple(moved[key] for key in own))
        if not one.same:
            changed[anchor("p", row.provision)] = one
    gone = [provision for provision in there if provision not in found.encoding.statute.words]
    only = (Changed(*_changed(found.encoding, other, one, (there[one], ""), lang), ()) for one in gone)
    rest = Changed("", (), (), ("", ""), *_shared(found.encoding, other, lang),
                   tuple(moved[key] for key in moved if key not in filed))  # fmt: skip
    return Versions(name, len(pairs), changed, tuple(only), None if rest.same else rest)


def _moved(encoding: Encoding, old: Verdict, new: Verdict, lang: str) -> Moved:
    words = difference_words(asking(encoding, QUESTIONS[old.question]), versus(old, new), lang)
    return Moved(new.example.id, *words)


def _changed(
    encoding: Encoding, other: Encoding, provision: Provision, words: tuple[str, str], lang: str
) -> tuple[str, Pieces, Pieces, tuple[str, str], tuple[str, ...], tuple[str, ...]]:
    before, now = _compared(*words)
    gone, new = (_points(one, provision, lang) for one in (other, encoding))
    return (
        provision.citation, before, now, (_category(other, provision), _category(encoding, provision)),
        tuple(each for each in gone if each not in new), tuple(each for each in new if each not in gone),
    )  # fmt: skip


def _compared(before: str, now: str) -> tuple[Pieces, Pieces]:
    """Both in pieces, those that differ marked."""
    old, new = [], []
    for was, one in pieces(before, now):
        old += [(was != one, was)] if was else []
        new += [(was != one, one)] if one else []
    return tuple(old), tuple(new)


def _category(encoding: Encoding, provision: Provision) -> str:
    blocks = rule_file(encoding.paths[1]).blocks
    return next((block.category for block in blocks if block.provision == provision), "")


def _points(encoding: Encoding, provision: Provision, lang: str) -> list[str]:
    """What the rules of a provision say, a line each."""
    rules = [rule for rule in encoding.rules if rule.provision == provision]
    return list(dict.fromkeys(_lines(encoding, rules, lang)))


def _lines(encoding: Encoding, rules: Sequence[Rule], lang: str) -> Iterator[str]:
    for clause in clauses(encoding, rules, lang):
        for label, said in clause.parts:
            for words in said:
                if clause.heading:
                    yield text("audit.page.point", lang, heading=clause.heading, label=label, words=words)
                else:
                    yield words


def _shared(encoding: Encoding, other: Encoding, lang: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rules of no single provision that only one version has, of all questions, in words."""
    told: list[set[str]] = []
    for one in (other, encoding):
        wholes = [asking(one, question) for question in QUESTIONS.values()]
        told.append({rule.parsed.text for whole in wholes for rule in whole.rules if rule.provision is None})
    then, now = told
    return tuple(_worded(other, then - now, lang)), tuple(_worded(encoding, now - then, lang))


def _worded(encoding: Encoding, texts: set[str], lang: str) -> Iterator[str]:
    for question in QUESTIONS.values() if texts else ():
        whole = asking(encoding, question)
        for rule in whole.rules:
            if rule.provision is None and rule.parsed.text in texts:
                texts.discard(rule.parsed.text)
                yield plain_words(whole, lang).rule(rule)
