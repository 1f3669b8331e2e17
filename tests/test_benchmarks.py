"""The benchmarks still fit the program they measure: each is imported, none is run."""

import importlib
from pathlib import Path

import pytest

BENCHMARKS = sorted(
    path.stem for path in (Path(__file__).resolve().parents[1] / "benchmarks").glob("*.py") if path.stem != "__init__"
)


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_is_importable(name: str) -> None:
    assert importlib.import_module(f"benchmarks.{name}").__doc__


def test_every_planted_fault_still_has_what_it_replaces() -> None:
    """Sixty at least, of many kinds, each of words that the rules and catalogues say today."""
    from benchmarks.planted_faults import HOUSE, faults

    gone = [
        name for name, fault in faults().items() for file, old, _ in fault.changes
        if old not in (HOUSE / file).read_text("utf-8")
    ]  # fmt: skip

    assert gone == []
    assert len(faults()) >= 60
    assert len({fault.kind for fault in faults().values()}) >= 12
