"""Which papers a case gives cause for; one of them written, with what must be looked at before it goes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from desk.papers import DRAW_RECORD, Prepared, bundle, due, list_of, notices, proposed, publication, timing
from desk.press import NUMBERED, context, numbers
from engine.answers import Decision
from engine.award import award
from engine.case import Case, evidence
from engine.facts import PREDICATES, Fact, sentence, text
from engine.facts import day as day_words
from engine.law import readings, unencoded
from engine.record import Verified, verify
from engine.words import LANGUAGES, has, visible
from engine.words import text as message
from explain.letter import Text
from web.drafts.plain import paper as paper_of
from web.drafts.plain import plain
from web.questions import case as case_of
from web.questions import decision as decided

JUDGED = ("finding", "finding_by", "reading", "objection", "described", "applied_because")
"""Facts that are a person's word or choice: whoever entered one does not release what rests on it."""
UNJUDGED = ("announcement", "receipt_slip", "recusal_notice", "draw_record", "panel_list")
"""Papers that rest on no finding."""
_DAYS = {"day", "first", "last"}
"""What the words of a reason name where days are out of order."""

Words = dict[str, str]


def papers_due(facts: str, today: int, record: str = "") -> dict[str, Any]:
    """`due`: each paper by kind, whom it is about and its day by what is on file (0: none), whether it is of the
    stage; `sets`: how many award sets are lawful."""
    decision = decided(facts)
    case = decision.case
    stage = timing.stage(case, today)
    rows = [
        {
            "kind": kind,
            "about": about,
            "to": {lang: visible(_to(case, kind, about, lang)) for lang in LANGUAGES},
            "day": timing.own_day(case, kind, about),
            "now": timing.goes_out(case, kind, about, stage),
        }
        for kind, about in due(decision, as_of=max(today, case.deadline), record=_record(record), options=DRAW_RECORD)
    ]
    return {"due": rows, "sets": award(case).count if case.rows("score") else 0, "stage": stage}


def paper_written(facts: str, kind: str, about: str, day: int, options: dict[str, Any]) -> dict[str, Any]:
    """A paper by its kind and whom it is about, for a day (yyyymmdd) where it has none on file.

    `options`: `chosen` (an award set) or `winners` (those of the set, by prize), `record` (of a draw), `remedies`,
    `supersedes` (number and day of the paper that it takes the place of), `hints` (what was told of the case when it
    was taken in), `as_of`. `checks` are in order: `state` is ok, look (somebody ticks it) or stop.
    """
    decision = decided(facts)
    remedies = frozenset({"remedies"}) if options.get("remedies") else frozenset[str]()
    chosen, winners = (None, options["winners"]) if "winners" in options else (options.get("chosen"), None)
    made = bundle(
        decision, only=(kind,), to=(about,) if about else (), day=day, as_of=options.get("as_of") or day, chosen=chosen,
        winners=winners, record=_record(options.get("record", "")), options=remedies,
    )  # fmt: skip
    found = next((one for one in made if one.about == about), None)
    if found is None:
        return {"paper": None}
    case, paper = decision.case, found.paper
    row = plain(paper)
    if options.get("supersedes"):
        row["blocks"].append({"block": "Text", **vars(Text(_supersedes(options["supersedes"])))})
    sets = proposed(case, chosen, winners) if kind == "winners_notice" else None
    lists = publication(decision, kind, paper.day, sets, chosen or 0, about) if paper.day else []
    return {
        "paper": row | {"number": ""},
        "shown": context(paper_of(row)),
        "to": visible(_to(case, kind, about, "zh")),
        "day": paper.day,
        "checks": list(_checks(decision, found, options.get("hints", ()))),
        "judged": [text(fact) for fact in _judged(case, kind, about)],
        "last": _last(case, list_of(kind, about), lists),
        "publishes": [[fact.predicate, *fact.arguments] for fact in lists],
        "numbered": kind in NUMBERED,
    }


def _record(words: str) -> Verified | None:
    """The record of a draw, drawn again; None where none is given."""
    return verify("draw.json", words.encode("utf-8")) if words else None


def _last(case: Case, list_: str, lists: Sequence[Fact]) -> int:
    """The last day of the notice of a list, from what a paper enters or from what is on file; 0 for none."""
    rows = [*(fact.arguments for fact in lists if fact.predicate == "notice"), *case.rows("notice")]
    return max((int(row[2]) for row in rows if row[0] == list_), default=0)


def paper_number(facts: str, kind: str, about: str, day: int, taken: list[str]) -> str:
    """The number that a paper gets: the one on file for it, else the next that nobody has; empty where no series is."""
    case = case_of(facts)
    filed = next((row for row in case.rows("document_number") if row[:2] == (kind, about)), None)
    if filed is not None and str(filed[2]) not in taken:
        return str(filed[2])
    given = (Fact("document_number", (kind, f"\0{at}", one)) for at, one in enumerate(taken))
    rows = [fact for fact in case.facts if (fact.predicate, *fact.arguments[:2]) != ("document_number", kind, about)]
    return numbers(Case.of([*rows, *given]), [(kind, about)], {(kind, about): day}).get((kind, about), "")


def paper_moved(
    old: str, new: str, kind: str, about: str, day: int, options: dict[str, Any], now: dict[str, Any]
) -> dict[str, Any]:
    """What of a paper differs between two versions: its own facts, in words; whether it would say something else."""
    before, after = _own(case_of(old), kind, about), _own(case_of(new), kind, about)
    names = {**case_of(old).names, **case_of(new).names}
    changed = [
        {"sign": sign, "words": {lang: visible(sentence(fact, lang, names)) for lang in LANGUAGES}}
        for sign, some in (("−", before - after), ("+", after - before))
        for fact in sorted(some)
    ]
    was = paper_written(old, kind, about, day, options)["paper"]
    return {"facts": changed, "same": was == paper_written(new, kind, about, day, now)["paper"]}


def public_lists(facts: str, today: int) -> list[dict[str, Any]]:
    """The lists whose notice runs on a day: what each is called, its last day, whom it names."""
    case = case_of(facts)
    found = []
    for list_, first, last in case.rows("notice"):
        if int(first) <= today <= int(last):
            ids = [str(id) for id, one in case.rows("listed") if one == list_]
            words = {lang: notices.list_words(str(list_), lang) for lang in LANGUAGES}
            found.append({"words": words, "last": int(last), "ids": ids})
    return found


def _own(case: Case, kind: str, about: str) -> set[Fact]:
    """The facts that are a paper's own: those about its applicant, or the findings of everybody it lists."""
    return set(case.about(about)) if kind in timing.TOLD else set(_judged(case, kind, about))


def _judged(case: Case, kind: str, about: str) -> list[Fact]:
    """The findings and choices that a paper rests on."""
    if kind in UNJUDGED:
        return []
    subject = about.partition(" ")[0]
    whole = kind not in (*timing.TOLD, "revocation_proposal", "objection_answer")
    found = []
    for fact in case.facts:
        if fact.predicate not in JUDGED:
            continue
        first = PREDICATES[fact.predicate].fields[0]
        named = str(fact.arguments[0])
        about_nobody = first.kind != "identifier" and (fact.predicate == "reading" or f'"{subject}"' in named)
        if whole or about_nobody or (first.kind == "identifier" and named == subject):
            found.append(fact)
    return found


def _checks(decision: Decision, found: Prepared, hints: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    case, paper, about = decision.case, found.paper, found.about
    late = [code for code, words in found.reasons if _DAYS & {*words} or code == "period_unknown"]
    outcome = next((one for one in decision.applicants if one.id == about), None)
    if paper.kind == "rejection_letter" and outcome is not None and outcome.status == "rejected":
        yield _check("proved", "ok", number=len(outcome.failed) + len(outcome.barred))
    for reason in found.reasons:
        yield {"key": f"held_{reason[0]}", "state": "stop"} | _both(lambda lang, one=reason: _held(one, lang))
    for words in paper.lacks:
        yield {"key": "lacks", "state": "stop"} | _both(lambda _lang, words=words: words)
    if not late:
        yield _check("days", "ok", day=_day(paper.day))
    if paper.kind in timing.TOLD and not paper.lacks:
        yield from _sources(case, about)
    for hint in hints:
        if about in hint["ids"]:
            yield {"key": "hint", "state": "look"} | _both(lambda lang, hint=hint: hint["words"][lang])
    for note in decision.notes:
        if note.id == about:
            yield {"key": "note", "state": "look"} | _both(lambda lang, note=note: message(f"note.{note.kind}", lang))
    if paper.kind in timing.TOLD:
        named = _named(case, about, paper.texts())
        yield _check("others", "look", names="、".join(named)) if named else _check("nobody_else", "ok")
    for one in unencoded(decision.city):
        yield {"key": "unencoded", "state": "look"} | _both(one.words)
    defaults = {key: one.default for key, one in readings(decision.city).items()}
    other = sum(defaults[key] != choice for key, choice in decision.readings.items())
    yield _check("readings", "ok", number=other) if other else _check("default_readings", "ok")


def _sources(case: Case, id: str) -> Iterator[dict[str, Any]]:
    """Whether what is on file about the applicant rests on a document, and each document has its number."""
    known = evidence(case)
    own = [fact for fact in case.about(id) if text(fact) in known]
    bare = sorted({one.document for fact in own for one in known[text(fact)] if not one.number})
    if own:
        yield _check("sources", "ok", number=len(own))
    if bare:
        yield _check("unnumbered", "look", number=len(bare), names="、".join(visible(one) for one in bare))


def _named(case: Case, about: str, texts: Iterable[str]) -> list[str]:
    """Other applicants whose name stands in a paper."""
    own = case.names.get(about, "")
    others = {str(row[0]) for row in case.rows("applicant")} - {about}
    names = sorted(name for id in others if (name := case.names.get(id, "")) and name not in own)
    whole = "\n".join(texts).replace(own, "")
    return [visible(name) for name in names if name in whole]


def _check(key: str, state: str, **parameters: Any) -> dict[str, Any]:
    def words(lang: str) -> str:
        told = {name: value[lang] if isinstance(value, dict) else value for name, value in parameters.items()}
        return message(f"web.paper.check.{key}", lang, **told)

    return {"key": key, "state": state} | _both(words)


def _held(reason: timing.Reason, lang: str) -> str:
    own = f"web.paper.check.held_{reason[0]}"
    return message(own, lang) if has(own, lang) else timing.told([reason], lang)[0]


def _both(words: Any) -> dict[str, Words]:
    return {"words": {lang: visible(words(lang)) for lang in LANGUAGES}}


def _day(day: int) -> Words:
    return {lang: day_words(day, lang) if day else "—" for lang in LANGUAGES}


def _supersedes(of: Mapping[str, Any]) -> str:
    return message("paper.common.supersedes", "zh", number=of["number"], day=day_words(of["day"], "zh"))


def _to(case: Case, kind: str, about: str, lang: str) -> str:
    """Whom a paper goes to or is about, as people name it."""
    if kind == "objection_answer":
        id, list_, day, by = about.split(" ", 3)
        return message(
            "web.paper.to.objection", lang, name=case.names.get(id, id), by=by, day=day_words(int(day), lang),
            list=notices.list_words(list_, lang),
        )  # fmt: skip
    if kind == "consultation_letter" and not about:
        return message("paper.open.department", lang)
    if kind == "list_notice":
        return notices.list_words(about, lang)
    if not about:
        return message("web.paper.to.public" if kind in _PUBLIC else "web.paper.to.inside", lang)
    name = case.names.get(about.partition(" ")[0], "")
    return f"{about} {name}" if name else about


_PUBLIC = ("announcement", "acceptance_notice", "winners_notice", "panel_list")
