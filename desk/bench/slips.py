"""The report on mutants: what becomes of each small slip, question by question, provision by provision."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit.checks import Witness
from audit.encoding import QUESTIONS, Question, encoding
from audit.mutants import Mutant, Noticed, Score, Slip, score_all, verdicts
from audit.opinions import cases_of
from audit.space import Telling
from audit.tables import question as asked
from desk.shell import Shell, renew

STATES = ("killed", "told", "equivalent", "survives", "unsafe")


@dataclass(frozen=True)
class Report:
    """One question: its score, and of the survivors what tells them from the rules, where that was looked for."""

    score: Score
    told: Mapping[int, Witness | Telling | None]
    settled: bool

    def state(self, mutant: Mutant) -> str:
        """What became of a mutant."""
        if mutant.id in self.score.killed:
            return "killed"
        if not self.settled:
            return "survives"
        return "told" if self.told.get(mutant.id) else "equivalent"

    def asks(self, mutant: Mutant, lang: str) -> str | None:
        """The question that tells a survivor from the rules."""
        found = self.told.get(mutant.id)
        if found is None:
            return None
        return (
            asked(found.dossier, found.base, lang, beside=found.beside)
            if isinstance(found, Witness)
            else found.question(self.score.encoding, lang)
        )


def mutants(shell: Shell, city: str, questions: Sequence[Question], equivalence: bool, write: bool) -> None:
    """The mutation score of each provision; with `equivalence` what becomes of the survivors.

    Asked for every question, the files that choose (award sets, panels, repairs) are tried as well, by running them.
    """
    subjects = [encoding(city, question) for question in questions]
    found, chosen = score_all([(one, cases_of(one)) for one in subjects], len(questions) == len(QUESTIONS))
    reports = [_report(one, equivalence) for one in found]
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for mutant in report.score.mutants:
            rows[_name(mutant)][report.state(mutant)] += 1
        for mutant in report.score.unsafe:
            rows[_name(mutant)]["unsafe"] += 1
    for noticed in chosen:
        rows[noticed.file] += Counter(_choosing(noticed))
    if shell.json:
        left = [*(_left(noticed, slip) for noticed in chosen for slip in noticed.survivors)]
        left += [_entry(shell, report, mutant) for report in reports for mutant in report.score.survivors]
        provisions = {name: dict(row) for name, row in rows.items()}
        shell.say(json.dumps({"provisions": provisions, "survivors": left}, ensure_ascii=False, indent=1))
    else:
        for line in _lines(shell, rows, reports):
            shell.say(line)
        for slip in (slip for noticed in chosen for slip in noticed.survivors if slip not in noticed.equivalent):
            shell.say(f"{slip.place}  {shell.text(f'audit.kind.{slip.kind}')}: {slip}")
    if write:
        _write(shell, reports)


def _choosing(noticed: Noticed) -> dict[str, int]:
    """What became of the slips in a file that chooses; whatever survives there is known with its reason."""
    return {
        "killed": len(noticed.killed),
        "equivalent": len(noticed.equivalent),
        "survives": len(noticed.survivors) - len(noticed.equivalent),
        "unsafe": len(noticed.unsafe),
    }


def _left(noticed: Noticed, slip: Slip) -> dict[str, Any]:
    return {
        "for": "choosing",
        "kind": slip.kind,
        "place": slip.place,
        "before": slip.before,
        "after": slip.after,
        "equivalent": noticed.equivalent.get(slip),
    }


def _report(found: Score, equivalence: bool) -> Report:
    return Report(found, verdicts(found.encoding, found.survivors).found if equivalence else {}, equivalence)


def _name(mutant: Mutant) -> str:
    return mutant.provision.citation if mutant.provision else mutant.rule.file


def _entry(shell: Shell, report: Report, mutant: Mutant) -> dict[str, Any]:
    return {
        "for": report.score.encoding.question.name,
        "id": mutant.id,
        "kind": mutant.kind,
        "place": mutant.rule.place,
        "before": mutant.before,
        "after": mutant.after,
        "question": report.asks(mutant, shell.lang),
    }


def _lines(shell: Shell, rows: Mapping[str, Counter[str]], reports: Sequence[Report]) -> Iterator[str]:
    for name, row in sorted(rows.items(), key=lambda pair: pair[0].endswith(".lp")):
        states = [f"{shell.text(f'audit.state.{state}')} {row[state]}" for state in STATES if row[state]]
        yield f"{name}  {'  '.join(states)}"
    whole = sum(rows.values(), Counter[str]())
    yield "  ".join([shell.text("audit.total"), *(f"{shell.text(f'audit.state.{s}')} {whole[s]}" for s in STATES)])
    for report in reports:
        for mutant in sorted(report.score.survivors, key=lambda mutant: mutant.provision is None):
            if report.settled and not report.told.get(mutant.id):
                continue
            kind = shell.text(f"audit.kind.{mutant.kind}")
            yield f"{mutant.rule.place}  {kind}: {mutant.before}  ⇒  {mutant.after or '∅'}"
            if words := report.asks(mutant, shell.lang):
                yield f"    {words}"


def _write(shell: Shell, reports: Sequence[Report]) -> None:
    """Put what was found into the tables of cases, with the outcome that the rules give."""
    from audit.mutants import tables

    comment = [shell.text("audit.table"), shell.text("audit.unsigned")]
    for report in reports:
        for file, table in tables(report.score.encoding, report.score.survivors, report.told, comment).items():
            renew(file, table)
            shell.tell(shell.text("audit.written", file=file))
