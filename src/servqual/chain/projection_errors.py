"""How sure the changes of a projection are: by the delta method, or by draws of the coefficients."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from servqual._arrays import Floats
from servqual.chain.carrying import Limits, carried, gradients
from servqual.chain.coefficient_draws import coefficient_draws
from servqual.chain.fitted import Fit
from servqual.statistics import student_interval
from servqual.statistics.reasoned import Reasoned


class ChangeErrors(NamedTuple):
    """Standard errors and ends of intervals, period after period, shape (periods · constructs,)."""

    se: Reasoned
    low: Reasoned
    high: Reasoned


def change_errors(
    fit: Fit,
    moved: Floats,
    change: Floats,
    *,
    draws: int,
    rng: int | np.random.Generator,
    limits: Limits | None,
    confidence: float,
) -> ChangeErrors:
    """Return how sure changes are, from the delta method where there are no draws.

    Parameters
    ----------
    fit
        The fitted chain.
    moved, change
        What was put in, shape (constructs,), and what came of it, shape (horizon + 1, constructs).
    draws, rng, limits, confidence
        As of `project`.
    """
    if not draws:
        se, df = _delta(fit, change)
        low, high = student_interval(change, se, df, confidence)
        return ChangeErrors(*(Reasoned.of(np.ravel(each)) for each in (se, low, high)))
    drawn = carried(fit, moved, coefficient_draws(fit, draws, rng), len(change) - 1, limits)
    drawn = drawn.reshape(draws, -1)
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    lost = (~np.isfinite(drawn)).sum(axis=0)
    # The standard deviation of equal numbers may differ from zero by rounding
    alike = (drawn == drawn[0]).all(axis=0)
    ends = [np.where(alike, 0.0, drawn.std(axis=0, ddof=1)), *np.quantile(drawn, tails, axis=0)]
    why = f"{lost.max()} of {draws} draws lead to levels that the form of a link does not have"
    return ChangeErrors(*(Reasoned.of(each, (lost > 0, why)) for each in ends))


def _delta(fit: Fit, change: Floats) -> tuple[Floats, Floats]:
    """Return standard errors ``√(g' V g)`` and degrees of freedom, shape (horizon + 1, constructs) each.

    V is taken block after block, for equations are independent of each other. What hangs on one equation alone has its
    degrees of freedom; what multiplies coefficients of several counts as normal.
    """
    slopes = gradients(fit, change)
    parts = []
    first = 0
    for equation in fit.equations:
        mine = slopes[..., first : first + len(equation.terms)]
        parts.append(np.einsum("...i,ij,...j->...", mine, equation.regression.covariance, mine))
        first += len(equation.terms)
    variance = np.clip(np.stack(parts, axis=-1), 0, None)
    alone = (variance > 0).sum(axis=-1) == 1
    degrees = np.array([equation.regression.df_test for equation in fit.equations])
    return np.sqrt(variance.sum(axis=-1)), np.where(alone, degrees[variance.argmax(axis=-1)], np.inf)
