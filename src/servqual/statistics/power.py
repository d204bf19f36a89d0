"""Power and sample size of the paired t test, and sample sizes for Cronbach's alpha."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence
from servqual.statistics._numbers import FINITE, INSIDE, NOT_NEGATIVE, POSITIVE, Range, arrays, single
from servqual.statistics.plans import Plan, up

_NOT_ZERO = Range(lambda x: np.isfinite(x) & (x != 0), "it is finite and not zero")
_BELOW_ONE = Range(lambda x: np.isfinite(x) & (x < 1), "it is below 1")
_TWO_OR_MORE = Range(lambda x: np.isfinite(x) & (x >= 2), "it is finite and two or more")
# from here on the t distribution differs from the normal one by less than the sizes are known to
_MANY = 1e7


def power_paired_t(dz: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.05) -> Floats:
    """Power of the two-sided paired t test: how likely it is to reject in the direction of the effect.

    ``1 − F(t)`` with ``F`` the noncentral t distribution on ``n − 1`` degrees of freedom with noncentrality
    ``|dz| √n``, and ``t`` the two-sided critical value. To reject in the wrong direction is not counted as success; it
    is the default of R's ``power.t.test``, and less than the power of programs that count both tails by what hardly
    shows above 0.5.

    Parameters
    ----------
    dz, n
        True effect ``d_z`` and number of pairs; numbers, or arrays that broadcast together.
    level
        Level of the test, strictly between 0 and 1.

    Returns
    -------
    Floats
        Of the common shape, from ``level / 2`` to 1; NaN for fewer than two pairs.

    Raises
    ------
    ArgumentError
        If ``n`` is negative, the level is none, or shapes do not fit.

    References
    ----------
    Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., Erlbaum, chapter 2.

    Examples
    --------
    >>> power_paired_t(0.5, [10, 20, 34]).round(3)
    array([0.293, 0.564, 0.808])
    """
    (alpha,) = single(level=(level, INSIDE))
    effect, count = arrays(dz=(dz, FINITE), n=(n, NOT_NEGATIVE))
    return freeze(np.asarray(_power(np.abs(effect), np.where(count >= 2, count, np.nan), alpha)))


def sample_size_paired_t(dz: float, power: float = 0.8, level: float = 0.05) -> Plan:
    """Pairs needed for the two-sided paired t test to find an effect with a given power; see `power_paired_t`.

    Parameters
    ----------
    dz
        The smallest effect ``d_z`` worth finding, other than zero.
    power
        Above ``level / 2`` and below 1.
    level
        Level of the test, strictly between 0 and 1.

    Returns
    -------
    Plan
        Pairs, two at least.

    Raises
    ------
    ArgumentError
        If a number is outside its range.

    References
    ----------
    Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., Erlbaum, chapter 2.

    Examples
    --------
    >>> plan = sample_size_paired_t(0.5)
    >>> plan.n, round(plan.exact, 2)
    (34, 33.37)
    """
    from scipy.optimize import brentq
    from scipy.special import ndtri

    effect, wanted, alpha = single(dz=(dz, _NOT_ZERO), power=(power, INSIDE), level=(level, INSIDE))
    effect = abs(effect)
    if wanted <= alpha / 2:
        raise ArgumentError(Problem("power", f"{wanted:g}", f"it is above half the level, {alpha / 2:g}"))
    words = (f"effect dz {effect:g}", f"power {wanted:g}", f"level {alpha:g}, two-sided", "normal differences")
    quantile = float(-ndtri(alpha / 2))
    normal = ((quantile + float(ndtri(wanted))) / effect) ** 2
    if normal > _MANY:
        exact = normal + quantile**2 / 2
    elif _power(effect, 2.0, alpha) >= wanted:
        exact = 2.0
    else:
        # Student's t asks for more than the normal distribution does, and for no more than this
        last = normal + 2 * quantile**2 + 50
        exact = float(brentq(lambda n: float(_power(effect, n, alpha)) - wanted, max(normal, 2.0), last, xtol=1e-10))
    return Plan(exact, up(exact), words, unit="pairs")


def sample_size_alpha(alpha: float, items: int, width: float, confidence: float = 0.95) -> Plan:
    """Answers needed to know Cronbach's alpha to within an interval of a given width, by Bonett's formula.

    ``n = 8 k / (k − 1) · (1 − alpha)² (z / width)² + 2``.

    Parameters
    ----------
    alpha
        The alpha to be expected, below 1; the lowest that is plausible asks for most.
    items
        Number of items ``k``, two or more.
    width
        Whole width of the interval, above zero.
    confidence
        Between 0 and 1.

    Returns
    -------
    Plan
        Complete answers to all items.

    Raises
    ------
    ArgumentError
        If a number is outside its range.

    References
    ----------
    Bonett 2002, Journal of Educational and Behavioral Statistics 27(4):335-340; Bonett & Wright 2015, Journal of
    Organizational Behavior 36(1):3-15.

    Examples
    --------
    >>> sample_size_alpha(0.85, 5, 0.1).n
    89
    """
    from scipy.special import ndtri

    check_confidence(confidence)
    expected, k, span = single(alpha=(alpha, _BELOW_ONE), items=(items, _TWO_OR_MORE), width=(width, POSITIVE))
    z = float(ndtri((1 + confidence) / 2))
    exact = 8 * k / (k - 1) * (1 - expected) ** 2 * (z / span) ** 2 + 2
    words = (f"alpha {expected:g} in an interval {span:g} wide", f"{100 * confidence:g} % confidence", f"{k:g} items")
    return Plan(exact, up(exact), (*words, "normal items of equal covariance"))


def sample_size_alpha_test(alpha: float, against: float, items: int, power: float = 0.8, level: float = 0.05) -> Plan:
    """Answers needed to show, two-sided, that Cronbach's alpha differs from a given value, by Bonett's formula.

    ``n = 2 k / (k − 1) · (z_{level / 2} + z_{power})² / ln((1 − alpha) / (1 − against))² + 2``.

    Parameters
    ----------
    alpha
        The alpha to be expected, below 1.
    against
        The alpha under the null, below 1, such as 0.7.
    items
        Number of items ``k``, two or more.
    power
        Strictly between 0 and 1.
    level
        Level of the test, strictly between 0 and 1.

    Returns
    -------
    Plan
        Complete answers to all items.

    Raises
    ------
    ArgumentError
        If a number is outside its range, or both alphas are the same.

    References
    ----------
    Bonett 2002, Journal of Educational and Behavioral Statistics 27(4):335-340; Bonett & Wright 2015, Journal of
    Organizational Behavior 36(1):3-15.

    Examples
    --------
    >>> sample_size_alpha_test(0.80, 0.70, items=5, power=0.85).n
    139
    """
    from scipy.special import ndtri

    expected, null, k, wanted, size = single(
        alpha=(alpha, _BELOW_ONE),
        against=(against, _BELOW_ONE),
        items=(items, _TWO_OR_MORE),
        power=(power, INSIDE),
        level=(level, INSIDE),
    )
    if expected == null:
        raise ArgumentError(Problem("against", f"{null:g}, as alpha", "no sample shows a difference that is none"))
    z = float(ndtri(wanted) - ndtri(size / 2))
    exact = 2 * k / (k - 1) * (z / np.log((1 - expected) / (1 - null))) ** 2 + 2
    words = (f"alpha {expected:g} against {null:g}", f"power {wanted:g}", f"level {size:g}, two-sided", f"{k:g} items")
    return Plan(float(exact), up(float(exact)), (*words, "normal items of equal covariance"))


def _power(effect: npt.ArrayLike, n: npt.ArrayLike, level: float) -> Floats:
    from scipy.special import nctdtr, stdtrit

    count = np.asarray(n, dtype=np.float64)
    return 1 - nctdtr(count - 1, np.asarray(effect) * np.sqrt(count), stdtrit(count - 1, 1 - level / 2))
