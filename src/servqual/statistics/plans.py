"""`Plan`: how many answers are needed, and on what assumptions."""

from __future__ import annotations

import math

from attrs import frozen


@frozen
class Plan:
    """A planned sample size with everything it rests on.

    Attributes
    ----------
    exact
        The size by the formula, not rounded, in each group.
    n
        The size to plan with, a whole number, in each group.
    assumptions
        What was assumed, one clause each.
    unit
        What is counted: answers, pairs.
    groups
        In how many groups of this size.

    Examples
    --------
    >>> plan = Plan(384.15, 385, ("share 0.5",), groups=3)
    >>> print(plan)
    385 answers in each of 3 groups, 1155 in all (share 0.5)
    """

    exact: float
    n: int
    assumptions: tuple[str, ...]
    unit: str = "answers"
    groups: int = 1

    @property
    def total(self) -> int:
        """The size to plan with, over all groups."""
        return self.n * self.groups

    def __str__(self) -> str:
        each = f" in each of {self.groups} groups, {self.total} in all" if self.groups > 1 else ""
        return f"{self.n} {self.unit}{each} ({'; '.join(self.assumptions)})"


def up(exact: float) -> int:
    """Round up, but not for what is above a whole number by rounding error only."""
    return math.ceil(exact * (1 - 1e-12))
