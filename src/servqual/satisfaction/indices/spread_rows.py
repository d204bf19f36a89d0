"""`QuantitySpread`: one number of an index with its error and interval, read from resamples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.satisfaction.indices.quantities import Quantity
from servqual.statistics import Inapplicable
from servqual.statistics.propagation import DrawnSpread, IntervalKind, Propagated

Number = float | Inapplicable
_FEW = "fewer than two resamples have this number"


@frozen(repr=False)
class QuantitySpread:
    """One number of an index with its uncertainty; what does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    quantity
        Which it is.
    estimate, mean, se
        Of all respondents; mean and standard deviation over resamples.
    low, high
        Confidence interval.
    p
        Of effects: two-sided p-value of no effect, in keeping with the interval.
    resamples
        How many resamples have the number.
    """

    quantity: Quantity
    estimate: Number
    mean: Number
    se: Number
    low: Number
    high: Number
    p: Number
    resamples: int

    @property
    def clear(self) -> bool | None:
        """Whether the interval excludes zero; None where there is none."""
        if isinstance(self.low, Inapplicable) or isinstance(self.high, Inapplicable):
            return None
        return bool(self.low > 0 or self.high < 0)

    def __repr__(self) -> str:
        ends = f"{float(self.low):.3f} to {float(self.high):.3f}"
        return (
            f"<{self.quantity.kind} {self.quantity.source} {self.quantity.target}: {float(self.estimate):.3f} ({ends})>"
        )


@frozen(eq=False)
class Replicated:
    """Numbers of an index over resamples.

    Attributes
    ----------
    quantities
        Which numbers there are: K of them.
    estimates
        Their values in the fit, shape (K,).
    replicates
        In the resamples that have an estimate, shape (K, resamples); NaN where a number has no value there.
    jackknife
        Without each respondent or cluster in turn, for BCa, shape (K, units); else None.
    """

    quantities: Sequence[Quantity]
    estimates: Floats
    replicates: Floats
    jackknife: Floats | None
    method: IntervalKind
    confidence: float

    def rows(self) -> tuple[QuantitySpread, ...]:
        """Return each number with its uncertainty: those that every resample has together, the others one by one."""
        whole = [place for place, drawn in enumerate(self.replicates) if np.isfinite(drawn).all()]
        found = dict(zip(whole, self._read(whole, self.replicates[whole]), strict=True)) if whole else {}
        for place, drawn in enumerate(self.replicates):
            if place not in found:
                found[place] = self._alone(place, drawn[np.isfinite(drawn)])
        return tuple(found[place] for place in range(len(self.quantities)))

    def _alone(self, place: int, drawn: Floats) -> QuantitySpread:
        if drawn.size > 1:
            return next(self._read([place], drawn[None]))
        estimate = float(self.estimates[place])
        whole = Inapplicable(_FEW) if np.isnan(estimate) else estimate
        none = Inapplicable(_FEW)
        return QuantitySpread(self.quantities[place], whole, none, none, none, none, none, drawn.size)

    def _read(self, places: list[int], drawn: Floats) -> Iterator[QuantitySpread]:
        left = None if self.jackknife is None else self.jackknife[places]
        spread = DrawnSpread(self.estimates[places], drawn, self.method, left)
        read: Propagated = spread.of(lambda values: values, np.eye(len(places)), self.confidence)
        for row, place in enumerate(places):
            mean, found = (
                float(drawn[row].mean()),
                (read.se.at(row), read.low.at(row), read.high.at(row), read.p.at(row)),
            )
            estimate, resamples = read.estimate.at(row), drawn.shape[1]
            yield QuantitySpread(self.quantities[place], estimate, mean, *found, resamples)
