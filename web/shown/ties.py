"""What a reviewer is asked before a freeze: the applicants, and what the case already knows of him and them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from engine.case import Case
from engine.facts import OPEN, PREDICATES, Fact, choice, sentence, text
from engine.panels import conflicts
from engine.words import LANGUAGES, visible
from engine.words import text as message
from web.questions import case

_TIED = {
    "organization": ("employed", "officer", "shareholder", "controls", "works_with"),
    "individual": ("works_with",),
}
"""What somebody may be to whoever applies, directly, by the kind of applicant."""
_PROFILE = ("round", "reading", "announced")
"""What the ties that count depend on."""
_POSTS = ("officer", "employed", "shareholder", "controls")
"""What a relative may be to an organization."""


def reviewers(facts: str) -> list[dict[str, str]]:
    """The reviewers of a round, by their names."""
    known = case(facts)
    rows = [
        {"id": str(row[0]), "name": visible(known.names.get(str(row[0]), str(row[0])))}
        for row in known.rows("reviewer")
    ]
    return sorted(rows, key=lambda row: (row["name"], row["id"]))


def ties_asked(facts: str, reviewer: str) -> dict[str, Any]:
    """The applicants that he is asked about, and the facts about him that name one of them, in words."""
    known = case(facts)
    gone = {str(row[0]) for row in known.rows("withdrawn")}
    ids = [str(row[0]) for row in known.rows("applicant") if str(row[0]) not in gone]
    own = [fact for fact in known.about(reviewer) if _names(fact) & set(ids)]
    kinds = {str(row[0]): str(row[1]) for row in known.rows("applicant")}
    return {
        "ties": _asked(Case.of(fact for fact in known.shared if fact.predicate in _PROFILE).canonical),
        "office": [visible(str(one)) for row in known.rows("office")[:1] for one in row] or ["", "", ""],
        "applicants": [{"id": id, "name": visible(known.names.get(id, id)), "kind": kinds[id]} for id in ids],
        "known": [{lang: visible(sentence(fact, lang, known.names)) for lang in LANGUAGES} for fact in own],
    }


@lru_cache(4)
def _asked(round_: str) -> dict[str, list[dict[str, str]]]:
    """The ties that count in a round under the profile in force, in words, by kind of applicant: `value` is a predicate
    with its choice; kin of somebody in an organization has one of `posts` there.

    Which count is found out by trying: one made-up applicant for each tie.
    """
    known = case(round_)
    reviewer, relative, day = "R", "Q", known.deadline
    facts = [*known.facts, Fact("reviewer", (reviewer,))]
    tried: dict[str, tuple[str, str, str]] = {}

    def put(kind: str, value: str, post: str, *ties: tuple[str, tuple[str | int, ...]]) -> None:
        applicant = f"A{len(tried)}"
        tried[applicant] = (kind, value, post)
        facts.extend((Fact("applicant", (applicant, kind)), Fact("submitted", (applicant, day))))
        facts.extend(Fact(name, tuple(applicant if each == "" else each for each in row)) for name, row in ties)

    for kind, names in _TIED.items():
        for name, part in _values(names):
            put(kind, f"{name}:{part}", "", (name, _row(reviewer, part, day)))
    for _, kinship in _values(("kin",)):
        put("individual", f"kin:{kinship}", "", ("kin", (reviewer, "", kinship)))
        for name, part in _values(_POSTS):
            kin = ("kin", (reviewer, f"{relative}{len(tried)}", kinship))
            put(
                "organization",
                f"kin:{kinship}",
                f"{name}:{part}",
                kin,
                (name, _row(f"{relative}{len(tried)}", part, day)),
            )
    held = {one.applicant for one in conflicts(Case.of(facts)).interests if one.person == reviewer}
    counted = [found for applicant, found in tried.items() if applicant in held]
    return {
        **{kind: _worded("tie", (value for each, value, _ in counted if each == kind), kind) for kind in _TIED},
        "posts": _worded("post", (post for _, _, post in counted if post), ""),
    }


def _values(names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Predicates with each choice they leave; an empty one where they leave none."""
    for name in names:
        kinds = [field for field in PREDICATES[name].fields if field.kind == "choice"]
        yield from ((name, part) for part in (kinds[0].choices if kinds else ("",)))


def _row(person: str, part: str, day: int) -> tuple[str | int, ...]:
    """A tie that runs; the empty place is the applicant's."""
    return (person, "", *((part,) if part else ()), day, OPEN)


def _worded(what: str, values: Iterator[str], kind: str) -> list[dict[str, str]]:
    """Values in plain words, each once."""
    found = []
    for value in dict.fromkeys(values):
        name, _, part = value.partition(":")
        field = next((one for one in PREDICATES[name].fields if one.kind == "choice"), None)
        key = f"web.declaration.{what}.{name}{'_individual' if kind == 'individual' and name == 'kin' else ''}"
        words = {
            lang: message(key, lang, **({"kind": choice(field, part, lang)} if field else {})) for lang in LANGUAGES
        }
        found.append({"value": value, **words})
    return found


def sourced(rows: list[list[Any]], document: str, number: str) -> list[list[Any]]:
    """Facts (predicate and arguments), each followed by the one that says what it rests on."""
    return [one for row in rows for one in (row, ["source", text(Fact(row[0], tuple(row[1:]))), document, number])]


def _names(fact: Fact) -> set[str]:
    fields = PREDICATES[fact.predicate].fields
    return {
        str(value) for field, value in zip(fields[1:], fact.arguments[1:], strict=True) if field.kind == "identifier"
    }
