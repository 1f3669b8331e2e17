"""What a signature was bound to, kept when it is made, and beside it what the provision and its rules are now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.encoding import DECIDE, QUESTIONS, Encoding, asking, encoding, seal, sealed_rules
from audit.words import plain_words
from engine.law import Provision
from engine.words import LANGUAGES, likeness, pieces, visible
from engine.words import text as message
from web.inquiries.placed import beside, elsewhere

NOWHERE = "0-0-0"
"""The address of what belongs to no provision alone."""
_ALIKE = 0.5
"""So like another rule's text one must be to be shown as that rule changed."""


def sealed(subject: Encoding, provision: Provision | None) -> dict[str, Any]:
    """The words and the rules that a seal is of: each rule as the file has it, where, and in plain words."""
    plain = {lang: plain_words(subject, lang) for lang in LANGUAGES}
    rules = [
        {
            "text": subject.valued(rule).text, "place": rule.place, "own": rule.provision == provision,
            "words": {lang: visible(one.rule(rule)) if one.worded(rule) else "" for lang, one in plain.items()},
        }
        for rule in sealed_rules(subject, provision)
    ]  # fmt: skip
    return {
        "at": "-".join(map(str, provision or (0, 0, 0))), "question": subject.question.name,
        "seal": seal(subject, provision), "words": subject.statute.words.get(provision, "") if provision else "",
        "rules": rules,
    }  # fmt: skip


def seal_changes(
    city: str, files: Mapping[str, str], at: str, before: Mapping[str, Any] | None, lang: str
) -> dict[str, Any]:
    """What a provision (`8-0-1`) is now beside what it was when somebody signed: its words in pieces, its rules.

    `before` is what `sealed` gave then; None where only the hash is known, and nothing is said to have changed. A row
    of `rules` has `was` and `now`, one of them None where a rule is gone or new.
    """
    if files:
        return dict(elsewhere("seal_changes", {city: files}, city, {}, at, before, lang))
    with beside(city, "") as place:
        asked = QUESTIONS[before["question"]] if before else DECIDE
        provision = None if at == NOWHERE else Provision(*map(int, at.split("-")))
        now = sealed(asking(encoding(place), asked), provision)
        told = difference(before, now) if before else {"words": [], "rules": []}
        called = provision.citation if provision else message("audit.page.general", lang)
        return {"citation": called, "seal": now["seal"], "now": now, **told}


def difference(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Two of what `sealed` gives side by side: the words in pieces, the rules that are not the same."""
    return {
        "words": list(_pieces(before["words"], now["words"])), "rules": list(_rows(before["rules"], now["rules"])),
    }  # fmt: skip


def _pieces(was: str, now: str) -> Iterator[dict[str, str]]:
    """Two texts in pieces: `same`, or `was` and `now` where they differ."""
    for then, one in pieces(was, now):
        yield {"same": one} if then == one else {"was": then, "now": one}


def _rows(was: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rules that are not the same: each old one beside the new one most like it, then those that are only new."""
    texts = {each["text"] for each in now}, {each["text"] for each in was}
    gone = [each for each in was if each["text"] not in texts[0]]
    new = [each for each in now if each["text"] not in texts[1]]
    rated = sorted(
        ((likeness(old["text"], one["text"]), -i, -j) for i, old in enumerate(gone) for j, one in enumerate(new)),
        reverse=True,
    )
    met: dict[int, int] = {}
    for degree, i, j in rated:
        if degree >= _ALIKE and -i not in met and -j not in met.values():
            met[-i] = -j
    for i, old in enumerate(gone):
        yield {"was": old, "now": new[met[i]] if i in met else None}
    yield from ({"was": None, "now": one} for j, one in enumerate(new) if j not in met.values())
