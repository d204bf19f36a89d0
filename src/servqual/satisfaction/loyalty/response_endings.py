"""`Endings`: how long customers stay before a state that is never left, and which one it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.errors import LoyaltyError, Problem
from servqual.labels import Label, Language
from servqual.satisfaction.drawing import Rng, draws_asked
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.loyalty.response_words import ABSORPTION_TITLE, GIVEN, UNSEEN, labels_of
from servqual.statistics._arguments import check_confidence
from servqual.statistics.absorption import (
    absorption,
    absorption_errors,
    moving,
    resampled_absorption,
    without_way_out,
)
from servqual.statistics.bootstrap_intervals import percentile_interval
from servqual.statistics.intervals import student_interval
from servqual.tables import Table
from servqual.telling import Told, cells


@frozen(eq=False, getstate_setstate=False, repr=False)
class Endings(Holder):
    """How long it takes to a state that is never left, and with which probability it is which.

    Attributes
    ----------
    states, absorbing
        The states that are left, and those that are not.
    periods, periods_low, periods_high
        Expected periods until absorption from each state that is left, shape (t,).
    probabilities, low, high
        Of ending in each absorbing state, shape (t, absorbing).
    fundamental
        Expected periods spent in each state that is left, the present one counted, shape (t, t).
    method, confidence, failed
        Of the intervals, "delta" or "bootstrap"; resamples without a way out, which were left out.
    told
        The same as columns.
    """

    states: tuple[str, ...]
    absorbing: tuple[str, ...]
    periods: Floats = field(converter=floats)
    periods_low: Floats = field(converter=floats)
    periods_high: Floats = field(converter=floats)
    probabilities: Floats = field(converter=floats)
    low: Floats = field(converter=floats)
    high: Floats = field(converter=floats)
    fundamental: Floats = field(converter=floats)
    method: str
    confidence: float
    failed: int
    told: Told

    def __repr__(self) -> str:
        ends = ", ".join(f"{state} {time:.2f}" for state, time in zip(self.states, self.periods.tolist(), strict=True))
        return f"<Endings: expected periods {ends}; by {self.method}>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row for each state that is left."""
        return self.told.view(list(self.told.table.columns), language=language, named="state")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each state that is left."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        asked = {"method": self.method, "confidence": self.confidence, "failed": self.failed}
        reasons = {"intervals": GIVEN} if self.method == "none" else {}
        return {"reading": "endings", **asked, **self.told.whole().to_dict(), "inapplicable": reasons}


def endings_of(  # noqa: PLR0917 - private, and called once
    states: tuple[str, ...],
    matrix: Floats,
    counts: Floats | None,
    confidence: float,
    draws: int | None,
    rng: Rng,
    backend: str,
) -> Endings:
    """Return times and ends with their intervals; see `ResponseModel.endings`."""
    check_confidence(confidence)
    absorbing = np.flatnonzero(np.diag(matrix) == 1).tolist()
    _refuse(states, matrix, absorbing, counts, draws, rng)
    found, left = absorption(matrix, absorbing), moving(len(states), absorbing)
    table = np.column_stack([found.times, found.ends])
    low, high, method, failed = np.full(table.shape, np.nan), np.full(table.shape, np.nan), "none", 0
    total = None if counts is None else counts.sum(axis=1)
    many = draws_asked(draws, rng)
    if total is not None and many:
        times, ends, failed = resampled_absorption(matrix, absorbing, total, many, rng)
        low, high = percentile_interval(np.concatenate([times[:, None], ends], axis=1), confidence)
        method = "bootstrap"
    elif total is not None:
        errors = np.column_stack(absorption_errors(matrix, absorbing, total))
        low, high = student_interval(table, errors, np.inf, confidence)
        low, high = np.maximum(low, 0.0), np.column_stack([high[:, 0], np.minimum(high[:, 1:], 1.0)])
        method = "delta"
    names = tuple(states[place] for place in left), tuple(states[place] for place in absorbing)
    told = _told(names, (table, low, high), method, confidence, failed, backend)
    return Endings(
        *names, found.times, low[:, 0], high[:, 0], found.ends, low[:, 1:], high[:, 1:], found.fundamental, method,
        confidence, failed, told,
    )  # fmt: skip


def _refuse(  # noqa: PLR0917 - private, and called once
    states: Sequence[str], matrix: Floats, absorbing: list[int], counts: Floats | None, draws: int | None, rng: object
) -> None:
    problems: Problems = []
    unseen = [states[place] for place in np.flatnonzero(np.isnan(matrix).any(axis=1)).tolist()]
    if unseen:
        remedy = f"absorbing={unseen!r} if they are never left, or leave them out of states="
        problems.append(Problem("states", ", ".join(unseen), UNSEEN, remedy))
    elif not absorbing:
        rule = "an expected time has an end: some state is never left"
        problems.append(Problem("states", "every state is left", rule, "see steady_state() instead"))
    else:
        lost = [states[place] for place in without_way_out(matrix, absorbing)]
        if lost:
            rule = f"every state leads to one that is never left ({', '.join(states[each] for each in absorbing)})"
            problems.append(Problem("states", f"no way out of {', '.join(lost)}", rule))
    if attempt(problems, draws_asked, draws, rng) and counts is None:
        problems.append(Problem("rng", "given", GIVEN, "make the model of counts"))
    if problems:
        raise LoyaltyError(*problems)


def _told(  # noqa: PLR0917 - private, and called once
    names: tuple[tuple[str, ...], tuple[str, ...]],
    numbers: tuple[Floats, Floats, Floats],
    method: str,
    confidence: float,
    failed: int,
    backend: str,
) -> Told:
    columns: dict[str, Any] = {"state": list(names[0])}
    for place, name in enumerate(("periods", *(f"to_{each}" for each in names[1]))):
        for end, table in zip(("", "_low", "_high"), numbers, strict=True):
            if method != "none" or not end:
                columns[f"{name}{end}"] = cells(table[:, place])
    notes = [Label(GIVEN, "概率为给定值，误差未知")]
    if method != "none":
        zh = {"delta": "delta 法", "bootstrap": "自助法百分位"}[method]
        notes = [Label(f"{confidence:.0%} intervals by {method}", f"{confidence:.0%} 区间，{zh}")]
    if failed:
        notes.append(Label(f"{failed} resamples without a way out were left out", f"{failed} 个无出路的重抽样被略去"))
    return Told(Table(columns, backend=backend), labels_of(names[0]), ABSORPTION_TITLE, notes)
