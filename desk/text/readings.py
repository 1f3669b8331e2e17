"""The register of readings in words: a list for a terminal, and the page docs/readings.md."""

from collections.abc import Iterable, Iterator, Mapping

from engine.law import Reading, cited_json, cities, entries, readings, statute
from engine.words import LANGUAGES, has, text

Register = Mapping[str, tuple[Reading, tuple[str, ...]]]


def register(*only: str) -> Register:
    """Every reading with the cities that know it, by key, of the cities named or of all."""
    known = [(city, reading) for city in only or cities() for reading in readings(city).values()]
    keys = sorted({reading.key for _, reading in known})
    return {
        key: (
            next(reading for _, reading in known if reading.key == key),
            tuple(city for city, reading in known if reading.key == key),
        )
        for key in keys
    }


def markdown(known: Register) -> Iterator[str]:
    """The page docs/readings.md: each reading in both languages."""
    yield from (text("register.title", "en"), "", text("register.opening", "zh"), "", text("register.opening", "en"))
    for key, (reading, where) in known.items():
        yield from ("", f"## `{key}`", "", f"{_where(reading, where)}")
        for lang in LANGUAGES:
            yield from ("", f"**{text(f'reading.{key}.label', lang)}**", "")
            yield from (
                f"- `{choice}`{_default(reading, choice, lang)} {text(f'reading.{key}.{choice}', lang)}"
                for choice in reading.choices
            )
            yield from ("", reason(key, where, lang))
    yield from ("", f"## {text('register.entries', 'zh')} {text('register.entries', 'en')}")
    for key, where in rules_of_entry():
        yield from ("", f"### `{key}`", "", ", ".join(where))
        for lang in LANGUAGES:
            yield from ("", f"**{text(f'entry.{key}.label', lang)}**", "", text(f"entry.{key}.rule", lang))


def rules_of_entry(*only: str) -> list[tuple[str, tuple[str, ...]]]:
    """The rules of entry of the cities named or of all, by key, each with the provisions it is about."""
    found: dict[str, list[str]] = {}
    for city in only or cities():
        for one in entries(city):
            found.setdefault(one.key, []).append(f"{city} {one.provision.citation if one.provision else ''}".strip())
    return [(key, tuple(where)) for key, where in sorted(found.items())]


def entry(reading: Reading, where: tuple[str, ...], lang: str) -> dict[str, object]:
    """A reading for a program."""
    return {
        "key": reading.key,
        "cities": list(where),
        **cited_json(reading.provision),
        "default": reading.default,
        "choices": {choice: text(f"reading.{reading.key}.{choice}", lang) for choice in reading.choices},
        "label": text(f"reading.{reading.key}.label", lang),
        "reason": reason(reading.key, where, lang),
    }


def reason(key: str, where: Iterable[str], lang: str) -> str:
    """Why a reading's default is the default in some cities' texts.

    A reason that rests on words (`reason_words`) is given where one of these texts has them; `reason_elsewhere` else.
    """
    if has(f"reading.{key}.reason_words", lang):
        words = text(f"reading.{key}.reason_words", lang)
        if not any(words in said for city in where for said in statute(city).words.values()):
            return text(f"reading.{key}.reason_elsewhere", lang)
    return text(f"reading.{key}.reason", lang)


def _where(reading: Reading, where: tuple[str, ...]) -> str:
    provision = f" {reading.provision.citation}" if reading.provision else ""
    return ", ".join(where) + provision


def _default(reading: Reading, choice: str, lang: str) -> str:
    return text("register.default", lang) if choice == reading.default else ""
