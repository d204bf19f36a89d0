"""`icc`: intraclass correlations of group means, with their intervals, in two conventions of group size."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import Problem, did_you_mean
from servqual.statistics._arguments import ArgumentError, check_confidence
from servqual.statistics.group_variance import VarianceParts, variance_parts
from servqual.statistics.inapplicable import Inapplicable

Number = float | Inapplicable

NO_SCATTER = Inapplicable("nothing varies within groups")
NO_DIFFERENCE = Inapplicable("all groups have the same mean")


class GroupSize(StrEnum):
    """Which group size stands for groups of unequal sizes; for equal ones both are the same.

    MEAN
        ``N / G``, as R's multilevel takes it. ICC(2) is then ``(MSB − MSW) / MSB``.
    HARMONIC
        ICC(1) takes ``n₀ = (N − Σ n_g² / N) / (G − 1)``, with which it estimates the share of variance between groups;
        ICC(2) takes the harmonic mean ``ñ = G / Σ (1 / n_g)``, with which it is the reliability of the mean of one
        group, all groups counting alike: that of a row in a regression of groups.
    """

    MEAN = "mean"
    HARMONIC = "harmonic"

    @classmethod
    def _missing_(cls, value: object) -> GroupSize:
        rule = "group sizes are taken by their mean or harmonically"
        raise ArgumentError(Problem("group_size", repr(value), rule, did_you_mean(str(value), list(cls))))


@frozen
class Intraclass:
    """ICC(1) and ICC(2) of groups, in one convention of group size.

    Attributes
    ----------
    group_size
        The convention.
    size, mean_size
        The size that ICC(1) takes, and the one that leads from it to ICC(2).
    icc1, icc1_low, icc1_high
        Reliability of one member's answer as a measure of the group, or share of variance between groups; may be
        negative.
    icc2, icc2_low, icc2_high
        Reliability of a group's mean, ``m ICC(1) / (1 + (m − 1) ICC(1))``; may be negative.
    parts
        The analysis of variance behind them: MSB, MSW, F, degrees of freedom, p.
    confidence
        Of both intervals.
    """

    group_size: GroupSize
    size: float
    mean_size: float
    icc1: float
    icc1_low: Number
    icc1_high: Number
    icc2: Number
    icc2_low: Number
    icc2_high: Number
    parts: VarianceParts
    confidence: float


def icc(
    n: npt.ArrayLike,
    mean: npt.ArrayLike,
    ss_within: npt.ArrayLike,
    *,
    group_size: GroupSize | str = GroupSize.MEAN,
    confidence: float = 0.95,
) -> Intraclass | Inapplicable:
    """Intraclass correlations ICC(1) and ICC(2) by one-way analysis of variance, from three numbers for each group.

    ``ICC(1) = (MSB − MSW) / (MSB + (m − 1) MSW)``, and ICC(2) by Spearman and Brown's formula. With ``F = MSB / MSW``
    and ``F_L = F / F_{1−α/2}``, ``F_U = F / F_{α/2}`` (quantiles on ``G − 1`` and ``N − G`` degrees of freedom), the
    interval of ICC(1) is ``(F_L − 1) / (F_L + m − 1)`` to ``(F_U − 1) / (F_U + m − 1)``: exact for normal answers in
    groups of equal size, approximate for others.

    Parameters
    ----------
    n, mean, ss_within
        Members of each group, their means, and sums of squares about the group's mean, shape (groups,); groups without
        members do not count.
    group_size
        "mean" or "harmonic", see `GroupSize`.
    confidence
        Of the intervals.

    Returns
    -------
    Intraclass or Inapplicable
        Inapplicable as `variance_parts` is: for one group, for groups of one member, and where nothing varies.

    Raises
    ------
    ArgumentError
        As `variance_parts`; also for an unknown convention, or a confidence outside 0 and 1.

    References
    ----------
    Bliese 2000, in Klein & Kozlowski (eds.), Multilevel Theory, Research, and Methods in Organizations, Jossey-Bass,
    349-381; Shrout & Fleiss 1979, Psychological Bulletin 86(2):420-428; McGraw & Wong 1996, Psychological Methods
    1(1):30-46 (intervals); Haggard 1958, Intraclass Correlation and the Analysis of Variance, Dryden (n₀); Kane &
    Brennan 1977, Review of Educational Research 47(2):267-292 (reliability of the means of unequal groups).

    Examples
    --------
    >>> found = icc([2, 2, 2], [1.0, 4.0, 2.0], [1.0, 1.0, 1.0])
    >>> round(found.icc1, 4), round(found.icc2, 4), round(found.icc1_low, 3), round(found.icc1_high, 3)
    (0.6471, 0.7857, -0.549, 0.989)
    """
    convention = GroupSize(group_size)
    check_confidence(confidence)
    parts = variance_parts(n, mean, ss_within)
    if isinstance(parts, Inapplicable):
        return parts
    sizes = np.asarray(n, dtype=np.float64)
    harmonic = float(parts.groups / (1 / sizes[sizes > 0]).sum())
    even = convention is GroupSize.MEAN
    size, mean_size = (parts.mean_size, parts.mean_size) if even else (parts.adjusted_size, harmonic)
    single = parts.icc1 if even else parts.icc1_adjusted
    low, high = _interval(parts, size, confidence)
    return Intraclass(
        group_size=convention, size=size, mean_size=mean_size, icc1=single, icc1_low=low, icc1_high=high,
        icc2=spearman_brown(single, mean_size) if parts.ms_between > 0 else NO_DIFFERENCE,
        icc2_low=low if isinstance(low, Inapplicable) else spearman_brown(low, mean_size),
        icc2_high=high if isinstance(high, Inapplicable) else spearman_brown(high, mean_size),
        parts=parts, confidence=confidence,
    )  # fmt: skip


def spearman_brown(reliability: float, times: float) -> float:
    """Reliability of a measure made ``m`` times as long: ``m r / (1 + (m − 1) r)``.

    Parameters
    ----------
    reliability
        Of the measure as it is, at most 1; may be negative as an estimate.
    times
        How many times as long, above zero.

    References
    ----------
    Spearman 1910, British Journal of Psychology 3(3):271-295; Brown 1910, British Journal of Psychology 3(3):296-322.

    Examples
    --------
    >>> round(spearman_brown(0.2, 10), 4)
    0.7143
    """
    return times * reliability / (1 + (times - 1) * reliability)


def sums_of_squares(n: Floats, variance: Floats) -> Floats:
    """Return ``(n − 1) s²``, zero for groups of one member or none."""
    return np.where(n > 1, (n - 1) * variance, 0.0)


def _interval(parts: VarianceParts, size: float, confidence: float) -> tuple[Number, Number]:
    from scipy.special import fdtri

    if parts.ms_within == 0:
        return NO_SCATTER, NO_SCATTER
    if parts.ms_between == 0:
        return NO_DIFFERENCE, NO_DIFFERENCE
    tail = (1 - confidence) / 2
    lower, upper = (parts.f / float(fdtri(parts.df_between, parts.df_within, share)) for share in (1 - tail, tail))
    return (lower - 1) / (lower + size - 1), (upper - 1) / (upper + size - 1)
