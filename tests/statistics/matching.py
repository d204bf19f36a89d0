"""Tables of one program laid over those of another: triangles filled, factors brought into one order."""

from itertools import permutations

import numpy as np

from servqual._arrays import Floats


def symmetric(lower: str) -> Floats:
    """Return the symmetric matrix whose lower triangle stands in the lines."""
    rows = [np.array(line.split(), dtype=np.float64) for line in lower.split("\n") if line]
    table = np.zeros((len(rows), len(rows)))
    for i, row in enumerate(rows):
        table[i, : i + 1] = table[: i + 1, i] = row
    return table


def matched(mine: Floats, theirs: Floats) -> Floats:
    """Return my columns in the order and with the signs that bring them nearest to theirs."""
    best = mine
    for order in permutations(range(mine.shape[1])):
        turned = mine[:, order]
        turned = turned * np.where((turned * theirs).sum(axis=0) < 0, -1.0, 1.0)
        if np.abs(turned - theirs).sum() < np.abs(best - theirs).sum():
            best = turned
    return best
