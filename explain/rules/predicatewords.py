"""The wording of derived predicates, read from the rule files where it stands beside their definitions.

    %@ full_years(A, Day, N)
    %@ zh: 自{Day}起至{T}已满{N}年
    %@ zh not: 至{T}为{years Day T}，{short Day T N}

The first line names the predicate and its arguments, perhaps with a type (`Key: requirement`). `background` after the
signature says that an atom is no reason by itself, `technical` that it is not gone into at all (`--full` shows it, in
its words), `declared` that besides a text that states none of it has none of the rules that rest on it. `%@ rule` in
place of a signature words the next rule alone. docs/explanations.md lists the placeholders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.errors import Place, Problem, RuleError
from engine.law import RuleFile

_SIGNATURE = re.compile(r"(-?[a-z]\w*)(?:\((.*)\))?\s*(background|technical|declared)?")
_TEMPLATE = re.compile(r"(zh|en)(\s+not)?\s*:\s*(.*)")


@dataclass
class Words:
    """How a predicate, or one rule, is worded: the arguments' names and types, and a template a language and truth."""

    names: tuple[str, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    background: bool = False
    technical: bool = False
    declared: bool = False
    templates: dict[tuple[str, bool], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wording:
    """The wording of a program: by predicate, and by place (file, line of the rule) for single rules."""

    predicates: Mapping[tuple[str, int], Words]
    rules: Mapping[tuple[str, int], Words]


def wording(files: Iterable[RuleFile]) -> Wording:
    """Read the wording of rule files. Raises RuleError for a comment that cannot be read."""
    predicates: dict[tuple[str, int], Words] = {}
    rules: dict[tuple[str, int], Words] = {}
    for file in files:
        lines = sorted(statement.line for statement in file.statements)
        current: Words | None = None
        for line, comment in file.comments:
            if not comment.startswith("%@"):
                continue
            text = comment[2:].strip()
            if found := _TEMPLATE.fullmatch(text):
                if current is None:
                    raise _unread(file, line, comment)
                current.templates[found[1], not found[2]] = found[3]
            elif text == "rule":
                current = Words()
                rules[file.path.name, next((one for one in lines if one > line), 0)] = current
            elif signature := _SIGNATURE.fullmatch(text):
                name, current = _words(signature)
                if not all(one[:1].islower() for one in current.names) or not current.names:
                    predicates[name, len(current.names)] = current  # a lower-case argument words a term, no predicate
            else:
                raise _unread(file, line, comment)
    return Wording(predicates, rules)


def _unread(file: RuleFile, line: int, comment: str) -> RuleError:
    return RuleError([Problem("rule_wording", {"found": comment[:200]}, Place(file.path.name, line))])


def _words(found: re.Match[str]) -> tuple[str, Words]:
    names, types = [], {}
    for part in (found[2] or "").split(",") if found[2] else ():
        name, _, kind = (piece.strip() for piece in part.partition(":"))
        names.append(name)
        if kind:
            types[name] = kind
    return found[1], Words(
        tuple(names), types, found[3] == "background", found[3] in ("technical", "declared"), found[3] == "declared"
    )
