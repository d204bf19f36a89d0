"""Readings: what scores and answers mean, with their evidence; each takes a survey or a summary."""

from servqual.quality.answer_checks import DataQuality, data_quality
from servqual.quality.cleaning import Cleaned, Flags, Measures, without
from servqual.quality.confirming_factors import Confirmation, confirm_factors
from servqual.quality.consistency_reading import Reliability, reliability
from servqual.quality.construct_reading import Validity, validity
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
from servqual.quality.variance_reading import VarianceComponents, variance_components
from servqual.quality.views import TwoViews, two_views
from servqual.quality.zone_comparisons import ZoneComparison, compare_zones
from servqual.quality.zone_measures import tolerance_models, zone_models
from servqual.quality.zone_readings import ToleranceReading, tolerance
from servqual.scoring.level_score import LevelScore
from servqual.scoring.zone_scores import ZoneMeasure, ZoneScore

__all__ = [  # noqa: RUF022 - in the order of reading
    "data_quality",
    "DataQuality",
    "Flags",
    "Measures",
    "without",
    "Cleaned",
    "gap_tests",
    "GapTests",
    "GapTest",
    "GapVerdict",
    "gap_models",
    "LevelScore",
    "compare_groups",
    "GroupComparison",
    "GroupTest",
    "PairTest",
    "GroupVerdict",
    "tolerance",
    "ToleranceReading",
    "compare_zones",
    "ZoneComparison",
    "tolerance_models",
    "zone_models",
    "ZoneScore",
    "ZoneMeasure",
    "two_views",
    "TwoViews",
    "reliability",
    "Reliability",
    "ScaleReliability",
    "DifferenceParts",
    "validity",
    "Validity",
    "explore_factors",
    "Exploration",
    "confirm_factors",
    "Confirmation",
    "variance_components",
    "VarianceComponents",
    "critique",
    "Critique",
    "Finding",
    "FindingKind",
    "Severity",
    "Evidence",
    "Unchecked",
    "Explained",
    "Thresholds",
    "sample_size",
    "margin_of_error",
]
