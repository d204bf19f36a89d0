"""`engine`: the results of statsmodels themselves, for whoever wants them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy.typing as npt

from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics.models.kinds import Covariance, Estimator, Norm, chosen
from servqual.statistics.models.linear import least_squares
from servqual.statistics.models.m_estimation import iterated
from servqual.statistics.models.random_intercepts import restricted

_ROUTES: Mapping[Estimator, tuple[Callable[..., Any], tuple[str, ...]]] = {
    Estimator.OLS: (least_squares, ("covariance", "groups", "times", "lags")),
    Estimator.WLS: (least_squares, ("weights", "covariance", "groups", "times", "lags")),
    Estimator.ROBUST: (iterated, ("norm",)),
    Estimator.MIXED: (restricted, ("groups",)),
}


def engine(
    kind: Estimator | str,
    y: npt.ArrayLike,
    x: npt.ArrayLike,
    names: Sequence[str],
    *,
    weights: npt.ArrayLike | None = None,
    covariance: Covariance | None = None,
    groups: npt.ArrayLike | None = None,
    times: npt.ArrayLike | None = None,
    lags: int | None = None,
    norm: Norm | str | None = None,
    intercept: bool = True,
) -> Any:
    """A regression as the results object of statsmodels, the one that `ols`, `robust` and `mixed` read off.

    It holds the rows. Its columns bear the names given; with HAC its rows stand in order of time, group by group.

    Parameters
    ----------
    kind
        Which estimator: ``"ols"``, ``"wls"``, ``"robust"`` or ``"mixed"``.
    y, x, names, intercept
        As of `ols`.
    weights, covariance, groups, times, lags
        As of `ols` for least squares, of `mixed` for a mixed regression.
    norm
        As of `robust`.

    Returns
    -------
    RegressionResults, RLMResults or MixedLMResults
        Of statsmodels.

    Raises
    ------
    ArgumentError
        As of the functions named, and if an option is given that the estimator does not use.

    References
    ----------
    Seabold & Perktold 2010, Proceedings of the 9th Python in Science Conference, 92-96 (statsmodels).

    Examples
    --------
    >>> fit = engine("ols", [1.0, 3.0, 2.0, 5.0], [[1], [2], [3], [4]], ["visits"], covariance="HC3")
    >>> type(fit).__name__, fit.params.round(1)
    ('RegressionResultsWrapper', array([0. , 1.1]))
    """
    estimator = chosen("kind", kind, Estimator)
    results, used = _ROUTES[estimator]
    options = {
        "weights": weights,
        "covariance": covariance,
        "groups": groups,
        "times": times,
        "lags": lags,
        "norm": norm,
    }
    given = {name: value for name, value in options.items() if value is not None}
    problems = [
        Problem(name, "given", f"the {estimator} estimator takes {', '.join(used)}")
        for name in given
        if name not in used
    ]
    if estimator is Estimator.WLS and weights is None:
        problems.append(Problem("weights", "none", "the wls estimator has weights"))
    if problems:
        raise ArgumentError(*problems)
    needed: dict[str, Any] = {"weights": None} if estimator is Estimator.OLS else {}
    needed |= {"groups": None} if estimator is Estimator.MIXED else {}
    return results(y, x, names, intercept=intercept, **needed | given)
