"""The normal distribution, as far as a simulation needs it: probabilities for one and two answers, and factors."""

from __future__ import annotations

import math

import numpy as np

from servqual._arrays import Floats

_ERFC = np.frompyfunc(math.erfc, 1, 1)
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)


def probability_below(z: Floats) -> Floats:
    """Return Φ(z), the probability that a standard normal number is below z."""
    return _ERFC(np.asarray(z) * -math.sqrt(0.5)).astype(np.float64) / 2


def probability_both_below(h: Floats, k: Floats, correlation: float) -> Floats:
    """Return the probability that two standard normal numbers of this correlation are below h and k.

    ``Φ(h)Φ(k) + 1/(2π) ∫ exp(−(h² + k² − 2hk sin θ) / (2 cos² θ)) dθ`` over 0..arcsin of the correlation.

    References
    ----------
    Plackett 1954, Biometrika 41(3/4):351-360; Drezner & Wesolowsky 1990, Journal of Statistical Computation and
    Simulation 35(1-2):101-107.
    """
    end = math.asin(correlation)
    angles = end * (_NODES + 1) / 2
    h, k = np.asarray(h)[..., None], np.asarray(k)[..., None]
    exponents = (h**2 + k**2 - 2 * h * k * np.sin(angles)) / (2 * np.cos(angles) ** 2)
    integral = np.exp(-exponents) @ _WEIGHTS * (end / 2)
    return probability_below(h[..., 0]) * probability_below(k[..., 0]) + integral / (2 * math.pi)


def factor_of(matrix: Floats) -> Floats:
    """Return the lower triangular F with F Fᵀ = matrix, for correlation matrices that may be singular.

    Columns without anything left to explain are 0, where a common Cholesky decomposition would give up.
    """
    factor = np.zeros(matrix.shape)
    for column in range(len(matrix)):
        rest = matrix[column:, column] - factor[column:] @ factor[column]
        if rest[0] > 1e-12:
            factor[column:, column] = rest / math.sqrt(rest[0])
    return factor
