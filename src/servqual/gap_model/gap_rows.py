"""`GapEstimate`: one gap with its uncertainty, and what it says."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from servqual.labels import Label
from servqual.statistics import Inapplicable

Number = float | Inapplicable

NO_ERROR = "neither side has an error, so that there is nothing to test"
ONE_ROW = "a side of a single answer has no error"


class GapFinding(StrEnum):
    """What the test of a gap says, after adjustment for the number of tests.

    SHORTFALL, SURPLUS
        The gap differs from zero and is below or above it; where neither side has an error it stands as it is.
    OPEN
        It does not differ demonstrably, which is no proof that there is none.
    UNTESTED
        There is no test.
    """

    SHORTFALL = "shortfall"
    SURPLUS = "surplus"
    OPEN = "open"
    UNTESTED = "untested"

    @property
    def label(self) -> Label:
        """The finding in English and Chinese."""
        return _FINDINGS[self]


_FINDINGS = {
    GapFinding.SHORTFALL: Label("falls short", "不足"),
    GapFinding.SURPLUS: Label("exceeds", "超出"),
    GapFinding.OPEN: Label("no gap shown", "未显示差距"),
    GapFinding.UNTESTED: Label("not tested", "无法检验"),
}


@frozen(kw_only=True, repr=False)
class GapEstimate:
    """One gap, a sum of gaps or a difference of two, with its uncertainty; what does not exist says why.

    Attributes
    ----------
    gap, dimension
        Which, such as ``"gap_3"`` or ``"gap_3 − gap_1"``, and of which dimension or ``"overall"``.
    level, standard
        The two means that a gap is the difference of.
    estimate, se, df, low, high
        Below zero a shortfall; standard error, its degrees of freedom, and confidence interval.
    p, p_adjusted
        Of the t test of zero, two-sided; the same by Holm within its family.
    finding
        What `p_adjusted` says at the level ``1 − confidence``.
    """

    gap: str
    dimension: str
    level: Number
    standard: Number
    estimate: Number
    se: Number
    df: Number
    low: Number
    high: Number
    p: Number
    p_adjusted: Number
    finding: GapFinding

    def __repr__(self) -> str:
        if isinstance(self.estimate, Inapplicable):
            return f"<GapEstimate of {self.gap}, {self.dimension}: {self.estimate}>"
        ends = f"{float(self.low):.3f} to {float(self.high):.3f}"
        return f"<GapEstimate of {self.gap}, {self.dimension}: {self.estimate:.3f} ({ends}); {self.finding.label}>"


def finding_of(estimate: float, se: float, p_adjusted: Number, alpha: float) -> GapFinding:
    """Return what a test says; where there is no error, what the gap itself says."""
    if se == 0:
        if estimate == 0:
            return GapFinding.OPEN
        return GapFinding.SHORTFALL if estimate < 0 else GapFinding.SURPLUS
    if isinstance(p_adjusted, Inapplicable):
        return GapFinding.UNTESTED
    if p_adjusted > alpha:
        return GapFinding.OPEN
    return GapFinding.SHORTFALL if estimate < 0 else GapFinding.SURPLUS
