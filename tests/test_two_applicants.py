"""One applicant's facts never serve another's rule: whatever guard is dropped, A beside B is decided as A alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import clingo
import pytest
from clingo import ast

from engine.law.rulebook import rule_files, without_includes
from engine.law.workdays import calendar
from tests.legal_cases import CITIES, flawless

RECORDS = [
    'policy_breach("B",quality,20240101,99991231)',
    'licence_missing("B","虚构证照",20240101,99991231)',
    'spot_check("B",20240301,municipal,fail)',
    'export_incident("B",claim,20240302)',
    'service_failure("B",20240303)',
    'accident("B",safety,major,liable,20240304)',
    'accident("B",safety,major,undetermined,20230304)',
    'accident("B",safety,major,liable,20251004)',
    'complaint("B",major,liable,20240305)',
    'complaint("B",major,undetermined,20240306)',
    'award_misconduct("B",20240307)',
    'dishonesty_listing("B",20240101,99991231)',
    'offence("B",law,serious,20240308)',
    'awarded("B",main,4,20220801)',
    'awarded("B",nomination,1,20140801)',
    'fraud_found("B",nomination,1,20230801)',
    'revoked("B",main,4,fraud,20240401)',
    'objection("B",internal,upheld)',
    'objection("B",preliminary,pending)',
    'finding("B",has_organization,no)',
    'finding("B",forwarding_accepted,no)',
    'withdrawn("B",20250901)',
]
LACKS = ("excellence_model_since", "operating_since", "internal_notice", "preliminary_notice", "submitted")
"""What A has not and B has."""


def _statements(city: str) -> list[ast.AST]:
    found: list[ast.AST] = []
    for path in rule_files(city):
        ast.parse_string(without_includes(path), found.append)
    return [node for node in found if node.ast_type != ast.ASTType.Comment]


def _about(program: Sequence[ast.AST], facts: Iterable[str]) -> set[str] | None:
    """What is shown of A; None where the program does not ground."""
    days = (f"calendar_day({d},{e.number},{e.working})." for d, e in calendar().items() if d // 100 in (202411, 202412))
    text = "calendar_start(20040101). calendar_end(20261231)." + "".join(days) + ".\n".join([*facts, ""])
    control = clingo.Control(["--warn=none"], logger=lambda _code, _text: None)
    try:
        with ast.ProgramBuilder(control) as builder:
            for node in program:
                builder.add(node)
        control.add("base", [], text)
        control.ground([("base", [])])
    except RuntimeError:
        return None
    found: set[str] = set()
    control.solve(on_model=lambda model: found.update(map(str, model.symbols(shown=True))))
    return {atom for atom in found if '"A"' in atom}


@pytest.mark.slow
@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("records", [False, True], ids=["B has what A lacks", "B has records"])
def test_a_dropped_guard_lets_nobody_in(city: str, records: bool) -> None:
    """Every condition of every rule left out once, under A and B, and under A alone."""
    whole = flawless(city, 20250930)
    beside = [fact.replace('"A"', '"B"') for fact in whole]
    alone = [f"round({city},6,20250930)", *(f for f in whole if records or not f.startswith(LACKS))]
    both = [*alone, *beside, *(RECORDS if records else ())]
    program = _statements(city)
    strange, tried = [], 0
    for at, node in enumerate(program):
        if node.ast_type != ast.ASTType.Rule:
            continue
        body = list(node.body)
        for dropped, condition in enumerate(body):
            if condition.ast_type != ast.ASTType.Literal:
                continue
            slip = node.update(body=[*body[:dropped], *body[dropped + 1 :]])
            changed = [*program[:at], slip, *program[at + 1 :]]
            if (found := _about(changed, both)) is not None:
                tried += 1
                if found != _about(changed, alone):
                    strange.append(f"{node} without {condition}")

    assert strange == []
    assert tried > 200
