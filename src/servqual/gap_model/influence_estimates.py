"""How much of an outcome goes with each of its influences: by least squares, shrunken where rows are few."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import Bools, Floats
from servqual.gap_model.influence_words import Direction, InfluenceMethod
from servqual.labels import Label
from servqual.statistics.comparison import t_test
from servqual.statistics.correlation_tests import correlation_test
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.models import Covariance, ols
from servqual.statistics.reasoned import Reasoned
from servqual.statistics.shrinkage import shrunken

# Residual degrees of freedom from which on all influences are estimated at once without being shrunken.
ENOUGH = 10
# Rows below which nothing is estimated.
LEAST = 5
CONSTANT = "it is the same everywhere"
NOT_MEASURED = "it was not measured"
FEW = f"fewer than {LEAST} complete rows"
NOT_TOLD_APART = "too few complete rows for so many influences, or influences that follow from each other"
STILL = "what is explained is the same everywhere"
# Leverage above which a row alone decides a coefficient, and leaves no error to tell it by.
_DECIDES = 1 - 1e-8


@frozen(eq=False)
class Asked:
    """One outcome and its influences.

    Attributes
    ----------
    outcome, label
        Its key, and its name.
    y, error
        Shape (rows,); and standard errors of its values where they are estimates.
    names, labels, directions
        Of the influences.
    x
        Shape (rows, influences).
    covariance
        Of least squares; with HC3 the errors are the larger of these and of those of one variance.
    options
        Weights and groups of the rows, as of `servqual.statistics.ols`, shape (rows,).
    shrink
        Whether few rows are answered by shrinkage; else there is no estimate then.
    """

    outcome: str
    label: Label
    y: Floats
    error: Floats | None
    names: tuple[str, ...]
    labels: tuple[Label, ...]
    directions: tuple[Direction, ...]
    x: Floats
    covariance: Covariance = Covariance.HC3
    options: dict[str, Any] = field(factory=dict)
    shrink: bool = True

    @property
    def measured(self) -> Bools:
        """Which influences any row has, shape (influences,)."""
        return np.asarray(np.isfinite(self.x).any(axis=0))

    @property
    def complete(self) -> Bools:
        """Which rows have the outcome and every influence that was measured, shape (rows,)."""
        return np.asarray(np.isfinite(self.y) & np.isfinite(self.x[:, self.measured]).all(axis=1))


@frozen(eq=False)
class Estimated:
    """What was found: columns of shape (influences,), and what holds of all together."""

    n: int
    left_out: int
    method: InfluenceMethod
    explained: float | Inapplicable
    reliability: float | Inapplicable
    mean: Reasoned
    slope: Reasoned
    strength: Reasoned
    se: Reasoned
    low: Reasoned
    high: Reasoned
    p: Reasoned


def estimated(asked: Asked, confidence: float) -> Estimated:
    """Return the influences of one outcome, each given the others as far as the rows allow.

    Strengths are changes of the outcome where an influence is higher by one standard deviation, slopes where it is
    higher by one point.
    """
    rows = asked.complete
    y, x = asked.y[rows], asked.x[rows]
    varies = asked.measured & (np.ptp(x, axis=0) > 0) if y.size else np.zeros(len(asked.names), dtype=bool)
    method, why = _method(asked, y, x[:, varies])
    spread = np.where(varies, x.std(axis=0, ddof=1), np.nan) if y.size > 1 else np.full(varies.size, np.nan)
    numbers = np.full((5, varies.size), np.nan)
    explained: float | Inapplicable = Inapplicable(why)
    if method is not InfluenceMethod.NONE:
        z = (x[:, varies] - x[:, varies].mean(axis=0)) / spread[varies]
        fit = _jointly if method is InfluenceMethod.JOINT else _shrunken
        numbers[:, varies], explained = fit(asked, rows, z, confidence)
    none = method is InfluenceMethod.NONE and why != CONSTANT
    cases = ((~asked.measured, NOT_MEASURED), (none, why), (~varies, CONSTANT))
    left = int(np.isfinite(asked.y).sum() - y.size)
    together = (y.size, left, method, explained, _reliability(asked, rows))
    mean = Reasoned.of(_means(asked.x), (~asked.measured, NOT_MEASURED))
    columns = (Reasoned.of(each, *cases) for each in (numbers[0] / spread, *numbers))
    return Estimated(*together, mean, *columns)


def _method(asked: Asked, y: Floats, x: Floats) -> tuple[InfluenceMethod, str]:
    """Return how influences that vary are estimated, or why they are not."""
    n, k = x.shape
    for holds, why in ((n < LEAST, FEW), (n > 0 and np.ptp(y) == 0, STILL), (not k, CONSTANT)):
        if holds:
            return InfluenceMethod.NONE, why
    if n - k - 1 >= ENOUGH and _apart(x):
        return InfluenceMethod.JOINT, ""
    return (InfluenceMethod.SHRUNKEN, "") if asked.shrink else (InfluenceMethod.NONE, NOT_TOLD_APART)


def _apart(x: Floats) -> bool:
    """Return whether coefficients can be told apart, and none of them rests on one row alone."""
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    left, singular, _ = np.linalg.svd(z, full_matrices=False)
    if singular[-1] <= singular[0] * max(x.shape) * np.finfo(float).eps:
        return False
    return bool(((left**2).sum(axis=1) + 1 / len(x)).max() < _DECIDES)


def _means(x: Floats) -> Floats:
    held = np.isfinite(x)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(held, x, 0.0).sum(axis=0) / held.sum(axis=0))


def _reliability(asked: Asked, rows: Bools) -> float | Inapplicable:
    """Return the share of the variance of the outcome between rows that is not the error of its values."""
    if asked.error is None:
        return Inapplicable("its values are no estimates")
    y, error = asked.y[rows], asked.error[rows]
    if y.size < 2 or not np.isfinite(error).all() or np.ptp(y) == 0:
        return Inapplicable("it needs two values that differ, each with its standard error")
    return float(max(0.0, 1 - (error**2).mean() / y.var(ddof=1)))


def _jointly(asked: Asked, rows: Bools, z: Floats, confidence: float) -> tuple[Floats, float]:
    options = {name: given[rows] for name, given in asked.options.items()}
    names = [f"x{place}" for place in range(z.shape[1])]
    fit = ols(asked.y[rows], z, names, covariance=asked.covariance, **options)
    se = fit.standard_errors
    if asked.covariance is Covariance.HC3:
        # far out in the tails HC3 alone is too sure of few rows, as errors of one variance are of unlike ones
        se = np.maximum(se, ols(asked.y[rows], z, names, **options).standard_errors)
    test = t_test(fit.coefficients, se, fit.df_test)
    low, high = test.interval(confidence)
    return np.array([fit.coefficients, se, low, high, test.p])[:, 1:], fit.adjusted_r2


def _shrunken(asked: Asked, rows: Bools, z: Floats, confidence: float) -> tuple[Floats, float]:
    y = asked.y[rows]
    fit = shrunken(y, z)
    low, high = fit.interval(confidence)
    p = [correlation_test(column, y).p for column in z.T]
    return np.array([fit.coefficients, fit.standard_errors, low, high, p]), fit.share
