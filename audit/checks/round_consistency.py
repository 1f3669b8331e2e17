"""Consistency of the rules about awards, reviews, panels and procedure, proved over their bounded case spaces.

Faults: a negative cycle; a contradiction (`broken` in audit/points). Reported: a rule of a provision that asks for
something nothing gives, or that no record fires; a shared rule without use under this text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import clingo

from audit.checks.consistency import Finding, cycles, nowhere, once
from audit.encoding import Encoding
from audit.space import Asked, Record


@dataclass(frozen=True)
class RoundFinding(Finding):
    """A finding with the record that shows it, where there is one."""

    record: Record | None = field(default=None, compare=False)


def round_findings(encoding: Encoding) -> list[Finding]:
    """Everything that the checks find, faults first."""
    found = [Finding("negative_cycle", {"predicates": ", ".join(each)}) for each in cycles(encoding)]
    if not found:
        found = once([*nowhere(encoding), *_proved(Asked(encoding))])
    return sorted(found, key=lambda each: not each.fault)


def _proved(asked: Asked) -> Iterator[Finding]:
    for rule in asked.encoding.own:
        if rule.node.body and asked.where(clingo.Function("fires", [clingo.Number(rule.number)])) is None:
            code = "never_fires" if rule.provision else "shared_idle"
            yield Finding(code, {"place": rule.place, "rule": str(rule.node)})
    for atom in asked.every("broken", 1):
        if (record := asked.some(atom)) is not None:
            yield RoundFinding(
                "broken", {"what": str(atom.arguments[0]), "facts": ", ".join(record.facts)}, None, record
            )
