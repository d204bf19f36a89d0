"""Robust regression: rows that lie far from the line count less."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._regressors import checked_design
from servqual.statistics.models.kinds import Covariance, Estimator, Norm, chosen, labelled
from servqual.statistics.models.regression import Regression

STEPS = 200


def robust(
    y: npt.ArrayLike, x: npt.ArrayLike, names: Sequence[str], *, norm: Norm | str = Norm.HUBER, intercept: bool = True
) -> Regression:
    """Robust linear regression, an M-estimator: rows that lie far from the line count less, or nothing.

    Solves ``Σ ψ((y − x b) / s) x = 0`` by least squares with weights ``ψ(u) / u``, over and over, from ordinary least
    squares; ``s`` is the median absolute residual over 0.6745. It guards against rows with outlying y; a row with
    outlying x draws the line to itself here as well.

    Parameters
    ----------
    y, x, names
        As of `ols`.
    norm
        How a residual is weighed, see `Norm`.
    intercept
        Whether a column of ones comes first.

    Returns
    -------
    Regression
        Its covariance is Huber's, with his small-sample correction
        ``K² · Σψ² / (n − k) / (Σψ′ / n)² · s² (x′x)⁻¹``, ``K = 1 + (k / n) · var ψ′ / (mean ψ′)²``; tests are normal.

    Raises
    ------
    ArgumentError
        If shapes do not fit, values are missing, rows do not outnumber the coefficients, a column follows from others,
        the norm is unknown, or more than half of the rows lie on the line exactly.

    References
    ----------
    Huber 1964, Annals of Mathematical Statistics 35(1):73-101; Huber 1981, Robust Statistics, Wiley, section 7.6
    (covariance, H1).

    Examples
    --------
    >>> fit = robust([1.0, 2.2, 2.9, 4.1, 5.0, 16.0], [[1], [2], [3], [4], [5], [6]], ["visits"], norm="bisquare")
    >>> fit.coefficients.round(2)
    array([0.07, 0.99])
    """
    fit = iterated(y, x, names, norm=norm, intercept=intercept)
    n, k = fit.model.exog.shape
    r2 = _share(fit, intercept=intercept)
    return Regression(
        tuple(fit.model.exog_names),
        fit.params,
        fit.cov_params(),
        float(fit.df_resid),
        np.inf,
        r2,
        1 - (1 - r2) * (n - intercept) / (n - k),
        n,
        float(fit.scale) ** 2,
        Covariance.NONROBUST,
        Estimator.ROBUST,
        converged=int(fit.fit_history["iteration"]) < STEPS,
    )


def iterated(
    y: npt.ArrayLike, x: npt.ArrayLike, names: Sequence[str], *, norm: Norm | str = Norm.HUBER, intercept: bool
) -> Any:
    """Return the engine's own results of `robust`, which takes the same arguments."""
    from statsmodels.robust.norms import HuberT, TukeyBiweight
    from statsmodels.robust.robust_linear_model import RLM

    weighing = {Norm.HUBER: HuberT, Norm.BISQUARE: TukeyBiweight}[chosen("norm", norm, Norm)]
    design = checked_design(y, x, names, None, intercept=intercept)
    with warnings.catch_warnings():
        # a scale of zero is told below
        warnings.simplefilter("ignore")
        fit = labelled(RLM(design.y, design.x, M=weighing()), design).fit(maxiter=STEPS)
    if not fit.scale > 1e-12 * np.abs(design.y).max():
        found = "the median distance of rows from the line is 0"
        remedy = "use least squares"
        raise ArgumentError(Problem("y", found, "fewer than half of the rows lie on the line exactly", remedy))
    return fit


def _share(fit: Any, *, intercept: bool) -> float:
    """Return the share of the variance of y explained, each row counted with its last weight."""
    y: Floats = fit.model.endog
    weights: Floats = fit.weights
    about = weights @ y / weights.sum() if intercept else 0.0
    return float(1 - weights @ fit.resid**2 / (weights @ (y - about) ** 2))
