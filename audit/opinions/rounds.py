"""What lawyers said of the generated rounds: accepted ones are rows of the bench's tables, contested stand beside."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from audit.checks import LAPSED, SIGNED, RoundCase
from audit.encoding import DECIDE, QUESTIONS, Attestation, Encoding, Example, Word, asking, attested, seal, told
from audit.opinions import ledger
from audit.opinions.ledger import ACCEPTED, CONTESTED, OUTDATED, Opinion
from audit.tables import Row, Verdict, conducted_rows, decided, made, of_row, quoted, round_row, toml
from engine.law import Provision


@dataclass(frozen=True)
class Said:
    """What somebody said of a case: the case with what came out, when, under which seal; if it was contested, why."""

    example: Example
    signed: Attestation
    remark: str | None = None

    def state(self, encoding: Encoding, provision: Provision | None) -> str:
        """Signed or contested; lapsed or outdated where the provision's words or rules have changed since."""
        same = self.signed.seal == seal(encoding, provision)
        if self.remark is None:
            return SIGNED if same else LAPSED
        return CONTESTED if same else OUTDATED


def round_path(encoding: Encoding) -> Path:
    """The table in which the bench keeps the rounds of a question."""
    own = ledger.path(encoding)
    return own.with_name(f"{encoding.question.name}_{own.name}")


def objections(encoding: Encoding) -> tuple[list[Opinion], list[Verdict]]:
    """What is contested of an encoding, of all questions, and what comes out of each such case now."""
    found = [one for one in ledger.opinions(ledger.path(encoding)).values() if one.contested]
    verdicts = list(decided(encoding, [one.example for one in found]).all)
    for question in QUESTIONS.values():
        whole, rows = asking(encoding, question), []
        for one in _rows(whole, "contested") if question is not DECIDE else ():
            [example] = of_row(question, one)
            if example.signed:
                found.append(Opinion(example, example.signed, True, one.table.get("remark", "")))
                rows.append((one, (example,)))
        verdicts += conducted_rows(whole, rows)
    return found, verdicts


def _rows(encoding: Encoding, name: str) -> list[Row]:
    """The entries of a question's table that stand under a name."""
    file = round_path(encoding)
    data = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    return [made(encoding.city, each, {}, file.name) for each in data.get(name, ())]


def round_opinions(encoding: Encoding) -> dict[str, Said]:
    """Every opinion on file, by the case's id."""
    rows = [(one, None) for one in _rows(encoding, "case")]
    rows += [(one, one.table.get("remark", "")) for one in _rows(encoding, "contested")]
    found = {}
    for one, remark in rows:
        if "signed" in one.table:
            [example] = of_row(encoding.question, one)
            found[one.id] = Said(example, Attestation(**one.table["signed"]), remark)
    return found


def signed(
    encoding: Encoding,
    case: RoundCase,
    by: str,
    on: str,
    remark: str | None = None,
    role: str = "",
    before: Said | None = None,
) -> str:
    """The entry of a case that somebody accepted, or with a remark contested: with what came out, and what was said
    of it before."""
    whole = toml(case.id, round_row(case.record, case.gained))
    lines = _spoken(Attestation(by, on, seal(encoding, case.provision), role), remark, before)
    head, _, expectation = whole.partition("[case.expect]")
    if remark is None:
        return f"{head}{chr(10).join(lines)}\n[case.expect]{expectation}"
    return f"{head.replace('[[case]]', '[[contested]]')}" + "\n".join([*lines, "[contested.expect]"]) + expectation


def on_file(encoding: Encoding) -> dict[str, Example]:
    """The cases that stand in the table of a question, accepted, contested or not spoken of yet, by id."""
    rows = [*_rows(encoding, "case"), *_rows(encoding, "contested")]
    return {one.id: next(iter(of_row(encoding.question, one))) for one in rows}


def resigned(encoding: Encoding, id: str, by: str, on: str, remark: str | None = None, role: str = "") -> str:
    """The entry of a case on file that somebody accepts, or with a remark contests; what must come out stays."""
    before = round_opinions(encoding).get(id)
    block = ledger.block(round_path(encoding), id)
    kept = [line for line in block.splitlines()[1:] if not line.startswith(("signed = ", "remark = ", "earlier = "))]
    at = next(n for n, line in enumerate(kept) if line in ("[case.expect]", "[contested.expect]"))
    about = on_file(encoding)[id].provision
    lines = _spoken(Attestation(by, on, seal(encoding, about), role), remark, before)
    name = "case" if remark is None else "contested"
    return "\n".join([f"[[{name}]]", *kept[:at], *lines, f"[{name}.expect]", *kept[at + 1 :]])


def _spoken(own: Attestation, remark: str | None, before: Said | None) -> list[str]:
    """What an entry says of who spoke: the signature, an objection's remark, what was said before."""
    lines = [f"signed = {quoted(attested(own))}", *([f"remark = {quoted(remark)}"] if remark is not None else [])]
    if before is not None:
        said = ACCEPTED if before.remark is None else CONTESTED
        last = Word(said, before.signed, dict(before.example.expect), before.remark or "")
        lines.append(f"earlier = {quoted([told(word) for word in (*before.example.earlier, last)])}")
    return lines


def updated(encoding: Encoding, entries: Mapping[str, str], comment: list[str]) -> str:
    """The table with these entries in place of what it says of the same cases."""
    return ledger.updated(round_path(encoding), "\n".join(f"# {line}" for line in comment) + "\n", entries)
