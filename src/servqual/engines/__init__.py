"""Answers beyond memory: batches and files, Dask and Spark, and services that see answers one batch at a time."""

from typing import TYPE_CHECKING

from servqual._lazy import attach

# In the order of reading, several to a line: the map of a large room should fit on few screens.
# fmt: off
# isort: off
if TYPE_CHECKING:
    from servqual.engines.faults import SetAside as SetAside
    from servqual.engines.partial_summary import PartialSummary as PartialSummary
    from servqual.engines.sources import batches as batches
    from servqual.engines.streaming import surveys as surveys, summarize_batches as summarize_batches
    from servqual.engines.parquet_scores import ScoresFile as ScoresFile, score_to_parquet as score_to_parquet
    from servqual.engines.on_dask import dask_summary as dask_summary, dask_scores as dask_scores
    from servqual.engines.on_spark import spark_summary as spark_summary, spark_scores as spark_scores
    from servqual.engines.tracking import Tracker as Tracker
    from servqual.engines.control_results import (
        ControlVerdict as ControlVerdict, ControlPoint as ControlPoint, ControlChart as ControlChart,
    )
    from servqual.engines.control import control_chart as control_chart
else:
    __getattr__, __dir__, __all__ = attach(
        __name__,
        {
            "faults": ("SetAside",),
            "partial_summary": ("PartialSummary",),
            "sources": ("batches",),
            "streaming": ("surveys", "summarize_batches"),
            "parquet_scores": ("ScoresFile", "score_to_parquet"),
            "on_dask": ("dask_summary", "dask_scores"),
            "on_spark": ("spark_summary", "spark_scores"),
            "tracking": ("Tracker",),
            "control_results": ("ControlVerdict", "ControlPoint", "ControlChart"),
            "control": ("control_chart",),
        },
    )
