"""`ResponseModel`: what customers do after service as a state model over periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen
from attrs.converters import optional

from servqual._arrays import Floats, Holder, floats
from servqual.errors import LoyaltyError, Problem
from servqual.labels import Language
from servqual.satisfaction.drawing import Rng
from servqual.satisfaction.gathering import Problems
from servqual.satisfaction.loyalty.response_endings import Endings, endings_of
from servqual.satisfaction.loyalty.response_intake import known_states
from servqual.satisfaction.loyalty.response_steady import SteadyState, steady_state_of
from servqual.satisfaction.loyalty.response_tables import forecast_table, moves_told
from servqual.satisfaction.loyalty.response_words import UNSEEN
from servqual.statistics import Inapplicable
from servqual.statistics.transitions import closed_classes
from servqual.tables import Table


@frozen(eq=False, getstate_setstate=False, repr=False)
class ResponseModel(Holder):
    """A state model of what customers do after service: where each state leads in the next period.

    The state of the next period depends on the present one only, and in the same way in all periods (a Markov chain).

    Attributes
    ----------
    states
        Names, in the order of rows and columns.
    probabilities
        From along the rows, to along the columns, shape (states, states); NaN where nobody was seen in a state.
    counts
        Of the moves that they were learnt from; None where probabilities were given.
    interval, confidence
        Of the probabilities: "wilson" or "dirichlet".
    declared
        States that were said to be never left.
    backend
        The data-frame library of tables.
    """

    states: tuple[str, ...]
    probabilities: Floats = field(converter=floats)
    counts: Floats | None = field(default=None, converter=optional(floats))
    interval: str = "wilson"
    confidence: float = 0.95
    declared: tuple[str, ...] = ()
    backend: str = "pandas"

    def __repr__(self) -> str:
        moves = "given probabilities" if self.counts is None else f"{self.counts.sum():g} moves"
        return f"<ResponseModel: {len(self.states)} states, {moves}; absorbing: {', '.join(self.absorbing) or 'none'}>"

    @property
    def absorbing(self) -> tuple[str, ...]:
        """The states that are never left: nobody was seen leaving, or it was declared."""
        stay = np.flatnonzero(np.diag(self.probabilities) == 1)
        return tuple(self.states[place] for place in stay.tolist())

    @property
    def closed(self) -> tuple[tuple[str, ...], ...]:
        """The sets of states that are entered and never left."""
        found = closed_classes(np.nan_to_num(self.probabilities))
        return tuple(tuple(self.states[place] for place in each) for each in found)

    def forecast(self, start: Mapping[str, float] | str, periods: int, language: Language | str | None = None) -> Table:
        """Return the share of each state in each of some periods, ``π₀ Pⁿ``; period 0 is the start.

        Parameters
        ----------
        start
            State → share or count at the start, or the one state in which all are.
        periods
            How many periods ahead.
        language
            Adds the names of the states as columns' note.

        Raises
        ------
        LoyaltyError
            An unknown state, shares that are negative or all zero, a state that is reached and of which nothing is
            known, periods that are none.
        """
        return forecast_table(self.states, self.probabilities, start, periods, language, self.backend)

    def endings(self, *, draws: int | None = None, rng: Rng = None, confidence: float | None = None) -> Endings:
        """Return the expected time until an absorbing state, and the probability of each; see `Endings`.

        Intervals are by the delta method; with a seed, percentiles of resampled moves (1000 unless `draws` says).

        Raises
        ------
        LoyaltyError
            No absorbing state, states without a way out, rows of which nothing is known, draws without counts.
        """
        level = self.confidence if confidence is None else confidence
        return endings_of(self.states, self.probabilities, self.counts, level, draws, rng, self.backend)

    def steady_state(self, confidence: float | None = None) -> SteadyState | Inapplicable:
        """Return the distribution over states that stays, or why there is none."""
        level = self.confidence if confidence is None else confidence
        return steady_state_of(self.states, self.probabilities, self.counts, level, self.backend)

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return moves out of the states in which somebody was seen, with probability and interval.

        States that were never entered nor left are no ends of moves here; `to_frame` has all.
        """
        told = moves_told(self.states, self.probabilities, self.counts, self.interval, self.confidence, self.backend)
        seen = ~np.isnan(self.probabilities).any(axis=1)
        ends = seen if self.counts is None else seen | (self.counts.sum(axis=0) > 0)
        rows = np.flatnonzero(np.outer(seen, ends)).tolist()
        return told.view(list(told.table.columns), rows, language, named="before")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each move."""
        told = moves_told(self.states, self.probabilities, self.counts, self.interval, self.confidence, self.backend)
        return told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        rows = [[None if np.isnan(each) else each for each in row] for row in self.probabilities.tolist()]
        counts = None if self.counts is None else self.counts.tolist()
        unseen = [state for state, row in zip(self.states, rows, strict=True) if None in row]
        return {
            "reading": "response_model", "states": list(self.states), "probabilities": rows, "counts": counts,
            "absorbing": list(self.absorbing), "interval": self.interval, "confidence": self.confidence,
            "inapplicable": dict.fromkeys(unseen, UNSEEN),
        }  # fmt: skip


def model_of_counts(  # noqa: PLR0917 - private, and called once
    counts: Floats, states: Sequence[str], absorbing: Sequence[str], interval: str, confidence: float, backend: str
) -> ResponseModel:
    """Return the model that counts make.

    Raises
    ------
    LoyaltyError
        Declared states that are unknown or were left, or no moves.
    """
    problems: Problems = []
    for place in known_states("absorbing", absorbing, states, problems):
        left = counts[place].sum() - counts[place, place]
        if left:
            found = f"{left:g} moves out of {states[place]}"
            problems.append(
                Problem("absorbing", found, "a state that is never left has none", "leave it out of absorbing=")
            )
    if not counts.any():
        problems.append(Problem("moves", "none", "somebody was seen in two neighbouring periods"))
    if problems:
        raise LoyaltyError(*problems)
    total = counts.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        shares = np.where(total > 0, counts / total, np.nan)
    for state in absorbing:
        shares[states.index(state)] = np.eye(len(states))[states.index(state)]
    return ResponseModel(tuple(states), shares, counts, interval, confidence, tuple(absorbing), backend)
