"""Exploratory factor analysis of a correlation matrix."""

from __future__ import annotations

import math
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._extraction import LEAST_UNIQUENESS, least_squares, maximum_likelihood
from servqual.statistics._matrices import correlation_of, inverse_of, respondents_of, unfit
from servqual.statistics._newton import Minimum
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.rotation import Rotation, rotate


class Extraction(StrEnum):
    """What a factor solution makes as small as it can.

    ML
        The likelihood-ratio discrepancy ``ln|Σ| + tr(RΣ⁻¹) − ln|R| − p``: maximum likelihood for normal items.
    MINRES
        The squared residual correlations: unweighted least squares, also of correlations that are not definite.
    """

    ML = "maximum_likelihood"
    MINRES = "minimum_residuals"


@frozen
class FactorFit:
    """How well factors reproduce the correlations.

    Attributes
    ----------
    discrepancy
        ``ln|Σ| + tr(RΣ⁻¹) − ln|R| − p`` at the solution, whatever the method; NaN for singular correlations.
    statistic
        χ² with Bartlett's correction: ``(n − 1 − (2p + 5)/6 − 2f/3)`` discrepancies, as ``factanal`` and psych give it.
        NaN without ``n``, or for so few respondents that the factor falls to 0. Under MINRES it is approximate.
    df
        ``((p − f)² − p − f) / 2``.
    p_value
        Of the hypothesis that so many factors suffice; NaN without degrees of freedom.
    residual_rms
        Root mean square of the residual correlations off the diagonal.
    """

    discrepancy: float
    statistic: float
    df: int
    p_value: float
    residual_rms: float


@frozen(eq=False, getstate_setstate=False)
class ExploratoryFactors(Holder):
    """A factor solution, proper or not.

    Attributes
    ----------
    method, rotation
        How the factors were extracted and turned.
    loadings
        Pattern loadings, shape (items, factors); factors in falling order of their sums of squares, no sum negative.
    factor_correlations
        Shape (factors, factors); the identity unless the rotation is oblique.
    communalities
        What the factors explain of each item, ``diag(Λ Φ Λᵀ)``, shape (items,).
    uniquenesses
        What they leave, shape (items,); in a proper solution 1 − communality.
    fit
        Chi-squared and residuals.
    converged, iterations
        Whether the extraction came to rest, and after how many steps.
    rotation_converged
        Whether the rotation did.
    improper
        Positions of items whose uniqueness came to rest at the least allowed, 0.005 (Heywood cases): too many factors,
        too few respondents, or two items that say the same.
    """

    method: Extraction
    rotation: Rotation
    loadings: Floats = field(converter=floats)
    factor_correlations: Floats = field(converter=floats)
    communalities: Floats = field(converter=floats)
    uniquenesses: Floats = field(converter=floats)
    fit: FactorFit
    converged: bool
    iterations: int
    rotation_converged: bool
    improper: tuple[int, ...]

    @property
    def structure(self) -> Floats:
        """Correlations of items with factors, ``Λ Φ``, shape (items, factors)."""
        return freeze(self.loadings @ self.factor_correlations)

    @property
    def explained(self) -> Floats:
        """Share of all items' variance that goes with each factor, ``diag(Φ Λᵀ Λ) / items``, shape (factors,)."""
        return freeze((self.structure * self.loadings).sum(axis=0) / len(self.loadings))

    def __repr__(self) -> str:
        items, factors = self.loadings.shape
        state = "" if self.converged else ", not converged"
        state += f", {len(self.improper)} improper" if self.improper else ""
        return f"<ExploratoryFactors: {factors} of {items} items, {self.method}, rotation {self.rotation}{state}>"


def factor_analysis(
    correlation: npt.ArrayLike,
    factors: int,
    n: float | None = None,
    method: Extraction = Extraction.ML,
    rotation: Rotation = Rotation.NONE,
    *,
    max_iterations: int = 200,
) -> ExploratoryFactors | Inapplicable:
    """Exploratory factor analysis (EFA): ``R ≈ Λ Φ Λᵀ + Ψ`` with ``factors`` columns in Λ and a diagonal Ψ.

    Uniquenesses are found by Newton's method with exact second derivatives, kept between 0.005 and 1 as R keeps them;
    ML steps over their logarithms. Non-convergence and improper solutions are reported in the result.

    Parameters
    ----------
    correlation
        Shape (p, p), symmetric, ones on the diagonal.
    factors
        How many, at least 1, and no more than leave degrees of freedom of 0 or above; see `parallel_analysis`.
    n
        Respondents, an effective number where they have weights; needed only for χ².
    method
        Maximum likelihood or minres.
    rotation
        See `Rotation`, which states the normalisation of each.
    max_iterations
        Steps after which the extraction gives up.

    Returns
    -------
    ExploratoryFactors or Inapplicable
        Inapplicable where an item does not vary or lacks answers, and under ML for singular or indefinite correlations.

    Raises
    ------
    ArgumentError
        If the matrix does not hold correlations, or there are more factors than the items can determine.

    References
    ----------
    Jöreskog 1967, Psychometrika 32(4):443-482; Clarke 1970, British Journal of Mathematical and Statistical Psychology
    23(1):43-52 (ML by Newton); Harman & Jones 1966, Psychometrika 31(3):351-368 (minres); Bartlett 1951, Biometrika
    38(3-4):337-344.

    Examples
    --------
    >>> import numpy as np
    >>> true = np.array([0.8, 0.7, 0.6, 0.5])
    >>> found = factor_analysis(np.outer(true, true) + np.diag(1 - true**2), factors=1, n=200)
    >>> found.loadings.T.round(6), found.fit.df, found.converged
    (array([[0.8, 0.7, 0.6, 0.5]]), 2, True)
    """
    table = correlation_of(correlation)
    df = _degrees(len(table), factors)
    if (reason := unfit(table)) is not None:
        return reason
    inverse = inverse_of(table)
    if isinstance(inverse, Inapplicable):
        if method is Extraction.ML:
            return inverse
        start = 1 - np.abs(table - np.eye(len(table))).max(axis=1)
    else:
        start = (1 - factors / (2 * len(table))) / inverse.diagonal()
    extract = maximum_likelihood if method is Extraction.ML else least_squares
    loadings, found = extract(table, factors, start, max_iterations)
    fit = _fit(table, loadings, found.point, df, None if n is None else respondents_of(n))
    return _solution(method, rotation, loadings, found, fit)


def _solution(
    method: Extraction, rotation: Rotation, loadings: Floats, found: Minimum, fit: FactorFit
) -> ExploratoryFactors:
    turned = rotate(loadings, rotation)
    at_bound = np.flatnonzero(found.point <= LEAST_UNIQUENESS * (1 + 1e-6))
    return ExploratoryFactors(
        method=method,
        rotation=rotation,
        loadings=turned.loadings,
        factor_correlations=turned.factor_correlations,
        communalities=(loadings * loadings).sum(axis=1),
        uniquenesses=found.point,
        fit=fit,
        converged=found.converged,
        iterations=found.steps,
        rotation_converged=turned.converged,
        improper=tuple(at_bound.tolist()),
    )


def _degrees(items: int, factors: int) -> int:
    """Return the degrees of freedom; refuse more factors than they allow."""
    twice = (items - factors) ** 2 - items - factors
    if factors < 1 or factors >= items or twice < 0:
        most = max((f for f in range(1, items) if (items - f) ** 2 >= items + f), default=0)
        rule = f"{items} items determine at most {most} factors" if most else f"{items} items determine no factor"
        raise ArgumentError(Problem("factors", str(factors), rule))
    return twice // 2


def _fit(table: Floats, loadings: Floats, unique: Floats, df: int, n: float | None) -> FactorFit:
    from scipy.special import chdtrc

    p, f = loadings.shape
    implied = loadings @ loadings.T + np.diag(unique)
    residuals = table - implied
    np.fill_diagonal(residuals, 0.0)
    signs, logs = np.linalg.slogdet(np.stack([implied, table]))
    discrepancy = math.nan
    if (signs > 0).all():
        discrepancy = max(float(logs[0] - logs[1] + np.trace(np.linalg.solve(implied, table)) - p), 0.0)
    factor = math.nan if n is None else n - 1 - (2 * p + 5) / 6 - 2 * f / 3
    statistic = factor * discrepancy if factor > 0 else math.nan
    p_value = float(chdtrc(df, statistic)) if df > 0 else math.nan
    return FactorFit(discrepancy, statistic, df, p_value, math.sqrt((residuals**2).sum() / (p * (p - 1))))
