"""Two encodings side by side: the dossiers they decide differently, what each says, the provisions it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from audit.checks import Witness, compare
from audit.encoding import Encoding, encoding, seal
from audit.page import clauses
from audit.tables import outcome_words, question
from engine.facts import day_text
from engine.law import Provision
from engine.words import LANGUAGES, visible
from web.inquiries.placed import beside, elsewhere
from web.inquiries.seals import difference, sealed

_ART = re.compile(r"art\(\d+,\d+,\d+\)")


def encodings_compared(one: str, files: Mapping[str, str], other: str, more: Mapping[str, str]) -> dict[str, Any]:
    """The least dossier for each difference between two regulations, and within which bounds there is no other.

    `files` and `more` are those of regulations begun on the desk, empty for what comes with the program. `sides` hold
    title and cited provisions (words, points); `changed` the provisions whose words or rules differ, for two versions
    of one regulation.
    """
    if files or more:
        begun = {name: some for name, some in ((one, files), (other, more)) if some}
        return dict(elsewhere("encodings_compared", begun, one, {}, other, {}))
    with beside(one, "") as first, beside(other, "") as second:
        old, new = encoding(first), encoding(second)
        found = compare(old, new)
        return {
            "sides": [_side(old, [w.old for w in found.witnesses]), _side(new, [w.new for w in found.witnesses])],
            "witnesses": [_witness(each) for each in found.witnesses],
            "changed": list(_changed(old, new)) if old.city == new.city else [],
            "deadlines": [day_text(day) for day in found.deadlines],
            "bounds": dict(found.bounds),
        }  # fmt: skip


def _witness(one: Witness) -> dict[str, Any]:
    return {
        "words": {
            lang: visible(question(one.dossier, one.base, lang, beside=one.beside)) for lang in LANGUAGES
        },
        "deadline": day_text(one.dossier.deadline),
        "outcomes": [{lang: visible(outcome_words(each, lang)) for lang in LANGUAGES} for each in (one.old, one.new)],
        "cited": [_cited(each) for each in (one.old, one.new)],
    }  # fmt: skip


def _cited(shown: Iterable[str]) -> list[str]:
    """The provisions that an outcome rests on, as addresses (`8-0-1`)."""
    found = {Provision.parse(each) for atom in shown for each in _ART.findall(atom)}
    return ["-".join(map(str, each)) for each in sorted(found)]


def _side(subject: Encoding, shown: Iterable[Iterable[str]]) -> dict[str, Any]:
    """A regulation's title, and of every provision that an outcome rests on the words and the points."""
    wanted = {at for each in shown for at in _cited(each)}
    provisions = {}
    for at in sorted(wanted):
        place = Provision(*map(int, at.split("-")))
        rules = [rule for rule in subject.rules if rule.provision == place]
        provisions[at] = {
            "citation": place.citation, "words": subject.statute.words.get(place, ""),
            "points": {
                lang: [
                    {"heading": each.heading, "lines": [line for _, lines in each.parts for line in lines]}
                    for each in clauses(subject, rules, lang)
                ]
                for lang in LANGUAGES
            },
        }  # fmt: skip
    return {"title": subject.statute.title, "provisions": provisions}


def _changed(old: Encoding, new: Encoding) -> Iterator[dict[str, Any]]:
    """The provisions whose words or rules are not the same in two versions of a regulation, side by side."""
    for place in sorted(old.statute.words.keys() | new.statute.words.keys()):
        if seal(old, place) != seal(new, place) or old.statute.words.get(place) != new.statute.words.get(place):
            told = difference(sealed(old, place), sealed(new, place))
            if any("same" not in piece for piece in told["words"]) or any(
                row["was"] is None or row["now"] is None or row["now"]["own"] or row["was"]["own"]
                for row in told["rules"]
            ):
                yield {"citation": place.citation, **told}
