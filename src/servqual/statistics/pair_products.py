"""Sums over pairs of columns for any counts of rows: one product of matrices for all resamples of a tile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import numpy as np
from attrs import field, frozen

from servqual._arrays import AnyArray, Bools, Floats, Ints

# numbers in a block of products, and numbers of all products that are kept for the next tile
_BLOCK = 1 << 20
_KEPT = 1 << 23
# multiplications below which a product of matrices stays on one thread (threads wait for each other), and how many
# resamples share one
_ONE_THREAD = 500_000
_ABREAST = 16


@frozen(eq=False)
class StackedSums:
    """Sums over pairs of columns, one table for each of B resamples; see `PairSums`."""

    origin: Floats
    weight: Floats
    sum1: Floats
    square: Floats
    sum2: Floats
    total: Floats
    complete: bool


@frozen(eq=False)
class PairProducts:
    """Columns, item-major (p, rows), that give the sums over pairs for any counts of rows.

    Attributes
    ----------
    columns
        Numbers, of any type; in real ones NaN is missing, in integers the least of the type.
    origin
        What is subtracted from each column: near its mean, so that no digits are lost; shape (p,).
    weights
        Of the rows; None where all count alike.
    gaps
        Positions of columns in which something is missing.
    """

    columns: AnyArray
    origin: Floats
    weights: Floats | None
    gaps: Ints
    _pairs: tuple[Ints, Ints]
    _kept: list[Floats] = field(factory=list)

    @classmethod
    def of(cls, columns: AnyArray, origin: Floats, weights: Floats | None = None) -> Self:
        """Return the products of columns."""
        gaps = [place for place, column in enumerate(columns) if bool(_absent(column).any())]
        first, second = np.triu_indices(len(columns))
        return cls(columns, origin, weights, np.array(gaps, np.intp), (first, second))

    def sums(self, counts: AnyArray) -> StackedSums:
        """Return the sums in which each row counts as often as said, from counts of shape (B, rows)."""
        moments = np.zeros((len(counts), self._width))
        for rows, products in self._blocks():
            _add_products(moments, counts[:, rows], products)
        return self._tables(moments)

    def without_each(self) -> Iterator[StackedSums]:
        """Yield the sums without each row in turn, block by block in the order of rows."""
        whole = sum(products.sum(axis=0) for _, products in self._blocks())
        for _, products in self._blocks():
            yield self._tables(whole - products)

    @property
    def _width(self) -> int:
        items, gaps = len(self.columns), self.gaps.size
        return 1 + items + self._pairs[0].size + gaps * (2 * items + 1) + gaps * (gaps + 1) // 2

    def _blocks(self) -> Iterator[tuple[slice, Floats]]:
        """Yield blocks of rows with their products, (rows, products), kept from the first time on if they are few."""
        rows, size = self.columns.shape[1], max(1, _BLOCK // self._width)
        starts = range(0, rows, size)
        keep = rows * self._width <= _KEPT
        for number, start in enumerate(starts):
            part = slice(start, min(start + size, rows))
            if keep and number == len(self._kept):
                self._kept.append(self._products(part))
            yield part, self._kept[number] if keep else self._products(part)

    def _products(self, part: slice) -> Floats:
        """Return, for some rows, every product that the sums are made of."""
        given = self.columns[:, part]
        absent = _absent(given[self.gaps])
        d = given.astype(np.float64) - self.origin[:, None]
        d[self.gaps] = np.where(absent, 0.0, d[self.gaps])
        weighted = d if self.weights is None else d * self.weights[part]
        first, second = self._pairs
        rows = [np.ones((1, d.shape[1])) if self.weights is None else self.weights[None, part]]
        rows += [weighted, weighted[first] * d[second]]
        if self.gaps.size:
            answered = (~absent).astype(np.float64)
            one, other = np.triu_indices(self.gaps.size)
            rows += [(weighted[:, None] * answered).reshape(-1, d.shape[1])]
            rows += [((weighted * d)[:, None] * answered).reshape(-1, d.shape[1])]
            rows += [rows[0] * answered, rows[0] * (answered[one] * answered[other])]
        return np.ascontiguousarray(np.concatenate(rows).T)

    def _tables(self, moments: Floats) -> StackedSums:
        items, pairs = len(self.columns), self._pairs[0].size
        total, means = moments[:, 0], moments[:, 1 : 1 + items]
        second = self._square(moments[:, 1 + items : 1 + items + pairs], self._pairs, items)
        squares = np.diagonal(second, axis1=1, axis2=2)
        shape = (len(moments), items, items)
        weight = np.broadcast_to(total[:, None, None], shape)
        sum1, square = (np.broadcast_to(each[:, :, None], shape) for each in (means, squares))
        if self.gaps.size:
            weight, sum1, square = self._with_gaps(moments[:, 1 + items + pairs :], (weight, sum1, square))
        return StackedSums(self.origin, weight, sum1, square, second, total, not self.gaps.size)

    def _with_gaps(self, moments: Floats, complete: tuple[Floats, ...]) -> tuple[Floats, ...]:
        """Return the tables in which columns with gaps have their own rows."""
        weight, sum1, square = (each.copy() for each in complete)
        items, size = weight.shape[1], self.gaps.size
        ends = np.cumsum([items * size, items * size, size])
        over, squares, own, both = np.split(moments, ends, axis=1)
        sum1[:, :, self.gaps] = over.reshape(-1, items, size)
        square[:, :, self.gaps] = squares.reshape(-1, items, size)
        weight[:, :, self.gaps] = own[:, None, :]
        weight[:, self.gaps, :] = own[:, :, None]
        among = self._square(both, np.triu_indices(size), size)
        weight[:, self.gaps[:, None], self.gaps] = among
        return weight, sum1, square

    @staticmethod
    def _square(upper: Floats, pairs: tuple[Ints, Ints], size: int) -> Floats:
        """Return symmetric tables from the entries on and above their diagonals."""
        place = np.empty((size, size), np.intp)
        place[pairs] = place[pairs[::-1]] = np.arange(pairs[0].size)
        return upper[:, place]


def _add_products(moments: Floats, counts: AnyArray, products: Floats) -> None:
    """Add ``counts @ products``, shapes (B, rows) and (rows, q), in pieces small enough for one thread."""
    size = max(1, _ONE_THREAD // (_ABREAST * products.shape[1]))
    for start in range(0, len(products), size):
        part = products[start : start + size]
        many = counts[:, start : start + size].astype(np.float64)
        for at in range(0, len(many), _ABREAST):
            moments[at : at + _ABREAST] += many[at : at + _ABREAST] @ part


def _absent(values: AnyArray) -> Bools:
    """Return where something is missing."""
    if values.dtype.kind == "f":
        return np.isnan(values)
    if values.dtype.kind != "i":
        return np.zeros(values.shape, np.bool_)
    return np.asarray(values == np.iinfo(values.dtype).min)
