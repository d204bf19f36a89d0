"""Standard deviations of scores, in which rounding does not pass for variation."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Floats
from servqual.scoring.estimates import Term

# Sums of squares of real numbers carry rounding errors of about this share of the squared mean.
ROUNDING = 1e-12


def spread_of(term: Term) -> Floats:
    """Return standard deviations of items, dimensions and the overall score, exactly 0 where all scores are the same.

    Means of three items are no sums of powers of two; where all respondents have the same one, what sums leave of the
    variance is rounding error, and a t value made of it would be enormous.
    """
    moments = term.moments
    variance, about = moments.variance[:-1], (moments.mean - moments.origin)[:-1] ** 2
    with np.errstate(invalid="ignore"):
        return np.sqrt(np.where(variance <= ROUNDING * about, 0.0, variance))
