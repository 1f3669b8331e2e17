"""The audit page: offline, escaped, provisions and signatures in their places; in a browser where there is one."""

import re
import shutil
import subprocess
from base64 import b64encode
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from audit.checks.provisions import Coverage, coverage
from audit.encoding.casetables import Attestation, Example, Word, examples
from audit.encoding.encodings import encoding, version
from audit.encoding.questions import QUESTIONS
from audit.encoding.seals import seal
from audit.encoding.trace import Trace
from audit.opinions.ledger import Opinion, cases_of
from audit.page.versions import Moved, versions
from audit.page.webpage import page
from audit.tables.rounds import readable
from audit.tables.sentences import case_dossier, case_outcome
from audit.tables.verdicts import Turn, Verdict, conducted_rows, decided
from engine.errors import UsageError
from engine.law.statutes import Provision, cities
from engine.words.catalogues import LANGUAGES
from tests.planted import planted

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SCORE = Provision(10, 0, 0)
HOSTILE = '"><script>alert(1)</script>'


@cache
def covered(city: str) -> Coverage:
    return coverage(encoding(city), [])


@cache
def shown(city: str, lang: str) -> str:
    return page(covered(city), {}, lang)


def _case(id: str, found: str = "", by: str = "王某", says: str = "自评499分") -> Example:
    signed = Attestation(by, "2026-11-22", found) if found else None
    return Example(id, "jiyuan", says, 6, 20250930, {}, (), {"status": "rejected"}, signed)


def _made(*cases: Example, contested: tuple[Opinion, ...] = (), lang: str = "zh") -> str:
    subject = encoding("jiyuan")
    traces = {rule.number: Trace(rule, 0, (), (), 1) for rule in subject.rules if rule.provision == SCORE}
    return page(coverage(subject, cases), traces, lang, contested, "2026-11-22")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("city", cities())
def test_every_provision_has_its_place_and_its_words(city: str, lang: str) -> None:
    subject, html = encoding(city), shown(city, lang)
    anchors = re.findall(r'<section class="row[^"]*" id="([^"]+)"', html)

    assert anchors == ["-".join(["p", *map(str, provision)]) for provision in subject.statute.words]
    assert set(re.findall(r'href="#([^"]+)"', html)) == {*anchors}
    plain = html.replace("<mark>", "").replace("</mark>", "")
    assert all(words in plain for words in subject.statute.words.values())


def test_nothing_from_outside() -> None:
    """No address but the page's own anchors; only its own style and script may run, named by their hashes."""
    html = _made(_case("a10_x"))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    hashes = [
        "sha256-" + b64encode(sha256(content.encode()).digest()).decode()
        for content in re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", html, re.DOTALL)
    ]

    assert policy[1].startswith("default-src 'none'; ")
    assert [f"'{one}'" in policy[1] for one in hashes] == [True, True]
    assert not re.search(r'(?:src|href|action)="(?!#)', html)
    assert "http" not in html.replace("http-equiv", "")


def test_what_people_wrote_is_escaped() -> None:
    now = seal(encoding("jiyuan"), SCORE)
    objection = Opinion(_case("a10_c", now), Attestation(HOSTILE, "2026-11-22", now), True, HOSTILE)

    html = _made(_case(f"a10_{HOSTILE}", now, HOSTILE, HOSTILE), contested=(objection,))

    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(1)") == 6  # id twice, says, by; the objection's by and remark


def test_who_accepted_and_who_objected_is_told_with_its_state() -> None:
    now = seal(encoding("jiyuan"), SCORE)
    objections = (
        Opinion(_case("a10_c", now), Attestation("李某", "2026-11-20", now), True, "应为600分"),
        Opinion(_case("a10_d", now), Attestation("李某", "2026-11-21", "0" * 16), True, ""),
    )

    html = _made(_case("a10_a", now), _case("a10_b", "0" * 16), contested=objections)

    told = re.findall(r'<span class="state (\w+)">([^<]+ · [^<]+)</span>', html)
    assert told == [
        ("signed", "已确认 · 王某 · 2026-11-22"),
        ("lapsed", "确认已失效 · 王某 · 2026-11-22"),
        ("contested", "有异议 · 李某 · 2026-11-20"),
        ("outdated", "有异议，其后条文或规则已变 · 李某 · 2026-11-21"),
    ]
    assert "理由：应为600分" in html


@pytest.mark.parametrize("city", cities())
def test_rules_elsewhere_stand_under_the_provision_they_ask_for(city: str) -> None:
    """In words and, folded, as they are written; each with its place."""
    found, html = covered(city), shown(city, "zh")
    for row in found.rows:
        block = html.partition(f'id="p-{"-".join(map(str, row.provision))}"')[2].partition("</section>")[0]
        folded = block.partition('<details class="applied">')[2]
        assert re.findall(r"<code>([^<]+)</code></li>", folded.partition("</ul>")[0]) == [r.place for r in row.applied]
        assert folded.count('<details class="asp">') == bool(row.applied)

    assert "用到本条的规则（review.lp" in html
    assert "如果依有关条文，申报者某届某奖项应当撤销" in html


def test_the_words_that_rules_rest_on_are_lit() -> None:
    html = shown("jiyuan", "zh")
    four = html.partition('id="p-4-0-0"')[2].partition("</section>")[0]

    assert re.findall(r"<mark>([^<]+)</mark>", four) == [
        "市长质量奖分为市长质量奖和市长质量奖提名奖", "评选周期为2年", "两类奖项的获奖单位每届均不超过2个",
        "申报单位均达不到奖励条件的，奖项可以空缺",
    ]  # fmt: skip


def test_what_comes_out_now_stands_beside_what_was_signed() -> None:
    """The rules refuse what somebody signed as listed: the page shows the refusal, and what was signed."""
    now = seal(encoding("jiyuan"), SCORE)
    before = Word("contested", Attestation("李某", "2026-11-20", now, "法制审核"), {}, "应为600分")
    signed = replace(_case("a10_a", now), expect={"status": "eligible"}, earlier=(before,))
    verdict = Verdict(
        signed, "decide", {"status": "eligible"}, {"status": "rejected", "failed": ["art(10,0,0) self_score"]},
        {"status": "rejected", "failed": ["art(10,0,0) self_score"]},
    )  # fmt: skip
    found = coverage(encoding("jiyuan"), [signed])

    html = page(found, {}, "zh", (), "2026-11-22", [verdict])

    entry = html.partition('<li id="case-a10_a"')[2].partition("</li>")[0]
    assert '<span class="out o-rejected">' in entry
    assert "签署时的结果：拟列入受理名单" in entry
    assert "现在的结果：拟不列入受理名单：第十条（自评得分）不符合" in entry
    assert "此前：有异议 · 李某（法制审核） · 2026-11-20: 应为600分" in entry
    assert 'class="case-signed case-differs "' in entry


def test_what_readings_ask_stands_under_their_provision() -> None:
    subject = encoding("jiyuan")
    case = _case("a9_i6_x", says="x")
    turn = Turn("listing", "ever", case, {"status": "eligible"}, {"status": "rejected"})

    html = page(covered("jiyuan"), {}, "zh", turns=[turn])

    asked = html.partition('id="p-9-0-6"')[2].partition("</section>")[0]
    choices = sum(len(one.choices) - 1 for one in subject.readings.values() if one.provision == Provision(9, 0, 6))
    assert f"读法所问 {choices} 个" in asked
    assert "默认：拟列入受理名单；如此读：拟不列入受理名单" in asked


def test_what_slips_ask_stands_under_their_provision_until_somebody_answers() -> None:
    subject = encoding("jiyuan")
    found = next(case for case in examples("jiyuan") if case.file == "jiyuan_audit.toml" and not case.signed)
    answered = replace(
        found, id=f"{found.id}_answered", signed=Attestation("王某", "2026-11-22", seal(subject, found.provision))
    )

    html = page(coverage(subject, [found, answered]), {}, "zh")

    place = html.partition(f'id="p-{"-".join(map(str, found.provision or ()))}"')[2].partition("</section>")[0]
    [entry] = re.findall(r"小错所问、无人回答 1 个</summary><ul><li>(.*?)</li></ul>", place)
    dossier, outcome = case_dossier(found, "zh"), case_outcome(found, "zh")
    assert entry == (
        f'截止日2025年9月30日，{dossier}，应当受理吗？ 按现行规则：{outcome} <a href="#case-{found.id}">{found.id}</a>'
    )


def test_what_slips_ask_of_a_round_says_each_thing_once() -> None:
    """Two things that are missing are told once where their words are the same; what is empty is left out."""
    subject = encoding("sanmenxia", QUESTIONS["procedure"])
    rows, _ = readable(subject.question, "sanmenxia")
    [pair] = [pair for pair in rows if pair[0].id == "a5_cycle_1"]
    [verdict] = conducted_rows(subject, [pair])

    html = page(coverage(encoding("sanmenxia"), [verdict.example]), {}, "zh", verdicts=[verdict])

    asked = "J01作为组织申报；J02作为组织申报。应当得出什么？"
    told = "按现行规则：应当成立：第五条：评选周期（年），缺记录，未能核对"
    assert f'{asked} {told} <a href="#case-procedure-a5_cycle_1">a5_cycle_1</a>' in html


def test_a_fault_leads_to_its_provision(tmp_path: Path) -> None:
    subject = planted(tmp_path, "jiyuan", ("#const min_self_score = 500.", "#const min_self_score = 501."))

    html = page(coverage(subject, []), {}, "zh")

    assert re.search(r'<a href="#p-10-0-0">[^<]*min_self_score', html)


_STEPS = """
const [input, select] = document.querySelector(".find").elements;
const shown = () => [...document.querySelectorAll(".row")].filter((one) => !one.hidden).map((one) => one.id).join();
const found = [];
input.value = "自评分 1000分";
input.dispatchEvent(new Event("input"));
found.push(shown());
select.value = "case-lapsed";
select.dispatchEvent(new Event("change"));
found.push(shown() || "none");
found.push(document.querySelector(".nothing").hidden);
window.dispatchEvent(new Event("beforeprint"));
found.push([...document.querySelectorAll(".cases")].every((one) => one.open));
window.dispatchEvent(new Event("afterprint"));
location.hash = "#case-a9_i4_x";
window.dispatchEvent(new Event("hashchange"));
found.push(document.querySelector("#p-9-0-4").hidden, document.querySelector("#p-9-0-4 .cases").open);
document.documentElement.dataset.found = found.join(" ");
"""


@pytest.mark.skipif(BROWSER is None, reason="no chromium on PATH: install it to try the page in a browser")
def test_in_a_browser(tmp_path: Path) -> None:
    """Words and filter narrow the page; print opens the cases; a link to a case finds it even when filtered away."""
    html = _made(_case("a10_a"), _case("a9_i4_x"))
    digest = b64encode(sha256(_STEPS.encode()).digest()).decode()
    html = html.replace("script-src '", f"script-src 'sha256-{digest}' '", 1)
    file = tmp_path / "page.html"
    file.write_text(html.replace("</body>", f"<script>{_STEPS}</script></body>"), encoding="utf-8")
    shown = subprocess.run(
        [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", f"--user-data-dir={tmp_path}/user",
         file.as_uri()],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    found = re.search(r'data-found="([^"]*)"', shown.stdout)

    assert found, shown.stderr[-500:]
    assert found[1] == "p-10-0-0 none false true false true"


def test_every_case_stands_on_the_page_with_what_comes_out_of_it() -> None:
    """Also a round, whose outcome has many columns, and what no provision has; two questions may share an id."""
    dossier = Verdict(_case("t_x"), "decide", {}, {}, {"status": "eligible"})
    round_ = Verdict(replace(_case("t_x"), file="review_jiyuan.toml"), "review", {}, {}, {"bans": []})

    html = page(covered("jiyuan"), {}, "zh", verdicts=[dossier, round_])

    assert re.findall(r'<li id="([^"]+)"', html) == ["case-t_x", "case-review-t_x"]
    assert "不得申报的期间：无" in html


def test_two_versions_side_by_side(tmp_path: Path) -> None:
    """Words, points and class of either version, and the cases that the two decide differently."""
    found, old = covered("jiyuan"), ("自评分高于500分", "自评分高于600分")
    other = planted(
        tmp_path, "jiyuan", old, ("%~ 自评分高于500分", "%~ 自评分高于600分"),
        ("min_self_score = 500", "min_self_score = 600"), text=(old,),
    )  # fmt: skip
    case = next(case for case in cases_of(found.encoding) if case.id == "a10_self_score_500")

    both = versions(
        found, other, "旧版", decided(other, [case]).all, decided(found.encoding, [case]).all, "zh"
    )  # fmt: skip

    [(place, one)] = both.changed.items()
    assert (place, one.citation, both.tried, both.moved) == ("p-10-0-0", "第十条", 1, 1)
    assert [piece for differs, piece in one.before if differs] == ["6"]
    assert [piece for differs, piece in one.now if differs] == ["5"]
    assert one.gone == ("要求：自评得分——符合：申报者的自评分为若干分，且该分不少于600",)
    assert one.new == ("要求：自评得分——符合：申报者的自评分为若干分，且该分不少于500",)
    assert both.shared and both.shared.cases == (
        Moved(
            "a10_self_score_500",
            "某单位的自评分为500分",
            "拟不列入受理名单：第十条（自评得分）不符合",
            "拟列入受理名单",
        ),
    )
    html = page(found, {}, "zh", beside=both)
    assert "<del>6</del>00分" in html and "<ins>5</ins>00分" in html
    assert html.count("has-changed") == 2


def test_another_version_is_found_by_file_or_folder(tmp_path: Path) -> None:
    """Its shared rules are its own where they stand beside it."""
    rules = tmp_path / "rules"
    rules.mkdir()
    for name in ("jiyuan.lp", "jiyuan.md", "common.lp"):
        shutil.copy(encoding("jiyuan").paths[1].with_name(name), rules)

    like = encoding("jiyuan")
    assert version(like, tmp_path).paths == version(like, rules / "jiyuan.lp").paths == (
        rules / "common.lp", rules / "jiyuan.lp",
    )  # fmt: skip
    with pytest.raises(UsageError) as refused:
        version(like, tmp_path / "nowhere")
    assert refused.value.problems[0].parameters == {"found": str(tmp_path / "nowhere"), "file": "jiyuan.lp"}
