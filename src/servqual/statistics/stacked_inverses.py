"""Inverses of many small symmetric matrices at once, with those told apart that have none."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Bools, Floats

# a column of which the others leave less than this share of its variance counts as determined by them
LEAST = 1e-10


def inverse_stack(matrices: Floats) -> tuple[Floats, Bools]:
    """Return the inverses of symmetric positive definite matrices, and which of them have one.

    Parameters
    ----------
    matrices
        Shape (…, k, k).

    Returns
    -------
    tuple
        Inverses of the same shape, whose numbers mean nothing where there is none; and, of shape (…), whether there is
        one: whether each column keeps at least a share of 1e-10 of its variance when the others are taken out.
    """
    found = raw_inverses(matrices)
    own = np.diagonal(matrices, axis1=-2, axis2=-1)
    left = np.diagonal(found, axis1=-2, axis2=-1)
    with np.errstate(invalid="ignore", over="ignore"):
        # own · left is the variance inflation of a column: 1 over the share that the others leave
        inflation = own * left
        return found, np.asarray(((own > 0) & (inflation > 0.5) & (inflation < 1 / LEAST)).all(axis=-1))


def raw_inverses(matrices: Floats) -> Floats:
    """Return the inverses of matrices, NaN where one has none exactly, and large numbers where it nearly has none."""
    try:
        return np.linalg.inv(matrices)
    except np.linalg.LinAlgError:
        return _one_by_one(matrices)


def _one_by_one(matrices: Floats) -> Floats:
    found = np.full_like(matrices, np.nan)
    for place in np.ndindex(matrices.shape[:-2]):
        try:
            found[place] = np.linalg.inv(matrices[place])
        except np.linalg.LinAlgError:
            continue
    return found
