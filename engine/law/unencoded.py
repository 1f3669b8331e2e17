"""What a regulation decides and its rule file does not carry out (class X), with the reason that the file gives.

`%: X reason` under a provision says it of every question; `%: X/award reason` of these questions alone; `%: D/X reason`
where only some of the provision is not carried out. An answer is never held back for it, nor said to be complete.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.law.rulebook import without_includes
from engine.law.statutes import Provision, cited_json
from engine.words import home, text

QUESTIONS = ("decide", "award", "procedure", "review", "panel")
"""The questions that a provision of class X may name as those it touches."""
NOT_CARRIED = re.compile(rf"(?:[DCF]/){{0,3}}X(?P<asked>(?:/(?:{'|'.join(QUESTIONS)}))*) (?P<reason>\S.*)")


@dataclass(frozen=True)
class Unencoded:
    """A provision that is not carried out, or not wholly: why, and the questions it touches (none named: every one)."""

    provision: Provision
    reason: str
    questions: tuple[str, ...] = ()

    def json(self) -> dict[str, str]:
        """The entry of `unencoded` in an answer."""
        return {**cited_json(self.provision), "reason": self.reason}

    def words(self, lang: str) -> str:
        """The sentence that says so beside an answer."""
        return text("decision.unencoded", lang, citation=self.provision.citation, reason=self.reason)


def unencoded(city: str, question: str = "") -> tuple[Unencoded, ...]:
    """What is not carried out of a city's regulation, in the order of the text; of one question, or all of it."""
    found = unencoded_in(home(city))
    return tuple(one for one in found if not (question and one.questions) or question in one.questions)


def unencoded_in(path: Path) -> tuple[Unencoded, ...]:
    """The same of a rule file, of every question."""
    return _read(without_includes(path))


def unencoded_json(city: str, question: str) -> dict[str, Any]:
    """The key `unencoded` of an answer; nothing where all is carried out."""
    found = unencoded(city, question)
    return {"unencoded": [one.json() for one in found]} if found else {}


@lru_cache(64)
def _read(rules: str) -> tuple[Unencoded, ...]:
    found: list[Unencoded] = []
    label, before = "", False
    for line in rules.splitlines():
        if line.startswith("%!"):
            label, before = (label if before else line[2:].strip()), True
            continue
        before = False
        if line.startswith("%:") and label and (said := NOT_CARRIED.fullmatch(line[2:].strip())):
            asked = tuple(name for name in said["asked"].split("/") if name)
            found.append(Unencoded(Provision.parse(label), said["reason"], asked))
    return tuple(found)
