"""A justification as a tree of lines, for a terminal or a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.law import Provision, Statute
from engine.words import text, width, wrap
from explain.outline import LOOKS, Item, Outline
from explain.show.diagram import words

WIDE = 100


@dataclass(frozen=True)
class Line:
    """One line: the branches before it, the sign of an item's first line, the words, and what kind of line it is.

    `kind` is an item's kind, or heading, law (a provision's own words), note.
    """

    branches: str
    sign: str
    words: str
    kind: str

    def __str__(self) -> str:
        return f"{self.branches}{self.sign}{self.words}".rstrip()


def lines(outline: Outline, lang: str, law: Statute | None = None, columns: int = WIDE) -> Iterator[Line]:
    """The tree: the answer, then provision by provision the grounds with what they rest on."""
    items, under = outline.items, outline.provisions()
    root = items[outline.root]
    told: set[str] = set()
    yield from _item(root, "", "", lang, columns, False)
    group = under[root.id]
    if group:
        yield from _heading(law, group, columns)
    for number, name in enumerate(root.below):
        if under[name] != group:
            group = under[name]
            if group:
                yield from _heading(law, group, columns)
        following = root.below[number + 1 :]
        last = not following or under[following[0]] != group
        yield from _branch(outline, items[name], "", last, lang, columns, told)
    yield from _notes(outline, lang, columns)


def _branch(
    outline: Outline, item: Item, before: str, last: bool, lang: str, columns: int, told: set[str]
) -> Iterator[Line]:
    again = item.id in told and bool(item.below)
    told.add(item.id)
    stem, rest = ("└─ ", "   ") if last else ("├─ ", "│  ")
    yield from _item(item, before + stem, before + rest, lang, columns, again)
    for number, name in enumerate(() if again else item.below):
        final = number + 1 == len(item.below)
        yield from _branch(outline, outline.items[name], before + rest, final, lang, columns, told)


def _item(item: Item, first: str, rest: str, lang: str, columns: int, again: bool) -> Iterator[Line]:
    sign = f"{LOOKS[item.kind].sign} "
    said = (item.brief if item.below and not again else item.words)[lang]
    if again:
        said += text("outline.again", lang)
    head, *more = wrap(said, max(columns - width(first) - width(sign), 20))
    yield Line(first, sign, head, item.kind)
    yield from (Line(rest, " " * width(sign), line, item.kind) for line in more)


def _heading(law: Statute | None, provision: str, columns: int) -> Iterator[Line]:
    yield Line("", "", "", "note")
    citation = Provision.parse(provision).citation
    own = words(law, provision).removeprefix(citation).strip()
    head, *rest = wrap(own, columns - width(citation) - 2) if own else [""]
    yield Line(f"{citation}  ", "", head, "heading")
    yield from (Line(" " * (width(citation) + 2), "", line, "law") for line in rest)


def _notes(outline: Outline, lang: str, columns: int) -> Iterator[Line]:
    yield Line("", "", "", "note")
    if outline.answers:
        yield from _wrapped(answers(outline, lang), columns)
    if outline.readings:
        yield from _wrapped(text("outline.readings", lang, readings=readings(outline, lang)), columns)
    if outline.folded:
        shown = outline.steps - outline.folded
        folded = text("outline.folded", lang, shown=shown, steps=outline.steps, folded=outline.folded)
        yield from _wrapped(folded, columns)
    kinds = dict.fromkeys(item.kind for item in outline.items.values())
    legend = "  ".join(f"{LOOKS[kind].sign} {text(f'outline.kind.{kind}', lang)}" for kind in kinds)
    yield from _wrapped(legend, columns)


def answers(outline: Outline, lang: str) -> str:
    """That the question has several answers, and which the others are."""
    others = text("outline.and", lang).join(outline.answers[1:])
    return text("outline.answers", lang, count=len(outline.answers), others=others)


def readings(outline: Outline, lang: str) -> str:
    """The readings the answer rests on, each with its choice."""
    return text("outline.and", lang).join(f"{key}={choice}" for key, choice in outline.readings)


def _wrapped(said: str, columns: int) -> Iterator[Line]:
    yield from (Line("", "", line, "note") for line in wrap(said, columns))
