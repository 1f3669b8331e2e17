"""Random programs and what is true of them, found by substitution: nothing here asks explain or clingo's grounder.

A program has one rule a line. Its terms are numbers, constants, functions and arithmetic; its bodies hold atoms with
`_`, negation once and twice, comparisons and chains, equations, aggregates and conditional literals. Negation and
aggregates go to lower predicates only, so that there is one answer set; what recurs builds no new terms.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

Value = int | str | tuple[str, "Value"]
Env = Mapping[str, Value]

UNIVERSE: tuple[Value, ...] = (1, 2, 3, "a", ("f", 1), ("f", "a"))
FACTS = {"e": 2, "g": 1}
LEVELS = {"p": 1, "q": 2, "r": 1, "s": 2}
"""Predicates from low to high, with their numbers of arguments."""
COMPARE = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
}


def text_of(value: Value) -> str:
    """A value as clingo writes it."""
    return f"{value[0]}({text_of(value[1])})" if isinstance(value, tuple) else str(value)


def order(value: Value) -> tuple[object, ...]:
    """clingo's order: numbers, constants, functions."""
    if isinstance(value, int):
        return (0, value)
    return (1, value) if isinstance(value, str) else (2, value[0], order(value[1]))


def rank(value: Value) -> tuple[object, ...]:
    """The same, with the least and the greatest value."""
    return {"#inf": (-1,), "#sup": (9,)}.get(value, order(value)) if isinstance(value, str) else order(value)


@dataclass(frozen=True)
class Term:
    """`kind` is var, any, value, fun or op; a function and an operation have parts."""

    kind: str
    name: str = ""
    value: Value = 0
    parts: tuple[Term, ...] = ()

    def __str__(self) -> str:
        if self.kind == "var":
            return self.name
        if self.kind == "any":
            return "_"
        if self.kind == "value":
            return text_of(self.value)
        if self.kind == "fun":
            return f"{self.name}({self.parts[0]})"
        return f"{self.parts[0]}{self.name}{self.parts[1]}"

    @property
    def variables(self) -> list[str]:
        if self.kind == "var":
            return [self.name]
        return [name for part in self.parts for name in part.variables]

    @property
    def open(self) -> bool:
        """Whether it holds `_`."""
        return self.kind == "any" or any(part.open for part in self.parts)

    def of(self, env: Env) -> Value | None:
        """The value; None where there is none (and for `_`)."""
        if self.kind == "var":
            return env[self.name]
        if self.kind == "value":
            return self.value
        if self.kind == "any":
            return None
        found = [part.of(env) for part in self.parts]
        if None in found:
            return None
        if self.kind == "fun":
            return (self.name, found[0])  # type: ignore[return-value]
        one, other = found
        if not isinstance(one, int) or not isinstance(other, int):
            return None
        return {"+": one + other, "-": one - other, "*": one * other}[self.name]

    def matches(self, value: Value, env: Env) -> bool:
        """Whether a value is an instance of the term, `_` any."""
        if self.kind == "any":
            return True
        if self.kind == "fun":
            return isinstance(value, tuple) and value[0] == self.name and self.parts[0].matches(value[1], env)
        return self.of(env) == value


Row = tuple[Value, ...]
Atoms = Mapping[str, frozenset[Row]]


@dataclass(frozen=True)
class Atom:
    sign: int
    name: str
    terms: tuple[Term, ...]

    def __str__(self) -> str:
        return ("", "not ", "not not ")[self.sign] + f"{self.name}({','.join(map(str, self.terms))})"

    @property
    def variables(self) -> list[str]:
        return [name for term in self.terms for name in term.variables]

    @property
    def binds(self) -> list[str]:
        return self.variables if not self.sign else []

    def instances(self, env: Env, atoms: Atoms) -> list[Row]:
        """The true atoms that are instances of it."""
        rows = atoms.get(self.name, frozenset())
        return [row for row in rows if all(t.matches(v, env) for t, v in zip(self.terms, row, strict=True))]

    def holds(self, env: Env, atoms: Atoms) -> bool:
        if any(term.of(env) is None for term in self.terms if not term.open):
            return False  # a term without a value takes the instance away
        return bool(self.instances(env, atoms)) != (self.sign == 1)


@dataclass(frozen=True)
class Comparison:
    negated: bool
    terms: tuple[Term, ...]
    operators: tuple[str, ...]

    def __str__(self) -> str:
        text = str(self.terms[0])
        for operator, term in zip(self.operators, self.terms[1:], strict=True):
            text += f" {operator} {term}"
        return ("not " if self.negated else "") + text

    @property
    def variables(self) -> list[str]:
        return [name for term in self.terms for name in term.variables]

    @property
    def binds(self) -> list[str]:
        first = self.terms[0]
        return [first.name] if not self.negated and self.operators == ("=",) and first.kind == "var" else []

    def holds(self, env: Env, _atoms: Atoms) -> bool:
        values = [term.of(env) for term in self.terms]
        pairs = zip(values, self.operators, values[1:], strict=False)
        found = [
            one is not None and other is not None and COMPARE[by](rank(one), rank(other)) != self.negated
            for one, by, other in pairs
        ]
        return any(found) if self.negated else all(found)


@dataclass(frozen=True)
class Aggregate:
    """`[not] #function { weight : atom, test } operator bound`; `Weight` and `Own` are its own variables."""

    negated: bool
    function: str
    atom: Atom
    test: Comparison | None
    operator: str
    bound: Term

    def __str__(self) -> str:
        inside = ", ".join(map(str, [self.atom, *([self.test] if self.test else [])]))
        weight = ", ".join(self.own)
        return (
            "not " if self.negated else ""
        ) + f"#{self.function} {{ {weight} : {inside} }} {self.operator} {self.bound}"

    @property
    def own(self) -> list[str]:
        return [name for name in dict.fromkeys(self.atom.variables) if name.startswith("L")]

    @property
    def variables(self) -> list[str]:
        return [name for name in [*self.atom.variables, *self.bound.variables] if not name.startswith("L")]

    @property
    def binds(self) -> list[str]:
        return self.bound.variables if self.operator == "=" and not self.negated and self.bound.kind == "var" else []

    def members(self, env: Env, atoms: Atoms) -> dict[Row, list[Row]]:
        """The tuples, each with the atoms that give it."""
        found: dict[Row, list[Row]] = {}
        for row in sorted(atoms.get(self.atom.name, ()), key=lambda row: [order(one) for one in row]):
            for own in matched(self.atom.terms, row, dict(env)):
                inner = {**env, **own}
                if self.test is None or self.test.holds(inner, atoms):
                    found.setdefault(tuple(inner[name] for name in self.own), []).append(row)
        return found

    def value(self, env: Env, atoms: Atoms) -> Value:
        firsts = [row[0] for row in self.members(env, atoms)]
        if self.function == "count":
            return len(firsts)
        if self.function in ("sum", "sum+"):
            numbers = [one for one in firsts if isinstance(one, int) and (one > 0 or self.function == "sum")]
            return sum(numbers)
        if not firsts:
            return "#sup" if self.function == "min" else "#inf"
        return (min if self.function == "min" else max)(firsts, key=order)

    def holds(self, env: Env, atoms: Atoms) -> bool:
        bound = self.bound.of(env)
        if bound is None:
            return False
        return COMPARE[self.operator](rank(self.value(env, atoms)), rank(bound)) != self.negated


@dataclass(frozen=True)
class Conditional:
    """`atom : condition`, for every instance of the condition."""

    atom: Atom
    condition: Atom

    def __str__(self) -> str:
        return f"{self.atom} : {self.condition}"

    @property
    def variables(self) -> list[str]:
        return [name for name in [*self.atom.variables, *self.condition.variables] if not name.startswith("L")]

    @property
    def binds(self) -> list[str]:
        return []

    def holds(self, env: Env, atoms: Atoms) -> bool:
        return all(
            self.atom.holds({**env, **own}, atoms)
            for row in atoms.get(self.condition.name, ())
            for own in matched(self.condition.terms, row, dict(env))
        )


def matched(terms: tuple[Term, ...], row: Row, env: dict[str, Value]) -> list[dict[str, Value]]:
    """The bindings of own variables under which the terms are the row: one or none."""
    for term, value in zip(terms, row, strict=True):
        while term.kind == "fun" and isinstance(value, tuple) and value[0] == term.name:
            term, value = term.parts[0], value[1]
        if term.kind == "var" and term.name not in env:
            env[term.name] = value
        elif not term.matches(value, env):
            return []
    return [env]


Literal = Atom | Comparison | Aggregate | Conditional


@dataclass(frozen=True)
class Rule:
    head: Atom
    body: tuple[Literal, ...]

    def __str__(self) -> str:
        body = ""
        for number, literal in enumerate(self.body):
            after = "; " if number and isinstance(self.body[number - 1], Conditional) else ", " if number else ""
            body += after + str(literal)
        return f"{self.head} :- {body}." if body else f"{self.head}."

    @property
    def variables(self) -> list[str]:
        every = [*self.head.variables, *(name for literal in self.body for name in literal.variables)]
        return list(dict.fromkeys(every))


@dataclass(eq=False)
class Instance:
    """A ground instance of a rule: its head and the values of its variables."""

    rule: Rule
    head: Row
    env: Env
    atoms: Atoms

    @cached_property
    def holds(self) -> tuple[bool, ...]:
        """Which literals of the body hold."""
        return tuple(literal.holds(self.env, self.atoms) for literal in self.rule.body)


@dataclass
class Program:
    """Rules, and (found by substitution, level by level) the atoms that are true."""

    rules: list[Rule]
    atoms: dict[str, frozenset[Row]] = field(default_factory=dict)
    universe: list[Value] = field(default_factory=list)
    _instances: dict[int, list[Instance]] = field(default_factory=dict)

    def __str__(self) -> str:
        return "\n".join(map(str, self.rules))

    def written(self, number: int) -> str:
        """The program with predicates of its own: one of several in a file."""
        return re.sub(r"\b([egpqrs])\(", rf"\g<1>{number}(", str(self))

    def evaluate(self) -> Program:
        """Find the answer set; the universe are the values that programs are written with and those that came up."""
        for name in (*FACTS, *LEVELS):
            own = [rule for rule in self.rules if rule.head.name == name]
            self.atoms[name] = frozenset()
            while True:
                found = {row for rule in own for row in self._derived(rule)}
                if found <= self.atoms[name]:
                    break
                self.atoms[name] |= found
        every = (value for rows in self.atoms.values() for row in rows for value in row)
        self.universe = list(dict.fromkeys([*UNIVERSE, *sorted(set(every), key=rank)]))
        return self

    def instances(self, number: int) -> list[Instance]:
        """The ground instances of a rule over the universe."""
        if number not in self._instances:
            self._instances[number] = list(self._ground(self.rules[number]))
        return self._instances[number]

    def _derived(self, rule: Rule) -> Iterator[Row]:
        for env in self._bindings(rule, {}, list(rule.body)):
            row = tuple(term.of(env) for term in rule.head.terms)
            if None not in row:
                yield row  # type: ignore[misc]

    def _bindings(self, rule: Rule, env: dict[str, Value], body: list[Literal]) -> Iterator[dict[str, Value]]:
        """The bindings under which a body holds, its binding literals taken first."""
        if not body:
            yield env
            return
        known = set(env)
        ready = [one for one in body if set(one.variables) <= known]
        if ready:
            if ready[0].holds(env, self.atoms):
                yield from self._bindings(rule, env, [one for one in body if one is not ready[0]])
            return
        for literal in body:
            rest = [one for one in body if one is not literal]
            if isinstance(literal, Comparison) and literal.binds and set(literal.terms[1].variables) <= known:
                value = literal.terms[1].of(env)
                if value is not None:
                    yield from self._bindings(rule, {**env, literal.terms[0].name: value}, rest)
                return
            if (
                isinstance(literal, Aggregate)
                and literal.binds
                and not set(literal.variables) - known - set(literal.binds)
            ):
                yield from self._bindings(rule, {**env, literal.binds[0]: literal.value(env, self.atoms)}, rest)
                return
        for literal in body:
            if isinstance(literal, Atom) and not literal.sign:
                for row in self.atoms.get(literal.name, ()):
                    yield from self._joined(rule, literal, row, env, body)
                return
        raise AssertionError(f"unsafe: {rule}")

    def _joined(
        self, rule: Rule, literal: Atom, row: Row, env: dict[str, Value], body: list[Literal]
    ) -> Iterator[dict[str, Value]]:
        """Bind what matching the row binds; an argument that is computed waits for the other literals."""
        found = dict(env)
        for term, value in zip(literal.terms, row, strict=True):
            while term.kind == "fun" and isinstance(value, tuple) and value[0] == term.name:
                term, value = term.parts[0], value[1]
            if term.kind == "var" and term.name not in found:
                found[term.name] = value
            elif term.kind == "op" and set(term.variables) - set(found):
                (name,) = term.variables
                known = [one for one in range(-9, 20) if term.of({name: one}) == value]
                if not known:
                    return
                found[name] = known[0]
            elif not term.matches(value, found):
                return
        yield from self._bindings(rule, found, [one for one in body if one is not literal])

    def _ground(self, rule: Rule) -> Iterator[Instance]:
        names = [name for name in rule.variables if name not in ("W", "N")]
        equations = [x for x in rule.body if isinstance(x, Comparison) and x.binds == ["W"]]
        counts = [x for x in rule.body if isinstance(x, Aggregate) and x.binds == ["N"]]
        for values in itertools.product(self.universe, repeat=len(names)):
            env = dict(zip(names, values, strict=True))
            # What an equation or an aggregate binds has one value.
            for count in counts[:1]:
                env["N"] = count.value(env, self.atoms)
            for equation in [x for x in equations if set(x.terms[1].variables) <= set(env)][:1]:
                bound = equation.terms[1].of(env)
                env["W"] = "none" if bound is None else bound
            head = tuple(term.of(env) for term in rule.head.terms)
            if None not in head:
                yield Instance(rule, head, env, self.atoms)  # type: ignore[arg-type]


class Writer:
    """Writes random programs; the same seed writes the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def program(self, recursive: bool = False) -> Program:
        """A program with its answer set."""
        choose = self.random
        rules = [self._fact() for _ in range(choose.randint(2, 6))]
        for _ in range(choose.randint(2, 5)):
            rules.append(self._rule(recursive))
        return Program(list(dict.fromkeys(rules))).evaluate()

    def questions(self, program: Program, number: int) -> list[str]:
        """Atoms and patterns of them to ask about."""
        choose = self.random
        heads = sorted({rule.head.name for rule in program.rules if rule.body})
        found = []
        for _ in range(number):
            name = choose.choice(heads)
            rows = sorted(program.atoms[name], key=lambda row: [order(one) for one in row])
            if rows and choose.random() < 0.4:
                terms = [text_of(value) for value in choose.choice(rows)]
            else:
                terms = [text_of(choose.choice(UNIVERSE)) for _ in range(LEVELS[name])]
            for place in range(len(terms)):
                kind = choose.random()
                terms[place] = "_" if kind < 0.15 else "f(_)" if kind < 0.22 else terms[place]
            found.append(f"{name}({','.join(terms)})")
        return list(dict.fromkeys(found))

    def _value(self) -> Term:
        return Term("value", value=self.random.choice(UNIVERSE))

    def _fact(self) -> Rule:
        name = self.random.choice([*FACTS, "e", "p"])
        arity = {**FACTS, **LEVELS}[name]
        return Rule(Atom(0, name, tuple(self._value() for _ in range(arity))), ())

    def _rule(self, recursive: bool) -> Rule:
        choose = self.random
        names = list(LEVELS)
        level = choose.randrange(len(names))
        below = [*FACTS, *names[:level]]
        same = [names[level]] if recursive else []
        body: list[Literal] = []
        recurs = False
        for number in range(choose.randint(1, 2)):
            name = choose.choice([*below, *same])
            recurs |= name in same
            body.append(self._atom(name, 0, ["X", "Y", "Z"] if number else ["X", "Y"]))
        bound = sorted({name for literal in body for name in literal.variables})
        if bound and choose.random() < 0.25 and len(bound) < 3:
            known = choose.choice(bound)
            body.append(Comparison(False, (Term("var", "W"), self._built(known)), ("=",)))
            bound.append("W")
        elif choose.random() < 0.15 and len(bound) < 3:
            body.append(self._aggregate(below, bound, Term("var", "N")))
            bound.append("N")
        for _ in range(choose.randint(0, 2)):
            body.append(self._test(below, bound))
        body = list({str(literal): literal for literal in body}.values())
        order_ = list(body)
        choose.shuffle(order_)
        if recurs:  # a recursive rule builds no new terms, nor numbers by being solved for them: `r(X) :- r(X+1)`
            atoms = [literal for literal in body if isinstance(literal, Atom) and not literal.sign]
            given = {name for one in atoms for term in one.terms if term.kind != "op" for name in term.variables}
            term = [Term("var", name) for name in bound if name in given] or [self._value()]
            head = tuple(choose.choice(term) for _ in range(LEVELS[names[level]]))
        else:
            head = tuple(self._head(bound) for _ in range(LEVELS[names[level]]))
        return Rule(Atom(0, names[level], head), tuple(order_))

    def _head(self, bound: list[str]) -> Term:
        kind = self.random.random()
        if not bound or kind < 0.15:
            return self._value()
        name = self.random.choice(bound)
        return Term("var", name) if kind < 0.7 else self._built(name)

    def _built(self, name: str) -> Term:
        variable, kind = Term("var", name), self.random.random()
        if kind < 0.4:
            return Term("fun", "f", parts=(variable,))
        number = Term("value", value=self.random.randint(1, 2))
        return Term("op", self.random.choice("+-*"), parts=(variable, number))

    def _atom(self, name: str, sign: int, variables: list[str]) -> Atom:
        terms = []
        for _ in range({**FACTS, **LEVELS}[name]):
            kind = self.random.random()
            if kind < 0.12:
                terms.append(Term("any"))
            elif kind < 0.18:
                terms.append(Term("fun", "f", parts=(Term("any"),)))
            elif kind < 0.28 or not variables:
                terms.append(self._value())
            elif kind < 0.8:
                terms.append(Term("var", self.random.choice(variables)))
            elif kind < 0.9:
                terms.append(Term("fun", "f", parts=(Term("var", self.random.choice(variables)),)))
            else:
                number = Term("value", value=self.random.randint(1, 2))
                parts = (Term("var", self.random.choice(variables)), number)
                terms.append(Term("op", self.random.choice("+-"), parts=parts))
        return Atom(sign, name, tuple(terms))

    def _test(self, below: list[str], bound: list[str]) -> Literal:
        choose, kind = self.random, self.random.random()
        if kind < 0.45:
            return self._atom(choose.choice(below), choose.choice((1, 1, 2)), bound)
        if kind < 0.75:
            size = choose.choice((1, 1, 2))
            terms = tuple(self._compared(bound) for _ in range(size + 1))
            operators = tuple(choose.choice(list(COMPARE)) for _ in range(size))
            if operators == ("=",) and terms[0].kind == "var" and not terms[1].variables:
                operators = ("!=",)
            return Comparison(choose.random() < 0.3, terms, operators)
        if kind < 0.9:
            bound_ = Term("value", value=choose.randint(0, 3))
            return self._aggregate(below, bound, bound_)
        name = choose.choice(below)
        own = tuple(Term("var", f"L{n}") for n in range({**FACTS, **LEVELS}[name]))
        tested = self._atom(choose.choice(below), choose.choice((0, 1)), [*bound, "L0"])
        return Conditional(tested, Atom(0, name, own))

    def _compared(self, bound: list[str]) -> Term:
        kind = self.random.random()
        if not bound or kind < 0.3:
            return self._value()
        name = self.random.choice(bound)
        return Term("var", name) if kind < 0.8 else self._built(name)

    def _aggregate(self, below: list[str], bound: list[str], limit: Term) -> Aggregate:
        choose = self.random
        name = choose.choice(below)
        arity = {**FACTS, **LEVELS}[name]
        terms = [Term("var", "L0")]
        if arity == 2:
            terms.append(Term("var", choose.choice([*bound, "L1"])) if choose.random() < 0.7 else Term("any"))
            if choose.random() < 0.3:
                terms.reverse()
        test = None
        if choose.random() < 0.4:
            test = Comparison(False, (Term("var", "L0"), self._value()), (choose.choice(["<", "!=", ">="]),))
        function = choose.choice(["count", "sum", "sum+", "min", "max"])
        operator = "=" if limit.kind == "var" else choose.choice(list(COMPARE))
        negated = limit.kind != "var" and choose.random() < 0.2
        return Aggregate(negated, function, Atom(0, name, tuple(terms)), test, operator, limit)


def parsed(text: str) -> Value | None:
    """A value of this universe from its text; None for `_`."""
    if text == "_":
        return None
    if found := re.fullmatch(r"f\((.+)\)", text):
        inner = parsed(found[1])
        return ("f", inner)  # type: ignore[return-value]
    return int(text) if re.fullmatch(r"-?\d+", text) else text
