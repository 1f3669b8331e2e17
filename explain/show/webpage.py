"""A justification as one HTML file: the tree, and the regulation beside it; a reason lights its provision up.

The page needs nothing from outside and runs nothing but its own script (Content-Security-Policy, by hash); without
scripts the links still lead to the provisions.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from engine.answers import Decision
from engine.law import Provision, Statute, chinese
from engine.words import has, text
from explain.outline import LOOKS, Item, Outline
from explain.show.tree import answers

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class Row:
    """An item in its place in the tree; `again`: what is below it was told before."""

    item: Item
    below: tuple[Row, ...]
    again: bool


@dataclass(frozen=True)
class Group:
    """The grounds of one provision."""

    provision: str
    citation: str
    anchor: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Article:
    """An article as the page shows it; `chapter` where one begins with it."""

    chapter: str
    provisions: tuple[Shown, ...]


@dataclass(frozen=True)
class Shown:
    """A provision as the page shows it."""

    anchor: str
    label: str
    words: str
    item: bool
    cited: bool
    pieces: tuple[tuple[tuple[int, ...], str], ...]
    """Its words in pieces, each with the numbers of the spans that rules rest on it is part of."""


def page(outline: Outline, lang: str, law: Statute, title: str, decision: Decision) -> str:
    """The page; every word in it escaped."""
    under = outline.provisions()
    cited = {Provision.parse(provision) for provision in under.values() if provision}
    lit = outline.lit()
    style, script = (_asset(f"justification.{suffix}") for suffix in ("css", "js"))

    def anchor(item: Item) -> str:
        return _anchor(law, under[item.id])

    def spans(item: Item) -> str:
        """The numbers of the words of its provision that an item rests on."""
        own = lit.get(under[item.id], ())
        return " ".join(str(own.index(words)) for provision, words in item.rests if provision == under[item.id])

    template = _environment().get_template("justification.html.j2")
    return template.render(
        lang="zh-CN" if lang == "zh" else lang,
        tongue=lang,
        title=title,
        outline=outline,
        root=outline.items[outline.root],
        law=law,
        groups=tuple(_groups(outline, law, under)),
        articles=tuple(_articles(law, cited, lit)),
        spans=spans,
        looks=LOOKS,
        kinds=tuple(dict.fromkeys(item.kind for item in outline.items.values())),
        readings=tuple(_readings(outline, lang)),
        folded=text(
            "outline.folded",
            lang,
            shown=outline.steps - outline.folded,
            folded=outline.folded,
            steps=outline.steps,
        ),
        answers=answers(outline, lang) if outline.answers else "",
        record=tuple((name, str(value)[:16]) for name, value in decision.record.items()),
        anchor=anchor,
        say=lambda key: text(key, lang),
        style=Markup(style),
        style_hash=_hash(style),
        script=Markup(script),
        script_hash=_hash(script),
    )


def _groups(outline: Outline, law: Statute, under: dict[str, str]) -> Iterator[Group]:
    told: set[str] = set()
    groups: dict[str, list[Row]] = {}
    for name in outline.items[outline.root].below:
        groups.setdefault(under[name], []).append(_row(outline, name, told))
    for provision, rows in groups.items():
        citation = Provision.parse(provision).citation if provision else ""
        yield Group(provision, citation, _anchor(law, provision), tuple(rows))


def _row(outline: Outline, name: str, told: set[str]) -> Row:
    item = outline.items[name]
    again = name in told and bool(item.below)
    told.add(name)
    return Row(item, () if again else tuple(_row(outline, below, told) for below in item.below), again)


def _articles(law: Statute, cited: set[Provision], lit: Mapping[str, Sequence[str]]) -> Iterator[Article]:
    chapter = ""
    articles: dict[int, list[Provision]] = {}
    for provision in law.words:
        articles.setdefault(provision.article, []).append(provision)
    for number, provisions in articles.items():
        own = law.chapters.get(number, "")
        shown = []
        for place in provisions:
            label = f"（{chinese(place.item)}）" if place.item else place.citation
            # A citation of a whole article lights its first line.
            named = place in cited or (place == provisions[0] and Provision(number) in cited)
            pieces = tuple(_pieces(law.words[place], lit.get(str(place), ())))
            shown.append(Shown(_anchor(law, str(place)), label, law.words[place], bool(place.item), named, pieces))
        yield Article(own if own != chapter else "", tuple(shown))
        chapter = own


def _pieces(words: str, spans: Sequence[str]) -> Iterator[tuple[tuple[int, ...], str]]:
    """The words of a provision, cut where a span begins or ends."""
    parts: list[set[int]] = [set() for _ in words]
    for number, span in enumerate(spans):
        for found in re.finditer(re.escape(span), words):
            for at in range(*found.span()):
                parts[at].add(number)
    for numbers, signs in groupby(zip(parts, words, strict=True), key=lambda pair: sorted(pair[0])):
        yield tuple(numbers), "".join(sign for _, sign in signs)


def _anchor(law: Statute, provision: str) -> str:
    """The id of a provision's line; of its article's first where the text has no line of its own for it."""
    if not provision:
        return "law"
    place = Provision.parse(provision)
    if place not in law.words:
        place = next((one for one in law.words if one.article == place.article), place)
    return "p-" + "-".join(map(str, place))


def _readings(outline: Outline, lang: str) -> Iterator[tuple[str, str, str, str]]:
    for key, choice in outline.readings:
        worded = f"reading.{key}.{choice}"
        label = text(f"reading.{key}.label", lang) if has(f"reading.{key}.label", lang) else key
        yield key, label, choice, text(worded, lang) if has(worded, lang) else choice


@cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode("utf-8")).digest()).decode("ascii")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
