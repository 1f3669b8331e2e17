"""Mutants: an encoding with one small slip in it, of the kind a tired encoder makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache

import clingo
from clingo import ast
from clingo.ast import AST, ASTType

from audit.encoding import OPERATORS, Encoding, Rule, compares, literal, variables, with_values
from engine.facts import PREDICATES, Field
from engine.law import Provision

KINDS = ("comparison", "number", "sign", "dropped_literal", "added_literal", "choice", "provision", "dropped_rule")

NEIGHBOURS = {"<=": ("<", ">"), "<": ("<=", ">="), ">=": (">", "<"), ">": (">=", "<="), "=": ("!=",), "!=": ("=",)}
"""What a slip may write for a comparison: one line off, or turned round."""
_NOTATION = 10000
"""What separates year from day in yyyymmdd: notation, no number of the law."""


@dataclass(frozen=True)
class Mutant:
    """One slip: its kind, the rule it sits in, the rules it changes (number to new rule; None: dropped)."""

    id: int
    kind: str
    rule: Rule
    before: str
    after: str
    changes: Mapping[int, AST | None] = field(compare=False, repr=False)

    @property
    def provision(self) -> Provision | None:
        """The provision whose block the slip is in; None in what is shared."""
        return self.rule.provision


def mutants(encoding: Encoding) -> tuple[list[Mutant], list[Mutant]]:
    """Every mutant of an encoding, in the order of its rules: the safe ones, and those clingo refuses as unsafe."""
    found: list[Mutant] = []
    seen: set[tuple[int, str]] = set()
    for kind, rule, changes in _slips(encoding):
        after = "; ".join(str(new) for new in changes.values() if new is not None)
        if (rule.number, after) not in seen and after != str(encoding.node(rule)):
            seen.add((rule.number, after))
            found.append(Mutant(len(found), kind, rule, str(encoding.node(rule)), after, changes))
    refused = _unsafe({str(new) for mutant in found for new in mutant.changes.values() if new is not None})
    bad = {mutant.id for mutant in found if any(str(new) in refused for new in mutant.changes.values())}
    return [m for m in found if m.id not in bad], [m for m in found if m.id in bad]


def _slips(encoding: Encoding) -> Iterator[tuple[str, Rule, dict[int, AST | None]]]:
    for rule in encoding.own:
        node = encoding.node(rule)
        yield "dropped_rule", rule, {rule.number: None}
        for kind, new in _rewrites(encoding, rule, node):
            yield kind, rule, {rule.number: new}
    for constant in encoding.constants.values():
        users = [rule for rule in encoding.own if constant.name in str(rule.node)]
        for step in (-1, 1) if users else ():
            values = encoding.values | {constant.name: constant.value + step}
            yield "number", users[0], {rule.number: with_values(rule.node, values) for rule in users}


def _rewrites(encoding: Encoding, rule: Rule, node: AST) -> Iterator[tuple[str, AST]]:
    body = list(node.body)
    for i, each in enumerate(body):
        rest = [*body[:i], *body[i + 1 :]]
        yield "dropped_literal", node.update(body=rest)
        if compares(each):
            for new in NEIGHBOURS[OPERATORS[each.atom.guards[0].comparison]]:
                guard = each.atom.guards[0].update(comparison=OPERATORS.index(new))
                changed = each.update(atom=each.atom.update(guards=[guard]))
                yield "comparison", node.update(body=[*body[:i], changed, *body[i + 1 :]])
        elif each.ast_type == ASTType.Literal and each.atom.ast_type == ASTType.SymbolicAtom:
            changed = each.update(sign=0 if each.sign else 1)
            yield "sign", node.update(body=[*body[:i], changed, *body[i + 1 :]])
    for text in _additions(encoding, rule, node):
        yield "added_literal", node.update(body=[*body, literal(text)])
    yield from _terms(encoding, node)


def _additions(encoding: Encoding, rule: Rule, node: AST) -> Iterator[str]:
    """A condition taken over from a rule next to it, or the one kind of applicant forgotten."""
    known, have = variables(node), {str(each) for each in node.body}
    if not node.body:
        return
    candidates = ["applicant(A,organization)"] if "A" in known else []
    for other in encoding.rules:
        if other.number != rule.number and other.provision == rule.provision and other.heads & rule.heads:
            candidates += [str(each) for each in encoding.node(other).body if variables(each) <= known]
    yield from [text for text in dict.fromkeys(candidates) if text not in have and "#" not in text][:2]


def _terms(encoding: Encoding, node: AST) -> Iterator[tuple[str, AST]]:
    """The rule with one number, one constant of the vocabulary or one provision replaced."""
    walk = _Walk(encoding, -1)
    walk(node)
    for target in range(walk.count):
        for option in range(walk.options[target]):
            step = _Walk(encoding, target, option)
            yield walk.kinds[target], step(node)


class _Walk(ast.Transformer):
    """Counts the replaceable terms of a rule, or replaces the one numbered `target` by its `option`th choice."""

    def __init__(self, encoding: Encoding, target: int, option: int = 0) -> None:
        self.encoding, self.target, self.option = encoding, target, option
        self.count = 0
        self.options: list[int] = []
        self.kinds: list[str] = []
        self.context: tuple[str, int, tuple[str, ...]] = ("", 0, ())

    def _offer(self, kind: str, node: AST, choices: list[AST]) -> AST:
        if not choices:
            return node
        number, self.count = self.count, self.count + 1
        self.options.append(len(choices))
        self.kinds.append(kind)
        return choices[self.option] if number == self.target else node

    def visit_Function(self, node: AST) -> AST:
        if node.name == "art":
            numbers = Provision.parse(str(node))
            return self._offer("provision", node, [term(str(p)) for p in _beside(self.encoding, numbers)])
        outer, arguments = self.context, []
        texts = tuple(str(each) for each in node.arguments)
        for position, argument in enumerate(node.arguments):
            self.context = (node.name, position, texts)
            arguments.append(self.visit(argument))
        self.context = outer
        return node.update(arguments=arguments) if arguments else node

    def visit_SymbolicTerm(self, node: AST) -> AST:
        symbol = node.symbol
        if symbol.type == clingo.SymbolType.Number:
            near = [] if symbol.number == _NOTATION else [symbol.number - 1, symbol.number + 1]
            return self._offer("number", node, [ast.SymbolicTerm(node.location, clingo.Number(n)) for n in near])
        if symbol.type == clingo.SymbolType.Function and not symbol.arguments:
            near = neighbours(self.encoding, symbol.name, *self.context)
            return self._offer("choice", node, [ast.SymbolicTerm(node.location, clingo.Function(n)) for n in near])
        return node


def neighbours(encoding: Encoding, word: str, predicate: str, position: int, arguments: tuple[str, ...]) -> list[str]:
    """What a slip may write for a constant: the choice before and after it in its domain."""
    if predicate in ("read_as", "reading_default") and position == 1 and arguments[0] in encoding.readings:
        return _next(word, encoding.readings[arguments[0]].choices)
    if predicate in ("read_as", "reading_default", "heeds") or (position == 2 and arguments[1].startswith("art(")):
        return []
    if predicate in PREDICATES and len(arguments) == len(PREDICATES[predicate].fields):
        return _next(word, PREDICATES[predicate].fields[position].choices)
    return list(dict.fromkeys(near for choices in _domains() if word in choices for near in _next(word, choices)))


def _next(word: str, choices: tuple[str, ...]) -> list[str]:
    """The neighbours of a choice in its domain: grades are ordered, so they come first to mind."""
    if word not in choices:
        return []
    at = choices.index(word)
    return [choices[i] for i in (at - 1, at + 1) if 0 <= i < len(choices)]


@cache
def _domains() -> tuple[tuple[str, ...], ...]:
    fields: list[Field] = [field for predicate in PREDICATES.values() for field in predicate.fields]
    return tuple(dict.fromkeys(field.choices for field in fields if field.choices))


def _beside(encoding: Encoding, provision: Provision) -> list[Provision]:
    """The provision after this one in the text, or before the last: the citation one line off."""
    known = list(encoding.statute.words)
    if provision not in known:
        return []
    at = known.index(provision)
    return [known[at + 1] if at + 1 < len(known) else known[at - 1]]


@cache
def term(text: str) -> AST:
    """A term from its text."""
    found: list[AST] = []
    ast.parse_string(f"p({text}).", found.append)
    argument: AST = found[-1].head.atom.symbol.arguments[0]
    return argument


def _unsafe(rules: set[str]) -> set[str]:
    """Those rules that clingo calls unsafe: one rule a line, and it names the lines."""
    lines = sorted(rules)
    words: list[str] = []
    control = clingo.Control(["--warn=none"], logger=lambda _code, word: words.append(word), message_limit=1_000_000)
    with suppress(RuntimeError):
        control.add("base", [], "\n".join(lines))
        control.ground([("base", [])])
    return {lines[int(found[1]) - 1] for word in words if (found := re.match(r"<block>:(\d+):.*unsafe", word))}
