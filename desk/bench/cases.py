"""The generated cases as a lawyer meets them: listed with what was said of each, accepted, contested."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import clingo

from audit.checks import SIGNED, Generated, found_cases, generated, holds
from audit.encoding import QUESTIONS, Attestation, Encoding, Word, asking, encoding, results, seal
from audit.opinions import Comment, Opinion, cases_of, ledger
from audit.space import ROUND, Dossier, Space
from audit.tables import case_dossier, case_outcome, dossier_words, expectation, outcome_words, row_text
from desk.shell import Shell, renew
from engine.errors import UsageError
from engine.facts import day_text, fact, text
from engine.law import Provision

OPEN = "open"


@dataclass(frozen=True)
class Listed:
    """A case of the list: generated, or on file, or both; what came out when somebody spoke, and what comes out now."""

    id: str
    provision: Provision
    new: Generated | None
    opinion: Opinion | None
    state: str
    now: frozenset[str]
    comments: Sequence[Comment] = ()


def listing(shell: Shell, city: str, about: str | None, state: str | None) -> None:
    """The cases as a readable table: sentence, outcome, citation, and who said what of them."""
    subject = encoding(city)
    wanted = place(about)
    frame, found = generated(subject)
    rows = [
        one
        for one in sorted(_listed(subject, found), key=lambda one: one.provision)
        if (not wanted or _within(one.provision, wanted)) and state in (None, one.state)
    ]
    if shell.json:
        entries = [_entry(shell, frame, one) for one in rows]
        shell.say(json.dumps({"deadline": day_text(frame.deadline), "cases": entries}, ensure_ascii=False, indent=1))
        return
    title = subject.statute.title
    shell.say(shell.text("audit.heading", title=title, deadline=day_text(frame.deadline), number=len(rows)))
    for one in rows:
        for line in _lines(shell, frame, one):
            shell.say(line)
    if not rows:
        shell.say(shell.text("audit.no_cases"))


def _listed(subject: Encoding, found: Sequence[Generated]) -> Iterator[Listed]:
    said, remarks = ledger.opinions(ledger.path(subject)), ledger.comments(ledger.path(subject))
    now = results(subject, [one.example for one in said.values() if one.example.decidable])
    for one in found:
        opinion = said.pop(one.id, None)
        state = opinion.state(subject) if opinion else OPEN
        yield Listed(
            one.id, one.provision, one, opinion, state, now[one.id] if opinion else one.shown, remarks.get(one.id, ())
        )
    for id, opinion in said.items():
        place, state = opinion.example.provision or Provision(0), opinion.state(subject)
        yield Listed(id, place, None, opinion, state, now[id], remarks.get(id, ()))


def _lines(shell: Shell, frame: Space, one: Listed) -> Iterator[str]:
    mark = ""
    if one.opinion:
        signed = one.opinion.signed
        told = shell.text(
            "audit.signed_by", state=shell.text(f"audit.{one.state}"), by=named(shell, signed), on=signed.on
        )
        mark = "  " + shell.paint(told, "green" if one.state == SIGNED else "red")
    yield ""
    yield f"{shell.paint(one.provision.citation, bold=True)}  {one.id}{mark}"
    if one.opinion is None:
        yield from _new(shell, frame, one.new)
        yield from _comments(shell, one)
        return
    yield f"    {case_dossier(one.opinion.example, shell.lang)}"
    yield f"    → {outcome_words(one.now, shell.lang)}"
    for word in one.opinion.example.earlier:
        yield f"    {spoken(shell, word)}"
    if one.opinion.remark:
        yield f"    {shell.text('audit.remark', remark=one.opinion.remark)}"
    if one.now and expectation(one.now) != one.opinion.example.expect:
        yield f"    {shell.text('audit.agreed', outcome=case_outcome(one.opinion.example, shell.lang))}"
    if one.new and {text(each) for each in one.new.dossier.facts} != {*one.opinion.example.facts}:
        yield f"    {shell.text('audit.again')}"
        yield from _new(shell, frame, one.new)
    yield from _comments(shell, one)


def _comments(shell: Shell, one: Listed) -> Iterator[str]:
    for each in one.comments:
        who = shell.text("audit.commented", by=named(shell, each.signed), on=each.signed.on, remark=each.remark)
        yield f"    {who}"


def spoken(shell: Shell, word: Word) -> str:
    """An earlier word on a case: what, by whom, as what, when, and why."""
    state = shell.text(f"audit.said.{word.said}")
    who = shell.text("audit.spoken", state=state, by=named(shell, word.signed), on=word.signed.on)
    return shell.text("audit.with_remark", word=who, remark=word.remark) if word.remark else who


def named(shell: Shell, signed: Attestation) -> str:
    """Who signed, and as what."""
    return shell.text("audit.in_role", by=signed.by, role=signed.role) if signed.role else signed.by


def _new(shell: Shell, frame: Space, one: Generated | None) -> Iterator[str]:
    if one:
        yield f"    {dossier_words(one.dossier, one.base, shell.lang, frame.slots)}"
        yield f"    → {outcome_words(one.shown, shell.lang)}"


def _entry(shell: Shell, frame: Space, one: Listed) -> dict[str, object]:
    entry: dict[str, object] = {"id": one.id, "provision": str(one.provision), "state": one.state}
    if one.opinion:
        case, signed = one.opinion.example, one.opinion.signed
        entry |= {
            "says": case_dossier(case, shell.lang), "facts": list(case.facts), "by": signed.by, "on": signed.on,
            "as": signed.role, "seal": signed.seal, "remark": one.opinion.remark,
            "earlier": [
                {"said": word.said, "by": word.signed.by, "on": word.signed.on, "as": word.signed.role,
                 "remark": word.remark, "expected": dict(word.expect)}
                for word in case.earlier
            ],
            "expected": dict(case.expect), "outcome": sorted(one.now),
        }  # fmt: skip
    elif one.new:
        lacks, has = one.new.dossier.departures(one.new.base)
        entry |= {
            "says": dossier_words(one.new.dossier, one.new.base, shell.lang, frame.slots),
            "facts": [text(each) for each in has], "without": [text(each) for each in lacks],
            "outcome": sorted(one.new.shown), "alone": one.new.alone,
        }  # fmt: skip
    if one.comments:
        entry["comments"] = [
            {"by": each.signed.by, "on": each.signed.on, "as": each.signed.role, "remark": each.remark}
            for each in one.comments
        ]
    return entry


def comment(shell: Shell, city: str, ids: Sequence[str], remark: str, by: str, on: int, role: str = "") -> None:
    """Put a comment on cases on file, with name, day, role and seal; nothing is accepted or contested by it."""
    subject = encoding(city)
    if not remark.strip():
        raise UsageError("audit_comment")
    if subject.chosen:
        raise UsageError("audit_chosen", {"found": city})
    file = ledger.signing_place(subject)
    frame, found = generated(subject)
    known = {
        one.id: (whole, one.provision or Provision(0))
        for whole in (asking(subject, question) for question in QUESTIONS.values())
        for one in cases_of(whole)
    }
    known |= {one.id: (subject, one.provision) for one in found}
    known |= {id: (subject, one.example.provision or Provision(0)) for id, one in ledger.opinions(file).items()}
    if unknown := [id for id in ids if id not in known]:
        raise UsageError("audit_case", {"found": ", ".join(unknown)})
    fresh = ledger.kinds(list(dict.fromkeys(one.base for one in found)))
    beginning = ledger.head(subject.city, [shell.text("audit.table")], ROUND, frame.deadline, fresh)
    seals = {id: seal(whole, at if at.article else None) for id in ids for whole, at in [known[id]]}
    new = [Comment(id, Attestation(by, day_text(on), own, role), remark.strip()) for id, own in seals.items()]
    renew(file, ledger.commented(file, beginning, new))
    shell.say(shell.text("audit.commented_on", number=len(new)))
    shell.say(shell.text("audit.written", file=file))


def sign(
    shell: Shell,
    city: str,
    accept: Sequence[str],
    contest: Sequence[str],
    remark: str,
    by: str,
    on: int,
    role: str = "",
) -> None:
    """Put accepted and contested cases on file, with name, day, role and seal; what was said earlier stays."""
    subject = encoding(city)
    if both := {*accept} & {*contest}:
        raise UsageError("audit_both", {"found": ", ".join(sorted(both))})
    if subject.chosen:
        raise UsageError("audit_chosen", {"found": city})
    file = ledger.signing_place(subject)
    frame, found = generated(subject)
    said = ledger.opinions(file)
    known = {one.id: one for one in found}
    written = {id: _again(subject, file, said[id]) for id in {*accept, *contest} & said.keys() - known.keys()}
    if unknown := [id for id in (*accept, *contest) if id not in known | written]:
        raise UsageError("audit_case", {"found": ", ".join(unknown)})
    if any(not holds(subject, known[id]) for id in {*accept, *contest} & known.keys()):
        frame, found = found_cases(subject)  # what was kept is not what the rules say: it is searched for again
        known = {one.id: one for one in found}
    known |= written
    fresh = ledger.kinds(list(dict.fromkeys(one.base for one in found)))
    bases = ledger.bases(file) or fresh
    rows: dict[str, str] = {}
    for id in dict.fromkeys((*accept, *contest)):
        one = known[id]
        says = "：".join((dossier_words(one.dossier, one.base, "zh", frame.slots), outcome_words(one.shown, "zh")))
        signed = ledger.signature(subject, one.provision, by, day_text(on), role)
        objection, before = remark if id in contest else None, ledger.history(said.get(id))
        rows[id] = row_text(id, says, one.dossier, one.shown, bases, signed, objection, before)
        for line in (f"{one.provision.citation}  {id}", *_new(shell, frame, one)):
            shell.say(line)
    beginning = ledger.head(subject.city, [shell.text("audit.table")], ROUND, frame.deadline, fresh)
    renew(file, ledger.updated(file, beginning, rows))
    for key, ids in (("accepted", accept), ("objected", contest)):
        if ids:
            shell.say(shell.text(f"audit.{key}", number=len(dict.fromkeys(ids))))
    shell.say(shell.text("audit.written", file=file))


def _again(subject: Encoding, file: Path, opinion: Opinion) -> Generated:
    """A case on file that nobody generates (somebody wrote it), as it comes out now."""
    case = opinion.example
    facts = tuple(sorted(fact(clingo.parse_term(each)) for each in case.facts))
    one = Dossier(subject.city, case.deadline, facts, tuple(case.readings.items()), case.round)
    bases = [base for base in ledger.bases(file).values() if base.deadline == case.deadline]
    base = min(bases, key=lambda each: sum(map(len, one.departures(each)))) if bases else replace(one, facts=())
    return Generated(case.id, case.provision or Provision(0), one, base, results(subject, [case])[case.id])


def place(about: str | None) -> Provision | None:
    try:
        return Provision.parse(about) if about else None
    except ValueError:
        raise UsageError("not_a_provision", {"found": str(about)}) from None


def _within(provision: Provision, asked: Provision) -> bool:
    return all(wanted in (0, own) for own, wanted in zip(provision, asked, strict=True))
