"""Transcripts in a document: `$ pingjiang …` in a console block, followed by what it prints."""

import contextlib
import io
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT = "$ pingjiang "


def renewed(document: str, output: Callable[[list[str]], str]) -> str:
    """The document with every command's output as it is now; `output` runs a command line."""
    return _BLOCK.sub(lambda block: f"```console\n{_block(block[1], output)}```", document)


def _block(words: str, output: Callable[[list[str]], str]) -> str:
    commands = [line for line in words.splitlines() if line.startswith(_PROMPT)]
    return "".join(f"{line}\n{output(shlex.split(line.removeprefix(_PROMPT)))}" for line in commands)


def printed(arguments: list[str], lang: str) -> str:
    """What a command prints on a pipe, in a language."""
    from desk.shell.cli import run

    with contextlib.redirect_stdout(io.StringIO()) as shown:
        run(["--lang", lang, *arguments])
    return shown.getvalue()


def main() -> None:
    """Renew the documents named on the command line; `.zh-CN.md` speaks Chinese."""
    for name in sys.argv[1:]:
        lang = "zh" if name.endswith(".zh-CN.md") else "en"
        path = Path(name)
        document = path.read_text(encoding="utf-8")
        path.write_text(renewed(document, lambda line, lang=lang: printed(line, lang)), encoding="utf-8")  # type: ignore[misc]


if __name__ == "__main__":
    main()
