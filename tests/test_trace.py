"""Rule coverage: what the cases exercise, and each gap that is planted."""

from pathlib import Path

import pytest

from audit.encoding.casetables import Example
from audit.encoding.encodings import encoding
from audit.encoding.lift import _written, levels, lifted
from audit.encoding.questions import QUESTIONS
from audit.encoding.trace import Trace, total, traces
from tests.planted import small

RULES = """
#defined applicant/2. #defined self_score/2. #defined finding/3.
good(A) :- self_score(A, N), N >= 500, not finding(A, credit, no).
#show good/1.
"""


def _case(id: str, *facts: str) -> Example:
    return Example(id, "jiyuan", "", 6, 20250930, {}, facts, {"status": "eligible"})


def _trace(folder: Path, *cases: Example) -> Trace:
    [trace] = traces(small(folder, RULES), cases)
    return trace


def test_one_case_leaves_gaps_that_are_named(tmp_path: Path) -> None:
    trace = _trace(tmp_path, _case("x", 'self_score("A",600)'))

    assert (trace.cases, trace.idle, trace.unseen) == (
        1,
        ("self_score(A,N)", "not finding(A,credit,no)"),
        (("N >= 500", "<"), ("N >= 500", "=")),
    )


def test_both_sides_the_line_and_each_condition_alone_leave_none(tmp_path: Path) -> None:
    trace = _trace(
        tmp_path,
        _case("above", 'self_score("A",600)'),
        _case("on", 'self_score("A",500)'),
        _case("below", 'self_score("A",499)'),
        _case("found", 'self_score("A",600)', 'finding("A",credit,no)'),
        _case("none", 'applicant("A",organization)'),
    )

    assert trace.gaps == 0
    assert total([trace])["answered"] == trace.probes


def test_a_rule_that_no_case_uses_is_told(tmp_path: Path) -> None:
    trace = _trace(tmp_path, _case("none", 'applicant("A",organization)'))

    assert trace.cases == 0


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_rule_is_lifted_as_text_as_its_copy_is(question: str) -> None:
    """The program of many cases is written from each rule's text; a mutant's rule is lifted as a copy of its tree."""
    subject = encoding("jiyuan", QUESTIONS[question])
    level = levels(subject, [("met", 3), ("interest", 3)])

    texts = [(_written(subject.valued(rule), level), str(lifted(subject.node(rule), level))) for rule in subject.rules]

    assert [pair for pair in texts if pair[0] != pair[1]] == []
    assert len({left for left, _ in texts}) > 100
