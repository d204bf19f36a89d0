"""`WithinGroups`: how the answers of each group scatter, item by item, from one pass over the rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import AnyArray, Floats, Holder, Ints, floats, freeze, read_only
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError, table_of
from servqual.statistics._labels import coded_labels


@frozen(eq=False, getstate_setstate=False, repr=False)
class WithinGroups(Holder):
    """Numbers, means and scatter of the answers to each item in each group; no answer itself.

    Attributes
    ----------
    labels
        Names of the groups, shape (groups,).
    n
        Answers, shape (groups, items).
    mean
        Their means; NaN where nobody answered.
    variance
        Their variances, divisor ``n − 1``; NaN for fewer than two answers.
    deviation
        Average deviation about the mean, ``Σ|x − x̄| / n``; NaN for fewer than two answers.
    deviation_median
        The same about the median.

    Examples
    --------
    >>> found = WithinGroups.of([[1.0], [3.0], [5.0], [5.0]], ["north", "north", "south", "south"])
    >>> found.mean.ravel().tolist(), found.variance.ravel().tolist(), found.deviation.ravel().tolist()
    ([2.0, 5.0], [2.0, 0.0], [1.0, 0.0])
    """

    labels: AnyArray = field(converter=read_only)
    n: Floats = field(converter=floats)
    mean: Floats = field(converter=floats)
    variance: Floats = field(converter=floats)
    deviation: Floats = field(converter=floats)
    deviation_median: Floats = field(converter=floats)

    def __attrs_post_init__(self) -> None:
        """Check that shapes fit."""
        shape = (self.labels.size, self.n.shape[-1])
        names = ("n", "mean", "variance", "deviation", "deviation_median")
        wrong = [name for name in names if getattr(self, name).shape != shape]
        if wrong:
            raise ArgumentError(*(Problem(name, "another shape", f"the shape is {shape}") for name in wrong))

    @classmethod
    def of(cls, answers: npt.ArrayLike, labels: npt.ArrayLike, *, names: npt.ArrayLike | None = None) -> WithinGroups:
        """Return the scatter of answers within groups.

        Parameters
        ----------
        answers
            Numbers, shape (rows, items); NaN is a missing answer, and each item takes the rows that answered it.
        labels
            The group of each row, integers or texts, shape (rows,); or its position in ``names``, which is quicker.
        names
            Labels of the groups if ``labels`` are positions; a group without rows is kept, with nothing in it.

        Raises
        ------
        ArgumentError
            If shapes do not fit, labels are neither integers nor texts, or a position is not in ``names``.
        """
        table = table_of(answers, "answers", "(rows, items)")
        groups, codes = coded_labels(labels, names, len(table))
        columns = [_column(table[:, place], codes, groups.size) for place in range(table.shape[1])]
        parts = [freeze(np.array(part).T) for part in zip(*columns, strict=True)]
        return cls(groups, *(parts or [np.zeros((groups.size, 0))] * 5))

    def __repr__(self) -> str:
        groups, items = self.n.shape
        return f"<WithinGroups: {groups} groups × {items} items>"


def _column(values: AnyArray, codes: Ints, groups: int) -> tuple[Floats, ...]:
    """Return n, mean, variance and average deviations of one item in each group."""
    answered = ~np.isnan(values)
    own, given = codes[answered], values[answered].astype(np.float64)
    n = np.bincount(own, minlength=groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(own, given, groups) / n
        from_mean = given - mean[own]
        variance = np.bincount(own, from_mean**2, groups) / np.where(n > 1, n - 1, np.nan)
        several = np.where(n > 1, n, np.nan)
        deviation = np.bincount(own, np.abs(from_mean), groups) / several
        from_median = np.abs(given - group_medians(given, own, n)[own])
        return n.astype(np.float64), mean, variance, deviation, np.bincount(own, from_median, groups) / several


def group_medians(values: Floats, codes: Ints, n: Ints) -> Floats:
    """Return the median of each group, the middle of both middle values where their number is even; NaN where empty.

    Parameters
    ----------
    values, codes
        Numbers, none missing, and the group of each, both of shape (rows,).
    n
        Members of each group, shape (groups,).
    """
    by_value = np.argsort(values)
    # a stable sort of 16-bit integers counts instead of comparing
    narrow = codes[by_value].astype(np.uint16) if n.size <= 1 << 16 else codes[by_value]
    ordered = values[by_value[np.argsort(narrow, kind="stable")]]
    start = np.cumsum(n) - n
    found = np.full(n.size, np.nan)
    some = n > 0
    low, high = (ordered[(start + place)[some]] for place in ((n - 1) // 2, n // 2))
    found[some] = (low + high) / 2
    return found
