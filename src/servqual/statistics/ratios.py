"""A ratio of two sums, with its linearised error."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Floats, Ints
from servqual.statistics.weights import WeightKind


def ratio_estimate(
    above: Floats, below: Floats, weights: Floats | None = None, kind: WeightKind | None = None,
    clusters: Ints | None = None,
) -> tuple[float, float, float]:  # fmt: skip
    """Ratio of weighted sums ``Σ w a / Σ w b``, its linearised standard error, and the degrees of freedom.

    ``se² = n / (n − 1) Σ (w (a − r b))² / (Σ w b)²``; sums of clusters take the place of rows where there are any, and
    frequencies are so many rows.

    Parameters
    ----------
    above, below
        Shape (n,); with ``below`` all 1 the ratio is the mean.
    weights, kind, clusters
        Of each row, shape (n,).

    Returns
    -------
    ratio, se, df
        The error is NaN for fewer than two rows or clusters.

    References
    ----------
    Cochran 1977, Sampling Techniques, 3rd ed., Wiley, section 6.4; Lumley 2010, Complex Surveys, Wiley, chapter 2.

    Examples
    --------
    >>> ratio, se, df = ratio_estimate(np.array([1.0, 2.0, 3.0]), np.ones(3))
    >>> ratio, round(se, 4), df
    (2.0, 0.5774, 2.0)
    """
    heavy = np.ones(above.size) if weights is None else weights
    base = float(heavy @ below)
    ratio = float(heavy @ above / base)
    apart = above - ratio * below
    if clusters is not None:
        sums = np.bincount(np.unique(clusters, return_inverse=True)[1], heavy * apart)
        n, squares = float(sums.size), float(sums @ sums)
    elif kind is WeightKind.FREQUENCY:
        n, squares = float(heavy.sum()), float(heavy @ apart**2)
    else:
        n, squares = float(above.size), float(((heavy * apart) ** 2).sum())
    if n < 2:
        return ratio, float("nan"), float("nan")
    return ratio, float(np.sqrt(n / (n - 1) * squares)) / base, n - 1
