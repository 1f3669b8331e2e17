"""The condensed view: nothing that counts is folded, what is folded is counted, and kinds look different."""

from collections import Counter
from functools import cache
from pathlib import Path

import networkx
import pytest

from engine.answers.eligibility import decide
from engine.case.case import load
from engine.law.statutes import Provision, statute
from explain.graph.justification import justify
from explain.graph.outcome import causes, whole
from explain.outline.condenser import outline
from explain.outline.excerpt import SCREEN, Box
from explain.outline.nodekinds import LEAVES
from explain.outline.outlines import KINDS, Outline
from explain.outline.shapes import LOOKS
from explain.say.foldmarks import mark
from explain.show.diagram import boxes, dot, mermaid
from explain.show.tree import lines
from tests.golden_graphs import JIYUAN, SANMENXIA, decision

REFUSED = [(JIYUAN, "J07"), (JIYUAN, "J08"), (JIYUAN, "J09"), (JIYUAN, "J10")] + [
    (SANMENXIA, id) for id in ("I03", "I04", "S06", "S07", "S08")
]


@cache
def justified(folder: str, id: str) -> networkx.DiGraph:
    """The justification of an applicant's outcome."""
    return whole(decision(folder, id), id)


@cache
def condensed(folder: str, id: str) -> Outline:
    """Its condensed view."""
    return outline(justified(folder, id))


@pytest.mark.parametrize(("folder", "id"), REFUSED)
def test_every_ground_is_shown_with_its_reasons(folder: str, id: str) -> None:
    """The items below the root are the grounds of the decision, one each, and none stands without a reason."""
    view = condensed(folder, id)
    found = [view.items[name] for name in view.items[view.root].below]
    want = Counter((cause.kind, str(cause.ground.provision)) for cause in causes(decision(folder, id).outcome(id)))

    assert want == Counter((item.kind, item.provision) for item in found)
    assert [item.words["zh"] for item in found if not item.below] == []


@pytest.mark.parametrize(("folder", "id"), REFUSED)
def test_folded_steps_are_counted(folder: str, id: str) -> None:
    """Shown and folded together are the whole graph; unfolded, every node is an item."""
    graph = justified(folder, id)
    view, full = condensed(folder, id), outline(graph, full=True)

    assert view.steps == len(graph) == len({item.node for item in view.items.values()}) + view.folded
    assert {item.node for item in full.items.values()} == networkx.descendants(graph, full.items[full.root].node) | {
        full.items[full.root].node
    }
    assert view.folded > full.folded == 0


@pytest.mark.parametrize(("folder", "id"), REFUSED)
def test_a_picture_fits_one_screen(folder: str, id: str) -> None:
    """What a rejection shows is at most a screen high, the grounds always, the rest counted."""
    view = condensed(folder, id)
    shown = boxes(view)
    together = {item.id for box in shown.values() for item in box.together}

    assert _height(view, shown) <= SCREEN * 1.05
    assert set(view.items[view.root].below) <= set(shown) | together
    assert all(box.hidden for box in shown.values() if box.item.below and not box.below)


def _height(view: Outline, shown: dict[str, Box]) -> float:
    rows = dot(view, "zh").splitlines()
    heights = [float(row.split(" height=")[1].split()[0]) * 72 + 7 for row in rows if " height=" in row]
    names = [row.split()[0] for row in rows if " height=" in row]
    ends = {name for name, box in shown.items() if box.below}
    return sum(high for name, high in zip(names, heights, strict=True) if name not in ends)


def test_a_screen_with_room_folds_nothing() -> None:
    """Without a limit every item has its box, and none hides anything."""
    view = condensed(JIYUAN, "J08")

    assert dict.fromkeys(view.items, 0) == {name: box.hidden for name, box in boxes(view, None).items()}


def test_the_words_that_rules_rest_on_stand_in_the_frame_of_their_provision() -> None:
    """Those words and no others, in the order of the law; a record below a ground has the ground's."""
    view = condensed(JIYUAN, "J08")
    law = statute("jiyuan")
    picture = dot(view, "zh", law, None)

    [frame] = [part for part in picture.split("subgraph") if part.startswith(' "cluster art(10,0,0)"')]
    assert 'label="自评分高于500分（含）的单位才具有申报资格"' in frame
    assert view.lit()["art(10,0,0)"] == ("自评分高于500分（含）的单位才具有申报资格",)
    assert all(words in law.words[Provision.parse(name)] for name, found in view.lit().items() for words in found)
    assert "【自评分高于500分（含）的单位才具有申报资格】。" in frame.partition("tooltip=")[2]
    assert ":::law" in mermaid(view, "zh", law, None)


def test_kinds_look_different_without_colour() -> None:
    """No two kinds share sign, shape, line and fill altogether; judgments and missing papers stand out in grey."""
    assert set(LOOKS) == set(KINDS)
    assert set(LEAVES.values()) <= set(KINDS)
    for kind, others in (
        ("judgment", ("holds", "failed", "record")),
        ("missing", ("contrary", "record", "judgment_missing")),
        ("judgment_missing", ("judgment", "missing")),
    ):
        own = (LOOKS[kind].shape, LOOKS[kind].style, LOOKS[kind].lines)
        assert all(own != (LOOKS[other].shape, LOOKS[other].style, LOOKS[other].lines) for other in others)


def test_a_missing_paper_is_not_a_contrary_one() -> None:
    """Nothing on file, a paper that has expired, a record that says otherwise, a person's no: four kinds."""
    view = condensed(JIYUAN, "J08")
    kinds = {item.words["zh"]: item.kind for item in view.items.values() if not item.below}

    assert kinds["没有“活动性质”的记录"] == "missing"
    assert kinds["其登记注册地在本市以外"] == "contrary"
    assert [kind for words, kind in kinds.items() if "正常运行”的认定意见" in words] == ["judgment"]
    assert {kind for words, kind in kinds.items() if "持有环境管理体系认证证书" in words} == {"expired"}


def test_the_same_is_told_once() -> None:
    """An item that stands in two places is told in full at the first and named at the second."""
    view = condensed(JIYUAN, "J01")
    told = [item.id for _, item, again in view.rows() if item.below and not again]

    assert len(told) == len(set(told))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_names_no_technical_step(lang: str) -> None:
    """No predicate of the rules shows in what a person reads."""
    for folder, id in REFUSED:
        text = "\n".join(map(str, lines(condensed(folder, id), lang)))
        body = text.partition("reference_day=")[0]

        assert not [word for word in ("_29", "counted(", "event_day", "read_as", "period_end", ".lp") if word in body]


def test_a_judgment_without_provision_is_drawn() -> None:
    """An atom that no provision speaks of by itself is justified, condensed and drawn like any other."""
    found = decision(JIYUAN, "J01")
    view = outline(mark(justify(found, 'valid_certificate("J01",ems)'), found.case, "J01"))

    assert view.truth
    assert dot(view, "en").startswith("digraph")


def test_why_a_record_does_not_bar(tmp_path: Path) -> None:
    """Each record on file is told with everything that keeps it from barring: kind, grade, window."""
    file = tmp_path / "case.lp"
    facts = [
        "round(jiyuan,6,20250930)",
        'applicant("A",organization)',
        'accident("A",public_health,considerable,liable,20240506)',
        'accident("A",safety,general,liable,20200506)',
    ]
    file.write_text("".join(f"{fact}.\n" for fact in facts), encoding="utf-8")
    found = decide(load([file]))
    view = outline(mark(justify(found, 'barred("A",art(9,0,4),accident)'), found.case, "A"))
    told = {
        view.items[name].words["zh"]: [view.items[one].kind for one in view.items[name].below]
        for name in view.items[view.root].below
    }

    assert told == {
        "于2020年5月6日发生一般安全事故（负有责任）": ["fails", "outside"],
        "于2024年5月6日发生较大公共卫生事故（负有责任）": ["not_stated"],
    }
