"""Every predicate that can appear in a reason is worded, and the sentences of real cases read as they should."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from clingo import Function
from legal_cases import flawless

import engine
from engine.award import SET, award_of
from engine.errors import RuleError
from engine.facts.vocabulary import PREDICATES
from engine.law.rulebook import rule_file, rule_files
from engine.words.catalogues import LANGUAGES
from engine.words.spoken import speaking
from explain.dual.compiled import program
from explain.graph import why_denied
from explain.graph.justification import justify
from explain.rules.literals import Atom, Literal
from explain.rules.predicatewords import wording
from explain.say.values import worded
from tests.test_real_clauses import CHOICES, CLAUSES, text

QUESTIONS = (
    (),
    ("award", "award_set"),
    ("interest",),
    ("interest", "roster", "panel"),
    ("review",),
    ("interest", "procedure"),
)
CITIES = ("jiyuan", "sanmenxia")
DRAFTS = Path(__file__).parent / "drafts"
OTHERS = sorted(path.stem for folder in (DRAFTS, CLAUSES) for path in folder.glob("*.lp"))


@pytest.mark.parametrize("questions", QUESTIONS)
@pytest.mark.parametrize("city", CITIES)
def test_every_derived_predicate_is_worded(city: str, questions: tuple[str, ...]) -> None:
    """Beside its definition, in both languages, for true and for false; also one that is never gone into."""
    assert _unworded(rule_files(city, *questions)) == set()


@pytest.mark.parametrize("questions", QUESTIONS)
@pytest.mark.parametrize("name", OTHERS)
def test_every_predicate_of_the_other_texts_is_worded(
    name: str, questions: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the drafts and of the clauses of real regulations."""
    laid_out(name, tmp_path, monkeypatch)

    assert _unworded(rule_files(name, *questions)) == set()


def laid_out(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a draft, or a text of clauses, one of the regulations that the program knows."""
    draft = DRAFTS / f"{name}.md"
    rules = ((DRAFTS if draft.exists() else CLAUSES) / f"{name}.lp").read_text("utf-8")
    (folder / f"{name}.lp").write_text(rules, "utf-8")
    (folder / f"{name}.md").write_text(draft.read_text("utf-8") if draft.exists() else text(name, rules), "utf-8")
    monkeypatch.setenv("PINGJIANG_ALSO", str(folder / f"{name}.lp"))


def _unworded(files: tuple[Path, ...]) -> set[tuple[str, int]]:
    """What a rule of these asks for and has no words, but for records, which the vocabulary words."""
    ready = program(files)
    asked = {one for rule in ready.rules for literal in rule.body for one in _asked(literal, ready.dual.signatures)}
    wanted = {(lang, truth) for lang in LANGUAGES for truth in (True, False)}
    worded = {signature for signature, words in ready.wording.predicates.items() if wanted <= set(words.templates)}
    return {one for one in asked if one[0] not in (*PREDICATES, *COMPUTED)} - worded


def _asked(literal: Literal, known: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """The predicates that a literal asks for, also within an aggregate."""
    names = re.findall(r"([a-z]\w*)\(", literal.text)
    return {literal.signature} if isinstance(literal, Atom) else {one for one in known if one[0] in names}


FIRST = {one.city: one for one in reversed(CHOICES) if not one.readings}
"""The first choice of winners of each text of clauses."""


@pytest.mark.parametrize("name", sorted(FIRST))
def test_no_step_of_an_award_shows_an_atom(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Why the first and the last candidate have each prize or not, every step, under caps, tracks and levels."""
    laid_out(name, tmp_path, monkeypatch)
    choice = FIRST[name]
    found = award_of(
        engine.read({"case.lp": choice.case().encode()}), {prize: ids.split() for prize, ids in choice.winners.items()}
    )
    names = "|".join(sorted({each for each, _ in program((*rule_files(name, "award"), *SET)).dual.signatures}))
    bare = re.compile(rf"(?<![\w_])({names}|cell|art)\(")

    shown = [
        data[lang]
        for id in {*list(found.who.candidates)[:1], *list(found.who.candidates)[-1:]}
        for prize in found.who.prizes
        for _, data in why_denied(found, id, prize).nodes(data=True)
        for lang in LANGUAGES
        if bare.search(data[lang]) or not data[lang] or (lang == "zh" and re.search(r"[a-z]_[a-z]", data[lang]))
    ]

    assert shown == []


def test_a_circle_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Places that count one another rest on nothing else; the one that is nowhere else in the reasons has its words."""
    laid_out("shenzhen", tmp_path, monkeypatch)
    choice = FIRST["shenzhen"]
    case = engine.read({"case.lp": choice.case().encode()})
    graph = why_denied(award_of(case, {prize: ids.split() for prize, ids in choice.winners.items()}), "A1", "special")

    assert {data["en"] for _, data in graph.nodes(data=True) if data["kind"] == "circular"} == {
        "these rest only on one another: the places do not include the special contribution award, "
        "the special contribution award has no such places",
        "these rest only on one another: nobody better is passed over",
    }


def test_words_are_those_of_the_regulation_spoken_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one process, one after the other: what was worded for one text is not said of another."""
    laid_out("xuchang", tmp_path, monkeypatch)
    said = []
    for city in ("xuchang", "jiyuan", "xuchang"):
        with speaking(city):
            said.append(worded(Function("main"), "choice:prize", "zh", {}))

    assert said == ["xuchang质量奖", "市长质量奖", "xuchang质量奖"]


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

    with pytest.raises(RuleError, match=r"bad\.lp:1"):
        wording([rule_file(file)])
