"""Covariance matrices as samples of a normal population would give them: for intervals where rows are not at hand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._matrices import covariance_of
from servqual.statistics.resample_counts import check_draws


def drawn_covariances(
    covariance: npt.ArrayLike, n: float, *, draws: int, rng: int | np.random.Generator | None
) -> Floats:
    """Covariance matrices of samples of normal respondents: the parametric bootstrap, by Wishart's distribution.

    ``S* = L A Aᵀ Lᵀ / (n − 1)`` with ``S = L Lᵀ`` and A lower triangular: roots of ``χ²`` on ``n − 1 − i`` degrees of
    freedom on the diagonal, standard normal numbers below it.

    Parameters
    ----------
    covariance
        That of the population, shape (q, q), positive definite.
    n
        Respondents, more than columns; a fraction where it is an effective number.
    draws
        Number of samples.
    rng
        A seed or a generator.

    Returns
    -------
    Floats
        Shape (draws, q, q).

    Raises
    ------
    ArgumentError
        If the matrix is not positive definite, if there are not more respondents than columns, without draws or seed.

    References
    ----------
    Wishart 1928, Biometrika 20A(1-2):32-52; Bartlett 1933, Proceedings of the Royal Society of Edinburgh 53:260-283.

    Examples
    --------
    >>> drawn_covariances([[1.0, 0.5], [0.5, 1.0]], 100, draws=500, rng=1).mean(axis=0).round(1)
    array([[1. , 0.5],
           [0.5, 1. ]])
    """
    check_draws(draws, rng)
    table = covariance_of(covariance)
    q = len(table)
    problems = []
    if not n > q:
        problems.append(Problem("n", f"{n:g} for {q} columns", "there are more respondents than columns"))
    root = _root(table)
    if root is None:
        rule = "the matrix is positive definite: no column follows from others, and each pair has its number"
        problems.append(Problem("covariance", "no Cholesky factor", rule))
    if problems or root is None:
        raise ArgumentError(*problems)
    generator = np.random.default_rng(rng)
    lower = np.tril(generator.standard_normal((draws, q, q)), -1)
    degrees = n - 1 - np.arange(q)
    lower[:, np.arange(q), np.arange(q)] = np.sqrt(generator.chisquare(degrees, (draws, q)))
    factor = root @ lower
    return np.asarray(factor @ factor.transpose(0, 2, 1) / (n - 1))


def _root(table: Floats) -> Floats | None:
    try:
        return np.linalg.cholesky(table) if np.isfinite(table).all() else None
    except np.linalg.LinAlgError:
        return None
