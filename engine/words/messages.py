"""The sentences of the program, kept in catalogues so that a second language is a second file.

Placeholders are those of `str.format`; the words of terms come from the rules and stand before those of catalogues.
"""

import re
from functools import cache

from engine.words.catalogues import known, likely, read
from engine.words.names import names, names_of
from engine.words.spoken import by_regulation, spoken
from engine.words.termwords import CALLED, NAMES, terms

_TABLES = ("requirement.", "ground.", "name.")
"""Tables whose words stand beside their terms in the rules."""
_UNWORDED = (
    *("reading.", "entry.", "note.", "requirement."),
    *sorted({f"{key}." for keys in CALLED.values() for key in keys}),
)
"""Where what a text's own rules name and do not word goes by its name."""
_NAMED = re.compile(rf"\{{(?:{'|'.join(NAMES)})\}}")


def text(key: str, lang: str, /, **parameters: object) -> str:
    """The sentence behind a key, filled with the parameters; KeyError if the key or a parameter is missing."""
    if not parameters:
        return _whole(key, lang, spoken())
    words, named = _opened(key, lang, spoken())
    if named:
        parameters = {**names(lang), **parameters}
    return words.format(**parameters)


@cache
def _whole(key: str, lang: str, own: str) -> str:
    """A sentence that is asked for without parameters, filled once for each regulation spoken of."""
    words, named = _opened(key, lang, own)
    if not named:
        return words.format()
    return words.format(**names_of(own, lang))


@cache
def _opened(key: str, lang: str, own: str) -> tuple[str, bool]:
    """The sentence with its placeholders open, and whether it may name the place, the award or an authority."""
    words = _template(key, lang, own)
    return words, _NAMED.search(words) is not None


def template(key: str, lang: str) -> str:
    """The sentence behind a key with its placeholders open; KeyError if no catalogue has it."""
    return _template(key, lang, spoken())


@cache
def _template(key: str, lang: str, _own: str) -> str:
    """The same, kept for each regulation spoken of."""
    if (own := terms(lang).get(key)) is not None:
        return own
    if (words := known(lang).get(key)) is not None:
        return words
    for file in likely(key, lang):
        if key in (found := read(file)):
            return found[key]
    if key.startswith(_UNWORDED):
        return _unworded(key)
    raise KeyError(f"{key} ({lang})")


def _unworded(key: str) -> str:
    """The name that the rules give to what they do not word; a reason or a rule that is not there is not told."""
    *_, name, part = key.split(".")
    return {"label": name, "reason": "", "rule": "", "not": name}.get(part, part)


@by_regulation
def has(key: str, lang: str) -> bool:
    """Whether any catalogue of the language knows the key."""
    if key in terms(lang):
        return True
    return not key.startswith(_TABLES) and (key in known(lang) or any(key in read(file) for file in likely(key, lang)))
