"""Simulated surveys and companies whose truth is known: for guides, tests, and planning how many to ask."""

from servqual.errors import SimulationError
from servqual.simulate.answering import survey
from servqual.simulate.bank import example
from servqual.simulate.companies import Company, company
from servqual.simulate.company_truth import TrueConstruct, TrueLink, Truth
from servqual.simulate.framing import frame
from servqual.simulate.styles import Styles

__all__ = [
    "Company",
    "SimulationError",
    "Styles",
    "TrueConstruct",
    "TrueLink",
    "Truth",
    "company",
    "example",
    "frame",
    "survey",
]
