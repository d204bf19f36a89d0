"""`response_model` and its relatives: what customers do after service, from sequences, counts or probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._frames import backend_of
from servqual.errors import LoyaltyError, Problem, ServqualError
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.loyalty.response_intake import checked_counts, coded_table, long_table, states_of
from servqual.satisfaction.loyalty.response_states import ResponseModel, model_of_counts
from servqual.satisfaction.reported.checks import check_interval
from servqual.satisfaction.reported.intake import refuse
from servqual.statistics.transitions import checked_probabilities, transition_counts

_METHODS = ("wilson", "dirichlet")


def response_model(
    source: Any,
    *,
    columns: Sequence[str] | None = None,
    states: Sequence[str] | None = None,
    absorbing: Sequence[str] = (),
    interval: str = "wilson",
    confidence: float = 0.95,
) -> ResponseModel:
    """Responses after service as a state model: give up, accept, experience again, complaint … from period to period.

    ``p_ij = n_ij / n_i.``, with an interval of each; a move is counted where two neighbouring periods are known.

    Parameters
    ----------
    source
        A table (respondents, periods) of names of states, None where nothing is known; or, with `columns`, a frame or a
        mapping with a row for each respondent and period.
    columns
        Names of respondent, period and response. Periods are in the order of their labels.
    states
        Names of the states, in their order; the eight responses by default.
    absorbing
        States that are never left, such as ("give_up",), where nobody was asked again.
    interval, confidence
        "wilson" for each probability alone, or "dirichlet" (Jeffreys' prior).

    Raises
    ------
    LoyaltyError
        All at once: unknown states, with the nearest; declared states that were left; two responses in one period.

    References
    ----------
    Anderson & Goodman 1957, Annals of Mathematical Statistics 28(1):89-110; Kemeny & Snell 1976, Finite Markov Chains,
    Springer.

    Examples
    --------
    >>> seen = [["accept", "complaint", "give_up"], ["accept", "accept", "praise"], ["praise", "accept", None]]
    >>> response_model(seen, states=["accept", "complaint", "praise", "give_up"], absorbing=["give_up"])
    <ResponseModel: 4 states, 5 moves; absorbing: give_up>
    """
    problems = check_interval(interval, _METHODS, confidence, None, None)
    known = states_of(states)
    table = source if columns is None else long_table(source, _three(columns), problems)
    codes = None if table is None else coded_table(table, known, problems)
    refuse(problems)
    if codes is None:
        raise LoyaltyError(*problems)
    counts = transition_counts(codes, len(known))
    return model_of_counts(counts, known, absorbing, interval, confidence, _backend(source))


def response_model_from_counts(
    counts: npt.ArrayLike,
    states: Sequence[str] | None = None,
    *,
    absorbing: Sequence[str] = (),
    interval: str = "wilson",
    confidence: float = 0.95,
) -> ResponseModel:
    """Responses after service as a state model, from counts of moves: from along the rows, to along the columns.

    Parameters, errors and the rest are those of `response_model`.

    Examples
    --------
    >>> model = response_model_from_counts([[60, 30, 10], [20, 50, 30], [0, 0, 0]], ["accept", "complaint", "give_up"],
    ...                                    absorbing=["give_up"])
    >>> model.endings()
    <Endings: expected periods accept 5.71, complaint 4.29; by delta>
    """
    problems = check_interval(interval, _METHODS, confidence, None, None)
    known = states_of(states)
    numbers = checked_counts(counts, known, problems)
    refuse(problems)
    if numbers is None:
        raise LoyaltyError(*problems)
    return model_of_counts(numbers, known, absorbing, interval, confidence, "pandas")


def response_model_from_probabilities(
    probabilities: npt.ArrayLike, states: Sequence[str] | None = None
) -> ResponseModel:
    """Responses after service as a state model, from probabilities that are known: there are no intervals.

    Raises
    ------
    LoyaltyError
        A matrix that does not fit the states, entries that are no shares, rows that do not sum to one.

    Examples
    --------
    >>> model = response_model_from_probabilities([[0.9, 0.1], [0.3, 0.7]], ["accept", "complaint"])
    >>> model.steady_state()
    <SteadyState: accept 0.750, complaint 0.250>
    """
    problems: Problems = []
    known = states_of(states)
    matrix = attempt(problems, checked_probabilities, probabilities)
    if matrix is not None and len(matrix) != len(known):
        problems.append(Problem("probabilities", f"shape {matrix.shape}", f"there are {len(known)} states"))
    refuse(problems)
    return ResponseModel(known, np.asarray(matrix, np.float64))


def _three(columns: Sequence[str]) -> Sequence[str]:
    if isinstance(columns, str) or len(columns) != 3:
        rule = "they name respondent, period and response"
        raise LoyaltyError(Problem("columns", repr(columns), rule, "columns=('customer', 'month', 'response')"))
    return columns


def _backend(source: Any) -> str:

    try:
        return backend_of(source)
    except ServqualError:
        return "pandas"
