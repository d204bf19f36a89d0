"""Plots of results on matplotlib Axes; matplotlib is imported when the first one is drawn (extra ``plots``).

Each plot draws the numbers of a table that can be had without it: `gaps` those of ``scores.table``, `levels` and
`radar` those of `levels_table`, `zones`, `quadrant`, `distribution` and `trend` those of the function that is called
like them with ``_table`` behind; `reliability` and `item_total` draw the table that they are given; `chain`
draws a chain or its fit. On Axes that are
given, letters shrink with the room there is; without them, a new figure is as high as its rows need.
"""

from servqual.errors import PlotError
from servqual.plots.bands import zones, zones_table
from servqual.plots.bars import gaps
from servqual.plots.chain_map import chain
from servqual.plots.courses import trend, trend_table
from servqual.plots.crosses import Cut
from servqual.plots.dots import reliability
from servqual.plots.dumbbells import levels, levels_table
from servqual.plots.quarters import quadrant, quadrant_table
from servqual.plots.stacks import distribution, distribution_table
from servqual.plots.stems import item_total
from servqual.plots.webs import radar

__all__ = [
    "Cut",
    "PlotError",
    "chain",
    "distribution",
    "distribution_table",
    "gaps",
    "item_total",
    "levels",
    "levels_table",
    "quadrant",
    "quadrant_table",
    "radar",
    "reliability",
    "trend",
    "trend_table",
    "zones",
    "zones_table",
]
