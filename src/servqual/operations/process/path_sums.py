"""From moments of ratings to what each hand-over does to the outcome, and what is lost there."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual.operations.process.service_process import ServiceProcess
from servqual.statistics import total_effects

# Of the largest eigenvalue of correlations: how small the least may be before causes count as one.
_SINGULAR = 1e-10


@frozen
class PathRows:
    """For each hand-over, and for the outcome in the last place, the positions of those it hangs on directly.

    A hand-over by a step hangs on what that step received; the outcome on what the customer received.
    """

    causes: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, process: ServiceProcess) -> Self:
        """Return the equations of a process."""
        place = {each: number for number, each in enumerate(process.hand_overs)}
        before = [process.received(each.source) for each in process.hand_overs]
        return cls(tuple(tuple(place[each] for each in row) for row in (*before, process.last)))

    @property
    def most(self) -> int:
        """The largest number of causes of anything."""
        return max(map(len, self.causes))

    def coefficients(self, covariances: Floats) -> Floats:
        """Return direct effects, (…, m + 1, m + 1): row = what hangs, column = on what; NaN where causes are one."""
        found = np.zeros_like(covariances)
        for target, sources in enumerate(self.causes):
            if not sources:
                continue
            among = covariances[..., np.ix_(sources, sources)[0], np.ix_(sources, sources)[1]]
            spread = np.sqrt(np.einsum("...ii->...i", among))
            with np.errstate(divide="ignore", invalid="ignore"):
                alike = np.nan_to_num(among / spread[..., :, None] / spread[..., None, :])
            sound: Bools = np.linalg.eigvalsh(alike)[..., 0] > _SINGULAR
            safe = np.where(sound[..., None, None], among, np.eye(len(sources)))
            b = np.linalg.solve(safe, covariances[..., list(sources), target][..., None])[..., 0]
            found[..., target, list(sources)] = np.where(sound[..., None], b, np.nan)
        return found


class Losses(NamedTuple):
    """What hand-overs do to the outcome, each (…, m): total effect, own part of the gap, their product."""

    effect: Floats
    arising: Floats
    loss: Floats


def losses(coefficients: Floats, gaps: Floats) -> Losses:
    """Return total effects on the outcome, and the part of each gap that did not come from earlier hand-overs.

    With ``g = B g + e`` among hand-overs, ``e = (I − B) g`` arises at each; with the total effects T of hand-overs on
    the outcome, ``T e`` is what is lost there, and ``Σ T e = b' g`` with the direct effects b on the outcome.
    """
    effect = total_effects(coefficients)[..., -1, :-1]
    within = coefficients[..., :-1, :-1]
    arising = gaps - (within @ gaps[..., None])[..., 0]
    return Losses(effect, arising, effect * arising)
