"""Quantiles of resamples, and what is checked before they are taken."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze
from servqual.errors import Problem
from servqual.errors.problems import unknown_word
from servqual.statistics._arguments import ArgumentError, check_confidence


class QuantileRule(StrEnum):
    """How a quantile is read between two replicates.

    LINEAR
        Straight between neighbours, at ``(B − 1) α`` from the smallest (type 7; what numpy does).
    NORMAL_SCORE
        At ``(B + 1) α``, and between neighbours straight in normal scores ``Φ⁻¹(k / (B + 1))`` (what the bootstrap
        software of Davison and Hinkley does). Beyond the outermost replicates it is the outermost one.

    References
    ----------
    Hyndman & Fan 1996, American Statistician 50(4):361-365; Davison & Hinkley 1997, Bootstrap Methods and Their
    Application, Cambridge University Press, section 5.2.
    """

    LINEAR = "linear"
    NORMAL_SCORE = "normal_score"


def replicates_of(replicates: npt.ArrayLike) -> Floats:
    """Return the estimates of resamples, shape (…, B), two or more and none missing."""
    values = numbers_of(replicates, "replicates", "(…, resamples)")
    problems = []
    if values.shape[-1] < 2:
        problems.append(Problem("replicates", f"{values.shape[-1]} resamples", "an interval needs two or more"))
    failed = int((~np.isfinite(values)).sum())
    if failed:
        rule, remedy = "each resample has an estimate", "leave out resamples that failed, and say how many did"
        problems.append(Problem("replicates", f"{failed} missing or infinite", rule, remedy))
    if problems:
        raise ArgumentError(*problems)
    return values


def numbers_of(values: npt.ArrayLike, place: str, axes: str) -> Floats:
    """Return an array of numbers of one axis or more, as float64."""
    given = np.asarray(values)
    if given.dtype.kind not in "biuf" or not given.ndim:
        raise ArgumentError(Problem(place, f"an array of {given.dtype}, shape {given.shape}", f"the shape is {axes}"))
    return given.astype(np.float64, copy=False)


def estimates_of(values: npt.ArrayLike, shape: tuple[int, ...], place: str = "estimate") -> Floats:
    """Return one number for each interval."""
    given = np.asarray(values, dtype=np.float64)
    if given.shape != shape:
        raise ArgumentError(Problem(place, f"shape {given.shape}", f"one number for each interval, shape {shape}"))
    return given


def tail_of(confidence: float) -> float:
    """Return the share beyond each end of an interval."""
    check_confidence(confidence)
    # without the rounding error of subtracting
    return round((1 - confidence) / 2, 15)


def rule_of(rule: QuantileRule | str) -> QuantileRule:
    """Return the rule that was named."""
    known = [each.value for each in QuantileRule]
    if rule not in known:
        raise ArgumentError(unknown_word("rule", rule, known))
    return QuantileRule(rule)


def count(values: Floats) -> int:
    """Return how many intervals there are."""
    return values.size // values.shape[-1]


def shaped(ends: Floats, values: Floats) -> Floats:
    """Return ends, one for each row of replicates, in the shape of the intervals."""
    return freeze(ends.reshape(values.shape[:-1]))


def quantiles(values: Floats, levels: Floats, rule: QuantileRule) -> Floats:
    """Return the quantiles of each row at its own levels, shape (levels, rows); NaN at a level that is NaN."""
    rows = values.reshape(-1, values.shape[-1])
    size = rows.shape[-1]
    level = np.where(np.isnan(levels), 0.5, levels)
    if rule is QuantileRule.LINEAR:
        place = level * (size - 1)
        below = np.clip(np.floor(place), 0, size - 2).astype(np.intp)
        share = place - below
    else:
        below, share = _normal_scores(level, size)
    ends = np.stack([below, below + 1])
    # only the replicates that are read are put in their place, which is many times as fast as sorting all
    placed = [np.partition(row, np.unique(at))[at] for row, at in zip(rows, np.moveaxis(ends, -1, 0), strict=True)]
    low, high = np.moveaxis(np.array(placed), 0, -1)
    return np.where(np.isnan(levels), np.nan, low + share * (high - low))


def _normal_scores(level: Floats, size: int) -> tuple[Floats, Floats]:
    """Return the replicate below each level, and how far its quantile lies from there to the next one."""
    from scipy.special import ndtri

    rank = (size + 1) * level
    # a rank that is whole but for the rounding of (B + 1) α
    nearest = np.rint(rank)
    rank = np.where(np.abs(rank - nearest) < 1e-9, nearest, rank)
    lower = np.clip(np.floor(rank), 1, size - 1)
    ends = ndtri(lower / (size + 1)), ndtri((lower + 1) / (size + 1))
    share = (ndtri(np.clip(level, 1e-300, 1)) - ends[0]) / (ends[1] - ends[0])
    return (lower - 1).astype(np.intp), np.where(rank == lower, 0.0, np.clip(share, 0, 1))
