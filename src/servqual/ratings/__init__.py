"""Typed ratings: numbers that know what was asked, and on which scale."""

from servqual.ratings.importance import Importance, Over
from servqual.ratings.rating import Expectation, Gap, Perception

__all__ = ["Expectation", "Gap", "Importance", "Over", "Perception"]
