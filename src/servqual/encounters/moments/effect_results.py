"""`MomentEffects`: what moments have to do with the outcome of journeys."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from attrs import frozen

from servqual.encounters.row_readings import RowReading
from servqual.labels import Label
from servqual.statistics import Inapplicable
from servqual.telling import Number


class OutcomeKind(StrEnum):
    """What an outcome is.

    KEPT
        1 where the customer was kept, 0 where lost: a penalised logistic regression, effects in log odds.
    LEVEL
        A number such as satisfaction: a linear regression, effects in its points.
    """

    KEPT = "kept"
    LEVEL = "level"


@frozen(kw_only=True, repr=False)
class MomentEffect:
    """What one step or kind of moment has to do with the outcome; a number that does not exist says why.

    Attributes
    ----------
    key
        The step, or the kind of moment.
    n
        Journeys that have it.
    part
        Its mean part in the total of a journey, points of the card; a journey without it has 0, which is neutral.
    effect, low, high
        By what one point more at this moment goes with the outcome, the other moments the same: in log odds of being
        kept, or in points of the outcome.
    odds_ratio
        ``exp(effect)``; for kept and lost only.
    p, p_adjusted
        That the effect is 0, two-sided; and Holm's over all moments.
    contribution, contribution_low, contribution_high
        The effect times the slope of its part over the outcome: how much of what lies between lost and kept journeys,
        in log odds, is told by this moment; of a level, its part in R². The interval is that of the effect.
    """

    key: str
    n: int
    part: float
    effect: Number
    low: Number
    high: Number
    odds_ratio: Number
    p: Number
    p_adjusted: Number
    contribution: Number
    contribution_low: Number
    contribution_high: Number

    def __repr__(self) -> str:
        if isinstance(self.effect, Inapplicable):
            return f"<MomentEffect {self.key}: {self.effect}>"
        ends = f"{float(self.low):.3f} to {float(self.high):.3f}"
        return f"<MomentEffect {self.key}: {self.effect:.3f} ({ends})>"


@frozen(eq=False, repr=False, kw_only=True)
class MomentEffects(RowReading[MomentEffect]):
    """What steps or kinds of moment have to do with what became of journeys.

    Attributes
    ----------
    rows
        One `MomentEffect` each, in the order of `encounter_scores`; ``found["pay"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    kind
        What the outcome is.
    n, kept
        Journeys that were used, and how many of them were kept; None for a level.
    """

    reading: ClassVar[str] = "moment_effects"

    kind: OutcomeKind
    n: int
    kept: int | None

    @property
    def leading(self) -> MomentEffect | None:
        """The moment that contributes most, chosen after the fact; None where none has an effect."""
        there = [row for row in self.rows if not isinstance(row.contribution, Inapplicable)]
        return max(there, key=lambda row: float(row.contribution)) if there else None

    def __repr__(self) -> str:
        what = f"{self.kept} of {self.n} kept" if self.kept is not None else f"{self.n} journeys"
        first = self.leading
        return f"<MomentEffects: {what}; {'no effects' if first is None else f'{first.key} contributes most'}>"


TITLES = {
    OutcomeKind.KEPT: Label("Moments and customers kept", "关键时刻与顾客留存"),
    OutcomeKind.LEVEL: Label("Moments and the outcome", "关键时刻与结果"),
}
