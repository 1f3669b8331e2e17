"""A justification as a picture: DOT, SVG, PNG and Mermaid, made from the same boxes.

The boxes of a provision stand together under its citation; the law's words show when the pointer rests on a box. Each
box has the width its words need, so that Chinese stays inside without a font being measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from xml.etree import ElementTree

import graphviz

from engine.law import Provision, Statute
from engine.words import text, wrap
from explain.outline import COLUMNS, LAW_LINE, LINE, LOOKS, SCREEN, Box, Item, Outline, boxes, lines
from explain.show.drawing import centred, draw, inches, plain
from explain.show.fonts import FONTS

_SIZE = 10.5
_SMALL = 9.5
_WIDE = 64
"""How many columns a line in a box may have where a provision's grounds share it."""
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_G = f"{{{_SVG}}}g"
_INDENT = 9
LIT = "#fff0b8"
"""What the law's own words are lit with."""


def dot(outline: Outline, lang: str, law: Statute | None = None, screen: float | None = SCREEN) -> str:
    """The picture in DOT; with `screen` None nothing is folded."""
    shown = boxes(outline, screen)
    under = outline.provisions()
    drawing = graphviz.Digraph(
        "justification",
        graph_attr={
            "rankdir": "LR", "ranksep": "0.45", "nodesep": "0.10", "ordering": "out", "bgcolor": "white",
            "labelloc": "b", "labeljust": "l", "fontname": FONTS, "fontsize": str(_SMALL), "fontcolor": "#444444",
            "label": centred(list(_caption(outline, shown, lang))), "tooltip": plain(outline.question),
        },
        node_attr={"fontname": FONTS, "fontsize": str(_SIZE), "margin": "0.12,0.05", "fixedsize": "true"},
        edge_attr={
            "color": "#666666", "arrowsize": "0.5", "arrowhead": "vee", "tailport": "e", "headport": "w",
            "tooltip": " ",
        },
    )  # fmt: skip
    groups: dict[str, list[Box]] = {}
    for name, box in shown.items():
        groups.setdefault("" if name == outline.root else under[name], []).append(box)
    lit = outline.lit()
    for number, (provision, members) in enumerate(groups.items()):
        framed = bool(provision) and not any(box.together for box in members)
        named = provision or under.get(outline.root, "")
        whole = _marked(words(law, named), lit.get(named, ()))
        part = graphviz.Digraph(f"cluster {provision}", graph_attr=_frame(provision, whole)) if framed else drawing
        if framed and members[0].lit and (rows := _lit(lit.get(provision, ()), words(law, provision))):
            part.node(f"law{number}", **_law(rows, number, whole))
            drawing.edge(outline.root, f"law{number}", style="invis")
        for box in members:
            part.node(box.item.id, **_node(box, lang, whole))
        if framed:
            drawing.subgraph(part)
    for name, box in shown.items():
        for below in box.below:
            drawing.edge(name, below)
    return str(drawing.source)


def _frame(provision: str, whole: str) -> dict[str, str]:
    """How the boxes of a provision are framed: its citation at the top left, its words when the pointer rests there."""
    return {
        "label": plain(Provision.parse(provision).citation), "tooltip": plain(whole),
        "labelloc": "t", "labeljust": "l", "style": "rounded,filled", "color": "#9aa7b5", "fillcolor": "#fafbfc",
        "fontcolor": "#1f2d3d", "fontsize": str(_SIZE), "margin": "7",
    }  # fmt: skip


def _lit(spans: Sequence[str], whole: str) -> list[str]:
    """The words of a provision that the rules rest on, as lines, in the order of its words."""
    return lines(sorted(spans, key=whole.find))


def _law(rows: Sequence[str], number: int, whole: str) -> dict[str, str]:
    """The attributes of what stands first in the frame of a provision: those of its words that the rules rest on."""
    return {
        "label": centred(list(rows)), "shape": "box", "style": "filled", "penwidth": "0", "fillcolor": LIT,
        "fontcolor": "#5c4400", "fontsize": str(_SMALL), "id": f"law{number}", "tooltip": plain(whole),
        "width": f"{max(inches(row, _SMALL) for row in rows) + 0.2:.2f}",
        "height": f"{len(rows) * LAW_LINE / 72 + 0.06:.2f}",
    }  # fmt: skip


def svg(outline: Outline, lang: str, law: Statute | None = None, screen: float | None = SCREEN) -> str:
    """The picture as SVG, its words in the file as text."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(draw(dot(outline, lang, law, screen)))
    root.set("role", "img")
    root.set("style", "max-width:100%;max-height:100vh")
    root.set("lang", "zh-CN" if lang == "zh" else lang)
    style = ElementTree.Element(f"{{{_SVG}}}style")
    style.text = ".node:hover path,.node:hover polygon,.cluster:hover>g>a>path{stroke-width:3} text{white-space:pre}"
    title = ElementTree.Element(f"{{{_SVG}}}title")
    title.text = outline.items[outline.root].words[lang]
    root[:0] = [title, style]
    for group in list(root.iter(_G)):
        # Graphviz titles a box with its name; the words belong there, as readers of a screen show and read them.
        if (named := group.find(f"{{{_SVG}}}title")) is not None:
            group.remove(named)
        if group.get("class") in ("graph", "cluster"):
            _set_left(group)
    for anchor in root.iter(f"{{{_SVG}}}a"):
        if tip := anchor.attrib.pop(f"{{{_XLINK}}}title", "").strip():
            told = ElementTree.Element(f"{{{_SVG}}}title")
            told.text = tip
            anchor.insert(0, told)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _set_left(group: ElementTree.Element) -> None:
    """Headings begin at the left edge of their frame: Graphviz has guessed how wide they are."""
    inside = next((child for child in group if child.tag == _G), group)
    inside = next((child for child in inside if child.tag == f"{{{_SVG}}}a"), inside)
    frame = next((child for child in inside if child.tag in (f"{{{_SVG}}}path", f"{{{_SVG}}}polygon")), None)
    if frame is None:
        return
    numbers = re.findall(r"-?[\d.]+", frame.get("points") or frame.get("d") or "0")
    left = min(float(number) for number in numbers[::2])
    for words in inside.findall(f"{{{_SVG}}}text"):
        words.set("text-anchor", "start")
        words.set("x", f"{left + _INDENT:g}")


def png(outline: Outline, lang: str, law: Statute | None = None, screen: float | None = SCREEN) -> bytes:
    """The picture as PNG; UsageError where no font has Chinese."""
    from explain.show.raster import png as raster

    return raster(svg(outline, lang, law, screen).encode("utf-8"))


def mermaid(outline: Outline, lang: str, law: Statute | None = None, screen: float | None = SCREEN) -> str:
    """The picture as a Mermaid flowchart, for Markdown pages."""
    shown = boxes(outline, screen)
    under = outline.provisions()
    rows = ["flowchart LR"]
    groups: dict[str, list[Box]] = {}
    for name, box in shown.items():
        groups.setdefault("" if name == outline.root else under[name], []).append(box)
    lit, last = outline.lit(), []
    for number, (provision, members) in enumerate(groups.items()):
        provision = "" if any(box.together for box in members) else provision
        if provision:
            rows.append(f'  subgraph p{number}["{_escaped(Provision.parse(provision).citation)}"]')
        if provision and members[0].lit and (spans := _lit(lit.get(provision, ()), words(law, provision))):
            rows.append(f'    law{number}["{"<br>".join(map(_escaped, spans))}"]:::law')
            last.append(f"  {outline.root} ~~~ law{number}")
        for box in members:
            left, right = LOOKS[box.item.kind].brackets
            label = "<br>".join(_escaped(line) for line in _label(box, lang))
            rows.append(f'  {"  " if provision else ""}{box.item.id}{left}"{label}"{right}:::{box.item.kind}')
        if provision:
            rows.append("  end")
    for name, box in shown.items():
        rows += [f"  {name} --> {below}" for below in box.below]
    rows += last
    for kind in dict.fromkeys(box.item.kind for box in shown.values()):
        look = LOOKS[kind]
        dashes = {"dashed": ",stroke-dasharray:5 3", "dotted": ",stroke-dasharray:2 3"}.get(look.style, "")
        width = f"{look.width:g}px"
        rows.append(f"  classDef {kind} fill:{look.fill},stroke:{look.line},stroke-width:{width},color:#111{dashes}")
    if last:
        rows.append(f"  classDef law fill:{LIT},stroke:none,color:#5c4400")
    return "\n".join(rows) + "\n"


def words(law: Statute | None, provision: str) -> str:
    """A provision's own words, behind its citation; empty where there are none."""
    if law is None or not provision:
        return ""
    place = Provision.parse(provision)
    found = law.words.get(place) or law.words.get(Provision(place.article), "")
    return f"{place.citation} {found}".strip()


def _caption(outline: Outline, shown: Mapping[str, Box], lang: str) -> Iterator[str]:
    """What the signs mean, and how much is folded."""
    kinds = list(dict.fromkeys(box.item.kind for box in shown.values()))
    legend = "   ".join(f"{LOOKS[kind].sign} {text(f'outline.kind.{kind}', lang)}" for kind in kinds)
    yield from wrap(legend, 110)
    if outline.answers:
        others = text("outline.and", lang).join(outline.answers[1:])
        yield from wrap(text("outline.answers", lang, count=len(outline.answers), others=others), 110)
    told = {item.node for box in shown.values() for item in (box.item, *box.together)}
    if folded := outline.steps - len(told):
        yield text("outline.folded", lang, shown=len(told), steps=outline.steps, folded=folded)


def _label(box: Box, lang: str) -> list[str]:
    item, columns = box.item, COLUMNS
    sign, more = LOOKS[item.kind].sign, ""
    if box.hidden:
        more = " " + text("outline.more", lang, count=box.hidden)
    if box.together:
        said, columns = text("outline.and", lang).join(one.brief[lang] for one in box.together), _WIDE
        if item.provision:
            said = text("outline.joined", lang, record=Provision.parse(item.provision).citation, reason=said)
    else:
        said = item.words[lang]
        if box.below or (box.short and item.below) or len(wrap(f"{sign} {said}{more}", columns)) > 2:
            said = item.brief[lang]
    return wrap(f"{sign} {said}{more}", columns)


def _node(box: Box, lang: str, whole: str) -> dict[str, str]:
    """The attributes of a box."""
    look, rows = LOOKS[box.item.kind], _label(box, lang)
    wide = max(inches(row, _SIZE) for row in rows) + (0.6 if look.shape == "octagon" else 0.3)
    high = len(rows) * LINE / 72 + 0.13
    return {
        "label": centred(rows), "shape": look.shape,
        "style": "filled" if look.style == "solid" else f"filled,{look.style}",
        "penwidth": f"{look.width:g}", "peripheries": str(look.lines), "color": look.line, "fillcolor": look.fill,
        "width": f"{wide:.2f}", "height": f"{high:.2f}", "id": box.item.id,
        "tooltip": plain(_tip(box.item, lang, whole)),
    }  # fmt: skip


def _tip(item: Item, lang: str, whole: str) -> str:
    """What shows when the pointer rests on a box: what it is, its full words, and the law's."""
    kind = text(f"outline.kind.{item.kind}", lang)
    return text("outline.tip", lang, kind=kind, words=item.words[lang], law=whole).strip()


def _marked(whole: str, spans: Sequence[str]) -> str:
    """The words of a provision, those that the rules rest on in brackets: a tip has no colours."""
    within = [False] * len(whole)
    for span in spans:
        for found in re.finditer(re.escape(span), whole):
            within[found.start() : found.end()] = [True] * len(span)
    pieces = groupby(zip(within, whole, strict=True), key=lambda pair: pair[0])
    told = ((lit, "".join(sign for _, sign in signs)) for lit, signs in pieces)
    return "".join(f"【{piece}】" if lit else piece for lit, piece in told)


def _escaped(line: str) -> str:
    """A line as Mermaid shows it: entity codes for all it might read as its own."""
    return "".join(f"#{ord(sign)};" if sign in '"<>&#`;{}[]()|\\%' else sign for sign in line)
