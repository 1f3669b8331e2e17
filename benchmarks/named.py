"""Rules rewritten without the anonymous variable, for tools that do not take it."""

from __future__ import annotations

from collections.abc import Iterable

from clingo import ast

_LEFT_OUT = (ast.ASTType.ShowSignature, ast.ASTType.ShowTerm, ast.ASTType.Comment, ast.ASTType.Defined)


class _Naming(ast.Transformer):
    """Names each `_`; a negated literal with some becomes a projection onto its other arguments."""

    def __init__(self) -> None:
        self.count = 0
        self.projections: dict[str, str] = {}

    def visit_Literal(self, node: ast.AST) -> ast.AST:
        """A literal of a body, with its projection if it needs one."""
        atom = node.atom
        if node.sign == ast.Sign.NoSign or atom.ast_type != ast.ASTType.SymbolicAtom:
            return node.update(**self.visit_children(node))
        arguments = atom.symbol.arguments
        open_ = [argument.ast_type == ast.ASTType.Variable and argument.name == "_" for argument in arguments]
        if not any(open_):
            return node
        name = atom.symbol.name + "".join("_o" if free else "_k" for free in open_)
        names = [f"V{i}" for i in range(len(arguments))]
        kept = [v for v, free in zip(names, open_, strict=True) if not free]
        head = f"{name}({','.join(kept)})" if kept else name
        self.projections[name] = f"{head} :- {atom.symbol.name}({','.join(names)})."
        left = [argument for argument, free in zip(arguments, open_, strict=True) if not free]
        return node.update(atom=atom.update(symbol=atom.symbol.update(name=name, arguments=left)))

    def visit_Variable(self, node: ast.AST) -> ast.AST:
        """A variable; the anonymous one gets a name of its own."""
        if node.name != "_":
            return node
        self.count += 1
        return node.update(name=f"Any{self.count}")


def named(texts: Iterable[str]) -> str:
    """The rules of these texts without `_`, `#show`, `#defined` and comments."""
    naming = _Naming()
    lines: list[str] = []

    def take(statement: ast.AST) -> None:
        if statement.ast_type not in _LEFT_OUT:
            lines.append(str(naming.visit(statement)))

    for text in texts:
        ast.parse_string(text, take)
    return "\n".join([*lines, *naming.projections.values()]) + "\n"
