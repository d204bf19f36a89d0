"""Agreement within groups against a null of no agreement: rwg, rwg(j), r*wg(j), from variances of items in groups."""

from __future__ import annotations

from typing import SupportsFloat

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import AnyArray, Bools, Floats, Holder, floats, freeze, texts, truths
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._numbers import NOT_NEGATIVE, POSITIVE, arrays, reasons, single

FEW = "fewer than two answers"
FEW_ITEMS = "fewer than two answers to an item"


# a ratio of variances that exceeds 1 by less does so by rounding, and changes with the order of the answers
_ROUNDING = 1e-12


@frozen(eq=False, getstate_setstate=False, repr=False)
class Agreement(Holder):
    """Agreement of groups: 1 where all members answer alike, 0 where they scatter as under the null.

    Attributes
    ----------
    values
        0 to 1, NaN where there is none.
    truncated
        Where answers scatter more than under the null, so that a value below zero was set to 0.
    reason
        Why there is no value; empty where there is one.
    """

    values: Floats = field(converter=floats)
    truncated: Bools = field(converter=truths)
    reason: AnyArray = field(converter=texts)

    def __repr__(self) -> str:
        there, cut = int(np.count_nonzero(self.reason == "")), int(self.truncated.sum())
        return f"<Agreement of {there} of {self.values.size} groups; {cut} set to 0>"


def rwg(variance: npt.ArrayLike, null: SupportsFloat) -> Agreement:
    """Within-group agreement on one item: ``rwg = 1 − s² / σ²``, with ``σ²`` the variance under the null.

    Parameters
    ----------
    variance
        Variances of answers within groups (divisor ``n − 1``), any shape; NaN for fewer than two answers.
    null
        Variance under the null, as from `null_variance`, above zero.

    Returns
    -------
    Agreement
        Of the same shape. Answers that scatter more than under the null count as no agreement, 0, and are flagged.

    Raises
    ------
    ArgumentError
        A negative variance, or a null that is not above zero.

    References
    ----------
    James, Demaree & Wolf 1984, Journal of Applied Psychology 69(1):85-98; 1993, 78(2):306-309.

    Examples
    --------
    >>> rwg([0.5, 3.0], 2.0).values.tolist()
    [0.75, 0.0]
    """
    observed, expected = _checked(variance, null)
    found = 1 - observed / expected
    return Agreement(np.maximum(found, 0.0), found < -_ROUNDING, reasons((np.isnan(observed), FEW)))


def rwg_j(variance: npt.ArrayLike, null: SupportsFloat) -> Agreement:
    """Within-group agreement on ``J`` items: ``rwg(j) = J (1 − r) / (J (1 − r) + r)`` with ``r = s̄² / σ²``.

    ``s̄²`` is the mean of the items' variances. Where it exceeds that of the null, agreement is 0 and is flagged. More
    items make the same ratio a higher agreement, as Spearman and Brown's formula makes it of a reliability.

    Parameters
    ----------
    variance
        Variances of the answers to each item within groups (divisor ``n − 1``), shape (…, items).
    null
        Variance of an item under the null, above zero.

    Returns
    -------
    Agreement
        Shape (…); none where an item has fewer than two answers.

    Raises
    ------
    ArgumentError
        A negative variance, no items, or a null that is not above zero.

    References
    ----------
    James, Demaree & Wolf 1984, Journal of Applied Psychology 69(1):85-98.

    Examples
    --------
    >>> round(float(rwg_j([0.5] * 10, 2.0).values), 6)
    0.967742
    """
    observed, expected = _checked(variance, null, items=True)
    ratio = observed.mean(axis=-1) / expected
    alike = observed.shape[-1] * (1 - np.minimum(ratio, 1))
    return Agreement(
        alike / (alike + np.minimum(ratio, 1)), ratio > 1 + _ROUNDING, reasons((np.isnan(ratio), FEW_ITEMS))
    )


def r_star_wg_j(variance: npt.ArrayLike, null: SupportsFloat) -> Floats:
    """Lindell's within-group agreement on several items: ``r*wg(j) = 1 − s̄² / σ²``.

    It does not grow with the number of items, and is not cut off at 0: below it, members scatter more than under the
    null.

    Parameters
    ----------
    variance
        Variances of the answers to each item within groups (divisor ``n − 1``), shape (…, items).
    null
        Variance of an item under the null, above zero.

    Returns
    -------
    Floats
        Shape (…), at most 1; NaN where an item has fewer than two answers.

    Raises
    ------
    ArgumentError
        A negative variance, no items, or a null that is not above zero.

    References
    ----------
    Lindell, Brandt & Whitney 1999, Applied Psychological Measurement 23(2):127-135.

    Examples
    --------
    >>> float(r_star_wg_j([0.5, 4.5], 2.0))
    -0.25
    """
    observed, expected = _checked(variance, null, items=True)
    return freeze(np.asarray(1 - observed.mean(axis=-1) / expected))


def _checked(variance: npt.ArrayLike, null: SupportsFloat, *, items: bool = False) -> tuple[Floats, float]:
    (observed,) = arrays(variance=(variance, NOT_NEGATIVE))
    (expected,) = single(null=(float(null), POSITIVE))
    if items:
        need_items(observed)
    return observed, expected


def need_items(values: Floats) -> None:
    """Refuse variances without an axis of items."""
    if not values.ndim or not values.shape[-1]:
        raise ArgumentError(Problem("variance", f"shape {values.shape}", "the last axis has at least one item"))
