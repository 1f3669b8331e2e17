"""What stands between reviewers and panels, in words."""

from __future__ import annotations

from collections.abc import Mapping

from engine.answers import Interest
from engine.facts import fact, sentence
from engine.panels.rosters import Reason, Roster
from engine.words import text


def names(roster: Roster) -> dict[str, str]:
    """The names on file, by identifier."""
    return roster.case.names


def called(id: str, known: Mapping[str, str]) -> str:
    """An identifier with its name, if it has one."""
    return f"{id} {known[id]}" if id in known else id


def chain(tie: Interest, lang: str, known: Mapping[str, str]) -> str:
    """The facts of an interest as sentences, from the person to the applicant."""
    labels = {id: f"{name}（{id}）" if lang == "zh" else f"{name} ({id})" for id, name in known.items()}
    return text("panels.link", lang).join(sentence(fact(one), lang, labels) for one in tie.facts)


def reason(found: Reason, roster: Roster, lang: str, known: Mapping[str, str]) -> str:
    """A reason with its provision; an interest with its chain and the profile's source."""
    cited = text("panels.cited", lang, citation=found.provision.citation) if found.provision else ""
    if found.interest is None:
        return text(f"panels.reason.{found.reason}", lang) + cited
    tie = found.interest
    source = text(f"panels.source.{tie.source(roster.profile, roster.ties.days[tie.applicant])}", lang)
    return text(
        "panels.interest",
        lang,
        limb=text(f"panels.limb.{tie.limb}", lang),
        chain=chain(tie, lang, known),
        cited=cited,
        source=source,
    )
