"""A regulation begun on the desk: from an uploaded text to its gaps, classes by form, files in and out."""

import io
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

DRAFTS = Path(__file__).resolve().parents[1] / "drafts"
GAPS = "/bench/heming/gaps"
NEWLINE = b"\n"


@pytest.fixture
def legal(signed_in: Callable[[str], Any]) -> Any:
    """The lawyer's browser."""
    return signed_in("legal")


def begun(legal: Any, **more: Any) -> Any:
    """Begin the invented city's regulation."""
    with (DRAFTS / "heming.md").open("rb") as text:
        return legal.post("/bench/texts/begin", {"name": "heming", "like": "", "text": text, **more}, follow=True)


def words(answer: Any) -> str:
    """The page as text."""
    return unescape(answer.content.decode())


def put(legal: Any, name: str, data: bytes, base: int) -> Any:
    """Put a file in."""
    file = io.BytesIO(data)
    file.name = name
    return legal.post("/bench/heming/file", {"file": file, "base": base, "reason": "写好规则"})


def test_a_text_is_laid_out_and_worked_on(legal: Any) -> None:
    """Every class open, the numbers of the words offered; classes by form stand in the rule file, alone.

    A rule file that does not parse, or holds a program, is refused with its line; a sound one stands.
    """
    from web.bench.models import Text
    from web.ledger.models import Act

    page = words(begun(legal))
    assert "还有16条款项没有定类别" in page and "自评分不低于600分" in page and "#const points_3_4 = 600." in page
    text = Text.objects.get()
    packed = zipfile.ZipFile(io.BytesIO(legal.get("/bench/heming/files").content))
    assert {name: packed.read(name).decode() for name in packed.namelist()} == {
        "rules/heming.md": text.md, "rules/heming.lp": text.lp, "rules/cases/heming.toml": text.cases
    }  # fmt: skip

    rules = (DRAFTS / "heming.lp").read_bytes()
    for name, data, said in (
        ("heming.lp", rules + b"foo( :- .\n", f"heming.lp:{rules.count(NEWLINE) + 1}: 规则读不懂"),
        ("heming.lp", b"#script (python)\nimport os\n#end.\n", "不能夹带程序"),
        ("heming.lp", rules.decode().encode("utf-16"), "不是 UTF-8"),
        ("heming.exe", rules, "请选 1 MB 以内"),
    ):
        refused = put(legal, name, data, 1)
        assert refused.status_code == 400 and said in words(refused), said
    chosen = {"class-1-0-0": "N", "reason-1-0-0": "", "class-2-0-0": "D", "base": "1"}
    refused = legal.post(GAPS, chosen)
    assert refused.status_code == 400 and "要写明原因" in words(refused) and Text.objects.count() == 1
    late = legal.post(GAPS, chosen | {"reason-1-0-0": "晚了", "base": "0"})
    assert late.status_code == 409 and "别人刚改过" in words(late)

    legal.post(GAPS, chosen | {"reason-1-0-0": "立法\n目的"})
    changed = Text.objects.last()
    before, after = (one.splitlines() for one in (text.lp, changed.lp))
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        ("%: ?", "%: N 立法 目的"), ("%: ?", "%: D")
    ]  # fmt: skip
    assert put(legal, "heming.lp", rules, 2).status_code == 302 and Text.objects.last().lp.encode() == rules
    acts = [one.kind for one in Act.objects.filter(about="bench heming")]
    assert acts == ["rules_put", "classes_chosen", "text_begun"] and Text.objects.last().md == text.md
    assert "鹤鸣市市长质量奖管理办法" in words(legal.get("/bench"))


def test_what_cannot_be_begun_is_told_at_its_field(legal: Any, signed_in: Callable[[str], Any]) -> None:
    """A name that is taken or none, no text, a text of another encoding, one without articles; another role."""
    from web.bench.models import Text

    for more, said in (
        ({"name": "jiyuan"}, "这个名称已经用了"),
        ({"name": "../x"}, "不能作名称"),
        ({"text": ""}, "必须填写"),
        ({"text": io.BytesIO(b"\xff\xfe1")}, "不是 UTF-8"),
        ({"text": io.BytesIO("没有条文".encode())}, "没有找到"),
    ):
        if more.get("text"):
            more["text"].name = "a.md"
        refused = begun(legal, **more)
        assert refused.status_code == 400 and said in words(refused), more
    assert begun(signed_in("clerk")).status_code == 403
    assert not Text.objects.exists()
