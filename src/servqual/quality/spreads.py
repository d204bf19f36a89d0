"""Standard deviations of scores, in which rounding does not pass for variation."""

from __future__ import annotations

from servqual._arrays import Floats
from servqual.scoring.estimates import Term


def spread_of(term: Term) -> Floats:
    """Return standard deviations of items, dimensions and the overall score, exactly 0 where all scores are the same.

    Means of three items are no sums of powers of two, but sums begin at one of the scores, see `scoring.origins`.
    """
    return term.moments.sd[:-1]
