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
        },
    )
