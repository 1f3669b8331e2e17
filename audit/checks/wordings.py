"""Do the sentences of rules and letters say in both languages what their rule says? What can be seen without reading.

Of each sentence (`%@` of the rules, the letter's and the reasons' catalogues) the two languages are held against each
other: what one denies and the other affirms, values that only one of them names, numbers and citations that are written
out where a value of the rules belongs. Whether a sentence is well said only a reader knows.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from audit.encoding import Encoding
from engine.errors import Place, Problem
from engine.law import Provision, RuleFile, rule_file
from engine.words import catalogue, text

TOPICS = ("letter.", "reason.")
"""The catalogues' sentences that letters are made of."""
_WORDED = re.compile(r"%@\s*(zh|en)(\s+not)?\s*:\s*(.*)")
_SLOT = re.compile(r"\{@?(\w+)[^{}]*\}")
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")
_NUMBER = re.compile(r"(?<![\d月])\d+(?=年以|年内|年，|年的|个|分|届|名|次)")
_CITED = re.compile(r"第\w{1,4}条(?:第\w{1,3}款)?(?:第（\w{1,3}）项)?")
_NEGATED = re.compile(
    r"\b(?:not|no|nobody|none|nothing|never|without|neither|nor|cannot|missing|lacks?|lacking|nowhere)\b|n't"
    r"|\bun(?:certain|checked|determined|known|settled|safe)\b|\btoo (?:few|short|late|little)\b"
)

_FAILS = re.compile(r"\bfail(?:s|ed|ing)?\b")
"""How English denies that somebody passed, without a word of denial: 不合格, 未通过."""
_ALLOWS = re.compile(r"\b(?:may|can|could)\b(?! (?:\w+ )?(?:not|no longer|never)\b)")
_FORBIDS = re.compile(r"\b(?:may|must|can|could) (?:\w+ )?(?:not|no longer|never)\b|\bcannot\b")


@dataclass(frozen=True)
class Sentence:
    """A sentence in both languages: where it stands, and under which provision, if under one."""

    place: Place
    zh: str
    en: str
    provision: Provision | None = None


def worded(encoding: Encoding) -> list[Problem]:
    """What is seen to be wrong with the sentences of an encoding's rules and of the letters made of them."""
    files = [rule_file(path) for path in encoding.paths]
    sentences = [one for file in files for one in _of_rules(file)]
    return [problem for one in (*sentences, *_of_catalogues()) for problem in _wrong(one)]


def _wrong(one: Sentence) -> Iterator[Problem]:
    denied = _denies(one.zh, "zh"), _denies(one.en, "en")
    if denied[0] != denied[1] and not (denied[0] and _FAILS.search(one.en.lower())):
        yield Problem("audit.wording_denies", {"zh": one.zh, "en": one.en}, one.place)
    elif (_allows(one.zh, "zh"), _allows(one.en, "en")) in ((True, False), (False, True)):
        yield Problem("audit.wording_permits", {"zh": one.zh, "en": one.en}, one.place)
    only = sorted((_needed(one.zh) - _values(one.en)) | (_needed(one.en) - _values(one.zh)))
    if only and one.place.line:
        yield Problem("audit.wording_values", {"found": "、".join(only), "zh": one.zh, "en": one.en}, one.place)
    numbers = {*_NUMBER.findall(_SLOT.sub("", one.zh))}
    if numbers and one.place.line:
        yield Problem("audit.wording_number", {"found": "、".join(sorted(numbers)), "zh": one.zh}, one.place)
    for cited in _CITED.findall(one.zh):
        if one.provision is None or cited != one.provision.citation:
            yield Problem("audit.wording_citation", {"found": cited, "zh": one.zh}, one.place)


def _values(words: str) -> frozenset[str]:
    """The values that a sentence names."""
    return frozenset(_SLOT.findall(words))


def _needed(words: str) -> frozenset[str]:
    """Those that it names whatever it may leave out."""
    while (less := _OPTIONAL.sub("", words)) != words:
        words = less
    return _values(words)


def _denies(words: str, lang: str) -> bool:
    """Whether a sentence denies something; turns of phrase that only sound like it are left out."""
    bare = _SLOT.sub("", words)
    if lang == "en":
        return bool(_NEGATED.search(re.sub(text("audit.no_denial", "en"), "", bare, flags=re.IGNORECASE).lower()))
    return bool(re.search(text("audit.denial", "zh"), re.sub(text("audit.no_denial", "zh"), "", bare)))


def _allows(words: str, lang: str) -> bool | None:
    """Whether a sentence permits something (True) or forbids it (False); neither where it does both or none."""
    bare = _SLOT.sub("", words).lower()
    if lang == "en":
        allows, forbids = _ALLOWS.search(bare), _FORBIDS.search(bare)
    else:
        forbids = re.search(text("audit.forbids", "zh"), bare)
        allows = re.search(text("audit.allows", "zh"), re.sub(text("audit.forbids", "zh"), "", bare))
    return None if bool(allows) == bool(forbids) else bool(allows)


@lru_cache(64)
def _of_rules(file: RuleFile) -> tuple[Sentence, ...]:
    provisions = {statement.line: statement.provision for statement in file.statements}
    found: list[Sentence] = []
    held: dict[bool, str] = {}
    for line, comment in file.comments:
        worded_ = _WORDED.match(comment)
        if worded_ is None:
            held = {} if comment.startswith("%@") else held
            continue
        lang, denied, words = worded_[1], bool(worded_[2]), worded_[3]
        if lang == "zh":
            held[denied] = words
        elif denied in held:
            below = next((at for at in sorted(provisions) if at > line), 0)
            found.append(Sentence(Place(file.path.name, line), held[denied], words, provisions.get(below)))
    return tuple(found)


def _of_catalogues() -> Iterable[Sentence]:
    zh, en = catalogue("explain", "zh"), catalogue("explain", "en")
    for key, words in zh.items():
        if key.startswith(TOPICS) and key in en and any(string.Formatter().parse(words)):
            yield Sentence(Place("explain/catalogue", path=key), words, en[key])
