"""`KanoAsk`: what was asked of a Kano reading."""

from __future__ import annotations

from attrs import frozen

from servqual.satisfaction.delight.rules import KanoRules
from servqual.satisfaction.delight.tables import EvaluationTable
from servqual.statistics import Adjustment


@frozen
class KanoAsk:
    """What was asked of a Kano reading.

    Attributes
    ----------
    table
        None for counts of categories.
    by, rules, confidence, adjust
        As of `kano`.
    draws, seed
        Resamples, and the seed of each feature's own; no resamples without a seed.
    """

    table: EvaluationTable | None
    by: str | None
    rules: KanoRules
    confidence: float
    adjust: Adjustment
    draws: int
    seed: int | None

    @property
    def level(self) -> float:
        """The level of verdicts: ``1 − confidence``, without the rounding error of subtracting."""
        return round(1 - self.confidence, 12)
