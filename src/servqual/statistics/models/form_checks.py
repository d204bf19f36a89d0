"""Checks of form: whether straight lines are enough."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.statistics.comparison import t_test
from servqual.statistics.models.added import Errors, score, wald, with_columns
from servqual.statistics.models.influential_rows import group_influence
from servqual.statistics.models.kinds import Covariance
from servqual.statistics.models.regression import Regression
from servqual.statistics.models.rows import FittedRows
from servqual.statistics.outcomes import MeanTest, TestResult

LOST = "a coefficient does not exist without one of the groups"


def reset_test(
    rows: FittedRows,
    *,
    power: int = 3,
    covariance: Covariance = Covariance.NONROBUST,
    groups: npt.ArrayLike | None = None,
    times: npt.ArrayLike | None = None,
    lags: int | None = None,
) -> TestResult:
    """RESET, the test of functional form: whether powers of the fitted values explain y further.

    Added are ``ŷ²`` to ``ŷ^power``; their coefficients are tested together by F. It sees curvature and lacking
    interactions of any kind, but no lacking column that is unrelated to those that are there.

    Parameters
    ----------
    rows
        Of the regression.
    power
        The highest power.
    covariance, groups, times, lags
        How the errors are taken, as of `ols`: with a robust covariance the test is Wald's, over the same degrees of
        freedom as t tests; with ``"cluster"`` it is Hotelling's, of products of residuals and powers added up within
        groups, for Wald's finds too much where groups are few.

    Returns
    -------
    TestResult
        Of shape (); inapplicable where the powers follow from the columns, as from a single dummy.

    Raises
    ------
    ArgumentError
        As of `ols`, of its options.

    References
    ----------
    Ramsey 1969, Journal of the Royal Statistical Society B 31(2):350-371; Wooldridge 1991, Journal of Econometrics
    47(1):5-46 (robust tests by products).

    Examples
    --------
    >>> x = np.arange(1.0, 13.0)
    >>> reset_test(FittedRows.of(x**2 + np.tile([0.0, 1.0, -1.0], 4), x[:, None], ["visits"]), power=2)
    <TestResult by RESET, powers of the fitted values up to 2: p 2.42e-11; null: the form of the regression is right>
    """
    errors = Errors(covariance, groups, times, lags)
    fitted = _placed(rows.fitted, rows)
    powers = np.stack([fitted**each for each in range(2, power + 1)], axis=1)
    method = f"RESET, powers of the fitted values up to {power}{errors.words}"
    null = "the form of the regression is right"
    if covariance == Covariance.CLUSTER and groups is not None:
        return score(rows, powers, groups, null=null, method=method)
    return wald(with_columns(rows, powers, errors), power - 1, null=null, method=method)


def square_test(
    rows: FittedRows,
    *,
    columns: npt.ArrayLike | None = None,
    covariance: Covariance = Covariance.NONROBUST,
    groups: npt.ArrayLike | None = None,
    times: npt.ArrayLike | None = None,
    lags: int | None = None,
) -> MeanTest:
    """Test of curvature, predictor by predictor: the square of each about its mean is added alone, and tested by t.

    Parameters
    ----------
    rows
        Of the regression.
    columns
        Positions of the predictors; by default all columns.
    covariance, groups, times, lags
        How the errors are taken, as of `ols`; with ``"cluster"`` standard errors are those of the jackknife over
        groups, ``(G − 1) / G · Σ (b[−g] − b)²``, on ``G − 1``, which keep their level where groups are few.

    Returns
    -------
    MeanTest
        Shape of ``columns``, the estimate in units of y per squared unit of the predictor, above zero where the line
        bends upwards; p is not adjusted, for which see `servqual.statistics.adjusted`. Inapplicable where the square
        follows from the columns: the intercept, a dummy.

    Raises
    ------
    ArgumentError
        As of `ols`, of its options.

    References
    ----------
    Cohen, Cohen, West & Aiken 2003, Applied Multiple Regression/Correlation Analysis for the Behavioral Sciences, 3rd
    ed., Erlbaum, chapter 6; Bell & McCaffrey 2002, Survey Methodology 28(2):169-181 (the jackknife over groups).
    """
    errors = Errors(covariance, groups, times, lags)
    places = np.arange(rows.k) if columns is None else np.asarray(columns, dtype=np.int64)
    squares = [_placed(rows.x[:, place], rows)[:, None] ** 2 for place in places]
    fits = [with_columns(rows, square, errors) for square in squares]
    numbers = np.array([_last(fit) for fit in fits]).reshape(-1, 3)
    if covariance == Covariance.CLUSTER:
        numbers[:, 1] = [_jackknifed(rows, square, groups) for square in squares]
    # the square was of a predictor in standard deviations
    scale = np.array([_spread(rows.x[:, place]) for place in places]) ** 2
    null, method = "the predictor acts in a straight line", f"t test of the added square{errors.words}"
    estimate, se, df = numbers[:, 0] / scale, numbers[:, 1] / scale, numbers[:, 2]
    test = t_test(estimate, se, np.where(np.isnan(df), 1.0, df), null=null, method=method)
    reason = [
        fit if isinstance(fit, str) else LOST if np.isnan(error) else "" for fit, error in zip(fits, se, strict=True)
    ]
    return MeanTest(
        statistic=test.statistic, df=df, p=test.p, null=null, method=method, reason=reason, estimate=estimate, se=se
    )


def _last(fit: Regression | str) -> tuple[float, float, float]:
    """Return the last coefficient, its standard error and degrees of freedom."""
    if isinstance(fit, str):
        return np.nan, np.nan, np.nan
    return float(fit.coefficients[-1]), float(fit.standard_errors[-1]), fit.df_test


def _spread(values: Floats) -> float:
    return float(values.std()) or 1.0


def _placed(values: Floats, rows: FittedRows) -> Floats:
    """Return values in standard deviations about their mean; about zero where there is no intercept to take it up."""
    centre = values.mean() if rows.constant else 0.0
    return np.asarray((values - centre) / _spread(values))


def _jackknifed(rows: FittedRows, square: Floats, groups: Any) -> float:
    """Return the standard error of the coefficient of one further column by the jackknife over groups."""
    if rows.exact or rows.df < 2 or not rows.new(square):
        return np.nan
    every = np.column_stack([rows.x, rows.within(square)])
    held = FittedRows.of(
        rows.y, every, [*rows.names, "square"], weights=rows.weights, units=rows.units, intercept=False
    )
    change = group_influence(held, groups).change[:, -1]
    count = change.size
    return float(np.sqrt((count - 1) / count * (change @ change)))
