"""Perceptions held against the two ends of the zone of tolerance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from attrs import frozen

from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.instruments import Level, Scale


@frozen
class Adequacy:
    """MSA, the measure of service adequacy: perception minus the adequate level.

    Zero means "just good enough"; a negative score lies below the zone of tolerance. MSA − MSS is the zone's width.

    References
    ----------
    Parasuraman, Zeithaml & Berry 1994, Journal of Retailing 70(3):201-230.
    """

    reads: ClassVar[frozenset[Level]] = frozenset({Level.PERCEPTION, Level.ADEQUATE})
    coefficients: ClassVar[Mapping[Level, int]] = {Level.PERCEPTION: 1, Level.ADEQUATE: -1}

    def item_scores(self, answers: Answers, /) -> Floats:
        """Return P − A, (rows, items)."""
        return answers[Level.PERCEPTION] - answers[Level.ADEQUATE]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        """Return minus and plus the span of the scale."""
        return -scale.span, scale.span


@frozen
class Superiority:
    """MSS, the measure of service superiority: perception minus the desired level.

    Zero means "as desired"; a positive score lies above the zone of tolerance.

    References
    ----------
    Parasuraman, Zeithaml & Berry 1994, Journal of Retailing 70(3):201-230.
    """

    reads: ClassVar[frozenset[Level]] = frozenset({Level.PERCEPTION, Level.DESIRED})
    coefficients: ClassVar[Mapping[Level, int]] = {Level.PERCEPTION: 1, Level.DESIRED: -1}

    def item_scores(self, answers: Answers, /) -> Floats:
        """Return P − D, (rows, items)."""
        return answers[Level.PERCEPTION] - answers[Level.DESIRED]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        """Return minus and plus the span of the scale."""
        return -scale.span, scale.span
