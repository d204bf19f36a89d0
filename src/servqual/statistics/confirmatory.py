"""Confirmatory factor analysis of items with one known factor each."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from servqual._arrays import Floats, Holder, Ints, floats, freeze, read_only
from servqual.statistics._matrices import (
    blocks_of,
    correlations_from,
    covariance_of,
    inverse_of,
    respondents_of,
    unfit,
)
from servqual.statistics._simple_structure import Fitted, Structure, best_fit
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.model_fit import FitIndices, fit_indices


def _whole(values: npt.ArrayLike) -> Ints:
    return read_only(values, np.int64)


@frozen(eq=False, getstate_setstate=False)
class ConfirmatoryFactors(Holder):
    """A confirmatory solution, proper or not; factors have unit variance.

    Errors are those of the expected information. They are NaN where it is singular, and for what is not estimated: the
    residual of an item that is alone with its factor.

    Attributes
    ----------
    owner
        Which factor each item loads on, by its position among the blocks, shape (p,).
    loadings, loading_errors
        In the units of the items, shape (p,), from covariances with divisor n; standard errors.
    standardised, standardised_errors
        Loadings of items brought to unit variance; standard errors by the delta method.
    residuals, residual_errors
        Residual variances in the units of the items, divisor n; standard errors.
    factor_correlations, correlation_errors
        Shape (factors, factors); standard errors, NaN on the diagonal.
    fit
        χ², CFI, TLI, RMSEA, SRMR, likelihood.
    converged, iterations
        Whether the likelihood came to rest, and after how many steps.
    identified
        Whether the information is regular: whether these data tell all parameters apart.
    negative_residuals
        Positions of items with a residual variance below zero (Heywood cases).
    excessive_correlations
        Pairs of factors that correlate by 1 or more.
    factors_definite
        Whether the correlations of the factors are positive definite.
    """

    owner: Ints = field(converter=_whole)
    loadings: Floats = field(converter=floats)
    loading_errors: Floats = field(converter=floats)
    standardised: Floats = field(converter=floats)
    standardised_errors: Floats = field(converter=floats)
    residuals: Floats = field(converter=floats)
    residual_errors: Floats = field(converter=floats)
    factor_correlations: Floats = field(converter=floats)
    correlation_errors: Floats = field(converter=floats)
    fit: FitIndices
    converged: bool
    iterations: int
    identified: bool
    negative_residuals: tuple[int, ...]
    excessive_correlations: tuple[tuple[int, int], ...]
    factors_definite: bool

    @property
    def proper(self) -> bool:
        """Whether it converged, is identified, and is a solution that a population could have."""
        sound = self.converged and self.identified and self.factors_definite
        return sound and not self.negative_residuals and not self.excessive_correlations

    @property
    def implied_correlations(self) -> Floats:
        """Correlations of the items as the model has them, shape (p, p)."""
        table = np.outer(self.standardised, self.standardised)
        table *= self.factor_correlations[np.ix_(self.owner, self.owner)]
        np.fill_diagonal(table, 1.0)
        return freeze(table)

    def __repr__(self) -> str:
        size = f"{len(self.factor_correlations)} factors of {self.owner.size} items"
        index = f"χ²({self.fit.df}) = {self.fit.chi_squared:.3f}, CFI {self.fit.cfi:.3f}, RMSEA {self.fit.rmsea:.3f}"
        return f"<ConfirmatoryFactors: {size}, {index}{'' if self.proper else ', improper'}>"


def confirmatory_factor_analysis(
    covariance: npt.ArrayLike, n: float, blocks: Sequence[Sequence[int]], *, max_iterations: int = 200
) -> ConfirmatoryFactors | Inapplicable:
    """Confirmatory factor analysis (CFA) by maximum likelihood: each item loads on the factor of its block only.

    ``Σ = Λ Φ Λᵀ + Θ`` with one loading in each row of Λ, factors of unit variance that correlate freely, and a diagonal
    Θ. The likelihood is that of normal items and covariances with divisor n (lavaan's ``likelihood = "normal"`` and
    ``std.lv = TRUE``): ``χ² = n F``. Found by Fisher scoring, without bounds: improper solutions are shown as such,
    once a second start has not found a better one. An item that is alone in its block is its factor: its residual
    variance is 0.

    Parameters
    ----------
    covariance
        Of the items with divisor n − 1, shape (p, p), symmetric and positive definite; of correlations the fit and the
        standardised loadings are the same.
    n
        Respondents, an effective number where they have weights.
    blocks
        Positions, from 0, of the items of each factor; every item stands in one block.
    max_iterations
        Steps after which it gives up.

    Returns
    -------
    ConfirmatoryFactors or Inapplicable
        Inapplicable where an item does not vary or lacks answers, for singular or indefinite correlations, for fewer
        than two respondents, and where there are more parameters than covariances, as for one factor of two items.

    Raises
    ------
    ArgumentError
        If the matrix is not square and symmetric, or the blocks do not divide its items among them.

    References
    ----------
    Jöreskog 1969, Psychometrika 34(2):183-202; Bollen 1989, Structural Equations with Latent Variables, Wiley, chapter
    7; Rosseel 2012, Journal of Statistical Software 48(2):1-36 (lavaan).

    Examples
    --------
    >>> import numpy as np
    >>> true = np.array([0.8, 0.7, 0.6, 0.8, 0.7, 0.6])
    >>> among = np.kron([[1.0, 0.5], [0.5, 1.0]], np.ones((3, 3)))
    >>> table = np.outer(true, true) * among + np.diag(1 - true**2)
    >>> found = confirmatory_factor_analysis(table, 200, [[0, 1, 2], [3, 4, 5]])
    >>> found.standardised.round(6), found.factor_correlations[0, 1].round(6)
    (array([0.8, 0.7, 0.6, 0.8, 0.7, 0.6]), np.float64(0.5))
    """
    table = covariance_of(covariance)
    parts = blocks_of(blocks, len(table), every=True)
    parameters, known = _parameters(len(table), parts), len(table) * (len(table) + 1) // 2
    respondents = respondents_of(n)
    if (reason := unfit(table, least=1)) is not None:
        return reason
    if parameters > known:
        return Inapplicable(f"{known} variances and covariances do not determine {parameters} parameters")
    correlation = correlations_from(table)
    if isinstance(inverse := inverse_of(correlation), Inapplicable):
        return inverse
    if respondents < 2:
        return Inapplicable(f"at least 2 respondents are needed, and there are {respondents:g}")
    found = best_fit(correlation, parts, max_iterations)
    variances = table.diagonal() * (respondents - 1) / respondents
    fit = _fit(correlation, found, variances, respondents, parameters)
    return _solution(found, np.sqrt(variances), fit)


def _parameters(items: int, parts: tuple[Ints, ...]) -> int:
    """Return how many loadings, residual variances and factor correlations are free."""
    alone = sum(part.size == 1 for part in parts)
    return 2 * items - alone + len(parts) * (len(parts) - 1) // 2


def _fit(correlation: Floats, found: Fitted, variances: Floats, n: float, parameters: int) -> FitIndices:
    p = len(correlation)
    volume = float(np.linalg.slogdet(correlation)[1])
    residuals = (correlation - found.structure.implied)[np.tril_indices(p)]
    srmr = math.sqrt(float((residuals**2).mean()))
    log_volume = volume + float(np.log(variances).sum())
    return fit_indices(
        found.discrepancy, -volume, items=p, parameters=parameters, n=n, srmr=srmr, log_volume=log_volume
    )


def _solution(found: Fitted, sd: Floats, fit: FitIndices) -> ConfirmatoryFactors:
    structure = found.structure
    errors, standardised_errors, identified = _errors(structure, found.information, fit.n)
    over = np.argwhere(np.tril(np.abs(structure.among), -1) >= 1)
    return ConfirmatoryFactors(
        owner=structure.owner,
        loadings=structure.loadings * sd,
        loading_errors=errors.loadings * sd,
        standardised=structure.loadings / np.sqrt(structure.loadings**2 + structure.residuals),
        standardised_errors=standardised_errors,
        residuals=structure.residuals * sd**2,
        residual_errors=errors.residuals * sd**2,
        factor_correlations=structure.among,
        correlation_errors=errors.among,
        fit=fit,
        converged=found.converged,
        iterations=found.steps,
        identified=identified,
        negative_residuals=tuple(np.flatnonzero(structure.residuals < 0).tolist()),
        excessive_correlations=tuple((int(low), int(high)) for high, low in over),
        factors_definite=bool(np.linalg.eigvalsh(structure.among)[0] > 0),
    )


def _errors(structure: Structure, information: Floats, n: float) -> tuple[Structure, Floats, bool]:
    """Return errors in the places of the parameters, those of standardised loadings, and whether there are any."""
    p, many, f = structure.owner.size, int(structure.free.sum()), len(structure.among)
    roots, vectors = np.linalg.eigh(information)
    identified = bool(roots[0] > 1e-10 * roots[-1])
    inverse = (vectors / roots) @ vectors.T / n if identified else np.full(information.shape, np.nan)
    spread = np.sqrt(inverse.diagonal())
    # errors are moved into the places of their parameters from a structure of zeros
    none = evolve(
        structure, loadings=np.zeros(p), residuals=np.where(structure.free, 0.0, np.nan), among=np.diag([np.nan] * f)
    )
    by_loading = structure.residuals / (structure.loadings**2 + structure.residuals) ** 1.5
    by_residual = -structure.loadings / (structure.loadings**2 + structure.residuals) ** 1.5 / 2
    change = np.zeros((p, len(information)))
    change[range(p), range(p)] = by_loading
    change[np.flatnonzero(structure.free), range(p, p + many)] = by_residual[structure.free]
    return none.moved(spread), np.sqrt(np.maximum(((change @ inverse) * change).sum(axis=1), 0.0)), identified
