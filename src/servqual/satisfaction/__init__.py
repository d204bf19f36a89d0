"""Satisfaction and loyalty: what delights, what drives loyalty, and one defensible number for it."""

from typing import TYPE_CHECKING

from servqual._lazy import attach

# In the order of reading, several to a line: the map of a large room should fit on few screens.
# fmt: off
# isort: off
if TYPE_CHECKING:
    from servqual.satisfaction.kano_words import (
        Category as Category, KanoAnswer as KanoAnswer, kano_instrument as kano_instrument,
    )
    from servqual.satisfaction.kano_tables import EvaluationTable as EvaluationTable
    from servqual.satisfaction.kano_rules import KanoRules as KanoRules, Leader as Leader
    from servqual.satisfaction.kano_study import KanoStudy as KanoStudy
    from servqual.satisfaction.kano_rows import (
        KanoFeature as KanoFeature, CategoryShare as CategoryShare, SegmentDifference as SegmentDifference,
    )
    from servqual.satisfaction.kano_results import KanoReading as KanoReading
    from servqual.satisfaction.kano_asking import kano as kano
    from servqual.satisfaction.kano_charm import charm_curve as charm_curve
    from servqual.satisfaction.reported_results import ReportedScore as ReportedScore, ReportedScores as ReportedScores
    from servqual.satisfaction.promoter_rows import NetPromoter as NetPromoter
    from servqual.satisfaction.promoters import (
        nps as nps, nps_from_counts as nps_from_counts, nps_sample_size as nps_sample_size,
    )
    from servqual.satisfaction.top_box import TopBox as TopBox, csat as csat, csat_from_counts as csat_from_counts
    from servqual.satisfaction.effort import Effort as Effort, ces as ces
    from servqual.satisfaction.score_differences import (
        ScoreDifference as ScoreDifference, ScoreDifferences as ScoreDifferences, compare_reported as compare_reported,
    )
    from servqual.satisfaction.loyalty_cuts import Thresholds as Thresholds
    from servqual.satisfaction.loyalty_words import LoyaltyType as LoyaltyType
    from servqual.satisfaction.loyalty_results import LoyaltyShare as LoyaltyShare, LoyaltyTypes as LoyaltyTypes
    from servqual.satisfaction.loyalty_typing import loyalty_types as loyalty_types
    from servqual.satisfaction.loyalty_moving import (
        LoyaltyMovement as LoyaltyMovement, loyalty_movement as loyalty_movement,
    )
    from servqual.satisfaction.loyalty_curves import LoyaltyCurve as LoyaltyCurve, loyalty_curve as loyalty_curve
    from servqual.satisfaction.wallet_shares import (
        WalletShare as WalletShare, WalletShares as WalletShares, share_of_wallet as share_of_wallet,
        wallet_allocation as wallet_allocation,
    )
    from servqual.satisfaction.response_words import RESPONSES as RESPONSES
    from servqual.satisfaction.response_steady import SteadyState as SteadyState
    from servqual.satisfaction.response_endings import Endings as Endings
    from servqual.satisfaction.response_states import ResponseModel as ResponseModel
    from servqual.satisfaction.responding import (
        response_model as response_model, response_model_from_counts as response_model_from_counts,
        response_model_from_probabilities as response_model_from_probabilities,
    )
    from servqual.satisfaction.covariance_source import Covariances as Covariances
    from servqual.satisfaction.driver_words import DriverVerdict as DriverVerdict
    from servqual.satisfaction.driver_results import Driver as Driver, Drivers as Drivers
    from servqual.satisfaction.driver_reading import drivers as drivers
    from servqual.satisfaction.quadrant_words import Quadrant as Quadrant, QuadrantCut as QuadrantCut
    from servqual.satisfaction.quadrant_results import (
        ItemPlace as ItemPlace, ImportancePerformance as ImportancePerformance,
    )
    from servqual.satisfaction.quadrant_reading import importance_performance as importance_performance
    from servqual.satisfaction.penalty_words import ImpactClass as ImpactClass, Factor as Factor
    from servqual.satisfaction.penalty_results import ItemImpact as ItemImpact, PenaltyReward as PenaltyReward
    from servqual.satisfaction.penalty_reading import penalty_reward as penalty_reward
    from servqual.satisfaction.cause_results import CauseVerdict as CauseVerdict, Cause as Cause, Causes as Causes
    from servqual.satisfaction.cause_reading import asymmetric_causes as asymmetric_causes
    from servqual.satisfaction.side_by_side_words import Disagreement as Disagreement
    from servqual.satisfaction.side_by_side_results import (
        ItemComparison as ItemComparison, ImportanceComparison as ImportanceComparison,
    )
    from servqual.satisfaction.side_by_side_reading import compare_importance as compare_importance
    from servqual.satisfaction.short_board_results import Stave as Stave, ShortBoard as ShortBoard
    from servqual.satisfaction.short_board_reading import short_board as short_board
    from servqual.satisfaction.object_results import (
        ObjectScore as ObjectScore, ObjectSatisfaction as ObjectSatisfaction,
    )
    from servqual.satisfaction.object_reading import satisfaction_by_object as satisfaction_by_object
    from servqual.satisfaction.structural import Construct as Construct, StructuralModel as StructuralModel
    from servqual.satisfaction.ready_indices import ecsi as ecsi, acsi as acsi
    from servqual.satisfaction.index_quantities import Quantity as Quantity, QuantityKind as QuantityKind
    from servqual.satisfaction.index_recipes import IndexRecipe as IndexRecipe
    from servqual.satisfaction.index_results import IndexFit as IndexFit
    from servqual.satisfaction.index_fitting import fit_index as fit_index
    from servqual.satisfaction.index_score_results import IndexScores as IndexScores
    from servqual.satisfaction.index_scoring import index_scores as index_scores
    from servqual.satisfaction.index_spread_rows import QuantitySpread as QuantitySpread
    from servqual.satisfaction.index_spread import IndexBootstrap as IndexBootstrap
    from servqual.satisfaction.index_resampling import bootstrap_index as bootstrap_index
    from servqual.satisfaction.index_group_rows import GroupDifference as GroupDifference
    from servqual.satisfaction.index_group_results import IndexGroupComparison as IndexGroupComparison
    from servqual.satisfaction.index_groups import compare_index_groups as compare_index_groups
else:
    __getattr__, __dir__, __all__ = attach(
        __name__,
        {
            "kano_words": ("Category", "KanoAnswer", "kano_instrument"),
            "kano_tables": ("EvaluationTable",),
            "kano_rules": ("KanoRules", "Leader"),
            "kano_study": ("KanoStudy",),
            "kano_rows": ("KanoFeature", "CategoryShare", "SegmentDifference"),
            "kano_results": ("KanoReading",),
            "kano_asking": ("kano",),
            "kano_charm": ("charm_curve",),
            "reported_results": ("ReportedScore", "ReportedScores"),
            "promoter_rows": ("NetPromoter",),
            "promoters": ("nps", "nps_from_counts", "nps_sample_size"),
            "top_box": ("TopBox", "csat", "csat_from_counts"),
            "effort": ("Effort", "ces"),
            "score_differences": ("ScoreDifference", "ScoreDifferences", "compare_reported"),
            "loyalty_cuts": ("Thresholds",),
            "loyalty_words": ("LoyaltyType",),
            "loyalty_results": ("LoyaltyShare", "LoyaltyTypes"),
            "loyalty_typing": ("loyalty_types",),
            "loyalty_moving": ("LoyaltyMovement", "loyalty_movement"),
            "loyalty_curves": ("LoyaltyCurve", "loyalty_curve"),
            "wallet_shares": ("WalletShare", "WalletShares", "share_of_wallet", "wallet_allocation"),
            "response_words": ("RESPONSES",),
            "response_steady": ("SteadyState",),
            "response_endings": ("Endings",),
            "response_states": ("ResponseModel",),
            "responding": ("response_model", "response_model_from_counts", "response_model_from_probabilities"),
            "covariance_source": ("Covariances",),
            "driver_words": ("DriverVerdict",),
            "driver_results": ("Driver", "Drivers"),
            "driver_reading": ("drivers",),
            "quadrant_words": ("Quadrant", "QuadrantCut"),
            "quadrant_results": ("ItemPlace", "ImportancePerformance"),
            "quadrant_reading": ("importance_performance",),
            "penalty_words": ("ImpactClass", "Factor"),
            "penalty_results": ("ItemImpact", "PenaltyReward"),
            "penalty_reading": ("penalty_reward",),
            "cause_results": ("CauseVerdict", "Cause", "Causes"),
            "cause_reading": ("asymmetric_causes",),
            "side_by_side_words": ("Disagreement",),
            "side_by_side_results": ("ItemComparison", "ImportanceComparison"),
            "side_by_side_reading": ("compare_importance",),
            "short_board_results": ("Stave", "ShortBoard"),
            "short_board_reading": ("short_board",),
            "object_results": ("ObjectScore", "ObjectSatisfaction"),
            "object_reading": ("satisfaction_by_object",),
            "structural": ("Construct", "StructuralModel"),
            "ready_indices": ("ecsi", "acsi"),
            "index_quantities": ("Quantity", "QuantityKind"),
            "index_recipes": ("IndexRecipe",),
            "index_results": ("IndexFit",),
            "index_fitting": ("fit_index",),
            "index_score_results": ("IndexScores",),
            "index_scoring": ("index_scores",),
            "index_spread_rows": ("QuantitySpread",),
            "index_spread": ("IndexBootstrap",),
            "index_resampling": ("bootstrap_index",),
            "index_group_rows": ("GroupDifference",),
            "index_group_results": ("IndexGroupComparison",),
            "index_groups": ("compare_index_groups",),
        },
    )
