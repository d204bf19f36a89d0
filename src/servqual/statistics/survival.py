"""Times until an event of which some are known only to be longer: shares that last, and quantiles, by group."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import AnyArray, Bools, Floats, Holder, Ints, floats
from servqual.errors import ArgumentError, Problem
from servqual.statistics._arguments import check_confidence
from servqual.statistics._numbers import INSIDE, NOT_NEGATIVE, arrays, single

# Of a share: nearer to it than this, a curve runs level at it.
_LEVEL = 1e-9


class Lasting(NamedTuple):
    """Shares that last beyond a time in each group, their variances, and whether they are known; each (groups,)."""

    survival: Floats
    variance: Floats
    known: Bools


@frozen(eq=False, getstate_setstate=False, repr=False)
class ProductLimit(Holder):
    """The share that lasts beyond each time (Kaplan and Meier's product-limit estimate), with right censoring.

    ``S(t) = Π_{t_i ≤ t} (1 − d_i / r_i)`` with ``d_i`` events and ``r_i`` at risk at ``t_i``; ``Var S = S² Σ d_i / (r_i
    (r_i − d_i))`` (Greenwood).

    Attributes
    ----------
    times
        At which there were events, ascending, shape (m,).
    survival, variance
        The share that lasts beyond each of them, 0 to 1, and its variance, shape (m,).
    n, events, longest
        Times in all, events among them, and the longest time, of an event or not.

    References
    ----------
    Kaplan & Meier 1958, Journal of the American Statistical Association 53(282):457-481; Greenwood 1926, Reports on
    Public Health and Medical Subjects 33:1-26.
    """

    times: Floats = field(converter=floats)
    survival: Floats = field(converter=floats)
    variance: Floats = field(converter=floats)
    n: int
    events: int
    longest: float

    @classmethod
    def of(cls, times: npt.ArrayLike, observed: npt.ArrayLike | None = None) -> Self:
        """Return the estimate of some times; where `observed` is false, a time is only known to be longer.

        Raises
        ------
        ArgumentError
            Times that are negative, infinite or missing, none at all, or truth values that do not fit them.

        Examples
        --------
        >>> ProductLimit.of([1, 2, 3, 4], [True, True, False, True]).survival
        array([0.75, 0.5 , 0.  ])
        """
        values, seen = _checked(times, observed)
        order, at_risk = _ranked(values, seen, np.zeros(values.shape, np.int64))
        happened = seen[order]
        moments, risk = values[order][happened], at_risk[happened]
        last = np.append(moments[1:] != moments[:-1], True) if moments.size else np.zeros(0, np.bool_)
        with np.errstate(divide="ignore", invalid="ignore"):
            survival = np.cumprod((risk - 1) / risk)
            variance = np.where(survival > 0, survival**2 * np.cumsum(1 / (risk * (risk - 1))), 0.0)
        return cls(moments[last], survival[last], variance[last], values.size, int(happened.sum()), float(values.max()))

    def __repr__(self) -> str:
        return f"<ProductLimit of {self.n} times: {self.events} events, {self.n - self.events} censored>"

    def quantile(self, share: float, confidence: float = 0.95) -> tuple[float, float, float]:
        """Return the time by which this share has ended, with its interval; NaN where the curve does not reach it.

        The estimate is the first time with ``S(t) ≤ 1 − share``, or the middle of the times between which the curve
        runs level at it, as an ordinary median does. The interval holds the times at which the band ``S^exp(±z se)``
        with ``se² = Var S / (S log S)²`` holds ``1 − share``; an end that is not reached is NaN above.

        Raises
        ------
        ArgumentError
            A share or a confidence that does not lie strictly between 0 and 1.

        References
        ----------
        Brookmeyer & Crowley 1982, Biometrics 38(1):29-41; Kalbfleisch & Prentice 2002, The Statistical Analysis of
        Failure Time Data, 2nd ed., Wiley, section 1.4 (log-log band).

        Examples
        --------
        >>> ProductLimit.of([1, 2, 3, 4]).quantile(0.5)[0]
        2.5
        """
        (wanted,) = single(share=(share, INSIDE))
        low, high = self.band(confidence)
        ends = (self._crossing(curve, 1 - wanted) for curve in (self.survival, low, high))
        return next(ends), next(ends), next(ends)

    def band(self, confidence: float = 0.95) -> tuple[Floats, Floats]:
        """Return the ends of the log-log interval of `survival`, each (m,); NaN where nobody is left."""
        from scipy.special import ndtri

        check_confidence(confidence)
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log(self.survival)
            reach = ndtri((1 + confidence) / 2) * np.sqrt(self.variance) / (self.survival * np.abs(log))
            return self.survival ** np.exp(reach), self.survival ** np.exp(-reach)

    def _crossing(self, curve: Floats, level: float) -> float:
        """Return where a curve comes down to a level; NaN where it does not."""
        below = np.flatnonzero(curve <= level + _LEVEL)
        if not below.size:
            return np.nan
        first = int(below[0])
        if abs(curve[first] - level) > _LEVEL:
            return float(self.times[first])
        further = np.flatnonzero(curve[first:] < level - _LEVEL)
        after = self.times[first + int(further[0])] if further.size else self._end(curve, first)
        return float((self.times[first] + after) / 2)

    def _end(self, curve: Floats, first: int) -> float:
        """Return the end of the last level stretch: the next event, where the band is not known there, else it."""
        return float(self.times[first + 1]) if np.isnan(curve[first + 1 : first + 2]).any() else self.longest


def lasting_shares(
    times: npt.ArrayLike, observed: npt.ArrayLike | None, groups: Ints, count: int, limit: float
) -> Lasting:
    """Share that lasts beyond a limit in each of many groups, by Kaplan and Meier, with Greenwood's variance.

    Parameters
    ----------
    times, observed
        Times, shape (n,), zero or more, and whether each is that of an event; None where all are.
    groups, count
        Position of the group of each time, and how many groups there are.
    limit
        Zero or more.

    Returns
    -------
    Lasting
        `known` is false where nobody of a group was watched as long as the limit and some had not ended, and where a
        group has no times.

    Raises
    ------
    ArgumentError
        As `ProductLimit.of`.

    Examples
    --------
    >>> lasting_shares([1, 2, 9, 3], [True, False, True, True], np.array([0, 0, 0, 1]), 2, 5.0).survival.round(3)
    array([0.667, 0.   ])
    """
    values, seen = _checked(times, observed)
    order, at_risk = _ranked(values, seen, groups)
    ended = (seen & (values <= limit))[order]
    home, risk = groups[order][ended], at_risk[ended]
    with np.errstate(divide="ignore", invalid="ignore"):
        factors = np.bincount(home[risk > 1], np.log((risk - 1) / risk)[risk > 1], count)
        sums = np.bincount(home[risk > 1], (1 / (risk * (risk - 1)))[risk > 1], count)
    nobody = np.bincount(home[risk == 1], minlength=count) > 0
    survival = np.where(nobody, 0.0, np.exp(factors))
    beyond = values > limit
    beyond |= (values == limit) & ~seen
    watched = np.bincount(groups[beyond], minlength=count) > 0
    known = (np.bincount(groups, minlength=count) > 0) & (watched | nobody)
    return Lasting(survival, np.where(nobody, 0.0, survival**2 * sums), known)


def _checked(times: npt.ArrayLike, observed: npt.ArrayLike | None) -> tuple[Floats, Bools]:
    (values,) = arrays(times=(times, NOT_NEGATIVE))
    seen: AnyArray = np.ones(values.shape, np.bool_) if observed is None else np.asarray(observed)
    problems = []
    if values.ndim != 1 or not values.size:
        problems.append(Problem("times", f"an array of shape {values.shape}", "there is a time for each, one or more"))
    if np.isnan(values).any():
        problems.append(Problem("times", f"{int(np.isnan(values).sum())} missing", "every one has a time"))
    if seen.dtype != np.bool_ or seen.shape != values.shape:
        found = f"an array of {seen.dtype} of shape {seen.shape}"
        problems.append(Problem("observed", found, f"truth values of shape {values.shape}"))
    if problems:
        raise ArgumentError(*problems)
    return values, np.asarray(seen, np.bool_)


def _ranked(values: Floats, seen: Bools, groups: Ints) -> tuple[Ints, Floats]:
    """Return times in order within their groups, events before what was censored at once, and how many are at risk."""
    first = np.lexsort((~seen, values))
    # small integers are sorted by their digits, which takes no comparisons
    small = np.min_scalar_type(int(groups.max(initial=0)))
    order = first[np.argsort(groups[first].astype(small), kind="stable")]
    ends = np.cumsum(np.bincount(groups))
    at_risk = ends[groups[order]] - np.arange(values.size)
    return order, at_risk.astype(np.float64)
