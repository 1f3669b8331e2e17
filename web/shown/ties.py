"""What a reviewer is asked before a freeze: the applicants, and what the case already knows of him and them."""

from __future__ import annotations

from typing import Any

from engine.facts import PREDICATES, Fact, sentence, text
from engine.words import LANGUAGES, visible
from web.questions import case


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
    return {
        "office": [visible(str(one)) for row in known.rows("office")[:1] for one in row] or ["", "", ""],
        "applicants": [{"id": id, "name": visible(known.names.get(id, id))} for id in ids],
        "known": [{lang: visible(sentence(fact, lang, known.names)) for lang in LANGUAGES} for fact in own],
    }


def sourced(rows: list[list[Any]], document: str, number: str) -> list[list[Any]]:
    """Facts (predicate and arguments), each followed by the one that says what it rests on."""
    return [one for row in rows for one in (row, ["source", text(Fact(row[0], tuple(row[1:]))), document, number])]


def _names(fact: Fact) -> set[str]:
    fields = PREDICATES[fact.predicate].fields
    return {
        str(value) for field, value in zip(fields[1:], fact.arguments[1:], strict=True) if field.kind == "identifier"
    }
