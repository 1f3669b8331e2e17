"""A rule in plain words, for readers of law: its head, then its conditions, from the wording beside the rules."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from clingo.ast import AST, ASTType

from audit.encoding import Encoding, Rule
from audit.syntax import OPERATORS, compares, signature
from engine.messages import has, text
from engine.rulebook import rule_file
from explain.values import constant
from explain.wording import Wording, wording

_SLOT = re.compile(r"\{([^{}]*)\}")


def rule_words(encoding: Encoding, rule: Rule, lang: str) -> str:
    """The rule as a sentence: what follows, if what holds."""
    words = _wording(encoding.paths)
    node = encoding.node(rule)
    head = _literal(node.head, words, lang)
    body = [_literal(each, words, lang) for each in node.body]
    return text("audit.plain.rule", lang, head=head, body=text("audit.plain.and", lang).join(body)) if body else head


@cache
def _wording(paths: tuple[Path, ...]) -> Wording:
    return wording([rule_file(path) for path in paths])


def _literal(literal: AST, words: Wording, lang: str) -> str:
    if compares(literal):
        guard = literal.atom.guards[0]
        sign = text(f"audit.plain.{_NAMES[OPERATORS[guard.comparison]]}", lang)
        return f"{literal.atom.term} {sign} {guard.term}"
    if literal.ast_type != ASTType.Literal or literal.atom.ast_type != ASTType.SymbolicAtom:
        return str(literal)
    atom = literal.atom.symbol
    if atom.ast_type != ASTType.Function:
        return str(literal)
    return _atom(atom, words, lang, bool(literal.sign))


_NAMES = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least", "=": "equals", "!=": "differs"}


def _atom(atom: AST, words: Wording, lang: str, negative: bool) -> str:
    arguments = [str(each) for each in atom.arguments]
    if has(f"vocabulary.{atom.name}.sentence", lang):
        from engine.vocabulary import PREDICATES

        fields = PREDICATES[atom.name].fields if atom.name in PREDICATES else ()
        values = {f.name: _value(v, f.wording, lang) for f, v in zip(fields, arguments, strict=False)}
        if len(fields) == len(arguments):
            said = text(f"vocabulary.{atom.name}.sentence", lang, **values)
            return text("audit.plain.not", lang, words=said) if negative else said
    known = words.predicates.get(signature(atom))
    if atom.name == "barring_event" and len(arguments) == 4:
        values = {"Provision": arguments[1], "Ground": arguments[2]}
        return _tidy(
            _SLOT.sub(lambda slot: _slot(slot[1], values, {"Ground": "ground"}, lang), text("audit.plain.bars", lang)),
            lang,
        )
    if known and (template := known.templates.get((lang, not negative))):
        values = dict(zip(known.names, arguments, strict=True))
        types = known.types
        said = _tidy(_SLOT.sub(lambda slot: _slot(slot[1], values, types, lang), template), lang)
        if said and said != "facts":
            return said
    said = str(atom)
    return text("audit.plain.not", lang, words=said) if negative else said


def _tidy(said: str, lang: str) -> str:
    """A filled template without what only a dossier could fill in."""
    said = re.sub(r"\[[^|\]]*facts[^|\]]*\|([^\]]*)\]", r"\1", said)
    said = re.sub(r"\[?[（(]facts[）)]\]?", "", said)
    return said.replace("@reference_day", text("audit.plain.reference_day", lang))


def _slot(name: str, values: dict[str, str], types: object, lang: str) -> str:
    first = name.split()[0] if name.split() else name
    value = values.get(name, values.get(first, first))
    kind = getattr(types, "get", lambda *_: "")(first, "")
    if re.fullmatch(r"art\(\d+,\d+,\d+\)", value):
        from engine.statute import Provision

        return Provision.parse(value).citation
    return constant(value, str(kind), lang) if kind and value[:1].islower() and " " not in str(kind) else value


def _value(value: str, table: str, lang: str) -> str:
    value = "…" if value == "_" else value.strip('"')
    return constant(value, f"choice:{table}", lang) if table and value[:1].islower() else value
