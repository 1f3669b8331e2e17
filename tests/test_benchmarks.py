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
