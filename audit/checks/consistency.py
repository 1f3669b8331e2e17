"""What can never be right in a rule book, proved over the bounded case space: every claim with its dossier.

Faults are contradictions: a negative cycle; a requirement nobody can meet; a dossier eligible with a ground against it;
a bar that does not reject. Reported, no fault, with place and remedy: a rule of the regulation that no dossier fires,
or that asks for something nothing gives; a record asked for but not heeded (a date after the deadline would go
unnoticed); a requirement that everybody meets; a bar that never stands alone; a ground that always comes with another;
a shared rule without use here, be it that it asks for something no rule of this regulation gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import clingo
import networkx as nx

from audit.checks.comparison import DEADLINE
from audit.encoding import Encoding, Rule, Signature, atoms, signature
from audit.space import NEW, Dossier, Space, against, choices, deadlines, dossier, fires, program, rules, space, windows
from engine.law import Provision

FAULTS = ("negative_cycle", "broken", "unmeetable", "eligible_with_ground", "not_rejected")

Ground = tuple[str, Provision, str]


@dataclass(frozen=True)
class Finding:
    """Something found: its code, what it is about, and a dossier that shows it (where there is one)."""

    code: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    dossier: Dossier | None = None

    @property
    def fault(self) -> bool:
        """Whether it must not be."""
        return self.code in FAULTS


def cycles(encoding: Encoding) -> list[list[str]]:
    """The predicates that depend on their own negation, one list a strongly connected component."""
    graph = nx.DiGraph()
    for rule in encoding.rules:
        for head in rule.heads:
            for sig, negative in rule.needs:
                known = graph.get_edge_data(sig, head, {"negative": False})["negative"]
                graph.add_edge(sig, head, negative=negative or known)
    found = []
    for part in nx.strongly_connected_components(graph):
        inner = graph.subgraph(part)
        if any(negative for _, _, negative in inner.edges(data="negative")):
            found.append(sorted(f"{name}/{arity}" for name, arity in part))
    return sorted(found)


def undefined(encoding: Encoding) -> list[tuple[Rule, Signature]]:
    """Rules that ask plainly for a predicate which no rule derives and no case states."""
    known = encoding.derived | encoding.defined
    return [(rule, sig) for rule in encoding.rules for sig, negative in rule.needs if not negative and sig not in known]


def unheeded(encoding: Encoding) -> list[str]:
    """Records that the regulation's own rules ask for and `heeds` does not name, where the shared rules look for it."""
    own = {name for r in encoding.rules if r.file == encoding.paths[1].name for (name, _), _ in r.needs}
    heeded = {str(a) for r in encoding.rules for a in atoms(r.node.head) if signature(a) == ("heeds", 1)}
    looked = {
        str(atom.arguments[0]) for r in encoding.rules for each in r.node.body for atom in atoms(each)
        if signature(atom) == ("heeds", 1)
    }  # fmt: skip
    return sorted(name for name in looked & own if f"heeds({name})" not in heeded)


def findings(encoding: Encoding, deadline: int = DEADLINE) -> list[Finding]:
    """Everything that the checks find, faults first."""
    found = [Finding("negative_cycle", {"predicates": ", ".join(each)}) for each in cycles(encoding)]
    if not found:  # what follows asks a program that has exactly one answer a dossier
        found = once([*nowhere(encoding), *_proved(_Asked(encoding, deadline))])
    found += [Finding("unheeded", {"predicate": name}) for name in unheeded(encoding)]
    return sorted(found, key=lambda each: not each.fault)


def nowhere(encoding: Encoding) -> list[Finding]:
    """Rules that ask for what nothing gives: dead in the regulation's own file, in a shared one no more than idle."""
    own = encoding.paths[1].name
    return [
        Finding(
            "undefined" if rule.file == own else "shared_idle",
            {"place": rule.place, "predicate": f"{name}/{arity}", "rule": str(rule.node)},
        )
        for rule, (name, arity) in undefined(encoding)
    ]


def once(found: Sequence[Finding]) -> list[Finding]:
    """Findings without those that say of a rule already found dead that it never applies."""
    dead = {each.parameters["place"] for each in found if "predicate" in each.parameters}
    return [each for each in found if "predicate" in each.parameters or each.parameters.get("place") not in dead]


class _Asked:
    """The case space of an encoding, one program a deadline, made when a question first needs it."""

    def __init__(self, encoding: Encoding, deadline: int) -> None:
        self.encoding = encoding
        lines = windows(encoding)
        self.frames = [space([encoding], day, lines) for day in deadlines([encoding], lines, deadline)]
        self._lines = [*rules(encoding, NEW), *against(), *_questions(encoding)]
        self._controls: dict[int, clingo.Control] = {}

    def control(self, number: int) -> clingo.Control:
        if number not in self._controls:
            frame = self.frames[number]
            self._controls[number] = program(frame, [*self._lines, *choices(frame)])
        return self._controls[number]

    def grounds(self) -> list[clingo.Symbol]:
        """Every ground that the first deadline can have, and the refusals of the others."""
        atoms = {str(a.symbol): a.symbol for n in range(len(self.frames)) for a in self._against(n)}
        return [atoms[name].arguments[0] for name in sorted(atoms)]

    def _against(self, number: int) -> Iterator[clingo.SymbolicAtom]:
        return iter(self.control(number).symbolic_atoms.by_signature("against", 1))

    def some(self, *assumptions: tuple[clingo.Symbol, bool], all_frames: bool = True) -> Dossier | None:
        """A dossier of the space in which the atoms hold or fail as assumed."""
        number = self._frame(assumptions, all_frames)
        if number is None:
            return None
        with self.control(number).solve(assumptions=list(assumptions), yield_=True) as handle:
            return next(dossier(self.frames[number], model) for model in handle)

    def ever(self, *assumptions: tuple[clingo.Symbol, bool], all_frames: bool = True) -> bool:
        """Whether there is such a dossier."""
        return self._frame(assumptions, all_frames) is not None

    def _frame(self, assumptions: Sequence[tuple[clingo.Symbol, bool]], all_frames: bool) -> int | None:
        """The first deadline whose space has such a dossier."""
        for number in range(len(self.frames) if all_frames else 1):
            control = self.control(number)
            if any(wanted and not control.symbolic_atoms[atom] for atom, wanted in assumptions):
                continue
            if control.solve(assumptions=list(assumptions)).satisfiable:
                return number
        return None


def _questions(encoding: Encoding) -> Iterator[str]:
    own = encoding.derived | {("reading", 2)}
    for rule in encoding.at_work:
        if rule.node.body:
            yield fires(encoding.node(rule), own, f"instance({rule.number}")
            yield f"fires({rule.number}) :- instance({rule.number},_)."
    yield f"eligible :- {NEW}out(eligible(_)). rejected :- {NEW}out(rejected(_))."
    yield "one(X) :- against(X), #count { Y : against(Y) } = 1. some :- against(_)."
    yield f"meets(P,K) :- {NEW}met(_,P,K). asks(P,K) :- {NEW}requires(_,P,K)."
    yield f"#defined {NEW}met/3. #defined {NEW}requires/3. #defined instance/2."
    yield "#defined eligible/0. #defined rejected/0."


def _f(name: str, *arguments: clingo.Symbol) -> clingo.Symbol:
    return clingo.Function(name, list(arguments))


def _proved(asked: _Asked) -> Iterator[Finding]:
    encoding = asked.encoding
    for rule in encoding.at_work:
        if rule.node.body and not asked.ever((_f("fires", clingo.Number(rule.number)), True)):
            code = "never_fires" if rule.provision else "shared_idle"
            yield Finding(code, {"place": rule.place, "rule": str(rule.node)})
    required = sorted(
        {str(a.symbol): a.symbol for a in asked.control(0).symbolic_atoms.by_signature("asks", 2)}.items()
    )
    grounds = asked.grounds()
    failing = [ground for ground in grounds if ground.name in ("failed", "open")]
    for _, symbol in required:
        provision, key = symbol.arguments
        if not asked.ever((_f("meets", provision, key), True)):
            yield Finding("unmeetable", _named(provision, key))
        own = [ground for ground in failing if ground.arguments == [provision, key]]
        if not any(asked.ever((_f("against", ground), True)) for ground in own):
            yield Finding("never_bites", _named(provision, key))
    if (found := asked.some((_f("eligible"), True), (_f("some"), True))) is not None:
        yield Finding("eligible_with_ground", {}, found)
    bars = [ground for ground in grounds if ground.name == "barred"]
    for ground in bars:
        here = (_f("against", ground), True)
        if (found := asked.some(here, (_f("rejected"), False))) is not None:
            yield Finding("not_rejected", _named(*ground.arguments), found)
        elif not asked.ever((_f("one", ground), True)) and asked.ever(here):
            yield Finding("not_alone", _named(*ground.arguments))
    yield from _implied(asked, [g for g in grounds if g.name in ("failed", "barred")])


def _named(provision: clingo.Symbol, key: clingo.Symbol) -> dict[str, object]:
    return {"citation": Provision.of(provision).citation, "key": key.name}


def _implied(asked: _Asked, grounds: Sequence[clingo.Symbol]) -> Iterator[Finding]:
    """A ground that never comes without another one; shown is a dossier with the other alone, where there is one.

    Papers that are overdue are left aside: there the applicant's duty is cited beside whatever is missing, always.
    """
    closed = (_f("evidence_closed"), False)
    for ground in grounds:
        here = (_f("against", ground), True)
        if asked.ever(here, closed, (_f("one", ground), True), all_frames=False):
            continue
        for other in grounds:
            if other != ground and not asked.ever(here, closed, (_f("against", other), False), all_frames=False):
                if not asked.ever(here, closed, all_frames=False):
                    break
                back = asked.some(
                    (_f("against", other), True), closed, (_f("against", ground), False), all_frames=False
                )
                this, that = _named(*ground.arguments), _named(*other.arguments)
                yield Finding(
                    "implied",
                    {"citation": this["citation"], "key": this["key"], "kind": ground.name,
                     "other": that["citation"], "other_key": that["key"], "other_kind": other.name,
                     "mutual": "yes" if back is None else "no"},
                    back,
                )  # fmt: skip


def frames(encoding: Encoding, deadline: int = DEADLINE) -> list[Space]:
    """The spaces that the claims are proved over."""
    lines = windows(encoding)
    return [space([encoding], day, lines) for day in deadlines([encoding], lines, deadline)]
