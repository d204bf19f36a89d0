"""Where the restricted likelihood of a random intercept is highest: a search over one number to start others at."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from servqual._arrays import Floats, Ints

# ratios of the variance between groups to that within, from next to nothing to next to everything
RATIOS = np.geomspace(1e-7, 1e12, 96)


@frozen(eq=False)
class _Sums:
    """Crossproducts of columns and y, and the part of them that is due to the means of groups."""

    whole: Floats
    totals: Floats
    sizes: Floats
    n: int

    def deviance(self, ratios: Floats) -> Floats:
        """Return −2 times the restricted log-likelihood at each ratio, but for a constant, shape of ``ratios``."""
        k = self.whole.shape[0] - 1
        weights = ratios[:, None] / (1 + self.sizes * ratios[:, None])
        between = np.einsum("rg,gi,gj->rij", weights, self.totals, self.totals, optimize=True)
        inner = self.whole - between
        columns, cross = inner[:, :k, :k], inner[:, :k, k]
        solved = np.linalg.solve(columns, cross[:, :, None])[:, :, 0]
        left = np.maximum(inner[:, k, k] - (cross * solved).sum(axis=1), np.finfo(float).tiny)
        ratio_terms = np.log1p(self.sizes * ratios[:, None]).sum(axis=1)
        return np.asarray((self.n - k) * np.log(left) + ratio_terms + np.linalg.slogdet(columns)[1])


def best_ratio(y: Floats, x: Floats, codes: Ints) -> float:
    """Return the ratio of the variance between groups to that within at which the restricted likelihood is highest.

    Parameters
    ----------
    y, x
        Shapes (n,) and (n, k).
    codes
        Group of each row as a number from 0, shape (n,).

    Returns
    -------
    float
        Within the range of `RATIOS`; at its lower end where the groups do not differ.

    References
    ----------
    Patterson & Thompson 1971, Biometrika 58(3):545-554.
    """
    from scipy.optimize import minimize_scalar

    sums = _sums(y, x, codes)
    coarse = sums.deviance(RATIOS)
    place = int(np.argmin(coarse))
    if place == 0:
        return float(RATIOS[0])
    around = np.log(RATIOS[[place - 1, min(place + 1, RATIOS.size - 1)]])
    found = minimize_scalar(
        lambda ratio: float(sums.deviance(np.exp([ratio]))[0]), bounds=tuple(around), options={"xatol": 1e-9}
    )
    return float(np.exp(found.x)) if found.fun < coarse[place] else float(RATIOS[place])


def _sums(y: Floats, x: Floats, codes: Ints) -> _Sums:
    """Return the sums, columns in units of their length and y less what the columns explain, against rounding."""
    scaled = x / np.sqrt((x**2).sum(axis=0))
    left = y - scaled @ np.linalg.lstsq(scaled, y)[0]
    table = np.column_stack([np.linalg.qr(scaled)[0], left / np.sqrt(left @ left)])
    totals = np.asarray([np.bincount(codes, column) for column in table.T], dtype=np.float64).T
    sizes = np.asarray(np.bincount(codes), dtype=np.float64)
    return _Sums(table.T @ table, totals, sizes, y.size)
