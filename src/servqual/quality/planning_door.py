"""`sample_size` and `margin_of_error`: how many answers a study needs, and how exact it will be."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import evolve

from servqual._arrays import Floats
from servqual.errors import Problem
from servqual.statistics import (
    ArgumentError,
    Plan,
    margin_of_error_mean,
    margin_of_error_share,
    sample_size_alpha,
    sample_size_mean,
    sample_size_share,
)
from servqual.statistics.plans import up

_WHAT = ("sd", "share", "alpha")
# Bonett's formula takes two answers off before it divides.
_LOST = 2


def sample_size(
    margin: float,
    *,
    sd: float | None = None,
    share: float | None = None,
    alpha: float | None = None,
    items: int | None = None,
    confidence: float = 0.95,
    population: float | None = None,
    design_effect: float = 1.0,
    groups: int = 1,
) -> Plan:
    """Number of answers needed to know a mean gap, a share or a reliability (Cronbach's alpha) to within a margin.

    Of a mean or mean gap ``n0 = deff (z sd / margin)²``; of a share ``n0 = deff z² p (1 − p) / margin²``; of alpha over
    ``k`` items, by Bonett, ``n0 = 2 + deff · 2 k / (k − 1) · (1 − alpha)² (z / margin)²``. In a population of ``N``,
    ``n = n0 / (1 + (n0 − 1) / N)``. Rounded up.

    Parameters
    ----------
    margin
        Half the width of the interval, above zero: in scale points for a mean, 0.05 for five points of a share.
    sd
        Standard deviation to be expected: of a mean gap that of the differences, ``√(s1² + s2² − 2 r s1 s2)``; where
        different people answer, ``√(s1² + s2²)``, and so many answer each level.
    share
        Share to be expected, between 0 and 1; one half needs most.
    alpha
        Reliability to be expected, below 1; the lowest that is plausible needs most. Goes with `items`.
    items
        Items of the scale whose reliability it is.
    confidence
        Of the interval.
    population
        Members of the population, in each group; None for a large one.
    design_effect
        By what the variance is larger than in a simple random sample: see `statistics.expected_design_effect`.
    groups
        In how many groups, such as branches, the margin is to hold.

    Returns
    -------
    Plan
        Answers in each group and in all, with what was assumed; those who will not answer are not counted.

    Raises
    ------
    ArgumentError
        Not exactly one of `sd`, `share` and `alpha`; `alpha` without `items` or the reverse; a number outside its
        range.

    References
    ----------
    Cochran 1977, Sampling Techniques, 3rd ed., Wiley, sections 4.4-4.6; Bonett 2002, Journal of Educational and
    Behavioral Statistics 27(4):335-340; Kish 1965, Survey Sampling, Wiley, section 8.2.

    Examples
    --------
    >>> print(sample_size(0.2, sd=1.5, population=800, groups=3))
    171 answers in each of 3 groups, 513 in all (mean to within ±0.2; 95 % confidence; standard deviation 1.5; ...)
    >>> sample_size(0.05, share=0.5).n, sample_size(0.05, alpha=0.85, items=5).n
    (385, 89)
    """
    _check_one(sd=sd, share=share, alpha=alpha, items=items)
    if sd is not None:
        return sample_size_mean(
            sd, margin, confidence, population=population, design_effect=design_effect, groups=groups
        )
    if share is not None:
        return sample_size_share(
            margin, share, confidence, population=population, design_effect=design_effect, groups=groups
        )
    return _for_alpha(
        sample_size_alpha(alpha or 0.0, items or 0, 2 * margin, confidence), population, design_effect, groups
    )


def _for_alpha(plan: Plan, population: float | None, design_effect: float, groups: int) -> Plan:
    """Return Bonett's plan for clusters, a finite population and groups, which are checked as those of a mean are."""
    usual = sample_size_mean(1.0, 1.0, population=population, design_effect=design_effect, groups=groups)
    exact = _LOST + design_effect * (plan.exact - _LOST)
    if population is not None:
        exact /= 1 + (exact - 1) / population
    further = tuple(each for each in usual.assumptions if each.startswith(("population", "design effect")))
    return evolve(plan, exact=exact, n=up(exact), assumptions=(*plan.assumptions, *further), groups=usual.groups)


def margin_of_error(
    n: npt.ArrayLike,
    *,
    sd: npt.ArrayLike | None = None,
    share: npt.ArrayLike | None = None,
    alpha: npt.ArrayLike | None = None,
    items: int | None = None,
    confidence: float = 0.95,
    population: npt.ArrayLike | None = None,
    design_effect: npt.ArrayLike = 1.0,
) -> Floats:
    """Margin of error that a number of answers gives: half the width of the interval of a mean gap, a share or alpha.

    Of a mean ``z sd √(deff / n)``; of a share ``z √(p (1 − p) deff / n)``; of alpha over ``k`` items, by Bonett,
    ``z (1 − alpha) √(2 k / (k − 1) · deff / (n − 2))``, about which its interval is not quite symmetric. In a
    population of ``N`` times ``√((N − n) / (N − 1))``. Without that factor it solves `sample_size`.

    Parameters
    ----------
    n
        Answers, in each group; a number or an array.
    sd, share, alpha, items
        What is to be known, as in `sample_size`.
    confidence
        Of the interval.
    population, design_effect
        As in `sample_size`.

    Returns
    -------
    Floats
        Of the shape that the arguments broadcast to, in scale points or as a share.

    Raises
    ------
    ArgumentError
        As `sample_size`; fewer than three answers for alpha.

    References
    ----------
    Cochran 1977, Sampling Techniques, 3rd ed., Wiley, sections 2.8 and 3.2; Bonett 2002, Journal of Educational and
    Behavioral Statistics 27(4):335-340.

    Examples
    --------
    >>> margin_of_error([100, 400], sd=1.5).round(3)
    array([0.294, 0.147])
    >>> round(float(margin_of_error(89, alpha=0.85, items=5)), 3)
    0.05
    """
    _check_one(sd=sd, share=share, alpha=alpha, items=items)
    if share is not None:
        return margin_of_error_share(share, n, confidence, population=population, design_effect=design_effect)
    if sd is not None:
        return margin_of_error_mean(sd, n, confidence, population=population, design_effect=design_effect)
    expected, answers = np.asarray(alpha, dtype=np.float64), np.asarray(n, dtype=np.float64)
    k = float(items or 0)
    problems = []
    if k < _LOST:
        problems.append(Problem("items", f"{k:g}", "alpha is of two items or more"))
    if not (expected < 1).all():
        problems.append(Problem("alpha", "not below 1", "it is below 1"))
    if not (answers > _LOST).all():
        problems.append(Problem("n", "too few", "alpha needs three answers or more"))
    if problems:
        raise ArgumentError(*problems)
    spread = (1 - expected) * np.sqrt(2 * k / (k - 1) * answers / (answers - _LOST))
    return margin_of_error_mean(spread, answers, confidence, population=population, design_effect=design_effect)


def _check_one(items: int | None, **given: object) -> None:
    """Raise unless exactly one thing is asked about, and items go with alpha."""
    named = [name for name in _WHAT if given[name] is not None]
    if len(named) != 1:
        found = " and ".join(named) or "none of them"
        remedy = "sd= for a mean gap, share= for a share, alpha= with items= for a reliability"
        raise ArgumentError(Problem("sd, share, alpha", found, "exactly one says what is to be known", remedy))
    if (items is not None) != (named == ["alpha"]):
        found = "without items" if items is None else f"items beside {named[0]}"
        raise ArgumentError(Problem("items", found, "alpha depends on how many items there are, nothing else does"))
