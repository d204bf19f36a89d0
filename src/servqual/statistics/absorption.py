"""How long it takes until a state is reached that is never left, and which: the fundamental matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from servqual._arrays import Floats
from servqual.statistics.resample_counts import check_draws
from servqual.statistics.transitions import reachable, row_variances


class Absorption(NamedTuple):
    """Numbers for each state that is left: expected periods, shape (t,), and where it ends, shape (t, absorbing).

    The fundamental matrix, (t, t), holds the expected periods spent in each.
    """

    times: Floats
    ends: Floats
    fundamental: Floats


def absorption(matrix: Floats, absorbing: Sequence[int]) -> Absorption:
    """Expected time until absorption and the probability of each end.

    ``N = (I − Q)⁻¹``, ``t = N 1`` and ``B = N R``, with Q the probabilities among the states that are left and R those
    from them to the absorbing ones.

    Parameters
    ----------
    matrix
        Probabilities, (states, states), in which every state reaches an absorbing one; see `without_way_out`.
    absorbing
        Positions of the states that are never left.

    References
    ----------
    Kemeny & Snell 1976, Finite Markov Chains, Springer, chapter 3.

    Examples
    --------
    >>> found = absorption(np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.0, 1.0]]), [2])
    >>> found.times.round(6), found.ends.round(6)
    (array([8., 6.]), array([[1.],
           [1.]]))
    """
    left = moving(len(matrix), absorbing)
    inner = np.linalg.inv(np.eye(len(left)) - matrix[np.ix_(left, left)])
    return Absorption(inner.sum(axis=1), inner @ matrix[np.ix_(left, list(absorbing))], inner)


def moving(states: int, absorbing: Sequence[int]) -> list[int]:
    """Return the positions of the states that are left."""
    return [state for state in range(states) if state not in set(absorbing)]


def without_way_out(matrix: Floats, absorbing: Sequence[int]) -> list[int]:
    """Return the states from which no absorbing one is reached."""
    reach = reachable(matrix)
    return [state for state in range(len(matrix)) if not reach[state, list(absorbing)].any()]


def absorption_errors(matrix: Floats, absorbing: Sequence[int], counts: Floats) -> tuple[Floats, Floats]:
    """Standard errors of expected times, shape (t,), and of the probabilities of ends, (t, absorbing), by delta.

    Rows of probabilities are independent multinomial shares: ``Var = Σ_j N_ij² Var_j(v) / n_j``, with v the expected
    times, or the probabilities of one end, of the states that a move leads to.

    Parameters
    ----------
    matrix, absorbing
        As of `absorption`.
    counts
        How many moves each row was learnt from, shape (states,).

    References
    ----------
    Anderson & Goodman 1957, Annals of Mathematical Statistics 28(1):89-110 (the distribution of transition shares).
    """
    left = moving(len(matrix), absorbing)
    found = absorption(matrix, absorbing)
    values = np.zeros((len(matrix), 1 + len(absorbing)))
    values[left, 0], values[left, 1:] = found.times, found.ends
    values[list(absorbing), 1:] = np.eye(len(absorbing))
    spread = row_variances(matrix, values)[left] / counts[left, None]
    errors = np.sqrt(found.fundamental**2 @ spread)
    return errors[:, 0], errors[:, 1:]


def resampled_absorption(
    matrix: Floats, absorbing: Sequence[int], counts: Floats, draws: int, rng: int | np.random.Generator | None
) -> tuple[Floats, Floats, int]:
    """Times and ends in resamples of the moves out of each state, and how many resamples have no way out.

    Returns
    -------
    times, ends
        Shapes (t, kept) and (t, absorbing, kept).
    failed
        Resamples in which some state reaches no absorbing one: they are left out.
    """
    check_draws(draws, rng)
    generator = np.random.default_rng(rng)
    left = moving(len(matrix), absorbing)
    drawn = np.repeat(matrix[None], draws, axis=0)
    for state in left:
        size = round(float(counts[state]))
        drawn[:, state] = generator.multinomial(size, matrix[state], draws) / size
    whole = [each for each in drawn if not without_way_out(each, absorbing)]
    found = [absorption(each, absorbing) for each in whole]
    times = np.array([each.times for each in found]).T.reshape(len(left), len(found))
    ends = np.moveaxis(np.array([each.ends for each in found]).reshape(len(found), len(left), len(absorbing)), 0, -1)
    return times, ends, draws - len(found)
