"""Justification graphs of random programs checked against what is true by substitution (tests/random_programs.py)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import networkx
from random_programs import (
    COMPARE,
    Aggregate,
    Atom,
    Comparison,
    Env,
    Instance,
    Program,
    Value,
    parsed,
    rank,
    text_of,
)

BUILT = re.compile(r"[-+*]|f\([A-Z]")


class Mismatch(AssertionError):
    """A graph says what is not so, or leaves out what is."""


class Check:
    """Checks one graph of a program that stands at `first` of its file; raises Mismatch."""

    def __init__(self, program: Program, graph: networkx.DiGraph, first: int = 1) -> None:
        self.program = program
        self.graph = graph
        self.first = first

    def whole(self) -> None:
        """Every node of the graph."""
        self._so(networkx.is_directed_acyclic_graph(self.graph), "circle", "")
        for node, data in self.graph.nodes(data=True):
            getattr(self, f"_{data['role']}")(node, data)

    def _so(self, held: object, what: str, node: str) -> None:
        if not held:
            raise Mismatch(f"{what}: {node}\n{self.program}\nasked {self.graph.graph['question']}")

    # Roles ------------------------------------------------------------------------------------------------------------

    def _atom(self, node: str, data: dict[str, Any]) -> None:
        if data["kind"] == "undefined":
            return
        name, values = self._read(data["atom"])
        rows = [row for row in self.program.atoms.get(name, ()) if alike(values, row)]
        self._so(data["truth"] == bool(rows), "truth", node)
        own = [n for n, rule in enumerate(self.program.rules) if rule.head.name == name]
        if data["truth"]:
            self._true(node, data, own)
        else:
            self._false(node, data, own, values)

    def _rule(self, node: str, data: dict[str, Any]) -> None:
        self._so(data["kind"] == "blocked" and self.graph.out_degree(node), "rule", node)

    def _instance(self, node: str, data: dict[str, Any]) -> None:
        if "predicate" in data:
            name, values = self._read(data["atom"])
            self._so(values in self.program.atoms.get(name, ()), "instance", node)
        self._so(self.graph.out_degree(node), "instance without a reason", node)

    def _comparison(self, node: str, data: dict[str, Any]) -> None:
        values = [value(str(one)) for one in data.get("values", ())]
        if data["kind"] in ("undefined", "no_match"):
            return
        ranges = [one for one in values if isinstance(one, str) and one.startswith("__range")]
        if ranges:
            return
        pairs = list(zip(values, data["operators"], values[1:], strict=False))
        found = [COMPARE[by](rank(one), rank(other)) != data["negated"] for one, by, other in pairs]
        self._so(bool(pairs) and data["truth"] == (any(found) if data["negated"] else all(found)), "comparison", node)

    def _aggregate(self, node: str, data: dict[str, Any]) -> None:
        literal, env = self._literal(data, Aggregate), self._env(node)
        if literal is None or not set(literal.variables) - set(literal.binds) <= set(env):
            return
        env = {name: env.get(name, 0) for name in literal.variables} | dict(env)
        atoms = self.program.atoms
        got = literal.value(env, atoms)
        self._so(str(data["value"]) == text_of(got), f"value {got}", node)
        said = {(t, r) for _, t, e in self.graph.out_edges(node, data=True) for r in roles(e)}
        counted = {self._own(self.graph.nodes[target]["atom"]) for target, role in said if role == "counts"}
        members = literal.members(env, atoms)
        if literal.function in ("sum", "sum+"):
            least = 0 if literal.function == "sum+" else -999
            members = {
                own: rows for own, rows in members.items() if isinstance(own[0], int) and own[0] > least and own[0]
            }
        wanted = {atom_text(literal.atom.name, row) for rows in members.values() for row in rows}
        self._so(counted == wanted, f"contributors {sorted(wanted)}", node)

    def _conditional(self, node: str, data: dict[str, Any]) -> None:
        self._so(self.graph.out_degree(node) or data["truth"], "conditional", node)

    def _circle(self, node: str, data: dict[str, Any]) -> None:
        self._so(data["kind"] == "circular", "circle", node)

    # Atoms ------------------------------------------------------------------------------------------------------------

    def _true(self, node: str, data: dict[str, Any], own: list[int]) -> None:
        facts = [
            n
            for n in own
            if not self.program.rules[n].body and str(self.program.rules[n].head) == self._own(data["atom"])
        ]
        if data["kind"] == "stated":
            self._so(facts, "stated", node)
            return
        self._so(data["kind"] == "derived", f"kind {data['kind']}", node)
        number = int(data["location"].rpartition(":")[2]) - self.first
        children = [(t, r, self.graph.nodes[t]) for _, t, e in self.graph.out_edges(node, data=True) for r in roles(e)]
        said = [
            (self._own(child["atom"]), child["truth"])
            for _, role, child in children
            if role == "condition" and child["role"] == "atom"
        ]
        rule = self.program.rules[number]
        bound = {name: value(text) for name, text in self._binding(node).items()}
        env = {**dict.fromkeys(rule.variables), **bound}
        row = tuple(term.of(env) for term in rule.head.terms)
        fits = (
            set(rule.variables) <= set(bound)
            and None not in row
            and atom_text(rule.head.name, row) == self._own(data["atom"])
            and all(literal.holds(env, self.program.atoms) for literal in rule.body)
            and self._told(Instance(rule, row, env, self.program.atoms), said)
        )
        self._so(fits, f"support {said}", node)

    def _told(self, one: Instance, said: list[tuple[str, bool]]) -> bool:
        """Whether the children are the atoms of the instance: each literal has one, each is one of a literal."""
        left = set(said)
        for literal in one.rule.body:
            if not isinstance(literal, Atom):
                continue
            rows = [atom_text(literal.name, row) for row in literal.instances(one.env, self.program.atoms)]
            if literal.sign == 1:
                own = {(text, truth) for text, truth in said if not truth and self._covers(text, literal, one.env)}
            else:
                own = {(text, truth) for text, truth in said if truth and text in rows}
            if not own:
                return False
            left -= own
        return not left

    def _covers(self, text: str, literal: Atom, env: Env) -> bool:
        """Whether a pattern is the atom of a literal, `_` where that has `_`."""
        name, values = self._read(text)
        return name == literal.name and all(
            open_(term, env) == one for term, one in zip(literal.terms, values, strict=True)
        )

    def _false(self, node: str, data: dict[str, Any], own: list[int], values: tuple[Any, ...]) -> None:
        kind = data["kind"]
        facts = all(not self.program.rules[n].body for n in own)
        if kind == "no_record":
            self._so(not own, "no_record", node)
        elif kind == "not_stated":
            self._so(own and facts, "not_stated", node)
        elif kind == "not_pursued":
            self._so(any(BUILT.search(str(self.program.rules[n])) for n in own), "not_pursued", node)
            return
        circle = [t for t in self.graph.successors(node) if self.graph.nodes[t]["role"] == "circle"]
        rules: dict[int, list[str]] = defaultdict(list)
        for child in self.graph.successors(node):
            if self.graph.nodes[child]["role"] == "rule":
                rules[int(self.graph.nodes[child]["location"].rpartition(":")[2]) - self.first].append(child)
        for number in own:
            for one in self.program.instances(number):
                if alike(values, one.head):
                    self._so(rules[number] or circle, f"rule {number} untold for {dict(one.env)}", node)
                    told = [self._blocks(child, one) for child in rules[number] if self._fits(child, one)]
                    self._so(told and all(told), f"rule {number} not blocked for {dict(one.env)}", node)
            for child in rules[number]:
                self._complete(child, number)

    def _fits(self, node: str, one: Instance) -> bool:
        """Whether a node is about the instance: its binding, as far as it goes, is that of the instance."""
        return all(one.env.get(name, value(text)) == value(text) for name, text in self._binding(node).items())

    def _found(self, node: str, one: Instance) -> bool:
        """Whether an instance's atom is one of a literal of the ground rule; a value has none."""
        data = self.graph.nodes[node]
        if "predicate" not in data:
            return True
        name, row = self._read(data["atom"])
        own = [x for x in one.rule.body if isinstance(x, Atom) and not x.sign and x.name == name]
        return any(row in x.instances(one.env, self.program.atoms) for x in own)

    def _blocks(self, node: str, one: Instance) -> bool:
        """Whether what stands below tells a literal that fails in the instance."""
        groups: dict[str, list[str]] = defaultdict(list)
        for _, child, edge in self.graph.out_edges(node, data=True):
            data = self.graph.nodes[child]
            for role in roles(edge):
                if role == "tries":
                    groups[
                        str(
                            data.get(
                                "source", data["kind"] == "value" and re.sub(r" #.*", "", child.rpartition(" = ")[2])
                            )
                        )
                    ].append(child)
                elif role == "fails" and self._fails(data, one):
                    return True
        for held, literal in zip(one.holds, one.rule.body, strict=True):
            if not held and not isinstance(literal, Atom) and (literal.binds or _solved(literal, one.env)):
                return True  # an equation binds a variable: other values are no instance
        for group in groups.values():
            fitting = [child for child in group if self._fits(child, one) and self._found(child, one)]
            if fitting and all(self._blocks(child, one) for child in fitting):
                return True
            # Where no instance found is this one, a literal that binds does not hold for it.
            pairs = zip(one.holds, one.rule.body, strict=True)
            if not fitting and any(not held and isinstance(two, Atom) and not two.sign for held, two in pairs):
                return True
        return False

    def _fails(self, data: dict[str, Any], one: Instance) -> bool:
        """Whether a node is a literal of the instance that fails."""
        for held, literal in zip(one.holds, one.rule.body, strict=True):
            if held and not (isinstance(literal, Comparison) and literal.negated):
                continue
            if data["role"] == "circle":
                return True
            if data["role"] == "atom" and isinstance(literal, Atom):
                if data["kind"] == "undefined":
                    if data["atom"][0] == literal.name:
                        return True
                    continue
                name, values = self._read(data["atom"])
                if name != literal.name or data["truth"] != (literal.sign == 1):
                    continue
                terms = list(zip(literal.terms, values, strict=True))
                if all(over(v, t, one.env) for t, v in terms) or (
                    data["truth"] and values in literal.instances(one.env, self.program.atoms)
                ):
                    return True
            if data["role"] == "comparison":
                source = self._plain(data.get("source", ""))
                if "Found" in source or "Asked" in source or data["kind"] in ("no_match", "undefined"):
                    return True
                if isinstance(literal, Comparison) and source in self._plain(str(literal)):
                    return True
            if data["role"] == "aggregate" and isinstance(literal, Aggregate):
                return True
            if data["role"] == "conditional" and not isinstance(literal, Atom | Comparison | Aggregate):
                return True
        return data["role"] == "comparison" and "Asked" in data.get("source", "")

    def _complete(self, node: str, number: int) -> None:
        """Every literal that the head's values decide and that fails is told directly."""
        rule, env = self.program.rules[number], {name: value(text) for name, text in self._binding(node).items()}
        for literal in rule.body:
            if set(literal.variables) <= set(env) and not literal.holds(env, self.program.atoms):
                if isinstance(literal, Comparison) and len(literal.operators) > 1:
                    continue
                one = Instance(rule, (), {**dict.fromkeys(rule.variables, 0), **env}, self.program.atoms)
                alone = Instance(type(rule)(rule.head, (literal,)), (), one.env, self.program.atoms)
                below = [
                    self.graph.nodes[t] for _, t, e in self.graph.out_edges(node, data=True) if "fails" in roles(e)
                ]
                tried = any("tries" in roles(e) for *_, e in self.graph.out_edges(node, data=True))
                built = isinstance(literal, Atom) and any(t.kind == "op" or "_" in str(t) for t in literal.terms)
                self._so(
                    any(self._fails(data, alone) for data in below) or (tried and built), f"untold {literal}", node
                )

    # Reading ----------------------------------------------------------------------------------------------------------

    def _read(self, text: str) -> tuple[str, tuple[Any, ...]]:
        name, _, inside = text.partition("(")
        name = name[0]  # the number tells the program
        return name, tuple(parsed(one) for one in split(inside[:-1])) if inside else ()

    def _binding(self, node: str) -> dict[str, str]:
        found = self.graph.nodes[node].get("binding", {})
        return {name: str(one) for name, one in found.items() if re.fullmatch(r"[WXYZN]", name)}

    def _env(self, node: str) -> dict[str, Value]:
        """What the rule above an aggregate binds."""
        found: dict[str, Value] = {}
        for one in networkx.ancestors(self.graph, node):
            data = self.graph.nodes[one]
            if data.get("location") == self.graph.nodes[node]["location"] and self.graph.has_edge(one, node):
                found |= {name: value(text) for name, text in self._binding(one).items()}
        return found

    def _literal(self, data: dict[str, Any], kind: type) -> Any:
        rule = self.program.rules[int(data["location"].rpartition(":")[2]) - self.first]
        own = [literal for literal in rule.body if isinstance(literal, kind)]
        return own[0] if len(own) == 1 else None

    @staticmethod
    def _own(atom: str) -> str:
        """An atom without the number of its program."""
        return re.sub(r"^([egpqrs])\d+", r"\1", atom)

    @staticmethod
    def _plain(text: str) -> str:
        return re.sub(r"[\s()]", "", text).removeprefix("not")


def roles(edge: dict[str, Any]) -> tuple[str, ...]:
    """Every role of an edge."""
    found: tuple[str, ...] = edge.get("roles", (edge["role"],))
    return found


def atom_text(name: str, row: tuple[Value, ...]) -> str:
    return f"{name}({','.join(map(text_of, row))})"


def split(text: str) -> list[str]:
    """Arguments, apart from the commas inside functions."""
    found, depth = [""], 0
    for sign in text:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found


def value(text: str) -> Any:
    """A value from its text; what is none of this universe stays text."""
    return parsed(text) if re.fullmatch(r"-?\d+|[a-z_]\w*|f\(.+\)", text) else text


def alike(pattern: tuple[Any, ...], row: tuple[Any, ...]) -> bool:
    """Whether a row is an instance of a pattern; None is open."""
    return all(one is None or one == other or (
        isinstance(one, tuple) and isinstance(other, tuple) and one[0] == other[0] and alike(one[1:], other[1:])
    ) for one, other in zip(pattern, row, strict=True))  # fmt: skip


def open_(term: Any, env: Env) -> Any:
    """A term's value, None for `_`."""
    if term.kind == "any":
        return None
    return (term.name, open_(term.parts[0], env)) if term.kind == "fun" else term.of(env)


def over(pattern: Any, term: Any, env: Env) -> bool:
    """Whether a pattern covers a term: what is open in the term is open in it."""
    if pattern is None:
        return True
    if term.kind == "any":
        return False
    if term.kind == "fun":
        return isinstance(pattern, tuple) and pattern[0] == term.name and over(pattern[1], term.parts[0], env)
    return bool(pattern == term.of(env))


def _solved(literal: object, env: Env) -> bool:
    """Whether clingo solves an equation that fails here: `f(Z) = X` has one Z for each X, `f(1) = Y < X` one Y."""
    if not isinstance(literal, Comparison) or literal.negated:
        return False
    return any(
        by == "="
        and one.of(env) != other.of(env)
        and any(t.kind in ("var", "fun", "op") and t.variables for t in (one, other))
        for one, by, other in zip(literal.terms, literal.operators, literal.terms[1:], strict=False)
    )
