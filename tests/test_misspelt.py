"""Which word was meant: only one that the found word plausibly misspells."""

from __future__ import annotations

import pytest

from engine.facts import PREDICATES
from engine.words import nearest

LEVELS = ("国家级", "省级", "市级", "县级")


@pytest.mark.parametrize(
    ("found", "known", "meant"),
    [
        ("法仁", ("法人", "非法人的其他组织"), "法人"),
        ("乡级", LEVELS, ""),
        ("省级以上", LEVELS, ""),
        ("省及", LEVELS, "省级"),
        ("优良", ("优秀", "良好", "较差"), ""),
        ("golden", ("gold", "silver"), "gold"),
        ("济源市玉泉街道", ("济源市", "本市以外"), "济源市"),
        ("专精特新企业", ("专精特新“小巨人”企业", "高新技术企业"), ""),
        ("major", ("minor", "serious"), ""),
        ("acident", ("accident", "offence"), "accident"),
        ("acicdent", ("accident", "offence"), "accident"),
        ("oms", ("qms", "ems"), ""),
        ("", ("法人",), ""),
        ("甲" * 5000, ("法人",), ""),
    ],
)
def test_a_word_stands_for_the_one_that_it_misspells(found: str, known: tuple[str, ...], meant: str) -> None:
    assert nearest(found, known) == meant


def test_one_sign_lacking_too_many_or_astray_is_seen_in_every_long_name() -> None:
    for name in (one for one in PREDICATES if len(one) > 8):
        wrong = (name[:3] + name[4:], name[:3] + "x" + name[3:], name[:3] + "x" + name[4:])
        assert {nearest(one, tuple(PREDICATES)) for one in wrong} == {name}
