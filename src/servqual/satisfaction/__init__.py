"""Satisfaction and loyalty: what delights, what drives loyalty, and one defensible number for it."""

from typing import TYPE_CHECKING

from servqual._lazy import attach

# In the order of reading, several to a line: the map of a large room should fit on few screens.
# fmt: off
# isort: off
if TYPE_CHECKING:
    from servqual.satisfaction.delight.words import (
        Category as Category, KanoAnswer as KanoAnswer, kano_instrument as kano_instrument,
    )
    from servqual.satisfaction.delight.tables import EvaluationTable as EvaluationTable
    from servqual.satisfaction.delight.rules import KanoRules as KanoRules, Leader as Leader
    from servqual.satisfaction.delight.study import KanoStudy as KanoStudy
    from servqual.satisfaction.delight.rows import (
        KanoFeature as KanoFeature, CategoryShare as CategoryShare, SegmentDifference as SegmentDifference,
    )
    from servqual.satisfaction.delight.results import KanoReading as KanoReading
    from servqual.satisfaction.delight.asking import kano as kano
    from servqual.satisfaction.delight.charm import charm_curve as charm_curve
    from servqual.satisfaction.reported.results import ReportedScore as ReportedScore, ReportedScores as ReportedScores
    from servqual.satisfaction.reported.promoter_rows import NetPromoter as NetPromoter
    from servqual.satisfaction.reported.promoters import (
        nps as nps, nps_from_counts as nps_from_counts, nps_sample_size as nps_sample_size,
    )
    from servqual.satisfaction.reported.top_box import (
        TopBox as TopBox, csat as csat, csat_from_counts as csat_from_counts,
    )
    from servqual.satisfaction.reported.effort import Effort as Effort, ces as ces, ces_from_counts as ces_from_counts
    from servqual.satisfaction.reported.differences import (
        ScoreDifference as ScoreDifference, ScoreDifferences as ScoreDifferences, compare_reported as compare_reported,
    )
    from servqual.satisfaction.loyalty.cuts import Thresholds as Thresholds
    from servqual.satisfaction.loyalty.words import LoyaltyType as LoyaltyType
    from servqual.satisfaction.loyalty.results import LoyaltyShare as LoyaltyShare, LoyaltyTypes as LoyaltyTypes
    from servqual.satisfaction.loyalty.typing import loyalty_types as loyalty_types
    from servqual.satisfaction.loyalty.moving import (
        LoyaltyMovement as LoyaltyMovement, loyalty_movement as loyalty_movement,
    )
    from servqual.satisfaction.loyalty.curves import LoyaltyCurve as LoyaltyCurve, loyalty_curve as loyalty_curve
    from servqual.satisfaction.loyalty.wallet_shares import (
        WalletShare as WalletShare, WalletShares as WalletShares, share_of_wallet as share_of_wallet,
        wallet_allocation as wallet_allocation,
    )
    from servqual.satisfaction.loyalty.response_words import RESPONSES as RESPONSES
    from servqual.satisfaction.loyalty.response_steady import SteadyState as SteadyState
    from servqual.satisfaction.loyalty.response_endings import Endings as Endings
    from servqual.satisfaction.loyalty.response_states import ResponseModel as ResponseModel
    from servqual.satisfaction.loyalty.responding import (
        response_model as response_model, response_model_from_counts as response_model_from_counts,
        response_model_from_probabilities as response_model_from_probabilities,
    )
    from servqual.satisfaction.covariance_source import Covariances as Covariances
    from servqual.satisfaction.driving.words import DriverVerdict as DriverVerdict
    from servqual.satisfaction.driving.results import Driver as Driver, Drivers as Drivers
    from servqual.satisfaction.driving.reading import drivers as drivers
    from servqual.satisfaction.priorities.quadrant_words import Quadrant as Quadrant, QuadrantCut as QuadrantCut
    from servqual.satisfaction.priorities.quadrant_results import (
        ItemPlace as ItemPlace, ImportancePerformance as ImportancePerformance,
    )
    from servqual.satisfaction.priorities.quadrant_reading import importance_performance as importance_performance
    from servqual.satisfaction.priorities.penalty_words import ImpactClass as ImpactClass, Factor as Factor
    from servqual.satisfaction.priorities.penalty_results import (
        ItemImpact as ItemImpact, PenaltyReward as PenaltyReward,
    )
    from servqual.satisfaction.priorities.penalty_reading import penalty_reward as penalty_reward
    from servqual.satisfaction.priorities.cause_results import (
        CauseVerdict as CauseVerdict, Cause as Cause, Causes as Causes,
    )
    from servqual.satisfaction.priorities.cause_reading import asymmetric_causes as asymmetric_causes
    from servqual.satisfaction.priorities.side_by_side_words import Disagreement as Disagreement
    from servqual.satisfaction.priorities.side_by_side_results import (
        ItemComparison as ItemComparison, ImportanceComparison as ImportanceComparison,
    )
    from servqual.satisfaction.priorities.side_by_side_reading import compare_importance as compare_importance
    from servqual.satisfaction.priorities.short_board_results import Stave as Stave, ShortBoard as ShortBoard
    from servqual.satisfaction.priorities.short_board_reading import short_board as short_board
    from servqual.satisfaction.priorities.object_results import (
        ObjectScore as ObjectScore, ObjectSatisfaction as ObjectSatisfaction,
    )
    from servqual.satisfaction.priorities.object_reading import satisfaction_by_object as satisfaction_by_object
    from servqual.satisfaction.indices.structural import Construct as Construct, StructuralModel as StructuralModel
    from servqual.satisfaction.indices.ready import ecsi as ecsi, acsi as acsi
    from servqual.satisfaction.indices.quantities import Quantity as Quantity, QuantityKind as QuantityKind
    from servqual.satisfaction.indices.recipes import IndexRecipe as IndexRecipe
    from servqual.satisfaction.indices.results import IndexFit as IndexFit
    from servqual.satisfaction.indices.fitting import fit_index as fit_index
    from servqual.satisfaction.indices.score_results import IndexScores as IndexScores
    from servqual.satisfaction.indices.scoring import index_scores as index_scores
    from servqual.satisfaction.indices.spread_rows import QuantitySpread as QuantitySpread
    from servqual.satisfaction.indices.spread import IndexBootstrap as IndexBootstrap
    from servqual.satisfaction.indices.resampling import bootstrap_index as bootstrap_index
    from servqual.satisfaction.indices.group_rows import GroupDifference as GroupDifference
    from servqual.satisfaction.indices.group_results import IndexGroupComparison as IndexGroupComparison
    from servqual.satisfaction.indices.groups import compare_index_groups as compare_index_groups
else:
    __getattr__, __dir__, __all__ = attach(
        __name__,
        {
            "delight.words": ("Category", "KanoAnswer", "kano_instrument"),
            "delight.tables": ("EvaluationTable",),
            "delight.rules": ("KanoRules", "Leader"),
            "delight.study": ("KanoStudy",),
            "delight.rows": ("KanoFeature", "CategoryShare", "SegmentDifference"),
            "delight.results": ("KanoReading",),
            "delight.asking": ("kano",),
            "delight.charm": ("charm_curve",),
            "reported.results": ("ReportedScore", "ReportedScores"),
            "reported.promoter_rows": ("NetPromoter",),
            "reported.promoters": ("nps", "nps_from_counts", "nps_sample_size"),
            "reported.top_box": ("TopBox", "csat", "csat_from_counts"),
            "reported.effort": ("Effort", "ces", "ces_from_counts"),
            "reported.differences": ("ScoreDifference", "ScoreDifferences", "compare_reported"),
            "loyalty.cuts": ("Thresholds",),
            "loyalty.words": ("LoyaltyType",),
            "loyalty.results": ("LoyaltyShare", "LoyaltyTypes"),
            "loyalty.typing": ("loyalty_types",),
            "loyalty.moving": ("LoyaltyMovement", "loyalty_movement"),
            "loyalty.curves": ("LoyaltyCurve", "loyalty_curve"),
            "loyalty.wallet_shares": ("WalletShare", "WalletShares", "share_of_wallet", "wallet_allocation"),
            "loyalty.response_words": ("RESPONSES",),
            "loyalty.response_steady": ("SteadyState",),
            "loyalty.response_endings": ("Endings",),
            "loyalty.response_states": ("ResponseModel",),
            "loyalty.responding": ("response_model", "response_model_from_counts", "response_model_from_probabilities"),
            "covariance_source": ("Covariances",),
            "driving.words": ("DriverVerdict",),
            "driving.results": ("Driver", "Drivers"),
            "driving.reading": ("drivers",),
            "priorities.quadrant_words": ("Quadrant", "QuadrantCut"),
            "priorities.quadrant_results": ("ItemPlace", "ImportancePerformance"),
            "priorities.quadrant_reading": ("importance_performance",),
            "priorities.penalty_words": ("ImpactClass", "Factor"),
            "priorities.penalty_results": ("ItemImpact", "PenaltyReward"),
            "priorities.penalty_reading": ("penalty_reward",),
            "priorities.cause_results": ("CauseVerdict", "Cause", "Causes"),
            "priorities.cause_reading": ("asymmetric_causes",),
            "priorities.side_by_side_words": ("Disagreement",),
            "priorities.side_by_side_results": ("ItemComparison", "ImportanceComparison"),
            "priorities.side_by_side_reading": ("compare_importance",),
            "priorities.short_board_results": ("Stave", "ShortBoard"),
            "priorities.short_board_reading": ("short_board",),
            "priorities.object_results": ("ObjectScore", "ObjectSatisfaction"),
            "priorities.object_reading": ("satisfaction_by_object",),
            "indices.structural": ("Construct", "StructuralModel"),
            "indices.ready": ("ecsi", "acsi"),
            "indices.quantities": ("Quantity", "QuantityKind"),
            "indices.recipes": ("IndexRecipe",),
            "indices.results": ("IndexFit",),
            "indices.fitting": ("fit_index",),
            "indices.score_results": ("IndexScores",),
            "indices.scoring": ("index_scores",),
            "indices.spread_rows": ("QuantitySpread",),
            "indices.spread": ("IndexBootstrap",),
            "indices.resampling": ("bootstrap_index",),
            "indices.group_rows": ("GroupDifference",),
            "indices.group_results": ("IndexGroupComparison",),
            "indices.groups": ("compare_index_groups",),
        },
    )
