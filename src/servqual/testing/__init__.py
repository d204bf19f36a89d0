"""For those who test what they build on this library: the laws of scoring models, and Hypothesis strategies."""

from servqual.errors import LawBroken, UnknownLawError
from servqual.testing import _extra as _extra, laws as laws
from servqual.testing.checking import check_scoring_model, parametrize_with_checks
from servqual.testing.lawbook import LAWS, Law
from servqual.testing.strategies import answers, instruments, scales, surveys, tolerance_zones
from servqual.testing.verdicts import Outcome, Verdict, Verdicts

__all__ = [  # noqa: RUF022 - the doors first
    "check_scoring_model",
    "parametrize_with_checks",
    "Verdicts",
    "Verdict",
    "Outcome",
    "LawBroken",
    "UnknownLawError",
    "LAWS",
    "Law",
    "laws",
    "scales",
    "instruments",
    "surveys",
    "answers",
    "tolerance_zones",
]
