"""What BCa needs besides replicates: bias correction and acceleration."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze
from servqual.statistics.resample_quantiles import estimates_of, numbers_of, replicates_of


def bias_correction(estimate: npt.ArrayLike, replicates: npt.ArrayLike) -> Floats:
    """Bias correction of BCa: ``z₀ = Φ⁻¹(#{t* < t₀} / B)``, infinite where all replicates lie on one side.

    Parameters
    ----------
    estimate
        ``t₀``, shape (…).
    replicates
        Shape (…, B).

    Returns
    -------
    Floats
        ``z₀``, shape (…); zero where half of the replicates lie below the estimate.

    Raises
    ------
    ArgumentError
        If there are fewer than two replicates, if one is missing, or if the shapes do not fit.

    References
    ----------
    Efron 1987, Journal of the American Statistical Association 82(397):171-185.

    Examples
    --------
    >>> float(bias_correction(2.5, [1.0, 2.0, 3.0, 4.0]))
    0.0
    """
    from scipy.special import ndtri

    values = replicates_of(replicates)
    centre = estimates_of(estimate, values.shape[:-1])
    return freeze(np.asarray(ndtri((values < centre[..., None]).mean(axis=-1))))


def influence_acceleration(influence: npt.ArrayLike) -> Floats:
    """Acceleration of BCa from influence values: ``a = Σ L³ / (6 (Σ L²)^{3/2})``.

    Parameters
    ----------
    influence
        Influence ``L`` of each unit on the estimate, shape (…, units), by whatever rule.

    Returns
    -------
    Floats
        Shape (…); NaN where no unit has an influence.

    Raises
    ------
    ArgumentError
        If these are not numbers.

    References
    ----------
    Efron 1987, Journal of the American Statistical Association 82(397):171-185.

    Examples
    --------
    >>> round(float(influence_acceleration([-1.0, -1.0, 2.0])), 4)
    0.068
    """
    values = numbers_of(influence, "influence", "(…, units)")
    squares = (values**2).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return freeze(np.asarray((values**3).sum(axis=-1) / (6 * squares**1.5)))


def jackknife_acceleration(jackknife: npt.ArrayLike, centre: npt.ArrayLike | None = None) -> Floats:
    """Acceleration of BCa from estimates without each unit in turn: ``L_i = (n − 1) (c − t₍ᵢ₎)``.

    Parameters
    ----------
    jackknife
        Estimate without unit i, shape (…, units).
    centre
        ``c``, shape (…): by default the mean of the jackknife values, as Efron has it. Some software takes the
        estimate ``t₀`` of all units instead, which gives slightly other numbers.

    Returns
    -------
    Floats
        Shape (…); NaN where an estimate without a unit is missing, or where all are equal.

    Raises
    ------
    ArgumentError
        If these are not numbers, or if the shapes do not fit.

    References
    ----------
    Efron 1987, Journal of the American Statistical Association 82(397):171-185; Davison & Hinkley 1997, Bootstrap
    Methods and Their Application, Cambridge University Press, section 2.7.

    Examples
    --------
    >>> round(float(jackknife_acceleration([2.0, 2.0, 0.5])), 4)
    0.068
    """
    values = numbers_of(jackknife, "jackknife", "(…, units)")
    if centre is None:
        return influence_acceleration(values.mean(axis=-1, keepdims=True) - values)
    return influence_acceleration(estimates_of(centre, values.shape[:-1], "centre")[..., None] - values)
