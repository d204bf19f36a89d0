"""Rows of regressions to check, and numbers that R gives for them."""

from __future__ import annotations

import numpy as np
from scipy import stats

from servqual._arrays import Floats, Ints
from servqual.statistics import FittedRows
from tests.statistics.attitude import ATTITUDE

NAMES = ["complaints", "learning", "raises"]
Y: Floats = ATTITUDE[:, 0]
X: Floats = ATTITUDE[:, [1, 3, 4]]

# R 4.2: m <- lm(rating ~ complaints + learning + raises, attitude); f <- fitted(m); e <- resid(m)
ATTITUDE_ROWS = FittedRows.of(Y, X, NAMES)


def drawn(seed: int, rows: int = 60, columns: int = 2) -> tuple[Floats, Floats, Floats]:
    """y, x and weights of a straight line with normal errors whose variances the weights tell."""
    rng = np.random.default_rng(seed)
    x = rng.normal(3, 1, (rows, columns))
    weights = rng.uniform(0.5, 2, rows)
    return 1 + x @ np.linspace(0.5, 1, columns) + rng.normal(0, 1, rows) / np.sqrt(weights), x, weights


def hotelling(products: Floats, group: Ints) -> tuple[float, float]:
    """F of Hotelling's test that sums within groups are zero on average, by the textbook, with their covariance."""
    sums = np.array([products[group == each].sum(axis=0) for each in np.unique(group)])
    groups, tested = sums.shape
    t2 = groups * sums.mean(axis=0) @ np.linalg.solve(np.atleast_2d(np.cov(sums.T)), sums.mean(axis=0))
    f = (groups - tested) / (tested * (groups - 1)) * t2
    return float(f), float(stats.f.sf(f, tested, groups - tested))
