"""What facts that are each well formed may not say together (VOCABULARY, section 1).

What holds of a predicate stands in its class; only `round` and `reading` are known here by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import gt, itemgetter
from typing import Any

from engine.case.pile import Pile, shown
from engine.case.source import Row
from engine.errors import Place, Problems
from engine.facts import PREDICATES, Fact, Flaw, Predicate, asks, day_text, takes, text
from engine.law import Governed, Provision, governed, in_force, nature, regulation, several, statute, stems
from engine.words import narrow, nearest, speak_of


def check(pile: Pile, problems: Problems) -> None:
    """Add every contradiction of a case to `problems`."""
    speak_of(city_of(pile))
    _round(pile, problems)
    _governed(pile, problems)
    for predicate in PREDICATES.values():
        if pile.rows[predicate.name]:
            _tables(pile, predicate, problems)
            _asked(pile, predicate, problems)
            _contradictions(pile, predicate, problems)
            _order(pile, predicate, problems)
            _never_also(pile, predicate, problems)
            _up_to_round(pile, predicate, problems)
            _follows(pile, predicate, problems)
            _speaks_of(pile, predicate, problems)
            _days(pile, predicate, problems)
            _unbroken(pile, predicate, problems)
            _draws(pile, predicate, problems)
            _calendar(pile, predicate, problems)
            _one_body(pile, predicate, problems)
            _never_part(pile, predicate, problems)
            _cites(pile, predicate, problems)
    told = _alike(pile, problems)
    if pile.complete:
        _declared(pile, problems, told)
    for row in pile.rows["reading"]:
        key, choice = map(str, row)
        reading(key, choice, pile.place("reading", row), problems, shown("reading", row), city_of(pile))


def city_of(pile: Pile) -> str:
    """The text that governs the round that the case is of: its city where that has one; empty where none is told."""
    found = set(pile.rows["round"])
    if len(found) != 1:
        return ""
    ((city, _, deadline),) = found
    return _text(pile, str(city), int(deadline)).text or str(city)


def governed_by(
    city: str, deadline: int, announced: Iterable[Row], submitted: Iterable[Row], readings: Iterable[Row]
) -> Governed:
    """The text that governs a round of a city by its facts, or why none does."""
    chosen = {str(key): str(choice) for key, choice in readings}
    days = {int(row[1]) for row in submitted}
    return governed(city, deadline, next((int(row[0]) for row in announced), 0), chosen, sorted(days))


def _text(pile: Pile, city: str, deadline: int) -> Governed:
    return governed_by(city, deadline, pile.rows["announced"], pile.rows["submitted"], pile.rows["reading"])


def _governed(pile: Pile, problems: Problems) -> None:
    """A round that no text of its city governs, and one that turns on an announcement not on file."""
    for row in set(pile.rows["round"]):
        city, place = str(row[0]), pile.place("round", row)
        chosen = {str(key): str(choice) for key, choice in pile.rows["reading"]}
        if several(city) and chosen.get("round_text") == "announcement" and not pile.rows["announced"]:
            problems.add("text_unannounced", place, fact=shown("round", row))
            continue
        found = _text(pile, city, int(row[2]))
        if found.problem:
            problems.add(found.problem, place, fact=shown("round", row), **_why(found, city, chosen, pile))


def _why(found: Governed, city: str, chosen: Mapping[str, str], pile: Pile) -> dict[str, str]:
    """What the problem says besides the fact of a round that no text governs."""
    if found.force is None:
        return {"known": "、".join(f"{one.text} {day_text(one.first)}" for one in in_force(city, chosen))}
    force = found.force
    key = "ends_day" if found.problem == "text_ended" else "transition"
    told = {
        "title": statute(force.text).title,
        "citation": Provision.parse(force.under[key]).citation,
        "first": day_text(force.first),
    }
    if found.problem == "text_ended":
        return told | {"ends": day_text(force.ends)}
    if found.problem == "text_split":
        rows = sorted(pile.rows["submitted"], key=lambda row: (int(row[1]), str(row[0])))
        return told | {"found": str(rows[0][0]), "other": str(rows[-1][0])}
    return told


def reading(key: str, choice: str, place: Place, problems: Problems, fact: str = "", city: str = "") -> None:
    """Check a reading against the register of the case's own city; what only other cities know against theirs."""
    from engine.law import all_readings

    register = all_readings(city)
    fact = fact or f"{key}={choice}"
    if key not in register:
        near = nearest(key, tuple(register))
        code = "reading_key_near" if near else "reading_key"
        problems.add(code, place, fact=fact, found=key, nearest=near, choices=", ".join(sorted(register)))
    elif choice not in register[key].choices:
        choices = ", ".join(sorted(register[key].choices))
        problems.add("reading_choice", place, fact=fact, found=choice, key=key, choices=choices)


def _round(pile: Pile, problems: Problems) -> None:
    if not pile.rows["round"] and not pile.broken("round") and pile.complete and pile.sources:
        problems.add("no_round", Place(pile.sources[0].name if len(pile.sources) == 1 else ""))


def _tables(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """A term that the regulation of the case's round does not declare, where nobody knew it when the fact was read."""
    for at, field in enumerate(predicate.fields):
        if field.table and (strange := {row[at] for row in pile.rows[predicate.name]} - set(field.choices)):
            for row in pile.rows[predicate.name]:
                if row[at] in strange and isinstance(flaw := field.check(row[at]), Flaw):
                    place = pile.place(predicate.name, row)
                    told = {"fact": shown(predicate.name, row), "found": row[at], "field": field.name}
                    problems.add(flaw.code, place, predicate=predicate.name, **told, **flaw.parameters)


def _asked(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """A fact that has no effect under the regulation of the case's round: it asks for none, or for none about this."""
    model = predicate.model
    if not model.further or (city := city_of(pile)) not in stems() or not takes(predicate.name):
        return
    for row in pile.rows[predicate.name]:
        told = {"predicate": predicate.name, "fact": shown(predicate.name, row), "title": statute(city).title}
        place = pile.place(predicate.name, row)
        if not asks(predicate.name):
            problems.add("fact_not_asked", place, **told)
        elif model.asked_by and model.asked_about:
            (value,) = (row[at] for at in predicate.at(model.asked_about))
            name, arity, at = model.asked_by
            about = {"field": model.asked_about, "found": value}
            if value in {asked[at] for asked in regulation(city).rows(name, arity)}:
                continue
            if under := _settled(predicate, value, city):
                problems.add("settled", place, **told, **about, citation=under)
            else:
                problems.add("value_not_asked", place, **told, **about)


def _settled(predicate: Predicate, value: Any, city: str) -> str:
    """The provision under which the regulation itself settles what a fact would state anew; empty where none does."""
    if not (settled := predicate.model.settled_by):
        return ""
    name, arity, at = settled
    found = next((row for row in regulation(city).rows(name, arity) if row[at] == value), None)
    return Provision.parse(str(found[0])).citation if found else ""


def _contradictions(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """Two facts that agree in the fields of `one_per` and differ elsewhere."""
    if (one_per := predicate.model.one_per) is None:
        return
    rows = pile.rows[predicate.name]
    at = predicate.at(*one_per)
    if len(rows) == (len(set(map(itemgetter(*at), rows))) if at else 1):
        return
    clashes: dict[Row, list[Row]] = defaultdict(list)
    for row in rows:
        clashes[tuple(row[i] for i in at)].append(row)
    for alike in clashes.values():
        first, *others = sorted(alike, key=lambda row: pile.spot(predicate.name, row))
        for row in others:
            problems.add(
                "contradiction",
                pile.place(predicate.name, row),
                predicate=predicate.name,
                fact=shown(predicate.name, row),
                other=shown(predicate.name, first),
                where=str(pile.place(predicate.name, first)),
            )


def _order(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """Two fields of one fact in the wrong order: From > To, Min > Max."""
    if not (ordered := predicate.model.ordered):
        return
    a, b = predicate.at(*ordered)
    rows = tuple(pile.rows[predicate.name])
    if any(map(gt, map(itemgetter(a), rows), map(itemgetter(b), rows))):
        for row in rows:
            if int(row[a]) > int(row[b]):
                code = "from_after_to" if predicate.fields[a].kind == "day" else "min_above_max"
                place = pile.place(predicate.name, row)
                problems.add(code, place, fact=shown(predicate.name, row), low=row[a], high=row[b])


def _never_also(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """The same identifier declared as two things."""
    if not (other := predicate.model.never_also):
        return
    twice = pile.declared(other)
    (at,) = predicate.at(predicate.model.declares or "")
    for row in pile.rows[predicate.name]:
        if row[at] in twice:
            place = pile.place(predicate.name, row)
            problems.add("never_also", place, fact=shown(predicate.name, row), found=row[at], other=other)


def _up_to_round(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """A round later than the case's own."""
    if not (field := predicate.model.up_to_round) or len(pile.rows["round"]) != 1:
        return
    ((_, number, _),) = pile.rows["round"]
    (at,) = predicate.at(field)
    for row in pile.rows[predicate.name]:
        if int(row[at]) > int(number):
            place = pile.place(predicate.name, row)
            problems.add("later_round", place, fact=shown(predicate.name, row), found=row[at], number=number)


def _follows(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """A fact without the one it stands on, or dated before it."""
    if not predicate.model.follows:
        return
    name, fields = predicate.model.follows
    leader = PREDICATES[name]
    at, leader_at = predicate.at(*fields), leader.at(*fields)
    leaders: dict[Row, list[Row]] = defaultdict(list)
    for row in pile.rows[name]:
        leaders[tuple(row[i] for i in leader_at)].append(row)
    for row in pile.rows[predicate.name]:
        found = leaders.get(tuple(row[i] for i in at))
        if not found:
            if pile.complete and not pile.broken(name):
                place = pile.place(predicate.name, row)
                problems.add("without_leader", place, fact=shown(predicate.name, row), leader=leader.signature)
        elif day := predicate.model.not_before:
            (mine,), (theirs,) = predicate.at(day), leader.at(day)
            if early := [other for other in found if int(row[mine]) < int(other[theirs])]:
                place = pile.place(predicate.name, row)
                problems.add("before_leader", place, fact=shown(predicate.name, row), other=shown(name, min(early)))


def _speaks_of(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """A fact about a fact that is not there."""
    if not (field := predicate.model.speaks_of) or not pile.complete:
        return
    (at,) = predicate.at(field)
    named = {str(row[at]).partition("(")[0] for row in pile.rows[predicate.name]}
    there = {text(Fact(name, row)) for name in named & pile.rows.keys() for row in pile.rows[name]}
    for row in pile.rows[predicate.name]:
        if row[at] not in there and not pile.broken(str(row[at]).partition("(")[0]):
            place = pile.place(predicate.name, row)
            problems.add("speaks_of_nothing", place, fact=shown(predicate.name, row), found=row[at])


def _days(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """A day that lies behind one that must follow it."""
    for names, same in ((predicate.model.not_after, True), (predicate.model.before, False)):
        for name in names:
            (mine,), (theirs,) = predicate.at("day"), PREDICATES[name].at("day")
            for row in pile.rows[predicate.name]:
                limit = int(row[mine]) if same else int(row[mine]) + 1
                for other in pile.rows[name]:
                    if int(other[theirs]) < limit:
                        code = "day_after" if same else "day_not_before"
                        place = pile.place(predicate.name, row)
                        problems.add(code, place, fact=shown(predicate.name, row), other=shown(name, other))


def _unbroken(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """A number that leaves out the one before it."""
    if not (field := predicate.model.unbroken) or not pile.complete or pile.broken(predicate.name):
        return
    (at,) = predicate.at(field)
    others = predicate.at(*(name for name in predicate.model.one_per or () if name != field))
    alike: dict[Row, dict[int, Row]] = defaultdict(dict)
    for row in pile.rows[predicate.name]:
        alike[tuple(row[i] for i in others)].setdefault(int(row[at]), row)
    for found in alike.values():
        for number, row in sorted(found.items()):
            if number > 1 and number - 1 not in found:
                place = pile.place(predicate.name, row)
                problems.add(
                    "number_missing",
                    place,
                    predicate=predicate.name,
                    field=field,
                    fact=shown(predicate.name, row),
                    found=number,
                    wanted=number - 1,
                )


def _draws(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """More different numbers than there are."""
    if not (draws := predicate.model.draws):
        return
    many, low, high = predicate.at(*draws)
    (kind,) = predicate.at("kind")
    for row in pile.rows[predicate.name]:
        there = int(row[high]) - int(row[low]) + 1
        if row[kind] != "throws" and 0 < there < int(row[many]):
            place = pile.place(predicate.name, row)
            problems.add("too_few_numbers", place, fact=shown(predicate.name, row), found=row[many], number=there)


def _calendar(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """A day that the working-day calendar knows otherwise."""
    if not (fields := predicate.model.calendar):
        return
    from engine.law import calendar

    day, kind = predicate.at(*fields)
    for row in pile.rows[predicate.name]:
        known = calendar().get(int(row[day]))
        if known is not None and known.working != (row[kind] == "work"):
            place = pile.place(predicate.name, row)
            problems.add("calendar_work" if known.working else "calendar_off", place, fact=shown(predicate.name, row))


def _one_body(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """An applicant's code that somebody else has too, and a code of a person."""
    if not (fields := predicate.model.one_body):
        return
    at, code_at = predicate.at(*fields)
    kinds = {row[0]: row[1] for name in ("winner", "applicant") for row in pile.rows[name]}
    people = pile.declared("reviewer") | {one for one, kind in kinds.items() if nature(str(kind)) != "body"}
    applicants = pile.declared("applicant")
    bearers: dict[str | int, list[Row]] = defaultdict(list)
    for row in pile.rows[predicate.name]:
        bearers[row[code_at]].append(row)
        if row[at] in people:
            place = pile.place(predicate.name, row)
            problems.add("code_of_person", place, fact=shown(predicate.name, row), found=row[at])
    for rows in bearers.values():
        first, *others = sorted(rows, key=lambda row: (row[at] not in applicants, pile.spot(predicate.name, row)))
        for row in others:
            if first[at] in applicants and row[at] != first[at]:
                problems.add(
                    "one_body",
                    pile.place(predicate.name, row),
                    fact=shown(predicate.name, row),
                    other=shown(predicate.name, first),
                    where=str(pile.place(predicate.name, first)),
                )


def _never_part(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """An identifier that stands where only, say, an organization can: each is told once, at its declaration."""
    if not (part := predicate.model.never_part):
        return
    (at,) = predicate.at(predicate.model.declares or "")
    used: dict[str | int, str] = {}
    for other in PREDICATES.values():
        for place_, field in enumerate(other.fields):
            if field.part == part:
                for row in pile.rows[other.name]:
                    used.setdefault(row[place_], shown(other.name, row))
    for row in pile.rows[predicate.name]:
        if row[at] in used:
            place = pile.place(predicate.name, row)
            problems.add("never_part", place, fact=shown(predicate.name, row), found=row[at], other=used[row[at]])


def _cites(pile: Pile, predicate: Predicate, problems: Problems) -> None:
    """A provision that the round's regulation does not have."""
    if not (field := predicate.model.cites) or len(pile.rows["round"]) != 1:
        return
    from engine.law import Provision, statute

    ((city, _, _),) = pile.rows["round"]
    (at,) = predicate.at(field)
    for row in pile.rows[predicate.name]:
        try:
            statute(str(city)).text(Provision.parse(str(row[at])))
        except KeyError:
            place = pile.place(predicate.name, row)
            problems.add(
                "no_such_provision",
                place,
                fact=shown(predicate.name, row),
                found=Provision.parse(str(row[at])).citation,
                title=statute(str(city)).title,
            )


def _alike(pile: Pile, problems: Problems) -> set[str]:
    """Identifiers that nobody could tell apart, written in signs of another width: those that are told."""
    told: set[str] = set()
    declaring = [name for name, predicate in PREDICATES.items() if predicate.model.declares]
    declared = {str(one) for name in declaring for one in pile.declared(name)}
    plain = {narrow(one): one for one in sorted(declared, reverse=True)}
    certain = {one for one in declared if narrow(one) == one}
    plain |= {one: one for one in certain}
    for predicate in PREDICATES.values():
        for at, field in enumerate(predicate.fields):
            if not field.declared_by and predicate.model.declares != field.name:
                continue
            for one in sorted(map(str, pile.column(predicate, field.name) - certain)):
                known = plain.get(narrow(one), one)
                if known == one or (one in declared and not predicate.model.declares):
                    continue
                row = next(row for row in pile.rows[predicate.name] if row[at] == one)
                place, fact = pile.place(predicate.name, row), shown(predicate.name, row)
                problems.add("alike", place, fact=fact, found=repr(one)[1:-1], nearest=known)
                told.add(one)
    return told


def _declared(pile: Pile, problems: Problems, told: set[str]) -> None:
    """Identifiers that no fact declares: each is told once, at its first fact, with the number of its facts."""
    declared = {name: pile.declared(name) for name, p in PREDICATES.items() if p.model.declares}
    anything: set[str | int] | None = None
    lost: dict[tuple[tuple[str, ...], str | int], list[tuple[str, Row]]] = defaultdict(list)
    for predicate in PREDICATES.values():
        for at, field in enumerate(predicate.fields):
            if not field.declared_by or not pile.rows[predicate.name]:
                continue
            missing = pile.column(predicate, field.name)
            if field.declared_by == ("*",):
                missing = missing.difference(*declared.values())
                if missing:
                    anything = pile.known() if anything is None else anything
                    missing -= anything
            else:
                missing = missing.difference(*(declared[name] for name in field.declared_by))
            if missing:
                for row in pile.rows[predicate.name]:
                    if row[at] in missing:
                        lost[field.declared_by, row[at]].append((predicate.name, row))
    for (declared_by, identifier), facts in lost.items():
        if identifier in told:
            continue
        name, row = min(facts, key=lambda fact: pile.order(*fact))
        code = "undeclared_anything" if declared_by == ("*",) else "undeclared"
        problems.add(
            code,
            pile.place(name, row),
            fact=shown(name, row),
            found=identifier,
            number=len(facts),
            wanted=" / ".join(PREDICATES[p].signature for p in declared_by if p in PREDICATES),
        )
