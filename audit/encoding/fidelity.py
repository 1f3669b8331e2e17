"""Does the rule file say the text, provision by provision? Every fault has a place and a code."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from clingo import ast

from audit.encoding.encodings import Encoding
from audit.encoding.numerals import UNITS
from audit.encoding.syntax import cited, names
from engine.errors import Place, Problem
from engine.facts import PREDICATES
from engine.law import (
    NOT_CARRIED,
    RULES,
    Block,
    Constant,
    Provision,
    RuleFile,
    Statement,
    Statute,
    chinese,
    cities,
    rule_file,
)
from engine.words import has

_CLASS = re.compile(rf"[DCF](/[DCF]){{0,2}}|N \S.*|{NOT_CARRIED.pattern}")
_WORD = re.compile(r"[a-z]\w*")
_DAY = 19000000
"""Numbers from here on are days."""
_SPELT, _TWO = 1000, {"二": "两"}
"""Numbers below are spelt in characters too; 2 is 两 where something is counted."""


def faults(encoding: Encoding) -> list[Problem]:
    """Everything in an encoding's own rule file that does not agree with its text, by line."""
    file = rule_file(encoding.paths[1])
    text = encoding.statute
    found = [
        *_blocks(file, text),
        *_quotations(file.blocks, text),
        *_classes(file.blocks),
        *_citations(encoding, file),
        *_numbers(file, text),
        *_readings(encoding),
        *_spans(file, text),
        *_own_numbers(encoding, file),
        *_names(encoding, file),
    ]
    return sorted(found, key=lambda problem: problem.place.order)


def _problem(code: str, file: str, line: int | None, **parameters: str | int) -> Problem:
    return Problem(f"audit.{code}", parameters, Place(file, line))


def _blocks(file: RuleFile, text: Statute) -> Iterator[Problem]:
    """Each provision has one block, each block a provision, in the order of the text."""
    have = [block.provision for block in file.blocks]
    for provision in text.words:
        if provision not in have:
            yield _problem("missing_provision", file.path.name, None, citation=provision.citation)
    for block in file.blocks:
        if block.provision not in text.words:
            yield _problem("unknown_provision", file.path.name, block.line, citation=block.provision.citation)
        elif block.citation != block.provision.citation:
            yield _problem(
                "citation_line", file.path.name, block.line, found=block.citation, citation=block.provision.citation
            )
    for block, previous in zip(file.blocks[1:], file.blocks, strict=False):
        if block.provision <= previous.provision:
            yield _problem("order", file.path.name, block.line, citation=block.provision.citation)


def _quotations(blocks: Iterable[Block], text: Statute) -> Iterator[Problem]:
    for block in blocks:
        quoted, words = "".join(block.words), text.words.get(block.provision)
        if words is not None and quoted != words:
            at = next(
                (i for i, (a, b) in enumerate(zip(quoted, words, strict=False)) if a != b), min(len(quoted), len(words))
            )
            near = slice(max(0, at - 6), at + 6)
            yield _problem(
                "quotation", block.file, block.line,
                citation=block.provision.citation, at=at + 1, found=quoted[near], words=words[near],
            )  # fmt: skip


def _classes(blocks: Iterable[Block]) -> Iterator[Problem]:
    for block in blocks:
        if not _CLASS.fullmatch(block.category):
            code = "class_open" if block.category == "?" else "class"
            yield _problem(code, block.file, block.line, citation=block.provision.citation, found=block.category)


def _citations(encoding: Encoding, file: RuleFile) -> Iterator[Problem]:
    """Each rule stands under the provision it names (a body may ask for the opening words of the same article); a rule
    under none names none and only declares what it heeds."""
    for rule in encoding.rules:
        if rule.file != file.path.name:
            continue
        heads = set(cited(rule.node.head))
        for term in dict.fromkeys(cited(rule.node)):
            if _among_items(term, heads, rule.provision):
                continue
            opening = rule.provision is not None and term == str(rule.provision._replace(item=0)) and term not in heads
            if rule.provision is None or (term != str(rule.provision) and not opening):
                yield _problem("wrong_citation", rule.file, rule.line, found=term, citation=_named(rule.provision))
        if rule.provision is None and not all(name.startswith("heeds") for name, _ in rule.heads):
            yield _problem("no_provision", rule.file, rule.line, found=rule.parsed.text)


def _among_items(term: str, heads: set[str], own: Provision | None) -> bool:
    """Whether a term is one of several items named together under their article's opening words, which speak of all."""
    named = [Provision.parse(head) for head in heads]
    items = own is not None and not own.item and all(one.item and one._replace(item=0) == own for one in named)
    return items and len(named) > 1 and term in heads


def _named(provision: object) -> str:
    return getattr(provision, "citation", "—")


def _numbers(file: RuleFile, text: Statute) -> Iterator[Problem]:
    """Each number of the law stands in the words of its provision, each day in the header of the text."""
    for constant in file.constants:
        if not _stands(constant, text):
            where = _named(constant.provision)
            yield _problem(
                "number", constant.file, constant.line, name=constant.name, value=constant.value, citation=where
            )


def _stands(constant: Constant, text: Statute) -> bool:
    if constant.value >= _DAY:
        iso = f"{constant.value // 10000}-{constant.value // 100 % 100:02d}-{constant.value % 100:02d}"
        year, month, day = constant.value // 10000, constant.value // 100 % 100, constant.value % 100
        written = rf"(?<!\d){year}\s*年\s*0?{month}\s*月\s*0?{day}\s*日"
        own = text.text(constant.provision) if constant.provision in text.words else ""
        return iso in text.header.values() or bool(re.search(written, own))
    if constant.provision is None or constant.provision not in text.words:
        return False
    words = text.text(constant.provision)
    if re.search(rf"(?<!\d){constant.value}(?!\d)", words):
        return True
    spelt = chinese(constant.value) if 0 < constant.value < _SPELT else "∅"
    return bool(re.search(rf"({spelt}|{_TWO.get(spelt, spelt)})({'|'.join(UNITS)})", words))


def _spans(file: RuleFile, text: Statute) -> Iterator[Problem]:
    """Words that rules are said to rest on stand in the provision, or in its article's opening words; rules follow."""
    resting = {span for statement in file.statements for span in statement.spans}
    for span in file.spans:
        own = span.provision and (span.provision, span.provision._replace(item=0))
        if not span.words or not any(span.words in text.words.get(each, "") for each in own or ()):
            yield _problem("span", span.file, span.line, found=span.words, citation=_named(span.provision))
        elif span not in resting:
            yield _problem("span_alone", span.file, span.line, found=span.words, citation=_named(span.provision))


@lru_cache(64)
def _written(file: RuleFile) -> tuple[frozenset[str], ...]:
    """The names that stand anywhere in each statement of a file."""
    return tuple(frozenset(_WORD.findall(str(statement.node))) for statement in file.statements)


def _terms(file: RuleFile, wanted: Container[str]) -> Iterator[tuple[Statement, frozenset[str]]]:
    """The statements of a file in which some of the wanted names stand as terms, with these."""
    for statement, written in zip(file.statements, _written(file), strict=True):
        if any(name in wanted for name in written):
            yield statement, frozenset(name for name in names(statement.node) if name in wanted)


def _own_numbers(encoding: Encoding, file: RuleFile) -> Iterator[Problem]:
    """No number of the law serves two provisions: a rule uses its own block's, or its article's opening words'."""
    known = {constant.name: constant for constant in file.constants}
    for path in encoding.paths:
        for statement, own in _terms(rule_file(path), known):
            if statement.node.ast_type != ast.ASTType.Rule:
                continue
            place = statement.provision if path == file.path else None
            allowed = {place, place and place._replace(item=0)}
            for name in sorted(own):
                if place is None or known[name].provision not in allowed:
                    yield _problem(
                        "foreign_number",
                        statement.file,
                        statement.line,
                        name=name,
                        citation=_named(known[name].provision),
                        found=_named(place),
                    )


def _names(encoding: Encoding, file: RuleFile) -> Iterator[Problem]:
    """A constant replaces its name wherever that stands: no choice, reading, key or other term is called like it."""
    taken = {choice for predicate in PREDICATES.values() for field in predicate.fields for choice in field.choices}
    taken |= {name for reading in encoding.readings.values() for name in (reading.key, *reading.choices)}
    shared = [path for path in RULES.glob("*.lp") if path.stem not in (*cities(), "calendar")]
    wanted = {constant.name for constant in file.constants}
    taken = taken.union(*(own for path in shared for _, own in _terms(rule_file(path), wanted)))
    tables = ("requirement", "ground", "note")
    for constant in file.constants:
        if constant.name in taken or any(has(f"{table}.{constant.name}", "zh") for table in tables):
            yield _problem("constant_name", constant.file, constant.line, name=constant.name)


def _readings(encoding: Encoding) -> Iterator[Problem]:
    """Each reading asked for is registered with that choice; the default of each is among its choices."""
    for rule in encoding.rules:
        for each in rule.parsed.body:
            for atom, sig in each:
                if sig == ("read_as", 2):
                    key, choice = map(str, atom.arguments)
                    known = encoding.readings.get(key)
                    if key[0].islower() and (known is None or (choice[0].islower() and choice not in known.choices)):
                        yield _problem("reading", rule.file, rule.line, found=f"{key}={choice}")
    for reading in encoding.readings.values():
        if reading.default not in reading.choices:
            yield _problem("reading", reading.file, reading.line, found=f"{reading.key}={reading.default}")
