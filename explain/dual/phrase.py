"""Questions as people write them: identifiers without quotes, citations, dates, the applicant left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from clingo import String, SymbolType

from engine.errors import UsageError
from engine.facts import quote
from engine.law import Provision
from explain.dual.compiled import Program
from explain.dual.questions import Question

_PIECE = re.compile(r'\s+|"(?:\\.|[^"\\])*"|[(),]|[^\s(),"]+|"')
_CONSTANT = re.compile(r"-?[a-z][A-Za-z0-9_']*")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMED = 12
_USUAL = ("eligible", "rejected", "pending", "met", "failed", "open", "barred", "barring_event", "valid_certificate")


def question(words: str, applicant: str, identifiers: Collection[str], program: Program) -> Question:
    """The atom meant by `met(J01, 第八条第（一）项, operating_years)`, `eligible`, `barred(_, accident)` and the like.

    An article whose items alone require or bar is meant with all of them. The applicant may be left out or open where
    an atom is about one. UsageError for what is no atom, for a predicate the rules do not know, for a wrong number of
    arguments, and for an atom about another applicant.
    """
    text = words.strip().removeprefix("not ").strip().removesuffix(".").strip()
    asked = _read("".join(_pieces(text, frozenset(identifiers), program)), words)
    known = program.arities
    if asked.name not in known:
        raise _unknown(asked.name, known)
    size = len(asked.arguments)
    if applicant and size not in known[asked.name] and size + 1 in known[asked.name]:
        asked = Question(asked.name, (String(applicant), *asked.arguments))
    known_to(program, asked)
    return _about(asked, applicant, program)


def known_to(program: Program, question: Question) -> None:
    """Raise UsageError for a predicate that rules neither derive nor read, or for another number of arguments."""
    known = program.arities
    if question.name not in known:
        raise _unknown(question.name, known)
    if len(question.arguments) not in known[question.name]:
        wanted = " / ".join(str(number) for number in sorted(known[question.name]))
        raise UsageError("wrong_arity", {"found": str(question), "wanted": wanted})


def _about(asked: Question, applicant: str, program: Program) -> Question:
    """The question about the applicant where it leaves open about whom; UsageError where it is about another."""
    kind = program.types.get((asked.signature, 0), "") if asked.arguments else ""
    if not applicant or kind != "identifier":
        return asked
    first = asked.arguments[0]
    if first is None:
        return Question(asked.name, (String(applicant), *asked.arguments[1:]))
    if first.type == SymbolType.String and first.string != applicant:
        raise UsageError("other_applicant", {"found": str(asked), "applicant": applicant, "other": first.string})
    return asked


def _unknown(name: str, known: Mapping[str, Collection[int]]) -> UsageError:
    near = get_close_matches(name, known, _NAMED // 2, 0.6) or [one for one in _USUAL if one in known]
    return UsageError("no_such_predicate", {"found": name, "known": ", ".join(near[:_NAMED])})


def _pieces(text: str, identifiers: frozenset[str], program: Program) -> Iterator[str]:
    found = _PIECE.findall(text)
    for number, piece in enumerate(found):
        calls = found[number + 1 : number + 2] == ["("]
        first = found[number - 1 : number] == ["("] or not piece[:1].islower()
        if piece.isspace() or piece in ("(", ")", ",", "_") or piece.startswith('"'):
            yield piece.strip()
        elif piece in identifiers and not calls and first:
            yield quote(piece)
        elif _DAY.fullmatch(piece):
            yield _day(piece, text)
        elif _CONSTANT.fullmatch(piece) or _NUMBER.fullmatch(piece):
            yield piece
        else:
            yield _citation(piece, text, program)


def _day(piece: str, text: str) -> str:
    try:
        return date.fromisoformat(piece).strftime("%Y%m%d")
    except ValueError:
        raise UsageError("not_an_atom", {"found": text, "reason": piece}) from None


def _citation(piece: str, text: str, program: Program) -> str:
    try:
        cited = Provision.parse(piece)
    except ValueError:
        raise UsageError("not_an_atom", {"found": text, "reason": piece}) from None
    whole = f"art({cited.article},"
    stated = program.grounded_in
    if not (cited.paragraph or cited.item) and str(cited) not in stated and any(s.startswith(whole) for s in stated):
        return f"{whole}_,_)"
    return str(cited)


def _read(text: str, words: str) -> Question:
    try:
        return Question.of(text)
    except ValueError as error:
        reason = (str(error).strip().splitlines() or [""])[-1]
        raise UsageError("not_an_atom", {"found": words, "reason": reason.rpartition("error: ")[2]}) from None
