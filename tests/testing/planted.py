"""Scoring models that each break one law, and what else falls with it; the researcher's model, which breaks none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from attrs import field, frozen

from servqual import Level, Scale
from servqual._arrays import Floats
from servqual.answers import Answers

P, E = Level.PERCEPTION, Level.EXPECTATION
rng = np.random.default_rng(1)


@frozen
class LogRatio:
    """Perception relative to expectation; 0 means "as expected", 1 "twice as much"."""

    reads: ClassVar[frozenset[Level]] = frozenset({P, E})
    base: float = 2.0

    def item_scores(self, answers: Answers, /) -> Floats:
        return np.log(answers[P] / answers[E]) / np.log(self.base)

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        edge = float(np.log(scale.high / scale.low) / np.log(self.base))
        return -edge, edge


@dataclass(frozen=True)
class Plain:
    """Perception itself, zero having no meaning of its own; a dataclass, with `reads` as a field."""

    reads: frozenset[Level] = frozenset({P})

    def item_scores(self, answers: Answers, /) -> Floats:
        return answers[P]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        return scale.low, scale.high


@frozen
class Gap:
    """Perception minus expectation; zero means "as expected". Those below change one thing each."""

    reads: ClassVar[frozenset[Level]] = frozenset({P, E})

    def item_scores(self, answers: Answers, /) -> Floats:
        return answers[P] - answers[E]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        return -scale.span, scale.span


@frozen
class LeaksOthers(Gap):
    """Zero means "as others do": centred by the mean of the block."""

    def item_scores(self, answers: Answers, /) -> Floats:
        gap = answers[P] - answers[E]
        absent = np.isnan(gap)
        means = np.where(absent, 0, gap).sum(axis=0) / np.maximum((~absent).sum(axis=0), 1)
        return (gap - means) / 2


@frozen
class FillsGaps(Gap):
    """Zero means "as expected", and also that there is no answer."""

    def item_scores(self, answers: Answers, /) -> Floats:
        return np.nan_to_num(answers[P] - answers[E])


@frozen
class LosesAnswers(Gap):
    """Zero does not occur: it is missing."""

    def item_scores(self, answers: Answers, /) -> Floats:
        gap = answers[P] - answers[E]
        return np.where(gap == 0, np.nan, gap)


@frozen
class OutOfBounds(Gap):
    """Zero means "as expected"; twice the gap, with the bounds of the gap."""

    def item_scores(self, answers: Answers, /) -> Floats:
        return 2 * (answers[P] - answers[E])


@frozen
class CrossedBounds(Gap):
    """Zero means "as expected"; the bounds are the wrong way round."""

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        return scale.span, -scale.span


@frozen
class Unbounded(Gap):
    """Zero means "as expected"; no scale is left to try it on."""

    def bounds(self, _: Scale, /) -> tuple[float, float]:
        return -np.inf, np.inf


@frozen
class WritesItsInput(Gap):
    """Zero means "as expected"."""

    def item_scores(self, answers: Answers, /) -> Floats:
        gap = answers[P]
        gap -= answers[E]
        return gap


@frozen
class ThrowsDice(Gap):
    """Zero means "as expected", nearly."""

    def item_scores(self, answers: Answers, /) -> Floats:
        gap = answers[P] - answers[E]
        return (gap + rng.uniform(-0.1, 0.1, gap.shape)) / 2


@frozen
class CountsItems(Gap):
    """Zero means "as expected"; later items count for less."""

    def item_scores(self, answers: Answers, /) -> Floats:
        gap = answers[P] - answers[E]
        return gap / np.arange(1, gap.shape[1] + 1)


@frozen
class CountsRespondents(Gap):
    """Zero means "as expected"; later respondents count for less."""

    def item_scores(self, answers: Answers, /) -> Floats:
        gap = answers[P] - answers[E]
        return gap / np.arange(1, len(gap) + 1)[:, None]


@frozen
class ReadsInSecret(Gap):
    """Zero means "as expected"."""

    reads: ClassVar[frozenset[Level]] = frozenset({P})


@frozen
class PeeksIfItCan(Gap):
    """Zero means "as expected"; perception alone where that is all there is."""

    reads: ClassVar[frozenset[Level]] = frozenset({P})

    def item_scores(self, answers: Answers, /) -> Floats:
        beside = answers.levels.get(E)
        return answers[P] / 2 if beside is None else (answers[P] - beside) / 2

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        return min(-scale.span, scale.low), max(scale.span, scale.high)


@frozen
class ReadsAList(Gap):
    """Zero means "as expected"."""

    reads: ClassVar[list[Level]] = [P, E]  # type: ignore[assignment]


@frozen
class HoldsALambda(Gap):
    """Zero means "as expected"."""

    shape: Callable[[Any], Any] = field(default=lambda gap: gap)

    def item_scores(self, answers: Answers, /) -> Floats:
        return self.shape(answers[P] - answers[E])


@frozen(eq=False)
class Unequal(Gap):
    """Zero means "as expected"."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


@frozen
class Unhashable(Gap):
    """Zero means "as expected"."""

    powers: list[int] = field(factory=list)


@frozen
class Wordless(Gap):
    __doc__ = None


@frozen
class SaysNothing(Gap):
    """Half of the gap, between −3.0 and 3.0 on 1..7, or −0.5 and 0.5 on 0..1."""


@frozen
class OneNumber(Gap):
    """Zero means "as expected"; one score for all items."""

    def item_scores(self, answers: Answers, /) -> Floats:
        return (answers[P] - answers[E]).mean(axis=1)


@frozen
class Narrow(Gap):
    """Zero means "as expected", in float32 whatever was asked."""

    def item_scores(self, answers: Answers, /) -> Floats:
        return (answers[P] - answers[E]).astype(np.float32)


@frozen
class Objects(Gap):
    """Zero means "as expected"; Python objects in place of floats."""

    def item_scores(self, answers: Answers, /) -> Floats:
        return (answers[P] - answers[E]).astype(object)


@frozen
class Backwards(Gap):
    """Zero means "as expected"; expectation minus perception."""

    def item_scores(self, answers: Answers, /) -> Floats:
        return answers[E] - answers[P]


@frozen
class WrongSigns(Gap):
    """Zero means "as expected"; the coefficients are those of the sum."""

    coefficients: ClassVar[Mapping[Level, int]] = {P: 1, E: 1}


@frozen
class HalfSigns(Gap):
    """Zero means "as expected"; half the gap, with coefficients that are no whole numbers."""

    coefficients: ClassVar[Mapping[Level, float]] = {P: 0.5, E: -0.5}

    def item_scores(self, answers: Answers, /) -> Floats:
        return (answers[P] - answers[E]) / 2


@frozen
class OneSign(Gap):
    """Zero means "as expected"; one coefficient for two levels."""

    coefficients: ClassVar[Mapping[Level, int]] = {P: 1}


@frozen
class NegativeWeights(Gap):
    """Zero means "as expected"; the first dimension counts against the rest."""

    def dimension_weights(self, answers: Answers, /) -> Floats | None:
        return np.array([-1.0, *[2.0] * (len(answers.slices) - 1)])


@frozen
class CrookedWeights(Gap):
    """Zero means "as expected"; one weight too many."""

    def item_weights(self, answers: Answers, /) -> Floats | None:
        return np.ones((answers.rows, answers.slices[-1].stop + 1))
