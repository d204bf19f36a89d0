"""Intervals of multinomial shares from the Dirichlet distribution."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.statistics._arguments import check_confidence


def dirichlet_interval(counts: npt.ArrayLike, confidence: float = 0.95, *, prior: float = 0.5) -> tuple[Floats, Floats]:
    """Equal-tailed posterior interval of each share, by row: of ``Dirichlet(counts + prior)`` each alone is a beta.

    ``Beta(n_k + a, n − n_k + (K − 1) a)`` with ``a`` the prior; one half is Jeffreys' prior.

    Parameters
    ----------
    counts
        Shape (…, K).
    confidence
        Between 0 and 1.
    prior
        Added to each count, above zero.

    Returns
    -------
    low, high
        Shape (…, K); NaN in rows without counts.

    References
    ----------
    Gelman, Carlin, Stern, Dunson, Vehtari & Rubin 2013, Bayesian Data Analysis, 3rd ed., Chapman & Hall, section 3.4.

    Examples
    --------
    >>> low, high = dirichlet_interval([8, 2])
    >>> low.round(3), high.round(3)
    (array([0.497, 0.044]), array([0.956, 0.503]))
    """
    from scipy.special import betaincinv

    check_confidence(confidence)
    given = np.asarray(counts, np.float64)
    total = given.sum(axis=-1, keepdims=True)
    first, second = given + prior, total - given + (given.shape[-1] - 1) * prior
    tail = (1 - confidence) / 2
    low, high = betaincinv(first, second, tail), betaincinv(first, second, 1 - tail)
    return np.where(total > 0, low, np.nan), np.where(total > 0, high, np.nan)
