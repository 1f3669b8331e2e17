"""How far any lottery over valid sets of panels must stay from equal chances: a linear programme.

The sets of panels are the whole flows of a network (source, reviewers, pairs, leader's and other places), whose corners
are whole: the chances that some lottery can give are exactly the flows in fractions. Least is the largest distance of
anybody's chance in a group from seats / reviewers who may sit there.
"""

from __future__ import annotations

from engine.draw import Frozen


def least_deviation(frozen: Frozen) -> float:
    """The least possible largest deviation from equal chances, between 0 and 1; a set of panels must exist."""
    from ortools.linear_solver import pywraplp

    field = frozen.field
    solver = pywraplp.Solver.CreateSolver("GLOP")
    worst = solver.NumVar(0, 1, "worst")
    held: dict[str, list[pywraplp.Variable]] = {name: [] for name in field.reviewers}
    for group in field.groups:
        equal = field.seats[group] / max(1, len(field.fit[group]))
        inside, leading = [], []
        for name in sorted(field.fit[group]):
            chance = solver.NumVar(0, 1, "")
            solver.Add(chance - equal <= worst)
            solver.Add(equal - chance <= worst)
            inside.append(chance)
            held[name].append(chance)
            if name in field.leaders:
                leads = solver.NumVar(0, 1, "")
                solver.Add(leads <= chance)
                leading.append(leads)
        solver.Add(sum(inside) == field.seats[group])
        solver.Add(sum(leading) == 1)
    for name, chances in held.items():
        if chances:
            solver.Add(sum(chances) <= field.load[name])
    solver.Minimize(worst)
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        raise RuntimeError("the linear programme has no answer")
    return float(worst.solution_value())
