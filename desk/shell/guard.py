"""Ctrl-C, SIGTERM and the time limit, whatever the program is doing: grounding, importing, waiting for a worker.

A signal raises KeyboardInterrupt in the main thread, as in any Python program, and what was begun is cleaned up on the
way out. Where the main thread does not get there (a grounder listens to nobody), a thread that only waits ends the
process a second later: it removes what is half written, ends the workers, and leaves with exit code 3.
"""

import os
import signal
import sys
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from socket import socket
    from types import FrameType

CODE = 3
_GRACE = 1.0
"""Seconds that the main thread has to leave by itself."""
_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Guard:
    """Watches over the process; nothing is watched before `start`."""

    def __init__(self) -> None:
        self.why = ""
        """Why the process is to end: `problem.interrupted` or `problem.stopped.time_limit`; empty while it is not."""
        self._words: dict[str, str] = {}
        self._deadline: float | None = None
        self._over: float | None = None
        self._own = 0
        self._lines: tuple[socket, socket] | None = None

    def start(self) -> None:
        """From now on a signal ends the process."""
        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._signalled)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)
        told = sys.unraisablehook
        sys.unraisablehook = lambda raised: None if self.why else told(raised)

    def watch(self, words: dict[str, str]) -> None:
        """From now on also where the main thread is deaf; `words` are told by `why` if it cannot tell them itself."""
        if signal.getsignal(signal.SIGINT) != self._signalled:
            return
        import socket
        import threading

        self._words = words
        self._lines = mine, theirs = socket.socketpair()
        theirs.setblocking(False)
        signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        threading.Thread(target=self._wait, args=(mine,), daemon=True).start()

    def limit(self, seconds: float) -> None:
        """Give the process so many seconds from now."""
        self._deadline = monotonic() + seconds
        if self._lines:
            self._lines[1].send(b"\0")

    def check(self) -> None:
        """Raise KeyboardInterrupt again where it was raised already and somebody swallowed it."""
        if self.why:
            raise KeyboardInterrupt

    def done(self) -> None:
        """The result is out: a signal that comes now changes nothing any more."""
        for number in _SIGNALS:
            if signal.getsignal(number) == self._signalled:
                signal.signal(number, signal.SIG_IGN)

    def leave(self) -> None:
        """End the process now, with nothing left behind."""
        if saved := sys.modules.get("desk.shell.saved"):
            saved.abandon()
        if processes := sys.modules.get("multiprocessing"):
            for child in processes.active_children():
                child.kill()
        os._exit(CODE)

    def _signalled(self, _number: int, _frame: "FrameType | None") -> None:
        if self.why == "problem.interrupted":
            return  # told already; what is being cleaned up goes on
        self.why = self.why or "problem.interrupted"
        raise KeyboardInterrupt

    def _wait(self, line: "socket") -> None:
        from select import select
        from threading import TIMEOUT_MAX

        while True:
            ends = self._over if self._over is not None else self._deadline
            left = None if ends is None else max(0.0, ends - monotonic())
            if not select([line], [], [], left and min(left, TIMEOUT_MAX))[0]:
                self._ended() if self._over is not None else self._expired()
                continue
            for number in line.recv(64):
                if number == signal.SIGINT and self._own:
                    self._own -= 1
                elif number in _SIGNALS and self._over is not None:
                    self._ended()
                elif number in _SIGNALS:
                    self._over = monotonic() + _GRACE

    def _expired(self) -> None:
        """The time is over: the main thread is told as if somebody had pressed Ctrl-C."""
        import threading

        self.why, self._over = "problem.stopped.time_limit", monotonic() + _GRACE
        self._own += 1
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    def _ended(self) -> None:
        try:
            os.write(2, (self._words.get(self.why or "problem.interrupted", "") + "\n").encode())
        finally:
            self.leave()

    def _forget(self) -> None:
        """In a worker: signals are its own, and end it at once; Ctrl-C reaches the parent alone."""
        signal.set_wakeup_fd(-1)
        for number in _SIGNALS:
            if signal.getsignal(number) == self._signalled:
                signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        self._lines, self.why = None, ""


guard = Guard()
"""The one of this process."""
