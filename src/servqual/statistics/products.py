"""Tests of a product of two coefficients by normal theory: Sobel, Aroian, Goodman."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual.errors.problems import unknown_word
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._numbers import FINITE, NOT_NEGATIVE, arrays
from servqual.statistics.comparison import t_test
from servqual.statistics.outcomes import MeanTest


class ProductVariance(StrEnum):
    """The variance of a product ``a b`` of independent estimates.

    SOBEL
        ``a² s_b² + b² s_a²``, of first order: the delta method.
    AROIAN
        ``a² s_b² + b² s_a² + s_a² s_b²``, exact for normal estimates with these variances about a and b.
    GOODMAN
        ``a² s_b² + b² s_a² − s_a² s_b²``, an unbiased estimate of the exact variance; it may be negative, and then
        there is no error.

    References
    ----------
    Sobel 1982, Sociological Methodology 13:290-312; Aroian 1947, Annals of Mathematical Statistics 18(2):265-271;
    Goodman 1960, Journal of the American Statistical Association 55(292):708-713.
    """

    SOBEL = "sobel"
    AROIAN = "aroian"
    GOODMAN = "goodman"


_SECOND_ORDER = {ProductVariance.SOBEL: 0.0, ProductVariance.AROIAN: 1.0, ProductVariance.GOODMAN: -1.0}


def product_test(
    a: npt.ArrayLike,
    se_a: npt.ArrayLike,
    b: npt.ArrayLike,
    se_b: npt.ArrayLike,
    *,
    variance: ProductVariance | str = ProductVariance.SOBEL,
) -> MeanTest:
    """Test of an indirect effect ``a b``, first link times second: ``z = a b / se``, two-sided, normal.

    Parameters
    ----------
    a, se_a, b, se_b
        Coefficients of two regressions with their standard errors; numbers, or arrays that broadcast together.
    variance
        Whose variance of the product.

    Returns
    -------
    MeanTest
        Inapplicable where Goodman's variance is not above zero.

    Raises
    ------
    ArgumentError
        If an error is negative, if shapes do not fit, or if there is no such variance.

    Notes
    -----
    The product of two normal estimates is skewed, so that these tests have little power; intervals by draws serve
    better.

    References
    ----------
    Sobel 1982, Sociological Methodology 13:290-312; MacKinnon, Lockwood, Hoffman, West & Sheets 2002, Psychological
    Methods 7(1):83-104.

    Examples
    --------
    >>> product_test(0.5, 0.1, 0.4, 0.1)
    <MeanTest by Sobel's test: p 0.00179; null: the product is 0>
    """
    known = [each.value for each in ProductVariance]
    if variance not in known:
        raise ArgumentError(unknown_word("variance", variance, known))
    one, error1, two, error2 = arrays(
        a=(a, FINITE), se_a=(se_a, NOT_NEGATIVE), b=(b, FINITE), se_b=(se_b, NOT_NEGATIVE)
    )
    kind = ProductVariance(variance)
    squares = product_variance(one, error1, two, error2, kind)
    se = np.sqrt(np.where(squares > 0, squares, np.nan))
    method, few = f"{kind.value.capitalize()}'s test", "the variance of the product is not above zero"
    # the reason for an error that does not exist is told as one for lacking degrees of freedom
    df = np.where(np.isnan(se), np.nan, np.inf)
    return t_test(one * two, se, df, null="the product is {against:g}", method=method, few=few)


def product_variance(a: Any, se_a: Any, b: Any, se_b: Any, kind: ProductVariance) -> Any:
    """Return the variance of a product of numbers or of arrays; Goodman's may be negative."""
    return a**2 * se_b**2 + b**2 * se_a**2 + _SECOND_ORDER[kind] * se_a**2 * se_b**2
