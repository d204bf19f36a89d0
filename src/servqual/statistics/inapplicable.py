"""`Inapplicable`: a statistic that does not exist for these data, and why."""

from __future__ import annotations

import math
from collections.abc import Iterable

from attrs import field, frozen


def _whole(given: Iterable[int]) -> tuple[int, ...]:
    return tuple(int(each) for each in given)


@frozen
class Inapplicable:
    """The answer where a statistic does not exist: alpha of one item, a correlation with what does not vary.

    It is returned in the place of the number, so that a table of many statistics has one cell that says why instead of
    an error in its midst. As a number it is NaN.

    Attributes
    ----------
    reason
        Why there is no such statistic, as a clause without a full stop.
    positions
        Positions, from 0, of the columns or groups that are to blame; empty where all are, or none in particular.

    Examples
    --------
    >>> none = Inapplicable("these items do not vary", [2])
    >>> print(none)
    these items do not vary (position 2)
    >>> float(none)
    nan
    """

    reason: str
    positions: tuple[int, ...] = field(default=(), converter=_whole)

    @property
    def value(self) -> float:
        """NaN: what stands in a column of numbers."""
        return math.nan

    def __float__(self) -> float:
        return math.nan

    def __str__(self) -> str:
        if not self.positions:
            return self.reason
        listed = ", ".join(map(str, self.positions))
        return f"{self.reason} (position{'s' if len(self.positions) > 1 else ''} {listed})"
