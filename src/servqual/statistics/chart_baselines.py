"""Which periods the limits of a control chart are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from servqual._arrays import Bools
from servqual.errors import ArgumentError, Problem, did_you_mean

Baseline = int | Sequence[Any] | None


def baseline_of(given: Baseline, periods: Sequence[Any]) -> Bools:
    """Return which periods limits are made of, (periods,): all, the first so many, or those that are named.

    Raises
    ------
    ArgumentError
        A number of periods that there are not, or names that no period has.
    """
    if given is None:
        return np.ones(len(periods), np.bool_)
    if isinstance(given, int) and not isinstance(given, bool):
        if not 1 <= given <= len(periods):
            rule, remedy = f"there are {len(periods)} periods", "name a number of them, or leave it out"
            raise ArgumentError(Problem("baseline", f"the first {given}", rule, remedy))
        return np.arange(len(periods)) < given
    if isinstance(given, str) or not isinstance(given, Iterable):
        rule = "it is a number of first periods, or a list of their names"
        raise ArgumentError(Problem("baseline", repr(given), rule, f"baseline=[{given!r}]"))
    if not len(given):
        raise ArgumentError(Problem("baseline", "no periods", "limits are made of a period at least", "leave it out"))
    names, rule = [str(period) for period in periods], "limits are made of periods that there are"
    unknown = [label for label in given if label not in periods]
    if unknown:
        problems = (Problem("baseline", f"no {label!r}", rule, did_you_mean(str(label), names)) for label in unknown)
        raise ArgumentError(*problems)
    return np.array([period in given for period in periods], np.bool_)
