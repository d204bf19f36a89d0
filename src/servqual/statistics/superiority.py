"""Probability of superiority: how often one answer exceeds another, within persons and between samples."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence
from servqual.statistics._distributions import same_shape, values_of
from servqual.statistics._numbers import NOT_NEGATIVE, POSITIVE, arrays, whole

_REMEDY = "for sums of sampling weights pass the effective number of answers as n="


def probability_superiority(values: npt.ArrayLike, counts: npt.ArrayLike) -> Floats:
    """Share of persons whose difference is above zero, and half of those whose difference is zero.

    The common-language effect size of paired answers: with perception minus expectation, how many perceive more than
    they expected. 0.5 where as many differ in either direction.

    Parameters
    ----------
    values
        The differences that occur, increasing, shape (k,).
    counts
        How many persons had each, or sums of their weights, zero or more, shape (k,) or (…, k).

    Returns
    -------
    Floats
        Shape of ``counts`` without its last axis, between 0 and 1; NaN without answers.

    Raises
    ------
    ArgumentError
        If values do not increase, counts are negative, or shapes do not fit.

    References
    ----------
    Grissom & Kim 2012, Effect Sizes for Research, 2nd ed., Routledge, chapter 5; McGraw & Wong 1992, Psychological
    Bulletin 111(2):361-365.

    Examples
    --------
    >>> float(probability_superiority([-1, 0, 1], [50, 30, 20]))
    0.35
    """
    points = values_of(values)
    shares = _shares("counts", counts, points.size)
    return _known(points, shares @ ((points > 0) + 0.5 * (points == 0)))


def superiority_interval(
    values: npt.ArrayLike, counts: npt.ArrayLike, confidence: float = 0.95, n: npt.ArrayLike | None = None
) -> tuple[Floats, Floats]:
    """Confidence interval of `probability_superiority`, by Bonett and Price's adjusted Wald interval.

    Twice the probability less one is the difference of two paired proportions, those above and those below zero. One
    answer is added to each, ``p = (f + 1) / (n + 2)``, the interval is ``p₊ − p₋ ± z √((p₊ + p₋ − (p₊ − p₋)²) /
    (n + 2))``, cut off at −1 and 1, and the result is turned back into a probability.

    Parameters
    ----------
    values
        The differences that occur, increasing, shape (k,).
    counts
        How many persons had each, shape (k,) or (…, k); whole numbers unless ``n`` is given.
    confidence
        Between 0 and 1.
    n
        Effective number of persons, where ``counts`` are sums of sampling weights; shape of the result.

    Returns
    -------
    low, high
        Shape of ``counts`` without its last axis, between 0 and 1; NaN without answers.

    Raises
    ------
    ArgumentError
        If values do not increase, counts are not whole, shapes do not fit, or the confidence is none.

    References
    ----------
    Bonett & Price 2012, Journal of Educational and Behavioral Statistics 37(4):479-488.

    Examples
    --------
    >>> low, high = superiority_interval([-1, 0, 1], [50, 30, 20])
    >>> round(float(low), 3), round(float(high), 3)
    (0.277, 0.429)
    """
    from scipy.special import ndtri

    check_confidence(confidence)
    points = values_of(values)
    shares, total = _shares("counts", counts, points.size), _total("counts", counts, n, "n")
    above, below = ((shares @ side * total + 1) / (total + 2) for side in (points > 0, points < 0))
    centre = above - below
    reach = float(ndtri((1 + confidence) / 2)) * np.sqrt((above + below - centre**2) / (total + 2))
    low, high = (np.clip(centre + sign * reach, -1, 1) for sign in (-1, 1))
    return freeze(np.asarray((1 + low) / 2)), freeze(np.asarray((1 + high) / 2))


def probability_superiority_unpaired(values: npt.ArrayLike, counts1: npt.ArrayLike, counts2: npt.ArrayLike) -> Floats:
    """Probability that an answer of the first sample exceeds one of the second, ties by half: ``U / (n1 n2)``.

    The common-language effect size of independent samples, Vargha and Delaney's A, the area under the ROC curve.

    Parameters
    ----------
    values
        The answers that occur, increasing, shape (k,).
    counts1, counts2
        How many gave each in the two samples, or sums of their weights, zero or more, shape (k,) or (…, k).

    Returns
    -------
    Floats
        Shape of the counts without their last axis, between 0 and 1; NaN where a sample has no answers.

    Raises
    ------
    ArgumentError
        If values do not increase, counts are negative, or shapes do not fit.

    References
    ----------
    Vargha & Delaney 2000, Journal of Educational and Behavioral Statistics 25(2):101-132.

    Examples
    --------
    >>> round(float(probability_superiority_unpaired([1, 2, 3], [10, 20, 30], [20, 20, 20])), 6)
    0.611111
    """
    points = values_of(values)
    first, second = _shares("counts1", counts1, points.size), _shares("counts2", counts2, points.size)
    same_shape(first, second)
    return _known(points, (first * (np.cumsum(second, axis=-1) - second / 2)).sum(axis=-1))


def superiority_interval_unpaired(
    values: npt.ArrayLike,
    counts1: npt.ArrayLike,
    counts2: npt.ArrayLike,
    confidence: float = 0.95,
    n: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
) -> tuple[Floats, Floats]:
    """Confidence interval of `probability_superiority_unpaired`, by Newcombe's method 5.

    All ``θ`` with ``|A − θ| ≤ z √V(θ)``, where ``V(θ) = θ (1 − θ) (1 + N ((1 − θ) / (2 − θ) + θ / (1 + θ))) / (n1 n2)``
    is Hanley and McNeil's variance with ``N = (n1 + n2) / 2 − 1``. It stays within 0 and 1 and has width where the
    samples do not overlap. Ties make it somewhat wider than it need be. Simulated 95 % intervals on items of seven
    points held the truth in 92 to 98 % for samples of one size, but in 90 % where the smaller of two samples, of 20
    and 60, was by far the more spread.

    Parameters
    ----------
    values
        The answers that occur, increasing, shape (k,).
    counts1, counts2
        How many gave each in the two samples, shape (k,) or (…, k); whole numbers unless ``n`` is given.
    confidence
        Between 0 and 1.
    n
        Effective numbers of answers of both samples, where counts are sums of sampling weights.

    Returns
    -------
    low, high
        Shape of the counts without their last axis, between 0 and 1; NaN where a sample has no answers.

    Raises
    ------
    ArgumentError
        If values do not increase, counts are not whole, shapes do not fit, or the confidence is none.

    References
    ----------
    Newcombe 2006, Statistics in Medicine 25(4):559-573; Hanley & McNeil 1982, Radiology 143(1):29-36.

    Examples
    --------
    >>> low, high = superiority_interval_unpaired([1, 2, 3], [10, 20, 30], [20, 20, 20])
    >>> round(float(low), 3), round(float(high), 3)
    (0.507, 0.704)
    """
    from scipy.special import ndtri

    check_confidence(confidence)
    area = probability_superiority_unpaired(values, counts1, counts2)
    first, second = (None, None) if n is None else n
    n1, n2 = _total("counts1", counts1, first, "n"), _total("counts2", counts2, second, "n")
    z2 = float(ndtri((1 + confidence) / 2)) ** 2
    high = _last_plausible(area, n1, n2, z2)
    # the variance is that of 1 − θ as well, so that the lower end is the upper end of the mirrored samples
    return freeze(np.asarray(1 - _last_plausible(1 - area, n1, n2, z2))), freeze(high)


def _last_plausible(area: Floats, n1: Floats, n2: Floats, z2: float) -> Floats:
    """Return the largest ``θ`` that the area does not contradict, by halving the interval from it to 1."""
    low, high = np.array(area), np.where(np.isnan(area), np.nan, 1.0)
    for _ in range(60):
        middle = (low + high) / 2
        spread = (1 - middle) / (2 - middle) + middle / (1 + middle)
        variance = middle * (1 - middle) * (1 + ((n1 + n2) / 2 - 1) * spread) / (n1 * n2)
        plausible = (middle - area) ** 2 <= z2 * variance
        low, high = np.where(plausible, middle, low), np.where(plausible, high, middle)
    return np.asarray((low + high) / 2)


def _known(points: Floats, probability: npt.ArrayLike) -> Floats:
    """Return the probability, NaN where there are no points and so no answers."""
    return freeze(np.asarray(probability if points.size else np.full(np.shape(probability), np.nan)))


def _shares(place: str, counts: npt.ArrayLike, k: int) -> Floats:
    (given,) = arrays(**{place: (counts, NOT_NEGATIVE)})
    if not given.ndim or given.shape[-1] != k:
        rule = f"the last axis has a count for each of {k} values"
        raise ArgumentError(Problem(place, f"shape {given.shape}", rule))
    total = given.sum(axis=-1, keepdims=True)
    return given / np.where(total > 0, total, np.nan)


def _total(place: str, counts: npt.ArrayLike, n: npt.ArrayLike | None, name: str) -> Floats:
    """Return the number of answers: the effective one if given, else the sum of counts that have to be whole."""
    if n is None:
        return np.asarray(whole(place, counts, _REMEDY).sum(axis=-1))
    (given,) = arrays(**{name: (n, POSITIVE)})
    return given
