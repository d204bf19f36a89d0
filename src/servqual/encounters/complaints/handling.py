"""`handling_times`: how long complaints take, those that are still open counted as what they are."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual._frames.named import named_columns
from servqual.errors import ComplaintError, Problem
from servqual.labels import Label, Language
from servqual.statistics import Inapplicable
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import columns_of, inapplicable
from servqual.statistics.survival import ProductLimit
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable
_TITLE = Label("Handling time of complaints", "投诉处理时间")
_CHINESE = {"all": "全部", "missing": "缺失"}
_NOT_REACHED = Inapplicable("fewer than that share are closed so far")
_NO_END = Inapplicable("too few are closed so far to bound it")
_UNSEEN = Inapplicable("no complaint has been watched that long")


@frozen(kw_only=True, repr=False)
class HandlingRow:
    """Handling times of one group.

    Attributes
    ----------
    group, n, open
        "all", or a label; complaints, and those still open.
    median, median_low, median_high
        Time by which half of them are closed, with its interval.
    ninetieth
        Time by which nine in ten are closed.
    within, within_low, within_high
        Share closed within the limit.
    """

    group: str
    n: int
    open: int
    median: Number
    median_low: Number
    median_high: Number
    ninetieth: Number
    within: Number
    within_low: Number
    within_high: Number

    def __repr__(self) -> str:
        return f"<HandlingRow {self.group}: median {float(self.median):.2f}, {self.n} complaints>"


@frozen(eq=False, repr=False)
class HandlingTimes:
    """How long complaints take, over all and by group.

    Attributes
    ----------
    rows
        All complaints first, then each group.
    curves
        The product-limit curve of each row, for plots.
    limit, confidence
        Of the share within, and of the intervals.
    """

    rows: tuple[HandlingRow, ...]
    curves: tuple[ProductLimit, ...]
    limit: float
    confidence: float

    @property
    def overall(self) -> HandlingRow:
        """That of all complaints."""
        return self.rows[0]

    def __repr__(self) -> str:
        row = self.overall
        within = f"{float(row.within):.1%} within {self.limit:g}"
        return f"<HandlingTimes: median {float(row.median):.2f}, {within}; {row.n} complaints, {row.open} open>"

    def _told(self) -> Told:
        notes = [
            Label(
                f"Kaplan and Meier, with complaints that are still open; within {self.limit:g}; "
                f"{self.confidence:.0%} intervals",
                f"Kaplan-Meier 估计，未结投诉按截尾处理；时限 {self.limit:g}；{self.confidence:.0%} 区间",
            )
        ]
        labels = [Label(each.group, _CHINESE.get(each.group, each.group)) for each in self.rows]
        return Told(columns_of(self.rows, HandlingRow, ("n", "open")), labels, _TITLE, notes)

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row for all complaints and each group."""
        told = self._told()
        return told.view(list(told.table.columns), language=language, named="group")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row for all complaints and each group."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        reasons = [{"group": each.group, **inapplicable(each)} for each in self.rows]
        about = {"limit": self.limit, "confidence": self.confidence, "inapplicable": reasons}
        return {"reading": "handling_times", **about, **self._told().whole().to_dict()}


def handling_times(
    source: Any,
    *,
    limit: float,
    time: str = "time",
    closed: str = "closed",
    by: str | None = None,
    confidence: float = 0.95,
) -> HandlingTimes:
    """Handling time of complaints by the product-limit estimate: median, ninth decile, share within a limit.

    Leaving out complaints that are still open makes handling look faster than it is; counting their time so far as if
    they were closed does too. Both count here as times that are known to be longer.

    Parameters
    ----------
    source
        A frame or a mapping name → values, one row a complaint.
    limit
        What "in time" is, above 0, in the unit of the times.
    time, closed
        Columns: time from complaint to solution, or until now where it is open, 0 or above; and 1 or 0 for whether it
        is closed.
    by
        Column of groups.
    confidence
        Of intervals.

    Raises
    ------
    ComplaintError
        Columns that are not there, times below zero or missing, closed other than 0 and 1, a limit not above zero.

    References
    ----------
    Kaplan & Meier 1958, Journal of the American Statistical Association 53(282):457-481; Brookmeyer & Crowley 1982,
    Biometrics 38(1):29-41 (interval of the median).

    Examples
    --------
    >>> handling_times({"time": [1, 2, 3, 4, 9], "closed": [1, 1, 1, 1, 0]}, limit=3.5)
    <HandlingTimes: median 3.00, 60.0% within 3.5; 5 complaints, 1 open>
    """
    check_confidence(confidence)
    columns = named_columns(source, [time, closed], [] if by is None else [by], ComplaintError)
    values, ended = columns.numbers
    _check((time, closed), values, ended, limit)
    seen = ended == 1
    groups: list[tuple[str, Bools]] = [("all", np.ones(values.size, bool))]
    if by is not None:
        codes, labels = columns.labels[by]
        groups += [("missing" if label is None else str(label), codes == code) for code, label in enumerate(labels)]
    curves = [ProductLimit.of(values[mask], seen[mask]) for _, mask in groups]
    rows = [_row(name, curve, limit, confidence) for (name, _), curve in zip(groups, curves, strict=True)]
    return HandlingTimes(tuple(rows), tuple(curves), limit, confidence)


def _row(name: str, curve: ProductLimit, limit: float, confidence: float) -> HandlingRow:
    median, low, high = curve.quantile(0.5, confidence)
    ninetieth = curve.quantile(0.9, confidence)[0]
    return HandlingRow(
        group=name,
        n=curve.n,
        open=curve.n - curve.events,
        median=_known(median, _NOT_REACHED),
        median_low=_known(low, _NO_END),
        median_high=_known(high, _NO_END),
        ninetieth=_known(ninetieth, _NOT_REACHED),
        **_within(curve, limit, confidence),
    )


def _within(curve: ProductLimit, limit: float, confidence: float) -> dict[str, Number]:
    """Return the share closed within the limit and its interval."""
    names = ("within", "within_low", "within_high")
    done = int(np.searchsorted(curve.times, limit, side="right"))
    if curve.longest < limit and (not curve.times.size or curve.survival[-1] > 0):
        return dict.fromkeys(names, _UNSEEN)
    if not done:
        return {"within": 0.0, "within_low": _NO_END, "within_high": _NO_END}
    low, high = curve.band(confidence)
    ends = (1 - high[done - 1], 1 - low[done - 1])
    within = float(1 - curve.survival[done - 1])
    return {"within": within, **{name: _known(float(end), _NO_END) for name, end in zip(names[1:], ends, strict=True)}}


def _known(value: float, otherwise: Inapplicable) -> Number:
    return otherwise if np.isnan(value) else float(value)


def _check(names: tuple[str, str], values: Floats, ended: Floats, limit: float) -> None:
    problems = []
    if not values.size:
        problems.append(Problem("source", "no rows", "there is a complaint at least"))
    bad = np.flatnonzero(~(values >= 0) | ~np.isfinite(values))
    if bad.size:
        found = f"{values[bad[0]]:g} in row {bad[0]}, {bad.size} in all"
        problems.append(Problem(f"column {names[0]!r}", found, "a complaint has a time, 0 or above"))
    wrong = np.flatnonzero((ended != 0) & (ended != 1))
    if wrong.size:
        found = f"{ended[wrong[0]]:g} in row {wrong[0]}, {wrong.size} in all"
        problems.append(Problem(f"column {names[1]!r}", found, "a complaint is closed, 1, or open, 0"))
    if not 0 < limit < np.inf:
        problems.append(Problem("limit", f"{limit:g}", "it is above 0"))
    if problems:
        raise ComplaintError(*problems)
