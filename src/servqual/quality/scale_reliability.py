"""`ScaleReliability`: everything that is told of the reliability of one dimension in one aspect."""

from __future__ import annotations

import math

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, read_only
from servqual.instruments import Dimension, Level
from servqual.quality.aspects import Aspect
from servqual.quality.item_moments import ItemMoments, JointMoments
from servqual.quality.reasons import UNKNOWN_WORTH
from servqual.statistics import (
    Extraction,
    Inapplicable,
    ItemTotal,
    OneFactor,
    SplitHalf,
    SplitHalves,
    bonett_interval,
    cronbach_alpha,
    difference_reliability,
    feldt_interval,
    item_total,
    omega,
    split_half,
    split_halves,
    standardised_alpha,
)

Interval = tuple[float, float] | Inapplicable
_CONTRADICTION = Inapplicable("pairs of items, each with its own respondents, contradict each other")


@frozen
class DifferenceParts:
    """The reliability of a difference of two scores by Johns, and what it is made of.

    The formula takes the errors of the two as independent. Where those of one person go together at both levels they
    cancel in part in the difference, and the formula gives too little; the alpha of the gap's own items is then higher.

    Attributes
    ----------
    reliability
        ``(s₁² r₁₁ + s₂² r₂₂ − 2 r₁₂ s₁ s₂) / (s₁² + s₂² − 2 r₁₂ s₁ s₂)``; may be below 0.
    perception, standard
        Raw alphas of the two parts, ``r₁₁`` and ``r₂₂``.
    correlation
        Of the two scores, ``r₁₂``.
    perception_sd, standard_sd
        Of the mean scores, in points of the scale.
    """

    reliability: float | Inapplicable
    perception: float | Inapplicable
    standard: float | Inapplicable
    correlation: float
    perception_sd: float
    standard_sd: float


@frozen(eq=False, getstate_setstate=False)
class ScaleReliability(Holder):
    """The reliability of one dimension at one level, or of its gap.

    Attributes
    ----------
    dimension, aspect, items
        What it is of: keys of the dimension and its items.
    n, effective_n
        The smallest number of respondents behind a pair of items, and what they are worth under sampling weights.
    means, sds
        Of the items, shape (items,).
    least_eigenvalue
        Of the items' correlations: below 0 where pairs of different respondents contradict each other.
    alpha, standardised_alpha
        Of the covariances and of the correlations.
    feldt, bonett
        Intervals of raw alpha, low and high, with `effective_n` respondents.
    omega_ml, omega_minres
        Of one factor, each with both forms of the coefficient.
    odd_even, halves
        Of odd against even items, and of all or many splits.
    item_total
        How each item goes with the others.
    difference
        Johns' reliability of the gap; None at a level.
    """

    dimension: str
    aspect: Aspect
    items: tuple[str, ...]
    n: float
    effective_n: float
    means: Floats = field(converter=read_only)
    sds: Floats = field(converter=read_only)
    least_eigenvalue: float
    alpha: float | Inapplicable
    standardised_alpha: float | Inapplicable
    feldt: Interval
    bonett: Interval
    omega_ml: OneFactor | Inapplicable
    omega_minres: OneFactor | Inapplicable
    odd_even: SplitHalf | Inapplicable
    halves: SplitHalves | Inapplicable
    item_total: ItemTotal | Inapplicable
    difference: DifferenceParts | None = None


def scale_reliability(
    dimension: Dimension,
    moments: ItemMoments,
    confidence: float,
    rng: np.random.Generator,
    difference: DifferenceParts | None,
) -> ScaleReliability:
    """Return the reliability of one dimension from the moments of its items."""
    covariance, correlation, k = moments.covariance, moments.correlation, len(dimension)
    alpha = _alpha(covariance)
    feldt, bonett = _intervals(alpha, moments.effective_n, k, confidence)
    return ScaleReliability(
        dimension=dimension.key,
        aspect=moments.aspect,
        items=tuple(item.key for item in dimension.items),
        n=moments.n,
        effective_n=moments.effective_n,
        means=moments.means,
        sds=np.sqrt(covariance.diagonal()),
        least_eigenvalue=moments.least_eigenvalue,
        alpha=alpha,
        standardised_alpha=standardised_alpha(correlation),
        feldt=feldt,
        bonett=bonett,
        omega_ml=omega(correlation, Extraction.ML),
        omega_minres=omega(correlation, Extraction.MINRES),
        odd_even=split_half(covariance),
        halves=split_halves(covariance, rng=rng),
        item_total=item_total(covariance),
        difference=difference,
    )


def _intervals(alpha: float | Inapplicable, n: float, k: int, confidence: float) -> tuple[Interval, Interval]:
    """Return Feldt's and Bonett's interval."""
    if isinstance(alpha, Inapplicable):
        return alpha, alpha
    if math.isnan(n):
        return UNKNOWN_WORTH, UNKNOWN_WORTH
    return feldt_interval(alpha, n, k, confidence), bonett_interval(alpha, n, k, confidence)


def _alpha(covariance: Floats) -> float | Inapplicable:
    """Return raw alpha; covariances that contradict each other, each pair having its own respondents, have none."""
    found = cronbach_alpha(covariance)
    return _CONTRADICTION if not isinstance(found, Inapplicable) and found > 1 + 1e-9 else found


def difference_parts(joint: JointMoments, standard: Level, part: slice) -> DifferenceParts:
    """Return Johns' reliability of the difference of two mean scores over the same items."""
    seen, held = (joint.of(Aspect.answers(level)).of(part) for level in (Level.PERCEPTION, standard))
    spread = [max(float(each.covariance.sum()), 0.0) for each in (seen, held)]
    shared = float(joint.between(Level.PERCEPTION, standard, part).sum())
    size = math.sqrt(spread[0] * spread[1])
    r12 = min(max(shared / size, -1.0), 1.0) if size > 0 else math.nan
    alphas = [_alpha(each.covariance) for each in (seen, held)]
    sds = [math.sqrt(each) / len(seen.means) for each in spread]
    found = difference_reliability(float(alphas[0]), float(alphas[1]), r12, sds[0], sds[1])
    failed = [each for each in alphas if isinstance(each, Inapplicable)]
    return DifferenceParts(failed[0] if failed else found, alphas[0], alphas[1], r12, sds[0], sds[1])
