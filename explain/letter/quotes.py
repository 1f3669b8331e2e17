"""The law's own words as a letter quotes them: opening words and items once, and the words a condition rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from engine.law import Provision, Statute, chinese, heads
from engine.words import has, template, text
from explain.letter.claims import inner

CONDITION = "条件："
"""How the opening words of conditions end: what is not met there is a condition, not a rule."""
GAP = "……"
PERIODS = {"period": r"近\d+年", "within": r"\d+年内", "rounds": r"\d+届内"}
"""How the law writes periods, by what a sentence calls them."""
_LABELS = ("vocabulary.choices.topic.{}", "vocabulary.choices.certificate.{}")
"""The labels that may be narrower than the words marked: what a person finds, which certificate."""
_HEADS = ("requires", "rests_on_finding", "barring_event", "supplement_duty")


class Words(NamedTuple):
    """Words of a provision, and where in it they stand."""

    place: int
    words: str


def quoted(law: Statute, wanted: Iterable[tuple[Provision, Sequence[Words]]]) -> str:
    """The words of provisions of one article, in the order of the text, what is left out marked by ……."""
    found = list(wanted)
    rows = sorted({provision for provision, _ in found})
    first = rows[0]
    if not first.item:
        return inner(_excerpt(law.words[first], [one.place for _, words in found for one in words]))
    told = law.words.get(first._replace(item=0), "")
    before = 0
    for provision in rows:
        gap = "" if provision.item == before + 1 else GAP
        told += f"{gap}（{chinese(provision.item)}）{law.words[provision]}"
        before = provision.item
    more = any(p[:2] == first[:2] and p.item > before for p in law.words)
    return inner(told + (GAP if more else ""))


def _excerpt(words: str, wanted: list[int]) -> str:
    """The sentences that begin at, or hold, one of the places wanted; all where none is."""
    told, gap, kept = "", False, False
    for sentence in re.finditer(r"[^。；]+[。；]?", words):
        keep = any(sentence.start() <= one < sentence.end() for one in wanted)
        told += (GAP if gap and keep else "") + (sentence[0] if keep else "")
        gap, kept = not keep, kept or keep
    return told + (GAP if gap else "") if kept else words


def spoken(law: Statute, provisions: Iterable[Provision], period: str, lang: str) -> str:
    """The periods of one form (`PERIODS`) that these provisions write, quoted."""
    texts = [law.words.get(p._replace(item=0), "") + law.words.get(p, "") for p in provisions]
    found = dict.fromkeys(one for words in texts for one in re.findall(PERIODS[period], words))
    return text("letter.and", lang).join(f"“{one}”" for one in found)


def is_condition(law: Statute, provision: Provision) -> bool:
    """Whether a provision is one of the conditions that its article lists."""
    return law.words.get(provision._replace(item=0), "").endswith(CONDITION)


def resting(
    law: Statute, provision: Provision, key: str, limbs: Iterable[str] = (), anyone: bool = True
) -> tuple[Words, ...]:
    """The words of the provision that a requirement or bar rests on, verbatim, in the order of the text.

    `limbs` are the predicates that it fails on: where the words are marked limb by limb, those of the limbs alone.
    Nothing where no words are marked and none of its labels stands in the text; without `anyone` a rule that is for
    every paper alike gives none, for which of its words ask for this one it does not say.
    """
    whole = law.words.get(provision, "")
    marks, at = list[Words](), 0
    for mark in spans(law.city, provision, _HEADS, key, anyone):
        at = max(whole.find(mark, at), 0)
        marks.append(Words(at, mark))
    labels = [template(k, "zh") for one in _LABELS if has(k := one.format(key), "zh")]
    best = max((one for one in labels if one in whole), key=len, default="")
    if best and (not marks or any(best in mark.words for mark in marks)):
        return (Words(whole.find(best), best),)
    parts = [part for limb in limbs for part in spans(law.city, provision, (limb,))]
    chosen = [mark for mark in marks if any(part in mark.words for part in parts)]
    return tuple(chosen or marks)


def condition(found: Iterable[Words]) -> str:
    """Words of one provision as one quotation."""
    return inner(GAP.join(one.words for one in found))


@cache
def spans(
    city: str, provision: Provision, names: tuple[str, ...], key: str = "", anyone: bool = True
) -> tuple[str, ...]:
    """The words (`%~`) that the first rule of a provision rests on that derives one of these predicates.

    With `key` the first that names it; where none does, with `anyone` the first that is for any.
    """
    found = [one for one in heads(city, *names) if one.statement.provision == provision]
    named = [one for one in found if not key or key in one.arguments]
    open_ = [one for one in found if key and anyone and one.name != "supplement_duty" and not one.arguments[2]]
    return next((tuple(span.words for span in one.statement.spans) for one in named or open_), ())
