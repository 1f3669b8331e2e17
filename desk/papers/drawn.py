"""The record of a draw as a paper (随机抽取记录): seed, order, withdrawals with their articles, result, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import floor

from desk.papers import ground
from desk.papers.panels import announced
from engine.draw import GROUP, MEMBER, WANTED_BITS, Draw, Places, Seat, bits, events, ticket
from engine.facts import day as fact_day
from engine.panels import names, reason
from engine.record import Entry
from engine.words import text
from explain.letter import Block, Heading, Note, Paper, Table, Text

SIGNERS = ("operator", "supervision", "notary")
ANNEX = 2_000
"""Names up to which the annex has every ticket."""


def record(drawn: Draw, done: Sequence[Entry] = (), day: int = 0, lang: str = "zh") -> Paper:
    """The paper of a draw; who drew, where and when, and the signatures are left open."""
    roster = drawn.frozen.roster
    case = roster.case
    words = ground.setting(case.city, case.round, lang)

    def say(key: str, **more: object) -> str:
        return text(f"paper.draw_record.{key}", lang, **more)

    known = names(roster)
    profile = text(f"reading.interest.{roster.profile}", lang)
    scope = text(f"reading.recusal_scope.{roster.scope}", lang)
    blocks: list[Block] = [
        ground.under("paper.draw_record.opening", case.city, roster.provisions.get("lots"), lang, words),
        Heading(say("how")),
        Text(say("method")),
        Table((say("commitment"),), ((drawn.frozen.commitment,),)),
        *(Text(line) for line in _told(drawn, lang)),
        Text(say("profile", profile=profile, scope=scope)),
        _seed(drawn, lang),
        Text(say("order", groups="、".join(known.get(group, group) for group in drawn.order))),
        Heading(say("result")),
        _panels(drawn.panels, known, lang),
        Heading(say("withdrawals")),
    ]
    rows = tuple(_withdrawals(drawn, known, lang))
    header = tuple(say(name) for name in ("group", "reviewer", "reason"))
    blocks.append(Table(header, rows, (3, 3, 8)) if rows else Text(say("nobody")))
    if kept := tuple(_reserved(drawn, known, lang)):
        blocks += [Heading(say("reserved")), Table(header, kept, (3, 3, 8))]
    if done:
        blocks += [Heading(say("replacements")), *(Text(line) for line in _replaced(done, known, lang))]
        blocks += [Text(say("now")), _panels(done[-1].panels, known, lang)]
    blocks += [Heading(say("signatures")), Table(tuple(say(one) for one in SIGNERS), (("",) * len(SIGNERS),))]
    if drawn.demo:
        blocks.append(Note(say("demo")))
    elif (given := floor(bits(events(case)))) < WANTED_BITS:
        blocks.append(Note(say("few_bits", bits=given, wanted=WANTED_BITS)))
    blocks.append(Note(say("check")))
    blocks += _annex(drawn, known, lang)
    signature, contact = ground.signed(case, lang)
    title = say("title", **words)
    return Paper("draw_record", title, tuple(blocks), signature=signature, contact=contact, day=day, draft=drawn.demo)


def _seed(drawn: Draw, lang: str) -> Table:
    header = tuple(text(f"paper.draw_record.{name}", lang) for name in ("source", "bits"))
    if drawn.demo:
        return Table(header, ((drawn.seed, "0"),), (10, 3))
    texts = {piece.partition(":")[0].replace("r", ""): piece.partition(":")[2] for piece in drawn.seed.split(";")}
    rows = [
        (text("paper.draw_record.numbers", lang, source=event.name, numbers=texts[part.name]), f"{part.bits:.1f}")
        for event in events(drawn.frozen.roster.case)
        for part in event.parts
    ]
    return Table(header, tuple(rows), (10, 3))


def _told(drawn: Draw, lang: str) -> Iterator[str]:
    """Where C was published, every C it replaced, what was cancelled."""
    yield from announced(drawn, lang)
    for source, document in drawn.told.cancelled:
        yield text("paper.draw_record.cancelled", lang, source=source, document=document)


def _annex(drawn: Draw, known: dict[str, str], lang: str) -> Iterator[Block]:
    """The tickets beside the names, group by group; of a large round down to the last name taken."""
    yield Heading(text("paper.draw_record.annex", lang))
    whole = sum(len(walk.names) for walk in drawn.walks) <= ANNEX
    if not whole:
        yield Note(text("paper.draw_record.annex_short", lang))
    lots = [(known.get(g, g), ticket(drawn.seed, drawn.frozen.commitment, GROUP, g)) for g in drawn.order]
    yield Table(tuple(text(f"paper.draw_record.{name}", lang) for name in ("group", "ticket")), tuple(lots), (4, 10))
    header = tuple(text(f"paper.draw_record.{name}", lang) for name in ("place", "reviewer", "verdict", "ticket"))
    for walk in drawn.walks:
        last = max((place for place, _ in walk.taken), default=0)
        rows = tuple(
            (
                str(place),
                f"{name} {known[name]}" if name in known else name,
                text(f"panels.verdict.{verdict}", lang),
                ticket(drawn.seed, drawn.frozen.commitment, walk.group, MEMBER, name),
            )
            for place, name, verdict in walk.rows()
            if whole or place <= last
        )
        yield Text(text("paper.draw_record.annex_group", lang, group=known.get(walk.group, walk.group)))
        yield Table(header, rows, (2, 4, 4, 10))


def _panels(panels: Mapping[str, Sequence[Seat]], known: dict[str, str], lang: str) -> Table:
    header = tuple(text(f"paper.draw_record.{name}", lang) for name in ("group", "role", "reviewer", "place"))
    rows = tuple(
        (known.get(group, group), text(f"panels.role.{role}", lang), known.get(seat.id, seat.id), str(seat.place))
        for group, seats in panels.items()
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
                words = _tight(walk.tight[place], known, lang)
                yield known.get(walk.group, walk.group), known.get(name, name), words
            elif verdict == "for_leader":
                words = text("paper.draw_record.for_leader", lang)
                yield known.get(walk.group, walk.group), known.get(name, name), words


def _tight(found: Places, known: dict[str, str], lang: str) -> str:
    """A tight set as a sentence: which places, who can give how many of them, and that none is to spare."""
    places = "、".join(
        text(f"paper.draw_record.{one.only}", lang, group=known.get(one.group, one.group), free=one.free)
        for one in found.places
    )
    who = "、".join(
        text("paper.draw_record.gives", lang, who=known.get(one.reviewer, one.reviewer), number=one.gives)
        for one in found.give
    )
    return text("paper.draw_record.tight", lang, places=places, number=found.need, who=who)


def _replaced(done: Sequence[Entry], known: dict[str, str], lang: str) -> Iterator[str]:
    """Each entry: its day and reason, who left, who followed or that nobody could."""
    for entry in done:
        yield text(
            "paper.draw_record.entry",
            lang,
            day=fact_day(entry.later.day, lang),
            because=entry.later.because,
            document=entry.later.document,
        )
        for who, group, _ in entry.leaves:
            yield text("paper.draw_record.leaves", lang, who=known.get(who, who), group=known.get(group, group))
        for walk in entry.walks:
            for place, name in walk.taken:
                yield text(
                    "paper.draw_record.follows",
                    lang,
                    who=known.get(name, name),
                    group=known.get(walk.group, walk.group),
                    place=place,
                )
        if entry.hall:
            yield text("paper.draw_record.vacant", lang)
        yield text("paper.draw_record.head", lang, head=entry.hash)
