"""Means of scores in bootstrap replicates, and the percentile intervals that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from servqual._arrays import AnyArray, Floats, freeze
from servqual.labels import Label
from servqual.scoring.drawing import Drawing
from servqual.scoring.estimates import Part
from servqual.scoring.group_sums import GroupSums
from servqual.scoring.grouping import Labels, regrouped
from servqual.statistics.replicates import ReplicateInterval, Replicates, percentile_interval


def means_by(
    groups: Mapping[Labels, GroupSums], by: Sequence[str], names: Sequence[str], index: int
) -> dict[Labels, Floats]:
    """Return the mean scores of one model in each replicate, told apart by some of the columns; see `regrouped`."""
    drawn = {labels: sums.replicates for labels, sums in groups.items() if sums.replicates is not None}
    parts = next(iter(groups.values())).parts
    return {labels: _means_of(each, parts, index) for labels, each in regrouped(drawn, by, names).items()}


def _means_of(replicates: Replicates, parts: Sequence[Part], index: int) -> Floats:
    """Return the mean scores of one model in each replicate, shape (replicates, scores); NaN where nobody counts.

    Parameters
    ----------
    replicates
        Sums of all terms of all models, side by side.
    parts
        One per model: how many terms it has, with which coefficients.
    index
        Which model.
    """
    width = replicates.origin.size // sum(len(part.terms) for part in parts)
    before = sum(len(part.terms) for part in parts[:index])
    means = replicates.means
    total = np.zeros((len(means), width))
    for place, term in enumerate(parts[index].terms, start=before):
        total += term.coefficient * means[:, place * width : (place + 1) * width]
    return freeze(total)


@frozen(eq=False)
class Percentiles:
    """The percentile intervals of a table of scores, group by group, and what is said of them."""

    drawing: Drawing
    intervals: Mapping[Labels, ReplicateInterval]

    @classmethod
    def of(cls, drawing: Drawing, means: Mapping[Labels, Floats], confidence: float) -> Percentiles:
        """Return the intervals of groups, whose means are given for each replicate."""
        return cls(drawing, {labels: percentile_interval(each, confidence) for labels, each in means.items()})

    def instead(self, labels: Labels, numbers: Mapping[str, AnyArray]) -> dict[str, AnyArray]:
        """Return the estimates of a group with these intervals; none where an error cannot be had either."""
        known = ~np.isnan(numbers["se"])
        low, high = (np.where(known, ends, np.nan) for ends in self.intervals[labels])
        return {**numbers, "low": low, "high": high}

    def note(self, share: str, *, whole_clusters: bool) -> Label:
        """Return what a reader must know of them."""
        what, unit = ("whole clusters", "整个聚类") if whole_clusters else ("respondents", "受访者")
        replicates, seed = self.drawing.replicates, self.drawing.seed
        return Label(
            f"interval: {share}, percentiles of {replicates} Poisson bootstrap replicates of {what} (seed {seed})",
            f"置信区间：{share}，以{unit}为单位的{replicates}次泊松自助法百分位数（种子{seed}）",
        )
