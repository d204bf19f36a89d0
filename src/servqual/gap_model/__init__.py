"""The five gaps as a ledger with uncertainty: gaps, their causes, and what to mend first."""

from typing import TYPE_CHECKING

from servqual._lazy import attach

# In the order of reading, several to a line: the map of a large room should fit on few screens.
# fmt: off
# isort: off
if TYPE_CHECKING:
    from servqual.gap_model.gap_words import Station as Station, GapName as GapName, StationGap as StationGap
    from servqual.gap_model.source import Source as Source
    from servqual.gap_model.model import GapModel as GapModel
    from servqual.gap_model.gap_rows import GapFinding as GapFinding, GapEstimate as GapEstimate
    from servqual.gap_model.bounds import GapBounds as GapBounds
    from servqual.gap_model.gap_results import Gaps as Gaps
    from servqual.gap_model.share_results import GapShare as GapShare, GapShares as GapShares
    from servqual.gap_model.unit_gaps import UnitGaps as UnitGaps
    from servqual.gap_model.influence_words import (
        Direction as Direction, InfluenceVerdict as InfluenceVerdict, InfluenceMethod as InfluenceMethod,
    )
    from servqual.gap_model.cause_words import Cause as Cause
    from servqual.gap_model.cause_data import known_causes as known_causes
    from servqual.gap_model.antecedent_scores import Antecedents as Antecedents
    from servqual.gap_model.influence_results import (
        Influence as Influence, Equation as Equation, Influences as Influences,
    )
    from servqual.gap_model.gap_causes import explain_gaps as explain_gaps
    from servqual.gap_model.determinant_words import ExpectationPart as ExpectationPart
    from servqual.gap_model.expectation_sources import explain_expectations as explain_expectations
    from servqual.gap_model.diagnosed_gap import DiagnosedGap as DiagnosedGap
    from servqual.gap_model.diagnosis_results import Diagnosis as Diagnosis
    from servqual.gap_model.diagnosing import diagnose as diagnose
else:
    __getattr__, __dir__, __all__ = attach(
        __name__,
        {
            "gap_words": ("Station", "GapName", "StationGap"),
            "source": ("Source",),
            "model": ("GapModel",),
            "gap_rows": ("GapFinding", "GapEstimate"),
            "bounds": ("GapBounds",),
            "gap_results": ("Gaps",),
            "share_results": ("GapShare", "GapShares"),
            "unit_gaps": ("UnitGaps",),
            "influence_words": ("Direction", "InfluenceVerdict", "InfluenceMethod"),
            "cause_words": ("Cause",),
            "cause_data": ("known_causes",),
            "antecedent_scores": ("Antecedents",),
            "influence_results": ("Influence", "Equation", "Influences"),
            "gap_causes": ("explain_gaps",),
            "determinant_words": ("ExpectationPart",),
            "expectation_sources": ("explain_expectations",),
            "diagnosed_gap": ("DiagnosedGap",),
            "diagnosis_results": ("Diagnosis",),
            "diagnosing": ("diagnose",),
        },
    )
