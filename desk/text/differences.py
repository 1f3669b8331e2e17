"""Two runs side by side as a person reads them: facts, outcomes with their causes, award sets, panels, rules."""

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING, Any

from desk.shell import Shell
from desk.text.records import recorded
from engine.facts import PREDICATES, choice
from engine.law import Provision
from engine.words import field_label, visible, wrap

if TYPE_CHECKING:
    from engine.compare import Difference, Turned

_SHOWN = 60


def difference_lines(found: "Difference", names: Mapping[str, str], shell: Shell) -> Iterator[str]:
    """What differs, part by part; one sentence where nothing does."""
    if not found:
        yield shell.text("diff.same")
        return
    if found.text:
        old, new = found.text
        yield from _wrapped(shell.paint(shell.text("diff.text", old=old, new=new), bold=True), shell, 0)
    facts = list(_facts(found, shell))
    if facts:
        yield shell.paint(shell.text("diff.facts"), bold=True)
        yield from _some(facts, shell)
    if found.outcomes:
        yield shell.paint(shell.text("diff.outcomes"), bold=True)
        removed = {one.fact for one in found.facts.all if one.new is None}
        for one in found.outcomes[:_SHOWN]:
            yield from _outcome(one, removed, names, shell)
        yield from _more(len(found.outcomes), shell)
    yield from _awards(found.awards, shell)
    for row in found.panels:
        sides = {side: _ids(row[side]) or shell.text("diff.empty") for side in ("old", "new")}
        yield from _wrapped(shell.text("diff.panel", group=visible(row["group"]), **sides), shell, 0)
    for part, differing in found.basis.items():
        if differing:
            yield from _wrapped(shell.text(f"diff.basis_{part}", names=_ids(differing)), shell, 0)


def _facts(found: "Difference", shell: Shell) -> Iterator[str]:
    rows = found.facts.as_dict()
    for kind in ("removed", "added"):
        yield from (shell.text(f"diff.{kind}", fact=recorded(fact, shell.lang)) for fact in rows[kind])
    for row in rows["changed"]:
        label = field_label(row["fact"].partition("(")[0], row["field"], shell.lang)
        told = {side: _value(row["fact"], row["field"], row[side], shell) for side in ("old", "new")}
        yield shell.text("diff.changed", fact=recorded(row["fact"], shell.lang), field=label, **told)


def _value(fact: str, field: str, value: Any, shell: Shell) -> str:
    """A value as people write it: a choice in words, empty where there is none."""
    if value is None:
        return shell.text("diff.empty")
    known = next(one for one in PREDICATES[fact.partition("(")[0]].fields if one.name == field)
    return visible(choice(known, value, shell.lang) if known.kind == "choice" else str(value))


def _outcome(one: "Turned", removed: Set[str], names: Mapping[str, str], shell: Shell) -> Iterator[str]:
    status = {
        side: shell.text(f"status.{value}") if value else shell.text("diff.none")
        for side, value in (("old", one.old), ("new", one.new))
    }
    key = "regrounded" if one.old == one.new else "turned"
    told = {"id": visible(one.id), "name": visible(names.get(one.id, ""))}
    yield from _wrapped(shell.text(f"diff.{key}", **told, **status), shell, 2)
    owed = [(recorded(fact, shell.lang), fact in removed) for fact in one.because]
    because = shell.text("table.and").join(shell.text("diff.gone", fact=said) if gone else said for said, gone in owed)
    words = shell.text("diff.because", facts=because) if because else shell.text("diff.untold")
    yield from _wrapped(words, shell, 4)
    if one.provisions:
        cited = [Provision.parse(provision).citation for provision in one.provisions]
        yield from _wrapped(shell.text("diff.provisions", provisions=" ".join(cited)), shell, 4)


def _awards(found: Mapping[str, Any], shell: Shell) -> Iterator[str]:
    for kind in ("added", "removed"):
        if ids := found["candidates"][kind]:
            yield from _wrapped(shell.text(f"diff.candidates_{kind}", ids=_ids(ids)), shell, 0)
    sets = found["sets"]
    if not sets["same"]:
        key = "sets_other" if sets["old"] == sets["new"] else "sets"
        told = {side: shell.text("diff.none") if sets[side] is None else sets[side] for side in ("old", "new")}
        yield shell.text(f"diff.{key}", **told)


def _ids(ids: Iterable[str]) -> str:
    return ", ".join(map(visible, ids))


def _some(rows: list[str], shell: Shell) -> Iterator[str]:
    for row in rows[:_SHOWN]:
        yield from _wrapped(row, shell, 2)
    yield from _more(len(rows), shell)


def _more(number: int, shell: Shell) -> Iterator[str]:
    if number > _SHOWN:
        yield "  " + shell.text("hint.more", number=number - _SHOWN)


def _wrapped(words: str, shell: Shell, indent: int) -> Iterator[str]:
    first, *rest = wrap(words, shell.columns - indent - 2)
    yield " " * indent + first
    yield from (" " * (indent + 2) + line for line in rest)
