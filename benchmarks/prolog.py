"""Rule files as an s(CASP) program: the same rules, written as Prolog has to read them.

Constants are substituted, pools and intervals written out, arithmetic becomes goals of its own (`is`), a negated
literal with `_` asks a predicate of its own, and body goals are ordered so that values are known when they are needed.
`#show` and `#defined` have no meaning there and fall away; what a rule counts is given as clingo finds it. Only what
the asked-for predicates reach is kept, and of that only what the case's facts can make true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count

import clingo
from clingo import ast
from clingo.ast import ASTType, BinaryOperator, ComparisonOperator, Sign

from benchmarks.folding import folded
from engine.facts import PREDICATES

Predicate = tuple[str, int]

_COMPARISONS = {
    ComparisonOperator.LessThan: "<",
    ComparisonOperator.LessEqual: "=<",
    ComparisonOperator.GreaterThan: ">",
    ComparisonOperator.GreaterEqual: ">=",
}
_OPERATORS = {
    BinaryOperator.Plus: "+",
    BinaryOperator.Minus: "-",
    BinaryOperator.Multiplication: "*",
    BinaryOperator.Division: "//",
    BinaryOperator.Modulo: "mod",
}


@dataclass(frozen=True)
class Goal:
    """A goal of a body: its text, the variables it needs and those it settles, the predicate it asks (if any)."""

    text: str
    needs: frozenset[str] = frozenset()
    settles: frozenset[str] = frozenset()
    asks: Predicate | None = None
    negative: bool = False


@dataclass(frozen=True)
class Clause:
    """One clause: its head's predicate and text, and its goals in no order yet."""

    defines: Predicate
    head: str
    goals: tuple[Goal, ...] = ()

    def __str__(self) -> str:
        return (
            f"{self.head} :- {', '.join(goal.text for goal in _ordered(self.goals))}."
            if self.goals
            else f"{self.head}."
        )


FACTS = frozenset((predicate.name, len(predicate.fields)) for predicate in PREDICATES.values()) | frozenset(
    {("calendar_start", 1), ("calendar_day", 3), ("calendar_end", 1)}
)
"""What a case states, and the calendar."""


def counts(rule: ast.AST) -> bool:
    """Whether a rule has an aggregate or counts between values (`From..To`), which s(CASP) does not."""
    if any(argument.ast_type == ASTType.Interval for argument in rule.head.atom.symbol.arguments):
        return True
    atoms = [literal.atom for literal in rule.body if literal.ast_type == ASTType.Literal]
    ends = [guard.term for atom in atoms if atom.ast_type == ASTType.Comparison for guard in atom.guards]
    return any(atom.ast_type == ASTType.BodyAggregate for atom in atoms) or any(
        end.ast_type == ASTType.Interval and _names(end) for end in ends
    )


def counted(texts: tuple[str, ...], facts: str) -> list[str]:
    """The atoms of the predicates that some rule counts, as clingo finds them."""
    symbols = (rule.head.atom.symbol for rule in _read(texts)[0] if counts(rule))
    predicates = {(symbol.name, len(symbol.arguments)) for symbol in symbols}
    control = clingo.Control(["--warn=none"])
    control.add("\n".join([*texts, facts]))
    control.ground()
    held = (atom for predicate in sorted(predicates) for atom in control.symbolic_atoms.by_signature(*predicate))
    return [f"{atom.symbol}." for atom in held]


def program(texts: tuple[str, ...], facts: Iterable[str], asked: Iterable[Predicate]) -> str:
    """The s(CASP) program of rule texts and facts, cut down to what is asked for."""
    stated = "".join(f"{fact}.\n" for fact in facts)
    own = Reader().read("\n".join([stated, *counted(texts, stated)]))
    return "".join(f"{clause}\n" for clause in _reached(_possible([*_rules(texts), *own]), asked))


@cache
def _rules(texts: tuple[str, ...]) -> list[Clause]:
    """The clauses of rule texts, which see each other's constants."""
    rules, constants = _read(texts)
    reader = Reader(constants)
    clauses = [reader.clause(rule) for rule in rules if not counts(rule)]
    return clauses + list(reader.helpers.values())


@cache
def _read(texts: tuple[str, ...]) -> tuple[list[ast.AST], dict[str, ast.AST]]:
    """The rules of texts, folded, and the values of their `#const`."""
    statements: list[ast.AST] = []
    for text in texts:
        ast.parse_string(text, statements.append)
    constants = {s.name: s.value for s in statements if s.ast_type == ASTType.Definition}
    return folded([s for s in statements if s.ast_type == ASTType.Rule], FACTS), constants


def _ordered(goals: Sequence[Goal]) -> list[Goal]:
    """Goals in an order in which each has what it needs; of several, positive ones first."""
    waiting, known, order = sorted(goals, key=lambda g: (g.negative, len(g.needs))), set[str](), []
    while waiting:
        goal = next((goal for goal in waiting if goal.needs <= known), waiting[0])
        waiting.remove(goal)
        order.append(goal)
        known |= goal.settles
    return order


def _possible(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses all of whose positive goals some clause can make true, without goals that hold anyway."""
    known: set[Predicate] = set()
    while True:
        able = [c for c in clauses if all(g.negative or g.asks is None or g.asks in known for g in c.goals)]
        now = {clause.defines for clause in able}
        if now == known:
            break
        known = now
    return [
        Clause(c.defines, c.head, tuple(g for g in c.goals if not (g.negative and g.asks not in known))) for c in able
    ]


def _reached(clauses: Sequence[Clause], asked: Iterable[Predicate]) -> list[Clause]:
    """The clauses that the asked-for predicates depend on."""
    wanted, waiting = set[Predicate](), list(asked)
    while waiting:
        predicate = waiting.pop()
        if predicate not in wanted:
            wanted.add(predicate)
            waiting += [g.asks for c in clauses if c.defines == predicate for g in c.goals if g.asks]
    return sorted((c for c in clauses if c.defines in wanted), key=lambda c: c.defines)


@dataclass
class Reader:
    """Writes rules as clauses, with the values of their `#const`; `helpers` collects what they need besides."""

    constants: dict[str, ast.AST] = field(default_factory=dict)
    helpers: dict[str, Clause] = field(default_factory=dict)
    fresh: Iterator[int] = field(default_factory=count)

    def read(self, text: str) -> list[Clause]:
        """The clauses of facts."""
        statements: list[ast.AST] = []
        ast.parse_string(text, statements.append)
        return [self.clause(s) for s in statements if s.ast_type == ASTType.Rule]

    def clause(self, rule: ast.AST) -> Clause:
        """One rule as a clause; ValueError for what is no plain rule."""
        if rule.head.ast_type != ASTType.Literal or rule.head.atom.ast_type != ASTType.SymbolicAtom:
            raise ValueError(f"{rule.location}: no plain rule: {rule}")
        arguments, goals = self._arguments(rule.head.atom.symbol)
        for literal in rule.body:
            goals += self._goals(literal)
        name = rule.head.atom.symbol.name
        return Clause((name, len(arguments)), _call(name, arguments), tuple(goals))

    def _goals(self, literal: ast.AST) -> list[Goal]:
        if literal.ast_type != ASTType.Literal:
            raise ValueError(f"{literal.location}: no plain literal: {literal}")
        if literal.atom.ast_type == ASTType.Comparison:
            return self._comparisons(literal.atom)
        symbol = literal.atom.symbol
        arguments, goals = self._arguments(symbol)
        asks, variables = (symbol.name, len(arguments)), _variables(symbol, goals)
        if literal.sign == Sign.NoSign:
            settles = frozenset(v for v in variables if v not in {v for g in goals for v in g.needs})
            return [*goals, Goal(_call(symbol.name, arguments), variables - settles, variables, asks)]
        if any(argument.startswith("_") for argument in arguments):
            return [*goals, self._projected(symbol.name, arguments)]
        return [*goals, Goal(f"not {_call(symbol.name, arguments)}", variables, asks=asks, negative=True)]

    def _projected(self, name: str, arguments: Sequence[str]) -> Goal:
        """`not p(X, _)`: no p at all with this X, so p is first asked without its second argument."""
        kept = [i for i, argument in enumerate(arguments) if not argument.startswith("_")]
        helper = f"{name}_{''.join(str(i) for i in kept)}"
        places = [f"X{i}" for i in range(len(arguments))]
        head = _call(helper, [places[i] for i in kept])
        goal = Goal(_call(name, places), settles=frozenset(places), asks=(name, len(arguments)))
        self.helpers[helper] = Clause((helper, len(kept)), head, (goal,))
        own = [arguments[i] for i in kept]
        needs = frozenset(argument for argument in own if argument[0].isupper())
        return Goal(f"not {_call(helper, own)}", needs, asks=(helper, len(kept)), negative=True)

    def _comparisons(self, comparison: ast.AST) -> list[Goal]:
        goals = []
        left = comparison.term
        for guard in comparison.guards:
            goals += self._comparison(left, guard.comparison, guard.term)
            left = guard.term
        return goals

    def _comparison(self, left: ast.AST, operator: int, right: ast.AST) -> list[Goal]:
        needs = _names(left) | _names(right)
        if operator in _COMPARISONS:
            sign = _COMPARISONS[ComparisonOperator(operator)]
            return [Goal(f"{self._term(left)} {sign} {self._term(right)}", needs)]
        equal = operator == ComparisonOperator.Equal
        if equal and right.ast_type == ASTType.Interval:
            low, high = (int(self._term(end)) for end in (right.left, right.right))
            asks = (f"from_{low}_to_{high}", 1)
            for n in range(low, high + 1):
                self.helpers[f"{asks[0]} {n}"] = Clause(asks, f"{asks[0]}({n})")
            return [Goal(f"{asks[0]}({self._term(left)})", settles=_names(left), asks=asks)]
        sign = "=" if equal else "\\="
        if not _arithmetic(left):
            return [Goal(f"{self._term(left)} {sign} {self._term(right)}", needs)]
        new = f"V{next(self.fresh)}"  # s(CASP) 1.1.4 cannot judge =:= and =\\=
        return [
            Goal(f"{new} is {self._term(left)}", _names(left), frozenset({new})),
            Goal(f"{new} {sign} {self._term(right)}", _names(right) | {new}),
        ]

    def _arguments(self, symbol: ast.AST) -> tuple[list[str], list[Goal]]:
        """The arguments of an atom as text; arithmetic in them becomes goals for new variables."""
        arguments, goals = [], []
        for argument in symbol.arguments:
            if _arithmetic(argument):
                new = f"V{next(self.fresh)}"
                goals.append(Goal(f"{new} is {self._term(argument)}", _names(argument), frozenset({new})))
                arguments.append(new)
            else:
                arguments.append(self._term(argument))
        return arguments, goals

    def _term(self, term: ast.AST) -> str:
        if term.ast_type == ASTType.Variable:
            return f"_{next(self.fresh)}" if term.name == "_" else str(term.name)
        if term.ast_type == ASTType.SymbolicTerm:
            symbol = term.symbol
            constant = self.constants.get(symbol.name) if symbol.type == clingo.SymbolType.Function else None
            return self._term(constant) if constant else _symbol(symbol)
        if term.ast_type == ASTType.Function:
            if not term.arguments and term.name in self.constants:
                return self._term(self.constants[term.name])
            return _call(term.name, [self._term(argument) for argument in term.arguments])
        if term.ast_type == ASTType.BinaryOperation:
            return (
                f"({self._term(term.left)} {_OPERATORS[BinaryOperator(term.operator_type)]} {self._term(term.right)})"
            )
        raise ValueError(f"{term.location}: no such term: {term}")


def _symbol(symbol: clingo.Symbol) -> str:
    if symbol.type == clingo.SymbolType.String:
        escaped = symbol.string.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
        return f"'{escaped}'"
    if symbol.type == clingo.SymbolType.Function and symbol.arguments:
        return _call(symbol.name, [_symbol(argument) for argument in symbol.arguments])
    return str(symbol)


def _call(name: str, arguments: Sequence[str]) -> str:
    return f"{name}({', '.join(arguments)})" if arguments else name


def _arithmetic(term: ast.AST) -> bool:
    return term.ast_type == ASTType.BinaryOperation


def _names(term: ast.AST) -> frozenset[str]:
    """The variables of a term, `_` left out."""
    if term.ast_type == ASTType.Variable:
        return frozenset() if term.name == "_" else frozenset({term.name})
    children = getattr(term, "arguments", None) or [getattr(term, key, None) for key in ("left", "right")]
    return frozenset(name for child in children if child is not None for name in _names(child))


def _variables(symbol: ast.AST, goals: Sequence[Goal]) -> frozenset[str]:
    plain = [argument for argument in symbol.arguments if not _arithmetic(argument)]
    return frozenset(n for a in plain for n in _names(a)) | frozenset(v for goal in goals for v in goal.settles)
