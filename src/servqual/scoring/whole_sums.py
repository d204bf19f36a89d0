"""Sums of complete whole-number answers, formed in the codes themselves: exact, and many times as fast as in floats.

Where nobody left a gap, nobody has a weight and scores are sums of answers with whole coefficients, every sum that a
summary keeps is a whole number. Answers are then counted by comparison, squares and sums over the items of a dimension
are taken in bytes, and only sums of whole dimensions become floats, small enough to be exact.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import AnyArray, Ints
from servqual.coding import CodeBook
from servqual.instruments import Instrument, Level
from servqual.scoring import byte_sums
from servqual.scoring.byte_sums import BYTE, Rows, combine, counts_of, ends_of, total_of, wrapped
from servqual.scoring.estimates import Part, Term
from servqual.scoring.group_sums import GroupSums
from servqual.scoring.protocol import ScoringModel, coefficients_of, has_weights
from servqual.scoring.rules import Rules
from servqual.statistics.crossproducts import CrossProducts
from servqual.statistics.moments import Moments
from servqual.statistics.tallies import Tallies

# Up to so many points, comparing with each is the quickest way to count.
MOST_POINTS = 12
# Deviations up to here have squares that fit a byte.
_FARTHEST = 15
_EXACT = 2**24  # whole numbers up to here are exact in float32
_SHORT = 8192


@frozen(eq=False)
class ItemSums:
    """Whole sums of one model's item scores, as deviations from a middle.

    Attributes
    ----------
    middle
        What is subtracted from each item score, in answers.
    first, second
        ``Σt`` and ``Σt²`` per item.
    dimensions
        ``Σ T T'`` of the sums over the items of each dimension, (dimensions, dimensions).
    """

    middle: int
    first: list[int]
    second: list[int]
    dimensions: list[list[int]]


def serves(instrument: Instrument, models: Sequence[ScoringModel]) -> bool:
    """Return whether these models can be summed in bytes on the scale of the instrument."""
    book = CodeBook.of(instrument.scale)
    if book.dtype != np.int8 or instrument.scale.step != 1 or book.high - book.low >= MOST_POINTS:
        return False
    return all(_serves(model, book) for model in models)


def _serves(model: ScoringModel, book: CodeBook) -> bool:
    coefficients = coefficients_of(model)
    if not coefficients or has_weights(model) or any(factor != int(factor) for factor in coefficients.values()):
        return False
    low, high = ends_of(coefficients, book)
    factors = [abs(factor) for factor in coefficients.values()]
    return high - low <= 2 * _FARTHEST and 0 < max(factors) <= _FARTHEST


def whole_sums(
    rows: Rows, instrument: Instrument, models: Sequence[ScoringModel], rules: Rules, *, products: bool = True
) -> GroupSums:
    """Return the sums of respondents who answered everything, on the scale, and count alike.

    Parameters
    ----------
    rows
        Level → one row of codes per item, all of one length and none of them missing.
    instrument, models, rules
        What was asked and how it is scored; `serves` must hold.
    products
        Whether cross-products of all items are kept; they take longer than all the rest.
    """
    book = CodeBook.of(instrument.scale)
    size = len(next(iter(rows.values()))[0])
    found = {level: counts_of(each, book) for level, each in rows.items()}
    counts = {level: each for level, (each, _) in found.items()}
    tallies = {level: tallies_from(book, *each, size) for level, each in found.items()}
    parts = []
    for model in models:
        sums = _item_sums(rows, coefficients_of(model) or {}, counts, book, instrument.slices)
        parts.append(_part(sums, size, instrument, rules))
    return GroupSums(size, tallies, products_of(rows, book) if products else None, tuple(parts))


def tallies_from(book: CodeBook, counts: Ints, missing: Ints, size: int) -> Tallies:
    """Return the tallies that counts of answers make."""
    return Tallies(np.array(book.scale.points), counts, missing, counts.sum(axis=1), None, size)


def products_of(rows: Rows, book: CodeBook) -> CrossProducts:
    """Return the cross-products of all items at all levels."""
    origin = book.scale.midpoint
    matrix = np.stack([row for each in rows.values() for row in each])
    products = CrossProducts.of(matrix, None, None, origin - book.offset)
    return evolve(products, origin=np.full_like(products.origin, origin))


def _item_sums(
    rows: Rows, coefficients: Mapping[Level, int], counts: Mapping[Level, Ints], book: CodeBook, slices: Sequence[slice]
) -> ItemSums:
    low, high = ends_of(coefficients, book)
    middle = (low + high) // 2
    kernel = _ByteKernel(
        {level: int(factor) for level, factor in coefficients.items() if factor}, middle, high - middle
    )
    second, dimensions = kernel.sums(rows, slices)
    codes = np.arange(book.low, book.high + 1)
    size = len(next(iter(rows.values()))[0])
    sums = sum(factor * (counts[level] @ codes) for level, factor in kernel.factors.items())
    shift = sum(factor * book.offset for factor in kernel.factors.values())
    return ItemSums(middle + shift, [int(each) - size * middle for each in np.atleast_1d(sums)], second, dimensions)


class _ByteKernel:
    """Squares and sums over dimensions of ``Σ coefficient · code − middle``, formed in bytes.

    Sums wrap around while they are formed; what they come to fits, because a dimension is summed in pieces that do.
    """

    def __init__(self, factors: Mapping[Level, int], middle: int, farthest: int) -> None:
        self.factors, self.farthest = factors, max(farthest, 1)
        self.middle = wrapped(middle)
        self.longest = BYTE // self.farthest

    def sums(self, rows: Rows, slices: Sequence[slice]) -> tuple[list[int], list[list[int]]]:
        """Return ``Σt²`` per item, and ``Σ T T'`` of the dimensions."""
        pieces = [
            (place, range(at, min(at + self.longest, part.stop)))
            for place, part in enumerate(slices)
            for at in range(part.start, part.stop, self.longest)
        ]
        size = len(next(iter(rows.values()))[0])
        squares = [0] * slices[-1].stop
        joint = np.zeros((len(pieces), len(pieces)))
        rooms = np.empty((3 + len(pieces), min(byte_sums.BLOCK, size)), np.int8)
        for start in range(0, size, byte_sums.BLOCK):
            room = rooms[:, : min(byte_sums.BLOCK, size - start)]
            part = {level: [row[start : start + byte_sums.BLOCK] for row in rows[level]] for level in self.factors}
            for (_, items), total in zip(pieces, room[3:], strict=True):
                self._add_up(part, items, total, room[:3], squares)
            joint += self._joint(room[3:], max(len(items) for _, items in pieces))
        member = np.zeros((len(slices), len(pieces)))
        member[[place for place, _ in pieces], range(len(pieces))] = 1
        return squares, [[int(each) for each in row] for row in (member @ joint @ member.T).tolist()]

    def _add_up(self, rows: Rows, items: range, total: AnyArray, room: AnyArray, squares: list[int]) -> None:
        """Write the sum over some items over `total`, and add the squares of each to `squares`."""
        value, scratch, square = room
        for item in items:
            target = total if item == items.start else value
            answers = [(rows[level][item], factor) for level, factor in self.factors.items()]
            combine(answers, self.middle, target, scratch)
            np.multiply(target, target, out=square)
            squares[item] += total_of(square.view(np.uint8), self.farthest**2)
            if target is value:
                np.add(total, value, out=total)

    def _joint(self, totals: AnyArray, items: int) -> AnyArray:
        """Return ``Σ T T'`` of sums over pieces, (pieces, rows), of which none is longer than `items`."""
        size = min(_SHORT, _EXACT // (items * self.farthest) ** 2)
        # a row of ones goes with them: the product of a matrix with itself is taken by a slower routine
        stack = np.ones((len(totals) + 1, size), np.float32)
        found = np.zeros((len(totals) + 1, len(totals)))
        for start in range(0, totals.shape[1], size):
            part = totals[:, start : start + size]
            block = stack[:, : part.shape[1]]
            np.copyto(block[1:], part)
            found += block @ block[1:].T
        return found[1:]


def _part(sums: ItemSums, size: int, instrument: Instrument, rules: Rules) -> Part:
    """Return the moments of items, dimensions and overall scores: all of them whole numbers over whole numbers."""
    lengths = [len(each) for each in instrument.dimensions]
    firsts = [sum(sums.first[part]) for part in instrument.slices]
    columns = [(first, second, 1) for first, second in zip(sums.first, sums.second, strict=True)]
    for place, length in enumerate(lengths):
        columns.append((firsts[place], sums.dimensions[place][place], length))
    common = math.lcm(*lengths)
    columns.append((*_combined([common // length for length in lengths], firsts, sums), common * len(lengths)))
    if rules.overall_items:
        columns.append((*_combined([1] * len(lengths), firsts, sums), sum(lengths)))
    told = [_shifted(*column, size) for column in columns]
    origin, sum1, sum2 = (np.array(each) for each in zip(*told, strict=True))
    n = np.full(len(columns), float(size))
    moments = Moments(origin + sums.middle, n, n, n, sum1, sum2, sum1, sum2, None, size)
    return Part((Term(1, moments, None, size),))


def _combined(factors: Sequence[int], firsts: Sequence[int], sums: ItemSums) -> tuple[int, int]:
    """Return the sum, and the sum of squares, of a combination of the dimensions."""
    pairs = ((i, j) for i in range(len(factors)) for j in range(len(factors)))
    first = sum(factor * each for factor, each in zip(factors, firsts, strict=True))
    return first, sum(factors[i] * factors[j] * sums.dimensions[i][j] for i, j in pairs)


def _shifted(first: int, second: int, divisor: int, size: int) -> tuple[float, float, float]:
    """Return an origin near the mean of ``t / divisor``, and the sums of first and second order about it."""
    near = round(first / size)
    return near / divisor, (first - size * near) / divisor, (second - 2 * near * first + size * near**2) / divisor**2
