"""Sums of linear models, formed in the codes themselves: small integers, exact, several times as fast as floats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from servqual._arrays import AnyArray, Bools, Floats
from servqual.answers import LevelAnswers
from servqual.scoring.rules import DimensionSum

# Long blocks: the calls of numpy cost more than what a block loses when its float rows leave the second-level cache.
BLOCK = 98_304
_WHOLE = {np.dtype(np.float32): 2**24, np.dtype(np.float64): 2**53}  # below these, whole numbers are exact
Addend = tuple[LevelAnswers, int]


class IntegerKernel:
    """Sums of ``Σ coefficient · answer`` per dimension, block by block, straight from storage.

    Sums wrap around in narrow integers while they are formed; that is harmless because every chunk of items that is
    summed at once has a total that fits.
    """

    block = BLOCK

    def __init__(self, terms: Sequence[Addend], slices: Sequence[slice], dtype: np.dtype[np.generic]) -> None:
        self.terms = terms
        size = _chunk_size(terms)
        self.chunks = [
            [range(at, min(at + size, part.stop)) for at in range(part.start, part.stop, size)] for part in slices
        ]
        gappy = np.any([level.has_missing for level, _ in terms], axis=0)
        self.items = [part.stop - part.start for part in slices]
        self.gappy = [int(gappy[part].sum()) for part in slices]
        self.offset = sum(coefficient * level.book.offset for level, coefficient in terms)
        self.total, self.value = np.empty((2, BLOCK), terms[0][0].codes.dtype)
        self.here, self.there = np.empty((2, BLOCK), np.bool_)
        self.answered = np.empty(
            (len(slices), BLOCK), np.int8 if max(self.items) <= np.iinfo(np.int8).max else np.int16
        )
        self.divisors = np.empty((len(slices), BLOCK), dtype)

    @staticmethod
    def serves(terms: Sequence[Addend], slices: Sequence[slice], dtype: np.dtype[np.generic]) -> bool:
        """Return whether all sums fit: codes are integers, one item fits a code, and a total fits a float exactly."""
        if not all(level.book.is_integer for level, _ in terms) or _chunk_size(terms) < 1:
            return False
        items = max(part.stop for part in slices)
        offset = sum(abs(coefficient * level.book.offset) for level, coefficient in terms)
        return items * (_largest(terms) + offset) < _WHOLE[np.dtype(dtype)]

    def sums(self, start: int, stop: int, totals: Floats) -> Iterator[DimensionSum]:
        """Yield the sums of respondents start..stop, one dimension after the other, in `totals` (dimensions, rows)."""
        for dimension, items in enumerate(self.items):
            count = self._fresh_count(dimension, stop - start)
            self._add_up(dimension, start, stop, totals[dimension], count)
            divisor: float | Floats = items
            if count is not None:
                divisor = self.divisors[dimension, : stop - start]
                np.copyto(divisor, count)
            if self.offset:
                np.add(totals[dimension], self.offset * divisor, out=totals[dimension])
            yield DimensionSum(totals[dimension], divisor, count)

    def _fresh_count(self, dimension: int, rows: int) -> AnyArray | None:
        if not self.gappy[dimension]:
            return None
        count = self.answered[dimension, :rows]
        count.fill(self.items[dimension] - self.gappy[dimension])
        return count

    def _add_up(self, dimension: int, start: int, stop: int, out: Floats, count: AnyArray | None) -> None:
        total, value = self.total[: stop - start], self.value[: stop - start]
        for number, chunk in enumerate(self.chunks[dimension]):
            for item in chunk:
                rows = [(level.codes[item, start:stop], coefficient) for level, coefficient in self.terms]
                answered = self._answered(item, start, stop)
                if answered is None and item > chunk.start:
                    _accumulate(rows, total, value)
                    continue
                target = total if item == chunk.start else value
                _combine(rows, target, self.value[: stop - start] if target is total else None)
                if answered is not None and count is not None:
                    np.multiply(target, answered, out=target)
                    np.add(count, answered, out=count)
                if target is value:
                    np.add(total, value, out=total)
            if number == 0:
                np.copyto(out, total)
            else:
                np.add(out, total, out=out)

    def _answered(self, item: int, start: int, stop: int) -> AnyArray | None:
        """Return 1 where everything that the item's score needs was answered, else 0; None where nobody left a gap."""
        found: Bools | None = None
        for level, _ in self.terms:
            if level.has_missing[item]:
                target = (self.here if found is None else self.there)[: stop - start]
                np.not_equal(level.codes[item, start:stop], level.codes.dtype.type(level.book.missing), out=target)
                found = target if found is None else np.logical_and(found, target, out=found)
        return None if found is None else found.view(np.int8)


def _accumulate(rows: Sequence[tuple[AnyArray, int]], total: AnyArray, scratch: AnyArray) -> None:
    """Add one item's ``Σ coefficient · code`` to the total."""
    for codes, coefficient in rows:
        if coefficient == 1:
            np.add(total, codes, out=total)
        elif coefficient == -1:
            np.subtract(total, codes, out=total)
        else:
            np.multiply(codes, codes.dtype.type(coefficient), out=scratch)
            np.add(total, scratch, out=total)


def _combine(rows: Sequence[tuple[AnyArray, int]], out: AnyArray, scratch: AnyArray | None) -> None:
    """Write one item's ``Σ coefficient · code`` over `out`."""
    (first, factor), *others = rows
    if len(others) == 1 and factor == 1 and others[0][1] == -1:
        np.subtract(first, others[0][0], out=out)
        return
    if factor == 1:
        np.copyto(out, first)
    else:
        np.multiply(first, first.dtype.type(factor), out=out)
    _accumulate(others, out, np.empty_like(out) if scratch is None else scratch)


def _largest(terms: Sequence[Addend]) -> int:
    """Return the largest size that one item's ``Σ coefficient · code`` can have."""
    ends = [sorted((c * level.book.low, c * level.book.high)) for level, c in terms]
    return max(abs(sum(low for low, _ in ends)), abs(sum(high for _, high in ends)))


def _chunk_size(terms: Sequence[Addend]) -> int:
    """Return how many items can be summed before a code's type overflows."""
    if not terms[0][0].book.is_integer:
        return 0
    limit = int(np.iinfo(terms[0][0].codes.dtype).max)
    widest = max(abs(coefficient) for _, coefficient in terms)
    return limit // max(_largest(terms), 1) if widest <= limit else 0
