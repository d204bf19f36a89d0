"""What may be asked of a control chart, checked at the door."""

from __future__ import annotations

import math
from collections.abc import Iterable
from numbers import Real
from typing import Any

from attrs import frozen

from servqual.engines.control_limits import Spread
from servqual.errors import ArgumentError, Problem, did_you_mean
from servqual.statistics.run_rules import ControlRule, rules_of


@frozen
class Ask:
    """How a chart is drawn: what limits are made of, how far they lie, what is smoothed, and which rules signal."""

    spread: Spread
    sigmas: float
    ewma: float | None
    rules: tuple[ControlRule, ...]
    centre: float | None

    @classmethod
    def of(
        cls,
        spread: Spread | str,
        sigmas: float,
        ewma: float | None,
        rules: Iterable[ControlRule | str],
        centre: float | None,
    ) -> Ask:
        """Return what is asked, or say everything that is wrong with it.

        Raises
        ------
        ArgumentError
            Limits at no distance, a smoothing weight outside 0 to 1, a centre line that is no number, unknown names.
        """
        problems = []
        if spread not in set(Spread):
            remedy = did_you_mean(str(spread), Spread)
            problems.append(Problem("spread", repr(spread), "it is within or between", remedy))
        if not _is_number(sigmas) or sigmas <= 0:
            problems.append(Problem("sigmas", repr(sigmas), "limits lie above zero sigmas away", "sigmas=3"))
        if ewma is not None and not (_is_number(ewma) and 0 < ewma <= 1):
            problems.append(
                Problem("ewma", repr(ewma), "the weight of a new period is above 0 and at most 1", "ewma=0.2")
            )
        if centre is not None and not _is_number(centre):
            problems.append(Problem("centre", repr(centre), "a centre line is a number", "centre=0"))
        found: tuple[ControlRule, ...] = ()
        try:
            found = rules_of(rules)
        except ArgumentError as error:
            problems += [each for each in error.problems if isinstance(each, Problem)]
        if problems:
            raise ArgumentError(*problems)
        return cls(Spread(spread), float(sigmas), ewma, found, centre)


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, Real) and math.isfinite(float(value))
