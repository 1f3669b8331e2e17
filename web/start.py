"""Starting the desk: its data folder, its database brought up to date, its processes, its door."""

from __future__ import annotations

import multiprocessing
import os
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

THREADS = 8
_CONNECTIONS = 400


@dataclass(frozen=True)
class House:
    """Where a house's data lies and who may come in: `database` an address, empty for SQLite in the folder."""

    data: Path
    database: str = ""
    behind_https: str = ""
    samples: bool = False

    @property
    def environment(self) -> dict[str, str]:
        """What the settings read."""
        profile = "office" if self.behind_https else "local"
        return {
            "DJANGO_SETTINGS_MODULE": f"web.settings.{profile}",
            "PINGJIANG_DATA": str(self.data.absolute()),
            "PINGJIANG_DATABASE": self.database,
            "PINGJIANG_BEHIND_HTTPS": self.behind_https,
            "PINGJIANG_SAMPLES": "1" if self.samples else "",
        }

    def prepare(self) -> None:
        """Make the folder and its key, readable to nobody else, and set Django up on it."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            handle = os.open(self.data / "key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as key:
                key.write(secrets.token_urlsafe(64))
        os.environ.update(self.environment)
        import django

        django.setup()

    def migrate(self) -> None:
        """Bring the database up to what this program expects."""
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)


def first_password() -> tuple[str, str] | None:
    """An administrator for a house that has nobody: the name and the password, told this once."""
    from web.ledger import HOUSE
    from web.page import ADMINISTRATOR
    from web.people import User, add, fresh_password

    if User.objects.exists():
        return None
    secret = fresh_password()
    add(HOUSE, "admin", "admin", [ADMINISTRATOR], secret)
    return "admin", secret


def samples() -> None:
    """Invented people and both sample rounds, where they are missing."""
    from web import people, rounds

    people.sample_people()
    rounds.load_samples()


class Child:
    """The child process for long work: started again where it ended, killed where somebody wished a job's end."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.context = multiprocessing.get_context("spawn")
        self.stopping = threading.Event()
        self.process: Any = None
        self.pipe: Connection | None = None

    def start(self) -> None:
        """Start the process, and the thread that looks after it."""
        self._spawn()
        threading.Thread(target=self._look, daemon=True).start()

    def _spawn(self) -> None:
        from web.work import child_run

        theirs, self.pipe = self.context.Pipe(duplex=False)
        environment = {**self.house.environment, "PINGJIANG_WORKERS": "child"}
        self.process = self.context.Process(target=child_run, args=(environment, theirs), daemon=True)
        self.process.start()
        theirs.close()

    def _look(self) -> None:
        from django.db import close_old_connections

        from web.work import Job, again

        while not self.stopping.wait(1):
            close_old_connections()
            wished = list(Job.objects.filter(state="running", stop=True).values_list("pk", flat=True))
            if wished:
                self.process.kill()
                self.process.join()
                Job.objects.filter(pk__in=wished).update(state="stopped")
            if not self.process.is_alive() and not self.stopping.is_set():
                again()
                self._spawn()

    def stop(self) -> None:
        """End the process."""
        self.stopping.set()
        self.process.kill()
        self.process.join()


def run(house: House, port: int, workers: int, opened: Callable[[str], None]) -> None:
    """Serve until somebody stops it; `opened` is told the address once the door is open."""
    from waitress.server import create_server

    from web import work

    work.again()
    work.start(workers)
    child = Child(house)
    child.start()
    from web.wsgi import application

    proxied: dict[str, Any] = {}
    if house.behind_https:
        headers = "x-forwarded-for x-forwarded-proto x-forwarded-host"
        proxied = {
            "trusted_proxy": "127.0.0.1",
            "trusted_proxy_headers": headers,
            "clear_untrusted_proxy_headers": True,
        }
    server = create_server(
        application, host="127.0.0.1", port=port, threads=THREADS, connection_limit=_CONNECTIONS, backlog=512,
        asyncore_use_poll=True, ident="", max_request_body_size=64 * 1024 * 1024, **proxied,
    )  # fmt: skip
    try:
        opened(f"http://127.0.0.1:{server.effective_port}/")
        server.run()
    finally:
        child.stop()
        work.stop()
        server.close()
