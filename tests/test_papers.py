"""Papers: one content in two forms, the layout of GB/T 9704-2012, templates that staff may edit, no word of others."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

import engine
from desk.papers import ground, notices, recusal, supplement
from desk.papers import stack as bundle
from desk.press import docx, html, maker
from desk.press import register as numbers
from desk.press.filenames import rendered, stems
from desk.press.maker import KINDS
from desk.press.register import OPENINGS
from engine import decide
from engine.answers.eligibility import Decision
from engine.award.answer import award
from engine.errors import CaseError, UsageError
from engine.facts.vocabulary import PREDICATES, Fact, text
from engine.law.statutes import RULES, cities
from engine.panels.recusals import conflicts
from engine.words.catalogues import LANGUAGES
from explain.letter.oneview import view, visible_to
from explain.letter.paper import Chart, Heading, Items, Note, Paper, Quote, Table, Text

FACTS = RULES.parent / "facts"
FULL = Paper(
    kind="rejection_letter",
    title="关于第6届济源市市长质量奖申报不予受理的通知",
    number="样例函〔2025〕3号",
    addressee='虚构<b>甲</b> & "乙" {{ 7*7 }}',
    blocks=(
        Text("正文一。"),
        Text("顶格。", flush=True),
        Heading("一、查明的事实"),
        Heading("（一）年限", 2),
        Quote("法律的原话。", "第八条第（一）项"),
        Items(("1. 其一；", "2. 其二。")),
        Table(("序号", "名称"), (("1", "虚构甲"), ("2", "虚构\x00乙\u202e")), (1, 5), "表题"),
        Chart((("拟列入受理名单", 6), ("拟不列入受理名单", 3), ("无", 0)), "图题"),
        Note("附注。"),
    ),
    signature="虚构市市场监督管理局",
    day=20251015,
    contact=("联系人：虚构", "联系电话：0000"),
)


@cache
def decision(folder: str = "jiyuan-6") -> Decision:
    return decide(engine.load(sorted((FACTS / folder).glob("*.lp"))))


def words(data: bytes) -> str:
    """Every text of every part of a Word file."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = (package.read(name).decode("utf-8", "replace") for name in package.namelist())
        return "\n".join(re.sub(r"<[^>]+>", "", part) for part in parts)


# One content, two forms ------------------------------------------------------------------------------


def test_every_text_is_in_both_forms() -> None:
    """What the paper says stands in DOCX and HTML, escaped, with nothing in it obeyed."""
    data, page = docx.render(FULL), html.render(FULL)
    document = python_docx.Document(BytesIO(data))
    told = [paragraph.text for paragraph in document.paragraphs]
    told += [cell.text for table in document.tables for row in table.rows for cell in row.cells]

    said_by_blocks = (
        "正文一。 顶格。 一、查明的事实 （一）年限 第八条第（一）项　法律的原话。 其一； 表题 虚构甲 图题 附注。"
    )
    joined = "\n".join(told)
    for said in (*said_by_blocks.split(" "), "样例函〔2025〕3号", "2025年10月15日", "（联系人：虚构　联系电话：0000）"):
        assert said in joined, said
        assert said in re.sub(r"<[^>]+>", "", page), said
    assert f"{FULL.addressee}：" in told
    assert "虚构&lt;b&gt;甲&lt;/b&gt; &amp; &#34;乙&#34; {{ 7*7 }}：" in page
    assert r"虚构\u{0}乙\u{202e}" in told
    assert "49" not in page.replace("2149", "")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_template(kind: str) -> None:
    """The templates kept here are what the maker writes, and each fills; the same paper gives the same bytes."""
    paper = Paper(kind, FULL.title, FULL.blocks, signature=FULL.signature)

    assert (docx.TEMPLATES / f"{kind}.docx").read_bytes() == maker.template(kind)
    document = python_docx.Document(docx.TEMPLATES / f"{kind}.docx")
    assert {one.name for one in document.styles if one.type == WD_STYLE_TYPE.TABLE} == {"Normal Table", "Table Grid"}
    assert docx.render(paper) == docx.render(paper)


def test_the_layout_is_the_standards() -> None:
    """GB/T 9704-2012: A4, top 37 mm, left 28 mm, text area 156 by 225 mm, 22 lines, fonts by their real names."""
    document = python_docx.Document(BytesIO(docx.render(FULL)))
    section = document.sections[0]
    normal = document.styles["Normal"]

    def mm(length: int) -> int:
        return round(length / Mm(1))

    assert (mm(section.page_width), mm(section.page_height)) == (210, 297)
    assert (mm(section.top_margin), mm(section.left_margin)) == (37, 28)
    assert mm(section.page_width - section.left_margin - section.right_margin) == 156
    assert mm(section.page_height - section.top_margin - section.bottom_margin) == 225
    assert (normal.font.name, normal.font.size) == ("仿宋", Pt(16))
    assert 22 * normal.paragraph_format.line_spacing <= Mm(225) < 23 * normal.paragraph_format.line_spacing
    assert "—" in section.footer.paragraphs[0].text and "PAGE" in section.footer._element.xml
    assert {run.font.name for p in document.paragraphs for run in p.runs} >= {"方正小标宋简体", "仿宋", "黑体", "楷体"}


def test_a_draft_says_so_until_it_is_final() -> None:
    final = replace(FULL, draft=False)

    assert "草稿" in words(docx.render(FULL)) and "草稿" in html.render(FULL)
    assert "草稿" not in words(docx.render(final)) and "草稿" not in html.render(final)


def test_remedies_are_off_by_default() -> None:
    asked = replace(FULL, options=frozenset({"remedies"}))

    assert "如有异议，可以自收到之日起" not in words(docx.render(FULL)) + html.render(FULL)
    assert "如有异议，可以自收到之日起" in words(docx.render(asked)) and "如有异议，可以自收到之日起" in html.render(
        asked
    )


def edited(folder: Path, kind: str, *lines: str) -> Path:
    """A template of a kind with paragraphs of somebody's own in front."""
    document = python_docx.Document(BytesIO((docx.TEMPLATES / f"{kind}.docx").read_bytes()))
    for line in lines:
        document.paragraphs[0].insert_paragraph_before(line)
    document.save(folder / f"{kind}.docx")
    return folder


def refused(folder: Path) -> str:
    """What is said of a template that cannot be filled."""
    with pytest.raises(UsageError) as caught:
        docx.render(FULL, folder)
    (problem,) = caught.value.problems
    assert caught.value.exit_code == 2
    return problem.sentence("en")


def test_an_edited_template_still_fills(tmp_path: Path) -> None:
    """As Word leaves it: a sentence of their own, a tag cut into runs, a font changed, a block deleted."""
    document = python_docx.Document(BytesIO((docx.TEMPLATES / "rejection_letter.docx").read_bytes()))
    own = document.paragraphs[0].insert_paragraph_before("本单位自己的一句话。")
    own.runs[0].font.name = "黑体"
    number = next(p for p in document.paragraphs if p.text == "{{ number }}")
    number.runs[0].text = "{{ nu"
    number.add_run("mb").bold = True
    number.add_run("er }}（内部）")
    document.save(tmp_path / "rejection_letter.docx")
    told = words(docx.render(FULL, tmp_path))

    assert "本单位自己的一句话。" in told and "样例函〔2025〕3号（内部）" in told.replace("\n", "")


def test_the_sentence_that_opens_a_body_is_the_templates_own(tmp_path: Path) -> None:
    """Staff change it in Word; a template without one is filled as ever, and the paper says nothing twice."""
    paper = notices.acceptance(decision(), 20251013)
    sentence = str(paper.blocks[0].text)
    document = python_docx.Document(BytesIO((docx.TEMPLATES / "acceptance_notice.docx").read_bytes()))
    own = next(p for p in document.paragraphs if p.text.endswith("受理名单，现予公示。"))
    own.runs[0].text = "经审核，形成第{{ fill.round }}届受理名单，现公布如下。"
    document.save(tmp_path / "acceptance_notice.docx")

    assert words(docx.render(paper)).count(sentence) == 1
    changed = words(docx.render(paper, tmp_path))
    assert "经审核，形成第六届受理名单，现公布如下。" in changed and sentence not in changed


@pytest.mark.parametrize("kind", OPENINGS)
def test_a_template_without_an_opening_of_its_own_is_filled_as_ever(kind: str, tmp_path: Path) -> None:
    document = python_docx.Document(BytesIO((docx.TEMPLATES / f"{kind}.docx").read_bytes()))
    own = [n for n, p in enumerate(document.paragraphs) if "fill." in p.text]
    for paragraph in document.paragraphs[own[0] : own[-1] + 2]:
        paragraph._p.getparent().remove(paragraph._p)
    document.save(tmp_path / f"{kind}.docx")
    (name,) = OPENINGS[kind][:1]
    opening = Text("本篇的第一句。", key=f"paper.{kind}.{name}", fill=(("round", "六"),))
    paper = Paper(kind, "题名", (opening, Text("第二句。")), signature="某局")

    assert words(docx.render(paper, tmp_path)).count("本篇的第一句。") == 1


def test_one_template_may_be_copied_alone(tmp_path: Path) -> None:
    """The kinds that the folder lacks are filled into the templates kept here."""
    folder = edited(tmp_path, "rejection_letter", "自己的一句话。")
    other = replace(FULL, kind="recusal_notice")

    assert "自己的一句话。" in words(docx.render(FULL, folder))
    assert docx.render(other, folder) == docx.render(other)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{{ signatrue }}", "no such placeholder signatrue; those that exist are in docs/templates.md"),
        ("{{ block.txt }}", "no such placeholder block; those that exist are in docs/templates.md"),
        ("{{ signature }", "a placeholder is broken (unexpected '}')"),
        ("{% if number %}", "a placeholder is broken"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "placeholders may only show and choose"),
        ("{{ title() }}", "a placeholder is broken ('str' object is not callable)"),
    ],
)
def test_a_template_at_fault_is_named(tmp_path: Path, line: str, reason: str) -> None:
    """A misspelt or broken placeholder, and one that would do more than show: nothing is blanked in silence."""
    found = refused(edited(tmp_path, "rejection_letter", line))

    assert found.startswith(f"template rejection_letter.docx: {reason}")


@pytest.mark.parametrize("data", [b"", b"no Word file", b"PK\x03\x04broken"])
def test_a_damaged_template_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "rejection_letter.docx").write_bytes(data)

    assert refused(tmp_path).startswith("template rejection_letter.docx: not a sound Word file")


def test_a_folder_of_templates_that_is_none_is_named(tmp_path: Path) -> None:
    """A missing folder; a file whose name is no kind of paper."""
    with pytest.raises(UsageError) as missing:
        rendered([("x", FULL)], templates=str(tmp_path / "gone"))
    (tmp_path / "rejection-letter.docx").write_bytes(b"")
    with pytest.raises(UsageError) as unknown:
        rendered([("x", FULL)], templates=str(tmp_path))

    assert [caught.value.problems[0].code for caught in (missing, unknown)] == [
        "paper_templates_missing",
        "paper_template_kind",
    ]


# What they say ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "counted", "last"),
    [
        (20260924, False, 20261009),
        (20260929, False, 20261012),
        (20260930, False, 20261013),
        (20260212, False, 20260226),
        (20250926, False, 20251010),
        (20251208, True, 20251212),
        (20251208, False, 20251215),
    ],
)
def test_the_last_day_of_a_notice(first: int, counted: bool, last: int) -> None:
    assert ground.last_day(first, 5, counted) == last


def test_a_year_without_holiday_notice_is_no_guess() -> None:
    with pytest.raises(CaseError) as refused:
        ground.last_day(20261228, 5, False)

    assert [problem.code for problem in refused.value.problems] == ["calendar_missing"]


@pytest.mark.parametrize("city", cities())
def test_lists_are_published_under_a_provision_that_says_so(city: str) -> None:
    """The provision quoted speaks of the notice and of five working days."""
    from engine.law.statutes import statute

    for list_ in ("acceptance", "proposed_winners"):
        provision = ground.publishes(city, list_)
        assert provision is not None
        assert "公示" in statute(city).text(provision)
        assert ground.working_days(city, list_) == 5


def test_the_supplement_notice_asks_for_own_papers_only() -> None:
    """Nobody is asked for a finding or for an authority's silence."""
    seen = view(decision(), "J07")
    asked = {one.key for one in supplement.asked(seen)}

    assert {"ems", "self_report", "self_score", "application_form"} <= asked
    assert not asked & ground.stated_by_others("jiyuan")
    assert {"innovation", "performance", "credit"} <= ground.stated_by_others("jiyuan")
    assert {"county_opinion", "preliminary_notice", "recommendation"} <= ground.stated_by_others("sanmenxia")


def test_the_winners_notice_does_not_hide_a_tie() -> None:
    """Nobody has chosen: the first list stands there with a note for staff, and stays a draft."""
    found = award(decision().case)
    told = "\n".join(notices.winners(found).texts())
    chosen = "\n".join(notices.winners(found, chosen=1).texts())
    (unchosen,) = bundle.bundle(decision(), day=20251208, final=True, only=("winners_notice",))

    assert found.count == 2 and "承办人注意" in told
    assert "承办人注意" not in chosen
    assert "合乎规定的拟奖名单不止一种，没有选定（用 --set 或者 --winners）" in unchosen.held and unchosen.paper.draft


def test_a_recusal_notice_names_the_chain() -> None:
    case = decision().case
    told = "\n".join(recusal.notice(case, conflicts(case), "R02").texts())

    assert "第二十条" in told and "夫妻" in told and "法定代表人" in told
    assert "没有规定利害关系的情形" in told


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("folder", ["jiyuan-6", "sanmenxia-3"])
def test_notices_are_worded(folder: str, lang: str) -> None:
    """No placeholder is left, in either language."""
    found = decision(folder)
    for paper in (
        notices.announcement(found.case, 20250826, lang),
        notices.acceptance(found, 20251013, lang),
        notices.winners(award(found.case), 20251208, lang),
    ):
        told = "\n".join(paper.texts())
        assert "{" not in told and "None" not in told


# Numbers and names -----------------------------------------------------------------------------------


def test_numbers_run_and_those_on_file_stay() -> None:
    facts = [
        Fact("round", ("jiyuan", 6, 20250930)),
        Fact("document_series", ("样例函", 2025, 7)),
        Fact("document_number", ("rejection_letter", "J02", "样例函〔2025〕8号")),
    ]
    due = [("rejection_letter", "J03"), ("rejection_letter", "J02"), ("acceptance_notice", ""), ("round_report", "")]
    given = numbers.numbers(engine.Case.of(facts), due)

    assert given == {
        ("rejection_letter", "J02"): "样例函〔2025〕8号",
        ("rejection_letter", "J03"): "样例函〔2025〕7号",
    }


def test_no_file_is_named_by_an_applicant() -> None:
    papers = [("../../x", Paper("rejection_letter", "t", (), addressee="a/b")), ("", Paper("round_report", "t", ()))]

    assert stems(papers) == ["未列入理由告知书-001", "工作情况报告"]
    assert stems(papers, "en") == ["reasons-for-not-being-listed-001", "report-on-the-round"]


# Privacy by construction -----------------------------------------------------------------------------

SECRET = "机密标记XYZZY"
OWN = ("J07", "J08")


def marked(own: str) -> Decision:
    """The sample with a marker in every text of every other applicant, and in every free text about anybody else."""
    facts = []
    for fact in decision().case.facts:
        fields = PREDICATES[fact.predicate].fields
        if visible_to(own, fact):
            facts.append(fact)
        elif fact.predicate == "source":
            continue
        else:
            texts = {at for at, field in enumerate(fields) if field.kind == "text" and field.name != "code"}
            facts.append(
                Fact(fact.predicate, tuple(f"{v}{SECRET}" if i in texts else v for i, v in enumerate(fact.arguments)))
            )
    others = [str(row[0]) for row in decision().case.rows("applicant") if row[0] != own]
    facts += [
        Fact("name", (id, f"{SECRET}{id}"))
        for id in others
        if not any(f.predicate == "name" and f.arguments[0] == id for f in facts)
    ]
    for id in others:
        known = [fact for fact in facts if fact.arguments and fact.arguments[0] == id and fact.predicate == "accounts"]
        facts += [Fact("source", (text(fact), SECRET, SECRET)) for fact in known[:1]]
        facts.append(Fact("licence_missing", (id, SECRET, 20200101, 20210101)))
    return decide(engine.Case.of(facts))


@pytest.mark.parametrize("own", OWN)
def test_a_paper_for_one_applicant_names_no_other(own: str) -> None:
    """The marker of the others is in no byte of the paper: parts, metadata, HTML, PDF; nor is any other name."""
    found = marked(own)
    assert SECRET in found.case.canonical
    others = {str(row[0]) for row in found.case.rows("applicant")} - {own}
    papers = [one.paper for one in bundle.bundle(found, day=20251013, to=(own,)) if one.paper.applicant]
    assert {paper.applicant for paper in papers} == {own}
    for paper in papers:
        data, page = docx.render(paper), html.render(paper)
        told = words(data) + page + "".join(paper.texts())
        assert SECRET not in told
        assert not [id for id in others if re.search(rf"\b{id}\b", told)]
        with zipfile.ZipFile(BytesIO(data)) as package:
            assert not any(SECRET.encode() in package.read(name) for name in package.namelist())


@pytest.mark.parametrize("own", OWN)
def test_a_view_holds_no_fact_of_others(own: str) -> None:
    found = marked(own)
    others = {str(row[0]) for row in found.case.rows("applicant")} - {own}
    seen = view(found, own)

    assert not [fact for fact in seen.facts if others & set(map(str, fact.arguments))]
    assert not [note for note in seen.notes if note.id != own]
    assert SECRET not in repr(seen)


# The page ----------------------------------------------------------------------------------------------


def test_a_long_red_head_stands_on_one_line() -> None:
    """As many signs as the secretariat of a committee has: the head of a letter is made smaller."""
    paper = replace(FULL, signature="三门峡市市长质量奖评审委员会秘书处")
    document = python_docx.Document(BytesIO(docx.render(paper)))
    (head,) = [p for p in document.sections[0].first_page_header.paragraphs if p.text == paper.signature]

    assert head.runs[0].font.size.pt * len(paper.signature) <= 442.2


def kept(paragraph: object) -> bool:
    return paragraph._p.pPr is not None and paragraph._p.pPr.find(qn("w:keepNext")) is not None  # type: ignore[attr-defined]


def test_the_signature_stays_with_the_end_of_the_body() -> None:
    """Two paragraphs of text, attachments apart, then signature, day and whom to ask: one page."""
    texts = (Text("其一。"), Text("其二。"), Text("其三。"))
    paper = replace(FULL, kind="revocation_proposal", blocks=texts, attachments=("附件甲", "附件乙"))
    document = python_docx.Document(BytesIO(docx.render(paper)))
    held = {p.text: kept(p) for p in document.paragraphs if p.text.strip()}

    body = ("其一。", "其二。", "其三。", "妥否，请批示。", "2025年10月15日")

    assert [held[text] for text in body] == [False, False, True, True, True]
    blank = document.paragraphs[[p.text for p in document.paragraphs].index("妥否，请批示。") + 1]
    assert (blank.text, kept(blank)) == ("", True)


def test_a_long_table_may_begin_below_its_line_and_go_on() -> None:
    rows = tuple((str(n), f"虚构{n}") for n in range(1, 8))
    paper = replace(FULL, blocks=(Text("名单如下："), Table(("序号", "名称"), rows)))
    document = python_docx.Document(BytesIO(docx.render(paper)))
    (table,) = document.tables

    assert [kept(row.cells[0].paragraphs[0]) for row in table.rows][:3] == [True, True, False]
    assert kept(next(p for p in document.paragraphs if p.text == "名单如下："))
