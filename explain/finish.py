"""The last touches to a justification graph: kinds of leaves, provisions with their citations, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import networkx
from clingo import Symbol, SymbolType

from engine.messages import LANGUAGES
from engine.statute import Provision
from explain.kinds import Data, Rows, refine
from explain.program import Program
from explain.sentences import Sentences


def finish(
    program: Program,
    graph: networkx.DiGraph,
    fresh: Sequence[str],
    names: Mapping[str, str],
    subject: str = "",
    worded: bool = True,
) -> None:
    """Complete the attributes of the nodes that are new, in place; the others of the graph are complete.

    `names` are those of identifiers. A Chinese sentence needs no subject: where it is the one the question is about,
    `subject`, it has none.
    """
    data, rows = dict(graph.nodes(data=True)), dict(graph.adjacency())
    refine(program, fresh, data, rows)
    _idle(program, fresh, data, rows)
    for node in fresh:
        attributes = data[node]
        attributes.setdefault("location", "")
        attributes["provision"] = found = _provision(attributes)
        attributes["citation"] = _citation(found) if found else ""
    for lang in LANGUAGES if worded else ():
        unsaid = lang == "zh" and subject
        called = Called(names, subject) if unsaid else names
        sentences = Sentences(program, lang, called, data, rows)
        for node in fresh:
            if lang not in data[node]:
                sentence = sentences.of(node)
                data[node][lang] = _without_subject(sentence) if unsaid else sentence


@cache
def _citation(provision: str) -> str:
    return Provision.parse(provision).citation


class Called(Mapping[str, str]):
    """Names, but for one subject that is left unsaid."""

    def __init__(self, names: Mapping[str, str], subject: str) -> None:
        self._names, self._subject = names, subject

    def __getitem__(self, key: str) -> str:
        return _SUBJECT if key == self._subject else self._names[key]

    def __iter__(self) -> Iterator[str]:
        return iter({*self._names, self._subject})

    def __len__(self) -> int:
        return len({*self._names, self._subject})


_SUBJECT = "\ue000"
_BEGINS = re.compile(rf"(^|[，；：（。]){_SUBJECT}(的?)")


def _without_subject(sentence: str) -> str:
    """A Chinese sentence that leaves its subject unsaid, or says 其."""
    return _BEGINS.sub(lambda found: found[1] + ("其" if found[2] else ""), sentence).replace(_SUBJECT, "其")


def _provision(attributes: Mapping[str, Any]) -> str:
    """The provision an atom names in its arguments, else that of its rule."""
    for value in attributes.get("arguments", ()):
        if isinstance(value, Symbol) and value.type == SymbolType.Function and value.name == "art":
            return str(value)
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
