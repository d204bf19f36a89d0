"""The distribution of every item's answers: what is missing, floors and ceilings, skewness, two humps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from servqual._arrays import Floats
from servqual.answers import LevelAnswers
from servqual.instruments import Level
from servqual.scoring import Summary
from servqual.scoring.counting import tallies_of
from servqual.statistics import Tallies, WeightKind
from servqual.survey import Survey

BLOCK = 16_384
# Sarle's coefficient of a continuous uniform distribution; with seven equally chosen points it is .571.
BIMODAL = 5 / 9


class Shape(NamedTuple):
    """Central moments of items with their ends, shape (items,) each; shares are weighted, counts are of respondents."""

    n: Floats
    missing: Floats
    missing_share: Floats
    floor: Floats
    ceiling: Floats
    mean: Floats
    moment2: Floats
    moment3: Floats
    moment4: Floats

    @property
    def sd(self) -> Floats:
        """Standard deviation, divisor ``n − 1``."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.n > 1, np.sqrt(self.moment2 * self.n / (self.n - 1)), np.nan)

    @property
    def skewness(self) -> Floats:
        """``G1 = √(n (n − 1)) / (n − 2) · m3 / m2^1.5``; NaN for fewer than three answers and where none varies."""
        n = np.where((self.n > 2) & (self.moment2 > 0), self.n, np.nan)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.sqrt(n * (n - 1)) / (n - 2) * self.moment3 / self.moment2**1.5

    @property
    def excess_kurtosis(self) -> Floats:
        """``G2 = (n − 1) / ((n − 2)(n − 3)) · ((n + 1)(m4 / m2² − 3) + 6)``; NaN for fewer than four answers."""
        n = np.where((self.n > 3) & (self.moment2 > 0), self.n, np.nan)
        with np.errstate(invalid="ignore", divide="ignore"):
            return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (self.moment4 / self.moment2**2 - 3) + 6)

    @property
    def bimodality(self) -> Floats:
        """Sarle's coefficient ``(G1² + 1) / (G2 + 3 (n − 1)² / ((n − 2)(n − 3)))``, between 0 and 1.

        5/9 for a uniform distribution, 1/3 for a normal one; above 5/9 there may be two humps, or one at an end with a
        long tail: look at the counts.

        References
        ----------
        Pfister, Schwarz, Janczyk, Dale & Freeman 2013, Frontiers in Psychology 4:700; SAS Institute 1990, SAS/STAT
        User's Guide, version 6 (the small-sample form).
        """
        n = np.where(self.n > 3, self.n, np.nan)
        with np.errstate(invalid="ignore", divide="ignore"):
            return (self.skewness**2 + 1) / (self.excess_kurtosis + 3 * (n - 1) ** 2 / ((n - 2) * (n - 3)))


def shape_of(source: Survey | Summary, level: Level) -> Shape:
    """Return the shapes of all items at one level.

    Raises
    ------
    LevelError, JointAnswersError
        A level that is not there; a summary on a real-valued scale, whose answers are not counted.
    """
    if isinstance(source, Summary):
        return _of_counts(source.tallies(level))
    given, weights = source.level(level), source.weights
    if weights is not None and not weights.all():
        taken = np.flatnonzero(weights)
        given, weights = given.take(taken), weights[taken]
    kind = None if weights is None else source.weight_kind
    counts = tallies_of(given, weights, kind)
    return _of_numbers(given, weights, kind) if counts is None else _of_counts(counts)


def _of_counts(counts: Tallies) -> Shape:
    n = np.asarray(counts.n if counts.kind is WeightKind.SAMPLING else counts.weight, dtype=np.float64)
    missing = counts.rows - n if counts.kind is WeightKind.SAMPLING else np.asarray(counts.missing, dtype=np.float64)
    weight, absent = (np.asarray(each, dtype=np.float64) for each in (counts.weight, counts.missing))
    there = np.where(weight > 0, weight, np.nan)
    apart = counts.points - counts.mean[:, None]
    moments = [np.einsum("mp,mp->m", counts.counts, apart**power) / there for power in (2, 3, 4)]
    ends = counts.share(high=counts.points[0]), counts.share(low=counts.points[-1])
    with np.errstate(invalid="ignore"):
        return Shape(n, missing, absent / (weight + absent), *ends, counts.mean, *moments)


def _of_numbers(given: LevelAnswers, weights: Floats | None, kind: WeightKind | None) -> Shape:
    """Return shapes on a scale without points to count: one pass for means, one for moments about them."""
    whole = np.ones(len(given)) if weights is None else weights
    taken = np.ones(len(given)) if kind is not WeightKind.FREQUENCY else whole
    scale, size = given.book.scale, len(given.codes)
    first, second = np.zeros((5, size)), np.zeros((3, size))
    for numbers, weight, count in _blocks(given, whole, taken):
        there = ~np.isnan(numbers)
        values = np.where(there, numbers, 0.0)
        first += [
            there @ count,
            there @ weight,
            values @ weight,
            (numbers <= scale.low) @ weight,
            (numbers >= scale.high) @ weight,
        ]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean, floor, ceiling = first[2:] / first[1]
    for numbers, weight, _ in _blocks(given, whole, taken):
        apart = np.where(np.isnan(numbers), 0.0, numbers - mean[:, None])
        second += [apart**power @ weight for power in (2, 3, 4)]
    n, there = first[0], np.where(first[1] > 0, first[1], np.nan)
    return Shape(n, taken.sum() - n, 1 - first[1] / whole.sum(), floor, ceiling, mean, *(second / there))


def _blocks(given: LevelAnswers, weights: Floats, counts: Floats) -> Iterator[tuple[Floats, Floats, Floats]]:
    for start in range(0, len(given), BLOCK):
        part = slice(start, start + BLOCK)
        yield given.numbers(start, start + BLOCK), weights[part], counts[part]
