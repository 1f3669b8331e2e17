"""The bench's reports on rounds: generated cases listed, accepted and contested; two encodings compared."""

from __future__ import annotations

import json
from collections.abc import Sequence

from audit.checks import RoundCase, generated_rounds
from audit.encoding import Encoding, Question, encoding, results
from audit.opinions import rounds as round_ledger
from audit.opinions import signing_place
from audit.space import scenes, tellings
from audit.tables import round_words
from audit.words import said
from desk.bench.cases import named
from desk.bench.cases import spoken as words_of
from desk.shell import Shell, renew
from engine.errors import UsageError
from engine.facts import day_text
from engine.law import Provision

OPEN = "open"


def listing(shell: Shell, city: str, question: Question, about: Provision | None, state: str | None) -> None:
    """The cases as a readable table: sentence, outcome, citation, and what was said of each."""
    subject = encoding(city, question)
    spoken = round_ledger.round_opinions(subject)
    rows: list[tuple[RoundCase, str]] = []
    for one in sorted(generated_rounds(subject), key=lambda one: one.provision or Provision(0)):
        known = spoken.get(one.id)
        now = known.state(subject, one.provision) if known else OPEN
        if (about is None or one.provision == about) and state in (None, now):
            rows.append((one, now))
    if shell.json:
        entries = [
            {"id": one.id, "provision": str(one.provision) if one.provision else None, "state": now,
             "says": one.record.words(subject, shell.lang), "facts": [*one.record.fixed, *one.record.facts],
             "readings": dict(one.record.readings), "round": one.record.round, "outcome": list(one.gained)}
            for one, now in rows
        ]  # fmt: skip
        shell.say(json.dumps({"for": question.name, "cases": entries}, ensure_ascii=False, indent=1))
        return
    then = [spoken[one.id].example for one, _ in rows if one.id in spoken]
    shown = results(subject, then)
    for one, now in rows:
        place = one.provision.citation if one.provision else shell.text("audit.shared_rule")
        shell.say("")
        if one.id not in spoken:
            shell.say(f"{place}  {one.id}")
            shell.say(f"    {one.record.words(subject, shell.lang)}")
            shell.say(f"    → {_said(shell, subject, one.gained)}")
            continue
        by, case = spoken[one.id].signed, spoken[one.id].example
        mark = shell.text("audit.signed_by", state=shell.text(f"audit.{now}"), by=named(shell, by), on=by.on)
        gone = [atom for atom in case.expect["holds"] if atom not in shown[one.id]]
        shell.say(f"{place}  {one.id}  {mark}")
        shell.say(f"    {round_words(case, shell.lang)}")
        shell.say(f"    → {_said(shell, subject, case.expect['holds'])}")
        for word in case.earlier:
            shell.say(f"    {words_of(shell, word)}")
        if remark := spoken[one.id].remark:
            shell.say(f"    {shell.text('audit.remark', remark=remark)}")
        if gone:
            shell.say(f"    {shell.text('audit.gone', outcome=_said(shell, subject, gone))}")
    if not rows:
        shell.say(shell.text("audit.no_cases"))


def _said(shell: Shell, subject: Encoding, atoms: Sequence[str]) -> str:
    return shell.text("audit.join").join(said(subject, atom, shell.lang) for atom in atoms) or shell.text(
        "audit.nothing"
    )


def sign(
    shell: Shell,
    city: str,
    question: Question,
    accept: Sequence[str],
    contest: Sequence[str],
    remark: str,
    by: str,
    on: int,
    role: str = "",
) -> None:
    """Put what somebody says of cases on file."""
    subject = encoding(city, question)
    if both := sorted({*accept} & {*contest}):
        raise UsageError("audit_both", {"found": ", ".join(both)})
    asked, filed = dict.fromkeys((*accept, *contest)), round_ledger.on_file(subject)
    known = {one.id: one for one in generated_rounds(subject)} if asked.keys() - filed.keys() else {}
    if unknown := [id for id in asked if id not in known.keys() | filed.keys()]:
        raise UsageError("audit_case", {"found": ", ".join(unknown)})
    said_ = round_ledger.round_opinions(subject)
    entries = {}
    for id in asked:
        objection = remark if id in contest else None
        entries[id] = (
            round_ledger.resigned(subject, id, by, day_text(on), objection, role)
            if id in filed
            else round_ledger.signed(subject, known[id], by, day_text(on), objection, role, said_.get(id))
        )
    signing_place(subject)
    file = round_ledger.round_path(subject)
    renew(file, round_ledger.updated(subject, entries, [shell.text("audit.table")]))
    for key, ids in (("accepted", accept), ("objected", contest)):
        if ids:
            shell.say(shell.text(f"audit.{key}", number=len(ids)))
    shell.say(shell.text("audit.written", file=file))


def compare(shell: Shell, old: str, new: str, question: Question) -> None:
    """The least record for each kind of difference between two encodings."""
    one, other = encoding(old, question), encoding(new, question)
    space = scenes(one, settled=other.chosen)
    found = list(tellings(one, other, space))
    facts = sum(scene.bounds["facts"] for scene in space)
    if shell.json:
        entries = [
            {"record": each.record.words(one, shell.lang), "facts": [*each.record.fixed, *each.record.facts],
             "readings": dict(each.record.readings), "round": each.record.round,
             "old": list(each.lost), "new": list(each.gained)}
            for each in found
        ]  # fmt: skip
        bounds = {"scenes": [scene.name for scene in space], "facts": facts}
        shell.say(json.dumps({"for": question.name, "old": old, "new": new, "witnesses": entries, "bounds": bounds},
                             ensure_ascii=False, indent=1))  # fmt: skip
        return
    for number, each in enumerate(found, 1):
        shell.say(f"{number}. {each.record.words(one, shell.lang)}")
        for name, atoms in ((old, each.lost), (new, each.gained)):
            if atoms:
                shell.say(f"   {name}: {shell.text('audit.join').join(said(one, atom, shell.lang) for atom in atoms)}")
    key = "audit.round_bounds" if found else "audit.no_round"
    shell.say(shell.text(key, number=len(found), scenes=len(space), facts=facts))
