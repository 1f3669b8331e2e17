"""The ledger of a city's generated cases: what a lawyer accepted or contested, with name, date and seal.

Accepted cases are rows of `rules/cases/<city>_audit.toml`, which the case tests run like any other; contested ones
stand in the same file under `contested`, with the outcome that was not agreed to, and are run by nobody.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import clingo

from audit.checks import LAPSED, SIGNED
from audit.encoding import (
    CASES,
    DECIDE,
    QUESTIONS,
    Attestation,
    Encoding,
    Example,
    Word,
    asking,
    attested,
    case_of_row,
    examples,
    filled,
    seal,
    table,
    told,
)
from audit.space import Dossier
from audit.tables import EMPTY, Verdicts, conducted, decided, question_of, quoted, rounds
from engine.errors import UsageError
from engine.facts import Fact, fact, text
from engine.law import RULES, Provision

ACCEPTED, CONTESTED, OUTDATED = "accepted", "contested", "outdated"
"""An objection stands; the provision or its rules have changed since it was made."""


@dataclass(frozen=True)
class Opinion:
    """What a lawyer said of a case: the case with what came out, who and when, an objection's remark."""

    example: Example
    signed: Attestation
    contested: bool = False
    remark: str = ""

    @property
    def id(self) -> str:
        """The id of the case."""
        return self.example.id

    def state(self, encoding: Encoding) -> str:
        """Signed or contested; lapsed or outdated where the provision's words or rules have changed since."""
        now = seal(asking(encoding, question_of(self.example)), self.example.provision)
        if self.contested:
            return CONTESTED if self.signed.seal == now else OUTDATED
        return SIGNED if self.signed.seal == now else LAPSED


@dataclass(frozen=True)
class Comment:
    """What somebody remarked on a case without accepting or contesting it: when, and what was seen then."""

    case: str
    signed: Attestation
    remark: str


def path(encoding: Encoding) -> Path:
    """Where the opinions on an encoding are: beside the cases of its rule file, in `cases` next to it."""
    own = encoding.paths[1]
    folder = own.parent / "cases"
    return (folder if folder.is_dir() else own.parent) / f"{own.stem}_audit.toml"


def signing_place(encoding: Encoding) -> Path:
    """The table that takes what is said of an encoding; UsageError where it may not be written.

    An installed program is no place for evidence: whoever signs copies `rules` and names the rule file there.
    """
    file = path(encoding)
    installed = RULES in file.parents and not (RULES.parent / "pyproject.toml").is_file()
    if installed or not os.access(file if file.exists() else file.parent, os.W_OK):
        raise UsageError("audit_no_place", {"found": str(file.parent), "file": encoding.paths[1].name})
    return file


def cases_of(encoding: Encoding) -> tuple[Example, ...]:
    """The cases an encoding is held to: those beside its rule file; a draft that has none yet, its city's."""
    own = encoding.paths[1].stem
    if encoding.question is not DECIDE:
        return rounds.examples(
            encoding.question, encoding.city, path(encoding).parent if own == encoding.city else CASES
        )
    return examples(own, path(encoding).parent) or examples(encoding.city)


def judged(encoding: Encoding, under: Encoding | None = None) -> tuple[Verdicts, ...]:
    """Every case of the tables an encoding is held to, of all questions in their order, against its rules.

    With `under`, against the rules of that other version.
    """
    own, rules = encoding.paths[1].stem, under or encoding
    folder = path(encoding).parent if own == encoding.city else CASES
    others = [question for question in QUESTIONS.values() if question is not DECIDE]
    return (
        decided(rules, cases_of(encoding)),
        *(conducted(asking(rules, question), folder) for question in others),
    )


def opinions(file: Path) -> dict[str, Opinion]:
    """Every opinion on file, by the case's id."""
    if not file.exists():
        return {}
    found = {case.id: Opinion(case, case.signed) for case in table(file) if case.signed}
    data = tomllib.loads(file.read_text("utf-8"))
    for row in data.get("contested", ()):
        case = case_of_row(data, row, file.name)
        if case.signed:
            found[case.id] = Opinion(case, case.signed, True, row.get("remark", ""))
    return found


def comments(file: Path) -> dict[str, list[Comment]]:
    """The comments on file, by case, the oldest first."""
    found: dict[str, list[Comment]] = {}
    data = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    for row in data.get("comment", ()):
        found.setdefault(row["case"], []).append(Comment(row["case"], Attestation(**row["signed"]), row["remark"]))
    return found


def commented(file: Path, beginning: str, new: Sequence[Comment]) -> str:
    """A table, begun where there is none, with comments more at its end."""
    before = file.read_text("utf-8") if file.exists() else beginning
    rows = [
        f"[[comment]]\ncase = {quoted(one.case)}\nsigned = {quoted(attested(one.signed))}\n"
        f"remark = {quoted(one.remark)}"
        for one in new
    ]
    return "\n\n".join([before.rstrip("\n"), *rows]) + "\n"


def signature(encoding: Encoding, about: Provision, by: str, on: str, role: str = "") -> dict[str, str]:
    """Name, date, the seal of what was seen, and as what whoever signs speaks."""
    return attested(Attestation(by, on, seal(encoding, about), role))


def history(opinion: Opinion | None) -> list[dict[str, Any]]:
    """What was said of a case so far, the oldest first, as the table keeps it beside the next word: nothing is lost."""
    if opinion is None:
        return []
    last = Word(
        CONTESTED if opinion.contested else ACCEPTED, opinion.signed, dict(opinion.example.expect), opinion.remark
    )
    return [told(word) for word in (*opinion.example.earlier, last)]


def head(city: str, comment: Sequence[str], round_: int, deadline: int, bases: Mapping[str, Dossier]) -> str:
    """The beginning of a table: what it is, the round, the base dossiers."""
    lines = [
        *(f"# {line}" for line in comment),
        "",
        f"city = {quoted(city)}",
        f"round = {round_}",
        f"deadline = {deadline}",
        "",
        "[base]",
    ]
    for name, base in bases.items():
        lines += [f"{name} = [", *(f"    {quoted(text(each))}," for each in base.facts), "]"]
    return "\n".join([*lines, f"{EMPTY} = []", ""]) + "\n"


def kinds(bases: Sequence[Dossier]) -> dict[str, Dossier]:
    """The base dossiers by a name: the kind of applicant, and what it does."""
    return {_kind(base.facts): base for base in bases}


def _kind(facts: Sequence[Fact]) -> str:
    known = {each.predicate: str(each.arguments[1]) for each in facts if each.predicate in ("applicant", "activity")}
    return known.get("activity") or known.get("applicant", "applicant")


def bases(file: Path) -> dict[str, Dossier]:
    """The base dossiers that a table on file has; none where there is no table."""
    if not file.exists():
        return {}
    data = tomllib.loads(file.read_text("utf-8"))
    city, deadline = data["city"], data["deadline"]
    return {
        name: Dossier(city, deadline, tuple(sorted(fact(clingo.parse_term(filled(each, deadline))) for each in facts)))
        for name, facts in data["base"].items()
        if facts
    }


def updated(file: Path, beginning: str, rows: Mapping[str, str]) -> str:
    """A table, begun where there is none, with these rows in place of what it says of the same cases."""
    before = file.read_text("utf-8") if file.exists() else beginning
    blocks = _blocks(before)
    kept = [block for block in blocks if _id(block) not in rows]
    return "\n\n".join(block.rstrip("\n") for block in [*kept, *rows.values()]) + "\n"


def block(file: Path, id: str) -> str:
    """The entry of a case in a table, as it stands there; empty where there is none."""
    return next((each for each in _blocks(file.read_text("utf-8")) if _id(each) == id), "") if file.exists() else ""


def _blocks(table: str) -> list[str]:
    """The head of a table, and each of its entries."""
    blocks: list[list[str]] = [[]]
    for line in table.splitlines():
        if line.startswith("[["):
            blocks.append([])
        blocks[-1].append(line)
    return ["\n".join(block) for block in blocks]


def _id(block: str) -> str:
    return str(tomllib.loads(block.partition("\n")[2]).get("id", "")) if block.startswith("[[") else ""
