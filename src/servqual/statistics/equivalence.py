"""Equivalence within a margin, by two one-sided t tests (TOST)."""

from __future__ import annotations

import numpy as np
from attrs import field, frozen

from servqual._arrays import Bools, Floats, floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._numbers import FINITE, INSIDE, single
from servqual.statistics.outcomes import MeanTest


@frozen(eq=False, kw_only=True, getstate_setstate=False, repr=False)
class EquivalenceResult(MeanTest):
    """Outcome of a test of equivalence; ``statistic`` and ``p`` are those of the weaker of the two one-sided tests.

    Attributes
    ----------
    p_low
        One-sided p-value against an estimate at or below the lower margin.
    p_high
        One-sided p-value against an estimate at or above the upper margin.
    margins
        Lower and upper margin, in the units of the answers.
    level
        The level at which equivalence is said.
    """

    p_low: Floats = field(converter=floats)
    p_high: Floats = field(converter=floats)
    margins: tuple[float, float]
    level: float

    @property
    def equivalent(self) -> Bools:
        """Whether the estimate is equivalent at the level: both one-sided tests reject; false where there is no test.

        The same as that the interval of confidence ``1 − 2 level`` lies within the margins. False does not mean that
        there is a difference.
        """
        return freeze(np.asarray(self.p < self.level))


def equivalence_test(test: MeanTest, margin: float | tuple[float, float], level: float = 0.05) -> EquivalenceResult:
    """Two one-sided t tests (TOST) of whether a mean or a difference is small enough not to matter.

    The null is that it lies at or beyond a margin. ``t_low = (estimate − low) / se`` and ``t_high = (estimate − high) /
    se`` are each tested towards the inside; p is the larger of the two, and one-sided.

    Parameters
    ----------
    test
        A t test, of whatever design: `paired_t`, `welch_t`, `cluster_t`, `mean_test`; its own null plays no part.
    margin
        The smallest difference that would matter, in the units of the answers: one number above zero for both
        directions, or the lower and the upper margin. It has to be chosen before the answers are seen.
    level
        Between 0 and 0.5.

    Returns
    -------
    EquivalenceResult
        Of the shape of the test; inapplicable where the test is.

    Raises
    ------
    ArgumentError
        If the margin is not above zero, the lower one not below the upper one, or the level not below one half.

    References
    ----------
    Schuirmann 1987, Journal of Pharmacokinetics and Biopharmaceutics 15(6):657-680; Lakens 2017, Social Psychological
    and Personality Science 8(4):355-362.

    Examples
    --------
    >>> from servqual.statistics.comparison import paired_t
    >>> result = equivalence_test(paired_t(0.05, 1.0, 200), margin=0.3)
    >>> result
    <EquivalenceResult by paired t, two one-sided tests: p 0.000253; null: the mean difference is at or beyond ±0.3>
    >>> bool(result.equivalent)
    True
    """
    from scipy.special import stdtr

    low, high = _margins(margin)
    _check_level(level)
    se = np.where(test.reason == "", test.se, np.nan)
    t_low, t_high = (test.estimate - low) / se, (test.estimate - high) / se
    p_low, p_high = stdtr(test.df, -t_low), stdtr(test.df, t_high)
    symmetric = low == -high
    words = f"at or beyond ±{high:g}" if symmetric else f"at or below {low:g}, or at or above {high:g}"
    return EquivalenceResult(
        statistic=np.where(p_low > p_high, t_low, t_high),
        df=test.df,
        p=np.maximum(p_low, p_high),
        null=f"{_subject(test.null)} is {words}",
        method=f"{test.method}, two one-sided tests",
        reason=test.reason,
        estimate=test.estimate,
        se=test.se,
        p_low=p_low,
        p_high=p_high,
        margins=(low, high),
        level=float(level),
    )


def _margins(margin: float | tuple[float, float]) -> tuple[float, float]:
    both = margin if isinstance(margin, tuple | list) else (-margin, margin)
    if len(both) != 2:
        raise ArgumentError(Problem("margin", f"{len(both)} numbers", "it is one number, or a lower and an upper one"))
    low, high = single(lower_margin=(both[0], FINITE), upper_margin=(both[1], FINITE))
    if not low < high:
        remedy = "a single margin is above zero"
        raise ArgumentError(Problem("margin", f"{low:g} to {high:g}", "the lower margin is below the upper", remedy))
    return low, high


def _check_level(level: float) -> None:
    (found,) = single(level=(level, INSIDE))
    if found >= 0.5:
        raise ArgumentError(Problem("level", f"{found:g}", "a level lies below one half", "pass 0.05"))


def _subject(null: str) -> str:
    """Return what a null speaks of: "the mean is 0" speaks of the mean."""
    return null.rpartition(" is ")[0] or null
