"""Another city crashes nobody: a third regulation laid out beside the two, then every kind of command on all three."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1]
TEXT = """鹤壁市市长质量奖管理办法

第一章 总则
第一条 为了引导各类组织加强质量管理，制定本办法。
第二条 申报单位应当具备下列条件：
（一）在鹤壁市行政区域内依法设立，正常运行3年以上；
（二）自评分不低于600分。
第三条 有下列情形之一的，不得申报：
（一）近3年内发生较大以上质量、安全、环境事故的；
（二）被列入失信名单的。
"""
COMMANDS = [
    ["audit", "new", "hebi", "hebi.md", "--like", "jiyuan", "--into", "."],
    ["cities"],
    ["readings"],
    ["decide", "facts/jiyuan-6"],
    ["decide", "facts/jiyuan-6", "--reading", "lookback=calendar_years"],
    ["decide", "facts/sanmenxia-3", "--reading", "quota_scope=separate", "--reading", "listing=ever"],
    ["decide", "hebi.lp"],
    ["check", "hebi.lp"],
    ["calendar", "--publish", "2026-09-24", "--days", "5"],
    ["template", "hebi", "-o", "hebi.xlsx"],
    ["template", "sanmenxia", "-o", "sanmenxia.xlsx"],
    ["letter", "facts/jiyuan-6.xlsx", "J08", "-o", "letters"],
    ["audit", "coverage", "jiyuan"],
    ["audit", "coverage", "sanmenxia"],
    ["articles", "hebi", "第二条"],
]


@pytest.fixture(scope="module")
def codes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int | str]:
    """The exit code of each command, all run in a copy of the house with a third city in it."""
    folder = tmp_path_factory.mktemp("house")
    for name in ("engine", "explain", "audit", "desk", "web", "rules", "facts"):
        shutil.copytree(HOUSE / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOUSE / "pyproject.toml", folder)
    (folder / "hebi.md").write_text(TEXT, "utf-8")
    (folder / "hebi.lp").write_text('round(hebi,1,20250930). applicant("H1",organization).', "utf-8")
    program = (
        "import json, sys, traceback\nfrom desk.shell.cli import run\ncodes = {}\n"
        "for words in json.load(sys.stdin):\n"
        "    try:\n        codes[' '.join(words)] = run(words)\n"
        "    except BaseException:\n        codes[' '.join(words)] = traceback.format_exc()\n"
        "json.dump(codes, open('codes.json', 'w'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(COMMANDS),
        text=True,
        capture_output=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, int | str] = json.loads((folder / "codes.json").read_text())
    return found


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_goes_on(codes: dict[str, int | str], words: list[str]) -> None:
    assert codes[" ".join(words)] == 0
