"""Document numbers (文号) by the case file: those on file stay, the others run on from the first free one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.case import Case

FORMS: Mapping[str, str] = {
    "announcement": "plain",
    "receipt_slip": "plain",
    "supplement_notice": "letter",
    "acceptance_notice": "plain",
    "rejection_letter": "letter",
    "objection_answer": "letter",
    "consultation_letter": "letter",
    "recusal_notice": "letter",
    "draw_record": "plain",
    "panel_list": "plain",
    "list_notice": "plain",
    "winners_notice": "plain",
    "winners_submission": "petition",
    "revocation_proposal": "petition",
    "round_report": "compact",
}
"""The look of each kind (GB/T 9704-2012): 信函格式, the 文件格式 of a submission, plain, or plain on one page."""
OPENINGS: Mapping[str, tuple[str, ...]] = {
    "announcement": ("opening",),
    "receipt_slip": ("received", "forwarded"),
    "supplement_notice": ("opening",),
    "acceptance_notice": ("opening", "none"),
    "objection_answer": ("opening",),
    "consultation_letter": ("opening", "opening_one"),
    "recusal_notice": ("opening",),
    "draw_record": ("opening",),
    "panel_list": ("opening", "again"),
    "list_notice": ("opening", "none"),
    "winners_notice": ("opening",),
    "winners_submission": (
        "opening_clear",
        "opening_dismissed",
        "opening_upheld",
        "opening_pending",
        "opening_open",
    ),
}
"""The sentences a kind may open with (`paper.<kind>.…`); they stand in its Word template, for staff to change.

What is proved (letters of reasons, submissions for revocation) or counted (the report) is not there.
"""
NUMBERED = tuple(kind for kind, form in FORMS.items() if form in ("letter", "petition"))
"""Papers that go out with a number, in the order in which numbers are given."""


def numbers(
    case: Case, due: Sequence[tuple[str, str]], days: Mapping[tuple[str, str], int] | None = None
) -> dict[tuple[str, str], str]:
    """The number of each paper due, by kind and whom it is about; none where no series is on file for it.

    `days` are the papers' own: a series counts for its year. The same case with the same papers due gives the same
    numbers; a number on file is never given twice.
    """
    filed = {(str(kind), str(about)): str(number) for kind, about, number in case.rows("document_number")}
    taken = set(filed.values())
    following = {(str(code), int(year)): int(first) for code, year, first in case.rows("document_series")}
    given: dict[tuple[str, str], str] = {}
    for paper in sorted(due, key=lambda one: (_rank(one[0]), one[1])):
        if paper[0] not in NUMBERED:
            continue
        if paper in filed:
            given[paper] = filed[paper]
        elif series := _series(case, paper[0], ((days or {}).get(paper, 0)) // 10000):
            while (number := f"{series[0]}〔{series[1]}〕{following[series]}号") in taken:
                following[series] += 1
            given[paper] = number
            following[series] += 1
    return given


def _series(case: Case, kind: str, year: int) -> tuple[str, int] | None:
    """The series of a kind: the one entered for it, else the only one; of the paper's year, the latest if undated."""
    known = sorted((str(code), int(of)) for code, of, _ in case.rows("document_series"))
    own = {str(code) for paper, code in case.rows("series_for") if paper == kind}
    codes = own or {code for code, _ in known}
    if len(codes) != 1:
        return None
    fitting = [one for one in known if one[0] in codes and year in (0, one[1])]
    return fitting[-1] if fitting else None


def several_series(case: Case, kind: str) -> bool:
    """Whether several series are on file and none is said to be this kind's."""
    codes = {str(code) for code, _, _ in case.rows("document_series")}
    return len(codes) > 1 and not any(paper == kind for paper, _ in case.rows("series_for"))


def _rank(kind: str) -> int:
    return NUMBERED.index(kind) if kind in NUMBERED else len(NUMBERED)
