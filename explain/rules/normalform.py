"""Statements of rule files to normal rules: pools unfolded, choices split into one rule a head atom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from clingo.ast import AST, ASTType, Sign

from engine.law import Statement, valued
from explain.rules.bodies import Body, symbolic
from explain.rules.literals import Atom, Literal, Rule
from explain.rules.nodes import Node, copied, symbolic_term
from explain.rules.terms import Unsupported, refuse, variables

Constants = Mapping[str, Node]
Raw = tuple[Atom | None, tuple[Literal, ...], bool, bool, str | None]


def rules(statements: Iterable[Statement]) -> Iterator[Rule]:
    """The normal rules of a program, numbered in the order of the text; other statements have nothing to explain."""
    every = list(statements)
    definitions = {s.node.name: s.node for s in every if s.node.ast_type == ASTType.Definition}
    constants = {name: _constant(definitions[name], value) for name, value in valued(definitions.values()).items()}
    file, base, index = "", True, 0
    for statement in every:
        node = statement.node
        if statement.file != file:
            file, base = statement.file, True
        if node.ast_type == ASTType.Program:
            base = node.name == "base" and not node.parameters
        for rule in _statement(node, base, constants):
            spans = tuple(span.words for span in statement.spans)
            yield Rule(index, statement.file, statement.line, statement.provision, *rule, spans=spans)
            index += 1


def _constant(definition: AST, value: int | str) -> Node:
    """The value of a constant as a term."""
    return copied(definition.value) if isinstance(value, str) else symbolic_term(str(value))


def _statement(statement: AST, base: bool, constants: Constants) -> Iterator[Raw]:
    if statement.ast_type == ASTType.External:
        for external in statement.unpool():
            yield _external(copied(external), constants)
    if statement.ast_type == ASTType.Rule:
        for whole in statement.unpool():
            rule = copied(whole)
            for head, conditions, choice, problem in _heads(rule):
                yield _normal(rule, head, conditions, choice, problem or (None if base else "program_part"), constants)


def _external(statement: Node, constants: Constants) -> Raw:
    """An external is there for every instance of its body."""
    own = set(variables([statement.atom, *statement.body]))
    body = Body(statement, own, constants)
    atom = symbolic(statement.location, 0, body.valued(statement.atom))
    try:
        refuse([statement.atom, *statement.body])
        return atom, tuple(literal for part in statement.body for literal in body.literals(part)), False, True, None
    except Unsupported as found:
        return atom, (), False, True, found.what


def _heads(rule: Node) -> Iterator[tuple[Node | None, Sequence[Node], bool, str | None]]:
    head = rule.head
    if head.ast_type == ASTType.Literal:
        yield (head if head.sign == Sign.NoSign else None), (), False, None
    elif head.ast_type == ASTType.Aggregate:
        for element in head.elements:
            yield element.literal, element.condition, True, None
    elif head.ast_type == ASTType.HeadAggregate:
        for element in head.elements:
            yield element.condition.literal, element.condition.condition, True, None
    elif head.ast_type == ASTType.Disjunction:
        for element in head.elements:
            yield element.literal, element.condition, True, "disjunction"
    else:
        yield None, (), False, "theory_atom"


def _normal(
    rule: Node, head: Node | None, conditions: Sequence[Node], choice: bool, problem: str | None, constants: Constants
) -> Raw:
    own = _global(rule)
    body = Body(rule, own, constants)
    if head is not None and head.atom.ast_type != ASTType.SymbolicAtom:
        head = None
    if head is not None and choice:
        head, *conditions = body.private([head, *conditions])
        own |= set(variables([head, *conditions]))
    atom = symbolic(rule.location, 0, body.valued(head.atom)) if head is not None else None
    try:
        if problem:
            raise Unsupported(problem)
        refuse([rule.head, *rule.body])
        literals = [literal for part in [*rule.body, *conditions] for literal in body.literals(part)]
        return atom, tuple(literals), choice, False, None
    except Unsupported as found:
        return atom, (), choice, False, found.what


def _global(rule: Node) -> set[str]:
    """The variables of a rule that occur outside of aggregates and conditional literals."""
    found: set[str] = set(variables(rule.head)) if rule.head.ast_type == ASTType.Literal else set()
    for part in rule.body:
        if part.ast_type == ASTType.ConditionalLiteral:
            continue
        atom = part.atom
        if atom.ast_type in (ASTType.Aggregate, ASTType.BodyAggregate):
            for guard in (atom.left_guard, atom.right_guard):
                found |= set(variables([guard.term])) if guard else set()
        elif atom.ast_type != ASTType.TheoryAtom:
            found |= set(variables(atom))
    return found
