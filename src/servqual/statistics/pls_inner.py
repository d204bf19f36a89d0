"""The inner side of a path model: regressions of constructs on their predecessors, and weights of neighbours."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Bools, Floats
from servqual.statistics.moment_solving import solve_moments
from servqual.statistics.pls_plan import PlanLayout
from servqual.statistics.pls_words import InnerScheme
from servqual.statistics.stacked_inverses import inverse_stack


def path_coefficients(correlations: Floats, layout: PlanLayout) -> tuple[Floats, Bools]:
    """Return standardised regression weights of each construct on its predecessors, and which stacks have them.

    Parameters
    ----------
    correlations
        Of the constructs, shape (B, m, m).
    layout
        Of the plan.

    Returns
    -------
    tuple
        ``b[:, i, j]``, the weight of j on i, shape (B, m, m), and whether no predecessors determine each other, (B,);
        where they do, the numbers mean nothing.
    """
    at, found = layout.predecessors, np.zeros_like(correlations)
    size, equations = len(correlations), at.places.shape[1]
    # entry by entry over all equations of all matrices
    turned = correlations.transpose(1, 2, 0)
    among = turned[at.across, at.along] * at.inside + at.filling
    shared = turned[at.driven, at.places] * at.taken
    each = size * equations
    solved, good = solve_moments(
        among.reshape(*among.shape[:2], each), shared.reshape(len(shared), each), np.ones(each)
    )
    weights = solved.reshape(len(solved), equations, size)
    found[:, at.target, at.source] = weights[at.place, at.equation].T
    return found, np.asarray(good.reshape(equations, size).all(axis=0))


def predecessor_inflation(correlations: Floats, layout: PlanLayout) -> Floats:
    """Return the variance inflation (VIF) of each predecessor in each regression, shape (B, m, m).

    That of j among the predecessors of i stands at ``[:, i, j]``; it is NaN where j does not lead to i, and where the
    predecessors determine each other.
    """
    found = np.full_like(correlations, np.nan)
    for target, parents in enumerate(layout.parents):
        if parents.size:
            inverse, good = inverse_stack(correlations[:, parents[:, None], parents])
            own = np.diagonal(inverse, axis1=-2, axis2=-1)
            found[:, target, parents] = np.where(good[:, None], own, np.nan)
    return found


def inner_weights(correlations: Floats, layout: PlanLayout, scheme: InnerScheme, *, alone: bool = False) -> Floats:
    """Return how much construct k counts in the inner estimate of construct j, shape (B, k, j).

    `alone` says that there is one matrix by itself; those of a stack are treated alike, however many are left.
    """
    if scheme is InnerScheme.CENTROID:
        return np.sign(correlations) * layout.adjacent
    if scheme is InnerScheme.FACTORIAL:
        return correlations * layout.adjacent
    forwards = _alone(correlations, layout) if alone else path_coefficients(correlations, layout)[0]
    return np.swapaxes(forwards, 1, 2) + correlations * layout.pattern


def _alone(correlations: Floats, layout: PlanLayout) -> Floats:
    """Return the regression weights of one matrix, quicker than entry by entry."""
    at, found, turned = layout.predecessors, np.zeros_like(correlations), correlations[0]
    among = turned[at.across, at.along] * at.inside[..., 0] + at.filling[..., 0]
    shared = (turned[at.driven, at.places] * at.taken[..., 0]).T
    try:
        weights = np.linalg.solve(among.transpose(2, 0, 1), shared[..., None])
    except np.linalg.LinAlgError:
        return path_coefficients(correlations, layout)[0]
    found[0, at.target, at.source] = weights[at.equation, at.place, 0]
    return found
