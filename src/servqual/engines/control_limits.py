"""Centre lines and limits of control charts, from the sums of each period."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Self

import numpy as np
from attrs import field, frozen

from servqual._arrays import Bools, Floats, Holder, floats
from servqual.scoring.estimates import Part
from servqual.statistics.weights import WeightKind

# Of the mean range of two values, in standard deviations: 2 / √π.
D2 = 2.0 / math.sqrt(math.pi)
# From so many degrees of freedom on, the series of c4 is exact in double precision, and logarithms of gamma are not.
_MANY = 1000.0

FEW_ANSWERS = "fewer than two answers in every period of the baseline"
FEW_PERIODS = "fewer than two periods with answers in the baseline"
FEW_CLUSTERS = "fewer than two clusters in every period of the baseline"
STILL = "no variation in the baseline"
NO_ANSWERS = "no answers"


class Spread(StrEnum):
    """What the limits of a chart are made of.

    WITHIN
        The scatter of respondents within periods: limits hold if nothing but chance changes between periods.
    BETWEEN
        The scatter between neighbouring periods (moving range): for scores of so many people that periods always differ
        by more than chance, though nothing worth mending has happened.
    """

    WITHIN = "within"
    BETWEEN = "between"


def c4(n: float) -> float:
    """Return what the standard deviation of ``n`` normal values is on average, in true ones.

    ``c4(n) = √(2 / (n − 1)) Γ(n / 2) / Γ((n − 1) / 2)``, between 0 and 1; 0.7979 for 2, 0.9400 for 5.

    References
    ----------
    Montgomery 2013, Introduction to Statistical Quality Control, 7th ed., Wiley, appendix VI.

    Examples
    --------
    >>> round(c4(2), 4), round(c4(5), 4), c4(1e9) < 1
    (0.7979, 0.94, True)
    """
    freedom = n - 1
    if freedom >= _MANY:
        return 1 - 1 / (4 * freedom) + 1 / (32 * freedom**2) + 5 / (128 * freedom**3)
    return math.sqrt(2 / freedom) * math.exp(math.lgamma(n / 2) - math.lgamma(freedom / 2))


@frozen(eq=False, getstate_setstate=False, repr=False)
class Subgroups(Holder):
    """One score in several periods: respondents, mean, standard deviation, its freedom, error; each (periods,)."""

    n: Floats = field(converter=floats)
    mean: Floats = field(converter=floats)
    sd: Floats = field(converter=floats)
    freedom: Floats = field(converter=floats)
    se: Floats = field(converter=floats)
    simple: bool = True

    @classmethod
    def of(cls, parts: Sequence[Part], column: int) -> Self:
        """Return one column of the sums of each period; without a spread where people were not paired.

        They are `simple` where the error of a mean is ``s / √n``: without clusters and sampling weights.
        """
        place = slice(column, column + 1)
        found = [part.estimates(place, 0.95) for part in parts]
        n, mean, sd, se = (np.array([float(each[name][0]) for each in found]) for name in ("n", "mean", "sd", "se"))
        terms = [term for part in parts for term in part.terms]
        plain = all(term.clusters is None and term.moments.kind is not WeightKind.SAMPLING for term in terms)
        firsts = [part.terms[0].moments for part in parts]
        freedom = np.array([each.degrees_of_freedom[column] for each in firsts])
        return cls(n, mean, sd, freedom, se, plain)


@frozen(eq=False)
class Limits:
    """The centre line, and sigma of the mean of each period, (periods,); NaN, and why, where there is none.

    `design_effect` is by how much clusters or weights make the variance of a mean grow.
    """

    centre: float
    sigma: Floats
    design_effect: float
    reason: str = ""

    @classmethod
    def of(cls, groups: Subgroups, baseline: Bools, spread: Spread, centre: float | None) -> Self:
        """Return the limits that the periods of the baseline give; `centre` where the line is given.

        The centre line is ``Σ n_i x_i / Σ n_i``. Within periods, sigma of a mean is ``s √(deff / n_i) / c4(ν + 1)``
        with ``s² = Σ (n_i − 1) s_i² / ν`` and ``ν = Σ (n_i − 1)``; between them, ``mean |x_i − x_{i−1}| / d2``.
        """
        held = baseline & (groups.n > 0)
        line = _centre(groups, held) if centre is None else centre
        if spread is Spread.BETWEEN:
            sigma, reason = _between(groups.mean[held])
            return cls(line, np.where(groups.n > 0, sigma, np.nan), 1.0, reason)
        return cls._within(groups, held, line)

    @classmethod
    def _within(cls, groups: Subgroups, held: Bools, line: float) -> Self:
        some = held & (groups.freedom >= 1)
        freedom = float(groups.freedom[some].sum())
        none = np.full(groups.n.shape, np.nan)
        if not freedom:
            return cls(line, none, 1.0, FEW_ANSWERS)
        pooled = math.sqrt(float((groups.freedom[some] * groups.sd[some] ** 2).sum()) / freedom)
        effect = 1.0 if groups.simple else _design_effect(groups, some)
        reason = STILL if pooled == 0 else FEW_CLUSTERS if math.isnan(effect) else ""
        if reason:
            return cls(line, none, 1.0, reason)
        with np.errstate(divide="ignore", invalid="ignore"):
            sigma = pooled * np.sqrt(effect / groups.n) / c4(freedom + 1)
        return cls(line, np.where(groups.n > 0, sigma, np.nan), effect)


def _centre(groups: Subgroups, held: Bools) -> float:
    n = groups.n[held]
    return float((n * groups.mean[held]).sum() / n.sum()) if n.size else math.nan


def _between(means: Floats) -> tuple[float, str]:
    if means.size < 2:
        return math.nan, FEW_PERIODS
    sigma = float(np.abs(np.diff(means)).mean()) / D2
    return (sigma, "") if sigma else (math.nan, STILL)


def _design_effect(groups: Subgroups, some: Bools) -> float:
    """Return the variance of means over that of simple random samples, by respondents; NaN where no error is known."""
    known = some & (groups.se >= 0) & (groups.sd > 0)
    n = groups.n[known]
    return float((n * n * groups.se[known] ** 2 / groups.sd[known] ** 2).sum() / n.sum()) if n.size else math.nan


def smoothed(values: Floats, limits: Limits, weight: float) -> tuple[Floats, Floats]:
    """Return the exponentially weighted means of values, and their sigmas, each (periods,).

    ``z_i = λ x_i + (1 − λ) z_{i−1}`` from the centre line on, with variance ``λ² σ_i² + (1 − λ)² Var z_{i−1}``; a
    period without answers has none and changes nothing.
    """
    level, variance = limits.centre, 0.0
    means, sigmas = np.full((2, len(values)), np.nan)
    for place, (value, sigma) in enumerate(zip(values.tolist(), limits.sigma.tolist(), strict=True)):
        if not math.isnan(value):
            level = weight * value + (1 - weight) * level
            variance = (weight * sigma) ** 2 + (1 - weight) ** 2 * variance
            means[place], sigmas[place] = level, math.sqrt(variance)
    return means, sigmas
