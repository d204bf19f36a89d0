"""Path algebra: what one variable does to another over all routes of an acyclic path model."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Bools, Floats, Holder, floats, freeze
from servqual.errors import Problem
from servqual.statistics._arguments import ArgumentError

_SHAPE = "the shape is (…, variables, variables): row = target, column = source"


@frozen(eq=False, getstate_setstate=False, repr=False)
class Route(Holder):
    """One route through a path model, and the effect that goes along it.

    Attributes
    ----------
    positions
        Variables from source to target.
    effect
        Product of the coefficients of its links, one for each matrix of the stack; shape () for a single matrix.
    """

    positions: tuple[int, ...]
    effect: Floats = field(converter=floats)

    @property
    def links(self) -> int:
        """How many links it has; a direct effect has one."""
        return len(self.positions) - 1

    def __repr__(self) -> str:
        said = f"{float(self.effect):.4g}" if not self.effect.ndim else f"{self.effect.size} values"
        return f"<Route {' > '.join(map(str, self.positions))}: {said}>"


def total_effects(b: npt.ArrayLike) -> Floats:
    """Total effects of a recursive path model: ``T = (I − B)⁻¹ − I = B + B² + …``.

    Parameters
    ----------
    b
        Coefficients ``B`` of ``y = B y + e``: ``b[…, i, j]`` is the direct effect of variable j on variable i. One
        matrix or a stack of matrices, shape (…, p, p), without cycles.

    Returns
    -------
    Floats
        Same shape; ``t[…, i, j]`` is the effect of j on i over all routes, in units of i per unit of j. Zero where no
        route leads, exactly.

    Raises
    ------
    ArgumentError
        If the matrices are not square, or if their links form a cycle.

    References
    ----------
    Bollen 1987, Sociological Methodology 17:37-69 (total, direct and indirect effects).

    Examples
    --------
    >>> total_effects([[0, 0, 0], [0.5, 0, 0], [0.2, 0.4, 0]])[2].tolist()
    [0.4, 0.4, 0.0]
    """
    table = _matrices(b)
    pattern = _pattern(table)
    total = table.copy()
    # row by row in causal order, so that what is no effect stays exactly zero
    for target in _causal_order(pattern):
        for parent in np.flatnonzero(pattern[target]).tolist():
            total[..., target, :] += table[..., target, parent, None] * total[..., parent, :]
    return freeze(total)


def indirect_effects(b: npt.ArrayLike) -> Floats:
    """Total indirect effects of a recursive path model: ``(I − B)⁻¹ − I − B``, what goes by one variable or more.

    Parameters
    ----------
    b
        As for `total_effects`.

    Returns
    -------
    Floats
        Same shape as `b`.

    Raises
    ------
    ArgumentError
        If the matrices are not square, or if their links form a cycle.

    References
    ----------
    Bollen 1987, Sociological Methodology 17:37-69.

    Examples
    --------
    >>> indirect_effects([[0, 0, 0], [0.5, 0, 0], [0.2, 0.4, 0]])[2].tolist()
    [0.2, 0.0, 0.0]
    """
    table = _matrices(b)
    return freeze(total_effects(table) - table)


def specific_effects(b: npt.ArrayLike, source: int, target: int) -> tuple[Route, ...]:
    """Effects of one variable on another route by route; their sum is the total effect.

    Parameters
    ----------
    b
        As for `total_effects`.
    source, target
        Positions of two variables.

    Returns
    -------
    tuple of Route
        In the order of positions, read from the source on; none where no route leads.

    Raises
    ------
    ArgumentError
        If the matrices are not square, if their links form a cycle, or if there is no such variable.

    References
    ----------
    Bollen 1987, Sociological Methodology 17:37-69 (specific effects).

    Examples
    --------
    >>> specific_effects([[0, 0, 0], [0.5, 0, 0], [0.2, 0.4, 0]], 0, 2)
    (<Route 0 > 1 > 2: 0.2>, <Route 0 > 2: 0.2>)
    """
    table = _matrices(b)
    pattern = _pattern(table)
    _causal_order(pattern)
    _refuse_unknown(len(pattern), source=source, target=target)
    return tuple(_route(table, positions) for positions in _routes(pattern, (source,), target))


def lagged_total_effects(b: npt.ArrayLike, horizon: int) -> Floats:
    """Total effects of a path model with lags, by when they arrive (impulse responses).

    With ``y_t = B₀ y_t + B₁ y_{t−1} + … + e_t``, ``Θ₀ = (I − B₀)⁻¹`` and ``Θ_h = Θ₀ Σ_l B_l Θ_{h−l}``: what a change
    by one unit, made once, brings h periods later.

    Parameters
    ----------
    b
        Coefficients by lag, shape (…, lags + 1, p, p), lag 0 first; ``b[…, l, i, j]`` is the direct effect of j on i
        after l periods. Links of lag 0 form no cycle; those of other lags may.
    horizon
        The last period, 0 or more.

    Returns
    -------
    Floats
        Shape (…, horizon + 1, p, p), the effect of j on i after 0, 1, … periods; the change itself, 1 in period 0 on
        the diagonal, is left out. The sum over periods is the effect of a change that lasts.

    Raises
    ------
    ArgumentError
        If shapes do not fit, if links of lag 0 form a cycle, or if the horizon is negative.

    References
    ----------
    Lütkepohl 2005, New Introduction to Multiple Time Series Analysis, Springer, section 2.3.

    Examples
    --------
    >>> within, later = [[0, 0], [0.5, 0]], [[0, 0], [0, 0.6]]
    >>> lagged_total_effects([within, later], 2)[:, 1, 0].round(3).tolist()
    [0.5, 0.3, 0.18]
    """
    table = _matrices(b)
    if table.ndim < 3 or table.shape[-3] == 0:
        rule = "the shape is (…, lags + 1, variables, variables)"
        raise ArgumentError(Problem("b", f"an array of shape {table.shape}", rule))
    if horizon != int(horizon) or horizon < 0:
        raise ArgumentError(Problem("horizon", repr(horizon), "it is a whole number of periods, 0 or more"))
    size, lags = table.shape[-1], table.shape[-3] - 1
    at_once = np.eye(size) + total_effects(table[..., 0, :, :])
    arrived = [at_once]
    for period in range(1, int(horizon) + 1):
        due = [table[..., lag, :, :] @ arrived[period - lag] for lag in range(1, min(lags, period) + 1)]
        arrived.append(at_once @ sum(due) if due else np.zeros_like(at_once))
    arrived[0] = at_once - np.eye(size)
    return freeze(np.stack(arrived, axis=-3))


def _matrices(b: npt.ArrayLike) -> Floats:
    table = np.asarray(b)
    if table.dtype.kind not in "biuf" or table.ndim < 2 or table.shape[-1] != table.shape[-2]:
        raise ArgumentError(Problem("b", f"an array of {table.dtype}, shape {table.shape}", _SHAPE))
    return table.astype(np.float64)


def _pattern(table: Floats) -> Bools:
    """Return which links there are in any matrix of the stack."""
    return np.asarray((table != 0).reshape(-1, *table.shape[-2:]).any(axis=0))


def _causal_order(pattern: Bools) -> list[int]:
    """Return all variables, sources before targets."""
    order: list[int] = []
    left = set(range(len(pattern)))
    while left:
        ready = sorted(each for each in left if not any(pattern[each, other] for other in left))
        if not ready:
            cycle = " > ".join(map(str, _cycle(pattern, left)))
            rule = "a path model is recursive: no route leads back"
            raise ArgumentError(Problem("b", f"the cycle {cycle}", rule, "leave out a link, or give it a lag"))
        order += ready
        left -= set(ready)
    return order


def _cycle(pattern: Bools, left: set[int]) -> list[int]:
    """Return a route that leads back, among variables of which each has a source in the set."""
    walk = [min(left)]
    while len(set(walk)) == len(walk):
        walk.append(min(other for other in left if pattern[walk[-1], other]))
    return walk[walk.index(walk[-1]) :][::-1]


def _routes(pattern: Bools, walked: tuple[int, ...], target: int) -> Iterator[tuple[int, ...]]:
    for child in np.flatnonzero(pattern[:, walked[-1]]).tolist():
        if child == target:
            yield (*walked, child)
        else:
            yield from _routes(pattern, (*walked, child), target)


def _route(table: Floats, positions: tuple[int, ...]) -> Route:
    effect = np.ones(table.shape[:-2])
    for source, target in pairwise(positions):
        effect = effect * table[..., target, source]
    return Route(positions, effect)


def _refuse_unknown(size: int, **given: int) -> None:
    problems = [
        Problem(place, repr(position), f"variables have the positions 0 to {size - 1}")
        for place, position in given.items()
        if position not in range(size)
    ]
    if problems:
        raise ArgumentError(*problems)
