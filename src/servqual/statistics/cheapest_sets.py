"""Choosing among things that cost: the cheapest set that is enough, and the best within a budget."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from servqual._arrays import Bools, Floats

# what the solver may be short of by rounding, in shares of each need
_ROUNDING = 1e-7


def cheapest_set(
    costs: Floats, effects: Floats, needs: Floats, exclusive: Sequence[Sequence[int]] = ()
) -> Bools | None:
    """Return the cheapest set whose effects add up to every need, as a mask; None where there is none.

    ``min Σ c_i x_i`` with ``Σ x_i e_ij ≥ n_j`` for every j and x of 0 and 1, exactly, by branch and cut.

    Parameters
    ----------
    costs
        Shape (things,).
    effects
        Shape (things, needs).
    needs
        Shape (needs,).
    exclusive
        Groups of things of which one at most is chosen.
    """
    return _solved(costs, effects.T, needs, exclusive)


def best_set(gains: Floats, costs: Floats, budget: float, exclusive: Sequence[Sequence[int]] = ()) -> Bools:
    """Return the set of largest total gain whose cost stays within a budget, as a mask."""
    found = _solved(-gains, -costs[None, :], np.array([-budget]), exclusive)
    return np.zeros(costs.size, bool) if found is None else found


def shortfalls(effects: Floats, needs: Floats, exclusive: Sequence[Sequence[int]] = ()) -> Floats:
    """Return how far short of each need the set stays that is least short of all, in shares of the needs' sizes.

    Zero everywhere where some set is enough.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    things, count = effects.shape
    size = np.maximum(np.abs(needs), 1e-12)
    slack = np.diag(size)
    rows = [LinearConstraint(np.hstack([effects.T, slack]), lb=needs)]
    rows += [LinearConstraint(np.append(_members(group, things), np.zeros(count)), ub=1) for group in exclusive]
    found = milp(
        np.concatenate([np.zeros(things), np.ones(count)]),
        constraints=rows,
        integrality=np.repeat([1, 0], [things, count]),
        bounds=Bounds(0, np.concatenate([np.ones(things), np.full(count, np.inf)])),
    )
    short = np.asarray(found.x, np.float64)[things:] * size
    return np.where(short > _ROUNDING * size, short, 0.0)


def _solved(costs: Floats, rows: Floats, least: Floats, exclusive: Sequence[Sequence[int]]) -> Bools | None:
    from scipy.optimize import Bounds, LinearConstraint, milp

    # needs that are met to the last digit must not fail by rounding
    allowed = least - _ROUNDING * np.maximum(np.abs(least), 1e-12)
    constraints = [LinearConstraint(rows, lb=allowed)]
    constraints += [LinearConstraint(_members(group, costs.size), ub=1) for group in exclusive]
    found = milp(
        costs,
        constraints=constraints,
        integrality=np.ones(costs.size, np.int64),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    return None if found.x is None else np.asarray(found.x > 0.5)


def _members(group: Sequence[int], things: int) -> Floats:
    row = np.zeros(things)
    row[list(group)] = 1
    return row
