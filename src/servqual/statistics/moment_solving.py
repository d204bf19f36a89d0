"""Normal equations of many resamples at once: eliminated entry by entry, over all resamples together."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Bools, Floats

# a pivot is what a column keeps once those before it are taken out, as a share of its variance
LEAST = 1e-10


def solve_moments(matrix: Floats, right: Floats, size: Floats) -> tuple[Floats, Bools]:
    """Solve symmetric positive definite systems ``A x = b``, one for each resample, by elimination.

    Parameters
    ----------
    matrix
        Moments of the columns, shape (k, k, resamples); it is written over.
    right
        Moments of the columns with the outcome, shape (k, resamples); it is written over.
    size
        What a diagonal entry would be in a resample of usual variation, shape (resamples,).

    Returns
    -------
    tuple
        Solutions, shape (k, resamples), and which resamples have one: where a column follows from others in a resample,
        or where a corrected moment is no longer positive, there is none, and its numbers mean nothing.

    References
    ----------
    Golub & Van Loan 2013, Matrix Computations, 4th ed., Johns Hopkins University Press, section 4.2.
    """
    k = len(right)
    least = LEAST * np.maximum(size, matrix[range(k), range(k)])
    solved = np.ones(size.shape, dtype=np.bool_)
    for j in range(k):
        pivot = matrix[j, j]
        good = pivot > least[j]
        solved &= good
        np.copyto(pivot, 1.0, where=~good)
        for i in range(j + 1, k):
            factor = matrix[j, i] / pivot
            matrix[i, i:] -= factor * matrix[j, i:]
            right[i] -= factor * right[j]
    # row by row: sums over an axis would be rounded differently in blocks of one resample
    for j in reversed(range(k)):
        for i in range(j + 1, k):
            right[j] -= matrix[j, i] * right[i]
        right[j] /= matrix[j, j]
    return right, solved
