"""An application filled in by whoever applies: what the law asks of its kind, in the law's order, and what is met."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from desk.papers import ground
from engine.answers import Decision, Ground, decide
from engine.case import Case
from engine.errors import CaseError, Problem
from engine.facts import PREDICATES, Fact, quote, sentence, text
from engine.law import Provision, cites, rule_files, statute
from engine.solve import answer, symbols
from engine.words import LANGUAGES, visible
from engine.words import text as message
from explain.graph import grounds as explained
from explain.graph import justify_all
from web.questions import Arguments, case, checked, problem
from web.questions import decision as known_decision
from web.shown.own import names_others

BASIC = ("former_name", "credit_code", "industry", "contact")
"""What is asked of everybody before the law's own conditions."""
_OFFICE = ("submitted", "handed_in", "withdrawn", "internal_notice", "preliminary_notice")
"""Days and acts that the bureau or the county enters."""


def dossier_opened(facts: str, id: str, kind: str, name: str) -> dict[str, Any]:
    """What somebody who is to apply gets: the round's own facts, and the steps to fill in; problems of the start.

    A step is a provision with its words; under it what is asked, each with the predicates that can show it.
    """
    known = case(facts)
    shared = [
        fact
        for fact in known.projected(id).facts
        if not names_others(fact, {id}) and fact.predicate != "evidence_closed"
    ]
    if id in known.names or id in known.subjects:
        return {"problems": [{lang: message("web.dossier.taken", lang, id=id) for lang in LANGUAGES}]}
    flaws: list[Problem] = []
    named = [checked("applicant", [id, kind], flaws), checked("name", [id, name], flaws)]
    try:
        base = Case.checked([*shared, *(fact for fact in named if fact)])
    except CaseError as trouble:
        flaws += trouble.problems
    if flaws:
        return {"problems": [problem(one)["words"] for one in flaws]}
    return {
        "problems": [],
        "base": base.canonical,
        "city": known.place,
        "title": statute(known.city).title,
        "deadline": known.deadline,
        "kind": kind,
        "name": visible(name),
        "forwarded": bool(cites(known.city, "applied_in_steps")),
        "office": [visible(str(one)) for row in known.rows("office")[:1] for one in row] or ["", "", ""],
        "steps": list(_steps(base, id)),
    }


def _steps(base: Case, id: str) -> Iterator[dict[str, Any]]:
    law = statute(base.city)
    steps: dict[Provision, dict[str, Any]] = {}
    asked: set[Ground] = set()
    left = [base]
    for known in left:
        decision = decide(known, processes=1)
        fresh = sorted(_open(decision, id) - asked)
        asked |= set(fresh)
        questions = (f"open({quote(id)},{one.provision},{one.key})" for one in fresh)
        for one, graph in zip(fresh, justify_all(decision, questions, worded=False), strict=True):
            found = {str(node.get("predicate")) for _, node in graph.nodes(data=True)}
            names = [name for name in PREDICATES if name in found and _own(name)]
            label = {lang: message(f"requirement.{one.key}", lang) for lang in LANGUAGES}
            step = steps.setdefault(one.provision, {"provision": str(one.provision), "asks": []})
            step |= {"citation": one.provision.citation, "law": law.text(one.provision)}
            if names:
                step["asks"].append({"key": one.key, "label": label, "predicates": names})
            if known is base:  # what is asked may depend on what is answered: each answer from a list is tried
                left += [tried for name in names for tried in _tried(base, id, name)]
    yield {"provision": "", "citation": "", "law": "", "asks": [{"key": "", "label": {}, "predicates": list(BASIC)}]}
    yield from (step for _, step in sorted(steps.items()) if step["asks"])


def _open(decision: Decision, id: str) -> set[Ground]:
    """What rests on the applicant's own papers and is not shown yet."""
    others = ground.stated_by_others(decision.city)
    return {one for one in decision.outcome(id).open if one.key not in (*others, "in_time")}


def _tried(base: Case, id: str, name: str) -> Iterator[Case]:
    """The case with each answer that a predicate of one list can give."""
    field = PREDICATES[name].fields[-1]
    if len(PREDICATES[name].fields) == 2 and field.kind == "choice":
        yield from (Case.of([*base.facts, Fact(name, (id, one))]) for one in field.choices)


def _own(name: str) -> bool:
    one = PREDICATES[name]
    others = [field for field in one.fields[1:] if field.kind == "identifier"]
    return (
        name != "applicant"
        and one.group in ("applicants", "history")
        and name not in _OFFICE
        and not others
        and one.model.change != "nothing"
    )


def dossier(base: str, id: str, rows: list[list[Any]]) -> dict[str, Any]:
    """What is entered, judged by the law as far as it goes: each requirement met, open or not met, and every bar.

    `rows` are predicate and arguments, the first being whom they are about. Facts that will not do are told by row.
    """
    start = case(base)
    facts: list[Fact] = []
    problems: list[dict[str, Any]] = []
    for at, (name, *arguments) in enumerate(rows):
        flaws: list[Problem] = []
        one = checked(name, arguments, flaws)
        problems += [{"row": at, **problem(flaw)} for flaw in flaws]
        facts += [one] if one else []
    own = [fact for fact in start.about(id) if fact.predicate == "applicant"]
    named = [fact for fact in start.about(id) if fact.predicate != "applicant"]
    whole = None
    if not problems:
        try:
            whole = Case.checked([*start.shared, *own, *named, *facts])
        except CaseError as trouble:
            problems += [{"row": -1, **problem(one)} for one in trouble.problems]
    if whole is None:
        return {"problems": problems}
    decision = known_decision(whole.canonical)
    outcome = decision.outcome(id)
    states = {
        f"{one.provision} {one.key}": state
        for state, some in (("open", outcome.open), ("failed", outcome.failed), ("barred", outcome.barred))
        for one in some
    }
    states |= {name: "met" for name in _met(whole, id) if name not in states}
    told: dict[str, Any] = {"provisions": [], "readings": []}
    for each, known, graph in explained(decision):
        if each.id == id:
            told = Arguments(decision).against(each, [one for one in known if one.kind != "open"], graph)
    lines = [*own, *named, *facts]
    written = "".join(f"{one}\n" for one in sorted(text(fact) for fact in lines))
    return {
        "problems": [],
        "states": states,
        "against": told,
        "facts": whole.canonical,
        "lines": [
            {lang: visible(sentence(fact, lang, {id: str(named[0].arguments[1])})) for lang in LANGUAGES}
            for fact in lines
        ],
        "sha256": sha256(written.encode("utf-8")).hexdigest(),
        "others": sum(1 for one in outcome.open if one.key in ground.stated_by_others(whole.city)),
    }


def _met(whole: Case, id: str) -> Iterator[str]:
    """What the law holds to be shown: provision and key. What is not asked of the applicant yet is neither."""
    held = answer(rule_files(whole.city), symbols(whole.city, whole.readings, whole.facts), extra="#show met/3.")
    for atom in held:
        if atom.match("met", 3) and atom.arguments[0].string == id:
            yield f"{atom.arguments[1]} {atom.arguments[2]}"
