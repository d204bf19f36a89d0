"""Words of the complaint funnel: where a customer with a problem may end up, and what a rate is known by."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats
from servqual.errors import ComplaintError, Problem
from servqual.labels import Label


class Branch(StrEnum):
    """Where a customer with a problem ends up, from the worst to the best.

    SILENT
        Does not complain.
    UNRESOLVED
        Complains, and the problem is not solved.
    RESOLVED
        Complains, and it is solved, in time.
    QUICK
        Complains, and it is solved quickly.
    """

    SILENT = "silent"
    UNRESOLVED = "unresolved"
    RESOLVED = "resolved"
    QUICK = "quick"

    @property
    def label(self) -> Label:
        """Its name in both languages."""
        return _LABELS[self]

    @property
    def satisfied(self) -> bool:
        """Whether customers there speak well of the company: those whose problem was solved."""
        return self in {Branch.RESOLVED, Branch.QUICK}


_LABELS = {
    Branch.SILENT: Label("does not complain", "不投诉"),
    Branch.UNRESOLVED: Label("complains, not resolved", "投诉未解决"),
    Branch.RESOLVED: Label("complains, resolved", "投诉已解决"),
    Branch.QUICK: Label("complains, resolved quickly", "投诉迅速解决"),
}


@runtime_checkable
class Distribution(Protocol):
    """A number that is not known exactly: what frozen distributions of ``scipy.stats`` are, and `CountedShare`."""

    def mean(self) -> float:
        """Its mean."""

    def rvs(self, size: int, random_state: Any) -> Any:
        """So many random numbers."""


Parameter = float | Distribution


@frozen(repr=False)
class CountedShare:
    """A share known from counts: its distribution is the beta posterior of Jeffreys' prior.

    ``Beta(successes + ½, n − successes + ½)``; the estimate, ``successes / n``, is what `mean` gives.

    Attributes
    ----------
    successes, n
        Counts, of which the first is no larger than the second, and the second is above zero.

    References
    ----------
    Brown, Cai & DasGupta 2001, Statistical Science 16(2):101-133 (Jeffreys' interval).
    """

    successes: float = field(converter=float)
    n: float = field(converter=float)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.successes <= self.n or not 0 < self.n < np.inf:
            found = f"{self.successes:g} of {self.n:g}"
            raise ComplaintError(Problem("share", found, "a count is no more than all, and all are one or more"))

    def mean(self) -> float:
        """Return the share itself, 0 to 1."""
        return self.successes / self.n

    def rvs(self, size: int, random_state: Any) -> Floats:
        """Return shares that it may as well be, shape (size,)."""
        drawn = np.random.default_rng(random_state).beta(self.successes + 0.5, self.n - self.successes + 0.5, size)
        return np.asarray(drawn)

    def __repr__(self) -> str:
        return f"<CountedShare: {self.mean():.1%}, {self.successes:g} of {self.n:g}>"


def middle(given: Parameter) -> float:
    """Return a number as it is estimated."""
    return float(given.mean()) if isinstance(given, Distribution) else float(given)
