"""Intervals of a net score, of several shares at once, and of a difference of two estimates."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence
from servqual.statistics._numbers import FINITE, NOT_NEGATIVE, arrays, reasons
from servqual.statistics.outcomes import MeanTest

# What is added to those against, those between and those for.
_ADDED = np.array([0.75, 1.5, 0.75])


def adjusted_net_interval(shares: npt.ArrayLike, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """Adjusted Wald interval of a net score ``p₊ − p₋``: three respondents are added, and the Wald interval is taken.

    3/4 are added to those for, 3/4 to those against and 3/2 to those between; ``m ± z √((p₊ + p₋ − m²) / (n + 3))`` of
    the shares that result. It has a width also where everybody is on one side.

    Parameters
    ----------
    shares
        Of those against, between and for, summing to one, shape (3,).
    n
        Respondents, or the effective number of them.
    confidence
        Between 0 and 1.

    Returns
    -------
    low, high
        Between −1 and 1.

    References
    ----------
    Rocks 2016, The American Statistician 70(4):365-372 (the variant that adds 3 by 1/4, 1/2, 1/4); Agresti & Coull
    1998, The American Statistician 52(2):119-126.

    Examples
    --------
    >>> low, high = adjusted_net_interval([0.2, 0.3, 0.5], 400)
    >>> round(low, 4), round(high, 4)
    (0.2215, 0.374)
    """
    from scipy.special import ndtri

    check_confidence(confidence)
    counts = np.asarray(shares, np.float64) * n + _ADDED
    against, _, favour = (counts / counts.sum()).tolist()
    centre = favour - against
    reach = float(ndtri((1 + confidence) / 2)) * float(np.sqrt((favour + against - centre**2) / (n + 3)))
    return max(centre - reach, -1.0), min(centre + reach, 1.0)


def goodman_interval(counts: npt.ArrayLike, n: float | None = None, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Simultaneous intervals of the shares of a multinomial: all hold together with the confidence, or more.

    Wilson's interval of each with ``z²`` the chi-squared quantile at ``1 − (1 − confidence) / k`` on one degree of
    freedom, k classes.

    Parameters
    ----------
    counts
        How many are in each class, shape (k,); fractions are allowed.
    n
        Their sum, where it is an effective number; counts are taken in proportion then.
    confidence
        Of all intervals together.

    Returns
    -------
    low, high
        Shape (k,).

    References
    ----------
    Goodman 1965, Technometrics 7(2):247-254.

    Examples
    --------
    >>> low, high = goodman_interval([10, 30, 60])
    >>> low.round(3), high.round(3)
    (array([0.049, 0.204, 0.48 ]), array([0.195, 0.418, 0.709]))
    """
    from servqual.statistics.intervals import wilson_interval

    check_confidence(confidence)
    given = np.asarray(counts, np.float64)
    if given.ndim != 1 or not given.size or (given < 0).any():
        raise ArgumentError(Problem("counts", f"shape {given.shape}", "counts of classes are zero or more, shape (k,)"))
    total = given.sum() if n is None else n
    scaled = np.clip(given * (total / given.sum()), 0, total) if given.sum() else given
    low, high = wilson_interval(scaled, total, 1 - (1 - confidence) / given.size)
    return low, high


def z_difference(
    estimates: tuple[npt.ArrayLike, npt.ArrayLike], errors: tuple[npt.ArrayLike, npt.ArrayLike]
) -> MeanTest:
    """Z test of the difference of two independent estimates, second minus first: ``z = (b − a) / √(se_a² + se_b²)``.

    Parameters
    ----------
    estimates, errors
        First and second, with their standard errors; numbers, or arrays that broadcast together.

    Returns
    -------
    MeanTest
        Inapplicable where neither has an error.

    Raises
    ------
    ArgumentError
        If an error is negative, or shapes do not fit.
    """
    from scipy.special import ndtr

    first, second, one, two = arrays(
        first=(estimates[0], FINITE),
        second=(estimates[1], FINITE),
        first_se=(errors[0], NOT_NEGATIVE),
        second_se=(errors[1], NOT_NEGATIVE),
    )
    se = np.hypot(one, two)
    why = reasons(
        (np.isnan(first) | np.isnan(second) | np.isnan(se), "an estimate or its error is missing"),
        (se == 0, "no variation: everybody answered alike on both sides"),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(why == "", (second - first) / se, np.nan)
    null, infinite = "the difference is 0", np.full(z.shape, np.inf)
    return MeanTest(
        statistic=z, df=infinite, p=2 * ndtr(-np.abs(z)), null=null, method="z test of a difference", reason=why,
        estimate=second - first, se=se,
    )  # fmt: skip


def recovered_difference(first: tuple[float, float, float], second: tuple[float, float, float]) -> tuple[float, float]:
    """Interval of a difference, second minus first, recovered from the interval of each (MOVER).

    ``d − √((b − l_b)² + (u_a − a)²)`` to ``d + √((u_b − b)² + (a − l_a)²)``. Of two Wilson intervals it is Newcombe's.

    Parameters
    ----------
    first, second
        Estimate, low and high of each; independent of each other.

    Returns
    -------
    low, high
        NaN where one is missing.

    References
    ----------
    Newcombe 1998, Statistics in Medicine 17(8):873-890, method 10; Zou & Donner 2008, Statistics in Medicine
    27(10):1693-1702.

    Examples
    --------
    >>> from servqual.statistics import wilson_interval
    >>> low, high = recovered_difference((48 / 80, *wilson_interval(48, 80)), (56 / 70, *wilson_interval(56, 70)))
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    (a, low_a, high_a), (b, low_b, high_b) = first, second
    return b - a - float(np.hypot(b - low_b, high_a - a)), b - a + float(np.hypot(high_b - b, a - low_a))
