"""Coverage: each provision of a text with its class, rules, cases and signatures; each rule with its provision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from clingo.ast import AST

from audit.checks.wordings import worded
from audit.encoding import (
    DECIDE,
    QUESTIONS,
    Encoding,
    Example,
    Origin,
    Rule,
    Signature,
    Unsaid,
    asking,
    faults,
    hollow,
    may_match,
    origin,
    seal,
    unsaid,
)
from audit.sound import idle, measured, whose
from audit.tables import key_of, question_of
from engine.errors import Place, Problem
from engine.facts import day_text
from engine.law import RULES, Block, Provision, city_named, differing, governing, rule_file, several

SIGNED, LAPSED, INHERITED = "signed", "lapsed", "inherited"
"""A signature stands, has lapsed with the words or rules it was given for, or was given under another text of the same
words and rules: that one is to be given anew."""


@dataclass(frozen=True)
class Row:
    """A provision: its words, its block (class), the rules that carry it out, the cases that try them.

    `applied` are the rules about awards, reviews, panels and procedure that ask for what the provision defines; `seals`
    the seals, by case, of what signed rounds stand on: the rules of their question too.
    """

    provision: Provision
    words: str
    block: Block | None
    rules: tuple[Rule, ...]
    cases: tuple[Example, ...]
    seal: str
    applied: tuple[Rule, ...] = ()
    seals: Mapping[tuple[str, str], str] = field(default_factory=dict)
    text: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        """Where its rules stand: file:line, each line once."""
        return tuple(dict.fromkeys(rule.place for rule in self.rules))

    def signatures(self) -> tuple[tuple[Example, str], ...]:
        """Its signed cases, each `signed`, `lapsed` with the words or rules, or `inherited` of another text."""
        return tuple(
            (case, standing(case, self.seals.get(key_of(case), self.seal), self.text))
            for case in self.cases
            if case.signed
        )


def standing(case: Example, seal_: str, text: str) -> str:
    """What has become of a signed case's signature under a text, whose provision has the seal now."""
    if case.signed is None or case.signed.seal != seal_:
        return LAPSED
    table = case.file.removesuffix(".toml").removesuffix("_audit")
    return SIGNED if not table or table == text or table.endswith(f"_{text}") else INHERITED


@dataclass(frozen=True)
class Coverage:
    """The whole table, the rules that belong to no single provision, what is wrong; each applied rule's encoding.

    `unsaid` are the words of deciding provisions that no rule rests on: no fault, but to be read. `origin` says where
    the text comes from.
    """

    encoding: Encoding = field(repr=False)
    rows: tuple[Row, ...]
    shared: tuple[Rule, ...]
    faults: tuple[Problem, ...]
    unsaid: tuple[Unsaid, ...]
    origin: Origin
    wholes: Mapping[Rule, Encoding] = field(default_factory=dict, repr=False)


def coverage(subject: Encoding, cases: Sequence[Example]) -> Coverage:
    """The table of an encoding and the cases it is held to."""
    others = _applied(subject)
    blocks = {block.provision: block for block in rule_file(subject.paths[1]).blocks}
    rows, text = [], subject.statute.words
    for provision, words in text.items():
        own = tuple(rule for rule in subject.rules if rule.provision == provision)
        mine = tuple(case for case in cases if about(case, provision, text.keys()))
        rows.append(
            Row(
                provision,
                words,
                blocks.get(provision),
                own,
                mine,
                seal(subject, provision),
                tuple(rule for rule, provisions, _ in others if provision in provisions),
                {
                    key_of(case): seal(asking(subject, question_of(case)), case.provision)
                    for case in mine
                    if case.signed and question_of(case) is not DECIDE
                },
                subject.text,
            )
        )
    shared = (*(rule for rule in subject.rules if rule.provision is None), *(rule for rule, _, _ in others))
    wholes = {rule: whole for rule, _, whole in others}
    known, days = origin(subject), differing()
    calendar = [Problem("audit.calendar", {"day": days[0], "number": len(days)}, Place("calendar.lp"))] if days else []
    sentences = [problem for question in QUESTIONS.values() for problem in worded(asking(subject, question))]
    wrong = (
        *faults(subject),
        *dict.fromkeys(sentences),
        *hollow(subject),
        *whose(subject),
        *measured(subject),
        *idle(subject),
        *_cases_of_n(rows, cases),
        *_of_other_texts(subject, cases),
        *known.faults,
        *calendar,
    )
    ordered = tuple(sorted(wrong, key=lambda problem: problem.place.order))
    return Coverage(subject, tuple(rows), shared, ordered, tuple(unsaid(subject)), known, wholes)


def _expected(case: Example) -> str:
    """What a case expects to hold; a provision that it expects not to be cited is no provision it rests on."""
    return str({key: value for key, value in case.expect.items() if key != "lacks"})


def _of_other_texts(subject: Encoding, cases: Sequence[Example]) -> Iterator[Problem]:
    """A case whose deadline another text of the same city governs says nothing of this one."""
    text = subject.paths[1].stem
    if subject.paths[1].parent != RULES or not several(text):
        return
    for case in cases:
        governs = governing(city_named(text), case.deadline, chosen=case.readings)
        if governs and governs != text and "refused" not in case.expect:
            told = {"id": case.id, "day": day_text(case.deadline), "text": governs}
            yield Problem("audit.case_of_other_text", told, Place(f"{case.file}.toml" if case.file else ""))


def _cases_of_n(rows: Sequence[Row], cases: Sequence[Example]) -> Iterator[Problem]:
    """A provision that is said to decide nothing, has no rule, and that cases cite: what came of it? Words that open a
    list of items decide through these."""
    opening = {row.provision._replace(item=0) for row in rows if row.provision.item}
    for row in rows:
        if row.block is None or row.rules or row.provision in opening or not row.block.category.startswith("N"):
            continue
        term = str(row.provision)
        citing = [case.id for case in cases if case.provision == row.provision or term in _expected(case)]
        if citing:
            parameters: dict[str, str | int] = {
                "citation": row.provision.citation,
                "number": len(citing),
                "id": citing[0],
            }
            yield Problem("audit.cases_of_n", parameters, Place(row.block.file, row.block.line))


def applied(subject: Encoding) -> list[tuple[Rule, frozenset[Provision]]]:
    """The rules of the other questions' files, each with the provisions whose definitions it asks for."""
    return [(rule, provisions) for rule, provisions, _ in _applied(subject)]


@lru_cache(32)
def _applied(subject: Encoding) -> list[tuple[Rule, frozenset[Provision], Encoding]]:
    found: dict[str, tuple[Rule, frozenset[Provision], Encoding]] = {}
    for question in QUESTIONS.values():
        whole = asking(subject, question)
        defines: dict[Signature, list[tuple[Provision, AST]]] = defaultdict(list)
        for rule in whole.rules:
            if (provision := rule.provision) is not None:
                for atom, sig in rule.parsed.head:
                    defines[sig].append((provision, atom))
        for rule in whole.rules:
            if rule.file in {f"{name}.lp" for name in question.files}:
                asks = [pair for each in rule.parsed.body for pair in each]
                found[f"{rule.place} {rule.parsed.text}"] = (
                    rule,
                    frozenset(p for atom, sig in asks for p, head in defines[sig] if may_match(atom, head)),
                    whole,
                )
    return list(found.values())


def about(case: Example, provision: Provision, known: Container[Provision]) -> bool:
    """Whether a case is filed under a provision: its id names it, or names its article where only that is known."""
    if case.provision == provision:
        return True
    named = case.provision
    return named is not None and named not in known and provision == Provision(named.article, named.paragraph, 0)
