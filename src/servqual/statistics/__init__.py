"""Arithmetic that knows nothing of service quality, on plain arrays: sums that merge, tests, consistency, factors."""

from typing import TYPE_CHECKING

from servqual._lazy import attach

# In the order of reading, several to a line: the map of a large floor should fit on few screens.
# fmt: off
# isort: off
if TYPE_CHECKING:
    from servqual.statistics.weights import (
        WeightKind as WeightKind, check_weights as check_weights, kish_effective_size as kish_effective_size)
    from servqual.statistics.moments import Moments as Moments
    from servqual.statistics.clusters import (
        ClusterSums as ClusterSums, cluster_standard_error as cluster_standard_error)
    from servqual.statistics.tallies import Tallies as Tallies
    from servqual.statistics.crossproducts import CrossProducts as CrossProducts, PairedDifference as PairedDifference
    from servqual.statistics.intervals import (
        student_interval as student_interval, wilson_interval as wilson_interval,
        welch_degrees_of_freedom as welch_degrees_of_freedom)
    from servqual.statistics.outcomes import TestResult as TestResult, MeanTest as MeanTest, RankTest as RankTest
    from servqual.statistics.comparison import (
        t_test as t_test, one_sample_t as one_sample_t, paired_t as paired_t, welch_t as welch_t,
        cluster_t as cluster_t)
    from servqual.statistics.sum_tests import (
        mean_test as mean_test, pair_test as pair_test, mean_difference_test as mean_difference_test)
    from servqual.statistics.anova import (
        anova_from_sums as anova_from_sums, eta_squared as eta_squared, omega_squared as omega_squared)
    from servqual.statistics.design_effects import (
        design_effect as design_effect, expected_design_effect as expected_design_effect)
    from servqual.statistics._rank_tests import RankMethod as RankMethod
    from servqual.statistics.signed_ranks import (
        signed_rank as signed_rank, signed_rank_from_counts as signed_rank_from_counts)
    from servqual.statistics.rank_sums import rank_sum as rank_sum, rank_sum_from_counts as rank_sum_from_counts
    from servqual.statistics.effect_sizes import (
        dz as dz, AverageSpread as AverageSpread, dav as dav, drm as drm, ds as ds, hedges_factor as hedges_factor)
    from servqual.statistics.effect_intervals import (
        dz_interval as dz_interval, dav_interval as dav_interval, ds_interval as ds_interval)
    from servqual.statistics.superiority import (
        probability_superiority as probability_superiority, superiority_interval as superiority_interval,
        probability_superiority_unpaired as probability_superiority_unpaired,
        superiority_interval_unpaired as superiority_interval_unpaired)
    from servqual.statistics.equivalence import (
        EquivalenceResult as EquivalenceResult, equivalence_test as equivalence_test)
    from servqual.statistics.multiplicity import Adjustment as Adjustment, adjusted as adjusted
    from servqual.statistics.plans import Plan as Plan
    from servqual.statistics.planning import (
        sample_size_mean as sample_size_mean, sample_size_share as sample_size_share, krejcie_morgan as krejcie_morgan)
    from servqual.statistics.margins import (
        margin_of_error_mean as margin_of_error_mean, margin_of_error_share as margin_of_error_share)
    from servqual.statistics.power import (
        power_paired_t as power_paired_t, sample_size_paired_t as sample_size_paired_t,
        sample_size_alpha as sample_size_alpha, sample_size_alpha_test as sample_size_alpha_test)
    from servqual.statistics.models import (
        Covariance as Covariance, Estimator as Estimator, Norm as Norm, Regression as Regression, ols as ols,
        robust as robust, mixed as mixed, engine as engine, FittedRows as FittedRows,
        reset_test as reset_test, square_test as square_test, breusch_pagan as breusch_pagan, white_test as white_test,
        ShapeTest as ShapeTest, normality as normality, serial_test as serial_test,
        panel_serial_test as panel_serial_test, Influence as Influence, influence as influence,
        GroupInfluence as GroupInfluence, group_influence as group_influence, variance_inflation as variance_inflation,
        condition_number as condition_number)
    from servqual.statistics.consistency import (
        cronbach_alpha as cronbach_alpha, standardised_alpha as standardised_alpha, ItemTotal as ItemTotal,
        item_total as item_total, guttman_lambda6 as guttman_lambda6, difference_reliability as difference_reliability)
    from servqual.statistics.alpha_intervals import feldt_interval as feldt_interval, bonett_interval as bonett_interval
    from servqual.statistics.halves import (
        SplitHalf as SplitHalf, split_half as split_half, Spread as Spread, SplitHalves as SplitHalves,
        split_halves as split_halves)
    from servqual.statistics.composite import (
        OneFactor as OneFactor, omega as omega, composite_reliability as composite_reliability)
    from servqual.statistics.adequacy import ChiSquared as ChiSquared, SamplingAdequacy as SamplingAdequacy
    from servqual.statistics.adequacy import bartlett_sphericity as bartlett_sphericity, kmo as kmo
    from servqual.statistics.factor_counts import ParallelAnalysis as ParallelAnalysis, Scree as Scree
    from servqual.statistics.factor_counts import parallel_analysis as parallel_analysis, scree as scree
    from servqual.statistics.factors import (
        Extraction as Extraction, FactorFit as FactorFit, ExploratoryFactors as ExploratoryFactors,
        factor_analysis as factor_analysis)
    from servqual.statistics.rotation import Rotation as Rotation, Rotated as Rotated, rotate as rotate
    from servqual.statistics.model_fit import FitIndices as FitIndices
    from servqual.statistics.confirmatory import (
        ConfirmatoryFactors as ConfirmatoryFactors, confirmatory_factor_analysis as confirmatory_factor_analysis)
    from servqual.statistics.discriminant import (
        average_variance_extracted as average_variance_extracted, FornellLarcker as FornellLarcker,
        fornell_larcker as fornell_larcker, htmt as htmt)
    from servqual.statistics.group_variance import VarianceParts as VarianceParts, variance_parts as variance_parts
    from servqual.statistics.within_groups import WithinGroups as WithinGroups
    from servqual.statistics.agreement_nulls import (
        Null as Null, NullVariance as NullVariance, null_variance as null_variance,
        continuous_null_variance as continuous_null_variance)
    from servqual.statistics.agreement import (
        Agreement as Agreement, rwg as rwg, rwg_j as rwg_j, r_star_wg_j as r_star_wg_j)
    from servqual.statistics.scaled_agreement import ScaledAgreement as ScaledAgreement, awg as awg, awg_j as awg_j
    from servqual.statistics.intraclass import (
        GroupSize as GroupSize, Intraclass as Intraclass, icc as icc, spearman_brown as spearman_brown)
    from servqual.statistics.paths import (
        Route as Route, total_effects as total_effects, indirect_effects as indirect_effects,
        specific_effects as specific_effects, lagged_total_effects as lagged_total_effects)
    from servqual.statistics.products import ProductVariance as ProductVariance, product_test as product_test
    from servqual.statistics.resample_quantiles import QuantileRule as QuantileRule
    from servqual.statistics.accelerations import (
        bias_correction as bias_correction, influence_acceleration as influence_acceleration,
        jackknife_acceleration as jackknife_acceleration)
    from servqual.statistics.bootstrap_intervals import (
        percentile_interval as percentile_interval, basic_interval as basic_interval,
        normal_interval as normal_interval, bca_interval as bca_interval)
    from servqual.statistics.regression_rows import RegressionRows as RegressionRows
    from servqual.statistics.unit_products import UnitProducts as UnitProducts
    from servqual.statistics.replicates import Replicates as Replicates, poisson_counts as poisson_counts
    from servqual.statistics.resampling import (
        Resampled as Resampled, moment_coefficients as moment_coefficients,
        bootstrap_coefficients as bootstrap_coefficients, jackknife_coefficients as jackknife_coefficients)
    from servqual.statistics.curves import Curve as Curve, Steepness as Steepness
    from servqual.statistics.monotone import MonotoneCurve as MonotoneCurve, monotone_curve as monotone_curve
    from servqual.statistics.piecewise import PiecewiseCurve as PiecewiseCurve, piecewise_curve as piecewise_curve
    from servqual.statistics.logistic import LogisticCurve as LogisticCurve, logistic_curve as logistic_curve
    from servqual.statistics.stacked_regressions import (
        StackedRegressions as StackedRegressions, stacked_ols as stacked_ols)
    from servqual.statistics.power_curves import size_for_power as size_for_power
    from servqual.statistics.contingency import (
        HomogeneityTest as HomogeneityTest, homogeneity_test as homogeneity_test,
        simulated_homogeneity as simulated_homogeneity)
    from servqual.statistics.square_tables import (
        bowker_test as bowker_test, stuart_maxwell_test as stuart_maxwell_test)
    from servqual.statistics.ratios import ratio_estimate as ratio_estimate
    from servqual.statistics.dirichlet import dirichlet_interval as dirichlet_interval
    from servqual.statistics.net_scores import (
        adjusted_net_interval as adjusted_net_interval, goodman_interval as goodman_interval,
        z_difference as z_difference, recovered_difference as recovered_difference)
    from servqual.statistics.importance import (
        ImportanceMethod as ImportanceMethod, variance_shares as variance_shares,
        sampled_variance_shares as sampled_variance_shares, explained_variance as explained_variance)
    from servqual.statistics.ordering_shares import SampledShares as SampledShares
    from servqual.statistics.dominance_tables import (
        Dominance as Dominance, Dominates as Dominates, dominance as dominance)
    from servqual.statistics.resampled_sums import (
        Respondents as Respondents, DrawnMoments as DrawnMoments, drawn_sums as drawn_sums,
        drawn_moments as drawn_moments)
    from servqual.statistics.wishart_draws import drawn_covariances as drawn_covariances
    from servqual.statistics.pair_matrices import (
        Metric as Metric, MissingRule as MissingRule)
    from servqual.statistics.pls_words import (
        OuterMode as OuterMode, InnerScheme as InnerScheme, SignRule as SignRule, PathState as PathState)
    from servqual.statistics.pls_plan import PathPlan as PathPlan
    from servqual.statistics.pls_recipe import PathRecipe as PathRecipe
    from servqual.statistics.pls_estimates import PathEstimates as PathEstimates
    from servqual.statistics.pls import pls_path_model as pls_path_model
    from servqual.statistics.pls_quality import (
        path_inflation as path_inflation, path_effect_sizes as path_effect_sizes, adjusted_r2 as adjusted_r2,
        communality as communality, redundancy as redundancy, composite_reliabilities as composite_reliabilities,
        consistent_reliabilities as consistent_reliabilities, indicator_inflation as indicator_inflation,
        heterotrait_ratios as heterotrait_ratios)
    from servqual.statistics.pls_refitting import refitted_effect_sizes as refitted_effect_sizes
    from servqual.statistics.pls_resampling import (
        PathRows as PathRows, PathReplicates as PathReplicates, bootstrap_path_models as bootstrap_path_models,
        jackknife_path_models as jackknife_path_models, permuted_path_models as permuted_path_models)
    from servqual.statistics.inapplicable import Inapplicable as Inapplicable
    from servqual.statistics._arguments import ArgumentError as ArgumentError
    from servqual.statistics.covarying_means import JointMeans as JointMeans, joint_means as joint_means
    from servqual.statistics.fieller_sets import fieller_interval as fieller_interval
    from servqual.statistics.repeat_buying import BuyingRates as BuyingRates
    from servqual.statistics.spending import SpendingRates as SpendingRates
    from servqual.statistics.departures import DepartureRates as DepartureRates
    from servqual.statistics.hazards import Lifetime as Lifetime, Weibull as Weibull, AdditiveWeibull as AdditiveWeibull
    from servqual.statistics.hazard_fits import (
        HazardFit as HazardFit, weibull_fit as weibull_fit, additive_weibull_fit as additive_weibull_fit)
    from servqual.statistics.life_tables import LifeTable as LifeTable, life_table as life_table
    from servqual.statistics.survival import (
        ProductLimit as ProductLimit, Lasting as Lasting, lasting_shares as lasting_shares)
    from servqual.statistics.exact_intervals import (
        clopper_pearson_interval as clopper_pearson_interval, poisson_interval as poisson_interval)
    from servqual.statistics.capability_figures import Indices as Indices, capability_indices as capability_indices
    from servqual.statistics.correlation_tests import (
        CorrelationTest as CorrelationTest, correlation_test as correlation_test)
    from servqual.statistics.shrinkage import Shrunken as Shrunken, shrunken as shrunken
    from servqual.statistics.run_rules import ControlRule as ControlRule
    from servqual.statistics.key_numbers import respondent_keys as respondent_keys
    from servqual.statistics.penalised_logistic import (
        PenalisedLogit as PenalisedLogit, penalised_logit as penalised_logit,
    )
    from servqual.statistics.rater_kappas import (
        cohen_kappa as cohen_kappa, fleiss_kappa as fleiss_kappa, krippendorff_alpha as krippendorff_alpha,
        resampled_alphas as resampled_alphas,
    )
else:
    __getattr__, __dir__, __all__ = attach(
        __name__,
        {
            "weights": ("WeightKind", "check_weights", "kish_effective_size"),
            "moments": ("Moments",),
            "clusters": ("ClusterSums", "cluster_standard_error"),
            "tallies": ("Tallies",),
            "crossproducts": ("CrossProducts", "PairedDifference"),
            "intervals": ("student_interval", "wilson_interval", "welch_degrees_of_freedom"),
            "outcomes": ("TestResult", "MeanTest", "RankTest"),
            "comparison": ("t_test", "one_sample_t", "paired_t", "welch_t", "cluster_t"),
            "sum_tests": ("mean_test", "pair_test", "mean_difference_test"),
            "anova": ("anova_from_sums", "eta_squared", "omega_squared"),
            "design_effects": ("design_effect", "expected_design_effect"),
            "_rank_tests": ("RankMethod",),
            "signed_ranks": ("signed_rank", "signed_rank_from_counts"),
            "rank_sums": ("rank_sum", "rank_sum_from_counts"),
            "effect_sizes": ("dz", "AverageSpread", "dav", "drm", "ds", "hedges_factor"),
            "effect_intervals": ("dz_interval", "dav_interval", "ds_interval"),
            "superiority": (
                "probability_superiority", "superiority_interval", "probability_superiority_unpaired",
                "superiority_interval_unpaired"),
            "equivalence": ("EquivalenceResult", "equivalence_test"),
            "multiplicity": ("Adjustment", "adjusted"),
            "plans": ("Plan",),
            "planning": ("sample_size_mean", "sample_size_share", "krejcie_morgan"),
            "margins": ("margin_of_error_mean", "margin_of_error_share"),
            "power": ("power_paired_t", "sample_size_paired_t", "sample_size_alpha", "sample_size_alpha_test"),
            "models": (
                "Covariance", "Estimator", "Norm", "Regression", "ols", "robust", "mixed", "engine", "FittedRows",
                "reset_test", "square_test", "breusch_pagan", "white_test", "ShapeTest", "normality", "serial_test",
                "panel_serial_test", "Influence", "influence", "GroupInfluence", "group_influence",
                "variance_inflation", "condition_number"),
            "consistency": (
                "cronbach_alpha", "standardised_alpha", "ItemTotal", "item_total", "guttman_lambda6",
                "difference_reliability"),
            "alpha_intervals": ("feldt_interval", "bonett_interval"),
            "halves": ("SplitHalf", "split_half", "Spread", "SplitHalves", "split_halves"),
            "composite": ("OneFactor", "omega", "composite_reliability"),
            "adequacy": ("SamplingAdequacy", "kmo", "ChiSquared", "bartlett_sphericity"),
            "factor_counts": ("Scree", "scree", "ParallelAnalysis", "parallel_analysis"),
            "factors": ("Extraction", "FactorFit", "ExploratoryFactors", "factor_analysis"),
            "rotation": ("Rotation", "Rotated", "rotate"),
            "model_fit": ("FitIndices",),
            "confirmatory": ("ConfirmatoryFactors", "confirmatory_factor_analysis"),
            "discriminant": ("average_variance_extracted", "FornellLarcker", "fornell_larcker", "htmt"),
            "group_variance": ("VarianceParts", "variance_parts"),
            "within_groups": ("WithinGroups",),
            "agreement_nulls": ("Null", "NullVariance", "null_variance", "continuous_null_variance"),
            "agreement": ("Agreement", "rwg", "rwg_j", "r_star_wg_j"),
            "scaled_agreement": ("ScaledAgreement", "awg", "awg_j"),
            "intraclass": ("GroupSize", "Intraclass", "icc", "spearman_brown"),
            "paths": ("Route", "total_effects", "indirect_effects", "specific_effects", "lagged_total_effects"),
            "products": ("ProductVariance", "product_test"),
            "resample_quantiles": ("QuantileRule",),
            "accelerations": ("bias_correction", "influence_acceleration", "jackknife_acceleration"),
            "bootstrap_intervals": ("percentile_interval", "basic_interval", "normal_interval", "bca_interval"),
            "regression_rows": ("RegressionRows",),
            "unit_products": ("UnitProducts",),
            "replicates": ("Replicates", "poisson_counts"),
            "resampling": ("Resampled", "moment_coefficients", "bootstrap_coefficients", "jackknife_coefficients"),
            "curves": ("Curve", "Steepness"),
            "monotone": ("MonotoneCurve", "monotone_curve"),
            "piecewise": ("PiecewiseCurve", "piecewise_curve"),
            "logistic": ("LogisticCurve", "logistic_curve"),
            "stacked_regressions": ("StackedRegressions", "stacked_ols"),
            "power_curves": ("size_for_power",),
            "contingency": ("HomogeneityTest", "homogeneity_test", "simulated_homogeneity"),
            "square_tables": ("bowker_test", "stuart_maxwell_test"),
            "ratios": ("ratio_estimate",),
            "dirichlet": ("dirichlet_interval",),
            "net_scores": ("adjusted_net_interval", "goodman_interval", "z_difference", "recovered_difference"),
            "importance": ("ImportanceMethod", "variance_shares", "sampled_variance_shares", "explained_variance"),
            "ordering_shares": ("SampledShares",),
            "dominance_tables": ("Dominance", "Dominates", "dominance"),
            "resampled_sums": ("Respondents", "DrawnMoments", "drawn_sums", "drawn_moments"),
            "wishart_draws": ("drawn_covariances",),
            "pair_matrices": ("Metric", "MissingRule"),
            "pls_words": ("OuterMode", "InnerScheme", "SignRule", "PathState"),
            "pls_plan": ("PathPlan",),
            "pls_recipe": ("PathRecipe",),
            "pls_estimates": ("PathEstimates",),
            "pls": ("pls_path_model",),
            "pls_quality": (
                "path_inflation", "path_effect_sizes", "adjusted_r2", "communality", "redundancy",
                "composite_reliabilities", "consistent_reliabilities", "indicator_inflation", "heterotrait_ratios"),
            "pls_refitting": ("refitted_effect_sizes",),
            "pls_resampling": (
                "PathRows", "PathReplicates", "bootstrap_path_models", "jackknife_path_models",
                "permuted_path_models"),
            "inapplicable": ("Inapplicable",),
            "_arguments": ("ArgumentError",),
            "covarying_means": ("JointMeans", "joint_means"),
            "fieller_sets": ("fieller_interval",),
            "repeat_buying": ("BuyingRates",),
            "spending": ("SpendingRates",),
            "departures": ("DepartureRates",),
            "hazards": ("Lifetime", "Weibull", "AdditiveWeibull"),
            "hazard_fits": ("HazardFit", "weibull_fit", "additive_weibull_fit"),
            "life_tables": ("LifeTable", "life_table"),
            "survival": ("ProductLimit", "Lasting", "lasting_shares"),
            "exact_intervals": ("clopper_pearson_interval", "poisson_interval"),
            "capability_figures": ("Indices", "capability_indices"),
            "correlation_tests": ("CorrelationTest", "correlation_test"),
            "shrinkage": ("Shrunken", "shrunken"),
            "run_rules": ("ControlRule",),
            "key_numbers": ("respondent_keys",),
            "penalised_logistic": ("PenalisedLogit", "penalised_logit"),
            "rater_kappas": ("cohen_kappa", "fleiss_kappa", "krippendorff_alpha", "resampled_alphas"),
        },
    )
# isort: on
# fmt: on
