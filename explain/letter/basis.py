"""What a ground rests on, read off its justifications: facts, how they stand to the text, what fails or is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

import networkx
from clingo import Number, Symbol, SymbolType

from engine.answers import Decision, Ground, Outcome
from engine.facts import OPEN, PREDICATES, Fact, quote, text
from engine.law import Provision, rule_files
from explain.dual import Program, program
from explain.graph import justify_all
from explain.outline import readings
from explain.rules import Atom

FRAME = frozenset({"applicant", "round", "evidence_closed", "reading", "name"})
"""What every ground stands on: it is told elsewhere in a letter, or is no fact."""
KIND = "applicant"
"""Who applies is told where what it is decides; how a text is read never is a fact."""
NOT_FULL, WITHIN = "award_not_full", "award_within"
"""The predicates that say that years after an award are not full yet, or not over."""
SINCE = "years_since"
"""The predicate that counts the calendar years since an award; the rule of the provision says how many are too few."""
STANDINGS = ("recent", "recent_state", "running", "begun", "banned", "recent_award", NOT_FULL, WITHIN)
"""The predicates that say how a recorded event stands to the period or the state a provision names."""
_YEARLY, WHICH_YEARS = "complete_year", "complete_years"
"""The predicate that says which years count, and its reading: it bears on other deadlines where not on this one."""
FULL = "full_years"
"""The predicate that says that years asked for are full; where it does not hold, it is told when they will be."""


@dataclass(frozen=True)
class Standing:
    """How recorded facts stand to a provision: the predicate that says so, its rule's values, the facts."""

    predicate: str
    values: Mapping[str, Symbol]
    facts: tuple[Fact, ...]

    def number(self, name: str) -> int:
        """A number among the values; 0 where there is none."""
        found = self.values.get(name)
        return found.number if found is not None and found.type == SymbolType.Number else 0


@dataclass(frozen=True)
class Basis:
    """One ground with what it rests on.

    `facts` are those a reader is told, `causes` what fails of them in words by language; `overdue` says that the ground
    is a paper that is missing after the time for supplements, `years` for which years; `duty` that it is the duty to
    hand papers in; `limbs` the predicates it fails on; `actor` who must act on what is open, `topic` what is to be
    found. `provisions` and `rests` are every provision named and every fact used in the justification, `readings` the
    readings it asked for, `choices` these with the choice in force. `judged` is the day by which it is judged (0 where
    it looks at none), `wanting` what is on file and does not do, of what is open or missing, in words by language.
    """

    kind: str
    ground: Ground
    facts: tuple[Fact, ...]
    rests: tuple[Fact, ...]
    provisions: tuple[Provision, ...]
    readings: tuple[str, ...]
    standings: tuple[Standing, ...] = ()
    causes: Mapping[str, tuple[str, ...]] | None = None
    overdue: bool = False
    duty: bool = False
    years: tuple[int, ...] = ()
    limbs: tuple[str, ...] = ()
    actor: str = ""
    topic: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    judged: int = 0
    wanting: Mapping[str, tuple[str, ...]] | None = None


def bases(
    decision: Decision,
    outcomes: Sequence[Outcome],
    kinds: Sequence[str] = ("barred", "failed"),
    worded: bool = True,
) -> Iterator[tuple[Basis, ...]]:
    """What every ground of these outcomes rests on, outcome by outcome; bars before requirements."""
    grounds = [[(kind, g) for kind in kinds for g in getattr(o, kind)] for o in outcomes]
    asked = [_questions(o.id, *pair) for o, rows in zip(outcomes, grounds, strict=True) for pair in rows]
    graphs = justify_all(decision, (atom for atoms in asked for atom in atoms), worded=worded)
    case = decision.case
    known = {text(fact): fact for fact in chain(case.shared, *(case.about(outcome.id) for outcome in outcomes))}
    ready = program(rule_files(decision.city))
    counts = iter(map(len, asked))
    for outcome, rows in zip(outcomes, grounds, strict=True):
        yield tuple(
            replace(
                _Reader(decision, ready, known, list(islice(graphs, next(counts)))).basis(kind, ground),
                actor=outcome.actor(ground) if kind == "open" else "",
            )
            for kind, ground in rows
        )


def _questions(applicant: str, kind: str, ground: Ground) -> list[str]:
    """The atoms to justify: for a bar of several events each event by itself."""
    if len(ground.events) > 1:
        return [f"barring_event({quote(applicant)},{ground.provision},{ground.key},{event})" for event in ground.events]
    return [f"{kind}({quote(applicant)},{ground.provision},{ground.key})"]


class _Reader:
    """Reads one ground's graphs."""

    def __init__(
        self, decision: Decision, ready: Program, known: Mapping[str, Fact], graphs: list[networkx.DiGraph]
    ) -> None:
        self.decision, self.ready, self.known, self.graphs = decision, ready, known, graphs

    def basis(self, kind: str, ground: Ground) -> Basis:
        root = self.graphs[0].graph["root"]
        direct = {self.graphs[0].nodes[node].get("predicate") for node in self.graphs[0].successors(root)}
        overdue = "overdue" in direct
        told, standings, causes, years = list[Fact](), list[Standing](), dict[str, list[str]](), list[int]()
        limbs, wanting = list[str](), dict[str, list[str]]()
        for graph in self.graphs:
            kept = self._kept(graph, kind)
            if kind == "open" or overdue:
                years += self._years(graph)
            else:
                told += self._told(graph, kept)
                standings += self._standings(graph, kept)
                limbs += self._limbs(graph, kept)
                for lang in ("zh", "en"):
                    causes.setdefault(lang, []).extend(self._causes(graph, kept, lang))
            if kind == "open" or overdue:
                for lang in ("zh", "en"):
                    wanting.setdefault(lang, []).extend(self._wanting(graph, lang))
        asked = {pair for graph in self.graphs for pair in readings(graph, self.decision.readings)}
        if any(n.get("predicate") == _YEARLY for graph in self.graphs for _, n in graph.nodes(data=True)):
            asked.add((WHICH_YEARS, self.decision.readings[WHICH_YEARS]))
        choices = tuple(sorted((str(key), str(choice)) for key, choice in asked))
        return Basis(
            kind,
            ground,
            tuple(dict.fromkeys(told)),
            tuple(sorted({*told, *(f for graph in self.graphs for f in self._recorded(graph, graph))}, key=text)),
            (ground.provision, *self._named(ground.provision)),
            tuple(sorted({key for key, _ in choices})),
            _once(standings),
            {lang: tuple(dict.fromkeys(words)) for lang, words in causes.items()},
            overdue,
            overdue and "supplement_duty" in direct,
            tuple(sorted(set(years))),
            tuple(dict.fromkeys(limbs)),
            topic=self._topic(),
            choices=choices,
            judged=self._judged(),
            wanting={lang: tuple(dict.fromkeys(words)) for lang, words in wanting.items()},
        )

    def _judged(self) -> int:
        """The day by which the ground is judged, where it looks at one; else 0."""
        for graph in self.graphs:
            for _, n in graph.nodes(data=True):
                if n["truth"] and n.get("predicate") == "reference_day":
                    return int(n["arguments"][1].number)
        return 0

    def _topic(self) -> str:
        """The topic that a person must judge, where the requirement is a person's judgment."""
        for graph in self.graphs:
            for _, n in graph.nodes(data=True):
                if n["truth"] and n.get("predicate") == "rests_on_finding":
                    return str(n["arguments"][3])
        return ""

    def _named(self, own: Provision) -> list[Provision]:
        """The provisions that the justifications name beside the ground's own."""
        named = set[str]()
        for graph in self.graphs:
            named |= {n.get("provision", "") for _, n in graph.nodes(data=True)}
            named |= {e.get("provision", "") for *_, e in graph.edges(data=True)}
        return sorted({Provision.parse(p) for p in named if p} - {own})

    def _kept(self, graph: networkx.DiGraph, kind: str) -> set[str]:
        """The nodes that tell why, without alternatives that would not have helped."""
        root = graph.graph["root"]
        dropped = set[str]()
        if kind == "failed":
            for met in graph.successors(root):
                if graph.nodes[met].get("predicate") == "met" and not graph.nodes[met]["truth"]:
                    dropped = self._idle(graph, root, met)
        kept, todo = {root}, [root]
        while todo:
            for node in graph.successors(todo.pop()):
                if node not in kept and node not in dropped:
                    kept.add(node)
                    todo.append(node)
        return kept

    def _idle(self, graph: networkx.DiGraph, root: str, met: str) -> set[str]:
        """Below a condition that is not met: rules and conditions that are not what it fails on."""
        evidence = set[str]()
        for node in graph.successors(root):
            if graph.nodes[node].get("predicate") == "evidence":
                evidence |= networkx.descendants(graph, node) | self._otherwise(graph, node)
        shown = {n for n in evidence if self._is_record(graph, n) and graph.nodes[n]["predicate"] not in FRAME}
        rules = {r: self._fails(graph, r) for r in graph.successors(met) if graph.nodes[r]["role"] == "rule"}
        rules = {r: fails for r, fails in rules.items() if fails and not self._about_else(graph, r)} or rules
        dropped = {r for r in graph.successors(met) if graph.nodes[r]["role"] == "rule" and r not in rules}
        fewest = min(map(len, rules.values()), default=0)
        for rule, fails in rules.items():
            if fewest == 1 and len(fails) > 1 and len(rules) > 1:
                dropped.add(rule)
                continue
            proved = [n for n in fails if n in evidence]
            contrary = [n for n in fails if graph.nodes[n]["kind"] not in ("no_record", "finding_missing")]
            on_file = [n for n in contrary if shown & networkx.descendants(graph, n)]
            alike = {graph.nodes[n].get("predicate") for n in proved if graph.nodes[n]["truth"]}
            proved += [n for n in contrary if graph.nodes[n]["truth"] and graph.nodes[n].get("predicate") in alike]
            deciding = proved or on_file or contrary or fails
            dropped |= set(fails) - set(deciding)
        return dropped

    def _otherwise(self, graph: networkx.DiGraph, node: str) -> set[str]:
        """What the rules that also give an atom, and were not chosen for it, rest on, as far as the graph shows it."""
        others = set(graph.nodes[node].get("alternatives", ()))
        named = {
            (one.name, one.sign != 1)
            for number, label in self.ready.labels.items()
            if label in others
            for one in self.ready.rules[number].body
            if isinstance(one, Atom)
        }
        found = {n for n, of in graph.nodes(data=True) if (of.get("predicate"), of["truth"]) in named}
        return found.union(*(networkx.descendants(graph, n) for n in found))

    def _fails(self, graph: networkx.DiGraph, rule: str) -> list[str]:
        """The conditions a rule failed on, without what no rule can give and what is mere background."""
        places = [rule]
        for place in places:
            places += [node for node in graph.successors(place) if graph.edges[place, node]["role"] == "tries"]
        return [
            node
            for place in places
            for node in graph.successors(place)
            if graph.edges[place, node]["role"] == "fails"
            and graph.nodes[node]["kind"] not in ("no_rule", "not_stated")
            and not self._background(graph.nodes[node])
        ]

    def _about_else(self, graph: networkx.DiGraph, rule: str) -> bool:
        """Whether a rule is about another requirement: blocked by what no rule can give, or by mere background."""
        blocked = [graph.nodes[n] for n in graph.successors(rule) if graph.edges[rule, n]["role"] == "fails"]
        return any(n["kind"] in ("no_rule", "not_stated") or self._background(n) for n in blocked if not n["truth"])

    def _background(self, node: Mapping[str, Any]) -> bool:
        signature = node.get("predicate", ""), len(node.get("arguments", ()))
        words = self.ready.wording.predicates.get(signature)
        return words is not None and (words.background or words.technical)

    def _is_record(self, graph: networkx.DiGraph, node: str) -> bool:
        n = graph.nodes[node]
        return bool(n["truth"]) and n.get("predicate") in PREDICATES and n.get("atom") in self.known

    def _recorded(self, graph: networkx.DiGraph, nodes: Any) -> list[Fact]:
        return [self.known[graph.nodes[n]["atom"]] for n in nodes if self._is_record(graph, n)]

    def _told(self, graph: networkx.DiGraph, kept: set[str]) -> list[Fact]:
        """The recorded facts to tell, each of several that would do; who applies only where a record of it decides."""
        decisive = {
            target
            for node, target, role in graph.edges(data="role")
            if role == "contrary" and node in kept and target in kept
        }
        found = list[Fact]()
        for node in (one for one in graph if one in kept):
            n = graph.nodes[node]
            if self._is_record(graph, node) and (
                n["predicate"] not in FRAME or (node in decisive and n["predicate"] == KIND)
            ):
                found.append(self.known[n["atom"]])
            likewise = [self.known[one] for one in n.get("alternatives", ()) if n["truth"] and one in self.known]
            found += [fact for fact in likewise if fact.predicate not in FRAME]
        return found

    def _standings(self, graph: networkx.DiGraph, kept: set[str]) -> list[Standing]:
        found = []
        told = self._told(graph, kept)
        for node in (n for n in graph if n in kept):
            n = graph.nodes[node]
            if not n["truth"] and n.get("predicate") == FULL and "arguments" in n:
                _, start, years = n["arguments"]
                begun = tuple(fact for fact in told if start.number in fact.arguments)
                found += [Standing(FULL, {"Day": start, "N": years}, begun)] if begun else []
            if n["truth"] and n.get("predicate") in STANDINGS and "arguments" in n:
                mine = {_plain(value) for value in n["arguments"][1:] if not str(value).startswith("art(")}
                facts = tuple(fact for fact in told if mine <= set(fact.arguments))
                if facts:
                    found.append(Standing(str(n["predicate"]), dict(n.get("binding", {})), facts))
            if n["truth"] and n.get("predicate") == SINCE and "arguments" in n:
                found += self._since(graph, node, told)
        return found

    def _since(self, graph: networkx.DiGraph, node: str, told: Sequence[Fact]) -> Iterator[Standing]:
        """How many calendar years lie since an award, with the years that the rule names and the last day they bar."""
        *award, between = graph.nodes[node]["arguments"][1:]
        facts = tuple(fact for fact in told if {_plain(value) for value in award} <= set(fact.arguments))
        beside = {one for rule in graph.predecessors(node) for one in graph.successors(rule)}
        for n in (graph.nodes[one] for one in sorted(beside)):
            if n["role"] != "comparison" or n["operators"][0] not in ("<", "<=") or n["values"][0] != between:
                continue
            years = n["values"][1]
            last = award[-1].number // 10000 + years.number - (n["operators"][0] == "<")
            values = {"K": between, "N": years, "Day": award[-1], "End": Number(last * 10000 + 1231)}
            if facts:
                yield Standing(SINCE, values, facts)

    def _limbs(self, graph: networkx.DiGraph, kept: set[str]) -> list[str]:
        """The predicates of the rules that hold and decide: those that stop what is asked for, or that bar."""
        root = graph.graph["root"]
        stopped = [
            node
            for node in graph.successors(root)
            if graph.nodes[node].get("predicate") == "met" and not graph.nodes[node]["truth"]
        ]
        below = {one for met in stopped for one in networkx.descendants(graph, met)} if stopped else set(graph)
        return [
            str(n["predicate"])
            for n in (graph.nodes[node] for node in graph if node in below & kept)
            if n["role"] == "atom" and n["truth"] and n["predicate"] not in PREDICATES and not self._background(n)
        ]

    def _causes(self, graph: networkx.DiGraph, kept: set[str], lang: str) -> list[str]:
        """What the rules say failed, without what only repeats a record."""
        if lang not in graph.nodes[graph.graph["root"]]:
            return []
        said = []
        records = {graph.nodes[n][lang] for n in graph if self._is_record(graph, n)}
        for met in graph.successors(graph.graph["root"]):
            if graph.nodes[met].get("predicate") != "met" or graph.nodes[met]["truth"]:
                continue
            for rule in (r for r in graph.successors(met) if r in kept and graph.nodes[r]["role"] == "rule"):
                failing = self._fails(graph, rule)
                mine = [n for n in failing if n in kept]
                if all(graph.nodes[n]["truth"] for n in mine):
                    continue  # what is on record is told as a fact
                whole = [graph.nodes[rule][lang]] if mine == failing else [graph.nodes[n][lang] for n in mine]
                said += [_without(words, records) for words in whole]
        return [words for words in said if words and not any(record in words for record in records if record)]

    def _wanting(self, graph: networkx.DiGraph, lang: str) -> list[str]:
        """What is on file and does not do, limb by limb, of a requirement that is open; not what a record says itself.

        Nothing is said where only records are lacking: what is not there is named by who has to act.
        """
        if lang not in graph.nodes[graph.graph["root"]]:
            return []
        said = []
        for met, n in graph.nodes(data=True):
            if n.get("predicate") != "met" or n["truth"]:
                continue
            for rule in (r for r in graph.successors(met) if graph.nodes[r]["role"] == "rule"):
                if self._about_else(graph, rule):
                    continue
                for one in self._fails(graph, rule):
                    record = graph.nodes[one]["truth"] or any(
                        graph.edges[above, fact]["role"] == "fails" and self._is_record(graph, fact)
                        for above in graph.successors(one)
                        for fact in graph.successors(above)
                    )
                    judged = any(
                        self._is_record(graph, below)
                        for below in networkx.descendants(graph, one)
                        if graph.nodes[below].get("predicate") not in FRAME
                    )
                    if judged and not record:
                        said.append(graph.nodes[one][lang])
        return said

    def _years(self, graph: networkx.DiGraph) -> list[int]:
        """The years for which a piece is missing."""
        found = []
        for _, node, role in graph.edges(data="role"):
            n = graph.nodes[node]
            if role != "fails" or not n["truth"] or "arguments" not in n or self._background(n):
                continue
            for place, value in enumerate(n["arguments"]):
                kind = self.ready.types.get(((n["predicate"], len(n["arguments"])), place))
                if kind == "year" and value is not None and value.type == SymbolType.Number:
                    found.append(value.number)
        return found


def _plain(value: Symbol) -> str | int:
    """A value as facts hold it."""
    if value.type == SymbolType.Number:
        return value.number
    return value.string if value.type == SymbolType.String else str(value)


def _without(words: str, records: set[str]) -> str:
    """A sentence without the records it begins with."""
    for record in sorted(records, key=len, reverse=True):
        for comma in ("，", ", "):
            words = words.removeprefix(record + comma)
    return words


def _once(standings: list[Standing]) -> tuple[Standing, ...]:
    seen = dict[tuple[str, tuple[Fact, ...], str], Standing]()
    for one in standings:
        seen.setdefault((one.predicate, one.facts, str(sorted((k, str(v)) for k, v in one.values.items()))), one)
    return tuple(seen.values())


def event(fact: Fact) -> bool:
    """Whether a fact records something adverse that happened or lasted."""
    return PREDICATES[fact.predicate].group == "adverse"


def moment(fact: Fact) -> tuple[int, str]:
    """When a fact happened, for facts in the order of time; what has no day comes last."""
    fields = PREDICATES[fact.predicate].fields
    days = [int(v) for f, v in zip(fields, fact.arguments, strict=True) if f.kind in ("day", "open_day")]
    years = [int(v) * 10000 + 1231 for f, v in zip(fields, fact.arguments, strict=True) if f.kind == "year"]
    return next((day for day in (*days, *years) if day != OPEN), OPEN), text(fact)
