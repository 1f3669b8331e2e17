"""The encoding as a lawyer reads it: the text with its rules as points, every case with its outcome now, what was said.

What was said of the cases is the command line's own table (`rules/cases/<city>_audit.toml`), which the desk keeps as
text. A question takes that text, puts it beside a copy of the rules, and asks what the command line asks there: the
table that comes back is, to the byte, the one the command line would have written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from audit.checks import coverage
from audit.encoding import DECIDE, QUESTIONS, Encoding, Example, asking, encoding, traces
from audit.opinions import Comment, cases_of, comments, judged, objections, opinions, path
from audit.opinions import rounds as round_ledger
from audit.page import general, section
from audit.tables import case_outcome, expectation, key_of, outcome_words, turns
from audit.words import plain_words
from desk.bench import cases as bench_cases
from desk.bench import rounds as bench_rounds
from engine.errors import PingjiangError
from engine.law import RULES
from engine.words import LANGUAGES, visible
from engine.words import text as message
from web.inquiries.placed import SEPARATOR, beside, elsewhere
from web.inquiries.seals import sealed
from web.inquiries.sitting import Paragraphs, told
from web.inquiries.slips import turn_rows


class _Listening(Paragraphs):
    """A shell that keeps what is said to it."""

    @property
    def said(self) -> list[str]:
        """What was said so far."""
        found: list[str] = self.__dict__.setdefault("_said", [])
        return found

    def say(self, words: str) -> None:
        """Keep a line."""
        self.said.append(words)

    def tell(self, words: str) -> None:
        """Keep a line."""
        self.said.append(words)


def shipped_table(city: str) -> str:
    """The table that comes with the program; empty where a city has none."""
    file = RULES / "cases" / f"{city}_audit.toml"
    return file.read_text("utf-8") if file.is_file() else ""


def bench(city: str, table: str, files: Mapping[str, str]) -> dict[str, Any]:
    """What a lawyer looks at, by language: provisions with words, points and cases; what differs from the text.

    `sealed` holds what the signatures are bound to that the rules of now still agree with.
    `files` are those of a regulation begun on the desk; empty for one that comes with the program.
    """
    if files:
        return dict(elsewhere("bench", {city: files}, city, table, {}))
    with beside(city, table) as place:
        subject = encoding(place)
        tried = judged(subject)
        verdicts = [verdict for each in tried for verdict in each.all]
        found = coverage(subject, [verdict.example for verdict in verdicts])
        measured = {trace.rule.number: trace for trace in traces(subject, cases_of(subject))}
        said, contested = objections(subject)
        turning = turns(subject, cases_of(subject))
        now = {key_of(verdict.example): verdict for verdict in (*verdicts, *contested)}
        examples = [*(verdict.example for verdict in now.values()), *(one.example for one in said)]
        seals = {one.id: one.signed.seal for one in examples if one.signed}
        remarks = comments(path(subject))
        filed = {id for whole in _rounds(place) for id in round_ledger.on_file(whole)}
        answer: dict[str, Any] = {
            "sealed": [sealed(subject, row.provision) for row in found.rows if row.seal in seals.values()]
        }
        for lang in LANGUAGES:
            plain = plain_words(subject, lang)
            generated = listed(place, lang)
            sections = [
                _section(section(found, row, measured, plain, said, now, turning), row.seal, generated, seals, lang)
                for row in found.rows
            ]
            if rest := general(found, lang, now, said):
                sections.append(_general(rest, seals, lang))
            for each in (case for one in sections for case in one["cases"] if case["outcome"] == "round"):
                each["label"], each["signable"] = _round_label(each, lang), each["id"] in filed
            for one in sections:
                one["cases"].sort(key=lambda case: not case["signable"])
            for each in (case for one in sections for case in one["cases"]):
                each["comments"] = [_remarked(one, lang) for one in remarks.get(each["id"], ())]
            answer[lang] = {
                "city": city,
                "title": subject.statute.title,
                "sections": sections,
                "faults": [fault.line(lang) for fault in found.faults],
                "unsaid": [{"citation": one.provision.citation, "words": one.words} for one in found.unsaid],
                "tried": len(verdicts),
                "turns": turn_rows(subject, turning, lang),
                "counts": _counts(sections),
            }
    return answer


def listed(place: str, lang: str) -> list[dict[str, Any]]:
    """The generated cases with what was said of each, as `audit cases` lists them."""
    shell = _Listening(lang, json=True)
    bench_cases.listing(shell, place, None, None)
    found: list[dict[str, Any]] = json.loads("\n".join(shell.said))["cases"]
    return found


def _section(
    one: Any, seal: str, generated: Sequence[dict[str, Any]], seals: Mapping[str, str], lang: str
) -> dict[str, Any]:
    row = asdict(one)
    signable = {each["id"]: each for each in generated}
    cases = [
        {
            **each,
            "signable": each["id"] in signable,
            "marks": list(shown.marks),
            "seal": seals.get(each["id"], ""),
        }
        for each, shown in zip(row["cases"], one.cases, strict=True)
    ]
    known = {each["id"] for each in cases}
    at = one.anchor.removeprefix("p-").replace("-", ",")
    for each in generated:
        if each["id"] not in known and _within(each["provision"], at):
            cases.append(_of_list(each, lang))
    cases.sort(key=lambda each: not each["signable"])
    words = [{"lit": rests, "words": piece} for rests, piece in one.lit]
    points = [
        {"heading": each.heading, "parts": [{"label": label, "lines": list(lines)} for label, lines in each.parts]}
        for each in one.clauses
    ]
    return {
        "at": one.anchor.removeprefix("p-"), "citation": one.citation, "chapter": one.chapter, "words": words,
        "classes": list(one.classes), "reason": one.reason, "points": points, "gaps": list(one.gaps),
        "places": list(one.places), "source": one.source, "cases": cases, "seal": seal,
        "readings": [asdict(each) for each in one.readings],
        "applied": {"files": one.applied.files, "rules": [list(rule) for rule in one.applied.rules]}
        if one.applied
        else None,
    }  # fmt: skip


def _round_label(case: Mapping[str, Any], lang: str) -> str:
    """What comes out of a case about panels, awards or the procedure, after what it is about."""
    return visible(message("audit.page.round_outcome", lang, kind=case["label"], outcome=case["comes"]))


def _general(rest: Sequence[Any], seals: Mapping[str, str], lang: str) -> dict[str, Any]:
    """The cases that belong to no provision alone, as a section without words."""
    cases = [
        {**asdict(one), "signable": False, "marks": list(one.marks), "seal": seals.get(one.id, "")} for one in rest
    ]
    return {
        "at": "0-0-0", "citation": message("audit.page.general", lang), "chapter": "", "words": [], "classes": [],
        "reason": "", "points": [], "gaps": [], "places": [], "source": "", "cases": cases, "seal": "",
        "readings": [], "applied": None,
    }  # fmt: skip


def _within(provision: str, at: str) -> bool:
    """Whether a case is about a provision: `art(8,0,1)` and `8,0,1`."""
    return provision == f"art({at})"


def _counts(sections: Sequence[dict[str, Any]]) -> dict[str, int]:
    """How many cases are as each filter finds them."""
    marks: dict[str, set[str]] = {"all": set(), "differs": set(), "lapsed": set(), "open": set(), "contested": set()}
    for one in sections:
        for case in one["cases"]:
            marks["all"].add(case["id"])
            for mark in case["marks"]:
                if mark in marks:
                    marks[mark].add(case["id"])
                if mark == "outdated":
                    marks["contested"].add(case["id"])
    return {mark: len(some) for mark, some in marks.items()}


def bench_signed(
    city: str,
    table: str,
    files: Mapping[str, str],
    said: Mapping[str, Any],
    by: str,
    on: int,
    role: str,
    shown: Mapping[str, Any],
) -> dict[str, Any]:
    """The table with what somebody says of a case, as `audit cases --accept`, `--contest` or `--comment` writes it.

    `said`: id, `accept`, `contest` or `comment`, remark. `shown` is what `bench` answers for the table before: it comes
    back with this case as it stands now, so that nobody waits until all others are tried again.
    """
    if files:
        return dict(elsewhere("bench_signed", {city: files}, city, table, {}, said, by, on, role, shown))
    shell = _Listening("zh")
    id = str(said["id"])
    with beside(city, table) as place:
        for whole in _rounds(place):
            if said["act"] != "comment" and id in round_ledger.on_file(whole):
                return _round_signed(whole, place, said, by, on, role, shown)
        try:
            if said["act"] == "comment":
                bench_cases.comment(shell, place, [id], str(said["remark"]), by, on, role)
            else:
                accept, contest = ([id], []) if said["act"] == "accept" else ([], [id])
                bench_cases.sign(shell, place, accept, contest, str(said["remark"]), by, on, role)
        except PingjiangError as error:
            return {"table": "", "seal": "", "sealed": None, "shown": {}, "problems": told(error)}
        subject = encoding(place)
        made = path(subject).read_text("utf-8")
        if said["act"] == "comment":
            last = comments(path(subject))[id][-1]
            answer = {lang: _with_comment(shown[lang], id, last, lang) for lang in LANGUAGES}
            return {"table": made, "seal": last.signed.seal, "sealed": None, "shown": answer, "problems": []}
        opinion = opinions(path(subject))[id]
        answer = {lang: with_case(shown[lang], id, listed(place, lang), lang) for lang in LANGUAGES}
        held = sealed(subject, opinion.example.provision) if opinion.example.provision else None
    return {"table": made, "seal": opinion.signed.seal, "sealed": held, "shown": answer, "problems": []}


def _rounds(place: str) -> list[Encoding]:
    """A regulation asked about panels, awards and procedures, whose cases stand in tables of their own."""
    return [asking(encoding(place), question) for question in QUESTIONS.values() if question is not DECIDE]


def _round_signed(
    whole: Encoding, place: str, said: Mapping[str, Any], by: str, on: int, role: str, shown: Mapping[str, Any]
) -> dict[str, Any]:
    """What `bench_signed` answers of a case about panels, awards or a procedure, which stands in a table of its own."""
    shell, id = _Listening("zh"), str(said["id"])
    accept, contest = ([id], []) if said["act"] == "accept" else ([], [id])
    bench_rounds.sign(shell, place, whole.question, accept, contest, str(said["remark"]), by, on, role)
    now = round_ledger.round_opinions(whole)[id]
    state = now.state(whole, now.example.provision)
    answer = {}
    for lang in LANGUAGES:
        word = {
            "state": state, "by": _named({"by": by, "as": role}, lang), "on": now.signed.on,
            "remark": visible(now.remark or ""), "seal": now.signed.seal, "marks": [state],
            "earlier": [
                [message(f"audit.said.{each.said}", lang), _named({"by": each.signed.by, "as": each.signed.role}, lang),
                 each.signed.on, visible(each.remark)]
                for each in reversed(now.example.earlier)
            ],
        }  # fmt: skip
        sections = [
            {**one, "cases": [{**case, **word} if case["id"] == id else case for case in one["cases"]]}
            for one in shown[lang]["sections"]
        ]
        answer[lang] = {**shown[lang], "sections": sections, "counts": _counts(sections)}
    held = sealed(whole, now.example.provision)
    return {
        "table": round_ledger.round_path(whole).read_text("utf-8"), "question": whole.question.name,
        "seal": now.signed.seal, "sealed": held, "shown": answer, "problems": [],
    }  # fmt: skip


def _with_comment(shown: Mapping[str, Any], id: str, one: Comment, lang: str) -> dict[str, Any]:
    """What was shown, with one comment more."""
    sections = [
        {
            **each,
            "cases": [
                {**case, "comments": [*case["comments"], _remarked(one, lang)]} if case["id"] == id else case
                for case in each["cases"]
            ],
        }
        for each in shown["sections"]
    ]
    return {**shown, "sections": sections}


def _remarked(one: Comment, lang: str) -> list[str]:
    """A comment as the page shows it: who, when, what."""
    return [_named({"by": one.signed.by, "as": one.signed.role}, lang), one.signed.on, visible(one.remark)]


def with_case(shown: Mapping[str, Any], id: str, generated: Sequence[Mapping[str, Any]], lang: str) -> dict[str, Any]:
    """What was shown, with one case as the list has it now; one that was not there stands under its provision."""
    entry = next(one for one in generated if one["id"] == id)
    there = any(case["id"] == id for one in shown["sections"] for case in one["cases"])
    sections = []
    for one in shown["sections"]:
        cases = [_of_list(entry, lang, case) if case["id"] == id else case for case in one["cases"]]
        if not there and _within(entry["provision"], one["at"].replace("-", ",")):
            cases.insert(0, _of_list(entry, lang))
        sections.append({**one, "cases": cases})
    return {**shown, "sections": sections, "counts": _counts(sections)}


def _of_list(entry: Mapping[str, Any], lang: str, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A generated case as the page shows it, from the list of them."""
    spoken = [
        [message(f"audit.said.{word['said']}", lang), _named(word, lang), word["on"], word["remark"]]
        for word in reversed(entry.get("earlier", ()))
    ]
    state = "" if entry["state"] == "open" else entry["state"]
    wanted, now = entry.get("expected"), visible(outcome_words(frozenset(entry["outcome"]), lang))
    differs = bool(wanted) and state in ("signed", "lapsed") and expectation(entry["outcome"]) != wanted
    written = case_outcome(Example("", "", "", 0, 0, {}, (), wanted), lang) if differs and wanted else ""
    return {
        "id": entry["id"], "outcome": before["outcome"] if before else "",
        "label": before["label"] if before else now,
        "words": before["words"] if before else visible(entry["says"]), "state": state,
        "by": _named(entry, lang) if state else "", "on": entry.get("on", ""), "remark": entry.get("remark", ""),
        "before": visible(written), "now": now if differs else "", "earlier": spoken, "asked": False, "signable": True,
        "marks": [entry["state"], *(["differs"] if differs else [])], "seal": entry.get("seal", ""),
        "comments": [[_named(word, lang), word["on"], visible(word["remark"])] for word in entry.get("comments", ())],
    }  # fmt: skip


def _named(word: Mapping[str, Any], lang: str) -> str:
    return message("audit.in_role", lang, by=word["by"], role=word["as"]) if word.get("as") else str(word["by"])


def bench_taken(city: str, table: str, files: Mapping[str, str], question: str = "") -> dict[str, Any]:
    """Whether a table can be taken in, of a question where one is named, and how many cases it speaks of; problems
    where it is none."""
    import tomllib

    if files:
        return dict(elsewhere("bench_taken", {city: files}, city, table, {}, question))
    with beside(city, SEPARATOR.join(["", f"{question}\n{table}"]) if question else table) as place:
        try:
            subject = encoding(place)
            if question:
                found = {*round_ledger.round_opinions(asking(subject, QUESTIONS[question]))}
            else:
                found = {*opinions(path(subject)), *comments(path(subject))}
        except PingjiangError as error:
            return {"cases": 0, "problems": told(error)}
        except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, RuntimeError) as error:
            words = {"zh": visible(str(error)), "en": visible(str(error))}
            return {"cases": 0, "problems": [{"code": "table", "found": "", "part": "", "words": words}]}
    return {"cases": len(found), "problems": []}
