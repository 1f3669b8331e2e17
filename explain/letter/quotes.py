"""The law's own words as a letter quotes them: opening words and items once, and the words a condition rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from engine.law import RULES, Provision, Statute, chinese, rule_file
from engine.words import has, template, text
from explain.letter.claims import inner

CONDITION = "条件："
"""How the opening words of conditions end: what is not met there is a condition, not a rule."""
LONG = 120
"""A provision longer than this is quoted by the sentences that matter."""
PERIODS = {"period": r"近\d+年", "within": r"\d+年内", "rounds": r"\d+届内"}
"""How the law writes periods, by what a sentence calls them."""
_LABELS = ("requirement.{}", "vocabulary.choices.topic.{}", "vocabulary.choices.certificate.{}")
_HEADS = re.compile(r"(requires|rests_on_finding|barring_event|supplement_duty)\(")


def quoted(law: Statute, provisions: Iterable[Provision], keys: Iterable[str]) -> str:
    """The words of provisions of one article, in the order of the text, what is left out marked by ……."""
    rows = sorted(set(provisions))
    first = rows[0]
    if not first.item:
        return inner(_excerpt(law.words[first], [w for key in keys for w in spans(law.city, first, key)]))
    told = law.words.get(first._replace(item=0), "")
    before = 0
    for provision in rows:
        gap = "" if provision.item == before + 1 else "……"
        told += f"{gap}（{chinese(provision.item)}）{law.words[provision]}"
        before = provision.item
    more = any(p[:2] == first[:2] and p.item > before for p in law.words)
    return inner(told + ("……" if more else ""))


def _excerpt(words: str, wanted: list[str]) -> str:
    sentences = re.findall(r"[^。；]+[。；]?", words)
    kept = [any(span in one for span in wanted) for one in sentences]
    if len(words) <= LONG or not any(kept):
        return words
    told, gap = "", False
    for one, keep in zip(sentences, kept, strict=True):
        told += ("……" if gap and keep else "") + (one if keep else "")
        gap = not keep
    return told + ("……" if gap else "")


def spoken(law: Statute, provisions: Iterable[Provision], period: str, lang: str) -> str:
    """The periods of one form (`PERIODS`) that these provisions write, quoted."""
    texts = [law.words.get(p._replace(item=0), "") + law.words.get(p, "") for p in provisions]
    found = dict.fromkeys(one for words in texts for one in re.findall(PERIODS[period], words))
    return text("letter.and", lang).join(f"“{one}”" for one in found)


def is_condition(law: Statute, provision: Provision) -> bool:
    """Whether a provision is one of the conditions that its article lists."""
    return law.words.get(provision._replace(item=0), "").endswith(CONDITION)


def condition(law: Statute, provision: Provision, key: str) -> str:
    """The words of the provision that a requirement rests on, verbatim; empty where no words are marked as such."""
    words = law.words.get(provision, "")
    labels = [template(k, "zh") for one in _LABELS if has(k := one.format(key), "zh")]
    marked = spans(law.city, provision, key)
    if len(marked) == 1 and marked[0] in words:
        return inner(marked[0])
    return inner(max((one for one in labels if one in words), key=len, default=""))


@cache
def spans(city: str, provision: Provision, key: str) -> tuple[str, ...]:
    """The words (`%~`) that stand last above the rule for a requirement or a bar."""
    file = rule_file(RULES / f"{city}.lp")
    marks = {line: comment[2:].strip() for line, comment in file.comments if comment.startswith("%~")}
    for statement in file.statements:
        head = str(statement.node).partition(":-")[0]
        if statement.provision == provision and _HEADS.match(head) and re.search(rf"\b{key}\b", head):
            line = max((n for n in marks if n < statement.line), default=0)
            found: list[str] = []
            while line in marks:
                found.insert(0, marks[line])
                line -= 1
            return tuple(found)
    return ()
