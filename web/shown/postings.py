"""What a text orders to be made public, written from the case: the announcement, the lists on notice, a draw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desk.papers import bundle, ground, list_of, prize_words
from desk.press import context
from engine.case import Case
from engine.facts import OPEN, PREDICATES, Fact, choice, text
from engine.facts import day as day_words
from engine.law import cites, regulation, statute
from engine.words import text as message
from engine.words import visible
from explain.letter import in_force
from web.questions import case, decision

KINDS = ("announcement", "acceptance_notice", "list_notice", "winners_notice")


def postings(facts: str) -> list[dict[str, Any]]:
    """Each notice the case gives cause for: as a page has it, its first and last day on file, what it lacks."""
    known = case(facts)
    made = []
    for one in bundle(decision(facts), only=KINDS, final=True):
        first, last = _days(known, one.paper.kind, one.about)
        made.append(
            {
                "kind": one.paper.kind,
                "content": context(one.paper),
                "first": first,
                "last": last,
                "held": [visible(reason) for reason in one.held]
                + ([] if first else [message("web.board.no_day", "zh")]),
                "law": statute(known.city).title,
            }
        )
    return made


def decisions(facts: str) -> list[dict[str, Any]]:
    """Each decision on file that is to be made public: to award in this round, to revoke since the text is in force.

    As `postings`, and `facts` that it rests on. What names no document of the decision is held.
    """
    known = case(facts)
    won = [fact for fact in known.facts if fact.predicate == "awarded" and fact.arguments[2] == known.round]
    days = sorted({int(fact.arguments[3]) for fact in won})
    made = [_awarded(known, day, [fact for fact in won if fact.arguments[3] == day]) for day in days]
    since, _ = in_force(known)
    gone = sorted(
        (fact for fact in known.facts if fact.predicate == "revoked" and int(fact.arguments[4]) >= since),
        key=lambda fact: (fact.arguments[4], text(fact)),
    )
    return made + [_revoked(known, fact) for fact in gone]


def _awarded(known: Case, day: int, won: list[Fact]) -> dict[str, Any]:
    """The winners of one decision, in the order of the prizes."""
    names, setting = ground.Names(known, "zh"), ground.setting(known.city, known.round, "zh")
    who = "organization" if "individual" in ground.kinds(known).values() else "name"
    header = [message(f"paper.common.{name}", "zh") for name in ("number", "prize", who)]
    prizes = regulation(known.city).prizes
    ordered = sorted(won, key=lambda fact: (prizes.index(str(fact.arguments[1])), names[str(fact.arguments[0])]))
    rows = [
        [str(at), prize_words(str(fact.arguments[1]), "zh"), visible(names[str(fact.arguments[0])])]
        for at, fact in enumerate(ordered, 1)
    ]
    blocks: list[dict[str, Any]] = [
        {"kind": "text", "text": message("web.board.award.told", "zh", day=day_words(day, "zh"), **setting)},
        {"kind": "table", "caption": "", "header": header, "rows": rows, "widths": [1, 3, 5]},
    ]
    return _decision(known, "award", message("web.board.award.title", "zh", **setting), blocks, day, won)


def _revoked(known: Case, fact: Fact) -> dict[str, Any]:
    """One title revoked, with the provision that orders it to be made public."""
    id, prize, round_, why, day = fact.arguments
    words = {
        "name": visible(ground.Names(known, "zh")[str(id)]),
        "round": ground.number_words(int(round_), "zh"),
        "prize": ground.prize_of(known.city, prize_words(str(prize), "zh"), "zh"),
    }
    cited = ground.measure(known.city, [cites(known.city, "revocation", why)], "zh")
    ground_words = choice(PREDICATES["revoked"].fields[3], str(why), "zh")
    told = message(
        "web.board.revoked.told", "zh", day=day_words(int(day), "zh"), ground=cited, why=ground_words, **words
    )
    blocks = [{"kind": "text", "text": told}]
    return _decision(known, "revocation", message("web.board.revoked.title", "zh", **words), blocks, int(day), [fact])


def _decision(
    known: Case, kind: str, title: str, blocks: list[dict[str, Any]], day: int, rests: Iterable[Fact]
) -> dict[str, Any]:
    """A decision as a page has it; its documents stand at its end, and where a fact has none it is held."""
    lines = [text(fact) for fact in rests]
    documents = dict.fromkeys(one for line in lines for one in ground.sources(known, line, "zh"))
    if documents:
        joined = message("paper.semicolon", "zh").join(visible(one) for one in documents)
        blocks = [*blocks, {"kind": "text", "text": message("web.board.documents", "zh", documents=joined)}]
    office, contact = ground.signed(known, "zh")
    page = {"title": title, "number": "", "blocks": blocks, "signature": visible(office), "contact": list(contact)}
    held = [] if all(ground.sources(known, line, "zh") for line in lines) else [message("web.board.no_document", "zh")]
    return {"kind": kind, "content": page, "first": day, "last": 0, "held": held, "facts": lines}


def _days(known: Any, kind: str, about: str) -> tuple[int, int]:
    """The first and the last day on file (0: none; an announcement stays)."""
    if kind == "announcement":
        return min((int(row[0]) for row in known.rows("announced")), default=0), 0
    days = [(int(first), last) for list_, first, last in known.rows("notice") if list_ == list_of(kind, about)]
    first, last = min(days, default=(0, 0))
    return first, 0 if last == OPEN else int(last)
