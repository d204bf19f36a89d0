"""`IndexRows`: the answers that an index is fitted to, with what comes beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from attrs import evolve, field, frozen

from servqual._arrays import AnyArray, Bools, Floats, Holder, Ints, read_only
from servqual.statistics import WeightKind
from servqual.statistics.pair_matrices import MissingRule

# respondents taken at a time where all columns are looked through
_BLOCK = 65_536


def _codes(values: Ints) -> Ints:
    return read_only(values)


@frozen(eq=False, getstate_setstate=False)
class Groups(Holder):
    """Which group each respondent is in: codes into labels, of which None is that of those without one."""

    name: str
    codes: Ints = field(converter=_codes)
    labels: tuple[Any, ...]


@frozen(eq=False)
class IndexRows:
    """Answers in the order of a model's indicators.

    Attributes
    ----------
    columns
        Item-major, shape (p, rows): real numbers with NaN for missing, or integers with the least of their type.
    offset
        What is added to a number to make it an answer.
    weights, kind
        Of the respondents, all above zero; None where all count alike.
    groups
        By name.
    cluster
        Codes of the clusters; None where respondents are independent.
    ends
        Lowest and highest answer of each indicator, shape (2, p); None where that is not known.
    given
        Respondents in the source, those of weight zero as well.
    backend
        The data-frame library that the answers came from.
    """

    columns: AnyArray
    offset: float
    weights: Floats | None
    kind: WeightKind | None
    groups: Mapping[str, Groups]
    cluster: Ints | None
    ends: Floats | None
    given: int
    backend: str

    def __len__(self) -> int:
        return int(self.columns.shape[1])

    def absent(self, rows: slice = slice(None)) -> Bools:
        """Return where an answer is missing, shape (p, rows)."""
        part = self.columns[:, rows]
        return np.asarray(np.isnan(part) if part.dtype.kind == "f" else part == np.iinfo(part.dtype).min)

    def absent_of(self, item: int) -> Bools:
        """Return who did not answer one indicator, shape (rows,)."""
        column = self.columns[item]
        return np.asarray(np.isnan(column) if column.dtype.kind == "f" else column == np.iinfo(column.dtype).min)

    def answers(self, rows: slice = slice(None)) -> Floats:
        """Return answers as real numbers, missing as NaN, shape (p, rows)."""
        part = self.columns[:, rows]
        numbers = part.astype(np.float64) + self.offset
        if part.dtype.kind != "f":
            numbers[self.absent(rows)] = np.nan
        return numbers

    def answered_counts(self) -> Ints:
        """Return how many indicators each respondent answered, shape (rows,)."""
        starts = range(0, len(self), _BLOCK)
        blocks = [(~self.absent(slice(at, at + _BLOCK))).sum(axis=0) for at in starts]
        return np.concatenate([np.zeros(0, np.int64), *blocks])

    def has_missing(self) -> bool:
        """Return whether any answer is missing."""
        starts = range(0, len(self), _BLOCK)
        return any(bool(self.absent(slice(at, at + _BLOCK)).any()) for at in starts)

    def taken(self, rows: AnyArray) -> Self:
        """Return some respondents, by a mask."""
        if bool(rows.all()):
            return self
        groups = {name: evolve(each, codes=each.codes[rows]) for name, each in self.groups.items()}
        cluster = None if self.cluster is None else np.unique(self.cluster[rows], return_inverse=True)[1]
        weights = None if self.weights is None else self.weights[rows]
        return evolve(self, columns=self.columns[:, rows], weights=weights, groups=groups, cluster=cluster)

    def ruled(self, missing: MissingRule) -> tuple[Self, Ints]:
        """Return the respondents that a rule for missing answers leaves, and how many indicators each answered.

        Listwise, those who answered all of them; else those who answered any.
        """
        if not self.has_missing():
            return self, np.full(len(self), len(self.columns))
        counts = self.answered_counts()
        kept = counts == len(self.columns) if missing is MissingRule.LISTWISE else counts > 0
        return self.taken(kept), counts[kept]

    def size(self) -> float:
        """Return how many respondents there are; frequencies by their sum."""
        counted = self.weights is not None and self.kind is WeightKind.FREQUENCY
        return float(self.weights.sum()) if counted and self.weights is not None else float(len(self))
