"""Regressions from a covariance matrix: shares of variance explained, and F tests of nested models."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats
from servqual.statistics import Inapplicable, anova_from_sums

# Directions of regressors below this share of the greatest carry nothing but rounding.
_NOTHING = 1e-10


@frozen
class FTest:
    """An F test that restrictions hold: the statistic, its degrees of freedom, and the probability of one as great."""

    f: float
    df: float
    df_error: float
    p_value: float


@frozen(eq=False)
class Fit:
    """A least-squares fit.

    Attributes
    ----------
    r2
        Share of the variance of the outcome that is explained.
    slopes
        Shape (regressors,); the shortest solution where regressors follow from each other.
    rank
        How many regressors do not follow from others.
    """

    r2: float
    slopes: Floats
    rank: int


@frozen(eq=False)
class MomentRegression:
    """Regressions of the first variable of a covariance matrix on combinations of the others.

    Attributes
    ----------
    covariance
        Shape (m, m); what it was divided by cancels.
    n
        Respondents, effective ones under sampling weights.
    """

    covariance: Floats
    n: float

    def on(self, combinations: npt.ArrayLike) -> Fit:
        """Return the fit on linear combinations of the regressors, shape (fitted, m − 1): rows of weights.

        Minimises the residual variance ``s_yy − 2 b'c + b'S b``, which is what least squares with an intercept does.
        """
        rows = np.atleast_2d(np.asarray(combinations, dtype=np.float64))
        inner = rows @ self.covariance[1:, 1:] @ rows.T
        with_outcome = rows @ self.covariance[1:, 0]
        size = np.sqrt(inner.diagonal())
        scale = np.where(size > 0, size, 1.0)
        roots, vectors = np.linalg.eigh(inner / np.outer(scale, scale))
        kept = roots > _NOTHING * max(float(roots[-1]), _NOTHING)
        turned = vectors[:, kept]
        slopes = turned @ ((turned.T @ (with_outcome / scale)) / roots[kept]) / scale
        r2 = float(slopes @ with_outcome / self.covariance[0, 0])
        return Fit(min(max(r2, 0.0), 1.0), slopes, int(kept.sum()))

    def test(self, full: Fit, restricted: Fit) -> FTest | Inapplicable:
        """Test that the restrictions which lead from the full model to the restricted one hold.

        ``F = ((R²_full − R²_restricted) / q) / ((1 − R²_full) / (n − k − 1))`` for ``q`` restrictions and ``k``
        regressors of the full model; for errors that are independent and of one variance.
        """
        df, df_error = float(full.rank - restricted.rank), self.n - full.rank - 1
        if df < 1:
            return Inapplicable("the two models are the same for these data")
        if df_error <= 0:
            return Inapplicable(f"{self.n:g} respondents are too few for {full.rank} slopes")
        left, gained = 1 - full.r2, max(full.r2 - restricted.r2, 0.0)
        if left <= _NOTHING:
            if gained <= _NOTHING:
                return Inapplicable("the outcome follows from the regressors without an error")
            return FTest(math.inf, df, df_error, 0.0)
        f = gained / df / (left / df_error)
        return FTest(f, df, df_error, upper_tail(f, df, df_error))


def upper_tail(f: float, df: float, df_error: float) -> float:
    """Return the probability that F exceeds a value, told as the analysis of variance that has these mean squares.

    Special functions stay on the floor of statistics; ``df + 1`` groups of one size and of unit variance within, one of
    which lies apart, have this F and these degrees of freedom.
    """
    groups = int(df) + 1
    size = df_error / groups + 1
    apart = math.sqrt(f * df / (size * (1 - 1 / groups)))
    means = np.zeros(groups)
    means[0] = apart
    found = anova_from_sums(np.full(groups, size), means, np.ones(groups), equal_variances=True)
    return float(found.p)
