"""A house for the tests of the desk in the browser: a data folder and a database of its own, each test undone."""

import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.web.houses import copied, program, served

CHROMIUM = shutil.which("chromium")
DATABASE = "PINGJIANG_TEST_DATABASE"
"""The address of a PostgreSQL database to run on; SQLite where it is not set."""


PORT = "54329"
"""The port in the name of the socket of a PostgreSQL cluster of the tests; it is not open to the network."""


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of an empty database on a socket of its own."""
    initdb, control = program("initdb"), program("pg_ctl")
    if initdb is None or control is None:
        pytest.skip("PostgreSQL is absent: nothing was tried on it")
    root = os.geteuid() == 0
    runuser = shutil.which("runuser") or shutil.which("runuser", path="/usr/sbin:/sbin")
    before = [str(runuser), "-u", "postgres", "--"] if root else []
    folder = Path(tempfile.mkdtemp(prefix="pingjiang-pg-"))
    if root:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run([*before, *command], check=True, capture_output=True, cwd=folder)

    try:
        run(initdb, "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-p {PORT} -k {folder} -c listen_addresses= -c fsync=off"
        run(control, "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield f"postgresql://postgres@/postgres?host={folder}&port={PORT}"
        finally:
            run(control, "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Django set up on an empty house; questions are answered in this process."""
    data = tmp_path_factory.mktemp("house")
    os.environ["PINGJIANG_WORKERS"] = "inline"
    from web.start import House

    found = House(data, os.environ.get(DATABASE, ""))
    found.prepare()
    from django.conf import settings
    from django.test.utils import setup_test_environment

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    setup_test_environment()
    found.migrate()
    return data


@pytest.fixture(scope="session")
def samples(house: Path) -> Path:
    """The same with both sample rounds and the five people; everybody of the first round decided."""
    from django.db import connection, transaction

    from web import start
    from web.rounds import Round
    from web.work import compute, reason

    with transaction.atomic():
        start.samples()
        connection.run_on_commit.clear()  # one city's reasons are enough, and take seconds
    head = Round.objects.get(ref="jiyuan-6").head
    compute(head.facts, head.facts_hash)
    reason(head.facts, head.facts_hash, lambda *_: None)
    return house


@pytest.fixture
def db(house: Path) -> Iterator[None]:
    """A test's database: whatever it does is undone."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def signed_in(entered: Callable[[str], Any], db: None) -> Callable[[str], Any]:
    """A browser in which one of the five has signed in, by role; undone after the test."""
    return entered


@pytest.fixture(scope="session")
def entered(samples: Path) -> Callable[[str], Any]:
    """The same for whoever keeps the transaction himself: a module whose tests go on from one state."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.test import Client

    from web.people.models import User

    def enter(role: str) -> Client:
        client = Client(raise_request_exception=True)
        user = User.objects.get(username=role)
        session = client.session
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        client.cookies["pingjiang"] = session.session_key
        return client

    return enter


@pytest.fixture(scope="module")
def desk_folder(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the desk of a module: a copy of the prepared house."""
    return copied(samples, tmp_path_factory.mktemp("desk") / "house")


@pytest.fixture(scope="module")
def desk(desk_folder: Path) -> Iterator[str]:
    """The address of a desk on a copy of the prepared house."""
    with sqlite3.connect(desk_folder / "desk.sqlite3") as database:
        from django.contrib.auth.hashers import Argon2PasswordHasher

        secret = Argon2PasswordHasher().encode("sample-desk-2025", "sampledesksalt00")
        database.execute("UPDATE people_user SET password = ?", (secret,))
    with served(desk_folder) as address:
        yield address


@pytest.fixture(scope="module")
def on_postgresql(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A house on PostgreSQL with the samples in it, in a database of its own: its folder, the database's address."""
    from benchmarks.killed import prepare

    socket = parse_qs(urlsplit(cluster).query)["host"][0]
    psql = [str(program("psql")), "-h", socket, "-p", PORT, "-U", "postgres", "-qc"]
    subprocess.run([*psql, "CREATE DATABASE desk"], check=True)
    address = cluster.replace("@/postgres", "@/desk")
    data = tmp_path_factory.mktemp("house") / "on-postgresql"
    prepare(data, address)
    yield data, address
    subprocess.run([*psql, "DROP DATABASE desk WITH (FORCE)"], check=True)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
