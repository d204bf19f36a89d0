"""Exact intervals of counts: of a share by the binomial distribution, of a rate by Poisson's."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray
from servqual.statistics._arguments import check_confidence
from servqual.statistics._numbers import NOT_NEGATIVE, POSITIVE, Range, arrays


def clopper_pearson_interval(successes: npt.ArrayLike, n: npt.ArrayLike, confidence: float = 0.95) -> tuple[Any, Any]:
    """Exact interval of a share (Clopper and Pearson): the shares under which the count is in neither tail.

    ``B((1 − c) / 2; k, n − k + 1)`` to ``B((1 + c) / 2; k + 1, n − k)`` with ``B`` the quantile of the beta
    distribution; it covers at least the confidence, mostly more.

    Parameters
    ----------
    successes, n
        How many of how many; fractions are allowed, so that ``n`` may be an effective number.
    confidence
        Between 0 and 1.

    Returns
    -------
    low, high
        Numbers for numbers, else arrays, between 0 and 1; NaN where ``n`` is zero.

    Raises
    ------
    ArgumentError
        Counts below zero or above ``n``, a confidence outside 0 to 1.

    References
    ----------
    Clopper & Pearson 1934, Biometrika 26(4):404-413.

    Examples
    --------
    >>> low, high = clopper_pearson_interval(8, 10)
    >>> round(low, 3), round(high, 3)
    (0.444, 0.975)
    """
    from scipy.special import betaincinv

    check_confidence(confidence)
    (total,) = arrays(n=(n, NOT_NEGATIVE))
    within = Range(lambda k: (k >= 0) & (k <= total * (1 + 1e-12)), "it lies between 0 and n")
    hits, total = arrays(successes=(successes, within), n=(total, NOT_NEGATIVE))
    hits = np.minimum(hits, total)
    tail, there = (1 - confidence) / 2, total > 0
    low = betaincinv(np.where(hits > 0, hits, 1.0), total - hits + 1, tail)
    high = betaincinv(hits + 1, np.where(hits < total, total - hits, 1.0), 1 - tail)
    low, high = np.where(hits > 0, low, 0.0 * hits), np.where(hits < total, high, 1.0 + 0.0 * hits)
    return _plain(np.where(there, low, np.nan)), _plain(np.where(there, high, np.nan))


def poisson_interval(events: npt.ArrayLike, exposure: npt.ArrayLike = 1.0, confidence: float = 0.95) -> tuple[Any, Any]:
    """Exact interval of a rate of events (Garwood): ``χ²((1 − c) / 2; 2k) / 2T`` to ``χ²((1 + c) / 2; 2k + 2) / 2T``.

    Parameters
    ----------
    events
        How many there were, ``k``.
    exposure
        How long, or of how many, ``T``, above zero.
    confidence
        Between 0 and 1.

    Returns
    -------
    low, high
        Events for each unit of exposure; numbers for numbers, else arrays.

    Raises
    ------
    ArgumentError
        Counts below zero, exposures that are not above zero, a confidence outside 0 to 1.

    References
    ----------
    Garwood 1936, Biometrika 28(3/4):437-442.

    Examples
    --------
    >>> low, high = poisson_interval(10, 2.0)
    >>> round(low, 3), round(high, 3)
    (2.398, 9.195)
    """
    from scipy.special import gammaincinv

    check_confidence(confidence)
    count, time = arrays(events=(events, NOT_NEGATIVE), exposure=(exposure, POSITIVE))
    tail = (1 - confidence) / 2
    low = np.where(count > 0, gammaincinv(np.where(count > 0, count, 1.0), tail), 0.0 * count)
    return _plain(low / time), _plain(gammaincinv(count + 1, 1 - tail) / time)


def _plain(values: AnyArray) -> Any:
    return values if np.ndim(values) else float(values)
