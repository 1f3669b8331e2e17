"""The check of a draw as one HTML file for anybody's browser: nothing is fetched, nothing is sent.

The file computes SHA-256 by itself, draws again from a record or its public copy, and says what that proves. It may run
nothing but its own script (Content-Security-Policy, by hash).
"""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256

from markupsafe import Markup

from desk.files.paperlist import PAGES, environment
from engine.words import catalogue, text

SCRIPTS = PAGES / "verify"
CANNOT = ("ties", "lawful", "published", "numbers", "program")
"""What no check can say; a sentence each."""
_TOLD = (
    "record_unreadable", "record_method", "record_impossible", "commitment_differs", "seed_differs",
    "seed_not_canonical", "head_differs", "frozen_order", "frozen_line", "seed_no_sources", "published_late",
    "cancelled_undocumented", "cancelled_held", "entry_unknown", "entry_day", "entry_before_draw", "entry_asked",
    "entry_reopen_needless", "entry_reopen_useless",
)  # fmt: skip
"""Problems that the page words as the program does."""
HOW = ("commitment", "seed", "groups", "order", "walk", "leader", "after")


def verify_page(lang: str) -> str:
    """The page in a language."""
    script, style, words = _script(), (SCRIPTS / "verify.css").read_text("utf-8"), _words(lang)
    # `<` in JSON could end the element; escaped it is the same text.
    data = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    return (
        environment()
        .get_template("verify.html")
        .render(
            lang="zh-CN" if lang == "zh" else lang,
            words=words,
            cannot=[text(f"verify.cannot.{key}", lang) for key in CANNOT],
            how=[text(f"verify.how.{key}", lang) for key in HOW],
            data=Markup(data),
            script=Markup(script),
            script_hash=_hash(script),
            style=Markup(style),
            style_hash=_hash(style),
        )
    )


@cache
def _script() -> str:
    parts = [path.read_text("utf-8") for path in sorted(SCRIPTS.glob("*.js"))]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


def _words(lang: str) -> dict[str, str]:
    """The sentences that the script says, their placeholders open; problems as the program tells them."""
    problems = catalogue("engine", lang)
    told = {f"problem_{code}": problems[key] for code in _TOLD if (key := f"problem.{code}") in problems}
    own = catalogue("desk", lang)
    return told | {key.removeprefix("verify."): words for key, words in own.items() if key.startswith("verify.")}


def _hash(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode("utf-8")).digest()).decode("ascii")
