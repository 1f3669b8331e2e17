"""A case that a lawyer writes: its facts by form, what comes out of it now, what must come out; a row of the table.

A row that is written here is, to the byte, one that the command line reads and writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import clingo

from audit.checks import generated
from audit.encoding import Encoding, atoms, encoding, results, signature
from audit.opinions import ledger, opinions, path
from audit.space import ROUND, Dossier, as_example
from audit.tables import dossier_words, outcome_words, row_text
from engine.errors import Problem
from engine.facts import PREDICATES, Fact, Field, choice, fact, label, sentence, text
from engine.law import Provision, party
from engine.words import LANGUAGES, field_label, visible
from engine.words import text as message
from explain.say import constant
from web.inquiries.encodings import listed, with_case
from web.inquiries.placed import beside, elsewhere
from web.inquiries.seals import sealed
from web.questions import checked, problem, slots

SOMEBODY = "A"
"""Whom a case is about: tables call the applicant so."""
STATUSES = ("eligible", "pending", "rejected")
_GROUNDS = {
    ("requires", 3): ("failed", 1, 2),
    ("rests_on_finding", 4): ("failed", 1, 3),
    ("barring_event", 4): ("barred", 1, 2),
}
"""What says that there may be a ground: its kind, and where its provision and its key stand."""


def case_frame(city: str, table: str, files: Mapping[str, str]) -> dict[str, Any]:
    """What a form for a case offers: bases with their facts, kinds of facts with their fields, grounds, provisions."""
    if files:
        return dict(elsewhere("case_frame", {city: files}, city, table, {}))
    with beside(city, table) as place:
        subject = encoding(place)
        kinds = [one for one in PREDICATES.values() if _asked(subject, one.name) and _of_applicant(one.fields)]
        return {
            "title": subject.statute.title,
            "bases": [
                {"name": name, "words": _base_words(name), "facts": [_told(each) for each in base.facts]}
                for name, base in _bases(subject).items()
            ],
            "provisions": [
                {"at": "-".join(map(str, one)), "citation": one.citation, "words": words}
                for one, words in subject.statute.words.items()
            ],
            "kinds": [
                {
                    "name": one.name, "label": {lang: label(one.name, lang) for lang in LANGUAGES},
                    "fields": [_field(one.name, each) for each in one.fields[1:]],
                }
                for one in kinds
            ],
            "grounds": list(_grounds(subject)),
        }  # fmt: skip


def _asked(subject: Encoding, name: str) -> bool:
    return any(asked == name for asked, _ in subject.asked)


def _of_applicant(fields: Sequence[Field]) -> bool:
    return bool(fields) and fields[0].kind == "identifier" and "applicant" in fields[0].declared_by


def _bases(subject: Encoding) -> dict[str, Dossier]:
    """The base dossiers of the table of a regulation, or of the cases that its rules give."""
    return ledger.bases(path(subject)) or ledger.kinds(list(dict.fromkeys(one.base for one in generated(subject)[1])))


def _base_words(name: str) -> dict[str, str]:
    if name == "nonprofit":
        return {lang: message("audit.some.nonprofit", lang) for lang in LANGUAGES}
    who = "individual" if name == "individual" else "organization"
    return {lang: message("audit.flawless", lang, who=message(f"audit.some.{who}", lang)) for lang in LANGUAGES}


def _told(one: Fact) -> dict[str, Any]:
    kind = party(str(one.arguments[1])) if one.predicate == "applicant" else "organization"
    return {
        "fact": text(one),
        "words": {
            lang: visible(sentence(one, lang, {SOMEBODY: message(f"audit.some.{kind}", lang)})) for lang in LANGUAGES
        },
    }


def _field(name: str, one: Field) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": one.kind,
        "label": {lang: field_label(name, one.name, lang) for lang in LANGUAGES},
        "choices": [[each, {lang: choice(one, each, lang) for lang in LANGUAGES}] for each in one.choices],
        "bounds": list(one.bounds or ()),
    }


def _grounds(subject: Encoding) -> Iterator[dict[str, Any]]:
    """Every ground that the rules can find: of requirements that they fail or are open, of bars."""
    seen = set()
    for rule in subject.at_work:
        for atom in atoms(subject.node(rule).head):
            if signature(atom) not in _GROUNDS:
                continue
            kind, *places = _GROUNDS[signature(atom)]
            where, key = (str(atom.arguments[at]) for at in places)
            if not where.startswith("art(") or not key.islower() or (kind, where, key) in seen:
                continue
            seen.add((kind, where, key))
            table = "ground" if kind == "barred" else "requirement"
            for each in ("barred",) if kind == "barred" else ("failed", "open"):
                yield {
                    "ground": f"{each} {where} {key}", "kind": each, "citation": Provision.parse(where).citation,
                    "words": {lang: visible(constant(key, table, lang)) for lang in LANGUAGES},
                }  # fmt: skip


def case_fact(city: str, files: Mapping[str, str], name: str, values: list[Any]) -> dict[str, Any]:
    """One fact of what was typed, as the tables write it; problems where a value will not do."""
    if files:
        return dict(elsewhere("case_fact", {city: files}, city, {}, name, values))
    problems: list[Problem] = []
    made = checked(name, [SOMEBODY, *values], problems)
    return {"fact": text(made) if made else "", "problems": [problem(one) for one in problems]}


def case_tried(city: str, table: str, files: Mapping[str, str], draft: Mapping[str, Any]) -> dict[str, Any]:
    """What comes out of a draft now, in words, and its grounds; its own facts in words."""
    if files:
        return dict(elsewhere("case_tried", {city: files}, city, table, {}, draft))
    with beside(city, table) as place:
        subject = encoding(place)
        one, _ = _dossier(subject, draft)
        shown = results(subject, [as_example(one, "new")])["new"]
        return {
            "facts": [_told(fact(clingo.parse_term(each))) for each in draft["facts"]],
            "now": {lang: visible(outcome_words(shown, lang)) for lang in LANGUAGES},
            "shown": sorted(shown),
        }


def _dossier(subject: Encoding, draft: Mapping[str, Any]) -> tuple[Dossier, Dossier]:
    """The dossier of a draft and its base: `base` by name, `without` and `facts` as the tables write them.

    A draft that comes from elsewhere has no base and all its facts.
    """
    bases = _bases(subject)
    added = tuple(fact(clingo.parse_term(each)) for each in draft["facts"])
    if draft["base"] not in bases:
        deadline = int(draft.get("deadline") or next(iter(bases.values())).deadline)
        empty = Dossier(subject.city, deadline, ())
        near = [base for base in bases.values() if base.deadline == deadline]
        one = Dossier(subject.city, deadline, tuple(sorted(set(added))))
        return one, min(near, key=lambda base: sum(map(len, one.departures(base)))) if near else empty
    base = bases[draft["base"]]
    kept = [each for each in base.facts if text(each) not in set(draft["without"])]
    held = slots(kept) | slots(added)  # another score takes the place of the one there
    return Dossier(subject.city, base.deadline, tuple(sorted(Fact(name, row) for (name, _), row in held.items()))), base


def case_written(
    city: str, table: str, files: Mapping[str, str], draft: Mapping[str, Any], wanted: Mapping[str, Any] | None,
    by: str, on: int, role: str, shown: Mapping[str, Any] | None,
) -> dict[str, Any]:  # fmt: skip
    """The table with a case more, signed by whoever wrote it; its id; what `bench` showed, with it.

    `wanted` is what must come out (`status`, `grounds`), None where that is what the rules say; with `contested` what
    the rules say is not agreed to, and why.
    """
    if files:
        return dict(elsewhere("case_written", {city: files}, city, table, {}, draft, wanted, by, on, role, shown))
    with beside(city, table) as place:
        subject = encoding(place)
        file = path(subject)
        one, base = _dossier(subject, draft)
        now = results(subject, [as_example(one, "new")])["new"]
        objection = wanted.get("contested") if wanted else None
        found = now if wanted is None or objection else frozenset(_wanted(one, now, wanted))
        about = Provision(*(int(each) for each in str(draft["about"]).split("-")))
        id = _fresh(file, about, str(draft.get("mark", "written")))
        says = "：".join((dossier_words(one, base, "zh"), outcome_words(found, "zh")))
        signed = ledger.signature(subject, about, by, f"{on // 10000}-{on // 100 % 100:02}-{on % 100:02}", role)
        bases = _bases(subject)
        row = row_text(id, says, one, found, bases, signed, objection)
        beginning = ledger.head(subject.city, [message("audit.table", "zh")], ROUND, base.deadline, bases)
        made = ledger.updated(file, beginning, {id: row})
        file.write_text(made, "utf-8")
        entries = {lang: listed(place, lang) for lang in LANGUAGES} if shown else {}
        return {
            "table": made, "id": id, "seal": signed["seal"], "sealed": sealed(subject, about),
            "shown": {lang: with_case(shown[lang], id, entries[lang], lang) for lang in LANGUAGES} if shown else None,
        }  # fmt: skip


def _wanted(one: Dossier, now: frozenset[str], wanted: Mapping[str, Any]) -> Iterator[str]:
    """What must come out, as the rules would show it: status, grounds with the facts that bar; notes as they are."""
    yield f'{wanted["status"]}("{SOMEBODY}")'
    yield from (each for each in now if each.startswith(("note(", "closed_prize(")))
    for ground in wanted["grounds"]:
        kind, where, key = ground.split(" ")
        yield f'{kind}("{SOMEBODY}",{where},{key})'
        if kind == "barred":
            found = [each for each in now if each.startswith(f'barring_event("{SOMEBODY}",{where},{key},')]
            yield from found or (f'barring_event("{SOMEBODY}",{where},{key},{text(each)})' for each in _bars(one, key))


def _bars(one: Dossier, key: str) -> list[Fact]:
    """The facts of a dossier that a ground the rules do not find would name: those called like it, else its records."""
    own = [each for each in one.facts if each.predicate == key]
    return own or [each for each in one.facts if any(f.kind == "day" for f in PREDICATES[each.predicate].fields)][-1:]


def _fresh(file: Path, about: Provision, mark: str) -> str:
    place = f"a{about.article}" + (f"_p{about.paragraph}" if about.paragraph else "")
    place += f"_i{about.item}" if about.item else ""
    known = opinions(file)
    number = 1
    while f"{place}_{mark}_{number}" in known:
        number += 1
    return f"{place}_{mark}_{number}"
