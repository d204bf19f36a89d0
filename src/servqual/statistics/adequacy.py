"""Whether correlations hold factors at all: sampling adequacy (KMO) and Bartlett's test of sphericity."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.statistics._matrices import correlation_of, inverse_of, respondents_of, unfit
from servqual.statistics.inapplicable import Inapplicable


@frozen(eq=False, getstate_setstate=False)
class SamplingAdequacy(Holder):
    """Kaiser's measure of sampling adequacy (MSA), between 0 and 1; below .5 factors are not worth looking for.

    Attributes
    ----------
    overall
        Over all pairs of items; NaN where no two items correlate.
    items
        Over the pairs of each item, shape (items,).
    """

    overall: float
    items: Floats = field(converter=floats)


def kmo(correlation: npt.ArrayLike) -> SamplingAdequacy | Inapplicable:
    """Kaiser–Meyer–Olkin measure of sampling adequacy: ``Σ r² / (Σ r² + Σ q²)`` over pairs of unlike items.

    ``q`` are the partial correlations of two items given all others, up to sign ``(R⁻¹)_ij / √((R⁻¹)_ii (R⁻¹)_jj)``.

    Parameters
    ----------
    correlation
        Shape (p, p), symmetric, ones on the diagonal, positive definite.

    Returns
    -------
    SamplingAdequacy or Inapplicable
        Inapplicable for one item, where an item does not vary, and for singular or indefinite correlations.

    Raises
    ------
    ArgumentError
        If the matrix does not hold correlations.

    References
    ----------
    Kaiser 1970, Psychometrika 35(4):401-415; Kaiser & Rice 1974, Educational and Psychological Measurement
    34(1):111-117.

    Examples
    --------
    >>> kmo([[1.0, 0.5, 0.5], [0.5, 1.0, 0.5], [0.5, 0.5, 1.0]]).overall.__round__(4)
    0.6923
    """
    table = correlation_of(correlation)
    if (reason := unfit(table)) is not None:
        return reason
    inverse = inverse_of(table)
    if isinstance(inverse, Inapplicable):
        return inverse
    scale = np.sqrt(inverse.diagonal())
    plain, partial = table**2, (inverse / np.outer(scale, scale)) ** 2
    np.fill_diagonal(plain, 0.0)
    np.fill_diagonal(partial, 0.0)
    with np.errstate(invalid="ignore"):
        items = plain.sum(axis=0) / (plain.sum(axis=0) + partial.sum(axis=0))
        return SamplingAdequacy(float(plain.sum() / (plain.sum() + partial.sum())), items)


class ChiSquared(NamedTuple):
    """A χ² statistic, its degrees of freedom and the probability of one as great under the null hypothesis."""

    statistic: float
    df: int
    p_value: float


def bartlett_sphericity(correlation: npt.ArrayLike, n: float) -> ChiSquared | Inapplicable:
    """Bartlett's test of sphericity, that no two items correlate: ``χ² = −(n − 1 − (2p + 5)/6) ln|R|``.

    On ``p (p − 1) / 2`` degrees of freedom, for normal items. With many respondents it rejects almost always.

    Parameters
    ----------
    correlation
        Shape (p, p), symmetric, ones on the diagonal, positive definite.
    n
        Respondents, an effective number where they have weights.

    Returns
    -------
    ChiSquared or Inapplicable
        Inapplicable as `kmo` is, and for so few respondents that the factor before the logarithm is not above 0.

    Raises
    ------
    ArgumentError
        If the matrix does not hold correlations, or the number of respondents is negative.

    References
    ----------
    Bartlett 1950, British Journal of Psychology, Statistical Section 3(2):77-85.

    Examples
    --------
    >>> found = bartlett_sphericity([[1.0, 0.5], [0.5, 1.0]], 50)
    >>> round(found.statistic, 3), found.df
    (13.665, 1)
    """
    from scipy.special import chdtrc

    table = correlation_of(correlation)
    respondents = respondents_of(n)
    if (reason := unfit(table)) is not None:
        return reason
    inverse = inverse_of(table)
    if isinstance(inverse, Inapplicable):
        return inverse
    p = len(table)
    factor = respondents - 1 - (2 * p + 5) / 6
    if factor <= 0:
        return Inapplicable(f"{respondents:g} respondents are too few for a test of {p} items")
    statistic, df = factor * max(-float(np.linalg.slogdet(table)[1]), 0.0), p * (p - 1) // 2
    return ChiSquared(statistic, df, float(chdtrc(df, statistic)))
