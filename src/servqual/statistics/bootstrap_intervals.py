"""Intervals from resamples: percentile, basic, normal, and Efron's BCa."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze
from servqual.statistics.accelerations import bias_correction
from servqual.statistics.resample_quantiles import (
    QuantileRule,
    count,
    estimates_of,
    quantiles,
    replicates_of,
    rule_of,
    shaped,
    tail_of,
)

Ends = tuple[Floats, Floats]


def percentile_interval(
    replicates: npt.ArrayLike, confidence: float = 0.95, *, rule: QuantileRule | str = QuantileRule.LINEAR
) -> Ends:
    """Percentile interval: the quantiles ``α/2`` and ``1 − α/2`` of the replicates.

    Parameters
    ----------
    replicates
        Estimates of B resamples, shape (…, B), none missing: what failed is left out and told beforehand.
    confidence
        ``1 − α``.
    rule
        How a quantile is read between two replicates.

    Returns
    -------
    tuple of Floats
        Low and high, shape (…).

    Raises
    ------
    ArgumentError
        If there are fewer than two replicates, if one is missing, if the confidence is no share or the rule unknown.

    References
    ----------
    Efron & Tibshirani 1993, An Introduction to the Bootstrap, Chapman & Hall, chapter 13.

    Examples
    --------
    >>> low, high = percentile_interval(range(101), 0.9)
    >>> float(low), float(high)
    (5.0, 95.0)
    """
    values = replicates_of(replicates)
    tail = tail_of(confidence)
    low, high = quantiles(values, np.broadcast_to([[tail], [1 - tail]], (2, count(values))), rule_of(rule))
    return shaped(low, values), shaped(high, values)


def basic_interval(
    estimate: npt.ArrayLike,
    replicates: npt.ArrayLike,
    confidence: float = 0.95,
    *,
    rule: QuantileRule | str = QuantileRule.LINEAR,
) -> Ends:
    """Basic interval: the percentile interval turned about the estimate, ``2 t₀ − t*₍₁₋α/2₎`` to ``2 t₀ − t*₍α/2₎``.

    Parameters
    ----------
    estimate
        ``t₀``, of the units themselves; shape (…).
    replicates, confidence, rule
        As for `percentile_interval`.

    Returns
    -------
    tuple of Floats
        Low and high, shape (…).

    Raises
    ------
    ArgumentError
        As for `percentile_interval`, or if the shapes do not fit.

    References
    ----------
    Davison & Hinkley 1997, Bootstrap Methods and Their Application, Cambridge University Press, section 5.2.

    Examples
    --------
    >>> low, high = basic_interval(40.0, range(101), 0.9)
    >>> float(low), float(high)
    (-15.0, 75.0)
    """
    low, high = percentile_interval(replicates, confidence, rule=rule)
    centre = estimates_of(estimate, low.shape)
    return freeze(np.asarray(2 * centre - high)), freeze(np.asarray(2 * centre - low))


def normal_interval(estimate: npt.ArrayLike, replicates: npt.ArrayLike, confidence: float = 0.95) -> Ends:
    """Normal interval with the bootstrap's bias taken off: ``2 t₀ − t̄* ± z s*``.

    Parameters
    ----------
    estimate
        ``t₀``, of the units themselves; shape (…).
    replicates, confidence
        As for `percentile_interval`; ``s*`` has the divisor ``B − 1``.

    Returns
    -------
    tuple of Floats
        Low and high, shape (…).

    Raises
    ------
    ArgumentError
        If there are fewer than two replicates, if one is missing, if the confidence is no share or shapes do not fit.

    References
    ----------
    Davison & Hinkley 1997, Bootstrap Methods and Their Application, Cambridge University Press, section 5.2.

    Examples
    --------
    >>> low, high = normal_interval(2.0, [1.0, 2.0, 3.0, 4.0])
    >>> round(float(low), 3), round(float(high), 3)
    (-1.03, 4.03)
    """
    from scipy.special import ndtri

    values = replicates_of(replicates)
    half = -ndtri(tail_of(confidence)) * values.std(axis=-1, ddof=1)
    centre = 2 * estimates_of(estimate, values.shape[:-1]) - values.mean(axis=-1)
    return freeze(np.asarray(centre - half)), freeze(np.asarray(centre + half))


def bca_interval(
    estimate: npt.ArrayLike,
    replicates: npt.ArrayLike,
    acceleration: npt.ArrayLike,
    confidence: float = 0.95,
    *,
    rule: QuantileRule | str = QuantileRule.LINEAR,
) -> Ends:
    """Bias-corrected and accelerated interval (BCa): quantiles moved by ``z₀`` and ``a``.

    ``α₁ = Φ(z₀ + (z₀ + z_{α/2}) / (1 − a (z₀ + z_{α/2})))``, ``α₂`` likewise with ``z_{1−α/2}``.

    Parameters
    ----------
    estimate
        ``t₀``, of the units themselves; shape (…).
    replicates, confidence, rule
        As for `percentile_interval`.
    acceleration
        ``a``, from `jackknife_acceleration` or `influence_acceleration`; shape (…).

    Returns
    -------
    tuple of Floats
        Low and high, shape (…); NaN where all replicates lie on one side of the estimate (``z₀`` is infinite then) or
        the acceleration does not exist.

    Raises
    ------
    ArgumentError
        As for `percentile_interval`, or if the shapes do not fit.

    References
    ----------
    Efron 1987, Journal of the American Statistical Association 82(397):171-185; Efron & Tibshirani 1993, An
    Introduction to the Bootstrap, Chapman & Hall, section 14.3.

    Examples
    --------
    >>> low, high = bca_interval(50.0, range(101), 0.0, 0.9)
    >>> round(float(low), 2), round(float(high), 2)
    (4.75, 94.74)
    """
    from scipy.special import ndtr, ndtri

    values = replicates_of(replicates)
    shift = bias_correction(estimate, values)
    bent = estimates_of(acceleration, shift.shape, "acceleration")
    tail = ndtri(tail_of(confidence))
    moved = np.stack([shift + tail, shift - tail])
    with np.errstate(invalid="ignore"):
        level = ndtr(shift + moved / (1 - bent * moved))
    level = np.where(np.isfinite(shift) & np.isfinite(bent), level, np.nan)
    low, high = quantiles(values, level.reshape(2, -1), rule_of(rule))
    return shaped(low, values), shaped(high, values)
