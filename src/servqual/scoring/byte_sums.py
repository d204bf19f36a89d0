"""Sums and counts of answers in one byte each, formed in bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from servqual._arrays import AnyArray, Ints
from servqual.coding import CodeBook
from servqual.instruments import Level

# So many answers of one item, and as many temporary bytes, stay in a second-level cache of 2 MiB.
BLOCK = 262_144
_LANES = 64  # so many bytes are added one under the other
_LOWEST, BYTE = np.iinfo(np.int8).min, np.iinfo(np.int8).max

# Level → codes, one row of int8 per item.
Rows = Mapping[Level, Sequence[AnyArray]]


def ends_of(coefficients: Mapping[Level, int], book: CodeBook) -> tuple[int, int]:
    """Return the lowest and the highest ``Σ coefficient · code`` that one item can have."""
    each = [sorted((int(factor) * book.low, int(factor) * book.high)) for factor in coefficients.values()]
    return sum(low for low, _ in each), sum(high for _, high in each)


def wrapped(number: int) -> np.int8:
    """Return the byte that a whole number is but for multiples of 256: sums that fit a byte come out right."""
    return np.int8((number - _LOWEST) % 256 + _LOWEST)


def combine(answers: Sequence[tuple[AnyArray, int]], middle: np.int8, out: AnyArray, scratch: AnyArray) -> None:
    """Write ``Σ coefficient · code − middle`` over `out`; it wraps around on the way, and comes to what fits."""
    (first, factor), *others = sorted(answers, key=lambda part: part[1] != 1)
    so_far = first if factor == 1 else np.multiply(first, np.int8(factor), out=out)
    for row, times in others:
        less = row if times == -1 else np.multiply(row, np.int8(-times), out=scratch)
        so_far = np.subtract(so_far, less, out=out)
    if middle or so_far is first:
        np.subtract(so_far, middle, out=out)


def total_of(values: AnyArray, most: int) -> int:
    """Return the sum of bytes no larger than `most`: first as many as fit a byte, then as many as fit two."""
    signed = values.dtype.kind == "i"
    steps = (
        (min((BYTE if signed else 255) // most, _LANES), values.dtype),
        (_LANES, np.int16 if signed else np.uint16),
    )
    total = 0
    for lanes, dtype in steps:
        width = len(values) // lanes
        total += int(values[lanes * width :].sum(dtype=np.int64))
        values = np.add.reduce(values[: lanes * width].reshape(lanes, width), axis=0, dtype=dtype)
    return total + int(values.sum(dtype=np.int64))


def counts_of(rows: Sequence[AnyArray], book: CodeBook, gappy: Sequence[bool] | None = None) -> tuple[Ints, Ints]:
    """Return how many answers of each item are each point, (items, points), and how many are missing, (items,).

    Only items that are `gappy` are searched for missing answers; the lowest point takes what is left.
    """
    points = [np.int8(code) for code in range(book.low + 1, book.high + 1)]
    found, missing = np.zeros((len(rows), len(points) + 1), np.int64), np.zeros(len(rows), np.int64)
    same = np.empty(min(BLOCK, len(rows[0])), np.bool_)
    for item, row in enumerate(rows):
        searched = [*points, np.int8(book.missing)] if gappy is not None and gappy[item] else points
        for start in range(0, len(row), BLOCK):
            counts = _same(row[start : start + BLOCK], searched, same)
            found[item, 1:] += counts[: len(points)]
            missing[item] += counts[len(points) :].sum()
        found[item, 0] = len(row) - found[item].sum() - missing[item]
    return found, missing


def _same(part: AnyArray, codes: Sequence[np.int8], room: AnyArray) -> Ints:
    """Return how many numbers are each of the codes: byte by byte they are added first, which is quicker."""
    same, width = room[: len(part)], len(part) // _LANES
    lanes, rest = same[: _LANES * width].view(np.uint8).reshape(_LANES, width), same[_LANES * width :]
    sums = np.empty((len(codes), width), np.uint8)
    left = np.empty(len(codes), np.int64)
    for place, code in enumerate(codes):
        np.equal(part, code, out=same)
        np.add.reduce(lanes, axis=0, dtype=np.uint8, out=sums[place])
        left[place] = np.count_nonzero(rest)
    return sums.sum(axis=1, dtype=np.int64) + left
