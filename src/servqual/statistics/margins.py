"""Margins of error of means and shares, for planning, with finite populations and clusters."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence
from servqual.statistics._numbers import AT_LEAST_ONE, NOT_NEGATIVE, POSITIVE, SHARE, Asked, arrays


def margin_of_error_mean(
    sd: npt.ArrayLike,
    n: npt.ArrayLike,
    confidence: float = 0.95,
    *,
    population: npt.ArrayLike | None = None,
    design_effect: npt.ArrayLike = 1.0,
) -> Floats:
    """Margin of error of a mean: ``z sd √(deff / n) √((N − n) / (N − 1))``, half the width of its interval.

    Parameters
    ----------
    sd
        Standard deviation, zero or more.
    n
        Answers, one or more.
    confidence
        Between 0 and 1.
    population
        Members of the population, at least ``n``; None for a large one, whose last factor is 1.
    design_effect
        By what the variance is larger than in a simple random sample.

    Returns
    -------
    Floats
        Of the shape that the arguments broadcast to, in the units of ``sd``; zero where everybody answered.

    Raises
    ------
    ArgumentError
        If a number is outside its range, or shapes do not fit.

    References
    ----------
    Cochran 1977, Sampling Techniques, 3rd ed., Wiley, section 2.8.

    Examples
    --------
    >>> round(float(margin_of_error_mean(1.5, 217)), 4)
    0.1996
    """
    return _margin({"sd": (sd, NOT_NEGATIVE)}, n, confidence, population, design_effect)


def margin_of_error_share(
    share: npt.ArrayLike,
    n: npt.ArrayLike,
    confidence: float = 0.95,
    *,
    population: npt.ArrayLike | None = None,
    design_effect: npt.ArrayLike = 1.0,
) -> Floats:
    """Margin of error of a share: ``z √(p (1 − p) deff / n) √((N − n) / (N − 1))``, half the width of Wald's interval.

    For planning; the interval of a share that was found is better taken from `wilson_interval`.

    Parameters
    ----------
    share
        Between 0 and 1; the margin is greatest at one half.
    n
        Answers, one or more.
    confidence
        Between 0 and 1.
    population
        Members of the population, at least ``n``; None for a large one, whose last factor is 1.
    design_effect
        By what the variance is larger than in a simple random sample.

    Returns
    -------
    Floats
        Of the shape that the arguments broadcast to; zero where everybody answered.

    Raises
    ------
    ArgumentError
        If a number is outside its range, or shapes do not fit.

    References
    ----------
    Cochran 1977, Sampling Techniques, 3rd ed., Wiley, section 3.2.

    Examples
    --------
    >>> margin_of_error_share(0.5, [100, 400, 1600]).round(3)
    array([0.098, 0.049, 0.024])
    """
    return _margin({"share": (share, SHARE)}, n, confidence, population, design_effect)


def _margin(
    first: dict[str, Asked],
    n: npt.ArrayLike,
    confidence: float,
    population: npt.ArrayLike | None,
    design_effect: npt.ArrayLike,
) -> Floats:
    from scipy.special import ndtri

    check_confidence(confidence)
    asked = {**first, "n": (n, AT_LEAST_ONE), "design_effect": (design_effect, POSITIVE)}
    if population is not None:
        asked["population"] = (population, AT_LEAST_ONE)
    value, count, larger, *members = arrays(**asked)
    spread = np.sqrt(value * (1 - value)) if "share" in first else value
    margin = float(ndtri((1 + confidence) / 2)) * spread * np.sqrt(larger / count)
    for size in members:
        if (size < count).any():
            raise ArgumentError(Problem("n", "some above the population", "no more can answer than there are"))
        margin = margin * np.sqrt((size - count) / np.where(size > 1, size - 1, 1.0))
    return freeze(np.asarray(margin))
