"""Which language to speak, decided before anything else is read: even the help and the first error need it."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from engine.words import LANGUAGES

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """`--lang` (the last one given), else PINGJIANG_LANG, else the locale; Chinese for any zh, English for the rest."""
    named = [value for value in _given(arguments) if value in LANGUAGES]
    if named:
        return named[-1]
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    preferred = environment.get("PINGJIANG_LANG") or locale
    return "zh" if preferred.lower().startswith("zh") else "en"


def _given(arguments: Sequence[str]) -> list[str]:
    options = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    apart = [value for option, value in pairwise(options) if option == "--lang"]
    joined = [option.removeprefix("--lang=") for option in options if option.startswith("--lang=")]
    return apart + joined
