"""Arithmetic that knows nothing of service quality: weights, sums that merge, and intervals, on plain arrays."""

from servqual.statistics._arguments import ArgumentError
from servqual.statistics.clusters import ClusterSums, cluster_standard_error
from servqual.statistics.crossproducts import CrossProducts, PairedDifference
from servqual.statistics.intervals import student_interval, welch_degrees_of_freedom, wilson_interval
from servqual.statistics.moments import Moments
from servqual.statistics.tallies import Tallies
from servqual.statistics.weights import WeightKind, check_weights, kish_effective_size

__all__ = [  # noqa: RUF022 - in the order of reading
    "WeightKind",
    "check_weights",
    "kish_effective_size",
    "Moments",
    "ClusterSums",
    "cluster_standard_error",
    "Tallies",
    "CrossProducts",
    "PairedDifference",
    "student_interval",
    "wilson_interval",
    "welch_degrees_of_freedom",
    "ArgumentError",
]
