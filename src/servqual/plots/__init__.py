"""Plots of results on matplotlib Axes; matplotlib is imported when the first one is drawn (extra ``plots``).

Each plot draws the numbers of a table that can be had without it: `gaps` those of ``scores.table``, `levels` and
`radar` those of `levels_table`, `zones`, `quadrant`, `distribution` and `trend` those of the function that is called
like them with ``_table`` behind; the others draw the table or the result that they are given. On Axes that are given,
letters shrink with the room there is; without them, a new figure is as high as its rows need.
"""

from typing import TYPE_CHECKING

from servqual._lazy import attach
from servqual.errors import PlotError as PlotError

# In the order of reading, several to a line: the map of a large room should fit on few screens.
# fmt: off
# isort: off
if TYPE_CHECKING:
    from servqual.plots.crosses import Cut as Cut
    from servqual.plots.bars import gaps as gaps
    from servqual.plots.dumbbells import levels as levels, levels_table as levels_table
    from servqual.plots.webs import radar as radar
    from servqual.plots.bands import zones as zones, zones_table as zones_table
    from servqual.plots.quarters import quadrant as quadrant, quadrant_table as quadrant_table
    from servqual.plots.stacks import distribution as distribution, distribution_table as distribution_table
    from servqual.plots.courses import trend as trend, trend_table as trend_table
    from servqual.plots.dots import reliability as reliability
    from servqual.plots.stems import item_total as item_total
    from servqual.plots.kano_points import kano_map as kano_map
    from servqual.plots.kano_stack import kano_shares as kano_shares
    from servqual.plots.kano_lines import kano_curves as kano_curves
    from servqual.plots.promoter_bar import nps as nps
    from servqual.plots.loyalty_quadrants import loyalty_map as loyalty_map
    from servqual.plots.driver_bars import drivers as drivers
    from servqual.plots.importance_map import importance_performance_items as importance_performance_items
    from servqual.plots.index_map import index_model as index_model
    from servqual.plots.construct_map import importance_performance as importance_performance
    from servqual.plots.chain_map import chain as chain
    from servqual.plots.control_lines import control_chart as control_chart
    from servqual.plots.gap_steps import waterfall as waterfall
    from servqual.plots.blueprint_map import blueprint as blueprint
    from servqual.plots.pareto_bars import pareto as pareto
    from servqual.plots.hazard_curves import hazard as hazard
    from servqual.plots.conformity_dots import conformance as conformance
    from servqual.plots.share_lines import p_chart as p_chart
    from servqual.plots.gap_causes import diagnosis as diagnosis
    from servqual.plots.promise_dots import promises as promises
    from servqual.plots.barrier_bars import barriers as barriers
    from servqual.plots.need_steps import needs_ladder as needs_ladder
    from servqual.plots.funnel_stages import complaint_funnel as complaint_funnel
    from servqual.plots.worth_map import value_map as value_map
    from servqual.plots.profit_stack import profit_years as profit_years
    from servqual.plots.npv_shares import npv as npv
    from servqual.plots.tornado_bars import tornado as tornado
    from servqual.plots.journey_line import journey as journey
    from servqual.plots.step_dots import step_profile as step_profile
else:
    __getattr__, __dir__, __all__ = attach(
        __name__,
        {
            "crosses": ("Cut",),
            "bars": ("gaps",),
            "dumbbells": ("levels", "levels_table"),
            "webs": ("radar",),
            "bands": ("zones", "zones_table"),
            "quarters": ("quadrant", "quadrant_table"),
            "stacks": ("distribution", "distribution_table"),
            "courses": ("trend", "trend_table"),
            "dots": ("reliability",),
            "stems": ("item_total",),
            "kano_points": ("kano_map",),
            "kano_stack": ("kano_shares",),
            "kano_lines": ("kano_curves",),
            "promoter_bar": ("nps",),
            "loyalty_quadrants": ("loyalty_map",),
            "driver_bars": ("drivers",),
            "importance_map": ("importance_performance_items",),
            "index_map": ("index_model",),
            "construct_map": ("importance_performance",),
            "chain_map": ("chain",),
            "control_lines": ("control_chart",),
            "gap_steps": ("waterfall",),
            "blueprint_map": ("blueprint",),
            "pareto_bars": ("pareto",),
            "hazard_curves": ("hazard",),
            "conformity_dots": ("conformance",),
            "share_lines": ("p_chart",),
            "gap_causes": ("diagnosis",),
            "promise_dots": ("promises",),
            "barrier_bars": ("barriers",),
            "need_steps": ("needs_ladder",),
            "funnel_stages": ("complaint_funnel",),
            "worth_map": ("value_map",),
            "profit_stack": ("profit_years",),
            "npv_shares": ("npv",),
            "tornado_bars": ("tornado",),
            "journey_line": ("journey",),
            "step_dots": ("step_profile",),
        },
    )
