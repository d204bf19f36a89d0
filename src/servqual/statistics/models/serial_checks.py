"""Checks of order in time: whether the errors of one period go along with those of the period before."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray, Floats, Ints
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._labels import coded_labels
from servqual.statistics.comparison import t_test
from servqual.statistics.models.added import EXACT, FEW_ROWS, FOLLOW, chi2_result, without
from servqual.statistics.models.rows import FOLLOWS, FittedRows
from servqual.statistics.outcomes import MeanTest, TestResult

SERIAL_NULL = "the errors of a unit in following periods are independent"


def serial_test(rows: FittedRows, *, lags: int = 1) -> TestResult:
    """Breusch-Godfrey test of one series, its rows in order of time: whether residuals follow from those before them.

    ``n R²`` of the regression of ``e[t]`` on the columns and on ``e[t − 1]`` to ``e[t − lags]``, zeros before the
    first, χ² on ``lags``. It holds where the columns contain y of former periods, too.

    Parameters
    ----------
    rows
        Of the regression, one period apart.
    lags
        How far back.

    Returns
    -------
    TestResult
        Of shape (); inapplicable where rows do not outnumber the coefficients, or nothing is left of y.

    Raises
    ------
    ArgumentError
        If lags are not 1 or more and fewer than the rows, or if units have intercepts of their own.

    References
    ----------
    Breusch 1978, Australian Economic Papers 17(31):334-355; Godfrey 1978, Econometrica 46(6):1293-1301.

    Examples
    --------
    >>> x = np.arange(1.0, 25.0)
    >>> serial_test(FittedRows.of(x + np.sin(x / 2), x[:, None], ["visits"])).p < 0.001
    np.True_
    """
    problems = []
    if lags != int(lags) or not 1 <= lags < rows.n:
        problems.append(Problem("lags", repr(lags), f"it is a whole number from 1, below the {rows.n} rows"))
    if rows.units is not None:
        rule = "a series is one unit"
        problems.append(Problem("rows", "units with intercepts of their own", rule, "use panel_serial_test"))
    if problems:
        raise ArgumentError(*problems)
    null, method = "the errors of different periods are independent", f"Breusch-Godfrey test, lags up to {lags}"
    before = np.zeros((rows.n, int(lags)))
    for lag in range(1, int(lags) + 1):
        before[lag:, lag - 1] = rows.residuals[:-lag]
    turned = before / rows.root[:, None]
    why = EXACT if rows.exact else FEW_ROWS if rows.df <= lags else "" if rows.new(turned) else FOLLOW
    if why:
        return without(why, null=null, method=method)
    left = np.linalg.qr(before - rows.basis @ (rows.basis.T @ before))[0]
    whole = rows.residuals - rows.residuals.mean() if rows.constant else rows.residuals
    explained = ((left.T @ rows.residuals) ** 2).sum() / (whole @ whole)
    return chi2_result(rows.n * float(explained), lags, null=null, method=method)


def panel_serial_test(
    rows: FittedRows, units: npt.ArrayLike, periods: npt.ArrayLike, *, own_levels: bool = False
) -> MeanTest:
    """Test of serial correlation in a panel: whether a unit's residual goes along with its residual a period before.

    Either of the residuals as they are: ``e[t]`` on the columns and ``e[t − 1]``, whose coefficient is 0 where errors
    of a unit are independent; it is above zero, too, where units differ for good. Or, where units have levels of their
    own (fixed effects, random intercepts), of the residuals of the regression in changes from period to period:
    ``Δe[t]`` on ``Δe[t − 1]``, whose coefficient is −0.5 where errors about those levels are independent. Both by t
    with the covariance clustered by units.

    Parameters
    ----------
    rows
        Of the regression.
    units, periods
        Of each row: the unit, and its period as a whole number. Pairs are rows of one unit one period apart.
    own_levels
        Whether units have levels of their own, which are then taken out.

    Returns
    -------
    MeanTest
        Of shape (), the estimate a correlation of following errors (of changes, where ``own_levels``); inapplicable
        without enough pairs, or with pairs of fewer than two units.

    Raises
    ------
    ArgumentError
        If periods are no whole numbers, one for each row, or a unit has two rows in a period; or if the rows are of a
        regression with intercepts of units and ``own_levels`` is False.

    References
    ----------
    Wooldridge 2002, Econometric Analysis of Cross Section and Panel Data, MIT Press, sections 7.8.5 and 10.6.3; Drukker
    2003, Stata Journal 3(2):168-177.
    """
    unit, period = _checked(rows, units, periods, own_levels=own_levels)
    now, before = _pairs(unit, period)
    left, x, against = rows.residuals, rows.x * rows.root[:, None], 0.0
    if own_levels:
        root = rows.root[now]
        changes = (rows.x[now] - rows.x[before]) * root[:, None]
        left, x, against = _left((rows.y[now] - rows.y[before]) * root, changes), np.empty((now.size, 0)), -0.5
        unit, period = unit[now], period[now]
        now, before = _pairs(unit, period)
    method = "panel test of serial correlation" + (", in changes (null −0.5)" if own_levels else "")
    why, estimate, error = EXACT, np.nan, np.nan
    clusters = np.unique(unit[now]).size
    if not rows.exact:
        why, estimate, error = _following(left[now], left[before], x[now], unit[now])
    return t_test(
        estimate, error, np.nan if why else clusters - 1, against=against, null=SERIAL_NULL, method=method, few=why
    )


def _checked(rows: FittedRows, units: npt.ArrayLike, periods: npt.ArrayLike, *, own_levels: bool) -> tuple[Ints, Ints]:
    """Return the unit and the period of each row as numbers."""
    problems = []
    if rows.units is not None and not own_levels:
        found = "False, with rows of units that have intercepts of their own"
        problems.append(Problem("own_levels", found, "such residuals go along by construction", "pass own_levels=True"))
    moments = np.asarray(periods)
    if moments.shape != (rows.n,) or not (moments.dtype.kind in "iu" or _whole(moments)):
        found = f"an array of {moments.dtype}, shape {moments.shape}"
        problems.append(Problem("periods", found, f"each of the {rows.n} rows has a period, a whole number"))
    if problems:
        raise ArgumentError(*problems)
    unit, period = coded_labels(units, None, rows.n)[1], moments.astype(np.int64)
    order = np.lexsort((period, unit))
    twice = (np.diff(unit[order]) == 0) & (np.diff(period[order]) == 0)
    if twice.any():
        found = f"{int(twice.sum())} rows in a period that their unit has already"
        raise ArgumentError(Problem("periods", found, "a unit has one row a period"))
    return unit, period


def _whole(values: AnyArray) -> bool:
    return values.dtype.kind == "f" and bool(np.isfinite(values).all() and (values == np.rint(values)).all())


def _following(now: Floats, before: Floats, x: Floats, unit: Ints) -> tuple[str, float, float]:
    """Return why there is no coefficient of ``now`` on ``before`` beside x; else it and its error, clustered."""
    rank = int(np.linalg.matrix_rank(x)) if x.size else 0
    codes = np.unique(unit, return_inverse=True)[1]
    clusters = codes.max(initial=-1) + 1
    if clusters < 2:
        return f"fewer than two units have pairs of following periods: {clusters}", np.nan, np.nan
    if now.size <= rank + 1:
        return FEW_ROWS, np.nan, np.nan
    lagged, rest = _left(before, x), _left(now, x)
    length = float(lagged @ lagged)
    if length <= FOLLOWS**2 * float(before @ before):
        return FOLLOW, np.nan, np.nan
    slope = float(lagged @ rest) / length
    scores = np.bincount(codes, lagged * (rest - slope * lagged))
    correction = clusters / (clusters - 1) * (now.size - 1) / (now.size - rank - 1)
    return "", slope, float(np.sqrt(correction * (scores @ scores))) / length


def _left(y: Floats, x: Floats) -> Floats:
    """Return what a regression leaves of y, whatever the rank of x."""
    return np.asarray(y - x @ np.linalg.lstsq(x, y)[0]) if x.size else y


def _pairs(unit: Ints, period: Ints) -> tuple[Ints, Ints]:
    """Return the places of rows that follow a row of the same unit one period before, and of those rows."""
    order = np.lexsort((period, unit))
    follows = (np.diff(unit[order]) == 0) & (np.diff(period[order]) == 1)
    return order[1:][follows], order[:-1][follows]
