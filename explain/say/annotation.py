"""The last touches to a justification graph: kinds of leaves, provisions with their citations, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from engine.law import Provision
from engine.words import LANGUAGES
from explain.dual import Program
from explain.say.leafkinds import Data, Rows, refine
from explain.say.sentences import Sentences
from explain.say.values import provision


class Finish:
    """Completes the nodes of a graph that may still grow.

    `names` are those of identifiers. A Chinese sentence needs no subject: where it is the one the question is about,
    `subject`, it has none.
    """

    def __init__(
        self, program: Program, data: Data, rows: Rows, names: Mapping[str, str], subject: str = "", worded: bool = True
    ) -> None:
        self.program = program
        self.data = data
        self.rows = rows
        self.subject = subject
        self.sentences = [
            Sentences(program, lang, Called(names, subject) if lang == "zh" and subject else names, data, rows)
            for lang in (LANGUAGES if worded else ())
        ]

    def nodes(self, fresh: Sequence[str]) -> bool:
        """Complete the attributes of nodes that are new, in place; those below them that are not, are complete.

        Whether what they say may depend on the numbers in slots.
        """
        refine(self.program, fresh, self.data, self.rows)
        _idle(self.program, fresh, self.data, self.rows)
        for node in fresh:
            attributes = self.data[node]
            attributes.setdefault("location", "")
            attributes["provision"] = found = _provision(attributes)
            attributes["citation"] = _citation(found) if found else ""
        doubtful = False
        for sentences in self.sentences:
            sentences.doubtful = False
            unsaid = sentences.lang == "zh" and self.subject
            for node in fresh:
                sentence = sentences.of(node)
                self.data[node][sentences.lang] = without_subject(sentence) if unsaid else sentence
            doubtful |= sentences.doubtful
        return doubtful


@cache
def _citation(provision: str) -> str:
    return Provision.parse(provision).citation


class Called(Mapping[str, str]):
    """Names, but for one subject that is left unsaid."""

    def __init__(self, names: Mapping[str, str], subject: str) -> None:
        self._names, self._subject = names, subject

    def __getitem__(self, key: str) -> str:
        return SUBJECT if key == self._subject else self._names[key]

    def get(self, key: str, default: Any = None) -> Any:
        return SUBJECT if key == self._subject else self._names.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter({*self._names, self._subject})

    def __len__(self) -> int:
        return len(self._names) + (self._subject not in self._names)

    def __bool__(self) -> bool:
        return True


SUBJECT = "\ue000"
"""Stands for the name that is left unsaid."""
_BEGINS = re.compile(rf"(^|[，；：（。]){SUBJECT}(的?)")


def without_subject(sentence: str) -> str:
    """A Chinese sentence that leaves its subject unsaid, or says 其."""
    if SUBJECT not in sentence:
        return sentence
    return _BEGINS.sub(lambda found: found[1] + ("其" if found[2] else ""), sentence).replace(SUBJECT, "其")


def _provision(attributes: Mapping[str, Any]) -> str:
    """The provision an atom names in its arguments, else that of its rule."""
    for value in attributes.get("arguments", ()):
        if value is not None and (found := provision(value)):
            return str(found)
    return str(attributes.get("provision", ""))


def _idle(program: Program, fresh: Sequence[str], data: Data, rows: Rows) -> None:
    """Mark blocked rules that are about something else: blocked by what no rule can give, or by mere background."""
    for node in fresh:
        rules = [target for target, edge in rows[node].items() if edge["role"] == "rule"]
        if len(rules) > 1:
            idle = [rule for rule in rules if _about_else(program, rule, data, rows)]
            if len(idle) < len(rules):
                for rule in idle:
                    data[rule]["idle"] = True


def _about_else(program: Program, rule: str, data: Data, rows: Rows) -> bool:
    for target, edge in rows[rule].items():
        attributes = data[target]
        if edge["role"] != "fails" or attributes["role"] != "atom" or attributes["truth"]:
            continue
        words = program.wording.predicates.get((attributes["predicate"], len(attributes.get("arguments", ()))))
        if attributes["kind"] in ("no_rule", "not_stated") or (words and words.background):
            return True
    return False
