"""The audit bench's reports, as tables for a person and as JSON for a program."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audit.checks import coverage as covered
from audit.encoding import DECIDE, QUESTIONS, Encoding, Origin, Question, asking, encoding, sources, version
from audit.encoding import origin as origin_of
from audit.opinions import cases_of, judged, signing_place
from audit.tables import Verdict, difference_words, fact_words, outcome_words, question, turns
from desk.shell import Shell, entry, renew, save
from engine.errors import UsageError
from engine.facts import Fact, day_text, text
from engine.law import cited_json, unencoded_in
from engine.words import has

if TYPE_CHECKING:
    from audit.checks import Match, Witness

IDLE = "shared_idle"
"""What is found of a shared rule that a regulation has no use for: there are many, and they are only counted."""


def _json(shell: Shell, whole: object) -> None:
    shell.say(json.dumps(whole, ensure_ascii=False, indent=1))


def coverage(shell: Shell, city: str, html: str | None, beside: str | None = None) -> bool:
    """The coverage table; True where nothing differs from the text and every case comes out as its table says.

    With `beside`, the page has another version of the regulation beside this one.
    """
    if beside and not html:
        raise UsageError("audit_beside")
    subject = encoding(city)
    other = version(subject, Path(beside)) if beside else None
    tried = judged(subject)
    verdicts = [verdict for each in tried for verdict in each.all]
    found = covered(subject, [verdict.example for verdict in verdicts])
    unread = [problem for each in tried for problem in each.problems]
    differing = [verdict for verdict in verdicts if not verdict.agrees]
    left = unencoded_in(subject.paths[1])
    sound = not (found.faults or unread or differing)
    if html:
        from audit.encoding import traces
        from audit.opinions import objections
        from audit.page import page, versions
        from desk.arguments import today

        measured = {trace.rule.number: trace for trace in traces(subject, cases_of(subject))}
        said, contested = objections(subject)
        turning = turns(subject, cases_of(subject))
        old = [verdict for each in judged(subject, other) for verdict in each.all] if other else []
        both = versions(found, other, str(beside), old, verdicts, shell.lang) if other else None
        whole = page(found, measured, shell.lang, said, day_text(today()), [*verdicts, *contested], turning, both)
        save(Path(html), whole, force=shell.force)
    if shell.json:
        rows = [
            {
                **cited_json(row.provision),
                "class": row.block.category if row.block else None,
                "rules": list(row.places),
                "applied": sorted({rule.place for rule in row.applied}),
                "cases": [case.id for case in row.cases],
                "signed": [
                    {"id": case.id, "by": case.signed.by, "on": case.signed.on, "state": state}
                    for case, state in row.signatures()
                    if case.signed
                ],
                "seal": row.seal,
            }
            for row in found.rows
        ]
        shared = [{"rule": str(rule.node), "place": rule.place} for rule in found.shared]
        _json(
            shell,
            {
                "rows": rows,
                "shared": shared,
                "faults": [entry(fault, shell) for fault in (*found.faults, *unread)],
                "unencoded": [{"provision": str(one.provision), "words": one.words} for one in found.unsaid],
                "not_carried": [one.json() for one in left],
                "source": _source(found.origin),
                "cases": {"tried": len(verdicts), "differing": [_differing(each) for each in differing]},
            },
        )
    else:
        for row in found.rows:
            category = row.block.category if row.block else "—"
            states = Counter(state for _, state in row.signatures())
            signed = "".join(f"  {shell.text(f'audit.{state}')} {number}" for state, number in sorted(states.items()))
            counted = shell.text("audit.row", rules=len(row.rules), cases=len(row.cases))
            elsewhere = sorted({rule.file for rule in row.applied})
            places = f"  {row.places[0]}" if row.places else ""
            places += f"  {shell.text('audit.applied', files=', '.join(elsewhere))}" if elsewhere else ""
            shell.say(f"{row.provision.citation}  [{category}]  {counted}{signed}{places}")
        shell.say(shell.text("audit.shared", number=len(found.shared)))
        if left:
            shell.say(shell.text("audit.unencoded", number=len(left)))
        for missing in left:
            shell.say(f"  {missing.words(shell.lang)}")
        if found.unsaid:
            shell.say(shell.text("audit.unsaid", number=len(found.unsaid)))
        for one in found.unsaid:
            shell.say(f"  {one.provision.citation}  {one.words}")
        _read_by(shell, found.origin)
        for fault in (*found.faults, *unread):
            shell.tell(fault.line(shell.lang))
        for each in differing:
            shell.tell(_difference(shell, subject, each))
        if not found.faults:
            shell.say(shell.text("audit.page.no_faults"))
        shell.say(
            shell.text("audit.disagree" if differing else "audit.agree", number=len(verdicts), differing=len(differing))
        )
    return sound


def _read_by(shell: Shell, origin: Origin) -> None:
    """Whom the text rests on: the published file itself, or those who have read it against that."""
    if origin.source and origin.compared:
        shell.say(shell.text("audit.source_compared", file=origin.source.file))
    if origin.source and origin.wanting:
        shell.say(shell.text("audit.source_wanting", file=origin.source.file, sha256=origin.source.sha256))
    for one in origin.readers:
        shell.say(shell.text("audit.source_read", by=one.by, on=one.on))


def _source(origin: Origin) -> dict[str, object] | None:
    if origin.source is None:
        return None
    readers = [{"by": one.by, "on": one.on} for one in origin.readers]
    return {"file": origin.source.file, "sha256": origin.source.sha256, "compared": origin.compared, "read": readers}


def source(shell: Shell, city: str, file: str | None, by: str, on: int) -> bool:
    """Compare a text with its published file and record that, or sign that one has read it; False where they differ."""
    subject = encoding(city)
    record = sources.on_record(subject)
    if file is not None:
        path = Path(file)
        if not path.is_file():
            raise UsageError("audit_no_file", {"found": file})
        found = list(sources.differences(subject, path))
        for problem in found:
            shell.tell(problem.line(shell.lang))
        if found:
            return False
        record = sources.compared(subject, path)
        shell.say(shell.text("audit.source_compared", file=path.name))
    if record is None:
        raise UsageError("audit_source", {"found": city})
    if by:
        record = sources.signed(subject, record, by, day_text(on))
        shell.say(shell.text("audit.source_read", by=by, on=day_text(on)))
    if file is not None or by:
        signing_place(subject)
        renew(sources.place(subject), sources.written(record))
        shell.say(shell.text("audit.written", file=sources.place(subject)))
    else:
        known = origin_of(subject)
        for problem in known.faults:
            shell.tell(problem.line(shell.lang))
        _read_by(shell, known)
        return not known.faults
    return True


def _difference(shell: Shell, subject: Encoding, verdict: Verdict) -> str:
    """A case that comes out otherwise than its table says, in words."""
    case, table, now = difference_words(asking(subject, QUESTIONS[verdict.question]), verdict, shell.lang)
    provision = verdict.example.provision
    citation = provision.citation if provision else shell.text(f"audit.for.{verdict.question}")
    return shell.text("audit.differs", citation=citation, id=verdict.example.id, case=case, table=table, rules=now)


def _differing(verdict: Verdict) -> dict[str, object]:
    provision = verdict.example.provision
    return {
        "id": verdict.example.id,
        "for": verdict.question,
        "provision": str(provision) if provision else None,
        "file": verdict.example.file,
        "table": dict(verdict.wanted),
        "rules": dict(verdict.found),
    }


def rules(shell: Shell, city: str, questions: Sequence[Question]) -> None:
    """Rule coverage, the gaps named by provision."""
    from audit.encoding import total, traces

    subjects = [encoding(city, question) for question in questions]
    found = [trace for subject in subjects for trace in traces(subject, cases_of(subject))]
    if shell.json:
        rows = [
            {
                "place": trace.rule.place,
                "provision": str(trace.rule.provision) if trace.rule.provision else None,
                "rule": str(trace.rule.node),
                "cases": trace.cases,
                "idle": list(trace.idle),
                "unseen": [list(pair) for pair in trace.unseen],
            }
            for trace in found
        ]
        _json(shell, {"total": total(found), "rules": rows})
        return
    shell.say(shell.text("audit.traced", **total(found)))
    by_place = defaultdict(list)
    for trace in found:
        if trace.gaps:
            name = trace.rule.provision.citation if trace.rule.provision else trace.rule.file
            by_place[name].append(trace)
    for name, gaps in by_place.items():
        shell.say(f"{name}")
        for trace in gaps:
            missed = [*trace.idle, *(f"{literal} [{side}]" for literal, side in trace.unseen)]
            never = shell.text("audit.never") if not trace.cases else ""
            shell.say(f"  {trace.rule.place}  {never}{'; '.join(missed)}")


def compare(shell: Shell, old: str, new: str, case: Sequence[str]) -> None:
    """The witnesses between two encodings, or what would change for the applicants of a case."""
    from audit.checks import compare as compared
    from audit.checks import matched

    one, other = encoding(old), encoding(new)
    if case:
        _changes(shell, one, other, case)
        return
    provisions = matched(one.statute, other.statute)
    found = compared(one, other)
    days = [day_text(day) for day in found.deadlines]
    bounds = {"deadlines": days, **found.bounds}
    if shell.json:
        entries = [
            {"deadline": day_text(w.dossier.deadline),
             "question": question(w.dossier, w.base, shell.lang, beside=w.beside), "beside": w.beside or None,
             "facts": [text(fact) for fact in w.dossier.facts], "readings": dict(w.dossier.readings),
             "differs": list(w.keys), "old": sorted(w.old), "new": sorted(w.new), "cannot_say": {
                side: list(map(text, facts)) for side, facts in _cannot(one, other, w).items()
             }}
            for w in found.witnesses
        ]  # fmt: skip
        rows = [
            {
                "kind": each.kind,
                "old": each.old and str(each.old),
                "new": each.new and str(each.new),
                "words": each.words,
            }
            for each in provisions
        ]
        _json(shell, {"old": old, "new": new, "provisions": rows, "witnesses": entries, "bounds": bounds})
        return
    _told(shell, provisions)
    for number, w in enumerate(found.witnesses, 1):
        shell.say(f"{number}. {question(w.dossier, w.base, shell.lang, beside=w.beside)}")
        lacking = _cannot(one, other, w)
        for side, name, outcome in (("old", old, w.old), ("new", new, w.new)):
            shell.say(f"   {name}: {outcome_words(outcome, shell.lang)}")
            for fact in lacking[side]:
                shell.say(f"   {shell.text('audit.cannot_say', name=name, fact=fact_words(fact, shell.lang))}")
    told = {"number": len(found.witnesses), **found.bounds, "deadlines": ", ".join(days)}
    shell.say(shell.text("audit.bounds" if found.witnesses else "audit.no_witness", **told))


def _cannot(old: Encoding, new: Encoding, witness: "Witness") -> dict[str, list[Fact]]:
    """What of a dossier the one text and the other have no words for."""
    from audit.checks import unsayable

    return {side: unsayable(one, witness.dossier) for side, one in (("old", old), ("new", new))}


def _told(shell: Shell, provisions: "Sequence[Match]") -> None:
    """What became of each provision, but for those that stayed; how many of each."""
    counts = Counter(each.kind for each in provisions)
    numbers = {kind: counts[kind] for kind in ("same", "moved", "changed", "new", "gone")}
    shell.say(shell.text("audit.provisions", **numbers))
    for each in provisions:
        if each.kind != "same":
            places = [place.citation for place in (each.old, each.new) if place]
            at, words = " → ".join(dict.fromkeys(places)), each.words if each.kind != "moved" else ""
            shell.say(f"  {shell.text(f'audit.provision.{each.kind}')}  {at}  {words}".rstrip())


def _changes(shell: Shell, old: Encoding, new: Encoding, paths: Sequence[str]) -> None:
    """Which applicants of a case two encodings decide differently, and by which provision."""
    from audit.checks import changes
    from engine.case import load

    found = changes(old, new, load(paths))
    if shell.json:
        _json(shell, {"changes": [{"id": id, "old": sorted(was), "new": sorted(is_)} for id, was, is_ in found]})
        return
    for id, was, is_ in found:
        shell.say(f"{id}  {outcome_words(was, shell.lang)}  →  {outcome_words(is_, shell.lang)}")
    shell.say(shell.text("audit.changed", number=len(found)))


def consistency(shell: Shell, city: str, questions: Sequence[Question]) -> bool:
    """What the consistency checks find; True where nothing is a fault."""
    from audit.checks import findings
    from audit.checks import round_findings as of_rounds

    subjects = [encoding(city, question) for question in questions]
    found = [
        (subject.question.name, each)
        for subject in subjects
        for each in (findings(subject) if subject.question is DECIDE else of_rounds(subject))
    ]
    found.sort(key=lambda pair: not pair[1].fault)
    if shell.json:
        entries = [
            {"for": name, "code": each.code, "fault": each.fault, "parameters": dict(each.parameters),
             "facts": [text(fact) for fact in each.dossier.facts] if each.dossier else None}
            for name, each in found
        ]  # fmt: skip
        _json(shell, {"findings": entries})
    else:
        idle = Counter(str(each.parameters["place"]).partition(":")[0] for _, each in found if each.code == IDLE)
        for _, each in found:
            if each.code != IDLE:
                shell.say(shell.text(f"audit.finding.{each.code}", **_named(shell, each.parameters)))
        if idle:
            files = [shell.text("audit.page.applied_file", file=file, number=number) for file, number in idle.items()]
            told = {"number": idle.total(), "files": shell.text("audit.plain.list").join(files)}
            shell.say(shell.text("audit.finding.shared_idle", **told))
        if not any(each.fault for _, each in found):
            shell.say(shell.text("audit.consistent"))
    return not any(each.fault for _, each in found)


def _named(shell: Shell, parameters: Mapping[str, object]) -> dict[str, object]:
    """What a finding is about, requirements and grounds called by their names."""
    told = dict(parameters)
    for key, kind in (("key", "kind"), ("other_key", "other_kind")):
        for table in ("ground",) if told.get(kind) == "barred" else ("requirement", "ground"):
            if key in told and has(name := f"{table}.{told[key]}", shell.lang):
                told[key] = shell.text(name)
                break
    return told
