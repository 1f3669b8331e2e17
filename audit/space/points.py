"""The scenes of a question as something to ask: is there a record in which this holds, and which is the least one.

`audit/points/<question>.lp` says what a case can be about (`point(What, Provision)`) and what must never come out
(`broken(What)`); both are rules about what the question's own rules derive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import clingo

from audit.encoding import Encoding, parsed
from audit.space.scene import Scene, scenes
from audit.space.search import NEW, fires, program, rules
from audit.space.search import renamed as _renamed
from audit.space.telling import Record, record

POINTS = Path(__file__).parent / "points"


class Asked:
    """The scenes of an encoding, one program each, made when a question first needs it."""

    def __init__(self, encoding: Encoding) -> None:
        self.encoding = encoding
        self.scenes = scenes(encoding)
        self._controls: dict[tuple[int, bool], clingo.Control] = {}

    def control(self, number: int, least: bool = False) -> clingo.Control:
        """The program of one scene; with `least` its models are the least records that are wanted."""
        if (number, least) not in self._controls:
            scene = self.scenes[number]
            lines = [*self._lines, *scene.program, *((*scene.least, *_WANTED) if least else ())]
            self._controls[number, least] = program(scene, lines)
        return self._controls[number, least]

    @cached_property
    def _lines(self) -> list[str]:
        """The rules, renamed, with what a case can be about and what must not be, and which rule fires."""
        own = self.encoding.derived | {("reading", 2)}
        text = (POINTS / f"{self.encoding.question.name}.lp").read_text("utf-8")
        about = [str(_renamed(node, own, NEW)) for node in parsed(text)]
        lines = [*rules(self.encoding, NEW), *about, "#defined point/2. #defined broken/1. #defined instance/2."]
        for rule in self.encoding.own:
            if rule.node.body:
                lines.append(fires(self.encoding.node(rule), own, f"instance({rule.number}"))
                lines.append(f"fires({rule.number}) :- instance({rule.number},_).")
        return lines

    def every(self, name: str, arity: int) -> list[clingo.Symbol]:
        """Every atom of a predicate that some scene may derive, sorted."""
        found = {
            str(atom.symbol): atom.symbol
            for number in range(len(self.scenes))
            for atom in self.control(number).symbolic_atoms.by_signature(name, arity)
        }
        return [found[text] for text in sorted(found)]

    def where(self, atom: clingo.Symbol) -> int | None:
        """The first scene that has a record with an atom."""
        for number in range(len(self.scenes)):
            control = self.control(number)
            if control.symbolic_atoms[atom] and control.solve(assumptions=[(atom, True)]).satisfiable:
                return number
        return None

    def some(self, atom: clingo.Symbol) -> Record | None:
        """A record with an atom."""
        if (number := self.where(atom)) is None:
            return None
        control = self.control(number)
        with control.solve(assumptions=[(atom, True)], yield_=True) as handle:
            return next(self._record(number, control, model.symbols(atoms=True)) for model in handle)

    def least(self, point: clingo.Symbol) -> Record | None:
        """The record with the fewest facts in which a case is about a point."""
        if (number := self.where(point)) is None:
            return None
        control = self.control(number, least=True)
        wanted = clingo.Function("wanted", point.arguments)
        control.assign_external(wanted, True)
        best = None
        with control.solve(yield_=True) as handle:
            for model in handle:
                best = self._record(number, control, model.symbols(atoms=True))
        control.assign_external(wanted, False)
        return best

    def _record(self, number: int, control: clingo.Control, symbols: Sequence[clingo.Symbol]) -> Record:
        sure = {str(atom.symbol) for atom in control.symbolic_atoms if atom.is_fact}
        return record(self.scenes[number], symbols, sure)

    def choosable(self, number: int) -> Iterator[clingo.Symbol]:
        """What a scene lets clingo put on file."""
        scene: Scene = self.scenes[number]
        for atom in self.control(number).symbolic_atoms:
            if (atom.symbol.name, len(atom.symbol.arguments)) in scene.inputs and not atom.is_fact:
                yield atom.symbol


_WANTED = ("#external wanted(X,P) : point(X,P).", ":- wanted(X,P), not point(X,P).")
