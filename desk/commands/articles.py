"""`pingjiang articles`: the official text, whole or the provisions asked for."""

import json
from collections.abc import Iterator, Sequence

import click

from desk.arguments import json_option
from desk.shell import Command, Shell
from engine.errors import UsageError
from engine.law import Provision, Statute
from engine.law import statutes as statute
from engine.words import width, wrap


@click.command("articles", cls=Command)
@click.argument("words", nargs=-1, metavar="[CITY] [第八条]")
@json_option
@click.pass_obj
def articles(shell: Shell, words: tuple[str, ...]) -> None:
    """Show the text of a regulation."""
    cities, asked = chosen(words)
    texts = [(text, provisions(text, asked)) for text in map(statute.statute, cities)]
    if not any(found for _, found in texts):
        raise UsageError(
            "unknown_provision", {"city": ", ".join(cities), "found": "、".join(p.citation for p in asked)}
        )
    if shell.json:
        shell.say(json.dumps({"articles": [_entry(*text) for text in texts]}, ensure_ascii=False, indent=1))
        return
    for text, found in texts:
        for line in page(text, found, shell.columns):
            shell.say(line)


def chosen(words: Sequence[str]) -> tuple[tuple[str, ...], list[Provision]]:
    """The city named first (every city if none is), and the provisions after it."""
    known = statute.cities()
    named = words[:1] if words and words[0] in known else ()
    asked = []
    for word in words[len(named) :]:
        try:
            asked.append(Provision.parse(word))
        except ValueError:
            if word.isascii() and word.isalpha():
                raise UsageError("unknown_city", {"found": word, "known": ", ".join(known)}) from None
            raise UsageError("not_a_provision", {"found": word}) from None
    return tuple(named) or known, asked


def provisions(text: Statute, asked: Sequence[Provision]) -> list[Provision]:
    """The provisions with words of their own that were asked for, in the order of the text; all if none was."""
    return [provision for provision in text.words if not asked or any(_within(provision, p) for p in asked)]


def _within(provision: Provision, asked: Provision) -> bool:
    return all(wanted in (0, own) for own, wanted in zip(provision, asked, strict=True))


def page(text: Statute, found: Sequence[Provision], columns: int) -> Iterator[str]:
    """The text as it is printed: chapter, article, its paragraphs and items, wrapped for a terminal."""
    if not found:
        return
    yield f"《{text.title}》"
    head = [f"{name}：{value}" for name, value in text.header.items()]
    together = "  ".join(head)
    yield from [together] if width(together) <= columns else [line for one in head for line in wrap(one, columns)]
    chapter, article = "", 0
    for provision in found:
        if text.chapters[provision.article] != chapter:
            chapter = text.chapters[provision.article]
            yield from ("", chapter)
        if provision.article != article:
            article = provision.article
            yield from ("", Provision(article).citation)
        number = provision.citation.rpartition("第")[2].removesuffix("项") if provision.item else ""
        yield from (f"  {line}" for line in wrap(number + text.words[provision], columns - 2))
    yield ""


def _entry(text: Statute, found: Sequence[Provision]) -> dict[str, object]:
    rows = [{"provision": str(p), "citation": p.citation, "words": text.words[p]} for p in found]
    return {"city": text.city, "title": text.title, "header": text.header, "provisions": rows}
