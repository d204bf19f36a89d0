"""Means of items, how much they matter and what they are held against, together in every resample."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.satisfaction.driving.asking import USUAL_ORDERINGS
from servqual.satisfaction.priorities.item_gathering import IMPORTANCE, OUTCOME, PERFORMANCE, STANDARD, ItemColumns
from servqual.statistics.importance import ImportanceMethod, sampled_variance_shares, variance_shares
from servqual.statistics.resampled_sums import Respondents, drawn_sums, moments_of, product_table

# matrices whose shares are sampled at once
_PIECE = 50


@frozen(eq=False)
class Evidence:
    """Numbers of items, shape (draws, items): of the answers themselves (one draw), or of resamples.

    Attributes
    ----------
    performance, importance
        Mean ratings, and mean stated importance or the share in R² of an outcome.
    standard
        Means of what items are held against, over the same respondents as performance; None where there is none.
    error
        Largest standard error of a share that comes of drawing orderings; 0 where none are drawn.
    """

    performance: Floats
    importance: Floats
    standard: Floats | None
    error: float = 0.0

    def good(self) -> Evidence:
        """Return the draws in which there is every number."""
        parts = [self.performance, self.importance, *([] if self.standard is None else [self.standard])]
        kept = np.asarray(np.isfinite(np.concatenate(parts, axis=1)).all(axis=1))
        return self if kept.all() else self.taken(kept)

    def taken(self, kept: Bools) -> Evidence:
        """Return some of the draws."""
        standard = None if self.standard is None else self.standard[kept]
        return Evidence(self.performance[kept], self.importance[kept], standard, self.error)


@frozen(eq=False)
class Weighing:
    """How items are weighed: by what respondents said, where `method` is None, else by shares in R² of the outcome.

    With a seed, shares are sampled: the same orderings for the answers themselves and for every resample.
    """

    items: ItemColumns
    method: ImportanceMethod | None
    seed: int | None = None

    @property
    def complete(self) -> Bools:
        """Who answered all items and the outcome: those that shares in R² are made of."""
        names = (*self.items.roles[PERFORMANCE], *self.items.roles[OUTCOME])
        return np.asarray(~np.isnan(self.items.columns.columns(names)).any(axis=1))

    @property
    def counts(self) -> tuple[Floats, Floats]:
        """How many gave each mean: of performance, and of importance; shape (items,) each, frequencies by their sum."""
        rated = self._rated
        weighed = ~np.isnan(self.items.of(IMPORTANCE)) if self.method is None else self.complete[:, None] & rated
        people = self.items.columns.people
        times = people.weights if people.repeated and people.weights is not None else np.ones(len(rated))
        return times @ rated, times @ weighed

    def point(self) -> Evidence:
        """Return the numbers of the answers themselves."""
        table, people = self._table(), self.items.columns.people
        sums = table.sum(axis=0) if people.weights is None else people.weights @ table
        return self._evidence(sums[None])

    def drawn(self, draws: int, rng: int | np.random.Generator | None, *, progress: bool = False) -> Evidence:
        """Return the numbers of resamples of respondents."""
        people: Respondents = self.items.columns.people
        return self._evidence(drawn_sums(self._table(), people, draws=draws, rng=rng, progress=progress))

    @property
    def _rated(self) -> Bools:
        """Who rated each item, and said what it is held against where that is asked."""
        rated = ~np.isnan(self.items.of(PERFORMANCE))
        return rated & ~np.isnan(self.items.of(STANDARD)) if STANDARD in self.items.roles else rated

    def _table(self) -> Floats:
        """Return columns whose sums give all numbers: who rated, and ratings; then what weighing needs."""
        rated = self._rated
        parts = [rated, _where(rated, self.items.of(PERFORMANCE))]
        if STANDARD in self.items.roles:
            parts.append(_where(rated, self.items.of(STANDARD)))
        if self.method is None:
            stated = self.items.of(IMPORTANCE)
            there = ~np.isnan(stated)
            return np.concatenate([*parts, there, _where(there, stated)], axis=1, dtype=np.float64)
        products = product_table(self._around) * self.complete[:, None]
        return np.concatenate([*parts, products], axis=1, dtype=np.float64)

    @property
    def _around(self) -> Floats:
        """Items and outcome about the means of those who answered all, zero for others."""
        names = (*self.items.roles[PERFORMANCE], *self.items.roles[OUTCOME])
        values, complete = self.items.columns.columns(names), self.complete
        centre = values[complete].mean(axis=0) if complete.any() else 0.0
        return np.where(complete[:, None], values - centre, 0.0)

    def _evidence(self, sums: Floats) -> Evidence:
        k = len(self.items.items)
        blocks = 3 if STANDARD in self.items.roles else 2
        count, *totals = np.split(sums[:, : blocks * k], blocks, axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            means = [total / count for total in totals]
        rest = sums[:, blocks * k :]
        importance, error = self._importance(rest)
        return Evidence(means[0], importance, means[1] if blocks == 3 else None, error)

    def _importance(self, sums: Floats) -> tuple[Floats, float]:
        """Return importance in each draw, and the largest error of sampling it."""
        k = len(self.items.items)
        if self.method is None:
            with np.errstate(divide="ignore", invalid="ignore"):
                return sums[:, k:] / sums[:, :k], 0.0
        stack = moments_of(sums, np.zeros(k + 1)).covariances
        if self.seed is None:
            return variance_shares(stack, self.method), 0.0
        drawn = [
            sampled_variance_shares(stack[at : at + _PIECE], orderings=USUAL_ORDERINGS, rng=self.seed)
            for at in range(0, len(stack), _PIECE)
        ]
        return np.concatenate([each.shares for each in drawn]), float(max(each.errors.max() for each in drawn))


def _where(there: Bools, values: Floats) -> Floats:
    return np.where(there, values, 0.0)
