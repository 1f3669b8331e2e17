"""The words of terms: those of `rules/terms.lp`, and those that a regulation adds in its own rule file.

`%@ requirement(seat)` and the lines below it give `requirement.seat`, which names one, and `requirement.seat.not`,
which says what is wrong.
"""

import os
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from engine.words.catalogues import LANGUAGES
from engine.words.spoken import by_regulation, spoken

CALLED = {
    "bar_ground": ("ground",),
    "topic": ("vocabulary.choices.topic",),
    "material_kind": ("vocabulary.choices.material",),
    "certificate_kind": ("vocabulary.choices.certificate",),
    "thing": ("award.gets",),
    "kind": ("vocabulary.choices.applicant_kind",),
    "place": ("vocabulary.choices.seat",),
    "track": ("vocabulary.choices.track",),
    "cap": ("vocabulary.choices.cap",),
    "recommender": ("vocabulary.choices.recommender",),
    "amount_kind": ("vocabulary.choices.amount_kind",),
    "rank_scope": ("vocabulary.choices.rank_scope",),
    "penalty_field": ("vocabulary.choices.penalty_field",),
    "record_kind": ("vocabulary.choices.record_kind",),
    "condition_kind": ("vocabulary.choices.condition_kind",),
    "revocation_ground": ("vocabulary.choices.ground", "review.ground"),
    "prize": ("vocabulary.choices.prize", "prize"),
    "stage": ("vocabulary.choices.stage", "agenda.step"),
    "list": ("vocabulary.choices.list", "agenda.step"),
    "body": ("vocabulary.choices.body",),
    "role": ("vocabulary.choices.body_role",),
    "category": ("vocabulary.choices.category",),
    "pool": ("vocabulary.choices.pool",),
    "purpose": ("vocabulary.choices.purpose",),
    "remedy": ("review.remedy",),
    "check": ("procedure.check",),
    "proposer_office": ("review.office",),
}
"""Where the words of a table's terms are found, if not under the table's own name."""
TERM_TABLES = (*CALLED, "requirement", "note", "name")
"""The tables of which a regulation may declare terms (`prize(gold).`) and word them (`%@ prize(gold)`)."""
_OF_READINGS = {
    "reading": "reading.{0}.label",
    "reading_reason": "reading.{0}.reason",
    "reading_choice": "reading.{0}.{1}",
    "entry": "entry.{0}.label",
    "entry_rule": "entry.{0}.rule",
}
"""Where the words of a reading, of its reason and its choices, and of a rule of entry are found."""
_TERM = re.compile(r"%@\s*(\w+)\(\s*([a-z]\w*)\s*(?:,\s*([a-z]\w*)\s*)?\)")
_CONSTANT = re.compile(r"#const\s+(\w+)\s*=\s*(\d+)\s*\.")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
NAMES = (
    "award", "award_title", "city", "here", "government", "office", "bureau", "chief", "meeting", "expert_pool",
)  # fmt: skip
"""What any sentence may name of the regulation spoken of, as `{award}`."""
_WORDED = re.compile(r"%@\s*(zh|en)(\s+not)?\s*:\s*(.*)")


RULES = Path(os.environ.get("PINGJIANG_RULES") or Path(__file__).resolve().parents[2] / "rules").absolute()
"""Where texts and rules are: the program's own, or another folder of the same form, with more cities in it."""
_ALSO = "PINGJIANG_ALSO"
"""Rule files, or folders of them, whose texts are known beside those in `RULES`; other processes are told by it too."""


def beside() -> Mapping[str, Path]:
    """The rule files of texts that lie elsewhere than in `RULES`, by name; none that is called like one there."""
    return {name: file for name, file in _beside(os.environ.get(_ALSO, "")).items() if file.exists()}


@cache
def _beside(places: str) -> Mapping[str, Path]:
    files: list[Path] = []
    for place in map(Path, filter(None, places.split(os.pathsep))):
        files += sorted(place.glob("*.lp")) if place.is_dir() else [place]
    return {
        file.stem: file.absolute()
        for file in files
        if file.with_suffix(".md").exists() and not (RULES / file.name).exists()
    }


def stand_beside(file: Path) -> None:
    """From here on the text of a rule file is known beside those in `RULES`, in this process and in those it starts."""
    places = [each for each in os.environ.get(_ALSO, "").split(os.pathsep) if each]
    if (place := str(file.absolute())) not in places:
        os.environ[_ALSO] = os.pathsep.join((*places, place))


def home(regulation: str) -> Path:
    """The rule file of a text: in `RULES`, or where else it lies; the text itself is beside it (`.md`)."""
    return beside().get(regulation) or RULES / f"{regulation}.lp"


@by_regulation
def terms(lang: str) -> Mapping[str, str]:
    """The words of the terms of `rules/terms.lp`, and of those that regulations add, in a language, by key.

    Those of the regulation spoken of come before all others.
    """
    own = sorted(path for path in (*RULES.glob("*.lp"), *beside().values()) if path.with_suffix(".md").exists())
    found: dict[str, str] = {}
    for path in own:
        found |= terms_in(path.read_text("utf-8"), lang)
    found |= _standard(lang)
    for path in (path for path in own if path.stem == spoken()):
        found |= terms_in(path.read_text("utf-8"), lang)
    return MappingProxyType(found)


@cache
def _standard(lang: str) -> Mapping[str, str]:
    return terms_in((RULES / "terms.lp").read_text("utf-8"), lang, everywhere=False)


@cache
def standard(table: str) -> tuple[str, ...]:
    """The terms that a table has where a regulation declares none of its own in it, in their order."""
    beginning = f"{called(table)}."
    found = (key.removeprefix(beginning) for key in _standard(LANGUAGES[0]) if key.startswith(beginning))
    return tuple(name for name in found if "." not in name)


@lru_cache(256)
def terms_in(rules: str, lang: str, everywhere: bool = True) -> Mapping[str, str]:
    """The words of the terms that a rule file declares (`%@ table(term)`), in a language, by key.

    `everywhere`: under each key that a term of the table is called by, else under the vocabulary's alone: a standard
    step of the agenda or a prize in a sentence is called by the catalogues.
    A number of the law in them, `{least_years}`, is the value of the file's own `#const`; what else stands in braces
    and is no name of the regulation stays as it is written.
    """
    found: dict[str, str] = {}
    values = dict(_CONSTANT.findall(rules))
    keys: tuple[str, ...] = ()
    for line in (line.strip() for line in rules.splitlines() if "%@" in line):
        if signature := _TERM.fullmatch(line):
            keys = _keys(*signature.groups())[: None if everywhere else 1]
        elif line.startswith("%@") and not _WORDED.fullmatch(line):
            keys = ()
        elif keys and (words := _WORDED.fullmatch(line)) and words[1] == lang:
            said = _PLACEHOLDER.sub(lambda of: values.get(of[1], of[0] if of[1] in NAMES else f"{{{of[0]}}}"), words[3])
            found |= dict.fromkeys((key + (".not" if words[2] else "") for key in keys), said)
    return MappingProxyType(found)


def _keys(table: str, term: str, choice: str | None) -> tuple[str, ...]:
    """The keys of what a `%@` line words: a term of a table, or a reading and one of its choices."""
    if (place := _OF_READINGS.get(table)) and ("{1}" in place) == bool(choice):
        return (place.format(term, choice),)
    return () if choice else tuple(f"{one}.{term}" for one in CALLED.get(table, (table,)))


@by_regulation
def added(table: str) -> tuple[str, ...]:
    """The terms that regulations word in an open table of the vocabulary.

    Those of the regulation spoken of in the order of their words; of all regulations in the order of their names.
    """
    beginning = f"{CALLED.get(table, (table,))[0]}."
    path = home(spoken())
    own = terms_in(path.read_text("utf-8"), LANGUAGES[0]) if spoken() else terms(LANGUAGES[0])
    found = (key.removeprefix(beginning) for key in own if key.startswith(beginning))
    names = dict.fromkeys(name for name in found if "." not in name)
    return tuple(names if spoken() else sorted(names))


def called(table: str) -> str:
    """The key under which the words of a table's terms stand: `vocabulary.choices.seat` of the table `place`."""
    return CALLED.get(table, (table,))[0]


def declared_as(key: str) -> str:
    """The table under which a rule file declares what stands under a key: a `ground` under `bar_ground`.

    The key's own name where that is the table; nothing where it is a list of the vocabulary that is closed.
    """
    known = next((table for table, keys in CALLED.items() if key in keys), "")
    return known or ("" if key.startswith("vocabulary.") else key)
