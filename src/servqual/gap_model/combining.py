"""Weighted sums of gaps: differences, totals and contrasts, with what they share counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from servqual.errors import ArgumentError, Problem, did_you_mean
from servqual.gap_model.estimating import numbers_of, rows_of
from servqual.gap_model.gap_rows import GapEstimate
from servqual.gap_model.gap_words import OVERALL, GapName, Station
from servqual.gap_model.ledger import Ledger, gaps_between
from servqual.gap_model.source import Source
from servqual.statistics import Inapplicable

Asked = GapName | str | tuple[GapName | str, str]
Weights = Mapping[Any, float] | Iterable[tuple[Asked, float]]
Term = tuple[str, str, float]
NO_ENDS = "a sum of gaps is no difference of two means"


def combined(
    sources: Mapping[Station, Source], ledger: Ledger, weights: Weights, dimension: str, confidence: float
) -> GapEstimate:
    """Return a weighted sum of gaps with its interval and test."""
    pairs = weights.items() if isinstance(weights, Mapping) else weights
    terms = [(*_named(asked, dimension), float(weight)) for asked, weight in pairs]
    gaps = {gap.key: gap for gap in gaps_between(tuple(sources))}
    names = (*next(iter(sources.values())).dimensions, OVERALL)
    _check(terms, list(gaps), names)
    places = {key: place for place, key in enumerate(names) if key != OVERALL}
    taken = np.zeros_like(ledger.mean)
    for gap, of, weight in terms:
        taken += weight * ledger.coefficients(gaps[gap], places.get(of))
    found = numbers_of(ledger, taken[None], confidence)
    ends = Inapplicable(NO_ENDS)
    return rows_of([_words(terms)], found, [(ends, ends)], confidence)[0]


def _named(asked: Asked, dimension: str) -> tuple[str, str]:
    gap, of = asked if isinstance(asked, tuple) else (asked, dimension)
    return str(gap), of


def _check(terms: Sequence[Term], gaps: Sequence[str], names: Sequence[str]) -> None:
    problems = [] if terms else [Problem("gaps", "none", "a sum takes one gap at least")]
    asked = [term[:2] for term in terms]
    for gap, of in dict.fromkeys(asked):
        for place, given, known in (("gap", gap, gaps), ("dimension", of, names)):
            if given not in known:
                problems.append(
                    Problem(place, f"no {given!r}", f"there are {', '.join(known)}", did_you_mean(given, known))
                )
        if asked.count((gap, of)) > 1:
            problems.append(Problem("gaps", f"{gap} of {of} twice", "every gap stands once in a sum"))
    problems += [
        Problem(f"weight of {gap}", f"{weight:g}", "weights are finite")
        for gap, _, weight in terms
        if not np.isfinite(weight)
    ]
    if problems:
        raise ArgumentError(*problems)


def _words(terms: Sequence[Term]) -> tuple[str, str]:
    """Return what the sum is, and of which dimension."""
    dimensions = {of for _, of, _ in terms}
    text = ""
    for gap, of, weight in terms:
        times = "" if abs(weight) == 1 else f"{abs(weight):g} "
        sign = ("−" if weight < 0 else "") if not text else " − " if weight < 0 else " + "
        text += f"{sign}{times}{gap}" + (f" ({of})" if len(dimensions) > 1 else "")
    return text, dimensions.pop() if len(dimensions) == 1 else "several"
