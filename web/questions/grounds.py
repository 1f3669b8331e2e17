"""The grounds of an outcome as a page shows them: by provision, each with its reasons and the law beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

import networkx

from engine.answers import Decision, Outcome
from engine.case import evidence
from engine.facts import text as written
from engine.law import Provision, Statute, heads, statute
from engine.words import LANGUAGES, text
from explain.graph import Cause
from explain.outline import Item, Outline, outline
from explain.say import mark

Words = dict[str, str]
_CARRYING = ("requires", "evidence", "met", "rests_on_finding", "barred", "barring_event")
"""What the rules derive that carry a ground: the applicant, the provision, the ground's key or any of several."""


class Arguments:
    """What stands against the applicants of one decision; what every reason needs of the case is looked up once."""

    def __init__(self, decision: Decision) -> None:
        case = decision.case
        self.decision = decision
        self.law = statute(decision.city)
        self.sources = evidence(case)
        self.recorded = frozenset(
            written(fact) for id in case.subjects for fact in case.about(id) if fact.predicate != "applicant"
        )

    def against(self, outcome: Outcome, known: Sequence[Cause], graph: networkx.DiGraph) -> dict[str, Any]:
        """What stands against one: provisions in the order of the law, and the readings all of it rests on."""
        marked = mark(graph, self.decision.case, outcome.id)
        numbered = list(enumerate(sorted(known, key=lambda one: (one.ground.provision, one.kind == "open")), 1))
        limbs = [self._limb(outcome, number, one, marked) for number, one in numbered]
        found = []
        for provision, same in groupby(limbs, key=lambda limb: limb["provision"]):
            own = list(same)
            place = Provision.parse(provision)
            row = {"provision": provision, "citation": place.citation, "limbs": own}
            found.append(row | {"law": _lit(self.law, place, own)})
        readings = sorted({tuple(pair) for limb in limbs for pair in limb["readings"]})
        return {"provisions": found, "readings": [_reading(key, choice) for key, choice in readings]}

    def _limb(self, outcome: Outcome, number: int, one: Cause, graph: networkx.DiGraph) -> dict[str, Any]:
        """One ground: what is wrong in a sentence, why as a tree, the recorded facts it rests on with their sources."""
        ground = one.ground
        part = _below(graph, one.atoms[0], one.atoms[1:])
        told = outline(part, in_force=self.decision.readings)
        return {
            "number": number,
            "kind": one.kind,
            "provision": str(ground.provision),
            "key": ground.key,
            "label": _label(one.kind, ground.key),
            "actor": outcome.actor(ground) if one.kind == "open" else "",
            "overdue": ground in outcome.overdue,
            "spans": list(_spans(self.decision.city, ground.provision, ground.key)),
            "tree": [_item(told, told.items[name]) for name in told.items[told.root].below],
            "facts": [
                {"fact": fact, "sources": [list(each) for each in self.sources.get(fact, ())]}
                for fact in self._facts(part)
            ],
            "readings": [list(pair) for pair in told.readings],
        }

    def _facts(self, part: networkx.DiGraph) -> list[str]:
        """The recorded facts among the nodes that say something of an applicant, sorted."""
        atoms = {str(atom) for _, atom in part.nodes(data="atom", default="")}
        return sorted(atoms & self.recorded)


@cache
def _spans(city: str, provision: Provision, key: str) -> tuple[str, ...]:
    """The words (`%~`) that the rules for a ground rest on; where one rule is for several grounds, that rule's."""
    found = [one for one in heads(city, *_CARRYING) if one.statement.provision == provision]
    own = [one for one in found if one.arguments[2] == key] or [one for one in found if not one.arguments[2]]
    return tuple(dict.fromkeys(span.words for one in own for span in one.statement.spans))


def _label(kind: str, key: str) -> Words:
    """A ground by what is wrong; what is open by what is asked for."""
    name = f"ground.{key}" if kind == "barred" else f"requirement.{key}"
    return {lang: text(f"{name}.not" if kind == "failed" else name, lang) for lang in LANGUAGES}


def _below(graph: networkx.DiGraph, root: str, events: Iterable[str]) -> networkx.DiGraph:
    """What a ground rests on, as a graph of its own: without the edges that only set grounds side by side."""
    kept = {(root, event) for event in events}
    part = networkx.DiGraph(**graph.graph)
    todo, seen = [root], {root}
    for node in todo:
        part.add_node(node, **graph.nodes[node])
        for target, edge in graph.adj[node].items():
            if edge["role"] != "also" or (node, target) in kept:
                part.add_edge(node, target, **edge)
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
    part.graph.update(root=root, question=root, truth=True)
    part.graph.pop("answers", None)
    return part


def _item(told: Outline, item: Item, depth: int = 0) -> dict[str, Any]:
    below = [_item(told, told.items[name], depth + 1) for name in item.below] if depth < 12 else []
    return {"kind": item.kind, "truth": item.truth, "words": dict(item.words), "below": below}


def _lit(law: Statute, place: Provision, limbs: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """The provision's words cut where reasons rest on them: pairs of words and the numbers of the reasons."""
    words = law.text(place) if place in law.words or place.paragraph == place.item == 0 else ""
    numbers: list[set[int]] = [set() for _ in words]
    for limb in limbs:
        for span in limb["spans"]:
            start = words.find(span)
            for at in range(start, start + len(span)) if start >= 0 else ():
                numbers[at].add(limb["number"])
    return list(_pieces(words, numbers))


def _pieces(words: str, numbers: Sequence[set[int]]) -> Iterator[list[Any]]:
    for lit, same in groupby(range(len(words)), key=lambda at: tuple(sorted(numbers[at]))):
        places = list(same)
        yield [words[places[0] : places[-1] + 1], list(lit)]


def _reading(key: str, choice: str) -> dict[str, Any]:
    worded = {name: {lang: text(f"reading.{key}.{name}", lang) for lang in LANGUAGES} for name in ("label", choice)}
    return {"key": key, "choice": choice, "label": worded["label"], "words": worded[choice]}
