"""Correlations or covariances of columns with gaps, by a named rule, from sums over pairs of columns."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors.problems import unknown_word
from servqual.labels import Label
from servqual.statistics._arguments import ArgumentError

# of its second moment about the origin, and of the origin: a variance below these shares is rounding
_NOTHING = 1e-12


class Metric(StrEnum):
    """In which units indicators enter: what is analysed is a matrix of correlations, or one of covariances.

    CORRELATIONS
        Each indicator in standard deviations: all have the same say.
    COVARIANCES
        Each as it was asked: one that varies more has more say. It needs indicators on one scale.
    """

    CORRELATIONS = "correlations"
    COVARIANCES = "covariances"

    @property
    def label(self) -> Label:
        """The name in English and Chinese."""
        return _METRICS[self]

    @classmethod
    def _missing_(cls, value: object) -> Metric:
        raise ArgumentError(unknown_word("metric", value, cls))


class MissingRule(StrEnum):
    """What becomes of missing answers.

    PAIRWISE
        Each pair of columns is related over the rows that have both; the matrix need not be positive definite.
    LISTWISE
        Rows with a missing answer are left out.
    MEAN
        The mean of its column stands in the place of a missing answer; columns then vary and correlate too little.

    References
    ----------
    Little & Rubin 2019, Statistical Analysis with Missing Data, 3rd ed., Wiley, chapters 3 and 4.
    """

    PAIRWISE = "pairwise"
    LISTWISE = "listwise"
    MEAN = "mean"

    @property
    def label(self) -> Label:
        """The rule in English and Chinese."""
        return _RULES[self]

    @classmethod
    def _missing_(cls, value: object) -> MissingRule:
        raise ArgumentError(unknown_word("missing", value, cls))


_METRICS = {
    Metric.CORRELATIONS: Label("correlations (standardised indicators)", "相关矩阵（指标标准化）"),
    Metric.COVARIANCES: Label("covariances (indicators in their own units)", "协方差矩阵（指标原单位）"),
}
_RULES = {
    MissingRule.PAIRWISE: Label("each pair of items over those who answered both", "成对删除：每对题目用两题均作答者"),
    MissingRule.LISTWISE: Label("only those who answered all items", "成列删除：只用全部作答者"),
    MissingRule.MEAN: Label("the item's mean in the place of a missing answer", "均值替代缺失答案"),
}


class PairSums(Protocol):
    """Sums over pairs of columns about an origin, as `CrossProducts` has them, or of a stack of resamples."""

    @property
    def origin(self) -> Floats:
        """What is subtracted from each column, shape (p,)."""

    @property
    def weight(self) -> Floats:
        """``Σ w v_i v_j``, shape (…, p, p)."""

    @property
    def sum1(self) -> Floats:
        """``Σ w d_i v_j``, shape (…, p, p)."""

    @property
    def square(self) -> Floats:
        """``Σ w d_i² v_j``, shape (…, p, p)."""

    @property
    def sum2(self) -> Floats:
        """``Σ w d_i d_j``, shape (…, p, p)."""

    @property
    def complete(self) -> bool:
        """Whether no answer is missing."""


@frozen(eq=False)
class PairMatrices:
    """What columns look like under a rule: matrices (…, p, p), with means and standard deviations (…, p).

    Divisors are sums of weights. Columns that do not vary have a standard deviation of zero, and so on the diagonal.
    """

    matrices: Floats
    means: Floats
    sds: Floats


def ruled_matrices(sums: PairSums, metric: Metric, missing: MissingRule, total: Floats | float) -> PairMatrices:
    """Return correlations or covariances of columns, with divisor Σw, and their means and standard deviations.

    Parameters
    ----------
    sums
        Of the rows that the rule leaves.
    metric, missing
        What is made of them; for listwise deletion there are no gaps left, and all rules agree.
    total
        ``Σw`` of all rows, answered or not, shape (…).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        own = [np.diagonal(each, axis1=-2, axis2=-1) for each in (sums.weight, sums.sum1, sums.square)]
        centre, second = own[1] / own[0], own[2] / own[0]
        variance = second - centre**2
        least = _NOTHING * second + (1e-10 * sums.origin) ** 2
        variance = np.where(variance > least, variance, 0.0)
        if missing is MissingRule.MEAN:
            variance = variance * own[0] / np.asarray(total)[..., None]
        if missing is MissingRule.PAIRWISE and not sums.complete and metric is Metric.CORRELATIONS:
            table = _pairwise(sums)
        else:
            table = _covariances(sums, centre, missing, np.asarray(total)[..., None, None])
            table = _scaled(table, np.sqrt(variance)) if metric is Metric.CORRELATIONS else table
    table = _with_diagonal(table, np.where(variance > 0, 1.0, 0.0) if metric is Metric.CORRELATIONS else variance)
    return PairMatrices(table, sums.origin + centre, np.sqrt(variance))


def _covariances(sums: PairSums, centre: Floats, missing: MissingRule, total: Floats) -> Floats:
    if sums.complete:
        return sums.sum2 / total - centre[..., :, None] * centre[..., None, :]
    if missing is MissingRule.MEAN:
        return _filled(sums, centre, total)
    return sums.sum2 / sums.weight - sums.sum1 * np.swapaxes(sums.sum1, -1, -2) / sums.weight**2


def _pairwise(sums: PairSums) -> Floats:
    """Return correlations in which each pair has its own means and variances."""
    around = sums.weight * sums.sum2 - sums.sum1 * np.swapaxes(sums.sum1, -1, -2)
    spread = np.sqrt(np.maximum(sums.weight * sums.square - sums.sum1**2, 0.0))
    return around / (spread * np.swapaxes(spread, -1, -2))


def _filled(sums: PairSums, centre: Floats, total: Floats) -> Floats:
    """Return covariances with means in the place of what is missing."""
    turned = np.swapaxes(sums.sum1, -1, -2)
    across, down = centre[..., None, :], centre[..., :, None]
    return (sums.sum2 - down * turned - across * sums.sum1 + down * across * sums.weight) / total


def _scaled(table: Floats, sd: Floats) -> Floats:
    each = 1 / np.where(sd > 0, sd, np.nan)
    return table * each[..., :, None] * each[..., None, :]


def _with_diagonal(table: Floats, diagonal: Floats) -> Floats:
    """Return a symmetric table with this diagonal."""
    result = (table + np.swapaxes(table, -1, -2)) / 2
    places = np.arange(table.shape[-1])
    result[..., places, places] = diagonal
    return result
