"""Encounters: moments of truth, what staff do in them, and complaints with their recovery."""

from typing import TYPE_CHECKING

from servqual._lazy import attach

# In the order of reading, several to a line: the map of a large room should fit on few screens.
# fmt: off
# isort: off
if TYPE_CHECKING:
    from servqual.encounters.complaints.words import (
        Branch as Branch, CountedShare as CountedShare, Distribution as Distribution,
    )
    from servqual.encounters.complaints.funnel import ComplaintFunnel as ComplaintFunnel
    from servqual.encounters.complaints.risk_results import (
        BranchRow as BranchRow, RecoveryLever as RecoveryLever, ComplaintRisk as ComplaintRisk,
    )
    from servqual.encounters.complaints.risk import complaint_risk as complaint_risk
    from servqual.encounters.complaints.case_rates import (
        ComplaintRates as ComplaintRates, complaint_rates as complaint_rates,
    )
    from servqual.encounters.complaints.paradox import (
        FailureState as FailureState, ParadoxVerdict as ParadoxVerdict, ParadoxRow as ParadoxRow,
        RecoveryParadox as RecoveryParadox, recovery_paradox as recovery_paradox,
    )
    from servqual.encounters.complaints.handling import (
        HandlingRow as HandlingRow, HandlingTimes as HandlingTimes, handling_times as handling_times,
    )
    from servqual.encounters.moments.moment_words import Moment as Moment
    from servqual.encounters.moments.journeys import Journeys as Journeys
    from servqual.encounters.moments.whole_journeys import (
        JourneyScores as JourneyScores, journey_scores as journey_scores,
    )
    from servqual.encounters.moments.group_scores import (
        EncounterScore as EncounterScore, EncounterScores as EncounterScores, encounter_scores as encounter_scores,
    )
    from servqual.encounters.moments.ledgers import (
        MomentMark as MomentMark, LedgerEntry as LedgerEntry, JourneyLedger as JourneyLedger,
        journey_ledger as journey_ledger,
    )
    from servqual.encounters.moments.effect_results import (
        OutcomeKind as OutcomeKind, MomentEffect as MomentEffect, MomentEffects as MomentEffects,
    )
    from servqual.encounters.moments.outcome_reading import moment_effects as moment_effects
    from servqual.encounters.moments.incidents import (
        IncidentGroup as IncidentGroup, CriticalIncidents as CriticalIncidents,
        critical_incidents as critical_incidents,
    )
    from servqual.encounters.moments.vendor_case import (
        CaseEncounter as CaseEncounter, VendorCase as VendorCase, lost_contract as lost_contract,
    )
    from servqual.encounters.behaviours.step_reading import (
        StepScore as StepScore, StepScores as StepScores, step_scores as step_scores,
    )
    from servqual.encounters.behaviours.rater_reading import (
        RaterAgreement as RaterAgreement, RaterAgreements as RaterAgreements, rater_agreement as rater_agreement,
    )
    from servqual.encounters.behaviours.confirm_reading import (
        Rescue as Rescue, ConfirmContrast as ConfirmContrast, ConfirmEffect as ConfirmEffect,
        confirm_effect as confirm_effect,
    )
    from servqual.encounters.behaviours.need_coverage_reading import (
        NeedCoverage as NeedCoverage, NeedCoverages as NeedCoverages, need_coverage as need_coverage,
    )
    from servqual.encounters.behaviours.visit_planning import VisitPlan as VisitPlan, mystery_visits as mystery_visits
else:
    __getattr__, __dir__, __all__ = attach(
        __name__,
        {
            "complaints.words": ("Branch", "CountedShare", "Distribution"),
            "complaints.funnel": ("ComplaintFunnel",),
            "complaints.risk_results": ("BranchRow", "RecoveryLever", "ComplaintRisk"),
            "complaints.risk": ("complaint_risk",),
            "complaints.case_rates": ("ComplaintRates", "complaint_rates"),
            "complaints.paradox": (
                "FailureState", "ParadoxVerdict", "ParadoxRow", "RecoveryParadox", "recovery_paradox",
            ),
            "complaints.handling": ("HandlingRow", "HandlingTimes", "handling_times"),
            "moments.moment_words": ("Moment",),
            "moments.journeys": ("Journeys",),
            "moments.whole_journeys": ("JourneyScores", "journey_scores"),
            "moments.group_scores": ("EncounterScore", "EncounterScores", "encounter_scores"),
            "moments.ledgers": ("MomentMark", "LedgerEntry", "JourneyLedger", "journey_ledger"),
            "moments.effect_results": ("OutcomeKind", "MomentEffect", "MomentEffects"),
            "moments.outcome_reading": ("moment_effects",),
            "moments.incidents": ("IncidentGroup", "CriticalIncidents", "critical_incidents"),
            "moments.vendor_case": ("CaseEncounter", "VendorCase", "lost_contract"),
            "behaviours.step_reading": ("StepScore", "StepScores", "step_scores"),
            "behaviours.rater_reading": ("RaterAgreement", "RaterAgreements", "rater_agreement"),
            "behaviours.confirm_reading": ("Rescue", "ConfirmContrast", "ConfirmEffect", "confirm_effect"),
            "behaviours.need_coverage_reading": ("NeedCoverage", "NeedCoverages", "need_coverage"),
            "behaviours.visit_planning": ("VisitPlan", "mystery_visits"),
        },
    )
