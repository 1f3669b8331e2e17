"""A letter's proof: its cited facts and cited provisions, and nothing else, are solved again.

Together they must give the outcome with every ground; each ground's own facts and provisions must give that ground and
the rejection by themselves. A letter that fails is not written.

Claims that rest on the same provisions are solved side by side, each as an applicant of its own: the rules never join
two applicants, so each claim has its own facts only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from engine.answers import Decision, Ground, Outcome, provision
from engine.case import Case
from engine.errors import PingjiangError, Problem
from engine.facts import PREDICATES, Fact, quote, text
from engine.law import Provision, rule_file, rule_files
from engine.solve import answer, symbols
from explain.graph import justify_all
from explain.outline import readings

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


@dataclass(frozen=True)
class _Claim:
    """That facts of one applicant under some provisions give these grounds and the rejection."""

    applicant: str
    grounds: tuple[tuple[str, Ground], ...]
    facts: frozenset[Fact]
    provisions: frozenset[Provision]


def replay(decision: Decision, outcome: Outcome) -> tuple[Cited, ...]:
    """What a letter to one rejected applicant cites, proved; ReplayError where the proof fails."""
    return replay_all(decision, [outcome])[0]


def replay_all(decision: Decision, outcomes: Sequence[Outcome]) -> list[tuple[Cited, ...]]:
    """What the letters to rejected applicants cite, proved ground by ground and each letter as a whole.

    A ground cites its own provision where that suffices, else also the provisions its justification names. Raises
    ReplayError with every proof that fails.
    """
    found = list(_cited(decision, outcomes))
    alone = [_claim(o, [c], c.provisions[:1]) for o, parts in zip(outcomes, found, strict=True) for c in parts]
    held = iter(entailed(decision.case, alone))
    found = [tuple(_least(c, next(held)) for c in parts) for parts in found]
    claims = [_claim(o, [c], c.provisions) for o, parts in zip(outcomes, found, strict=True) for c in parts]
    claims += [
        _claim(o, parts, [p for c in parts for p in c.provisions]) for o, parts in zip(outcomes, found, strict=True)
    ]
    problems = [
        _problem(claim) for claim, true in zip(claims, entailed(decision.case, claims), strict=True) if not true
    ]
    if problems:
        raise ReplayError(problems)
    return found


def _cited(decision: Decision, outcomes: Sequence[Outcome]) -> Iterator[tuple[Cited, ...]]:
    """The records, provisions and readings in the justification of every ground, outcome by outcome."""
    grounds = [[(kind, g) for kind in ("barred", "failed") for g in getattr(o, kind)] for o in outcomes]
    atoms = (
        f"{kind}({quote(o.id)},{g.provision},{g.key})"
        for o, rows in zip(outcomes, grounds, strict=True)
        for kind, g in rows
    )
    known = {text(fact): fact for fact in decision.case.facts}
    graphs = justify_all(decision, atoms, worded=False)
    for rows in grounds:
        parts = []
        for (kind, ground), graph in zip(rows, islice(graphs, len(rows)), strict=True):
            nodes = [attributes for _, attributes in graph.nodes(data=True)]
            true = [n for n in nodes if n.get("truth") and n.get("predicate")]
            named = {n.get("provision") for n in nodes} | {e.get("provision") for *_, e in graph.edges(data=True)}
            below = sorted({Provision.parse(p) for p in named if p} - {ground.provision})
            facts = {known[n["atom"]] for n in true if n["predicate"] in PREDICATES and n["atom"] in known}
            keys = tuple(key for key, _ in readings(graph, decision.readings))
            provisions = (ground.provision, *below)
            parts.append(Cited(kind, ground, provisions, tuple(sorted(facts, key=text)), keys))
        yield tuple(parts)


def _least(part: Cited, alone: bool) -> Cited:
    return Cited(part.kind, part.ground, part.provisions[:1], part.facts, part.readings) if alone else part


def _claim(outcome: Outcome, parts: Iterable[Cited], provisions: Iterable[Provision]) -> _Claim:
    kept = tuple(parts)
    grounds = tuple((c.kind, c.ground) for c in kept)
    return _Claim(outcome.id, grounds, frozenset(f for c in kept for f in c.facts), frozenset(provisions))


def _problem(claim: _Claim) -> Problem:
    if len(claim.grounds) > 1:
        return Problem("replay_outcome", {"id": claim.applicant})
    ((_, ground),) = claim.grounds
    return Problem("replay_ground", {"id": claim.applicant, "citation": ground.provision.citation, "key": ground.key})


def entailed(case: Case, claims: Sequence[_Claim]) -> list[bool]:
    """Whether each claim follows from its own facts and provisions: one solve for claims under the same program."""
    always = {f.arguments[0]: f for f in case.facts if f.predicate == "applicant"}
    groups: dict[tuple[frozenset[Provision], frozenset[Fact]], list[int]] = {}
    for index, claim in enumerate(claims):
        shared = frozenset(f for f in claim.facts if claim.applicant not in f.arguments[:1])
        groups.setdefault((claim.provisions, shared), []).append(index)
    results = [False] * len(claims)
    for (provisions, shared), members in groups.items():
        facts = set(shared) | {f for f in case.facts if f.predicate == "round"}
        for index in members:
            claim = claims[index]
            own = {always[claim.applicant], *(f for f in claim.facts if f not in shared)}
            facts |= {Fact(f.predicate, (str(index), *f.arguments[1:])) for f in own}
        atoms = answer(
            (), symbols(case.city, case.readings, sorted(facts, key=text)), extra=program(case.city, provisions)
        )
        shown = {
            (a.name, a.arguments[0].string, provision(a.arguments[1]), a.arguments[2].name)
            for a in atoms
            if a.name in ("failed", "barred")
        }
        rejected = {a.arguments[0].string for a in atoms if a.match("rejected", 1)}
        for index in members:
            wanted = {(kind, str(index), g.provision, g.key) for kind, g in claims[index].grounds}
            results[index] = str(index) in rejected and wanted <= shown
    return results


def program(city: str, provisions: Iterable[Provision]) -> str:
    """The rules of these provisions, of the opening words above them, and of what no provision says by itself."""
    named = set(provisions)
    kept = {None, *named, *(p._replace(item=0) for p in named)}
    return "\n".join(
        str(s.node)
        for path in rule_files(city)
        for s in rule_file(path).statements
        if s.provision in kept or str(s.node).startswith(DECLARATIONS)
    )
