"""Columns of dates as numbers, without a Python value for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from servqual._arrays import Floats
from servqual._frames.columns import column_of

if TYPE_CHECKING:
    import narwhals as nw


def timestamps(frame: nw.DataFrame[Any], name: str) -> tuple[Floats, bool] | None:
    """Return microseconds since 1970 of a column of dates, NaN where one is missing, and whether it has a time zone.

    Moments with a zone are those of UTC, moments without one are as the clock shows them. A column of anything else
    gives None.

    Raises
    ------
    SurveyError
        There is no such column.
    """
    import narwhals as nw

    series = column_of(frame, name)
    if series.dtype == nw.Date:
        series = series.cast(nw.Datetime("us"))
    if series.dtype != nw.Datetime:
        return None
    missing = series.is_null().to_numpy()
    numbers = series.dt.timestamp("us").cast(nw.Float64).to_numpy()
    return np.where(missing, np.nan, numbers), getattr(series.dtype, "time_zone", None) is not None
