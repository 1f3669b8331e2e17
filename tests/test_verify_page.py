"""The page on which anybody checks a draw: in a real browser it finds what the program finds, record by record."""

from __future__ import annotations

import json
import threading
from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from desk.files.verifypage import verify_page
from engine.draw.frozen import DEMO_KEY
from engine.draw.lots import Draw, draw
from engine.errors import CaseError, UsageError
from engine.record.entries import Entry
from engine.record.protocol import standing, text
from engine.record.publication import public_text
from engine.record.supplement import supplement
from engine.record.verification import verify
from tests import test_after, test_refreezing
from tests.test_public_copy import with_entries
from tests.test_record import ONE, drawn

CHROMIUM = "/usr/bin/chromium"
CHECK = """([data, given]) => {
    const found = window.pingjiangVerify(Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0)), given);
    delete found.checker;
    return found;
}"""
PUT_IN = """() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = 1";
    document.body.append(script);
}"""
NOTHING = {"commitment": "", "numbers": "", "head": ""}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page opened from a file."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium here")
    file = tmp_path_factory.mktemp("page") / "verify.html"
    file.write_text(verify_page("zh"), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_context().new_page()
        opened.goto(file.as_uri())
        yield opened
        browser.close()


def checked(page: Page, record: str | bytes, given: dict[str, str] = NOTHING) -> dict[str, Any]:
    """What the page finds."""
    data = record.encode("utf-8") if isinstance(record, str) else record
    found: dict[str, Any] = page.evaluate(CHECK, [b64encode(data).decode(), given])
    return found


def by_the_program(record: str | bytes, given: dict[str, str] = NOTHING) -> dict[str, Any]:
    """What the program finds, as the page tells it."""
    data = record.encode("utf-8") if isinstance(record, str) else record
    numbers = [given["numbers"]] if given["numbers"] else []
    try:
        right = verify(
            "r.json", data, commitment=given["commitment"] or None, numbers=numbers, head=given["head"] or None
        )
    except (CaseError, UsageError):
        return {"verified": False}
    now = right.standing
    panels = {group: [vars(seat) for seat in seats] for group, seats in now.panels.items()}
    return {
        "verified": True, "head": now.head, "panels": panels, "not_given": list(right.not_given),
        "public": right.public, "commitment": right.drawn.frozen.commitment, "demo": right.drawn.demo,
    }  # fmt: skip


def same(page: Page, record: str | bytes, given: dict[str, str] = NOTHING) -> bool:
    """Whether both find the same; shown where they do not."""
    wanted = by_the_program(record, given)
    found = checked(page, record, given)
    seen = {key: found.get(key) for key in wanted}

    assert seen == wanted, found["problems"]
    return bool(wanted["verified"])


def published(made: Draw, entries: tuple[Entry, ...]) -> dict[str, str]:
    head = entries[-1].hash if entries else standing(made).head
    return {"commitment": made.frozen.commitment, "numbers": "" if made.demo else ONE, "head": head}


@pytest.mark.parametrize("city", ["jiyuan", "sanmenxia"])
@pytest.mark.parametrize("seed", [ONE, "demo"])
def test_the_samples_come_out(page: Page, city: str, seed: str) -> None:
    made = drawn(city, seed)
    assert same(page, text(made))
    assert same(page, text(made), published(made, ()))
    assert same(page, public_text(made), published(made, ()))


def test_entries_and_public_copies_come_out(page: Page) -> None:
    made, entries = with_entries()
    for given in (NOTHING, published(made, entries)):
        assert same(page, text(made, entries), given)
        assert same(page, public_text(made, entries), given)
    assert same(page, text(made, entries[:2]), published(made, entries)) is False


def after_the_draw(seeds: range) -> Iterator[tuple[Draw, tuple[Entry, ...]]]:
    """Small rounds in which somebody leaves: filled, or vacant with panels more asked for, or seats reopened by lot."""
    for seed in seeds:
        made, found = test_after.drawn(seed), test_after.left(seed)
        if made is None or found is None:
            continue
        _, entry, _ = found
        yield made, (entry,)
        if not entry.hall:
            continue
        for more in ({"reopen": True}, {"asked": tuple((who, True) for who in entry.asking[:1])}):
            try:
                yield made, (entry, test_after.standing_again(seed).add(test_after.news(2, **more)))
            except CaseError:
                continue


WANTED = {("complete", False, False), ("vacant", False, False), ("complete", True, False), ("complete", False, True)}
"""Outcome, whether seats were reopened, whether somebody was asked: each kind of entry."""


def test_small_rounds_with_vacancies_come_out(page: Page) -> None:
    """One of each kind."""
    met = set()
    for made, entries in after_the_draw(test_after.SEEDS):
        kind = (entries[-1].outcome, bool(entries[-1].reopened), bool(entries[-1].later.asked))
        if kind not in met:
            met.add(kind)
            assert same(page, text(made, entries))
            assert same(page, public_text(made, entries))
        if met >= WANTED:
            break

    assert met >= WANTED


@pytest.mark.slow
def test_every_small_round_with_vacancies_comes_out(page: Page) -> None:
    for made, entries in after_the_draw(test_after.SEEDS):
        assert same(page, text(made, entries))
        assert same(page, public_text(made, entries))


def test_a_supplementary_draw_comes_out(page: Page) -> None:
    found = test_refreezing.vacant()
    made = draw(supplement(found, test_refreezing.newcomer(found), key=DEMO_KEY), test_refreezing.SEED)
    assert isinstance(made, Draw)
    assert same(page, text(made))
    assert same(page, public_text(made))


def test_what_is_tampered_with_is_found_where_the_program_finds_it(page: Page) -> None:
    """Bytes changed all over a small record, with commitment and head given."""
    made, entries = next(after_the_draw(test_after.SEEDS))
    given, data = published(made, entries), text(made, entries).encode("utf-8")
    changed = [altered(data, at) for at in range(7, len(data), 211)]

    assert len(changed) > 15
    assert not any(same(page, record, given) for record in changed)


def altered(data: bytes, at: int) -> bytes:
    """The record with another byte at a place."""
    return data[:at] + (b"7" if data[at : at + 1] != b"7" else b"8") + data[at + 1 :]


@pytest.mark.slow
def test_what_is_tampered_with_in_a_sample_is_found_too(page: Page) -> None:
    made, entries = with_entries()
    given, data = published(made, entries), text(made, entries).encode("utf-8")

    assert not any(same(page, altered(data, at), given) for at in range(7, len(data), 1009))


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record + " ",
        lambda record: record.replace('"taken"', '"full"', 1),
        lambda record: record.replace('"demo": false', '"demo": true'),
        lambda record: record.replace("lots-2", "lots-1"),
        lambda record: record.replace("can_lead(", "could_lead(", 1),
        lambda record: record.replace(ONE, "1.1:" + ONE[6:]),
        lambda record: record[: len(record) // 2],
        lambda record: "\N{BOM}" + record,
        lambda _record: "{}",
        lambda _record: "[" * 5000,
    ],
)
def test_what_is_no_right_record_is_refused(page: Page, change: Any) -> None:
    record = text(drawn("sanmenxia"))

    assert same(page, change(record)) is False


def test_what_is_given_is_compared(page: Page) -> None:
    made = drawn("sanmenxia")
    right = published(made, ())
    for key, wrong in (("commitment", "0" * 64), ("numbers", ONE.replace("1.2:9", "1.2:8")), ("head", "0" * 64)):
        assert same(page, text(made), {**right, key: wrong}) is False


def test_it_asks_nobody_and_runs_nothing_else(page: Page, tmp_path: Path) -> None:
    """Also where it is served: one request, for the page itself; a script put in does not run."""
    (tmp_path / "verify.html").write_text(verify_page("zh"), "utf-8")
    (tmp_path / "r.json").write_text(text(drawn("sanmenxia")), "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    asked: list[str] = []
    other = page.context.new_page()
    other.on("request", lambda request: asked.append(request.url))
    try:
        other.goto(f"http://127.0.0.1:{server.server_port}/verify.html")
        other.set_input_files("#record", str(tmp_path / "r.json"))
        other.fill("#numbers", ONE)
        other.click("button[type=submit]")
        shown = other.locator("#verdict").inner_text()
        lacking = other.locator(".not-given li").all_inner_texts()
        other.locator("details").first.locator("summary").click()
        other.locator("details").first.locator("tbody tr").first.wait_for()
        rows = other.locator("details").first.locator("tbody tr").count()
        cannot = other.locator(".cannot li").count()
        other.evaluate(PUT_IN)
        ran = other.evaluate("window.ran")
    finally:
        other.close()
        server.shutdown()
        server.server_close()

    assert shown.startswith("相符") and len(lacking) == 2 and cannot == 5
    assert rows == len(drawn("sanmenxia").frozen.roster.reviewers)
    assert [url.rpartition("/")[2] for url in asked if not url.endswith("favicon.ico")] == ["verify.html"]
    assert ran is None


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


def test_hostile_names_stay_text(page: Page, tmp_path: Path) -> None:
    record = json.loads(text(drawn("sanmenxia")))
    record["record"]["method"] = "<img src=x onerror=window.hit=1>"
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps(record), "utf-8")
    page.set_input_files("#record", str(file))
    page.click("button[type=submit]")

    assert "<img" in page.locator(".problems").inner_text()
    assert page.evaluate("window.hit") is None
