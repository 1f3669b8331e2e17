"""Papers to and fro around an application: the receipt slip, the consultation of departments, answers to objections."""

from __future__ import annotations

from desk.papers import ground
from desk.papers.notices import list_words, listed, tables
from engine.answers import Decision
from engine.case import Case
from engine.facts import PREDICATES, Fact, choice
from engine.facts import day as day_words
from engine.facts import text as fact_text
from engine.law import cites, party
from engine.words import text
from explain.letter import Block, Items, Paper, Text, View

_MATERIAL = next(field for field in PREDICATES["material"].fields if field.name == "kind")


def receipt(seen: View, day: int = 0, lang: str = "zh") -> Paper:
    """The slip (收件回执) for what came in on the day it came in, built from the applicant's own view."""
    words = ground.setting(seen.city, seen.round, lang)
    signature, contact = ground.office(seen.rows("office"), lang)
    kind = next((str(row[1]) for row in seen.rows("applicant")), "organization")
    on = next((int(row[1]) for row in seen.rows("submitted")), 0)
    forwarded = cites(seen.city, "applied_in_steps") is not None
    county = text("paper.receipt_slip.county", lang)
    told = {
        "day": day_words(on, lang) if on else text("paper.open.day", lang),
        "office": signature or text("paper.open.office", lang),
        "you": text(f"paper.common.you_{party(kind)}", lang),
        "by": next((str(row[1]) for row in seen.rows("forwarded_by")), county),
    }
    papers = [choice(_MATERIAL, str(row[1]), lang) for row in seen.rows("material")]
    lines = [f"{number}.{paper}" for number, paper in enumerate(papers, 1)]
    blocks: list[Block] = [
        ground.opening(f"paper.receipt_slip.{'forwarded' if forwarded else 'received'}", lang, **words, **told),
        Items(tuple(lines) or (text("paper.receipt_slip.nothing", lang),)),
    ]
    return Paper(
        "receipt_slip",
        text("paper.receipt_slip.title", lang, **words),
        tuple(blocks),
        addressee=seen.outcome.name or text("paper.open.name", lang),
        signature=signature,
        day=day,
        contact=contact,
        applicant=seen.outcome.id,
    )


def departments(case: Case) -> list[str]:
    """Whom a letter goes to: each department on file; "" for one letter to all where none is named."""
    return sorted({str(row[0]) for row in case.rows("asked")}) or [""]


def consultation(decision: Decision, department: str, day: int = 0, lang: str = "zh") -> Paper:
    """The letter (征求意见函) that asks a department what it knows of whoever is on the list."""
    case = decision.case
    words = ground.setting(case.city, case.round, lang)
    key = f"paper.consultation_letter.{'opening_one' if department else 'opening'}"
    blocks: list[Block] = [
        ground.under(key, case.city, cites(case.city, "consulted_before"), lang, words),
        *tables(case, listed(decision), lang),
        Text(text("paper.consultation_letter.until", lang)),
    ]
    signature, contact = ground.signed(case, lang)
    return Paper(
        "consultation_letter",
        text("paper.consultation_letter.title", lang, **words),
        tuple(blocks),
        addressee=department or text("paper.open.department", lang),
        signature=signature,
        day=day,
        contact=contact,
    )


def objections(case: Case) -> list[Fact]:
    """The single objections to a published list on file, by day; others are not the office's to answer."""
    rows = sorted(case.rows("objection_made"), key=lambda row: (row[2], str(row[0]), str(row[1]), str(row[3])))
    return [Fact("objection_made", row) for row in rows if ground.publishes(case.city, str(row[1]))]


def findings(case: Case, made: Fact) -> str:
    """What was found about an objection, in the words on file: of this one, or of all to this applicant and list."""
    described = {str(fact): str(words) for fact, words in case.rows("described")}
    common = [Fact("objection", row) for row in case.rows("objection") if row[:2] == made.arguments[:2]]
    return next((described[key] for one in (made, *common) if (key := fact_text(one)) in described), "")


def state(case: Case, made: Fact) -> str:
    """What became of the objections to this applicant and list: pending where nothing is on file."""
    return next((str(row[2]) for row in case.rows("objection") if row[:2] == made.arguments[:2]), "pending")


def answer(case: Case, made: Fact, day: int = 0, lang: str = "zh") -> Paper:
    """The answer to whoever objected: what was found, and whether the objection is upheld."""
    applicant, list_, on, by = made.arguments
    names = ground.Names(case, lang)
    words = ground.setting(case.city, case.round, lang)
    told = {"day": day_words(int(on), lang), "name": names[str(applicant)], "list": list_words(str(list_), lang)}

    def say(key: str, **more: object) -> str:
        return text(f"paper.objection_answer.{key}", lang, **words, **told, **more)

    found = findings(case, made)
    outcome = state(case, made)
    same = sum(row[:2] == (applicant, list_) for row in case.rows("objection_made"))
    provision = cites(case.city, "free_of_objection", list_)
    cited = ground.measure(case.city, [provision], lang)
    found_words = found or text("paper.open.what", lang)
    blocks: list[Block] = [ground.opening("paper.objection_answer.opening", lang, **words, **told)]
    if outcome == "upheld" and same > 1:
        # Several were made and the file says only that one of them holds: which one, the findings say.
        blocks.append(Text(say("partly", findings=found_words)))
    else:
        blocks.append(Text(say("findings", findings=found_words)))
        blocks.append(Text(say("upheld_bare" if outcome == "upheld" and not provision else outcome, ground=cited)))
    signature, contact = ground.signed(case, lang)
    return Paper(
        "objection_answer",
        say("title"),
        tuple(blocks),
        addressee=str(by),
        signature=signature,
        day=day,
        contact=contact,
    )
