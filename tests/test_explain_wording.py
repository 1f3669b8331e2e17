"""Every predicate that can appear in a reason is worded, and the sentences of real cases read as they should."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from legal_cases import flawless

import engine
from engine.facts.vocabulary import PREDICATES
from engine.law.rulebook import rule_file, rule_files
from engine.words.messages import LANGUAGES
from explain.dual.compiled import program
from explain.graph.justification import justify
from explain.rules.predicatewords import WordingError, wording

QUESTIONS = (
    (),
    ("award", "award_set"),
    ("interest",),
    ("interest", "roster", "panel"),
    ("review",),
    ("interest", "procedure"),
)
CITIES = ("jiyuan", "sanmenxia")


@pytest.mark.parametrize("questions", QUESTIONS)
@pytest.mark.parametrize("city", CITIES)
def test_every_derived_predicate_is_worded(city: str, questions: tuple[str, ...]) -> None:
    """Beside its definition, in both languages, for true and for false; a technical one is never gone into."""
    ready = program(rule_files(city, *questions))
    wanted = {(lang, truth) for lang in LANGUAGES for truth in (True, False)}
    worded = {
        signature
        for signature, words in ready.wording.predicates.items()
        if words.technical or wanted <= set(words.templates)
    }
    derived = {(name, arity) for name, arity in ready.dual.signatures if name not in (*PREDICATES, *COMPUTED)}

    assert set() == derived - worded


COMPUTED = ("as_of", "hundredths", "mark_hundredths")
"""What the engine feeds besides the facts of the case."""


@pytest.mark.parametrize("questions", QUESTIONS)
@pytest.mark.parametrize("city", CITIES)
def test_every_placeholder_names_something(city: str, questions: tuple[str, ...]) -> None:
    """A variable of the signature or of a rule of the predicate, a constant, a predicate, or a keyword."""
    ready = program(rule_files(city, *questions))
    variables = {name for rule in ready.rules for literal in rule.body for name in literal.variables}
    predicates = {name for name, _ in ready.dual.signatures}
    known = {"reasons", "causes", "facts", "aggregate", *ready.constants, *variables}
    strange = []
    for signature, words in ready.wording.predicates.items():
        if signature in ready.dual.signatures:
            for template in words.templates.values():
                for place in re.findall(r"\{([^{}]+)\}", template):
                    parts = place.removeprefix("years ").removeprefix("short ").split()
                    if not (place[0] == "@" and place[1:] in predicates) and not set(parts) <= known | set(words.names):
                        strange.append((signature, place))

    assert strange == []


def decided(tmp_path: Path, *facts: str, without: tuple[str, ...] = (), city: str = "jiyuan") -> engine.Decision:
    deadline = 20250930
    base = [fact for fact in flawless(city, deadline) if not fact.startswith(without or ("-",))]
    file = tmp_path / "case.lp"
    file.write_text("".join(f"{fact}.\n" for fact in [f"round({city},6,{deadline})", *base, *facts]), "utf-8")
    return engine.decide(engine.load([file]))


def root(tmp_path: Path, question: str, *facts: str, without: tuple[str, ...] = ()) -> tuple[str, str]:
    graph = justify(decided(tmp_path, *facts, without=without), question)
    data = graph.nodes[graph.graph["root"]]
    return data["zh"], data["en"]


def test_years_of_operation(tmp_path: Path) -> None:
    """The whole ground: what is on record, how long that is, and that the shorter period has nothing to stand on."""
    zh, en = root(
        tmp_path,
        'failed("A",art(8,0,1),operating_years)',
        'operating_since("A",20210301)',
        'certificate("A",little_giant,20220101,20241231)',
        without=('operating_since("A"', "none"),
    )

    assert zh == (
        "不符合第八条第（一）项“运行年限”：自2021年3月1日起运行，至申报截止日2025年9月30日为4年零6个月又29日，不满5年；"
        "其专精特新“小巨人”企业证书在申报截止日2025年9月30日不在有效期内（2024年12月31日到期）"
    )
    assert "4 years 6 months 29 days by the application deadline, 2025-09-30, less than 5 years" in en


@pytest.mark.parametrize(
    ("question", "facts", "without", "sentence"),
    [
        (
            'barring_event("A",art(9,0,4),accident,accident("A",safety,considerable,liable,20240506))',
            ('accident("A",safety,considerable,liable,20240506)',),
            (),
            "于2024年5月6日发生较大安全事故（负有责任），较大达到“较大”等级，2024年5月6日在第九条第（四）项所定的近3年之内（至申报截止日2025年9月30日）",
        ),
        ('open("A",art(8,0,3),innovation)', (), ('finding("A",innovation',),
         "第八条第（三）项“质量创新能力强”有待补正或认定：尚无关于“持续推动技术创新、管理创新、制度创新”的认定意见"),
        ('failed("A",art(10,0,0),self_score)', ('self_score("A",499)',), ('self_score("A"',),
         "不符合第十条“自评得分”：自评分为499分，低于500分"),
        ('failed("A",art(8,0,5),no_loss)', ('accounts("A",2023,loss)',), ('accounts("A",2023',),
         "不符合第八条第（五）项“最近三年未发生亏损”：其2023年度经营结果为亏损"),
        ('failed("A",art(8,0,1),seat)', ('seat("A",elsewhere)',), ("seat",),
         "不符合第八条第（一）项“设立于本市行政区域内”：其登记注册地在本市以外"),
    ],
)  # fmt: skip
def test_the_sentence_of_a_ground(
    tmp_path: Path, question: str, facts: tuple[str, ...], without: tuple[str, ...], sentence: str
) -> None:
    assert sentence == root(tmp_path, question, *facts, without=without)[0]


def test_kinds_of_leaves_are_told_apart(tmp_path: Path) -> None:
    """Expired, outside the window, a person's finding, and a record that is missing."""
    decision = decided(
        tmp_path,
        'certificate("A",qms,20220101,20241231)',
        'finding("A",credit,no)',
        'accident("A",safety,considerable,liable,20200506)',
        without=('certificate("A",qms', 'finding("A",credit', 'finding("A",innovation', "submitted"),
    )
    questions = {
        'failed("A",art(8,0,2),qms)': "expired",
        'failed("A",art(8,0,6),credit)': "finding",
        'open("A",art(8,0,3),innovation)': "finding_missing",
        'open("A",art(13,0,0),in_time)': "no_record",
        'barring_event("A",art(9,0,4),accident,accident("A",safety,considerable,liable,20200506))': "outside_window",
    }
    for question, kind in questions.items():
        assert kind in {data["kind"] for _, data in justify(decision, question).nodes(data=True)}, question


def test_a_wording_comment_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bad.lp"
    file.write_text("%@ what is this?\np.", "utf-8")

    with pytest.raises(WordingError, match=r"bad\.lp:1"):
        wording([rule_file(file)])
