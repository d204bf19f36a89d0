"""Composite reliability: omega of one factor, in its two forms."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._matrices import correlation_of, unfit
from servqual.statistics.factors import Extraction, factor_analysis
from servqual.statistics.inapplicable import Inapplicable


def composite_reliability(loadings: npt.ArrayLike) -> float | Inapplicable:
    """Composite reliability of items with one factor: ``(Σl)² / ((Σl)² + Σ(1 − l²))`` for standardised loadings ``l``.

    Also called rho_c, Jöreskog's rho, or McDonald's omega total of one factor. Turn reversed items before they enter:
    loadings of unlike signs cancel each other.

    Parameters
    ----------
    loadings
        Standardised, shape (k,).

    Returns
    -------
    float or Inapplicable
        Between 0 and 1. Inapplicable for one item, and where a loading exceeds 1 (an improper solution).

    Raises
    ------
    ArgumentError
        If the loadings are not one axis of numbers.

    References
    ----------
    Jöreskog 1971, Psychometrika 36(2):109-133; Fornell & Larcker 1981, Journal of Marketing Research 18(1):39-50.

    Examples
    --------
    >>> round(composite_reliability([0.8, 0.8, 0.8]), 4)
    0.8421
    """
    given = loadings_of(loadings)
    if given.size < 2:
        return Inapplicable("at least 2 items are needed, and there is one")
    if (reason := improper_loadings(given)) is not None:
        return reason
    shared = given.sum() ** 2
    return float(shared / (shared + (1 - given**2).sum()))


@frozen(eq=False, getstate_setstate=False)
class OneFactor(Holder):
    """Omega of items with one factor, in two forms that differ as far as the factor does not fit.

    Attributes
    ----------
    method
        How the factor was extracted.
    composite
        ``(Σl)² / ((Σl)² + Σu²)``: the factor's own account of the variance of the sum, as in confirmatory models.
    observed
        ``1 − Σu² / ΣR``: the observed variance of the sum below the line, as R's psych prints omega total.
    average_variance_extracted
        Mean ``l²``.
    loadings
        Standardised, shape (k,); their sum is not negative.
    uniquenesses
        ``u² = 1 − l²``, shape (k,).
    converged, iterations
        Whether the extraction came to rest, and after how many steps.
    improper
        Positions of items whose uniqueness came to rest at the least allowed (Heywood cases): mistrust the solution.
    """

    method: Extraction
    composite: float
    observed: float
    average_variance_extracted: float
    loadings: Floats = field(converter=floats)
    uniquenesses: Floats = field(converter=floats)
    converged: bool
    iterations: int
    improper: tuple[int, ...]


def omega(correlation: npt.ArrayLike, method: Extraction = Extraction.ML) -> OneFactor | Inapplicable:
    """McDonald's omega total of one factor: the share of the variance of the sum that the factor makes.

    One factor is extracted by `factor_analysis`; both forms of the coefficient are given. Turn reversed items first.

    Parameters
    ----------
    correlation
        Of the items, shape (k, k), symmetric, ones on the diagonal.
    method
        Maximum likelihood, as confirmatory models have it, or minres, as R's psych has it.

    Returns
    -------
    OneFactor or Inapplicable
        Inapplicable for fewer than three items, which do not determine a factor, where an item does not vary, and where
        `factor_analysis` is.

    Raises
    ------
    ArgumentError
        If the matrix does not hold correlations.

    References
    ----------
    McDonald 1999, Test Theory: A Unified Treatment, Erlbaum, chapter 6; Revelle & Zinbarg 2009, Psychometrika
    74(1):145-154 (the forms compared).

    Examples
    --------
    >>> import numpy as np
    >>> found = omega(np.full((3, 3), 0.64) + 0.36 * np.eye(3))
    >>> round(found.composite, 4), round(found.observed, 4), found.improper
    (0.8421, 0.8421, ())
    """
    table = correlation_of(correlation)
    if (reason := unfit(table, least=3)) is not None:
        return reason
    found = factor_analysis(table, 1, method=method)
    if isinstance(found, Inapplicable):
        return found
    loadings, unique = found.loadings[:, 0], found.uniquenesses
    shared = loadings.sum() ** 2
    return OneFactor(
        method=method,
        composite=float(shared / (shared + unique.sum())),
        observed=float(1 - unique.sum() / table.sum()),
        average_variance_extracted=float((loadings**2).mean()),
        loadings=loadings,
        uniquenesses=unique,
        converged=found.converged,
        iterations=found.iterations,
        improper=found.improper,
    )


def loadings_of(loadings: npt.ArrayLike) -> Floats:
    """Return loadings of one factor, shape (k,)."""
    given = np.asarray(loadings, dtype=np.float64)
    if given.ndim != 1 or given.size == 0 or np.isinf(given).any():
        raise ArgumentError(Problem("loadings", f"shape {given.shape}", "one finite loading for each item, shape (k,)"))
    return given


def improper_loadings(loadings: Floats) -> Inapplicable | None:
    """Return that some standardised loadings are missing or exceed 1."""
    if np.isnan(loadings).any():
        return Inapplicable("some loadings are missing", np.flatnonzero(np.isnan(loadings)).tolist())
    if np.any(np.abs(loadings) > 1 + 1e-8):
        return Inapplicable("a standardised loading exceeds 1", np.flatnonzero(np.abs(loadings) > 1).tolist())
    return None
