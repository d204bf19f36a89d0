"""How alike answers within the groups of a column are, added block by block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Floats, Ints
from servqual.intake import Grouping
from servqual.quality.door import sums_by
from servqual.scoring import PerformanceOnly, Summary
from servqual.statistics import Inapplicable, Moments, VarianceParts, WeightKind, variance_parts
from servqual.survey import Survey


@frozen(eq=False)
class GroupSizes:
    """The groups of one column: respondents of each, and the variance of mean perceptions between and within them.

    Attributes
    ----------
    column
        Its name.
    labels, sizes
        Of the groups that have a name.
    parts
        Of mean perceptions.
    is_cluster
        Whether the survey was read with it as its cluster.
    asked
        Whether it was asked for by name.
    """

    column: str
    labels: tuple[Any, ...]
    sizes: Ints
    parts: VarianceParts | Inapplicable
    is_cluster: bool = False
    asked: bool = False

    @property
    def identifies(self) -> bool:
        """Whether it tells respondents apart rather than groups of them, and was not asked for."""
        return not self.asked and 2 * len(self.labels) > int(self.sizes.sum())


class GroupingSums:
    """Sums of mean perceptions in the groups of one column."""

    def __init__(self, survey: Survey, grouping: Grouping, *, is_cluster: bool = False, asked: bool = False) -> None:
        """Begin with no respondents.

        Parameters
        ----------
        survey, grouping
            The answers, and the group of each respondent.
        is_cluster, asked
            Whether these are the survey's clusters, and whether they were asked for by name.
        """
        self._grouping, self._is_cluster, self._asked = grouping, is_cluster, asked
        self._weights = survey.weights
        self._frequencies = survey.weights is not None and survey.weight_kind is WeightKind.FREQUENCY
        self._middle = survey.instrument.scale.midpoint
        self._sums = np.zeros((3, len(grouping.labels)))

    def add(self, part: slice, means: Floats) -> None:
        """Add the mean perceptions of a block of respondents."""
        codes, d = self._grouping.codes[part], means - self._middle
        counted = ~np.isnan(d)
        if self._weights is not None:
            counted &= self._weights[part] > 0
        codes, d = codes[counted], d[counted]
        weights = self._weights[part][counted] if self._frequencies and self._weights is not None else np.ones(d.size)
        many = self._sums.shape[1]
        self._sums += [np.bincount(codes, each, many) for each in (weights, weights * d, weights * d * d)]

    def told(self) -> GroupSizes:
        """Return the groups."""
        labels = tuple(self._grouping.labels)
        named = np.array([label is not None for label in labels], dtype=np.bool_)
        sizes = np.bincount(self._grouping.codes, minlength=len(labels))
        n, first, second = self._sums[:, named]
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = first / n
            squares = np.maximum(second - first * mean, 0.0)
        kept = tuple(label for label in labels if label is not None)
        return GroupSizes(
            self._grouping.name, kept, sizes[named], variance_parts(n, mean, squares), self._is_cluster, self._asked
        )


def sizes_in(summary: Summary, columns: Sequence[str], *, asked: bool) -> list[GroupSizes]:
    """Return the groups of columns that a summary was made with; their variance where it holds `PerformanceOnly`."""
    return [evolve(_sizes_of(summary, column), asked=asked) for column in columns]


def _sizes_of(summary: Summary, column: str) -> GroupSizes:
    groups = {labels[0]: sums for labels, sums in sums_by(summary, column).items() if labels[0] is not None}
    sizes = np.array([sums.rows for sums in groups.values()], dtype=np.int64)
    parts: VarianceParts | Inapplicable = Inapplicable("the summary was made without PerformanceOnly()")
    if summary.weight_kind is WeightKind.SAMPLING:
        parts = Inapplicable("sums with sampling weights have no analysis of variance")
    elif PerformanceOnly() in summary.models:
        place = summary.models.index(PerformanceOnly())
        moments = [sums.parts[place].terms[0].moments for sums in groups.values()]
        n, mean, squares = (np.array([_last(each)[row] for each in moments]) for row in range(3))
        parts = variance_parts(n, mean, squares)
    return GroupSizes(column, tuple(groups), sizes, parts)


def _last(moments: Moments) -> tuple[float, float, float]:
    """Return weight, mean and sum of squares of the mean of all items."""
    weight, first, second = (float(each[-1]) for each in (moments.weight, moments.sum1, moments.sum2))
    if not weight:
        return 0.0, float("nan"), 0.0
    return weight, float(moments.mean[-1]), max(second - first * first / weight, 0.0)
