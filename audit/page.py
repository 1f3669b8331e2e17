"""The coverage table as one HTML page that needs no network: the text left, the rules right, the cases under it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from string import Template

from audit.coverage import Coverage, Row
from audit.plain import rule_words
from audit.trace import Trace
from engine.messages import text


def page(found: Coverage, traces: dict[int, Trace], lang: str) -> str:
    """The whole page; every word of law and cases is escaped."""
    title = escape(found.encoding.statute.title)
    rows = "\n".join("".join(_row(found, row, traces, lang)) for row in found.rows)
    faults = "".join(f"<li>{escape(fault.line(lang))}</li>" for fault in found.faults)
    return Template(_PAGE).substitute(
        lang=lang,
        title=title,
        heading=escape(text("audit.page.heading", lang)),
        faults=f"<ul class=fault>{faults}</ul>" if faults else f"<p>{escape(text('audit.page.no_faults', lang))}</p>",
        rows=rows,
    )


def _row(found: Coverage, row: Row, traces: dict[int, Trace], lang: str) -> Iterator[str]:
    category = row.block.category if row.block else "—"
    yield f'<section id="{row.provision.citation}"><div class=law><h2>{row.provision.citation}</h2>'
    yield f"<p>{escape(row.words)}</p><p class=class>{escape(category)}</p></div><div class=rules>"
    for rule in row.rules:
        yield f"<p>{escape(rule_words(found.encoding, rule, lang))}</p>"
        trace = traces.get(rule.number)
        if trace and trace.gaps:
            gaps = [*trace.idle, *(f"{literal} [{side}]" for literal, side in trace.unseen)]
            said = text("audit.page.gaps", lang, gaps="；".join(gaps) or "—", cases=trace.cases)
            yield f"<p class=gap>{escape(said)}</p>"
    if row.rules:
        source = "\n".join(f"{rule.node}" for rule in row.rules)
        yield f"<details><summary>ASP · {escape(', '.join(row.places))}</summary><pre>{escape(source)}</pre></details>"
    else:
        yield f"<p class=gap>{escape(text('audit.page.no_rules', lang))}</p>"
    yield "</div><div class=cases>"
    states = {case.id: state for case, state in row.signatures()}
    if row.cases:
        yield f"<details><summary>{escape(text('audit.page.cases', lang, number=len(row.cases)))}</summary><ol>"
        for case in row.cases:
            signed = ""
            if case.signed:
                state = text(f"audit.{states[case.id]}", lang)
                signed = f" <b class={states[case.id]}>{escape(f'{state} · {case.signed.by} · {case.signed.on}')}</b>"
            yield f"<li>{escape(case.says)} <code>{escape(case.id)}</code>{signed}</li>"
        yield "</ol></details>"
    yield "</div></section>"


_PAGE = """<!doctype html>
<html lang="$lang"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>$title</title>
<style>
body{font:16px/1.6 "Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;max-width:76em;color:#222}
body{margin:2em auto;padding:0 1em}
h1{font-size:1.5em}h2{font-size:1.05em;margin:.2em 0}
section{display:grid;grid-template-columns:1fr 1fr;gap:.2em 2em;border-top:1px solid #bbb;padding:.8em 0}
.cases{grid-column:1/3;font-size:.9em}.rules{font-size:.92em}.rules p{margin:.15em 0}
.class{color:#666;font-size:.85em}.gap{color:#8a4b00}.fault,.lapsed{color:#a00}.signed{color:#0a5c2b;font-weight:normal}
pre{white-space:pre-wrap;background:#f6f6f4;padding:.6em;font-size:.85em}
@media(max-width:50em){section{display:block}}
</style>
<h1>$title</h1><p>$heading</p>$faults
$rows
</html>
"""
