"""Plots of results on matplotlib Axes; matplotlib is imported when the first one is drawn (extra ``plots``)."""

from servqual.plots.bands import zones, zones_table
from servqual.plots.bars import gaps
from servqual.plots.dumbbells import levels, levels_table
from servqual.plots.webs import radar

__all__ = ["gaps", "levels", "levels_table", "radar", "zones", "zones_table"]
