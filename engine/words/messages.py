"""The words of the program itself, kept in catalogues so that a second language is a second file.

Each room keeps `catalogue/<topic>.<lang>.toml`; nested tables give dotted keys, placeholders are those of `str.format`.
The words of terms stand in `rules/terms.lp`: `requirement.seat` names one, `requirement.seat.not` says what is wrong.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("zh", "en")
FLOORS = ("engine", "explain", "audit", "desk", "web")

_TABLES = ("requirement.", "ground.", "name.")
"""Tables whose words stand beside their terms in the rules."""
_CALLED = {"bar_ground": "ground"}
_TERM = re.compile(r"%@ (\w+)\((\w+)\)")
_WORDED = re.compile(r"%@ (zh|en)( not)?: (.*)")

_HOUSE = Path(__file__).resolve().parents[2]


def text(key: str, lang: str, /, **parameters: object) -> str:
    """The sentence behind a key, filled with the parameters; KeyError if the key or a parameter is missing."""
    words = template(key, lang)
    if key.startswith(_TABLES):
        parameters = {**names(lang), **parameters}
    return words.format(**parameters)


@cache
def template(key: str, lang: str) -> str:
    """The sentence behind a key with its placeholders open; KeyError if no catalogue has it.

    A file named after the key's beginning (`command-decide` for `command.decide.help`) is opened first, so that a
    message at start-up costs one small file.
    """
    if key.startswith(_TABLES) and key in (words := terms(lang)):
        return words[key]
    for file in sorted(files(lang), key=lambda file: not key.startswith(_topic(file))):
        if key in (words := read(file)):
            return words[key]
    raise KeyError(f"{key} ({lang})")


def has(key: str, lang: str) -> bool:
    """Whether any catalogue of the language knows the key."""
    return key in terms(lang) if key.startswith(_TABLES) else key in _keys(lang)


@cache
def _keys(lang: str) -> frozenset[str]:
    """Every key of every catalogue of a language."""
    return frozenset(key for file in files(lang) for key in read(file))


@cache
def terms(lang: str) -> Mapping[str, str]:
    """The words of the terms of `rules/terms.lp` in a language, by key."""
    found: dict[str, str] = {}
    key = ""
    for line in (_HOUSE / "rules" / "terms.lp").read_text("utf-8").splitlines():
        if signature := _TERM.fullmatch(line):
            key = f"{_CALLED.get(signature[1], signature[1])}.{signature[2]}"
        elif (words := _WORDED.fullmatch(line)) and words[1] == lang:
            found[key + (".not" if words[2] else "")] = words[3]
    return MappingProxyType(found)


@cache
def names(lang: str) -> Mapping[str, str]:
    """What sentences call the place, the award and the government, by the name of the placeholder."""
    return {key.removeprefix("name."): words for key, words in terms(lang).items() if key.startswith("name.")}


def catalogue(room: str, lang: str) -> Mapping[str, str]:
    """All messages of one room in one language, by dotted key."""
    return MappingProxyType({key: words for file in files(lang, (room,)) for key, words in read(file).items()})


@cache
def files(lang: str, rooms: tuple[str, ...] = FLOORS) -> tuple[Path, ...]:
    """The catalogue files of a language, room by room."""
    if lang not in LANGUAGES:
        raise KeyError(f"{lang}: one of {', '.join(LANGUAGES)}")
    return tuple(file for room in rooms for file in sorted((_HOUSE / room / "catalogue").glob(f"*.{lang}.toml")))


@cache
def read(file: Path) -> Mapping[str, str]:
    """One catalogue file, flattened to dotted keys."""
    return MappingProxyType(dict(_flat(tomllib.loads(file.read_text(encoding="utf-8")))))


def _topic(file: Path) -> str:
    return file.name.partition(".")[0].replace("-", ".") + "."


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, str):
            yield prefix + name, value
        else:
            raise TypeError(f"{prefix}{name}: a message is a string")
