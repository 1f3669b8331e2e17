"""Public notices: the applications accepted (受理名单公示), the proposed winners (拟奖名单公示)."""

from __future__ import annotations

from collections.abc import Iterator

from desk.papers import ground
from engine.answers import Decision
from engine.award import PRIZES, Award
from engine.facts import PREDICATES, Field, choice
from engine.words import text
from explain.letter import Block, Note, Paper, Table, Text


def acceptance(decision: Decision, day: int = 0, lang: str = "zh") -> Paper:
    """The list of applications that can be accepted, and until when objections are heard."""
    case = decision.case
    words = {"round": decision.round, "award": ground.award(decision.city)}
    cited = ground.measure(decision.city, ground.publishes(decision.city, "acceptance"), lang)
    accepted = [outcome for outcome in decision.applicants if outcome.status == "eligible"]
    kinds = ground.kinds(case)
    key = "opening" if accepted else "none"
    blocks: list[Block] = [
        Text(text(f"paper.acceptance_notice.{key}", lang, ground=cited, number=len(accepted), **words))
    ]
    if accepted:
        rows = [
            (str(number), outcome.name or outcome.id, _kind(kinds[outcome.id], lang))
            for number, outcome in enumerate(accepted, 1)
        ]
        blocks.append(Table(_header(lang, "number", "name", "type"), tuple(rows), (1, 6, 2)))
        blocks += [Text(ground.period(case, "acceptance", day, lang)), Text(text("paper.common.objection", lang))]
    signature, contact = ground.signed(case, lang)
    title = text("paper.acceptance_notice.title", lang, **words)
    return Paper("acceptance_notice", title, tuple(blocks), signature=signature, contact=contact, day=day)


def winners(award: Award, day: int = 0, lang: str = "zh", chosen: int | None = None) -> Paper:
    """The list of proposed winners, of the set chosen among the lawful ones.

    Where nobody has chosen among several, the first stands there with a note for staff: it is no list to publish.
    """
    case = award.case
    words = {"round": award.round, "award": ground.award(award.city)}
    cited = ground.measure(award.city, ground.publishes(award.city, "proposed_winners"), lang)
    blocks: list[Block] = [Text(text("paper.winners_notice.opening", lang, ground=cited, **words))]
    blocks += _prizes(award, lang, chosen or 0)
    blocks += [Text(ground.period(case, "proposed_winners", day, lang)), Text(text("paper.common.objection", lang))]
    if chosen is None and award.count > 1:
        tied = "、".join(ground.names(case).get(id, id) for id in award.tie)
        blocks.append(Note(text("paper.winners_notice.tie", lang, names=tied)))
    signature, contact = ground.signed(case, lang)
    title = text("paper.winners_notice.title", lang, **words)
    return Paper("winners_notice", title, tuple(blocks), signature=signature, contact=contact, day=day)


def _prizes(award: Award, lang: str, chosen: int) -> Iterator[Block]:
    names, kinds = ground.names(award.case), ground.kinds(award.case)
    one = award.sets[chosen]
    rows: list[tuple[str, ...]] = []
    for prize in PRIZES:
        for id in one.winners[prize]:
            rows.append((str(len(rows) + 1), prize_words(prize, lang), names.get(id, id), _kind(kinds[id], lang)))
    if rows:
        yield Table(_header(lang, "number", "prize", "name", "type"), tuple(rows), (1, 3, 5, 2))
    else:
        yield Text(text("paper.winners_notice.none", lang))
    for prize in PRIZES:
        if rows and (left := sum(one.vacant[prize].values())):
            yield Text(text("paper.winners_notice.vacant", lang, prize=prize_words(prize, lang), number=left))


def _header(lang: str, *names: str) -> tuple[str, ...]:
    return tuple(text(f"paper.common.{name}", lang) for name in names)


def _field(predicate: str, name: str) -> Field:
    return next(field for field in PREDICATES[predicate].fields if field.name == name)


def _kind(kind: str, lang: str) -> str:
    return choice(_field("applicant", "kind"), kind, lang)


def prize_words(prize: str, lang: str) -> str:
    """A prize in words."""
    return choice(_field("awarded", "prize"), prize, lang)
