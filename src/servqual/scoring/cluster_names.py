"""Names of clusters that merge: the same cluster has the same name in every part of a survey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import evolve

from servqual._arrays import freeze
from servqual.intake import Grouping
from servqual.scoring.origins import moved_clusters
from servqual.statistics.clusters import ClusterSums
from servqual.statistics.key_numbers import Keys, respondent_keys


def cluster_names(cluster: Grouping) -> Sequence[Any]:
    """Return the labels of clusters as integers where all are, else as texts."""
    if all(type(label) is int for label in cluster.labels):
        return list(cluster.labels)
    return [_text(label) for label in cluster.labels]


def cluster_keys(cluster: Grouping) -> Keys:
    """Return a number of 64 bits for the cluster of each respondent, the same in every part of a survey."""
    return respondent_keys(np.array([_text(label) for label in cluster.labels], np.str_))[cluster.codes]


def joined(one: ClusterSums, other: ClusterSums) -> ClusterSums:
    """Return the sums of both, about the first one's origin.

    Where one names clusters by integers and the other by texts, texts serve for both.
    """
    second = moved_clusters(other, one.origin)
    kinds = {each.labels.dtype.kind for each in (one, other) if each.labels.size}
    return one + second if len(kinds) < 2 else _in_words(one) + _in_words(second)


def _in_words(sums: ClusterSums) -> ClusterSums:
    names = np.array([_text(label) for label in sums.labels.tolist()])
    order = np.argsort(names)
    return evolve(sums, labels=freeze(names[order]), weight=freeze(sums.weight[order]), sum1=freeze(sums.sum1[order]))


def _text(label: Any) -> str:
    return str(int(label)) if isinstance(label, float) and label.is_integer() else str(label)
