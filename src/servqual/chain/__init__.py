"""The service-profit chain: from employees over customers to profit, by regressions on units."""

from typing import TYPE_CHECKING

from servqual._lazy import attach

# In the order of reading, several to a line: the map of a large room should fit on few screens.
# fmt: off
# isort: off
if TYPE_CHECKING:
    from servqual.chain.forms import (
        Form as Form, Linear as Linear, Log as Log, Piecewise as Piecewise, asymmetric as asymmetric,
    )
    from servqual.chain.link import Link as Link
    from servqual.chain.walking import Path as Path
    from servqual.chain.graph import Chain as Chain
    from servqual.chain.aggregating import aggregate as aggregate
    from servqual.chain.aggregation import Aggregation as Aggregation, PeopleCount as PeopleCount
    from servqual.chain.evidence import Evidence as Evidence, NullEvidence as NullEvidence, UnitScatter as UnitScatter
    from servqual.chain.units import UnitTable as UnitTable
    from servqual.chain.join_report import JoinReport as JoinReport, JoinedSource as JoinedSource
    from servqual.chain.recipes import Recipe as Recipe, FixedEffect as FixedEffect, RowRule as RowRule
    from servqual.chain.row_accounts import RowAccount as RowAccount, Dropped as Dropped
    from servqual.chain.equations import Equation as Equation, Term as Term, Role as Role
    from servqual.chain.fitted import Fit as Fit
    from servqual.chain.fitting import fit as fit, regressions as regressions
    from servqual.chain.correlations import fit_correlations as fit_correlations
    from servqual.chain.effect_words import EffectKind as EffectKind, EffectMethod as EffectMethod
    from servqual.chain.effect_values import Effect as Effect, ShareMediated as ShareMediated
    from servqual.chain.effect_rows import Effects as Effects
    from servqual.chain.effect_reading import effects as effects
    from servqual.chain.total_rows import TotalEffect as TotalEffect, TotalEffects as TotalEffects
    from servqual.chain.total_reading import total_effects as total_effects
    from servqual.chain.diagnosed import RuleOfThumb as RuleOfThumb, Check as Check, Diagnostics as Diagnostics
    from servqual.chain.diagnosing import diagnostics as diagnostics
    from servqual.chain.scenario import Scenario as Scenario, ScenarioKind as ScenarioKind
    from servqual.chain.projection import Projection as Projection, Projected as Projected, Movement as Movement
    from servqual.chain.projecting import project as project
    from servqual.chain.lever_results import (
        Measure as Measure, Lever as Lever, LeverVerdict as LeverVerdict, Levers as Levers,
    )
    from servqual.chain.lever_ranking import levers as levers
    from servqual.chain.shape_results import (
        FormRow as FormRow, LinkShape as LinkShape, FormComparison as FormComparison,
    )
    from servqual.chain.shape_words import ShapeVerdict as ShapeVerdict, AsymmetryVerdict as AsymmetryVerdict
    from servqual.chain.shaping import compare_forms as compare_forms
    from servqual.chain.power_results import PowerCurve as PowerCurve, PowerRow as PowerRow
    from servqual.chain.planning import power as power
else:
    __getattr__, __dir__, __all__ = attach(
        __name__,
        {
            "forms": ("Form", "Linear", "Log", "Piecewise", "asymmetric"),
            "link": ("Link",),
            "walking": ("Path",),
            "graph": ("Chain",),
            "aggregating": ("aggregate",),
            "aggregation": ("Aggregation", "PeopleCount"),
            "evidence": ("Evidence", "NullEvidence", "UnitScatter"),
            "units": ("UnitTable",),
            "join_report": ("JoinReport", "JoinedSource"),
            "recipes": ("Recipe", "FixedEffect", "RowRule"),
            "row_accounts": ("RowAccount", "Dropped"),
            "equations": ("Equation", "Term", "Role"),
            "fitted": ("Fit",),
            "fitting": ("fit", "regressions"),
            "correlations": ("fit_correlations",),
            "effect_words": ("EffectKind", "EffectMethod"),
            "effect_values": ("Effect", "ShareMediated"),
            "effect_rows": ("Effects",),
            "effect_reading": ("effects",),
            "total_rows": ("TotalEffect", "TotalEffects"),
            "total_reading": ("total_effects",),
            "diagnosed": ("RuleOfThumb", "Check", "Diagnostics"),
            "diagnosing": ("diagnostics",),
            "scenario": ("Scenario", "ScenarioKind"),
            "projection": ("Projection", "Projected", "Movement"),
            "projecting": ("project",),
            "lever_results": ("Measure", "Lever", "LeverVerdict", "Levers"),
            "lever_ranking": ("levers",),
            "shape_results": ("FormRow", "LinkShape", "FormComparison"),
            "shape_words": ("ShapeVerdict", "AsymmetryVerdict"),
            "shaping": ("compare_forms",),
            "power_results": ("PowerCurve", "PowerRow"),
            "planning": ("power",),
        },
    )
