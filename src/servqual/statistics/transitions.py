"""Moves between states from one period to the next: counts, their structure, forecasts and the steady state."""

from __future__ import annotations

from math import gcd

import numpy as np
import numpy.typing as npt

from servqual._arrays import Bools, Floats, Ints
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError

# rows of probabilities that sum to one but for rounding
_TOLERANCE = 1e-9


def transition_counts(codes: Ints, states: int) -> Floats:
    """How often each state was followed by each, in the next period.

    Parameters
    ----------
    codes
        State of each unit in each period, shape (units, periods), −1 where it is not known; a move is counted where
        two neighbouring periods are known.
    states
        How many there are.

    Returns
    -------
    Floats
        From along the rows, to along the columns, shape (states, states).

    Examples
    --------
    >>> transition_counts(np.array([[0, 1, 1], [1, -1, 0]]), 2)
    array([[0., 1.],
           [0., 1.]])
    """
    before, after = codes[:, :-1].ravel(), codes[:, 1:].ravel()
    known = (before >= 0) & (after >= 0)
    pairs = np.bincount(before[known] * states + after[known], minlength=states * states)
    return np.asarray(pairs.reshape(states, states), np.float64)


def checked_probabilities(matrix: npt.ArrayLike) -> Floats:
    """Return a matrix of transition probabilities, shape (states, states), or say what is wrong with it.

    Raises
    ------
    ArgumentError
        If it is not square, if an entry is no share, or if a row does not sum to one.
    """
    given = np.asarray(matrix, np.float64)
    if given.ndim != 2 or given.shape[0] != given.shape[1] or not given.size:
        raise ArgumentError(Problem("probabilities", f"shape {given.shape}", "they are square, (states, states)"))
    problems = []
    if not ((given >= 0) & (given <= 1 + _TOLERANCE)).all():
        problems.append(Problem("probabilities", "some below 0, above 1 or missing", "they lie between 0 and 1"))
    sums = given.sum(axis=1)
    for row in np.flatnonzero(~(np.abs(sums - 1) <= _TOLERANCE)).tolist()[:3]:
        remedy = "divide the row by its sum" if sums[row] > 0 else ""
        problems.append(Problem(f"row {row}", f"sums to {sums[row]:g}", "each row sums to one", remedy))
    if problems:
        raise ArgumentError(*problems)
    return given


def reachable(matrix: Floats) -> Bools:
    """Whether each state can be reached from each in any number of steps, none included; shape (states, states)."""
    found: Bools = (matrix > 0) | np.eye(len(matrix), dtype=np.bool_)
    for _ in range(max(1, int(np.ceil(np.log2(max(len(matrix), 2)))))):
        found = (found.astype(np.int64) @ found.astype(np.int64)) > 0
    return found


def closed_classes(matrix: Floats) -> tuple[tuple[int, ...], ...]:
    """Return the sets of states that reach each other and nothing else; an absorbing state is one by itself.

    Examples
    --------
    >>> closed_classes(np.array([[0.5, 0.5, 0.0], [0.2, 0.6, 0.2], [0.0, 0.0, 1.0]]))
    ((2,),)
    """
    reach = reachable(matrix)
    mutual = reach & reach.T
    closed = [row for row in range(len(matrix)) if not (reach[row] & ~mutual[row]).any()]
    return tuple(dict.fromkeys(tuple(np.flatnonzero(mutual[row]).tolist()) for row in closed))


def period_of(matrix: Floats) -> int:
    """Return the greatest common divisor of the lengths of all ways back to a state; 1 is aperiodic.

    The matrix is irreducible.
    """
    depth = {0: 0}
    queue, common = [0], 0
    for state in queue:
        for other in np.flatnonzero(matrix[state] > 0).tolist():
            if other not in depth:
                depth[other] = depth[state] + 1
                queue.append(other)
            common = gcd(common, depth[state] + 1 - depth[other])
    return common


def stationary(matrix: Floats) -> Floats:
    """Return the distribution that stays, ``π P = π``, shape (states,), of an irreducible matrix.

    References
    ----------
    Kemeny & Snell 1976, Finite Markov Chains, Springer, chapter 4.

    Examples
    --------
    >>> stationary(np.array([[0.9, 0.1], [0.3, 0.7]])).round(3)
    array([0.75, 0.25])
    """
    size = len(matrix)
    equations = np.vstack([matrix.T - np.eye(size), np.ones(size)])
    found = np.linalg.lstsq(equations, np.append(np.zeros(size), 1.0), rcond=None)[0]
    return np.asarray(np.clip(found, 0, None) / np.clip(found, 0, None).sum())


def stationary_errors(matrix: Floats, counts: Floats) -> Floats:
    """Return the standard error of each share of the distribution that stays, by the delta method, shape (states,).

    With ``Z = (I − P + 1π)⁻¹``, ``Var π_k = Σ_j π_j² Var_j(Z_k) / n_j``: the variance of column k of Z over row j.

    Parameters
    ----------
    matrix
        Irreducible probabilities.
    counts
        How many moves each row was learnt from, shape (states,).
    """
    share = stationary(matrix)
    inverse = np.linalg.inv(np.eye(len(matrix)) - matrix + share)
    return np.asarray(np.sqrt((share**2 / counts) @ row_variances(matrix, inverse)))


def row_variances(matrix: Floats, values: Floats) -> Floats:
    """Return the variance of each column of values, (states, m), under each row of probabilities: shape (states, m)."""
    return np.asarray(np.clip(matrix @ values**2 - (matrix @ values) ** 2, 0, None))
