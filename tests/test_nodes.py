"""Copies of clingo's syntax nodes: they read as clingo's own, and can be kept."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
from clingo.ast import AST, ASTSequence, ASTType, parse_string

from engine.law.rulebook import rule_file
from engine.law.statutes import RULES
from explain.rules.nodes import Node, copied
from explain.rules.terms import Rename, walk

TERMS = {
    ASTType.Variable,
    ASTType.SymbolicTerm,
    ASTType.Function,
    ASTType.BinaryOperation,
    ASTType.UnaryOperation,
    ASTType.Interval,
}
EVERY_KIND = (
    'p(X,Y+1,-X,-(X*2),|X-Y|,~X,(1..3),f(X,"a\\"b"),(X,),(),g,@h(X),@k,X**2,X\\2,X?Y,X&Y,X^Y,1..X,f((1..2)),#inf,#sup)'
    " :- q(X), not r(_), X < Y < 3, #count { A,B : p(A,B) ; 1 : q } > 2, #sum+ { X } = Y, z : w(X,2)."
)


def _told(node: AST) -> Iterator[str]:
    if node.ast_type in TERMS:
        yield str(node)
    for key in node.child_keys:
        child = getattr(node, key)
        for one in [child] if isinstance(child, AST) else child if isinstance(child, ASTSequence) else []:
            yield from _told(one)


def _copy_tells(node: Node) -> list[str]:
    return [str(part) for part in walk(node) if part.ast_type in TERMS]


@pytest.mark.parametrize("path", sorted(RULES.glob("*.lp")), ids=lambda path: path.stem)
def test_a_copy_of_a_rule_reads_as_clingo_writes_it(path: object) -> None:
    statements = rule_file(RULES / str(path)).statements
    nodes = [node for s in statements if s.node.ast_type == ASTType.Rule for node in s.node.unpool()]

    assert [_copy_tells(copied(node)) for node in nodes] == [list(_told(node)) for node in nodes]


def test_every_kind_of_term_reads_as_clingo_writes_it() -> None:
    found: list[AST] = []
    parse_string(EVERY_KIND, found.append)

    assert len(list(_told(found[1]))) > 60
    assert _copy_tells(copied(found[1])) == list(_told(found[1]))


def test_a_copy_can_be_kept_and_what_is_not_changed_is_the_same() -> None:
    found: list[AST] = []
    parse_string(EVERY_KIND, found.append)
    copy = copied(found[1])

    assert _copy_tells(pickle.loads(pickle.dumps(copy))) == _copy_tells(copy)
    assert Rename(lambda _node: None)(copy) is copy
