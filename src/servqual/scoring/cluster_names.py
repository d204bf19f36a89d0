"""Names of clusters that merge: the same cluster has the same name in every part of a survey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import evolve

from servqual._arrays import freeze
from servqual.intake import Grouping
from servqual.statistics.clusters import ClusterSums

# Respondents without a cluster are together in one that bears this name among integers, and no text among texts.
NOBODY = int(np.iinfo(np.int64).min)


def cluster_names(cluster: Grouping) -> Sequence[Any]:
    """Return the labels of clusters as integers where all are, else as texts."""
    if all(label is None or type(label) is int for label in cluster.labels):
        return [NOBODY if label is None else label for label in cluster.labels]
    return [_text(label) for label in cluster.labels]


def joined(one: ClusterSums, other: ClusterSums) -> ClusterSums:
    """Return the sums of both; where one names clusters by integers and the other by texts, texts serve for both."""
    kinds = {each.labels.dtype.kind for each in (one, other) if each.labels.size}
    return one + other if len(kinds) < 2 else _in_words(one) + _in_words(other)


def _in_words(sums: ClusterSums) -> ClusterSums:
    names = np.array([_text(label) for label in sums.labels.tolist()])
    order = np.argsort(names)
    return evolve(sums, labels=freeze(names[order]), weight=freeze(sums.weight[order]), sum1=freeze(sums.sum1[order]))


def _text(label: Any) -> str:
    if label is None or label == NOBODY:
        return ""
    return str(int(label)) if isinstance(label, float) and label.is_integer() else str(label)
