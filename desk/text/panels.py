"""Panels as a person reads them: who is left out and why, who was drawn, what is missing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from desk.shell import Shell
from engine.facts import day as fact_day
from engine.law import chinese, statute
from engine.panels import called, names, reason
from engine.words import award_of, visible, wrap

if TYPE_CHECKING:
    from engine.draw import Draw, Frozen, Places, Seat, Walk
    from engine.panels import Roster
    from engine.record import Entry, Old, Verified
    from engine.repair import Repair

_ARE_FEW = 12


def panel_heading(roster: "Roster", shell: Shell) -> Iterator[str]:
    """Regulation and round, profile and scope, who is reviewed, what is left over."""
    title = statute(roster.case.city).title
    yield shell.paint(shell.text("panel.title", title=title, round=roster.case.round), bold=True)
    for key in ("interest", "recusal_scope"):
        choice = roster.readings[key]
        words = shell.text(f"reading.{key}.{choice}")
        yield from panel_lines(
            shell,
            shell.text("panel.reading", label=shell.text(f"reading.{key}.label"), words=words, key=key, choice=choice),
        )
    review = roster.reviewed
    if review.pending:
        key = "panel.pending_in" if review.with_pending else "panel.pending_out"
        yield from panel_lines(shell, shell.text(key, who=_some(review.pending)))
    if review.rejected:
        yield from panel_lines(shell, shell.text("panel.rejected", who=_some(review.rejected)))
    idle = [group for group in roster.every_group if group not in roster.groups]
    leftovers = {"idle": idle, "ungrouped": roster.ungrouped, "without_group": roster.without_group}
    for key, ones in leftovers.items():
        if ones:
            yield from panel_lines(shell, shell.text(f"panel.{key}", who=_some(ones)))


def panel_lines(shell: Shell, words: str, indent: int = 0) -> Iterator[str]:
    """A paragraph wrapped behind an indent, the following lines two columns further in."""
    first, *rest = wrap(visible(words), shell.columns - indent - 2)
    yield " " * indent + first
    yield from (" " * (indent + 2) + line for line in rest)


def _some(ones: Sequence[str]) -> str:
    return ", ".join(ones[:_ARE_FEW]) + (f", … ({len(ones)})" if len(ones) > _ARE_FEW else "")


def seed_lines(drawn: "Draw", shell: Shell) -> Iterator[str]:
    """The commitment, the seed, and how much chance its sources hold."""
    from engine.draw import WANTED_BITS, bits, events

    yield shell.text("panel.commitment", commitment=drawn.frozen.commitment)
    if drawn.demo:
        yield shell.paint(shell.text("panel.demo"), "yellow", bold=True)
        return
    sources = events(drawn.frozen.roster.case)
    if drawn.told.published:
        place, on, document = drawn.told.published
        words = shell.text("panel.published", place=place, day=fact_day(on, shell.lang), document=document)
        yield from panel_lines(shell, words)
    else:
        yield from panel_lines(shell, shell.paint(shell.text("panel.not_published"), "yellow"))
    for source, document in drawn.told.cancelled:
        yield from panel_lines(shell, shell.text("panel.cancelled", source=source, document=document))
    for event in sources:
        yield from panel_lines(shell, shell.text("panel.source", order=event.order, name=event.name))
    yield from panel_lines(shell, shell.text("panel.seed", seed=drawn.seed, bits=f"{bits(sources):.1f}"))
    if bits(sources) < WANTED_BITS or len(sources) < 2:
        yield from panel_lines(shell, shell.text("panel.few_bits", bits=f"{bits(sources):.1f}", wanted=WANTED_BITS))


def verified(found: "Verified", name: str, shell: Shell) -> Iterator[str]:
    """That a record is right, and what it was not compared with."""
    yield shell.paint(shell.text("panel.verified", record=visible(name)), "green", bold=True)
    yield from seed_lines(found.drawn, shell)
    yield shell.text("panel.head", head=found.standing.head)
    if found.public:
        yield from panel_lines(shell, shell.paint(shell.text("panel.public"), "yellow"))
    for one in found.not_given:
        yield from panel_lines(shell, shell.paint(shell.text(f"panel.not_given.{one}"), "yellow"))


def result(drawn: "Draw", shell: Shell, brief: bool = False) -> Iterator[str]:
    """Each panel, and below it, unless `brief`, whom its order passed over."""
    roster = drawn.frozen.roster
    known = names(roster)
    walks = {walk.group: walk for walk in drawn.walks}
    for group, seats in drawn.panels.items():
        yield from panel(group, seats, len(seats), shell, known)
        if not brief and group in walks:
            yield from passed(roster, walks[group], shell, known)


def panel(group: str, seats: "Sequence[Seat]", size: int, shell: Shell, known: dict[str, str]) -> Iterator[str]:
    """A panel with its places; those that are vacant in red."""
    yield ""
    yield shell.paint(visible(shell.text("panel.group", group=called(group, known), size=size)), bold=True)
    for seat in seats:
        role = shell.text(f"panels.role.{'leader' if seat.leader else 'member'}")
        words = shell.text("panel.seat", role=role, who=called(seat.id, known), place=seat.place).strip()
        yield from panel_lines(shell, words, 2)
    if len(seats) < size:
        words = shell.text("panel.vacancy", group=group, seats=size - len(seats))
        yield from panel_lines(shell, shell.paint(words, "red", bold=True), 2)


def now(entry: "Entry", roster: "Roster", shell: Shell) -> Iterator[str]:
    """The panels after the last entry."""
    known = names(roster)
    missing = {group: free for group, free, _ in entry.vacant} if entry.hall else {}
    yield ""
    yield shell.paint(
        shell.text("panel.now", number=entry.number, day=fact_day(entry.later.day, shell.lang)), bold=True
    )
    for group, sitting in entry.panels.items():
        yield from panel(group, sitting, len(sitting) + missing.get(group, 0), shell, known)


def passed(roster: "Roster", walk: "Walk", shell: Shell, known: dict[str, str]) -> Iterator[str]:
    """The names of an order that were not taken: interests and tight sets in full, the rest together."""
    together: dict[str, list[str]] = defaultdict(list)
    for place, name, verdict in walk.rows():
        where = shell.text("panel.at", who=name, place=place)
        if verdict == "recused":
            for found in roster.reasons(name, walk.group):
                yield from panel_lines(
                    shell, shell.text("panel.recused", at=where, reason=reason(found, roster, shell.lang, known)), 2
                )
        elif verdict == "unqualified":
            kinds = [reason(found, roster, shell.lang, known) for found in roster.reasons(name, walk.group)]
            together[shell.text("panel.and").join(kinds)].append(where)
        elif verdict in ("full", "load"):
            together[shell.text(f"panel.not_reached.{verdict}")].append(where)
    yield from reserved(walk, shell)
    for words, places in together.items():
        yield from panel_lines(shell, f"{words}{shell.text('panel.colon')}{_some(places)}", 2)


def reserved(walk: "Walk", shell: Shell) -> Iterator[str]:
    """The names kept for other places, each with the set that would have become unfillable."""
    for place, name, verdict in walk.rows():
        at = shell.text("panel.at", who=name, place=place)
        if verdict == "reserved":
            tight = walk.tight[place]
            words = shell.text(
                "panel.reserved",
                at=at,
                seats=seats(tight, shell),
                number=tight.need,
                who=gifts(tight, shell),
                name=name,
                group=walk.group,
            )
            yield from panel_lines(shell, words, 2)
        elif verdict == "for_leader":
            yield from panel_lines(shell, shell.text("panel.for_leader", at=at), 2)


def seats(places: "Places", shell: Shell) -> str:
    """Free places as words: G1 3 places, leader included; G3 the leader's place."""
    return shell.text("panel.and").join(
        shell.text(f"panel.places.{one.only}", group=one.group, free=one.free) for one in places.places
    )


def gifts(places: "Places", shell: Shell) -> str:
    """Who can give how many of some places."""
    given = [shell.text("panel.gives", who=one.reviewer, number=one.gives) for one in places.give]
    return _some(given) or shell.text("panel.nobody")


def afterwards(entry: "Entry", roster: "Roster", shell: Shell) -> Iterator[str]:
    """An entry after the draw: what became known, who leaves and why, who follows, or that nobody could."""
    known = names(roster)
    day = fact_day(entry.later.day, shell.lang)
    words = shell.text(
        "panel.entry", number=entry.number, day=day, because=entry.later.because, document=entry.later.document
    )
    yield from panel_lines(shell, words)
    for group in entry.dissolved:
        yield from panel_lines(shell, shell.text("panel.dissolved", group=called(group, known)), 2)
    for who, group, reasons in entry.leaves:
        told = shell.text("panel.and").join(reason(one, roster, shell.lang, known) for one in reasons)
        left = shell.text("panel.leaves", who=called(who, known), group=group, reason=told)
        yield from panel_lines(shell, left, 2)
    yield from _decided(entry, known, shell)
    for walk in entry.walks:
        for place, name in walk.taken:
            follows = shell.text("panel.follows", who=called(name, known), group=walk.group, place=place)
            yield from panel_lines(shell, follows, 2)
        yield from reserved(walk, shell)
    for leader, by in entry.leaders:
        yield from panel_lines(shell, shell.text(f"panel.leads_on.{by}", who=leader.reviewer, group=leader.group), 2)
    if entry.hall:
        yield from panel_lines(shell, shell.paint(shell.text("panel.vacant"), "red", bold=True), 2)
        for group, free, _ in entry.vacant:
            yield from panel_lines(shell, shell.paint(shell.text("panel.vacancy", group=group, seats=free), "red"), 4)
        yield from panel_lines(shell, _hall(entry.hall, shell), 2)
        yield from mended(entry.repairs, shell, 2, "_after")
        if entry.asking:
            who = shell.text("panel.and").join(called(name, known) for name in entry.asking)
            yield from panel_lines(shell, shell.text("panel.asking", who=who), 2)
    yield shell.text("panel.head", head=entry.hash)


def _decided(entry: "Entry", known: dict[str, str], shell: Shell) -> Iterator[str]:
    """What was decided where nobody could be found."""
    for who, accepted in entry.later.asked:
        words = shell.text(f"panel.asked.{'yes' if accepted else 'no'}", who=called(who, known))
        yield from panel_lines(shell, words, 2)
    for group, number in entry.later.fewer:
        yield from panel_lines(shell, shell.text("panel.step.seats", of=called(group, known), number=number), 2)
    for one in entry.reopened:
        who = called(one.reviewer, known)
        yield from panel_lines(shell, shell.text("panel.reopened", who=who, group=one.group, ticket=one.ticket), 2)


def _hall(hall: "Places", shell: Shell) -> str:
    return shell.text(
        "panel.hall", seats=seats(hall, shell), number=hall.need, who=gifts(hall, shell), places=hall.given
    )


def impossible(frozen: "Frozen", hall: "Places", repairs: Sequence["Repair"], shell: Shell) -> Iterator[str]:
    """Why there is no set of panels, in plain words, and what would make one possible."""
    roster = frozen.roster
    known = names(roster)
    yield ""
    yield shell.paint(shell.text("panel.none"), "red", bold=True)
    yield from panel_lines(shell, _hall(hall, shell))
    together: dict[str, list[str]] = defaultdict(list)
    for group in hall.groups:
        for name in sorted(roster.tied[group]):
            for found in roster.reasons(name, group):
                if found.interest:
                    together[
                        shell.text("panel.away", who=name, group=group, reason=reason(found, roster, shell.lang, known))
                    ] = []
    if together:
        yield shell.text("panel.removed")
        for words in list(together)[:_ARE_FEW]:
            yield from panel_lines(shell, words, 2)
    yield ""
    yield from mended([repair.json() for repair in repairs], shell)


def mended(repairs: Sequence[Mapping[str, Any]], shell: Shell, indent: int = 0, after: str = "") -> Iterator[str]:
    """Repairs with their prices, as a record has them, and whether nothing cheaper is possible."""
    yield from panel_lines(shell, shell.text(f"panel.repairs{after}" if repairs else "panel.no_repairs"), indent)
    if any(not repair["proved"] for repair in repairs):
        yield from panel_lines(shell, shell.text("panel.unproved", bound=repairs[0]["bound"]), indent)
    for repair in repairs:
        steps = [shell.text(f"panel.step.{step['step']}", **_step(step)) for step in repair["steps"]]
        words = shell.text("panel.repair", cost=repair["cost"], steps=shell.text("panel.and").join(steps))
        yield from panel_lines(shell, words, indent + 2)


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    """A step of a repair, its fields by the names that the sentences have."""
    of = next((step[key] for key in ("reviewer", "group", "applicant", "industry") if key in step), "")
    number = step["frees"] if "frees" in step else step.get("number", step.get("to", 0))
    return {"of": of, "from": step.get("from", ""), "to": step.get("to", ""), "number": number}


def announcement(kept: "Frozen", shell: Shell) -> Iterator[str]:
    """What is published before the draw: C, the sources with their days, who may object until when."""
    from engine.draw import events

    case = kept.roster.case
    number = chinese(case.round) if shell.lang == "zh" else case.round
    yield shell.text("panel.announcement", award=award_of(case.city), round=number, commitment=kept.commitment)
    for event in (sources := events(case)):
        parts = shell.text("panel.and").join(
            shell.text(
                "panel.announce_part",
                part=part.name,
                numbers=part.numbers,
                low=part.low,
                high=part.high,
                kind=shell.text(f"panel.kind.{part.kind}"),
            )
            for part in event.parts
        )
        on = fact_day(event.day, shell.lang)
        yield shell.text("panel.announce_source", order=event.order, name=event.name, day=on, parts=parts)
        if event.reserve:
            name, due = event.reserve
            yield shell.text("panel.announce_reserve", order=event.order, name=name, day=fact_day(due, shell.lang))
    if not sources:
        yield shell.text("panel.no_sources")
    if kept.fixed:
        yield shell.text("panel.announce_follows", head=kept.fixed.head)
    for (until,) in case.rows("objections_until"):
        yield shell.text("panel.announce_objections", day=fact_day(int(until), shell.lang))
    for old, published, why, document in case.rows("replaced_freeze"):
        on = fact_day(int(published), shell.lang)
        yield shell.text("panel.announce_replaced", commitment=old, day=on, reason=why, document=document)


def set_aside(olds: "Sequence[Old]", shell: Shell) -> Iterator[str]:
    """Of each replaced freeze that was drawn all the same: that its draw is set aside, with the head of its record."""
    for old in olds:
        if old.drawn:
            told = {"commitment": old.frozen.commitment, "head": old.drawn.standing.head}
            yield shell.text("panel.announce_set_aside", **told)
