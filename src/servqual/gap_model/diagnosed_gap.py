"""`DiagnosedGap`: one gap of a diagnosis, with its place, its causes and what answers them."""

from __future__ import annotations

from attrs import frozen

from servqual.gap_model.cause_words import Cause
from servqual.gap_model.gap_rows import GapEstimate, GapFinding, Number
from servqual.gap_model.gap_words import StationGap
from servqual.gap_model.influence_results import Influence
from servqual.gap_model.influence_words import InfluenceVerdict
from servqual.labels import Label


@frozen(kw_only=True, repr=False)
class DiagnosedGap:
    """One gap with its place, its causes and what answers them.

    Attributes
    ----------
    rank
        1 for the gap to start with: shortfalls that were shown come first, the largest ahead. Gap 5, which is the sum
        of the others, and the promise gap, which stands beside the chain, have none.
    gap, estimate
        Which, and its estimate, below zero a shortfall.
    p_largest, largest
        Of the first shortfall alone: p of the difference to the gap of the chain that is hardest to tell from it, and
        whether that shows it to be the largest.
    rival
        That gap.
    worst, label
        The dimension in which this gap is deepest, where it was shown to fall short there, and its name.
    causes
        What was learnt of its causes, in order of rank; empty where none was measured.
    words
        The same causes as words, with their remedies.
    units
        How many units causes were compared over; 0 without causes.
    """

    rank: Number
    gap: StationGap
    estimate: GapEstimate
    p_largest: Number
    largest: bool
    rival: StationGap | None
    worst: GapEstimate | None
    label: Label | None
    causes: tuple[Influence, ...]
    words: tuple[Cause, ...]
    units: int

    @property
    def falls_short(self) -> bool:
        """Whether a shortfall was shown."""
        return self.estimate.finding is GapFinding.SHORTFALL

    @property
    def found(self) -> tuple[tuple[Influence, Cause], ...]:
        """The causes that were found, the strongest first."""
        pairs = zip(self.causes, self.words, strict=True)
        return tuple((row, cause) for row, cause in pairs if row.verdict is InfluenceVerdict.FOUND)

    def __repr__(self) -> str:
        why = f"; first cause {self.found[0][0].key}" if self.found else ""
        return f"<DiagnosedGap {self.gap.key}: {float(self.estimate.estimate):.3f}, {self.estimate.finding.label}{why}>"
