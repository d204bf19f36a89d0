"""Readings: what scores and answers mean, with their evidence; each takes a survey or a summary."""

from servqual.quality.answer_checks import DataQuality, data_quality
from servqual.quality.cleaning import Cleaned, Flags, Measures, without
from servqual.quality.views import TwoViews, two_views
from servqual.quality.zone_comparisons import ZoneComparison, compare_zones
from servqual.quality.zone_readings import ToleranceReading, tolerance
from servqual.quality.zone_scores import ZoneMeasure, ZoneScore, tolerance_models, zone_models

__all__ = [  # noqa: RUF022 - in the order of reading
    "data_quality",
    "DataQuality",
    "Flags",
    "Measures",
    "without",
    "Cleaned",
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
]
