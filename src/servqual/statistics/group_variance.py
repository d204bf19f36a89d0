"""Variance between and within groups, and intraclass correlations, from group sizes, means and sums of squares."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics.inapplicable import Inapplicable


@frozen
class VarianceParts:
    """One-way analysis of variance between groups, such as branches, and what follows from it.

    Attributes
    ----------
    groups, n
        Groups that have members, and members of all.
    ms_between, ms_within
        Mean squares between and within groups.
    f, df_between, df_within, p_value
        The test that all groups have one mean.
    mean_size
        ``N / G``, the mean group size.
    adjusted_size
        ``n₀ = (N − Σ n_g² / N) / (G − 1)``, of the harmonic kind, at most the mean size; the same for equal groups.
    icc1
        ``(MSB − MSW) / (MSB + (m − 1) MSW)`` with the mean group size for ``m``, as R's multilevel computes it: the
        reliability of one member's answer as a measure of its group. May be negative.
    icc1_adjusted
        The same with ``n₀``: for unequal groups the usual estimate of the share of variance between groups.
    icc2
        ``(MSB − MSW) / MSB``: the reliability of a group's mean. May be negative; Spearman and Brown's formula, at the
        mean size, leads from ``icc1`` to it. Inapplicable where all group means are the same.
    variance_between, variance_within
        Components of variance, ``(MSB − MSW) / n₀``, which may be negative, and ``MSW``.
    """

    groups: int
    n: float
    ms_between: float
    ms_within: float
    f: float
    df_between: float
    df_within: float
    p_value: float
    mean_size: float
    adjusted_size: float
    icc1: float
    icc1_adjusted: float
    icc2: float | Inapplicable
    variance_between: float
    variance_within: float

    @property
    def design_effect(self) -> float:
        """``1 + (m − 1) ICC(1)`` at the mean group size: how much wider clusters make the variance of a mean."""
        return 1 + (self.mean_size - 1) * self.icc1

    @property
    def effective_n(self) -> float:
        """``N / design effect``: independent respondents that say as much; infinite where the effect is not above 0."""
        return self.n / self.design_effect if self.design_effect > 0 else math.inf


def variance_parts(n: npt.ArrayLike, mean: npt.ArrayLike, ss_within: npt.ArrayLike) -> VarianceParts | Inapplicable:
    """Variance between and within groups: one-way ANOVA, ICC(1) and ICC(2), from three numbers for each group.

    ``MSB = Σ n_g (x̄_g − x̄)² / (G − 1)`` and ``MSW = Σ SS_g / (N − G)``.

    Parameters
    ----------
    n
        Members of each group, zero or more, shape (groups,); groups without members do not count.
    mean
        Their means, shape (groups,).
    ss_within
        Their sums of squares about their own mean, ``(n_g − 1) s_g²``, zero or more, shape (groups,); not looked at
        where a group has one member.

    Returns
    -------
    VarianceParts or Inapplicable
        Inapplicable for one group, for groups of one member only, and where nothing varies.

    Raises
    ------
    ArgumentError
        If the arrays are not of one length, or hold a negative size or sum of squares, or a group with members lacks
        its mean or its sum.

    References
    ----------
    Fisher 1925, Statistical Methods for Research Workers, Oliver & Boyd, chapter 7; Bliese 2000, in Klein & Kozlowski
    (eds.), Multilevel Theory, Research, and Methods in Organizations, Jossey-Bass, 349-381; Haggard 1958, Intraclass
    Correlation and the Analysis of Variance, Dryden (n₀); Kish 1965, Survey Sampling, Wiley, section 5.4.

    Examples
    --------
    >>> found = variance_parts([2, 2], [1.0, 4.0], [1.0, 1.0])
    >>> found.ms_between, found.ms_within, found.icc1, round(found.icc2, 4)
    (9.0, 1.0, 0.8, 0.8889)
    """
    sizes, means, squares = _groups(n, mean, ss_within)
    groups, total = sizes.size, float(sizes.sum())
    if groups < 2:
        return Inapplicable(f"at least 2 groups are needed, and there {'is one' if groups == 1 else 'are none'}")
    df_between, df_within = groups - 1, total - groups
    if df_within <= 0:
        return Inapplicable("no group has two members, so that nothing is known of the variance within groups")
    between = float(sizes @ (means - sizes @ means / total) ** 2) / df_between
    within = float(squares.sum()) / df_within
    if between + within == 0:
        return Inapplicable("nothing varies, between groups or within them")
    return _parts(sizes, between, within, (df_between, df_within))


def _parts(sizes: Floats, between: float, within: float, df: tuple[float, float]) -> VarianceParts:
    from scipy.special import fdtrc

    groups, total = sizes.size, float(sizes.sum())
    mean_size = total / groups
    adjusted = (total - float(sizes @ sizes) / total) / (groups - 1)
    ratio = between / within if within > 0 else math.inf
    gap = between - within
    return VarianceParts(
        groups=groups,
        n=total,
        ms_between=between,
        ms_within=within,
        f=ratio,
        df_between=df[0],
        df_within=df[1],
        p_value=float(fdtrc(*df, ratio)),
        mean_size=mean_size,
        adjusted_size=adjusted,
        icc1=gap / (between + (mean_size - 1) * within),
        icc1_adjusted=gap / (between + (adjusted - 1) * within),
        icc2=gap / between if between > 0 else Inapplicable("all groups have the same mean"),
        variance_between=gap / adjusted,
        variance_within=within,
    )


def _groups(n: npt.ArrayLike, mean: npt.ArrayLike, ss_within: npt.ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return sizes, means and sums of squares of the groups that have members."""
    sizes, means, squares = (np.asarray(each, dtype=np.float64) for each in (n, mean, ss_within))
    if sizes.ndim != 1 or not sizes.shape == means.shape == squares.shape:
        found = f"shapes {sizes.shape}, {means.shape}, {squares.shape}"
        raise ArgumentError(Problem("n, mean, ss_within", found, "one number of each for each group, shape (groups,)"))
    if not np.isfinite(sizes).all() or np.any(sizes < 0):
        raise ArgumentError(Problem("n", "some negative or missing", "group sizes are zero or more"))
    some = sizes > 0
    squares = np.where(sizes > 1, squares, 0.0)
    problems = []
    if not np.isfinite(means[some]).all():
        problems.append(Problem("mean", "some missing", "every group with members has a mean"))
    if not np.isfinite(squares[some]).all() or np.any(squares[some] < 0):
        problems.append(Problem("ss_within", "some negative or missing", "sums of squares are zero or more"))
    if problems:
        raise ArgumentError(*problems)
    return sizes[some], means[some], squares[some]
