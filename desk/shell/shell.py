"""One run of the program as a person meets it: the language, the screen, and whether a program is listening."""

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import click

from desk.shell.language import chosen
from engine.words import messages

_WIDEST = 100


@dataclass(frozen=True)
class Shell:
    """What every command gets (`click.pass_obj`): words, and the ways out to the person."""

    lang: str = "en"
    json: bool = False

    @classmethod
    def from_arguments(cls, arguments: Sequence[str], environment: Mapping[str, str]) -> "Shell":
        """Read off the raw command line: an error in it must already be told in the right language and form."""
        return cls(chosen(arguments, environment), "--json" in arguments)

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

    def say(self, words: str) -> None:
        """A line on standard output."""
        sys.stdout.write(words + "\n")

    def tell(self, words: str) -> None:
        """A line on standard error: problems, and what a piped result should not hold."""
        sys.stderr.write(words + "\n")
