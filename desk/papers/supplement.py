"""The request for papers that are still missing (补充材料通知): from one applicant's view, and why each is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import clingo

from desk.papers import ground
from engine.answers import Decision, Ground
from engine.facts import PREDICATES, quote, symbol
from engine.facts import day as day_words
from engine.law import party, rule_files
from engine.solve import answer, symbols
from engine.words import has, template, text
from explain.graph import justify_all
from explain.letter import Block, Items, Paper, Text, View, view


def asked(view: View) -> list[Ground]:
    """What is open and rests on the applicant's own papers, as far as papers can show it.

    None where the applicant is rejected anyway or the time is over: nothing is asked for that cures nothing.
    """
    if view.outcome.status != "pending" or view.rows("evidence_closed"):
        return []
    return [one for one in view.outcome.open if view.outcome.actor(one) == "own"]


def notice(decision: Decision, applicant: str, day: int = 0, lang: str = "zh") -> Paper:
    """The request to an applicant of whom `asked` finds something: each missing piece, and by when it is to come."""
    seen = view(decision, applicant)
    words = ground.setting(seen.city, seen.round, lang)
    judged = reference_day(decision, applicant)
    until = next((day_words(int(row[0]), lang) for row in seen.rows("supplement_by")), "")
    kind = next((str(row[1]) for row in seen.rows("applicant")), "organization")
    told = {
        "you": text(f"paper.common.you_{party(kind)}", lang),
        "until": until or text("paper.open.until", lang),
        "ground": ground.measure(seen.city, (), lang, short=True).strip(),
    }
    proving = "proving_deadline" if judged == seen.deadline else "proving"
    blocks: list[Block] = [
        ground.opening("paper.supplement_notice.opening", lang, **words, **told),
        Items(tuple(_entries(decision, seen, asked(seen), judged, lang))),
        Text(text(f"paper.supplement_notice.{proving}", lang, day=day_words(judged, lang))),
    ]
    signature, contact = ground.office(seen.rows("office"), lang)
    return Paper(
        "supplement_notice",
        text("paper.supplement_notice.title", lang, **words),
        tuple(blocks),
        addressee=seen.outcome.name or text("paper.open.name", lang),
        signature=signature,
        day=day,
        contact=contact,
        applicant=applicant,
        copies=tuple(str(row[1]) for row in seen.rows("forwarded_by")),
    )


def reference_day(decision: Decision, applicant: str) -> int:
    """The day by which the applicant's conditions are judged: the deadline, or under another reading an earlier one."""
    case = decision.case
    if decision.readings.get("reference_day", "deadline") == "deadline":
        return case.deadline
    own = [
        fact for fact in case.facts if not fact.arguments or fact.arguments[0] == applicant or fact.predicate == "round"
    ]
    shown = answer(rule_files(case.city), symbols(case.city, case.readings, own), extra="#show reference_day/2.")
    days = [atom.arguments[1].number for atom in shown if atom.match("reference_day", 2)]
    return min(days, default=case.deadline)


def _entries(decision: Decision, seen: View, grounds: Sequence[Ground], judged: int, lang: str) -> Iterable[str]:
    """A numbered line for each missing piece, with its provision and what of it is on file already."""
    lacking = _years(decision, seen, [one for one in grounds if "{years}" in _template(one, lang)])
    for number, one in enumerate(grounds, 1):
        missing, received = lacking.get(one, ([], []))
        piece = _template(one, lang).format(
            years=_year_words(missing, lang),
            day=day_words(judged, lang),
            label=text(f"requirement.{one.key}", lang) if has(f"requirement.{one.key}", lang) else "",
        )
        told = text("paper.supplement_notice.received", lang, years=_year_words(received, lang)) if received else ""
        citation = one.provision.citation
        yield text("paper.supplement_notice.entry", lang, number=number, piece=piece, citation=citation, received=told)


def _template(one: Ground, lang: str) -> str:
    """How a missing piece is asked for; the self-assessment report is two things: its years, and the paper itself."""
    key = f"paper.piece.{one.key}"
    if one.key == "self_report" and not one.provision.item:
        key = "paper.piece.self_report_paper"
    return template(key if has(key, lang) else "paper.piece.other", lang)


def _year_words(years: Iterable[int], lang: str) -> str:
    return text("paper.and", lang).join(text("paper.supplement_notice.year", lang, year=year) for year in sorted(years))


def _years(decision: Decision, seen: View, grounds: Sequence[Ground]) -> Mapping[Ground, tuple[list[int], list[int]]]:
    """For each ground the years that lack a record and those that are on file, as its reasons have them."""
    applicant = seen.outcome.id
    found: dict[Ground, tuple[list[int], list[int]]] = {}
    atoms = (f"open({quote(applicant)},{one.provision},{one.key})" for one in grounds)
    for one, graph in zip(grounds, justify_all(decision, atoms, worded=False), strict=True):
        missing: set[int] = set()
        on_file: set[int] = set()
        below = [node for _, node in graph.nodes(data=True) if node.get("atom") and node.get("predicate") in PREDICATES]
        for node in below:
            if node.get("truth") or (year := _year(node["atom"])) is None:
                continue
            pattern = _parsed(node["atom"])
            if not any(_fits(pattern, symbol(fact), year_free=False) for fact in seen.facts):
                on_file |= {y for fact in seen.facts if (y := _matching_year(pattern, symbol(fact))) is not None}
                missing.add(year)
        lacking = {
            term.arguments[1].number
            for _, node in graph.nodes(data=True)
            if node.get("truth") and (term := _parsed(node.get("atom") or "")) is not None and _lacks(term, applicant)
        }
        wanted = sorted(lacking or missing)
        near = [year for year in sorted(on_file - lacking) if wanted and wanted[0] - 3 < year < wanted[-1] + 3]
        found[one] = (wanted, near)
    return found


def _lacks(term: clingo.Symbol, applicant: str) -> bool:
    """Whether an atom says something of this applicant and one year, and nothing else."""
    if term.type != clingo.SymbolType.Function or len(term.arguments) != 2:
        return False
    whose, year = term.arguments
    named = whose.type == clingo.SymbolType.String and whose.string == applicant
    return (
        named and year.type == clingo.SymbolType.Number and 1900 <= year.number <= 2100 and term.name not in PREDICATES
    )


def _parsed(atom: str) -> clingo.Symbol | None:
    """An atom as a symbol; its open places become the constant `any`."""
    try:
        return clingo.parse_term(_closed(atom))
    except RuntimeError:
        return None


def _closed(atom: str) -> str:
    parts, inside = [], False
    for at, sign in enumerate(atom):
        inside ^= sign == '"' and (at == 0 or atom[at - 1] != "\\")
        parts.append("any" if sign == "_" and not inside and atom[at - 1] in "(," else sign)
    return "".join(parts)


def _year(atom: str) -> int | None:
    """The year an atom of the vocabulary speaks of, where it has one."""
    term = _parsed(atom)
    if term is None or term.name not in PREDICATES:
        return None
    for field, value in zip(PREDICATES[term.name].fields, term.arguments, strict=False):
        if field.kind == "year" and value.type == clingo.SymbolType.Number:
            return value.number
    return None


def _fits(pattern: clingo.Symbol | None, fact: clingo.Symbol, *, year_free: bool) -> bool:
    if pattern is None or (pattern.name, len(pattern.arguments)) != (fact.name, len(fact.arguments)):
        return False
    fields = PREDICATES[fact.name].fields
    return all(
        str(wanted) == "any" or wanted == value or (year_free and field.kind == "year")
        for field, wanted, value in zip(fields, pattern.arguments, fact.arguments, strict=True)
    )


def _matching_year(pattern: clingo.Symbol | None, fact: clingo.Symbol) -> int | None:
    return _year(str(fact)) if _fits(pattern, fact, year_free=True) else None
