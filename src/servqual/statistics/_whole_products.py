"""Products of whole numbers that nobody left out: the common case of `pair_sums`, in one scratch matrix."""

from __future__ import annotations

import numpy as np

from servqual._arrays import AnyArray, Floats

# whole numbers up to here are exact in float32
EXACT = 2**24
# multiplications below which a product of matrices stays on one thread
_ONE_THREAD = 500_000
# so many rows of a product of a matrix with itself are formed at once: half of it is the other half turned
_STRIP = 8


class WholeProducts:
    """Sums of products of deviations and a column of ones, over blocks that are complete and exact in float32."""

    def __init__(self, columns: AnyArray, origin: Floats, missing: int | None, block: int) -> None:
        m, self.missing = len(columns), missing
        self.useful = m > 0 and columns.dtype.kind == "i" and bool((np.rint(origin) == origin).all())
        self.sums = np.zeros((m + 1, m + 1))
        if self.useful:
            self.limits = np.iinfo(columns.dtype)
            self.reach = int(np.abs(origin).max())
            self.middle = origin.astype(columns.dtype)[:, None] if self.reach <= self.limits.max else None
            self.deviations = np.empty((m, block), columns.dtype)
            self.stack = np.ones((m + 1, block), np.float32)

    def add(self, part: AnyArray) -> bool:
        """Add one block, shape (m, rows); return whether it could be added."""
        if not self.useful or self.middle is None:
            return False
        low, high, rows = int(part.min()), int(part.max()), part.shape[1]
        if self.missing is not None and low <= self.missing <= high:
            return False
        largest = max(high, -low) + self.reach
        if largest > self.limits.max or largest**2 * rows >= EXACT:
            return False
        stack = self.stack[:, :rows]
        np.copyto(stack[:-1], np.subtract(part, self.middle, out=self.deviations[:, :rows]))
        self.sums += product(stack, stack)
        return True

    def pour(self, sums: dict[str, Floats]) -> None:
        """Add what was gathered to the sums over pairs of columns."""
        products, first, rows = self.sums[:-1, :-1], self.sums[:-1, -1:], self.sums[-1, -1]
        sums["sum2"] += products
        sums["sum1"] += first
        sums["square"] += products.diagonal()[:, None]
        sums["weight"] += rows
        sums["n"] += rows


def product(left: Floats, right: Floats) -> Floats:
    """Return ``left @ right.T`` in float64, in pieces small enough for one thread: threads wait for each other."""
    if right is left and len(left) > _STRIP:
        return _own_product(left)
    (m, rows), n = left.shape, len(right)
    size = max(1 << int(np.log2(_ONE_THREAD / (m * n))), 16)
    whole = rows - rows % size
    before = left[:, :whole].reshape(m, -1, size).transpose(1, 0, 2)
    after = right[:, :whole].reshape(n, -1, size).transpose(1, 2, 0)
    pieces = np.matmul(before, after)
    rest = left[:, whole:] @ right[:, whole:].T
    return np.asarray(pieces.sum(axis=0, dtype=np.float64) + rest)


def _own_product(stack: Floats) -> Floats:
    """Return ``stack @ stack.T``: of the upper triangle strip by strip, which takes little more than half the work."""
    m, rows = stack.shape
    size = max(1 << int(np.log2(_ONE_THREAD / (m * _STRIP))), 16)
    sums, piece = np.zeros((m, m)), np.zeros((m, m), stack.dtype)
    for start in range(0, rows, size):
        part = stack[:, start : start + size]
        for top in range(0, m, _STRIP):
            np.matmul(part[top : top + _STRIP], part[top:].T, out=piece[top : top + _STRIP, top:])
        sums += piece
    upper = np.triu(sums)
    return upper + np.triu(sums, 1).T
