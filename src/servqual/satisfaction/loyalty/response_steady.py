"""`SteadyState`: the distribution over states that stays, where there is one."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.labels import Label, Language
from servqual.satisfaction.loyalty.response_words import GIVEN, STEADY_TITLE, UNSEEN, labels_of
from servqual.statistics import Inapplicable
from servqual.statistics._arguments import check_confidence
from servqual.statistics.intervals import student_interval
from servqual.statistics.transitions import closed_classes, period_of, stationary, stationary_errors
from servqual.tables import Table
from servqual.telling import Told, cells


@frozen(eq=False, getstate_setstate=False, repr=False)
class SteadyState(Holder):
    """The distribution over states that stays the same from period to period, ``π P = π``.

    Attributes
    ----------
    states, shares, low, high
        Shares with intervals by the delta method; NaN where probabilities were given without counts.
    confidence, told
        Of the intervals; the same as columns.
    """

    states: tuple[str, ...]
    shares: Floats = field(converter=floats)
    low: Floats = field(converter=floats)
    high: Floats = field(converter=floats)
    confidence: float
    told: Told

    def __repr__(self) -> str:
        said = (f"{state} {share:.3f}" for state, share in zip(self.states, self.shares.tolist(), strict=True))
        return f"<SteadyState: {', '.join(said)}>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row for each state."""
        return self.told.view(list(self.told.table.columns), language=language, named="state")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each state."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        reasons = {"intervals": GIVEN} if np.isnan(self.low).all() else {}
        return {"reading": "steady_state", "confidence": self.confidence, **self.told.whole().to_dict(),
                "inapplicable": reasons}  # fmt: skip


def steady_state_of(
    states: tuple[str, ...], matrix: Floats, counts: Floats | None, confidence: float, backend: str
) -> SteadyState | Inapplicable:
    """Return the steady state of an irreducible, aperiodic chain, or why there is none."""
    check_confidence(confidence)
    why = _why_not(states, matrix)
    if why:
        return Inapplicable(why)
    shares = stationary(matrix)
    low, high = np.full(shares.shape, np.nan), np.full(shares.shape, np.nan)
    note = Label(GIVEN, "概率为给定值，误差未知")
    if counts is not None:
        errors = stationary_errors(matrix, counts.sum(axis=1))
        low, high = student_interval(shares, errors, np.inf, confidence)
        low, high = np.clip(low, 0, 1), np.clip(high, 0, 1)
        note = Label(f"{confidence:.0%} intervals by delta", f"{confidence:.0%} 区间，delta 法")
    columns: dict[str, Any] = {"state": list(states), "share": cells(shares), "low": cells(low), "high": cells(high)}
    told = Told(Table(columns, backend=backend), labels_of(states), STEADY_TITLE, [note])
    return SteadyState(states, shares, low, high, confidence, told)


def _why_not(states: tuple[str, ...], matrix: Floats) -> str:
    unseen = [states[place] for place in np.flatnonzero(np.isnan(matrix).any(axis=1))]
    if unseen:
        return f"{', '.join(unseen)}: {UNSEEN}"
    closed = closed_classes(matrix)
    if len(closed) > 1 or len(closed[0]) < len(states):
        sets = "; ".join(", ".join(states[place] for place in each) for each in closed)
        return f"not every state leads to every other (reducible): what is entered is not left: {sets}"
    period = period_of(matrix)
    return f"states return in steps of {period} only (periodic), so that shares swing" if period > 1 else ""
