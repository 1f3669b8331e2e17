"""What the public reads: the announcement (评审公告), the list of applications accepted, the proposed winners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desk.papers import ground
from engine.answers import Decision, in_order
from engine.award import Award
from engine.case import Case
from engine.facts import PREDICATES, Fact, Field, choice
from engine.facts import day as day_words
from engine.law import cites, nature, party, regulation
from engine.words import added, has, spoken, text
from explain.letter import Block, Heading, Note, Paper, Table, Text

LISTS = {"acceptance_notice": "acceptance", "winners_notice": "proposed_winners"}
"""The standard lists, by the paper that publishes each."""
_KIND = next(field for field in PREDICATES["applicant"].fields if field.name == "kind")


def announcement(case: Case, day: int = 0, lang: str = "zh") -> Paper:
    """Who may apply, with what, by when, and how the review goes: each by the provisions that say so."""
    words = ground.setting(case.city, case.round, lang)
    signature, contact = ground.signed(case, lang)
    forward = cites(case.city, "applied_in_steps")
    duty = ground.supplement_duty(case.city)
    office = signature or text("paper.open.office", lang)

    def say(key: str, **more: object) -> str:
        return text(f"paper.announcement.{key}", lang, **words, **more)

    own = regulation(case.city)
    asked = sorted({*ground.articles(case.city, "requires"), *own.provisions("takes")})
    applying = {duty._replace(paragraph=0, item=0)} if duty else set()
    applying |= {forward} if forward else set()
    steps = [*own.provisions("stages_in_order"), *own.provisions("stage_after_stage")]
    first = cites(case.city, "announced_first")
    told = {
        "duty": ground.cited([duty], lang),
        "forward": ground.cited([forward], lang),
        "deadline": day_words(case.deadline, lang),
        "office": office,
    }
    blocks: list[Block] = [
        ground.under("paper.announcement.opening", case.city, first, lang, words, short=True),
        Heading(say("who")),
        Text(
            say(
                "conditions",
                requirements=ground.cited([one for one in asked if one not in applying], lang),
                bars=ground.cited(ground.articles(case.city, "barring_event"), lang),
            )
            + say("judged", deadline=told["deadline"])
        ),
        Heading(say("papers")),
        Text(say("forwarded" if forward else "direct", **told)),
        Heading(say("steps")),
        Text(_course(case.city, ground.cited(steps, lang), lang)),
    ]
    return Paper("announcement", say("title"), tuple(blocks), signature=signature, contact=contact, day=day)


def _course(city: str, stages: str, lang: str) -> str:
    """How the review goes: by which provisions, and which lists are public for how long."""
    days = {str(row[0]): ground.working_days(city, str(row[0])) for row in regulation(city).rows("publishes", 2)}
    if stages and {*days} == {"acceptance", "proposed_winners"} and len({*days.values()}) == 1:
        return text("paper.announcement.procedure", lang, stages=stages, days=days["acceptance"])
    parts = [text("paper.announcement.by_stages", lang, stages=stages)] if stages else []
    for list_, least in days.items():
        key = "list_public" if least else "list_published"
        parts.append(text(f"paper.announcement.{key}", lang, list=list_words(list_, lang), days=least))
    joined = text("paper.semicolon", lang).join(parts) or text("paper.announcement.by_measure", lang)
    return joined[0].upper() + joined[1:] + text("paper.stop", lang).strip()


def listed(decision: Decision) -> list[str]:
    """Who stands on the list of applications accepted, by the day received, then the name.

    What was published decides where it is on file, today's outcome where not.
    """
    return on_list(decision, "acceptance")


def on_list(decision: Decision, list_: str) -> list[str]:
    """Who stands on a list, in that order: by what was published, else whoever is eligible and passed the stage that
    the list comes after; nobody where the text does not say after which."""
    case = decision.case
    published = {str(id) for id, one in case.rows("listed") if one == list_}
    before = stage_before(case.city, list_)
    passed = {str(id) for id, stage, result in case.rows("stage_result") if (stage, result) == (before, "pass")}
    ids = [
        outcome.id
        for outcome in decision.applicants
        if (
            outcome.id in published
            if published
            else outcome.status == "eligible" and (list_ == "acceptance" or outcome.id in passed)
        )
    ]
    received = {str(id): int(day) for id, day in case.rows("submitted")}
    names = case.names
    return sorted(ids, key=lambda id: (received.get(id, 99991231), names.get(id, ""), id))


def unlisted(decision: Decision) -> list[str]:
    """Who applied and does not stand on the list of applications accepted; nobody who withdrew."""
    on = set(listed(decision))
    return [one.id for one in decision.applicants if one.status != "withdrawn" and one.id not in on]


def acceptance(decision: Decision, day: int = 0, lang: str = "zh") -> Paper:
    """The list of applications accepted, and until when objections are heard."""
    case = decision.case
    words = ground.setting(case.city, case.round, lang)
    ids = listed(decision)
    key = f"paper.acceptance_notice.{'opening' if ids else 'none'}"
    blocks: list[Block] = [ground.under(key, case.city, ground.publishes(case.city, "acceptance"), lang, words)]
    blocks += tables(case, ids, lang)
    blocks.append(Text(ground.period(case, "acceptance", day, lang)))
    signature, contact = ground.signed(case, lang)
    title = text("paper.acceptance_notice.title", lang, **words)
    return Paper("acceptance_notice", title, tuple(blocks), signature=signature, contact=contact, day=day)


def list_of(kind: str, about: str = "") -> str:
    """The list that a paper publishes; empty for a paper that publishes none."""
    return about if kind == "list_notice" else LISTS.get(kind, "")


def publication(
    decision: Decision, kind: str, day: int, award: Award | None = None, chosen: int = 0, about: str = ""
) -> list[Fact]:
    """The facts that say a list was published on a day: its notice, to the last day the text demands, and who is on it.

    The announcement's is its day. Nothing for a paper that publishes nothing, nor for what is on file already.
    """
    case = decision.case
    if kind == "announcement":
        return [] if case.rows("announced") else [Fact("announced", (day,))]
    list_ = list_of(kind, about)
    if not list_:
        return []
    ids = named(award, chosen) if kind == "winners_notice" and award else on_list(decision, list_)
    on = {str(id) for id, one in case.rows("listed") if one == list_}
    facts = [Fact("listed", (id, list_)) for id in sorted(ids) if id not in on]
    days = ground.working_days(case.city, list_)
    counted = case.readings.get("notice_first_day") == "included"
    if ground.filed_notice(case, list_) is None:
        last = ground.last_day(day, days, counted) if days else day
        facts.insert(0, Fact("notice", (list_, day, last)))
    return facts


def stage_before(city: str, list_: str) -> str:
    """The stage that a list comes after: the one the text names, else the one before that which waits for the list."""
    own, stages = regulation(city), in_order(city)
    after = [str(row[1]) for row in own.rows("notice_after_stage", 3) if row[0] == list_]
    waiting = [str(row[0]) for row in own.rows("stage_after_notice", 3) if row[1] == list_]
    after += [stages[stages.index(one) - 1] for one in waiting if one in stages[1:]]
    return next(iter(after), "")


def notice(decision: Decision, list_: str, day: int = 0, lang: str = "zh") -> Paper:
    """The notice of a list of the text's own: who stands on it, and until when objections are heard."""
    case = decision.case
    words = ground.setting(case.city, case.round, lang) | {"list": list_words(list_, lang)}
    cited = ground.measure(case.city, [ground.publishes(case.city, list_)], lang)
    ids = on_list(decision, list_)
    blocks: list[Block] = [
        ground.opening(f"paper.list_notice.{'opening' if ids else 'none'}", lang, ground=cited, **words),
        *tables(case, ids, lang),
        Text(ground.period(case, list_, day, lang)),
    ]
    whole = words["list"].endswith(text("paper.list_notice.suffix", lang))
    title = text(f"paper.list_notice.{'titled' if whole else 'title'}", lang, **words)
    signature, contact = ground.signed(case, lang)
    return Paper("list_notice", title, tuple(blocks), signature=signature, contact=contact, day=day)


def tables(case: Case, ids: Sequence[str], lang: str) -> Iterator[Table]:
    """The applicants in one table, or in two where individuals apply as well."""
    kinds, names = ground.kinds(case), ground.Names(case, lang)
    both = "individual" in map(party, kinds.values()) or len({*kinds.values()}) > 1
    for kind in (one for one in _KIND.choices if one in kinds.values()):
        rows = [names[id] for id in ids if kinds[id] == kind]
        if rows:
            caption = _kind_words(kind, lang) if both else ""
            who = party(kind) if both else "name"
            header = _header(lang, "number", who)
            if nature(kind) == "work":
                header = (header[0], text("paper.common.work", lang, kind=_kind_words(kind, lang)))
            yield Table(header, tuple((str(n), name) for n, name in enumerate(rows, 1)), caption=caption)


def _kind_words(kind: str, lang: str) -> str:
    """A kind of applicants, above their table: as the text calls it, where it has a word of its own."""
    key = f"paper.common.{kind}s"
    own = spoken() and kind in added("kind")
    return text(key, lang) if has(key, lang) and not own else choice(_KIND, kind, lang)


def winners(award: Award, day: int = 0, lang: str = "zh", chosen: int | None = None) -> Paper:
    """The list of proposed winners, of the set chosen among the lawful ones.

    Where nobody has chosen among several, the first stands there with a note for staff: it is no list to publish.
    """
    case = award.case
    words = ground.setting(award.city, award.round, lang)
    key = f"paper.winners_notice.{'opening' if _deliberated(case) else 'reviewed'}"
    provision = ground.publishes(award.city, "proposed_winners")
    blocks: list[Block] = [ground.under(key, award.city, provision, lang, words)]
    blocks += prizes(award, lang, chosen or 0)
    blocks.append(Text(ground.period(case, "proposed_winners", day, lang)))
    if chosen is None and award.count > 1:
        known = ground.Names(case, lang)
        tied = text("paper.and", lang).join(known[id] for id in award.tie)
        blocks.append(Note(text("paper.winners_notice.tie", lang, names=tied)))
    signature, contact = ground.signed(case, lang)
    title = text("paper.winners_notice.title", lang, **words)
    return Paper("winners_notice", title, tuple(blocks), signature=signature, contact=contact, day=day)


def _deliberated(case: Case) -> bool:
    """Whether the text names a deliberation among the stages that follow one another, or one is on file."""
    ordered = {str(stage) for *two, _ in regulation(case.city).rows("stage_after_stage", 3) for stage in two}
    return "deliberation" in ordered | {str(stage) for stage, _ in case.rows("stage_day")}


def prizes(award: Award, lang: str, chosen: int) -> Iterator[Block]:
    """The winners of a set in a table, and the prizes that nobody gets."""
    names, kinds = ground.Names(award.case, lang), ground.kinds(award.case)
    name = "organization" if "individual" in map(party, kinds.values()) else "name"
    one = award.sets[chosen]
    rows: list[tuple[str, ...]] = []
    for prize, ids in one.winners.items():
        for id in ids:
            rows.append((str(len(rows) + 1), prize_words(prize, lang), names[id]))
    if not rows:
        yield Text(text("paper.winners_notice.none", lang))
        return
    yield Table(_header(lang, "number", "prize", name), tuple(rows))
    for prize, ids in one.winners.items():
        if not ids:
            yield Text(text("paper.winners_notice.vacant", lang, prize=prize_words(prize, lang)))


def named(award: Award, chosen: int) -> list[str]:
    """Whom a set of winners names."""
    return [id for ids in award.sets[chosen].winners.values() for id in ids]


def _header(lang: str, *names: str) -> tuple[str, ...]:
    return tuple(text(f"paper.common.{name}", lang) for name in names)


def _field(predicate: str, name: str) -> Field:
    return next(field for field in PREDICATES[predicate].fields if field.name == name)


def prize_words(prize: str, lang: str) -> str:
    """A prize in words."""
    return choice(_field("awarded", "prize"), prize, lang)


def list_words(list_: str, lang: str) -> str:
    """A list, or a notice, in words."""
    return choice(_field("objection", "list"), list_, lang)
