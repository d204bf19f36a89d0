"""Operations behind a service: standards and indicators, promises, barriers, processes, reliability over life."""

from typing import TYPE_CHECKING

from servqual._lazy import attach

# In the order of reading, several to a line: the map of a large room should fit on few screens.
# fmt: off
# isort: off
if TYPE_CHECKING:
    from servqual.operations.process.steps import Lane as Lane, Step as Step, HandOver as HandOver
    from servqual.operations.process.service_process import ServiceProcess as ServiceProcess
    from servqual.operations.process.hand_over_words import HandOverVerdict as HandOverVerdict
    from servqual.operations.process.hand_over_results import (
        HandOverQuality as HandOverQuality, ProcessRoute as ProcessRoute, InternalCustomers as InternalCustomers,
    )
    from servqual.operations.process.hand_over_reading import internal_customers as internal_customers
    from servqual.operations.failing.failure_modes import CauseClass as CauseClass, FailureMode as FailureMode
    from servqual.operations.failing.failure_results import (
        FailureRank as FailureRank, CauseSum as CauseSum, Failures as Failures,
    )
    from servqual.operations.failing.failure_reading import failures as failures
    from servqual.operations.lives.life_words import LifeShape as LifeShape
    from servqual.operations.lives.life_results import LifeMeasure as LifeMeasure, LifeCourse as LifeCourse
    from servqual.operations.lives.life_reading import life_course as life_course
    from servqual.operations.lives.quality_words import QualityField as QualityField
    from servqual.operations.lives.quality_results import (
        QualityShare as QualityShare, QualitySlope as QualitySlope, TwoQualities as TwoQualities,
    )
    from servqual.operations.lives.quality_reading import two_qualities as two_qualities
    from servqual.operations.standards.words import (
        StandardKind as StandardKind, StandardVerdict as StandardVerdict, ServiceLevel as ServiceLevel,
        ServiceStage as ServiceStage,
    )
    from servqual.operations.standards.standard import Standard as Standard
    from servqual.operations.standards.conformance_results import (
        ConformityShare as ConformityShare, Conformance as Conformance,
    )
    from servqual.operations.standards.conforming import (
        conformance as conformance, conformance_from_counts as conformance_from_counts,
    )
    from servqual.operations.standards.share_points import SharePoint as SharePoint, ShareChart as ShareChart
    from servqual.operations.standards.share_charts import p_chart as p_chart
    from servqual.operations.standards.capability_results import (
        ProcessCapability as ProcessCapability, Capability as Capability,
    )
    from servqual.operations.standards.capability_reading import capability as capability
    from servqual.operations.standards.tracing_results import (
        TraceState as TraceState, TracedDimension as TracedDimension, Tracing as Tracing,
    )
    from servqual.operations.standards.tracing import trace_standards as trace_standards
    from servqual.operations.standards.level_results import UnitLevel as UnitLevel, ServiceLevels as ServiceLevels
    from servqual.operations.standards.level_reading import service_levels as service_levels
    from servqual.operations.standards.stage_results import StageShare as StageShare, StageReading as StageReading
    from servqual.operations.standards.service_stages import service_stage as service_stage
    from servqual.operations.standards.competition_stages import (
        CompetitionStage as CompetitionStage, ReasonShare as ReasonShare, CompetitionReading as CompetitionReading,
        competition_stage as competition_stage,
    )
    from servqual.operations.indicators.words import ContactKind as ContactKind, Indicator as Indicator
    from servqual.operations.indicators.indicator_results import (
        IndicatorEstimate as IndicatorEstimate, ServiceIndicators as ServiceIndicators,
    )
    from servqual.operations.indicators.log_reading import service_indicators as service_indicators
    from servqual.operations.indicators.correlation_results import (
        OperatingCorrelation as OperatingCorrelation, OperatingCorrelations as OperatingCorrelations,
    )
    from servqual.operations.indicators.lagged_reading import operating_correlations as operating_correlations
    from servqual.operations.promises.promise_words import (
        PromiseFamily as PromiseFamily, PromiseVerdict as PromiseVerdict,
    )
    from servqual.operations.promises.promise_results import (
        PromiseGap as PromiseGap, PromiseStep as PromiseStep, PromiseGaps as PromiseGaps,
    )
    from servqual.operations.promises.promise_reading import promise_gaps as promise_gaps
    from servqual.operations.promises.audit_results import (
        AuditScore as AuditScore, PromiseAudit as PromiseAudit, PromiseAnswer as PromiseAnswer,
        PromiseAnswers as PromiseAnswers,
    )
    from servqual.operations.promises.audit_reading import (
        audit_promises as audit_promises, answer_promises as answer_promises,
    )
    from servqual.operations.promises.guarantee_results import (
        GuaranteedLevel as GuaranteedLevel, Guarantee as Guarantee,
    )
    from servqual.operations.promises.guarantee_reading import guarantee as guarantee
    from servqual.operations.barriers.barrier_words import Barrier as Barrier
    from servqual.operations.barriers.barrier_results import (
        BarrierShare as BarrierShare, BindingBarriers as BindingBarriers,
    )
    from servqual.operations.barriers.barrier_reading import binding_barriers as binding_barriers
    from servqual.operations.barriers.growth_results import PeriodLevel as PeriodLevel, LevelGrowth as LevelGrowth
    from servqual.operations.barriers.growth_reading import level_growth as level_growth
    from servqual.operations.offering.profile_words import (
        Characteristic as Characteristic, ServicePart as ServicePart, ServiceAttribute as ServiceAttribute,
    )
    from servqual.operations.offering.profile_results import (
        CharacteristicPlace as CharacteristicPlace, PartPlace as PartPlace, ServiceProfile as ServiceProfile,
    )
    from servqual.operations.offering.profile_reading import service_profile as service_profile
    from servqual.operations.offering.evaluation_words import (
        Evaluation as Evaluation, Judgeable as Judgeable, ReferenceOffering as ReferenceOffering,
        CONTINUUM as CONTINUUM, nearest_offering as nearest_offering,
    )
    from servqual.operations.offering.evaluation_results import (
        EvaluationPlace as EvaluationPlace, EvaluationPlaces as EvaluationPlaces,
    )
    from servqual.operations.offering.evaluation_reading import evaluation_places as evaluation_places
    from servqual.operations.offering.need_results import NeedRung as NeedRung, NeedsLadder as NeedsLadder
    from servqual.operations.offering.need_reading import climb_needs as climb_needs
else:
    __getattr__, __dir__, __all__ = attach(
        __name__,
        {
            "process.steps": ("Lane", "Step", "HandOver"),
            "process.service_process": ("ServiceProcess",),
            "process.hand_over_words": ("HandOverVerdict",),
            "process.hand_over_results": ("HandOverQuality", "ProcessRoute", "InternalCustomers"),
            "process.hand_over_reading": ("internal_customers",),
            "failing.failure_modes": ("CauseClass", "FailureMode"),
            "failing.failure_results": ("FailureRank", "CauseSum", "Failures"),
            "failing.failure_reading": ("failures",),
            "lives.life_words": ("LifeShape",),
            "lives.life_results": ("LifeMeasure", "LifeCourse"),
            "lives.life_reading": ("life_course",),
            "lives.quality_words": ("QualityField",),
            "lives.quality_results": ("QualityShare", "QualitySlope", "TwoQualities"),
            "lives.quality_reading": ("two_qualities",),
            "standards.words": ("StandardKind", "StandardVerdict", "ServiceLevel", "ServiceStage"),
            "standards.standard": ("Standard",),
            "standards.conformance_results": ("ConformityShare", "Conformance"),
            "standards.conforming": ("conformance", "conformance_from_counts"),
            "standards.share_points": ("SharePoint", "ShareChart"),
            "standards.share_charts": ("p_chart",),
            "standards.capability_results": ("ProcessCapability", "Capability"),
            "standards.capability_reading": ("capability",),
            "standards.tracing_results": ("TraceState", "TracedDimension", "Tracing"),
            "standards.tracing": ("trace_standards",),
            "standards.level_results": ("UnitLevel", "ServiceLevels"),
            "standards.level_reading": ("service_levels",),
            "standards.stage_results": ("StageShare", "StageReading"),
            "standards.service_stages": ("service_stage",),
            "standards.competition_stages": (
                "CompetitionStage", "ReasonShare", "CompetitionReading", "competition_stage",
            ),
            "indicators.words": ("ContactKind", "Indicator"),
            "indicators.indicator_results": ("IndicatorEstimate", "ServiceIndicators"),
            "indicators.log_reading": ("service_indicators",),
            "indicators.correlation_results": ("OperatingCorrelation", "OperatingCorrelations"),
            "indicators.lagged_reading": ("operating_correlations",),
            "promises.promise_words": ("PromiseFamily", "PromiseVerdict"),
            "promises.promise_results": ("PromiseGap", "PromiseStep", "PromiseGaps"),
            "promises.promise_reading": ("promise_gaps",),
            "promises.audit_results": ("AuditScore", "PromiseAudit", "PromiseAnswer", "PromiseAnswers"),
            "promises.audit_reading": ("audit_promises", "answer_promises"),
            "promises.guarantee_results": ("GuaranteedLevel", "Guarantee"),
            "promises.guarantee_reading": ("guarantee",),
            "barriers.barrier_words": ("Barrier",),
            "barriers.barrier_results": ("BarrierShare", "BindingBarriers"),
            "barriers.barrier_reading": ("binding_barriers",),
            "barriers.growth_results": ("PeriodLevel", "LevelGrowth"),
            "barriers.growth_reading": ("level_growth",),
            "offering.profile_words": ("Characteristic", "ServicePart", "ServiceAttribute"),
            "offering.profile_results": ("CharacteristicPlace", "PartPlace", "ServiceProfile"),
            "offering.profile_reading": ("service_profile",),
            "offering.evaluation_words": (
                "Evaluation", "Judgeable", "ReferenceOffering", "CONTINUUM", "nearest_offering",
            ),
            "offering.evaluation_results": ("EvaluationPlace", "EvaluationPlaces"),
            "offering.evaluation_reading": ("evaluation_places",),
            "offering.need_results": ("NeedRung", "NeedsLadder"),
            "offering.need_reading": ("climb_needs",),
        },
    )
