"""How many random examples a property is tried on: few where all tests run, many under `make slow`."""

import os

EFFORT = float(os.environ.get("EFFORT", "0.3"))
"""What the number of examples is multiplied by."""


def examples(number: int) -> int:
    """So many random examples, by the effort asked for; at least five."""
    return max(5, round(number * EFFORT))
