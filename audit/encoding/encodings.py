"""An encoding: the rules of one regulation as data, ready to be instrumented, mutated and compared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from clingo.ast import AST, ASTType

from audit.encoding.questions import DECIDE, Question
from audit.encoding.syntax import (
    Signature,
    atoms,
    conditions,
    heads,
    parsed,
    plain,
    signature,
    with_values,
)
from engine.errors import UsageError
from engine.law import (
    COMMON,
    RULES,
    Constant,
    Provision,
    Reading,
    RuleFile,
    Statement,
    Statute,
    cities,
    city_of,
    read,
    regulation,
    rule_file,
    statute,
    stems,
)
from engine.words import home

DECLARATIONS = ("reading_choice",)
"""Facts that declare something and that no rule asks for."""


_WORD = re.compile(r"[a-z]\w*")

PLACE = re.compile(r"\x01(\d+)\x01(?:\()?")
"""Where an atom's name stands in `Parsed.places`, with the parenthesis that opens its arguments."""

Atom = tuple[AST, Signature]
"""An atom of a rule, and its predicate."""


class Parsed:
    """A rule as clingo parsed it, shared by every encoding that holds it: what follows from it is found once."""

    def __init__(self, node: AST) -> None:
        self.node = node
        self._valued: dict[tuple[tuple[str, int], ...], Parsed] = {}
        self.kept: dict[tuple[tuple[str, ...], ...], str] = {}
        """The rule as others have written it out, by what they did with it."""

    @cached_property
    def head(self) -> tuple[Atom, ...]:
        """The atoms of its head."""
        return tuple((atom, signature(atom)) for atom in atoms(self.node.head))

    @cached_property
    def body(self) -> tuple[tuple[Atom, ...], ...]:
        """The atoms of each literal of its body."""
        return tuple(tuple((atom, signature(atom)) for atom in atoms(each)) for each in self.node.body)

    @cached_property
    def plain(self) -> tuple[bool, ...]:
        """Which literals of its body are one positive atom."""
        return tuple(plain(each) for each in self.node.body)

    @cached_property
    def heads(self) -> frozenset[Signature]:
        """The predicates it derives."""
        if self.node.head.ast_type == ASTType.Literal:
            return frozenset(sig for _, sig in self.head)
        return frozenset(heads(self.node))

    @cached_property
    def needs(self) -> tuple[tuple[Signature, bool], ...]:
        """The predicates it asks for, with True where not plainly."""
        body = ((sig, not alone) for alone, found in zip(self.plain, self.body, strict=True) for _, sig in found)
        return (*body, *conditions(self.node.head))

    @cached_property
    def signatures(self) -> tuple[Signature, ...]:
        """Every predicate in it."""
        return tuple(dict.fromkeys(sig for found in (self.head, *self.body) for _, sig in found))

    @cached_property
    def places(self) -> tuple[str, tuple[str, ...], tuple[Signature, ...]]:
        """Head and literals as clingo writes them, a number in place of each atom's name (PLACE); its predicates."""
        twin, found = deepcopy(self.node), []
        for each in (twin.head, *twin.body):
            for atom in atoms(each):
                found.append(signature(atom))
                atom.name = f"\1{len(found) - 1}\1"
        return str(twin.head), tuple(map(str, twin.body)), tuple(found)

    @property
    def pooled(self) -> bool:
        """Whether some atom is a pool: then clingo writes its members together, under one name."""
        head, body, _ = self.places
        return any("(\1" in each for each in (head, *body))

    @cached_property
    def text(self) -> str:
        """The rule as clingo writes it."""
        return str(self.node)

    def valued(self, values: Mapping[str, int]) -> Parsed:
        """The rule with the numbers of the law in place of their names."""
        used = tuple((name, values[name]) for name in sorted({*_WORD.findall(self.text)} & values.keys()))
        if not used:
            return self
        if used not in self._valued:
            self._valued[used] = Parsed(with_values(self.node, dict(used)))
        return self._valued[used]


@dataclass(frozen=True)
class Rule:
    """One rule (a fact with a pool is one a member): number, AST with `#const` names in it, place, provision."""

    number: int
    parsed: Parsed = field(compare=False, repr=False)
    file: str
    line: int
    provision: Provision | None

    @property
    def node(self) -> AST:
        """As clingo parsed it."""
        return self.parsed.node

    @property
    def place(self) -> str:
        """Where it stands: file and line."""
        return f"{self.file}:{self.line}"

    @property
    def heads(self) -> frozenset[Signature]:
        """The predicates it derives."""
        return self.parsed.heads

    @property
    def needs(self) -> tuple[tuple[Signature, bool], ...]:
        """The predicates it asks for, with True where not plainly."""
        return self.parsed.needs

    @property
    def fact(self) -> bool:
        """Whether it has no body."""
        return not self.node.body


@dataclass(frozen=True, eq=False)
class Encoding:
    """Rules, numbers, readings and outputs of a regulation for one question; `name` is how it was asked for.

    Made once for the same files, texts and readings: what follows from the rules alone is found once.
    """

    name: str
    city: str
    rules: tuple[Rule, ...]
    shows: tuple[AST, ...]
    constants: Mapping[str, Constant]
    readings: Mapping[str, Reading]
    defined: frozenset[Signature]
    chosen: Mapping[str, str]
    paths: tuple[Path, ...]
    question: Question = DECIDE

    @cached_property
    def values(self) -> dict[str, int]:
        """The numbers of the law by name."""
        return {name: constant.value for name, constant in self.constants.items()}

    @cached_property
    def derived(self) -> frozenset[Signature]:
        """The predicates the rules derive."""
        return frozenset(head for rule in self.rules for head in rule.heads)

    @property
    def inputs(self) -> frozenset[Signature]:
        """The predicates taken from outside and never derived: what a case says, and the working days."""
        return self.defined - self.derived

    @cached_property
    def asked(self) -> frozenset[Signature]:
        """The inputs that some rule at work asks for."""
        return frozenset(sig for rule in self.at_work for sig, _ in rule.needs) & self.inputs

    def valued(self, rule: Rule) -> Parsed:
        """A rule with the numbers of the law in place of their names."""
        return rule.parsed.valued(self.values)

    def node(self, rule: Rule) -> AST:
        """The same as clingo has it."""
        return self.valued(rule).node

    @property
    def text(self) -> str:
        """The name of the text it encodes: that of its rule file, whose words and terms are spoken."""
        return self.paths[1].stem

    @property
    def statute(self) -> Statute:
        """The text the encoding stands beside, as it stands now."""
        beside = self.paths[1].with_suffix(".md")
        return statute(self.paths[1].stem) if beside.parent == RULES else _statute(beside, beside.read_bytes())

    @cached_property
    def live(self) -> frozenset[Signature]:
        """The predicates that what is shown depends on."""
        shown = {(str(show.name), int(show.arity)) for show in self.shows if show.ast_type == ASTType.ShowSignature}
        found = shown | {signature(atom) for show in self.shows if show.ast_type == ASTType.ShowTerm
                         for each in show.body for atom in atoms(each)}  # fmt: skip
        while (
            new := {sig for rule in self.rules if rule.heads & found or not rule.heads for sig, _ in rule.needs} - found
        ):
            found |= new
        return frozenset(found)

    @cached_property
    def at_work(self) -> tuple[Rule, ...]:
        """The rules that what is shown depends on; the others are definitions that other questions ask for."""
        rules = [rule for rule in self.rules if rule.heads & self.live or not rule.heads]
        keys = {str(atom.arguments[0]) for rule in rules for each in rule.parsed.body for atom, sig in each
                if sig == ("read_as", 2)}  # fmt: skip
        return tuple(rule for rule in rules if _default_of(rule) in (None, *keys))

    @cached_property
    def own(self) -> tuple[Rule, ...]:
        """The rules at work that no earlier question of a round has at work: those examined here."""
        before = {
            (rule.place, str(rule.node))
            for question in self.question.earlier
            for rule in asking(self, question).at_work
        }
        return tuple(rule for rule in self.at_work if (rule.place, str(rule.node)) not in before)

    @cached_property
    def _asking(self) -> dict[Signature, set[Signature]]:
        """For each predicate those derived by the rules that ask for it."""
        found = defaultdict[Signature, set[Signature]](set)
        for rule in self.rules:
            for sig, _ in rule.needs:
                found[sig] |= rule.heads
        return found

    def below(self, changed: Iterable[Signature], steps: int | None = None) -> frozenset[Signature]:
        """The derived predicates that depend on any of `changed`, directly or within so many steps; with themselves."""
        found = new = set(changed)
        while new and (steps is None or steps > 0):
            new = set[Signature]().union(*(self._asking.get(sig, ()) for sig in new)) - found
            found = found | new
            steps = None if steps is None else steps - 1
        return frozenset(found)


@lru_cache(64)
def _statute(path: Path, _: bytes) -> Statute:
    return read(path)


def _default_of(rule: Rule) -> str | None:
    """The key of a rule `reading_default(Key, Choice).`"""
    return next((str(atom.arguments[0]) for atom, sig in rule.parsed.head if sig == ("reading_default", 2)), None)


def encoding(name: str, question: Question = DECIDE) -> Encoding:
    """The encoding a person names: a city or an `.lp` file, and after a colon readings, `jiyuan:listing=ever`.

    Raises UsageError for an unknown city, file or reading, RuleError for a file that does not parse or ground.
    """
    stem, _, asked = name.partition(":")
    if stem in stems():
        city = home(stem)
    elif stem.endswith(".lp") and Path(stem).is_file():
        city = Path(stem)
    else:
        raise UsageError("unknown_encoding", {"found": stem, "known": ", ".join(cities())})
    regulation(city)
    return from_files(name, rule_paths((RULES / COMMON, city), question), _readings(name, asked), question)


def asking(encoding: Encoding, question: Question) -> Encoding:
    """The same regulation, asked another question."""
    return from_files(encoding.name, rule_paths(encoding.paths[:2], question), encoding.chosen, question)


def rule_paths(paths: tuple[Path, ...], question: Question) -> tuple[Path, ...]:
    """The rule files of a question: the shared one, the regulation's own, the question's.

    These stand beside the shared one, so that an older copy of the rules is asked as it was.
    """
    beside = (paths[0].with_name(f"{name}.lp") for name in question.files)
    return (*paths, *(file if file.is_file() else RULES / file.name for file in beside))


def version(like: Encoding, place: Path) -> Encoding:
    """Another version of a regulation: its rule file, or a folder with it (or with a folder `rules` that has it).

    Shared rules beside it are that version's own. Raises UsageError where there is no such file, or no text beside it.
    """
    name = like.paths[1].name
    files = [place] if place.suffix == ".lp" else [place / name, place / "rules" / name]
    file = next((file for file in files if file.is_file() and file.with_suffix(".md").is_file()), None)
    if file is None:
        raise UsageError("audit_no_version", {"found": str(place), "file": name})
    shared = file.with_name(COMMON)
    return from_files(str(file), (shared if shared.is_file() else RULES / COMMON, file), like.chosen, like.question)


def _readings(name: str, asked: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in asked.split(",") if pair]
    if wrong := [key for key, equals, choice in pairs if not (key and equals and choice)]:
        raise UsageError("not_a_reading", {"found": f"{name}: {wrong[0]}"})
    return {key: choice for key, _, choice in pairs}


def from_files(
    name: str, paths: tuple[Path, ...], chosen: Mapping[str, str] | None = None, question: Question = DECIDE
) -> Encoding:
    """The encoding that rule files make up: the shared file first, then the regulation's own, then the question's."""
    files = tuple(rule_file(path) for path in paths)
    known = {reading.key: reading for file in files for reading in file.readings}
    for key, choice in (chosen or {}).items():
        if key not in known or choice not in known[key].choices:
            raise UsageError("not_a_reading", {"found": f"{key}={choice}"})
    return _made(name, paths, files, tuple((chosen or {}).items()), question)


@lru_cache(64)
def _made(
    name: str,
    paths: tuple[Path, ...],
    files: tuple[RuleFile, ...],
    chosen: tuple[tuple[str, str], ...],
    question: Question,
) -> Encoding:
    return Encoding(
        name,
        city_of(paths[1].stem),
        tuple(_numbered(files)),
        (*_shows(files[2:] or files), *parsed("".join(f"#show {name}/{arity}." for name, arity in question.unshown))),
        {constant.name: constant for file in files for constant in file.constants},
        {reading.key: reading for file in files for reading in file.readings},
        frozenset(
            (str(s.node.name), int(s.node.arity))
            for file in files
            for s in file.statements
            if s.node.ast_type == ASTType.Defined
        ),
        dict(chosen),
        paths,
        question,
    )


def _shows(files: Sequence[RuleFile]) -> Iterator[AST]:
    """What is shown of a question: by its own files where it has any."""
    for file in files:
        for statement in file.statements:
            if statement.node.ast_type in (ASTType.ShowSignature, ASTType.ShowTerm):
                yield statement.node


def _numbered(files: Iterable[RuleFile]) -> list[Rule]:
    seeds = [seed for file in files for seed in _seeds(file)]
    return [Rule(number, one, at.file, at.line, at.provision) for number, (at, one) in enumerate(seeds)]


@lru_cache(256)
def _seeds(file: RuleFile) -> tuple[tuple[Statement, Parsed], ...]:
    """The rules of a file, parsed, each with its statement; a fact with a pool is one a member."""
    return tuple(
        (statement, Parsed(node))
        for statement in file.statements
        if statement.node.ast_type == ASTType.Rule
        for node in _members(statement.node)
        if not {name for name, _ in heads(node)} & {*DECLARATIONS}
    )


@lru_cache(64)
def asked_in(file: RuleFile) -> frozenset[Signature]:
    """What the statements of a file ask for: in bodies, in what is shown, in what is declared as known."""
    found = {sig for _, one in _seeds(file) for sig, _ in one.needs}
    for statement in file.statements:
        node = statement.node
        if node.ast_type in (ASTType.ShowSignature, ASTType.Defined):
            found.add((str(node.name), int(node.arity)))
        elif node.ast_type != ASTType.Rule:
            found |= {signature(atom) for atom in atoms(node)}
    return frozenset(found)


def _members(node: AST) -> list[AST]:
    """A fact `p(a; b)` as its members; any other rule as it is."""
    head = node.head
    if head.ast_type == ASTType.Literal and head.atom.ast_type == ASTType.SymbolicAtom and not node.body:
        symbol = head.atom.symbol
        if symbol.ast_type == ASTType.Pool:
            return [node.update(head=head.update(atom=head.atom.update(symbol=each))) for each in symbol.arguments]
    return [node]
