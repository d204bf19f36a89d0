"""Agreement within groups against the most scatter that their means allow: awg."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import AnyArray, Bools, Floats, Holder, floats, texts, truths
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._numbers import FINITE, NOT_NEGATIVE, arrays, reasons, single
from servqual.statistics.agreement import FEW, FEW_ITEMS, need_items

AT_AN_END = "the mean is at an end of the scale, where answers cannot scatter"
OUT_OF_RANGE = "the means of all items lie too near an end of the scale for so few answers"


@frozen(eq=False, getstate_setstate=False, repr=False)
class ScaledAgreement(Holder):
    """Agreement of groups measured by the scatter that their own mean allows (awg): 1 alike, −1 all at both ends.

    Attributes
    ----------
    values
        −1 to 1, NaN where there is none.
    interpretable
        Whether the mean lies in the range where the most scatter that is possible can be reached by so many answers.
    reason
        Why there is no value; empty where there is one.
    """

    values: Floats = field(converter=floats)
    interpretable: Bools = field(converter=truths)
    reason: AnyArray = field(converter=texts)

    def __repr__(self) -> str:
        there = int(np.count_nonzero(self.reason == ""))
        inside = int(self.interpretable.sum())
        return f"<ScaledAgreement of {there} of {self.values.size} groups; {inside} interpretable>"


def awg(mean: npt.ArrayLike, variance: npt.ArrayLike, n: npt.ArrayLike, *, low: float, high: float) -> ScaledAgreement:
    """Within-group agreement on one item against the most scatter that its mean allows (awg).

    ``awg = 1 − 2 s² / (((H + L) x̄ − x̄² − H L) · n / (n − 1))``.

    Parameters
    ----------
    mean, variance, n
        Of the answers of each group (divisor ``n − 1``); numbers, or arrays that broadcast together.
    low, high
        Ends of the scale, ``L`` and ``H``.

    Returns
    -------
    ScaledAgreement
        Of the common shape. None where the mean is at an end; interpretable for a mean between
        ``(L (n − 1) + H) / n`` and ``(H (n − 1) + L) / n``.

    Raises
    ------
    ArgumentError
        Numbers out of their range, a mean off the scale, or ends in the wrong order.

    References
    ----------
    Brown & Hauenstein 2005, Organizational Research Methods 8(2):165-184.

    Examples
    --------
    >>> awg([3.0, 5.0], [1.0, 0.0], 8, low=1, high=5).values.tolist()
    [0.5625, nan]
    """
    centre, observed, count = arrays(mean=(mean, FINITE), variance=(variance, NOT_NEGATIVE), n=(n, NOT_NEGATIVE))
    first, last = _ends(low, high)
    if np.any((centre < first) | (centre > last)):
        raise ArgumentError(Problem("mean", "some off the scale", f"means lie on {first:g}..{last:g}"))
    few = ~(count > 1) | np.isnan(observed) | np.isnan(centre)
    with np.errstate(divide="ignore", invalid="ignore"):
        most = (centre - first) * (last - centre) * count / (count - 1)
        found = 1 - 2 * observed / most
        inner = ((first * (count - 1) + last) / count, (last * (count - 1) + first) / count)
    reason = reasons((few, FEW), (most == 0, AT_AN_END))
    # a mean that is a fraction may miss an edge of the range by the rounding of a division
    slack = 1e-12 * (last - first)
    inside = (reason == "") & (centre >= inner[0] - slack) & (centre <= inner[1] + slack)
    return ScaledAgreement(np.where(reason == "", found, np.nan), inside, reason)


def awg_j(
    mean: npt.ArrayLike, variance: npt.ArrayLike, n: npt.ArrayLike, *, low: float, high: float
) -> ScaledAgreement:
    """Within-group agreement on several items against the most scatter that their means allow: the mean awg.

    Parameters
    ----------
    mean, variance, n
        Of the answers of each group to each item, shape (…, items).
    low, high
        Ends of the scale.

    Returns
    -------
    ScaledAgreement
        Shape (…). Items whose awg is not there or not interpretable do not count; ``interpretable`` says where all do.

    Raises
    ------
    ArgumentError
        As `awg`; also for no items.

    References
    ----------
    Brown & Hauenstein 2005, Organizational Research Methods 8(2):165-184.

    Examples
    --------
    >>> found = awg_j([[3.0, 5.0]], [[1.0, 0.0]], [[8, 8]], low=1, high=5)
    >>> found.values.tolist(), found.interpretable.tolist()
    ([0.5625], [False])
    """
    single_items = awg(mean, variance, n, low=low, high=high)
    need_items(single_items.values)
    inside = single_items.interpretable
    counted = inside.sum(axis=-1)
    with np.errstate(invalid="ignore"):
        found = np.where(inside, single_items.values, 0.0).sum(axis=-1) / counted
    few = (single_items.reason == FEW).any(axis=-1)
    reason = reasons((few, FEW_ITEMS), (counted == 0, OUT_OF_RANGE))
    return ScaledAgreement(np.where(reason == "", found, np.nan), inside.all(axis=-1), reason)


def _ends(low: float, high: float) -> tuple[float, float]:
    first, last = single(low=(low, FINITE), high=(high, FINITE))
    if not first < last:
        raise ArgumentError(Problem("high", f"{last:g}", f"it lies above low, {first:g}"))
    return first, last
