"""Moves between states as a table, and forecasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from servqual._arrays import Floats
from servqual.errors import LoyaltyError, Problem
from servqual.labels import Label, Language
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.loyalty.response_intake import known_states
from servqual.satisfaction.loyalty.response_words import FORECAST_TITLE, MOVES_TITLE, UNSEEN, labels_of
from servqual.statistics import wilson_interval
from servqual.statistics.dirichlet import dirichlet_interval
from servqual.tables import Table
from servqual.telling import Told, cells

_METHODS = {
    "wilson": Label("Wilson's, each alone", "Wilson 区间（各自成立）"),
    "dirichlet": Label("Dirichlet, 1/2 added to each (Jeffreys)", "Dirichlet 区间（各加 1/2，Jeffreys）"),
}


def moves_told(  # noqa: PLR0917 - private, and called once
    states: Sequence[str], matrix: Floats, counts: Floats | None, interval: str, confidence: float, backend: str
) -> Told:
    """Return every move with its probability and interval."""
    size, labels = len(states), labels_of(states)
    columns: dict[str, Any] = {"before": np.repeat(states, size).tolist(), "after": list(states) * size}
    notes = []
    if counts is not None:
        low, high = row_intervals(counts, interval, confidence)
        columns["n"] = cells(counts.ravel(), whole=True)
        name = _METHODS[interval]
        notes.append(Label(f"{confidence:.0%} intervals: {name.en}", f"{confidence:.0%} 区间：{name.zh}"))
    columns["probability"] = cells(matrix.ravel())
    if counts is not None:
        columns |= {"low": cells(low.ravel()), "high": cells(high.ravel())}
    unseen = [label for label, row in zip(labels, matrix, strict=True) if np.isnan(row).any()]
    if unseen:
        names = [", ".join(each.text(tongue) for each in unseen) for tongue in Language]
        notes.append(Label(f"{names[0]}: {UNSEEN}", f"{names[1]}：没有观察到任何人处于此状态"))
    return Told(Table(columns, backend=backend), [label for label in labels for _ in labels], MOVES_TITLE, notes)


def row_intervals(counts: Floats, interval: str, confidence: float) -> tuple[Floats, Floats]:
    """Return the interval of each probability, by row; NaN where nobody was seen."""
    total = np.broadcast_to(counts.sum(axis=1, keepdims=True), counts.shape)
    if interval == "wilson":
        low, high = wilson_interval(counts, total, confidence)
        return np.where(total > 0, low, np.nan), np.where(total > 0, high, np.nan)
    return dirichlet_interval(counts, confidence)


def forecast_table(  # noqa: PLR0917 - private, and called once
    states: tuple[str, ...],
    matrix: Floats,
    start: Mapping[str, float] | str,
    periods: int,
    language: Language | str | None,
    backend: str,
) -> Table:
    """Return the shares of all states in each period; see `ResponseModel.forecast`."""
    problems: Problems = []
    given = {start: 1.0} if isinstance(start, str) else dict(start)
    places = known_states("start", list(given), states, problems)
    amounts = np.array([float(each) for name, each in given.items() if name in states])
    if (amounts < 0).any() or not (amounts.sum() > 0):
        problems.append(Problem("start", f"{given}", "shares or counts are zero or more, and some are above"))
    whole: Any = periods
    if not isinstance(whole, int) or isinstance(whole, bool) or whole < 1:
        problems.append(Problem("periods", repr(periods), "it is a whole number, 1 or more"))
    if problems:
        raise LoyaltyError(*problems)
    shares = np.zeros((periods + 1, len(states)))
    shares[0, places] = amounts / amounts.sum()
    for period in range(periods):
        lost = [states[place] for place in np.flatnonzero(shares[period]) if np.isnan(matrix[place]).any()]
        if lost:
            rule = f"{UNSEEN}, so that the forecast ends at period {period}"
            raise LoyaltyError(Problem("periods", f"{', '.join(lost)} is reached", rule, f"absorbing={lost}?"))
        shares[period + 1] = shares[period] @ np.nan_to_num(matrix)
    tongue = Language.ENGLISH if language is None else Language(language)
    columns: dict[str, Any] = {"period": list(range(periods + 1))}
    columns |= {state: cells(column) for state, column in zip(states, shares.T, strict=True)}
    names = [f"{state} = {label.text(tongue)}" for state, label in zip(states, labels_of(states), strict=True)]
    notes = [] if language is None else ["; ".join(names)]
    return Table(columns, FORECAST_TITLE.text(tongue), notes, backend=backend)
