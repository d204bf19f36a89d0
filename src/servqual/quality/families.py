"""Families of tests: items are one, dimensions and the overall score another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve

from servqual.errors.problems import unknown_word
from servqual.quality.bilingual import Row
from servqual.statistics import Adjustment, ArgumentError, adjusted
from servqual.statistics.reasoned import Reasoned


def adjustment_of(given: Adjustment | str) -> Adjustment:
    """Return a way of adjusting p-values, or raise an `ArgumentError` that lists them."""
    try:
        return Adjustment(given)
    except ValueError:
        problem = unknown_word("adjust", given, Adjustment)
        if "fdr" in str(given).casefold():
            problem = evolve(problem, remedy="for the false discovery rate 'bh'")
        raise ArgumentError(problem) from None


def adjusted_within(p: Reasoned, rows: Sequence[Row], method: Adjustment) -> Reasoned:
    """Return p-values adjusted for the number of tests of their family that there are."""
    items = np.array([row.about == "item" for row in rows], dtype=np.bool_)
    values = np.full(len(rows), np.nan)
    for family in (items, ~items):
        values[family] = adjusted(p.values[family], method)
    return Reasoned(values, p.reason)
