"""From rank sums to p: the exact distribution, or the normal one with or without continuity correction."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from servqual._arrays import AnyArray, Bools, Floats
from servqual.errors.problems import unknown_word
from servqual.statistics._arguments import ArgumentError
from servqual.statistics._numbers import reasons
from servqual.statistics.outcomes import RankTest

# beyond this the table of the exact distribution outgrows its use; the normal one agrees to many digits
_MOST_EXACT = 500


class RankMethod(StrEnum):
    """Where the p-value of a rank test comes from.

    AUTO
        Exact for fewer than 50 answers (in each sample) without ties or zeros, otherwise normal with continuity
        correction: as R's ``wilcox.test``.
    EXACT
        The distribution counted out; it does not exist here with ties.
    NORMAL
        The normal approximation as it is.
    NORMAL_CORRECTED
        The normal approximation with half a rank taken off, towards the mean.
    """

    AUTO = "auto"
    EXACT = "exact"
    NORMAL = "normal"
    NORMAL_CORRECTED = "normal, continuity-corrected"


class Words(NamedTuple):
    """What a rank test is called, its null, and the reason where nothing can be ranked."""

    name: str
    null: str
    none: str


class Ranked(NamedTuple):
    """A rank statistic that lies between 0 and ``largest`` and has its mean in the middle; arrays of one shape."""

    statistic: Floats
    largest: Floats
    variance: Floats
    n: Floats
    tied: Bools
    zeros: Bools
    small: Bools


def concluded(
    ranked: Ranked, method: RankMethod, words: Words, exact_p: Callable[[float, float, float], float]
) -> RankTest:
    """Return the test; ``exact_p`` takes the statistic, ``n`` and ``largest``."""
    wanted = _method_of(method)
    exact = _exact_where(ranked, wanted)
    problems = [(ranked.largest <= 0, words.none), (ranked.variance <= 0, "all answers are equal")]
    if wanted is RankMethod.EXACT:
        problems += [(np.asarray(ranked.tied), "ties, with which there is no exact distribution")]
        problems += [(ranked.n > _MOST_EXACT, f"more than {_MOST_EXACT} answers, too many for the exact distribution")]
    reason = reasons(*problems)
    z = _standardised(ranked, corrected=wanted is not RankMethod.NORMAL)
    p = _two_sided(z)
    for place in np.argwhere(exact & (reason == "")):
        cell = tuple(place)
        p[cell] = exact_p(*(float(np.asarray(each)[cell]) for each in (ranked.statistic, ranked.n, ranked.largest)))
    there = reason == ""
    with np.errstate(divide="ignore", invalid="ignore"):
        effect = 2 * ranked.statistic / ranked.largest - 1
    results = {"statistic": ranked.statistic, "p": p, "z": z, "effect": effect}
    results = {name: np.where(there, each, np.nan) for name, each in results.items()}
    df = np.where(there & ~exact, np.inf, np.nan)
    title = f"{words.name}, {wanted}"
    return RankTest(**results, df=df, n=ranked.n, exact=exact & there, null=words.null, method=title, reason=reason)


def _method_of(method: RankMethod) -> RankMethod:
    try:
        return RankMethod(method)
    except ValueError:
        raise ArgumentError(unknown_word("method", method, RankMethod)) from None


def _exact_where(ranked: Ranked, method: RankMethod) -> Bools:
    if method is RankMethod.AUTO:
        return np.asarray(ranked.small & ~ranked.tied & ~ranked.zeros)
    return np.full(np.shape(ranked.statistic), method is RankMethod.EXACT)


def _standardised(ranked: Ranked, *, corrected: bool) -> Floats:
    excess = ranked.statistic - ranked.largest / 2
    # ranks and their mean come in halves, so that the correction never passes the mean
    moved = excess - np.sign(excess) / 2 if corrected else excess
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(moved / np.sqrt(ranked.variance))


def _two_sided(z: Floats) -> AnyArray:
    from scipy.special import ndtr

    return np.array(2 * ndtr(-np.abs(z)))
