"""Whether the columns of a regression can be told apart."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Floats, freeze
from servqual.statistics.models.rows import FittedRows


def variance_inflation(rows: FittedRows) -> Floats:
    """Variance inflation factors (VIF): ``1 / (1 − R²)`` of each column on the others.

    The variance of a coefficient is so many times what it were if its column were unrelated to the others.

    Parameters
    ----------
    rows
        Of a regression.

    Returns
    -------
    Floats
        Shape (k,), 1 or more; NaN for a column that is constant. Where there is an intercept ``R²`` is about the means,
        else about zero.

    References
    ----------
    Marquardt 1970, Technometrics 12(3):591-612.

    Examples
    --------
    >>> rows = FittedRows.of([1.0, 3.0, 2.0, 5.0, 4.0], [[1, 1], [2, 2], [3, 3], [4, 4], [5, 6]], ["a", "b"])
    >>> variance_inflation(rows).round(1)
    array([nan, 37., 37.])
    """
    turned = _about_means(rows)
    length = (turned**2).sum(axis=0)
    whole = ((rows.x * rows.root[:, None]) ** 2).sum(axis=0)
    varies = length > 1e-16 * whole
    scaled = turned[:, varies] / np.sqrt(length[varies])
    found = np.full(rows.k, np.nan)
    inverse = np.linalg.inv(np.linalg.qr(scaled)[1])
    found[varies] = np.maximum((inverse**2).sum(axis=1), 1.0)
    return freeze(found)


def condition_number(rows: FittedRows, *, centred: bool = False) -> float:
    """Condition number of the columns of a regression, each scaled to unit length.

    The largest over the smallest singular value. Above 30 some combination of the columns is hardly there.

    Parameters
    ----------
    rows
        Of a regression.
    centred
        Whether the means are taken off first, and the intercept left out: what is hard to tell from the intercept, as a
        scale whose answers lie far from zero, then does not count.

    Returns
    -------
    float
        1 or more; 1 too where nothing but an intercept is there to be centred.

    References
    ----------
    Belsley, Kuh & Welsch 1980, Regression Diagnostics, Wiley, chapter 3 (not centred); Marquardt 1980, Journal of the
    American Statistical Association 75(369):87-91 (centred).

    Examples
    --------
    >>> rows = FittedRows.of([1.0, 3.0, 2.0, 5.0, 4.0], [[1, 1], [2, 2], [3, 3], [4, 4], [5, 6]], ["a", "b"])
    >>> round(condition_number(rows), 1), round(condition_number(rows, centred=True), 1)
    (32.4, 12.1)
    """
    turned = _about_means(rows) if centred else rows.x * rows.root[:, None]
    length = np.sqrt((turned**2).sum(axis=0))
    whole = np.sqrt(((rows.x * rows.root[:, None]) ** 2).sum(axis=0))
    varies = length > 1e-8 * whole
    if not varies.any():
        return 1.0
    values = np.linalg.svd(turned[:, varies] / length[varies], compute_uv=False)
    return float(values[0] / values[-1])


def _about_means(rows: FittedRows) -> Floats:
    """Return the columns times √w, about their weighted means where there is an intercept."""
    if not rows.constant or rows.units is not None:
        return np.asarray(rows.x * rows.root[:, None])
    weights = rows.root**2
    return np.asarray((rows.x - weights @ rows.x / weights.sum()) * rows.root[:, None])
