"""A letter's proof: its cited facts and cited provisions, and nothing else, are solved again.

Together they must give the outcome with every ground; each ground's own facts and provisions must give that ground and
the rejection by themselves. A letter that fails is not written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from engine.eligibility import Decision, Ground, Outcome, provision
from engine.errors import PingjiangError, Problem
from engine.feed import symbols
from engine.rulebook import rule_file, rule_files
from engine.solve import Clock, answer
from engine.statute import Provision
from engine.vocabulary import PREDICATES, Fact, text
from explain.justify import justify_all

DECLARATIONS = ("reading_default", "reading_choice")
"""Readings are no part of a provision: the register declares them, and a letter states those in force."""


@dataclass(frozen=True)
class Cited:
    """What a letter cites for one ground: the provisions and facts it rests on, the readings it depends on."""

    kind: str
    ground: Ground
    provisions: tuple[Provision, ...]
    facts: tuple[Fact, ...]
    readings: tuple[str, ...]


class ReplayError(PingjiangError):
    """The facts and provisions a letter cites do not entail what it says."""


def cited(decision: Decision, outcome: Outcome) -> tuple[Cited, ...]:
    """For every ground of a rejection the facts of its justification and the fewest provisions that carry it.

    Raises ReplayError where they do not entail the ground.
    """
    grounds = [(kind, g) for kind in ("barred", "failed") for g in getattr(outcome, kind)]
    atoms = [f"{kind}({text_of(outcome.id)},{g.provision},{g.key})" for kind, g in grounds]
    known = {text(fact): fact for fact in decision.case.facts}
    found = []
    for (kind, ground), graph in zip(grounds, justify_all(decision, atoms), strict=True):
        nodes = [attributes for _, attributes in graph.nodes(data=True)]
        facts = {
            known[n["atom"]]
            for n in nodes
            if n.get("predicate") in PREDICATES and n.get("truth") and n["atom"] in known
        }
        named = {n.get("provision") for n in nodes} | {e.get("provision") for *_, e in graph.edges(data=True)}
        keys = tuple(sorted({str(n["arguments"][0]) for n in nodes if n.get("predicate") == "read_as" and n["truth"]}))
        below = {Provision.parse(p) for p in named if p} - {ground.provision}
        own = (ground.provision,)
        for provisions in (own, (*own, *sorted(below))):
            if _entails(decision, outcome, [(kind, ground)], facts, provisions):
                found.append(Cited(kind, ground, provisions, tuple(sorted(facts, key=text)), keys))
                break
        else:
            raise ReplayError(
                [Problem("replay_ground", {"id": outcome.id, "citation": ground.provision.citation, "key": ground.key})]
            )
    return tuple(found)


def replay(decision: Decision, outcome: Outcome) -> tuple[Cited, ...]:
    """What a letter to a rejected applicant cites, proved: ground by ground, and all of them together.

    Raises ReplayError where the proof fails; then there is no letter.
    """
    parts = cited(decision, outcome)
    facts = {fact for part in parts for fact in part.facts}
    provisions = {p for part in parts for p in part.provisions}
    if not _entails(decision, outcome, [(c.kind, c.ground) for c in parts], facts, provisions):
        raise ReplayError([Problem("replay_outcome", {"id": outcome.id})])
    return parts


def text_of(identifier: str) -> str:
    """An identifier as a rule file writes it."""
    return text(Fact("reviewer", (identifier,))).removeprefix("reviewer(").removesuffix(")")


def _entails(
    decision: Decision,
    outcome: Outcome,
    grounds: Iterable[tuple[str, Ground]],
    facts: Collection[Fact],
    provisions: Collection[Provision],
) -> bool:
    """Whether these facts under these provisions reject the applicant on each of these grounds."""
    case = decision.case
    always = [
        f for f in case.facts if f.predicate in ("round", "applicant") and f.arguments[0] in (case.city, outcome.id)
    ]
    given = symbols(case.city, case.readings, {*always, *facts})
    atoms = answer((), given, Clock(), extra=program(case.city, provisions))
    shown = {(a.name, provision(a.arguments[1]), a.arguments[2].name) for a in atoms if a.name in ("failed", "barred")}
    rejected = any(a.match("rejected", 1) and a.arguments[0].string == outcome.id for a in atoms)
    return rejected and all((kind, g.provision, g.key) in shown for kind, g in grounds)


def program(city: str, provisions: Collection[Provision]) -> str:
    """The rules of these provisions, of the opening words above them, and of what no provision says by itself."""
    kept = {None, *provisions, *(p._replace(item=0) for p in provisions)}
    return "\n".join(
        str(s.node)
        for path in rule_files(city)
        for s in rule_file(path).statements
        if s.provision in kept or str(s.node).startswith(DECLARATIONS)
    )
