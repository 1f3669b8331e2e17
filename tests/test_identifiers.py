"""No rule orders an identifier or computes on one: each kind is told with its line, no clean rule is."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.encoding.encodings import encoding
from audit.sound.identifiers import measured
from engine.law.statutes import cities
from tests.planted import small

DRAFTS = Path(__file__).parent / "drafts"


@pytest.mark.parametrize("name", [*cities(), str(DRAFTS / "heming.lp"), str(DRAFTS / "luming.lp")])
def test_no_rule_measures_an_identifier(name: str) -> None:
    assert list(measured(encoding(name))) == []


MEASURED = {
    "met(A) :- submitted(A, _), kin(A, B, spouse), A < B.": "A < B",
    "met(A) :- submitted(A, _), not A >= 5.": "not A >= 5",
    'met(A) :- submitted(A, _), A != "J01", A > "J02".': 'A > "J02"',
    "met(A) :- submitted(A, _), next(A + 1). next(1).": "next((A+1))",
    "first(A) :- submitted(A, _). met(B) :- first(B), B <= 7.": "B <= 7",
    "met(A) :- submitted(A, _), #min { B : kin(A, B, spouse) } > 1.": "#min { B : kin(A,B,spouse) } > 1",
    "met(A) :- kin(A, B, _), B = #count { X : kin(A, X, spouse) }.": "#count { X : kin(A,X,spouse) } = B",
}
CLEAN = (
    "met(A) :- submitted(A, _), kin(A, B, spouse), A != B.",
    "met(A) :- submitted(A, _), #count { B : kin(A, B, _) } > 1.",
    "met(A) :- submitted(A, Day), Day < 20250101.",
)


def test_an_identifier_that_is_measured(tmp_path: Path) -> None:
    told = [one.parameters["found"] for one in measured(small(tmp_path, "\n".join([*MEASURED, *CLEAN])))]

    assert told == list(MEASURED.values())
