"""`Estimate`: a number from elsewhere and how sure it is."""

from __future__ import annotations

from typing import Self

import numpy as np
from attrs import field, frozen

from servqual.errors import Problem, ProjectError
from servqual.statistics._arguments import check_confidence
from servqual.statistics.intervals import student_interval


@frozen(repr=False)
class Estimate:
    """A number with its standard error, taken as normal; a standard error of 0 is a number that is known.

    Attributes
    ----------
    value, se
        The number, and its standard error, 0 or above.

    Raises
    ------
    ProjectError
        What is not finite, or a standard error below zero.

    Examples
    --------
    >>> Estimate.from_interval(0.40, 0.30, 0.50)
    <Estimate: 0.4, se 0.051>
    """

    value: float = field(converter=float)
    se: float = field(default=0.0, converter=float)

    def __attrs_post_init__(self) -> None:
        problems = []
        if not np.isfinite(self.value):
            problems.append(Problem("value", f"{self.value:g}", "an estimate is a finite number"))
        if not 0 <= self.se < np.inf:
            problems.append(Problem("se", f"{self.se:g}", "a standard error is finite, and 0 or above"))
        if problems:
            raise ProjectError(*problems)

    @classmethod
    def from_interval(cls, value: float, low: float, high: float, confidence: float = 0.95) -> Self:
        """Return an estimate from its confidence interval: ``se = (high − low) / (2 z)``.

        Raises
        ------
        ProjectError
            Ends that do not lie around the value.
        """
        check_confidence(confidence)
        if not low <= value <= high:
            found = f"{low:g} to {high:g} around {value:g}"
            raise ProjectError(Problem("interval", found, "the estimate lies within its interval"))
        return cls(value, (high - low) / student_interval(0.0, 2.0, np.inf, confidence)[1])

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Return low and high by the normal distribution."""
        return student_interval(self.value, self.se, np.inf, confidence)

    def __repr__(self) -> str:
        return f"<Estimate: {self.value:g}, se {self.se:.2g}>"


def as_estimate(given: Estimate | float) -> Estimate:
    """Return an estimate, of a plain number one that is known: the converter of fields."""
    return given if isinstance(given, Estimate) else Estimate(given)
