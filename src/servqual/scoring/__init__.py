"""Scoring: models, the engine that runs them, and the summaries that merge."""

from servqual.scoring.adequacy import Adequacy, Superiority
from servqual.scoring.difference import Difference
from servqual.scoring.disconfirmation import Disconfirmation
from servqual.scoring.performance import PerformanceOnly
from servqual.scoring.protocol import ScoringModel
from servqual.scoring.scores import Scores, score
from servqual.scoring.summaries import Summary
from servqual.scoring.summarizing import summarize
from servqual.scoring.suppression import Suppression
from servqual.scoring.teas import EvaluatedPerformance, NormedQuality
from servqual.scoring.weighted import Weighted

__all__ = [
    "Adequacy",
    "Difference",
    "Disconfirmation",
    "EvaluatedPerformance",
    "NormedQuality",
    "PerformanceOnly",
    "Scores",
    "ScoringModel",
    "Summary",
    "Superiority",
    "Suppression",
    "Weighted",
    "score",
    "summarize",
]
