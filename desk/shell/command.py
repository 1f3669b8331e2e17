"""Click commands that take their words from the catalogues, and the house that finds them.

A command's words: `commands.<name>` (its line in the list), `command.<name>.help` and `.example`, one line for each
`.option.<name>` and `.argument.<name>`. Options common to all are worded once, under `option.<name>`.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any

import click

from desk.shell.helppage import page
from desk.shell.shell import Shell
from engine.errors import UsageError
from engine.words import LANGUAGES

_HOUSE = Path(__file__).parents[2]
_ROOMS = ("desk", "web")
"""The floors that have a room of commands: `<floor>/commands`, one file a command."""


class Option(click.Option):
    """An option; a `shared` one is worded once for all commands."""

    def __init__(self, *declarations: Any, shared: bool = False, **settings: Any) -> None:
        super().__init__(*declarations, **settings)
        self.shared = shared


class Command(click.Command):
    """A command; takes `--lang` and `--help` like every other."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings | {"add_help_option": False})
        self.params += _common()

    def get_help(self, ctx: click.Context) -> str:
        """The help page in the language of the shell."""
        return page(self, ctx)


class Group(click.Group):
    """Commands under one name; called without one, it shows its help."""

    command_class = Command

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings | {"add_help_option": False, "no_args_is_help": False})
        self.params += _common()

    def get_help(self, ctx: click.Context) -> str:
        """The help page in the language of the shell."""
        return page(self, ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, an empty line asking for help."""
        return super().parse_args(ctx, args or ["--help"])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands of the group's own file, and those in files of their own, `<group>__<command>.py`."""
        return sorted({*super().list_commands(ctx), *_below(self.name)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; one in a file of its own is imported now."""
        if (module := _below(self.name).get(cmd_name)) is None:
            return super().get_command(ctx, cmd_name)
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(module), f"{name}_" if iskeyword(name) else name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named first; an error that lists what there is."""
        if self.get_command(ctx, args[0]) is None:
            raise UsageError("no_such_command", {"found": args[0], "known": ", ".join(self.list_commands(ctx))})
        return super().resolve_command(ctx, args)


class House(Group):
    """The commands of `desk/commands` and `web/commands`, each module imported only when it is called."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.params.append(
            Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The modules' names, hyphens for underscores."""
        return sorted(_modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the one module asked for."""
        known = _modules()
        if cmd_name not in known:
            return None
        command: click.Command = getattr(import_module(known[cmd_name]), cmd_name.replace("-", "_"))
        return command


def _modules() -> dict[str, str]:
    """The module of each command, by the command's name: hyphens for underscores."""
    return {stem.replace("_", "-"): module for stem, module in _files() if "__" not in stem}


def _below(group: str | None) -> dict[str, str]:
    """The modules of a group's commands that have a file of their own: a floor above may add to a group below."""
    parts = ((stem.partition("__"), module) for stem, module in _files())
    return {rest.replace("_", "-"): module for (name, cut, rest), module in parts if cut and name == group}


def _files() -> Iterator[tuple[str, str]]:
    for floor in _ROOMS:
        for file in (_HOUSE / floor / "commands").glob("*.py"):
            if not file.stem.startswith("_"):
                yield file.stem, f"{floor}.commands.{file.stem}"


def shared(*declarations: str, **settings: Any) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """Decorate with an option common to several commands."""
    return click.option(*declarations, cls=Option, shared=True, **settings)


def _common() -> list[click.Parameter]:
    return [
        Option(["--lang"], shared=True, metavar="|".join(LANGUAGES), expose_value=False, callback=_check_lang),
        Option(["--help"], shared=True, is_flag=True, is_eager=True, expose_value=False, callback=_show_help),
    ]


def _check_lang(_: click.Context, __: click.Parameter, value: str | None) -> None:
    if value is not None and value not in LANGUAGES:
        raise UsageError("unknown_lang", {"found": value, "known": ", ".join(LANGUAGES)})


def _show_help(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        (ctx.find_object(Shell) or Shell()).pour(ctx.get_help() + "\n")
        ctx.exit()


def _show_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from importlib.metadata import version

        (ctx.find_object(Shell) or Shell()).pour(f"pingjiang {version('pingjiang')}\n")
        ctx.exit()
