"""What PLS estimates are worth: sizes of paths, what constructs share with their indicators, reliability, overlap."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics.pls_estimates import PathEstimates
from servqual.statistics.pls_inner import predecessor_inflation
from servqual.statistics.pls_plan import PathPlan, layout_of
from servqual.statistics.stacked_inverses import inverse_stack


def path_inflation(estimates: PathEstimates) -> Floats:
    """Variance inflation (VIF) of each predecessor in the regression of a construct: ``1 / (1 − R²_j)``.

    ``R²_j`` is what the other predecessors of the same construct explain of predecessor j.

    Parameters
    ----------
    estimates
        Of one matrix or of a stack.

    Returns
    -------
    Floats
        ``v[…, i, j]``, of j among the predecessors of i, shape (…, m, m), 1 or more; NaN where j does not lead to i.

    References
    ----------
    Marquardt 1970, Technometrics 12(3):591-612.
    """
    table = estimates.correlations
    found = predecessor_inflation(table.reshape(-1, *table.shape[-2:]), layout_of(estimates.plan))
    return freeze(found.reshape(table.shape))


def path_effect_sizes(estimates: PathEstimates) -> Floats:
    """Effect size f² of each path: ``(R² − R²_without) / (1 − R²)``, what a construct loses without a predecessor.

    Parameters
    ----------
    estimates
        Of one matrix or of a stack.

    Returns
    -------
    Floats
        ``f[…, i, j]``, of j on i, shape (…, m, m), 0 or more; NaN where j does not lead to i. By convention .02 is
        small, .15 medium and .35 large.

    References
    ----------
    Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., Erlbaum, section 9.2.
    """
    lost = estimates.paths**2 / path_inflation(estimates)
    with np.errstate(divide="ignore", invalid="ignore"):
        return freeze(lost / (1 - estimates.r2[..., None]))


def adjusted_r2(estimates: PathEstimates, n: float) -> Floats:
    """R² adjusted for the number k of predecessors: ``1 − (1 − R²) (n − 1) / (n − k − 1)``.

    Parameters
    ----------
    estimates
        Of one matrix or of a stack.
    n
        Number of respondents.

    Returns
    -------
    Floats
        Shape (…, m), 1 or less; NaN where nothing leads to a construct, and for ``k + 1`` respondents or fewer.

    References
    ----------
    Ezekiel 1930, Methods of Correlation Analysis, Wiley.
    """
    left = n - 1.0 - np.array([parents.size for parents in layout_of(estimates.plan).parents])
    with np.errstate(divide="ignore", invalid="ignore"):
        return freeze(np.where(left > 0, 1 - (1 - estimates.r2) * (n - 1) / left, np.nan))


def communality(estimates: PathEstimates) -> Floats:
    """Communality of each construct: the mean squared loading, what its score shares with its indicators.

    Of constructs of mode A it is called the average variance extracted (AVE).

    Parameters
    ----------
    estimates
        Of one matrix or of a stack.

    Returns
    -------
    Floats
        Shape (…, m), 0 to 1; 1 for a single indicator, which is its own score.

    References
    ----------
    Fornell & Larcker 1981, Journal of Marketing Research 18(1):39-50; Tenenhaus, Esposito Vinzi, Chatelin & Lauro 2005,
    Computational Statistics & Data Analysis 48(1):159-205.
    """
    membership = layout_of(estimates.plan).membership
    return freeze(estimates.loadings**2 @ membership / membership.sum(axis=0))


def redundancy(estimates: PathEstimates) -> Floats:
    """Redundancy of each construct: ``communality · R²``, what its predecessors explain of its indicators.

    Parameters
    ----------
    estimates
        Of one matrix or of a stack.

    Returns
    -------
    Floats
        Shape (…, m), 0 to 1; NaN where nothing leads to a construct.

    References
    ----------
    Tenenhaus, Esposito Vinzi, Chatelin & Lauro 2005, Computational Statistics & Data Analysis 48(1):159-205.
    """
    return freeze(communality(estimates) * estimates.r2)


def composite_reliabilities(estimates: PathEstimates) -> Floats:
    """Composite reliability rho_C of each construct of mode A: ``(Σl)² / ((Σl)² + Σ(1 − l²))`` of its loadings.

    Loadings of PLS are correlations with a sum that the indicators are part of, so that this is rather too high.

    Parameters
    ----------
    estimates
        Of one matrix or of a stack.

    Returns
    -------
    Floats
        Shape (…, m), 0 to 1; NaN for one indicator, and for mode B, whose indicators need not agree.

    References
    ----------
    Werts, Linn & Jöreskog 1974, Educational and Psychological Measurement 34(1):25-33.
    """
    membership, loadings = layout_of(estimates.plan).membership, estimates.loadings
    shared = (loadings @ membership) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        found = shared / (shared + (1 - loadings**2) @ membership)
    return freeze(np.where(_reflective(estimates.plan), found, np.nan))


def consistent_reliabilities(matrices: npt.ArrayLike, estimates: PathEstimates) -> Floats:
    """Consistent reliability rho_A of each score of mode A (Dijkstra and Henseler).

    ``(w'w)² · w'(S − diag S) w / w'(ww' − diag ww') w``, with the weights w of the construct's indicators scaled so
    that the score has unit variance, and S their covariances: the squared correlation of the score with its construct,
    if one factor holds.

    Parameters
    ----------
    matrices
        That were estimated from, shape (…, p, p).
    estimates
        Of them.

    Returns
    -------
    Floats
        Shape (…, m); NaN for one indicator, and for mode B. Above 1 where the factor does not hold.

    Raises
    ------
    ArgumentError
        If the matrices are not those of the estimates.

    References
    ----------
    Dijkstra & Henseler 2015, MIS Quarterly 39(2):297-316.
    """
    table = _of_shape(matrices, estimates)
    membership, w = layout_of(estimates.plan).membership, estimates.weights
    own = np.diagonal(table, axis1=-2, axis2=-1)
    within = (table @ (w[..., None] * membership) * membership).sum(axis=-1)
    shared = (w * (within - w * own)) @ membership
    squares, fourths = w**2 @ membership, w**4 @ membership
    with np.errstate(divide="ignore", invalid="ignore"):
        found = squares**2 * shared / (squares**2 - fourths)
    return freeze(np.where(_reflective(estimates.plan), found, np.nan))


def indicator_inflation(matrices: npt.ArrayLike, plan: PathPlan) -> Floats:
    """Variance inflation (VIF) of each indicator among the indicators of its construct: ``1 / (1 − R²_i)``.

    Parameters
    ----------
    matrices
        Correlations or covariances of the indicators, shape (…, p, p).
    plan
        Which indicator belongs to which construct.

    Returns
    -------
    Floats
        Shape (…, p), 1 or more; 1 for a single indicator, NaN where indicators determine each other.

    Raises
    ------
    ArgumentError
        If the shape is another.

    References
    ----------
    Marquardt 1970, Technometrics 12(3):591-612; Diamantopoulos & Winklhofer 2001, Journal of Marketing Research
    38(2):269-277.
    """
    table = np.asarray(matrices, dtype=np.float64)
    _check_shape(table, plan)
    found = np.full(table.shape[:-1], np.nan)
    for block in plan.blocks:
        places = np.array(block)
        part = table[..., places[:, None], places]
        inverse, good = inverse_stack(part)
        own = np.diagonal(part, axis1=-2, axis2=-1) * np.diagonal(inverse, axis1=-2, axis2=-1)
        found[..., places] = np.where(good[..., None], own, np.nan)
    return freeze(found)


def heterotrait_ratios(correlations: npt.ArrayLike, plan: PathPlan) -> Floats:
    """Heterotrait–monotrait ratios (HTMT) of all constructs, for a stack of matrices; see `htmt`.

    Parameters
    ----------
    correlations
        Of the indicators, shape (…, p, p).
    plan
        Which indicator belongs to which construct.

    Returns
    -------
    Floats
        Shape (…, m, m), symmetric; NaN on the diagonal and for constructs of a single indicator.

    Raises
    ------
    ArgumentError
        If the shape is another.

    References
    ----------
    Henseler, Ringle & Sarstedt 2015, Journal of the Academy of Marketing Science 43(1):115-135.
    """
    table = np.asarray(correlations, dtype=np.float64)
    _check_shape(table, plan)
    membership = layout_of(plan).membership
    sizes = membership.sum(axis=0)
    means = membership.T @ np.abs(table) @ membership / np.outer(sizes, sizes)
    with np.errstate(divide="ignore", invalid="ignore"):
        within = (np.diagonal(means, axis1=-2, axis2=-1) * sizes - 1) / (sizes - 1)
        within = np.where((sizes > 1) & (within > 1e-12), within, np.nan)
        ratios = means / np.sqrt(within[..., :, None] * within[..., None, :])
    ratios[..., range(sizes.size), range(sizes.size)] = np.nan
    return freeze(ratios)


def _reflective(plan: PathPlan) -> Floats:
    """Return which constructs have several indicators that reflect them."""
    return np.array([mode == "A" and len(block) > 1 for mode, block in zip(plan.modes, plan.blocks, strict=True)])


def _of_shape(matrices: npt.ArrayLike, estimates: PathEstimates) -> Floats:
    table = np.asarray(matrices, dtype=np.float64)
    _check_shape(table, estimates.plan)
    if table.shape[:-1] != estimates.weights.shape:
        found = f"shape {table.shape} for weights of shape {estimates.weights.shape}"
        raise ArgumentError(Problem("matrices", found, "they are those that were estimated from"))
    return table


def _check_shape(table: Floats, plan: PathPlan) -> None:
    if table.ndim < 2 or table.shape[-2:] != (plan.items, plan.items):
        rule = f"the shape is (…, {plan.items}, {plan.items})"
        raise ArgumentError(Problem("matrices", f"shape {table.shape}", rule))
