"""The least record of a round on which two encodings say different things, or none in the scenes there are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import clingo

from audit.encoding import Encoding
from audit.space.scene import Scene
from audit.space.search import NEW, OLD, both, program
from audit.words import said
from engine.words import text

DIFFERS = f"""
#defined {OLD}out/1. #defined {NEW}out/1.
differs(X) :- {OLD}out(X), not {NEW}out(X).
differs(X) :- {NEW}out(X), not {OLD}out(X).
#external settled(X) : differs(X).
wanted :- differs(X), not settled(X).
:- not wanted.
"""
_NAMED = re.compile(r'art\(\d+,\d+,\d+\)|"(?:[^"\\]|\\.)*"|(?<![\w"])-?\d+(?!\w)')


@dataclass(frozen=True)
class Record:
    """What is on file of a round: what the scene takes for granted, what clingo put beside it, the readings."""

    scene: Scene
    round: int
    fixed: tuple[str, ...]
    facts: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]

    def words(self, encoding: Encoding, lang: str) -> str:
        """The record in one sentence."""
        who = [id for id in self.scene.flawless if any(id in fact for fact in self.facts)]
        parts = [text("audit.flawless", lang, who=text("audit.and", lang).join(map(_bare, who or self.scene.flawless)))]
        parts = [*(parts if self.scene.flawless else ()), *(said(encoding, fact, lang) for fact in self.facts)]
        parts += [said(encoding, f"reading({key},{choice})", lang) for key, choice in self.readings]
        return text("audit.join", lang).join(parts) if parts else text("audit.round.empty", lang)


def _bare(id: str) -> str:
    return id.strip('"')


@dataclass(frozen=True)
class Telling:
    """A record of which two encodings say different things: what only the old one says, what only the new one."""

    record: Record
    lost: tuple[str, ...]
    gained: tuple[str, ...]

    def question(self, encoding: Encoding, lang: str) -> str:
        """The question that tells the two apart, as a lawyer is asked it."""
        sides = [
            text(f"audit.round.{kind}", lang, words=text("audit.join", lang).join(words))
            for kind, atoms in (("old", self.lost), ("new", self.gained))
            if (words := [said(encoding, atom, lang) for atom in atoms])
        ]
        return text("audit.round.question", lang, record=self.record.words(encoding, lang), said=" ".join(sides))


def tell(old: Encoding, new: Encoding, found: Sequence[Scene]) -> Telling | None:
    """The least record that tells two encodings apart in the first scene that has one."""
    return next(tellings(old, new, found), None)


def tellings(old: Encoding, new: Encoding, found: Sequence[Scene]) -> Iterator[Telling]:
    """The least record for each kind of difference, scene by scene, until none is left: what is said, numbers apart.

    The scenes are finite and every record settles a kind of difference of finitely many: it terminates.
    """
    together = list(both(old, new))
    settled: set[str] = set()
    for scene in found:
        lines = [*together, *scene.program, DIFFERS]
        if not _open(program(scene, lines), settled).solve().satisfiable:
            continue
        control = _open(program(scene, [*lines, *scene.least]), settled)
        while (one := _least(scene, control)) is not None:
            yield one
            settled |= {kind(atom) for atom in (*one.lost, *one.gained)}
            _open(control, settled)


def kind(atom: str) -> str:
    """What an atom says but for numbers and names."""
    return _NAMED.sub(lambda found: found[0] if found[0].startswith("art(") else "…", atom)


def _open(control: clingo.Control, settled: Collection[str]) -> clingo.Control:
    """The program with the differences that are settled already left out of what is wanted."""
    differing = [atom.symbol.arguments for atom in control.symbolic_atoms.by_signature("differs", 1)]
    for arguments in differing:
        if kind(str(arguments[0])) in settled:
            control.assign_external(clingo.Function("settled", arguments), True)
    return control


def _least(scene: Scene, control: clingo.Control) -> Telling | None:
    sure = {str(atom.symbol) for atom in control.symbolic_atoms if atom.is_fact}
    best = None
    with control.solve(yield_=True) as handle:
        for model in handle:
            best = _telling(scene, model.symbols(atoms=True), sure)
    return best


def _telling(scene: Scene, symbols: Sequence[clingo.Symbol], sure: set[str]) -> Telling:
    said: dict[str, set[str]] = {OLD: set(), NEW: set()}
    for symbol in symbols:
        for prefix in (OLD, NEW):
            if symbol.name == f"{prefix}out":
                said[prefix].add(str(symbol.arguments[0]))
    return Telling(
        record(scene, symbols, sure),
        tuple(sorted(said[OLD] - said[NEW])),
        tuple(sorted(said[NEW] - said[OLD])),
    )


def record(scene: Scene, symbols: Sequence[clingo.Symbol], sure: set[str]) -> Record:
    """The record that a model of a scene holds."""
    held = [s for s in symbols if (s.name, len(s.arguments)) in scene.inputs and s.name not in ("round", "reading")]
    return Record(
        scene,
        next(s.arguments[1].number for s in symbols if s.name == "round" and len(s.arguments) == 3),
        tuple(sorted(str(s) for s in held if str(s) in sure and str(s) not in scene.given)),
        tuple(sorted(str(s) for s in held if str(s) not in sure)),
        tuple(sorted((s.arguments[0].name, s.arguments[1].name) for s in symbols if s.name == "reading")),
    )
