"""Arithmetic that knows nothing of service quality: weights, sums that merge, and intervals, on plain arrays."""

from servqual.statistics._arguments import ArgumentError
from servqual.statistics._rank_tests import RankMethod
from servqual.statistics.alpha_intervals import bonett_interval, feldt_interval
from servqual.statistics.anova import anova_from_sums, eta_squared, omega_squared
from servqual.statistics.clusters import ClusterSums, cluster_standard_error
from servqual.statistics.comparison import cluster_t, one_sample_t, paired_t, t_test, welch_t
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
from servqual.statistics.design_effects import design_effect, expected_design_effect
from servqual.statistics.discriminant import FornellLarcker, average_variance_extracted, fornell_larcker, htmt
from servqual.statistics.effect_intervals import dav_interval, ds_interval, dz_interval
from servqual.statistics.effect_sizes import AverageSpread, dav, drm, ds, dz, hedges_factor
from servqual.statistics.equivalence import EquivalenceResult, equivalence_test
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
from servqual.statistics.margins import margin_of_error_mean, margin_of_error_share
from servqual.statistics.model_fit import FitIndices
from servqual.statistics.models import Covariance, Regression, ols
from servqual.statistics.moments import Moments
from servqual.statistics.multiplicity import Adjustment, adjusted
from servqual.statistics.outcomes import MeanTest, RankTest, TestResult
from servqual.statistics.planning import krejcie_morgan, sample_size_mean, sample_size_share
from servqual.statistics.plans import Plan
from servqual.statistics.power import power_paired_t, sample_size_alpha, sample_size_alpha_test, sample_size_paired_t
from servqual.statistics.rank_sums import rank_sum, rank_sum_from_counts
from servqual.statistics.rotation import Rotated, Rotation, rotate
from servqual.statistics.signed_ranks import signed_rank, signed_rank_from_counts
from servqual.statistics.split_halves import SplitHalf, SplitHalves, Spread, split_half, split_halves
from servqual.statistics.sum_tests import mean_difference_test, mean_test, pair_test
from servqual.statistics.superiority import (
    probability_superiority,
    probability_superiority_unpaired,
    superiority_interval,
    superiority_interval_unpaired,
)
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
    "TestResult",
    "MeanTest",
    "t_test",
    "one_sample_t",
    "paired_t",
    "welch_t",
    "cluster_t",
    "mean_test",
    "pair_test",
    "mean_difference_test",
    "anova_from_sums",
    "eta_squared",
    "omega_squared",
    "design_effect",
    "expected_design_effect",
    "RankTest",
    "RankMethod",
    "signed_rank",
    "signed_rank_from_counts",
    "rank_sum",
    "rank_sum_from_counts",
    "dz",
    "dz_interval",
    "AverageSpread",
    "dav",
    "dav_interval",
    "drm",
    "ds",
    "ds_interval",
    "hedges_factor",
    "probability_superiority",
    "superiority_interval",
    "probability_superiority_unpaired",
    "superiority_interval_unpaired",
    "EquivalenceResult",
    "equivalence_test",
    "Adjustment",
    "adjusted",
    "Plan",
    "sample_size_mean",
    "sample_size_share",
    "krejcie_morgan",
    "margin_of_error_mean",
    "margin_of_error_share",
    "power_paired_t",
    "sample_size_paired_t",
    "sample_size_alpha",
    "sample_size_alpha_test",
    "Covariance",
    "Regression",
    "ols",
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
