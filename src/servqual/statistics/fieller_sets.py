"""Fieller's set of a ratio of two means, and whether it has an end."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.statistics._numbers import FINITE, FREEDOM, NOT_NEGATIVE, arrays
from servqual.statistics.intervals import student_interval

# What rounding leaves of a difference of two products, in parts of the larger.
_PRODUCTS = 1e-12


def fieller_interval(  # noqa: PLR0917 - a ratio of two means, in the order of the formula
    top: npt.ArrayLike,
    bottom: npt.ArrayLike,
    squared_errors: tuple[npt.ArrayLike, npt.ArrayLike],
    covariance: npt.ArrayLike,
    df: npt.ArrayLike,
    confidence: float = 0.95,
) -> tuple[Floats, Floats]:
    """Fieller's interval of a ratio of two means ``a / b``, low and high; NaN where the set has no end.

    All ``R`` for which ``a − R b`` is not refused by a t test on its own error: the roots of
    ``(b² − t² v_b) R² − 2 (a b − t² c) R + (a² − t² v_a) = 0``, with squared errors ``v_a, v_b`` and the covariance
    ``c`` of the two means. The set is an interval exactly where ``b`` itself is refused to be zero, ``b² > t² v_b``;
    else it is the whole line or two half-lines.

    Parameters
    ----------
    top, bottom
        Means ``a`` and ``b``; numbers, or arrays that broadcast together, as all that follows. NaN is missing.
    squared_errors
        ``v_a`` and ``v_b``, zero or more.
    covariance
        ``c``, of either sign; zero for means of different people.
    df
        Degrees of freedom of the t quantile; infinite gives the normal one.
    confidence
        Between 0 and 1.

    Returns
    -------
    low, high
        Of the common shape.

    Raises
    ------
    ArgumentError
        A negative squared error, shapes that do not fit, a confidence outside 0 and 1.

    References
    ----------
    Fieller 1954, Journal of the Royal Statistical Society B 16(2):175-185.

    Examples
    --------
    >>> low, high = fieller_interval(2.0, 4.0, (0.25, 0.25), 0.0, float("inf"))
    >>> round(float(low), 3), round(float(high), 3)
    (0.248, 0.816)
    """
    above, below, spread_above, spread_below, joint, degrees = arrays(
        top=(top, FINITE), bottom=(bottom, FINITE), top_squared_error=(squared_errors[0], NOT_NEGATIVE),
        bottom_squared_error=(squared_errors[1], NOT_NEGATIVE), covariance=(covariance, FINITE), df=(df, FREEDOM),
    )  # fmt: skip
    reach = np.asarray(student_interval(np.zeros(np.shape(degrees)), 1.0, degrees, confidence)[1]) ** 2
    square = below**2 - reach * spread_below
    half = above * below - reach * joint
    rest = above**2 - reach * spread_above
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = half**2 - square * rest
        # where both means are proportional the ends meet, and what rounding leaves has no root
        root = np.sqrt(np.where(apart <= _PRODUCTS * (half**2 + np.abs(square * rest)), 0.0, apart))
        low, high = ((half + sign * root) / square for sign in (-1, 1))
    return np.where(square > 0, low, np.nan), np.where(square > 0, high, np.nan)
