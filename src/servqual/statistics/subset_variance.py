"""What every subset of predictors leaves unexplained, for a whole stack of correlation matrices at once.

A stack is kept item by item: the upper triangle of each matrix, row after row, down the first axis, and the matrices
along the second. Taking a predictor in is one step of elimination, which needs the first row of the triangle only, so
that one operation serves all subsets and all matrices; leaving it out is the triangle without that row.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from servqual._arrays import Bools, Floats

# players whose subsets are formed side by side, and numbers of a piece of work: what stays in cache
_INNER = 12
_PIECE = 1 << 17
# of the variance of a column: what rounding leaves of one that follows from others
FOLLOWS = 1e-10


def packed(stack: Floats) -> Floats:
    """Return the upper triangles of matrices, shape (…, q, q), as rows of shape (q (q + 1) / 2, matrices)."""
    q = stack.shape[-1]
    rows, columns = np.triu_indices(q)
    return np.ascontiguousarray(stack.reshape(-1, q, q)[:, rows, columns].T)


def eliminated(triangle: Floats, q: int) -> Floats:
    """Return the triangles of ``q − 1`` columns that are left when the first of q columns has explained its part."""
    first = triangle[1:q]
    share = first / triangle[0]
    left = np.empty((triangle.shape[0] - q, triangle.shape[1]))
    at = 0
    for row in range(q - 1):
        part = left[at : at + q - 1 - row]
        np.multiply(first[row:], share[row], out=part)
        at += q - 1 - row
    return np.subtract(triangle[q:], left, out=left)


def pivots(stack: Floats) -> Floats:
    """Return the variance of each column that columns before it do not explain, shape (q, matrices)."""
    q, triangle = stack.shape[-1], packed(stack)
    found = np.empty((q, triangle.shape[1]))
    with np.errstate(divide="ignore", invalid="ignore"):
        for column in range(q):
            found[column] = triangle[0]
            triangle = eliminated(triangle, q - column)
    return found


def solvable(stack: Floats) -> Bools:
    """Return which correlation matrices have no predictor that follows from others; the outcome is the last column."""
    with np.errstate(invalid="ignore"):
        return np.asarray((pivots(stack)[:-1] > FOLLOWS).all(axis=0) & np.isfinite(stack).all(axis=(-2, -1)))


def unexplained(stack: Floats, players: Sequence[int]) -> Floats:
    """Return the variance of the last column that each subset of players leaves, shape (2**players, matrices).

    Parameters
    ----------
    stack
        Covariance or correlation matrices, shape (matrices, q, q), none singular, the outcome last.
    players
        How many of the columns before it each player holds, in order: those come in together. The subset of number
        ``Σ 2**k`` holds the players k.
    """
    triangle, q = packed(stack), stack.shape[-1]
    outer = max(0, len(players) - _INNER)
    for size in players[:outer]:
        triangle, q = _branched(triangle, q, size), q - size
    inner = players[outer:]
    found = np.empty((2 ** len(inner), triangle.shape[1]))
    width = max(1, _PIECE >> len(inner))
    for at in range(0, triangle.shape[1], width):
        found[:, at : at + width] = _subsets(triangle[:, at : at + width], q, inner)
    return found.reshape(2 ** len(players), -1)


def _subsets(triangle: Floats, q: int, players: Sequence[int]) -> Floats:
    width = triangle.shape[1]
    for size in players:
        triangle, q = _branched(triangle, q, size), q - size
    return triangle.reshape(-1, width)


def _branched(triangle: Floats, q: int, size: int) -> Floats:
    """Return the triangles without the first so many columns, beside those in which these have explained their part.

    The new axis, out and in, comes before the matrices that were there.
    """
    left, columns = (q - size) * (q - size + 1) // 2, triangle.shape[1]
    both = np.empty((left, 2, columns))
    both[:, 0] = triangle[-left:]
    for column in range(size - 1):
        triangle = eliminated(triangle, q - column)
    _eliminate_into(both[:, 1], triangle, q - size + 1)
    return both.reshape(left, 2 * columns)


def _eliminate_into(out: Floats, triangle: Floats, q: int) -> None:
    first = triangle[1:q]
    share = first / triangle[0]
    at = 0
    for row in range(q - 1):
        part = out[at : at + q - 1 - row]
        np.multiply(first[row:], share[row], out=part)
        np.subtract(triangle[q + at : q + at + q - 1 - row], part, out=part)
        at += q - 1 - row
