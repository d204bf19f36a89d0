"""Arithmetic that knows nothing of service quality: weights, sums that merge, and intervals, on plain arrays."""

from servqual.statistics._arguments import ArgumentError
from servqual.statistics.alpha_intervals import bonett_interval, feldt_interval
from servqual.statistics.clusters import ClusterSums, cluster_standard_error
from servqual.statistics.composite import OneFactor, composite_reliability, omega
from servqual.statistics.confirmatory import ConfirmatoryFactors, confirmatory_factor_analysis
from servqual.statistics.consistency import (
    ItemTotal,
    cronbach_alpha,
    difference_reliability,
    guttman_lambda6,
    item_total,
    standardised_alpha,
)
from servqual.statistics.crossproducts import CrossProducts, PairedDifference
from servqual.statistics.discriminant import FornellLarcker, average_variance_extracted, fornell_larcker, htmt
from servqual.statistics.factor_counts import (
    ChiSquared,
    ParallelAnalysis,
    SamplingAdequacy,
    Scree,
    bartlett_sphericity,
    kmo,
    parallel_analysis,
    scree,
)
from servqual.statistics.factors import ExploratoryFactors, Extraction, FactorFit, factor_analysis
from servqual.statistics.group_variance import VarianceParts, variance_parts
from servqual.statistics.inapplicable import Inapplicable
from servqual.statistics.intervals import student_interval, welch_degrees_of_freedom, wilson_interval
from servqual.statistics.model_fit import FitIndices
from servqual.statistics.moments import Moments
from servqual.statistics.rotation import Rotated, Rotation, rotate
from servqual.statistics.split_halves import SplitHalf, SplitHalves, Spread, split_half, split_halves
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
    "cronbach_alpha",
    "standardised_alpha",
    "feldt_interval",
    "bonett_interval",
    "ItemTotal",
    "item_total",
    "SplitHalf",
    "split_half",
    "Spread",
    "SplitHalves",
    "split_halves",
    "guttman_lambda6",
    "OneFactor",
    "omega",
    "composite_reliability",
    "difference_reliability",
    "SamplingAdequacy",
    "kmo",
    "ChiSquared",
    "bartlett_sphericity",
    "Scree",
    "scree",
    "ParallelAnalysis",
    "parallel_analysis",
    "Extraction",
    "Rotation",
    "FactorFit",
    "ExploratoryFactors",
    "factor_analysis",
    "Rotated",
    "rotate",
    "FitIndices",
    "ConfirmatoryFactors",
    "confirmatory_factor_analysis",
    "average_variance_extracted",
    "FornellLarcker",
    "fornell_larcker",
    "htmt",
    "VarianceParts",
    "variance_parts",
    "Inapplicable",
    "ArgumentError",
]
