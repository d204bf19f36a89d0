"""Distance from an ideal point: evaluated performance and normed quality."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.errors import ModelError, Problem
from servqual.instruments import Level, Scale, as_standard


def _as_ideal(given: float | Level | str) -> float | Level:
    return as_standard(given) if isinstance(given, str) else float(given)


@frozen
class EvaluatedPerformance:
    """EP: how near the perception comes to the ideal point, ``−|P − I|``.

    Zero, the highest score, means "at the ideal"; more than the ideal counts against a service as less does.

    Parameters
    ----------
    ideal
        The ideal point: one number for all items, or the level at which people were asked for it.

    References
    ----------
    Teas 1993, Journal of Marketing 57(4):18-34; sums there, means here.
    """

    monotone: ClassVar[bool] = False
    ideal: float | Level = field(default=Level.IDEAL, converter=_as_ideal)

    @property
    def reads(self) -> frozenset[Level]:
        """Perception, and the ideal where it was asked."""
        return frozenset({Level.PERCEPTION}) | _asked(self.ideal)

    def item_scores(self, answers: Answers, /) -> Floats:
        """Return ``−|P − I|``, (rows, items)."""
        return -np.abs(answers[Level.PERCEPTION] - _ideal(self.ideal, answers))

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        """Return minus the longest way to the ideal, and 0."""
        _check_on_scale(self.ideal, scale)
        if isinstance(self.ideal, Level):
            return -scale.span, 0.0
        return -max(self.ideal - scale.low, scale.high - self.ideal), 0.0


@frozen
class NormedQuality:
    """NQ: the evaluated performance of the service minus that of the norm, ``|E − I| − |P − I|``.

    Zero means "as near to the ideal as the norm is"; a negative score says that the norm is nearer. With the ideal at
    the top of the scale it equals perception minus norm.

    Parameters
    ----------
    ideal
        The ideal point: one number for all items, or the level at which people were asked for it.
    norm
        The level that serves as the norm of excellence.

    References
    ----------
    Teas 1993, Journal of Marketing 57(4):18-34; sums there, means here.
    """

    monotone: ClassVar[bool] = False
    ideal: float | Level = field(default=Level.IDEAL, converter=_as_ideal)
    norm: Level = field(default=Level.EXPECTATION, converter=as_standard)

    @property
    def reads(self) -> frozenset[Level]:
        """Perception, the norm, and the ideal where it was asked."""
        return frozenset({Level.PERCEPTION, self.norm}) | _asked(self.ideal)

    def item_scores(self, answers: Answers, /) -> Floats:
        """Return ``|E − I| − |P − I|``, (rows, items)."""
        ideal = _ideal(self.ideal, answers)
        return np.abs(answers[self.norm] - ideal) - np.abs(answers[Level.PERCEPTION] - ideal)

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        """Return minus and plus the span of the scale."""
        _check_on_scale(self.ideal, scale)
        return -scale.span, scale.span


def _asked(ideal: float | Level) -> frozenset[Level]:
    return frozenset({ideal}) if isinstance(ideal, Level) else frozenset()


def _ideal(ideal: float | Level, answers: Answers) -> Floats | float:
    return answers[ideal] if isinstance(ideal, Level) else float(ideal)


def _check_on_scale(ideal: float | Level, scale: Scale) -> None:
    if not isinstance(ideal, Level) and not scale.low <= ideal <= scale.high:
        raise ModelError(Problem("ideal", f"{ideal:g}", f"the ideal point lies on the scale {scale}"))
