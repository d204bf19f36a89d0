"""Weighted sums of gaps: differences, totals and contrasts, with what they share counted."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from servqual.errors import Problem
from servqual.gap_model.estimating import numbers_of, rows_of
from servqual.gap_model.gap_rows import GapEstimate
from servqual.gap_model.gap_words import OVERALL, GapName, Station, StationGap
from servqual.gap_model.ledger import Ledger, gaps_between
from servqual.gap_model.lookups import gap_problem, name_problem, refused
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
    terms = [(*_named(asked, dimension), _number(weight)) for asked, weight in pairs]
    gaps = {gap.key: gap for gap in gaps_between(tuple(sources))}
    names = (*next(iter(sources.values())).dimensions, OVERALL)
    _check(terms, list(gaps.values()), names)
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


def _number(weight: Any) -> float:
    try:
        return float(weight)
    except (TypeError, ValueError):
        return math.nan


def _check(terms: Sequence[Term], gaps: Sequence[StationGap], names: Sequence[str]) -> None:
    problems = [None if terms else Problem("gaps", "none", "a sum takes one gap at least")]
    asked = [term[:2] for term in terms]
    problems += [gap_problem(gap, gaps) for gap in dict.fromkeys(gap for gap, _ in asked)]
    problems += [name_problem("dimension", of, names) for of in dict.fromkeys(of for _, of in asked)]
    problems += [
        Problem("gaps", f"{gap} of {of} twice", "every gap stands once in a sum")
        for gap, of in dict.fromkeys(asked)
        if asked.count((gap, of)) > 1
    ]
    problems += [
        Problem(f"weight of {gap}", f"{weight:g}", "weights are finite numbers")
        for gap, _, weight in terms
        if not math.isfinite(weight)
    ]
    refused(*problems)


def _words(terms: Sequence[Term]) -> tuple[str, str]:
    """Return what the sum is, and of which dimension."""
    dimensions = {of for _, of, _ in terms}
    text = ""
    for gap, of, weight in terms:
        times = "" if abs(weight) == 1 else f"{abs(weight):g} "
        sign = ("−" if weight < 0 else "") if not text else " − " if weight < 0 else " + "
        text += f"{sign}{times}{gap}" + (f" ({of})" if len(dimensions) > 1 else "")
    return text, dimensions.pop() if len(dimensions) == 1 else "several"
