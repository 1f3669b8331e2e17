"""Slips in the rules that choose: awards and panels are made for real with each, and what comes out compared.

Such a file has many answer sets, or looks for a best one, so that its slips cannot be followed side by side as those of
the other rules are (`audit/mutants/scores.py`). Each is a rule file of its own
here, and the engine runs on it as on the real.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import clingo

from audit.encoding import CASES
from audit.mutants.choiceslips import Slip, slips
from audit.tables import RosterRow, Row, equivalents, roster_rows, rows
from engine.award import Candidates, candidates
from engine.award import sets as award_sets
from engine.draw import panels
from engine.errors import Stopped
from engine.law import RULES, cities
from engine.solve import control

FILES = ("award_choice.lp", "award_count.lp", "panel_choice.lp")
"""The rule files that choose."""
CONFLICTS = 2_000
"""Conflicts after which a search for award sets ends: a bound by number, so that the same case ends alike."""
STOPPED = "stopped"
"""What comes of rules under which the search does not end."""
UNREADABLE = "unreadable"
"""What comes of rules whose answers the engine cannot read."""


@dataclass(frozen=True)
class Trial:
    """A case on which the rules are tried: its row's id and sentence, what comes out under a rule file."""

    id: str
    says: str
    run: Callable[[Path], object]

    def outcome(self, rules: Path) -> object:
        """What comes out, or why nothing does."""
        try:
            return self.run(rules)
        except Stopped:
            return STOPPED
        except (LookupError, ValueError, AttributeError, RuntimeError):
            return UNREADABLE


@dataclass(frozen=True)
class Noticed:
    """What became of the slips in one file: those noticed, each with a case that shows it; the others; those refused.

    `equivalent` are the survivors that change nothing, each with the reason.
    """

    file: str
    killed: Mapping[Slip, str]
    survivors: tuple[Slip, ...]
    unsafe: tuple[Slip, ...]
    equivalent: Mapping[Slip, str]


def noticed(name: str, folder: Path = CASES) -> Noticed:
    """Every slip in a file that chooses, tried on the cases of a folder."""
    return choice_score(RULES / name, trials(name, folder), equivalents(folder))


def choice_score(rules: Path, cases: Sequence[Trial], known: Mapping[str, str] = {}) -> Noticed:
    """Every slip in a rule file, tried on some cases: first on the one that noticed the last.

    `known` are slips that change nothing, as they are written, each with the reason.
    """
    safe, unsafe = slips(rules)
    order = [(case, case.outcome(rules)) for case in cases]
    killed: dict[Slip, str] = {}
    with TemporaryDirectory() as folder:
        for number, slip in enumerate(safe):
            path = Path(folder) / f"{number}.lp"
            path.write_text(slip.text, "utf-8")
            for i, (case, clean) in enumerate(order):
                if case.outcome(path) != clean:
                    killed[slip] = case.id
                    order.insert(0, order.pop(i))
                    break
    survivors = tuple(slip for slip in safe if slip not in killed)
    equivalent = {slip: known[str(slip)] for slip in survivors if str(slip) in known}
    return Noticed(rules.name, killed, survivors, unsafe, equivalent)


def trials(name: str, folder: Path = CASES) -> list[Trial]:
    """The cases on which a file is tried."""
    if name.startswith("award"):
        of_awards = [row for city in cities() for row in rows("award", city, folder) if "sets" in row.expect]
        return [Trial(row.id, row.says, _awards(row, name)) for row in of_awards]
    return [Trial(row.id, row.says, _panels(row)) for row in roster_rows("panels", folder)]


def _awards(row: Row, name: str) -> Callable[[Path], object]:
    """All award sets and the fullest, as the rules choose them and as they count kinds of them.

    Where there are more sets than there should be, one more is enough to tell.
    """
    who = candidates(row.case)
    ruled, chosen, counted = award_sets.FILES
    facts = [*award_sets.chosen_from(who), *_alike(who)]

    def sets(files: Sequence[Path], mode: str, most: int) -> frozenset[frozenset[str]]:
        options = (f"--opt-mode={mode}", f"--models={most}", f"--solve-limit={CONFLICTS}")
        ctl, found = control(files, facts, options=options), []
        with ctl.solve(yield_=True) as handle:
            for model in handle:
                if mode == "ignore" or model.optimality_proven:
                    found.append(frozenset(str(atom) for atom in model.symbols(shown=True) if atom.name == "won"))
            if not handle.get().exhausted and len(found) != most:
                raise Stopped
        return frozenset(found)

    def run(rules: Path, most: Sequence[int]) -> list[frozenset[frozenset[str]]]:
        several = [(ruled, chosen, rules)] if name == counted.name else [(ruled, rules), (ruled, rules, counted)]
        asked = [(files, mode) for files in several for mode in ("ignore", "optN")]
        return [sets(files, mode, number) for (files, mode), number in zip(asked, most, strict=False)]

    usual = [len(found) + 1 for found in run(RULES / name, (0, 0, 0, 0))]
    return lambda rules: run(rules, usual)


def _alike(who: Candidates) -> Iterator[clingo.Symbol]:
    """Those whom nothing but their identifier tells apart, one after the other."""
    for group in award_sets.equals(who):
        for one, next in pairwise(group):
            yield clingo.Function("next_alike", [clingo.String(one), clingo.String(next)])


def _panels(row: RosterRow) -> Callable[[Path], object]:
    """All sets of panels."""
    return lambda rules: panels(row.frozen, row.wishes("wanted"), row.wishes("unwanted"), rules=rules).sets
