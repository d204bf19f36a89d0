"""The logistic curve: a share between 0 and 1, such as retention, over satisfaction."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._plain import plain
from servqual.statistics.curve_rows import CurveRows, curve_rows
from servqual.statistics.curves import Steepness, checked_top, delta_steepness
from servqual.statistics.intervals import student_interval
from servqual.statistics.resample_counts import check_draws

# Newton's steps converge quadratically: the change that ends them is far larger than what is left then.
_STEPS = 200
_STILL = 1e-9
# a likelihood that falls by less has not fallen
_ROUNDING = 1e-12


@frozen(eq=False, getstate_setstate=False, repr=False)
class LogisticCurve(Holder):
    """A fitted logistic curve as numbers: ``p(x) = 1 / (1 + exp(−(a + b x)))``.

    Attributes
    ----------
    coefficients, covariance
        ``a`` and ``b``, shape (2,), in logits and logits per unit of x; their covariance, shape (2, 2).
    bounds
        Smallest and largest x that the curve was fitted on.
    n
        Rows.
    df
        Degrees of freedom of intervals: infinite, with groups ``G − 1``.
    estimator
        How the covariance was estimated: "binomial", "robust" or "cluster".
    log_likelihood
        ``Σ m (y ln p + (1 − y) ln(1 − p))``, without the binomial constant.
    """

    coefficients: Floats = field(converter=floats)
    covariance: Floats = field(converter=floats)
    bounds: tuple[float, float]
    n: int
    df: float
    estimator: str
    log_likelihood: float

    @property
    def standard_errors(self) -> Floats:
        """Standard errors of ``a`` and ``b``, shape (2,)."""
        return freeze(np.sqrt(self.covariance.diagonal()))

    def at(self, x: npt.ArrayLike) -> Floats:
        """Share at each ``x``, between 0 and 1; outside of its range the curve goes on."""
        return freeze(_share(_rows(x) @ self.coefficients))

    def slope(self, x: npt.ArrayLike) -> Floats:
        """Slope of the curve, ``b p (1 − p)``, in share per unit of x."""
        share = self.at(x)
        return freeze(np.asarray(self.coefficients[1] * share * (1 - share)))

    def interval(self, x: npt.ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
        """Confidence interval of the share at each ``x`` alone, made on logits: low and high, between 0 and 1.

        Raises
        ------
        ArgumentError
            If the confidence does not lie between 0 and 1.
        """
        rows = _rows(x)
        se = np.sqrt(np.clip(np.einsum("...i,ij,...j->...", rows, self.covariance, rows), 0, None))
        low, high = student_interval(rows @ self.coefficients, se, self.df, confidence)
        return freeze(_share(np.asarray(low))), freeze(_share(np.asarray(high)))

    def draws_at(self, x: npt.ArrayLike, draws: int, rng: int | np.random.Generator) -> Floats:
        """Shares of curves whose coefficients are drawn from their normal distribution, shape (draws, …)."""
        check_draws(draws, rng, least=1)
        normal = np.random.default_rng(rng).multivariate_normal
        drawn = normal(self.coefficients, self.covariance, draws, method="eigh")
        return freeze(_share(np.moveaxis(_rows(x) @ drawn.T, -1, 0)))

    def steepness(self, top: float, confidence: float = 0.95) -> Steepness:
        """How steep the curve is from ``top`` upwards, against its mean slope; intervals by the delta method.

        Raises
        ------
        ArgumentError
            If ``top`` is not inside the range of x, or the confidence does not lie between 0 and 1.
        """
        low, high = self.bounds
        start = checked_top(top, self.bounds)
        places = np.array([start, low])
        share, last = self.at(places), self.at(high)
        slopes = (last - share) / (high - places)
        gradient = last * (1 - last) * _rows(high) - (share * (1 - share))[:, None] * _rows(places)
        gradient = gradient / (high - places)[:, None]
        spread = gradient @ self.covariance @ gradient.T
        return delta_steepness(slopes, spread, self.df, start, self.bounds, confidence)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary; infinite degrees of freedom are the word "inf"."""
        numbers = {"coefficients": plain(self.coefficients), "covariance": plain(self.covariance)}
        about = {"n": self.n, "df": "inf" if math.isinf(self.df) else self.df, "estimator": self.estimator}
        ends = {"bounds": list(self.bounds), "log_likelihood": self.log_likelihood}
        return {"curve": "logistic", **numbers, **ends, **about}

    def __repr__(self) -> str:
        a, b = self.coefficients.tolist()
        return f"<LogisticCurve: logit {a:.3f} + {b:.3f} x; n {self.n}, {self.estimator} covariance>"


def logistic_curve(
    x: npt.ArrayLike, y: npt.ArrayLike, *, trials: npt.ArrayLike | None = None, groups: npt.ArrayLike | None = None
) -> LogisticCurve:
    """Logistic regression of a share, such as retention, on satisfaction, by the binomial likelihood.

    ``logit p = a + b x``. Maximises ``Σ m (y ln p + (1 − y) ln(1 − p))``, with ``m`` the trials behind each share.

    Parameters
    ----------
    x
        Satisfaction, shape (n,).
    y
        Shares between 0 and 1, shape (n,); or 0 and 1 for each customer.
    trials
        Customers behind each share, shape (n,), above zero. With them, and where all y are 0 or 1, the covariance is
        the binomial one. Shares without trials have a robust (sandwich) covariance, for nobody knows how many stand
        behind them.
    groups
        Group of each row: the covariance is then the sandwich over groups, with ``G / (G − 1)``, and t on ``G − 1``.

    Returns
    -------
    LogisticCurve
        With its coefficients and their covariance.

    Raises
    ------
    ArgumentError
        If shapes do not fit, values are missing, shares lie outside 0 to 1 or are all the same, or x separates zeros
        from ones, so that no finite curve is the best.

    References
    ----------
    McCullagh & Nelder 1989, Generalized Linear Models, 2nd ed., Chapman & Hall, chapter 4; Papke & Wooldridge 1996,
    Journal of Applied Econometrics 11(6):619-632 (shares without trials).

    Examples
    --------
    >>> curve = logistic_curve([1, 2, 3, 4, 5], [0.35, 0.5, 0.6, 0.75, 0.9], trials=[20, 40, 80, 120, 60])
    >>> curve
    <LogisticCurve: logit -1.431 + 0.653 x; n 5, binomial covariance>
    >>> curve.at([3, 5]).round(3)
    array([0.629, 0.862])
    """
    rows = curve_rows(x, y, trials, groups, weighing="trials")
    _refuse_shares(rows.x, rows.y)
    # steps are taken on x of mean 0 and length 1, so that its unit does not decide how exact they are
    centre, spread = float(rows.x.mean()), float(rows.x.std())
    design = np.column_stack([np.ones(rows.x.size), (rows.x - centre) / spread])
    found = _fitted(design, rows)
    counted = trials is not None or bool(np.isin(rows.y, (0, 1)).all())
    estimator = "cluster" if rows.groups is not None else "binomial" if counted else "robust"
    covariance = _covariance(design, rows, found, estimator)
    back = np.array([[1, -centre / spread], [0, 1 / spread]])
    predictor = design @ found
    likelihood = rows.weights @ (rows.y * predictor - np.logaddexp(0, predictor))
    df = math.inf if rows.groups is None else float(rows.groups.max())
    return LogisticCurve(
        back @ found, back @ covariance @ back.T, rows.bounds, rows.x.size, df, estimator, float(likelihood)
    )


def _rows(x: npt.ArrayLike) -> Floats:
    given = np.asarray(x, dtype=np.float64)
    return np.stack([np.ones(given.shape), given], axis=-1)


def _share(logit: Floats) -> Floats:
    from scipy.special import expit

    return np.asarray(expit(logit))


def _refuse_shares(x: Floats, y: Floats) -> None:
    outside = (y < 0) | (y > 1)
    if outside.any():
        remedy = "divide percentages by 100" if y.min() >= 0 and y.max() <= 100 else ""
        found = f"{y[outside][0]:g} in row {np.flatnonzero(outside)[0]}"
        raise ArgumentError(Problem("y", found, "shares lie between 0 and 1", remedy))
    if np.unique(y).size < 2:
        raise ArgumentError(Problem("y", f"{y[0]:g} in all rows", "a curve needs shares that differ"))
    lost, kept = x[y < 1], x[y > 0]
    if lost.max() <= kept.min() or kept.max() <= lost.min():
        found = f"shares are 0 or 1 on either side of x = {kept.min() if lost.max() <= kept.min() else kept.max():g}"
        rule = "where x separates zeros from ones, no finite curve is the best"
        raise ArgumentError(Problem("y", found, rule, "fit a monotone curve, or take more rows"))


def _fitted(design: Floats, rows: CurveRows) -> Floats:
    """Return the coefficients by Newton's steps, halved while they lower the likelihood, which is concave."""
    found: Floats = np.zeros(2)
    step: Floats = np.zeros(2)
    best = -math.inf
    for _ in range(_STEPS):
        predictor = design @ (found + step)
        likelihood = float(rows.weights @ (rows.y * predictor - np.logaddexp(0, predictor)))
        if likelihood < best - _ROUNDING * (1 + abs(best)):
            step = step / 2
        else:
            found, best, share = found + step, likelihood, _share(predictor)
            information = (design * (rows.weights * share * (1 - share))[:, None]).T @ design
            step = np.linalg.solve(information, design.T @ (rows.weights * (rows.y - share)))
        if np.abs(design @ step).max() < _STILL:
            break
    return np.asarray(found + step)


def _covariance(design: Floats, rows: CurveRows, found: Floats, estimator: str) -> Floats:
    share = _share(design @ found)
    bread = np.linalg.inv((design * (rows.weights * share * (1 - share))[:, None]).T @ design)
    if estimator == "binomial":
        return bread
    scores = design * (rows.weights * (rows.y - share))[:, None]
    if rows.groups is None:
        rows_, columns = design.shape
        return np.asarray(bread @ (scores.T @ scores) @ bread * (rows_ / (rows_ - columns)))
    groups = int(rows.groups.max()) + 1
    summed = np.stack([np.bincount(rows.groups, column, groups) for column in scores.T], axis=1)
    return np.asarray(bread @ (summed.T @ summed) @ bread * (groups / (groups - 1)))
