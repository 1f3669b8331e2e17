"""One run of the program as a person meets it: the language, the screen, and whether a program is listening."""

import json
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from time import monotonic
from typing import TYPE_CHECKING

import click

from desk.shell.guard import guard
from desk.shell.language import chosen
from engine.errors import Stopped, UsageError
from engine.words import messages

if TYPE_CHECKING:
    from engine.case import Hint

_WIDEST = 100
_HINTS = re.compile(rb',\n "hints": \[[^\n]*\](\n?)}\n\Z')


@dataclass(frozen=True)
class Shell:
    """What every command gets (`click.pass_obj`): words, and the ways out to the person."""

    lang: str = "en"
    json: bool = False
    strict: bool = False
    """Whether hints are problems (`--strict-hints`)."""
    force: bool = False
    """Whether what exists may be replaced (`--force`)."""
    hints: "list[tuple[Hint, ...]]" = field(default_factory=list, compare=False, repr=False)
    """What was found to look at again in the case that was read; once it is, a JSON answer has it last."""
    ends: list[float] = field(default_factory=list, compare=False, repr=False)
    """When the time given is over, in seconds of `time.monotonic`."""

    @classmethod
    def from_arguments(cls, arguments: Sequence[str], environment: Mapping[str, str]) -> "Shell":
        """Read off the raw command line: an error in it must already be told in the right language and form."""
        json, strict, force = (option in arguments for option in ("--json", "--strict-hints", "--force"))
        return cls(chosen(arguments, environment), json, strict, force)

    @cached_property
    def coloured(self) -> bool:
        """Colours for a terminal that has them and a person who wants them (https://no-color.org)."""
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    @cached_property
    def columns(self) -> int:
        """How wide a line may be: the terminal's width up to 100, and 100 where no terminal reads along."""
        return min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else _WIDEST

    def text(self, key: str, /, **parameters: object) -> str:
        """A sentence in the shell's language."""
        return messages.text(key, self.lang, **parameters)

    def paint(self, words: str, colour: str | None = None, *, bold: bool = False, dim: bool = False) -> str:
        """The words in colour, plain where colours are off."""
        return click.style(words, fg=colour, bold=bold or None, dim=dim or None) if self.coloured else words

    def limit(self, seconds: float) -> None:
        """Give this run so many seconds from now."""
        self.ends.append(monotonic() + seconds)
        guard.limit(seconds)

    def in_time(self) -> None:
        """Raise Stopped where the time is over."""
        if self.ends and monotonic() >= min(self.ends):
            raise Stopped("stopped.time_limit")

    def say(self, words: str) -> None:
        """A line on standard output; with `--json` that is the answer, one object, which ends with the hints."""
        if self.json and self.hints and words.startswith("{"):
            hints = sorted(set(chain(*self.hints)), key=lambda hint: hint.order)
            words = _with_hints(words, [hint.as_dict() for hint in hints])
        self.pour(words + "\n")

    def pour(self, content: str | bytes) -> None:
        """What a file would hold, on standard output as it is; UsageError where nothing takes it."""
        guard.check()
        try:
            if isinstance(content, bytes):
                sys.stdout.buffer.write(content)
            else:
                sys.stdout.write(content)
        except BrokenPipeError:
            raise
        except OSError as trouble:
            raise UsageError("unwritable_output", {"reason": trouble.strerror or str(trouble)}) from trouble

    def tell(self, words: str) -> None:
        """A line on standard error: problems, and what a piped result should not hold."""
        with suppress(OSError):  # nobody listens: the exit code still says what happened
            sys.stderr.write(words + "\n")


def without_hints(answer: bytes) -> bytes:
    """A JSON answer as it was before its hints: what a result that was printed must be compared by."""
    return _HINTS.sub(rb"\1}\n", answer)


def _with_hints(answer: str, rows: list[dict[str, object]]) -> str:
    inside = answer.rstrip().removesuffix("}")
    body = inside.rstrip()
    comma, end = "" if body == "{" else ",", "\n" if inside != body else ""
    return f'{body}{comma}\n "hints": {json.dumps(rows, ensure_ascii=False)}{end}}}'
