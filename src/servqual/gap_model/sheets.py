"""`Sheets`: the rows that a source was made of, kept so that shared people and units can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from attrs.converters import optional

from servqual._arrays import Floats, Holder, Ints, floats
from servqual.intake import Grouping
from servqual.statistics.covarying_means import JointMeans, joint_means
from servqual.statistics.weights import WeightKind


@frozen(eq=False, getstate_setstate=False, repr=False)
class Sheets(Holder):
    """One row per person or record with a score per dimension; missing is NaN.

    Attributes
    ----------
    values
        Shape (rows, dimensions).
    origin
        The survey or the frame that the rows came from: sources of one origin share their rows.
    weights, kind
        Of the rows, and what they mean; None where all count alike.
    cluster
        Within which rows are alike; None where they are independent.
    groups
        Column name → which group each row belongs to.
    """

    values: Floats = field(converter=floats)
    origin: Any
    weights: Floats | None = field(default=None, converter=optional(floats))
    kind: WeightKind | None = None
    cluster: Grouping | None = None
    groups: Mapping[str, Grouping] = field(factory=dict)

    def __len__(self) -> int:
        return len(self.values)

    def take(self, rows: Ints) -> Sheets:
        """Return these rows, by position, without the groups."""
        return evolve(
            self,
            values=self.values[rows],
            weights=None if self.weights is None else self.weights[rows],
            cluster=None if self.cluster is None else self.cluster.take(rows),
            groups={},
        )

    def by_group(self, name: str) -> dict[str, Ints]:
        """Return label → positions of its rows; rows without a label stand under the empty text."""
        grouping = self.groups[name]
        order = np.argsort(grouping.codes, kind="stable")
        present, starts = np.unique(grouping.codes[order], return_index=True)
        labels = ("" if grouping.labels[code] is None else str(grouping.labels[code]) for code in present)
        return dict(zip(labels, np.split(order, starts[1:]), strict=True))


def means_of(sheets: Sequence[Sheets]) -> JointMeans:
    """Return the means of sheets that share their rows, one block of dimensions after the other."""
    first = sheets[0]
    values = np.concatenate([each.values for each in sheets], axis=1)
    codes = None if first.cluster is None else first.cluster.codes
    return joint_means(values, first.weights, first.kind, codes)
