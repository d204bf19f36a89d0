"""p-values adjusted for the number of tests."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from servqual._arrays import Floats, freeze
from servqual.errors.problems import unknown_word
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._numbers import SHARE, arrays
from servqual.statistics.models import multiple_tests


class Adjustment(StrEnum):
    """Which error is held at the level over a family of tests, and how.

    HOLM
        The chance of any false finding, step down from the least p, under any dependence. Never weaker than Bonferroni.
    HOCHBERG
        The same, step up from the largest p; stronger, for tests that are independent or positively dependent.
    BONFERRONI
        The same, each p times the number of tests.
    BH
        The expected share of false findings among findings (false discovery rate), by Benjamini and Hochberg, for tests
        that are independent or positively dependent.
    BY
        The same under any dependence, by Benjamini and Yekutieli.
    """

    HOLM = "holm"
    HOCHBERG = "hochberg"
    BONFERRONI = "bonferroni"
    BH = "bh"
    BY = "by"


_ENGINE = {
    Adjustment.HOLM: "holm",
    Adjustment.HOCHBERG: "simes-hochberg",
    Adjustment.BONFERRONI: "bonferroni",
    Adjustment.BH: "fdr_bh",
    Adjustment.BY: "fdr_by",
}


def adjusted(p: npt.ArrayLike, method: Adjustment = Adjustment.HOLM) -> Floats:
    """p-values adjusted for their number: those at or below the level are findings of the family.

    With ``m`` values in increasing order, Holm takes ``max_{j ≤ i} (m − j + 1) p_j``, Hochberg
    ``min_{j ≥ i} (m − j + 1) p_j``, Bonferroni ``m p_i``, Benjamini and Hochberg ``min_{j ≥ i} m p_j / j``, Benjamini
    and Yekutieli ``Σ 1 / j`` times as much; all are cut off at 1.

    Parameters
    ----------
    p
        p-values of one family, any shape; NaN is a test that does not exist, and is not counted.
    method
        How they are adjusted.

    Returns
    -------
    Floats
        Shape of ``p``, between 0 and 1, not below ``p`` and in the same order; NaN where ``p`` is.

    Raises
    ------
    ArgumentError
        If values do not lie between 0 and 1, or the method is unknown.

    References
    ----------
    Holm 1979, Scandinavian Journal of Statistics 6(2):65-70; Hochberg 1988, Biometrika 75(4):800-802; Benjamini &
    Hochberg 1995, Journal of the Royal Statistical Society B 57(1):289-300; Benjamini & Yekutieli 2001, Annals of
    Statistics 29(4):1165-1188.

    Examples
    --------
    >>> adjusted([0.01, 0.04, 0.03, float("nan")]).round(6)
    array([0.03, 0.06, 0.06,  nan])
    """
    (given,) = arrays(p=(p, SHARE))
    if method not in set(Adjustment):
        raise ArgumentError(unknown_word("method", method, Adjustment))
    counted = ~np.isnan(given)
    result = np.full(given.shape, np.nan)
    if counted.any():
        result[counted] = multiple_tests(given[counted], _ENGINE[Adjustment(method)])
    return freeze(result)
