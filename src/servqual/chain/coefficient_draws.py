"""Coefficients that a chain may as well have: drawn from their normal distributions."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Floats
from servqual.chain.fitted import Fit


def coefficient_draws(fit: Fit, draws: int, rng: int | np.random.Generator) -> list[Floats]:
    """Return draws of the coefficients of each equation, shape (draws, k), equation after equation from one stream.

    ``N(b, V)`` with the estimates and their covariance; equations are independent of each other.
    """
    normal = np.random.default_rng(rng).multivariate_normal
    fitted = [equation.regression for equation in fit.equations]
    return [normal(each.coefficients, each.covariance, draws, method="eigh") for each in fitted]


def estimates(fit: Fit) -> list[Floats]:
    """Return the coefficients of each equation as one draw, shape (1, k)."""
    return [equation.regression.coefficients[None, :] for equation in fit.equations]
