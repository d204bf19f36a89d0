"""Hypothesis strategies: words, surveys, zones and blocks of answers, drawn at random and shrinking to the plainest."""

from servqual.testing.strategies.blocks import answers
from servqual.testing.strategies.held import surveys, tolerance_zones
from servqual.testing.strategies.words import instruments, scales

__all__ = ["answers", "instruments", "scales", "surveys", "tolerance_zones"]
