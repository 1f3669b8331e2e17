"""The paper on not being listed: complete, cited, proved, every sentence a claim, and about nobody else."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from legal_cases import CITIES, legal_cases

from benchmarks.generate import cohort
from desk.press import docx, html
from desk.shell.cli import run
from engine import Decision, decide, load, read
from engine.answers.eligibility import Outcome
from engine.errors import UsageError
from engine.facts.vocabulary import text as fact_text
from engine.law.rulebook import readings
from engine.law.statutes import Provision, Statute, statute
from engine.words.messages import has
from explain.letter import proof as replay
from explain.letter.basis import bases
from explain.letter.claims import inner
from explain.letter.ends import ends
from explain.letter.proof import Cited, entailed
from explain.letter.rejection import Letter, Letters, addressees, letter
from tests.golden_letters import GOLDEN, LETTERS, made, words

FACTS = Path(__file__).parents[1] / "facts"
SAMPLES = sorted(p for p in FACTS.iterdir() if p.is_dir())


def sample(folder: Path) -> Decision:
    return decide(load(sorted(str(p) for p in folder.glob("*.lp"))))


DECISIONS = {folder.name: sample(folder) for folder in SAMPLES}
TOLD = [(name, id) for name, decision in DECISIONS.items() for id in addressees(decision)]
REJECTED = [(name, id) for name, id in TOLD if DECISIONS[name].outcome(id).status == "rejected"]


@cache
def letters_of(name: str) -> Letters:
    return Letters(DECISIONS[name], [id for sample, id in TOLD if sample == name])


@cache
def words_of(name: str, id: str) -> str:
    return "\n".join(letters_of(name).of(id).paper.texts())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_of_each_kind_says_this(name: str, lang: str) -> None:
    """`python -m tests.golden_letters` writes them anew; read them as the other side's counsel would."""
    assert words(name, lang) == (GOLDEN / f"{name}.{lang}.txt").read_text("utf-8")


@pytest.mark.parametrize(("name", "id"), REJECTED)
def test_a_letter_names_every_ground_with_its_own_words(name: str, id: str) -> None:
    decision = DECISIONS[name]
    outcome = decision.outcome(id)
    law = statute(decision.city)
    found = letters_of(name).of(id)
    quoted = {p for claim in found.claims if claim.key == "letter.quote" for p in claim.provisions}

    assert quoted == {g.provision for g in (*outcome.barred, *outcome.failed)}
    assert [c.text for c in found.claims if c.key == "letter.quote" and not verbatim(law, c.text)] == []


def verbatim(law: Statute, sentence: str) -> bool:
    """Whether all that stands in the quotation marks of a sentence stands in one article of the law."""
    article = re.match(r"《办法》(第.+条)(?:第.+款)?规定", sentence)
    whole = re.search(r"“(.*)”", sentence)
    assert article and whole, sentence
    number = Provision.parse(article[1]).article
    own = [
        inner((f"（{text}）" if (text := item(p)) else "") + words)
        for p, words in law.words.items()
        if p.article == number
    ]
    pieces = [piece for piece in re.split("……", whole[1]) if piece]
    return all(piece in "".join(own) for piece in pieces)


def item(provision: Provision) -> str:
    return provision.citation.partition("第（")[2].partition("）")[0]


@pytest.mark.parametrize(("name", "id"), TOLD)
def test_a_letter_says_nothing_of_anybody_else(name: str, id: str) -> None:
    decision = DECISIONS[name]
    words = words_of(name, id)
    others = {str(n) for i, n in decision.case.rows("name") if i != id} | {
        o.id for o in decision.applicants if o.id != id
    }

    assert [other for other in others if other in words] == []


def test_the_duty_to_give_reasons_is_cited_where_the_text_has_it() -> None:
    """三门峡 第十七条; 济源's text has no such sentence, and none is cited for it."""
    told = {name: (words_of(name, id).splitlines()[0], "书面反馈" in words_of(name, id)) for name, id in REJECTED}

    assert told == {
        "jiyuan-6": ("未列入第六届济源市市长质量奖受理名单理由告知书", False),
        "sanmenxia-3": ("未列入第三届三门峡市市长质量奖受理名单理由反馈书", True),
        "sanmenxia-4": ("未列入第四届三门峡市市长质量奖受理名单理由反馈书", True),
    }


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name == "sanmenxia-4" else pytest.mark.slow) for name in DECISIONS]
)
def test_the_readings_named_are_those_that_alone_change_the_letter(name: str) -> None:
    """Found here the long way: under each other choice the case is decided and its ends are read anew."""
    now = DECISIONS[name]
    files = sorted(str(path) for path in (FACTS / name).glob("*.lp"))
    told = [id for sample, id in REJECTED if sample == name]
    wanted: dict[str, set[str]] = {id: set() for id in told}
    printed = {id: state(now, now.outcome(id)) for id in told}
    for key, reading in readings(now.city).items():
        for choice in set(reading.choices) - {now.readings[key]}:
            then = decide(load(files, {key: choice}))
            for id in told:
                grounds, dated = printed[id]
                other, moved = state(then, then.outcome(id))
                if grounds - other or dated - moved:
                    wanted[id].add(key)

    assert {id: {one.key for one in letters_of(name).of(id).readings} for id in told} == wanted


def state(decision: Decision, outcome: Outcome) -> tuple[set[tuple[str, str]], set[object]]:
    """The grounds of an outcome, and the days and rounds its letter prints."""
    (found,) = bases(decision, [outcome], worded=False)
    until = ends(found, statute(decision.city))
    grounds = {(str(b.ground.provision), b.ground.key) for b in found}
    return grounds, {end for end in until if end.day or end.round}


@pytest.mark.parametrize("id", ["J01", "J99"])
def test_nobody_else_gets_one(id: str) -> None:
    with pytest.raises(UsageError):
        letter(DECISIONS["jiyuan-6"], id)


LISTED = """
round(jiyuan,6,20250930).
applicant("A",individual).
name("A","李某某").
notice(acceptance,20251013,20251020).
listed("A",acceptance).
"""


@pytest.mark.parametrize(
    ("facts", "told"), [(LISTED, []), (LISTED.replace("listed", "% listed"), ["A"])], ids=["listed", "not listed"]
)
def test_who_stood_on_the_list_is_not_told_that_he_did_not(facts: str, told: list[str]) -> None:
    assert addressees(decide(read({"case.lp": facts.encode()}))) == told


def test_before_the_list_is_published_a_letter_is_a_draft_and_nobody_pending_gets_one() -> None:
    files = {p.name: p.read_bytes() for p in (FACTS / "sanmenxia-3").glob("*.lp")}
    files["procedure.lp"] = re.sub(rb"notice\(acceptance,[^\n]*", b"", files["procedure.lp"])
    decision = decide(read(files))

    assert addressees(decision) == ["I04", "S06", "S07", "S08"]
    assert "受理名单尚未公示" in letter(decision, "S08").draft[0]


YEARS = """
round(jiyuan,6,20250930).
applicant("A",organization).
name("A","虚构单位").
activity("A",business).
operating_since("A",20201001).
accounts("A",2023,loss).
spot_check("A",20230301,provincial,fail).
notice(acceptance,20251013,20251020).
"""
_FULL = "第八条第（一）项所称“5年以上”，就第（一）项事实至2025年10月1日届满"


@pytest.mark.parametrize(
    ("reading", "loss", "check"),
    [
        ("", "2026年12月31日", "2026年3月1日"),
        ("reading(complete_years,settled).", "2027年5月31日", "2026年3月1日"),
        ("reading(lookback,calendar_years).", "2026年12月31日", "2026年12月31日"),
    ],
    ids=["default", "settled", "calendar years"],
)
def test_the_ends_of_periods_of_years_are_printed(reading: str, loss: str, check: str) -> None:
    """Every ground that text and facts give an end: years that are full, years side by side, a period of years."""
    found = letter(decide(read({"case.lp": f"{YEARS}{reading}".encode()})), "A", 20251020)
    told = [f"{_FULL}；第八条第（五）项所称“最近三年”，就第（三）项事实至{loss}"]
    told.append(f"；第九条第（三）项所称“近3年”，就第（二）项事实至{check}。")

    assert "".join(told) in found.paper.texts()


@pytest.mark.parametrize("document", ["无", "/", "—", "待补"])
def test_a_placeholder_is_no_source(document: str) -> None:
    facts = (
        LISTED.replace("listed", "% listed")
        + f"""
offence("A",rule,serious,20240101).
source("offence(\\"A\\",rule,serious,20240101)","{document}","").
"""
    )
    found = letter(decide(read({"case.lp": facts.encode()})), "A", 20251020)

    assert "没有写明依据材料：你于2024年1月1日发生严重违规行为" in found.draft
    assert "（一）你于2024年1月1日发生严重违规行为。" in "\n".join(found.paper.texts())


@pytest.mark.parametrize(("name", "alone"), [("bars-by-many-records", True), ("papers-missing-in-time", False)])
def test_grounds_are_said_to_be_sufficient_only_where_each_is(name: str, alone: bool) -> None:
    found = made(name, "zh")

    assert all(row.sufficient for row in found.cited) == alone
    assert ("均可单独" in "\n".join(found.paper.texts())) == alone


def test_a_single_ground_is_not_said_to_be_one_of_several() -> None:
    assert "均可单独" not in words("individual-where-organizations-apply", "zh")


def test_a_letter_that_cannot_be_proved_is_not_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(replay, "program", lambda *_: "#show rejected/1. #defined rejected/1.")

    code = run(["letter", str(FACTS / "jiyuan-6"), "J09", "-o", str(tmp_path / "out")])

    assert (code, list(tmp_path.iterdir())) == (2, [])


def few() -> list[tuple[Decision, Letter]]:
    """Some of the rejections in `invented`, for every run: of both cities, papers missing among them."""
    found = []
    for city in CITIES:
        facts = [*cohort(city, 14, flawed=True), "evidence_closed.", "supplement_by(20251010)."]
        decision, ids = _rejected("\n".join(facts))
        written = Letters(decision, ids)
        found += [(decision, written.of(id, 20291101)) for id in ids]
    return found


@pytest.fixture(scope="module")
def some_letters() -> list[tuple[Decision, Letter]]:
    return few()


def test_no_letter_of_some_shows_what_only_the_program_knows(some_letters: list[tuple[Decision, Letter]]) -> None:
    assert len(some_letters) >= 16
    nothing_of_the_program(some_letters)


def test_every_sentence_of_some_is_a_claim_that_is_replayed(some_letters: list[tuple[Decision, Letter]]) -> None:
    claims_replayed(some_letters)


def invented() -> Iterator[tuple[Decision, list[str]]]:
    """Rejections of every kind: all legal cases; invented cohorts, the time for supplements over and not."""
    for city in CITIES:
        rounds: dict[tuple[str, ...], list[str]] = {}
        for row in legal_cases(city):
            if row.expect.get("status") == "rejected":
                own = [line for line in row.text.splitlines() if '("A"' in line]
                shared = tuple(line for line in row.text.splitlines() if '("A"' not in line)
                rounds.setdefault(shared, []).extend(line.replace('("A"', f'("a_{row.id}"') for line in own)
        for shared, own in rounds.items():
            yield _rejected("\n".join([*shared, *own]))
        for closing in ("", "evidence_closed.\nsupplement_by(20251010)."):
            yield _rejected("\n".join([*cohort(city, 40, flawed=True), closing]))


def _rejected(facts: str) -> tuple[Decision, list[str]]:
    ids = sorted(set(re.findall(r'^applicant\(("[^"]+")', facts, re.MULTILINE)))
    named = "\n".join(f'name({id},"虚构单位").' for id in ids if f"name({id}" not in facts)
    day = "notice(acceptance,20291013,20291022).\n" if "notice(acceptance" not in facts else ""
    decision = decide(read({"case.lp": f"{facts}\n{named}\n{day}".encode()}))
    to = set(addressees(decision))
    return decision, [o.id for o in decision.applicants if o.status == "rejected" and o.id in to]


@cache
def random_letters() -> list[tuple[Decision, Letter]]:
    found = []
    for decision, ids in invented():
        written = Letters(decision, ids)
        found += [(decision, written.of(id, 20291101)) for id in ids]
    return found


@pytest.mark.slow
def test_no_letter_shows_what_only_the_program_knows() -> None:
    """No day of data, no atom, no key, no identifier: not in the paper, not in what it is made of."""
    found = random_letters()

    assert len(found) >= 300
    nothing_of_the_program(found)


def nothing_of_the_program(found: list[tuple[Decision, Letter]]) -> None:
    for decision, one in found:
        page = re.sub(r"<style>.*?</style>|<[^>]*>", " ", html.render(one.paper), flags=re.DOTALL)
        said = page + json.dumps([claim.text for claim in one.claims], ensure_ascii=False)
        assert re.findall(r"\d{4}-\d{2}-\d{2}|[a-z_]{2,}", said) == [], one.paper.texts()
        assert [o.id for o in decision.applicants if o.id in said] == []


@pytest.mark.slow
@pytest.mark.parametrize("number", range(0, 300, 30))
def test_no_word_file_shows_what_only_the_program_knows(number: int, tmp_path: Path) -> None:
    _, one = random_letters()[number]
    file = tmp_path / "letter.docx"
    file.write_bytes(docx.render(one.paper))
    with zipfile.ZipFile(file) as package:
        body = re.sub(r"<[^>]*>", "", package.read("word/document.xml").decode())

    assert re.findall(r"\d{4}-\d{2}-\d{2}|[a-z_]{2,}", body) == []


@pytest.mark.slow
def test_every_sentence_is_a_claim_that_is_replayed() -> None:
    """Facts are on file, words in the catalogue, quotations in the law; and the facts that the sentences name under the
    provisions that they name give each ground anew."""
    claims_replayed(random_letters())


def claims_replayed(found: list[tuple[Decision, Letter]]) -> None:
    for decision, one in found:
        known = {fact_text(fact): fact for fact in decision.case.facts}
        law = statute(decision.city)
        body = re.sub(r"（[一二三四五六七八九十]+）", "", "".join(one.paper.texts()))
        for claim in one.claims:
            assert set(claim.facts) <= set(known), claim
            assert all(provision in law.words for provision in claim.provisions), claim
            assert has(claim.key, "zh"), claim
            assert re.sub(r"（[一二三四五六七八九十]+）", "", claim.text).rstrip("。") in body, claim
            assert claim.key != "letter.quote" or verbatim(law, claim.text), claim
        outcome = decision.outcome(one.paper.applicant)
        told = [replay._claim(outcome, [_from_claims(row, one, known)], row.provisions) for row in one.cited]
        assert entailed(decision.case, told) == [True] * len(told), one.paper.texts()


def _from_claims(row: Cited, one: Letter, known: dict[str, object]) -> Cited:
    """The ground with the facts that the letter's own sentences name for it, and what says that time is over."""
    named = {f for claim in one.claims if row.ground.provision in claim.provisions for f in claim.facts}
    frame = [f for f in row.facts if f.predicate in ("evidence_closed", "applicant", "round")]
    return Cited(row.kind, row.ground, row.provisions, (*(known[f] for f in sorted(named)), *frame), row.readings)  # type: ignore[arg-type]


def test_the_json_of_a_letter_lists_its_claims(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["letter", str(FACTS / "jiyuan-6"), "J10", "-o", str(tmp_path), "--json", "--date", "2025-10-20"]) == 0
    shown = json.loads(capsys.readouterr().out)

    assert list(shown) == ["paper", "to", "day", "draft", "grounds", "claims", "readings", "hints"]
    assert (shown["paper"], shown["to"], shown["day"]) == ("rejection_letter", "J10", "2025-10-20")
    assert shown["grounds"][0] == {"provision": "art(9,0,5)", "key": "award_misconduct", "sufficient": True}
    assert shown["claims"][-1] == {
        "text": "第九条第（七）项未写明期限",
        "facts": ['offence("J10",rule,serious,20230707)'],
        "provisions": ["art(9,0,7)"],
        "key": "letter.ends.none",
    }


def test_letters_of_a_case_make_one_whole_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "letters"
    assert run(["letters", str(FACTS / "sanmenxia-3"), "-o", str(folder), "--json", "--date", "2025-10-20"]) == 0

    rows = json.loads(capsys.readouterr().out)["letters"]
    assert [row["id"] for row in rows] == [id for name, id in TOLD if name == "sanmenxia-3"]
    assert {p.name for p in folder.iterdir()} == {"index.html", *(row[k] for row in rows for k in ("docx", "html"))}
    assert run(["letters", str(FACTS / "sanmenxia-3"), "-o", str(folder)]) == 2


def small(folder: Path) -> str:
    """A case with one short letter, as a file."""
    case = folder / "case.lp"
    case.write_text(LISTED.replace("listed", "% listed"), encoding="utf-8")
    return str(case)


def test_a_letter_is_the_same_twice(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run(["letter", small(tmp_path), "A", "-o", str(tmp_path / name), "--date", "2025-10-20"]) == 0

    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_remedies_are_off_until_the_legal_staff_switch_them_on(tmp_path: Path) -> None:
    bodies = {}
    for option in ((), ("--remedies",)):
        folder = tmp_path / str(len(option))
        assert run(["letter", small(tmp_path), "A", "-o", str(folder), *option]) == 0
        with zipfile.ZipFile(folder / "letter-A.docx") as file:
            bodies[len(option)] = file.read("word/document.xml").decode()

    assert len(bodies[0]) < len(bodies[1])


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    assert run(["letter", small(tmp_path), "A", "-o", str(tmp_path / "out"), "--date", "2025-02-30"]) == 2
    assert not (tmp_path / "out").exists()
