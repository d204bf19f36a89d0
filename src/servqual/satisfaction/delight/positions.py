"""Continuous positions: answers as scores, and where their means stand."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Bools, Floats, Ints
from servqual.satisfaction.delight.classes import NONE
from servqual.satisfaction.delight.coefficients import NO_PAIRS, Columns
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.delight.sums import PAIRS, PairSums
from servqual.satisfaction.delight.words import CATEGORIES, Category
from servqual.statistics import Moments, WeightKind
from servqual.statistics.reasoned import Reasoned

FUNCTIONAL_SCORES = (4.0, 2.0, 0.0, -1.0, -2.0)
DYSFUNCTIONAL_SCORES = (-2.0, -1.0, 0.0, 2.0, 4.0)

ONLY_CATEGORIES = "categories were counted, not answers"
FEW = "fewer than two pairs of answers"
STILL = "all answers are alike, so that no error can be told"
# A mean that misses a cut by no more has reached it.
_EQUAL = 1e-9
NOT_ASKED = "importance was not asked"
NO_RATINGS = "nobody rated it"
FEW_RATINGS = "fewer than two ratings"


def positions(sums: PairSums, confidence: float) -> Columns:
    """Return mean functional and dysfunctional scores with errors and Student's intervals.

    Scores are asymmetric, since what is liked or must be says more than what is disliked or put up with: functional 4,
    2, 0, −1, −2 and dysfunctional −2, −1, 0, 2, 4 for like, must be, neutral, live with, dislike.
    """
    names = ("functional", "dysfunctional")
    size = sums.missing.size
    if sums.n.shape[-1] != PAIRS:
        every = [f"{name}{end}" for name in names for end in ("", "_se", "_low", "_high")]
        return {name: Reasoned.none(ONLY_CATEGORIES, size) for name in every}
    scores = (np.repeat(FUNCTIONAL_SCORES, 5), np.tile(DYSFUNCTIONAL_SCORES, 5))
    columns: Columns = {}
    for name, score in zip(names, scores, strict=True):
        still = _still(sums, score)
        columns |= _mean_columns(name, _moments(sums, score), still, confidence, (NO_PAIRS, FEW))
    return columns


def _mean_columns(name: str, found: Moments, still: Bools, confidence: float, why: tuple[str, str]) -> Columns:
    """Return the columns of means with errors and intervals.

    `still` is where all answers are alike, and `why` says what no answers, and one, mean.
    """
    low, high = found.interval(confidence)
    error = np.asarray(found.standard_error)
    none, few = (found.n == 0, why[0]), (np.isnan(found.degrees_of_freedom), why[1])
    cases = (none, few, (still, STILL))
    return {
        name: Reasoned.of(found.mean, none),
        **{f"{name}_{end}": Reasoned.of(each, *cases) for end, each in (("se", error), ("low", low), ("high", high))},
    }


def _moments(sums: PairSums, score: Floats) -> Moments:
    """Return moments over the cells of all segments and features, one after the other."""
    n, weight, square = (each.reshape(-1, PAIRS) for each in (sums.n, sums.weight, sums.square))
    orders = np.stack([np.ones(PAIRS), score, score**2], axis=1)
    weights, squares = weight @ orders, square @ orders
    return Moments(
        origin=np.zeros(len(n)), n=n.sum(axis=1), weight=weights[:, 0], weight2=squares[:, 0], sum1=weights[:, 1],
        sum2=weights[:, 2], wsum1=squares[:, 1], wsum2=squares[:, 2], kind=sums.kind,
    )  # fmt: skip


def _still(sums: PairSums, score: Floats) -> Bools:
    """Return where all answers have one score, whatever rounding leaves of their variance."""
    given = sums.weight.reshape(-1, PAIRS) > 0
    low, high = np.where(given, score, np.inf).min(axis=1), np.where(given, score, -np.inf).max(axis=1)
    return np.asarray(low == high)


def placed(functional: Floats, dysfunctional: Floats, cut: float) -> Ints:
    """Return the category of a position: by the quadrants of 0 to 4, cut in the same place across and upwards.

    High on both is one-dimensional, on functional alone attractive, on dysfunctional alone must-be, on neither
    indifferent. Below 0 on both is reverse, below 0 on one and high on the other questionable.
    """
    kinds = {each: CATEGORIES.index(each) for each in Category}
    high = functional >= cut - _EQUAL, dysfunctional >= cut - _EQUAL
    below = functional < -_EQUAL, dysfunctional < -_EQUAL
    cases = [
        (np.isnan(functional) | np.isnan(dysfunctional), NONE),
        (below[0] & below[1], kinds[Category.REVERSE]),
        ((below[0] & high[1]) | (high[0] & below[1]), kinds[Category.QUESTIONABLE]),
        (high[0] & high[1], kinds[Category.ONE_DIMENSIONAL]),
        (high[0], kinds[Category.ATTRACTIVE]),
        (high[1], kinds[Category.MUST_BE]),
    ]
    return np.select([holds for holds, _ in cases], [kind for _, kind in cases], kinds[Category.INDIFFERENT])


def stated(study: KanoStudy, sums: PairSums, confidence: float) -> Columns:
    """Return the mean importance that people stated, with its interval, and how many rated it."""
    size = sums.missing.size
    names = ("importance_n", "importance", "importance_se", "importance_low", "importance_high")
    if study.importance is None:
        return {name: Reasoned.none(NOT_ASKED, size) for name in names}
    parts = []
    for segment in sums.segments:
        weights = None if study.weights is None else study.weights[segment.rows]
        kind = None if study.weights is None else study.weight_kind
        ratings = study.importance[:, segment.rows].T
        found, still = Moments.of(ratings, weights, kind), _alike(ratings, weights)
        count = found.weight if kind is WeightKind.FREQUENCY else found.n
        columns = _mean_columns("importance", found, still, confidence, (NO_RATINGS, FEW_RATINGS))
        parts.append({"importance_n": Reasoned.of(count), **columns})
    return {name: Reasoned.stacked([part[name] for part in parts]) for name in names}


def _alike(ratings: Floats, weights: Floats | None) -> Bools:
    """Return which columns hold one rating, again and again."""
    counted = ~np.isnan(ratings)
    if weights is not None:
        counted &= weights[:, None] > 0
    low = np.where(counted, ratings, np.inf).min(axis=0, initial=np.inf)
    return np.asarray(low == np.where(counted, ratings, -np.inf).max(axis=0, initial=-np.inf))
