"""The catalogues say the same things in both languages, with the same placeholders."""

import string
from collections import Counter

import pytest

from engine import messages


def placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


@pytest.mark.parametrize("room", messages.ROOMS)
def test_both_languages_have_the_same_keys(room: str) -> None:
    """A key missing in one language would be an error at the worst moment."""
    zh, en = messages.catalogue(room, "zh"), messages.catalogue(room, "en")

    assert sorted(zh) == sorted(en)


@pytest.mark.parametrize("room", messages.ROOMS)
def test_both_languages_have_the_same_placeholders(room: str) -> None:
    """A sentence says in both languages what it was given."""
    zh, en = messages.catalogue(room, "zh"), messages.catalogue(room, "en")

    assert {key: placeholders(words) for key, words in zh.items()} == {
        key: placeholders(words) for key, words in en.items()
    }


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_each_key_is_defined_once(lang: str) -> None:
    """A key in two files would be answered by whichever is opened first."""
    keys = Counter(key for file in messages.files(lang) for key in messages.read(file))

    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_no_message_is_empty(lang: str) -> None:
    assert [key for room in messages.ROOMS for key, words in messages.catalogue(room, lang).items() if not words] == []


def test_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError, match="no such key"):
        messages.text("no such key", "zh")


def test_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError, match="one of zh, en"):
        messages.text("status.eligible", "fr")


def test_a_parameter_is_never_a_template() -> None:
    """Text from an applicant goes in as it is, braces and all."""
    key = next(key for key, words in messages.catalogue("desk", "en").items() if placeholders(words) == {"id"})

    assert "{0.__class__}" in messages.text(key, "en", id="{0.__class__}")
