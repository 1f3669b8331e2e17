"""Golden letters, one for each kind of ground and addressee, in tests/golden/letters, in Chinese and in English.

Renew them with `python -m tests.golden_letters` and read the difference as the other side's counsel would: every
sentence must be true, needed, and said by the provision or fact it stands on.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine import read
from engine.answers.eligibility import Decision, decide
from explain.letter.rejection import Letter, Letters

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = Path(__file__).with_name("golden") / "letters"
DAY = 20251020
SAMPLES = {"jiyuan": "jiyuan-6", "sanmenxia": "sanmenxia-3"}

FINDING = """
finding_by("J08",innovation,"评审工作组",20251009,"近三年没有技术、管理、制度创新的记录").
finding_by("J08",normal_operation,"评审工作组",20251009,"2023年停产十一个月").
"""
DESCRIBED = """
described("offence(\\"J10\\",rule,serious,20230707)","以虚假材料申报专项资金").
described("award_misconduct(\\"J10\\",20231020)","提交伪造的检验报告").
reading(earlier_rounds,count).
applied_because(art(27,0,0),"第二十二条、第二十四条规范的是施行后的申报行为").
"""
LATE = """
finding("S01",forwarding_accepted,no).
"""
OVERDUE = """
evidence_closed.
"""
OTHER = """
round(sanmenxia,4,20261016).
office("样例市长质量奖评审委员会秘书处","虚构联系人","0000-0000000").
notice(acceptance,20261102,20261109).
applicant("P1",individual).
name("P1","张某某").
submitted("P1",20261015).
material("P1",application_form).
material("P1",evidence).
preliminary_notice("P1",20260901,20260914).
internal_notice("P1",20260801,20260814).
county_opinion("P1",favourable).
recommendation("P1",yes).
finding("P1",ethics,yes).
finding("P1",credit,yes).
finding("P1",outstanding_contribution,no).
finding_by("P1",outstanding_contribution,"秘书处",20261023,"申报材料所列两项成果均为所在单位的成果，未载明你承担的工作").
source("finding(\\"P1\\",outstanding_contribution,no)","虚构审核意见","").
offence("P1",law,serious,20250612).
described("offence(\\"P1\\",law,serious,20250612)","未经许可生产危险化学品").
source("offence(\\"P1\\",law,serious,20250612)","虚构行政处罚决定书","样例罚字〔2025〕第12号").
"""
PERSON = """
round(jiyuan,6,20250930).
office("样例市场监督管理局","虚构联系人","0000-0000000").
notice(acceptance,20251013,20251020).
applicant("P1",individual).
name("P1","李某某").
submitted("P1",20250915).
"""
CLOSURES = """
round(jiyuan,6,20250930).
applicant("A",organization).
name("A","虚构辛公司").
awarded("A",main,5,20231101).
awarded("A",nomination,4,20211101).
reading(art24_prize,same_prize).
"""

LETTERS: dict[str, tuple[str, str, str]] = {
    "bars-by-many-records": ("jiyuan", "J09", ""),
    "bars-described": ("jiyuan", "J10", DESCRIBED),
    "requirements-and-findings": ("jiyuan", "J08", FINDING),
    "papers-missing-in-time": ("jiyuan", "J07", OVERDUE),
    "individual-where-organizations-apply": (PERSON, "P1", ""),
    "both-prizes-closed": (CLOSURES, "A", ""),
    "bars-of-two-years": ("sanmenxia", "S08", ""),
    "requirements-and-county": ("sanmenxia", "S07", ""),
    "papers-incomplete": ("sanmenxia", "S06", ""),
    "individual-offence-and-finding": (OTHER, "P1", ""),
    "individual-banned": ("sanmenxia", "I04", ""),
    "pending-at-publication": ("sanmenxia", "I03", ""),
}
"""Each letter by what it shows: the case (a sample city, or facts), the applicant, facts added."""


@cache
def decision(case: str, more: str) -> Decision:
    """A decision on a sample, or on facts, with more facts."""
    if case in SAMPLES:
        folder = ROOT / "facts" / SAMPLES[case]
        files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.lp"))}
    else:
        files = {"case.lp": case.encode()}
    return decide(read({**files, "more.lp": more.encode()} if more else files))


@cache
def _letters(name: str) -> Letters:
    case, applicant, more = LETTERS[name]
    return Letters(decision(case, more), [applicant])


@cache
def made(name: str, lang: str) -> Letter:
    """A golden letter as it is now."""
    return _letters(name).said_in(lang).of(LETTERS[name][1], DAY)


def words(name: str, lang: str) -> str:
    """A letter's words line by line, then what keeps it a draft."""
    found = made(name, lang)
    lines = [line for line in found.paper.texts() if line]
    return "\n".join([*lines, "--", *found.draft]) + "\n"


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True, parents=True)
    for one in LETTERS:
        for language in ("zh", "en"):
            (GOLDEN / f"{one}.{language}.txt").write_text(words(one, language), encoding="utf-8")
