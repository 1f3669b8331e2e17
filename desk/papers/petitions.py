"""What is put before the government (请示), one matter a paper: a title to be revoked, the proposed winners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import clingo

from desk.papers import ground
from desk.papers.notices import prize_words, prizes
from engine.award import Award
from engine.case import Case
from engine.facts import PREDICATES, fact, sentence
from engine.facts import day as day_words
from engine.law import Provision, cites, heads, statute
from engine.words import has, text
from explain.letter import Block, Paper, Text, applied_because, in_force, spans

GROUND = "conduct"
"""The ground of a revocation that has a window of years from the award."""


def about(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """Whom a revocation is about, as papers are filed: the winner, and which award where there are several."""
    several = sum(one["id"] == row["id"] for one in rows) > 1
    return f"{row['id']} {row['prize']} {row['round']} {row['ground']}" if several else str(row["id"])


class Say(Protocol):
    """A sentence of this paper, filled in."""

    def __call__(self, key: str, **more: object) -> str: ...


def revocation(case: Case, row: Mapping[str, Any], day: int = 0, lang: str = "zh", signer: str = "") -> Paper:
    """The submission for one award that `review` finds (VOCABULARY, section 9)."""
    names = ground.Names(case, lang)
    name, prize = names[row["id"]], prize_words(row["prize"], lang)
    prize = ground.prize_of(case.city, prize, lang)
    office, contact = ground.signed(case, lang)
    words = {
        "name": name,
        "prize": prize,
        "round": ground.number_words(row["round"], lang),
        "office": office or text("paper.open.office", lang),
    }

    def say(key: str, **more: object) -> str:
        return text(f"paper.revocation_proposal.{key}", lang, **words, **more)

    revoking = "revoke" in row["remedies"]
    provision = Provision.parse(row["provision"])
    cited = ground.measure(case.city, [provision], lang, short=True)
    blocks: list[Block] = [Text(_facts(case, row, names, say, lang).strip())]
    law = say("law", ground=cited, words=statute(case.city).text(provision))
    blocks.append(Text((law + _window(case, row, provision, say, lang) + _before(case, row, say, lang)).strip()))
    blocks.append(Text(_request(case, row, provision, revoking, say, lang)))
    if row["ban_years"]:
        blocks.append(Text(say("ban", years=row["ban_years"])))
    attached = dict.fromkeys(one for event in row["events"] for one in ground.sources(case, event, lang))
    return Paper(
        "revocation_proposal",
        say("title" if revoking else "title_after"),
        tuple(blocks),
        addressee=say("government"),
        signature=office,
        day=day,
        contact=contact,
        attachments=tuple(attached),
        signer=signer,
    )


def _facts(case: Case, row: Mapping[str, Any], names: Mapping[str, str], say: Say, lang: str) -> str:
    """The award, what happened since in the order of time, and an earlier revocation."""
    given = next(
        (text_, day)
        for text_, day in _awards(case)
        if text_.startswith(f"awarded({_quoted(row['id'])},{row['prize']},{row['round']},")
    )
    told = say("award", day=day_words(given[1], lang), source=ground.source(case, given[0], lang))
    paid = (row["id"], row["prize"], row["round"]) in case.rows("bonus_paid")
    told += (say("paid") + _recovered(case, row, say, lang) if paid else "") + text("paper.stop", lang)
    if over := row.get("validity"):
        told += say(
            "over",
            until=day_words(int(over["until"].replace("-", "")), lang),
            citation=over["citation"],
            title=statute(case.city).title,
        )
    described = {str(fact): str(words) for fact, words in case.rows("described")}
    whose = {**names, row["id"]: say("holder")}
    for event in sorted(row["events"], key=day_of):
        words = sentence(fact(clingo.parse_term(event)), lang, whose, described=described.get(event, ""))
        told += words + ground.source(case, event, lang) + text("paper.stop", lang)
    if row.get("earlier"):
        told += say(
            "earlier",
            day=day_words(day_of(row["earlier"]), lang),
            source=ground.source(case, row["earlier"], lang),
        )
    return told


def _recovered(case: Case, row: Mapping[str, Any], say: Say, lang: str) -> str:
    """That the money was taken back already, where it need not be any more."""
    award = (row["id"], row["prize"], row["round"])
    taken = next((int(day) for *of, day in case.rows("bonus_recovered") if (*of,) == award), 0)
    return say("recovered", day=day_words(taken, lang)) if taken and "recover_bonus" not in row["remedies"] else ""


def _awards(case: Case) -> Iterator[tuple[str, int]]:
    for id, prize, round, day in case.rows("awarded"):
        yield f"awarded({_quoted(str(id))},{prize},{round},{day})", int(day)


def _quoted(id: str) -> str:
    return str(clingo.String(id))


def day_of(event: str) -> int:
    """The day of a recorded fact, the last where it has several."""
    recorded = fact(clingo.parse_term(event))
    days = (at for at, field in enumerate(PREDICATES[recorded.predicate].fields) if field.kind in ("day", "open_day"))
    return max(int(recorded.arguments[at]) for at in days)


def _window(case: Case, row: Mapping[str, Any], provision: Provision, say: Say, lang: str) -> str:
    """That the event lies within the years that the provision names, from the award."""
    years = ground.years_within(case.city, provision)
    if row["ground"] != GROUND or not years:
        return ""
    start = next(
        day
        for text_, day in _awards(case)
        if f",{row['prize']},{row['round']}," in text_ and text_.startswith(f"awarded({_quoted(row['id'])},")
    )
    until = ground.corresponding(start, years)
    what = say("event" if len(row["events"]) == 1 else "events")
    return say("window", what=what, years=years, until=day_words(until, lang))


def _before(case: Case, row: Mapping[str, Any], say: Say, lang: str) -> str:
    """That the award is older than the text, with the reason for applying it all the same, or the place for one."""
    if not row.get("before_in_force"):
        return ""
    given = applied_because(case)
    why = str(given.arguments[1]).rstrip("。") if given else text("paper.open.why", lang)
    since, provision = in_force(case)
    key = "before_both" if all(day_of(event) < since for event in row["events"]) else "before"
    return say(key, day=day_words(since, lang), force=provision.citation, why=why)


def _request(case: Case, row: Mapping[str, Any], provision: Provision, revoking: bool, say: Say, lang: str) -> str:
    """What is asked for, in the words of the provision: money is taken back (收回) or recovered (追缴)."""
    chase = say("chase")
    chased = "recover_bonus" in row["remedies"] and chase in statute(case.city).text(provision)
    things = [
        _thing(remedy, lang)
        for remedy in row["remedies"]
        if remedy.startswith("recover_") and not (chased and remedy == "recover_bonus")
    ]
    joined = text("paper.and", lang).join(things[:-1])
    other = [one for one in row["remedies"] if not one.startswith("recover_") and one not in ("revoke", "publish")]
    together = text("paper.last_and", lang).join(filter(None, (joined, things[-1]))) if things else ""
    parts = [say("recover", things=together)] if things else []
    parts += [chase] if chased else []
    parts += [text(f"review.remedy.{one}", lang) for one in other]
    comma = text("paper.comma", lang)
    public = say("public") if "publish" in row["remedies"] else ""
    if revoking:
        return say("request", recover="".join(comma + part for part in parts), public=public)
    return say("request_after", recover=comma.join(parts), public=public) if parts else say("request_publish")


def _thing(remedy: str, lang: str) -> str:
    """What is taken back; a thing that only one text grants by that text's word."""
    key = f"paper.thing.{remedy}"
    return text(key if has(key, lang) else f"award.gets.{remedy.removeprefix('recover_')}", lang)


def _objections(case: Case, lang: str) -> tuple[str, str]:
    """The key of what is said of objections to the proposed winners, and whom those are about that are not groundless.

    Open ones come first: nothing is said to be settled while one is not.
    """
    states = {str(id): str(state) for id, list_, state in case.rows("objection") if list_ == "proposed_winners"}
    made = {str(row[0]) for row in case.rows("objection_made") if row[1] == "proposed_winners"}
    found = {id: states.get(id, "pending") for id in sorted({*states, *made})}
    state = next((one for one in ("pending", "upheld", "dismissed") if one in found.values()), "clear")
    known = ground.Names(case, lang)
    names = text("paper.and", lang).join(known[id] for id, one in found.items() if one == state)
    return f"opening_{state}", names


_SAID = {"unpaid": ("withheld", 3), "uncounted": ("uncounted", 2)}
"""What follows of winning again: the head of a text's rule for it, and which of its arguments the provision is."""


def _again(award: Award, chosen: int, lang: str) -> Iterator[dict[str, str]]:
    """Who of the winners wins again and what the text says of it, in its own words, each under its provision.

    Whoever was chosen and is no candidate is passed over: the paper is held, for such a set is not lawful.
    """
    names = ground.Names(award.case, lang)
    found: dict[str, list[str]] = {}
    for prize, ids in award.sets[chosen].winners.items():
        for winner in (award.who.candidates[id] for id in ids if id in award.who.candidates):
            if prize not in winner.rewin:
                continue
            paid, counted = "bonus" in winner.brings.get(prize, ()), prize in winner.counts
            told = [key for key, holds in (("unpaid", not paid), ("uncounted", not counted)) if holds]
            if follows := _follows(award.city, told, winner.cited.get(prize, ()), lang):
                found.setdefault(follows, []).append(names[winner.id])
    for follows, who in found.items():
        yield {"names": text("paper.and", lang).join(who), "follows": follows}


def _follows(city: str, told: Sequence[str], cited: Sequence[Provision], lang: str) -> str:
    """What these provisions say of winning again, quoted; in plain words where a rule marks none of the text's."""
    quoted: dict[Provision, list[str]] = {}
    for key in told:
        name, place = _SAID[key]
        for provision in dict.fromkeys(one.provision(place) for one in heads(city, name)):
            if provision in cited and provision is not None:
                plain = text(f"paper.winners_submission.{key}", lang)
                quoted.setdefault(provision, []).extend(spans(city, provision, (name,)) or [plain])
    return text("paper.and", lang).join(
        text(
            "paper.winners_submission.says",
            lang,
            citation=provision.citation,
            words=_quoted_words(city, provision, rows),
        )
        for provision, rows in sorted(quoted.items())
    )


def _quoted_words(city: str, provision: Provision, words: Sequence[str]) -> str:
    """Words of a provision as one quotation: as they stand where nothing but a comma lies between them."""
    whole = "，".join(words)
    return whole if whole in statute(city).text(provision) else "……".join(words)


def submission(award: Award, chosen: int | None, day: int = 0, lang: str = "zh", signer: str = "") -> Paper:
    """The proposed winners, after their notice, for the standing meeting."""
    case = award.case
    words = ground.setting(case.city, case.round, lang)
    office, contact = ground.signed(case, lang)
    seal = next((str(row[0]) for row in case.rows("seal")), "")
    office = seal or office

    def say(key: str, **more: object) -> str:
        return text(f"paper.winners_submission.{key}", lang, **words, **more)

    provision = cites(case.city, "free_of_objection", "proposed_winners")
    filed = ground.filed_notice(case, "proposed_winners")
    public = filed is not None or ground.publishes(case.city, "proposed_winners") is not None
    if filed and filed[1] < 99990000:
        key, names = _objections(case, lang)
        days = {"first": day_words(filed[0], lang), "last": day_words(filed[1], lang), "names": names}
    else:
        key, days = "opening_open", {}
    opening = ground.under(f"paper.winners_submission.{key}", case.city, provision, lang, words | days)
    title = statute(case.city).title
    key = "again" if provision and public else "again_bare"
    again = [Text(say(key, title=title, **words)) for words in _again(award, chosen or 0, lang)]
    blocks: list[Block] = [*([opening] if public else []), Text(say("list")), *prizes(award, lang, chosen or 0), *again]
    return Paper(
        "winners_submission",
        say("title", office=office or text("paper.open.office", lang)),
        tuple(blocks),
        addressee=say("government"),
        signature=office,
        day=day,
        contact=contact,
        attachments=(say("attachment"),) if public else (),
        signer=signer,
    )
