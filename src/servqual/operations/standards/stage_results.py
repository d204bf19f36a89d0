"""`StageReading`: how far a service has come, stage by stage."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from servqual.operations.standards.words import ServiceStage
from servqual.telling import Number, Reading


@frozen(kw_only=True)
class StageShare:
    """What one stage asks, and what was measured of it.

    Attributes
    ----------
    stage
        Which.
    share, low, high
        The share that was measured, with its interval.
    threshold
        From which share on the stage is passed.
    passed
        Whether the share reaches the threshold; None where it was not measured.
    surely, possibly
        Whether the lower, and whether the upper end of the interval does.
    """

    stage: ServiceStage
    share: Number
    low: Number
    high: Number
    threshold: float
    passed: bool | None
    surely: bool | None
    possibly: bool | None


@frozen(eq=False, repr=False)
class StageReading(Reading[StageShare]):
    """The stage that a service has reached: the highest of which all stages up to it are passed."""

    reading: ClassVar[str] = "service_stage"
    named: ClassVar[str] = "stage"

    @property
    def stage(self) -> ServiceStage:
        """The stage by the shares as measured."""
        return self._highest("passed")

    @property
    def sure_stage(self) -> ServiceStage:
        """The stage by the lower ends of the intervals: that much is certain."""
        return self._highest("surely")

    @property
    def possible_stage(self) -> ServiceStage:
        """The stage by the upper ends: more is ruled out, or not measured."""
        return self._highest("possibly")

    def _highest(self, which: str) -> ServiceStage:
        reached = ServiceStage.NONE
        for row in self.rows:
            if not getattr(row, which):
                return reached
            reached = row.stage
        return reached

    def __repr__(self) -> str:
        return f"<StageReading: {self.stage.label.en}; surely {self.sure_stage}, possibly {self.possible_stage}>"
