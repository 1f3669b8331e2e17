"""The command `pingjiang`: reads the language, calls one command, and turns what happened into an exit code.

0 decided; 2 bad usage or bad case; 3 stopped, nothing decided; 4 nothing possible. Only here errors are caught, and
only ours: anything else is a fault of the program and shows itself as one.
"""

import os
import sys
from collections.abc import Sequence

import click

from desk.shell import problems
from desk.shell.command import House
from desk.shell.shell import Shell
from engine.errors import PingjiangError, Stopped

BROKEN_PIPE = 141  # what a shell reports for a process ended by SIGPIPE

pingjiang = House("pingjiang")


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has left: send the rest nowhere, or Python complains while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = BROKEN_PIPE
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Call the command named on the line; its exit code."""
    shell = Shell.from_arguments(arguments, os.environ)
    try:
        with pingjiang.make_context("pingjiang", list(arguments), obj=shell) as ctx:
            pingjiang.invoke(ctx)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        problems.report([problems.usage(error)], shell)
        return error.exit_code
    except Stopped as error:
        problems.report(error.problems, Shell(shell.lang))
        return error.exit_code
    except PingjiangError as error:
        problems.report(error.problems, shell)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        shell.tell(shell.text("problem.interrupted"))
        return Stopped.exit_code
    return 0
