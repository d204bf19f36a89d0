"""Better and worse: how much a feature does for satisfaction where it is there, and against it where it is not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from servqual._arrays import Bools, Floats, Ints
from servqual.satisfaction.delight.asked_pairs import KanoAsk
from servqual.satisfaction.delight.classes import most_frequent
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.delight.sums import PairSums, effective
from servqual.satisfaction.delight.words import CATEGORIES, Category
from servqual.satisfaction.drawing import NOT_DRAWN
from servqual.statistics import WeightKind, percentile_interval, student_interval, wilson_interval
from servqual.statistics.reasoned import Reasoned
from servqual.statistics.resampled_sums import Respondents, drawn_sums

Columns = dict[str, Reasoned]

NO_PAIRS = "nobody answered both questions"
NO_BASE = "nobody's answers are attractive, one-dimensional, must-be or indifferent"
ALIKE = "everybody or nobody is in it, where this interval has no width"
SOME_EMPTY = "some resamples have no answers to divide by"

_COUNTED = {
    "better": (Category.ATTRACTIVE, Category.ONE_DIMENSIONAL),
    "worse": (Category.ONE_DIMENSIONAL, Category.MUST_BE),
}
_SIGN = {"better": 1.0, "worse": -1.0}
_BASE = np.array([each not in {Category.REVERSE, Category.QUESTIONABLE} for each in CATEGORIES], dtype=np.float64)
# Numbers that the categories of respondents may fill at once.
_HELD = 1 << 24


def _top(name: str) -> Floats:
    return np.array([each in _COUNTED[name] for each in CATEGORIES], dtype=np.float64)


def coefficients(sums: PairSums, confidence: float) -> Columns:
    """Return better and worse with standard errors and two intervals, one after the other for all segments.

    ``better = (A + O) / (A + O + M + I)`` and ``worse = −(O + M) / (A + O + M + I)``. The standard error is the delta
    method's: ``√(b (1 − b) / m)`` of ``m`` answers, linearised for sampling weights, ``√(Σw² (y − b)²) / Σw``; its
    interval is symmetric and may end beyond the possible. Wilson's score interval, on Kish's effective number, does
    not.
    """
    base = sums.weight * _BASE
    total = base.sum(axis=-1)
    worth = effective(base, sums.square * _BASE)
    cases = [(sums.weight.sum(axis=-1).ravel() == 0, NO_PAIRS), (total.ravel() == 0, NO_BASE)]
    columns: Columns = {}
    for name, sign in _SIGN.items():
        with np.errstate(divide="ignore", invalid="ignore"):
            share = (base @ _top(name)) / total
            around = (_top(name) - share[..., None]) * _BASE
            error = np.sqrt((sums.square * around**2).sum(axis=-1)) / total
        still = (*cases, ((share * (1 - share)).ravel() == 0, ALIKE))
        low, high = student_interval(sign * share, np.where(error > 0, error, np.nan), np.inf, confidence)
        score = [sign * np.asarray(end) for end in _wilson(share, worth, confidence)][:: int(sign)]
        columns[name] = Reasoned.of((sign * share).ravel() + 0.0, *cases)
        columns[f"{name}_se"] = Reasoned.of(error.ravel(), *still)
        columns |= {f"{name}_{end}": Reasoned.of(each.ravel(), *still) for end, each in (("low", low), ("high", high))}
        for end, each in zip(("score_low", "score_high"), score, strict=True):
            columns[f"{name}_{end}"] = Reasoned.of(each.ravel() + 0.0, *cases)
    return columns


def _wilson(share: Floats, worth: Floats, confidence: float) -> tuple[Floats, Floats]:
    known = np.where(np.isnan(share), 0.0, share)
    return wilson_interval(np.clip(known, 0, 1) * worth, worth, confidence)


def resampled(study: KanoStudy, sums: PairSums, codes: Ints | None, ask: KanoAsk) -> Columns:
    """Return percentile intervals of better and worse, and the share of resamples in which the mode stays.

    Without sampling weights, resamples of ``n`` respondents are multinomial counts of the categories; with them,
    respondents are drawn together with their weights. The intervals of a feature follow from its own answers and the
    seed, whatever other features there are.
    """
    names = [f"{name}_boot_{end}" for name in _SIGN for end in ("low", "high")]
    size = sums.missing.size
    if ask.seed is None:
        return {name: Reasoned.none(NOT_DRAWN, size) for name in (*names, "stability")}
    found: dict[str, list[float]] = {name: [] for name in (*names, "stability")}
    empty: list[bool] = []
    mode = most_frequent(np.nan_to_num(sums.shares))[0].reshape(size)
    for place, counts in enumerate(_drawn(study, sums, codes, ask.draws, ask.seed)):
        empty.append(bool((counts @ _BASE == 0).any()))
        for name, sign in _SIGN.items():
            low, high = (np.nan, np.nan) if empty[-1] else _percentiles(counts, name, sign, ask.confidence)
            found[f"{name}_boot_low"].append(low)
            found[f"{name}_boot_high"].append(high)
        found["stability"].append(float((most_frequent(counts)[0] == mode[place]).mean()))
    cases = [(sums.weight.sum(axis=-1).ravel() == 0, NO_PAIRS)]
    base = [*cases, ((sums.weight @ _BASE).ravel() == 0, NO_BASE), (np.array(empty), SOME_EMPTY)]
    return {name: Reasoned.of(each, *(cases if name == "stability" else base)) for name, each in found.items()}


def _percentiles(counts: Floats, name: str, sign: float, confidence: float) -> tuple[float, float]:
    low, high = percentile_interval(sign * (counts @ _top(name)) / (counts @ _BASE), confidence)
    return float(low) + 0.0, float(high) + 0.0


def _drawn(study: KanoStudy, sums: PairSums, codes: Ints | None, draws: int, seed: int) -> Iterator[Floats]:
    """Yield the weights of the categories in each resample, (draws, 6), feature after feature, segment by segment."""
    if sums.kind is not WeightKind.SAMPLING or study.pairs is None or study.weights is None or codes is None:
        for counts in sums.weight.reshape(-1, len(CATEGORIES)):
            n = int(counts.sum())
            shares = counts / n if n else np.full(len(CATEGORIES), 1 / len(CATEGORIES))
            yield np.random.default_rng(seed).multinomial(n, shares, size=draws).astype(np.float64)
        return
    for segment in sums.segments:
        rows = np.ones(len(study), np.bool_) if segment.rows is None else segment.rows
        yield from _weighted(study.pairs[:, rows], study.weights[rows], codes, draws, seed)


def _weighted(pairs: Ints, weights: Floats, codes: Ints, draws: int, seed: int) -> Iterator[Floats]:
    people = Respondents(len(weights), weights, WeightKind.SAMPLING)
    kinds = np.arange(len(CATEGORIES))
    together = max(1, _HELD // (len(kinds) * max(len(weights), 1)))
    for start in range(0, len(pairs), together):
        part = pairs[start : start + together]
        whole: Bools = part >= 0
        category = np.where(whole, codes[np.maximum(part, 0)], len(kinds))
        table = (category[..., None] == kinds).transpose(1, 0, 2).reshape(len(weights), -1)
        sums = drawn_sums(table.astype(np.float64), people, draws=draws, rng=seed)
        yield from sums.reshape(draws, len(part), len(kinds)).transpose(1, 0, 2)
