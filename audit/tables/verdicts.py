"""What the tables say of each case beside what the rules say of it now: every case of a question in one grounding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import clingo

from audit.encoding import CASES, DECIDE, Encoding, Example, answers
from audit.tables.rounds import Row, readable
from audit.tables.rowtext import expectation
from engine.answers import TIES, conduct, revocation
from engine.award import award_among, candidacy, check_among
from engine.errors import Place, Problem
from engine.facts import day_text
from engine.law import Provision

PANELS = {
    "interests": "interest", "excluded": "excluded", "fit": "fit", "load": "load", "breaches": "breach",
    "falsehoods": "falsehood", "recused": "recused", "panels": "needs_panel", "ungrouped": "ungrouped",
    "provisions": "panel_provision",
}  # fmt: skip
"""The predicate whose atoms a column of the tables about panels lists."""

Atoms = Sequence[clingo.Symbol]


@dataclass(frozen=True)
class Verdict:
    """A case, what its table says must come out, and what the rules say: by column of the table, where they differ.

    `outcome` is what the rules say in every column.
    """

    example: Example
    question: str
    wanted: Mapping[str, Any]
    found: Mapping[str, Any]
    outcome: Mapping[str, Any] = field(default_factory=dict)

    @property
    def agrees(self) -> bool:
        """Whether the rules say what the table says."""
        return not self.wanted and not self.found


@dataclass(frozen=True)
class Verdicts:
    """The verdicts of one question, one a case, and what is wrong with the rows that cannot be read."""

    all: tuple[Verdict, ...]
    problems: tuple[Problem, ...] = ()


def decided(encoding: Encoding, cases: Sequence[Example]) -> Verdicts:
    """Each dossier of the tables under the rules about who may apply."""
    usable, problems = [], []
    for case in cases:
        try:
            usable += [case] if case.decidable and case.symbols else []
        except RuntimeError:
            problems.append(Problem("audit.row_unread", {"id": case.id}, Place(case.file, path=case.id)))
    found = answers(encoding, usable)
    return Verdicts(
        tuple(_verdict(case, DECIDE.name, case.expect, expectation(map(str, found[case.id]))) for case in usable),
        tuple(problems),
    )


@dataclass(frozen=True)
class Turn:
    """A dossier whose outcome a reading changes: the reading and its choice, what comes out by default and under it."""

    key: str
    choice: str
    case: Example
    default: Mapping[str, Any]
    other: Mapping[str, Any]


def turns(encoding: Encoding, cases: Sequence[Example]) -> tuple[Turn, ...]:
    """For each choice of a reading the first dossier of the tables that turns on it alone, two groundings in all."""
    named = [case for case in cases if case.decidable and len(case.readings) == 1]
    plain = [replace(case, readings={}) for case in named]
    under, default = answers(encoding, named), answers(encoding, plain)
    found: dict[tuple[str, str], Turn] = {}
    for case in named:
        [pair] = case.readings.items()
        one, other = (expectation(map(str, shown[case.id])) for shown in (default, under))
        if one != other and pair not in found:
            found[pair] = Turn(*pair, case, one, other)
    return tuple(found.values())


def conducted(encoding: Encoding, folder: Path = CASES) -> Verdicts:
    """Each round of the tables under the rules of one of the other questions."""
    rows, problems = readable(encoding.question, encoding.city, folder)
    return Verdicts(tuple(conducted_rows(encoding, rows)), problems)


def conducted_rows(encoding: Encoding, rows: Sequence[tuple[Row, Sequence[Example]]]) -> Iterator[Verdict]:
    """Each of some rounds under the rules of one of the other questions."""
    more = {"procedure": TIES, "award": "#show note/3."}.get(encoding.question.name, "")
    atoms = answers(encoding, [example for _, examples in rows for example in examples], more)
    for row, examples in rows:
        yield _verdict(examples[0], encoding.question.name, *_columns(encoding, row, examples, atoms))


def versus(old: Verdict, new: Verdict) -> Verdict:
    """A case under two versions of the rules: what the old one says in place of what a table says."""
    case = replace(old.example, expect=old.outcome)
    return _verdict(case, old.question, old.outcome, new.outcome)


def _verdict(case: Example, question: str, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Verdict:
    names = [name for name in dict.fromkeys((*wanted, *found)) if wanted.get(name) != found.get(name)]
    return Verdict(
        case,
        question,
        {name: wanted[name] for name in names if name in wanted},
        {name: found[name] for name in names if name in found},
        found,
    )


def _columns(
    encoding: Encoding, row: Row, examples: Sequence[Example], atoms: Mapping[str, Atoms]
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What a row says, and the same columns as the rules fill them."""
    own = atoms[examples[0].id]
    if row.found:
        texts = {str(atom) for atom in own}
        holds, lacks = row.expect["holds"], row.expect["lacks"]
        return row.expect, {
            "holds": [atom for atom in holds if atom in texts],
            "lacks": [atom for atom in lacks if atom not in texts],
        }
    refused = [Provision.of(atom.arguments[0]) for atom in own if atom.name == "refused"]
    if refused:
        return row.expect, {"refused": str(refused[0])}
    match encoding.question.name:
        case "award":
            return _award(row, own)
        case "review":
            return _review(row, own)
        case "panels":
            return {name: sorted(lines) for name, lines in row.expect.items()}, {
                name: sorted(listed(own, name)) for name in row.expect
            }
        case _:
            return _procedure(row, (*own, *examples[0].symbols))


def _award(row: Row, atoms: Atoms) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    who, wanted = candidacy.read(row.case, atoms), dict(row.expect)
    if judged := wanted.pop("check", None):
        chosen = {prize: tuple(judged.get(prize, "").split()) for prize in who.prizes}
        breaches = check_among(who, row.case, chosen).as_dict()["breaches"]
        lines = [" ".join([each["provision"] or "-", each["breach"], *each["ids"]]) for each in breaches]
        return {"check": judged["breaches"]}, {"check": lines}
    whole = award_among(who, row.case).as_dict()
    got = {name: _award_column(whole, name, who.prizes) for name in wanted}
    if "gets" in wanted:
        got["gets"] = [line for line in got["gets"] if line in wanted["gets"]]
    return wanted, got


def _award_column(whole: Mapping[str, Any], name: str, prizes: tuple[str, ...]) -> Any:
    """What an award says, in a column of the tables."""
    match name:
        case "sets":
            return [" | ".join(" ".join(one[prize]) for prize in prizes) for one in whole["sets"]]
        case "tie":
            return whole["tie"]
        case "vacant":
            return whole["sets"][0]["vacant"]
        case "rewin":
            return {row["id"]: row["rewin"] for row in whole["candidates"] if row["rewin"]}
        case "reasons":
            rows = [row for row in whole["not_awarded"] if row["set"] == 0]
            return [
                " ".join([row["id"], row["prize"], row["reason"], row["provision"] or "-", *row["ahead"]])
                for row in rows
            ]
        case "gets":
            return [_gets(row) for row in whole["consequences"] if row["set"] == 0]
        case "others":
            return [f"{row['id']} {row['why']}" for row in whole["not_awarded"] if row["set"] is None]
        case "notes":
            return [" ".join(row.values()) for row in whole["notes"]]
    raise KeyError(name)


def _gets(row: Mapping[str, Any]) -> str:
    things = [thing if row[thing] else f"no_{thing}" for thing in ("certificate", "trophy", "bonus")]
    return " ".join([row["id"], row["prize"], *things, "counts" if row["counts"] else "outside", *row["citations"]])


def _review(row: Row, atoms: Atoms) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    whole = revocation.of_atoms(row.case, row.table["as_of"], atoms)
    early = [one for one in whole.revocations if one.before_in_force]
    got = {
        "revocations": [
            " ".join(
                map(
                    str,
                    (one.id, one.prize, one.round, one.ground, one.provision, *one.remedies, one.ban_years or "-"),
                )
            )
            for one in whole.revocations
        ],
        "bans": [f"{ban.id} {day_text(ban.until)} {ban.provision}" for ban in whole.bans],
        "proposers": [
            f"{provision} {office}"
            for provision, office in sorted(whole.proposers.items())
            if provision in {one.provision for one in whole.revocations}
        ],
        "events": [event for one in whole.revocations for event in one.events],
        "earlier": [f"{one.id} {one.earlier}" for one in whole.revocations if one.earlier],
        "before_in_force": [
            *(f"{one.id} {one.prize} {one.round} {one.ground}" for one in early),
            *(f"{ban.id} {day_text(ban.until)}" for ban in whole.bans if ban.before_in_force),
        ],
    }
    return row.expect, {name: got[name] for name in row.expect}


def _procedure(row: Row, atoms: Atoms) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    whole = conduct.of_atoms(row.case, atoms)
    violations = [f"{one.provision} {one.check} {_told(one.found)} / {_told(one.required)}" for one in whole.violations]
    unchecked = [f"{one.provision} {one.check} {one.missing}" for one in whole.unchecked]
    got: dict[str, Any] = {"violations": violations}
    if "all_unchecked" in row.expect:
        got["all_unchecked"] = unchecked
    if "unchecked" in row.expect:  # an empty list says that everything is on record; another names some of them
        wanted = row.expect["unchecked"]
        got["unchecked"] = [line for line in wanted if line in unchecked] if wanted else unchecked
    return row.expect, got


def _told(value: conduct.Value) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


def listed(atoms: Atoms, column: str) -> set[str]:
    """The lines of a column about panels: an atom's words; of an interest all but its chain."""
    ours = [atom for atom in atoms if atom.name == PANELS[column]]
    return {" ".join(_words(atom.arguments[:3] if column == "interests" else atom.arguments)) for atom in ours}


def _words(arguments: Sequence[clingo.Symbol]) -> Iterator[str]:
    for argument in arguments:
        if argument.type == clingo.SymbolType.String:
            yield argument.string
        elif argument.type == clingo.SymbolType.Function and not argument.name:
            yield from _words(argument.arguments)
        else:
            yield str(argument)
