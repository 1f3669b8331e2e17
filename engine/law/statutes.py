"""A regulation's official text, provision by provision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.words import RULES as RULES
from engine.words import beside, home

if TYPE_CHECKING:
    import clingo

_DIGITS = "零一二三四五六七八九"


class Provision(NamedTuple):
    """A place in the text: article (条), paragraph (款), item (项); 0 where the law has no number."""

    article: int
    paragraph: int = 0
    item: int = 0

    def __str__(self) -> str:
        return f"art({self.article},{self.paragraph},{self.item})"

    @property
    def citation(self) -> str:
        """The citation as papers print it, such as 第八条第（一）项."""
        text = f"第{chinese(self.article)}条"
        if self.paragraph:
            text += f"第{chinese(self.paragraph)}款"
        if self.item:
            text += f"第（{chinese(self.item)}）项"
        return text

    @classmethod
    def of(cls, term: clingo.Symbol) -> Provision:
        """The provision that the term `art(8,0,1)` of an answer set names."""
        return cls(*(number.number for number in term.arguments))

    @classmethod
    def parse(cls, text: str) -> Provision:
        """Read `art(8,0,1)`, 第八条第（一）项, 第8条 or 8; ValueError for anything else."""
        if found := re.fullmatch(r"art\((\d+),(\d+),(\d+)\)", text.replace(" ", "")):
            return cls(int(found[1]), int(found[2]), int(found[3]))
        number = r"([0-9零一二三四五六七八九十百]+)"
        pattern = rf"第?{number}条?(?:第{number}款)?(?:第?[（(]{number}[）)]项?|第{number}项)?"
        found = re.fullmatch(pattern, text.strip())
        if not found:
            raise ValueError(text)
        item = found[3] or found[4]
        return cls(arabic(found[1]), arabic(found[2]) if found[2] else 0, arabic(item) if item else 0)


def cited_json(provision: Provision | None) -> dict[str, Any]:
    """How an answer names a provision: `provision` (`art(8,0,1)`) and `citation` (第八条第（一）项), null for none."""
    if provision is None:
        return {"provision": None, "citation": None}
    return {"provision": str(provision), "citation": provision.citation}


def chinese(number: int) -> str:
    """A number from 1 to 999 as the law writes it: 8 is 八, 14 is 十四, 27 is 二十七."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def arabic(text: str) -> int:
    """The number behind 八, 十四, 二十七, 一百零二 or 14; ValueError for what is none."""
    if text.isdecimal() and text.isascii():
        return int(text)
    for number in range(1, 1000):
        if chinese(number) == text:
            return number
    raise ValueError(text)


@dataclass(frozen=True)
class Statute:
    """A regulation: its title, its header (文号, dates), its headings and each provision's words.

    `words` maps every provision, in the order of the text, to its own words: an article with items
    has its opening words at `art(n,0,0)`, an article of several paragraphs (款) has no row of its own.
    """

    city: str
    title: str
    header: dict[str, str]
    chapters: dict[int, str]
    words: dict[Provision, str]
    sha256: str

    @property
    def number(self) -> str:
        """Its document number (文号); empty where the header has none."""
        return self.header.get("文号", "")

    def text(self, provision: Provision) -> str:
        """The words of a provision with everything below it; KeyError where the text has none."""
        lines = [
            (f"（{chinese(p.item)}）" if p.item and not provision.item else "") + words
            for p, words in self.words.items()
            if p.article == provision.article
            and provision.paragraph in (0, p.paragraph)
            and provision.item in (0, p.item)
        ]
        if not lines:
            raise KeyError(provision)
        return "\n".join(lines)


ISSUED = ("印发日期", "发布日期", "公布日期")
"""What a text's header calls the day of its issue."""


def stems() -> tuple[str, ...]:
    """The names of all texts whose words and rules are both known, sorted: cities' own, and further ones."""
    return _stems(RULES.stat().st_mtime_ns, tuple(beside()))


@lru_cache(8)
def _stems(_changed: int, others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted((*(path.stem for path in RULES.glob("*.md") if path.with_suffix(".lp").exists()), *others)))


def cities() -> tuple[str, ...]:
    """The cities whose text and rules are both in `rules/`, sorted."""
    every = stems()
    return tuple(stem for stem in every if stem.partition("-")[0] == stem or stem.partition("-")[0] not in every)


def versions(city: str) -> tuple[str, ...]:
    """The texts of a city that were issued, with a document number and a day: its own, and further ones, by name
    (`CITY`, `CITY-YYYYMMDD`). A draft beside them is none."""
    found = (stem for stem in stems() if stem == city or re.fullmatch(rf"{re.escape(city)}-\d{{8}}", stem))
    return tuple(stem for stem in found if _issued(statute(stem).header))


def _issued(header: Mapping[str, str]) -> bool:
    return bool(header.get("文号", "").strip()) and any(header.get(name, "").strip() for name in ISSUED)


def texts(city: str) -> tuple[Path, ...]:
    """The files that decide in a city: its regulation, and every rule file but those of other cities, by name."""
    others = {f"{other}.lp" for other in stems() if other != city}
    own = home(city)
    files = {own, *(path for path in RULES.glob("*.lp") if path.name not in others)}
    return (own.with_suffix(".md"), *sorted(files, key=lambda path: path.name))


def city_of(stem: str) -> str:
    """The city whose facts a rule file takes: its own name, or what stands before the hyphen of a draft of it."""
    beginning = stem.partition("-")[0]
    return stem if stem in cities() else beginning if beginning in cities() else stem


@cache
def statute(city: str) -> Statute:
    """The regulation of a city, read from `rules/<city>.md`."""
    return read(home(city).with_suffix(".md"))


def read(path: Path) -> Statute:
    """Read a regulation: `#` title, `- key：value` header, `##` chapters, `###` articles."""
    raw = path.read_bytes()
    title, chapter = "", ""
    header: dict[str, str] = {}
    chapters: dict[int, str] = {}
    paragraphs: dict[int, list[str]] = {}
    for line in raw.decode("utf-8").splitlines():
        if line.startswith("### "):
            article = arabic(line[4:].strip().removeprefix("第").removesuffix("条"))
            paragraphs[article] = []
            chapters[article] = chapter
        elif line.startswith("## "):
            chapter = line[3:].strip()
        elif line.startswith("# "):
            title = line[2:].strip()
        elif paragraphs and line.strip():
            paragraphs[article].append(line.strip())
        elif line.startswith("- "):
            key, _, value = line[2:].partition("：")
            header[key] = value.strip()
    words: dict[Provision, str] = {}
    for article, texts in paragraphs.items():
        words.update(_provisions(article, texts))
    return Statute(path.stem, title, header, chapters, words, sha256(raw).hexdigest())


def _provisions(article: int, texts: list[str]) -> dict[Provision, str]:
    """Split an article into paragraphs and items; a single paragraph has no number."""
    words: dict[Provision, str] = {}
    numbered = sum(not text.startswith("（") for text in texts) > 1
    paragraph = 0
    for text in texts:
        if found := re.match(r"（([一二三四五六七八九十]+)）", text):
            words[Provision(article, paragraph, arabic(found[1]))] = text[found.end() :]
        else:
            paragraph += numbered
            words[Provision(article, paragraph, 0)] = text
    return words
