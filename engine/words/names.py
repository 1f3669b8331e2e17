"""What sentences call the place, its government, the award: the table `name` of a regulation, else from its title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from string import capwords

from engine.words.catalogues import catalogue
from engine.words.spoken import spoken
from engine.words.termwords import home, terms_in

_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_KIND = re.compile(r"(?:评审|评选|评定|表彰)?(?:管理|实施|奖励|暂行)?(?:办法|规定|细则)(?:（[^（）]*）)?$")
"""What a title calls the text itself; what stands before it names the award."""


def _catalogue(lang: str) -> Mapping[str, str]:
    return catalogue("engine", lang, "names")


def names(lang: str) -> Mapping[str, str]:
    """The names of the regulation spoken of, by the placeholder that they fill."""
    return names_of(spoken(), lang)


@cache
def names_of(regulation: str, lang: str) -> Mapping[str, str]:
    """The names of a regulation: its own words, else by its title, else those of `rules/terms.lp`."""
    usual = _declared("terms", lang)
    path = home(regulation).with_suffix(".md")
    if not regulation or not path.exists():
        return usual | {"award_title": _as_title(usual["award"], lang)}
    text = path.read_text("utf-8")
    found = _TITLE.search(text)
    own = _declared(regulation, lang)
    derived = _derived(found[1].strip() if found else "", lang)
    called = {"city": regulation.partition("-")[0].capitalize()}
    told = usual | called | derived | own
    told |= {"meeting": _meeting(text, told["government"], lang)} if "meeting" not in own else {}
    return told | {"award_title": _as_title(told["award"], lang)}


def _meeting(text: str, government: str, lang: str) -> str:
    """Who decides at last: the government's standing meeting where the text names it, else the government."""
    words = _catalogue("zh")["meeting.words"]
    return _catalogue(lang)["meeting.named"].format(government=government) if words in text else government


def _as_title(award: str, lang: str) -> str:
    """An award's name as a prize is called by it: in English with capitals."""
    return award if lang == "zh" else capwords(award)


@cache
def award_of(regulation: str) -> str:
    """The whole name of a regulation's award, with its city's, in the language of the law: 济源市市长质量奖."""
    own = _declared(regulation, "zh")
    found = _TITLE.search(home(regulation).with_suffix(".md").read_text("utf-8"))
    place, award = titled(found[1].strip() if found else "")
    return own.get("city", place) + own.get("award", award)


def titled(title: str) -> tuple[str, str]:
    """The place and the award that a regulation's title names: 济源市, 市长质量奖. Empty where it names none."""
    whole = _KIND.sub("", title)
    heads = tuple(key.rpartition(".")[2] for key in _catalogue("zh") if key.startswith("headed."))
    ends = {key.split(".")[1] for key in _catalogue("zh") if key.startswith("place.")}
    for at in range(len(whole) - 1, 0, -1):
        if whole[at - 1] in ends and whole.startswith(heads, at):
            return whole[:at], whole[at:]
    return "", whole


def _derived(title: str, lang: str) -> dict[str, str]:
    place, award = titled(title)
    words = _catalogue(lang)
    beginning = f"place.{place[-1:]}."
    found = {key.removeprefix(beginning): said for key, said in words.items() if key.startswith(beginning)}
    if lang == "zh":
        return found | {"award": award} | ({"city": place} if place else {})
    headed = {key.removeprefix("headed."): said for key, said in words.items() if key.startswith("headed.")}
    said = next((said for head, said in headed.items() if award.startswith(head)), "")
    return found | ({"award": said} if said else {})


def _declared(file: str, lang: str) -> dict[str, str]:
    path = home(file)
    own = terms_in(path.read_text("utf-8"), lang) if path.exists() else {}
    return {key.removeprefix("name."): words for key, words in own.items() if key.startswith("name.")}
