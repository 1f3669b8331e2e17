"""The catalogue files of every room: `catalogue/<topic>.<lang>.toml`; nested tables give dotted keys."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("zh", "en")
"""The law's own language first."""
FLOORS = ("engine", "explain", "audit", "desk", "web")
"""The floors that keep catalogues."""
_HOUSE = Path(__file__).resolve().parents[2]


def catalogue(room: str, lang: str, topic: str = "") -> Mapping[str, str]:
    """All messages of one room in one language, by dotted key; with a topic those of the files called so."""
    wanted = [file for file in files(lang, (room,)) if topic in ("", file.name.partition(".")[0])]
    return MappingProxyType({key: words for file in wanted for key, words in read(file).items()})


@cache
def files(lang: str, rooms: tuple[str, ...] = FLOORS) -> tuple[Path, ...]:
    """The catalogue files of a language, room by room."""
    if lang not in LANGUAGES:
        raise KeyError(f"{lang}: one of {', '.join(LANGUAGES)}")
    return tuple(file for room in rooms for file in sorted((_HOUSE / room / "catalogue").glob(f"*.{lang}.toml")))


@cache
def read(file: Path) -> Mapping[str, str]:
    """One catalogue file, flattened to dotted keys."""
    found = dict(_flat(tomllib.loads(_raw(file).decode())))
    known(file.name.rsplit(".", 2)[1]).update(found)
    return MappingProxyType(found)


@cache
def known(_lang: str) -> dict[str, str]:
    """What the catalogue files of a language say that have been read so far: no two say the same key."""
    return {}


def likely(key: str, lang: str) -> list[Path]:
    """The catalogues in which every part of a key is written: no other is worth parsing.

    A file named after the key's beginning (`command-decide` for `command.decide.help`) comes first, so that a message
    at start-up costs one small file.
    """
    first, *others = key.split(".")
    found = (file for file in _holding(first, lang) if all(_written(part, file) for part in others))
    return sorted(found, key=lambda file: not key.startswith(_topic(file)))


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


@cache
def _holding(part: str, lang: str) -> tuple[Path, ...]:
    return tuple(file for file in files(lang) if _written(part, file))


@cache
def _written(part: str, file: Path) -> bool:
    """Whether a part of a key is written in a catalogue: keys share most of their parts."""
    return part.encode() in _raw(file)


@cache
def _raw(file: Path) -> bytes:
    return file.read_bytes()
