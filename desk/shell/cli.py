"""The command `pingjiang`: reads the language, calls one command, and turns what happened into an exit code.

0 decided; 2 bad usage or bad case; 3 stopped, nothing decided; 4 nothing possible. Only here errors are caught: ours,
and what the system refuses (a disk is full, a folder cannot be read). Anything else is a fault of the program and shows
itself as one. Little is imported before signals are looked after: Ctrl-C ends also a program that is still starting.
"""

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desk.shell.guard import CODE, guard

if TYPE_CHECKING:
    from engine.errors import Problem

BROKEN_PIPE = 141  # what a shell reports for a process ended by SIGPIPE


def main() -> None:
    """Run the command line and leave with its exit code."""
    guard.start()
    gc.set_threshold(50_000, 50, 50)  # starting makes tens of thousands of objects, and hardly one of them is garbage
    try:
        _streams()
        code = _flushed(run(sys.argv[1:]))
    except BrokenPipeError:
        code = _deaf(BROKEN_PIPE)  # the reader has left
    except BaseException:
        if not guard.why:
            raise
        code = _interrupted()
    if guard.why and code == CODE:
        sys.stderr.flush()
        guard.leave()
    guard.done()
    gc.freeze()  # what is there goes with the process: nobody need look through it for garbage
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Call the command named on the line; its exit code."""
    import click

    from desk.shell import problems
    from desk.shell.command import House
    from desk.shell.shell import Shell
    from engine.errors import PingjiangError, Stopped

    shell = Shell.from_arguments(arguments, os.environ)
    guard.watch({key: shell.text(key) for key in ("problem.interrupted", "problem.stopped.time_limit")})
    pingjiang = House("pingjiang")
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
        shell.tell(shell.text(guard.why or "problem.interrupted"))
        return Stopped.exit_code
    except BrokenPipeError:
        raise
    except OSError as trouble:
        problems.report([_refused(trouble)], shell)
        return PingjiangError.exit_code
    return 0


def _streams() -> None:
    """Standard streams that are there and speak UTF-8; one that was closed takes nothing, no file gets its number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_WRONLY if number == 2 else os.O_RDONLY)
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115 - the process's own
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _flushed(code: int) -> int:
    """The exit code after everything has gone out: 2 where standard output takes it no more."""
    from desk.shell.shell import Shell

    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = _deaf(BROKEN_PIPE)
    except OSError as trouble:
        shell = Shell.from_arguments(sys.argv[1:], os.environ)
        if code != 2:  # else it was told already
            shell.tell(shell.text("problem.unwritable_output", reason=trouble.strerror or str(trouble)))
        code = _deaf(2)
    return code


def _deaf(code: int) -> int:
    """Nobody takes the rest: it goes nowhere, or Python complains while it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return code


def _interrupted() -> int:
    """The exit code of what was stopped before or outside `run`: while modules were imported, or on the way out."""
    from desk.shell.shell import Shell

    shell = Shell.from_arguments(sys.argv[1:], os.environ)
    shell.tell(shell.text(guard.why))
    return CODE


def _refused(trouble: OSError) -> "Problem":
    """What the system refused, as a problem: at a file if it names one."""
    from engine.errors import Problem

    found = trouble.filename if isinstance(trouble.filename, str) else ""
    reason = trouble.strerror or str(trouble)
    return Problem("system" if found else "system_nowhere", {"found": found, "reason": reason})
