"""Sample sizes for means and shares, with finite populations, clusters and groups."""

from __future__ import annotations

from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_confidence
from servqual.statistics._numbers import AT_LEAST_ONE, INSIDE, POSITIVE, single
from servqual.statistics.plans import Plan, up


def sample_size_mean(
    sd: float,
    margin: float,
    confidence: float = 0.95,
    *,
    population: float | None = None,
    design_effect: float = 1.0,
    groups: int = 1,
) -> Plan:
    """Answers needed to know a mean to within a margin, such as a mean gap.

    ``n0 = deff (z sd / margin)²`` with ``z`` the normal quantile at ``(1 + confidence) / 2``, and
    ``n = n0 / (1 + (n0 − 1) / N)`` in a population of ``N``. It solves `margin_of_error_mean`; below some thirty
    answers Student's quantile would ask for a few more.

    Parameters
    ----------
    sd
        Standard deviation to be expected, above zero, in the units of the answers; for a gap, of the difference.
    margin
        Half the width of the interval, above zero, in the same units.
    confidence
        Between 0 and 1.
    population
        Members of the population (in each group); None for a large one.
    design_effect
        By what the variance is larger than in a simple random sample: see `expected_design_effect`.
    groups
        In how many groups, such as branches, the margin is to hold.

    Returns
    -------
    Plan
        Answers in each group, those who do not answer not counted.

    Raises
    ------
    ArgumentError
        If a number is outside its range.

    References
    ----------
    Cochran 1977, Sampling Techniques, 3rd ed., Wiley, section 4.6.

    Examples
    --------
    >>> print(sample_size_mean(1.5, 0.2))
    217 answers (mean to within ±0.2; 95 % confidence; standard deviation 1.5; normal approximation)
    """
    spread, reach = single(sd=(sd, POSITIVE), margin=(margin, POSITIVE))
    words = (f"mean to within ±{reach:g}", f"standard deviation {spread:g}")
    return _plan(
        (spread / reach) ** 2, words, confidence, population=population, design_effect=design_effect, groups=groups
    )


def sample_size_share(
    margin: float,
    share: float = 0.5,
    confidence: float = 0.95,
    *,
    population: float | None = None,
    design_effect: float = 1.0,
    groups: int = 1,
) -> Plan:
    """Answers needed to know a share to within a margin, such as the share of satisfied customers.

    ``n0 = deff z² p (1 − p) / margin²`` and ``n = n0 / (1 + (n0 − 1) / N)``; one half, the default, is the share that
    needs most. It solves `margin_of_error_share`.

    Parameters
    ----------
    margin
        Half the width of the interval, strictly between 0 and 1: 0.05 for five points.
    share
        The share to be expected, strictly between 0 and 1.
    confidence
        Between 0 and 1.
    population
        Members of the population (in each group); None for a large one.
    design_effect
        By what the variance is larger than in a simple random sample: see `expected_design_effect`.
    groups
        In how many groups the margin is to hold.

    Returns
    -------
    Plan
        Answers in each group, those who do not answer not counted.

    Raises
    ------
    ArgumentError
        If a number is outside its range.

    References
    ----------
    Cochran 1977, Sampling Techniques, 3rd ed., Wiley, section 4.4.

    Examples
    --------
    >>> sample_size_share(0.05).n, sample_size_share(0.05, population=500).n
    (385, 218)
    """
    reach, expected = single(margin=(margin, INSIDE), share=(share, INSIDE))
    words = (f"share to within ±{reach:g}", f"share {expected:g}")
    return _plan(
        expected * (1 - expected) / reach**2,
        words,
        confidence,
        population=population,
        design_effect=design_effect,
        groups=groups,
    )


def krejcie_morgan(population: float) -> Plan:
    """Krejcie and Morgan's sample size for a share in a finite population, rounded as in their table.

    ``X² N P (1 − P) / (d² (N − 1) + X² P (1 − P))`` with ``X² = 3.841``, ``P = 0.5`` and ``d = 0.05``, to the nearest
    whole number. Rounding up, as `sample_size_share` does, often gives one more: the margin is then kept, and not only
    nearly so.

    Parameters
    ----------
    population
        Members of the population, one or more.

    Returns
    -------
    Plan
        As their table for the populations it lists.

    Raises
    ------
    ArgumentError
        If the population is below one.

    References
    ----------
    Krejcie & Morgan 1970, Educational and Psychological Measurement 30(3):607-610.

    Examples
    --------
    >>> krejcie_morgan(1200).n
    291
    """
    (members,) = single(population=(population, AT_LEAST_ONE))
    exact = 3.841 * members * 0.25 / (0.05**2 * (members - 1) + 3.841 * 0.25)
    words = ("share to within ±0.05", "share 0.5", "chi-square 3.841", f"population of {members:.0f}")
    return Plan(exact, round(exact), (*words, "rounded to the nearest"))


def _plan(
    ratio: float,
    words: tuple[str, str],
    confidence: float,
    *,
    population: float | None,
    design_effect: float,
    groups: int,
) -> Plan:
    from scipy.special import ndtri

    check_confidence(confidence)
    larger, parts = single(design_effect=(design_effect, POSITIVE), groups=(groups, AT_LEAST_ONE))
    if not parts.is_integer():
        raise ArgumentError(Problem("groups", f"{parts:g}", "it is a whole number"))
    exact = larger * float(ndtri((1 + confidence) / 2)) ** 2 * ratio
    assumptions = [words[0], f"{100 * confidence:g} % confidence", words[1], "normal approximation"]
    if population is not None:
        (members,) = single(population=(population, AT_LEAST_ONE))
        exact /= 1 + (exact - 1) / members
        assumptions.append(f"population of {members:.0f}")
    if larger != 1:
        assumptions.append(f"design effect {larger:g}")
    return Plan(exact, up(exact), tuple(assumptions), groups=int(parts))
