"""Products of columns, summed by unit: all that least squares needs of rows, whatever units are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from attrs import field, frozen

from servqual._arrays import AnyArray, Bools, Floats, Ints
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics.moment_solving import solve_moments
from servqual.statistics.regression_rows import RegressionRows


@frozen(eq=False)
class Layout:
    """Where the moments of one regression stand among all products, and the units its columns were measured in.

    The columns are those of x without the intercept, then y, about their means and in standard deviations.
    """

    intercept: bool
    weighted: bool
    weight: int
    first: Ints
    second: Ints
    centre: Floats
    scale: Floats
    reliability: Floats | None

    def coefficients(self, moments: Floats) -> tuple[Floats, Bools]:
        """Return the coefficients in each resample, shape (k, resamples), and which resamples have them."""
        size = moments[self.weight]
        table = moments[self.second]
        if self.intercept:
            # one term after the other, over all resamples
            for i, one in enumerate(self.first):
                for j, other in enumerate(self.first):
                    table[i, j] -= moments[one] * moments[other] / size
        if self.reliability is not None:
            for j, share in enumerate(self.reliability):
                table[j, j] *= share
        slopes, solved = solve_moments(table[:-1, :-1], table[:-1, -1], size)
        slopes *= (self.scale[-1] / self.scale[:-1])[:, None]
        return (self._with_intercept(slopes, moments) if self.intercept else slopes), solved

    def spread(self, moments: Floats) -> Floats:
        """Return the standard deviation of the outcome in each resample, divisor ``n − 1``, shape (1, resamples)."""
        if self.weighted or not self.intercept:
            return np.full((1, moments.shape[1]), np.nan)
        size, total = moments[self.weight], moments[self.first[-1]]
        variance = (moments[self.second[-1, -1]] - total * total / size) / (size - 1)
        return self.scale[-1] * np.sqrt(np.maximum(variance, 0.0))[None]

    def _with_intercept(self, slopes: Floats, moments: Floats) -> Floats:
        size, whole = moments[self.weight], np.empty((len(slopes) + 1, slopes.shape[1]))
        means = [
            at + spread * moments[one] / size
            for at, spread, one in zip(self.centre, self.scale, self.first, strict=True)
        ]
        whole[0], whole[1:] = means[-1], slopes
        for slope, mean in zip(slopes, means, strict=False):
            whole[0] -= slope * mean
        return whole


@frozen(eq=False, repr=False)
class UnitProducts:
    """Products of the columns of regressions, summed by unit: of one pass over the rows, whatever is drawn then.

    Attributes
    ----------
    table
        Sums of products, shape (units, products); a product that two regressions share is there once.
    layouts
        For each regression, where its products stand.

    Examples
    --------
    >>> rows = RegressionRows([[1, 0], [1, 1], [1, 2], [1, 3]], [1.0, 2.0, 2.0, 3.0], [0, 0, 1, 1])
    >>> UnitProducts.of([rows], units=2)
    <UnitProducts: 1 regression, 2 units, 6 products>
    """

    table: Floats
    layouts: tuple[Layout, ...]

    @classmethod
    def of(cls, equations: Sequence[RegressionRows], *, units: int) -> UnitProducts:
        """Return the products of all regressions.

        Raises
        ------
        ArgumentError
            If there is no regression, or if a position of a unit lies beyond their number.
        """
        problems = []
        if not equations:
            problems.append(Problem("equations", "none", "at least one regression is estimated"))
        far = max((int(each.unit.max()) for each in equations), default=0)
        if far >= units:
            problems.append(Problem("unit", f"position {far}", f"positions of units are 0 to {units - 1}"))
        if problems:
            raise ArgumentError(*problems)
        shelf = _Shelf(units)
        layouts = tuple(_layout(rows, shelf) for rows in equations)
        return cls(np.stack(shelf.sums, axis=1), layouts)

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.table)

    def __repr__(self) -> str:
        made = len(self.layouts)
        said = f"{made} regression{'s' * (made != 1)}, {self.units} unit{'s' * (self.units != 1)}"
        return f"<UnitProducts: {said}, {self.table.shape[1]} products>"

    def coefficients(self, moments: Floats, *, spread: bool = False) -> tuple[list[Floats], Bools]:
        """Return the coefficients of each regression, and which resamples have all of them.

        Parameters
        ----------
        moments
            Sums of the products over the units of each resample, shape (products, resamples).
        spread
            Whether the standard deviation of the outcome follows the coefficients.
        """
        found = [layout.coefficients(moments) for layout in self.layouts]
        solved = np.logical_and.reduce([each for _, each in found])
        if not spread:
            return [each for each, _ in found], solved
        spreads = [layout.spread(moments) for layout in self.layouts]
        return [np.concatenate([each, after]) for (each, _), after in zip(found, spreads, strict=True)], solved


@frozen(eq=False)
class _Column:
    values: Floats
    name: bytes


@frozen(eq=False)
class _Shelf:
    """Products that were summed already, by what they are made of."""

    units: int
    sums: list[Floats] = field(factory=list)
    places: dict[tuple[bytes, ...], int] = field(factory=dict)

    def place(self, unit: _Column, *factors: _Column) -> int:
        """Return where the sums by unit of the product of some columns stand."""
        key = (unit.name, *sorted(each.name for each in factors))
        if key not in self.places:
            product = np.ones(len(unit.values))
            for each in factors:
                product = product * each.values
            self.places[key] = len(self.sums)
            self.sums.append(np.asarray(np.bincount(unit.values, product, minlength=self.units), dtype=np.float64))
        return self.places[key]


def _layout(rows: RegressionRows, shelf: _Shelf) -> Layout:
    unit = _column(rows.unit)
    weight = () if rows.weights is None else (_column(rows.weights),)
    start = 1 if rows.intercept else 0
    table = np.column_stack([rows.x[:, start:], rows.y])
    centre, scale = _measures(table, rows.weights, centred=rows.intercept)
    columns = [_column((values - at) / spread) for values, at, spread in zip(table.T, centre, scale, strict=True)]
    first = [shelf.place(unit, *weight, each) for each in columns] if rows.intercept else []
    second = [[shelf.place(unit, *weight, one, other) for other in columns] for one in columns]
    return Layout(
        rows.intercept,
        rows.weights is not None,
        shelf.place(unit, *weight),
        np.array(first, dtype=np.intp),
        np.array(second, dtype=np.intp),
        centre,
        scale,
        None if rows.reliability is None or (rows.reliability == 1).all() else rows.reliability[start:],
    )


def _measures(table: Floats, weights: Floats | None, *, centred: bool) -> tuple[Floats, Floats]:
    """Return the mean (zero where columns are taken as they are) and the spread of each column."""
    centre = np.average(table, axis=0, weights=weights) if centred else np.zeros(table.shape[1])
    spread = np.sqrt(np.average((table - centre) ** 2, axis=0, weights=weights))
    return centre, np.where(spread > 0, spread, 1.0)


def _column(values: AnyArray) -> _Column:
    whole = np.ascontiguousarray(values)
    return _Column(whole, blake2b(whole.tobytes(), digest_size=16).digest())
