"""What hand-overs do to the outcome, in all cases and in resamples of them."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import Problem, ProcessError
from servqual.operations.process.case_intake import Cases
from servqual.operations.process.path_sums import Losses, PathRows, losses
from servqual.operations.process.service_process import ServiceProcess
from servqual.statistics import Respondents, drawn_moments

_LEAST = 20


@frozen(eq=False)
class Carried:
    """Direct effects and path sums of the cases, the same in each resample, and how many of these have none."""

    coefficients: Floats
    sums: Losses
    drawn_coefficients: Floats
    drawn: Losses
    failed: int

    @property
    def enough(self) -> bool:
        """Whether there are enough resamples for intervals."""
        return len(self.drawn.loss) >= _LEAST


def carried_losses(process: ServiceProcess, cases: Cases, draws: int, rng: int | np.random.Generator | None) -> Carried:
    """Return effects and losses of the cases and of their resamples."""
    assert cases.outcome is not None  # noqa: S101 - the caller has asked
    equations, m = PathRows.of(process), cases.received.shape[1]
    table = np.column_stack([cases.received, cases.outcome])
    whole = equations.coefficients(np.cov(table, rowvar=False))
    if np.isnan(whole).any():
        names = [*process.hand_overs, "the outcome"]
        bad = np.flatnonzero(np.isnan(whole).any(axis=1)).tolist()
        found, rule = "one rating follows from the others", "the ratings that something hangs on tell apart"
        raise ProcessError(*(Problem(f"causes of {names[each]}", found, rule, "draw fewer arrows") for each in bad))
    gaps = cases.gaps
    moments = drawn_moments(np.column_stack([table, gaps]), Respondents(len(table)), draws=draws, rng=rng)
    drawn = equations.coefficients(moments.covariances[:, : m + 1, : m + 1])
    sound = ~np.isnan(drawn).any(axis=(1, 2))
    drawn = drawn[sound]
    means = moments.means[sound, m + 1 :]
    return Carried(whole, losses(whole, gaps.mean(axis=0)), drawn, losses(drawn, means), int((~sound).sum()))
