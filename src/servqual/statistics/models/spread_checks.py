"""Checks of spread: whether the errors vary more at some values of the predictors than at others."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.statistics.models.added import EXACT, FEW_ROWS, FOLLOW, chi2_result, score, without
from servqual.statistics.models.rows import FOLLOWS, FittedRows
from servqual.statistics.outcomes import TestResult

NULL = "the errors vary alike at all values of the predictors"


def breusch_pagan(
    rows: FittedRows, *, columns: npt.ArrayLike | None = None, groups: npt.ArrayLike | None = None
) -> TestResult:
    """Breusch-Pagan test, in Koenker's form: whether the squared residuals go along with the predictors.

    ``n R²`` of the regression of ``e²`` on the predictors, χ² on their number. Koenker's form needs no normal errors.

    Parameters
    ----------
    rows
        Of the regression.
    columns
        Positions of the predictors; by default all columns.
    groups
        Group of each row, where errors within groups are alike: then products of the squared residuals and the
        predictors are added up within groups, and tested by Hotelling's F.

    Returns
    -------
    TestResult
        Of shape (); inapplicable without predictors that vary, or where nothing is left of y.

    Raises
    ------
    ArgumentError
        If groups do not fit.

    References
    ----------
    Breusch & Pagan 1979, Econometrica 47(5):1287-1294; Koenker 1981, Journal of Econometrics 17(1):107-112; Wooldridge
    1991, Journal of Econometrics 47(1):5-46 (groups).

    Examples
    --------
    >>> x = np.arange(1.0, 21.0)
    >>> breusch_pagan(FittedRows.of(x + x * np.tile([1.0, -1.0], 10), x[:, None], ["visits"])).p < 0.001
    np.True_
    """
    chosen = _predictors(rows, columns)
    return _auxiliary(rows, chosen, groups, "Breusch-Pagan test, Koenker's form")


def white_test(
    rows: FittedRows, *, columns: npt.ArrayLike | None = None, groups: npt.ArrayLike | None = None
) -> TestResult:
    """White's test: whether the squared residuals go along with the predictors, their squares or their products.

    ``n R²`` of the regression of ``e²`` on all of them, χ² on their number; what follows from others is left out.

    Parameters
    ----------
    rows, columns, groups
        As of `breusch_pagan`.

    Returns
    -------
    TestResult
        As of `breusch_pagan`; inapplicable also where rows, or groups, do not outnumber the coefficients.

    Raises
    ------
    ArgumentError
        If groups do not fit.

    References
    ----------
    White 1980, Econometrica 48(4):817-838.
    """
    chosen = _predictors(rows, columns)
    pairs = combinations_with_replacement(range(chosen.shape[1]), 2)
    products = [chosen[:, first] * chosen[:, second] for first, second in pairs]
    every = np.column_stack([chosen, *products]) if products else chosen
    return _auxiliary(rows, every, groups, "White's test")


def _predictors(rows: FittedRows, columns: npt.ArrayLike | None) -> Floats:
    """Return the predictors that vary, in standard deviations about their means."""
    places = np.arange(rows.k) if columns is None else np.asarray(columns, dtype=np.int64)
    values = rows.x[:, places]
    spread = values.std(axis=0)
    varies = spread > FOLLOWS * np.abs(values).max(axis=0, initial=0.0)
    return np.asarray(((values - values.mean(axis=0)) / np.where(varies, spread, 1.0))[:, varies])


def _auxiliary(rows: FittedRows, predictors: Floats, groups: npt.ArrayLike | None, method: str) -> TestResult:
    """Return the test of a regression of the squared residuals on an intercept and on predictors."""
    kept = _independent(predictors)
    said = method if groups is None else f"{method}, sums within groups"
    why = EXACT if rows.exact else FOLLOW if not kept.shape[1] else FEW_ROWS if rows.n <= kept.shape[1] + 1 else ""
    if why:
        return without(why, null=NULL, method=said)
    squares = rows.residuals**2
    ones = FittedRows.of(squares, np.ones((rows.n, 1)), ["1"], intercept=False)
    if groups is not None:
        return score(ones, kept, groups, null=NULL, method=said)
    left = ones.residuals
    basis = np.linalg.qr(kept)[0]
    explained = ((basis.T @ left) ** 2).sum() / (left @ left)
    return chi2_result(rows.n * float(explained), kept.shape[1], null=NULL, method=said)


def _independent(columns: Floats) -> Floats:
    """Return columns about their means, without those that follow from columns before them."""
    kept: list[Floats] = []
    for column in (columns - columns.mean(axis=0)).T:
        left, length = column.copy(), float(np.linalg.norm(column))
        for each in (*kept, *kept):
            left -= (each @ left) * each
        if np.linalg.norm(left) > FOLLOWS * max(length, 1e-300):
            kept.append(left / np.linalg.norm(left))
    return np.stack(kept, axis=1) if kept else np.empty((len(columns), 0))
