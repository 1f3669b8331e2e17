"""Do two encodings decide some dossier differently? Minimal witnesses within a bounded case space, or none."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import clingo

from audit.encoding import Encoding, grounded, results, shown
from audit.space import (
    NEW,
    OLD,
    OTHER,
    Dossier,
    Pair,
    Space,
    as_example,
    both,
    choices,
    deadlines,
    dossier,
    flawless,
    merged,
    natural,
    pairs,
    program,
    rules,
    space,
    windows,
)
from engine.facts import PREDICATES, Fact, Flaw, takes, text
from engine.law import stems
from engine.solve import working_days
from engine.words import speaking

DEADLINE = 20250930
STATUSES = ("eligible", "pending", "rejected", "withdrawn")

Outputs = frozenset[str]


@dataclass(frozen=True)
class Witness:
    """A dossier that two encodings decide differently, the flawless one it is nearest to, and what each says of it."""

    dossier: Dossier
    base: Dossier
    old: Outputs
    new: Outputs
    keys: tuple[str, ...]
    beside: str = ""
    """Where the difference shows only beside another applicant: what that one is, `flawless` or `laden`."""


@dataclass(frozen=True)
class Comparison:
    """The witnesses, and the bounds within which there is no other difference."""

    old: Encoding = field(repr=False)
    new: Encoding = field(repr=False)
    witnesses: tuple[Witness, ...]
    deadlines: tuple[int, ...]
    bounds: Mapping[str, int]
    seconds: float = 0.0


def compare(old: Encoding, new: Encoding, *, deadline: int = DEADLINE, citations: bool | None = None) -> Comparison:
    """A minimal witness for each ground that one encoding finds and the other does not, and each change of status.

    Two regulations are compared by their grounds alone, two versions of one also by the provisions they cite
    (`citations`). The space is finite and every witness settles one difference of finitely many: it terminates.
    """
    start = time.monotonic()
    precise = (old.paths[1].stem == new.paths[1].stem or old.city == new.city) if citations is None else citations
    lines = merged([windows(old), windows(new)])
    days = deadlines([old, new], lines, deadline)
    found: list[Witness] = []
    settled: set[str] = set()
    bounds: dict[str, int] = {}
    first_frame: Space | None = None
    together = list(both(old, new))
    for day in days:
        frame = space([old, new], day, lines)
        bounds = bounds or frame.bounds
        first_frame = first_frame or frame
        if not anything(together, frame, settled, precise):
            continue
        for witness in witnesses(old, new, frame, flawless(old, frame), settled, precise, together):
            found.append(witness)
            settled |= set(witness.keys)
    if first_frame and not found:
        beside = list(pairs(first_frame, flawless(old, first_frame)))
        bounds |= {"pairs": len(beside)}
        found += between(old, new, beside)
    return Comparison(old, new, tuple(found), tuple(days), bounds, time.monotonic() - start)


def between(old: Encoding, new: Encoding, found: Sequence[Pair]) -> Iterator[Witness]:
    """The differences that show only where another applicant stands beside: one of each kind, two groundings in all."""
    examples = [as_example(pair.together, str(at)) for at, pair in enumerate(found)]
    one, other = results(old, examples), results(new, examples)
    kinds: set[tuple[frozenset[str], frozenset[str]]] = set()
    for at, pair in enumerate(found):
        was, is_ = (_about(shown[str(at)]) for shown in (one, other))
        kind = (was - is_, is_ - was)
        if was != is_ and kind not in kinds:
            kinds.add(kind)
            keys = tuple(sorted((*kind[0], *kind[1])))
            yield Witness(pair.alone, pair.base, was, is_, keys, pair.beside)


def _about(shown: Outputs) -> Outputs:
    """What is shown of the applicant searched for, and of the round."""
    return frozenset(atom for atom in shown if f'"{OTHER}"' not in atom)


def witnesses(
    old: Encoding,
    new: Encoding,
    frame: Space,
    bases: Sequence[Dossier],
    settled: Collection[str] = (),
    precise: bool = True,
    together: Sequence[str] = (),
) -> Iterator[Witness]:
    """Witnesses within one frame, the nearest to a flawless dossier first, until every difference is settled."""
    control, known = _program(together or list(both(old, new)), frame, bases, settled, precise)
    while found := first(control, frame):
        one, keys, base = found
        one = natural(control, frame, one, bases[base], clingo.Function("differs", [known[keys[0]]]))
        yield Witness(one, bases[base], judged(old, one), judged(new, one), tuple(keys))
        for key in keys:
            control.assign_external(clingo.Function("settled", [known[key]]), True)


def _program(
    together: Sequence[str], frame: Space, bases: Sequence[Dossier], settled: Collection[str], precise: bool
) -> tuple[clingo.Control, dict[str, clingo.Symbol]]:
    """The program whose models are the dossiers that show a difference not settled yet; the keys of all differences."""
    control = program(frame, [*together, *choices(frame, bases), *difference(precise, bool(bases)), WANTED])
    found = [atom.symbol.arguments[0] for atom in control.symbolic_atoms.by_signature("differs", 1)]
    for key in found:
        if str(key) in settled:
            control.assign_external(clingo.Function("settled", [key]), True)
    return control, {str(key): key for key in found}


def anything(together: Sequence[str], frame: Space, settled: Collection[str] = (), precise: bool = True) -> bool:
    """Whether a frame has any dossier with a difference not settled yet: asked before a search for the least one."""
    control, _ = _program(together, frame, (), settled, precise)
    return bool(control.solve().satisfiable)


def first(control: clingo.Control, frame: Space) -> tuple[Dossier, list[str], int] | None:
    """The dossier nearest to a flawless one that is decided differently, by which keys, and the number of its base."""
    best = None
    with control.solve(yield_=True) as handle:
        for model in handle:
            atoms = model.symbols(atoms=True)
            keys = [str(a.arguments[0]) for a in atoms if a.name == "differs"]
            base = next(a.arguments[0].number for a in atoms if a.name == "base")
            best = dossier(frame, model), sorted(keys, key=lambda key: (not key.startswith("is("), key)), base
    return best


WANTED = """
#external settled(K) : differs(K).
wanted :- differs(K), not settled(K).
:- not wanted.
"""


def difference(precise: bool, least: bool = True, old: str = OLD, new: str = NEW) -> Iterator[str]:
    """`differs(Key)`: a ground, note or refusal that one encoding has and the other has not, or a change of status."""
    for side in (old, new):
        yield (
            f"{side}says(X) :- {side}out(X), X = refused(_,_)."
            if precise
            else f"{side}says(refused(K)) :- {side}out(refused(_,K))."
        )
        for name in ("failed", "open", "barred"):
            key = f"{name}(P,K)" if precise else f"{name}(K)"
            yield f"{side}says({key}) :- {side}out({name}(_,P,K))."
        yield f"{side}says(closed_prize(K)) :- {side}out(closed_prize(_,K)), {old}is(eligible), {new}is(eligible)."
        for status in STATUSES:
            yield f"{side}is({status}) :- {side}out({status}(_))."
        yield f"{side}is(refused) :- {side}out(refused(_,_))."
        event = "event(P,K,F)" if precise else "event(K,F)"
        yield f"{side}says({event}) :- {side}out(barring_event(_,P,K,F))."
        # Whether a list as published agrees with the outcome follows from the outcome: no difference of its own.
        yield f"{side}says(note(K,F)) :- {side}out(note(_,K,F)), K != listed_differently."
    for sign, one, other in (("lost", old, new), ("gained", new, old)):
        yield f"differs_({sign},X) :- {one}says(X), not {other}says(X)."
    yield f"differs(is(X,Y)) :- {old}is(X), {new}is(Y), X != Y."
    yield "differs((S,K)) :- differs_(S,X), key(X,K)."
    names = ("failed", "open", "barred") if precise else ()
    yield from (f"key({n}(P,K),{n}(P,K)) :- differs_(_,{n}(P,K))." for n in names)
    names = ("closed_prize", "refused", *(() if precise else ("failed", "open", "barred")))
    yield from (f"key({n}(K),{n}(K)) :- differs_(_,{n}(K))." for n in names)
    yield "key(refused(P,K),refused(P,K)) :- differs_(_,refused(P,K))."
    yield "key(event(P,K,F),event(P,K)) :- differs_(S,event(P,K,F)), not differs_(S,barred(P,K))."
    yield "key(event(K,F),event(K)) :- differs_(S,event(K,F)), not differs_(S,barred(K))."
    yield "key(note(K,F),note(K)) :- differs_(_,note(K,F))."
    # A dossier shows most where one encoding finds nothing against it, least where its status stays the same.
    if not least:
        return
    yield "telling(2) :- differs(is(eligible,_)). telling(2) :- differs(is(_,eligible))."
    yield "telling(1) :- differs(is(_,_))."
    yield "#minimize { 3@3,I : I = 1..2, not telling(I) }."


def judged(encoding: Encoding, one: Dossier) -> Outputs:
    """What an encoding shows of a dossier, as text."""
    days = {n for f in one.facts for n in f.arguments if isinstance(n, int) and n > 19000000}
    program_ = "\n".join([*rules(encoding, NEW), "#show.", f"#show X : {NEW}out(X)."])
    return frozenset(map(str, shown(grounded(program_, [*one.symbols, *working_days(days)]))))


def unsayable(encoding: Encoding, one: Dossier) -> list[Fact]:
    """The facts of a dossier that a case of an encoding's text cannot hold: its tables have no such term."""
    with speaking(encoding.text if encoding.text in stems() else ""):
        return [
            fact
            for fact in one.facts
            if not takes(fact.predicate)
            or any(
                isinstance(field.check(value), Flaw)
                for field, value in zip(PREDICATES[fact.predicate].fields, fact.arguments, strict=True)
            )
        ]


def about(one: Dossier) -> str:
    """A dossier as a `.lp` file."""
    lines = [f"round({one.city},{one.round},{one.deadline})."]
    lines += [f"reading({key},{choice})." for key, choice in one.readings]
    return "\n".join([*lines, *(f"{text(each)}." for each in one.facts)]) + "\n"
