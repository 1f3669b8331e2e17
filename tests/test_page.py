"""The page: offline, its policy, its links; in a browser where there is one, keys, clicks and print."""

import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from engine.law.statutes import statute
from engine.words.catalogues import LANGUAGES
from explain.graph.outcome import whole
from explain.outline.condenser import outline
from explain.show.webpage import page
from tests.golden_graphs import JIYUAN, SANMENXIA, decision

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_STEPS = """
const links = [...document.querySelectorAll(".why a[data-law]")].filter((one) => one.closest("li"));
const at = () => links.indexOf(document.activeElement);
const press = (key) =>
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const open = () => document.activeElement.closest("details").open;
const found = [];
links[0].click();
found.push([...document.querySelectorAll(".lit")].map((one) => one.id).join());
press("ArrowDown");
found.push(at());
press("ArrowUp");
press("ArrowLeft");
found.push(open());
press("ArrowRight");
found.push(open());
press("End");
found.push(at() === links.length - 1);
found.push(document.querySelectorAll(".lit").length);
document.documentElement.dataset.found = found.join(" ");
"""


def made(folder: str, id: str, lang: str = "zh") -> str:
    """The page of an applicant's outcome."""
    found = decision(folder, id)
    return page(outline(whole(found, id)), lang, statute(found.city), f"{id} · why", found)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("folder", "id"), [(JIYUAN, "J08"), (SANMENXIA, "S07"), (SANMENXIA, "S08")])
def test_every_reason_leads_to_a_provision(folder: str, id: str, lang: str) -> None:
    """Each link's target is there once, holds the law's own words, and is marked as cited."""
    html = made(folder, id, lang)
    targets = re.findall(r'<p id="([^"]+)"', html)
    links = set(re.findall(r'data-law="([^"]+)"', html))

    assert len(targets) == len(set(targets))
    assert links <= set(targets)
    assert links == set(re.findall(r'<p id="([^"]+)" tabindex="-1" class="provision cited', html))


def test_nothing_from_outside() -> None:
    """No address but the page's own anchors; only its own style and script may run, named by their hashes."""
    html = made(JIYUAN, "J08")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    rules = policy[1].replace("&#39;", "'")
    hashes = [
        "sha256-" + b64encode(sha256(content.encode()).digest()).decode()
        for content in re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", html, re.DOTALL)
    ]

    assert rules.startswith("default-src 'none'; ")
    assert [f"'{one}'" in rules for one in hashes] == [True, True]
    assert not re.search(r'(?:src|href|action)="(?!#)', html)
    assert "http" not in html.replace("http-equiv", "")


@pytest.mark.skipif(BROWSER is None, reason="no chromium on PATH: install it to try the page in a browser")
def test_in_a_browser(tmp_path: Path) -> None:
    """A click lights the provision up; arrows move, close and open; the page's policy lets its own script run."""
    html = made(JIYUAN, "J08")
    digest = b64encode(sha256(_STEPS.encode()).digest()).decode()
    html = html.replace("script-src '", f"script-src 'sha256-{digest}' '", 1)
    html = html.replace("</body>", f"<script>{_STEPS}</script></body>")
    file = tmp_path / "page.html"
    file.write_text(html, encoding="utf-8")
    shown = subprocess.run(
        [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", f"--user-data-dir={tmp_path}/user",
         file.as_uri()],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    found = re.search(r'data-found="([^"]*)"', shown.stdout)

    assert found, shown.stderr[-500:]
    assert found[1] == "p-2-0-0 1 false true true 1"
