"""A new regulation's files: laid out from its text, refused where something is wrong, faithful from the start."""

from dataclasses import replace
from pathlib import Path

import pytest
from clingo.ast import ASTType

from audit.checks.provisions import INHERITED, LAPSED, SIGNED, standing
from audit.draft.carry import carried
from audit.draft.layout import lay_out
from audit.encoding.casetables import Attestation, Example
from audit.encoding.encodings import encoding, from_files
from audit.encoding.fidelity import faults
from audit.encoding.numerals import hints as hinted
from audit.encoding.seals import seal
from engine.errors import UsageError
from engine.law.rulebook import COMMON, rule_file
from engine.law.statutes import RULES, Provision, read

DRAFTS = Path(__file__).resolve().parent / "drafts"

DRAFT = Path(__file__).parent / "drafts" / "jiyuan-draft.md"
TEXT = """某市市长质量奖管理办法

第一章 总则
第一条 为了试验，制定本办法。
第二条 申报单位应当具备下列条件：
（一）运行4年以上；
（二）自评分不低于600分。
"""


def _new(folder: Path, text: str = TEXT, name: str = "mou") -> tuple[Path, ...]:
    source = folder / "text.md"
    source.write_text(text, "utf-8")
    return lay_out(name, source, folder / "rules", folder / "cases")


def test_each_provision_has_its_block_and_only_the_class_is_open(tmp_path: Path) -> None:
    _, rules, _ = _new(tmp_path)

    found = faults(from_files("mou", (RULES / COMMON, rules)))

    assert [problem.code for problem in found] == ["audit.class_open"] * 4
    assert [problem.parameters["citation"] for problem in found] == [
        "第一条",
        "第二条",
        "第二条第（一）项",
        "第二条第（二）项",
    ]


def test_the_numbers_of_the_words_are_offered(tmp_path: Path) -> None:
    _, rules, _ = _new(tmp_path)

    assert "= 4." in rules.read_text("utf-8")
    assert "= 600." in rules.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "hints"),
    [
        ("由3—5名评审员组成", ["persons_7_1 = 3", "persons_7_2 = 5"]),
        ("连续2年自评良好，3届后", ["years_7 = 2", "rounds_7 = 3"]),
        ("不少于五个工作日", ["days_7 = 5"]),
        ("近两年；正常运行5年以上", ["years_7_1 = 2", "years_7_2 = 5"]),
        ("（三政〔2018〕16号）第三条第一款（二）", []),
        ("自2020年12月1日起施行，有效期3年；2018年5月1日同时废止", ["years_7 = 3"]),
        ("自二〇二〇年十二月一日起施行；二○二五年年底前，十二月三日", []),
        ("2020 年 12 月 1 日起施行", []),
        ("12个月内，经三分之二以上委员同意", ["months_7 = 12"]),
        (
            "3至5年，3 - 5人，七到九名",
            [
                "years_7_1 = 3",
                "years_7_2 = 5",
                "persons_7_3 = 3",
                "persons_7_4 = 5",
                "persons_7_5 = 7",
                "persons_7_6 = 9",
            ],
        ),
    ],
)
def test_numbers_are_found_in_either_script_with_what_they_count(words: str, hints: list[str]) -> None:
    assert [f"#const {hint}." for hint in hints] == hinted(Provision(7), words)


@pytest.mark.parametrize(
    "head",
    [
        "# 某县县长质量奖管理办法\n\n某政〔2020〕9号\n\n印发日期：2020年12月1日\n",
        "某县县长质量奖管理办法\n（某政〔2020〕9号）\n印发日期：2020-12-01\n",
        "# 某县县长质量奖管理办法\n- 文号：某政〔2020〕9号\n- 印发日期： 2020 年 12 月 1 日\n",
    ],
)
def test_title_number_and_day_of_issue_are_taken_from_the_head_of_the_text(head: str, tmp_path: Path) -> None:
    text, rules, _ = _new(tmp_path, f"{head}\n第一条 申报单位运行3年以上，文号：不是抬头。\n")

    found = read(text)

    assert found.title == "某县县长质量奖管理办法"
    assert found.header == {"文号": "某政〔2020〕9号", "印发日期": "2020-12-01"}
    assert list(found.words.values()) == ["申报单位运行3年以上，文号：不是抬头。"]
    assert rules.read_text("utf-8").splitlines()[0] == "%% mou.lp: 某县县长质量奖管理办法"


def test_a_record_is_heeded_only_where_a_rule_asks_for_it(tmp_path: Path) -> None:
    """A text that shares nothing with the model takes none of its records over: each is left to be uncommented."""
    source = tmp_path / "text.md"
    source.write_text("# 某市市长质量奖管理办法\n\n第一条 待定。\n", "utf-8")

    _, rules, _ = lay_out("hebi", source, tmp_path / "rules", tmp_path / "cases", "jiyuan")

    said = rules.read_text("utf-8").splitlines()
    assert [line for line in said if line.startswith("heeds")] == []
    assert "% heeds(product_inspection)." in said
    assert "% heeds_certificate(little_giant)." in said


def test_what_another_text_has_word_for_word_comes_with_its_rules(tmp_path: Path) -> None:
    """The draft amendment laid out like the regulation in force: three provisions are left, each with what differs."""
    _, rules, _ = lay_out("jiyuan-draft", DRAFT, tmp_path / "rules", tmp_path / "cases", "jiyuan")

    found = faults(from_files("jiyuan-draft", (RULES / COMMON, rules)))

    assert [(each.code, each.parameters["citation"]) for each in found] == [
        ("audit.class_open", citation) for citation in ("第九条第（三）项", "第十条", "第二十四条")
    ]
    said = rules.read_text("utf-8")
    assert "% jiyuan 第十条 [D]: …，自评分高于500分（含）… → …，自评分高于600分（含）…" in said
    assert (
        "%~ 自评分高于600分（含）的单位才具有申报资格\n% jiyuan 第十条: 500 → 600\n#const min_self_score = 600.\n"
        in said
    )


def test_a_number_that_cannot_be_told_is_a_question_and_its_rules_wait(tmp_path: Path) -> None:
    """Two numbers where the model has one: neither is taken for it."""
    words = (RULES / "jiyuan.md").read_text("utf-8").replace("高于500分（含）", "高于600分（含）")
    words = words.replace("评分标准总分为1000分", "评分标准分2年评定，总分为1000分")
    source = tmp_path / "text.md"
    source.write_text(words, "utf-8")

    _, rules, _ = lay_out("hebi", source, tmp_path / "rules", tmp_path / "cases", "jiyuan")

    said = rules.read_text("utf-8")
    assert "% jiyuan 第十条: 500 → ?\n% #const min_self_score = 500.\n" in said
    assert "% min_self_score: jiyuan 第十条\n% met(A, art(10,0,0), self_score)" in said


LETTER = """某市人民政府关于印发《某市市长质量奖管理办法》的通知

某政〔2024〕11号

各县（市、区）人民政府：

现将《某市市长质量奖管理办法》印发给你们，请认真贯彻执行。

某市人民政府

2024年6月3日

# 某市市长质量奖管理办法

第一条 申报单位运行3年以上。
第一条规定的单位应当说明理由。
第二条 本办法自2024年11月1日起施行，有效期5年。
"""


@pytest.mark.parametrize(
    ("below", "issued"), [("", "2024-06-03"), ("某市政府办公室　2024年6月7日印发\n", "2024-06-07")]
)
def test_number_and_days_are_read_from_the_letter_that_a_text_is_issued_with(
    below: str, issued: str, tmp_path: Path
) -> None:
    """The letter's day is that of the signature and, where no imprint says another, of the issue."""
    text, _, cases = _new(tmp_path, LETTER + below)

    found = read(text)

    assert (found.title, found.header) == (
        "某市市长质量奖管理办法",
        {
            "文号": "某政〔2024〕11号", "制定机关": "某市人民政府", "成文日期": "2024-06-03", "印发日期": issued,
        },
    )  # fmt: skip
    assert found.words[Provision(1, 2)] == "第一条规定的单位应当说明理由。"
    assert found.words[Provision(2)] == "本办法自2024年11月1日起施行，有效期5年。"
    assert "deadline = 20250930" in cases.read_text("utf-8")


def test_no_rule_comes_without_what_it_stands_on(tmp_path: Path) -> None:
    """What stands on a helper of a provision that the text does not have is left as a comment, and says so."""
    words = (RULES / "jiyuan.md").read_text("utf-8")
    start, end = words.index("（二）质量水平领先"), words.index("（三）质量创新能力强")
    source = tmp_path / "text.md"
    source.write_text(f"{words[:start]}（二）待定。\n\n{words[end:]}", "utf-8")

    _, rules, _ = lay_out("hebi", source, tmp_path / "rules", tmp_path / "cases", "jiyuan")

    said = rules.read_text("utf-8")
    assert "% system_certificate/1: jiyuan 第八条第（二）项" in said
    assert "\n% heeds_certificate(Kind) :- system_certificate(Kind)." in said


def test_a_signature_under_another_text_is_offered_and_not_taken_over(tmp_path: Path) -> None:
    """A draft is held to its city's cases; of the same words and rules they are accepted anew, one by one."""
    _, rules, _ = lay_out("jiyuan-draft", DRAFT, tmp_path / "rules", tmp_path / "cases", "jiyuan")
    draft, place = from_files("jiyuan-draft", (RULES / COMMON, rules)), Provision(9, 0, 1)
    case = Example("a9", "jiyuan", "", 6, 20250930, {}, (), {}, None, "jiyuan_audit")
    signed = replace(case, signed=Attestation("王某", "2026-11-22", seal(encoding("jiyuan"), place)))

    assert seal(draft, place) == seal(encoding("jiyuan"), place)
    assert standing(signed, seal(draft, place), draft.text) == INHERITED
    assert standing(signed, seal(draft, place), "jiyuan") == SIGNED
    assert standing(signed, seal(draft, Provision(10)), draft.text) == LAPSED


def test_words_of_a_rule_taken_over_name_the_new_place(tmp_path: Path) -> None:
    """A pool called after the other city, and words of its text that name it, are the new city's."""
    words = (DRAFTS / "luming.md").read_text("utf-8").replace("鹿鸣市", "柏川市")
    (tmp_path / "baichuan.md").write_text(words, "utf-8")
    model = read(DRAFTS / "luming.md")
    blocks = carried(read(tmp_path / "baichuan.md"), model, DRAFTS / "luming.lp", "baichuan")

    assert "%@ zh: 柏川市质量专家库" in blocks[Provision(14)].lines
    assert "%~ 在柏川市行政区域内登记注册" in blocks[Provision(5, 0, 1)].lines
    assert "met(A, art(5,0,1), seat) :- seat(A, baichuan)." in blocks[Provision(5, 0, 1)].lines
    assert blocks[Provision(6, 0, 1)].differences == ()


def test_a_provision_that_moved_takes_its_rules_to_its_new_number(tmp_path: Path) -> None:
    text = (RULES / "jiyuan.md").read_text("utf-8")
    source = tmp_path / "text.md"
    source.write_text(text.replace("### 第十条", "### 第九十条").replace("### 第九条", "### 第十条"), "utf-8")

    _, rules, _ = lay_out("hebi", source, tmp_path / "rules", tmp_path / "cases", "jiyuan")

    said = rules.read_text("utf-8")
    assert "met(A, art(90,0,0), self_score) :- self_score(A, Points), Points >= min_self_score." in said
    assert "barring_event(A, art(10,0,2), licence_missing," in said
    assert "seat(A, hebi)" in said


def test_the_texts_of_both_cities_can_be_laid_out_again(tmp_path: Path) -> None:
    for city in ("jiyuan", "sanmenxia"):
        made, *_ = _new(
            tmp_path / city if (tmp_path / city).mkdir() is None else tmp_path,
            (RULES / f"{city}.md").read_text("utf-8"),
        )

        assert made.read_text("utf-8") == (RULES / f"{city}.md").read_text("utf-8")


@pytest.mark.parametrize(("text", "name"), [(TEXT, "Mou"), (TEXT, "../mou"), ("nothing here\n", "mou")])
def test_a_bad_name_or_an_empty_text_is_refused(text: str, name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        _new(tmp_path, text, name)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    _new(tmp_path)

    with pytest.raises(UsageError):
        _new(tmp_path)


def test_a_text_far_from_its_model_takes_no_rule_that_stands_on_what_is_not_there(tmp_path: Path) -> None:
    """Laid out after the city whose file takes in the calendar, wherever the command is given."""
    source = tmp_path / "text.txt"
    source.write_text((DRAFT.parent / "yunling.md").read_text("utf-8").replace("#", "").replace("- ", ""), "utf-8")

    text, rules, _ = lay_out("yunling", source, tmp_path / "rules", tmp_path / "cases", "sanmenxia")

    assert read(text).header == read(DRAFT.parent / "yunling.md").header
    heads = {str(one.node.head) for one in rule_file(rules).statements if one.node.ast_type == ASTType.Rule}
    assert heads == {"notice_duty(proposed_winners,art(9,0,0),proposed_winners_days)"}
    assert "% publishes(proposed_winners, art(9,0,0))." in rules.read_text("utf-8")
