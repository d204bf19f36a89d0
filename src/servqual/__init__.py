"""Service quality as a computable model.

An instrument says what may be asked, a survey holds what was answered, a model turns a survey into scores.
Names are grouped below in the order of that sentence; each is imported on first use.
"""

from typing import TYPE_CHECKING

from servqual._lazy import attach

__version__ = "0.1.0"

if TYPE_CHECKING:
    from servqual import (
        catalogue as catalogue,
        chain as chain,
        encounters as encounters,
        engines as engines,
        errors as errors,
        gap_model as gap_model,
        instruments as instruments,
        operations as operations,
        plots as plots,
        quality as quality,
        reports as reports,
        satisfaction as satisfaction,
        scoring as scoring,
        simulate as simulate,
        statistics as statistics,
        testing as testing,
        value as value,
    )
    from servqual.files import read_survey as read_survey
    from servqual.gap_model import GapModel as GapModel, diagnose as diagnose
    from servqual.instruments import (
        Dimension as Dimension,
        Instrument as Instrument,
        Item as Item,
        Level as Level,
        Scale as Scale,
    )
    from servqual.labels import Label as Label, Language as Language
    from servqual.quality import (
        Thresholds as Thresholds,
        answer_quantiles as answer_quantiles,
        compare_groups as compare_groups,
        compare_zones as compare_zones,
        confirm_factors as confirm_factors,
        correlations as correlations,
        critique as critique,
        data_quality as data_quality,
        explore_factors as explore_factors,
        gap_models as gap_models,
        gap_tests as gap_tests,
        margin_of_error as margin_of_error,
        reliability as reliability,
        sample_size as sample_size,
        tolerance as tolerance,
        tolerance_models as tolerance_models,
        two_views as two_views,
        unit_means as unit_means,
        validity as validity,
        variance_components as variance_components,
        without as without,
    )
    from servqual.ratings import (
        Expectation as Expectation,
        Gap as Gap,
        Importance as Importance,
        Perception as Perception,
    )
    from servqual.reports import brief as brief, report as report
    from servqual.scoring import (
        Adequacy as Adequacy,
        Difference as Difference,
        Disconfirmation as Disconfirmation,
        EvaluatedPerformance as EvaluatedPerformance,
        NormedQuality as NormedQuality,
        PerformanceOnly as PerformanceOnly,
        Scores as Scores,
        Summary as Summary,
        Superiority as Superiority,
        Weighted as Weighted,
        score as score,
        summarize as summarize,
    )
    from servqual.statistics.weights import WeightKind as WeightKind
    from servqual.survey import Survey as Survey
    from servqual.tables import Table as Table
    from servqual.zones import Standing as Standing, ToleranceZone as ToleranceZone
else:
    __getattr__, __dir__, __all__ = attach(
        __name__,
        {
            "labels": ("Label", "Language"),
            "instruments": ("Scale", "Level", "Item", "Dimension", "Instrument"),
            "ratings": ("Perception", "Expectation", "Gap", "Importance"),
            "zones": ("ToleranceZone", "Standing"),
            "survey": ("Survey",),
            "statistics.weights": ("WeightKind",),
            "files": ("read_survey",),
            "scoring": (
                "Difference",
                "PerformanceOnly",
                "Weighted",
                "Adequacy",
                "Superiority",
                "EvaluatedPerformance",
                "NormedQuality",
                "Disconfirmation",
                "score",
                "Scores",
                "summarize",
                "Summary",
            ),
            "tables": ("Table",),
            "reports": ("report", "brief"),
            "quality": (
                "data_quality",
                "without",
                "answer_quantiles",
                "gap_tests",
                "gap_models",
                "compare_groups",
                "unit_means",
                "tolerance",
                "tolerance_models",
                "compare_zones",
                "two_views",
                "correlations",
                "reliability",
                "validity",
                "explore_factors",
                "confirm_factors",
                "variance_components",
                "critique",
                "Thresholds",
                "sample_size",
                "margin_of_error",
            ),
            "gap_model": ("GapModel", "diagnose"),
        },
        (
            "instruments",
            "catalogue",
            "scoring",
            "statistics",
            "simulate",
            "quality",
            "gap_model",
            "satisfaction",
            "encounters",
            "operations",
            "chain",
            "value",
            "plots",
            "testing",
            "engines",
            "reports",
            "errors",
        ),
    )
