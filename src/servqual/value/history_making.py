"""Purchases, one row each, to one history a customer."""

from __future__ import annotations

from typing import Any

import numpy as np

from servqual import _frames
from servqual._arrays import AnyArray, Bools, Floats
from servqual._frames.columns import column_of
from servqual.errors import Problem, WorthError, did_you_mean

_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}


def history_columns(
    frame: Any, names: tuple[str, str, str | None], end: Any, unit: str
) -> tuple[Floats, Floats, Floats, Floats | None]:
    """Return frequency, recency, age and mean money of repeat purchases, one row a customer in order of label.

    The names are those of the columns of customer, time and amount.
    """
    customer, time, amount = names
    opened = _frames.opened(frame)
    codes, labels = _frames.factorised(opened, customer)
    who = np.asarray(codes, np.int64)
    if not codes.size:
        raise WorthError(Problem("purchases", "none", "there is one at least"))
    when, last = _times(column_of(opened, time).to_numpy(), time, end, unit)
    paid = None if amount is None else np.asarray(_frames.numbers(opened, amount), np.float64)
    nobody = who == labels.index(None) if None in labels else np.zeros(who.size, bool)
    _check(nobody, when, paid, last, names)
    order = np.lexsort((when, who))
    who, when = who[order], when[order]
    starts = np.flatnonzero(np.r_[True, (np.diff(who) != 0) | (np.diff(when) != 0)])
    buyer, moment = who[starts], when[starts]
    first = np.r_[True, np.diff(buyer) != 0]
    origin, final = moment[first], moment[np.r_[first[1:], True]]
    repeats = np.bincount(buyer) - 1.0
    if paid is None:
        return repeats, final - origin, last - origin, None
    money = np.add.reduceat(paid[order], starts)
    later = np.bincount(buyer[~first], money[~first], repeats.size)
    return repeats, final - origin, last - origin, later / np.maximum(repeats, 1)


def _times(values: AnyArray, name: str, end: Any, unit: str) -> tuple[Floats, float]:
    """Return times and the end as numbers: dates in the unit asked for, by whole days, since the epoch."""
    if unit not in _DAYS:
        raise WorthError(Problem("unit", repr(unit), "time has a known unit", did_you_mean(unit, _DAYS)))
    if values.dtype.kind in "iuf":
        times = values.astype(np.float64)
        return times, float(np.nanmax(times)) if end is None else float(end)
    try:
        days = values.astype("datetime64[D]")
        finish = days[~np.isnat(days)].max() if end is None else np.datetime64(end, "D")
    except (ValueError, TypeError):
        rule = "times are dates or numbers"
        raise WorthError(Problem(f"column {name!r}", f"values such as {values[0]!r}", rule)) from None
    times = np.where(np.isnat(days), np.nan, days.astype(np.int64) / _DAYS[unit])
    return times, float(finish.astype(np.int64)) / _DAYS[unit]


def _check(nobody: Bools, when: Floats, paid: Floats | None, last: float, names: tuple[str, str, str | None]) -> None:
    wrong: dict[tuple[str | None, str], Bools] = {
        (names[0], "a purchase has a customer"): nobody,
        (names[1], "a purchase has a time"): np.isnan(when),
        (names[1], "purchases are not after the end of observation"): when > last,
    }
    if paid is not None:
        wrong[names[2], "a purchase has an amount above 0"] = ~(paid > 0)
    problems = [
        Problem(f"column {name!r}", f"{int(mask.sum())} rows against it, first row {int(mask.argmax())}", rule)
        for (name, rule), mask in wrong.items()
        if mask.any()
    ]
    if problems:
        raise WorthError(*problems)
