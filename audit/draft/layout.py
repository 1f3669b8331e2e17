"""A regulation's files laid out: its text split into provisions, a block for each, a case table to fill."""

from __future__ import annotations

import re
from pathlib import Path

from audit.draft.carry import carried, rest, standing
from audit.encoding import hints
from engine.errors import UsageError
from engine.law import ISSUED, Statute, arabic, cities, city_of, last_day, read, rule_files
from engine.law import statute as known

TODO = "?"
"""The class that nobody has chosen yet: the fidelity check refuses it."""


def lay_out(name: str, source: Path, folder: Path, cases: Path, like: str | None = None) -> tuple[Path, ...]:
    """Write `<name>.md`, `<name>.lp` and the case table; UsageError for a bad name or a file there already.

    With `like`, the provisions that a city's text has word for word come with its rules, those that it has nearly with
    its rules, an open class, and what differs.
    """
    if like is not None and like not in cities():
        raise UsageError("unknown_city", {"found": like, "known": ", ".join(cities())})
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
    files[1].write_text(rules(name, statute, like), "utf-8")
    files[2].write_text(table(name, statute), "utf-8")
    return files


_DAY = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")


def marked(text: str) -> str:
    """A text with its headings marked: 第…章 and 第…条 at the beginning of a line become headings of their own, what
    stands before them its title and header."""
    if re.search(r"^### ", text, re.M):
        return text
    plain = [re.sub(r"^#+\s*", "", line.strip()) for line in text.splitlines()]
    begins = next((at for at, line in enumerate(plain) if _HEADING.match(line)), len(plain))
    last = 0
    body, printed = _printed([line for line in plain[begins:] if line])
    lines = [*_head([line for line in plain[:begins] if line], printed), ""]
    for line in body:
        found = _HEADING.match(line)
        if found and found[1].endswith("章"):
            lines += [f"## {found[1]} {found[2]}".rstrip(), ""]
        elif found and _follows(found, last):
            last = _article(found[1])
            lines += [f"### {found[1]}", "", *([found[2], ""] if found[2] else [])]
        else:
            lines += [line, ""]
    return "\n".join(lines)


def _follows(found: re.Match[str], last: int) -> bool:
    """Whether a line begins an article: it is the next one, or a later one set off by a blank.

    A paragraph may begin with the name of another article (第八条规定的情形…).
    """
    number = _article(found[1])
    return number == last + 1 or (number > last and bool(re.match(r"\s", found.string[found.end(1) :])))


def _article(words: str) -> int:
    """The number of 第…条; 0 where it is none."""
    try:
        return arabic(words.removeprefix("第").removesuffix("条"))
    except ValueError:
        return 0


_HEADING = re.compile(r"(第\S{1,6}?[章条])\s*(.*)")
_LETTER = re.compile(r"关于(?:重新)?(?:印发|发布|公布|修订印发|颁布)《(.+)》的(?:通知|决定|公告)$")
"""A letter that a text is issued with, and the text's own title in it."""
_PRINTED = re.compile(r"(?:\S+\s+)?(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:印发|印)$")
"""The imprint below a text: who printed it, and when."""
_ORDER = re.compile(r"[（(]?(\S*令第\s*\d+\s*号)[）)]?")
_NUMBER = re.compile(r"[（(]?([^\s（(：]+〔\d{4}〕\d+号)[）)]?")
_KEYED = re.compile(r"(?:-\s*)?(说明|文号|制定机关|成文日期|印发日期|发布日期|公布日期|施行日期|施行)[：:]\s*(.+)")
"""What a header says of a text."""


def _printed(lines: list[str]) -> tuple[list[str], str]:
    """The lines of the articles without an imprint below them, and the day that this says."""
    kept, printed = [], ""
    for line in lines:
        if _PRINTED.fullmatch(line):
            printed = _iso(line)
        else:
            kept.append(line)
    return kept, printed


def _head(lines: list[str], printed: str) -> list[str]:
    """Title and header, from what stands before the first article; of a letter that the text is issued with the
    number, who signed it and the day. That is also the day of issue, where nothing else says one."""
    said: dict[str, str] = {}
    rest: list[str] = []
    letter = next((found for line in lines if (found := _LETTER.search(line))), None)
    for line in lines:
        if found := _KEYED.fullmatch(line):
            said[found[1]] = _iso(found[2]) or found[2]
        elif found := _NUMBER.fullmatch(line) or _ORDER.fullmatch(line):
            said.setdefault("文号", found[1])
        elif _DAY.fullmatch(line):
            said["成文日期"] = _iso(line)
            if rest and not re.search(r"[，。：；]", rest[-1]) and len(rest) > 1:
                said.setdefault("制定机关", rest.pop())
        else:
            rest.append(line)
    titles = [letter[1] if letter else "", *(rest[:1] if not letter else ())]
    title = next(filter(None, titles), "")
    issued = printed or (said.get("成文日期", "") if letter else "")
    if issued and not any(key in said for key in ISSUED):
        said["印发日期"] = issued
    order = {key: at for at, key in enumerate(("说明", "文号", "制定机关", "成文日期"))}
    rows = [f"- {key}：{said[key]}" for key in sorted(said, key=lambda key: order.get(key, len(order)))]
    letters = (line for line in rest if line != title and not _LETTER.search(line)) if not letter else ()
    return [f"# {title}", "", *rows, *(part for line in letters for part in ("", line))]


def _iso(words: str) -> str:
    """The first day in words, as 2025-04-18; empty where there is none."""
    found = _DAY.search(words)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else ""


def rules(name: str, statute: Statute, like: str | None = None) -> str:
    """The rule file: for each provision citation, words, an open class and its numbers; or what another city's has."""
    taken, tail = {}, _TAIL
    if like:
        model = rule_files(like)[1]
        taken, tail = carried(statute, known(like), model, city_of(name)), "\n".join(rest(model))
    lines = [
        f"%% {name}.lp: {statute.title}",
        "%%",
        "%% Input:  the facts of one case (docs/vocabulary.md); rules/common.lp.",
        "%% Output: what common.lp says, for this regulation.",
        "%%",
        '%% "%!" gives a provision and its own words; "%:" its class: D decides an outcome, C checks the conduct',
        "%% of the procedure, F needs a person's finding, N has nothing to compute, X decides and is not carried out",
        "%% (N and X with the reason).",
        "",
    ]
    chapter = ""
    for provision, words in statute.words.items():
        if statute.chapters[provision.article] != chapter:
            chapter = statute.chapters[provision.article]
            lines += ["", f"%% {chapter} {'=' * 40}"]
        lines += ["", f"%! {provision.citation}", f"%! {words}"]
        if block := taken.get(provision):
            changed = bool(block.differences)
            lines += [f"%: {TODO if changed else block.category}"]
            lines += [f"% {like} {block.source.citation} [{block.category}]: {each}" for each in block.differences]
            lines += block.lines
        else:
            lines += [f"%: {TODO}", *(f"% {hint}" for hint in hints(provision, words))]
    whole = "\n".join([*lines, "", tail]) + "\n"
    return standing(whole, like) if like else whole


_TAIL = """%% Records that have an effect under this text: uncomment those that its provisions ask for
% heeds(complaint).
% heeds(award_misconduct).
% heeds(self_report_year).
% heeds(self_rating).
% heeds(product_inspection).
% heeds(internal_notice).
% heeds(preliminary_notice).
% heeds_certificate(little_giant)."""


_FORCE = re.compile(rf"自\s*{_DAY.pattern}\s*起(?:施行|实施|执行)")


def deadline(statute: Statute) -> int:
    """A deadline that the text governs, for its cases: the first 30 September in force, by what words or header say of
    the day; of the last year whose working days are known where neither says one."""
    found = [_FORCE.search(words) for words in statute.words.values()]
    said = [int(one[1]) * 10000 + int(one[2]) * 100 + int(one[3]) for one in found if one]
    said += [
        int(value.replace("-", ""))
        for key in ("施行日期", *ISSUED)
        if _ISO.fullmatch(value := statute.header.get(key, ""))
    ]
    first = said[0] if said else last_day() // 10000 * 10000
    return (first // 10000 + (first % 10000 > 930)) * 10000 + 930


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def table(name: str, statute: Statute) -> str:
    """A case table with one open question a provision; nothing in it is run until it is answered."""
    lines = [
        f"# {statute.title}",
        "",
        f'city = "{name}"',
        "round = 1",
        f"deadline = {deadline(statute)}",
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
