"""Differences between groups, and what they are when labels are dealt out at random."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Floats
from servqual.satisfaction.indices.quantities import Quantity
from servqual.satisfaction.indices.results import IndexFit
from servqual.statistics import Adjustment, Inapplicable, adjusted
from servqual.statistics.pair_matrices import Metric
from servqual.statistics.pls_plan import layout_of
from servqual.statistics.pls_resampling import PathReplicates

Number = float | Inapplicable

# two differences that are equal but for rounding count as equal
_EQUAL = 1e-12
NO_VALUE = "a group has no such number"
NO_PERMUTATION = "no permutation has this number"


@frozen(repr=False)
class GroupDifference:
    """One number of an index in two groups; what does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    quantity
        Which it is.
    first, second
        Labels of the groups.
    estimate, other
        The number in the first and in the second.
    difference
        First minus second.
    p, p_adjusted
        By permutation, two-sided; adjusted among all pairs and numbers of one kind.
    permutations
        How many have the number in both groups.
    """

    quantity: Quantity
    first: Any
    second: Any
    estimate: Number
    other: Number
    difference: Number
    p: Number
    p_adjusted: Number
    permutations: int

    def __repr__(self) -> str:
        of = f"{self.quantity.kind} {self.quantity.source} {self.quantity.target}".strip()
        return f"<{of}, {self.first} − {self.second}: {float(self.difference):.3f}, p {float(self.p):.3g}>"


@frozen
class GroupSpread:
    """Whether one number differs among three groups or more: ``Σ n_g (q_g − q̄)²`` against permutations."""

    quantity: Quantity
    p: Number
    permutations: int


@frozen
class Invariance:
    """Whether the weights of two groups make the same scores of a construct.

    Attributes
    ----------
    construct, first, second
        Which construct, in which groups.
    correlation
        Of the scores that both groups' weights make of all respondents; 1 if they are the same but for their scale.
    p
        Share of permutations in which they correlate no more, ``(1 + #{c* ≤ c}) / (1 + permutations)``.
    """

    construct: str
    first: Any
    second: Any
    correlation: float
    p: float


@frozen(eq=False)
class Permuted:
    """Numbers of an index in groups, shape (groups, K), and in permuted groups, (groups, permutations, K)."""

    quantities: Sequence[Quantity]
    labels: Sequence[Any]
    estimates: Floats
    drawn: Floats
    adjust: Adjustment

    def rows(self) -> tuple[GroupDifference, ...]:
        """Return the differences of all pairs of groups, with p-values adjusted within each kind."""
        found = [row for one, two in combinations(range(len(self.labels)), 2) for row in self._pair(one, two)]
        p = np.full(len(found), np.nan)
        for kind in dict.fromkeys(row.quantity.kind for row in found):
            family = [place for place, row in enumerate(found) if row.quantity.kind is kind]
            p[family] = adjusted([float(found[place].p) for place in family], self.adjust)
        return tuple(
            row if isinstance(row.p, Inapplicable) else evolve(row, p_adjusted=float(each))
            for row, each in zip(found, p, strict=True)
        )

    def _pair(self, one: int, two: int) -> Iterator[GroupDifference]:
        for place, quantity in enumerate(self.quantities):
            first, second = self.estimates[one, place], self.estimates[two, place]
            drawn = self.drawn[one, :, place] - self.drawn[two, :, place]
            p, many = _share(abs(first - second), np.abs(drawn[np.isfinite(drawn)]))
            numbers = _number(first), _number(second), _number(first - second)
            yield GroupDifference(quantity, self.labels[one], self.labels[two], *numbers, p, p, many)

    def overall(self, sizes: Sequence[float]) -> tuple[GroupSpread, ...]:
        """Return whether each number differs among the groups; none for two, whose difference says it."""
        if len(self.labels) < 3:
            return ()
        return tuple(self._spread(np.array(sizes), place) for place in range(len(self.quantities)))

    def _spread(self, sizes: Floats, place: int) -> GroupSpread:
        found, drawn = (_between(sizes, each) for each in (self.estimates[:, place], self.drawn[:, :, place]))
        p, many = _share(float(found), drawn[np.isfinite(drawn)])
        return GroupSpread(self.quantities[place], p, many)


def _between(sizes: Floats, values: Floats) -> Floats:
    """Return ``Σ n_g (q_g − q̄)²`` over the first axis."""
    share = sizes.reshape(-1, *[1] * (values.ndim - 1)) / sizes.sum()
    return np.asarray((share * (values - (share * values).sum(axis=0)) ** 2).sum(axis=0))


def _share(found: float, drawn: Floats) -> tuple[Number, int]:
    """Return how large a share of permutations is as large, the found one among them."""
    if np.isnan(found):
        return Inapplicable(NO_VALUE), drawn.size
    if not drawn.size:
        return Inapplicable(NO_PERMUTATION), 0
    as_large = int((drawn >= found - _EQUAL * max(1.0, found)).sum())
    return (1 + as_large) / (1 + drawn.size), drawn.size


def _number(value: float) -> Number:
    return Inapplicable(NO_VALUE) if np.isnan(value) else float(value)


def invariances(
    fit: IndexFit, fits: Sequence[IndexFit], permuted: Sequence[PathReplicates], labels: Sequence[Any]
) -> Iterator[Invariance]:
    """Yield, for each construct of several indicators, whether two groups' weights make the same scores.

    References
    ----------
    Henseler, Ringle & Sarstedt 2016, International Marketing Review 33(3):405-431.
    """
    good = np.logical_and.reduce([each.estimates.fitted for each in permuted])
    own = [each.numbers.raw for each in fits]
    drawn = [_raw(fit, each)[good] for each in permuted]
    for one, two in combinations(range(len(fits)), 2):
        found, random = _alike(fit, own[one], own[two]), _alike(fit, drawn[one], drawn[two])
        for place, construct in enumerate(fit.model.constructs):
            if len(construct.indicators) > 1:
                less = int((random[:, place] <= found[place] + _EQUAL).sum())
                share = (1 + less) / (1 + len(random))
                yield Invariance(construct.name, labels[one], labels[two], float(found[place]), share)


def _raw(fit: IndexFit, drawn: PathReplicates) -> Floats:
    """Return unstandardised weights of permuted groups."""
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = drawn.estimates.weights
        return weights / drawn.sds if fit.recipe.metric is Metric.CORRELATIONS else weights


def _alike(fit: IndexFit, one: Floats, two: Floats) -> Floats:
    """Return correlations of the scores that two sets of weights make of all respondents, shape (…, m)."""
    layout = layout_of(fit.model.plan)
    table = fit.correlations * np.outer(fit.sds, fit.sds) * (layout.owner[:, None] == layout.owner)
    both, first, second = (((a @ table) * b) @ layout.membership for a, b in ((one, two), (one, one), (two, two)))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(both / np.sqrt(first * second))
