"""Design effects: what answers that are alike within clusters cost, as found and as expected."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze
from servqual.statistics._numbers import AT_LEAST_ONE, CORRELATION, NOT_NEGATIVE, arrays


def design_effect(cluster_se: npt.ArrayLike, naive_se: npt.ArrayLike) -> Floats:
    """Design effect: the variance of a mean with its clusters, divided by the variance as if answers were independent.

    ``(cluster_se / naive_se)²``; above 1 where answers are alike within clusters. The sample is worth ``n`` divided by
    it.

    Parameters
    ----------
    cluster_se, naive_se
        Standard errors of the same means, zero or more; numbers, or arrays that broadcast together.

    Returns
    -------
    Floats
        Of the common shape, zero or more; NaN where the naive error is zero.

    Raises
    ------
    ArgumentError
        If an error is negative, or if shapes do not fit.

    References
    ----------
    Kish 1965, Survey Sampling, Wiley, section 8.2.

    Examples
    --------
    >>> round(float(design_effect(0.30, 0.20)), 6)
    2.25
    """
    clustered, naive = arrays(cluster_se=(cluster_se, NOT_NEGATIVE), naive_se=(naive_se, NOT_NEGATIVE))
    return freeze(np.asarray(np.square(clustered / np.where(naive > 0, naive, np.nan))))


def expected_design_effect(cluster_size: npt.ArrayLike, icc: npt.ArrayLike, cv: npt.ArrayLike = 0.0) -> Floats:
    """Design effect to be expected of a mean over clusters: ``1 + ((1 + cv²) m − 1) ICC``.

    With clusters of one size it is Kish's ``1 + (m − 1) ICC``.

    Parameters
    ----------
    cluster_size
        Mean number of answers of a cluster, ``m``, one or more.
    icc
        Intraclass correlation: the share of the variance that lies between clusters, −1 to 1.
    cv
        Coefficient of variation of the cluster sizes, zero or more.

    Returns
    -------
    Floats
        Of the common shape; 1 where answers are not alike, below 1 where they differ within clusters by design.

    Raises
    ------
    ArgumentError
        If a number is outside its range, or shapes do not fit.

    References
    ----------
    Kish 1965, Survey Sampling, Wiley, section 5.4; Eldridge, Ashby & Kerry 2006, International Journal of Epidemiology
    35(5):1292-1300 (unequal sizes).

    Examples
    --------
    >>> round(float(expected_design_effect(20, 0.05)), 6)
    1.95
    """
    size, within, spread = arrays(
        cluster_size=(cluster_size, AT_LEAST_ONE), icc=(icc, CORRELATION), cv=(cv, NOT_NEGATIVE)
    )
    return freeze(np.asarray(1 + ((1 + spread**2) * size - 1) * within))
