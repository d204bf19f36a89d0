"""Confidence intervals of standardised mean differences."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze
from servqual.statistics._arguments import check_confidence
from servqual.statistics._numbers import CORRELATION, FINITE, NOT_NEGATIVE, arrays


def dz_interval(dz: npt.ArrayLike, n: npt.ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Confidence interval of ``d_z`` through the noncentral t distribution: exact for normal differences.

    The ends are the noncentralities under which ``t = d_z √n`` would be the upper and the lower
    ``(1 − confidence) / 2`` quantile on ``n − 1`` degrees of freedom, divided by ``√n``.

    Parameters
    ----------
    dz, n
        Effect sizes and numbers of pairs; numbers, or arrays that broadcast together.
    confidence
        Between 0 and 1.

    Returns
    -------
    low, high
        Of the common shape; NaN for fewer than two pairs.

    Raises
    ------
    ArgumentError
        If ``n`` is negative, shapes do not fit, or the confidence does not lie between 0 and 1.

    References
    ----------
    Steiger & Fouladi 1997, in Harlow, Mulaik & Steiger (eds), What If There Were No Significance Tests?, Erlbaum,
    221-257; Cumming & Finch 2001, Educational and Psychological Measurement 61(4):532-574.

    Examples
    --------
    >>> low, high = dz_interval(0.5, 30)
    >>> round(float(low), 4), round(float(high), 4)
    (0.1161, 0.8763)
    """
    effect, count = arrays(dz=(dz, FINITE), n=(n, NOT_NEGATIVE))
    return _noncentral(effect, 1 / np.sqrt(_above(count, 1)), count - 1, confidence)


def ds_interval(
    ds: npt.ArrayLike, n1: npt.ArrayLike, n2: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Confidence interval of ``d_s`` through the noncentral t distribution: exact for normal answers of equal variance.

    As `dz_interval`, with ``t = d_s / √(1 / n1 + 1 / n2)`` on ``n1 + n2 − 2`` degrees of freedom.

    Parameters
    ----------
    ds, n1, n2
        Effect sizes and numbers of answers of the samples; numbers, or arrays that broadcast together.
    confidence
        Between 0 and 1.

    Returns
    -------
    low, high
        Of the common shape; NaN where a sample has fewer than two answers.

    Raises
    ------
    ArgumentError
        If a number is negative, shapes do not fit, or the confidence does not lie between 0 and 1.

    References
    ----------
    Steiger & Fouladi 1997, in Harlow, Mulaik & Steiger (eds), What If There Were No Significance Tests?, Erlbaum,
    221-257; Cumming & Finch 2001, Educational and Psychological Measurement 61(4):532-574.

    Examples
    --------
    >>> low, high = ds_interval(0.5, 30, 30)
    >>> round(float(low), 4), round(float(high), 4)
    (-0.0162, 1.0121)
    """
    effect, first, second = arrays(ds=(ds, FINITE), n1=(n1, NOT_NEGATIVE), n2=(n2, NOT_NEGATIVE))
    scale = np.sqrt(1 / _above(first, 1) + 1 / _above(second, 1))
    return _noncentral(effect, scale, first + second - 2, confidence)


def dav_interval(
    mean_difference: npt.ArrayLike,
    sd1: npt.ArrayLike,
    sd2: npt.ArrayLike,
    correlation: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    confidence: float = 0.95,
) -> tuple[Floats, Floats]:
    """Bonett's confidence interval of ``d_av`` by the root of the mean variance; variances may differ.

    ``d ± z √( d² (s1⁴ + s2⁴ + 2 r² s1² s2²) / (8 df s⁴) + s_d² / (df s²) )`` with ``s² = (s1² + s2²) / 2``, ``s_d²``
    the variance of the differences and ``df = n − 1``.

    Parameters
    ----------
    mean_difference, sd1, sd2, correlation, n
        Mean of the differences, standard deviations and correlation of the measures, and number of pairs; numbers, or
        arrays that broadcast together.
    confidence
        Between 0 and 1.

    Returns
    -------
    low, high
        Of the common shape; NaN for fewer than two pairs and where neither measure varies.

    Raises
    ------
    ArgumentError
        If a number is outside its range, shapes do not fit, or the confidence does not lie between 0 and 1.

    References
    ----------
    Bonett 2008, Psychological Methods 13(2):99-109.

    Examples
    --------
    >>> low, high = dav_interval(110.4 - 102.1, 15.3, 14.6, 0.75, 25)
    >>> round(float(low), 4), round(float(high), 4)
    (0.2395, 0.8706)
    """
    from scipy.special import ndtri

    check_confidence(confidence)
    centre, first, second, r, count = arrays(
        mean_difference=(mean_difference, FINITE),
        sd1=(sd1, NOT_NEGATIVE),
        sd2=(sd2, NOT_NEGATIVE),
        correlation=(correlation, CORRELATION),
        n=(n, NOT_NEGATIVE),
    )
    average = _above((first**2 + second**2) / 2, 0)
    degrees = _above(count, 1) - 1
    effect, of_difference = centre / np.sqrt(average), (first - second) ** 2 + 2 * (1 - r) * first * second
    fourth = first**4 + second**4 + 2 * r**2 * first**2 * second**2
    error = np.sqrt(effect**2 * fourth / (8 * degrees * average**2) + of_difference / (degrees * average))
    reach = float(ndtri((1 + confidence) / 2)) * error
    return freeze(np.asarray(effect - reach)), freeze(np.asarray(effect + reach))


def _above(values: Floats, limit: float) -> Floats:
    return np.where(values > limit, values, np.nan)


def _noncentral(effect: Floats, scale: Floats, df: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Return the effects, in units of ``scale``, under which t lies at either end of its central part."""
    check_confidence(confidence)
    t, tail = np.abs(effect) / scale, (1 - confidence) / 2
    # asked for positive t only, and turned: the distribution function is the more exact one there
    low, high = (scale * _noncentrality(t, df, p) for p in (1 - tail, tail))
    turned = effect < 0
    return freeze(np.where(turned, -high, low)), freeze(np.where(turned, -low, high))


def _noncentrality(t: Floats, df: Floats, p: float) -> Floats:
    """Return the noncentrality under which a share ``p`` lies below ``t``, which is not negative."""
    from scipy.special import nctdtr, nctdtrinc, ndtri

    def excess(noncentrality: Floats) -> Floats:
        return np.asarray(ndtri(nctdtr(df, noncentrality, t)) - ndtri(p))

    # the inverse is only near, and takes small t for 0; on the normal scale the function is almost straight
    found = np.asarray(nctdtrinc(df, p, t))
    step = 1e-3 * np.minimum(1 + np.abs(found), np.sqrt(1 + t * t / (2 * df)))
    slope = (excess(found + step) - excess(found - step)) / (2 * step)
    for _ in range(3):
        found = found - excess(found) / slope
    return found
