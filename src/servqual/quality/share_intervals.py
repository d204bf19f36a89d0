"""Intervals of shares whose answers are not independent: Wilson's, on the number of answers that they are worth."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from servqual._arrays import Floats, Ints
from servqual.scoring.estimates import Term
from servqual.statistics import student_interval, wilson_interval


class Shares(NamedTuple):
    """Shares with their intervals, and how many independent answers they are worth."""

    share: Floats
    low: Floats
    high: Floats
    worth: Floats


def share_intervals(share: Floats, answers: Floats, term: Term, columns: Ints, confidence: float) -> Shares:
    """Wilson intervals of shares on an effective number of answers.

    A share ``p`` of ``N`` answers with standard error ``e`` is worth ``n* = p (1 − p) N / (N − 1) / e²`` independent
    answers, at most ``N``; for one answer of each respondent, without weights and clusters, that is ``N`` itself. The
    error is that of the mean over respondents of each one's own share, so that several answers of one person, weights
    and clusters count; with clusters ``n*`` is also multiplied by ``(z / t)²``, with ``t`` on ``G − 1`` degrees of
    freedom. Where everybody or nobody stands there, or all respondents have the same share, an error of zero says
    nothing: ``n*`` is then the number of respondents (Kish's with sampling weights), or of clusters.

    Parameters
    ----------
    share, answers
        Shares, and how many answers they are of, shape (m,).
    term
        Sums over respondents of 0/1 scores, or of each one's share of them.
    columns
        For each share, which column of the sums its error is taken from.
    confidence
        Between 0 and 1.

    References
    ----------
    Wilson 1927, Journal of the American Statistical Association 22(158):209-212; Korn & Graubard 1998, Survey
    Methodology 24(2):193-201 (the effective size); Dean & Pagano 2015, Journal of Survey Statistics and Methodology
    3(4):484-503 (Wilson's interval on it).
    """
    worth = np.where(answers > 0, _worth(answers, term, columns, confidence), np.nan)
    low, high = wilson_interval(np.clip(share, 0, 1) * worth, worth, confidence)
    return Shares(share, np.asarray(low), np.asarray(high), worth)


def _worth(answers: Floats, term: Term, columns: Ints, confidence: float) -> Floats:
    mean, _, squared, freedom = (each[columns] for each in term.at(slice(None)))
    units = np.asarray(term.moments.effective_n, dtype=np.float64)[columns]
    factor = np.ones_like(units)
    if term.clusters is not None:
        # one cluster has no error, and there is no number of answers that would stand for it
        clusters = term.clusters.count[columns]
        units = np.where(clusters > 1, clusters, np.nan)
        normal, student = (np.asarray(student_interval(0.0, 1.0, df, confidence)[1]) for df in (np.inf, freedom))
        factor = (normal / student) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        found = mean * (1 - mean) * (answers / (answers - 1)) / squared * factor
    return np.minimum(np.where((squared > 0) & (mean > 0) & (mean < 1), found, units), answers)
