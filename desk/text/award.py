"""Award sets as the bureau reads them: winners with what they get, places left, the others with their reasons."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby

from desk.shell import Shell
from desk.text.decisions import in_force, not_checked
from desk.text.records import recorded
from desk.text.rows import MANY, columns
from desk.text.rows import row as table_row
from engine.award import Award, AwardSet, Candidates, Check, Need
from engine.case import Case
from engine.law import statute
from engine.words import shown, visible, wrap

_SHOWN = 20
"""So many sets are written out where nobody says how many."""


def award_lines(award: Award, names: Mapping[str, str], shell: Shell, limit: int | None = None) -> Iterator[str]:
    """Heading, sets (`limit` of them), ties, who is no candidate, notes, readings."""
    told = award.sets[: _SHOWN if limit is None else limit]
    yield from award_heading(award.case, shell)
    key = "award.fullest" if award.fullest else "award.lawful"
    yield shell.paint(shell.text(key, count=award.count), bold=True)
    if award.tie:
        yield from _wrapped(shell.text("award.tie", who=_some(award.tie)), shell)
    for index, one in enumerate(told):
        yield ""
        yield from award_set(award, index, one, names, shell)
    if award.count > len(told):
        yield ""
        yield shell.text("award.more", count=award.count - len(told))
    yield ""
    yield from _others(award.who, names, shell)
    for _, kind, fact in award.notes:
        words = shell.text("award.note", fact=recorded(fact, shell.lang), note=shell.text(f"note.{kind}"))
        yield from _wrapped(words, shell)
    yield from in_force(award.city, award.readings, shell)
    yield from not_checked(award.city, "award", shell)


def award_heading(case: Case, shell: Shell) -> Iterator[str]:
    """The regulation and the round."""
    title = statute(case.city).title
    yield shell.paint(shell.text("award.title", title=title, round=case.round), bold=True)


def award_set(award: Award, index: int, one: AwardSet, names: Mapping[str, str], shell: Shell) -> Iterator[str]:
    """One set: its winners by prize, then why each of the others has nothing."""
    yield shell.paint(shell.text("award.set", number=index + 1), bold=True)
    for prize in one.winners:
        yield "  " + shell.paint(_prize(award, prize, one, shell), "green")
        yield from (f"    {line}" for line in winners(award, one, prize, names, shell))
    for id, rows in groupby(one.denied, key=lambda row: row[0]):
        yield "  " + _who(award.who, id, names)
        for _, prize, key in rows:
            yield from _wrapped(reason(award, one, id, prize, key, shell), shell, 4)


def winners(award: Award, one: AwardSet, prize: str, names: Mapping[str, str], shell: Shell) -> Iterator[str]:
    """A prize's winners, each with what it gets and under which articles."""
    if not one.winners[prize]:
        yield shell.text("award.nobody")
        provisions = award.who.provisions
        provision = provisions.get("nobody", provisions.get("vacancy"))
        if provision and not award.who.reached(prize):
            yield shell.text("award.nobody_reaches", citation=provision.citation)
    for id in one.winners[prize]:
        winner = award.who.candidates[id]
        got = [thing for thing in award.who.things if thing in winner.brings.get(prize, ())]
        gets = shell.text("table.and").join(shell.text(f"award.gets.{thing}") for thing in got)
        again = shell.text("award.again") if prize in winner.rewin else ""
        beyond = shell.text("award.beyond_quota") if prize not in winner.counts else ""
        citations = " ".join(p.citation for p in winner.cited.get(prize, ()))
        yield f"{_who(award.who, id, names)}  {gets}{again}{beyond}  {citations}"


def why(
    award: Award, id: str, need: Need | None, names: Mapping[str, str], shell: Shell, limit: int | None = None
) -> Iterator[str]:
    """One candidate in the sets (`limit` of them): its prize or its reasons; and what its score would have to be."""
    yield _who(award.who, id, names)
    told = award.sets[: _SHOWN if limit is None else limit]
    for index, one in enumerate(told):
        won = [prize for prize, ids in one.winners.items() if id in ids]
        label = shell.text("award.set", number=index + 1)
        if won:
            yield f"  {label}: {shell.text(f'prize.{won[0]}')}"
            continue
        yield f"  {label}:"
        for _, prize, key in (row for row in one.denied if row[0] == id):
            yield from _wrapped(reason(award, one, id, prize, key, shell), shell, 4)
    if award.count > len(told):
        yield "  " + shell.text("award.more", count=award.count - len(told))
    if need:
        yield from _wrapped(
            shell.text(f"award.need.{'exceeds' if need.exceeds else 'reaches'}", score=shown(need.score)), shell
        )


def verdict(check: Check, case: Case, shell: Shell) -> Iterator[str]:
    """A committee's own choice, judged."""
    yield from award_heading(case, shell)
    key = "award.check.lawful" if check.lawful else "award.check.unlawful"
    yield shell.paint(shell.text(key), "green" if check.lawful else "red", bold=True)
    yield from judgment(check, shell)
    yield from in_force(case.city, check.readings, shell)


def judgment(check: Check, shell: Shell) -> Iterator[str]:
    """What speaks against a choice, what it leaves vacant, what whoever decides must know."""
    for breach in check.breaches:
        citation = breach.provision.citation if breach.provision else ""
        ids = [_strange(id, check, shell) for id in breach.ids] if breach.breach == "candidate" else breach.ids
        words = shell.text(f"award.breach.{breach.breach}", who=_some(tuple(ids)))
        yield from _wrapped(f"{citation} {words}".strip(), shell)
    for prize, ids in check.left_vacant.items():
        words = shell.text("award.check.vacant", prize=shell.text(f"prize.{prize}"), who=_some(ids))
        yield from _wrapped(f"{check.vacancy.citation} {words}" if check.vacancy else words, shell)
    for _, kind, fact in check.notes:
        words = shell.text("award.note", fact=recorded(fact, shell.lang), note=shell.text(f"note.{kind}"))
        yield from _wrapped(words, shell)


def _strange(id: str, check: Check, shell: Shell) -> str:
    """Somebody chosen who is no candidate, with the reason."""
    return shell.text("award.strange", id=id, why=shell.text(f"award.none.{check.strangers[id]}"))


def reason(award: Award, one: AwardSet, id: str, prize: str, key: str, shell: Shell) -> str:
    """Why a candidate has not a prize in a set, with the provision."""
    candidates = award.who.candidates
    ahead = award.ahead(one, candidates[id], prize, key)
    who = ", ".join(_ranked(award, other, shell) for other in ahead)
    provision = award.governs(one, id, prize, key)
    words = shell.text(f"award.reason.{key}", who=who)
    return f"{shell.text(f'prize.{prize}')}: {provision.citation + ' ' if provision else ''}{words}"


def _ranked(award: Award, id: str, shell: Shell) -> str:
    score = shown(award.who.candidates[id].score)
    return shell.text("award.ranked", id=visible(id), rank=award.who.rank(id), score=score)


def _others(who: Candidates, names: Mapping[str, str], shell: Shell) -> Iterator[str]:
    if who.others:
        yield shell.text("award.no_candidates")
    words = {reason: shell.text(f"award.none.{reason}") for reason in who.others.values()}
    if len(who.others) > MANY:
        for reason, number in sorted(Counter(who.others.values()).items()):
            yield f"  {number:>6}  {words[reason]}"
        return
    widths = columns(((id, names.get(id, "")) for id in who.others), words.values(), shell, 2)
    for id, reason in who.others.items():
        citations = "".join(f" {provision.citation}" for provision in who.objected.get(id, ()))
        yield from table_row(id, names.get(id, ""), f"{words[reason]}{citations}", widths, shell, 2)
    if who.objected:
        yield from _wrapped(shell.text("award.anew"), shell)


def _prize(award: Award, prize: str, one: AwardSet, shell: Shell) -> str:
    places = one.vacant.get(prize, {})
    if len(places) > 1:
        vacant = ", ".join(f"{shell.text(f'award.division.{d}')} {number}" for d, number in places.items())
    elif (left := award.places_left(one, prize)) is not None:
        vacant = str(left)
    else:
        return shell.text("award.unlimited", prize=shell.text(f"prize.{prize}"))
    named = shell.text(f"prize.{prize}")
    shared = award.shares(one, prize)
    before = [*one.winners][: [*one.winners].index(prize)]
    told = [other for other in shared if other in before and prize in award.shares(one, other)]
    if not shared:
        return shell.text("award.prize", prize=named, vacant=vacant)
    others = shell.text("table.and").join(shell.text(f"prize.{other}") for other in told or shared)
    return shell.text(f"award.prize_{'counted' if told else 'shared'}", prize=named, vacant=vacant, others=others)


def _who(who: Candidates, id: str, names: Mapping[str, str]) -> str:
    return f"{visible(id)}  {visible(names.get(id, ''))}  {shown(who.candidates[id].score)}"


def _some(ids: tuple[str, ...]) -> str:
    return ", ".join(map(visible, ids[:_SHOWN])) + (f", … ({len(ids)})" if len(ids) > _SHOWN else "")


def _wrapped(words: str, shell: Shell, indent: int = 2) -> Iterator[str]:
    yield from (" " * indent + line for line in wrap(words, shell.columns - indent))
