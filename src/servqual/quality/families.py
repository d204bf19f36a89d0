"""Families of tests: items are one, dimensions and the overall score another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from servqual.errors import Problem
from servqual.quality.bilingual import Row
from servqual.statistics import Adjustment, ArgumentError, adjusted
from servqual.statistics.reasoned import Reasoned


def adjustment_of(given: Adjustment | str) -> Adjustment:
    """Return a way of adjusting p-values, or raise an `ArgumentError` that lists them."""
    try:
        return Adjustment(given)
    except ValueError:
        known = ", ".join(repr(str(each)) for each in Adjustment)
        remedy = "for the false discovery rate 'bh'" if "fdr" in str(given).casefold() else ""
        raise ArgumentError(Problem("adjust", repr(given), f"it is one of {known}", remedy)) from None


def adjusted_within(p: Reasoned, rows: Sequence[Row], method: Adjustment) -> Reasoned:
    """Return p-values adjusted for the number of tests of their family that there are."""
    items = np.array([row.about == "item" for row in rows], dtype=np.bool_)
    values = np.full(len(rows), np.nan)
    for family in (items, ~items):
        values[family] = adjusted(p.values[family], method)
    return Reasoned(values, p.reason)
