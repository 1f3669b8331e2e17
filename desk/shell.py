"""One run of the program as a person meets it: the language, and whether a program is listening."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.language import chosen
from engine import messages

if TYPE_CHECKING:
    from rich.console import RenderableType

_PIPED_COLUMNS = 120


@dataclass(frozen=True)
class Shell:
    """What every command gets (`click.pass_obj`): words, and the one way out to the person."""

    lang: str = "en"
    json: bool = False

    @classmethod
    def from_arguments(cls, arguments: Sequence[str], environment: Mapping[str, str]) -> "Shell":
        """Read off the raw command line: an error in it must already be told in the right language and form."""
        return cls(chosen(arguments, environment), "--json" in arguments)

    def text(self, key: str, **parameters: object) -> str:
        """A sentence in the shell's language."""
        return messages.text(key, self.lang, **parameters)

    def say(self, words: str) -> None:
        """A line on standard output."""
        sys.stdout.write(words + "\n")

    def tell(self, words: str) -> None:
        """A line on standard error: problems, and what a piped result should not hold."""
        sys.stderr.write(words + "\n")

    def show(self, *renderables: "RenderableType") -> None:
        """Tables and styled text; plain and of a fixed width where no terminal reads along."""
        from rich.console import Console

        console = Console(
            file=sys.stdout,
            width=None if sys.stdout.isatty() else _PIPED_COLUMNS,
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=False,
        )
        with console.capture() as captured:
            for renderable in renderables:
                console.print(renderable)
        self.say("\n".join(line.rstrip() for line in captured.get().rstrip("\n").split("\n")))
