"""Errors in variables: least squares with predictors of known reliability."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from servqual._arrays import Floats, Ints
from servqual.chain.designs import EquationRows
from servqual.chain.recipes import Recipe
from servqual.errors import Problem
from servqual.statistics.models import Covariance, Regression


@frozen(eq=False)
class Moments:
    """Weighted moments about the mean: of x (k,), error variances (k,), of x with itself corrected, with y, of y."""

    x: Floats
    y: Floats
    weights: Floats
    centre: Floats
    corrected: Floats
    with_y: Floats
    of_y: float


def corrected_regression(rows: EquationRows, recipe: Recipe) -> Regression:
    """Least squares corrected for the unreliability of predictors (errors in variables, disattenuation).

    A predictor of reliability ``r`` is measured with an error of variance ``(1 − r) s²``, which draws its coefficient
    to zero and burdens those that go along with it. The error is taken out of the moments:
    ``b = (S_xx − Λ)⁻¹ S_xy`` with ``Λ = diag((1 − r_j) s_jj)``; the coefficients are those of the true scores.

    Their covariance is the sandwich of the estimating equations
    ``Σ w [x̃ (ỹ − x̃ b) + (1 − r) x̃² b] = 0``, x̃ and ỹ about their means: the error variance is an estimate itself, a
    share of the variance in the sample, and the sandwich says so. Reliabilities count as known.

    Parameters
    ----------
    rows
        With an intercept, and reliabilities between 0 and 1.
    recipe
        Its covariance: HC0 without a small-sample correction; HC1 with ``n / (n − k)``; cluster with
        ``G / (G − 1) · (n − 1) / (n − k)``; HAC within units with ``n / (n − k)``.

    Returns
    -------
    Regression
        R² is the share of the variance of y that the true scores explain, ``b′ S_xy / s_yy``; ``sigma2`` what is left,
        error of measurement in y included. There is no likelihood.

    References
    ----------
    Fuller 1987, Measurement Error Models, Wiley, sections 1.2 and 2.2 (known reliability ratios); White 1982,
    Econometrica 50(1):1-25 (the sandwich).
    """
    moments = moments_of(rows)
    slopes = np.linalg.solve(moments.corrected, moments.with_y)
    n, k = rows.x.shape
    explained = float(slopes @ moments.with_y)
    r2 = explained / moments.of_y
    covariance, groups, lags = _covariance(_influences(rows, moments, slopes), rows, recipe)
    return Regression(
        rows.names,
        np.append(rows.y @ moments.weights / moments.weights.sum() - moments.centre @ slopes, slopes),
        covariance,
        float(n - k),
        float(n - k if groups is None else groups - 1),
        r2,
        1 - (1 - r2) * (n - 1) / (n - k),
        n,
        (moments.of_y - explained) * float(moments.weights.sum()) / (n - k),
        recipe.covariance,
        recipe.estimator,
        groups=groups,
        lags=lags,
    )


def moments_of(rows: EquationRows) -> Moments:
    """Return the moments of the columns but the intercept, those of x corrected."""
    weights = np.ones(rows.y.size) if rows.weights is None else rows.weights
    total = weights.sum()
    table = rows.x[:, 1:]
    centre = weights @ table / total
    x, y = table - centre, rows.y - weights @ rows.y / total
    products = x.T @ (weights[:, None] * x) / total
    error = (1 - rows.reliability[1:]) * products.diagonal()
    with_y = x.T @ (weights * y) / total
    return Moments(x, y, weights, centre, products - np.diag(error), with_y, float(weights @ y**2 / total))


def _influences(rows: EquationRows, moments: Moments, slopes: Floats) -> Floats:
    """Return what each row adds to the coefficients, shape (n, k), the intercept first."""
    total = moments.weights.sum()
    rest = moments.y - moments.x @ slopes
    scores = moments.x * rest[:, None] + (1 - rows.reliability[1:]) * moments.x**2 * slopes
    of_slopes = np.linalg.solve(moments.corrected, (moments.weights[:, None] * scores).T).T / total
    of_intercept = moments.weights * rest / total - of_slopes @ moments.centre
    return np.column_stack([of_intercept, of_slopes])


def _covariance(influences: Floats, rows: EquationRows, recipe: Recipe) -> tuple[Floats, int | None, int | None]:
    """Return the covariance of the coefficients, the number of groups and the largest lag."""
    n, k = influences.shape
    if recipe.covariance is Covariance.CLUSTER and rows.cluster is not None:
        _, codes = np.unique(rows.cluster, return_inverse=True)
        groups = int(codes.max()) + 1
        sums = np.column_stack([np.bincount(codes, column) for column in influences.T])
        return sums.T @ sums * (groups / (groups - 1) * (n - 1) / (n - k)), groups, None
    if recipe.covariance is Covariance.HAC:
        _, codes, counts = np.unique(rows.unit, return_inverse=True, return_counts=True)
        longest = int(counts.max())
        default = min(int(4 * (longest / 100) ** (2 / 9)), longest - 1)
        lags = default if recipe.lags is None else recipe.lags
        panel = counts.size > 1
        found = _smoothed(influences, codes, lags) * (n / (n - k) if panel else 1.0)
        return found, int(counts.size) if panel else None, lags
    factor = n / (n - k) if recipe.covariance is Covariance.HC1 else 1.0
    return influences.T @ influences * factor, None, None


def _smoothed(influences: Floats, unit: Ints, lags: int) -> Floats:
    """Return the sum of products of rows up to some lags apart within units, with Bartlett's weights."""
    found = influences.T @ influences
    for lag in range(1, lags + 1):
        same = unit[lag:] == unit[:-lag]
        product = influences[lag:][same].T @ influences[:-lag][same]
        found = found + (1 - lag / (lags + 1)) * (product + product.T)
    return np.asarray(found)


def overcorrected(rows: EquationRows) -> list[Problem]:
    """Return the constructs whose correction takes more variance than they have of their own."""
    if not rows.corrected:
        return []
    moments = moments_of(rows)
    if _positive(moments.corrected):
        slopes = np.linalg.solve(moments.corrected, moments.with_y)
        if moments.of_y > slopes @ moments.with_y:
            return []
        return [_explains_too_much(rows)]
    to_blame = _without_variance(rows, moments)
    rule = "a reliability is above the share of its variance that the other predictors explain"
    remedy = "check the reliability, leave out a predictor that measures the same, or fit without the correction"
    return [Problem(f"reliability of {name}", f"{value:g}{why}", rule, remedy) for name, value, why in to_blame]


def _positive(matrix: Floats) -> bool:
    spread = np.sqrt(matrix.diagonal().clip(min=0))
    if not (spread > 0).all():
        return False
    return bool(np.linalg.eigvalsh(matrix / np.outer(spread, spread))[0] > 1e-10)


def _corrected_names(rows: EquationRows) -> list[tuple[int, str, float]]:
    pairs = enumerate(zip(rows.terms[1:], rows.reliability[1:].tolist(), strict=True))
    return [(place, term.link.source if term.link else term.part, value) for place, (term, value) in pairs if value < 1]


def _without_variance(rows: EquationRows, moments: Moments) -> list[tuple[str, float, str]]:
    """Return constructs with reliability and share explained; all that are corrected where none alone is to blame."""
    error = (1 - rows.reliability[1:]) * (moments.x**2 * moments.weights[:, None]).sum(axis=0) / moments.weights.sum()
    observed = moments.corrected + np.diag(error)
    explained = 1 - 1 / (observed.diagonal() * np.linalg.inv(observed).diagonal())
    corrected = _corrected_names(rows)
    alone = [
        (name, value, f", and the other predictors of {rows.target} explain {explained[place]:.3g}")
        for place, name, value in corrected
        if value <= explained[place]
    ]
    return alone or [
        (name, value, f", together with the others of {rows.target} too low") for _, name, value in corrected
    ]


def _explains_too_much(rows: EquationRows) -> Problem:
    named = ", ".join(f"{name} {value:g}" for _, name, value in _corrected_names(rows))
    found = f"{named}: corrected, the predictors explain more than all of {rows.target}"
    rule = "what is explained is less than what there is"
    return Problem(f"reliability in the equation of {rows.target}", found, rule, "check the reliabilities")
