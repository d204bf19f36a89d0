"""`TwoQualities`: where cases stand by features and deficiencies, and what satisfaction makes of both."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import field, frozen

from servqual.operations.lives.quality_words import QualityField
from servqual.operations.picked_rows import PickedRows
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable

Number = float | Inapplicable


@frozen(kw_only=True)
class QualityShare:
    """One of the four fields.

    Attributes
    ----------
    field
        Which.
    n, share, low, high
        How many stand there, and their share with Wilson's interval.
    satisfaction
        Their mean satisfaction.
    """

    field: QualityField
    n: int
    share: float
    low: float
    high: float
    satisfaction: Number


@frozen(kw_only=True)
class QualitySlope:
    """What satisfaction makes of one kind of quality, given the other.

    Attributes
    ----------
    slope, low, high, p
        Points of satisfaction per point of features, or per deficiency (below zero where they hurt), with interval and
        p of no slope, two-sided.
    """

    slope: Number
    low: Number
    high: Number
    p: Number


@frozen(eq=False, repr=False)
class TwoQualities(PickedRows[QualityShare]):
    """Features against deficiencies; ``found["rich_faulty"]`` picks a field.

    Attributes
    ----------
    features, deficiencies
        What satisfaction makes of each; inapplicable numbers without satisfaction.
    worth
        How many points of features one deficiency takes away: ``−slope of deficiencies ÷ slope of features``, with
        Fieller's interval in `worth_low` and `worth_high`.
    """

    reading: ClassVar[str] = "two_qualities"
    named: ClassVar[str] = "field"

    features: QualitySlope = field(kw_only=True)
    deficiencies: QualitySlope = field(kw_only=True)
    worth: Number = field(kw_only=True)
    worth_low: Number = field(kw_only=True)
    worth_high: Number = field(kw_only=True)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with slopes and the reason of each that does not exist."""
        slopes = {name: _plain(getattr(self, name)) for name in ("features", "deficiencies")}
        worth = {name: getattr(self, name) for name in ("worth", "worth_low", "worth_high")}
        numbers = {name: None if isinstance(each, Inapplicable) else each for name, each in worth.items()}
        return {**super().to_dict(), "slopes": slopes, **numbers}

    def __repr__(self) -> str:
        both = self["rich_sound"]
        return (
            f"<TwoQualities: {both.share:.0%} of {sum(row.n for row in self.rows)} have features and no deficiencies>"
        )


def _plain(slope: QualitySlope) -> dict[str, Any]:
    cells = {name: getattr(slope, name) for name in ("slope", "low", "high", "p")}
    numbers = {name: None if isinstance(each, Inapplicable) else each for name, each in cells.items()}
    return {**numbers, "inapplicable": inapplicable(slope)}
