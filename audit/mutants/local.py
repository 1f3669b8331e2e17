"""Where a mutant's own rule does something else: on which cases a slip is reached at all.

In stratified rules a slip that derives, from the original's own answer, just what the original rule derives changes
nothing further down; so only the cases found here need the whole program.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from clingo.ast import AST, ASTType

from audit.encoding import CASE, Encoding, Example, given, grounded, levels, lifted, plain, program, shown, variables
from audit.mutants.mutation import Mutant


def reached(encoding: Encoding, found: Sequence[Mutant], cases: Sequence[Example]) -> Mapping[int, tuple[str, ...]]:
    """For each mutant the cases on which its changed rules derive something else, in the order of the cases."""
    if not found:
        return {}
    text = "\n".join(_lines(encoding, found))
    pairs: dict[int, set[str]] = defaultdict(set)
    for atom in shown(grounded(text, given(encoding, cases))):
        mutant, case = atom.arguments
        pairs[mutant.number].add(case.string)
    return {id: tuple(case.id for case in cases if case.id in ids) for id, ids in pairs.items()}


def _lines(encoding: Encoding, found: Sequence[Mutant]) -> Iterator[str]:
    level = levels(encoding)
    rules = {rule.number: rule for rule in encoding.rules}
    yield program(encoding, level)
    yield "#show reached/2. #defined old/3. #defined new/4."
    for number in sorted({number for mutant in found for number in mutant.changes}):
        yield _fires(lifted(encoding.node(rules[number]), level), f"old({number}")
    for mutant in found:
        for number, node in mutant.changes.items():
            yield f"changes({mutant.id},{number})."
            if node is not None:
                yield _fires(lifted(node, level), f"new({mutant.id},{number}")
    yield f"reached(M,{CASE}) :- new(M,R,{CASE},H), not old(R,{CASE},H)."
    yield f"reached(M,{CASE}) :- changes(M,R), old(R,{CASE},H), not new(M,R,{CASE},H)."


def _fires(rule: AST, head: str) -> str:
    """`old(Rule, CASE, Head)` for each instance of a rule that fires; a choice counts by its body."""
    body = [str(each) for each in rule.body]
    if CASE not in set().union(*(variables(each) for each in rule.body if plain(each))):
        body.insert(0, f"case({CASE})")
    simple = rule.head.ast_type == ASTType.Literal and rule.head.atom.ast_type == ASTType.SymbolicAtom
    term = str(rule.head) if simple else _tuple(rule)
    return f"{head},{CASE},{term}) :- {'; '.join(body)}."


def _tuple(rule: AST) -> str:
    names = sorted(set().union(*(variables(each) for each in rule.body if plain(each))) - {CASE})
    return f"body({','.join([repr(str(rule.head)).replace(chr(39), chr(34)), *names])})"
