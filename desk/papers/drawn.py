"""The record of a draw as a paper (随机抽取记录): seed, order, withdrawals with their articles, result, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desk.papers import ground
from engine.draw import WANTED_BITS, Draw, Replacement, bits
from engine.panels import names, reason
from engine.words import text
from explain.letter import Block, Heading, Note, Paper, Table, Text

SIGNERS = ("operator", "supervision", "notary")


def record(drawn: Draw, done: Sequence[Replacement] = (), day: int = 0, lang: str = "zh") -> Paper:
    """The paper of a draw; who drew, where and when, and the signatures are left open."""
    roster = drawn.frozen.roster
    case = roster.case
    cited = ground.measure(case.city, [roster.provisions.get("lots")], lang)
    words = {**ground.setting(case.city, case.round, lang), "ground": cited}

    def say(key: str, **more: object) -> str:
        return text(f"paper.draw_record.{key}", lang, **more)

    known = names(roster)
    profile = text(f"reading.interest.{roster.profile}", lang)
    scope = text(f"reading.recusal_scope.{roster.scope}", lang)
    blocks: list[Block] = [
        Text(say("opening", **words)),
        Heading(say("how")),
        Text(say("method")),
        Table((say("commitment"),), ((drawn.frozen.commitment,),)),
        Text(say("profile", profile=profile, scope=scope)),
        _seed(drawn, lang),
        Text(say("order", groups="、".join(known.get(group, group) for group in drawn.order))),
        Heading(say("result")),
        _panels(drawn, known, lang),
        Heading(say("withdrawals")),
    ]
    rows = tuple(_withdrawals(drawn, known, lang))
    header = tuple(say(name) for name in ("group", "reviewer", "reason"))
    blocks.append(Table(header, rows, (3, 3, 8)) if rows else Text(say("nobody")))
    if kept := tuple(_reserved(drawn, known, lang)):
        blocks += [Heading(say("reserved")), Table(header, kept, (3, 3, 8))]
    if done:
        blocks += [Heading(say("replacements")), *(Text(line) for line in _replaced(done, known, lang))]
    blocks += [Heading(say("signatures")), Table(tuple(say(one) for one in SIGNERS), (("",) * len(SIGNERS),))]
    if drawn.demo:
        blocks.append(Note(say("demo")))
    elif sum(map(bits, drawn.seed)) < WANTED_BITS:
        blocks.append(Note(say("few_bits", bits=sum(map(bits, drawn.seed)), wanted=WANTED_BITS)))
    blocks.append(Note(say("check")))
    signature, contact = ground.signed(case, lang)
    title = say("title", **words)
    return Paper("draw_record", title, tuple(blocks), signature=signature, contact=contact, day=day, draft=drawn.demo)


def _seed(drawn: Draw, lang: str) -> Table:
    header = tuple(text(f"paper.draw_record.{name}", lang) for name in ("source", "bits"))
    return Table(header, tuple((source, str(bits(source))) for source in drawn.seed), (10, 3))


def _panels(drawn: Draw, known: dict[str, str], lang: str) -> Table:
    header = tuple(text(f"paper.draw_record.{name}", lang) for name in ("group", "role", "reviewer", "place"))
    rows = tuple(
        (known.get(group, group), text(f"panels.role.{role}", lang), known.get(seat.id, seat.id), str(seat.place))
        for group, seats in drawn.panels.items()
        for seat in seats
        for role in ("leader" if seat.leader else "member",)
    )
    return Table(header, rows, (5, 2, 4, 2))


def _withdrawals(drawn: Draw, known: dict[str, str], lang: str) -> Iterator[tuple[str, str, str]]:
    """Everybody who knows the trade of a group and may not sit there, with every reason; interests always."""
    roster = drawn.frozen.roster
    for group in roster.groups:
        for name in roster.reviewers:
            kinds = roster.kinds(name, group)
            if kinds and ("expertise" not in kinds or "interest" in kinds):
                reasons = (reason(one, roster, lang, known) for one in roster.reasons(name, group))
                yield known.get(group, group), known.get(name, name), "；".join(reasons)


def _reserved(drawn: Draw, known: dict[str, str], lang: str) -> Iterator[tuple[str, str, str]]:
    for walk in drawn.walks:
        for place, name, verdict in walk.rows():
            if verdict == "reserved":
                tight = walk.tight[place]
                who = "、".join(known.get(one, one) for one in tight.reviewers)
                groups = "、".join(known.get(group, group) for group in tight.groups)
                words = text("paper.draw_record.tight", lang, groups=groups, number=tight.number, who=who)
                yield known.get(walk.group, walk.group), known.get(name, name), words


def _replaced(done: Sequence[Replacement], known: dict[str, str], lang: str) -> Iterator[str]:
    for one in done:
        key = "replaced" if one.by else "not_replaced"
        yield text(
            f"paper.draw_record.{key}",
            lang,
            group=known.get(one.group, one.group),
            role=text(f"panels.role.{one.role}", lang),
            who=known.get(one.reviewer, one.reviewer),
            by=known.get(one.by or "", one.by),
        )
