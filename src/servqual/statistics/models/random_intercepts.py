"""Mixed regression: each group has an intercept of its own, drawn from a normal distribution."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, Ints
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._regressors import Design, checked_design
from servqual.statistics.models.kinds import Covariance, Estimator, labelled
from servqual.statistics.models.regression import Regression
from servqual.statistics.models.restricted_likelihood import best_ratio

# a ratio of the variance between groups to that within below this is zero to the search, which goes by square roots
NOTHING = 1e-4


def mixed(
    y: npt.ArrayLike, x: npt.ArrayLike, names: Sequence[str], *, groups: npt.ArrayLike, intercept: bool = True
) -> Regression:
    """Mixed linear regression with a random intercept for each group, by restricted maximum likelihood (REML).

    ``y = x b + u[group] + e`` with ``u`` normal of variance `group_variance`, ``e`` normal of variance
    `residual_variance`, independent of each other and of x. Where units differ in ways that go along with x, the
    coefficients are biased; unit fixed effects are not. The engine's search starts at the optimum of the likelihood
    over the ratio of the two variances, so that it does not stop short of it.

    Parameters
    ----------
    y, x, names
        As of `ols`.
    groups
        Group of each row, integers or texts.
    intercept
        Whether a column of ones comes first.

    Returns
    -------
    Regression
        With `group_variance`, `converged`, `on_boundary` and `notes`. The covariance is the inverse of the observed
        information, as of the engine; at the bound, where that does not exist, ``(x′ V⁻¹ x)⁻¹``. Tests are normal, and
        too sure of themselves where there are few groups.

    Raises
    ------
    ArgumentError
        If shapes do not fit, values are missing, rows do not outnumber the coefficients, a column follows from others,
        there is one group only or one row in each, or y follows from the columns exactly.

    References
    ----------
    Laird & Ware 1982, Biometrics 38(4):963-974; Patterson & Thompson 1971, Biometrika 58(3):545-554 (REML).

    Examples
    --------
    >>> y, x = [1.0, 2.0, 3.5, 4.0, 6.0, 6.5, 4.0, 5.5, 6.0], [[1], [2], [3], [1], [2], [3], [1], [2], [3]]
    >>> fit = mixed(y, x, ["visits"], groups=[1, 1, 1, 2, 2, 2, 3, 3, 3])
    >>> fit.coefficients.round(3), round(fit.group_variance, 2), round(fit.residual_variance, 3)
    (array([1.944, 1.167]), 3.33, 0.133)
    """
    fit = restricted(y, x, names, groups=groups, intercept=intercept)
    between, within = float(np.asarray(fit.cov_re)[0, 0]), float(fit.scale)
    n, k = fit.model.exog.shape
    bound = between < NOTHING * within
    explained = float(np.var(fit.model.exog @ fit.fe_params))
    return Regression(
        tuple(fit.model.exog_names),
        fit.fe_params,
        _covariance(fit, between, within, bound=bound),
        float(n - k),
        np.inf,
        explained / (explained + between + within),
        np.nan,
        n,
        within,
        Covariance.NONROBUST,
        Estimator.MIXED,
        log_likelihood=float(fit.llf),
        groups=int(fit.model.n_groups),
        group_variance=between,
        converged=bool(fit.converged),
        on_boundary=bound,
    )


def restricted(
    y: npt.ArrayLike, x: npt.ArrayLike, names: Sequence[str], *, groups: npt.ArrayLike | None, intercept: bool
) -> Any:
    """Return the engine's own results of `mixed`, which takes the same arguments."""
    from statsmodels.regression.mixed_linear_model import MixedLM, MixedLMParams

    if groups is None:
        raise ArgumentError(Problem("groups", "none", "a mixed regression has groups"))
    design = checked_design(y, x, names, None, intercept=intercept)
    codes = design.codes_of(groups)
    _refuse_exact(design, codes)
    with warnings.catch_warnings():
        # what the engine warns of is said by the attributes of the results
        warnings.simplefilter("ignore")
        model = labelled(MixedLM(design.y, design.x, groups=codes), design)
        # from afar the engine's search stops short of the optimum, above all where it lies at zero
        ratio = np.array([[best_ratio(design.y, design.x, codes)]])
        start = MixedLMParams.from_components(fe_params=np.zeros(design.x.shape[1]), cov_re=ratio)
        return model.fit(reml=True, start_params=start)


def _refuse_exact(design: Design, codes: Ints) -> None:
    if np.bincount(codes).max() < 2:
        rule = "a random intercept needs a group of two rows or more"
        raise ArgumentError(Problem("groups", f"one row in each of {codes.max() + 1}", rule))
    rest = design.y - design.x @ np.linalg.lstsq(design.x, design.y)[0]
    if rest @ rest <= 1e-20 * (design.y @ design.y):
        found = "it follows from the columns exactly"
        raise ArgumentError(Problem("y", found, "rows lie about the line, so that there are variances to estimate"))


def _covariance(fit: Any, between: float, within: float, *, bound: bool) -> Floats:
    """Return the engine's covariance of the coefficients where there is one."""
    k = fit.model.exog.shape[1]
    found = np.asarray(fit.cov_params())[:k, :k]
    sound = np.isfinite(found).all() and bool((np.linalg.eigvalsh(found) > 0).all())
    return found if sound and not bound else _given_variances(fit.model, between, within)


def _given_variances(model: Any, between: float, within: float) -> Floats:
    """Return ``(x′ V⁻¹ x)⁻¹`` with the variances as estimated."""
    x: Floats = model.exog
    information = x.T @ x
    for rows in model.exog_li:
        total = rows.sum(axis=0)
        information = information - between / (within + len(rows) * between) * np.outer(total, total)
    return np.asarray(np.linalg.inv(information) * within)
