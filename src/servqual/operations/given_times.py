"""Times as numbers: of columns, arrays and single values, which are numbers already or dates of one kind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np

from servqual._arrays import AnyArray, Floats

MICROSECOND = timedelta(microseconds=1)


class TimeKind(StrEnum):
    """What times are: numbers, dates as a clock shows them, or dates with a time zone."""

    NUMBERS = "numbers"
    DATES = "dates without a time zone"
    ZONED = "dates with a time zone"


class Times(NamedTuple):
    """Times as numbers, NaN where there is none; dates in steps since 1970. The kind is None where all are missing."""

    values: Floats
    kind: TimeKind | None


def times_of(values: AnyArray, step: timedelta) -> Times | None:
    """Return an array of numbers, of datetime64 or of Python dates as times; None where it is none of these, or mixed.

    Examples
    --------
    >>> times_of(np.array([datetime(2026, 3, 1, 12), None]), timedelta(days=1)).values
    array([20513.5,     nan])
    """
    if values.dtype.kind in "iuf":
        numbers = values.astype(np.float64)
        return Times(numbers, None if np.isnan(numbers).all() else TimeKind.NUMBERS)
    if values.dtype.kind == "M":
        return since_1970(values.astype("datetime64[us]"), step, TimeKind.DATES)
    # only NaN and NaT differ from themselves
    plain = [None if each is None or each != each else each for each in values.tolist()]  # noqa: PLR0124
    dates = [each for each in plain if each is not None]
    zoned = {isinstance(each, datetime) and each.tzinfo is not None for each in dates}
    if len(zoned) > 1 or not all(isinstance(each, date) for each in dates):
        return None
    clock = [np.datetime64("NaT", "us") if each is None else np.datetime64(_in_utc(each), "us") for each in plain]
    kind = (TimeKind.ZONED if zoned == {True} else TimeKind.DATES) if dates else None
    return since_1970(np.array(clock, "datetime64[us]"), step, kind)


def time_of(value: Any, step: timedelta) -> Times | None:
    """Return one number or date as an array of one time, or None where it is neither."""
    if isinstance(value, bool | str):
        return None
    array = np.asarray(value)
    if array.ndim or array.dtype.kind not in "iufMO":
        return None
    return times_of(array.reshape(1), step)


def since_1970(moments: AnyArray, step: timedelta, kind: TimeKind | None) -> Times:
    """Return datetime64 as times."""
    values = np.asarray((moments - np.datetime64(0, "us")) / np.timedelta64(step), np.float64)
    return Times(values, kind if kind is not None and not np.isnan(values).all() else None)


def _in_utc(moment: date) -> date:
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return (moment - (moment.utcoffset() or timedelta())).replace(tzinfo=None)
    return moment
