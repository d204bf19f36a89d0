"""Logistic regression of one outcome, or of several of the same rows together, as numbers only."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import AnyArray, Floats, Ints
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._regressors import Design, checked_design
from servqual.statistics.models.logits import LogitFit
from servqual.statistics.weights import WeightKind, row_weights

# a linear predictor beyond which a share is 0 or 1: rows of both kinds are told apart without error
_SEPARATED = 25.0
_STEPS = 100


def logit(
    y: npt.ArrayLike,
    x: npt.ArrayLike,
    names: Sequence[str],
    *,
    weights: npt.ArrayLike | None = None,
    kind: WeightKind | None = None,
    groups: npt.ArrayLike | None = None,
) -> LogitFit:
    """Logistic regression by maximum likelihood: ``ln(p / (1 − p)) = x b``, with an intercept and a robust covariance.

    Several outcomes of the same rows are fitted one by one, and their coefficients have one joint covariance: the
    sandwich of the scores of all of them, so that coefficients can be compared between outcomes.

    Parameters
    ----------
    y
        Zeros and ones, shape (n,), or (n, m) for m outcomes.
    x
        Columns, shape (n, columns), without missing values.
    names
        Name of each column.
    weights, kind
        Weights of the rows, zero or more, and what they mean; frequencies give what repeated rows would.
    groups
        Group of each row, for errors that are alike within groups.

    Returns
    -------
    LogitFit
        With ``k`` coefficients of each outcome, the intercept first.

    Raises
    ------
    ArgumentError
        If shapes do not fit, values are missing, an outcome is not 0 or 1 or always the same, a column follows from
        others, or the columns tell an outcome without error (it is separated), so that there is no largest likelihood.
    WeightError
        If weights are not valid, or without their kind.

    References
    ----------
    Cox 1958, Journal of the Royal Statistical Society B 20(2):215-242; White 1982, Econometrica 50(1):1-25 (robust
    covariance); Albert & Anderson 1984, Biometrika 71(1):1-10 (separation).

    Examples
    --------
    >>> fit = logit([0, 0, 1, 0, 1, 1, 0, 1], np.arange(8.0)[:, None], ["visits"])
    >>> fit.coefficients.round(3)
    array([[-1.516,  0.433]])
    """
    outcomes = _outcomes(y)
    design = checked_design(outcomes[:, 0], x, names, None, intercept=True)
    checked = row_weights(weights, kind, len(outcomes))
    factors = np.ones(len(outcomes)) if checked is None else np.asarray(checked)
    there = factors > 0
    _refuse_constant(outcomes[there])
    codes = None if groups is None else design.codes_of(groups)
    rows = _Rows(design, outcomes, factors, repeated=kind is WeightKind.FREQUENCY, codes=codes)
    fits = [rows.fitted(place) for place in range(outcomes.shape[1])]
    return rows.result(np.array([each for each, _ in fits]), [each for _, each in fits])


@frozen(eq=False)
class _Rows:
    design: Design
    outcomes: Floats
    weights: Floats
    repeated: bool
    codes: Ints | None

    def fitted(self, outcome: int) -> tuple[Floats, float]:
        """Return the coefficients of one outcome, and its log-likelihood."""
        from statsmodels.genmod.families import Binomial
        from statsmodels.genmod.generalized_linear_model import GLM

        there = self.weights > 0
        y, x, weights = self.outcomes[there, outcome], self.design.x[there], self.weights[there]
        # likelihoods of sampling weights are only told apart by ratios of weights
        scaled = weights if self.repeated else weights / weights.mean()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fit: Any = GLM(y, x, family=Binomial(), freq_weights=scaled).fit(maxiter=_STEPS, tol=1e-12)
        coefficients = np.asarray(fit.params, dtype=np.float64)
        if not np.isfinite(coefficients).all() or np.abs(x @ coefficients).max() > _SEPARATED or not fit.converged:
            rule = "no column, or sum of columns, tells 0 from 1 without error"
            remedy = "take fewer columns, or more rows"
            raise ArgumentError(Problem("y", f"outcome {outcome} is separated", rule, remedy))
        return coefficients, float(fit.llf)

    def result(self, coefficients: Floats, likelihoods: list[float]) -> LogitFit:
        """Return the fit with its joint covariance and its average effects."""
        x, w = self.design.x, self.weights
        share = 1 / (1 + np.exp(-(x @ coefficients.T)))
        spread = share * (1 - share)
        bread = [np.linalg.inv((x * (w * column)[:, None]).T @ x) for column in spread.T]
        scores = np.concatenate([x * column[:, None] for column in (self.outcomes - share).T], axis=1)
        covariance = self._sandwich(scores, bread)
        effects, slopes = _average_effects(x, w, coefficients, share)
        totals = w @ self.outcomes / w.sum()
        scale = w.sum() if self.repeated else float((w > 0).sum())
        null = scale * (totals * np.log(totals) + (1 - totals) * np.log(1 - totals))
        groups = None if self.codes is None else int(np.unique(self.codes[w > 0]).size)
        return LogitFit(
            self.design.names, coefficients, covariance, effects, slopes @ covariance @ slopes.T, totals,
            likelihoods, null, scale, groups,
        )  # fmt: skip

    def _sandwich(self, scores: Floats, bread: list[Floats]) -> Floats:
        """Return the joint covariance of the coefficients of all outcomes."""
        weighted = scores * self.weights[:, None]
        if self.codes is not None:
            count = int(self.codes.max()) + 1
            sums = np.stack([np.bincount(self.codes, column, count) for column in weighted.T], axis=1)
            used = np.unique(self.codes[self.weights > 0]).size
            meat = used / (used - 1) * sums.T @ sums
        else:
            meat = scores.T @ weighted if self.repeated else weighted.T @ weighted
        k = len(bread[0])
        whole = np.zeros_like(meat)
        for place, block in enumerate(bread):
            whole[place * k : (place + 1) * k, place * k : (place + 1) * k] = block
        return np.asarray(whole @ meat @ whole)


def _average_effects(x: Floats, w: Floats, coefficients: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Return average effects of columns on shares, (m, columns), and their slopes in the coefficients.

    ``b_j Σ w p (1 − p) / Σ w``; the slopes have the shape (m · columns, m · k).
    """
    m, k = coefficients.shape
    slopes, effects = np.zeros((m * (k - 1), m * k)), np.empty((m, k - 1))
    for place in range(m):
        p = share[:, place]
        mean = w @ (p * (1 - p)) / w.sum()
        bend = (w * p * (1 - p) * (1 - 2 * p)) @ x / w.sum()
        effects[place] = mean * coefficients[place, 1:]
        part = np.outer(coefficients[place, 1:], bend)
        part[:, 1:] += mean * np.eye(k - 1)
        slopes[place * (k - 1) : (place + 1) * (k - 1), place * k : (place + 1) * k] = part
    return effects, slopes


def _outcomes(y: npt.ArrayLike) -> Floats:
    given: AnyArray = np.asarray(y)
    table = given[:, None] if given.ndim == 1 else given
    if table.dtype.kind not in "biuf" or table.ndim != 2 or not table.size:
        found = f"an array of {given.dtype}, shape {given.shape}"
        raise ArgumentError(Problem("y", found, "outcomes are numbers, shape (rows,) or (rows, outcomes)"))
    values = table.astype(np.float64)
    if not np.isin(values, (0.0, 1.0)).all():
        strange = values[~np.isin(values, (0.0, 1.0))][0]
        raise ArgumentError(Problem("y", f"{strange:g}", "an outcome is 0 or 1"))
    return values


def _refuse_constant(outcomes: Floats) -> None:
    means = outcomes.mean(axis=0) if len(outcomes) else np.zeros(outcomes.shape[1])
    problems = [
        Problem("y", f"outcome {place} is {mean:g} in all rows", "both 0 and 1 occur")
        for place, mean in enumerate(means.tolist())
        if mean in {0.0, 1.0}
    ]
    if problems:
        raise ArgumentError(*problems)
