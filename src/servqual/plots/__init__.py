"""Plots of results on matplotlib Axes; matplotlib is imported when the first one is drawn (extra ``plots``)."""

from servqual.plots.bands import zones, zones_table
from servqual.plots.bars import gaps
from servqual.plots.crosses import Cut
from servqual.plots.dumbbells import levels, levels_table
from servqual.plots.quarters import quadrant, quadrant_table
from servqual.plots.stacks import distribution, distribution_table
from servqual.plots.webs import radar

__all__ = ["Cut", "distribution", "distribution_table", "gaps", "levels", "levels_table", "quadrant", "quadrant_table", "radar", "zones", "zones_table"]
