"""Weibull hazards fitted to lives of which some were cut off, by maximum likelihood."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Bools, Floats, Holder, floats, freeze
from servqual.errors import ArgumentError, Problem
from servqual.statistics import _weibull_parts as weibull
from servqual.statistics._arguments import check_confidence
from servqual.statistics._numbers import INSIDE, POSITIVE, arrays
from servqual.statistics._weibull_likelihood import Likelihood, is_inside
from servqual.statistics.hazards import NO_TUB, AdditiveWeibull, Weibull, log_bottom
from servqual.statistics.propagation import CovarianceSpread, Propagated
from servqual.statistics.reasoned import Reasoned

APART = "these lives do not tell two parts apart: one of them vanished, or shrank to a single failure"
# Of the curvature of the likelihood: how much less of it in some direction counts as none.
_FLAT = 1e-9
_NUDGE = 6e-6


@frozen(eq=False, getstate_setstate=False, repr=False)
class HazardFit(Holder):
    """A distribution of lives fitted by maximum likelihood, with intervals of all that is read from it.

    Intervals are normal on a logarithmic scale (delta method), so that no end lies below zero.

    Attributes
    ----------
    life
        The distribution with the estimates in it.
    covariance
        Of the logarithms of its parameters, in their order, (m, m), from the observed information; NaN where
        `problem` says that there is none.
    log_likelihood
        At the maximum.
    n, failures
        Lives, and those of them that ended in a failure.
    problem
        Why there are no intervals; empty where there are.
    """

    life: Weibull | AdditiveWeibull
    covariance: Floats = field(converter=floats)
    log_likelihood: float
    n: int
    failures: int
    problem: str = ""

    @property
    def aic(self) -> float:
        """Akaike's criterion, ``2 m − 2 log L`` with m parameters; less is better."""
        return 2 * self.covariance.shape[0] - 2 * self.log_likelihood

    @property
    def bic(self) -> float:
        """Schwarz's criterion, ``m log k − 2 log L``, in which k counts failures: cut-off lives say less."""
        return float(self.covariance.shape[0] * np.log(self.failures) - 2 * self.log_likelihood)

    def parameters(self, confidence: float = 0.95) -> Propagated:
        """Rates and shapes with intervals, in the order in which `life` takes them."""
        return self._told(lambda parts: parts.ravel(), confidence)

    def hazard(self, times: npt.ArrayLike, confidence: float = 0.95) -> Propagated:
        """Failure rate at some times, with pointwise intervals, (times,)."""
        at = _moments(times)
        return self._told(lambda parts: weibull.log_hazard(parts, at), confidence)

    def survival(self, times: npt.ArrayLike, confidence: float = 0.95) -> Propagated:
        """Share that lives longer than some times, with pointwise intervals on the scale of ``log(−log R)``."""
        at = _moments(times)
        found = self._told(lambda parts: weibull.log_cumulative(parts, at), confidence)
        share = np.exp(-found.estimate.values)
        turned = (found.high, found.low)
        low, high = (Reasoned(np.exp(-each.values), each.reason) for each in turned)
        error = Reasoned(found.se.values * share, found.se.reason)
        return Propagated(Reasoned.of(share), error, low, high, found.p)

    def quantile(self, shares: npt.ArrayLike, confidence: float = 0.95) -> Propagated:
        """Times by which some shares have failed, with intervals, (shares,)."""
        (failed,) = arrays(shares=(shares, INSIDE))
        level = np.log(-np.log1p(-np.atleast_1d(failed)))
        return self._told(lambda parts: weibull.log_quantile(parts, level), confidence)

    def mean_life(self, confidence: float = 0.95) -> Propagated:
        """Mean life with its interval, (1,)."""
        return self._told(lambda parts: np.array([weibull.log_mean(parts)]), confidence)

    def minimum(self, confidence: float = 0.95) -> Propagated:
        """When the failure rate is least, and how high it is then, with intervals, (2,)."""

        def bottom(parts: Floats) -> Floats:
            at = log_bottom(parts) if len(parts) > 1 else np.nan
            return np.array([at, np.nan if np.isnan(at) else float(weibull.log_hazard(parts, np.array(at)))])

        return self._told(bottom, confidence, NO_TUB)

    def _told(self, function: Callable[[Floats], Floats], confidence: float, nowhere: str = "") -> Propagated:
        """Return the exponentials of a function of log parameters; errors are those on the scale itself."""
        check_confidence(confidence)
        size, centre = self.covariance.shape[0], self.life.parts.ravel()
        gradient = _gradient(function, centre)
        known = np.zeros((size, size)) if self.problem else self.covariance
        found = CovarianceSpread(centre, known).of(
            lambda point: function(point.reshape(-1, 2)), gradient, confidence=confidence
        )
        at = np.exp(found.estimate.values)
        missing, why = np.isnan(at), nowhere or "it has no value at these estimates"
        cases = ((missing, why), (bool(self.problem), self.problem))
        low, high = (Reasoned.of(np.exp(each.values), *cases) for each in (found.low, found.high))
        error = Reasoned.of(at * found.se.values, *cases)
        return Propagated(Reasoned.of(at, cases[0]), error, low, high, Reasoned.none("no null is tested", at.size))

    def __repr__(self) -> str:
        name = type(self.life).__name__
        return (
            f"<HazardFit, {name}: {self.failures} failures of {self.n} lives, log-likelihood {self.log_likelihood:.3f}>"
        )


def weibull_fit(times: npt.ArrayLike, failed: npt.ArrayLike | None = None) -> HazardFit:
    """Weibull's distribution fitted to lives by maximum likelihood, some of them cut off at the right (censored).

    ``log L = Σ_failed log h(t) − Σ H(t)``, maximised by Newton's method with exact second derivatives.

    Parameters
    ----------
    times
        Lives until a failure or until the end of watching, above zero, (n,).
    failed
        Whether each ended in a failure, (n,), true or false, 1 or 0; by default all did.

    Returns
    -------
    HazardFit
        With a `Weibull` in it.

    Raises
    ------
    ArgumentError
        All problems at once: times that are not above zero or missing, shapes that do not fit, marks that are neither
        0 nor 1, fewer than two failures or all at one time.

    References
    ----------
    Kalbfleisch & Prentice 2002, The Statistical Analysis of Failure Time Data, 2nd ed., Wiley, chapter 3.

    Examples
    --------
    >>> fit = weibull_fit([5, 8, 12, 20, 30], [1, 1, 1, 1, 0])
    >>> round(fit.life.b, 3), round(1 / fit.life.a, 3)
    (1.41, 18.831)
    """
    return _fitted(*_lives(times, failed, 2), 1)


def additive_weibull_fit(times: npt.ArrayLike, failed: npt.ArrayLike | None = None) -> HazardFit:
    """The bathtub curve, a sum of two Weibull hazards, fitted to lives by maximum likelihood, some of them cut off.

    As `weibull_fit`, from eight starts. The likelihood has no upper end: a part that shrinks to the last failure
    raises it without bound. So the largest local maximum is taken at which both parts are there and no shape exceeds
    20. Where there is none, the fit says so and has no intervals.

    Parameters
    ----------
    times, failed
        As of `weibull_fit`.

    Returns
    -------
    HazardFit
        With an `AdditiveWeibull` in it; the part of the larger shape is that of wear.

    Raises
    ------
    ArgumentError
        As `weibull_fit`; fewer than five failures.

    References
    ----------
    Xie & Lai 1995, Reliability Engineering & System Safety 52(1):87-93; Day 1969, Biometrika 56(3):463-474 (why the
    largest likelihood of a mixture is not sought).

    Examples
    --------
    >>> made = AdditiveWeibull(0.01, 3, 0.005, 0.5)
    >>> fit = additive_weibull_fit(made.quantile((np.arange(400) + 0.5) / 400))
    >>> round(fit.life.b, 1), round(fit.life.d, 1)
    (3.0, 0.5)
    """
    return _fitted(*_lives(times, failed, 5), 2)


def _fitted(log_times: Floats, failed: Bools, parts: int) -> HazardFit:
    centre = float(log_times.mean())
    likelihood = Likelihood(log_times - centre, failed)
    found = likelihood.best(parts)
    table = found.point.reshape(-1, 2)
    order = np.argsort(-table[:, 1], kind="stable")
    places = (2 * order[:, None] + np.arange(2)).ravel()
    estimates = np.exp(table[order] - np.array([centre, 0.0])).ravel().tolist()
    n = failed.size
    information = n * likelihood.bend(found.point).hessian[np.ix_(places, places)]
    curves = np.linalg.eigvalsh(information)
    problem = "" if is_inside(found.point) and curves[0] > _FLAT * curves[-1] else APART
    covariance = np.full(information.shape, np.nan) if problem else np.linalg.inv(information)
    log_likelihood = -n * found.value - float(failed.sum()) * centre
    life = Weibull(*estimates) if parts == 1 else AdditiveWeibull(*estimates)
    return HazardFit(life, covariance, log_likelihood, n, int(failed.sum()), problem)


def _lives(times: npt.ArrayLike, failed: npt.ArrayLike | None, least: int) -> tuple[Floats, Bools]:
    """Return logarithms of times and whether each was a failure, or refuse them."""
    (at,) = arrays(times=(times, POSITIVE))
    marks = np.ones(at.shape, np.bool_) if failed is None else np.asarray(failed)
    problems = []
    if at.ndim != 1 or marks.shape != at.shape:
        rule = "lives are a row of times, each with its own mark"
        problems.append(Problem("times, failed", f"shapes {at.shape} and {marks.shape}", rule))
    if np.isnan(at).any():
        rule = "each life has a time"
        problems.append(Problem("times", f"{int(np.isnan(at).sum())} missing", rule, "leave these lives out"))
    if marks.dtype.kind not in "biuf" or not np.isin(marks, (0, 1)).all():
        rule, remedy = "a mark is true or false, 1 or 0", "1 for a failure, 0 for a life that was cut off"
        problems.append(Problem("failed", "other marks", rule, remedy))
    elif not problems and np.unique(at[marks == 1]).size < least:
        found = f"failures at {np.unique(at[marks == 1]).size} different times"
        problems.append(Problem("failed", found, f"{least} or more are needed"))
    if problems:
        raise ArgumentError(*problems)
    return np.log(at), marks == 1


def _moments(times: npt.ArrayLike) -> Floats:
    (at,) = arrays(times=(times, POSITIVE))
    return np.log(np.atleast_1d(at))


def _gradient(function: Callable[[Floats], Floats], centre: Floats) -> Floats:
    """Return derivatives by central differences, (values, parameters)."""
    columns = []
    for place in range(centre.size):
        nudge = np.zeros(centre.size)
        nudge[place] = _NUDGE
        ahead, behind = (function((centre + side * nudge).reshape(-1, 2)) for side in (1, -1))
        columns.append((ahead - behind) / (2 * _NUDGE))
    return freeze(np.stack(columns, axis=1))
