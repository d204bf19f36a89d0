"""Square tables of the same people twice: tests of symmetry (Bowker) and of equal margins (Stuart, Maxwell)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics.outcomes import TestResult


def bowker_test(table: npt.ArrayLike) -> TestResult:
    """Bowker's test of symmetry: as many went from i to j as back, ``Σ_{i<j} (n_ij − n_ji)² / (n_ij + n_ji)``.

    Chi-squared with one degree of freedom for each pair of classes between which somebody moved. With two classes it
    is McNemar's test without continuity correction.

    Parameters
    ----------
    table
        Counts, before along the rows and after along the columns, shape (k, k).

    Returns
    -------
    TestResult
        Of shape (); inapplicable where nobody moved.

    Raises
    ------
    ArgumentError
        If the table is not square, or a count is negative.

    References
    ----------
    Bowker 1948, Journal of the American Statistical Association 43(244):572-574; McNemar 1947, Psychometrika
    12(2):153-157.

    Examples
    --------
    >>> bowker_test([[20, 10, 5], [3, 30, 15], [0, 5, 40]])
    <TestResult by Bowker's test: p 0.00324; null: as many moved one way as the other, between any two classes>
    """
    from scipy.special import chdtrc

    counts = _square(table)
    upper = np.triu_indices(len(counts), 1)
    there, back = counts[upper], counts.T[upper]
    moved = there + back > 0
    df = float(moved.sum())
    with np.errstate(invalid="ignore", divide="ignore"):
        statistic = float(np.where(moved, (there - back) ** 2 / (there + back), 0.0).sum())
    null = "as many moved one way as the other, between any two classes"
    return _told(statistic, df, float(chdtrc(df, statistic)) if df else np.nan, "Bowker's test", null)


def stuart_maxwell_test(table: npt.ArrayLike) -> TestResult:
    """Stuart and Maxwell's test of marginal homogeneity: each class is as large after as before.

    ``d' S⁻¹ d`` with ``d_i = n_i. − n_.i``, ``S_ii = n_i. + n_.i − 2 n_ii`` and ``S_ij = −(n_ij + n_ji)``, one
    class left out; chi-squared. Classes that nobody entered or left are left out, and each set of classes between
    which nobody moved takes one degree of freedom. With two classes it is McNemar's test.

    Parameters
    ----------
    table
        As of `bowker_test`.

    Returns
    -------
    TestResult
        Of shape (); inapplicable where nobody moved.

    Raises
    ------
    ArgumentError
        If the table is not square, or a count is negative.

    References
    ----------
    Stuart 1955, Biometrika 42(3-4):412-416; Maxwell 1970, British Journal of Psychiatry 116(535):651-655.

    Examples
    --------
    >>> stuart_maxwell_test([[20, 10, 5], [3, 30, 15], [0, 5, 40]])
    <TestResult by Stuart and Maxwell's test: p 0.00103; null: every class is as large after as before>
    """
    from scipy.special import chdtrc

    counts = _square(table)
    apart = counts.sum(axis=1) - counts.sum(axis=0)
    spread = -(counts + counts.T)
    np.fill_diagonal(spread, 0.0)
    np.fill_diagonal(spread, -spread.sum(axis=1))
    # the differences sum to zero within each set of classes that are joined by moves: the rank says how many are free
    df = int(np.linalg.matrix_rank(spread, hermitian=True)) if spread.any() else 0
    statistic = float(apart @ np.linalg.pinv(spread, hermitian=True) @ apart) if df else np.nan
    null = "every class is as large after as before"
    return _told(
        statistic, float(df), float(chdtrc(df, statistic)) if df else np.nan, "Stuart and Maxwell's test", null
    )


def _square(table: npt.ArrayLike) -> Floats:
    counts = np.asarray(table, np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ArgumentError(
            Problem("table", f"shape {counts.shape}", "it is square: the same classes before and after")
        )
    if not (np.isfinite(counts) & (counts >= 0)).all():
        raise ArgumentError(Problem("table", "some counts negative or missing", "counts are zero or more"))
    return counts


def _told(statistic: float, df: float, p: float, method: str, null: str) -> TestResult:
    reason = "" if df else "nobody moved between two classes"
    found, freedom = (statistic, df) if df else (np.nan, np.nan)
    return TestResult(statistic=found, df=freedom, p=p, null=null, method=method, reason=reason)
