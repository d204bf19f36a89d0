"""Readings: what scores and answers mean, with their evidence; each takes a survey or a summary."""

from servqual.quality.answer_checks import DataQuality, data_quality
from servqual.quality.answer_points import AnswerQuantiles, answer_quantiles
from servqual.quality.cleaning import Cleaned, Flags, Measures, without
from servqual.quality.confirming_factors import Confirmation, confirm_factors
from servqual.quality.consistency_reading import Reliability, reliability
from servqual.quality.construct_reading import Validity, validity
from servqual.quality.correlation_reading import correlations
from servqual.quality.correlation_results import Correlations, JointTable
from servqual.quality.criterion_reading import Explained
from servqual.quality.critic import Critique, critique
from servqual.quality.exploring_factors import Exploration, explore_factors
from servqual.quality.findings import Evidence, Finding, FindingKind, Severity, Unchecked
from servqual.quality.gap_results import GapTest, GapTests
from servqual.quality.gap_sides import gap_models
from servqual.quality.gap_testing import gap_tests
from servqual.quality.gap_words import GapVerdict
from servqual.quality.group_comparison import compare_groups
from servqual.quality.group_results import GroupComparison, GroupTest, GroupVerdict, PairTest
from servqual.quality.planning_door import margin_of_error, sample_size
from servqual.quality.scale_reliability import DifferenceParts, ScaleReliability
from servqual.quality.thresholds import Thresholds
from servqual.quality.unit_reading import unit_means
from servqual.quality.unit_results import UnitMeans
from servqual.quality.variance_reading import VarianceComponents, variance_components
from servqual.quality.views import TwoViews, two_views
from servqual.quality.zone_comparisons import ZoneComparison, compare_zones
from servqual.quality.zone_measures import tolerance_models, zone_models
from servqual.quality.zone_readings import ToleranceReading, tolerance
from servqual.scoring.level_score import LevelScore
from servqual.scoring.zone_scores import ZoneMeasure, ZoneScore

__all__ = [
    "AnswerQuantiles",
    "Cleaned",
    "Confirmation",
    "Correlations",
    "Critique",
    "DataQuality",
    "DifferenceParts",
    "Evidence",
    "Explained",
    "Exploration",
    "Finding",
    "FindingKind",
    "Flags",
    "GapTest",
    "GapTests",
    "GapVerdict",
    "GroupComparison",
    "GroupTest",
    "GroupVerdict",
    "JointTable",
    "LevelScore",
    "Measures",
    "PairTest",
    "Reliability",
    "ScaleReliability",
    "Severity",
    "Thresholds",
    "ToleranceReading",
    "TwoViews",
    "Unchecked",
    "UnitMeans",
    "Validity",
    "VarianceComponents",
    "ZoneComparison",
    "ZoneMeasure",
    "ZoneScore",
    "answer_quantiles",
    "compare_groups",
    "compare_zones",
    "confirm_factors",
    "correlations",
    "critique",
    "data_quality",
    "explore_factors",
    "gap_models",
    "gap_tests",
    "margin_of_error",
    "reliability",
    "sample_size",
    "tolerance",
    "tolerance_models",
    "two_views",
    "unit_means",
    "validity",
    "variance_components",
    "without",
    "zone_models",
]
