"""Who may see and do what: every address tried in every role, and by whoever has not signed in."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROLES = ("administrator", "clerk", "head", "legal", "supervision")
ARGUMENTS = {
    "ref": "jiyuan-6", "id": "J08", "version": 1, "upload": "none", "document": "none", "predicate": "self_score",
    "topic": "innovation", "freeze": 1, "city": "none", "username": "clerk", "chosen": "en", "token": "none",
    "sheet": "none", "said": "none", "at": 0, "kind": "error", "posting": "none", "paper": "none", "number": 1,
    "folder": "none", "other": "sanmenxia-3",
}  # fmt: skip
DOORS = {"signin", "language"}
OUTSIDE = {"door", "mine", "mine_out", "sheet", "saying", "receipt", "check"}
OUTSIDE |= {"dossier", "dossier_hand", "dossier_workbook", "dossier_step", "declaration"}
OUTSIDE |= {"board", "board_round", "posting", "posting_text", "posting_file", "watch"}
"""Pages of people outside: open to everybody, or by a link of their own (`test_counter_door`)."""
ASIDE = {"picture", "ties_picture", "prospects", "filled", "template", "due_calendar", "prepare_paper", "revocations"}
"""Pages whose answer takes seconds: that they refuse is tried here, that they answer elsewhere."""


def addresses() -> list[tuple[Any, str]]:
    """Every page with an address of it."""
    from django.urls import get_resolver, reverse

    found = []
    for pattern in get_resolver().url_patterns:
        named = {name: ARGUMENTS[name] for name in pattern.pattern.converters}
        found.append((pattern.callback.page, reverse(pattern.name, kwargs=named)))
    return found


def test_every_address_says_who_may_see_it(house: object) -> None:
    """There is no address without a page, no page without a role but the doors themselves."""
    from django.urls import get_resolver

    patterns = get_resolver().url_patterns
    pages = [pattern.callback.page for pattern in patterns]

    assert [pattern.name for pattern in patterns] == [page.name for page in pages]
    assert {page.name for page in pages if page.free} == DOORS | OUTSIDE
    assert all(page.see or page.do for page in pages if not page.free)
    assert {role for page in pages for role in page.see | page.do} == set(ROLES)


def test_nobody_gets_in_without_signing_in(samples: object, db: None) -> None:
    """Whoever has not signed in is led to the door, whatever the address and the method."""
    from django.test import Client

    client = Client()
    for page, address in addresses():
        for method in (client.get, client.post):
            answer = method(address)
            led = answer.status_code == 302 and answer["Location"].startswith("/signin")
            asked = method == client.post and answer.status_code == 401  # what was typed is kept, the door is shown
            inside = not page.free and not led and not asked
            assert not inside, (page.name, answer.status_code)


@pytest.mark.parametrize("role", ROLES)
def test_every_address_in_every_role(role: str, signed_in: Callable[[str], Any]) -> None:
    """A page is refused to the roles it does not name, in words that say who does the step, and to no other."""
    client = signed_in(role)
    for page, address in addresses():
        if page.name in OUTSIDE:
            continue
        allowed = page.free or role in page.see | page.do
        if not (allowed and page.name in ASIDE):
            answer = client.get(address)
            assert (answer.status_code == 403) == (not allowed), (page.name, answer.status_code)
            assert page.form or answer.status_code in (403, 405), page.name
            if not allowed:
                assert "403" not in re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        if not page.free and role not in page.do:
            assert client.post(address).status_code in (403, 405), page.name


@pytest.mark.parametrize("role", ROLES)
def test_every_page_forbids_what_it_does_not_hold(role: str, signed_in: Callable[[str], Any]) -> None:
    """No inline script or style anywhere, and the headers say so on every page, the refusals too."""
    client = signed_in(role)
    for page, address in addresses():
        if page.name in ASIDE:
            continue
        answer = client.get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, page.name
        assert answer["X-Content-Type-Options"] == "nosniff" and answer["X-Frame-Options"] == "DENY"
        assert (answer["Cache-Control"] == "no-store") == (page.name != "board"), page.name
        if answer["Content-Type"].startswith("text/html"):
            words = answer.content.decode()
            assert " style=" not in words and "<script>" not in words and " onclick" not in words, page.name


def test_one_person_of_several_roles_acts_in_one(signed_in: Callable[[str], Any]) -> None:
    """A page is judged by the role taken, not by those one might take; taking one is an act."""
    from web.ledger.models import Act
    from web.people.models import User

    User.objects.filter(username="clerk").update(roles="clerk supervision")
    client = signed_in("clerk")
    assert client.get("/ledger/export").status_code == 403
    client.post("/role", {"role": "supervision"})

    assert client.get("/ledger/export").status_code == 200
    assert client.post("/rounds/jiyuan-6/upload").status_code == 403
    assert (Act.objects.first().kind, Act.objects.first().role) == ("role_taken", "supervision")


def test_another_password_and_other_roles_end_every_session(signed_in: Callable[[str], Any]) -> None:
    """Whoever loses a role, or signs out everywhere, is out wherever he was in."""
    from web.ledger import HOUSE
    from web.people.keeping import change, end_sessions
    from web.people.models import User

    for how in (
        lambda user: end_sessions(HOUSE, user),
        lambda user: change(HOUSE, user, user.name, ["legal"], active=True),
    ):
        client = signed_in("clerk")
        assert client.get("/rounds").status_code == 200
        how(User.objects.get(username="clerk"))
        assert client.get("/rounds")["Location"] == "/signin?next=/rounds"


def test_wrong_passwords_close_the_door_for_a_while(samples: object, db: None) -> None:
    """Six wrong tries under one name from one address: then the right one does not help either."""
    from django.test import Client

    client = Client()
    answers = [client.post("/signin", {"username": "head", "password": f"wrong{n}"}).status_code for n in range(7)]

    assert answers == [400] * 5 + [429] * 2
    assert client.post("/signin", {"username": "head", "password": "sample-desk-2025"}).status_code == 429


def test_both_profiles_are_sound(house: object) -> None:
    """Django's own deployment check is silent, in the office without silencing anything."""
    environment = {**os.environ, "PINGJIANG_BEHIND_HTTPS": "pj.example.org"}
    for profile in ("local", "office"):
        command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING", "--settings"]
        done = subprocess.run([*command, f"web.settings.{profile}"], capture_output=True, text=True, env=environment)
        assert (done.returncode, profile) == (0, profile), done.stderr


def test_the_web_server_needs_no_solver(samples: Path) -> None:
    """Whatever the pages import, and every form made from the vocabulary; a pool is asked: no clingo, no networkx."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from web.start import House\n"
        f"House(Path({str(samples)!r})).prepare()\n"
        "import web.urls\n"
        "from engine.facts import PREDICATES\n"
        "from web.applicants.entering import asked\n"
        "from web.rounds import Round\n"
        "from web.work import pool\n"
        "pool.start(1)\n"
        "round_ = Round.objects.select_related('head').get(ref='jiyuan-6')\n"
        "for one in PREDICATES.values(): asked(one, round_, 'zh', '')\n"
        "pool.stop()\n"
        "print(sorted({'clingo', 'networkx', 'openpyxl', 'docxtpl'} & set(sys.modules)))\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PINGJIANG_WORKERS"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)

    assert done.stdout.strip() == "[]"
