"""Internal consistency of a sum of items, from their covariance matrix: alpha, lambda, item–total correlations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._matrices import correlation_of, correlations_from, covariance_of, inverse_of, unfit
from servqual.statistics.inapplicable import Inapplicable

_NOTHING = 1e-12


def cronbach_alpha(covariance: npt.ArrayLike) -> float | Inapplicable:
    """Cronbach's alpha, raw: the reliability of the sum of items that are parallel but for their means.

    ``α = k / (k − 1) · (1 − Σ s_jj / ΣΣ s_ij)`` for ``k`` items with covariances ``s``; the divisor of the covariances,
    n or n − 1, cancels. A lower bound of the reliability where errors do not correlate; it grows with the number of
    items and is no proof of one dimension.

    Parameters
    ----------
    covariance
        Shape (k, k), symmetric.

    Returns
    -------
    float or Inapplicable
        At most 1, and below 0 where items run against each other on the whole. Inapplicable for one item, where an item
        does not vary, and where the sum of the items does not.

    Raises
    ------
    ArgumentError
        If the matrix is not square and symmetric, or has a negative variance.

    References
    ----------
    Cronbach 1951, Psychometrika 16(3):297-334; Guttman 1945, Psychometrika 10(4):255-282 (as lambda 3).

    Examples
    --------
    >>> cronbach_alpha([[2.0, 1.0], [1.0, 2.0]])
    0.6666666666666667
    >>> print(cronbach_alpha([[2.0]]))
    at least 2 items are needed, and there is one
    """
    table = covariance_of(covariance)
    if (reason := unfit(table) or _cancelled(table)) is not None:
        return reason
    k = len(table)
    return float(k / (k - 1) * (1 - np.trace(table) / table.sum()))


def standardised_alpha(correlation: npt.ArrayLike) -> float | Inapplicable:
    """Alpha of items brought to equal variance: ``k r̄ / (1 + (k − 1) r̄)`` with ``r̄`` the mean correlation.

    What `cronbach_alpha` gives for the correlation matrix, and the alpha that programs for composites (PLS) print.

    Parameters
    ----------
    correlation
        Shape (k, k), symmetric, ones on the diagonal.

    Returns
    -------
    float or Inapplicable
        At most 1, as for `cronbach_alpha`.

    Raises
    ------
    ArgumentError
        If the matrix does not hold correlations.

    References
    ----------
    Cronbach 1951, Psychometrika 16(3):297-334; Falk & Savalei 2011, Journal of Personality Assessment 93(5):445-453.

    Examples
    --------
    >>> standardised_alpha([[1.0, 0.5], [0.5, 1.0]])
    0.6666666666666667
    """
    return cronbach_alpha(correlation_of(correlation))


def guttman_lambda6(covariance: npt.ArrayLike) -> float | Inapplicable:
    """Guttman's lambda 6: ``1 − Σ e_j² / ΣΣ s_ij``, ``e_j²`` being what the other items do not explain of item j.

    ``e_j² = 1 / (S⁻¹)_jj``. It depends on the metric: give correlations for the figure that R's psych prints.

    Parameters
    ----------
    covariance
        Shape (k, k), symmetric and positive definite.

    Returns
    -------
    float or Inapplicable
        At most 1. Inapplicable as `cronbach_alpha` is, and where an item is a sum of others, so that no inverse exists.

    Raises
    ------
    ArgumentError
        If the matrix is not square and symmetric, or has a negative variance.

    References
    ----------
    Guttman 1945, Psychometrika 10(4):255-282.

    Examples
    --------
    >>> round(guttman_lambda6([[1.0, 0.5], [0.5, 1.0]]), 12)
    0.5
    """
    table = covariance_of(covariance)
    if (reason := unfit(table) or _cancelled(table)) is not None:
        return reason
    inverse = inverse_of(correlations_from(table))
    if isinstance(inverse, Inapplicable):
        return inverse
    return float(1 - (table.diagonal() / inverse.diagonal()).sum() / table.sum())


@frozen(eq=False, getstate_setstate=False)
class ItemTotal(Holder):
    """How each item goes with the sum of all, shape (k,) each.

    Attributes
    ----------
    corrected
        Correlation with the sum of the *other* items, between −1 and 1; NaN where that sum does not vary.
    raw
        Correlation with the sum of all items, which contains the item itself and flatters short scales.
    alpha_if_dropped
        Raw alpha of the other items, NaN where their sum does not vary; Inapplicable for two items.
    """

    corrected: Floats = field(converter=floats)
    raw: Floats = field(converter=floats)
    alpha_if_dropped: Floats | Inapplicable


def item_total(covariance: npt.ArrayLike) -> ItemTotal | Inapplicable:
    """Item–total statistics: each item's correlation with the sum of the others, and alpha without it.

    With ``T = ΣΣ s_ij`` and ``c_j = Σ_i s_ij``: raw ``c_j / √(s_jj T)``, corrected
    ``(c_j − s_jj) / √(s_jj (T − 2c_j + s_jj))``; alpha if dropped is `cronbach_alpha` of the rest.

    Parameters
    ----------
    covariance
        Shape (k, k), symmetric.

    Returns
    -------
    ItemTotal or Inapplicable
        Inapplicable as `cronbach_alpha` is.

    Raises
    ------
    ArgumentError
        If the matrix is not square and symmetric, or has a negative variance.

    References
    ----------
    Nunnally & Bernstein 1994, Psychometric Theory, 3rd ed., McGraw-Hill, chapter 8; Churchill 1979, Journal of
    Marketing Research 16(1):64-73.

    Examples
    --------
    >>> item_total([[2.0, 1.0, 1.0], [1.0, 2.0, 1.0], [1.0, 1.0, 2.0]]).corrected.round(3)
    array([0.577, 0.577, 0.577])
    """
    table = covariance_of(covariance)
    if (reason := unfit(table) or _cancelled(table)) is not None:
        return reason
    own, with_total, total = table.diagonal(), table.sum(axis=1), table.sum()
    rest = total - 2 * with_total + own
    rest = np.where(rest > _NOTHING * np.trace(table), rest, np.nan)
    k = len(table)
    dropped: Floats | Inapplicable = Inapplicable("alpha needs two items, and without one of two there is one")
    if k > 2:
        dropped = freeze((k - 1) / (k - 2) * (1 - (own.sum() - own) / rest))
    return ItemTotal((with_total - own) / np.sqrt(own * rest), with_total / np.sqrt(own * total), dropped)


def difference_reliability(r11: float, r22: float, r12: float, sd1: float, sd2: float) -> float | Inapplicable:
    """Reliability of a difference score ``X₁ − X₂``, such as perception minus expectation (Johns 1981).

    ``(s₁² r₁₁ + s₂² r₂₂ − 2 r₁₂ s₁ s₂) / (s₁² + s₂² − 2 r₁₂ s₁ s₂)``, where errors of the two do not correlate. For
    equal spread and equal reliabilities ``(r − r₁₂) / (1 − r₁₂)``: the more the two correlate, the less is left.

    Parameters
    ----------
    r11, r22
        Reliabilities of the two scores, at most 1.
    r12
        Their correlation, between −1 and 1.
    sd1, sd2
        Their standard deviations, zero or more, in the same unit.

    Returns
    -------
    float or Inapplicable
        At most 1; below 0 where the two correlate more than their reliabilities allow. Inapplicable where the
        difference does not vary, and where one of the parts is NaN.

    Raises
    ------
    ArgumentError
        If a number lies outside its range.

    References
    ----------
    Johns 1981, Organizational Behavior and Human Performance 27(3):443-463; Peter, Churchill & Brown 1993, Journal of
    Consumer Research 19(4):655-662.

    Examples
    --------
    >>> round(difference_reliability(0.9, 0.9, 0.5, 1, 1), 12)
    0.8
    >>> print(difference_reliability(0.8, 0.8, 1.0, 1, 1))
    the difference does not vary
    """
    _check_parts(r11, r22, r12, sd1, sd2)
    if np.isnan([r11, r22, r12, sd1, sd2]).any():
        return Inapplicable("a reliability, the correlation or a standard deviation is missing")
    shared = 2 * r12 * sd1 * sd2
    spread = sd1**2 + sd2**2 - shared
    if spread <= _NOTHING * (sd1**2 + sd2**2):
        return Inapplicable("the difference does not vary")
    return float((sd1**2 * r11 + sd2**2 * r22 - shared) / spread)


def _check_parts(r11: float, r22: float, r12: float, sd1: float, sd2: float) -> None:
    problems = [
        *(
            Problem(place, f"{value:g}", "a reliability is at most 1")
            for place, value in (("r11", r11), ("r22", r22))
            if value > 1
        ),
        *([Problem("r12", f"{r12:g}", "a correlation lies between −1 and 1")] if abs(r12) > 1 else []),
        *(
            Problem(place, f"{value:g}", "a standard deviation is finite and not negative")
            for place, value in (("sd1", sd1), ("sd2", sd2))
            if value < 0 or np.isinf(value)
        ),
    ]
    if problems:
        raise ArgumentError(*problems)


def _cancelled(table: Floats) -> Inapplicable | None:
    """Return that the sum of the items does not vary, as when one is the other turned round."""
    if table.sum() <= _NOTHING * np.trace(table):
        return Inapplicable("the sum of the items does not vary: they cancel each other")
    return None
