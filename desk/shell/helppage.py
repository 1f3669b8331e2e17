"""The help page of a command, every word of it from the catalogues."""

from collections.abc import Iterator

import click

from desk.shell.shell import Shell
from engine.words import hanging, wrap


def page(command: click.Command, ctx: click.Context) -> str:
    """Usage, what it does, its commands, arguments and options, and an example."""
    return "\n".join(_lines(command, ctx, ctx.find_object(Shell) or Shell()))


def _lines(command: click.Command, ctx: click.Context, shell: Shell) -> Iterator[str]:
    columns = shell.columns
    names = ctx.command_path.split()
    key = ".".join(["command", *(names[1:] or names)])
    yield " ".join([shell.text("page.usage"), ctx.command_path, *_pieces(command)])
    yield ""
    for paragraph in shell.text(f"{key}.help").strip().split("\n"):
        yield from wrap(paragraph, columns)
    if isinstance(command, click.Group):
        inside = "".join(f"{name}-" for name in names[1:])
        rows = [(name, shell.text(f"commands.{inside}{name}")) for name in command.list_commands(ctx)]
        yield from ("", shell.text("page.commands"), *hanging(rows, columns))
    if rows := [(_argument(param), shell.text(f"{key}.argument.{param.name}")) for param in _arguments(command)]:
        yield from ("", shell.text("page.arguments"), *hanging(rows, columns))
    rows = [(_option(param), _about(param, key, shell)) for param in command.params if isinstance(param, click.Option)]
    yield from ("", shell.text("page.options"), *hanging(rows, columns))
    yield from ("", shell.text("page.example"))
    yield from (f"  {line}" for line in shell.text(f"{key}.example").strip().split("\n"))


def _pieces(command: click.Command) -> Iterator[str]:
    yield "[OPTIONS]"
    yield from (_argument(param) for param in _arguments(command))
    if isinstance(command, click.Group):
        yield "COMMAND"


def _arguments(command: click.Command) -> list[click.Argument]:
    return [param for param in command.params if isinstance(param, click.Argument)]


def _argument(argument: click.Argument) -> str:
    name = f"{argument.metavar}{'…' if argument.nargs == -1 else ''}"
    return name if argument.required else f"[{name}]"


def _option(option: click.Option) -> str:
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {option.metavar}"


def _about(option: click.Option, key: str, shell: Shell) -> str:
    return shell.text(f"option.{option.name}" if getattr(option, "shared", False) else f"{key}.option.{option.name}")
