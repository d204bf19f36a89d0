"""Simulated surveys whose truth is known: for guides, tests, and planning how many to ask."""

from servqual.errors import SimulationError
from servqual.simulate.answering import survey
from servqual.simulate.bank import example
from servqual.simulate.framing import frame
from servqual.simulate.styles import Styles

__all__ = ["SimulationError", "Styles", "example", "frame", "survey"]
