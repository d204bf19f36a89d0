"""Confidence intervals of alpha: Feldt's, exact for equal covariances, and Bonett's, by a logarithm."""

from __future__ import annotations

import math

from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence
from servqual.statistics._matrices import respondents_of
from servqual.statistics.inapplicable import Inapplicable


def feldt_interval(
    alpha: float | Inapplicable, n: float, k: int, confidence: float = 0.95
) -> tuple[float, float] | Inapplicable:
    """Feldt's interval of raw alpha: ``1 − (1 − α) F``, with quantiles of F on ``n − 1`` and ``(n − 1)(k − 1)``.

    Low takes the ``(1 + confidence) / 2`` quantile and high the ``(1 − confidence) / 2`` quantile. Exact for normal
    items of equal variances and covariances; too narrow for skewed items with long tails.

    Parameters
    ----------
    alpha
        Cronbach's alpha, at most 1; an `Inapplicable` is handed on.
    n
        Respondents, an effective number where they have weights.
    k
        Items, at least 2.
    confidence
        Between 0 and 1.

    Returns
    -------
    low, high
        At most 1, low perhaps below 0; Inapplicable for fewer than two respondents or where alpha is.

    Raises
    ------
    ArgumentError
        If alpha exceeds 1, there are fewer than two items, or the confidence does not lie between 0 and 1.

    References
    ----------
    Feldt 1965, Psychometrika 30(3):357-370; Feldt, Woodruff & Salih 1987, Applied Psychological Measurement
    11(1):93-103.

    Examples
    --------
    >>> low, high = feldt_interval(0.84, 30, 7)
    >>> round(low, 3), round(high, 3)
    (0.734, 0.914)
    """
    from scipy.special import fdtri

    given = _checked(alpha, n, k, confidence, least=2)
    if isinstance(given, Inapplicable):
        return given
    df = (n - 1, (n - 1) * (k - 1))
    low, high = (float(1 - (1 - given) * fdtri(*df, (1 + side * confidence) / 2)) for side in (1, -1))
    return low, high


def bonett_interval(
    alpha: float | Inapplicable, n: float, k: int, confidence: float = 0.95
) -> tuple[float, float] | Inapplicable:
    """Bonett's interval of raw alpha: ``1 − exp(ln(1 − α) ± z √(2k / ((k − 1)(n − 2))))``.

    For samples of some size, from the normal distribution of ``ln(1 − α)``; it assumes what `feldt_interval` assumes.

    Parameters
    ----------
    alpha, n, k, confidence
        As in `feldt_interval`.

    Returns
    -------
    low, high
        At most 1, low perhaps below 0; Inapplicable for fewer than three respondents or where alpha is.

    Raises
    ------
    ArgumentError
        If alpha exceeds 1, there are fewer than two items, or the confidence does not lie between 0 and 1.

    References
    ----------
    Bonett 2002, Journal of Educational and Behavioral Statistics 27(4):335-340.

    Examples
    --------
    >>> low, high = bonett_interval(0.84, 30, 7)
    >>> round(low, 3), round(high, 3)
    (0.718, 0.909)
    """
    from scipy.special import ndtri

    given = _checked(alpha, n, k, confidence, least=3)
    if isinstance(given, Inapplicable):
        return given
    reach = float(ndtri((1 + confidence) / 2)) * math.sqrt(2 * k / ((k - 1) * (n - 2)))
    return 1 - (1 - given) * math.exp(reach), 1 - (1 - given) * math.exp(-reach)


def _checked(alpha: float | Inapplicable, n: float, k: int, confidence: float, *, least: int) -> float | Inapplicable:
    check_confidence(confidence)
    if k < 2:
        raise ArgumentError(Problem("k", str(k), "alpha has at least two items"))
    if respondents_of(n) < least:
        return Inapplicable(f"the interval needs at least {least} respondents, and there are {n:g}")
    if isinstance(alpha, Inapplicable):
        return alpha
    if alpha > 1 + 1e-12:
        raise ArgumentError(Problem("alpha", f"{alpha:g}", "alpha is at most 1"))
    return Inapplicable("alpha is missing") if math.isnan(alpha) else min(float(alpha), 1.0)
