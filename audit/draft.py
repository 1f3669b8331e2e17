"""A regulation's files laid out: its text split into provisions, a block for each, a case table to fill."""

from __future__ import annotations

import re
from pathlib import Path

from engine.errors import UsageError
from engine.statute import Provision, Statute, read

TODO = "?"
"""The class that nobody has chosen yet: the fidelity check refuses it."""


def lay_out(name: str, source: Path, folder: Path, cases: Path) -> tuple[Path, ...]:
    """Write `<name>.md`, `<name>.lp` and the case table; UsageError for a bad name or a file there already."""
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", name):
        raise UsageError("audit_name", {"found": name})
    if not source.is_file():
        raise UsageError("no_such_text", {"found": str(source)})
    files = (folder / f"{name}.md", folder / f"{name}.lp", cases / f"{name}.toml")
    for file in files:
        if file.exists() and file.resolve() != source.resolve():
            raise UsageError("exists_already", {"found": str(file)})
    folder.mkdir(parents=True, exist_ok=True)
    cases.mkdir(parents=True, exist_ok=True)
    files[0].write_text(marked(source.read_text("utf-8")), "utf-8")
    statute = read(files[0])
    if not statute.words:
        files[0].unlink()
        raise UsageError("no_provisions", {"found": str(source)})
    files[1].write_text(rules(name, statute), "utf-8")
    files[2].write_text(table(name, statute), "utf-8")
    return files


def marked(text: str) -> str:
    """A text with its headings marked: 第…章 and 第…条 at the beginning of a line become headings of their own."""
    if re.search(r"^### ", text, re.M):
        return text
    lines: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if found := re.match(r"(第\S{1,6}?章)\s*(.*)", line):
            lines += [f"## {found[1]} {found[2]}".rstrip(), ""]
        elif found := re.match(r"(第\S{1,6}?条)\s*(.*)", line):
            lines += [f"### {found[1]}", "", *([found[2], ""] if found[2] else [])]
        elif line:
            lines += [f"# {line}" if not lines else line, ""]
    return "\n".join(lines)


def rules(name: str, statute: Statute) -> str:
    """The rule file without rules: for each provision citation, words, an open class and the numbers of its words."""
    lines = [
        f"%% {name}.lp: {statute.title}",
        "%%",
        "%% Input:  the facts of one case (docs/vocabulary.md); rules/common.lp.",
        "%% Output: what common.lp says, for this regulation.",
        "",
    ]
    chapter = ""
    for provision, words in statute.words.items():
        if statute.chapters[provision.article] != chapter:
            chapter = statute.chapters[provision.article]
            lines += ["", f"%% {chapter} {'=' * 40}"]
        lines += ["", f"%! {provision.citation}", f"%! {words}", f"%: {TODO}"]
        lines += [f"% {hint}" for hint in hints(provision, words)]
    return "\n".join(lines) + "\n"


def hints(provision: Provision, words: str) -> list[str]:
    """What the words of a provision ask to be written down: its numbers."""
    numbers = re.findall(r"(?<![\d〔])(\d+)(?=[年个届分日]|名|项|万)", words)
    return [f"#const …_{provision.article} = {number}." for number in dict.fromkeys(numbers)]


def table(name: str, statute: Statute) -> str:
    """A case table with one open question a provision; nothing in it is run until it is answered."""
    lines = [
        f"# {statute.title}",
        "",
        f'city = "{name}"',
        "round = 1",
        "deadline = 20300930",
        "",
        "[base]",
        "organization = []",
        "",
    ]
    for provision in statute.words:
        place = f"a{provision.article}" + (f"_p{provision.paragraph}" if provision.paragraph else "")
        place += f"_i{provision.item}" if provision.item else ""
        lines += [
            f"# {provision.citation}",
            "# [[case]]",
            f'# id = "{place}_"',
            '# says = ""',
            "# facts = []",
            '# expect = {status = "eligible"}',
            "",
        ]
    return "\n".join(lines)
