"""The catalogues say the same things in both languages, with the same placeholders."""

import re
import string
from collections import Counter
from pathlib import Path

import pytest

from desk.text.readings import markdown, reason, register
from engine.law.rulebook import all_readings
from engine.words import catalogues, messages, names_of, speaking
from engine.words.termwords import NAMES

HOUSE = Path(__file__).resolve().parents[1]


def placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


@pytest.mark.parametrize("room", catalogues.FLOORS)
def test_both_languages_have_the_same_keys(room: str) -> None:
    """A key missing in one language would be an error at the worst moment."""
    zh, en = catalogues.catalogue(room, "zh"), catalogues.catalogue(room, "en")

    assert sorted(zh) == sorted(en)


@pytest.mark.parametrize("room", catalogues.FLOORS)
def test_both_languages_have_the_same_placeholders(room: str) -> None:
    """A sentence says in both languages what it was given; the names of place and award it fills in itself."""
    zh, en = catalogues.catalogue(room, "zh"), catalogues.catalogue(room, "en")

    assert {key: given(words) for key, words in zh.items()} == {key: given(words) for key, words in en.items()}


@pytest.mark.parametrize("lang", catalogues.LANGUAGES)
def test_each_key_is_defined_once(lang: str) -> None:
    """A key in two files would be answered by whichever is opened first."""
    keys = Counter(key for file in catalogues.files(lang) for key in catalogues.read(file))

    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("lang", catalogues.LANGUAGES)
def test_no_message_is_empty(lang: str) -> None:
    assert [
        key for room in catalogues.FLOORS for key, words in catalogues.catalogue(room, lang).items() if not words
    ] == []


def test_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError, match="no such key"):
        messages.text("no such key", "zh")


def test_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError, match="one of zh, en"):
        messages.text("status.eligible", "fr")


def test_a_parameter_is_never_a_template() -> None:
    """Text from a person goes in as it is, braces and all."""
    want = "no language {0.__class__}; there are zh"

    assert want == messages.text("problem.unknown_lang", "en", found="{0.__class__}", known="zh")


@pytest.mark.parametrize("lang", catalogues.LANGUAGES)
def test_every_problem_raised_is_worded(lang: str) -> None:
    """A code is found by the call that raises it."""
    sources = [path.read_text(encoding="utf-8") for room in catalogues.FLOORS for path in (HOUSE / room).rglob("*.py")]
    raised = re.compile(r'(?:UsageError|Problem|Stopped|_refuse|problems\.add)\(\s*"([a-z][a-z0-9_.]*)"')
    codes = {code for source in sources for code in raised.findall(source)}

    assert sorted(code for code in codes if not messages.has(f"problem.{code}", lang)) == []


@pytest.mark.parametrize("lang", catalogues.LANGUAGES)
def test_every_reading_is_worded(lang: str) -> None:
    """Label, reason and a line for each choice, for every reading of every rule file."""
    wanted = {
        f"reading.{reading.key}.{what}"
        for reading in all_readings().values()
        for what in ("label", "reason", *reading.choices)
    }

    assert sorted(key for key in wanted if not messages.has(key, lang)) == []


@pytest.mark.parametrize("lang", catalogues.LANGUAGES)
def test_every_requirement_and_ground_is_worded(lang: str) -> None:
    """What a rule file can derive has a name in the table; keys are read off the rules themselves."""
    rules = "\n".join(path.read_text(encoding="utf-8") for path in (HOUSE / "rules").glob("*.lp"))
    keys = {
        "requirement": re.findall(r"(?:requires|rests_on_finding|supplement_duty)\((?:A, )?art\([^)]*\), (\w+)", rules),
        "ground": re.findall(r"barring_event\(A, art\([^)]*\), (\w+)", rules),
        "note": re.findall(r"note\(A, (\w+)", rules),
    }
    wanted = {f"{kind}.{key}" for kind, found in keys.items() for key in found if key[0].islower()}

    assert wanted and sorted(key for key in wanted if not messages.has(key, lang)) == []


def test_the_register_page_is_current() -> None:
    """docs/readings.md is what `make docs` writes."""
    assert "\n".join(markdown(register())) + "\n" == (HOUSE / "docs" / "readings.md").read_text(encoding="utf-8")


def given(words: str) -> set[str]:
    """The placeholders of a sentence that whoever says it has to fill."""
    return placeholders(words) - ({*NAMES} - {"city"})


def test_a_reason_that_rests_on_words_is_given_where_they_stand() -> None:
    """第十四条第（五）项 and “因企业责任” are words of one text each: the other is given the reason without them."""
    assert "第十四条第（五）项" in reason("complete_years", ["sanmenxia"], "zh")
    assert "第十四条" not in reason("complete_years", ["jiyuan"], "zh")
    assert "因企业责任" in reason("accident_liability", ["jiyuan"], "zh")
    assert reason("accident_liability", ["sanmenxia"], "zh") == "条文没有把事故限于申报者负有责任的，按字面不论责任。"


@pytest.mark.parametrize("regulation", ["", "jiyuan", "sanmenxia"])
@pytest.mark.parametrize("lang", catalogues.LANGUAGES)
def test_what_takes_no_parameter_is_what_is_filled_each_time(lang: str, regulation: str) -> None:
    """It is filled once for each regulation spoken of, and again where another is spoken of."""
    plain = [key for room in catalogues.FLOORS for key, words in catalogues.catalogue(room, lang).items()
             if placeholders(words) <= {*NAMES}]  # fmt: skip

    with speaking(regulation):
        filled = {key: messages.template(key, lang).format(**names_of(regulation, lang)) for key in plain}
        assert {key: messages.text(key, lang) for key in plain} == filled
    assert any(placeholders(messages.template(key, lang)) for key in plain)
