"""Pearson's test that groups fall into categories in the same shares, from counts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._numbers import NOT_NEGATIVE, arrays, reasons
from servqual.statistics._sums import floats
from servqual.statistics.outcomes import TestResult

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

    @property
    def is_rough(self) -> npt.NDArray[np.bool_]:
        """Whether expected counts are too small by Cochran's rule: one below 1, or more than a fifth below 5."""
        with np.errstate(invalid="ignore"):
            return np.asarray((self.least_expected < _LEAST) | (self.small_cells > _FEW_CELLS))


def homogeneity_test(counts: npt.ArrayLike) -> HomogeneityTest:
    """Pearson's chi-squared test that all groups have the same shares of categories.

    ``χ² = Σ (n − e)² / e`` with ``e = row total · column total / N`` on ``(rows − 1)(columns − 1)`` degrees of freedom;
    rows and columns without any count take no part. A large χ² alone speaks against the null, so that p is the upper
    tail. The approximation is poor where expected counts are small: `HomogeneityTest.is_rough` says so.

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
    total = given.sum(axis=(-2, -1))
    there = (rows > 0) & (columns > 0)
    many, kinds = (rows > 0).sum(axis=(-2, -1)), (columns > 0).sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = rows * columns / total[..., None, None]
        parts = np.where(there, (given - expected) ** 2 / expected, 0.0)
    reason = reasons((many < 2, "fewer than two groups with answers"), (kinds < 2, "all answers fall into one category"))
    applies = reason == ""
    statistic = np.where(applies, parts.sum(axis=(-2, -1)), np.nan)
    df = np.where(applies, (many - 1.0) * (kinds - 1.0), np.nan)
    least = np.where(there, expected, np.inf).min(axis=(-2, -1))
    small = (there & (expected < SMALL)).sum(axis=(-2, -1)) / np.maximum(many * kinds, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        v = np.sqrt(statistic / (total * (np.minimum(many, kinds) - 1.0)))
    return HomogeneityTest(
        statistic=statistic, df=df, p=chdtrc(df, statistic), null="all groups have the same shares of categories",
        method="Pearson's chi-squared", reason=reason, cramers_v=v,
        least_expected=np.where(applies, least, np.nan), small_cells=np.where(applies, small, np.nan),
    )  # fmt: skip
