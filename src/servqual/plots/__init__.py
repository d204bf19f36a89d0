"""Plots of results on matplotlib Axes; matplotlib is imported when the first one is drawn (extra ``plots``)."""

from servqual.plots.bars import gaps

__all__ = ["gaps"]
