"""Pearson's test that groups fall into categories in the same shares, from counts: by chi-squared and by simulation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Ints, floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._numbers import NOT_NEGATIVE, arrays, reasons, whole
from servqual.statistics.outcomes import TestResult
from servqual.statistics.resample_counts import check_draws

# An expected count below this is small: Cochran's rule allows one fifth of the cells, and none below 1.
SMALL = 5.0
_FEW_CELLS, _LEAST = 0.2, 1.0


@frozen(eq=False, kw_only=True, getstate_setstate=False, repr=False)
class HomogeneityTest(TestResult):
    """Outcome of Pearson's test of homogeneity, with how far its approximation can be trusted.

    Attributes
    ----------
    cramers_v
        Cramér's V, ``√(χ² / (N · min(rows − 1, columns − 1)))``: 0 for equal shares, at most 1.
    least_expected
        The smallest expected count of a cell.
    small_cells
        Share of the cells whose expected count is below 5.
    """

    cramers_v: Floats = field(converter=floats)
    least_expected: Floats = field(converter=floats)
    small_cells: Floats = field(converter=floats)


def is_rough(least_expected: float, small_cells: float) -> bool:
    """Return whether expected counts are too small by Cochran's rule: one below 1, or more than a fifth below 5.

    Parameters
    ----------
    least_expected, small_cells
        As of `HomogeneityTest`.

    References
    ----------
    Cochran 1954, Biometrics 10(4):417-451.
    """
    return least_expected < _LEAST or small_cells > _FEW_CELLS


def homogeneity_test(counts: npt.ArrayLike) -> HomogeneityTest:
    """Pearson's chi-squared test that all groups have the same shares of categories.

    ``χ² = Σ (n − e)² / e`` with ``e = row total · column total / N`` on ``(rows − 1)(columns − 1)`` degrees of freedom;
    rows and columns without any count take no part. A large χ² alone speaks against the null, so that p is the upper
    tail. The approximation is poor where expected counts are small: `is_rough` says so.

    Parameters
    ----------
    counts
        Groups in rows, categories in columns, shape (…, groups, categories), 0 or more. Fractions are allowed, so that
        counts may be shares times an effective sample size.

    Returns
    -------
    HomogeneityTest
        Shape (…); inapplicable for fewer than two groups with counts, or with all counts in one category.

    Raises
    ------
    ArgumentError
        If counts are negative, or have fewer than two axes.

    References
    ----------
    Pearson 1900, Philosophical Magazine 50(302):157-175; Cochran 1954, Biometrics 10(4):417-451 (small expected
    counts); Cramér 1946, Mathematical Methods of Statistics, Princeton University Press, section 21.9.

    Examples
    --------
    >>> test = homogeneity_test([[30, 10, 10], [20, 20, 10]])
    >>> round(float(test.statistic), 4), float(test.df), round(float(test.p), 4), round(float(test.cramers_v), 3)
    (5.3333, 2.0, 0.0695, 0.231)
    """
    from scipy.special import chdtrc

    (given,) = arrays(counts=(counts, NOT_NEGATIVE))
    if given.ndim < 2:
        rule = "groups are the last axis but one, categories the last"
        raise ArgumentError(Problem("counts", f"an array of shape {given.shape}", rule))
    rows, columns = given.sum(axis=-1, keepdims=True), given.sum(axis=-2, keepdims=True)
    total, there = given.sum(axis=(-2, -1)), (rows > 0) & (columns > 0)
    many, kinds = (rows > 0).sum(axis=(-2, -1)), (columns > 0).sum(axis=(-2, -1))
    reason = reasons(
        (many < 2, "fewer than two groups with answers"), (kinds < 2, "all answers fall into one category")
    )
    applies = reason == ""
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = rows * columns / total[..., None, None]
        parts = np.where(there, (given - expected) ** 2 / expected, 0.0)
        statistic = np.where(applies, parts.sum(axis=(-2, -1)), np.nan)
        v = np.sqrt(statistic / (total * (np.minimum(many, kinds) - 1.0)))
    df = np.where(applies, (many - 1.0) * (kinds - 1.0), np.nan)
    least = np.where(there, expected, np.inf).min(axis=(-2, -1))
    small = (there & (expected < SMALL)).sum(axis=(-2, -1)) / np.maximum(many * kinds, 1)
    return HomogeneityTest(
        statistic=statistic, df=df, p=chdtrc(df, statistic), null="all groups have the same shares of categories",
        method="Pearson's chi-squared", reason=reason, cramers_v=v,
        least_expected=np.where(applies, least, np.nan), small_cells=np.where(applies, small, np.nan),
    )  # fmt: skip


def simulated_homogeneity(counts: npt.ArrayLike, *, draws: int = 2000, rng: int | np.random.Generator | None) -> float:
    """Simulated p of Pearson's test of homogeneity, which holds however small expected counts are.

    Tables with the same row and column totals are drawn as if groups had the same shares;
    ``p = (1 + #{χ²* ≥ χ²}) / (1 + draws)``.

    Parameters
    ----------
    counts
        Groups in rows, categories in columns, shape (groups, categories), whole numbers.
    draws
        How many tables are drawn.
    rng
        A seed or a generator.

    Returns
    -------
    float
        Between ``1 / (1 + draws)`` and 1; NaN for fewer than two groups with counts, or with all in one category.

    Raises
    ------
    ArgumentError
        If counts are negative or not whole, have another number of axes, or if there is no seed.

    References
    ----------
    Patefield 1981, Applied Statistics 30(1):91-97 (tables with given margins); Hope 1968, Journal of the Royal
    Statistical Society B 30(3):582-598 (Monte Carlo p).

    Examples
    --------
    >>> simulated_homogeneity([[8, 0, 1], [2, 5, 2]], draws=999, rng=1)
    0.01
    """
    check_draws(draws, rng, least=1)
    given = whole("counts", counts, "sampling weights have no such counts")
    if given.ndim != 2:
        rule = "groups are rows, categories are columns"
        raise ArgumentError(Problem("counts", f"an array of shape {given.shape}", rule))
    table = given[given.sum(axis=1) > 0][:, given.sum(axis=0) > 0].astype(np.int64)
    if min(table.shape) < 2:
        return float("nan")
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    drawn = _tables(table, draws, np.random.default_rng(rng))
    found = ((drawn - expected) ** 2 / expected).sum(axis=(-2, -1))
    seen = float(((table - expected) ** 2 / expected).sum())
    # tables as unlike as the one seen count, also where sums are rounded differently
    return float(1 + (found >= seen * (1 - 1e-9)).sum()) / (1 + draws)


def _tables(table: Ints, draws: int, rng: np.random.Generator) -> Ints:
    """Return tables with the margins of this one, (draws, rows, columns), as equal shares would make them."""
    left = np.tile(table.sum(axis=0), (draws, 1))
    drawn = np.empty((draws, *table.shape), np.int64)
    for row, size in enumerate(table.sum(axis=1)[:-1].tolist()):
        open_ = np.full(draws, size)
        for column in range(table.shape[1] - 1):
            rest = left[:, column + 1 :].sum(axis=1)
            taken = rng.hypergeometric(left[:, column], rest, open_)
            drawn[:, row, column] = taken
            open_ -= taken
        drawn[:, row, -1] = open_
        left -= drawn[:, row]
    drawn[:, -1] = left
    return drawn
