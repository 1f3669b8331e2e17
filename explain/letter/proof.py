"""A letter's proof: its cited facts and cited provisions, and nothing else, are solved again.

Together they must give the outcome with every ground; each ground's own facts and provisions must give that ground and
the rejection by themselves. A letter that fails is not written.

Claims that rest on the same provisions are solved side by side, each as an applicant of its own: the rules never join
two applicants, so each claim has its own facts only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from engine.answers import Decision, Ground, Outcome
from engine.case import Case
from engine.errors import PingjiangError, Problem
from engine.facts import Fact, text
from engine.law import Provision, RuleFile, rule_file, rule_files
from engine.solve import answer, symbols
from explain.letter.basis import Basis, bases

DECLARATIONS = ("reading_default(", "reading_choice(", "own_day(")
"""Readings are no part of a provision: the register declares them, with the day that `reference_day` may turn to, and a
letter states those in force."""
ALWAYS = ("round", "holiday", "holiday_year")
"""Facts that no letter has to cite: which round this is, and the calendar as the State Council published it."""


@dataclass(frozen=True)
class Cited:
    """What a letter cites for one ground: the provisions and facts that prove it, the readings it depends on.

    `sufficient` says whether the ground leads to the outcome by itself: a duty to hand papers in does not.
    """

    kind: str
    ground: Ground
    provisions: tuple[Provision, ...]
    facts: tuple[Fact, ...]
    readings: tuple[str, ...]
    sufficient: bool = True


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


def replay_all(
    decision: Decision, outcomes: Sequence[Outcome], found: Iterable[Sequence[Basis]] | None = None
) -> list[tuple[Cited, ...]]:
    """What the letters to rejected applicants cite, proved ground by ground and each letter as a whole.

    `found` is what their grounds rest on, outcome by outcome, where it is known already. A ground cites the facts that
    are told, and its own provision, where these suffice; else all that its justification names. Raises ReplayError
    with every proof that fails.
    """
    known = list(bases(decision, outcomes, worded=False) if found is None else found)
    asked = [(o, b) for o, parts in zip(outcomes, known, strict=True) for b in parts]
    best = [_whole(b) for _, b in asked]
    proved = set[_Claim]()
    for narrower in (_told, _least):
        tried = [narrower(b, c) for (_, b), c in zip(asked, best, strict=True)]
        claims = [_claim(o, [c], c.provisions) for (o, _), c in zip(asked, tried, strict=True)]
        held = entailed(decision.case, claims)
        proved |= {claim for claim, true in zip(claims, held, strict=True) if true}
        best = [new if true else old for new, old, true in zip(tried, best, held, strict=True)]
    rest = iter(best)
    cited = [tuple(islice(rest, len(parts))) for parts in known]
    claims = [_claim(o, [c], c.provisions) for o, parts in zip(outcomes, cited, strict=True) for c in parts]
    claims += [
        _claim(o, parts, [p for c in parts for p in c.provisions]) for o, parts in zip(outcomes, cited, strict=True)
    ]
    left = [claim for claim in claims if claim not in proved]
    held = entailed(decision.case, left)
    problems = [_problem(claim) for claim, true in zip(left, held, strict=True) if not true]
    if problems:
        raise ReplayError(problems)
    return cited


def _whole(basis: Basis) -> Cited:
    return Cited(basis.kind, basis.ground, basis.provisions, basis.rests, basis.readings, not basis.duty)


def _told(basis: Basis, cited: Cited) -> Cited:
    return cited if basis.overdue else replace(cited, facts=basis.facts)


def _least(_: Basis, cited: Cited) -> Cited:
    return replace(cited, provisions=cited.provisions[:1])


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
        facts = set(shared) | {f for f in case.facts if f.predicate in ALWAYS}
        for index in members:
            claim = claims[index]
            own = {always[claim.applicant], *(f for f in claim.facts if f not in shared)}
            facts |= {Fact(f.predicate, (str(index), *f.arguments[1:])) for f in own}
        atoms = answer(
            (), symbols(case.city, case.readings, sorted(facts, key=text)), extra=program(case.city, provisions)
        )
        shown = {
            (a.name, a.arguments[0].string, Provision.of(a.arguments[1]), a.arguments[2].name)
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
    statements = _statements(tuple(map(rule_file, rule_files(city))))
    return "\n".join(words for of, words, always in statements if always or of in kept)


@lru_cache(16)
def _statements(files: tuple[RuleFile, ...]) -> tuple[tuple[Provision | None, str, bool], ...]:
    """The statements of rule files as text, with the provision each carries out and whether it is a declaration."""
    written = [(s.provision, str(s.node)) for file in files for s in file.statements]
    return tuple((of, words, words.startswith(DECLARATIONS)) for of, words in written)
