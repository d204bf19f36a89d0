"""`Replicates`: bootstrap sums whose draws belong to the respondent, so that they merge like any other sums."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, check_block, check_confidence, origin_of, table_of
from servqual.statistics._plain import whole_from
from servqual.statistics._sums import ROWS, Sums, adds, agrees
from servqual.statistics.key_numbers import Keys, mixed

SEED = {"axes": None, "merge": None, "read": whole_from}
_CHANCES = [math.exp(-1) / math.factorial(count) for count in range(13)]
# a number of 32 bits is so often at or above each of these as a Poisson count of mean 1 exceeds 0, 1, 2, …
_STEPS = np.array([min(round(sum(_CHANCES[: count + 1]) * 2**32), 2**32 - 1) for count in range(12)], np.uint32)
_FREQUENT = 4
# so many numbers are drawn at a time: they stay in cache
_CELLS = 65_536
# products up to so many multiplications are formed by one thread: those of few columns do not gain by more
_ALONE = 2**18


class ReplicateInterval(NamedTuple):
    """Percentile intervals of means from replicates, each of shape (m,)."""

    low: Floats
    high: Floats


def poisson_counts(keys: Keys, replicates: int, seed: int) -> npt.NDArray[np.uint8]:
    """How often each respondent counts in each replicate, shape (rows, replicates): Poisson with mean 1.

    The count is a function of seed, replicate and key alone, so that it is the same whatever the batch, the order or
    the worker. Rows of one key move together.

    References
    ----------
    Hanley & MacGibbon 2006, Computer Methods and Programs in Biomedicine 83(1):57-62; Chamandy, Muralidharan, Najmi &
    Naidu 2012, Estimating Uncertainty for Massive Data Streams, Google.
    """
    starts = mixed(np.arange((replicates + 1) // 2, dtype=np.uint64) ^ mixed(np.array([seed], np.uint64)))
    counts = np.empty((len(keys), replicates), np.uint8)
    rows = max(1, _CELLS // max(replicates, 1))
    for start in range(0, len(keys), rows):
        part = slice(start, start + rows)
        counts[part] = _counts(mixed(keys[part, None] ^ starts).view(np.uint32)[:, :replicates])
    return counts


def _counts(drawn: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """Return how many of the steps each number has reached: the first ones one by one, the rare ones by search."""
    counts = np.zeros(drawn.shape, np.uint8)
    for step in _STEPS[:_FREQUENT]:
        counts += drawn >= step
    rare = drawn >= _STEPS[_FREQUENT]
    counts[rare] += np.searchsorted(_STEPS[_FREQUENT:], drawn[rare], side="right").astype(np.uint8)
    return counts


@frozen(eq=False, getstate_setstate=False, repr=False)
class Replicates(Sums):
    """Sums of bootstrap replicates about a fixed origin, in which respondents count by `poisson_counts`.

    Parts of one seed merge with ``+``, in any order.

    Attributes
    ----------
    origin
        What is subtracted from each variable before it is summed, shape (m,).
    weight
        ``Σ c w`` over the answered rows of each replicate, shape (replicates, m).
    sum1
        ``Σ c w d`` with ``d = x − origin``, shape (replicates, m).
    seed
        What the counts were drawn from.
    rows
        Rows seen, answered or not.

    Examples
    --------
    >>> from servqual.statistics.key_numbers import respondent_keys
    >>> values, keys = np.array([[1.0], [2.0], [4.0]]), respondent_keys([7, 8, 9])
    >>> whole = Replicates.of(values, keys, 200)
    >>> parts = Replicates.of(values[2:], keys[2:], 200) + Replicates.of(values[:2], keys[:2], 200)
    >>> bool((whole.weight == parts.weight).all())
    True
    """

    origin: Floats = field(converter=floats, metadata=agrees("variable"))
    weight: Floats = field(converter=floats, metadata=adds("replicate", "variable"))
    sum1: Floats = field(converter=floats, metadata=adds("replicate", "variable"))
    seed: int = field(default=0, metadata=SEED)
    rows: int = field(default=0, metadata=ROWS)

    @classmethod
    def of(
        cls,
        values: npt.ArrayLike,
        keys: Keys,
        replicates: int,
        weights: Floats | None = None,
        origin: npt.ArrayLike = 0.0,
        *,
        seed: int = 0,
        block: int = 1024,
    ) -> Replicates:
        """Sums of an array in each replicate, block by block.

        Parameters
        ----------
        values
            Numbers, shape (rows, m); NaN is a missing answer.
        keys
            From `respondent_keys`, shape (rows,).
        replicates
            How many, two or more.
        weights
            Sampling weights of the rows, shape (rows,).
        origin
            One number for all variables, or one for each; best near the middle of the scale.
        seed
            A whole number, 0 or more.
        block
            Rows taken at a time.

        Raises
        ------
        ArgumentError
            If shapes do not fit, or there are too few replicates.
        """
        table = table_of(values, "values", "(rows, m)")
        _refuse(table.shape[0], keys, replicates, seed)
        check_block(block)
        middle = origin_of(origin, table.shape[1])
        sums = np.zeros((2, replicates, table.shape[1]))
        for start in range(0, len(table), block):
            part = slice(start, start + block)
            deviations = table[part] - middle
            counts = poisson_counts(keys[part], replicates, seed).astype(np.float64)
            sums += _counted(deviations, counts, None if weights is None else weights[part])
        return cls(middle, sums[0], sums[1], seed, len(table))

    @property
    def means(self) -> Floats:
        """Mean of each variable in each replicate, shape (replicates, m); NaN where nobody counts."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return freeze(self.origin + self.sum1 / self.weight)

    def interval(self, confidence: float = 0.95) -> ReplicateInterval:
        """Percentile interval of each mean, over the replicates in which somebody answered; NaN where there is none.

        References
        ----------
        Efron & Tibshirani 1993, An Introduction to the Bootstrap, Chapman & Hall, chapter 13.
        """
        return percentile_interval(self.means, confidence)

    def __repr__(self) -> str:
        return f"<Replicates: {len(self.weight)} of {self.origin.size} variables over {self.rows} rows>"


def percentile_interval(means: Floats, confidence: float = 0.95) -> ReplicateInterval:
    """Percentile interval of each column of replicates, shape (replicates, m), over those that are there."""
    check_confidence(confidence)
    tail = (1 - confidence) / 2
    ends = [np.quantile(held, (tail, 1 - tail)) if held.size else (np.nan, np.nan) for held in _held(means)]
    low, high = np.array(ends, np.float64).reshape(-1, 2).T
    return ReplicateInterval(freeze(low.copy()), freeze(high.copy()))


def _counted(deviations: Floats, counts: Floats, weights: Floats | None) -> Floats:
    """Return ``Σ c w`` over the answered rows and ``Σ c w d``, shape (2, replicates, m)."""
    answered = ~np.isnan(deviations)
    worth = np.ones((len(counts), 1)) if weights is None else weights[:, None]
    beside = worth if answered.all() else answered * worth
    columns = np.hstack([beside, np.where(answered, deviations * worth, 0.0)])
    found = np.zeros((counts.shape[1], columns.shape[1]))
    rows = max(1, _ALONE // max(found.size, 1))
    for start in range(0, len(counts), rows):
        part = slice(start, start + rows)
        found += counts[part].T @ columns[part]
    width = beside.shape[1]
    return np.stack(np.broadcast_arrays(found[:, :width], found[:, width:]))


def _held(means: Floats) -> list[Floats]:
    return [column[~np.isnan(column)] for column in means.T]


def _refuse(rows: int, keys: Keys, replicates: int, seed: int) -> None:
    problems = []
    if np.shape(keys) != (rows,) or np.asarray(keys).dtype != np.uint64:
        found = f"{np.asarray(keys).dtype} of shape {np.shape(keys)}"
        problems.append(Problem("keys", found, f"there is a key for each of {rows} rows", "pass respondent_keys(…)"))
    if replicates < 2:
        problems.append(Problem("replicates", str(replicates), "two or more replicates make an interval"))
    if not 0 <= seed < 2**64:
        problems.append(Problem("seed", str(seed), "a seed is a whole number, 0 or more, of 64 bits"))
    if problems:
        raise ArgumentError(*problems)
