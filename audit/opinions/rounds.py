"""What lawyers said of the generated rounds: accepted ones are rows of the bench's tables, contested stand beside."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from audit.checks import LAPSED, SIGNED, RoundCase
from audit.encoding import Attestation, Encoding, Example, Word, attested, seal, told
from audit.opinions import ledger
from audit.opinions.ledger import ACCEPTED, CONTESTED, OUTDATED
from audit.tables import made, of_row, quoted, round_row, toml
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


def round_opinions(encoding: Encoding) -> dict[str, Said]:
    """Every opinion on file, by the case's id."""
    file = round_path(encoding)
    data = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    rows = [(each, None) for each in data.get("case", ())]
    rows += [(each, each.get("remark", "")) for each in data.get("contested", ())]
    found = {}
    for each, remark in rows:
        if "signed" in each:
            [example] = of_row(encoding.question, made(encoding.city, each, {}, file.name))
            found[each["id"]] = Said(example, Attestation(**each["signed"]), remark)
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
    own = attested(Attestation(by, on, seal(encoding, case.provision), role))
    lines = [f"signed = {quoted(own)}", *([f"remark = {quoted(remark)}"] if remark is not None else [])]
    if before is not None:
        said = ACCEPTED if before.remark is None else CONTESTED
        last = Word(said, before.signed, dict(before.example.expect), before.remark or "")
        lines.append(f"earlier = {quoted([told(word) for word in (*before.example.earlier, last)])}")
    head, _, expectation = whole.partition("[case.expect]")
    if remark is None:
        return f"{head}{chr(10).join(lines)}\n[case.expect]{expectation}"
    return f"{head.replace('[[case]]', '[[contested]]')}" + "\n".join([*lines, "[contested.expect]"]) + expectation


def updated(encoding: Encoding, entries: Mapping[str, str], comment: list[str]) -> str:
    """The table with these entries in place of what it says of the same cases."""
    return ledger.updated(round_path(encoding), "\n".join(f"# {line}" for line in comment) + "\n", entries)
