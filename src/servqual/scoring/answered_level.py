"""What is scored of a survey: the model where people are paired, each level by itself where they are not."""

from __future__ import annotations

from attrs import frozen

from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.instruments import Level, Scale
from servqual.scoring.protocol import ScoringModel, coefficients_of
from servqual.survey import Survey


@frozen
class AnsweredLevel:
    """The answers of one level as they are: what unpaired mean gaps are made of; zero as on the scale."""

    level: Level

    @property
    def reads(self) -> frozenset[Level]:
        """The level."""
        return frozenset({self.level})

    def item_scores(self, answers: Answers, /) -> Floats:
        """Return the answers."""
        return answers[self.level]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        """Return the ends of the scale."""
        return scale.low, scale.high


def scored_terms(survey: Survey, model: ScoringModel) -> list[tuple[ScoringModel, int]]:
    """Return what is scored, with its coefficient in the mean of the model."""
    if survey.paired:
        return [(model, 1)]
    return [(AnsweredLevel(level), int(factor)) for level, factor in (coefficients_of(model) or {}).items()]
