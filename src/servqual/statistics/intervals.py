"""Intervals for means and shares, and the degrees of freedom that go with unequal variances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray, Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence


@overload
def student_interval(mean: float, se: float, df: float, confidence: float = 0.95) -> tuple[float, float]: ...
@overload
def student_interval(
    mean: npt.ArrayLike, se: npt.ArrayLike, df: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats]: ...
def student_interval(
    mean: npt.ArrayLike, se: npt.ArrayLike, df: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Any, Any]:
    """Student's t interval of a mean: ``mean ± t · se``, with ``t`` the ``(1 + confidence) / 2`` quantile on ``df``.

    Parameters
    ----------
    mean, se, df
        Estimates, their standard errors (zero or more) and degrees of freedom (above zero, fractions allowed; infinite
        gives the normal interval); numbers, or arrays that broadcast together.
    confidence
        Between 0 and 1.

    Returns
    -------
    low, high
        Numbers for numbers, else arrays; NaN where an input is NaN or ``df`` is not above zero.

    Raises
    ------
    ArgumentError
        If the confidence does not lie between 0 and 1.

    References
    ----------
    Student 1908, Biometrika 6(1):1-25.

    Examples
    --------
    >>> low, high = student_interval(5.0, 0.5, 9)
    >>> round(low, 3), round(high, 3)
    (3.869, 6.131)
    """
    from scipy.special import stdtrit

    check_confidence(confidence)
    centre, degrees = np.asarray(mean, dtype=np.float64), np.asarray(df, dtype=np.float64)
    quantile = stdtrit(np.where(degrees > 0, degrees, np.nan), (1 + confidence) / 2)
    reach = quantile * np.asarray(se, dtype=np.float64)
    return _plain(centre - reach), _plain(centre + reach)


@overload
def wilson_interval(successes: float, n: float, confidence: float = 0.95) -> tuple[float, float]: ...
@overload
def wilson_interval(successes: npt.ArrayLike, n: npt.ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]: ...
def wilson_interval(successes: npt.ArrayLike, n: npt.ArrayLike, confidence: float = 0.95) -> tuple[Any, Any]:
    """Wilson's score interval of a share, which stays within 0 and 1 and has no width of zero at the ends.

    ``(p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)`` with ``p = successes / n`` and ``z`` the normal quantile
    at ``(1 + confidence) / 2``; no continuity correction.

    Parameters
    ----------
    successes, n
        How many of how many, numbers or arrays that broadcast together; fractions are allowed, so that ``n`` may be an
        effective sample size.
    confidence
        Between 0 and 1.

    Returns
    -------
    low, high
        Numbers for numbers, else arrays, between 0 and 1; NaN where ``n`` is zero.

    Raises
    ------
    ArgumentError
        If the confidence does not lie between 0 and 1, or successes do not lie between 0 and ``n``.

    References
    ----------
    Wilson 1927, Journal of the American Statistical Association 22(158):209-212; Brown, Cai & DasGupta 2001,
    Statistical Science 16(2):101-133.

    Examples
    --------
    >>> low, high = wilson_interval(8, 10)
    >>> round(low, 3), round(high, 3)
    (0.49, 0.943)
    """
    from scipy.special import ndtri

    check_confidence(confidence)
    hits, total = np.asarray(successes, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if np.any((hits < 0) | (hits > total)):
        raise ArgumentError(Problem("successes", "some below 0 or above n", "successes lie between 0 and n"))
    z2 = float(ndtri((1 + confidence) / 2)) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / total
        centre = (hits + z2 / 2) / (total + z2)
        reach = np.sqrt(z2 * (hits * (1 - share) + z2 / 4)) / (total + z2)
        # exact where everybody succeeds, or nobody; the lower end by the product of the roots, for a difference of two
        # numbers that are nearly equal could fall below zero
        high = np.where(hits == total, share, np.minimum(centre + reach, 1.0))
        low = np.where(hits == 0, 0.0 * share, hits * share / ((total + z2) * (centre + reach)))
    return _plain(low), _plain(high)


@overload
def welch_degrees_of_freedom(variances_of_means: Sequence[float], dfs: Sequence[float]) -> float: ...
@overload
def welch_degrees_of_freedom(variances_of_means: npt.ArrayLike, dfs: npt.ArrayLike) -> float | Floats: ...
def welch_degrees_of_freedom(variances_of_means: npt.ArrayLike, dfs: npt.ArrayLike) -> float | Floats:
    """Welch and Satterthwaite's degrees of freedom of a sum of independent variances: ``(Σv)² / Σ(v² / df)``.

    Parameters
    ----------
    variances_of_means
        Squared standard errors, one for each sample along the first axis, shape (samples, …).
    dfs
        Degrees of freedom of each, above zero, of a shape that broadcasts with it.

    Returns
    -------
    float or array
        Shape (…); between the least and the sum of ``dfs``. NaN where all variances are zero or one is missing.

    References
    ----------
    Satterthwaite 1946, Biometrics Bulletin 2(6):110-114; Welch 1947, Biometrika 34(1-2):28-35.

    Examples
    --------
    >>> welch_degrees_of_freedom([0.2, 0.2], [9, 9])
    18.0
    """
    parts = np.asarray(variances_of_means, dtype=np.float64)
    degrees = np.asarray(dfs, dtype=np.float64)
    if parts.ndim == 0:
        raise ArgumentError(Problem("variances_of_means", "one number", "samples lie along the first axis"))
    with np.errstate(divide="ignore", invalid="ignore"):
        # in shares of the whole, so that tiny variances do not vanish when squared
        shares = parts / parts.sum(axis=0)
        return _plain(1 / (shares**2 / np.where(degrees > 0, degrees, np.nan)).sum(axis=0))


def _plain(values: AnyArray) -> float | Floats:
    return values if np.ndim(values) else float(values)
