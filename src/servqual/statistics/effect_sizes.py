"""Standardised mean differences by name, paired and unpaired, with intervals, from summary numbers."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze
from servqual.errors.problems import unknown_word
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._numbers import CORRELATION, FINITE, NOT_NEGATIVE, POSITIVE, arrays


class AverageSpread(StrEnum):
    """What the standard deviations of two paired measures are averaged to.

    MEAN_OF_SDS
        ``(s1 + s2) / 2``, as Cumming does.
    ROOT_MEAN_VARIANCE
        ``√((s1² + s2²) / 2)``, as Bonett does.
    """

    MEAN_OF_SDS = "mean of standard deviations"
    ROOT_MEAN_VARIANCE = "root of mean variance"


def dz(mean_difference: npt.ArrayLike, sd_difference: npt.ArrayLike) -> Floats:
    """Mean of paired differences in standard deviations of the differences: Cohen's ``d_z = d̄ / s_d = t / √n``.

    It says how plainly persons agree in the sign of their difference; it grows with the correlation of the two
    measures, so that it must not be compared with unpaired effect sizes.

    Parameters
    ----------
    mean_difference, sd_difference
        Mean and standard deviation of the differences; numbers, or arrays that broadcast together.

    Returns
    -------
    Floats
        Of the common shape, with the sign of the difference; NaN where the differences do not vary.

    Raises
    ------
    ArgumentError
        If a standard deviation is negative, or shapes do not fit.

    References
    ----------
    Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., Erlbaum, section 2.3; Lakens 2013,
    Frontiers in Psychology 4:863.

    Examples
    --------
    >>> float(dz(-0.6, 1.2))
    -0.5
    """
    centre, spread = arrays(mean_difference=(mean_difference, FINITE), sd_difference=(sd_difference, NOT_NEGATIVE))
    return _ratio(centre, spread)


def dav(
    mean_difference: npt.ArrayLike,
    sd1: npt.ArrayLike,
    sd2: npt.ArrayLike,
    spread: AverageSpread = AverageSpread.MEAN_OF_SDS,
) -> Floats:
    """Mean of paired differences in average standard deviations of the two measures: ``d_av``, by Cumming or Bonett.

    Unlike ``d_z`` it does not depend on the correlation of the measures, and is on the scale of unpaired effect sizes.

    Parameters
    ----------
    mean_difference
        Mean of the differences.
    sd1, sd2
        Standard deviations of the two measures; numbers, or arrays that broadcast together.
    spread
        How the two are averaged.

    Returns
    -------
    Floats
        Of the common shape, with the sign of the difference; NaN where neither measure varies.

    Raises
    ------
    ArgumentError
        If a standard deviation is negative, shapes do not fit, or the average is unknown.

    References
    ----------
    Cumming 2012, Understanding the New Statistics, Routledge, chapter 11; Bonett 2008, Psychological Methods
    13(2):99-109.

    Examples
    --------
    >>> float(dav(-0.6, 1.0, 1.4))
    -0.5
    """
    centre, first, second = arrays(
        mean_difference=(mean_difference, FINITE), sd1=(sd1, NOT_NEGATIVE), sd2=(sd2, NOT_NEGATIVE)
    )
    if spread not in set(AverageSpread):
        raise ArgumentError(unknown_word("spread", spread, AverageSpread))
    mean_of_sds = AverageSpread(spread) is AverageSpread.MEAN_OF_SDS
    return _ratio(centre, (first + second) / 2 if mean_of_sds else np.hypot(first, second) / np.sqrt(2))


def drm(mean_difference: npt.ArrayLike, sd1: npt.ArrayLike, sd2: npt.ArrayLike, correlation: npt.ArrayLike) -> Floats:
    """Mean of paired differences, corrected for the correlation of the measures: ``d_rm = d_z √(2 (1 − r))``.

    ``s_d² = s1² + s2² − 2 r s1 s2``. With equal standard deviations it equals ``d_av``.

    Parameters
    ----------
    mean_difference
        Mean of the differences.
    sd1, sd2
        Standard deviations of the two measures.
    correlation
        Correlation of the two measures; numbers, or arrays that broadcast together.

    Returns
    -------
    Floats
        Of the common shape, with the sign of the difference; NaN where the differences do not vary.

    Raises
    ------
    ArgumentError
        If a standard deviation is negative, a correlation is not between −1 and 1, or shapes do not fit.

    References
    ----------
    Morris & DeShon 2002, Psychological Methods 7(1):105-125; Lakens 2013, Frontiers in Psychology 4:863.

    Examples
    --------
    >>> round(float(drm(-0.6, 1.2, 1.2, 0.5)), 6)
    -0.5
    """
    centre, first, second, r = arrays(
        mean_difference=(mean_difference, FINITE),
        sd1=(sd1, NOT_NEGATIVE),
        sd2=(sd2, NOT_NEGATIVE),
        correlation=(correlation, CORRELATION),
    )
    # the form of a square and a rest keeps s_d² from falling below zero
    spread = np.sqrt((first - second) ** 2 + 2 * (1 - r) * first * second)
    return freeze(np.asarray(_ratio(centre, spread) * np.sqrt(2 * (1 - r))))


def ds(  # noqa: PLR0917 - two samples of three numbers each, in the order of the formula
    mean1: npt.ArrayLike,
    var1: npt.ArrayLike,
    n1: npt.ArrayLike,
    mean2: npt.ArrayLike,
    var2: npt.ArrayLike,
    n2: npt.ArrayLike,
) -> Floats:
    """Difference of two independent means in pooled standard deviations: Cohen's ``d_s``, first minus second.

    ``s² = ((n1 − 1) s1² + (n2 − 1) s2²) / (n1 + n2 − 2)``. Multiply it by `hedges_factor` for Hedges' g.

    Parameters
    ----------
    mean1, var1, n1, mean2, var2, n2
        Mean, variance and number of answers of each sample; numbers, or arrays that broadcast together.

    Returns
    -------
    Floats
        Of the common shape; NaN where a sample has fewer than two answers or neither varies.

    Raises
    ------
    ArgumentError
        If a variance or a number is negative, or shapes do not fit.

    References
    ----------
    Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., Erlbaum, section 2.5; Hedges 1981,
    Journal of Educational Statistics 6(2):107-128.

    Examples
    --------
    >>> float(ds(5.0, 1.0, 30, 4.5, 1.0, 30))
    0.5
    """
    centre1, spread1, count1, centre2, spread2, count2 = arrays(
        mean1=(mean1, FINITE),
        var1=(var1, NOT_NEGATIVE),
        n1=(n1, NOT_NEGATIVE),
        mean2=(mean2, FINITE),
        var2=(var2, NOT_NEGATIVE),
        n2=(n2, NOT_NEGATIVE),
    )
    df1, df2 = (np.where(count > 1, count - 1, np.nan) for count in (count1, count2))
    return _ratio(centre1 - centre2, np.sqrt((df1 * spread1 + df2 * spread2) / (df1 + df2)))


def hedges_factor(df: npt.ArrayLike, *, exact: bool = False) -> Floats:
    """Hedges' factor that takes the small-sample bias off a standardised mean difference: ``1 − 3 / (4 df − 1)``.

    Parameters
    ----------
    df
        Degrees of freedom of the standard deviation: ``n − 1`` paired, ``n1 + n2 − 2`` unpaired.
    exact
        Whether to use ``Γ(df / 2) / (√(df / 2) Γ((df − 1) / 2))``, which the usual form approximates.

    Returns
    -------
    Floats
        Of the shape of ``df``, between 0 and 1; NaN unless ``df`` is above 1.

    Raises
    ------
    ArgumentError
        If ``df`` is not above zero.

    References
    ----------
    Hedges 1981, Journal of Educational Statistics 6(2):107-128.

    Examples
    --------
    >>> round(float(hedges_factor(9)), 4), round(float(hedges_factor(9, exact=True)), 4)
    (0.9143, 0.9139)
    """
    from scipy.special import gammaln

    (degrees,) = arrays(df=(df, POSITIVE))
    degrees = np.where(degrees > 1, degrees, np.nan)
    if exact:
        return freeze(np.asarray(np.exp(gammaln(degrees / 2) - gammaln((degrees - 1) / 2)) / np.sqrt(degrees / 2)))
    return freeze(np.asarray(1 - 3 / (4 * degrees - 1)))


def _ratio(centre: Floats, spread: Floats) -> Floats:
    return freeze(np.asarray(centre / np.where(spread > 0, spread, np.nan)))
