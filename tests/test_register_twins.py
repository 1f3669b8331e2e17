"""Shortcuts of reading and screening a register beside their slow twins: a cell, or an enterprise, at a time."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow
import pytest

from benchmarks.screen import write
from desk.register import snapshot as snapshots
from desk.register.mapping import KINDS, Entry, Source
from desk.register.tables import NUMBERS, Cells, _meant
from desk.shell.cli import run
from engine.errors import Problems
from engine.facts import PREDICATES, Flaw
from engine.solve import cohort
from tests.test_twins import parted

RAW = (
    "", " ", "2024年3月5日", "2024-03-05", "2024/3/5 0:00", "20240305", "2024111", "2024-02-30", "99991231", "7", "-7",
    "012", "1e5", "是", "否", "yes", "no", "qms", "济源", "jiyuan", "91419001MA", "a b", "第九条", "\u202e", "é", "0",
    "842.5", "1000", "x" * 300,
)  # fmt: skip
"""What stands in cells."""
_FITTING = {
    "identifier": ("A", "B1", "91419001MA"),
    "day": ("2024年3月5日", "2024-03-05", "20240305"),
    "open_day": ("99991231", "2024/3/5", "2024.3.5 0:00"),
    "year": ("2023", "2024"),
    "choice": (),
}
"""What fits a field of a kind."""
WHOLE = ("screening.csv", "steps.csv", "report.html", "report.xlsx", "funnel.svg", "entering.svg")


@pytest.mark.parametrize("numbers", parted(60))
def test_columns_of_cells_are_the_cells_one_by_one(numbers: range) -> None:
    """Which rows are facts, their values, and what is told of the others; an empty row is none."""
    taken = 0
    for number in numbers:
        chance = random.Random(number)
        predicate = PREDICATES[chance.choice(KINDS)]
        always = {
            one.name: chance.choice(one.choices)
            for one in predicate.fields[1:]
            if one.choices and chance.random() < 0.2
        }
        columns = {one.name: f"c{at}" for at, one in enumerate(predicate.fields) if one.name not in always}
        values = {name: {"是": "yes", "济源": "jiyuan"} for name in columns if chance.random() < 0.3}
        fitting = {
            name: [*predicate.fields[at].choices, *_FITTING.get(predicate.fields[at].kind, RAW)]
            for at, name in enumerate(one.name for one in predicate.fields)
        }
        cells = {
            head: [chance.choice((chance.random() < 0.8 and fitting[name]) or RAW) for _ in range(12)]
            for name, head in columns.items()
        }
        made = Cells(Entry(predicate.name, Source("t", Path("t")), columns, always, values))
        problems = Problems()
        batch = pyarrow.RecordBatch.from_pydict(cells, pyarrow.schema([(one, pyarrow.string()) for one in cells]))
        found = [tuple(row.values()) for row in made.of(batch, problems).to_pylist()]
        made.told(problems)

        facts, wrong = list[tuple[object, ...]](), dict[str, int]()
        for at in range(12):
            row = {name: column[at] for name, column in cells.items()}
            telling = [row[columns[one.name]] for one in predicate.fields[1:] if one.name in columns]
            if not any(telling or row.values()):
                continue
            fact = []
            for field in predicate.fields:
                raw = row[columns[field.name]] if field.name in columns else always[field.name]
                meant = values.get(field.name, {}).get(raw, raw)
                value = field.check(_meant(field, meant))
                if isinstance(value, Flaw):
                    wrong[field.name] = wrong.get(field.name, 0) + 1
                fact.append(value if isinstance(value, Flaw) or field.kind in NUMBERS else str(value))
            if not any(isinstance(value, Flaw) for value in fact):
                facts.append(tuple(fact))
        assert found == facts, number
        taken += len(found)
        assert {str(one.parameters["field"]): one.parameters["count"] for one in problems.all()} == wrong, number
    assert taken > 2 * len(numbers)


@pytest.mark.slow
def test_a_thousand_enterprises_in_parts_of_any_size(tmp_path: Path) -> None:
    """Parts of 7 and 333 give the bytes of one part; what is learnt of a shape in one is used in the others."""
    source, found = write(1000, tmp_path), dict[int, dict[str, bytes]]()
    for size in (1000, 333, 7):
        with pytest.MonkeyPatch.context() as patch:
            for module in (cohort, snapshots):
                patch.setattr(module, "SIZE", size)
            out = tmp_path / str(size)
            assert run(["screen", str(source), "-o", str(out), "--rounds", "2", "--workers", "1", "--lang", "zh"]) == 0
        found[size] = {name: (out / name).read_bytes() for name in WHOLE}
    assert found[1000] == found[333] == found[7]
